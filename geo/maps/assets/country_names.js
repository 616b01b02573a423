// Country names give way: to markers, to the names of places, to controls and to each other.

const COUNTRIES_FROM = 2; // zoom
const COUNTRY_SHIFTS = [0, -15, 15, -30, 30]; // pixels up or down from where the name belongs
const COUNTRY_SPACING = 2; // pixels between its letters

// The names with most room around them first: they are mostly the large countries'.
function readCountries(basemap) {
  const countries = (basemap ? basemap.countries : []).map(({ name, lat, lon }) => ({
    text: name.toLocaleUpperCase(LANGUAGE), x: mercatorX(lon), y: mercatorY(lat),
  }));
  for (const country of countries) {
    const others = countries.filter((other) => other !== country);
    country.room = Math.min(...others.map((other) => Math.hypot(other.x - country.x, other.y - country.y)));
  }
  return countries.sort((a, b) => b.room - a.room || (a.text < b.text ? -1 : 1));
}

function dressCountries(context, frame, theme) {
  context.font = `500 ${frame.zoom < 5 ? 11 : 12.5}px ${theme.sans}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  if ("letterSpacing" in context) context.letterSpacing = `${COUNTRY_SPACING}px`;
}

function placeCountries(context, frame, countries, occupied, theme) {
  if (frame.zoom < COUNTRIES_FROM) return [];
  const [left, top, right, bottom] = frame.window;
  const placed = [];
  dressCountries(context, frame, theme);
  for (const { text, x: lon, y: lat } of countries) {
    const x = nearestTurn(lon, frame) * frame.scale - frame.left;
    const y = lat * frame.scale - frame.top;
    if (x < left || x > right || y < top - 30 || y > bottom + 30) continue;
    const half = context.measureText(text).width / 2 + 2;
    const boxes = COUNTRY_SHIFTS.map((shift) => [x - half, y + shift - 8, x + half, y + shift + 8]);
    const box = boxes.find((each) => each[0] > left && each[1] > top && each[2] < right && each[3] < bottom && !occupied.taken(each, null));
    if (!box) continue;
    occupied.add(box);
    placed.push({ text, x, y: box[1] + 8, box });
  }
  if ("letterSpacing" in context) context.letterSpacing = "0px";
  return placed;
}

function drawCountries(context, frame, placed, theme) {
  dressCountries(context, frame, theme);
  for (const { text, x, y } of placed) {
    context.strokeStyle = theme.land;
    context.lineWidth = 3;
    context.strokeText(text, x, y);
    context.fillStyle = theme.country;
    context.fillText(text, x, y);
  }
  if ("letterSpacing" in context) context.letterSpacing = "0px";
}
