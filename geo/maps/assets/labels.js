// Labels beside markers: the most telling first, each in the first free position around its marker.

const LABEL_LINE = 15;
const LABEL_LIMIT = 400; // labels tried in one view; more would not be read
const LABEL_WIDTH = 32; // characters
const LEADER_TURNS = 16;
const NAME_BREAK = /\s+[/·|]\s+/;

// A long name goes over several lines, broken between words.
function brokenName(name) {
  const lines = [""];
  for (const word of name.split(" ")) {
    const line = `${lines[lines.length - 1]} ${word}`.trim();
    if (line.length <= LABEL_WIDTH || line === word) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}

function labelLines(text) {
  const parts = text.split(NAME_BREAK).filter(Boolean).flatMap(brokenName);
  if (parts.length < 2) return [text];
  if (!NAME_BREAK.test(text)) return parts.slice(0, 6);
  const lines = [];
  for (const part of parts) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + part.length < 18) lines[lines.length - 1] = `${last} / ${part}`;
    else lines.push(part);
  }
  return lines.slice(0, 6);
}

// Boxes are [left, top, right, bottom], kept in a coarse grid so that a look-up stays short.
function createOccupancy(cell) {
  const cells = new Map();
  const visit = (box, act) => {
    for (let cx = Math.floor(box[0] / cell); cx <= Math.floor(box[2] / cell); cx += 1) {
      for (let cy = Math.floor(box[1] / cell); cy <= Math.floor(box[3] / cell); cy += 1) {
        if (act(cx * 65536 + cy)) return true;
      }
    }
    return false;
  };
  const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    add(box) {
      visit(box, (key) => {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(box);
        return false;
      });
    },
    taken(box, own) {
      return visit(box, (key) => (cells.get(key) || []).some((other) => other !== own && meets(box, other)));
    },
  };
}

// Positions close around a marker of half extent (w, h) for a label of (width, height), the easiest to read first.
function nearPositions(w, h, width, height) {
  const gap = 4;
  return [
    [w + gap, -height / 2, "left"], [-w - gap - width, -height / 2, "right"],
    [w + gap - 3, -h - height + 4, "left"], [w + gap - 3, h - 4, "left"],
    [-width / 2, -h - height - 1, "center"], [-width / 2, h + 1, "center"],
    [-w - gap - width + 3, -h - height + 4, "right"], [-w - gap - width + 3, h - 4, "right"],
  ];
}

// Positions farther off, on widening rings, for labels with a leader line; to the right first.
function farPositions(w, h, width, height, rings) {
  const found = [];
  for (const reach of [22, 40, 64].slice(0, rings)) {
    for (let turn = 0; turn < LEADER_TURNS; turn += 1) {
      const side = turn % 2 ? -1 : 1;
      const angle = (side * Math.ceil(turn / 2) * 2 * Math.PI) / LEADER_TURNS;
      const x = Math.cos(angle) * (w + reach);
      const y = Math.sin(angle) * (h + reach);
      const align = x > 1 ? "left" : x < -1 ? "right" : "center";
      found.push([{ left: x, right: x - width, center: x - width / 2 }[align], y - height / 2 + (Math.sin(angle) * height) / 2, align]);
    }
  }
  return found;
}

// From the marker's edge to the nearest point of the label's box.
function leaderLine(item, left, top, width, height) {
  const toX = Math.max(left, Math.min(item.x, left + width));
  const toY = Math.max(top, Math.min(item.y, top + height));
  const length = Math.hypot(toX - item.x, toY - item.y) || 1;
  const reach = Math.min(item.w, item.h);
  return [item.x + ((toX - item.x) * reach) / length, item.y + ((toY - item.y) * reach) / length, toX, toY];
}

// Small boxes along a leader line, but for its end at the label, so that nothing else is put across it.
function leaderSteps([fromX, fromY, toX, toY]) {
  const count = Math.floor(Math.hypot(toX - fromX, toY - fromY) / 5);
  return Array.from({ length: Math.max(0, count - 1) }, (_, n) => {
    const x = fromX + ((toX - fromX) * (n + 0.5)) / count;
    const y = fromY + ((toY - fromY) * (n + 0.5)) / count;
    return [x - 1, y - 1, x + 1, y + 1];
  });
}

function placeLabels(context, items, bounds, occupied) {
  items.forEach((item) => {
    item.box = [item.x - item.w, item.y - item.h, item.x + item.w, item.y + item.h];
    occupied.add(item.box);
  });
  const placed = [];
  const rings = items.length <= 40 ? 3 : 2; // long leaders only where there are few
  for (const item of items.slice(0, LABEL_LIMIT)) {
    const lines = labelLines(item.text);
    const width = Math.ceil(Math.max(...lines.map((line) => context.measureText(line).width)));
    const height = lines.length * LABEL_LINE;
    const find = (positions, leader) => positions.some(([dx, dy, align]) => {
      const left = item.x + dx;
      const top = item.y + dy;
      const box = [left - 1, top, left + width + 1, top + height];
      const inside = box[0] > bounds[0] && box[1] > bounds[1] && box[2] < bounds[2] && box[3] < bounds[3];
      if (!inside || occupied.taken(box, leader ? null : item.box)) return false;
      const line = leader ? leaderLine(item, left, top, width, height) : null;
      const steps = line ? leaderSteps(line) : [];
      if (steps.some((step) => occupied.taken(step, item.box))) return false;
      [box, ...steps].forEach((taken) => occupied.add(taken));
      placed.push({ item, lines, left, top, width, height, align, line });
      return true;
    });
    if (!find(nearPositions(item.w, item.h, width, height), false)) find(farPositions(item.w, item.h, width, height, rings), true);
  }
  return placed;
}

function drawLeader(context, line, theme) {
  context.beginPath();
  context.moveTo(line[0], line[1]);
  context.lineTo(line[2], line[3]);
  context.lineWidth = 1;
  context.strokeStyle = theme.muted;
  context.stroke();
}

function drawLabels(context, placed, theme) {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.direction = "inherit";
  for (const label of placed) {
    if (label.line) drawLeader(context, label.line, theme);
    const x = { left: label.left, right: label.left + label.width, center: label.left + label.width / 2 }[label.align];
    context.textAlign = label.align;
    context.font = label.item.font;
    label.lines.forEach((line, n) => {
      const y = label.top + (n + 0.5) * LABEL_LINE;
      context.lineWidth = 4;
      context.strokeStyle = theme.halo;
      context.strokeText(line, x, y);
      context.fillStyle = label.item.strong ? theme.ink : theme.muted;
      context.fillText(line, x, y);
    });
  }
}
