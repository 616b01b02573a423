// Where the candidates lie that lost: hollow markers with a dashed line to the place that was taken instead.

const LOSER_RADIUS = 5;
const MOST_LOSER_LABELS = 40;

// Of one place, from the details of its mentions; of all, chunk by chunk.
function createLoserRows(store) {
  const counts = store.tables.mentions.columns.get("losers");
  const places = store.tables.places.columns.get("id");
  const idOf = (i) => (places ? places[i] : String(i));
  const ofPlace = new Map();
  let all = null;

  function add(found, m, candidates) {
    const i = store.mentionPlace[m];
    (candidates || []).forEach(({ place, name, lat, lon }) => {
      if (place === idOf(i) || !Number.isFinite(lat) || !Number.isFinite(lon)) return;
      const key = `${i} ${place}`;
      if (!found.has(key)) found.set(key, { i, name: String(name || place), lat, lon, x: mercatorX(lon), y: mercatorY(lat), rows: [] });
      found.get(key).rows.push(m);
    });
  }

  return {
    total: counts ? counts.subarray(0, store.mentionStart[store.count]).reduce((sum, count) => sum + count, 0) : 0,
    async of(i) {
      if (!ofPlace.has(i)) {
        const found = new Map();
        for (const m of store.mentionsOf(i)) if (counts && counts[m]) add(found, m, (await store.detail("mentions", m)).candidates);
        ofPlace.set(i, Array.from(found.values()));
      }
      return ofPlace.get(i);
    },
    async all(tell) {
      if (all) return all;
      const found = new Map();
      await store.tables.mentions.details.each((start, columns) => {
        const candidates = columns.get("candidates") || [];
        candidates.forEach((each, n) => store.mentionPlace[start + n] >= 0 && counts[start + n] && add(found, start + n, each));
        tell(start + candidates.length);
        return store.losers.all;
      });
      if (store.losers.all) all = Array.from(found.values());
      return all || [];
    },
  };
}

function createLosers(map, store, theme) {
  const rows = createLoserRows(store);
  let shown = [];
  let pointed = null;

  const spot = ({ x, y }, frame) => [nearestTurn(x, frame) * frame.scale - frame.left, y * frame.scale - frame.top];

  function paint(context, frame) {
    const [left, top, right, bottom] = frame.window;
    const within = shown.filter(({ i, rows: from }) => store.shown[i] && from.some((m) => store.mentionShown[m])).map((loser) => ({ loser, at: spot(loser, frame) }));
    context.strokeStyle = theme.muted;
    context.setLineDash([2, 4]);
    context.lineWidth = 1;
    within.forEach(({ loser, at }) => {
      context.beginPath();
      context.moveTo(...at);
      context.lineTo(...spot({ x: store.x[loser.i], y: store.y[loser.i] }, frame));
      context.stroke();
    });
    const inWindow = within.filter(({ at: [x, y] }) => x > left && x < right && y > top && y < bottom);
    context.setLineDash([2.5, 2]);
    context.lineWidth = 1.6;
    inWindow.forEach(({ at }) => {
      pill(context, ...at, LOSER_RADIUS, LOSER_RADIUS);
      context.fillStyle = theme.paper;
      context.fill();
      context.stroke();
    });
    context.setLineDash([]);
    const named = inWindow.length <= MOST_LOSER_LABELS ? inWindow : inWindow.filter(({ loser }) => loser === pointed);
    context.font = `italic 500 12px ${theme.sans}`;
    context.textBaseline = "middle";
    context.textAlign = "start";
    const taken = [];
    named.forEach(({ loser, at: [x, y] }) => {
      const text = loser === pointed ? t("losers.for", { name: loser.name, label: store.label(loser.i) }) : loser.name;
      const box = [x + 8, y - 8, x + 10 + context.measureText(text).width, y + 8];
      if (loser !== pointed && taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return;
      taken.push(box);
      context.lineWidth = 3;
      context.lineJoin = "round";
      context.strokeStyle = theme.halo;
      context.strokeText(text, x + 9, y);
      context.fillStyle = theme.muted;
      context.fillText(text, x + 9, y);
    });
    layer.drawn = inWindow.map(({ loser }) => loser.name);
  }

  map.createPane("losers").style.zIndex = 590; // under the places' markers
  map.getPane("losers").style.pointerEvents = "none";
  const layer = new CanvasLayer(paint, { pane: "losers", padding: 0.15 });
  layer.drawn = [];

  map.on("mousemove", ({ containerPoint }) => {
    if (!shown.length) return;
    const frame = layer.frame();
    const [left, top] = frame.window;
    const near = shown.find((loser) => {
      const [x, y] = spot(loser, frame);
      return store.shown[loser.i] && Math.hypot(x - left - containerPoint.x, y - top - containerPoint.y) < LOSER_RADIUS + 4;
    }) || null;
    if (near === pointed) return;
    pointed = near;
    layer.repaint();
  });

  // Zooms out as far as it takes to see them, beside the card.
  function bringIn(found) {
    const bounds = L.latLngBounds(found.flatMap(({ i, lat, lon }) => [pointOf(map, store, i), [lat, lon]]));
    if (!found.length || map.getBounds().contains(bounds)) return;
    const [right, bottom] = coveredByCard(map);
    map.fitBounds(bounds, { paddingTopLeft: [40, 60], paddingBottomRight: [right + 60, bottom + 40], maxZoom: map.getZoom(), animate: !reducedMotion.matches });
  }

  const progress = byId("losers-progress");
  async function refresh() {
    const { of, all } = store.losers;
    const found = all ? await rows.all((read) => { progress.textContent = t("losers.reading", { read, all: store.mentionCount }); }) : of >= 0 ? await rows.of(of) : [];
    if (store.losers.all !== all || store.losers.of !== of) return;
    progress.textContent = "";
    shown = found;
    bringIn(found);
    if (shown.length && !map.hasLayer(layer)) layer.addTo(map);
    else if (map.hasLayer(layer)) layer.repaint();
  }

  if (rows.total) {
    const row = toggle(make("span", { class: "loser-mark" }), t("losers.switch"), () => store.change(() => { store.losers.all = !store.losers.all; }, "losers"));
    const tell = () => row.show(store.losers.all, rows.total);
    byId("further").append(make("li", null, row.button));
    tell();
    store.onChange((what) => what === "losers" && tell());
  }
  store.onChange((what) => {
    if (what === "losers") refresh();
    else if (map.hasLayer(layer)) layer.repaint();
  });
  return layer;
}
