"""Texts that try to run, to break out or to mislead, and reports, tables and values of a page that are full of them."""

# ruff: noqa: E501 - rows as they stand in a table

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent / "data" / "payloads.jsonl"
TOWN = "Testford"
LONGEST_NAME = 200
A_PLACE = 20


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
TOGETHER = " ".join(text for text in TEXTS if len(text) < LONGEST_NAME)


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
        "title": TOGETHER,
        "sources": ["reports.jsonl", "listed.jsonl", *(f"files/{text}.txt" for text in names)],
        "gazetteers": ["tables"],
        "decisions": ["who.csv"],
        "outputs": outputs,
    }
    toml = (
        "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())
        + "skip_bad = true\n"
    )
    (folder / "spec.toml").write_text(toml.replace("\x7f", "\\u007f"), encoding="utf-8")
    return folder / "spec.toml"


def page_values() -> dict:
    """Give a page's values in which every text stands in every field; several share a place, so that there are few cards to open."""
    groups = [list(range(first, min(first + A_PLACE, len(TEXTS)))) for first in range(0, len(TEXTS), A_PLACE)]
    at = {n: place for place, group in enumerate(groups) for n in group}
    return {
        "meta": {
            "title": TOGETHER, "language": TEXTS[0], "generator": TEXTS[1], "policy": "printed", "policy_text": TOGETHER,
            "boundaries": TOGETHER, "built": TEXTS[2], "notes": TEXTS, "versions": dict(zip(TEXTS, TEXTS, strict=True)),
            "sources": [{"name": text, "licence": text, "url": text} for text in TEXTS],
        },
        "reports": [
            {"id": f"{text} {n}", "title": text, "source": text, "published": text, "language": text, "url": text, "text": text}
            for n, text in enumerate(TEXTS)
        ],
        "parties": {text: {"name": text, "kind": text, "colour": text} for text in TEXTS},
        "sources": {text: {"citation": text, "licence": text, "url": text} for text in TEXTS},
        "places": [_page_place(group) for group in groups],
        "mentions": [_page_mention(n, text, at[n]) for n, text in enumerate(TEXTS)]
        + [_page_mention(n, text, -1) for n, text in enumerate(TEXTS)],
    }  # fmt: skip


def _page_place(group: list[int]) -> dict:
    texts = [TEXTS[n] for n in group]
    fields = ("toponym", "lang", "kind", "party", "from", "to", "source", "note")
    return {
        "id": texts[0], "lat": 39 + group[0] % 7 / 5, "lon": 45 + group[0] / 100, "precision_m": 1000, "source": texts[0],
        "feature_code": texts[0], "feature": " ".join(texts), "country": texts[0], "role": "site", "confidence": 0.9, "printed": texts,
        "labels": {"printed": " / ".join(texts), "en": texts[0], texts[0]: texts[-1]},
        "names": [dict.fromkeys(fields, text) for text in texts], "mentions": group,
        "points": [{"lat": 39.5, "lon": 45.5, "source": text, "distance_km": 2} for text in texts],
    }  # fmt: skip


def _page_mention(n: int, text: str, place: int) -> dict:
    candidate = {"place": text, "name": text, "lat": 40.5, "lon": 46.5, "score": 0.5, "distance_km": 3}
    return {
        "report": n, "place": place, "text": text, "kind": "place", "status": "unknown" if place < 0 else "resolved",
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
