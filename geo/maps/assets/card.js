// The name card of a place: names as printed, every allonym with its user and its time, who claims what, and how sure the point is.

function sourceNodes(store, cell) {
  const records = String(cell || "").split(";").map((record) => record.trim()).filter(Boolean);
  return joined(records.map((record) => {
    if (record === "unverified") return make("span", { class: "faint" }, "unverified");
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
    make("span", { class: "use" }, make("span", { class: "faint" }, "Also spelt, user not recorded: "),
      joined(group.map((name) => make("span", null, bdi(name.toponym, name.lang),
        name.lang ? make("span", { class: "faint" }, ` ${languageWord(name.lang)}`) : null)), ", "),
      " · ", sourceNodes(store, source))));
}

function nameItem(store, name) {
  const source = sourceNodes(store, name.source);
  return make("li", null,
    make("strong", null, bdi(name.toponym, name.lang)),
    make("span", { class: "faint" }, [languageWord(name.lang), name.kind].filter(Boolean).join(", ")),
    make("span", { class: "use" }, joined([periodWord(name.from, name.to), source.length ? make("span", null, source) : ""].filter(Boolean), " · ")));
}

// Every name under whoever uses it.
function allonymList(store, place) {
  const names = place.names || [];
  if (!names.length) return make("p", { class: "faint" }, say("card.names.none"));
  const users = new Map();
  names.filter((name) => !isSpelling(name)).forEach((name) => users.set(name.party || "", [...(users.get(name.party || "") || []), name]));
  const known = Array.from(users).sort(([a], [b]) => (a ? 0 : 1) - (b ? 0 : 1));
  const groups = known.map(([party, own]) => make("li", { class: "user" },
    make("h4", null, party ? bdi(store.partyName(party)) : say("card.names.user")), make("ul", { class: "allonyms" }, own.map((name) => nameItem(store, name)))));
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
  const button = make("button", { type: "button", class: "textual" }, say("card.report"));
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
  return Array.from(byDay, ([day, some]) => [make("h4", { class: "day" }, day ? make("time", null, day) : say("card.undated")), list(some)]);
}

function losersOf(place, mention) {
  if (place.shape) return [];
  return (mention.candidates || []).filter((candidate) => candidate.place !== place.id);
}

function candidateTable(candidates) {
  return make("div", { class: "table" }, make("table", null,
    make("thead", null, make("tr", null, ["Place", "Score", "Away"].map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", null, candidates.map((candidate) => make("tr", null,
      make("th", { scope: "row" }, bdi(candidate.name || candidate.place),
        make("span", { class: "line faint" }, coordinateWord(candidate.lat, candidate.lon))),
      make("td", null, Number(candidate.score).toFixed(2)),
      make("td", null, Number.isFinite(candidate.distance_km) ? distanceWord(candidate.distance_km * 1000) : "–"))))));
}

// How to read the shape of a site that has no name on the map.
function shapeWord(store, place) {
  const { kind, of } = place.shape;
  return [make("p", null, `No name on the map: the report's words tell where it is. They mean somewhere in ${SHAPE_WORDS.get(kind) || "the shaded shape"}, reckoned from `,
    of.length ? listWord(of.map((n) => store.label(n))) : "the places named",
    `; all of it lies within about ${distanceWord(place.precision_m)} of the sign.`),
  make("p", null, "The sign stands at ", make("span", { class: "figure" }, coordinateWord(place.lat, place.lon)), ".")];
}

function certainty(store, place, mentions) {
  const nodes = place.shape ? shapeWord(store, place) : [make("p", null, make("span", { class: "figure" }, coordinateWord(place.lat, place.lon)),
    place.precision_m > 0 ? `, within about ${distanceWord(place.precision_m)}` : "", " ", sourceNodes(store, place.source))];
  if (Number.isFinite(place.confidence)) {
    nodes.push(make("p", null, `That ${place.shape ? "the place it is reckoned from" : "this place"} is meant is ${confidenceWord(place.confidence)} (${place.confidence > 0.995 ? "over 0.99" : place.confidence.toFixed(2)}).`));
  }
  const reasons = new Set(mentions.map(({ why }) => why).filter(Boolean));
  if (reasons.size) nodes.push(make("ul", null, Array.from(reasons, (why) => make("li", null, bdi(why)))));
  if ((place.points || []).length) {
    nodes.push(make("p", null, "Sources disagree on the point:"), make("ul", null, place.points.map((point) => make("li", null,
      sourceNodes(store, point.source), ` puts it ${distanceWord(point.distance_km * 1000)} away, at ${coordinateWord(point.lat, point.lon)}`))));
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
    button.textContent = say(on ? "card.losers.hide" : "card.losers.show");
    button.setAttribute("aria-pressed", on ? "true" : "false");
  };
  button.addEventListener("click", () => {
    store.change(() => { store.losers.of = store.losers.of === i ? -1 : i; }, "losers");
    tell();
  });
  tell();
  return section(say("card.losers"), candidateTable(lost), button);
}

async function cardContent(store, i, openReport) {
  const place = await store.detail("places", i);
  const { mentions, more } = await toldMentions(store, i);
  const printed = (place.printed || []).length ? place.printed : [store.label(i)];
  const lost = new Map(mentions.flatMap((mention) => losersOf(place, mention)).map((candidate) => [candidate.place, candidate]));
  return [
    make("p", { class: "kicker" }, placeGlyphs(store, i), [place.feature, store.roleWord(i)].filter(Boolean).join(" – ")),
    make("h2", { id: "card-title" }, joined(printed.map((name) => bdi(name)), " / ")),
    make("p", { class: "deck" }, place.shape ? "The report's words for a place that it does not name" : place.printed ? "Name as printed" : "", place.contested ? ". The sides name this place differently." : ""),
    section(say(store.isListed(i) ? "card.claims.listed" : "card.claims"), datedClaims(store, mentions, i, openReport),
      more ? make("p", { class: "faint" }, `${plural(more, "further report", "further reports")} of this place`) : ""),
    place.shape || !place.names ? null : section(say("card.names"), allonymList(store, place)),
    section(say("card.sure"), certainty(store, place, mentions)),
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
