// The Leaflet map itself, and where it looks.

function createMap(store, tiles) {
  const map = L.map("map", {
    attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 120, minZoom: 2,
    maxZoom: tiles ? Math.min(19, tiles.max_zoom || 18) : 13, zoomAnimation: !reducedMotion.matches, fadeAnimation: !reducedMotion.matches,
    markerZoomAnimation: !reducedMotion.matches, inertia: !reducedMotion.matches, tapTolerance: 20,
  });
  L.control.zoom({ position: narrowScreen.matches ? "bottomright" : "topleft", zoomInTitle: "Zoom in", zoomOutTitle: "Zoom out" }).addTo(map);
  L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 110 }).addTo(map);
  if (tiles) L.tileLayer(tiles.url, { subdomains: tiles.subdomains || "abc", maxZoom: tiles.max_zoom || 18 }).addTo(map);
  return map;
}

function boundsOf(store, wanted) {
  const bounds = L.latLngBounds([]);
  store.data.places.forEach((place, i) => {
    if (wanted(i)) bounds.extend([place.lat, place.lon]);
  });
  return bounds;
}

// Room for labels around the outermost markers, within what the window has.
function fitPlaces(map, store, fallback) {
  let bounds = boundsOf(store, (i) => Boolean(store.shown[i]));
  if (!bounds.isValid()) bounds = boundsOf(store, () => true);
  const size = map.getSize();
  const left = Math.min(70, size.x * 0.12);
  const right = Math.min(150, size.x * 0.2);
  if (bounds.isValid()) {
    map.fitBounds(bounds, { paddingTopLeft: [left, Math.min(90, size.y * 0.2)], paddingBottomRight: [right, Math.min(50, size.y * 0.1)], maxZoom: 9, animate: false });
  } else if (fallback) {
    map.fitBounds(fallback, { animate: false });
  } else {
    map.setView([20, 0], 2, { animate: false });
  }
}

// Fly so that the place lies in the part of the map that the card leaves free.
function flyToPlace(map, store, i) {
  const place = store.data.places[i];
  const card = byId("card");
  const covered = !card.hidden && getComputedStyle(card).position === "absolute" && !narrowScreen.matches ? card.offsetWidth : 0;
  const zoom = Math.max(map.getZoom(), Math.min(8, map.getMaxZoom()));
  const target = map.unproject(map.project([place.lat, place.lon], zoom).add([covered / 2, 0]), zoom);
  if (reducedMotion.matches) map.setView(target, zoom, { animate: false });
  else map.flyTo(target, zoom, { duration: 0.6 });
}
