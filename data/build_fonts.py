"""Build the fonts in ``data/fonts``: subsets of Noto Sans by script, for the names and texts of a page.

Sources: the packages of Fontsource on npm, under the SIL Open Font License 1.1; the script needs ``fonttools`` and ``brotli``::

    npm pack @fontsource-variable/noto-sans @fontsource-variable/noto-sans-armenian @fontsource-variable/noto-sans-georgian
    npm pack @fontsource-variable/noto-sans-arabic @fontsource-variable/noto-sans-hebrew
    python data/build_fonts.py FOLDER_WITH_THE_TGZ_FILES

Equal inputs under equal versions of the libraries give equal bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import tarfile
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).parent / "fonts"
TABLE = FOLDER / "scripts.csv"
WEIGHTS, ITALIC_WEIGHT = (400, 600), 400
"""Upright letters come in all weights between, italic ones, for the names of waters, in one."""
FEATURES = ("ccmp", "locl", "mark", "mkmk", "kern", "rlig", "calt", "liga", "init", "medi", "fina", "isol")


def font_of(folder: Path, package: str, file: str) -> TTFont:
    """Read one font out of a package's archive."""
    (archive,) = sorted(folder.glob(f"fontsource-variable-{package}-[0-9]*.tgz"))
    with tarfile.open(archive) as tar:
        found = tar.extractfile(f"package/files/{file}")
        if found is None:
            raise FileNotFoundError(file)
        return TTFont(io.BytesIO(found.read()), recalcTimestamp=False)


def signs(ranges: str) -> set[int]:
    """Read ``U+0020-007E U+00A0`` as numbers of signs."""
    spans = [span.removeprefix("U+").partition("-") for span in ranges.split()]
    return {sign for first, _, last in spans for sign in range(int(first, 16), int(last or first, 16) + 1)}


def subset(font: TTFont, wanted: set[int], weights: tuple[int, int] | int) -> Any:
    """Keep some signs, some weights, and what joins and places the letters."""
    options = Options()
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13, 14]
    options.drop_tables += ["STAT", "MVAR"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return instantiateVariableFont(font, {"wght": weights})


def build(folder: Path) -> None:
    """Write one file a row of the table."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        weights = ITALIC_WEIGHT if row["style"] == "italic" else WEIGHTS
        font = subset(font_of(folder, row["package"], row["file"]), signs(row["ranges"]), weights)
        font.flavor = "woff2"
        path = FOLDER / f"{row['script']}.woff2"
        font.save(path)
        print(f"{path.name}: {len(font.getBestCmap())} signs, {path.stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build data/fonts from packages of Fontsource.")
    parser.add_argument("folder", type=Path, help="where the packages lie")
    build(parser.parse_args().folder)
