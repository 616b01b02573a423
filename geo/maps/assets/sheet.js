// On a phone the panel is a sheet at the bottom. Its handle raises and lowers it: a tap, a drag, or the arrow keys.

const SHEET_STOPS = ["lowered", "half", "raised"];
const TAP_REACH = 6; // pixels a finger may stray
const FLICK = 0.5; // pixels a millisecond

function createSheet(map) {
  const handle = byId("sheet-handle");
  const { body } = document;
  let stop = 1;
  let drag = null;

  function rest(at) {
    stop = Math.max(0, Math.min(SHEET_STOPS.length - 1, at));
    SHEET_STOPS.forEach((name, k) => body.classList.toggle(`sheet-${name}`, k === stop && name !== "half"));
    body.style.removeProperty("--sheet");
    handle.setAttribute("aria-expanded", stop === 2 ? "true" : "false");
    handle.querySelector(".text").textContent = t(stop === 2 ? "sheet.lower" : "sheet.raise");
  }

  const tap = () => rest(stop === 2 ? 1 : 2);

  // The stop whose height is next to where the sheet was let go, or the one that a flick points to.
  function restNear(height, speed) {
    if (Math.abs(speed) > FLICK) {
      rest(stop + (speed < 0 ? 1 : -1));
      return;
    }
    const share = height / window.innerHeight;
    rest(share < 0.25 ? 0 : share < 0.58 ? 1 : 2);
  }

  handle.addEventListener("click", (event) => { if (event.detail === 0 || !drag) tap(); });
  handle.addEventListener("pointerdown", (event) => {
    if (!narrowScreen.matches || event.button !== 0) return;
    drag = { y: event.clientY, height: handle.parentElement.offsetHeight, last: event.clientY, at: event.timeStamp, speed: 0, moved: false };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const by = drag.y - event.clientY;
    if (Math.abs(by) > TAP_REACH) drag.moved = true;
    if (!drag.moved) return;
    const time = Math.max(1, event.timeStamp - drag.at);
    Object.assign(drag, { speed: (event.clientY - drag.last) / time, last: event.clientY, at: event.timeStamp });
    body.style.setProperty("--sheet", `${Math.round(Math.max(60, Math.min(window.innerHeight * 0.85, drag.height + by)))}px`);
  });
  const end = (event) => {
    if (!drag) return;
    const { moved, speed } = drag;
    if (moved) restNear(handle.parentElement.offsetHeight, event.timeStamp - drag.at > 80 ? 0 : speed);
    if (!moved) drag = null;
    else setTimeout(() => { drag = null; }); // the click that follows a drag is none
  };
  handle.addEventListener("pointerup", end);
  handle.addEventListener("pointercancel", end);
  handle.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    rest(stop + step);
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(map.getContainer());
}
