// Markers that would hide each other step aside; a thin line leads each back to its point.

const SPREAD_LIMIT = 150; // more markers in view are left where they are
const SPREAD_REACH = 26; // pixels that a marker may step aside
const SPREAD_ROUNDS = 24;

function pushApart(a, b) {
  const overlapX = a.w + b.w + 1 - Math.abs(b.x - a.x);
  const overlapY = a.h + b.h + 1 - Math.abs(b.y - a.y);
  if (overlapX <= 0 || overlapY <= 0) return false;
  if (overlapY <= overlapX) {
    const step = (b.y >= a.y ? overlapY : -overlapY) / 2;
    a.y -= step;
    b.y += step;
  } else {
    const step = (b.x >= a.x ? overlapX : -overlapX) / 2;
    a.x -= step;
    b.x += step;
  }
  return true;
}

function holdNear(spot) {
  const dx = spot.x - spot.trueX;
  const dy = spot.y - spot.trueY;
  const length = Math.hypot(dx, dy);
  if (length <= SPREAD_REACH) return;
  spot.x = spot.trueX + (dx * SPREAD_REACH) / length;
  spot.y = spot.trueY + (dy * SPREAD_REACH) / length;
}

// Moves `spots` ({x, y, w, h, trueX, trueY}) in place, always in the same way.
function spread(spots) {
  if (spots.length > SPREAD_LIMIT) return;
  for (let round = 0; round < SPREAD_ROUNDS; round += 1) {
    let moved = false;
    for (let a = 0; a < spots.length; a += 1) {
      for (let b = a + 1; b < spots.length; b += 1) moved = pushApart(spots[a], spots[b]) || moved;
    }
    spots.forEach(holdNear);
    if (!moved) return;
  }
}

function drawTethers(context, spots, theme) {
  for (const spot of spots) {
    if (Math.hypot(spot.x - spot.trueX, spot.y - spot.trueY) < 2) continue;
    context.beginPath();
    context.moveTo(spot.trueX, spot.trueY);
    context.lineTo(spot.x, spot.y);
    context.lineWidth = 1.2;
    context.strokeStyle = theme.ink;
    context.stroke();
    context.beginPath();
    context.arc(spot.trueX, spot.trueY, 2.2, 0, 7);
    context.fillStyle = theme.ink;
    context.fill();
  }
}
