// Minutes since 1970 as dates: reading and writing them, and the units in which they are counted off.

const DAY = 1440;
const MOST_STOPS = 4000; // of a slider: about as many as a wide screen has pixels
const UNITS = [
  { minutes: 1 }, { minutes: 5 }, { minutes: 15 }, { minutes: 60 }, { minutes: 180 }, { minutes: 360 }, { minutes: DAY }, { minutes: 2 * DAY },
  { minutes: 5 * DAY }, { minutes: 10 * DAY }, { months: 1 }, { months: 3 }, { months: 12 }, { months: 60 }, { months: 120 }, { months: 600 }, { months: 1200 },
];
const STOP_UNITS = { minute: [0, 1, 2, 3, 6, 10, 12], day: [6, 10, 12], month: [10, 12], year: [12] }; // by how exact the dates are

// The first minute of the unit that a minute lies in, or of one `on` units later.
function unitStart(unit, minute, on) {
  if (unit.minutes) return (Math.floor(minute / unit.minutes) + on) * unit.minutes;
  const day = new Date(minute * 60000);
  const months = Math.floor((day.getUTCFullYear() * 12 + day.getUTCMonth()) / unit.months) + on;
  const first = new Date(0);
  first.setUTCFullYear(Math.floor((months * unit.months) / 12), (((months * unit.months) % 12) + 12) % 12, 1);
  return Math.floor(first.getTime() / 60000);
}

// The first minutes of the units from one minute to another, or null where there are more than `most`.
function unitStarts(unit, first, last, most) {
  const starts = [];
  for (let at = unitStart(unit, first, 0); at <= last; at = unitStart(unit, at, 1)) {
    if (starts.length === most) return null;
    starts.push(at);
  }
  return starts;
}

// A date as a year, a month, a day or a minute, as in data and addresses; null for anything else.
function readPeriod(text) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::[\d.]+)?Z?)?)?)?[?~%]?$/.exec(String(text).trim());
  if (!found) return null;
  const [year, month, day, hour, minute] = found.slice(1).map((part) => (part === undefined ? null : Number(part)));
  const date = new Date(0);
  date.setUTCFullYear(year, (month || 1) - 1, day || 1);
  date.setUTCHours(hour || 0, minute || 0);
  if ((month !== null && date.getUTCMonth() !== month - 1) || (day !== null && date.getUTCDate() !== day) || hour > 23 || minute > 59) return null;
  const first = Math.floor(date.getTime() / 60000);
  if (hour !== null) return { first, last: first };
  const unit = day !== null ? { minutes: DAY } : { months: month !== null ? 1 : 12 };
  return { first, last: unitStart(unit, first, 1) - 1 };
}

// Whether something with bounds such as "2020-11-10" or "" stands at a minute; what is no date is open.
function standsAt(from, to, minute) {
  const [begins, ends] = [from, to].map((bound) => (bound === null || bound === undefined ? null : readPeriod(bound)));
  return (!begins || begins.first <= minute) && (!ends || ends.last >= minute);
}

// A minute in an address: the day alone where the minute is a day's first or last.
function minuteText(minute, edge) {
  const text = new Date(minute * 60000).toISOString();
  return ((minute % DAY) + DAY) % DAY === edge ? text.slice(0, 10) : text.slice(0, 16);
}

const WHOLE_DATE = /^\d{4}(-\d\d(-\d\d([ T]\d\d:\d\d)?)?)?$/;

// A date as data have it, "2020-11-02" or "2020-11" or "2020", in the page's language; what is no such date stays.
function dayText(text) {
  const period = WHOLE_DATE.test(text) ? readPeriod(text) : null;
  return period ? dateText(period.first, { 4: "year", 7: "month", 10: "day", 16: "minute" }[text.length]) : String(text);
}

function timeNode(text) {
  return make("time", { datetime: WHOLE_DATE.test(text) ? text : null }, dayText(text));
}

const DATE_FORMS = {
  minute: { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { year: "numeric", month: "short", day: "numeric" },
  shortDay: { month: "short", day: "numeric" },
  month: { year: "numeric", month: "short" },
  year: { year: "numeric" },
};
const dateFormats = new Map();

// A minute in the page's language.
function dateText(minute, form) {
  if (!dateFormats.has(form)) dateFormats.set(form, new Intl.DateTimeFormat(FORMAT_LANGUAGE, { ...DATE_FORMS[form], timeZone: "UTC" }));
  const date = new Date(minute * 60000);
  if (IS_KNOWN) return dateFormats.get(form).format(date);
  return dateFormats.get(form).formatToParts(date).map(({ type, value }) => (type === "month" ? WORDS.months[date.getUTCMonth()] : value)).join("");
}

function formOf(unit) {
  if (unit.months) return unit.months < 12 ? "month" : "year";
  return unit.minutes < DAY ? "minute" : "day";
}
