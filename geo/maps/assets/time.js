// The time strip under the map: how many mentions each date has, a range between two handles, and a run through it.

const TICK_PIXELS = 92;
const RUN_FRAMES = 60; // a run takes at most so many steps
const RUN_MS = 260;
const GRIP = 14; // pixels around a handle that belong to it

// The stops of the slider: first minutes of units, as fine as the dates are exact, and no more than can be told apart.
function createStops({ first, end }, exactly) {
  const units = STOP_UNITS[exactly].map((n) => UNITS[n]);
  const unit = units.find((each) => unitStarts(each, first, end, MOST_STOPS)) || units[units.length - 1];
  const starts = unitStarts(unit, first, end, Infinity);
  return { unit, starts, next: unitStart(unit, starts[starts.length - 1], 1), form: formOf(unit) };
}

// Which stop a minute lies in.
function stopAt(stops, minute) {
  let [low, high] = [0, stops.starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (stops.starts[middle] <= minute) low = middle;
    else high = middle - 1;
  }
  return low;
}

// "27 Sept 2020 – 3 Oct 2020"; a single unit as one date.
function rangeText(stops, a, b) {
  const [from, to] = [dateText(stops.starts[a], stops.form), dateText(stops.starts[b], stops.form)];
  return from === to ? from : `${from} – ${to}`;
}

// Bars of the histogram as two paths: those within the range, and the others.
function barPaths(histogram, low, high, from, to) {
  const { start, step, counts } = histogram;
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const wide = high - low;
  const paths = ["", ""];
  counts.forEach((count, n) => {
    if (!count) return;
    const begins = start + n * step;
    const left = Math.max(0, (begins - low) / wide) * 1000;
    const right = Math.min(1, (begins + step - low) / wide) * 1000;
    const gap = Math.min(1.2, (right - left) * 0.16);
    const height = Math.max(3, 100 * Math.sqrt(count / most)); // one mention beside a thousand is still seen
    const inside = begins + step > from && begins <= to;
    paths[inside ? 0 : 1] += `M${(left + gap / 2).toFixed(2)} 100V${(100 - height).toFixed(2)}H${(right - gap / 2).toFixed(2)}V100Z`;
  });
  return paths;
}

function handle(words) {
  return make("div", { class: "time-handle", role: "slider", tabindex: "0", "aria-label": words, "aria-orientation": "horizontal" });
}

// One step of a run. From the whole range it shows what has come until each date; a part of it goes through the dates as it is.
function steppedRange([a, b], lastStop) {
  const by = Math.max(1, Math.round((lastStop + 1) / RUN_FRAMES));
  if (b === lastStop) return a === 0 ? [0, by - 1] : [0, b - a];
  return [a === 0 ? 0 : a + Math.min(by, lastStop - b), b + by];
}

// The range after a key on handle n; null where the key does nothing.
function movedRange(key, n, [a, b], lastStop) {
  const to = { Home: n ? a : 0, End: n ? lastStop : b }[key];
  const far = Math.max(2, Math.round((lastStop + 1) / 10));
  const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -far, PageUp: far }[key];
  if (to === undefined && by === undefined) return null;
  const moved = to === undefined ? (n ? b : a) + by : to;
  return n ? [a, Math.max(a, moved)] : [Math.min(b, moved), b];
}

// What a point of the track takes hold of: a handle by its number, or the range between them.
function heldPart(clientX, handles, isWhole) {
  const [left, right] = handles.map((each) => each.getBoundingClientRect()).map((box) => box.left + box.width / 2);
  if (!isWhole && clientX > left + GRIP && clientX < right - GRIP) return "span";
  return Math.abs(clientX - left) <= Math.abs(clientX - right) && (clientX < right || left < right) ? 0 : 1;
}

// Dragging on the track: a handle, or the range as a whole.
function dragRange(track, handles, { edgeAt, choose, lastStop, range, grabbed }) {
  let drag = null; // {part, edge, range} where it began

  function move(event) {
    if (!drag) return;
    const edge = edgeAt(event.clientX);
    const [a, b] = range();
    if (drag.part === 0) choose(Math.min(edge, b), b);
    else if (drag.part === 1) choose(a, Math.max(edge - 1, a));
    else {
      const wide = drag.range[1] - drag.range[0];
      const first = Math.max(0, Math.min(lastStop - wide, drag.range[0] + edge - drag.edge));
      choose(first, first + wide);
    }
  }

  track.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    event.preventDefault();
    grabbed();
    const [a, b] = range();
    const handle = handles.indexOf(event.target);
    drag = { part: handle < 0 ? heldPart(event.clientX, handles, a === 0 && b === lastStop) : handle, edge: edgeAt(event.clientX), range: [a, b] };
    track.setPointerCapture(event.pointerId);
    if (drag.part === "span") return;
    handles[drag.part].focus();
    if (handle < 0) move(event);
  });
  track.addEventListener("pointermove", move);
  ["pointerup", "pointercancel"].forEach((name) => track.addEventListener(name, () => { drag = null; }));
}

function createTime(store, hasDated) {
  const strip = byId("time");
  const { histogram } = store;
  if (histogram.first === null || histogram.first === histogram.last) return { refresh() {} };
  strip.hidden = false;
  const stops = createStops(histogram, store.exactly);
  const lastStop = stops.starts.length - 1;
  const low = stops.starts[0];
  const high = stops.next;
  const share = (minute) => Math.max(0, Math.min(1, (minute - low) / (high - low)));
  let range = [0, lastStop];
  let running = 0;
  let waiting = 0;

  const play = make("button", { type: "button", class: "time-play" });
  const told = make("output", { class: "time-range" });
  const whole = make("button", { type: "button", class: "plain time-whole" }, t("time.whole"));
  const undated = make("input", { type: "checkbox" });
  const undatedText = make("span", null);
  const undatedRow = make("label", { class: "time-undated" }, undated, undatedText);
  const asOf = make("span", { class: "time-as-of faint" });
  const bars = [svgNode("path", { class: "bar" }), svgNode("path", { class: "bar outside" })];
  const picture = svgNode("svg", { viewBox: "0 0 1000 100", preserveAspectRatio: "none", "aria-hidden": "true", class: "time-bars" }, ...bars);
  const span = make("div", { class: "time-span" });
  const handles = [handle(t("time.from")), handle(t("time.to"))];
  const ticks = make("div", { class: "time-ticks", "aria-hidden": "true" });
  const track = make("div", { class: "time-track" }, picture, span, handles);
  strip.replaceChildren(play, make("div", { class: "time-middle" }, make("div", { class: "time-head" }, told, asOf, undatedRow, whole), track, ticks));

  // Sets the range; the filter follows with the next frame, however often a pointer moves.
  function choose(a, b) {
    const next = [Math.max(0, Math.min(lastStop, a)), Math.max(0, Math.min(lastStop, b))].sort((x, y) => x - y);
    if (next[0] === range[0] && next[1] === range[1]) return;
    range = next;
    draw();
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      const from = range[0] > 0 ? stops.starts[range[0]] : null;
      const to = range[1] < lastStop ? stops.starts[range[1] + 1] - 1 : null;
      store.change(() => Object.assign(store.filters, { from, to }), "filter");
    });
  }

  function draw() {
    const [a, b] = range;
    const end = b < lastStop ? stops.starts[b + 1] : high;
    const [left, right] = [share(stops.starts[a]) * 100, share(end) * 100];
    const isWhole = a === 0 && b === lastStop;
    handles[0].style.left = `${left}%`;
    handles[1].style.left = `${right}%`;
    span.style.left = `${left}%`;
    span.style.width = `${right - left}%`;
    handles.forEach((each, n) => {
      each.setAttribute("aria-valuemin", n ? a : 0);
      each.setAttribute("aria-valuemax", n ? lastStop : b);
      each.setAttribute("aria-valuenow", range[n]);
      each.setAttribute("aria-valuetext", dateText(stops.starts[range[n]], stops.form));
    });
    told.textContent = rangeText(stops, a, b);
    barPaths(histogram, low, high, stops.starts[a], end - 1).forEach((path, n) => bars[n].setAttribute("d", path));
    whole.hidden = isWhole;
    undatedRow.hidden = isWhole || !histogram.undated;
    undated.checked = store.filters.undated;
    undatedText.textContent = t("time.undated", { n: histogram.undated });
    asOf.textContent = hasDated || store.labelKey === "dated" ? t("time.as.of", { date: dateText(end - 1, stops.form === "minute" ? "minute" : stops.form) }) : "";
  }

  // Dates under the bars, as many as there is room for.
  function drawTicks() {
    const room = Math.max(2, Math.floor(track.clientWidth / TICK_PIXELS));
    const unit = UNITS.find((each) => unitStarts(each, low, high, room + 1)) || UNITS[UNITS.length - 1];
    const form = { minute: "time", day: "shortDay" }[formOf(unit)] || formOf(unit);
    const within = (unitStarts(unit, low, high, Infinity) || []).filter((minute) => minute >= low && share(minute) * track.clientWidth < track.clientWidth - TICK_PIXELS / 2);
    ticks.replaceChildren(...within.map((minute, n) => {
      const changes = n && new Date(within[n - 1] * 60000).getUTCDate() !== new Date(minute * 60000).getUTCDate();
      const tick = make("span", null, dateText(minute, form === "time" && (changes || !n) ? "shortDay" : form));
      tick.style.left = `${share(minute) * 100}%`;
      return tick;
    }));
  }

  function stop() {
    clearInterval(running);
    running = 0;
    drawPlay();
  }

  function drawPlay() {
    play.setAttribute("aria-label", t(reducedMotion.matches ? "time.step" : running ? "time.pause" : "time.play"));
    play.replaceChildren(svgNode("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" },
      svgNode("path", { d: reducedMotion.matches ? "M2 2L10 8L2 14ZM11 2H14V14H11Z" : running ? "M3 2H7V14H3ZM9 2H13V14H9Z" : "M3 1L14 8L3 15Z" })));
  }

  function step() {
    choose(...steppedRange(range, lastStop));
    if (range[1] === lastStop) stop();
  }

  function run() {
    if (running) {
      stop();
      return;
    }
    step();
    if (reducedMotion.matches) return;
    running = setInterval(step, RUN_MS);
    drawPlay();
  }

  handles.forEach((each, n) => each.addEventListener("keydown", (event) => {
    const moved = movedRange(event.key, n, range, lastStop);
    if (!moved) return;
    event.preventDefault();
    stop();
    choose(...moved);
  }));

  // The stop whose beginning is nearest to a point; the right handle stands at the end of its unit, one further.
  function edgeAt(clientX) {
    const box = track.getBoundingClientRect();
    const minute = low + (high - low) * Math.max(0, Math.min(1, (clientX - box.left) / box.width));
    const at = stopAt(stops, minute);
    const next = at < lastStop ? stops.starts[at + 1] : high;
    return minute - stops.starts[at] < next - minute ? at : at + 1;
  }
  dragRange(track, handles, { edgeAt, choose, lastStop, range: () => range, grabbed: stop });

  play.addEventListener("click", run);
  whole.addEventListener("click", () => {
    stop();
    choose(0, lastStop);
    handles[0].focus();
  });
  undated.addEventListener("change", () => store.change(() => { store.filters.undated = undated.checked; }, "filter"));
  reducedMotion.addEventListener("change", stop);
  new ResizeObserver(drawTicks).observe(track);
  drawPlay();
  draw();

  return {
    // Another part of the page may have changed the dates.
    refresh() {
      if (!waiting) {
        const { from, to } = store.filters;
        range = [from === null ? 0 : stopAt(stops, from), to === null ? lastStop : stopAt(stops, to)];
      }
      draw();
    },
  };
}
