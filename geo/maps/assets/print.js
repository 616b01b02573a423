// On paper: the map drawn at the size of the page, upright and lengthwise, with key and sources, in light colours.

const PRINT_SIZES = { upright: [700, 700], lengthwise: [1020, 465] }; // CSS pixels between the margins of A4

function printKey(store) {
  const rows = keyRows(store);
  const signs = Array.from(byId("sign-list").children, (sign) => sign.cloneNode(true));
  signs.forEach((sign) => sign.removeAttribute("id"));
  return [
    rows.length ? make("ul", { class: "print-parties" }, rows.map(({ look, text }) => make("li", null, glyphPicture(look.shape, look.colour, false), " ", bdi(text)))) : "",
    signs.length ? make("ul", { class: "print-signs" }, signs) : "",
  ];
}

function createPrint(parts, store) {
  const holder = byId("print");
  let sheets = [];

  function lay() {
    document.documentElement.classList.add("light");
    store.setScheme(false);
    Object.assign(parts.theme, readTheme());
    sheets = Object.entries(PRINT_SIZES).map(([name, [width, height]]) => {
      const canvas = paintView(parts, width, height, PRINT_RATIO);
      canvas.className = `print-${name}`;
      return canvas;
    });
    holder.replaceChildren(...sheets, ...printKey(store),
      make("p", { class: "print-shown" }, byId("status").textContent), make("p", { class: "print-sources" }, sourcesLine(store.head)));
  }

  function clear() {
    document.documentElement.classList.remove("light");
    store.setScheme(darkScheme.matches);
    Object.assign(parts.theme, readTheme());
    holder.replaceChildren();
    parts.layers.forEach((layer) => layer.repaint());
  }

  window.addEventListener("beforeprint", lay);
  window.addEventListener("afterprint", clear);
}
