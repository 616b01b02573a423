// The sides of what is told: a list of switches each for claimants, events and outlets, and by which of them markers are coloured.

const SEARCHED_ABOVE = 12; // values, from which a list can be searched
const MOST_SWITCHES = 100; // written out at once

function foldedText(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

function sideWord(store, name, word) {
  const { values, none } = store.facets[name];
  if (word === none) return t(`none.${name}`);
  if (name === "parties") return store.partyName(values[word]);
  return name === "events" ? eventWord(values[word]) : values[word];
}

// One value of a facet: a switch, and a button for this one alone.
function sideRow(store, name, word) {
  const { on } = store.facets[name];
  const text = sideWord(store, name, word);
  const row = toggle(make("span", { class: "mark" }), text, () => store.change(() => { on[word] ^= 1; }, "filter"));
  const isOnly = () => on.every((value, at) => Boolean(value) === (at === word));
  const only = make("button", { type: "button", class: "only" });
  only.addEventListener("click", () => store.change(() => (isOnly() ? on.fill(1) : on.fill(0).fill(1, word, word + 1)), "filter"));

  function picture() {
    if (store.colourBy !== name) return make("span", { class: "tickbox" });
    const look = word < store.facets[name].none ? store.look(word) : null;
    return look ? glyphPicture(look.shape, look.colour, false) : glyphPicture(0, "currentColor", true);
  }

  return {
    node: make("li", { class: "side" }, row.button, only),
    button: row.button,
    refresh() {
      row.button.firstElementChild.replaceChildren(picture());
      row.show(on[word], store.counts[name][word]);
      only.textContent = t(isOnly() ? "side.all" : "side.only");
      only.setAttribute("aria-label", isOnly() ? t("side.all.these", { name: t(`facet.${name}`) }) : t("side.only.this", { name: text }));
    },
  };
}

// Claimants in their order, the others with the most frequent first; "none of them" comes last.
function sideOrder(store, name, totals) {
  const { none } = store.facets[name];
  const words = Array.from(totals, (_, word) => word).filter((word) => totals[word] && word !== none);
  if (name !== "parties" || words.length > SEARCHED_ABOVE) words.sort((a, b) => totals[b] - totals[a] || a - b);
  return totals[none] && words.length ? [...words, none] : words;
}

function createSideList(store, name) {
  const totals = store.totals(name);
  const words = sideOrder(store, name, totals);
  const holder = make("ul", { id: name, class: "switches", "aria-label": t(`facet.${name}`) });
  const rows = new Map();
  let written = [];
  const more = make("p", { class: "faint more-sides", "aria-live": "polite" });
  const search = words.length > SEARCHED_ABOVE ? make("input", { type: "search", class: "side-search", "aria-label": t("side.search.in", { name: t(`facet.${name}`) }), placeholder: t("side.search"), autocomplete: "off" }) : null;
  const all = make("button", { type: "button", class: "only all" }, t("side.all"));
  const summary = make("summary", null, make("span", { class: "text" }, t(`facet.${name}`)), make("span", { class: "count" }));
  all.addEventListener("click", () => store.change(() => store.facets[name].on.fill(1), "filter"));

  function rowOf(word) {
    if (!rows.has(word)) rows.set(word, sideRow(store, name, word));
    return rows.get(word);
  }

  function draw() {
    const sought = search ? foldedText(search.value.trim()) : "";
    const found = sought ? words.filter((word) => foldedText(sideWord(store, name, word)).includes(sought)) : words;
    written = found.slice(0, MOST_SWITCHES);
    holder.replaceChildren(...written.map((word) => rowOf(word).node));
    written.forEach((word) => rowOf(word).refresh());
    more.textContent = found.length > written.length ? t("side.more", { n: found.length - written.length }) : found.length ? "" : t("side.none");
  }

  if (search) search.addEventListener("input", draw);
  const node = make("details", { class: "facet", open: name === "parties" }, summary, make("div", { class: "facet-tools" }, search, all), holder, more);
  draw();
  return {
    node, used: words.filter((word) => word !== store.facets[name].none).length,
    refresh() {
      const { on } = store.facets[name];
      const off = words.filter((word) => !on[word]).length;
      all.hidden = !off;
      summary.lastElementChild.textContent = off ? `${words.length - off} / ${words.length}` : "";
      written.forEach((word) => rowOf(word).refresh());
    },
  };
}

// By what the signs on the map are coloured; where there is but one way there is no choice.
function createColourChoice(store, names) {
  const holder = byId("colour-by");
  holder.hidden = names.length < 2;
  byId("colour-choices").replaceChildren(...names.map((name) => {
    const radio = make("input", { type: "radio", name: "colour", value: name, checked: store.colourBy === name });
    radio.addEventListener("change", () => store.change(() => { store.colourBy = name; }, "colour"));
    return make("label", null, radio, make("span", null, t(`colour.${name}`)));
  }));
  return {
    refresh() {
      holder.querySelectorAll("input").forEach((radio) => { radio.checked = radio.value === store.colourBy; });
    },
  };
}

function createSides(store) {
  const lists = COLOURED.map((name) => [name, createSideList(store, name)]).filter(([name, list]) => list.used > (name === "parties" ? 0 : 1));
  const choice = createColourChoice(store, lists.map(([name]) => name));
  let coloured = "";
  byId("facets").replaceChildren(...lists.map(([, list]) => list.node));
  return {
    any: lists.length > 0,
    refresh() {
      if (coloured && coloured !== store.colourBy) lists.forEach(([name, list]) => { if (name === store.colourBy) list.node.open = true; });
      coloured = store.colourBy;
      lists.forEach(([, list]) => list.refresh());
      choice.refresh();
      byId("key-title").textContent = lists.some(([name]) => name === store.colourBy) ? t(`title.${store.colourBy}`) : t("key.shows");
    },
  };
}
