// The key: sides and layers with their counts, each a switch, how to read the signs, and the switch of all names.

function toggle(picture, text, act) {
  const number = make("span", { class: "count" });
  const button = make("button", { type: "button", "aria-pressed": "true", class: "toggle" }, picture, make("span", { class: "text" }, bdi(text)), number);
  button.addEventListener("click", act);
  return {
    button,
    show(on, count) {
      button.setAttribute("aria-pressed", on ? "true" : "false");
      number.textContent = numberWord(count);
    },
  };
}

// What the first layer holds: places where something is reported, places from a table, or both.
function sitesWord(store) {
  let listed = 0;
  let sites = 0;
  for (let i = 0; i < store.count; i += 1) {
    if (store.layer[i] !== 0) continue;
    sites += 1;
    if (store.isListed(i)) listed += 1;
  }
  if (!listed) return t("layer.site");
  return listed === sites ? t("layer.listed") : t("layer.both");
}

function layerSwitches(store) {
  const words = [sitesWord(store), ...LAYERS.slice(1).map((layer) => t(`layer.${layer}`))];
  const shapes = [0, 0, 1, 3, 0];
  return LAYERS.map((_, layer) => [layer, toggle(glyphPicture(shapes[layer], "currentColor", layer > 0), words[layer],
    () => store.change(() => { store.filters.roles[layer] ^= 1; }, "filter"))])
    .filter(([layer]) => store.layer.includes(layer));
}

// Layers that a map's author added. Their counts are those of their features.
function overlaySwitches(map, overlays) {
  return overlays.map(({ name, layer }) => {
    const row = toggle(make("span", { class: "area-mark" }), name, () => {
      if (map.hasLayer(layer)) layer.remove();
      else layer.addTo(map);
      row.refresh();
    });
    row.refresh = () => row.show(map.hasLayer(layer), layer.getLayers().length);
    row.refresh();
    return row;
  });
}

function createLegend(store, map, overlays) {
  const sides = createSides(store);
  const layers = layerSwitches(store);
  const areaCount = readAreas(store).length;
  const areas = toggle(make("span", { class: "area-mark" }), t("layer.areas"), () => store.change(() => { store.areasOn = !store.areasOn; }, "areas"));
  const further = overlaySwitches(map, overlays);
  byId("layers").replaceChildren(...layers.map(([, row]) => make("li", null, row.button)), areaCount ? make("li", null, areas.button) : "",
    ...further.map((row) => make("li", null, row.button)));
  byId("key").hidden = !store.count && !overlays.length;
  fillSigns(store);
  byId("reset").addEventListener("click", () => {
    store.change(store.reset, "filter");
    byId("key").querySelector(".toggle").focus();
  });
  return {
    refresh() {
      sides.refresh();
      layers.forEach(([layer, row]) => row.show(store.filters.roles[layer], store.counts.roles[layer]));
      areas.show(store.areasOn, areaCount);
      further.forEach((row) => row.refresh());
      byId("reset").hidden = store.isUsual();
    },
  };
}

function createNameSwitch(store) {
  const keys = store.labelKeys;
  byId("names").hidden = keys.length < 2;
  byId("name-choices").replaceChildren(...keys.map((key) => {
    const radio = make("input", { type: "radio", name: "names", value: key, checked: key === store.labelKey });
    radio.addEventListener("change", () => store.change(() => { store.labelKey = key; }, "names"));
    return make("label", null, radio, make("span", null, labelWord(key)));
  }));
  return {
    refresh() {
      byId("names").querySelectorAll("input").forEach((radio) => { radio.checked = radio.value === store.labelKey; });
    },
  };
}
