// The list of places: the map's equal for keyboard and screen reader. One button a place.

function claimSummary(store, i) {
  const place = store.data.places[i];
  const said = new Map();
  for (const m of place.mentions || []) {
    const mention = store.data.mentions[m];
    if (!mention) continue;
    for (const party of mention.claimants || []) {
      if (!said.has(party)) said.set(party, new Set());
      (mention.events || []).forEach((event) => said.get(party).add(eventWord(event)));
    }
  }
  return Array.from(said, ([party, events]) => {
    const what = Array.from(events);
    return `${store.partyName(party)}${what.length ? `: ${listWord(what)}` : ""}`;
  });
}

function itemDetail(store, i) {
  const place = store.data.places[i];
  const claims = claimSummary(store, i);
  if (claims.length) return claims.map((claim) => make("span", { class: "claim" }, bdi(claim)));
  const role = store.roleWord(i) || place.feature || "mentioned";
  return [make("span", { class: "claim faint" }, role)];
}

function createList(store, open) {
  const holder = byId("places");
  const buttons = store.data.places.map((place, i) => make("button", { type: "button", "data-place": place.id }));
  const order = buttons.map((_, i) => i).sort((a, b) => store.layer[a] - store.layer[b] || a - b);

  function fill(i) {
    const place = store.data.places[i];
    const label = store.label(i);
    const printed = (place.printed || []).filter((name) => name !== label && !label.split(NAME_BREAK).includes(name));
    buttons[i].replaceChildren(
      placeGlyphs(store, i),
      make("span", { class: "what" },
        make("span", { class: "head" }, make("strong", null, bdi(label)),
          printed.length ? make("span", { class: "also" }, "printed ", joined(printed.map((name) => bdi(name)), ", ")) : null,
          place.contested ? make("span", { class: "tag" }, "contested name") : null,
          place.status === "ambiguous" ? make("span", { class: "tag" }, "ambiguous: best of several") : null,
          store.decided[i] ? make("span", { class: "tag" }, "decided by a person") : null),
        itemDetail(store, i)),
    );
  }

  const items = order.map((i) => {
    buttons[i].addEventListener("click", () => open(i));
    return make("li", null, buttons[i]);
  });
  holder.replaceChildren(...items);

  holder.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = order.findIndex((i) => buttons[i] === document.activeElement);
    if (!step || at < 0) return;
    let next = at + step;
    while (order[next] !== undefined && items[next].hidden) next += step;
    if (order[next] === undefined) return;
    event.preventDefault();
    buttons[order[next]].focus();
  });

  return {
    button: (i) => buttons[i],
    relabel: () => buttons.forEach((_, i) => fill(i)),
    refilter() {
      order.forEach((i, k) => { items[k].hidden = !store.shown[i]; });
    },
    mark(i) {
      buttons.forEach((button, k) => {
        if (k === i) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
      });
      if (i < 0) return;
      const box = byId("scroll");
      const item = buttons[i].getBoundingClientRect();
      const view = box.getBoundingClientRect();
      const head = byId("tabs").getBoundingClientRect().height;
      if (item.top < view.top + head || item.bottom > view.bottom) {
        box.scrollTop += item.top - view.top - head - Math.max(0, (view.height - head - item.height) / 3);
      }
    },
  };
}
