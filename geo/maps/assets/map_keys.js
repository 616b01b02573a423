// The map under the keyboard: arrows go from place to place in their direction, Enter opens, + and - zoom, Shift and arrows move the map.

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const PAN_STEP = 90; // pixels

// The target that lies in a direction: near, and not far to the side.
function nextTarget(targets, from, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const target of targets) {
    const along = (target.x - from.x) * dx + (target.y - from.y) * dy;
    const aside = Math.abs((target.x - from.x) * dy) + Math.abs((target.y - from.y) * dx);
    if (along <= 0.5) continue;
    const cost = along + 2.5 * aside;
    if (cost < least) [best, least] = [target, cost];
  }
  return best;
}

function createMapKeys({ map, store, markers, open }) {
  const box = map.getContainer();
  const voice = byId("announce");
  let at = null; // the target that the keyboard is on

  const say = (text) => { voice.textContent = text; };

  function tell(target) {
    if (target.bin) return t("map.crowd", { n: target.bin.count });
    return [store.label(target.i), ...claimSummary(store, target.i)].join(". ");
  }

  function go(target) {
    at = target;
    store.hovered = target && !target.bin ? target.i : -1;
    markers.mark(target && target.bin ? target.bin : null);
    say(target ? tell(target) : t("map.none"));
  }

  function move(direction) {
    const targets = markers.targets();
    const middle = { x: map.getSize().x / 2, y: map.getSize().y / 2 };
    if (!at || !targets.length) {
      const nearest = targets.sort((a, b) => Math.hypot(a.x - middle.x, a.y - middle.y) - Math.hypot(b.x - middle.x, b.y - middle.y))[0];
      go(nearest || null);
      return;
    }
    const here = targets.find((each) => !at.bin && each.i === at.i) || at;
    const next = nextTarget(targets, here, direction);
    if (next) go(next);
    else say(tell(here));
  }

  box.addEventListener("keydown", (event) => {
    if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = DIRECTIONS[event.key];
    if (direction && event.shiftKey) map.panBy([direction[0] * PAN_STEP, direction[1] * PAN_STEP], { animate: !reducedMotion.matches });
    else if (direction) move(direction);
    else if (event.key === "+" || event.key === "=") map.zoomIn();
    else if (event.key === "-") map.zoomOut();
    else if ((event.key === "Enter" || event.key === " ") && at && at.bin) map.setZoomAround(L.point(at.x, at.y), Math.min(map.getMaxZoom(), map.getZoom() + 2));
    else if ((event.key === "Enter" || event.key === " ") && at) open(at.i);
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => {
    at = null;
    store.hovered = -1;
    markers.mark(null);
  });
  map.on("zoomend", () => { if (at && at.bin) at = null; });
}
