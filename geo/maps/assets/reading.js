// What is read beside the map, and how it holds together: search, list of reports, a report, the places that lost.

// Points a place out on the map while something else of it is looked at.
function createPointer(store, markers) {
  let next = -1;
  let waiting = 0;
  return (i) => {
    next = i;
    waiting = waiting || requestAnimationFrame(() => {
      waiting = 0;
      if (store.hovered === next) return;
      store.hovered = next;
      markers.repaint();
    });
  };
}

function createReading({ store, map, theme, markers, tabs, basemap, choose }) {
  const parts = { choose, point: createPointer(store, markers) };
  const openReport = (r, row) => {
    tabs.choose("tab-texts");
    reader.open(r, row);
  };
  const texts = createTexts(store, { ...parts, openReport });
  const reader = createReader(store, { ...parts, closed: () => texts.reveal(store.selected) });
  tabs.onChoose(texts.show);
  const losers = createLosers(map, store, theme);
  createSearch(store, basemapNames(basemap), { choose, fly: ({ lat, lon }) => moveTo(map, [lat, lon], Math.max(map.getZoom(), Math.min(8, map.getMaxZoom()))) });

  return {
    openReport,
    losers: () => [...losers.drawn],
    inView: texts.inView,
    // Shows place i where it is read; false where nothing is.
    follow(i) {
      if (!texts.inView()) return false;
      if (reader.isOpen() && reader.reveal(i)) return true;
      if (reader.isOpen()) reader.close();
      texts.reveal(i);
      return true;
    },
    refresh(what) {
      if (["filter", "restore", "names", "colour"].includes(what)) texts.refresh();
    },
    // Closes the report that is open; false where none is.
    closeReport() {
      if (!reader.isOpen()) return false;
      reader.close();
      return true;
    },
  };
}
