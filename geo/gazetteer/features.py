"""GeoNames feature codes in plain words."""

from __future__ import annotations

_WORDS = {
    "PPLC": "capital",
    "PPLA": "main town of a region",
    "PPL": "town or village",
    "PCLI": "state",
    "PCL": "state or territory",
    "TERR": "territory",
    "ADM1": "first-level division",
    "ADM2": "second-level division",
    "ADM": "division",
    "RGN": "region",
    "CONT": "continent",
    "SEA": "sea",
    "OCN": "ocean",
    "GULF": "gulf",
    "BAY": "bay",
    "STRT": "strait",
    "CHN": "channel",
    "CNL": "canal",
    "LK": "lake",
    "RSV": "reservoir",
    "STM": "river",
    "MT": "mountain",
    "MTS": "mountains",
    "VLC": "volcano",
    "DSRT": "desert",
    "VAL": "valley",
    "PASS": "pass",
    "PEN": "peninsula",
    "CAPE": "cape",
    "RD": "road",
    "ISL": "island",
    "ISLS": "islands",
    "MSTY": "monastery",
    "AREA": "area",
    "AIRP": "airport",
    "GRGE": "gorge",
    "ANS": "ancient site",
}


def feature_words(code: str) -> str:
    """Give a feature code in plain words, or "" for one that has none here.

    Examples
    --------
    >>> feature_words("ADM1")
    'first-level division'
    >>> feature_words("PPLX")
    'town or village'
    """
    words = _WORDS.get(code) or next((w for prefix, w in _WORDS.items() if code.startswith(prefix)), "")
    return f"former {words}" if words and code.endswith("H") and code not in _WORDS else words
