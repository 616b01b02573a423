// The data in columns, and what is shown of them. Rows are places; a row's claimants lie in claimIndex[claimStart[i] … claimStart[i + 1]].

const LAYERS = ["site", "reference", "setting", "actor", "mentioned"]; // drawn from the last to the first
const SPARE_COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#6b6b6b"];
const UNSURE_BELOW = 0.5; // confidence
const EARTH_RADIUS_M = 6378137;

function mercatorX(lon) {
  return lon / 360 + 0.5;
}

function mercatorY(lat) {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

function readParties(data) {
  const known = new Map(Object.entries(data.parties || {}));
  const claiming = new Set(data.places.flatMap((place) => place.claimants || []));
  return Array.from(claiming).sort().map((id, i) => {
    const party = known.get(id) || {};
    const colour = /^#[0-9a-f]{6}$/i.test(party.colour || "") ? party.colour : SPARE_COLOURS[i % SPARE_COLOURS.length];
    return { id, name: String(party.name || id), kind: String(party.kind || ""), own: colour, colour, shape: i % SHAPES.length };
  });
}

function readColumns({ places, mentions }, parties) {
  const rank = new Map(parties.map((party, i) => [party.id, i]));
  const count = places.length;
  const columns = {
    x: new Float64Array(count), y: new Float64Array(count), layer: new Uint8Array(count), contested: new Uint8Array(count), unsure: new Uint8Array(count), vague: new Uint8Array(count),
    decided: new Uint8Array(count),
    claimStart: new Uint32Array(count + 1), claimIndex: [], shown: new Uint8Array(count),
  };
  places.forEach((place, i) => {
    columns.x[i] = mercatorX(place.lon);
    columns.y[i] = mercatorY(place.lat);
    const layer = LAYERS.indexOf(place.role);
    columns.layer[i] = layer < 0 ? LAYERS.indexOf("mentioned") : layer;
    columns.contested[i] = place.contested ? 1 : 0;
    columns.unsure[i] = place.status === "ambiguous" || place.confidence < UNSURE_BELOW ? 1 : 0;
    columns.vague[i] = place.shape ? 1 : 0;
    columns.decided[i] = (place.mentions || []).some((m) => mentions[m] && mentions[m].decided) ? 1 : 0;
    const claims = new Set((place.claimants || []).map((id) => rank.get(id)));
    columns.claimIndex.push(...Array.from(claims).sort((a, b) => a - b));
    columns.claimStart[i + 1] = columns.claimIndex.length;
  });
  columns.claimIndex = Uint16Array.from(columns.claimIndex);
  return columns;
}

const TOWARDS = "#towards"; // how the id ends of a site in a direction

// The policies that the places' labels know, in the order of their switch; one that would change no label is no choice.
function labelKeys(data) {
  const differs = (key) => key === "printed" || key === data.meta.policy
    || data.places.some(({ labels }) => labels && Object.hasOwn(labels, key) && labels[key] !== labels.printed);
  const order = ["printed", "az", "hy", "ru", "en"];
  const found = new Set(data.places.flatMap((place) => Object.keys(place.labels || {})));
  found.forEach((key) => differs(key) || found.delete(key));
  const rest = Array.from(found).filter((key) => key !== "all" && !order.includes(key)).sort();
  return [...order.filter((key) => found.has(key)), ...rest, ...(found.has("all") ? ["all"] : [])];
}

function createStore(data) {
  const parties = readParties(data);
  const columns = readColumns(data, parties);
  const listeners = [];
  const count = data.places.length;
  const unclaimed = parties.length; // the last switch is for places that nobody claims anything about
  const store = {
    data, parties, ...columns, count, unclaimed,
    partyNames: new Map(Object.entries(data.parties || {})),
    sources: new Map(Object.entries(data.sources || {})),
    partyOn: new Uint8Array(parties.length + 1).fill(1),
    partyCount: new Uint32Array(parties.length + 1),
    layerOn: new Uint8Array(LAYERS.length).fill(1),
    layerCount: new Uint32Array(LAYERS.length),
    areasOn: true, shownCount: 0, labelKey: labelKeys(data).includes(data.meta.policy) ? data.meta.policy : "printed", selected: -1, hovered: -1,
  };
  const wanted = data.meta.layers || ["sites", "references", "settings", "areas"];
  const usual = LAYERS.map((layer) => layer === "mentioned" || wanted.includes(`${layer}s`));
  store.layerOn.set(usual);
  store.areasOn = wanted.includes("areas");

  store.isUsual = () => store.partyOn.every(Boolean) && store.areasOn === wanted.includes("areas")
    && usual.every((on, layer) => on === Boolean(store.layerOn[layer]));
  store.reset = () => {
    store.partyOn.fill(1);
    store.layerOn.set(usual);
    store.areasOn = wanted.includes("areas");
  };

  store.onChange = (listener) => listeners.push(listener);
  store.announce = (what) => listeners.forEach((listener) => listener(what));

  store.refilter = () => {
    store.partyCount.fill(0);
    store.layerCount.fill(0);
    store.shownCount = 0;
    for (let i = 0; i < count; i += 1) {
      const from = store.claimStart[i];
      const to = store.claimStart[i + 1];
      let on = from === to ? store.partyOn[unclaimed] : 0;
      for (let c = from; c < to; c += 1) on |= store.partyOn[store.claimIndex[c]];
      const layer = store.layer[i];
      store.layerCount[layer] += on;
      if (store.layerOn[layer]) {
        if (from === to) store.partyCount[unclaimed] += 1;
        for (let c = from; c < to; c += 1) store.partyCount[store.claimIndex[c]] += 1;
      }
      store.shown[i] = on & store.layerOn[layer];
      store.shownCount += store.shown[i];
    }
  };

  store.change = (edit, what) => {
    edit();
    if (what === "filter") store.refilter();
    store.announce(what);
  };

  store.partyName = (id) => {
    const party = store.partyNames.get(id);
    return String((party && party.name) || id);
  };

  store.setScheme = (dark) => parties.forEach((party) => { party.colour = legibleColour(party.own, dark); });
  store.setScheme(darkScheme.matches);

  // Whether a place comes from tables that list places, and from no text.
  store.isListed = (i) => {
    const told = (data.places[i].mentions || []).map((m) => data.mentions[m]);
    return told.length > 0 && told.every((mention) => Boolean(mention && (data.reports[mention.report] || {}).listed));
  };

  // What a mention tells of a place: of one that only locates a site without a name nothing, all is told of that site.
  store.told = (mention, i) => {
    const { shape } = mention;
    return !shape || shape.named || shape.site === i ? mention : { ...mention, claimants: [], events: [], date: "" };
  };

  store.roleWord = (i) => (store.isListed(i) ? LISTED_WORD : ROLE_WORDS.get(data.places[i].role));

  store.label = (i) => {
    const place = data.places[i];
    const labels = new Map(Object.entries(place.labels || {}));
    return String(labels.get(store.labelKey) || labels.get("printed") || (place.printed || [])[0] || place.id);
  };

  // On the map "in the direction of X" is an arrow and the name: several such sites lie close together.
  store.signLabel = (i) => {
    const { id, shape } = data.places[i];
    const goal = shape && String(id).endsWith(TOWARDS) ? shape.of : [];
    return goal.length === 1 ? `→ ${store.label(goal[0])}` : store.label(i);
  };

  store.refilter();
  return store;
}
