// Areas that a place stands for: a polygon where one is known, a circle where only a radius is. A site without a name has
// a shape that the report's words mean: a sector, a corridor, a ring.

const AREA_LOOKS = new Map([
  ["polygon", { fill: 0.1, line: 0.75, dash: [] }],
  ["radius", { fill: 0.05, line: 0.75, dash: [2, 4] }],
]);
const SHAPE_LOOK = { fill: 0.16, line: 0.6, dash: [1, 3] };

function worldRings(geometry) {
  const polygons = { Polygon: [geometry.coordinates], MultiPolygon: geometry.coordinates }[geometry.type] || [];
  return polygons.flat().map((ring) => {
    const flat = new Float64Array(ring.length * 2);
    ring.forEach(([lon, lat], k) => {
      flat[2 * k] = mercatorX(lon);
      flat[2 * k + 1] = mercatorY(lat);
    });
    return flat;
  });
}

function readAreas({ head, count }) {
  const features = (head.areas && head.areas.features) || [];
  return features.filter((feature) => feature.geometry && feature.properties.place < count).map((feature) => ({
    place: feature.properties.place,
    kind: feature.properties.kind,
    from: feature.properties.from,
    to: feature.properties.to,
    dated: isDated(feature.properties),
    rings: worldRings(feature.geometry),
  }));
}

// Where a ring runs along the antimeridian it was only cut there: that is an edge of its fill, not of the area.
function traceRings(context, rings, frame, stroked) {
  const cut = (ring, a, b) => stroked && ring[a] === ring[b] && (ring[a] === 0 || ring[a] === 1);
  context.beginPath();
  for (const ring of rings) {
    const shift = nearestTurn(ring[0], frame) - ring[0];
    for (let k = 0; k < ring.length; k += 2) {
      const x = (ring[k] + shift) * frame.scale - frame.left;
      const y = ring[k + 1] * frame.scale - frame.top;
      if (k && !cut(ring, k, k - 2)) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    if (!stroked) context.closePath();
  }
}

function paintAreas(context, frame, store, areas, theme) {
  if (!store.areasOn) return;
  const minute = shownMinute(store);
  for (const area of areas) {
    if (!store.shown[area.place] || (area.dated && minute !== null && !standsAt(area.from, area.to, minute))) continue;
    const chosen = store.selected === area.place;
    const sides = store.sides(area.place);
    const colour = sides.length === 1 ? store.look(sides[0]).colour : theme.muted;
    const faint = store.unsure[area.place] ? UNSURE_ALPHA : 1;
    traceRings(context, area.rings, frame, false);
    const look = AREA_LOOKS.get(area.kind) || SHAPE_LOOK;
    context.globalAlpha = look.fill * (chosen ? 2 : 1) * faint;
    context.fillStyle = colour;
    context.fill("evenodd");
    context.globalAlpha = (chosen ? 1 : look.line) * faint;
    context.lineWidth = chosen ? 1.8 : 1.1;
    context.strokeStyle = colour;
    context.setLineDash(look.dash);
    traceRings(context, area.rings, frame, true);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
}

// The selected place's precision: the circle within which its point is meant.
function paintPrecision(context, frame, store, theme) {
  const i = store.selected;
  if (i < 0 || store.vague[i] || !store.precision || !(store.precision[i] > 0)) return;
  const circumference = 2 * Math.PI * EARTH_RADIUS_M * Math.cos((store.lat[i] * Math.PI) / 180);
  const radius = (store.precision[i] / circumference) * frame.scale;
  if (radius < 12 || radius > 4000) return;
  context.beginPath();
  context.arc(nearestTurn(store.x[i], frame) * frame.scale - frame.left, store.y[i] * frame.scale - frame.top, radius, 0, 7);
  context.lineWidth = 1.2;
  context.strokeStyle = theme.ink;
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}
