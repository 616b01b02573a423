// What the map could not place, and how it was made.

function unplacedItem(store, mention) {
  const report = store.data.reports[mention.report] || {};
  const kind = KIND_WORDS.get(mention.kind) || STATUS_WORDS.get(mention.status) || "";
  return make("li", null,
    make("h3", null, bdi(mention.text), make("span", { class: "tag" }, kind)),
    mention.why ? make("p", null, bdi(mention.why)) : null,
    mention.quote ? make("blockquote", null, marked(mention.quote, mention.quote_start, mention.quote_end, report.language)) : null,
    (mention.candidates || []).length
      ? make("details", null, make("summary", null, `${plural(mention.candidates.length, "candidate", "candidates")}, none chosen`), candidateTable(mention.candidates))
      : null,
    reportLine(store, mention.report));
}

function fillUnplaced(store) {
  const open = store.data.mentions.filter((mention) => mention.place === null || mention.place === undefined);
  const places = open.filter((mention) => !KIND_WORDS.has(mention.kind) && mention.status !== "resolved");
  const others = open.filter((mention) => KIND_WORDS.has(mention.kind) || mention.status === "resolved");
  byId("unplaced-count").textContent = places.length.toLocaleString("en");
  const list = (mentions) => make("ul", { class: "unplaced" }, mentions.map((mention) => unplacedItem(store, mention)));
  byId("unplaced").replaceChildren(
    make("p", { class: "deck" }, places.length ? "Names that could not be put on the map, with the reason."
      : store.count ? "Every place name that was found is on the map." : "No place name was found."),
    places.length ? list(places) : "",
    others.length ? make("details", null, make("summary", null, `${plural(others.length, "other mention", "other mentions")}: peoples, institutions, places without a marker`), list(others)) : "",
  );
}

function definition(term, ...content) {
  return content.flat().filter(Boolean).length ? [make("dt", null, term), make("dd", null, ...content)] : [];
}

// One line a report; the rows of a table that lists places are counted together.
function reportLines(reports) {
  const tables = new Map();
  reports.filter((report) => report.listed).forEach(({ source, id }) => tables.set(source || id, (tables.get(source || id) || 0) + 1));
  const told = reports.filter((report) => !report.listed).map((report) => joined([bdi(report.title || report.id),
    report.source ? bdi(report.source) : "", report.published, report.url ? link(report.url, "open the report") : ""].filter(Boolean), " · "));
  const listed = Array.from(tables, ([source, count]) => [bdi(source), ` · ${plural(count, "listed row", "listed rows")}`]);
  return make("ul", null, [...told, ...listed].map((line) => make("li", null, line)));
}

function readWord({ reports, mentions, places }) {
  const rows = reports.filter((report) => report.listed).length;
  const texts = reports.length - rows;
  return [texts || !rows ? plural(texts, "report", "reports") : "", rows ? plural(rows, "listed row", "listed rows") : "",
    plural(mentions.length, "mention", "mentions"), plural(places.length, "place", "places")].filter(Boolean).join(", ");
}

function fillMethod(store, notes, contested) {
  const { meta, reports } = store.data;
  const sources = (meta.sources || []).map((source) => make("li", null, link(source.url, source.name), source.licence ? ` – ${source.licence}` : ""));
  const cited = Array.from(store.sources, ([id, source]) => make("li", null, make("cite", null, id), " ", link(source.url, source.citation || id),
    source.licence ? ` – ${source.licence}` : ""));
  const versions = Object.entries(meta.versions || {}).map(([name, version]) => `${name} ${version}`).join(", ");
  byId("method").replaceChildren(make("dl", null,
    definition("What was read", `${readWord(store.data)}.`),
    definition("Reports", reports.length ? reportLines(reports) : null),
    definition("Names", meta.policy_text || meta.policy || "As printed."),
    definition("Boundaries", meta.boundaries || ""),
    definition("Contested areas in view", contested.length
      ? make("ul", null, contested.map((area) => make("li", null, make("strong", null, bdi(area.name)), `: ${area.drawn} `, make("cite", null, area.source)))) : null),
    definition("Claims", "The map shows what each side says. It does not say who is right."),
    definition("Data and licences", sources.length ? make("ul", null, sources) : null),
    definition("Records cited on the cards", cited.length ? make("ul", null, cited) : null),
    definition("Notes", [...(meta.notes || []), ...notes].length ? make("ul", null, [...(meta.notes || []), ...notes].map((note) => make("li", null, bdi(note)))) : null),
    definition("Made with", [meta.generator, versions].filter(Boolean).join("; ")),
    definition("Built", meta.built || "")));
}
