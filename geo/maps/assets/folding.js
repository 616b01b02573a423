// The keys by which spellings of a name meet, by the rules of data/rules/folding.csv: the same as in geo/gazetteer/folding.py.
// `createFolding(rules)` takes what `plain_values` of that module gives and returns { normalise, fold, hear, indexKeys, lookUpKeys }.

function createFolding(rules) {
  const OPEN = "~";
  const LEAST_OPEN = 3;
  const LEAST_READING = 4;
  const LEAST_LATIN_READING = 5;
  const DASHES = /[‐‑‒–—―⁃−﹘﹣－֊־]/g;
  const QUOTES = /[“”„‟«»″＂]/g;
  const UNSEEN = /[\u00ad\u061c\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u206f]/g;
  // White space as Python's str.split has it.
  const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
  const OTHER_SCRIPT = /[\u0370-\u10ff\u1f00-\u1fff]/;
  const NO_VOWELS = /[\u0590-\u06ff]/;
  const apostrophes = new Set(rules.apostrophes);
  const gone = new Set(rules.gone);
  const letters = new Map(Object.entries(rules.letters).flatMap(([latin, group]) => Array.from(group, (letter) => [letter, latin])));
  const classes = new Map(Object.entries(rules.classes));
  const steps = Object.fromEntries(Object.entries(rules.steps).map(([stage, rows]) => [
    stage, rows.map(([literal, pattern, replacement]) => [literal, pattern && new RegExp(pattern, "gu"), replacement]),
  ]));

  const apply = (some, text) => some.reduce((now, [literal, pattern, replacement]) => {
    if (!now.includes(literal)) return now;
    return pattern ? now.replace(pattern, replacement) : now.replaceAll(literal, replacement);
  }, text);
  const each = (text, change) => Array.from(text, change).join("");
  const isWhole = (character) => {
    const code = character.codePointAt(0);
    return rules.whole.some(([first, last]) => first <= code && code <= last);
  };

  function sign(character) {
    if (apostrophes.has(character)) return "'";
    if (character === rules.parting) return " ";
    if (/[a-z0-9]/.test(character) || letters.has(character) || isWhole(character)) return character;
    return gone.has(character) ? "" : " ";
  }

  const clean = (text) => each(text.toLowerCase().normalize("NFC"), sign);

  function sounds(name) {
    const spelt = OTHER_SCRIPT.test(name) ? apply(steps.script, name) : name;
    const latin = apply(steps.latin, each(spelt, (letter) => (letters.has(letter) ? letters.get(letter) : letter)));
    return apply(steps.key, each(latin, (letter) => classes.get(letter) || letter));
  }

  function shortened(name) {
    const consonants = Array.from(name.replace(/[aiu]/g, "")).length;
    if (consonants < 3) return name;
    return apply([steps.three, steps.four, steps.five][Math.min(consonants, 5) - 3], name);
  }

  function openKey(name) {
    const key = apply(steps.open, name);
    return Array.from(key).length >= LEAST_OPEN ? OPEN + key : "";
  }

  const distinct = (keys) => Array.from(new Set(keys)).filter((key) => key);

  // The key that the spellings of a name share.
  const fold = (text) => shortened(sounds(clean(text)));

  // The sounds of a name: the beginning of a name sounds like the beginning of its other spellings.
  const hear = (text) => sounds(clean(text));

  // The keys under which a name is listed.
  function indexKeys(text) {
    const name = sounds(clean(text));
    return distinct([shortened(name), openKey(name)]);
  }

  // The keys by which a spelling may be looked up, the best first.
  function lookUpKeys(text) {
    const name = clean(text);
    const others = steps.reading.map((step) => apply([step], name)).filter((other) => other !== name);
    const [first, ...rest] = [name, ...others].map(sounds);
    const least = /^[\0-\x7f]*$/.test(name) ? LEAST_LATIN_READING : LEAST_READING;
    const keys = rest.map(shortened).filter((key) => Array.from(key).length >= least);
    const open = NO_VOWELS.test(name) ? [first, ...rest].map(openKey) : [];
    return distinct([shortened(first), ...keys, ...open]);
  }

  // The light normal form in which names are compared for exact equality.
  function normalise(text) {
    const signs = each(text.normalize("NFC"), (character) => (apostrophes.has(character) ? "'" : character));
    const joined = signs.replace(DASHES, "-").replace(QUOTES, '"').replace(UNSEEN, "");
    return joined.split(SPACE).filter((word) => word).join(" ").normalize("NFC");
  }

  return { normalise, fold, hear, indexKeys, lookUpKeys };
}
