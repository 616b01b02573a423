// All markers and labels on one canvas, and which of them a pointer meets.

function createMarkersLayer(map, store, theme) {
  const areas = readAreas(store.data);
  let drawn = []; // indices drawn in the last frame, the topmost last
  let last = null; // that frame

  const position = (i, frame) => [store.x[i] * frame.scale - frame.left, store.y[i] * frame.scale - frame.top];

  function visible(frame) {
    const rows = [];
    const margin = 40;
    for (let i = 0; i < store.count; i += 1) {
      if (!store.shown[i]) continue;
      const x = store.x[i] * frame.scale - frame.left;
      const y = store.y[i] * frame.scale - frame.top;
      if (x > -margin && y > -margin && x < frame.width + margin && y < frame.height + margin) rows.push(i);
    }
    const weight = (i) => (i === store.selected ? 100 : 0) - store.layer[i];
    return rows.sort((a, b) => weight(a) - weight(b) || store.y[a] - store.y[b] || a - b);
  }

  function labelItems(frame) {
    return drawn.slice().reverse().map((i) => {
      const [x, y] = position(i, frame);
      const [w, h] = markerExtent(store, i);
      const strong = store.layer[i] === 0 || i === store.selected;
      return { x, y, w, h, text: store.label(i), strong, font: `${strong ? 600 : 500} ${strong ? 13 : 12}px ${theme.sans}` };
    });
  }

  function paint(context, frame) {
    last = frame;
    drawn = visible(frame);
    paintAreas(context, frame, store, areas, theme);
    paintPrecision(context, frame, store, theme);
    for (const i of drawn) drawMarker(context, store, i, ...position(i, frame), theme);
    context.font = `600 13px ${theme.sans}`;
    layer.labels = placeLabels(context, labelItems(frame), frame.window);
    drawLabels(context, layer.labels, theme);
  }

  const layer = new CanvasLayer(paint, { pane: "markerPane", padding: 0.15 });

  // The nearest marker whose box, widened by `slack` pixels, holds the point of the window; -1 if there is none.
  layer.at = (point, slack) => {
    if (!last) return -1;
    const x = point.x + last.window[0];
    const y = point.y + last.window[1];
    let best = -1;
    let nearest = Infinity;
    for (let k = drawn.length - 1; k >= 0; k -= 1) {
      const i = drawn[k];
      const [px, py] = position(i, last);
      const [w, h] = markerExtent(store, i);
      if (Math.abs(px - x) > w + slack || Math.abs(py - y) > h + slack) continue;
      const distance = Math.hypot((px - x) / w, (py - y) / h);
      if (distance < nearest) {
        nearest = distance;
        best = i;
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
