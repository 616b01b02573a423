// What lies in the tables' columns, made ready for drawing.

const LAYERS = ["site", "reference", "setting", "actor", "mentioned"]; // drawn from the last to the first
const SPARE_COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#6b6b6b"];
const UNSURE_BELOW = 0.5; // confidence
const EARTH_RADIUS_M = 6378137;
const LABEL_KEY = "label:";

function mercatorX(lon) {
  return lon / 360 + 0.5;
}

function mercatorY(lat) {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

// Of a column of words: the word of row i, or null.
function wordOf(column, i) {
  return column && column.codes[i] ? column.values[column.codes[i] - 1] : null;
}

// Of a column of lists: the words of row i.
function wordsOf(column, i) {
  return column ? Array.from(column.codes.subarray(column.starts[i], column.starts[i + 1]), (code) => column.values[code]) : [];
}

function readPlaces(table, middle) {
  const { count, columns } = table;
  const [lon, lat] = [columns.get("lon"), columns.get("lat")];
  const role = columns.get("role");
  const confidence = columns.get("confidence");
  const status = columns.get("status");
  const layers = role ? [null, ...role.values].map((word) => (LAYERS.includes(word) ? LAYERS.indexOf(word) : LAYERS.indexOf("mentioned"))) : [];
  const found = {
    lon, lat, x: new Float64Array(count), y: new Float64Array(count), layer: new Uint8Array(count), unsure: new Uint8Array(count),
    contested: columns.get("contested") || new Uint8Array(count), vague: columns.get("vague") || new Uint8Array(count),
    precision: columns.get("precision_m") || null, towards: columns.get("towards") || null, confidence: confidence || null,
  };
  const turning = middle !== null; // where the basemap crosses the antimeridian its longitudes run on, and the places follow
  const ambiguous = status ? status.values.indexOf("ambiguous") + 1 : 0;
  for (let i = 0; i < count; i += 1) {
    if (turning) lon[i] += 360 * Math.round((middle - lon[i]) / 360);
    found.x[i] = mercatorX(lon[i]);
    found.y[i] = mercatorY(lat[i]);
    if (role) found.layer[i] = layers[role.codes[i]];
    found.unsure[i] = (ambiguous && status.codes[i] === ambiguous) || (confidence && confidence[i] < UNSURE_BELOW) ? 1 : 0;
  }
  return found;
}

function mentionStarts(place, count) {
  const starts = new Uint32Array(count + 1);
  for (let m = 0; m < place.length && place[m] >= 0; m += 1) starts[place[m] + 1] += 1;
  for (let i = 0; i < count; i += 1) starts[i + 1] += starts[i];
  return starts;
}

function readParties(ids, known, used) {
  const shapes = ids.map((id, p) => (used[p] ? 1 : 0));
  let next = 0;
  return ids.map((id, p) => {
    const party = known.get(id) || {};
    const shape = next;
    next += shapes[p];
    const colour = /^#[0-9a-f]{6}$/i.test(party.colour || "") ? party.colour : SPARE_COLOURS[shape % SPARE_COLOURS.length];
    return { id, name: String(party.name || id), kind: String(party.kind || ""), own: colour, colour, shape: shape % SHAPES.length, used: Boolean(used[p]) };
  });
}

// Colour and shape of each word, so that the most frequent ones look least alike.
function createLooks(words, totals) {
  const ranked = Array.from(words, (_, word) => word).sort((a, b) => totals[b] - totals[a] || a - b);
  const looks = [];
  ranked.forEach((word, rank) => {
    const own = SPARE_COLOURS[rank % SPARE_COLOURS.length];
    looks[word] = { own, colour: own, shape: (rank + Math.floor(rank / SPARE_COLOURS.length)) % SHAPES.length };
  });
  return looks;
}

// The policies that the places' labels know, in the order of their switch; one that would change no label is no choice.
function labelKeys(columns, policy) {
  const printed = columns.get(`${LABEL_KEY}printed`);
  const same = (column) => {
    if (!printed) return false;
    for (let i = 0; i < column.codes.length; i += 1) {
      if (column.codes[i] && wordOf(column, i) !== wordOf(printed, i)) return false;
    }
    return true;
  };
  const order = ["printed", "az", "hy", "ru", "en"];
  const found = Array.from(columns).filter(([name]) => name.startsWith(LABEL_KEY)).map(([name, column]) => [name.slice(LABEL_KEY.length), column])
    .filter(([key, column]) => key === "printed" || key === policy || !same(column)).map(([key]) => key);
  const rest = found.filter((key) => key !== "all" && !order.includes(key)).sort();
  return [...order.filter((key) => found.includes(key)), ...rest, ...(found.includes("all") ? ["all"] : [])];
}

// A column's value for a row as a plain one: a number, a word, a list of words; null where there is none.
function valueOf(column, i) {
  if (Array.isArray(column)) return column[i];
  if (!ArrayBuffer.isView(column)) return column.starts ? wordsOf(column, i) : wordOf(column, i);
  return Number.isNaN(column[i]) || column[i] === NO_NUMBER ? null : column[i];
}
