// What a reader can take away: the shown data, a picture, paper, and code for another page.

const EMBED_HEIGHT = 640;

// The frame for another page, and the script that keeps it as high as the map wants to be.
function embedCode() {
  const here = /^https?:$/.test(window.location.protocol) ? window.location.href : `https://example.org/${fileName("html")}`;
  const quoted = (text) => `"${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")}"`;
  const frame = `<iframe src=${quoted(here)} title=${quoted(document.title)} width="100%" height="${EMBED_HEIGHT}" loading="lazy" frameborder="0" allowfullscreen data-allonym></iframe>`;
  const close = "</" + "script>"; // this script stands between such tags itself
  return `${frame}\n<script>\n${byId("allonym-embed").textContent.trim()}\n${close}\n`;
}

function createTakeaway(parts, store) {
  const dialog = byId("takeaway");
  const note = byId("takeaway-note");
  const code = byId("embed-code");

  const files = {
    "take-geojson": ["geojson", () => geojsonFile(store)],
    "take-csv": ["csv", () => csvFile(store)],
    "take-png": ["png", () => pictureFile(parts, store)],
  };
  Object.entries(files).forEach(([id, [ending, produce]]) => {
    const button = byId(id);
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy") === "true") return;
      button.setAttribute("aria-busy", "true");
      note.textContent = t("take.making");
      try {
        handOver(await produce(), ending);
        note.textContent = t("take.made", { name: fileName(ending) });
      } finally {
        button.removeAttribute("aria-busy");
        parts.layers.forEach((layer) => layer.repaint());
      }
    });
  });
  byId("take-print").addEventListener("click", () => {
    dialog.close();
    window.print();
  });
  byId("take-copy").addEventListener("click", async () => {
    code.select();
    try {
      await navigator.clipboard.writeText(code.value);
      note.textContent = t("take.copied");
    } catch {
      note.textContent = t("take.selected"); // the browser keeps the clipboard: the reader copies what is selected
    }
  });
  byId("take").addEventListener("click", () => {
    byId("take-shown").textContent = byId("status").textContent;
    code.value = embedCode();
    note.textContent = "";
    dialog.showModal();
  });
  byId("take-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // a click beside it
  });
}
