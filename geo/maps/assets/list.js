// The list of places: the map's equal for keyboard and screen reader. One button a place; of a large map a window of the shown ones.

const ALL_ROWS = 500; // as many places stand in the list at once
const WINDOW_ROWS = 60;

// What each side says of a place, and who denies it, in the mentions that are shown.
function claimSummary(store, i) {
  const [said, denied] = [new Map(), new Map()]; // events by party
  const put = (map, key, words) => {
    if (!map.has(key)) map.set(key, new Set());
    words.forEach((word) => map.get(key).add(word));
  };
  for (let m = store.mentionStart[i]; m < store.mentionStart[i + 1]; m += 1) {
    if (!store.mentionShown[m]) continue;
    const denying = store.words("mentions", "denying", m);
    const events = store.words("mentions", "events", m).filter((event) => !denying.length || event !== DENIAL).map(eventWord);
    store.words("mentions", "claimants", m).filter((party) => !denying.includes(party)).forEach((party) => put(said, party, events));
    denying.forEach((party) => put(denied, party, events));
  }
  const line = (who, events) => `${who}${events.size ? `: ${listWord(Array.from(events))}` : ""}`;
  return [...Array.from(said, ([party, events]) => line(store.partyName(party), events)),
    ...Array.from(denied, ([party, events]) => line(t("list.denied", { who: store.partyName(party) }), events))];
}

function itemDetail(store, i) {
  const claims = claimSummary(store, i);
  if (claims.length) return claims.map((claim) => make("span", { class: "claim" }, bdi(claim)));
  const role = store.roleWord(i) || store.word("places", "feature", i) || t("role.mentioned");
  return [make("span", { class: "claim faint" }, role)];
}

function itemContent(store, i) {
  const label = store.label(i);
  const printed = store.words("places", "printed", i).filter((name) => name !== label && !label.split(NAME_BREAK).includes(name));
  return [
    placeGlyphs(store, i),
    make("span", { class: "what" },
      make("span", { class: "head" }, make("strong", null, bdi(label)),
        printed.length ? make("span", { class: "also" }, tNodes("list.printed", { names: joined(printed.map((name) => bdi(name)), ", ") })) : null,
        store.contested[i] ? make("span", { class: "tag" }, t("list.contested")) : null,
        store.word("places", "status", i) === "ambiguous" ? make("span", { class: "tag" }, t("list.ambiguous")) : null,
        store.decided(i) ? make("span", { class: "tag" }, t("list.decided")) : null),
      itemDetail(store, i)),
  ];
}

// Rows in the order of the list: by layer, then as they came in.
function listOrder(store) {
  const rank = store.tables.places.columns.get("order");
  const order = new Uint32Array(store.count);
  for (let i = 0; i < store.count; i += 1) order[i] = i;
  if (rank) order.sort((a, b) => rank[a] - rank[b]);
  const next = new Uint32Array(LAYERS.length + 1); // where the rows of each layer go on
  for (let i = 0; i < store.count; i += 1) next[store.layer[i] + 1] += 1;
  for (let layer = 1; layer < LAYERS.length; layer += 1) next[layer] += next[layer - 1];
  const sorted = new Uint32Array(store.count);
  for (let k = 0; k < store.count; k += 1) {
    const layer = store.layer[order[k]];
    sorted[next[layer]] = order[k];
    next[layer] += 1;
  }
  return sorted;
}

function createList(store, open) {
  const holder = byId("places");
  const order = listOrder(store);
  const whole = store.count <= ALL_ROWS;
  const earlier = make("button", { type: "button", class: "more" }, t("list.earlier"));
  const later = make("button", { type: "button", class: "more" }, t("list.later"));
  let rows = order; // what the list may show: all places, or the shown ones of a large map
  let [first, last] = [0, Math.min(rows.length, whole ? ALL_ROWS : WINDOW_ROWS)];
  let buttons = new Map();
  let current = -1;

  function button(i) {
    const made = make("button", { type: "button", "data-place": store.id(i), "aria-current": i === current ? "true" : null }, itemContent(store, i));
    made.addEventListener("click", () => open(i));
    return made;
  }

  // Buttons that stand already keep their place, and with it the focus.
  function draw() {
    const wanted = rows.subarray(first, last);
    const kept = buttons;
    buttons = new Map(Array.from(wanted, (i) => [i, kept.get(i) || button(i)]));
    const items = Array.from(buttons.values(), (each) => each.parentElement || make("li", null, each));
    if (whole && holder.children.length === items.length) return;
    holder.replaceChildren(...(first > 0 ? [make("li", null, earlier)] : []), ...items, ...(last < rows.length ? [make("li", null, later)] : []));
  }

  function shownRows() {
    const found = new Uint32Array(store.shownCount);
    let n = 0;
    for (let k = 0; k < order.length; k += 1) {
      if (!store.shown[order[k]]) continue;
      found[n] = order[k];
      n += 1;
    }
    return found;
  }

  function move(from, to) {
    [first, last] = [Math.max(0, from), Math.min(rows.length, to)];
    draw();
  }

  function reveal(i) {
    if (buttons.has(i)) return;
    const at = rows.indexOf(i);
    if (at >= 0) move(at - WINDOW_ROWS / 2, at + WINDOW_ROWS / 2);
  }

  later.addEventListener("click", () => {
    const next = rows[last];
    move(first, last + WINDOW_ROWS);
    buttons.get(next).focus({ preventScroll: true });
  });
  earlier.addEventListener("click", () => move(first - WINDOW_ROWS, last));

  holder.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const standing = Array.from(buttons.values()).filter((each) => !each.parentElement.hidden);
    const next = standing[standing.indexOf(document.activeElement) + step];
    if (!step || !standing.includes(document.activeElement) || !next) return;
    event.preventDefault();
    next.focus();
  });

  const list = {
    button(i) {
      reveal(i);
      return buttons.get(i);
    },
    relabel() {
      buttons.forEach((each, i) => each.replaceChildren(...itemContent(store, i)));
    },
    refilter() {
      if (!whole) {
        rows = shownRows();
        buttons = new Map();
        move(0, WINDOW_ROWS);
        return;
      }
      buttons.forEach((each, i) => { each.parentElement.hidden = !store.shown[i]; });
      list.relabel();
    },
    mark(i) {
      current = i;
      if (i >= 0) reveal(i);
      buttons.forEach((each, row) => {
        if (row === i) each.setAttribute("aria-current", "true");
        else each.removeAttribute("aria-current");
      });
      const chosen = buttons.get(i);
      if (!chosen || byId("tabpanel-places").hidden) return;
      const box = byId("scroll");
      const item = chosen.getBoundingClientRect();
      const view = box.getBoundingClientRect();
      const head = byId("tabs").getBoundingClientRect().height;
      if (item.top < view.top + head || item.bottom > view.bottom) {
        box.scrollTop += item.top - view.top - head - Math.max(0, (view.height - head - item.height) / 3);
      }
    },
  };
  draw();
  return list;
}
