// What stands for a claimant: a shape in the party's colour, the same on the canvas, in the legend and in the list.

const SHAPES = [
  "M-1 0A1 1 0 1 0 1 0A1 1 0 1 0-1 0Z",
  "M-.88-.88H.88V.88H-.88Z",
  "M0-1.12L1.1.82H-1.1Z",
  "M0-1.22L1.22 0L0 1.22L-1.22 0Z",
  "M-1.1-.82H1.1L0 1.12Z",
  "M-.38-1.08H.38V-.38H1.08V.38H.38V1.08H-.38V.38H-1.08V-.38H-.38Z",
  "M0-1.1L1.05-.34L.65.89H-.65L-1.05-.34Z",
  "M-.55-.98H.55L1.1 0L.55.98H-.55L-1.1 0Z",
];
const GLYPH_PATHS = SHAPES.map((shape) => new Path2D(shape));
const SINGLE_RADIUS = 6.5;
const SPLIT_RADIUS = [0, 0, 9.5, 10.5, 11.5]; // of a marker that so many sides share
const UNSURE_ALPHA = 0.5;
const MOST_GLYPHS = 8; // in a line of the list
const MOST_PARTS = 4; // more sides than this are told by a number

// Half the width and height of a marker in CSS pixels, rings included.
function markerExtent(store, i) {
  const sides = store.sides(i).length;
  const ring = store.contested[i] ? 6 : 2;
  const radius = store.layer[i] !== 0 ? 5 : sides < 2 ? SINGLE_RADIUS : SPLIT_RADIUS[Math.min(sides, MOST_PARTS)];
  return [radius + ring, radius + ring];
}

function drawGlyph(context, shape, x, y, radius, fill, stroke, weight) {
  context.save();
  context.translate(x, y);
  context.scale(radius, radius);
  context.lineWidth = weight / radius;
  context.lineJoin = "round";
  if (stroke) {
    context.strokeStyle = stroke;
    context.stroke(GLYPH_PATHS[shape]);
  }
  context.fillStyle = fill;
  context.fill(GLYPH_PATHS[shape]);
  context.restore();
}

function pill(context, x, y, halfWidth, halfHeight) {
  context.beginPath();
  context.roundRect(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight, halfHeight);
}

// Contested: a double ring around the whole marker.
function drawRings(context, x, y, halfWidth, halfHeight, theme) {
  for (const [gap, width, colour] of [[2.6, 5.6, theme.paper], [1.6, 1.3, theme.ink], [4.9, 1.3, theme.ink]]) {
    pill(context, x, y, halfWidth + gap, halfHeight + gap);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}

// A disc split among the sides that speak of the place: halves, thirds, quarters, each with its side's shape.
function drawSplit(context, store, sides, x, y, radius, theme) {
  const parts = sides.slice(0, MOST_PARTS);
  const turn = (2 * Math.PI) / parts.length;
  const first = parts.length === 2 ? Math.PI / 2 : -Math.PI / 2; // halves stand side by side
  pill(context, x, y, radius + 1.6, radius + 1.6);
  context.fillStyle = theme.paper;
  context.fill();
  parts.forEach((side, n) => {
    const look = store.look(side);
    context.beginPath();
    context.moveTo(x, y);
    context.arc(x, y, radius, first + n * turn, first + (n + 1) * turn);
    context.closePath();
    context.fillStyle = look.colour;
    context.fill();
    context.lineWidth = 1.4;
    context.strokeStyle = theme.paper;
    context.stroke();
  });
  parts.forEach((side, n) => {
    const middle = first + (n + 0.5) * turn;
    const reach = radius * (parts.length === 2 ? 0.5 : 0.58);
    drawGlyph(context, store.look(side).shape, x + Math.cos(middle) * reach, y + Math.sin(middle) * reach, 2.9, theme.paper, null, 0);
  });
  if (sides.length > MOST_PARTS) drawSign(context, x + radius * 0.85, y + radius * 0.85, theme, `+${sides.length - MOST_PARTS}`);
}

function drawSite(context, store, i, x, y, theme) {
  const sides = store.sides(i);
  const [width, height] = markerExtent(store, i);
  const ring = store.contested[i] ? 6 : 2;
  if (store.contested[i]) drawRings(context, x, y, width - ring, height - ring, theme);
  if (sides.length > 1) {
    drawSplit(context, store, sides, x, y, width - ring, theme);
    return;
  }
  const look = sides.length ? store.look(sides[0]) : { shape: 0, colour: theme.muted };
  if (store.contested[i]) {
    pill(context, x, y, SINGLE_RADIUS + 1.4, SINGLE_RADIUS + 1.4);
    context.fillStyle = theme.paper;
    context.fill();
  }
  drawGlyph(context, look.shape, x, y, store.contested[i] ? 5.4 : SINGLE_RADIUS, look.colour, theme.paper, 3);
  // A site without a name is somewhere in its shape: the sign is hollow, for it marks no point.
  if (store.vague[i]) drawGlyph(context, look.shape, x, y, SINGLE_RADIUS - 2.4, theme.paper, null, 0);
}

// Places where nothing is reported are hollow: a ring with a point for a reference, a square for a setting, a diamond for an actor.
function drawContext(context, store, i, x, y, theme) {
  const shape = { 1: 0, 2: 1, 3: 3, 4: 0 }[store.layer[i]];
  if (store.contested[i]) drawRings(context, x, y, 5, 5, theme);
  drawGlyph(context, shape, x, y, 5, theme.muted, theme.paper, 3);
  drawGlyph(context, shape, x, y, 3.4, theme.paper, null, 0);
  if (store.layer[i] === 1) drawGlyph(context, 0, x, y, 1.6, theme.muted, null, 0);
}

// A few signs in a small disc at the marker's corner.
function drawSign(context, x, y, theme, text) {
  context.font = `700 9px ${theme.sans}`;
  pill(context, x, y, Math.max(5, context.measureText(text).width / 2 + 2), 5);
  context.fillStyle = theme.ink;
  context.fill();
  context.fillStyle = theme.paper;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
}

// Lines in a small disc at the marker's corner: a tick, or the sign for "is not".
const TICK_LINES = [[-2.2, 0.2, -0.6, 1.9], [-0.6, 1.9, 2.3, -1.8]];
const DENIED_LINES = [[-2.6, -1.2, 2.6, -1.2], [-2.6, 1.2, 2.6, 1.2], [1.5, -2.8, -1.5, 2.8]];

function drawBadge(context, x, y, lines, theme) {
  pill(context, x, y, 5, 5);
  context.fillStyle = theme.ink;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = theme.paper;
  context.stroke();
  context.lineWidth = 1.3;
  context.beginPath();
  for (const [fromX, fromY, toX, toY] of lines) {
    context.moveTo(x + fromX, y + fromY);
    context.lineTo(x + toX, y + toY);
  }
  context.stroke();
}

function drawMarker(context, store, i, x, y, theme) {
  if (store.selected === i || store.hovered === i) {
    const [width, height] = markerExtent(store, i);
    pill(context, x, y, width + 3.5, height + 3.5);
    context.lineWidth = 3;
    context.strokeStyle = store.selected === i ? theme.focus : theme.muted;
    context.stroke();
  }
  context.globalAlpha = store.unsure[i] ? UNSURE_ALPHA : 1;
  if (store.layer[i] === 0) drawSite(context, store, i, x, y, theme);
  else drawContext(context, store, i, x, y, theme);
  context.globalAlpha = 1;
  const [width, height] = markerExtent(store, i);
  if (store.decided(i)) drawBadge(context, x + width * 0.8, y - height * 0.8, TICK_LINES, theme);
  if (store.denied(i)) drawBadge(context, x - width * 0.8, y - height * 0.8, DENIED_LINES, theme);
}

// The same glyph as a picture for legend and list.
function glyphPicture(shape, colour, hollow) {
  return svgNode("svg", { viewBox: "-1.5 -1.5 3 3", class: "glyph", "aria-hidden": "true" },
    svgNode("path", { d: SHAPES[shape], fill: hollow ? "none" : colour, stroke: colour, "stroke-width": hollow ? ".34" : "0" }));
}

function placeGlyphs(store, i) {
  const sides = store.sides(i);
  const node = make("span", { class: store.contested[i] ? "glyphs contested" : "glyphs" });
  if (store.layer[i] !== 0) node.append(glyphPicture({ 1: 0, 2: 1, 3: 3, 4: 0 }[store.layer[i]], "currentColor", true));
  else if (!sides.length) node.append(glyphPicture(0, "currentColor", Boolean(store.vague[i])));
  else sides.slice(0, MOST_GLYPHS).forEach((side) => node.append(glyphPicture(store.look(side).shape, store.look(side).colour, Boolean(store.vague[i]))));
  if (sides.length > MOST_GLYPHS) node.append(make("span", { class: "more-glyphs" }, `+${sides.length - MOST_GLYPHS}`));
  return node;
}
