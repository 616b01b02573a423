"""Natural Earth's geometries as they lie in ``data/basemap``."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.files import data_folder

Geometries = NDArray[Any]


@cache
def geometries(name: str) -> dict[str, Geometries]:
    """Read a file of the basemap.

    Parameters
    ----------
    name : str
        ``land``, ``lakes``, ``lines``, ``divisions`` or ``world``.

    Returns
    -------
    dict
        Arrays of shapely geometries in degrees (WGS 84) by kind; under the empty kind in files that hold only one.
    """
    import pyarrow.parquet  # type: ignore[import-untyped]  # noqa: PLC0415 - most reports need no areas

    # The reader of one file does without the datasets of pyarrow, which load pandas.
    table = pyarrow.parquet.ParquetFile(data_folder() / "basemap" / f"{name}.parquet").read(use_threads=False)
    # Lists, since to_numpy would load pandas.
    shapes = np.asarray(shapely.from_wkb(table["geometry"].to_pylist()))
    if "kind" not in table.column_names:
        return {"": shapes}
    kinds = np.array(table["kind"].to_pylist(), dtype=str)
    return {str(kind): shapes[kinds == kind] for kind in np.unique(kinds)}
