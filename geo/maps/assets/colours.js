// Parties bring their colours; here they are made to stand out from a light and from a dark ground alike.

const LEAST_CONTRAST = 3; // WCAG AA for graphics
const GROUNDS = { light: 0.95, dark: 0.012 }; // relative luminance of the paper

function channels(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

function luminance(rgb) {
  const linear = rgb.map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function contrast(a, b) {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

// The colour, mixed with as little white (on dark) or black (on light) as it takes.
function legibleColour(hex, dark) {
  const ground = dark ? GROUNDS.dark : GROUNDS.light;
  const own = channels(hex);
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = own.map((value) => Math.round(value + ((dark ? 255 : 0) - value) * share));
    if (contrast(luminance(mixed), ground) >= LEAST_CONTRAST) {
      return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
    }
  }
  return hex;
}
