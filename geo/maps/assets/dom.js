// Making elements. Everything that comes from data enters the page here, as a text node or through `link`.

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
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

// Only http(s) addresses become links; everything else (javascript:, data:, nonsense) stays text.
function link(url, text) {
  let parsed = null;
  try {
    parsed = new URL(url);
  } catch {
    parsed = null;
  }
  const safe = parsed && (parsed.protocol === "https:" || parsed.protocol === "http:");
  const shown = String(text || url || "");
  if (!safe) return document.createTextNode(shown);
  return make("a", { href: parsed.href, rel: "noopener noreferrer", target: "_blank" }, shown);
}

// The text with one stretch marked; offsets are code points, as Python counts them.
function marked(text, start, end, lang) {
  const points = Array.from(text);
  return make("q", { lang: lang || null, dir: "auto" },
    points.slice(0, start).join(""),
    make("mark", null, points.slice(start, end).join("")),
    points.slice(end).join(""));
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
