// What a mention says, who says it and where it stands: the same lines in the card, in the list of reports and in a report.

// All that is told of a row of the mentions, its report among it.
async function toldMention(store, m) {
  const told = await store.detail("mentions", m);
  const known = Number.isInteger(told.report) && told.report < store.tables.reports.count;
  return { ...told, row: m, claimants: told.claimants || [], events: told.events || [], flags: told.flags || [], from: known ? await store.detail("reports", told.report) : null };
}

// Where a mention stands: its report, or for a mention without one what it tells itself.
function reportLine(mention) {
  const report = mention.from || { source: mention.outlet, published: mention.date || dateWord(mention), url: mention.url, title: "", id: "" };
  const parts = [bdi(report.source || report.id || ""), report.published ? timeNode(report.published) : "", report.title && !report.url ? bdi(report.title) : "", report.url ? addressLine(report.url) : ""];
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
  const what = events.length ? listWord(events) : t("card.noevent");
  const told = saying.length ? tNodes("card.according", { who: names(saying), what })
    : denying.length ? tNodes("card.denied", { who: names(denying), what }) : tNodes("card.reported", { what });
  return make("p", { class: "says" }, told, mention.date ? [" (", timeNode(mention.date), ")"] : "",
    saying.length && denying.length ? make("span", null, tNodes("card.and.denied", { who: names(denying) })) : "");
}

function cueLine(store, mention) {
  const cues = mention.cues || [];
  if (!cues.length) return null;
  const about = (cue) => `(${codeWord("about", cue.about)}: ${cue.about === "claimant" ? store.partyName(cue.value) : eventWord(cue.value)})`;
  const told = cues.map((cue) => make("span", null, make("q", null, bdi(cue.text)), " ", make("span", { class: "faint" }, about(cue))));
  return make("p", { class: "evidence" }, tNodes("card.cues", { cues: joined(told, ", ") }));
}

// Each number stays with whoever gives it; nothing is added up.
function numbersLine(store, mention) {
  const numbers = (mention.casualties || []).map((one) => {
    const who = (one.claimants || []).map((id) => store.partyName(id));
    const told = casualtiesWord(one.kind, one.count);
    return make("li", null, who.length ? tNodes("card.source.some", { numbers: told, who: bdi(listWord(who)) }) : t("card.source.none", { numbers: told }));
  });
  return numbers.length ? make("ul", { class: "numbers" }, numbers) : null;
}

function accusedLine(store, mention) {
  const accusing = (mention.statements || []).filter((one) => one.stance === "accuse" && one.accused.length);
  return accusing.map((one) => make("p", { class: "says" },
    tNodes("card.accuses", { who: bdi(store.partyName(one.party)), whom: bdi(listWord(one.accused.map((id) => store.partyName(id)))) })));
}

// What the words tell of where a site lies, for the place that they start from and for the site itself.
function relationLine(mention, i) {
  const shape = mention.shape;
  if (shape && shape.named) return make("p", { class: "evidence" }, tNodes("card.puts", { words: bdi(shape.text) }));
  if (shape && shape.site === i) return null;
  const words = shape ? shape.text : mention.relation;
  return words ? make("p", { class: "evidence" }, tNodes("card.locates", { words: bdi(words) })) : null;
}

// What is marked in a quotation: the name, or the words for a place without one.
function quotedSpan(mention, i) {
  const own = mention.shape && mention.shape.site === i && !mention.shape.named && mention.quote_words;
  return own || [mention.quote_start || 0, mention.quote_end || 0];
}

function quotation(mention, i) {
  const report = mention.from || {};
  if (report.listed || !(mention.quote || mention.image)) return null;
  const words = mention.quote || "";
  return make("blockquote", null, words ? marked(words, ...quotedSpan(mention, i), report.language) : "", mention.image ? picture(mention.image) : "");
}

// What a mention says of place i, without where it stands. What quotes the report is covered where it is flagged.
function mentionLines(store, mention, i) {
  return [
    saidBy(store, mention),
    accusedLine(store, mention),
    numbersLine(store, mention),
    covered(store, `mention ${mention.row}`, mention.flags, () => [quotation(mention, i), relationLine(mention, i), cueLine(store, mention)]),
  ];
}
