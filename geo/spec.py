"""A map build as a TOML file: sources, names, layers and outputs; relative paths are relative to the file."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from geo.builds import OPEN, SHOWN, Build
from geo.errors import SpecError
from geo.maps.interface import FALLBACK, languages
from geo.maps.names import POLICIES
from geo.maps.page_data import Quote
from geo.maps.pictures.sheet import SIZES

_LISTS = ("sources", "outputs", "gazetteers", "countries", "layers", "decisions", "boundaries")
_TEXTS = ("title", "size", "names", "quote", "tiles", "ner", "worldview", "language")
_KEYS = (*_LISTS, *_TEXTS, "columns", "skip_bad")


def read_spec(path: Path) -> Build:
    """Read a spec.

    Raises
    ------
    SpecError
        With the file and what is wrong: not TOML, an unknown key, a value of another type, no sources or no outputs.
    """
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SpecError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise SpecError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SpecError(f"{path}: {error}; see docs/specs.md for an example") from error
    _check(path, facts)
    folder = path.parent
    return Build(
        sources=tuple(source if source == "-" else str(folder / source) for source in facts["sources"]),
        outputs=tuple(folder / output for output in facts["outputs"]),
        size=facts.get("size"),
        title=facts.get("title", ""),
        columns=facts.get("columns", {}),
        gazetteers=tuple(folder / gazetteer for gazetteer in facts.get("gazetteers", ())),
        countries=tuple(facts.get("countries", ())),
        names=facts.get("names", "printed"),
        quote=facts.get("quote", "sentence"),
        shown=tuple(facts.get("layers", OPEN)),
        language=facts.get("language", FALLBACK),
        worldview=facts.get("worldview", "de-facto"),
        boundaries=tuple(folder / file for file in facts.get("boundaries", ())),
        tiles=facts.get("tiles", ""),
        decisions=tuple(folder / file for file in facts.get("decisions", ())),
        ner=facts.get("ner", ""),
        skip_bad=facts.get("skip_bad", False),
    )


def _check(path: Path, facts: dict[str, Any]) -> None:
    for key in facts:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(_KEYS)}"
            raise SpecError(f"{path}: unknown key {key!r}; {hint}")
    for key in ("sources", "outputs"):
        if not facts.get(key):
            raise SpecError(f'{path}: {key} is missing; write {key} = ["…"]')
    checks: list[tuple[tuple[str, ...], Callable[[Any], bool], str]] = [
        (
            _LISTS,
            lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
            'a list of texts, ["…"]',
        ),
        (_TEXTS, lambda value: isinstance(value, str), 'a text, "…"'),
        (
            ("columns",),
            lambda value: isinstance(value, dict) and all(isinstance(v, str) for v in value.values()),
            "a table of texts",
        ),
        (("skip_bad",), lambda value: isinstance(value, bool), "true or false"),
        (("names",), lambda value: value in POLICIES, " ".join(POLICIES)),
        (("language",), lambda value: value in languages(), " ".join(languages())),
        (("quote",), lambda value: value in get_args(Quote), " ".join(get_args(Quote))),
        (("size",), lambda value: value in SIZES, " ".join(SIZES)),
        (("layers",), lambda value: set(value) <= set(SHOWN), "some of " + " ".join(SHOWN)),
    ]
    for keys, fits, expected in checks:
        for key in keys:
            if key in facts and not fits(facts[key]):
                raise SpecError(f"{path}: {key} is {facts[key]!r}; expected {expected}")
