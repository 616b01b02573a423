// Files that the page makes and hands over: GeoJSON and CSV of the shown data.

// A spreadsheet takes a text that begins with one of these for a formula; the wide forms count as well.
const FORMULA = /^'*(?:[\t\r\n]|[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20])/; // as in geo/cells.py

function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = Array.isArray(value) ? value.join("; ") : String(value);
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function csvLine(cells) {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function geoFeature(row) {
  const { lat, lon, ...properties } = row;
  return { type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties };
}

// The mark at the beginning tells a spreadsheet that the file is UTF-8.
async function csvFile(store) {
  const parts = ["\ufeff", csvLine(ROW_COLUMNS)];
  await eachShown(store, (rows) => parts.push(new Blob(rows.map((row) => csvLine(ROW_COLUMNS.map((column) => row[column]))))));
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

async function geojsonFile(store) {
  const parts = ['{"type":"FeatureCollection","features":[\n'];
  await eachShown(store, (rows) => {
    parts.push(parts.length > 1 ? ",\n" : "", new Blob([rows.map((row) => JSON.stringify(geoFeature(row))).join(",\n")]));
  });
  return new Blob([...parts, "\n]}\n"], { type: "application/geo+json" });
}

// The map's title as the name of a file, in its own script.
function fileName(ending) {
  const words = document.title.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${Array.from(words).slice(0, 60).join("") || "map"}.${ending}`;
}

function handOver(blob, ending) {
  const address = URL.createObjectURL(blob);
  const anchor = make("a", { href: address, download: fileName(ending), hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
