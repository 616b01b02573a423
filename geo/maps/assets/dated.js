// What holds only for a time: names, areas and the layers of a map's author, at the end of the dates chosen.

// The minute that the map shows: the end of the chosen range, or of the data; null where nothing has a date.
function shownMinute(store) {
  const { from, to } = store.filters;
  const { last } = store.histogram;
  if (to !== null) return to;
  return last === null ? null : Math.max(last, from === null ? last : from);
}

// The label of each place through time: `at(i)` is that of a date, null where the place has none of its own.
function createDatedLabels(columns, order) {
  const [from, label] = [columns.get("dated_from"), columns.get("dated_label")];
  if (!from || !label) return null;
  const minutes = from.values.map((text) => (text === "" ? -Infinity : (readPeriod(text) || { first: -Infinity }).first));
  const at = (i, minute) => {
    let found = null;
    for (let k = from.starts[i]; k < from.starts[i + 1] && minutes[from.codes[k]] <= minute; k += 1) found = label.values[label.codes[k]];
    return found;
  };
  // Whether a label of the data's time is another than the usual one: else there is nothing to choose.
  const matters = (first, last) => {
    for (let i = 0; i < order; i += 1) {
      const usual = wordOf(columns.get(`${LABEL_KEY}en`), i);
      if (from.starts[i] === from.starts[i + 1]) continue;
      if (at(i, first) !== usual || at(i, last) !== usual) return true;
    }
    return false;
  };
  return { at, matters };
}

function isDated({ from, to }) {
  return [from, to].some((bound) => bound !== null && bound !== undefined && readPeriod(bound));
}

// The dated features of GeoJSON layers come and go with the date. Gives whether there are any.
function followDates(store, overlays) {
  const dated = overlays.flatMap(({ layer }) => layer.getLayers().filter((part) => part.feature && isDated(part.feature.properties || {}))
    .map((part) => ({ layer, part, bounds: part.feature.properties })));
  let before = null;

  function refresh() {
    const minute = shownMinute(store);
    if (minute === null || minute === before) return;
    before = minute;
    for (const { layer, part, bounds } of dated) {
      const stands = standsAt(bounds.from, bounds.to, minute);
      if (stands !== layer.hasLayer(part)) layer[stands ? "addLayer" : "removeLayer"](part);
    }
  }

  refresh();
  return { refresh, any: dated.length > 0 };
}
