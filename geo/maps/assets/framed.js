// In a frame of another page the map tells how high it wants to be; embed.js there listens. Nothing else leaves the page.

const NARROW_HEIGHT = 760;
const [LEAST_HEIGHT, MOST_HEIGHT] = [520, 900];

function tellHeight() {
  const width = window.innerWidth;
  const height = narrowScreen.matches ? NARROW_HEIGHT : Math.round(Math.max(LEAST_HEIGHT, Math.min(MOST_HEIGHT, width * 0.6)));
  window.parent.postMessage({ allonym: "height", height }, "*"); // a height is no secret, and the page cannot know who frames it
}

function createFramed() {
  if (window.parent === window) return;
  tellHeight();
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return; // only the height changed, as was asked for
    width = window.innerWidth;
    tellHeight();
  });
}
