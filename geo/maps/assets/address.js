// The view in the page's address: #map=7/40.1/46.5&names=az&from=2020-10-03&claimants=az-mod,un&open=kar-0001
//
// A choice is a step that the browser's back button takes back; moving the map and dragging only rewrite the last step. What the
// address says is compared with what the map has: anything else is passed over.

const FACET_KEYS = { parties: "claimants", events: "events", outlets: "outlets", flags: "flags", roles: "layers" };
const NONE_SIGN = "~"; // stands for mentions without any word
const ALL_BUT_SIGN = "!";
const LONGEST_ADDRESS = 100000;
const WRITE_MS = 300;
const TAB_PREFIX = "tab-";

function encoded(text) {
  return encodeURIComponent(text).replace(/[!~]/g, (sign) => (sign === "!" ? "%21" : "%7E"));
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

// The parts of an address by name, not yet decoded; null where it is none of ours.
function addressParts(hash) {
  if (hash.length > LONGEST_ADDRESS || (hash.length > 1 && !hash.includes("="))) return null;
  const parts = new Map();
  hash.replace(/^#/, "").split("&").forEach((part) => {
    const at = part.indexOf("=");
    if (at > 0 && !parts.has(part.slice(0, at))) parts.set(part.slice(0, at), part.slice(at + 1));
  });
  return parts;
}

// "a,b" for those that are on, or "!c" for all but those that are off, whichever is shorter.
function facetText({ values, none, on }, used) {
  const words = [...Array.from(values, (word, at) => [at, encoded(word)]), [none, NONE_SIGN]].filter(([at]) => used(at));
  const [shown, hidden] = [1, 0].map((state) => words.filter(([at]) => on[at] === state).map(([, word]) => word).join(","));
  return shown && shown.length <= hidden.length ? shown : `${ALL_BUT_SIGN}${hidden}`;
}

// The words whose switch an address says to be another than usual.
function facetSwitches({ values, none }, text, usual) {
  const butThese = text.startsWith(ALL_BUT_SIGN);
  const told = new Set(text.replace(ALL_BUT_SIGN, "").split(",").map((word) => (word === NONE_SIGN ? none : values.indexOf(decoded(word)))).filter((at) => at >= 0));
  if (!told.size) return [];
  return Array.from(usual, (_, at) => at).filter((at) => told.has(at) === butThese ? usual[at] : !usual[at]).map((at) => (at === none ? "" : values[at]));
}

function viewText(map) {
  const { lat, lng } = map.getCenter();
  const zoom = map.getZoom();
  const decimals = Math.max(1, Math.min(5, Math.ceil(zoom / 3)));
  return [Number(zoom.toFixed(2)), lat.toFixed(decimals), lng.toFixed(decimals)].join("/");
}

function readView(text, map) {
  const numbers = String(text).split("/").map((part) => (/^-?\d{1,3}(\.\d{1,9})?$/.test(part) ? Number(part) : NaN));
  if (numbers.length !== 3 || numbers.some(Number.isNaN)) return null;
  const [zoom, lat, lng] = numbers;
  return Math.abs(lat) <= 85 && Math.abs(lng) <= 540 && zoom >= map.getMinZoom() && zoom <= map.getMaxZoom() ? { zoom, center: [lat, lng] } : null;
}

function readDates(store, parts) {
  const { first, end } = store.histogram;
  const [from, to] = ["from", "to"].map((key) => readPeriod(decoded(parts.get(key) || "") || ""));
  const state = { ...(from && first !== null && from.first <= end ? { from: from.first } : {}), ...(to && first !== null && to.last >= first ? { to: to.last } : {}) };
  return state.from > state.to ? {} : state;
}

function createAddress(store, map, tabs) {
  const usual = Object.fromEntries(Object.keys(FACET_KEYS).map((name) => [name, store.facets[name].on.slice()]));
  const firstTab = tabs.current();
  const first = { center: map.getCenter(), zoom: map.getZoom() };
  const framed = window.parent !== window; // the history belongs to the page around
  let written = window.location.hash;
  let timer = 0;
  let isStep = false;
  let usable = true;

  // A window that is drawn anew may move the map by a pixel.
  const isFirstView = () => map.getZoom() === first.zoom && map.latLngToContainerPoint(first.center).distanceTo(map.getSize().divideBy(2)) < 3;

  function text() {
    const state = store.state();
    const facets = Object.entries(FACET_KEYS).filter(([name]) => state.switched && state.switched[name])
      .map(([name, key]) => [key, facetText(store.facets[name], (at) => name !== "roles" || at < LAYERS.length)]);
    const parts = [
      ["map", isFirstView() ? "" : viewText(map)], ["names", state.names && encoded(state.names)],
      ["from", state.from !== undefined && minuteText(state.from, 0)], ["to", state.to !== undefined && minuteText(state.to, DAY - 1)],
      ["undated", state.undated && "yes"], ["colour", state.colour && FACET_KEYS[state.colour]], ...facets,
      ["areas", state.areas === undefined ? "" : state.areas ? "yes" : "no"], ["text", state.text && encoded(state.text)], ["open", state.open && encoded(state.open)],
      ["tab", tabs.current() === firstTab ? "" : tabs.current().replace(TAB_PREFIX, "")],
    ];
    return parts.filter(([, value]) => value).map(([key, value]) => `${key}=${value}`).join("&");
  }

  function write() {
    timer = 0;
    const hash = text() && `#${text()}`;
    const step = isStep && !framed;
    isStep = false;
    if (hash === written || !usable) return;
    written = hash;
    try {
      window.history[step ? "pushState" : "replaceState"](null, "", hash || window.location.pathname + window.location.search);
    } catch {
      usable = false; // a frame whose address is not its own
    }
  }

  // Tells that the view has changed: by a choice, which is a step of its own, or by moving.
  function note(choice) {
    isStep = isStep || choice;
    clearTimeout(timer);
    timer = setTimeout(write, WRITE_MS);
  }

  function read(parts) {
    const switched = Object.fromEntries(Object.entries(FACET_KEYS).filter(([, key]) => parts.has(key))
      .map(([name, key]) => [name, facetSwitches(store.facets[name], parts.get(key), usual[name])]));
    const colour = Object.keys(FACET_KEYS).find((name) => FACET_KEYS[name] === parts.get("colour"));
    const areas = { yes: true, no: false }[parts.get("areas")];
    const told = (key) => decoded(parts.get(key) || "") || "";
    return { switched, colour, areas, ...readDates(store, parts), undated: parts.get("undated") === "yes", names: told("names"), text: told("text"), open: told("open") };
  }

  function go() {
    const parts = addressParts(window.location.hash);
    if (!parts) return;
    written = window.location.hash;
    const view = parts.has("map") ? readView(parts.get("map"), map) : null;
    store.restore(read(parts));
    tabs.choose(tabs.known(TAB_PREFIX + parts.get("tab")) ? TAB_PREFIX + parts.get("tab") : firstTab);
    if (view) map.setView(view.center, view.zoom, { animate: false });
    else if (store.selected >= 0) flyToPlace(map, store, store.selected);
    else map.setView(first.center, first.zoom, { animate: false });
    clearTimeout(timer); // what follows from reading is no step
    isStep = false;
  }

  if (window.location.hash.length > 1) go();
  store.onChange((what) => what !== "restore" && note(true));
  map.on("moveend", () => note(false));
  window.addEventListener("popstate", () => window.location.hash !== written && go());
  return { note };
}
