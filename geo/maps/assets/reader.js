// A report as a view of its own: all of its places are marked, and each mark opens its place.

// The rows of a report's mentions, each mention once.
function mentionsOfReport(store, r) {
  const { columns } = store.tables.mentions;
  const [report, again] = [columns.get("report"), columns.get("again")];
  const rows = [];
  for (let m = 0; m < store.mentionCount; m += 1) if (report[m] === r && !(again && again[m])) rows.push(m);
  return rows;
}

// What is quoted of a report without its whole text: each sentence once, with all that is marked in it.
function quotedSentences(mentions) {
  const sentences = new Map();
  mentions.forEach((mention) => {
    if (!mention.quote) return;
    if (!sentences.has(mention.quote)) sentences.set(mention.quote, { text: mention.quote, start: mention.start, mentions: [] });
    sentences.get(mention.quote).mentions.push(mention);
  });
  return Array.from(sentences.values()).sort((a, b) => a.start - b.start);
}

// A text as paragraphs: the browser lays out those that are near.
function paragraphs(nodes) {
  const found = [[]];
  nodes.forEach((node) => {
    if (typeof node !== "string") {
      found[found.length - 1].push(node);
      return;
    }
    node.split(/\n\s*\n/).forEach((piece, n) => (n ? found.push([piece]) : found[found.length - 1].push(piece)));
  });
  return found.filter((parts) => parts.some((part) => typeof part !== "string" || part.trim())).map((parts) => make("p", { dir: "auto" }, parts));
}

function createReader(store, { choose, point, closed }) {
  const view = byId("reader");
  let current = -1; // the report
  let marks = []; // [row of a mention, its element]

  const placed = (mention) => store.mentionPlace[mention.row] >= 0;

  function markOf(mention) {
    return (words) => {
      const i = store.mentionPlace[mention.row];
      const node = placed(mention)
        ? make("mark", { role: "button", tabindex: "0", class: "place-mark", title: store.label(i) }, words) // unlike a button it breaks with its line
        : make("mark", { class: "unplaced", title: [t("reader.unplaced"), mention.why].filter(Boolean).join(": ") }, words);
      if (placed(mention)) node.addEventListener("click", () => choose(i));
      node.dataset.row = mention.row;
      marks.push([mention.row, node]);
      return node;
    };
  }

  function body(report, mentions) {
    marks = [];
    if (report.text) return [...paragraphs(markedParts(report.text, mentions.map((mention) => ({ start: mention.start, end: mention.end, node: markOf(mention) }))))];
    const sentences = quotedSentences(mentions);
    if (!sentences.length) return [make("p", { class: "faint" }, t("reader.names")), make("ul", null, mentions.map((mention) => make("li", null, markOf(mention)(mention.text || ""))))];
    return [make("p", { class: "faint" }, t("reader.extracts")), ...sentences.map((sentence) => make("p", { class: "extract", dir: "auto" },
      markedParts(sentence.text, sentence.mentions.map((mention) => ({ start: mention.quote_start, end: mention.quote_end, node: markOf(mention) })))))];
  }

  function scrollTo(row) {
    const found = marks.find(([m]) => m === row);
    if (!found) return;
    marks.forEach(([m, node]) => node.classList.toggle("current", m === row));
    showInPanel(found[1], byId("tabs").offsetHeight + 60);
  }

  async function open(r, row) {
    current = r;
    const report = await store.detail("reports", r);
    const rows = mentionsOfReport(store, r);
    const mentions = (await Promise.all(rows.map((m) => store.detail("mentions", m)))).map((mention, n) => ({ ...mention, row: rows[n] }));
    if (current !== r) return;
    const flags = Array.from(new Set([...(report.flags || []), ...mentions.flatMap((mention) => mention.flags || [])]));
    const count = mentions.filter(placed).length;
    const back = make("button", { type: "button", class: "plain", id: "reader-back" }, "← ", t("reader.back"));
    back.addEventListener("click", () => reader.close());
    view.replaceChildren(back,
      make("h2", { tabindex: "-1" }, bdi(report.title || report.source || report.id || "")),
      make("p", { class: "byline" }, joined([bdi(report.source || ""), dayText(report.published || ""), report.url ? addressLine(report.url) : ""].filter((part) => part && part.textContent !== ""), " · ")),
      make("p", { class: "faint" }, t("reader.marks", { n: count })),
      report.image ? picture(report.image) : "",
      covered(store, `report ${r}`, flags, () => make("div", { class: "report-text", lang: report.language || null }, body(report, mentions))));
    view.hidden = false;
    byId("text-list").hidden = true;
    view.querySelector("h2").focus({ preventScroll: true });
    showFromTop();
    if (row !== undefined) scrollTo(row);
  }

  view.addEventListener("keydown", (event) => {
    if (!event.target.matches(".place-mark") || ![" ", "Enter"].includes(event.key)) return;
    event.preventDefault();
    event.target.click();
  });
  view.addEventListener("pointerover", (event) => point(placeAt(event)));
  view.addEventListener("pointerleave", () => point(-1));
  view.addEventListener("focusin", (event) => point(placeAt(event)));
  view.addEventListener("focusout", () => point(-1));

  function placeAt(event) {
    const node = event.target.closest("[data-row]");
    return node ? store.mentionPlace[Number(node.dataset.row)] : -1;
  }

  const reader = {
    open,
    close() {
      current = -1;
      view.hidden = true;
      view.replaceChildren();
      byId("text-list").hidden = false;
      closed();
    },
    isOpen: () => current >= 0,
    // The first mark of place i; false where the report names it nowhere.
    reveal(i) {
      const found = marks.find(([m]) => store.mentionPlace[m] === i);
      if (found) scrollTo(found[0]);
      return Boolean(found);
    },
  };
  return reader;
}
