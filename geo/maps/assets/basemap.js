// The basemap's texts as degrees: whole numbers, five bits a letter, the lowest first, the sign in a number's lowest bit.
// A path's first pair counts from 0° E 0° N, each further pair from the one before it.

const PATH_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const LETTER_VALUES = new Map(Array.from(PATH_LETTERS, (letter, value) => [letter, value]));

function pathNumbers(text) {
  const numbers = [];
  let value = 0;
  let step = 1;
  for (const letter of text) {
    const digit = LETTER_VALUES.get(letter);
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
