"""Texts that try to run, to break out or to mislead, and reports, tables and values of a page that are full of them."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent / "data" / "payloads.jsonl"
TOWN = "Testford"
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Payload:
    """A text that nobody should run: its id, what it is about, and itself."""

    id: str
    kind: str
    text: str


def _read() -> list[Payload]:
    rows = map(json.loads, CORPUS.read_text(encoding="utf-8").splitlines())
    return [Payload(row["id"], row["class"], row["text"]) for row in rows]


ALL = _read()
BROKEN = [payload for payload in ALL if payload.kind == "surrogate" and payload.id != "surrogate-05"]
"""Those that hold half a surrogate pair: no file can hold one, only an escape in JSON."""
TEXTS = [payload.text for payload in ALL if payload not in BROKEN]


def write_build(folder: Path, outputs: list[str]) -> Path:
    """Write reports, listed places, a gazetteer, decisions and a spec in which every field is hostile; give the spec."""
    texts = [
        {
            "id": f"{text} {n}", "text": f"Shelling hit {TOWN}, the ministry said. {text}", "title": text, "source": text,
            "url": text, "published": "2020-10-01", "flag": text,
        }
        for n, text in enumerate(TEXTS)
    ]  # fmt: skip
    listed = [
        {
            "id": f"{text} place {n}", "place": text, "lat": 39 + n % 20 / 10, "lon": 45 + n // 20 / 10, "source": text, "url": text,
            "title": text, "flag": text, "published": text, "language": text,
        }
        for n, text in enumerate(TEXTS)
        if text.strip()
    ]  # fmt: skip
    _lines(folder / "reports.jsonl", texts)
    _lines(folder / "listed.jsonl", listed)
    tables = folder / "tables"
    tables.mkdir()
    place = ["exa-1", "PPL", "39.8", "46.7", "1500", "", "unverified", ""]
    named = [
        ["exa-1", text, "en", "variant", f"p{n}", "", "", f"s{n}", text] for n, text in enumerate(TEXTS) if text.strip()
    ]
    own = ["exa-1", TOWN, "en", "official", "", "", "", "unverified", ""]
    _table(tables / "places.csv", "place_id,feature_code,lat,lon,precision_m,population,source,note", [place])
    _table(tables / "names.csv", "place_id,toponym,lang,kind,party,from,to,source,note", [own, *named])
    parties = [[f"p{n}", text, "outlet", "", "#336699", text] for n, text in enumerate(TEXTS)]
    coloured = [[f"c{n}", "A party", "outlet", "", text, ""] for n, text in enumerate(TEXTS)]
    _table(tables / "parties.csv", "party_id,name,kind,place,colour,note", [*parties, *coloured])
    sources = [[f"s{n}", text, text, "", ""] for n, text in enumerate(TEXTS)]
    sources += [[f"u{n}", "A source", "", text, text] for n, text in enumerate(TEXTS)]
    _table(tables / "sources.csv", "source_id,citation,licence,url,accessed", sources)
    decided = [[row["id"].strip(), "", TOWN, "exa-1", row["title"], row["title"], ""] for row in texts]
    _table(folder / "who.csv", "report,span,name,place,reason,who,when", decided)
    (folder / "files").mkdir()
    names = [text for text in TEXTS if _is_name(text)]
    for text in names:
        (folder / "files" / f"{text}.txt").write_text(f"Fire near {TOWN}.", encoding="utf-8")
    facts = {
        "title": " ".join(TEXTS),
        "sources": ["reports.jsonl", "listed.jsonl", *(f"files/{text}.txt" for text in names)],
        "gazetteers": ["tables"],
        "decisions": ["who.csv"],
        "outputs": outputs,
    }
    toml = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items()) + "skip_bad = true\n"
    (folder / "spec.toml").write_text(toml.replace("\x7f", "\\u007f"), encoding="utf-8")
    return folder / "spec.toml"


def page_values() -> dict:
    """Give a page's values with one place, mention, report, party and source a payload, which stands in every field of theirs."""
    whole = {n: text for n, text in enumerate(TEXTS)}
    return {
        "meta": {
            "title": TEXTS[0], "language": TEXTS[0], "generator": TEXTS[1], "policy": "printed", "policy_text": "\n".join(TEXTS),
            "boundaries": "\n".join(TEXTS), "built": TEXTS[2], "notes": TEXTS, "versions": dict.fromkeys(TEXTS, "\n".join(TEXTS)),
            "sources": [{"name": text, "licence": text, "url": text} for text in TEXTS],
        },
        "reports": [
            {"id": f"{text} {n}", "title": text, "source": text, "published": text, "language": text, "url": text, "text": text}
            for n, text in whole.items()
        ],
        "parties": {text: {"name": text, "kind": text, "colour": text} for text in TEXTS},
        "sources": {text: {"citation": text, "licence": text, "url": text} for text in TEXTS},
        "places": [_page_place(n, text) for n, text in whole.items()],
        "mentions": [_page_mention(n, text) for n, text in whole.items()] + [_page_mention(n, text, -1) for n, text in whole.items()],
    }  # fmt: skip


def _page_place(n: int, text: str) -> dict:
    name = {
        "toponym": text, "lang": text, "kind": text, "party": text, "from": text, "to": text, "source": text, "note": text
    }  # fmt: skip
    return {
        "id": f"{text} {n}", "lat": 39 + n % 20 / 10, "lon": 45 + n // 20 / 10, "precision_m": 1000, "source": text,
        "feature_code": text, "feature": text, "country": text, "role": "site", "confidence": 0.9, "printed": [text],
        "labels": {"printed": text, "en": text, text: text}, "names": [name],
        "points": [{"lat": 39.5, "lon": 45.5, "source": text, "distance_km": 2}], "mentions": [n],
    }  # fmt: skip


def _page_mention(n: int, text: str, place: int | None = None) -> dict:
    candidate = {"place": text, "name": text, "lat": 40.5, "lon": 46.5, "score": 0.5, "distance_km": 3}
    return {
        "report": n, "place": n if place is None else place, "text": text, "kind": "place", "status": "resolved" if place is None else "unknown",
        "why": text, "quote": text, "quote_start": 0, "quote_end": len(text), "relation": text, "date": "2020-10-01",
        "claimants": [text], "events": [text], "flags": [text] if n % 2 else [], "candidates": [candidate],
        "statements": [{"party": text, "stance": "denies", "accused": [text]}],
        "casualties": [{"kind": text, "count": 1, "claimants": [text], "text": text}],
        "cues": [{"about": text, "value": text, "text": text}],
        "decided": {"place": text, "who": text, "when": text, "reason": text},
    }  # fmt: skip


def _is_name(text: str) -> bool:
    return bool(text.strip()) and not set(text) & {"/", "\0"} and len(text.encode()) < LONGEST_NAME


def _lines(path: Path, rows: list[dict]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _table(path: Path, columns: str, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([columns.split(","), *rows])
