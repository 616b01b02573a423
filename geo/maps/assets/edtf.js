// Dates of names as EDTF has them: 1991, 1991-09-02, 1923~ (about), 1939? (unsure), 19XX, .. (open).

const YEAR_DATE = /^(-?\d{1,6}|-?\d{2}XX|-?\d{3}X)(?:-(\d\d|XX))?(?:-(\d\d|XX))?([?~%]?)$/;
const DAYS_OF_YEAR = 365.25;

// The years, with parts of one, between which a date lies: [least, most], or null where nothing is told.
function edtfYears(text) {
  const found = YEAR_DATE.exec(text || "");
  if (!found) return null;
  const [, year, month, day] = found;
  const sides = ["0", "9"].map((digit) => Number(year.replace(/X/g, digit)));
  const [least, most] = sides[0] <= sides[1] ? sides : [sides[1], sides[0]];
  const inYear = Number(month) >= 1 && Number(month) <= 12 ? (Number(month) - 1) / 12 : null;
  if (inYear === null) return [least, most + 1];
  if (!Number(day)) return [least + inYear, least + inYear + 1 / 12];
  const at = least + inYear + (Number(day) - 1) / DAYS_OF_YEAR;
  return [at, at + 1 / DAYS_OF_YEAR];
}

function edtfWord(text) {
  const found = YEAR_DATE.exec(text || "");
  if (!found) return text || "";
  const plain = text.replace(/[?~%]$/, "");
  const date = plain.replace(/X+$/, (unknown) => "0".repeat(unknown.length)).replace(/-XX/g, "");
  const whole = /X$/.test(found[1]) ? t(/XX$/.test(found[1]) ? "date.century" : "date.decade", { date }) : dayText(date);
  if (!found[4]) return whole;
  return t(found[4] === "?" ? "date.unsure" : "date.about", { date: whole });
}

function yearOfMinute(minute) {
  const date = new Date(minute * 60000);
  const year = date.getUTCFullYear();
  return year + (date.getTime() - Date.UTC(year, 0, 1)) / (DAYS_OF_YEAR * 86400000);
}
