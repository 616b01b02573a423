// The page's own fonts, ready before the canvas writes its first name: a canvas does not wait for them by itself.

function loadFonts() {
  const own = Array.from(document.fonts || []).filter((face) => face.family.includes("Allonym"));
  return Promise.allSettled(own.map((face) => face.load()));
}
