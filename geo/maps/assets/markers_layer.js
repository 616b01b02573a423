// All markers and labels on one canvas, and which of them a pointer meets.

// Boxes of the controls that lie over the map, in pixels of its window.
function coveredBoxes(map) {
  const view = map.getContainer().getBoundingClientRect();
  const covers = [byId("names"), byId("card"), document.querySelector(".credit"), ...map.getContainer().querySelectorAll(".leaflet-control-zoom, .leaflet-control-scale")];
  return covers.filter((node) => !node.hidden).map((node) => {
    const box = node.getBoundingClientRect();
    return [box.left - view.left - 2, box.top - view.top - 2, box.right - view.left + 2, box.bottom - view.top + 2];
  });
}

function createMarkersLayer(map, store, theme, basemap) {
  const ground = createGroundNames(basemap, store);
  const areas = readAreas(store.data);
  let spots = []; // markers of the last frame: {i, x, y, w, h, trueX, trueY}, the topmost last
  let last = null; // that frame

  function visible(frame) {
    const rows = [];
    const margin = 40;
    for (let i = 0; i < store.count; i += 1) {
      if (!store.shown[i]) continue;
      const x = nearestTurn(store.x[i], frame) * frame.scale - frame.left;
      const y = store.y[i] * frame.scale - frame.top;
      if (x < -margin || y < -margin || x > frame.width + margin || y > frame.height + margin) continue;
      const [w, h] = markerExtent(store, i);
      rows.push({ i, x, y, w, h, trueX: x, trueY: y });
    }
    const weight = (i) => (i === store.selected ? 100 : 0) - store.layer[i];
    rows.sort((a, b) => weight(a.i) - weight(b.i) || a.y - b.y || a.i - b.i);
    spread(rows);
    return rows;
  }

  function labelItems(frame) {
    const [left, top, right, bottom] = frame.window;
    const within = spots.filter(({ x, y }) => x > left && y > top && x < right && y < bottom).reverse();
    return within.map(({ i, x, y, w, h }) => {
      const strong = store.layer[i] === 0 || i === store.selected;
      return { x, y, w, h, text: store.signLabel(i), strong, font: `${strong ? 600 : 500} ${strong ? 13 : 12}px ${theme.sans}` };
    });
  }

  function paint(context, frame) {
    last = frame;
    spots = visible(frame);
    const [left, top] = frame.window;
    const occupied = createOccupancy(64);
    coveredBoxes(map).forEach((box) => occupied.add([box[0] + left, box[1] + top, box[2] + left, box[3] + top]));
    context.font = `600 13px ${theme.sans}`;
    layer.labels = placeLabels(context, labelItems(frame), frame.window, occupied);
    layer.ground = ground.place(context, frame, occupied, theme);
    layer.countries = layer.ground.filter(({ kind }) => kind === "country");
    paintAreas(context, frame, store, areas, theme);
    paintPrecision(context, frame, store, theme);
    ground.draw(context, layer.ground, theme);
    drawTethers(context, spots, theme);
    for (const { i, x, y } of spots) drawMarker(context, store, i, x, y, theme);
    drawLabels(context, layer.labels, theme);
  }

  const layer = new CanvasLayer(paint, { pane: "markerPane", padding: 0.15 });

  // Where a place's marker lies in the map's window; null when it is not drawn.
  layer.spot = (i) => {
    const spot = spots.find((each) => each.i === i);
    return spot && { x: spot.x - last.window[0], y: spot.y - last.window[1] };
  };

  // The nearest marker whose box, widened by `slack` pixels, holds the point of the window; -1 if there is none.
  layer.at = (point, slack) => {
    if (!last) return -1;
    const x = point.x + last.window[0];
    const y = point.y + last.window[1];
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
  };

  function hover(event) {
    const found = event ? layer.at(event.containerPoint, 2) : -1;
    if (found === store.hovered) return;
    store.hovered = found;
    map.getContainer().classList.toggle("over-marker", found >= 0);
    layer.repaint();
  }

  map.on("click", (event) => {
    const found = layer.at(event.containerPoint, event.originalEvent.pointerType === "touch" ? 14 : 5);
    layer.fire("pick", { place: found });
  });
  map.on("mousemove", hover);
  map.on("mouseout", () => hover(null));
  return layer.addTo(map);
}
