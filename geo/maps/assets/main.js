// Reads the data and ties map, list, key and card together.

function emptyWord({ count, mentionCount, tables }) {
  const read = tables.reports.count;
  if (count) return t("empty.filters");
  if (!read) return t("empty.noreport");
  return t(mentionCount ? "empty.nowhere" : "empty.nonames", { n: read });
}

// The map stands at once, for elements that a map's author added; the data follow when they are unpacked.
function start() {
  document.documentElement.classList.remove("unscripted"); // what is for readers without scripts
  const head = readJson("allonym-data");
  const basemap = head.tiles ? null : readBasemap();
  const map = createMap(head.tiles);
  const overlays = (head.overlays || []).map((overlay) => ({ name: overlay.name, layer: createOverlay(overlay) }));
  const page = { store: null, markers: null };
  Object.defineProperty(window, "allonym", { value: createHook(map, overlays, page) });
  Promise.all([createStore(head, middleOf(basemap)), loadFonts()]).then(([store]) => show({ head, basemap, map, overlays, store, page })).catch((error) => {
    byId("empty").hidden = false;
    byId("empty-text").textContent = t("error.open");
    throw error;
  });
}

// A read-only hook: where a place's marker lies in the window, what is drawn, and the Leaflet map.
function createHook(map, overlays, page) {
  return Object.freeze({
    map,
    overlays: overlays.map(({ layer }) => layer),
    countries: () => page.markers.countries.map(({ text, box }) => ({ text, box })),
    ground: () => page.markers.ground.map(({ kind, text, box }) => ({ kind, text, box })),
    labels: () => page.markers.labels.map((label) => ({ text: label.item.text, box: [label.left, label.top, label.left + label.width, label.top + label.height] })),
    drawn: () => ({ ...page.markers.drawn }),
    losers: () => page.reading.losers(),
    state: () => page.store.state(),
    restore: (state) => page.store.restore(state),
    counts: () => page.store.tell(),
    position(id) {
      const i = page.store.row(id);
      if (i < 0) return null;
      const point = page.markers.spot(i) || map.latLngToContainerPoint([page.store.lat[i], page.store.lon[i]]);
      const box = map.getContainer().getBoundingClientRect();
      return { x: box.left + point.x, y: box.top + point.y };
    },
  });
}

function show({ head, basemap, map, overlays, store, page }) {
  const theme = readTheme();
  const names = createNameSwitch(store); // the map is fitted below it
  const dated = followDates(store, overlays);
  const time = createTime(store, dated.any || ((head.areas && head.areas.features) || []).some(({ properties }) => isDated(properties)));
  map.invalidateSize({ animate: false, pan: false }); // and above the time strip
  if (head.view) map.setView(head.view.center, head.view.zoom);
  else fitPlaces(map, store, overlays.map(({ layer }) => layer), basemap && basemap.bounds);
  const ground = basemap ? [createBasemapLayer(map, basemap, theme)] : [];
  overlays.forEach(({ layer }, n) => head.overlays[n].show && layer.addTo(map));
  const markers = createMarkersLayer(map, store, theme, basemap);
  Object.assign(page, { store, markers });
  const tabs = createTabs(() => address.note(true));
  const list = createList(store, (i) => select(i, flyToPlace));
  const legend = createLegend(store, map, overlays);
  const reading = createReading({ store, map, theme, markers, tabs, basemap, choose: (i) => select(i, flyToPlace) });
  page.reading = reading;
  const card = createCard(store, () => deselect(), reading.openReport);

  // Opens a place's card; `move` brings the place beside it into view.
  async function select(i, move) {
    store.selected = i;
    if (move !== flyToPlace && !reading.follow(i)) tabs.choose("tab-places");
    list.mark(i);
    markers.repaint();
    await card.open(i, true);
    if (store.selected !== i) return;
    if (!move) return;
    move(map, store, i);
    address.note(true);
  }

  function deselect() {
    const before = store.selected;
    if (before < 0 && !card.isOpen()) return;
    store.selected = -1;
    card.close();
    list.mark(-1);
    markers.repaint();
    address.note(true);
    if (before >= 0 && store.shown[before] && !reading.inView()) list.button(before).focus({ preventScroll: true });
  }

  function tellCount() {
    document.body.dataset.shown = String(store.shownCount);
    byId("status").textContent = t(store.shownCount === store.count ? "status.all" : "status.some", { n: store.count, shown: store.shownCount });
    byId("places-count").textContent = numberWord(store.shownCount);
    byId("empty").hidden = store.shownCount > 0 || (!store.count && overlays.length > 0);
    byId("empty-text").textContent = emptyWord(store);
    byId("empty-more").hidden = store.count > 0 || !store.mentionCount;
  }

  store.onChange((what) => {
    legend.refresh();
    names.refresh();
    time.refresh();
    dated.refresh();
    if (what === "filter" || what === "restore") {
      list.refilter();
      tellCount();
      if (store.selected >= 0 && !store.shown[store.selected]) deselect();
    }
    if (what === "names" || what === "colour") list.relabel();
    reading.refresh(what);
    if (what === "restore" && store.selected >= 0) select(store.selected, null);
    else if (what === "restore") deselect();
    markers.repaint();
  });
  markers.on("pick", ({ place, bin }) => {
    if (bin) map.setZoomAround(L.point(bin.x, bin.y), Math.min(map.getMaxZoom(), map.getZoom() + 2));
    else if (place >= 0) select(place, revealPlace);
    else deselect();
  });
  darkScheme.addEventListener("change", () => {
    Object.assign(theme, readTheme());
    store.setScheme(darkScheme.matches);
    list.relabel();
    legend.refresh();
    map.eachLayer((layer) => layer.repaint && layer.repaint());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || byId("takeaway").open) return;
    if (store.selected >= 0 || !reading.closeReport()) deselect();
  });

  list.refilter();
  legend.refresh();
  time.refresh();
  fillUnplaced(store);
  fillMethod(store, head.page_notes || [], basemap ? basemap.contested : []);
  tellCount();
  byId("key").open = !narrowScreen.matches;
  const listHidden = () => byId("places").getBoundingClientRect().top > window.innerHeight - 40;
  if (listHidden()) byId("key").classList.add("scrolled"); // a long key leaves room for the list
  if (listHidden()) byId("key").open = false;
  createSheet(map);
  createMapKeys({ map, store, markers, open: (i) => select(i, revealPlace) });
  const parts = { map, theme, layers: [...ground, markers] };
  createTakeaway(parts, store);
  createPrint(parts, store);
  createFramed();
  const address = createAddress(store, map, tabs);
}

start();
