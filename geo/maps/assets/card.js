// The name card of a place: names as printed, every allonym with its user and its time, who claims what, and how sure the point is.

function sourceNodes(store, cell) {
  const records = String(cell || "").split(";").map((record) => record.trim()).filter(Boolean);
  return joined(records.map((record) => {
    if (record === "unverified") return make("span", { class: "faint" }, t("card.unverified"));
    const id = record.split(":")[0];
    const source = store.sources.get(id);
    const cite = make("cite", { title: source ? String(source.citation || "") : null }, record);
    return cite;
  }), "; ");
}

// A variant of which nobody knows who used it when.
function isSpelling(name) {
  return name.kind === "variant" && !name.party && !name.from && !name.to;
}

function furtherSpellings(store, names) {
  const bySource = new Map();
  names.forEach((name) => bySource.set(name.source, [...(bySource.get(name.source) || []), name]));
  return Array.from(bySource, ([source, group]) => make("li", null,
    make("span", { class: "use" }, make("span", { class: "faint" }, t("card.spelt"), " "),
      joined(group.map((name) => make("span", null, bdi(name.toponym, name.lang),
        name.lang ? make("span", { class: "faint" }, ` ${languageWord(name.lang)}`) : null)), ", "),
      " · ", sourceNodes(store, source))));
}

function nameItem(store, name) {
  const source = sourceNodes(store, name.source);
  return make("li", null,
    make("strong", null, bdi(name.toponym, name.lang)),
    make("span", { class: "faint" }, [name.lang ? languageWord(name.lang) : "", name.kind ? codeWord("name", name.kind) : ""].filter(Boolean).join(", ")),
    make("span", { class: "use" }, joined([periodWord(name.from, name.to), source.length ? make("span", null, source) : ""].filter(Boolean), " · ")));
}

// Every name under whoever uses it.
function allonymList(store, place) {
  const names = place.names || [];
  if (!names.length) return make("p", { class: "faint" }, t("card.noname"));
  const users = new Map();
  names.filter((name) => !isSpelling(name)).forEach((name) => users.set(name.party || "", [...(users.get(name.party || "") || []), name]));
  const known = Array.from(users).sort(([a], [b]) => (a ? 0 : 1) - (b ? 0 : 1));
  const groups = known.map(([party, own]) => make("li", { class: "user" },
    make("h4", null, party ? bdi(store.partyName(party)) : t("card.nouser")), make("ul", { class: "allonyms" }, own.map((name) => nameItem(store, name)))));
  const spelt = furtherSpellings(store, names.filter(isSpelling));
  return [timeline(store, names), make("ul", { class: "users" }, groups), spelt.length ? make("ul", { class: "allonyms" }, spelt) : null];
}

// A report that several outlets print is one claim with several sources.
function claimBlocks(store, mentions, i, openReport) {
  const printed = new Map();
  const blocks = mentions.map((mention) => {
    if (mention.claim && printed.has(mention.claim)) {
      printed.get(mention.claim).append(reportLine(mention) || "");
      return null;
    }
    const block = make("li", null, mentionLines(store, mention, i), reportLine(mention), reportButton(mention, openReport));
    if (mention.claim) printed.set(mention.claim, block);
    return block;
  });
  return blocks.filter(Boolean);
}

function reportButton(mention, openReport) {
  if (!mention.from || mention.from.listed) return null;
  const button = make("button", { type: "button", class: "textual" }, t("card.report"));
  button.addEventListener("click", () => openReport(mention.report, mention.row));
  return button;
}

// Claims under their days, the earliest first.
function datedClaims(store, mentions, i, openReport) {
  const byDay = new Map();
  const time = (mention) => (Number.isFinite(mention.minute) ? mention.minute : Infinity);
  [...mentions].sort((a, b) => time(a) - time(b) || a.order - b.order).forEach((mention) => {
    const day = dateWord({ minute: mention.minute, exact: mention.exact === "minute" ? "day" : mention.exact });
    byDay.set(day, [...(byDay.get(day) || []), mention]);
  });
  const list = (some) => make("ol", { class: "mentions" }, claimBlocks(store, some, i, openReport));
  if (byDay.size < 2) return list(mentions);
  return Array.from(byDay, ([day, some]) => [make("h4", { class: "day" }, day ? timeNode(day) : t("card.undated")), list(some)]);
}

function losersOf(place, mention) {
  if (place.shape) return [];
  return (mention.candidates || []).filter((candidate) => candidate.place !== place.id);
}

function candidateTable(candidates) {
  return make("div", { class: "table" }, make("table", null,
    make("thead", null, make("tr", null, ["candidates.place", "candidates.score", "candidates.away"].map((head) => make("th", { scope: "col" }, t(head))))),
    make("tbody", null, candidates.map((candidate) => make("tr", null,
      make("th", { scope: "row" }, bdi(candidate.name || candidate.place),
        make("span", { class: "line faint" }, coordinateWord(candidate.lat, candidate.lon))),
      make("td", null, decimalWord(candidate.score, 2)),
      make("td", null, Number.isFinite(candidate.distance_km) ? distanceWord(candidate.distance_km * 1000) : "–"))))));
}

function pointNode({ lat, lon }) {
  return make("span", { class: "figure" }, coordinateWord(lat, lon));
}

// How to read the shape of a site that has no name on the map.
function shapeWord(store, place) {
  const { kind, of } = place.shape;
  const values = {
    shape: hasText(`shape.${kind}`) ? t(`shape.${kind}`) : t("shape.other"), of: of.length ? listWord(of.map((n) => store.label(n))) : t("card.shape.places"),
    distance: distanceWord(place.precision_m),
  };
  return [make("p", null, tNodes("card.shape", values)), make("p", null, tNodes("card.sign", { point: pointNode(place) }))];
}

function certainty(store, place, mentions) {
  const nodes = place.shape ? shapeWord(store, place) : [make("p", null, place.precision_m > 0 ? tNodes("card.within", { point: pointNode(place), distance: distanceWord(place.precision_m) }) : pointNode(place),
    " ", sourceNodes(store, place.source))];
  if (Number.isFinite(place.confidence)) {
    const value = place.confidence > 0.995 ? t("card.over", { value: decimalWord(0.99, 2) }) : decimalWord(place.confidence, 2);
    nodes.push(make("p", null, t(place.shape ? "card.sure.shape" : "card.sure.place", { word: confidenceWord(place.confidence), value })));
  }
  const reasons = new Set(mentions.map(({ why }) => why).filter(Boolean));
  if (reasons.size) nodes.push(make("ul", null, Array.from(reasons, (why) => make("li", null, bdi(why, DATA_LANGUAGE)))));
  if ((place.points || []).length) {
    nodes.push(make("p", null, t("card.disagree")), make("ul", null, place.points.map((point) => make("li", null,
      tNodes("card.puts.away", { source: make("span", null, sourceNodes(store, point.source)), distance: distanceWord(point.distance_km * 1000), point: coordinateWord(point.lat, point.lon) })))));
  }
  return nodes;
}

function section(heading, ...content) {
  return make("section", null, make("h3", null, heading), ...content);
}

const MOST_MENTIONS = 200; // on one card

// The shown mentions of a place; of a place that no report mentions there is one row that only stands for it.
async function toldMentions(store, i) {
  const shown = store.mentionsOf(i).filter((m) => store.mentionShown[m] && store.word("mentions", "kind", m) !== "silent");
  return { mentions: await Promise.all(shown.slice(0, MOST_MENTIONS).map((m) => toldMention(store, m))), more: Math.max(0, shown.length - MOST_MENTIONS) };
}

function losersSection(store, i, lost) {
  const button = make("button", { type: "button", class: "plain" });
  const tell = () => {
    const on = store.losers.of === i;
    button.textContent = t(on ? "card.lost.hide" : "card.lost.show");
    button.setAttribute("aria-pressed", on ? "true" : "false");
  };
  button.addEventListener("click", () => {
    store.change(() => { store.losers.of = store.losers.of === i ? -1 : i; }, "losers");
    tell();
  });
  tell();
  return section(t("card.lost"), candidateTable(lost), button);
}

async function cardContent(store, i, openReport) {
  const place = await store.detail("places", i);
  const { mentions, more } = await toldMentions(store, i);
  const printed = (place.printed || []).length ? place.printed : [store.label(i)];
  const lost = new Map(mentions.flatMap((mention) => losersOf(place, mention)).map((candidate) => [candidate.place, candidate]));
  return [
    make("p", { class: "kicker" }, placeGlyphs(store, i), [place.feature, store.roleWord(i)].filter(Boolean).join(" – ")),
    make("h2", { id: "card-title" }, joined(printed.map((name) => bdi(name)), " / ")),
    make("p", { class: "deck" }, [place.shape ? t("card.words") : place.printed ? t("card.printed") : "", place.contested ? t("card.differently") : ""].filter(Boolean).join(". ")),
    section(t(store.isListed(i) ? "card.listed" : "card.says"), datedClaims(store, mentions, i, openReport),
      more ? make("p", { class: "faint" }, t("card.further", { n: more })) : ""),
    place.shape || !place.names ? null : section(t("card.names"), allonymList(store, place)),
    section(t("card.where"), certainty(store, place, mentions)),
    lost.size ? losersSection(store, i, Array.from(lost.values())) : null,
  ].filter(Boolean);
}

function createCard(store, closed, openReport) {
  const card = byId("card");
  const body = byId("card-body");
  let opening = -1;
  byId("card-close").addEventListener("click", () => closed());
  return {
    async open(i, focus) {
      opening = i;
      if (store.losers.of >= 0 && store.losers.of !== i) store.change(() => { store.losers.of = -1; }, "losers");
      const content = await cardContent(store, i, openReport);
      if (opening !== i) return; // another place was chosen, or none, while this one's details were read
      body.replaceChildren(...content);
      card.hidden = false;
      body.scrollTop = 0;
      document.body.classList.add("card-open");
      if (focus) card.focus();
    },
    close() {
      opening = -1;
      if (store.losers.of >= 0) store.change(() => { store.losers.of = -1; }, "losers");
      card.hidden = true;
      document.body.classList.remove("card-open");
    },
    isOpen: () => !card.hidden,
  };
}
