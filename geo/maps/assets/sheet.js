// On a phone the panel is a sheet at the bottom that a button raises and lowers.

function createSheet(map) {
  const handle = byId("sheet-handle");
  handle.addEventListener("click", () => {
    const raised = document.body.classList.toggle("sheet-raised");
    handle.setAttribute("aria-expanded", raised ? "true" : "false");
    handle.querySelector(".text").textContent = t(raised ? "sheet.lower" : "sheet.raise");
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(map.getContainer());
}
