// For maps whose author let in folium elements with scripts of their own: what folium's templates take for granted.

"use strict";

(() => {
  // folium writes popups as $(`<div>…</div>`)[0], and waits with $(document).ready(…).
  window.$ = (what) => {
    if (typeof what !== "string") return { ready: (act) => act() };
    const template = document.createElement("template");
    template.innerHTML = what.trim();
    return Array.from(template.content.childNodes);
  };
  // Leaflet looks for its marker pictures beside its style sheet; here they lie inside it.
  const probe = document.createElement("div");
  probe.className = "leaflet-default-icon-path";
  document.body.append(probe);
  const picture = /url\("?(data:[^")]+)"?\)/.exec(getComputedStyle(probe).backgroundImage);
  probe.remove();
  if (picture) {
    delete L.Icon.Default.prototype._getIconUrl;
    L.Icon.Default.mergeOptions({ iconUrl: picture[1], iconRetinaUrl: picture[1], shadowUrl: null });
  }
})();
