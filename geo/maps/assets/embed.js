// Keeps frames of Allonym's maps as high as the maps ask for. For pages that show a map: docs/embedding.md.
window.addEventListener("message", (event) => {
  const frames = Array.from(document.querySelectorAll("iframe[data-allonym]"));
  const frame = frames.find((each) => each.contentWindow === event.source);
  const told = event.data;
  if (!frame || !told || told.allonym !== "height" || !Number.isFinite(told.height)) return;
  frame.style.height = `${Math.max(200, Math.min(2000, told.height))}px`;
});
