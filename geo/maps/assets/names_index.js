// All names of the places on the map, found by any spelling in any script. Made when the search is first used, a little at a time.

const SLICE = 12; // milliseconds of work before the page may breathe
const LEAST_HEARD = 3; // sounds
const FOUND = 12;
const JOINED_LABELS = ["printed", "all"].map((key) => LABEL_KEY + key); // of names that stand elsewhere

const breath = () => new Promise((resume) => setTimeout(resume, 0));

// Lower case without accents, as somebody types it.
function plainName(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

async function readFolding() {
  const bytes = await inflate(byId("allonym-folding").textContent);
  return createFolding(JSON.parse(new TextDecoder().decode(bytes)));
}

// Rows by the codes of a column of words or of lists of words.
function rowsByCode({ values, codes, starts }) {
  const at = new Uint32Array(values.length + 2);
  const each = (act) => {
    if (starts) for (let i = 0; i + 1 < starts.length; i += 1) for (let k = starts[i]; k < starts[i + 1]; k += 1) act(codes[k], i);
    else for (let i = 0; i < codes.length; i += 1) if (codes[i]) act(codes[i] - 1, i);
  };
  each((code) => { at[code + 2] += 1; });
  for (let code = 2; code < at.length; code += 1) at[code] += at[code - 1];
  const rows = new Uint32Array(at[at.length - 1]);
  each((code, i) => {
    rows[at[code + 1]] = i;
    at[code + 1] += 1;
  });
  return (code) => rows.subarray(at[code], at[code + 1]);
}

// How well a name fits what is searched: 0 is best, null not at all.
function fitOf(name, wanted) {
  if (name.plain === wanted.plain) return 0;
  if (wanted.keys.some((key) => name.keys.includes(key))) return name.plain.startsWith(wanted.plain) ? 1 : 2;
  if (wanted.plain && name.plain.startsWith(wanted.plain)) return 3;
  if (wanted.plain && name.plain.includes(` ${wanted.plain}`)) return 4;
  if (wanted.heard.length >= LEAST_HEARD && name.heard.startsWith(wanted.heard)) return 5;
  if (wanted.bare.length >= LEAST_HEARD && name.bare.startsWith(wanted.bare)) return 6;
  return wanted.plain.length >= LEAST_HEARD && name.plain.includes(wanted.plain) ? 7 : null;
}

// Names of the background map: { key, name, lang, label, lat, lon } for each language of each.
function basemapNames(basemap) {
  return ["towns", "countries", "waters"].flatMap((kind) => {
    const { lon, lat, names } = (basemap && basemap.names && basemap.names[kind]) || { names: {} };
    return Object.entries(names).flatMap(([lang, column]) => Object.entries(column).filter(([, name]) => name)
      .map(([row, name]) => ({ key: `${kind} ${row}`, name, lang, label: names.en[row] || name, lat: lat[row], lon: lon[row] })));
  });
}

// `grounds`: names of the background map, as `basemapNames` gives them.
function createNameIndex(store, grounds, tell) {
  const names = new Map(); // text to { text, plain, keys, heard, bare, uses }; a use is [row of a place, or -1, what is told of the name]
  let folding = null;
  let complete = false;

  function entry(text) {
    if (!names.has(text)) {
      const heard = folding.hear(text);
      names.set(text, { text, plain: plainName(text), keys: folding.indexKeys(text), heard, bare: heard.replace(/[aiu]/g, ""), uses: [] });
    }
    return names.get(text);
  }

  async function addColumn(column, told) {
    const rows = rowsByCode(column);
    let since = performance.now();
    for (let code = 0; code < column.values.length; code += 1) {
      const use = entry(column.values[code]);
      use.uses.push({ rows: rows(code), told });
      if (performance.now() - since < SLICE) continue;
      tell();
      await breath();
      since = performance.now();
    }
  }

  async function build() {
    folding = await readFolding();
    const { columns, details } = store.tables.places;
    const printed = columns.get("printed") || columns.get(`${LABEL_KEY}printed`);
    if (printed) await addColumn(printed, { printed: true });
    for (const [key, column] of columns) {
      if (key.startsWith(LABEL_KEY) && !JOINED_LABELS.includes(key)) await addColumn(column, { lang: key.slice(LABEL_KEY.length) });
    }
    const parts = [];
    await details.each((start, found) => {
      parts.push([start, found.get("names") || []]);
      return true;
    });
    let since = performance.now();
    for (const [start, rows] of parts) {
      for (let n = 0; n < rows.length; n += 1) {
        (rows[n] || []).forEach((name) => entry(name.toponym).uses.push({ rows: [start + n], told: name }));
        if (performance.now() - since < SLICE) continue;
        tell();
        await breath();
        since = performance.now();
      }
    }
    grounds.forEach((ground) => entry(ground.name).uses.push({ rows: [], ground }));
    complete = true;
    tell();
  }

  // The places that fit, each once with the name that fits best; attested names tell more than labels.
  function find(text) {
    if (!folding) return [];
    const wanted = { plain: plainName(text), keys: folding.lookUpKeys(text), heard: folding.hear(text) };
    wanted.bare = wanted.heard.replace(/[aiu]/g, "");
    const fits = [];
    names.forEach((name) => {
      const fit = fitOf(name, wanted);
      if (fit !== null) fits.push([fit, name]);
    });
    fits.sort((a, b) => a[0] - b[0] || a[1].text.length - b[1].text.length || (a[1].text < b[1].text ? -1 : 1));
    const found = new Map();
    for (const [, name] of fits) {
      const told = [...name.uses].sort((a, b) => Number(!(a.told && a.told.toponym)) - Number(!(b.told && b.told.toponym)));
      for (const use of told) {
        if (use.ground && !found.has(use.ground.key)) found.set(use.ground.key, { ground: use.ground, told: { lang: use.ground.lang }, text: name.text });
        for (const i of use.rows) {
          if (!found.has(i)) found.set(i, { i, told: use.told, text: name.text });
          if (found.size >= FOUND) return Array.from(found.values());
        }
      }
    }
    return Array.from(found.values());
  }

  return { build, find, isComplete: () => complete };
}
