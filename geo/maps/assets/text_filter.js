// The filter by words: details are searched chunk by chunk, and what was found so far is shown while the rest is read.

const SEARCH_PAUSE = 250; // milliseconds after the last key

// A text as it is searched: lower case, without accents.
function searchable(text) {
  const lower = text.toLowerCase();
  return /^[\0-\x7f]*$/.test(lower) ? lower : lower.normalize("NFD").replace(/\p{M}/gu, "");
}

function createTextFilter(store, tell) {
  let turn = 0;

  async function search() {
    turn += 1;
    const mine = turn;
    const words = searchable(store.query).split(/\s+/).filter(Boolean);
    if (!words.length) {
      tell("");
      if (store.filters.text) store.change(() => { store.filters.text = null; }, "filter");
      return;
    }
    const total = store.mentionCount;
    const matches = new Uint8Array(total);
    let found = 0;
    await store.tables.mentions.details.each((start, columns) => {
      if (mine !== turn) return false;
      const fields = ["quote", "text"].map((name) => columns.get(name)).filter(Boolean);
      const count = fields.length ? fields[0].length : 0;
      for (let n = 0; n < count; n += 1) {
        const text = searchable(fields.map((values) => values[n] || "").join(" "));
        if (!words.every((word) => text.includes(word))) continue;
        matches[start + n] = 1;
        found += 1;
      }
      tell(t("texts.searched", { read: start + count, all: total, found }));
      return true;
    });
    if (mine !== turn) return;
    tell(t("texts.found", { found, all: total }));
    store.change(() => { store.filters.text = matches; }, "filter");
  }

  const input = byId("text-filter");
  let waiting = 0;
  input.addEventListener("input", () => {
    window.clearTimeout(waiting);
    tell("");
    waiting = window.setTimeout(() => {
      waiting = 0;
      store.change(() => { store.query = input.value.trim(); }, "query");
    }, SEARCH_PAUSE);
  });
  store.onChange((what) => {
    if (what === "filter" && !store.query && !waiting) { // the filters were set back
      input.value = "";
      tell("");
    }
    if (what !== "query" && what !== "restore") return;
    if (input.value.trim() !== store.query) input.value = store.query;
    search();
  });
}
