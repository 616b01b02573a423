// Places by the thousand: which rows lie in the view, how many a bin holds, and dots with counts where they stand close.

const BLOCK = 4096; // rows, which lie along a curve and so close together
const BIN = 64; // pixels, counted from the corner of the world, so that bins stay while the map is moved
const FEW = 3; // as many places in a bin are drawn as markers
const DOT_REACH = 7; // pixels from which a dot is met

function createBlocks({ x, y, count }) {
  const boxes = new Float64Array(Math.ceil(count / BLOCK) * 4);
  for (let b = 0; b * BLOCK < count; b += 1) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = b * BLOCK; i < Math.min(count, (b + 1) * BLOCK); i += 1) {
      if (x[i] < west) west = x[i];
      if (x[i] > east) east = x[i];
      if (y[i] < north) north = y[i];
      if (y[i] > south) south = y[i];
    }
    boxes.set([west, north, east, south], 4 * b);
  }
  return boxes;
}

// Calls `act(i, x, y)` for the shown rows within a box of the canvas; each stands on the turn nearest to the canvas' middle.
function eachWithin(store, blocks, frame, [left, top, right, bottom], act) {
  const { x, y, shown, count } = store;
  const { scale } = frame;
  const middle = (frame.left + frame.width / 2) / scale;
  const [west, east] = [(frame.left + left) / scale, (frame.left + right) / scale];
  const [north, south] = [(frame.top + top) / scale, (frame.top + bottom) / scale];
  const turns = [-1, 0, 1].map((turn) => turn + Math.round(middle - 0.5));
  for (let b = 0; b * BLOCK < count; b += 1) {
    const at = 4 * b;
    if (blocks[at + 1] > south || blocks[at + 3] < north) continue;
    if (!turns.some((turn) => blocks[at] + turn <= east && blocks[at + 2] + turn >= west)) continue;
    const end = Math.min(count, (b + 1) * BLOCK);
    for (let i = b * BLOCK; i < end; i += 1) {
      if (!shown[i] || y[i] < north || y[i] > south) continue;
      const turned = x[i] + Math.round(middle - x[i]);
      if (turned >= west && turned <= east) act(i, turned * scale - frame.left, y[i] * scale - frame.top);
    }
  }
}

// The rows on the canvas with their points, and how many are in which bin.
function createCrowd(store) {
  const blocks = createBlocks(store);
  const rows = new Uint32Array(store.count);
  const xs = new Float32Array(store.count);
  const ys = new Float32Array(store.count);
  const cells = new Uint32Array(store.count);
  let last = null;

  function gather(frame) {
    const firstX = Math.floor(frame.left / BIN);
    const firstY = Math.floor(frame.top / BIN);
    const wide = Math.floor((frame.left + frame.width) / BIN) - firstX + 1;
    const high = Math.floor((frame.top + frame.height) / BIN) - firstY + 1;
    const counts = new Uint32Array(wide * high);
    const sumX = new Float64Array(wide * high);
    const sumY = new Float64Array(wide * high);
    let n = 0;
    eachWithin(store, blocks, frame, [0, 0, frame.width, frame.height], (i, x, y) => {
      const cell = (Math.floor((y + frame.top) / BIN) - firstY) * wide + Math.floor((x + frame.left) / BIN) - firstX;
      rows[n] = i;
      xs[n] = x;
      ys[n] = y;
      cells[n] = cell;
      counts[cell] += 1;
      sumX[cell] += x;
      sumY[cell] += y;
      n += 1;
    });
    last = { frame, n, counts, sumX, sumY, crowded: n > SPREAD_LIMIT };
    return last;
  }

  const inCrowd = (k) => last.crowded && last.counts[cells[k]] > FEW;

  // The rows that are drawn as markers: those with few around them, and the selected and the hovered one.
  function singles() {
    const found = [];
    for (let k = 0; k < last.n; k += 1) if (!inCrowd(k) || rows[k] === store.selected || rows[k] === store.hovered) found.push({ i: rows[k], x: xs[k], y: ys[k] });
    return found;
  }

  const bins = () => Array.from(last.counts, (count, cell) => ({ count, x: last.sumX[cell] / count, y: last.sumY[cell] / count }))
    .filter(({ count }) => last.crowded && count > FEW);

  // The nearest shown row of a crowd to a point of the canvas; -1 if none is near.
  function at(x, y) {
    let best = -1;
    let nearest = DOT_REACH;
    if (!last || !last.crowded) return best;
    eachWithin(store, blocks, last.frame, [x - nearest, y - nearest, x + nearest, y + nearest], (i, dotX, dotY) => {
      const distance = Math.hypot(dotX - x, dotY - y);
      if (distance < nearest) {
        nearest = distance;
        best = i;
      }
    });
    return best;
  }

  // Calls `act(row, x, y)` for each dot.
  function eachDot(act) {
    for (let k = 0; k < last.n; k += 1) if (inCrowd(k)) act(rows[k], xs[k], ys[k]);
  }

  return { gather, singles, bins, at, eachDot };
}

function pixelOf(colour) {
  const [red, green, blue] = /^#[0-9a-f]{6}$/i.test(colour) ? channels(colour) : [110, 110, 110];
  return (255 << 24) | (blue << 16) | (green << 8) | red; // as a little-endian Uint32 of red, green, blue, opacity
}

// Dots are set pixel by pixel on a canvas of their own, which keeps its memory from frame to frame.
function createDots() {
  const canvas = document.createElement("canvas");
  let image = null;
  let pixels = null;

  function fit(context, width, height) {
    if (canvas.width === width && canvas.height === height && image) {
      pixels.fill(0);
      return;
    }
    canvas.width = width;
    canvas.height = height;
    image = context.createImageData(width, height);
    pixels = new Uint32Array(image.data.buffer);
  }

  // `colours[tint]` are what dots are coloured by.
  return function drawDots(target, crowd, store, frame, colours) {
    const ratio = target.canvas.width / frame.width;
    const context = canvas.getContext("2d");
    const { width, height } = target.canvas;
    fit(context, width, height);
    const palette = Uint32Array.from(colours, pixelOf);
    const reach = Math.max(1, Math.round((frame.zoom < 9 ? 1.3 : 2) * ratio));
    let drawn = 0;
    crowd.eachDot((i, dotX, dotY) => {
      const x = Math.round(dotX * ratio);
      const y = Math.round(dotY * ratio);
      drawn += 1;
      if (x < reach || y < reach || x >= width - reach || y >= height - reach) return;
      const colour = palette[store.tint[i]];
      for (let row = -reach; row <= reach; row += 1) {
        const inset = row === -reach || row === reach ? 1 : 0;
        const middle = (y + row) * width + x;
        for (let at = middle - reach + inset; at <= middle + reach - inset; at += 1) pixels[at] = colour;
      }
    });
    context.putImageData(image, 0, 0);
    target.drawImage(canvas, 0, 0, frame.width, frame.height);
    return drawn;
  };
}

const countFormat = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

// A disc with the number of places in a bin, in the middle of them.
function drawBins(context, bins, theme) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `600 11px ${theme.sans}`;
  for (const bin of bins) {
    bin.radius = 10 + 2.6 * Math.log10(bin.count);
    pill(context, bin.x, bin.y, bin.radius, bin.radius);
    context.fillStyle = theme.halo;
    context.fill();
    context.lineWidth = 1.2;
    context.strokeStyle = theme.ink;
    context.stroke();
    context.fillStyle = theme.ink;
    context.fillText(countFormat.format(bin.count), bin.x, bin.y + 0.5);
  }
}
