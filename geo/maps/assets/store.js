// The data and what is shown of them: the only state of the page. Everything else reads it and listens to its changes.
//
// Rows of places and of mentions are numbers from 0 on. The mentions of place i are the rows mentionStart[i] … mentionStart[i + 1];
// those of no place on the map follow from mentionStart[count] on. A mention is shown when it passes all filters, a place when one
// of its mentions is.

const FACETS = ["parties", "events", "outlets", "flags", "roles"]; // each a bit of what a mention fails
const DATES = 32;
const TEXT = 64;

function createFacets(columns, place, layer, count) {
  const roles = new Uint8Array(count);
  for (let m = 0; m < count; m += 1) roles[m] = place[m] < 0 ? 0 : layer[place[m]] + 1;
  const of = { parties: columns.get("claimants"), events: columns.get("events"), outlets: columns.get("outlet"), flags: columns.get("flags"), roles: { values: LAYERS, codes: roles } };
  return FACETS.map((name) => createFacet(name, of[name], count));
}

async function createStore(head, middle) {
  const [placeTable, mentionTable, reportTable] = await Promise.all(["places", "mentions", "reports"].map((name) => readTable(name, head.tables[name])));
  const columns = readPlaces(placeTable, middle);
  const { count } = placeTable;
  const mentions = mentionTable.columns;
  const total = mentionTable.count;
  const place = mentions.get("place") || new Int32Array(0);
  const facets = createFacets(mentions, place, columns.layer, total);
  const byName = Object.fromEntries(facets.map((facet) => [facet.name, facet]));
  const listeners = [];
  const minute = mentions.get("minute") || new Int32Array(total).fill(NO_MINUTE);
  const until = mentions.get("until") || null;
  const lastMinute = mentions.has("exact") ? lastMinutes(minute, mentions.get("exact"), until) : minute;
  const exactly = finest(mentions.get("exact"));
  const histogram = createHistogram(minute, lastMinute, until, SPANS.get(exactly) + 1);
  const dated = createDatedLabels(placeTable.columns, count);
  const keys = labelKeys(placeTable.columns, head.meta.policy);
  if (dated && histogram.first !== null && dated.matters(histogram.first, histogram.end)) keys.push("dated");
  const usualLabelKey = keys.includes(head.meta.policy) ? head.meta.policy : "printed";
  const wanted = head.meta.layers || ["sites", "references", "settings", "areas"];
  const usual = LAYERS.map((layer) => layer === "mentioned" || wanted.includes(`${layer}s`));
  const fails = new Uint8Array(total);
  let rowOf = null; // id to row, made when it is first needed
  let sides = new Map(); // what shown mentions are coloured by, by place

  const store = {
    head, count, ...columns, tables: { places: placeTable, mentions: mentionTable, reports: reportTable },
    mentionCount: total, mentionPlace: place, mentionStart: mentionStarts(place, count), minute, lastMinute,
    partyNames: new Map(Object.entries(head.parties || {})), sources: new Map(Object.entries(head.sources || {})),
    facets: byName, unclaimed: byName.parties.none,
    filters: { ...Object.fromEntries(facets.map((facet) => [facet.name, facet.on])), from: null, to: null, undated: false, text: null },
    counts: Object.fromEntries(facets.map((facet) => [facet.name, facet.count])),
    histogram, exactly,
    shown: new Uint8Array(count), mentionShown: new Uint8Array(total), shownCount: 0, shownMentions: 0,
    tint: new Uint16Array(count), colourBy: "parties",
    areasOn: wanted.includes("areas"), labelKeys: keys, usualLabelKey, labelKey: usualLabelKey, selected: -1, hovered: -1,
    query: "", asked: new Set(), losers: { of: -1, all: false },
  };

  function failures() {
    const { from, to, undated, text } = store.filters;
    fails.fill(0);
    facets.forEach((facet, f) => failWords(facet, fails, 1 << f));
    if (from !== null || to !== null) {
      const [least, most] = [from === null ? -Infinity : from, to === null ? Infinity : to];
      for (let m = 0; m < total; m += 1) if (minute[m] === NO_MINUTE ? !undated : minute[m] > most || lastMinute[m] < least) fails[m] |= DATES;
    }
    if (text) for (let m = 0; m < total; m += 1) if (!text[m]) fails[m] |= TEXT;
  }

  // What a dot is coloured by: one more than the first word that is on, of the first mention shown.
  function tintOf(facet, m) {
    const { starts, codes, on } = facet;
    if (!starts) return codes[m];
    for (let k = starts[m]; k < starts[m + 1]; k += 1) if (on[codes[k]]) return codes[k] + 1;
    return 0;
  }

  store.refilter = () => {
    const placed = store.mentionStart[count];
    const inPlace = fails.subarray(0, placed);
    const facet = byName[store.colourBy];
    failures();
    facets.forEach((each, f) => countWords(each, inPlace, 1 << f, place, each.count));
    countDates(store.histogram, minute, until, inPlace, DATES);
    sides = new Map();
    store.shown.fill(0);
    store.tint.fill(0);
    store.shownCount = 0;
    store.shownMentions = 0;
    for (let m = 0; m < total; m += 1) {
      const on = fails[m] ? 0 : 1;
      store.mentionShown[m] = on;
      const i = place[m];
      if (!on || i < 0) continue;
      store.shownMentions += 1;
      if (!store.shown[i]) {
        store.shown[i] = 1;
        store.shownCount += 1;
      }
      if (!store.tint[i]) store.tint[i] = tintOf(facet, m);
    }
  };

  store.onChange = (listener) => listeners.push(listener);
  store.announce = (what) => listeners.forEach((listener) => listener(what));
  store.change = (edit, what) => {
    edit();
    if (what === "filter" || what === "colour") store.refilter();
    store.announce(what);
  };

  addStates(store, facets, usual, wanted.includes("areas"));

  // Columns and details of a row together, as a plain object.
  store.detail = async (name, i) => {
    const table = store.tables[name];
    const told = Object.fromEntries(Array.from(table.columns, ([key, column]) => [key, valueOf(column, i)]).filter(([, value]) => value !== null));
    return { ...told, ...(await table.details.of(i)) };
  };

  store.id = (i) => (placeTable.columns.has("id") ? placeTable.columns.get("id")[i] : String(i));
  store.row = (id) => {
    if (!placeTable.columns.has("id")) return /^\d+$/.test(id) && Number(id) < count ? Number(id) : -1;
    if (!rowOf) rowOf = new Map(placeTable.columns.get("id").map((each, i) => [each, i]));
    return rowOf.has(id) ? rowOf.get(id) : -1;
  };
  store.mentionsOf = (i) => Array.from({ length: store.mentionStart[i + 1] - store.mentionStart[i] }, (_, n) => store.mentionStart[i] + n);
  store.word = (name, key, i) => wordOf(store.tables[name].columns.get(key), i);
  store.words = (name, key, i) => wordsOf(store.tables[name].columns.get(key), i);

  // The words, by number, that a place's shown mentions are coloured by; those that are switched off are left out.
  store.sides = (i) => {
    if (!sides.has(i)) {
      const { starts, codes, on } = byName[store.colourBy];
      const found = new Set();
      for (let m = store.mentionStart[i]; m < store.mentionStart[i + 1]; m += 1) {
        if (!store.mentionShown[m]) continue;
        if (starts) for (let k = starts[m]; k < starts[m + 1]; k += 1) if (on[codes[k]]) found.add(codes[k]);
        if (!starts && codes[m]) found.add(codes[m] - 1);
      }
      sides.set(i, Array.from(found).sort((a, b) => a - b));
    }
    return sides.get(i);
  };

  // Whether a side denies what is said of a place, in the mentions that are shown.
  const denying = mentions.get("denying");
  store.denied = (i) => {
    for (let m = store.mentionStart[i]; denying && m < store.mentionStart[i + 1]; m += 1) {
      if (store.mentionShown[m] && denying.starts[m] < denying.starts[m + 1]) return true;
    }
    return false;
  };

  store.partyName = (id) => {
    const party = store.partyNames.get(id);
    return String((party && party.name) || id);
  };

  store.partyColour = (id) => {
    const { colour } = store.partyNames.get(id) || {};
    return /^#[0-9a-f]{6}$/i.test(colour || "") ? legibleColour(colour, darkScheme.matches) : "currentColor";
  };

  const decided = mentions.get("decided");
  store.decided = (i) => {
    for (let m = store.mentionStart[i]; decided && m < store.mentionStart[i + 1]; m += 1) if (decided[m]) return true;
    return false;
  };

  // Whether a place comes from tables that list places, and from no text.
  const listed = reportTable.columns.get("listed");
  const report = mentions.get("report");
  store.isListed = (i) => {
    if (!listed || !report || store.mentionStart[i] === store.mentionStart[i + 1]) return false;
    for (let m = store.mentionStart[i]; m < store.mentionStart[i + 1]; m += 1) if (!listed[report[m]]) return false;
    return true;
  };

  store.roleWord = (i) => (store.isListed(i) ? t("role.listed") : roleWord(store.word("places", "role", i)));

  const labelOf = (i) => {
    const own = store.labelKey === "dated" ? dated.at(i, shownMinute(store)) : null;
    return own === null ? store.word("places", LABEL_KEY + (store.labelKey === "dated" ? "en" : store.labelKey), i) : own;
  };
  // The name that a place goes by; "" for one that nobody names.
  store.named = (i) => labelOf(i) || store.word("places", `${LABEL_KEY}printed`, i)
    || store.words("places", "printed", i)[0] || (placeTable.columns.has("id") ? store.id(i) : "");
  store.label = (i) => store.named(i) || coordinateWord(store.lat[i], store.lon[i]);

  // On the map "in the direction of X" is an arrow and the name: several such sites lie close together.
  store.signLabel = (i) => (store.towards && store.towards[i] >= 0 ? `→ ${store.label(store.towards[i])}` : store.named(i));

  // Places a word of a facet, whatever is filtered.
  const totals = new Map();
  store.totals = (name) => {
    if (!totals.has(name)) {
      totals.set(name, new Uint32Array(byName[name].none + 1));
      countWords(byName[name], new Uint8Array(store.mentionStart[count]), 0, place, totals.get(name));
    }
    return totals.get(name);
  };

  store.parties = readParties(byName.parties.values, store.partyNames, store.totals("parties"));
  store.looks = { parties: store.parties, ...Object.fromEntries(["events", "outlets"].map((name) => [name, createLooks(byName[name].values, store.totals(name))])) };
  store.look = (word) => store.looks[store.colourBy][word];
  store.setScheme = (dark) => Object.values(store.looks).flat().forEach((look) => { look.colour = legibleColour(look.own, dark); });
  store.setScheme(darkScheme.matches);
  store.reset();
  store.refilter();
  return store;
}
