// The view as a small plain object, for the address, and how the page is at first.

const COLOURED = ["parties", "events", "outlets"]; // facets that markers may be coloured by

const LONGEST_QUERY = 200; // letters

// Adds to the store: whether all is as at first, the way back to that, and the view as an object.
function addStates(store, facets, usualRoles, usualAreas) {
  const usually = (facet, word) => (facet.name === "roles" && word < LAYERS.length ? usualRoles[word] : true);
  const unusual = (facet) => [...facet.values, ""].filter((_, word) => Boolean(facet.on[word]) !== usually(facet, word));

  store.isUsual = () => {
    const { from, to, text } = store.filters;
    return store.areasOn === usualAreas && from === null && to === null && !text && store.colourBy === "parties" && facets.every((facet) => !unusual(facet).length);
  };

  store.reset = () => {
    facets.forEach((facet) => facet.on.forEach((_, word) => { facet.on[word] = usually(facet, word) ? 1 : 0; }));
    Object.assign(store.filters, { from: null, to: null, undated: false, text: null });
    Object.assign(store, { areasOn: usualAreas, colourBy: "parties", query: "" });
  };

  // Without what is as at first. `switched` has the words of each facet that are not ("" for mentions without any).
  store.state = () => {
    const switched = Object.fromEntries(facets.map((facet) => [facet.name, unusual(facet)]).filter(([, words]) => words.length));
    const { from, to, undated } = store.filters;
    return {
      ...(Object.keys(switched).length ? { switched } : {}), ...(from === null ? {} : { from }), ...(to === null ? {} : { to }), ...(undated ? { undated } : {}),
      ...(store.colourBy === "parties" ? {} : { colour: store.colourBy }),
      ...(store.query ? { text: store.query } : {}),
      ...(store.areasOn === usualAreas ? {} : { areas: store.areasOn }), ...(store.labelKey === store.usualLabelKey ? {} : { names: store.labelKey }),
      ...(store.selected < 0 ? {} : { open: store.id(store.selected) }),
    };
  };

  // Takes a view back; what it does not know of this map is as at first.
  store.restore = (state) => {
    const number = (value) => (Number.isFinite(value) ? value : null);
    store.reset();
    for (const facet of facets) {
      const words = state.switched && state.switched[facet.name];
      for (const word of Array.isArray(words) ? words : []) {
        const at = word === "" ? facet.none : facet.values.indexOf(word);
        if (at >= 0) facet.on[at] ^= 1;
      }
    }
    Object.assign(store.filters, { from: number(state.from), to: number(state.to), undated: state.undated === true });
    if (COLOURED.includes(state.colour)) store.colourBy = state.colour;
    if (typeof state.areas === "boolean") store.areasOn = state.areas;
    if (typeof state.text === "string") store.query = state.text.slice(0, LONGEST_QUERY);
    store.labelKey = store.labelKeys.includes(state.names) ? state.names : store.usualLabelKey;
    store.refilter();
    const open = typeof state.open === "string" ? store.row(state.open) : -1;
    store.selected = open >= 0 && store.shown[open] ? open : -1;
    store.announce("restore");
  };

  // What is shown, in numbers: places a word of each facet, mentions a bin of the histogram.
  store.tell = () => ({
    places: store.shownCount,
    mentions: store.shownMentions,
    facets: Object.fromEntries(facets.map((facet) => [facet.name, [...facet.values, ""].map((word, k) => [word, facet.count[k]])])),
    histogram: { ...store.histogram, counts: Array.from(store.histogram.counts) },
  });
}
