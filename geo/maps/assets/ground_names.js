// Names on the ground: countries, waters, towns and rivers. They give way to markers, to the names of places, to controls and to each other.

const COUNTRY_SHIFTS = [0, -15, 15, -30, 30]; // pixels up or down from where the name belongs
const COUNTRIES_FROM = 1.75; // zoom; that of each name is its own
const COUNTRIES_LATER = 0.5; // the data's zooms are of a map with fewer names
const MOST_TOWNS = 140; // in one view
const RIVERS_NAMED_FROM = 1.5; // zooms after a river is drawn
const RIVER_GAP = 420; // pixels between two names of one river
const NEAR = 40; // pixels around the window where the middle of a name that moves a little may lie
const STRAIGHT = 0.94; // of a river's length under its name

function readNames(raw) {
  const none = { lon: [], lat: [], names: { en: [] } };
  return { countries: raw.countries || none, towns: raw.towns || none, waters: raw.waters || none, rivers: raw.river_names || { en: [] } };
}

// A name in the language that labels are switched to, in English where the tables have none; and the language it is in.
function nameIn(names, row, key) {
  const other = Object.hasOwn(names, key) && key !== "en" ? names[key][row] : undefined;
  return other === undefined ? [names.en[row], "en"] : [other, key];
}

function rowsOf({ lon, lat, ...columns }) {
  return lon.map((_, row) => {
    const found = { row, lon: mercatorX(lon[row]), lat: mercatorY(lat[row]) };
    for (const [key, values] of Object.entries(columns)) if (Array.isArray(values)) found[key] = values[row];
    return found;
  });
}

// The names that are shown from farthest away first, and of those the ones with most room around them.
function countriesByRank(columns) {
  const countries = rowsOf({ ...columns, contested: null });
  for (const country of countries) {
    country.room = Infinity;
    for (const other of countries) {
      if (other !== country) country.room = Math.min(country.room, (other.lon - country.lon) ** 2 + (other.lat - country.lat) ** 2);
    }
  }
  return countries.sort((a, b) => a.zoom - b.zoom || b.room - a.room || a.row - b.row);
}

function createGroundNames(basemap, store) {
  if (!basemap) return { place: () => [], draw() {} };
  const { names } = basemap;
  const countries = countriesByRank(names.countries);
  const towns = rowsOf(names.towns);
  const waters = rowsOf(names.waters);
  const rivers = basemap.paths.rivers.filter((path) => names.rivers.en[path.name]);

  function spotOf({ lon, lat }, frame) {
    return [nearestTurn(lon, frame) * frame.scale - frame.left, lat * frame.scale - frame.top];
  }

  // Whether a name around a point could lie in the window at all: most of the world's are far from it, and need no measuring.
  function isNear([x, y], { window: [left, top, right, bottom] }) {
    return x > left - NEAR && x < right + NEAR && y > top - NEAR && y < bottom + NEAR;
  }

  // The first of some positions whose box is free and in the window; `cover` lists them as [left, top, align].
  function settle(context, frame, occupied, name, cover, theme) {
    dressName(context, name.kind, name, frame.zoom, theme);
    const width = Math.max(...name.lines.map((line) => context.measureText(line).width)) + 2;
    const height = name.lines.length * LABEL_LINE;
    undress(context);
    const [left, top, right, bottom] = frame.window;
    for (const [x, y, align] of cover(width, height)) {
      const start = { left: x, center: x - width / 2, right: x - width }[align];
      const box = [start - 1, y - height / 2, start + width + 1, y + height / 2];
      if (box[0] <= left || box[1] <= top || box[2] >= right || box[3] >= bottom || occupied.taken(box, null)) continue;
      occupied.add(box);
      return { ...name, x, y, align, box, zoom: frame.zoom };
    }
    return null;
  }

  function placeCountries(context, frame, occupied, theme, placed) {
    if (frame.zoom < COUNTRIES_FROM) return;
    for (const country of countries) {
      if (frame.zoom < (country.zoom || 0) - COUNTRIES_LATER) continue;
      const [x, y] = spotOf(country, frame);
      if (!isNear([x, y], frame)) continue;
      const [name, language] = nameIn(names.countries.names, country.row, store.labelKey);
      const text = countryText(name, language);
      const found = settle(context, frame, occupied, { kind: "country", text, lines: [text] },
        () => COUNTRY_SHIFTS.map((shift) => [x, y + shift, "center"]), theme);
      if (found) placed.push(found);
    }
  }

  function placeWaters(context, frame, occupied, theme, placed) {
    for (const water of waters) {
      if (frame.zoom < water.zoom || frame.zoom > water.until) continue;
      const [x, y] = spotOf(water, frame);
      if (!isNear([x, y], frame)) continue;
      const [text] = nameIn(names.waters.names, water.row, store.labelKey);
      const found = settle(context, frame, occupied, { kind: "water", text, lines: waterLines(text) }, () => [[x, y, "center"]], theme);
      if (found) placed.push(found);
    }
  }

  function placeTowns(context, frame, occupied, theme, placed) {
    const [left, top, right, bottom] = frame.window;
    let count = 0;
    for (const town of towns) {
      if (frame.zoom < town.zoom - 0.25 || count >= MOST_TOWNS) continue;
      const [x, y] = spotOf(town, frame);
      if (x < left || x > right || y < top || y > bottom) continue;
      const radius = TOWN_RADII[town.rank] + 1;
      const dot = [x - radius, y - radius, x + radius, y + radius];
      if (occupied.taken(dot, null)) continue;
      const [text] = nameIn(names.towns.names, town.row, store.labelKey);
      const found = settle(context, frame, occupied, { kind: "town", text, lines: labelLines(text), rank: town.rank, dot: [x, y] },
        (width, height) => [[x + radius + 3, y, "left"], [x - radius - 3, y, "right"], [x, y - radius - height / 2, "center"], [x, y + radius + height / 2, "center"]], theme);
      if (!found) continue;
      occupied.add(dot);
      count += 1;
      placed.push(found);
    }
  }

  // Along the stretches of a river that are straight enough for its name.
  function placeRivers(context, frame, occupied, theme, placed) {
    const written = [];
    for (const river of rivers) {
      if (frame.zoom < RIVERS_FROM[river.rank] + RIVERS_NAMED_FROM || river.box[0] > (frame.left + frame.width) / frame.scale) continue;
      const [text] = nameIn(names.rivers, river.name, store.labelKey);
      dressName(context, "river", { text }, frame.zoom, theme);
      const width = context.measureText(text).width + 6;
      undress(context);
      for (const [x, y, turn] of straightStretches(river.flat, frame, width)) {
        const half = [Math.abs(Math.cos(turn)) * (width / 2) + Math.abs(Math.sin(turn)) * 7, Math.abs(Math.sin(turn)) * (width / 2) + Math.abs(Math.cos(turn)) * 7];
        const box = [x - half[0], y - half[1], x + half[0], y + half[1]];
        const near = written.some((other) => other.name === river.name && Math.hypot(other.x - x, other.y - y) < RIVER_GAP);
        if (near || occupied.taken(box, null)) continue;
        occupied.add(box);
        written.push({ name: river.name, x, y });
        placed.push({ kind: "river", text, lines: [text], x, y, turn, align: "center", box, zoom: frame.zoom });
        break;
      }
    }
  }

  return {
    place(context, frame, occupied, theme) {
      const placed = [];
      for (const part of [placeCountries, placeWaters, placeTowns, placeRivers]) part(context, frame, occupied, theme, placed);
      return placed;
    },
    draw(context, placed, theme) {
      context.textBaseline = "middle";
      context.lineJoin = "round";
      placed.forEach((name) => name.dot && drawDot(context, name, theme));
      placed.forEach((name) => drawName(context, name, theme));
    },
  };
}

// A sea's name over two or three short lines.
function waterLines(text) {
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + word.length < 13) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.slice(0, 5);
}

// Where in the window a line runs straight for the width of a name: the middle and the turn, upright to read.
function straightStretches(flat, frame, width) {
  const found = [];
  const [left, top, right, bottom] = frame.window;
  const points = [];
  for (let k = 0; k < flat.length; k += 2) {
    const x = flat[k] * frame.scale - frame.left;
    const y = flat[k + 1] * frame.scale - frame.top;
    const last = points[points.length - 1];
    if (last && Math.hypot(x - last[0], y - last[1]) < 3) continue;
    points.push([x, y, last ? last[2] + Math.hypot(x - last[0], y - last[1]) : 0]);
  }
  let end = 0;
  for (let start = 0; start < points.length && found.length < 6; start += 1) {
    const [x, y, along] = points[start];
    while (end < points.length && points[end][2] - along < width) end += 1;
    if (end >= points.length) break;
    const [toX, toY, length] = points[end];
    const middle = [(x + toX) / 2, (y + toY) / 2];
    const inside = middle[0] > left + width / 2 && middle[0] < right - width / 2 && middle[1] > top + 10 && middle[1] < bottom - 10;
    if (!inside || Math.hypot(toX - x, toY - y) / (length - along) < STRAIGHT) continue;
    const turn = Math.atan2(toY - y, toX - x);
    found.push([...middle, turn > Math.PI / 2 ? turn - Math.PI : turn < -Math.PI / 2 ? turn + Math.PI : turn]);
    start = end;
  }
  return found;
}
