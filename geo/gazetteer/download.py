"""Download GeoNames' files for one country, on demand only."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from geo.errors import OnlineError
from geo.files import cache_folder

GEONAMES = "https://download.geonames.org/export/dump/"
# Seconds without a byte after which a server is given up.
PATIENCE_S = 60
_FILES = {"places": "{code}.zip", "names": "alternatenames/{code}.zip"}


def country_files(code: str) -> list[Path]:
    """Download a country's dump and its alternate names, unless they are in the cache already.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-2. The address is that of GeoNames or ``$ALLONYM_GEONAMES``.

    Returns
    -------
    list of Path
        The two zip files in the folder ``downloads`` of the cache; delete them there to get them anew.

    Raises
    ------
    OnlineError
        When the server does not answer or has no such file.
    """
    import pooch  # noqa: PLC0415 - only when something is downloaded
    import requests  # noqa: PLC0415

    pooch.get_logger().setLevel(logging.WARNING)
    base = os.environ.get("ALLONYM_GEONAMES", GEONAMES).rstrip("/")
    found = []
    for what, pattern in _FILES.items():
        url = f"{base}/{pattern.format(code=code)}"
        try:
            file = pooch.retrieve(
                url,
                known_hash=None,  # the files change every day
                fname=f"geonames-{code}-{what}.zip",
                path=cache_folder() / "downloads",
                downloader=pooch.HTTPDownloader(timeout=PATIENCE_S),
            )
        except (requests.RequestException, OSError, ValueError) as error:
            raise OnlineError(f"{url}: cannot be downloaded ({error}); check the code and the network") from error
        found.append(Path(file))
    return found
