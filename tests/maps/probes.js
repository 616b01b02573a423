// What the browser tests ask a page: an object of functions, put into the page by `probe` in test_page_browser.py.
({
  // Colours of the markers' canvas around a point of the window.
  colours({ x, y }) {
    const canvas = document.querySelector(".leaflet-marker-pane canvas");
    const box = canvas.getBoundingClientRect();
    const pixels = canvas.getContext("2d").getImageData(x - box.left - 20, y - box.top - 10, 40, 20).data;
    const found = new Set();
    for (let k = 0; k < pixels.length; k += 4) {
      found.add(Array.from(pixels.slice(k, k + 3), (value) => value.toString(16).padStart(2, "0")).join(""));
    }
    return Array.from(found);
  },

  // Lightness of the basemap in its middle, 0 to 255.
  ground() {
    const canvas = document.querySelector(".leaflet-basemap-pane canvas");
    return canvas.getContext("2d").getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[0];
  },

  // Controls without a name for a screen reader.
  nameless() {
    const controls = "button, input, a, summary, [role=tab], [role=dialog], [tabindex='0']";
    const named = (node) => node.textContent.trim() || node.getAttribute("aria-label") || node.title
      || (node.labels && node.labels.length) || document.getElementById(node.getAttribute("aria-labelledby"));
    return Array.from(document.querySelectorAll(controls)).filter((node) => !named(node)).map((node) => node.outerHTML);
  },

  contrastWithPaper(hex) {
    const light = (rgb) => rgb.map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, k) => sum + value * [0.2126, 0.7152, 0.0722][k], 0);
    const paper = getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).map(Number);
    const [less, more] = [light([1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))), light(paper)].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05);
  },

  repeatedIds() {
    const ids = Array.from(document.querySelectorAll("[id]"), (node) => node.id);
    return ids.filter((id, k) => ids.indexOf(id) !== k);
  },

  // Texts whose contrast with their ground is under WCAG AA's 4.5.
  faintTexts() {
    const channel = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
    const light = (rgb) => 0.2126 * channel(rgb[0]) + 0.7152 * channel(rgb[1]) + 0.0722 * channel(rgb[2]);
    const ground = (node) => {
      for (let at = node; at; at = at.parentElement) {
        const rgb = numbers(getComputedStyle(at).backgroundColor);
        if (rgb.length < 4 || rgb[3] > 0.85) return rgb;
      }
      return [255, 255, 255];
    };
    const ratio = (node) => {
      const [less, more] = [light(numbers(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => a - b);
      return (more + 0.05) / (less + 0.05);
    };
    const texts = Array.from(document.querySelectorAll("body *")).filter((node) => node.getClientRects().length
      && !node.closest("noscript") && Array.from(node.childNodes).some((child) => child.nodeType === 3 && child.data.trim()));
    return texts.filter((node) => ratio(node) < 4.5).map((node) => `${ratio(node).toFixed(2)} ${node.className} ${node.textContent.slice(0, 30)}`);
  },
});
