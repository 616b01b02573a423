// How to read the signs: a picture and a line for each kind that this map has.

const SIGN_PICTURES = {
  point: [["path", { d: "M8 2A6 6 0 1 1 8 14A6 6 0 1 1 8 2Z", class: "full" }]],
  split: [["path", { d: "M7.4 1.5A6.5 6.5 0 0 0 7.4 14.5Z", class: "full" }], ["path", { d: "M8.6 1.5A6.5 6.5 0 0 1 8.6 14.5Z", class: "half" }]],
  denied: [["circle", { cx: 8, cy: 8, r: 7, class: "full" }], ["path", { d: "M4.5 6.4H11.5M4.5 9.6H11.5M10 4.4L6 11.6", class: "inner" }]],
  contested: [["circle", { cx: 8, cy: 8, r: 7.2, class: "line" }], ["circle", { cx: 8, cy: 8, r: 4.4, class: "line" }]],
  unsure: [["circle", { cx: 8, cy: 8, r: 6, class: "full pale" }]],
  decided: [["circle", { cx: 8, cy: 8, r: 7, class: "full" }], ["path", { d: "M4.5 8.5L7 11L11.5 5", class: "inner" }]],
  hollow: [["circle", { cx: 8, cy: 8, r: 4.6, class: "line thick" }]],
  polygon: [["path", { d: "M2 5L7 2L14 6L12 13L4 14Z", class: "area" }]],
  radius: [["circle", { cx: 8, cy: 8, r: 7, class: "area dashed" }], ["circle", { cx: 8, cy: 8, r: 1.6, class: "full" }]],
  buffer: [["circle", { cx: 8, cy: 8, r: 7, class: "area dotted" }]],
  sector: [["path", { d: "M8 15L2 4.5Q8 -1 14 4.5Z", class: "area dotted" }]],
  corridor: [["path", { d: "M1 11L11 1L15 5L5 15Z", class: "area dotted" }]],
  ring: [["path", { d: "M8 1A7 7 0 1 1 8 15A7 7 0 1 1 8 1ZM8 5A3 3 0 1 0 8 11A3 3 0 1 0 8 5Z", class: "area dotted" }]],
  strip: [["path", { d: "M1 6Q5 2 8 5T15 4V9Q11 12 8 10T1 11Z", class: "area dotted" }]],
  district: [["path", { d: "M2 5L7 2L14 6L12 13L4 14Z", class: "area dotted" }]],
};

// Whether several sides speak of a place: mentions lie by place.
function hasSplit({ facets, mentionPlace, mentionStart, count }) {
  const { starts, codes } = facets.parties;
  let [last, first] = [-1, -1];
  for (let m = 0; starts && m < mentionStart[count]; m += 1) {
    for (let k = starts[m]; k < starts[m + 1]; k += 1) {
      if (mentionPlace[m] !== last) [last, first] = [mentionPlace[m], codes[k]];
      else if (codes[k] !== first) return true;
    }
  }
  return false;
}

// Which signs this map has.
function signsUsed(store) {
  const kinds = new Set(readAreas(store).map(({ kind }) => kind));
  const columns = store.tables.mentions.columns;
  const denying = columns.get("denying");
  const used = {
    point: kinds.size > 0, split: hasSplit(store), denied: Boolean(denying && denying.codes.length), contested: store.contested.includes(1), unsure: store.unsure.includes(1),
    decided: (columns.get("decided") || []).includes(1), hollow: store.vague.includes(1),
  };
  return Object.keys(SIGN_PICTURES).filter((sign) => used[sign] || kinds.has(sign));
}

function fillSigns(store) {
  const signs = signsUsed(store);
  byId("signs").hidden = !signs.length;
  byId("sign-list").replaceChildren(...signs.map((sign) => make("li", { id: `sign-${sign}` },
    svgNode("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: "sign" }, ...SIGN_PICTURES[sign].map(([tag, attributes]) => svgNode(tag, attributes))),
    make("span", null, t(`sign.${sign}`)))));
}
