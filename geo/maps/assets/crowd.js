// Places by the thousand: which rows lie in the view, how many a bin holds, and dots with counts where they stand close.

const BLOCK = 4096; // rows, which lie along a curve and so close together
const BIN = 64; // pixels, counted from the corner of the world, so that bins stay while the map is moved
const FEW = 3; // as many places in a bin are drawn as markers
const COUNTED = 10; // as many dots in a bin get a count
const DOT_SIZES = [[3000, 3], [30000, 2], [Infinity, 1.3]]; // up to how many dots on the canvas, half their width in pixels
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

// Which rows of a block may lie in a part of the canvas; each place stands on the turn nearest to the canvas' middle.
function createWithin(store, blocks, frame, [left, top, right, bottom]) {
  const { scale } = frame;
  const middle = (frame.left + frame.width / 2) / scale;
  const [west, east] = [(frame.left + left) / scale, (frame.left + right) / scale];
  const [north, south] = [(frame.top + top) / scale, (frame.top + bottom) / scale];
  const turns = [-1, 0, 1].map((turn) => turn + Math.round(middle - 0.5));
  const meets = (at) => blocks[at + 1] <= south && blocks[at + 3] >= north
    && turns.some((turn) => blocks[at] + turn <= east && blocks[at + 2] + turn >= west);
  const spans = [];
  for (let b = 0; b * BLOCK < store.count; b += 1) if (meets(4 * b)) spans.push([b * BLOCK, Math.min(store.count, (b + 1) * BLOCK)]);
  return { middle, west, east, north, south, spans };
}

// The rows on the canvas with their points, and how many are in which bin.
function createCrowd(store) {
  const blocks = createBlocks(store);
  const rows = new Uint32Array(store.count);
  const xs = new Float32Array(store.count);
  const ys = new Float32Array(store.count);
  const cells = new Uint16Array(store.count);
  let last = null;

  function gather(frame) {
    const { x, y, shown } = store;
    const { scale, left, top, width, height } = frame;
    const { middle, west, east, north, south, spans } = createWithin(store, blocks, frame, [0, 0, width, height]);
    const firstX = Math.floor(left / BIN);
    const firstY = Math.floor(top / BIN);
    const wide = Math.floor((left + width) / BIN) - firstX + 1;
    const size = wide * (Math.floor((top + height) / BIN) - firstY + 1);
    const [offX, offY] = [left - firstX * BIN, top - firstY * BIN];
    const [counts, sumX, sumY] = [new Uint32Array(size), new Float64Array(size), new Float64Array(size)];
    let n = 0;
    for (const [from, to] of spans) {
      for (let i = from; i < to; i += 1) {
        const turned = x[i] + Math.round(middle - x[i]);
        if (!shown[i] || y[i] < north || y[i] > south || turned < west || turned > east) continue;
        const atX = turned * scale - left;
        const atY = y[i] * scale - top;
        const cell = Math.min(size - 1, Math.floor((atY + offY) / BIN) * wide + Math.floor((atX + offX) / BIN));
        rows[n] = i;
        xs[n] = atX;
        ys[n] = atY;
        cells[n] = cell;
        counts[cell] += 1;
        sumX[cell] += atX;
        sumY[cell] += atY;
        n += 1;
      }
    }
    last = { frame, n, counts, sumX, sumY, wide, offX, offY, crowded: n > SPREAD_LIMIT };
    return last;
  }

  // The rows that are drawn as markers: those with few around them, and those selected or pointed at.
  function singles() {
    const { n, counts, crowded } = last;
    const found = [];
    for (let k = 0; k < n; k += 1) {
      if (!crowded || counts[cells[k]] <= FEW || rows[k] === store.selected || rows[k] === store.hovered) found.push({ i: rows[k], x: xs[k], y: ys[k] });
    }
    return found;
  }

  // The bins that hold a crowd: how many, the middle of them, and the bin's box.
  function bins() {
    const { counts, sumX, sumY, wide, offX, offY, crowded } = last;
    const found = [];
    for (let cell = 0; crowded && cell < counts.length; cell += 1) {
      const count = counts[cell];
      const [left, top] = [(cell % wide) * BIN - offX, Math.floor(cell / wide) * BIN - offY];
      if (count > FEW) found.push({ count, x: sumX[cell] / count, y: sumY[cell] / count, box: [left, top, left + BIN, top + BIN] });
    }
    return found;
  }

  // The nearest shown row of a crowd to a point of the canvas; -1 if none is near.
  function at(pointX, pointY) {
    let best = -1;
    let nearest = DOT_REACH;
    if (!last || !last.crowded) return best;
    const { x, y, shown } = store;
    const { frame } = last;
    const { middle, spans } = createWithin(store, blocks, frame, [pointX - nearest, pointY - nearest, pointX + nearest, pointY + nearest]);
    for (const [from, to] of spans) {
      for (let i = from; i < to; i += 1) {
        if (!shown[i]) continue;
        const distance = Math.hypot((x[i] + Math.round(middle - x[i])) * frame.scale - frame.left - pointX, y[i] * frame.scale - frame.top - pointY);
        if (distance >= nearest) continue;
        nearest = distance;
        best = i;
      }
    }
    return best;
  }

  // The dots' rows and points: those of `cells` that hold a crowd.
  const dots = () => ({ ...last, rows, xs, ys, cells });

  return { gather, singles, bins, at, dots };
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
    const { n, counts, rows, xs, ys, cells } = crowd.dots();
    const reach = Math.max(1, Math.round(DOT_SIZES.find(([most]) => n <= most)[1] * ratio));
    const { tint } = store;
    let drawn = 0;
    for (let k = 0; k < n; k += 1) {
      if (counts[cells[k]] <= FEW || rows[k] === store.selected) continue; // those are markers
      const x = Math.round(xs[k] * ratio);
      const y = Math.round(ys[k] * ratio);
      drawn += 1;
      if (x < reach || y < reach || x >= width - reach || y >= height - reach) continue;
      const colour = palette[tint[rows[k]]];
      for (let row = -reach; row <= reach; row += 1) {
        const inset = Math.abs(row) === reach ? Math.ceil(reach / 3) : 0;
        const middle = (y + row) * width + x;
        for (let at = middle - reach + inset; at <= middle + reach - inset; at += 1) pixels[at] = colour;
      }
    }
    context.putImageData(image, 0, 0);
    target.drawImage(canvas, 0, 0, frame.width, frame.height);
    return drawn;
  };
}

const COUNT_FORM = { notation: "compact", maximumSignificantDigits: 3 };

// A disc with the number of places in a bin, in the middle of them; a few dots tell their number themselves.
function drawBins(context, bins, theme) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `600 11px ${theme.sans}`;
  for (const bin of bins) {
    if (bin.count < COUNTED) continue;
    bin.radius = 10 + 2.6 * Math.log10(bin.count);
    pill(context, bin.x, bin.y, bin.radius, bin.radius);
    context.fillStyle = theme.halo;
    context.fill();
    context.lineWidth = 1.2;
    context.strokeStyle = theme.ink;
    context.stroke();
    context.fillStyle = theme.ink;
    context.fillText(numberWord(bin.count, COUNT_FORM), bin.x, bin.y + 0.5);
  }
}

function ringBin(context, { x, y, radius }, theme) {
  pill(context, x, y, radius + 3.5, radius + 3.5);
  context.lineWidth = 3;
  context.strokeStyle = theme.focus;
  context.stroke();
}
