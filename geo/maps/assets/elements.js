// The page's ground and places as layers of anybody's Leaflet map: what folium elements of geo.maps call.

function popupOf(store, i, place, mentions) {
  const claims = mentions.filter(({ quote, claimants }) => quote || (claimants && claimants.length)).map(({ quote, claimants, date }) => make("p", null,
    make("b", null, (claimants || []).map((party) => store.partyName(party)).join(", ")), date ? ` ${date} ` : " ", bdi(quote || "")));
  const names = Array.from(new Set((place.names || []).map(({ toponym }) => toponym))).filter((name) => name !== store.label(i));
  return make("div", null, make("strong", null, bdi(store.label(i))), names.length ? make("p", null, bdi(names.join(" · "))) : "", ...claims);
}

async function openPopup(map, store, i) {
  const mentions = await Promise.all(store.mentionsOf(i).slice(0, 8).map((m) => store.detail("mentions", m)));
  const content = popupOf(store, i, await store.detail("places", i), mentions);
  L.popup({ maxHeight: 260 }).setLatLng([store.lat[i], store.lon[i]]).setContent(content).openOn(map);
}

async function addPlaces(map, theme, basemap) {
  const store = await createStore(readJson("allonym-data"), middleOf(basemap));
  store.setScheme(false);
  const markers = createMarkersLayer(map, store, theme, basemap);
  markers.on("pick", ({ place, bin }) => {
    if (bin) map.setZoomAround(L.point(bin.x, bin.y), Math.min(map.getMaxZoom(), map.getZoom() + 2));
    else if (place >= 0) openPopup(map, store, place);
  });
  return { store, markers };
}

// `parts` says which elements the map has; a promise of what was added, for tests and for a map's own scripts.
window.allonymLayers = (map, theme, parts) => {
  const basemap = parts.ground ? readBasemap() : null;
  if (basemap) createBasemapLayer(map, basemap, theme);
  return parts.places ? addPlaces(map, theme, basemap) : Promise.resolve(null);
};
