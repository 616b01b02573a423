// The shown data as plain rows, one a shown mention of a place, for files that a reader takes away.

const ROWS_AT_ONCE = 4096; // then the page may breathe

// The columns of a row, in the order of the CSV file.
const ROW_COLUMNS = ["place", "name", "printed", "lat", "lon", "precision_m", "role", "status", "confidence", "claimants", "events", "denied_by", "date",
  "outlet", "published", "url", "quote", "flags", "feature", "country"];

function datedText(minute, exact) {
  if (!Number.isFinite(minute)) return null;
  const size = { minute: 16, day: 10, month: 7, year: 4 }[exact] || 10;
  return new Date(minute * 60000).toISOString().slice(0, size);
}

async function shownRow(store, m, i, place) {
  const told = await store.detail("mentions", m);
  const report = Number.isInteger(told.report) && told.report < store.tables.reports.count ? await store.detail("reports", told.report) : {};
  const name = (id) => store.partyName(id);
  return {
    place: store.id(i), name: store.label(i), printed: told.text || null, lat: place.lat, lon: place.lon, precision_m: place.precision_m ?? null,
    role: told.role || place.role || null, status: told.status || place.status || null, confidence: told.confidence ?? place.confidence ?? null,
    claimants: (told.claimants || []).map(name), events: told.events || [], denied_by: (told.denying || []).map(name),
    date: told.date || datedText(told.minute, told.exact), outlet: told.outlet || report.source || null, published: report.published || null,
    url: report.url || told.url || null, quote: told.quote || null, flags: told.flags || [], feature: place.feature || null, country: place.country || null,
  };
}

// All rows, a batch at a time: `await act(rows)`.
async function eachShown(store, act) {
  let batch = [];
  for (let i = 0; i < store.count; i += 1) {
    if (!store.shown[i]) continue;
    const place = await store.detail("places", i);
    for (let m = store.mentionStart[i]; m < store.mentionStart[i + 1]; m += 1) {
      if (store.mentionShown[m]) batch.push(await shownRow(store, m, i, place));
    }
    if (batch.length < ROWS_AT_ONCE) continue;
    await act(batch);
    batch = [];
    await new Promise((done) => { setTimeout(done); });
  }
  if (batch.length) await act(batch);
}
