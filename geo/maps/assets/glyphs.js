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
const SHARED_RADIUS = 5.2;
const UNSURE_ALPHA = 0.5;
const MAX_GLYPHS = 4; // more claimants than this are told by a number

// Half the width and height of a marker in CSS pixels, rings included.
function markerExtent(store, i) {
  const claims = store.claimants(i).length;
  const ring = store.contested[i] ? 6 : 2;
  if (store.layer[i] !== 0) return [5 + ring, 5 + ring];
  if (claims < 2) return [SINGLE_RADIUS + ring, SINGLE_RADIUS + ring];
  const glyphs = Math.min(claims, MAX_GLYPHS) + (claims > MAX_GLYPHS ? 1 : 0);
  return [glyphs * (SHARED_RADIUS + 0.9) + 2.5 + ring, SHARED_RADIUS + 3 + ring];
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

function drawSite(context, store, i, x, y, theme) {
  const claims = store.claimants(i);
  const [width, height] = markerExtent(store, i);
  const ring = store.contested[i] ? 6 : 2;
  if (store.contested[i]) drawRings(context, x, y, width - ring, height - ring, theme);
  if (claims.length < 2) {
    const party = claims.length ? store.parties[claims[0]] : { shape: 0, colour: theme.muted };
    if (store.contested[i]) {
      pill(context, x, y, SINGLE_RADIUS + 1.4, SINGLE_RADIUS + 1.4);
      context.fillStyle = theme.paper;
      context.fill();
    }
    drawGlyph(context, party.shape, x, y, store.contested[i] ? 5.4 : SINGLE_RADIUS, party.colour, theme.paper, 3);
    // A site without a name is somewhere in its shape: the sign is hollow, for it marks no point.
    if (store.vague[i]) drawGlyph(context, party.shape, x, y, SINGLE_RADIUS - 2.4, theme.paper, null, 0);
    return;
  }
  pill(context, x, y, width - ring, height - ring);
  context.fillStyle = theme.paper;
  context.fill();
  if (!store.contested[i]) {
    context.lineWidth = 1.2;
    context.strokeStyle = theme.ink;
    context.stroke();
  }
  const step = 2 * (SHARED_RADIUS + 0.9);
  const drawn = claims.slice(0, MAX_GLYPHS);
  const cells = drawn.length + (claims.length > MAX_GLYPHS ? 1 : 0);
  const first = x - ((cells - 1) * step) / 2;
  drawn.forEach((claim, c) => {
    const party = store.parties[claim];
    drawGlyph(context, party.shape, first + c * step, y, SHARED_RADIUS - 0.4, party.colour, null, 0);
  });
  if (claims.length > MAX_GLYPHS) {
    context.fillStyle = theme.ink;
    context.font = `600 10px ${theme.sans}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(`+${claims.length - MAX_GLYPHS}`, first + drawn.length * step, y + 0.5);
  }
}

// Places where nothing is reported are hollow: a ring with a point for a reference, a square for a setting, a diamond for an actor.
function drawContext(context, store, i, x, y, theme) {
  const shape = { 1: 0, 2: 1, 3: 3, 4: 0 }[store.layer[i]];
  if (store.contested[i]) drawRings(context, x, y, 5, 5, theme);
  drawGlyph(context, shape, x, y, 5, theme.muted, theme.paper, 3);
  drawGlyph(context, shape, x, y, 3.4, theme.paper, null, 0);
  if (store.layer[i] === 1) drawGlyph(context, 0, x, y, 1.6, theme.muted, null, 0);
}

// Decided by a person: a tick in a small disc at the marker's corner.
function drawTick(context, store, i, x, y, theme) {
  const [width, height] = markerExtent(store, i);
  const [left, top] = [x + width * 0.8, y - height * 0.8];
  pill(context, left, top, 4.6, 4.6);
  context.fillStyle = theme.ink;
  context.fill();
  context.beginPath();
  context.moveTo(left - 2.2, top + 0.2);
  context.lineTo(left - 0.6, top + 1.9);
  context.lineTo(left + 2.3, top - 1.8);
  context.lineWidth = 1.4;
  context.strokeStyle = theme.paper;
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
  if (store.decided(i)) drawTick(context, store, i, x, y, theme);
}

// The same glyph as an SVG picture for legend and list; presentation attributes are no inline styles.
function glyphPicture(shape, colour, hollow) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "-1.5 -1.5 3 3");
  svg.setAttribute("class", "glyph");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[shape]);
  path.setAttribute("fill", hollow ? "none" : colour);
  path.setAttribute("stroke", colour);
  path.setAttribute("stroke-width", hollow ? ".34" : "0");
  svg.append(path);
  return svg;
}

function placeGlyphs(store, i) {
  const claims = store.claimants(i);
  const node = make("span", { class: store.contested[i] ? "glyphs contested" : "glyphs" });
  if (store.layer[i] !== 0) node.append(glyphPicture({ 1: 0, 2: 1, 3: 3, 4: 0 }[store.layer[i]], "currentColor", true));
  else if (!claims.length) node.append(glyphPicture(0, "currentColor", Boolean(store.vague[i])));
  else claims.forEach((c) => node.append(glyphPicture(store.parties[c].shape, store.parties[c].colour, Boolean(store.vague[i]))));
  return node;
}
