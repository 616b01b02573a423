// When each name of a place was used: a bar a name, all on one scale. What it shows the list of names says in words.

const SVG = "http://www.w3.org/2000/svg";
const LEAST_YEARS = 10;
const TICK_YEARS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000];
const MOST_TICKS = 4;
const BAR = { height: 18, top: 6, thick: 6 };

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  Object.entries(attributes || {}).forEach(([key, value]) => node.setAttribute(key, String(value)));
  node.append(...children);
  return node;
}

// The years of a name: where it begins and ends, null where that is open or unknown.
function nameSpan({ from, to }) {
  const [start, end] = [edtfYears(from), edtfYears(to)];
  return start || end ? { start: start && start[0], end: end && end[1] } : null;
}

// Years from the first date to the last one: those of the names, and of the map's reports.
function timeScale(spans, reported) {
  const known = [...spans.flatMap(({ start, end }) => [start, end]), ...reported].filter((year) => year !== null);
  const first = Math.min(...known);
  const last = Math.max(...known, first + LEAST_YEARS);
  const margin = (last - first) * 0.04;
  const [from, to] = [first - margin, last + margin];
  return { from, to, at: (year) => `${(((year - from) / (to - from)) * 100).toFixed(2)}%` };
}

// A bar: one without an end is an arrow to the edge, one without a beginning a dotted line up to its end.
function nameBar(span, scale, colour, reported) {
  const middle = BAR.top + BAR.thick / 2;
  const picture = svg("svg", { class: "bar", width: "100%", height: BAR.height, "aria-hidden": "true", focusable: "false" });
  reported.forEach((year) => picture.append(svg("line", { class: "reported", x1: scale.at(year), x2: scale.at(year), y1: 0, y2: BAR.height })));
  const line = (x1, x2, more) => picture.append(svg("line", { x1, x2, y1: middle, y2: middle, stroke: colour, ...more }));
  if (span.start === null) {
    line(0, scale.at(span.end), { class: "open" });
    picture.append(svg("line", { x1: scale.at(span.end), x2: scale.at(span.end), y1: 2, y2: BAR.height - 2, stroke: colour, "stroke-width": 2 }));
    return picture;
  }
  line(scale.at(span.start), span.end === null ? "100%" : scale.at(span.end), { "stroke-width": BAR.thick });
  if (span.end === null) picture.append(svg("svg", { x: "100%", y: middle, overflow: "visible" }, svg("path", { d: "M-1-6L9 0L-1 6Z", fill: colour })));
  return picture;
}

function timeAxis(scale) {
  const years = scale.to - scale.from;
  const step = TICK_YEARS.find((each) => years / each <= MOST_TICKS) || TICK_YEARS[TICK_YEARS.length - 1];
  const axis = svg("svg", { class: "axis", width: "100%", height: 15, "aria-hidden": "true", focusable: "false" });
  for (let year = Math.ceil(scale.from / step) * step; year <= scale.to; year += step) {
    const part = (year - scale.from) / years;
    const anchor = part > 0.9 ? "end" : part < 0.1 ? "start" : "middle";
    axis.append(svg("line", { x1: scale.at(year), x2: scale.at(year), y1: 0, y2: 3 }), svg("text", { x: scale.at(year), y: 13, "text-anchor": anchor }, String(year)));
  }
  return axis;
}

// The first and the last year of what is shown as reported.
function reportedYears(store) {
  const { first, last } = store.histogram;
  return first === null ? [] : Array.from(new Set([first, last].map(yearOfMinute)));
}

function timeline(store, names) {
  const dated = names.map((name) => ({ name, span: nameSpan(name) })).filter(({ span }) => span);
  if (!dated.length) return null;
  const reported = reportedYears(store);
  const scale = timeScale(dated.map(({ span }) => span), reported);
  const start = ({ span }) => (span.start === null ? -Infinity : span.start);
  dated.sort((a, b) => start(a) - start(b) || (a.span.end || Infinity) - (b.span.end || Infinity) || 0);
  const rows = dated.map(({ name, span }) => make("li", null,
    make("span", { class: "name" }, bdi(name.toponym, name.lang)), nameBar(span, scale, store.partyColour(name.party), reported)));
  const rest = names.length - dated.length;
  return make("figure", { class: "timeline" },
    make("figcaption", { class: "faint" }, t("timeline.caption")),
    make("ul", { "aria-hidden": "true" }, rows, make("li", null, make("span", { class: "name faint" }, reported.length ? ["┆ ", t("timeline.now")] : ""), timeAxis(scale))),
    rest ? make("p", { class: "faint" }, t("timeline.undated", { n: rest })) : "");
}
