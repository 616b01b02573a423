// The basemap's texts as degrees: whole numbers, five bits a letter, the lowest first, the sign in a number's lowest bit.
// A path's first pair counts from 0° E 0° N, each further pair from the one before it.

const PATH_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const LETTER_VALUES = new Uint8Array(128);
Array.from(PATH_LETTERS).forEach((letter, value) => { LETTER_VALUES[letter.charCodeAt(0)] = value; });

function pathNumbers(text) {
  const numbers = [];
  let value = 0;
  let step = 1;
  for (let at = 0; at < text.length; at += 1) {
    const digit = LETTER_VALUES[text.charCodeAt(at)];
    value += (digit % 32) * step;
    step *= 32;
    if (digit < 32) {
      numbers.push(value % 2 ? -(value + 1) / 2 : value / 2);
      value = 0;
      step = 1;
    }
  }
  return numbers;
}

function allonymDecodeBasemap(layer) {
  return layer.paths.map((path) => {
    const steps = pathNumbers(path);
    const points = [];
    let lon = 0;
    let lat = 0;
    for (let i = 0; i < steps.length; i += 2) {
      lon += steps[i];
      lat += steps[i + 1];
      points.push([lat * layer.quantum, lon * layer.quantum]);
    }
    return points;
  });
}
