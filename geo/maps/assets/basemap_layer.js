// Land, lakes and lines under everything, painted from the embedded vectors.

const LINE_STYLES = [
  // layer, colour, width, dash, least zoom
  ["world_borders", "border", 1, [], 0],
  ["world_disputed", "disputed", 1, [4, 4], 0],
  ["divisions", "division", 0.8, [], 5.5],
  ["disputed_divisions", "division", 0.8, [2, 3], 5.5],
  ["borders", "border", 1.2, [], 0],
  ["disputed", "disputed", 1.2, [5, 4], 0],
];
const DETAIL_FILLS = 0.6; // of the window's width

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
  const basemap = { bounds: raw.bounds, turned, start, contested: raw.contested || [], countries: raw.countries || [], paths: {} };
  for (const name of ["land", "lakes", "world_land", "world_lakes", ...LINE_STYLES.map(([layer]) => layer)]) {
    basemap.paths[name] = readPaths(raw[name]);
  }
  return basemap;
}

// Adds what of the paths lies in the window to the canvas path; points closer than half a pixel are left out.
function tracePaths(context, paths, frame, closed) {
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
    if (closed) context.closePath();
  }
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
  turns.forEach((frame) => tracePaths(context, paths, frame, true));
  context.fillStyle = colour;
  context.fill("evenodd");
}

// Which part of the window's width the detail covers. Where it is an island, its first-level lines would end at its edge.
function detailShare(frame, basemap) {
  const [left, , right] = frame.window;
  return ((basemap.bounds[2] - basemap.bounds[0]) / 360) * (frame.scale / (right - left));
}

function paintBasemap(context, frame, basemap, theme) {
  const { paths } = basemap;
  const turns = turnsOf(frame, basemap.start);
  const close = detailShare(frame, basemap) > DETAIL_FILLS;
  context.fillStyle = theme.water;
  context.fillRect(0, 0, frame.width, frame.height);
  fillPaths(context, paths.world_land, turns, theme.land);
  fillPaths(context, paths.world_lakes, turns, theme.water);
  fillPaths(context, paths.land, turns, theme.land);
  fillPaths(context, paths.lakes, turns, theme.water);
  context.lineJoin = "round";
  for (const [name, colour, width, dash, least] of LINE_STYLES) {
    if (frame.zoom < least || (colour === "division" && !close)) continue;
    context.beginPath();
    turns.forEach((turn) => tracePaths(context, paths[name], turn, false));
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
