// GeoJSON layers that a map's author added in Python: their data come as JSON, their popups are text.

const STYLE_KEYS = ["color", "weight", "opacity", "fill", "fillColor", "fillOpacity", "dashArray", "radius", "stroke"];

function overlayStyle(style) {
  return Object.fromEntries(STYLE_KEYS.filter((key) => Object.hasOwn(style, key)).map((key) => [key, style[key]]));
}

function overlayTable(fields, properties) {
  return make("table", { class: "overlay-table" }, make("tbody", null, fields.filter(({ key }) => Object.hasOwn(properties, key))
    .map(({ key, label }) => make("tr", null, make("th", { scope: "row" }, bdi(label)), make("td", null, bdi(properties[key]))))));
}

function createOverlay(overlay) {
  const styles = overlay.styles || [];
  return L.geoJSON(overlay.data, {
    style: (feature) => overlayStyle(styles[overlay.data.features.indexOf(feature)] || {}),
    pointToLayer: (feature, latlng) => L.circleMarker(latlng, { radius: 5 }),
    onEachFeature(feature, layer) {
      const properties = feature.properties || {};
      if (overlay.popup.length) layer.bindPopup(() => overlayTable(overlay.popup, properties));
      if (overlay.tooltip.length) layer.bindTooltip(() => overlayTable(overlay.tooltip, properties));
    },
  });
}
