// The page's own words, from data/interface.csv in the page's language, and plain words for codes and numbers.

const WORDS = readJson("allonym-words");
const { language: LANGUAGE, texts: TEXTS } = WORDS;
// Browsers leave out some languages (Armenian, Azerbaijani): then signs, months and lists are those that the page brings along.
// One that is there by name alone calls November "M11".
const IS_KNOWN = Intl.DateTimeFormat.supportedLocalesOf([LANGUAGE]).length > 0
  && !/^M\d/.test(new Intl.DateTimeFormat(LANGUAGE, { month: "short" }).format(0));
const FORMAT_LANGUAGE = IS_KNOWN && LANGUAGE !== "en" ? LANGUAGE : "en-GB"; // the day before the month
const DATA_LANGUAGE = LANGUAGE === "en" ? null : "en"; // of what the build tells in English alone
const pluralRules = new Intl.PluralRules(LANGUAGE);
const numberFormats = new Map();

function textOf(key, count) {
  const forms = Number.isFinite(count) ? [`${key}#${pluralRules.select(count)}`, `${key}#other`, key] : [key];
  const found = forms.find((form) => Object.hasOwn(TEXTS, form));
  return found === undefined ? key : TEXTS[found];
}

function hasText(key) {
  return Object.hasOwn(TEXTS, key);
}

// A text with its placeholders filled; the number `n` chooses its plural form.
function t(key, values = {}) {
  return textOf(key, values.n).replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? numberWord(values[name]) : String(values[name])));
}

// The same for values that are nodes, or lists of them: what to put into an element.
function tNodes(key, values) {
  return textOf(key, values.n).split(/\{(\w+)\}/).flatMap((part, k) => {
    if (k % 2 === 0) return part;
    return typeof values[part] === "number" ? numberWord(values[part]) : values[part];
  }).filter((part) => part !== "");
}

// A number as the language writes it; `options` are those of Intl.NumberFormat.
function numberWord(value, options = {}) {
  const key = JSON.stringify(options);
  if (!numberFormats.has(key)) numberFormats.set(key, new Intl.NumberFormat(FORMAT_LANGUAGE, options));
  const format = numberFormats.get(key);
  if (IS_KNOWN) return format.format(value);
  return format.formatToParts(value).map((part) => ({ group: WORDS.group, decimal: WORDS.decimal }[part.type] || part.value)).join("");
}

function languageWord(tag) {
  return WORDS.languages[tag] || tag;
}

function labelWord(key) {
  if (hasText(`names.${key}`)) return t(`names.${key}`);
  const [first = "", ...rest] = Array.from(languageWord(key));
  return first.toLocaleUpperCase(LANGUAGE) + rest.join("");
}

function roleWord(role) {
  return role ? t(`role.${role}`) : "";
}

// Why a mention is not on the map, in a word or two.
function unplacedWord({ kind, status }) {
  if (hasText(`kind.${kind}`)) return t(`kind.${kind}`);
  return hasText(`status.${status}`) ? t(`status.${status}`) : "";
}

function distanceWord(metres) {
  const km = metres / 1000;
  if (metres < 1000) return t("unit.m", { value: Math.round(metres / 10) * 10 || 10 });
  return t("unit.km", { value: km < 10 ? Number(km.toFixed(1)) : Math.round(km) });
}

const CONFIDENCES = [[0.95, "highest"], [0.8, "high"], [0.6, "fair"], [0.4, "low"], [-Infinity, "lowest"]];

function confidenceWord(value) {
  const [, word] = CONFIDENCES.find(([least]) => value >= least);
  return t(`confidence.${word}`);
}

function decimalWord(value, digits) {
  return numberWord(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function coordinateWord(lat, lon) {
  const side = (value, plus, minus) => t(`coordinate.${value < 0 ? minus : plus}`, { value: `${decimalWord(Math.abs(value), 4)}°` });
  return `${side(lat, "north", "south")}, ${side(lon, "east", "west")}`;
}

// "12", "at least 5", "up to 200", "2 to 4": a number, or [least, most] with null where it is open.
function countWord(count) {
  if (count === null || count === undefined) return t("number.unknown");
  if (!Array.isArray(count)) return numberWord(count);
  const [least, most] = count;
  if (least === null) return t("number.most", { most });
  return most === null ? t("number.least", { least }) : t("number.between", { least, most });
}

function codeWord(area, code) {
  const key = `${area}.${code}`;
  return hasText(key) ? t(key) : String(code).replace(/[_-]+/g, " ");
}

const DENIAL = "denial"; // the event that a denial is counted as

function eventWord(code) {
  return codeWord("event", code);
}

function casualtiesWord(kind, count) {
  return hasText(`casualties.${kind}`) ? t(`casualties.${kind}`, { count: countWord(count) }) : `${countWord(count)} ${kind}`;
}

// "a, b and c", by the patterns of CLDR, which join two parts each.
function listWord(words) {
  if (words.length < 2) return words.join("");
  const join = (pattern, first, second) => WORDS.lists[pattern].split(/\{([01])\}/).map((part) => ({ 0: first, 1: second }[part] ?? part)).join("");
  if (words.length === 2) return join("2", words[0], words[1]);
  let told = join("end", words[words.length - 2], words[words.length - 1]);
  for (let k = words.length - 3; k >= 0; k -= 1) told = join(k ? "middle" : "start", words[k], told);
  return told;
}

function periodWord(from, to) {
  const [start, end] = [from === ".." ? "" : edtfWord(from), to === ".." ? "" : edtfWord(to)];
  if (start && end) return t("period.between", { from: start, to: end });
  if (start) return t("period.since", { from: start });
  return end ? t("period.until", { to: end }) : "";
}

// The date of a row of the mentions, as exactly as it is known.
function dateWord({ minute, exact }) {
  if (!Number.isFinite(minute)) return "";
  const text = new Date(minute * 60000).toISOString();
  return exact === "minute" ? `${text.slice(0, 10)} ${text.slice(11, 16)}` : text.slice(0, { day: 10, month: 7, year: 4 }[exact] || 10);
}
