// A list of any length of which only a stretch stands in the page; it follows as its reader scrolls.

const PAGE_ROWS = 24;
const MOST_ROWS = 96; // standing at once
const AHEAD = "600px 0px";

// `draw(row number)` gives a promise of a row's node. Rows are drawn as a whole before they come in, so that none grows afterwards.
function createFeed(holder, scroller, draw) {
  const edges = ["start", "end"].map((name) => make("div", { class: "feed-edge", "data-edge": name }));
  let nodes = new Map(); // by row number, in their order
  let [first, last, total] = [0, 0, 0];
  let turn = 0; // only the latest move counts
  let busy = false;

  const watcher = new IntersectionObserver((entries) => {
    const met = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
    if (busy || !met.length) return;
    if (met.includes(edges[1]) && last < total) move(Math.max(first, last + PAGE_ROWS - MOST_ROWS), last + PAGE_ROWS);
    else if (met.includes(edges[0]) && first > 0) move(first - PAGE_ROWS, Math.min(last, first - PAGE_ROWS + MOST_ROWS));
  }, { root: scroller, rootMargin: AHEAD });

  // What is read stays where it is when rows come in or go above it.
  function keepPlace(change) {
    const view = scroller.getBoundingClientRect();
    const anchor = Array.from(nodes.values()).find((node) => node.isConnected && node.getBoundingClientRect().bottom > view.top);
    const before = anchor && anchor.getBoundingClientRect().top;
    change();
    if (anchor && anchor.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  async function move(from, to) {
    turn += 1;
    const mine = turn;
    busy = true;
    const [start, end] = [Math.max(0, from), Math.min(total, to)];
    const kept = nodes;
    const rows = await Promise.all(Array.from({ length: Math.max(0, end - start) }, async (_, n) => [start + n, kept.get(start + n) || await draw(start + n)]));
    if (mine !== turn) return;
    keepPlace(() => {
      [first, last] = [start, end];
      nodes = new Map(rows);
      holder.replaceChildren(edges[0], ...nodes.values(), edges[1]);
    });
    busy = false;
    edges.forEach((edge) => {
      watcher.unobserve(edge);
      watcher.observe(edge);
    });
  }

  holder.addEventListener("keydown", (event) => {
    const step = { PageDown: 1, PageUp: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const own = step && event.target.closest("[aria-posinset]");
    if (!own || (event.target !== own && !event.key.startsWith("Page"))) return;
    const next = nodes.get(Number(own.getAttribute("aria-posinset")) - 1 + step);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  return {
    // New rows, shown from the first one on.
    async fill(count) {
      total = count;
      nodes = new Map();
      await move(0, PAGE_ROWS);
    },
    async reveal(n) {
      if (!nodes.has(n)) await move(n - PAGE_ROWS / 2, n + PAGE_ROWS);
      return nodes.get(n);
    },
    nodes: () => nodes,
  };
}

// Scrolls the panel so far that its tabs are at its top, and what is read below has all the room.
function showFromTop() {
  const scroller = byId("scroll");
  scroller.scrollTop += byId("tabpanel-texts").getBoundingClientRect().top - byId("tabs").offsetHeight - scroller.getBoundingClientRect().top;
}

// Scrolls a node into the part of the panel that its tabs leave free.
function showInPanel(node, above) {
  const scroller = byId("scroll");
  const [item, view] = [node.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (item.top < view.top + above || item.bottom > view.bottom) scroller.scrollTop += item.top - view.top - above - 8;
}
