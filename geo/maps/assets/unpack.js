// The page's tables: columns as typed arrays at once, details chunk by chunk when they are looked at. geo/maps/packing.py writes them.

const NO_NUMBER = -2147483648; // in a column of whole numbers

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

async function inflate(base64, size) {
  const stream = new DecompressionStream("gzip");
  const writer = stream.writable.getWriter();
  const written = writer.write(bytesOf(base64)).then(() => writer.close());
  const reader = stream.readable.getReader();
  const parts = [];
  for (let step = await reader.read(); !step.done; step = await reader.read()) parts.push(step.value);
  await written;
  const whole = new Uint8Array(size || parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// Whole numbers lie in planes: all lowest bytes, all second bytes, and so on.
function readWhole(block, { width, delta }, count) {
  const Kind = (!delta && { 1: Uint8Array, 2: Uint16Array }[width]) || Int32Array;
  const plane = (byte) => block.bytes.subarray(block.at + byte * count, block.at + (byte + 1) * count);
  const found = Kind === Uint8Array ? plane(0) : new Kind(plane(0));
  for (let byte = 1; byte < width; byte += 1) {
    const part = plane(byte);
    const shift = 8 * byte;
    for (let i = 0; i < count; i += 1) found[i] |= part[i] << shift;
  }
  if (delta) {
    let sum = 0;
    for (let i = 0; i < count; i += 1) {
      sum += (found[i] >>> 1) ^ -(found[i] & 1);
      found[i] = sum;
    }
  }
  block.at += width * count;
  return found;
}

function readNumbers(block, head, count) {
  const raw = readWhole(block, head, count);
  const { least, step, gaps } = head;
  const per = 10 ** head.decimals;
  if (per === 1 && step === 1 && least === 0 && !gaps) return raw;
  const found = per === 1 ? new Int32Array(count) : new Float64Array(count);
  const none = per === 1 ? NO_NUMBER : NaN;
  const shift = gaps ? 1 : 0;
  for (let i = 0; i < count; i += 1) {
    found[i] = gaps && raw[i] === 0 ? none : ((raw[i] - shift) * step + least) / per;
  }
  return found;
}

function readWords(block, size) {
  const words = JSON.parse(new TextDecoder().decode(block.bytes.subarray(block.at, block.at + size)));
  block.at += size;
  return words;
}

function startsOf(counts) {
  const starts = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i += 1) starts[i + 1] = starts[i] + counts[i];
  return starts;
}

// numbers: a typed array. codes: {values, codes}, where code 0 is none and `values[code - 1]` the word.
// lists: {values, starts, codes}, where row i has `values[code]` of codes[starts[i] … starts[i + 1]]. texts: an array.
function readColumn(block, head, count) {
  if (head.kind === "numbers") return readNumbers(block, head, count);
  const values = readWords(block, head.size);
  if (head.kind === "texts") return values;
  if (head.kind === "codes") return { values, codes: readWhole(block, head.codes, count) };
  return { values, starts: startsOf(readWhole(block, head.counts, count)), codes: readWhole(block, head.codes, head.total) };
}

const KEPT_CHUNKS = 24;
const LENGTH_BYTES = 4;

async function readJsonOf(id) {
  return JSON.parse(new TextDecoder().decode(await inflate(byId(id).textContent)));
}

// Texts whose words are numbers: geo/maps/spelling.py has the format. No text at all is null.
function readSpelled(block, { rows, total, large, rare }, words) {
  const counts = readWhole(block, { width: LENGTH_BYTES, delta: false }, rows);
  const take = (size) => {
    block.at += size;
    return block.bytes.subarray(block.at - size, block.at).values();
  };
  const [upper, small, big] = [total, total - large, large].map(take);
  const nextRare = rare.values();
  const word = () => {
    const high = upper.next().value;
    const number = high ? (high << 8) | big.next().value : small.next().value;
    return number ? words[number - 1] : nextRare.next().value;
  };
  return Array.from(counts, (count) => {
    if (!count) return null;
    let text = word();
    for (let k = 1; k < count; k += 1) text += ` ${word()}`;
    return text;
  });
}

function readPart(bytes, words) {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const block = { bytes, at: LENGTH_BYTES };
  const told = readWords(block, size);
  return Object.entries(told).map(([name, values]) => [name, Array.isArray(values) ? values : readSpelled(block, values, words)]);
}

function createDetails(name, { count, chunk, parts }) {
  const opened = new Map(); // the chunks looked at last
  let words = null; // those that texts have as numbers, read when the first text is

  async function read(part) {
    words ||= readJsonOf(`allonym-${name}-words`);
    return readPart(await inflate(byId(`allonym-${name}-${part}`).textContent), await words);
  }

  function open(part) {
    if (!opened.has(part)) opened.set(part, read(part));
    if (opened.size > KEPT_CHUNKS) opened.delete(opened.keys().next().value);
    return opened.get(part);
  }

  const row = (columns, k) => Object.fromEntries(columns.filter(([, values]) => values[k] !== null).map(([key, values]) => [key, values[k]]));

  return {
    // What only the details tell of a row.
    async of(i) {
      return parts ? row(await open(Math.floor(i / chunk)), i % chunk) : {};
    },
    // Column by column through all chunks, none of them kept: `act(first row, Map of column to values)`; stops where it gives false.
    async each(act) {
      for (let part = 0; part < parts; part += 1) {
        if (act(part * chunk, new Map(await read(part))) === false) return;
      }
    },
    count,
  };
}

async function readTable(name, head) {
  const block = { bytes: await inflate(byId(`allonym-${name}`).textContent, head.size), at: 0 };
  const columns = new Map(Object.entries(head.columns).map(([key, column]) => [key, readColumn(block, column, head.count)]));
  return { count: head.count, columns, details: createDetails(name, head) };
}
