// What the map could not place, and how it was made.

function unplacedItem(store, mention) {
  const report = mention.from || {};
  const kind = KIND_WORDS.get(mention.kind) || STATUS_WORDS.get(mention.status) || "";
  return make("li", null,
    make("h3", null, bdi(mention.text), make("span", { class: "tag" }, kind)),
    mention.why ? make("p", null, bdi(mention.why)) : null,
    mention.quote ? make("blockquote", null, marked(mention.quote, mention.quote_start || 0, mention.quote_end || 0, report.language)) : null,
    (mention.candidates || []).length
      ? make("details", null, make("summary", null, `${plural(mention.candidates.length, "candidate", "candidates")}, none chosen`), candidateTable(mention.candidates))
      : null,
    reportLine(mention));
}

const MOST_UNPLACED = 500; // items written out

async function fillUnplaced(store) {
  const from = store.mentionStart[store.count];
  const open = Array.from({ length: store.mentionCount - from }, (_, n) => from + n);
  const isPlace = (m) => !KIND_WORDS.has(store.word("mentions", "kind", m)) && store.word("mentions", "status", m) !== "resolved";
  const places = open.filter(isPlace);
  const others = open.filter((m) => !isPlace(m));
  byId("unplaced-count").textContent = places.length.toLocaleString("en");
  const list = async (rows) => {
    const told = await Promise.all(rows.slice(0, MOST_UNPLACED).map((m) => toldMention(store, m)));
    return [make("ul", { class: "unplaced" }, told.map((mention) => unplacedItem(store, mention))),
      rows.length > MOST_UNPLACED ? make("p", { class: "faint" }, `${(rows.length - MOST_UNPLACED).toLocaleString("en")} more`) : ""];
  };
  byId("unplaced").replaceChildren(
    make("p", { class: "deck" }, places.length ? "Names that could not be put on the map, with the reason."
      : store.count ? "Every place name that was found is on the map." : "No place name was found."),
    ...(places.length ? await list(places) : []),
    others.length ? make("details", null, make("summary", null, `${plural(others.length, "other mention", "other mentions")}: peoples, institutions, places without a marker`), ...await list(others)) : "",
  );
}

function definition(term, ...content) {
  return content.flat().filter(Boolean).length ? [make("dt", null, term), make("dd", null, ...content)] : [];
}

// One line a report; the rows of a table that lists places are counted together.
async function reportLines(store) {
  const { count, columns } = store.tables.reports;
  const listed = columns.get("listed");
  const tables = new Map();
  const told = [];
  for (let r = 0; r < count; r += 1) {
    if (listed && listed[r]) {
      const source = store.word("reports", "source", r) || (await store.detail("reports", r)).id;
      tables.set(source, (tables.get(source) || 0) + 1);
    } else if (told.length < MOST_UNPLACED) {
      const report = await store.detail("reports", r);
      told.push(joined([bdi(report.title || report.id), report.source ? bdi(report.source) : "", report.published,
        report.url ? link(report.url, "open the report") : ""].filter(Boolean), " · "));
    }
  }
  const rows = Array.from(tables, ([source, number]) => [bdi(source), ` · ${plural(number, "listed row", "listed rows")}`]);
  return make("ul", null, [...told, ...rows].map((line) => make("li", null, line)));
}

function countOf(column, value) {
  let found = 0;
  for (let i = 0; column && i < column.length; i += 1) if (column[i] === value) found += 1;
  return found;
}

function readWord(store) {
  const reports = store.tables.reports;
  const rows = countOf(reports.columns.get("listed"), 1);
  const texts = reports.count - rows;
  const mentions = store.mentionCount - countOf(store.tables.mentions.columns.get("again"), 1);
  return [texts || !rows ? plural(texts, "report", "reports") : "", rows ? plural(rows, "listed row", "listed rows") : "",
    plural(mentions, "mention", "mentions"), plural(store.count, "place", "places")].filter(Boolean).join(", ");
}

async function fillMethod(store, notes, contested) {
  const { meta } = store.head;
  const sources = (meta.sources || []).map((source) => make("li", null, link(source.url, source.name), source.licence ? ` – ${source.licence}` : ""));
  const cited = Array.from(store.sources, ([id, source]) => make("li", null, make("cite", null, id), " ", link(source.url, source.citation || id),
    source.licence ? ` – ${source.licence}` : ""));
  const versions = Object.entries(meta.versions || {}).map(([name, version]) => `${name} ${version}`).join(", ");
  byId("method").replaceChildren(make("dl", null,
    definition("What was read", `${readWord(store)}.`),
    definition("Reports", store.tables.reports.count ? await reportLines(store) : null),
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
