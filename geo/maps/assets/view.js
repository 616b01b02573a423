// The Leaflet map itself, and where it looks.

// Leaflet's bar, in the page's language.
const ScaleBar = L.Control.Scale.extend({
  _updateMetric(most) {
    const metres = this._getRoundNum(most);
    this._updateScale(this._mScale, distanceWord(metres), metres / most);
  },
});

function createMap(tiles) {
  const map = L.map("map", {
    attributionControl: false, zoomControl: false, keyboard: false, zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 120, minZoom: narrowScreen.matches ? 0 : 1,
    maxZoom: tiles ? Math.min(19, tiles.max_zoom || 18) : 13, zoomAnimation: !reducedMotion.matches, fadeAnimation: !reducedMotion.matches,
    markerZoomAnimation: !reducedMotion.matches, inertia: !reducedMotion.matches, tapTolerance: 20,
  });
  L.control.zoom({ position: narrowScreen.matches ? "bottomright" : "topleft", zoomInTitle: t("map.zoom.in"), zoomOutTitle: t("map.zoom.out") }).addTo(map);
  new ScaleBar({ position: "bottomleft", imperial: false, maxWidth: 110 }).addTo(map);
  if (tiles) L.tileLayer(tiles.url, { subdomains: tiles.subdomains || "abc", maxZoom: tiles.max_zoom || 18 }).addTo(map);
  return map;
}

function boundsOf(store, wanted) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < store.count; i += 1) {
    if (!wanted(i)) continue;
    west = Math.min(west, store.lon[i]);
    east = Math.max(east, store.lon[i]);
    south = Math.min(south, store.lat[i]);
    north = Math.max(north, store.lat[i]);
  }
  return west > east ? L.latLngBounds([]) : L.latLngBounds([south, west], [north, east]);
}

// Room for labels around the outermost markers, within what the window has.
function fitPlaces(map, store, overlays, extent) {
  // Where something was said may lie far from where it happened: it is on the map, but the map does not open on it.
  const told = ["setting", "actor"].map((layer) => LAYERS.indexOf(layer));
  let bounds = boundsOf(store, (i) => store.shown[i] && !told.includes(store.layer[i]));
  if (!bounds.isValid()) bounds = boundsOf(store, (i) => Boolean(store.shown[i]));
  if (!bounds.isValid()) bounds = boundsOf(store, () => true);
  if (!bounds.isValid()) bounds = L.featureGroup(overlays).getBounds();
  const size = map.getSize();
  const left = Math.min(70, size.x * 0.12);
  const right = Math.min(150, size.x * 0.2);
  const names = byId("names");
  const top = (names.hidden ? 0 : names.offsetTop + names.offsetHeight) + 24;
  if (bounds.isValid()) {
    map.fitBounds(bounds, { paddingTopLeft: [left, top], paddingBottomRight: [right, Math.max(Math.min(50, size.y * 0.1), document.querySelector(".credit").offsetHeight + 16)], maxZoom: 9, animate: false });
  } else if (extent) {
    map.fitBounds([[extent[1], extent[0]], [extent[3], extent[2]]], { animate: false });
  } else {
    map.setView([20, 0], 2, { animate: false });
  }
}

// How much of the map's right and bottom the open card covers, in pixels.
function coveredByCard(map) {
  const card = byId("card");
  if (card.hidden) return [0, 0];
  const box = card.getBoundingClientRect();
  const view = map.getContainer().getBoundingClientRect();
  if (box.width >= view.width) return [0, Math.min(view.height * 0.8, Math.max(0, view.bottom - box.top))];
  return [Math.max(0, view.right - box.left), 0];
}

// A place's point on the turn of longitudes that the map looks at.
function pointOf(map, store, i) {
  return [store.lat[i], store.lon[i] + 360 * Math.round((map.getCenter().lng - store.lon[i]) / 360)];
}

function moveTo(map, target, zoom) {
  if (reducedMotion.matches) map.setView(target, zoom, { animate: false });
  else map.flyTo(target, zoom, { duration: 0.6 });
}

// Fly so that the place lies in the part of the map that the card leaves free.
function flyToPlace(map, store, i) {
  const [right, bottom] = coveredByCard(map);
  const zoom = Math.max(map.getZoom(), Math.min(8, map.getMaxZoom()));
  const point = map.project(pointOf(map, store, i), zoom).add([right / 2, bottom / 2]);
  moveTo(map, map.unproject(point, zoom), zoom);
}

// Move only when the card hides the place.
function revealPlace(map, store, i) {
  const [right, bottom] = coveredByCard(map);
  const size = map.getSize();
  const point = map.latLngToContainerPoint(pointOf(map, store, i));
  if (point.x > size.x - right - 30 || point.y > size.y - bottom - 30) flyToPlace(map, store, i);
}
