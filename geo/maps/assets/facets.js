// What mentions are filtered by: each facet has words that are switched on and off, and counts of the places that each would show.

const HISTOGRAM_BINS = 120;
const STEPS = [1, 5, 15, 60, 180, 720, 1440, 2880, 7 * 1440]; // minutes; longer ones are whole numbers of weeks
const SPANS = new Map([["minute", 0], ["day", 1439], ["month", 43199], ["year", 525599]]);
const NO_MINUTE = NO_NUMBER;

// `none` is the number of the last switch, for mentions without any of the words.
function createFacet(name, column, count) {
  const { values = [], starts = null, codes = new Uint8Array(count) } = column || {};
  const none = values.length;
  return { name, values, starts, codes, none, on: new Uint8Array(none + 1).fill(1), count: new Uint32Array(none + 1) };
}

// Sets `bit` for the mentions none of whose words is on.
function failWords(facet, fails, bit) {
  const { starts, codes, none, on } = facet;
  if (on.every(Boolean)) return;
  for (let m = 0; m < fails.length; m += 1) {
    let passes = 0;
    if (!starts) passes = on[codes[m] ? codes[m] - 1 : none];
    else if (starts[m] === starts[m + 1]) passes = on[none];
    else for (let k = starts[m]; k < starts[m + 1]; k += 1) passes |= on[codes[k]];
    if (!passes) fails[m] |= bit;
  }
}

// Counts the places that have a mention with each word, among the mentions that fail nothing but this facet. Mentions lie by place,
// so that a place is counted when a word's last place was another.
function countWords(facet, fails, bit, place, counts) {
  counts.fill(0);
  if (!facet.none) return;
  const seen = new Int32Array(facet.none + 1).fill(-1);
  if (facet.starts) countLists(facet, fails, 255 ^ bit, place, counts, seen);
  else countCodes(facet, fails, 255 ^ bit, place, counts, seen);
}

function countCodes({ codes, none }, fails, others, place, counts, seen) {
  for (let m = 0; m < fails.length; m += 1) {
    if (fails[m] & others) continue;
    const word = codes[m] ? codes[m] - 1 : none;
    if (seen[word] === place[m]) continue;
    seen[word] = place[m];
    counts[word] += 1;
  }
}

function countLists({ starts, codes, none }, fails, others, place, counts, seen) {
  for (let m = 0; m < fails.length; m += 1) {
    if (fails[m] & others) continue;
    const to = starts[m + 1];
    for (let k = starts[m]; k < to || (k === to && k === starts[m]); k += 1) {
      const word = k < to ? codes[k] : none;
      if (seen[word] !== place[m]) {
        seen[word] = place[m];
        counts[word] += 1;
      }
    }
  }
}

// The last minute that a date may mean: the end of an interval, or of the day, month or year.
function lastMinutes(minute, exact, until) {
  const spans = [0, ...exact.values.map((word) => SPANS.get(word) || 0)];
  const last = new Int32Array(minute.length);
  for (let m = 0; m < minute.length; m += 1) last[m] = minute[m] === NO_MINUTE ? NO_MINUTE : minute[m] + spans[exact.codes[m]];
  if (until) for (let m = 0; m < minute.length; m += 1) if (until[m] !== NO_NUMBER) last[m] = until[m];
  return last;
}

// How exactly the most exact dates are known.
function finest(exact) {
  if (!exact) return "minute";
  const words = Array.from(SPANS.keys()).filter((word) => exact.values.includes(word));
  return words.find((word) => exact.codes.includes(exact.values.indexOf(word) + 1)) || "day";
}

// Bins are no finer than the dates are exact: `least` minutes. `until` has the ends of intervals, or is null.
function createHistogram(minute, lastMinute, until, least) {
  const count = minute.length;
  let first = Infinity;
  let last = -Infinity;
  let end = -Infinity;
  for (let m = 0; m < count; m += 1) {
    if (minute[m] === NO_MINUTE) continue;
    if (minute[m] < first) first = minute[m];
    const most = until && until[m] !== NO_NUMBER ? until[m] : minute[m];
    if (most > last) last = most;
    if (lastMinute[m] > end) end = lastMinute[m];
  }
  if (first > last) return { start: 0, step: 1440, first: null, last: null, end: null, counts: new Uint32Array(0), undated: 0 };
  const wanted = Math.max(least, (last - first) / HISTOGRAM_BINS);
  const step = STEPS.find((each) => each >= wanted) || Math.ceil(wanted / STEPS[8]) * STEPS[8];
  const start = Math.floor(first / step) * step;
  return { start, step, first, last, end, counts: new Uint32Array(Math.floor((last - start) / step) + 1), undated: 0 };
}

// Mentions a bin, among those that fail nothing but the dates; an interval counts in all bins that it reaches.
function countDates(histogram, minute, until, fails, bit) {
  const { start, step, counts } = histogram;
  const others = 255 ^ bit;
  counts.fill(0);
  histogram.undated = 0;
  for (let m = 0; m < fails.length; m += 1) {
    if (fails[m] & others) continue;
    if (minute[m] === NO_MINUTE) histogram.undated += 1;
    else {
      const last = until && until[m] !== NO_NUMBER ? until[m] : minute[m];
      for (let bin = Math.floor((minute[m] - start) / step); bin <= Math.floor((last - start) / step); bin += 1) counts[bin] += 1;
    }
  }
}
