// Land, lakes and lines under everything, painted from the embedded vectors.

const LINE_STYLES = [
  // layer, colour, width, dash, least zoom
  ["world_borders", "border", 0.9, [], 0],
  ["world_disputed", "disputed", 1, [4, 4], 0],
  ["divisions", "division", 0.8, [], 5],
  ["disputed_divisions", "division", 0.8, [2, 3], 5],
  ["borders", "border", 1.1, [], 0],
  ["disputed", "disputed", 1.2, [5, 4], 0],
];
const DETAIL_FILLS = 0.6; // of the window's width
const EDGE = 4; // steps of the grid: longer straight lines along a meridian or parallel are cuts and no coast
const RIVER_WIDTHS = [1.9, 1.8, 1.6, 1.4, 1.2, 1.1, 1, 0.9, 0.8, 0.7, 0.7]; // by rank, where rivers are drawn in full
const RIVERS_FROM = [1, 1.5, 2, 3, 3.75, 4.5, 5, 5.75, 6.5, 7.25, 8]; // zoom, by rank

// Paths of a layer as flat world coordinates with their boxes, so that what lies outside the window is skipped at once.
function readPaths(layer) {
  if (!layer) return [];
  return allonymDecodeBasemap(layer).map((points) => {
    const flat = new Float64Array(points.length * 2);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    points.forEach(([lat, lon], k) => {
      const x = mercatorX(lon);
      const y = mercatorY(lat);
      flat[2 * k] = x;
      flat[2 * k + 1] = y;
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    });
    return { flat, box };
  });
}

function readBasemap() {
  const raw = readJson("allonym-basemap");
  if (!raw) return null;
  const [west, , east] = raw.bounds;
  const turned = west < -180 || east > 180; // around the antimeridian the longitudes run on
  const start = turned ? mercatorX((west + east) / 2) - 0.5 : 0;
  const basemap = { bounds: raw.bounds, turned, start, contested: raw.contested || [], names: readNames(raw), paths: {}, steps: {} };
  // A layer's paths are read when it is first drawn: where the detail fills the window, the world's are not.
  const reader = (layer, told) => {
    let found = null;
    return () => (found ||= told(readPaths(layer)));
  };
  const plain = (paths) => paths;
  const ranked = {
    rivers: (paths) => paths.map((path, n) => ({ ...path, rank: raw.rivers.ranks[n], name: raw.rivers.names[n] })),
    world_rivers: (paths) => paths.map((path) => ({ ...path, rank: 0 })),
  };
  for (const name of ["land", "lakes", "rivers", "world_land", "world_lakes", "world_rivers", ...LINE_STYLES.map(([layer]) => layer)]) {
    Object.defineProperty(basemap.paths, name, { get: reader(raw[name], ranked[name] || plain) });
    basemap.steps[name] = raw[name] ? (raw[name].quantum / 360) * EDGE : 0;
  }
  return basemap;
}

// Where the basemap crosses the antimeridian, its longitudes run on past 180°; the places follow it.
function middleOf(basemap) {
  return basemap && basemap.turned ? (basemap.bounds[0] + basemap.bounds[2]) / 2 : null;
}

// Adds what of the paths lies in the window to the canvas path; points closer than half a pixel are left out. Rings stay open: filling
// closes them, and closePath() looks through all that was drawn before.
function tracePaths(context, paths, frame) {
  const [west, north] = [frame.left / frame.scale, frame.top / frame.scale];
  const [east, south] = [(frame.left + frame.width) / frame.scale, (frame.top + frame.height) / frame.scale];
  for (const { flat, box } of paths) {
    if (box[0] > east || box[2] < west || box[1] > south || box[3] < north) continue;
    let lastX = flat[0] * frame.scale - frame.left;
    let lastY = flat[1] * frame.scale - frame.top;
    context.moveTo(lastX, lastY);
    for (let k = 2; k < flat.length; k += 2) {
      const x = flat[k] * frame.scale - frame.left;
      const y = flat[k + 1] * frame.scale - frame.top;
      if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.5 && k + 2 < flat.length) continue;
      context.lineTo(x, y);
      lastX = x;
      lastY = y;
    }
  }
}

// Whether a step of a ring is a straight cut: at the edge of the extent, or along the antimeridian.
function isEdge(fromX, fromY, x, y, longest) {
  if (fromX === x && Math.abs(x - Math.round(x)) < 1e-9) return true;
  return (fromX === x || fromY === y) && Math.abs(x - fromX) + Math.abs(y - fromY) > longest;
}

// Adds what of the rings is coast: not the straight cuts at the edges of the extent.
function traceCoast(context, paths, frame, longest) {
  const [west, north] = [frame.left / frame.scale, frame.top / frame.scale];
  const [east, south] = [(frame.left + frame.width) / frame.scale, (frame.top + frame.height) / frame.scale];
  for (const { flat, box } of paths) {
    if (box[0] > east || box[2] < west || box[1] > south || box[3] < north) continue;
    let fromX = flat[flat.length - 2];
    let fromY = flat[flat.length - 1];
    let drawnX = fromX * frame.scale - frame.left;
    let drawnY = fromY * frame.scale - frame.top;
    context.moveTo(drawnX, drawnY);
    for (let k = 0; k < flat.length; k += 2) {
      const x = flat[k] * frame.scale - frame.left;
      const y = flat[k + 1] * frame.scale - frame.top;
      const isCut = isEdge(fromX, fromY, flat[k], flat[k + 1], longest);
      fromX = flat[k];
      fromY = flat[k + 1];
      if (isCut) context.moveTo(x, y);
      else if (Math.abs(x - drawnX) + Math.abs(y - drawnY) < 0.5 && k + 2 < flat.length) continue;
      else context.lineTo(x, y);
      drawnX = x;
      drawnY = y;
    }
  }
}

function strokeCoast(context, basemap, name, turns, theme) {
  context.beginPath();
  turns.forEach((turn) => traceCoast(context, basemap.paths[name], turn, basemap.steps[name]));
  context.strokeStyle = theme.coast;
  context.lineWidth = 0.8;
  context.setLineDash([]);
  context.stroke();
}

// Rivers grow from a hair to their width as the map comes nearer; the small ones join in one after the other.
function strokeRivers(context, paths, frame, turns, theme) {
  context.strokeStyle = theme.river;
  context.setLineDash([]);
  context.lineCap = "round";
  RIVER_WIDTHS.forEach((width, rank) => {
    const found = paths.filter((path) => (path.rank || 0) === rank);
    if (!found.length || frame.zoom < RIVERS_FROM[rank]) return;
    context.beginPath();
    turns.forEach((turn) => tracePaths(context, found, turn));
    context.lineWidth = width * Math.max(0.55, Math.min(1.3, 0.55 + (frame.zoom - RIVERS_FROM[rank]) * 0.18));
    context.stroke();
  });
  context.lineCap = "butt";
}

// The basemap is one turn of longitudes; these are the frames of all turns of it that the canvas shows.
function turnsOf(frame, start) {
  const first = Math.floor(frame.left / frame.scale - start);
  const last = Math.floor((frame.left + frame.width) / frame.scale - start);
  return Array.from({ length: last - first + 1 }, (_, n) => ({ ...frame, left: frame.left - (first + n) * frame.scale }));
}

// All turns in one path: filled one by one, a pale line would stay where they meet.
function fillPaths(context, paths, turns, colour) {
  context.beginPath();
  turns.forEach((frame) => tracePaths(context, paths, frame));
  context.fillStyle = colour;
  context.fill("evenodd");
}

// Which part of the window's width the detail covers. Where it is an island, its first-level lines would end at its edge.
function detailShare(frame, basemap) {
  const [left, , right] = frame.window;
  return ((basemap.bounds[2] - basemap.bounds[0]) / 360) * (frame.scale / (right - left));
}

// Whether the whole canvas lies within the detail: then nothing of the world's plainer layers can be seen.
function isCovered({ bounds }, turns) {
  const [west, south, east, north] = [mercatorX(bounds[0]), mercatorY(bounds[1]), mercatorX(bounds[2]), mercatorY(bounds[3])];
  return turns.some(({ left, top, width, height, scale }) => left / scale >= west && (left + width) / scale <= east
    && top / scale >= north && (top + height) / scale <= south);
}

function paintWorld(context, frame, basemap, turns, theme) {
  const { paths } = basemap;
  fillPaths(context, paths.world_land, turns, theme.land);
  fillPaths(context, paths.world_lakes, turns, theme.water);
  strokeCoast(context, basemap, "world_land", turns, theme);
  strokeRivers(context, paths.world_rivers, frame, turns, theme);
}

function paintBasemap(context, frame, basemap, theme) {
  const { paths } = basemap;
  const turns = turnsOf(frame, basemap.start);
  const close = detailShare(frame, basemap) > DETAIL_FILLS;
  const covered = isCovered(basemap, turns);
  context.fillStyle = theme.water;
  context.fillRect(0, 0, frame.width, frame.height);
  context.lineJoin = "round";
  if (!covered) paintWorld(context, frame, basemap, turns, theme);
  fillPaths(context, paths.land, turns, theme.land);
  strokeRivers(context, paths.rivers, frame, turns, theme);
  fillPaths(context, paths.lakes, turns, theme.water);
  strokeCoast(context, basemap, "land", turns, theme);
  if (frame.zoom >= 4) strokeCoast(context, basemap, "lakes", turns, theme);
  for (const [name, colour, width, dash, least] of LINE_STYLES) {
    if (frame.zoom < least || (colour === "division" && !close) || (covered && name.startsWith("world_"))) continue;
    context.beginPath();
    turns.forEach((turn) => tracePaths(context, paths[name], turn));
    context.strokeStyle = theme[colour];
    context.lineWidth = width;
    context.setLineDash(dash);
    context.stroke();
  }
  context.setLineDash([]);
}

function createBasemapLayer(map, basemap, theme) {
  map.createPane("basemap").style.zIndex = 150;
  return new CanvasLayer((context, frame) => paintBasemap(context, frame, basemap, theme), { pane: "basemap", padding: 0.3 }).addTo(map);
}
