// Plain words for codes and numbers.

const LANGUAGE_WORDS = new Map(Object.entries({
  az: "Azerbaijani", "az-Latn": "Azerbaijani", "az-Cyrl": "Azerbaijani, Cyrillic script", hy: "Armenian",
  "hy-Latn": "Armenian, Latin script", ru: "Russian", "ru-Latn": "Russian, Latin script", en: "English",
  tr: "Turkish", fa: "Persian", ka: "Georgian", ar: "Arabic", fr: "French", de: "German", uk: "Ukrainian",
  "uk-Latn": "Ukrainian, Latin script", he: "Hebrew", ku: "Kurdish", mul: "several languages", und: "unknown language",
}));
const LABEL_WORDS = new Map([["printed", "As printed"], ["all", "All"], ["dated", "At the date"]]);
const TIME_WORDS = {
  from: "From", to: "To", play: "Play", pause: "Pause", step: "Next step", whole: "All dates", undated: "Also without a date", asOf: "Names and dated areas as of",
  only: "only", all: "all", onlyThis: "Only",
};
const COLOUR_WORDS = { parties: "Claimant", events: "Event", outlets: "Outlet" };
const FACET_WORDS = { parties: "Claimants", events: "Events", outlets: "Outlets" };
const FACET_NONE_WORDS = { parties: "No claim by anybody", events: "No event recognised", outlets: "No outlet" };
const SEARCH_WORD = "Search";
const MORE_SIDES_WORD = "more: search for them";
const NO_SIDES_WORD = "None of that name";
const MAP_SHOWS_WORD = "What the map shows";
const SIGN_WORDS = {
  point: "Filled sign: a named place, as exactly as its card says",
  split: "Split sign: several of them speak of one place; a number tells how many more",
  denied: "≠: one side says it, another denies it",
  contested: "Double ring: the sides use different names",
  unsure: "Pale: which place is meant is unsure",
  decided: "Tick: a person decided which place is meant",
  radius: "Disc with a dashed edge: the place lies within it",
  polygon: "Area with a plain edge: the extent of the place",
  buffer: "Disc with a dotted edge: somewhere in it (“about 5 km from …”)",
  sector: "Sector: somewhere in that direction (“15 km north of …”)",
  corridor: "Corridor: somewhere between two places",
  ring: "Ring: somewhere at that distance",
  strip: "Strip: somewhere along the border",
  district: "Area with a dotted edge: somewhere in the district (“a village in …”)",
  hollow: "Hollow sign: a place without a name; it marks the middle of its shape, not a point",
};
const KEY_TITLES = { parties: "Who claims what", events: "What is reported", outlets: "Who reports it" };
const ROLE_WORDS = new Map([
  ["site", "something is reported here"],
  ["reference", "named to locate another place"],
  ["setting", "where it was said or published"],
  ["actor", "a government or side spoken of by this name"],
]);
const SHAPE_WORDS = new Map([
  ["buffer", "the shaded disc"], ["sector", "the shaded sector"], ["corridor", "the shaded corridor"], ["ring", "the shaded ring"],
  ["strip", "the shaded strip along the border"], ["district", "the shaded area"],
]);
const LISTED_WORD = "listed in a table";
const STATUS_WORDS = new Map([["unknown", "unknown"], ["ambiguous", "ambiguous"], ["resolved", "not drawn"]]);
const KIND_WORDS = new Map([
  ["demonym", "a word for people or things of a place"], ["institution", "an institution, not a place"],
]);

function languageWord(tag) {
  if (LANGUAGE_WORDS.has(tag)) return LANGUAGE_WORDS.get(tag);
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(tag) || tag;
  } catch {
    return tag;
  }
}

function labelWord(key) {
  return LABEL_WORDS.get(key) || languageWord(key);
}

function plural(count, one, many) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

function distanceWord(metres) {
  if (metres < 1000) return `${Math.round(metres / 10) * 10 || 10} m`;
  const km = metres / 1000;
  return `${km < 10 && km % 1 >= 0.1 ? km.toFixed(1) : Math.round(km)} km`;
}

function confidenceWord(value) {
  if (value >= 0.95) return "almost certain";
  if (value >= 0.8) return "very likely";
  if (value >= 0.6) return "likely";
  return value >= 0.4 ? "uncertain" : "doubtful";
}

function coordinateWord(lat, lon) {
  const side = (value, plus, minus) => `${Math.abs(value).toFixed(4)}° ${value < 0 ? minus : plus}`;
  return `${side(lat, "N", "S")}, ${side(lon, "E", "W")}`;
}

// "12", "at least 5", "up to 200", "2 to 4": a number, or [least, most] with null where it is open.
function countWord(count) {
  if (!Array.isArray(count)) return count === null || count === undefined ? "an unknown number" : String(count);
  const [least, most] = count;
  if (least === null) return `up to ${most}`;
  return most === null ? `at least ${least}` : `${least} to ${most}`;
}

const DENIED_BY_WORD = "Denied by";
const DENIAL = "denial"; // the event that a denial is counted as

function eventWord(code) {
  return String(code).replace(/[_-]+/g, " ");
}

function listWord(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

function periodWord(from, to) {
  const [start, end] = [from === ".." ? "" : edtfWord(from), to === ".." ? "" : edtfWord(to)];
  if (start && end) return `${start} to ${end}`;
  if (start) return `since ${start}`;
  return end ? `until ${end}` : "";
}

// The date of a row of the mentions, as exactly as it is known.
function dateWord({ minute, exact }) {
  if (!Number.isFinite(minute)) return "";
  const text = new Date(minute * 60000).toISOString();
  return exact === "minute" ? `${text.slice(0, 10)} ${text.slice(11, 16)}` : text.slice(0, { day: 10, month: 7, year: 4 }[exact] || 10);
}
