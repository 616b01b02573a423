// The list of what the reports say: mention by mention, by place, by date or by report, tied to the map in both directions.

const TEXT_ORDERS = ["place", "date", "report"];

// Rows of mentions that stand in the list, in their order; a mention that is told of two places stands twice by place alone.
function mentionOrder(store, order) {
  const { columns } = store.tables.mentions;
  const [again, kind, report] = ["again", "kind", "report"].map((name) => columns.get(name));
  const silent = kind ? kind.values.indexOf("silent") + 1 : 0;
  const wanted = (m) => store.mentionPlace[m] >= 0 && !(silent && kind.codes[m] === silent);
  if (order === "place") {
    const rows = [];
    listOrder(store).forEach((i) => {
      for (let m = store.mentionStart[i]; m < store.mentionStart[i + 1]; m += 1) if (wanted(m)) rows.push(m);
    });
    return Uint32Array.from(rows);
  }
  const rows = Uint32Array.from({ length: store.mentionCount }, (_, m) => m).filter((m) => wanted(m) && !(again && again[m]));
  const rank = columns.get("order") || new Int32Array(store.mentionCount);
  const key = order === "date" ? store.minute : report || rank;
  const late = (m) => (key[m] === NO_NUMBER ? Infinity : key[m]);
  return rows.sort((a, b) => (late(a) === late(b) ? rank[a] - rank[b] : late(a) - late(b)));
}

// What the rows of a group share.
function groupOf(store, order, m) {
  if (order === "place") return String(store.mentionPlace[m]);
  if (order === "report") return String(valueOf(store.tables.mentions.columns.get("report"), m));
  const exact = store.word("mentions", "exact", m);
  return store.minute[m] === NO_MINUTE ? "" : dateWord({ minute: store.minute[m], exact: exact === "minute" ? "day" : exact });
}

function createTexts(store, { choose, point, openReport }) {
  const holder = byId("texts");
  const orders = new Map(); // made when first looked at
  let order = "place";
  let rows = new Uint32Array(0);
  let stale = true;
  let current = -1;

  const button = (text, act, attributes) => {
    const node = make("button", { type: "button", ...attributes }, text);
    node.addEventListener("click", act);
    return node;
  };

  function placeButton(i, level) {
    return make(level, { class: "text-head" }, button([placeGlyphs(store, i), make("span", null, bdi(store.label(i)))], () => choose(i),
      { class: "head-button", "data-goto": store.id(i), "aria-label": t("texts.place", { name: store.label(i) }) }));
  }

  function head(m, mention) {
    const i = store.mentionPlace[m];
    if (order === "place") return placeButton(i, "h3");
    if (order === "date") return make("h3", { class: "text-head" }, groupOf(store, order, m) ? timeNode(groupOf(store, order, m)) : t("card.undated"));
    const report = mention.from;
    return report ? make("div", { class: "text-head" }, make("h3", null, bdi(report.title || report.source || report.id)), reportLine(mention)) : make("h3", { class: "text-head" }, t("texts.noreport"));
  }

  async function draw(n) {
    const m = rows[n];
    const i = store.mentionPlace[m];
    const mention = await toldMention(store, m);
    const first = n === 0 || groupOf(store, order, rows[n - 1]) !== groupOf(store, order, m);
    const open = mention.from && !mention.from.listed ? button(t("card.report"), () => openReport(mention.report, m), { class: "textual" }) : null;
    const node = make("article", { class: first ? "told first" : "told", tabindex: "0", "data-mention": m, "aria-posinset": n + 1, "aria-setsize": rows.length, "aria-current": i === current ? "true" : null },
      first ? head(m, mention) : null,
      order === "place" ? null : placeButton(i, "h4"),
      mentionLines(store, mention, i),
      order === "report" ? null : reportLine(mention), open);
    node.setAttribute("aria-label", store.label(i));
    return node;
  }

  const feed = createFeed(holder, byId("scroll"), draw);

  // A claim that is looked at is pointed out on the map.
  const pointed = (event) => {
    const node = event.target.closest("[data-mention]");
    return node ? store.mentionPlace[Number(node.dataset.mention)] : -1;
  };
  holder.addEventListener("pointerover", (event) => point(pointed(event)));
  holder.addEventListener("pointerleave", () => point(-1));
  holder.addEventListener("focusin", (event) => point(pointed(event)));
  holder.addEventListener("focusout", () => point(-1));
  holder.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-mention]")) choose(pointed(event));
  });

  function mark(i) {
    current = i;
    feed.nodes().forEach((node) => {
      if (store.mentionPlace[Number(node.dataset.mention)] === i) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    });
  }

  const inView = () => !byId("tabpanel-texts").hidden;

  async function fill() {
    stale = false;
    if (!orders.has(order)) orders.set(order, mentionOrder(store, order));
    rows = orders.get(order).filter((m) => store.mentionShown[m]);
    byId("texts-none").hidden = rows.length > 0;
    await feed.fill(rows.length);
  }

  const texts = {
    async refresh() {
      stale = true;
      if (inView()) await fill();
    },
    // The first row of place i, in the order that is chosen.
    async reveal(i) {
      if (stale) await fill();
      mark(i);
      const n = i < 0 ? -1 : rows.findIndex((m) => store.mentionPlace[m] === i);
      if (n < 0) return;
      const node = await feed.reveal(n);
      if (node) showInPanel(node, byId("tabs").offsetHeight + byId("text-tools").offsetHeight);
      mark(i);
    },
    show(tab) {
      if (tab !== "tab-texts") return;
      showFromTop();
      if (stale) fill();
    },
    inView,
  };

  byId("text-orders").replaceChildren(...TEXT_ORDERS.map((key) => {
    const radio = make("input", { type: "radio", name: "text-order", value: key, checked: key === order });
    radio.addEventListener("change", () => {
      order = key;
      fill();
    });
    return make("label", null, radio, make("span", null, t(`texts.by.${key}`)));
  }));
  createTextFilter(store, (words) => { byId("text-found").textContent = words; });
  return texts;
}
