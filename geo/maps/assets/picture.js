// The view as a picture: the layers painted anew at the size that is wanted, with title, key and sources around them.

const PICTURE_MARGIN = 22;
const PICTURE_RATIO = 2; // pixels a CSS pixel
const PRINT_RATIO = 3;

// How the view lies on a canvas of another size: the same middle, and all of it.
function frameOf(map, width, height) {
  const size = map.getSize();
  const shrink = Math.min(width / size.x, height / size.y);
  const zoom = map.getZoom() + Math.log2(shrink);
  const scale = 256 * 2 ** zoom;
  const middle = map.getCenter();
  const [x, y] = [mercatorX(middle.lng) * scale, mercatorY(middle.lat) * scale];
  return { scale, zoom, left: x - width / 2, top: y - height / 2, width, height, window: [0, 0, width, height], covered: [] };
}

function createPaper(width, height, ratio) {
  const canvas = make("canvas", { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { canvas, context };
}

// The layers on a canvas of their own; afterwards the page's own are painted again, for they remember their last frame.
function paintView({ map, layers, theme }, width, height, ratio) {
  const { canvas, context } = createPaper(width, height, ratio);
  const frame = frameOf(map, width, height);
  context.fillStyle = theme.land;
  context.fillRect(0, 0, width, height);
  layers.forEach((layer) => layer.paintOn(context, frame));
  paintScale(context, frame, map, theme);
  return canvas;
}

// A bar of a round length, as near to 100 pixels as it goes.
function paintScale(context, { scale, height }, map, theme) {
  const metres = (2 * Math.PI * EARTH_RADIUS_M * Math.cos((map.getCenter().lat * Math.PI) / 180)) / scale;
  const reach = metres * 110;
  const power = 10 ** Math.floor(Math.log10(reach));
  const length = [5, 2, 1].find((step) => step * power <= reach) * power;
  const [x, y, width] = [14, height - 14, length / metres];
  context.strokeStyle = theme.muted;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, y - 5);
  context.lineTo(x, y);
  context.lineTo(x + width, y);
  context.lineTo(x + width, y - 5);
  context.stroke();
  context.font = `400 11px ${theme.sans}`;
  context.textAlign = "left";
  context.textBaseline = "bottom";
  context.lineWidth = 3;
  context.strokeStyle = theme.halo;
  context.strokeText(distanceWord(length), x + 5, y - 2);
  context.fillStyle = theme.muted;
  context.fillText(distanceWord(length), x + 5, y - 2);
}

// A text over as many lines as it needs; gives the height that they take. Without a context's fill it only measures.
function writeText(context, text, x, y, { width, font, line, colour }) {
  context.font = font;
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (context.measureText(longer).width <= width || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (colour) {
    const rtl = document.documentElement.dir === "rtl";
    context.fillStyle = colour;
    context.textAlign = rtl ? "right" : "left";
    context.textBaseline = "top";
    lines.forEach((each, n) => context.fillText(each, rtl ? x + width : x, y + n * line));
  }
  return lines.length * line;
}

const MOST_KEYS = 24; // sides in a picture's key

// The sides that markers are coloured by, of what is shown: sign, name and number of places.
function keyRows(store) {
  const { none, on } = store.facets[store.colourBy];
  const counts = store.counts[store.colourBy];
  const words = Array.from({ length: none }, (_, word) => word).filter((word) => on[word] && counts[word]);
  return words.slice(0, MOST_KEYS).map((word) => ({ look: store.look(word), text: `${sideWord(store, store.colourBy, word)} (${numberWord(counts[word])})` }));
}

function writeKey(context, store, x, y, width, theme, draw) {
  const shown = keyRows(store);
  let [atX, atY] = [x, y];
  context.font = `400 13px ${theme.sans}`;
  for (const { look, text } of shown) {
    const wide = 18 + context.measureText(text).width + 20;
    if (atX > x && atX + wide > x + width) [atX, atY] = [x, atY + 22];
    if (draw) {
      drawGlyph(context, look.shape, atX + 6, atY + 9, 5.6, look.colour, null, 0);
      context.fillStyle = theme.ink;
      context.textAlign = "left";
      context.textBaseline = "middle";
      context.fillText(text, atX + 18, atY + 9.5);
    }
    atX += wide;
  }
  return shown.length ? atY - y + 22 : 0;
}

// What stands under a picture: the lines' source, the records' sources, what made it.
function sourcesLine({ meta }) {
  const credit = document.querySelector(".credit").textContent;
  const names = (meta.sources || []).map(({ name, licence }) => (licence ? `${name} (${licence})` : name));
  return [credit, ...names, meta.generator].filter(Boolean).join(" · ");
}

// The view with title above and key and sources below, as one canvas.
function composePicture(parts, store) {
  const { map, theme } = parts;
  const size = map.getSize();
  const width = Math.max(600, size.x);
  const inner = width - 2 * PICTURE_MARGIN;
  const texts = [
    [document.title, { width: inner, font: `700 24px ${theme.serif}`, line: 29 }, theme.ink],
    [document.querySelector(".standfirst").textContent, { width: inner, font: `400 14px ${theme.sans}`, line: 20 }, theme.muted],
  ];
  const foot = { width: inner, font: `400 11px ${theme.sans}`, line: 15 };
  const ruler = createPaper(1, 1, 1).context;
  const head = texts.reduce((sum, [text, look]) => sum + writeText(ruler, text, 0, 0, look), 0);
  const below = writeKey(ruler, store, 0, 0, inner, theme, false);
  const height = PICTURE_MARGIN + head + 12 + size.y + 12 + below + writeText(ruler, sourcesLine(store.head), 0, 0, foot) + PICTURE_MARGIN - 6;
  const { canvas, context } = createPaper(width, height, PICTURE_RATIO);
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, height);
  let y = PICTURE_MARGIN;
  for (const [text, look, colour] of texts) y += writeText(context, text, PICTURE_MARGIN, y, { ...look, colour });
  y += 12;
  context.drawImage(paintView(parts, width, size.y, PICTURE_RATIO), 0, y, width, size.y);
  y += size.y + 12;
  y += writeKey(context, store, PICTURE_MARGIN, y, inner, theme, true);
  writeText(context, sourcesLine(store.head), PICTURE_MARGIN, y, { ...foot, colour: theme.muted });
  return canvas;
}

function pictureFile(parts, store) {
  return new Promise((done) => { composePicture(parts, store).toBlob(done, "image/png"); });
}
