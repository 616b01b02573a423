// All markers and labels on one canvas, and which of them a pointer meets.

// Boxes of the controls that lie over the map, in pixels of its window.
function coveredBoxes(map) {
  const view = map.getContainer().getBoundingClientRect();
  const covers = [byId("names"), byId("card"), document.querySelector(".credit"), ...map.getContainer().querySelectorAll(".leaflet-control-zoom, .leaflet-control-scale")];
  return covers.filter((node) => node && !node.hidden).map((node) => {
    const box = node.getBoundingClientRect();
    return [box.left - view.left - 2, box.top - view.top - 2, box.right - view.left + 2, box.bottom - view.top + 2];
  });
}

function createMarkersLayer(map, store, theme, basemap) {
  const ground = createGroundNames(basemap, store);
  const areas = readAreas(store);
  const crowd = createCrowd(store);
  const drawDots = createDots();
  let spots = []; // markers of the last frame: {i, x, y, w, h, trueX, trueY}, the topmost last
  let bins = []; // and its counts: {count, x, y, radius}
  let last = null; // that frame
  let marked = null; // the count that the keyboard is on

  function markerSpots() {
    const found = crowd.singles().map(({ i, x, y }) => {
      const [w, h] = markerExtent(store, i);
      return { i, x, y, w, h, trueX: x, trueY: y };
    });
    const weight = (i) => (i === store.selected ? 100 : 0) - store.layer[i];
    found.sort((a, b) => weight(a.i) - weight(b.i) || a.y - b.y || a.i - b.i);
    spread(found);
    return found;
  }

  function labelItems(frame) {
    const [left, top, right, bottom] = frame.window;
    const within = spots.filter(({ x, y }) => x > left && y > top && x < right && y < bottom).reverse();
    return within.map(({ i, x, y, w, h }) => {
      const strong = store.layer[i] === 0 || i === store.selected;
      return { x, y, w, h, text: store.signLabel(i), strong, font: `${strong ? 600 : 500} ${strong ? 13 : 12}px ${theme.sans}` };
    }).filter(({ text }) => text);
  }

  function paint(context, frame) {
    last = frame;
    const { n } = crowd.gather(frame);
    spots = markerSpots();
    bins = crowd.bins();
    const [left, top] = frame.window;
    const occupied = createOccupancy(64);
    (frame.covered || coveredBoxes(map)).forEach((box) => occupied.add([box[0] + left, box[1] + top, box[2] + left, box[3] + top]));
    bins.forEach(({ box }) => occupied.add(box));
    context.font = `600 13px ${theme.sans}`;
    layer.labels = placeLabels(context, labelItems(frame), frame.window, occupied);
    layer.ground = ground.place(context, frame, occupied, theme);
    layer.countries = layer.ground.filter(({ kind }) => kind === "country");
    paintAreas(context, frame, store, areas, theme);
    paintPrecision(context, frame, store, theme);
    const dots = bins.length ? drawDots(context, crowd, store, frame, [theme.muted, ...tintColours(store)]) : 0;
    ground.draw(context, layer.ground, theme);
    drawBins(context, bins, theme);
    if (marked) ringBin(context, marked, theme);
    drawTethers(context, spots, theme);
    for (const { i, x, y } of spots) drawMarker(context, store, i, x, y, theme);
    drawLabels(context, layer.labels, theme);
    layer.drawn = { places: n, markers: spots.length, dots, bins: bins.map(({ count }) => count) };
  }

  const layer = new CanvasLayer(paint, { pane: "markerPane", padding: 0.15 });
  layer.labels = [];
  layer.countries = [];
  layer.ground = [];
  layer.drawn = { places: 0, markers: 0, dots: 0, bins: [] };

  // Where a place's marker lies in the map's window; null when it is not drawn.
  layer.spot = (i) => {
    const spot = spots.find((each) => each.i === i);
    return spot && { x: spot.x - last.window[0], y: spot.y - last.window[1] };
  };

  // What the keyboard may go to: the markers in the window, and the counts.
  layer.targets = () => {
    if (!last) return [];
    const [left, top, right, bottom] = last.window;
    const inside = ({ x, y }) => x > left && y > top && x < right && y < bottom;
    const moved = ({ x, y }) => ({ x: x - left, y: y - top });
    return [...spots.filter(inside).map((spot) => ({ i: spot.i, ...moved(spot) })), ...bins.filter(inside).map((bin) => ({ bin, ...moved(bin) }))];
  };

  // Rings a count; null for none.
  layer.mark = (bin) => {
    marked = bin;
    layer.repaint();
  };

  function markerAt(x, y, slack) {
    let best = -1;
    let nearest = Infinity;
    for (let k = spots.length - 1; k >= 0; k -= 1) {
      const spot = spots[k];
      if (Math.abs(spot.x - x) > spot.w + slack || Math.abs(spot.y - y) > spot.h + slack) continue;
      const distance = Math.hypot((spot.x - x) / spot.w, (spot.y - y) / spot.h);
      if (distance < nearest) {
        nearest = distance;
        best = spot.i;
      }
    }
    return best;
  }

  // What a point of the window meets: {place} with -1 for none, or {bin}. Markers go before counts, counts before dots.
  layer.at = (point, slack) => {
    if (!last) return { place: -1 };
    const x = point.x + last.window[0];
    const y = point.y + last.window[1];
    const place = markerAt(x, y, slack);
    if (place >= 0) return { place };
    const bin = bins.find((each) => Math.hypot(each.x - x, each.y - y) <= (each.radius || 0));
    return bin ? { bin: { count: bin.count, x: bin.x - last.window[0], y: bin.y - last.window[1] } } : { place: crowd.at(x, y) };
  };

  function hover(event) {
    const found = event ? layer.at(event.containerPoint, 2) : { place: -1 };
    map.getContainer().classList.toggle("over-marker", found.bin !== undefined || found.place >= 0);
    const ringed = found.place >= 0 && layer.spot(found.place) ? found.place : -1;
    if (ringed === store.hovered) return;
    store.hovered = ringed;
    layer.repaint();
  }

  map.on("click", (event) => {
    layer.fire("pick", layer.at(event.containerPoint, event.originalEvent.pointerType === "touch" ? 14 : 5));
  });
  map.on("mousemove", hover);
  map.on("mouseout", () => hover(null));
  return layer.addTo(map);
}

// The colours of the words that dots are coloured by.
function tintColours(store) {
  return store.looks[store.colourBy].map(({ colour }) => colour);
}
