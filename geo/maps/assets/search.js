// The search: a combobox over all names of the places on the map, in any spelling and script.

function createSearch(store, grounds, { choose, fly }) {
  const input = byId("search");
  const list = byId("search-list");
  const status = byId("search-status");
  let index = null;
  let found = [];
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  // Whose name it is and when, in one line.
  function toldOf({ told, ground }) {
    const parts = [ground ? t("search.ground") : "", languageWord(told.lang || ""), told.printed ? t("search.printed") : "", told.party ? store.partyName(told.party) : "", periodWord(told.from, told.to)];
    return parts.filter(Boolean).join(", ");
  }

  function option(hit, n) {
    const { i, told, ground, text } = hit;
    const label = ground ? ground.label : store.label(i);
    const node = make("li", { role: "option", id: `search-${n}`, "aria-selected": "false" },
      ground ? make("span", { class: "glyphs" }) : placeGlyphs(store, i),
      make("span", { class: "what" },
        make("strong", null, bdi(label)),
        make("span", { class: "matched" }, text === label ? "" : [bdi(text, told && told.lang), " "], make("span", { class: "faint" }, toldOf(hit))),
        ground || store.shown[i] ? null : make("span", { class: "tag" }, t("search.hidden"))));
    node.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    node.addEventListener("click", () => take(n));
    return node;
  }

  function activate(n) {
    active = n;
    Array.from(list.children).forEach((node, k) => node.setAttribute("aria-selected", k === n ? "true" : "false"));
    if (n < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", `search-${n}`);
    list.children[n].scrollIntoView({ block: "nearest" });
  }

  function refresh() {
    const text = input.value.trim();
    if (!text || !index) {
      close();
      status.textContent = "";
      return;
    }
    found = index.find(text);
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", found.length ? "true" : "false");
    activate(-1);
    const none = index.isComplete() ? "search.none" : "search.reading";
    status.textContent = found.length ? (t("search.found", { n: found.length })) : t(none);
  }

  function take(n) {
    const hit = found[n];
    close();
    if (!hit) return;
    input.value = hit.text;
    if (hit.ground) {
      fly(hit.ground);
      return;
    }
    if (!store.shown[hit.i]) {
      store.change(() => {
        store.reset();
        store.refilter();
        if (!store.shown[hit.i]) store.filters.roles.fill(1);
      }, "filter");
    }
    choose(hit.i);
  }

  input.addEventListener("focus", () => {
    if (index) return;
    index = createNameIndex(store, grounds, () => document.activeElement === input && active < 0 && refresh());
    index.build();
  });
  input.addEventListener("input", refresh);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list.hidden) refresh();
    if (step && found.length) {
      event.preventDefault();
      activate((active + step + found.length + (active < 0 && step < 0 ? 1 : 0)) % found.length);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      take(Math.max(0, active));
    } else if (event.key === "Escape" && (!list.hidden || input.value)) {
      event.stopPropagation();
      if (list.hidden) input.value = "";
      close();
      status.textContent = "";
    }
  });
}
