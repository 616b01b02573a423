// How the names on the ground look: countries in spaced capitals, waters in italics, towns by rank with their points.

const COUNTRY_SPACING = 2; // pixels between the letters of a country's name
const WATER_SPACING = 0.6;
const TOWN_SIZES = [12.5, 12, 11.5, 11, 11]; // by rank
const TOWN_WEIGHTS = [600, 600, 500, 500, 400];
const TOWN_RADII = [3, 2.6, 2.2, 1.8, 1.6];
const CASELESS = /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\P{Letter}]/u; // capitals would change or not exist
const JOINED = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}]/u; // letters that must not be spaced

function countryText(name, language) {
  return CASELESS.test(name) ? name : name.toLocaleUpperCase(language);
}

function dressName(context, kind, name, zoom, theme) {
  const spacing = JOINED.test(name.text) ? 0 : { country: COUNTRY_SPACING, water: WATER_SPACING, river: WATER_SPACING, town: 0 }[kind];
  context.font = {
    country: () => `500 ${zoom < 5 ? 11 : 12.5}px ${theme.sans}`,
    water: () => `italic 400 ${zoom < 4 ? 11 : 12}px ${theme.sans}`,
    river: () => `italic 400 10.5px ${theme.sans}`,
    town: () => `${TOWN_WEIGHTS[name.rank]} ${TOWN_SIZES[name.rank]}px ${theme.sans}`,
  }[kind]();
  if ("letterSpacing" in context) context.letterSpacing = `${spacing}px`;
}

function undress(context) {
  if ("letterSpacing" in context) context.letterSpacing = "0px";
}

function drawDot(context, { dot, rank }, theme) {
  context.beginPath();
  context.arc(dot[0], dot[1], TOWN_RADII[rank], 0, 2 * Math.PI);
  context.lineWidth = 1.2;
  context.strokeStyle = theme.town;
  context.fillStyle = rank < 2 ? theme.town : theme.land;
  context.fill();
  context.stroke();
}

function drawName(context, name, theme) {
  const { kind, lines, x, y, turn, zoom } = name;
  context.save();
  context.translate(x, y);
  if (turn) context.rotate(turn);
  dressName(context, kind, name, zoom, theme);
  context.textAlign = name.align;
  lines.forEach((line, n) => {
    const top = (n - (lines.length - 1) / 2) * LABEL_LINE;
    context.strokeStyle = kind === "water" ? theme.water : theme.land;
    context.lineWidth = 3;
    context.globalAlpha = kind === "water" ? 0.6 : 0.9;
    context.strokeText(line, 0, top);
    context.globalAlpha = 1;
    context.fillStyle = { country: theme.country, water: theme.waterName, river: theme.waterName, town: theme.town }[kind];
    context.fillText(line, 0, top);
  });
  context.restore();
}
