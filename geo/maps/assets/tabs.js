// Tabs of the panel: arrow keys move between them, as the ARIA practice has it.

function createTabs(chosen) {
  const tabs = Array.from(byId("tabs").querySelectorAll("[role=tab]"));
  const listeners = [];
  function choose(tab, focus) {
    tabs.forEach((other) => {
      const on = other === tab;
      other.setAttribute("aria-selected", on ? "true" : "false");
      other.tabIndex = on ? 0 : -1;
      byId(other.getAttribute("aria-controls")).hidden = !on;
    });
    // The chosen panel begins under the tabs, however far the one before was scrolled.
    const scroll = byId("scroll");
    const start = byId(tab.getAttribute("aria-controls")).getBoundingClientRect().top;
    const hidden = scroll.getBoundingClientRect().top + byId("tabs").offsetHeight - start;
    if (hidden > 0) scroll.scrollTop -= hidden;
    if (focus) tab.focus();
    listeners.forEach((listener) => listener(tab.id));
  }
  tabs.forEach((tab, t) => {
    tab.addEventListener("click", () => {
      choose(tab, false);
      chosen();
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      choose(tabs[(t + step + tabs.length) % tabs.length], true);
      chosen();
    });
  });
  return {
    onChoose: (listener) => listeners.push(listener),
    choose: (id) => choose(byId(id), false),
    current: () => tabs.find((tab) => tab.getAttribute("aria-selected") === "true").id,
    known: (id) => tabs.some((tab) => tab.id === id),
  };
}
