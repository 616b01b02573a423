// What the map could not place, and how it was made.

function unplacedItem(store, mention) {
  const kind = unplacedWord(mention);
  return make("li", null,
    make("h2", null, bdi(mention.text), make("span", { class: "tag" }, kind)),
    mention.why ? make("p", null, bdi(mention.why, DATA_LANGUAGE)) : null,
    covered(store, `mention ${mention.row}`, mention.flags, () => quotation(mention, -1)),
    (mention.candidates || []).length
      ? make("details", null, make("summary", null, t("candidates.none", { n: mention.candidates.length })), candidateTable(mention.candidates))
      : null,
    reportLine(mention));
}

const MOST_UNPLACED = 500; // items written out

async function fillUnplaced(store) {
  const from = store.mentionStart[store.count];
  const open = Array.from({ length: store.mentionCount - from }, (_, n) => from + n);
  const isPlace = (m) => !hasText(`kind.${store.word("mentions", "kind", m)}`) && store.word("mentions", "status", m) !== "resolved";
  const places = open.filter(isPlace);
  const others = open.filter((m) => !isPlace(m));
  byId("unplaced-count").textContent = numberWord(places.length);
  const list = async (rows) => {
    const told = await Promise.all(rows.slice(0, MOST_UNPLACED).map((m) => toldMention(store, m)));
    return [make("ul", { class: "unplaced" }, told.map((mention) => unplacedItem(store, mention))),
      rows.length > MOST_UNPLACED ? make("p", { class: "faint" }, t("unplaced.more", { n: rows.length - MOST_UNPLACED })) : ""];
  };
  byId("unplaced").replaceChildren(
    make("p", { class: "deck" }, t(places.length ? "unplaced.some" : store.count ? "unplaced.none" : "unplaced.nothing")),
    ...(places.length ? await list(places) : []),
    others.length ? make("details", null, make("summary", null, t("unplaced.others", { n: others.length })), ...await list(others)) : "",
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
      told.push(joined([bdi(report.title || report.id), report.source ? bdi(report.source) : "", report.published ? timeNode(report.published) : "",
        report.url ? addressLine(report.url) : ""].filter(Boolean), " · "));
    }
  }
  const rows = Array.from(tables, ([source, number]) => [bdi(source), ` · ${t("count.rows", { n: number })}`]);
  return make("ul", null, [...told, ...rows].map((line) => make("li", null, line)));
}

function countOf(column, value) {
  let found = 0;
  for (let i = 0; column && i < column.length; i += 1) if (column[i] === value) found += 1;
  return found;
}

// How many mentions have each word of a column, each mention counted once.
function tally(store, key) {
  const { columns } = store.tables.mentions;
  const [column, again] = [columns.get(key), columns.get("again")];
  if (!column) return new Map();
  const { values, starts, codes } = column;
  const counts = new Uint32Array(values.length + 1);
  for (let m = 0; m < store.mentionCount; m += 1) {
    if (again && again[m]) continue;
    if (!starts) counts[codes[m]] += 1;
    else for (let k = starts[m]; k < starts[m + 1]; k += 1) counts[codes[k] + 1] += 1;
  }
  return new Map(values.map((word, code) => [word, counts[code + 1]]).filter(([, count]) => count));
}

function readWord(store) {
  const reports = store.tables.reports;
  const rows = countOf(reports.columns.get("listed"), 1);
  const texts = reports.count - rows;
  return [texts || !rows ? t("count.reports", { n: texts }) : "", rows ? t("count.rows", { n: rows }) : ""].filter(Boolean).join(", ");
}

function foundWord(store) {
  const mentions = store.mentionCount - countOf(store.tables.mentions.columns.get("again"), 1) - (tally(store, "kind").get("silent") || 0);
  const [status, kinds] = [tally(store, "status"), tally(store, "kind")];
  const others = Array.from(kinds).filter(([kind]) => hasText(`kind.${kind}`)).map(([kind, n]) => `${numberWord(n)} × ${t(`kind.${kind}`)}`);
  const open = ["unknown", "ambiguous"].filter((word) => status.has(word)).map((word) => `${numberWord(status.get(word))} ${t(`status.${word}`)}`);
  return { found: t("method.on.map", { mentions: t("count.mentions", { n: mentions }), places: t("count.places", { n: store.count }) }), open: [...open, ...others].join("; ") };
}

// What people decided: the name, what they took it for, and who says so, when and why.
async function decisionLines(store) {
  const { columns } = store.tables.mentions;
  const [decided, again] = [columns.get("decided"), columns.get("again")];
  const rows = [];
  for (let m = 0; decided && m < store.mentionCount; m += 1) if (decided[m] && !(again && again[m])) rows.push(m);
  const told = await Promise.all(rows.slice(0, MOST_UNPLACED).map((m) => toldMention(store, m)));
  const items = told.map((mention) => {
    const { place, who, when, reason } = mention.decided;
    const i = store.mentionPlace[mention.row];
    return make("li", null, make("strong", null, bdi(mention.text)), " → ", i >= 0 ? bdi(store.label(i)) : place === "-" ? t("method.decision.none") : bdi(place || ""),
      make("span", { class: "line faint" }, joined([who, when, reason].filter(Boolean).map((word) => bdi(word)), " · ")));
  });
  if (rows.length > MOST_UNPLACED) items.push(make("li", { class: "faint" }, t("unplaced.more", { n: rows.length - MOST_UNPLACED })));
  return items.length ? make("ul", null, items) : null;
}

function sourceItem(name, source) {
  return make("li", null, name, source.licence ? ` – ${source.licence}` : "", source.url ? make("span", { class: "line" }, addressLine(source.url)) : "");
}

async function fillMethod(store, notes, contested) {
  const { meta } = store.head;
  const sources = (meta.sources || []).map((source) => sourceItem(bdi(source.name || source.url || ""), source));
  const cited = Array.from(store.sources, ([id, source]) => sourceItem([make("cite", null, id), " ", bdi(source.citation || "")], source));
  const versions = Object.entries(meta.versions || {}).map(([name, version]) => `${name} ${version}`).join(", ");
  const { found, open } = foundWord(store);
  const flags = Array.from(tally(store, "flags"), ([flag, n]) => `${codeWord("flag", flag)} ${numberWord(n)}`);
  const told = [...(meta.notes || []), ...notes];
  byId("method").replaceChildren(make("dl", null,
    definition(t("method.read"), `${readWord(store)}.`),
    definition(t("method.found"), `${found}.`),
    definition(t("method.unresolved"), open),
    definition(t("method.decisions"), await decisionLines(store)),
    definition(t("method.reports"), store.tables.reports.count ? await reportLines(store) : null),
    definition(t("method.names"), meta.policy_text || labelWord(meta.policy || "printed")),
    definition(t("method.boundaries"), meta.boundaries || ""),
    definition(t("method.contested"), contested.length
      ? make("ul", null, contested.map((area) => make("li", null, make("strong", null, bdi(area.name)), `: ${area.drawn} `, make("cite", null, area.source)))) : null),
    definition(t("method.claims"), t("method.claims.text")),
    definition(t("method.flags"), flags.length ? t("method.flags.text", { list: flags.join(", ") }) : ""),
    definition(t("method.network"), t("method.network.text")),
    definition(t("method.data"), sources.length ? make("ul", null, sources) : null),
    definition(t("method.cited"), cited.length ? make("ul", null, cited) : null),
    definition(t("method.notes"), told.length ? make("ul", null, told.map((note) => make("li", null, bdi(note)))) : null),
    definition(t("method.made"), [meta.generator, versions].filter(Boolean).join("; ")),
    definition(t("method.built"), meta.built ? timeNode(meta.built) : t("method.built.none"))));
}
