// The name card of a place: names as printed, every allonym with its user, who claims what, and how sure the point is.

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

function allonymList(store, place) {
  const names = place.names || [];
  const rows = names.filter((name) => !isSpelling(name)).map((name) => {
    const user = name.party ? bdi(store.partyName(name.party)) : "user not recorded";
    const source = sourceNodes(store, name.source);
    return make("li", null,
      make("strong", null, bdi(name.toponym, name.lang)),
      make("span", { class: "faint" }, [languageWord(name.lang), name.kind].filter(Boolean).join(", ")),
      make("span", { class: "use" }, joined([user, periodWord(name.from, name.to), source.length ? make("span", null, source) : ""].filter(Boolean), " · ")));
  });
  if (!names.length) return make("p", { class: "faint" }, "No other name is recorded.");
  return make("ul", { class: "allonyms" }, rows, furtherSpellings(store, names.filter(isSpelling)));
}

// Where a mention stands: its report, or for a mention without one what it tells itself.
function reportLine(mention) {
  const report = mention.from || { source: mention.outlet, published: mention.date || dateWord(mention), url: mention.url, title: "", id: "" };
  const parts = [bdi(report.source || report.id || ""), report.published, report.url ? link(report.url, "report") : report.title ? bdi(report.title) : ""];
  const told = parts.filter((part) => part && part.textContent !== "");
  return told.length ? make("p", { class: "byline" }, joined(told, " · ")) : null;
}

// "According to X: shelling; denied by Y": who denies is told apart from who says.
function saidBy(store, mention) {
  const denying = (mention.statements || []).filter((one) => one.stance === "deny" && one.party).map((one) => one.party);
  const names = (ids) => make("strong", null, bdi(listWord(Array.from(new Set(ids), (id) => store.partyName(id)))));
  const saying = mention.claimants.filter((id) => !denying.includes(id));
  const events = mention.events.filter((event) => !denying.length || event !== DENIAL).map(eventWord);
  if (!saying.length && !denying.length && !events.length) return null;
  const who = saying.length ? make("span", null, "According to ", names(saying))
    : denying.length ? make("span", null, "Denied by ", names(denying)) : make("strong", null, "Reported");
  return make("p", { class: "says" }, who,
    `: ${events.length ? listWord(events) : "named, no event recognised"}`, mention.date ? [" (", make("time", null, mention.date), ")"] : "",
    saying.length && denying.length ? make("span", null, "; denied by ", names(denying)) : "");
}

function cueLine(store, mention) {
  const cues = mention.cues || [];
  if (!cues.length) return null;
  return make("p", { class: "evidence" }, "On the words ", joined(cues.map((cue) => make("span", null,
    "“", bdi(cue.text), "” ", make("span", { class: "faint" }, `(${eventWord(cue.about)}: ${cue.about === "claimant" ? store.partyName(cue.value) : eventWord(cue.value)})`))), ", "));
}

// Each number stays with whoever gives it; nothing is added up.
function numbersLine(store, mention) {
  const numbers = (mention.casualties || []).map((one) => {
    const who = (one.claimants || []).map((id) => store.partyName(id));
    return make("li", null, `${countWord(one.count)} ${eventWord(one.kind)}`, who.length ? [", according to ", bdi(listWord(who))] : ", no source named");
  });
  return numbers.length ? make("ul", { class: "numbers" }, numbers) : null;
}

function accusedLine(store, mention) {
  const accusing = (mention.statements || []).filter((one) => one.stance === "accuse" && one.accused.length);
  return accusing.map((one) => make("p", { class: "says" }, bdi(store.partyName(one.party)), " accuses ",
    bdi(listWord(one.accused.map((id) => store.partyName(id)))), "."));
}

// A report that several outlets print is one claim with several sources.
function claimBlocks(store, mentions, i) {
  const printed = new Map();
  const blocks = mentions.map((mention) => {
    if (mention.claim && printed.has(mention.claim)) {
      printed.get(mention.claim).append(reportLine(mention) || "");
      return null;
    }
    const block = mentionBlock(store, mention, i);
    if (mention.claim) printed.set(mention.claim, block);
    return block;
  });
  return blocks.filter(Boolean);
}

// What the words tell of where a site lies, for the place that they start from and for the site itself.
function relationLine(mention, i) {
  const shape = mention.shape;
  if (shape && shape.named) return make("p", { class: "evidence" }, "The report puts it “", bdi(shape.text), "”");
  if (shape && shape.site === i) return null;
  const words = shape ? shape.text : mention.relation;
  return words ? make("p", { class: "evidence" }, "Locates another place: “", bdi(words), "”") : null;
}

// What is marked in a quotation: the name, or the words for a place without one.
function quotedSpan(mention, i) {
  const own = mention.shape && mention.shape.site === i && !mention.shape.named && mention.quote_words;
  return own || [mention.quote_start || 0, mention.quote_end || 0];
}

function mentionBlock(store, mention, i) {
  const report = mention.from || {};
  return make("li", null,
    saidBy(store, mention),
    accusedLine(store, mention),
    numbersLine(store, mention),
    mention.quote && !report.listed ? make("blockquote", null, marked(mention.quote, ...quotedSpan(mention, i), report.language)) : null,
    relationLine(mention, i),
    cueLine(store, mention),
    reportLine(mention));
}

function losers(place, mention) {
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

// All that is told of a row of the mentions, its report among it.
async function toldMention(store, m) {
  const told = await store.detail("mentions", m);
  const known = Number.isInteger(told.report) && told.report < store.tables.reports.count;
  return { ...told, claimants: told.claimants || [], events: told.events || [], from: known ? await store.detail("reports", told.report) : null };
}

const MOST_MENTIONS = 200; // on one card

// The shown mentions of a place; of a place that no report mentions there is one row that only stands for it.
async function toldMentions(store, i) {
  const shown = store.mentionsOf(i).filter((m) => store.mentionShown[m] && store.word("mentions", "kind", m) !== "silent");
  return { mentions: await Promise.all(shown.slice(0, MOST_MENTIONS).map((m) => toldMention(store, m))), more: Math.max(0, shown.length - MOST_MENTIONS) };
}

async function cardContent(store, i) {
  const place = await store.detail("places", i);
  const { mentions, more } = await toldMentions(store, i);
  const printed = (place.printed || []).length ? place.printed : [store.label(i)];
  const lost = new Map(mentions.flatMap((mention) => losers(place, mention)).map((candidate) => [candidate.place, candidate]));
  return [
    make("p", { class: "kicker" }, placeGlyphs(store, i), [place.feature, store.roleWord(i)].filter(Boolean).join(" – ")),
    make("h2", { id: "card-title" }, joined(printed.map((name) => bdi(name)), " / ")),
    make("p", { class: "deck" }, place.shape ? "The report's words for a place that it does not name" : "Name as printed", place.contested ? ". The sides name this place differently." : ""),
    section(store.isListed(i) ? "Where it is listed" : "Who says what", make("ol", { class: "mentions" }, claimBlocks(store, mentions, i)),
      more ? make("p", { class: "faint" }, `${plural(more, "further report", "further reports")} of this place`) : ""),
    place.shape ? null : section("All names", allonymList(store, place)),
    section("Where, and how sure", certainty(store, place, mentions)),
    lost.size ? section("Places of that name that lost", candidateTable(Array.from(lost.values()))) : null,
  ].filter(Boolean);
}

function createCard(store, closed) {
  const card = byId("card");
  const body = byId("card-body");
  let opening = -1;
  byId("card-close").addEventListener("click", () => closed());
  return {
    async open(i, focus) {
      opening = i;
      const content = await cardContent(store, i);
      if (opening !== i) return; // another place was chosen, or none, while this one's details were read
      body.replaceChildren(...content);
      card.hidden = false;
      body.scrollTop = 0;
      document.body.classList.add("card-open");
      if (focus) card.focus();
    },
    close() {
      opening = -1;
      card.hidden = true;
      document.body.classList.remove("card-open");
    },
    isOpen: () => !card.hidden,
  };
}
