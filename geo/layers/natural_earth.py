"""Natural Earth's geometries as they lie in ``data/basemap``."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.files import data_folder

Geometries = NDArray[Any]
Texts = NDArray[np.str_]


@cache
def geometries(name: str) -> dict[str, Geometries]:
    """Read a file of the basemap.

    Parameters
    ----------
    name : str
        ``land``, ``lakes``, ``lines``, ``rivers``, ``divisions`` or ``world``.

    Returns
    -------
    dict
        Arrays of shapely geometries in degrees (WGS 84) by kind; under the empty kind in files that hold only one.
    """
    shapes, columns = records(name)
    kinds = columns.get("kind")
    return {"": shapes} if kinds is None else {str(kind): shapes[kinds == kind] for kind in np.unique(kinds)}


@cache
def records(name: str) -> tuple[Geometries, dict[str, Texts]]:
    """Read a file of the basemap row by row.

    Returns
    -------
    (numpy.ndarray, dict)
        The geometries, and what the other columns say of each.
    """
    import pyarrow.parquet  # type: ignore[import-untyped]  # noqa: PLC0415 - most reports need no areas

    # The reader of one file does without the datasets of pyarrow, which load pandas.
    table = pyarrow.parquet.ParquetFile(data_folder() / "basemap" / f"{name}.parquet").read(use_threads=False)
    # Lists, since to_numpy would load pandas.
    shapes = np.asarray(shapely.from_wkb(table["geometry"].to_pylist()))
    columns = [column for column in table.column_names if column != "geometry"]
    return shapes, {column: np.array(table[column].to_pylist(), dtype=str) for column in columns}
