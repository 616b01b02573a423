// Making elements. Everything that comes from data enters the page here, as a text node or through `link`.

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

// A part of a picture; presentation attributes are no inline styles.
function svgNode(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, String(value)));
  node.append(...children);
  return node;
}

// A name in its own direction and language, so that an Arabic name does not turn its neighbours around.
function bdi(text, lang) {
  return make("bdi", { lang: lang || null, dir: "auto" }, String(text));
}

// Only http(s) addresses can be opened; everything else (javascript:, data:, nonsense) stays text.
function safeAddress(url) {
  try {
    const { protocol, href } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? href : "";
  } catch {
    return "";
  }
}

// An address as text, with a control that opens it: nothing is loaded or followed before.
function addressLine(url) {
  const safe = safeAddress(url);
  const shown = make("span", { class: "url", dir: "ltr" }, safe || String(url || ""));
  if (!safe) return url ? shown : "";
  const opener = make("a", { class: "open-link", href: safe, rel: "noopener noreferrer", target: "_blank", "aria-label": t("link.opens", { address: safe }) }, t("link.open"));
  return make("span", { class: "address" }, shown, " ", opener);
}

const EMBEDDED_PICTURE = /^data:image\/(png|jpeg|webp|gif);base64,[\w+/=]+$/;

// A picture that lies in the data is shown when it is asked for; one from elsewhere is an address.
function picture(url) {
  if (!EMBEDDED_PICTURE.test(url || "")) return addressLine(url);
  const button = make("button", { type: "button", class: "plain" }, t("picture.show"));
  button.addEventListener("click", () => button.replaceWith(make("img", { class: "picture", src: url, alt: "" })));
  return button;
}

const PAIRED = /[\ud800-\udfff]/;

// Offsets in code points, as Python counts them, as offsets in the text's own units.
function unitOffsets(text, offsets) {
  if (!PAIRED.test(text)) return offsets;
  const wanted = Array.from(new Set(offsets)).sort((a, b) => a - b);
  const found = new Map();
  let [points, units, next] = [0, 0, 0];
  for (const point of text) {
    while (next < wanted.length && wanted[next] <= points) {
      found.set(wanted[next], units);
      next += 1;
    }
    if (next === wanted.length) break;
    points += 1;
    units += point.length;
  }
  return offsets.map((offset) => (found.has(offset) ? found.get(offset) : text.length));
}

// The text with stretches marked, each `{ start, end, node }`: `node` makes the element around its words, a plain mark where it is
// missing. Of two that overlap the later one is left out.
function markedParts(text, stretches) {
  const sorted = stretches.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start || b.end - a.end);
  const units = unitOffsets(text, sorted.flatMap(({ start, end }) => [start, end]));
  const parts = [];
  let at = 0;
  sorted.forEach(({ node }, n) => {
    const [from, to] = [units[2 * n], units[2 * n + 1]];
    if (from < at || to > text.length || from === to) return;
    const words = text.slice(from, to);
    parts.push(text.slice(at, from), node ? node(words) : make("mark", null, words));
    at = to;
  });
  return [...parts, text.slice(at)];
}

function marked(text, start, end, lang) {
  return make("q", { lang: lang || null, dir: "auto" }, markedParts(text, [{ start, end }]));
}

function joined(nodes, separator) {
  return nodes.flatMap((node, i) => (i ? [separator, node] : [node]));
}

function byId(id) {
  return document.getElementById(id);
}

function readJson(id) {
  const node = byId(id);
  return node ? JSON.parse(node.textContent) : null;
}

const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
const darkScheme = window.matchMedia("(prefers-color-scheme: dark)");
const narrowScreen = window.matchMedia("(max-width: 719px)");
