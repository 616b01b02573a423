// Reads the data and ties map, list, key and card together.

// Where the basemap crosses the antimeridian, its longitudes run on past 180°; the places follow it.
function turned(data, basemap) {
  if (!basemap || !basemap.turned) return data;
  const middle = (basemap.bounds[0] + basemap.bounds[2]) / 2;
  for (const place of data.places) place.lon += 360 * Math.round((middle - place.lon) / 360);
  return data;
}

function emptyWord({ count, data }) {
  if (count) return "No place is shown under these filters.";
  if (!data.reports.length) return "This map holds no report.";
  const reports = data.reports.length === 1 ? "This report" : "These reports";
  if (!data.mentions.length) return `No place name was found in ${reports.toLowerCase()}.`;
  return `${reports} ${data.reports.length === 1 ? "names" : "name"} no place that could be put on the map.`;
}

function start() {
  const data = readJson("allonym-data");
  const basemap = data.tiles ? null : readBasemap();
  const store = createStore(turned(data, basemap));
  const theme = readTheme();
  createNameSwitch(store); // the map is fitted below it
  const map = createMap(store, data.tiles);
  const overlays = (data.overlays || []).map((overlay) => ({ name: overlay.name, layer: createOverlay(overlay) }));
  if (data.view) map.setView(data.view.center, data.view.zoom);
  else fitPlaces(map, store, overlays.map(({ layer }) => layer), basemap && basemap.bounds);
  if (basemap) createBasemapLayer(map, basemap, theme);
  overlays.forEach(({ layer }, n) => data.overlays[n].show && layer.addTo(map));
  const markers = createMarkersLayer(map, store, theme, basemap);
  const tabs = createTabs();
  const list = createList(store, (i) => select(i, true));
  const legend = createLegend(store, map, overlays);
  const card = createCard(store, () => deselect());

  function select(i, byList) {
    store.selected = i;
    card.open(i, true);
    if (byList) flyToPlace(map, store, i);
    else {
      tabs.choose("tab-places");
      revealPlace(map, store, i);
    }
    list.mark(i);
    markers.repaint();
  }

  function deselect() {
    const before = store.selected;
    if (before < 0 && !card.isOpen()) return;
    store.selected = -1;
    card.close();
    list.mark(-1);
    markers.repaint();
    if (before >= 0 && store.shown[before]) list.button(before).focus({ preventScroll: true });
  }

  function tellCount() {
    document.body.dataset.shown = String(store.shownCount);
    const all = plural(store.count, "place", "places");
    byId("status").textContent = store.shownCount === store.count ? `${all} shown` : `${store.shownCount.toLocaleString("en")} of ${all} shown`;
    byId("places-count").textContent = store.shownCount.toLocaleString("en");
    byId("empty").hidden = store.shownCount > 0 || (!store.count && overlays.length > 0);
    byId("empty-text").textContent = emptyWord(store);
    byId("empty-more").hidden = store.count > 0 || !data.mentions.length;
  }

  store.onChange((what) => {
    legend.refresh();
    if (what === "filter") {
      list.refilter();
      tellCount();
      if (store.selected >= 0 && !store.shown[store.selected]) deselect();
    }
    if (what === "names") list.relabel();
    markers.repaint();
  });
  markers.on("pick", ({ place }) => (place >= 0 ? select(place, false) : deselect()));
  darkScheme.addEventListener("change", () => {
    Object.assign(theme, readTheme());
    store.setScheme(darkScheme.matches);
    list.relabel();
    legend.refresh();
    map.eachLayer((layer) => layer.repaint && layer.repaint());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") deselect();
  });

  list.relabel();
  list.refilter();
  legend.refresh();
  fillUnplaced(store);
  fillMethod(store, data.page_notes || [], basemap ? basemap.contested : []);
  tellCount();
  byId("key").open = !narrowScreen.matches;
  createSheet(map);

  // A read-only hook: where a place's marker lies in the window, and the Leaflet map for elements that a map's author added.
  const hook = {
    map,
    overlays: overlays.map(({ layer }) => layer),
    countries: () => markers.countries.map(({ text, box }) => ({ text, box })),
    ground: () => markers.ground.map(({ kind, text, box }) => ({ kind, text, box })),
    labels: () => markers.labels.map((label) => ({ text: label.item.text, box: [label.left, label.top, label.left + label.width, label.top + label.height] })),
    position(id) {
      const i = data.places.findIndex((place) => place.id === id);
      if (i < 0) return null;
      const point = markers.spot(i) || map.latLngToContainerPoint([data.places[i].lat, data.places[i].lon]);
      const box = map.getContainer().getBoundingClientRect();
      return { x: box.left + point.x, y: box.top + point.y };
    },
  };
  Object.defineProperty(window, "allonym", { value: Object.freeze(hook) });
}

loadFonts().then(start);
