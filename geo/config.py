"""The user's own folder: tables of their own, and a file that names further gazetteers."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from geo.errors import DataError

CONFIG = "config.toml"
_KEY = "gazetteers"


def config_folder() -> Path:
    """Give the user's own folder: ``$ALLONYM_CONFIG`` or the platform's folder for settings."""
    chosen = os.environ.get("ALLONYM_CONFIG")
    if chosen:
        return Path(chosen)
    from platformdirs import user_config_path  # noqa: PLC0415 - keeps `geo --help` cheap

    return user_config_path("allonym")


def own_folder() -> Path:
    """Give the folder of the user's own tables, whether or not it is there."""
    return config_folder() / "gazetteer"


def own_gazetteers() -> tuple[Path, ...]:
    """Give the gazetteers that the user has set up, in the order in which they are laid over one another.

    Returns
    -------
    tuple of Path
        Those that ``config.toml`` names under ``gazetteers``, relative to that file, then the folder of own tables where
        there are any: the later one wins.

    Raises
    ------
    DataError
        When the file is no TOML, has another key, or names what is not there.
    """
    own = own_folder()
    return (*_listed(config_folder() / CONFIG), *([own] if any(own.rglob("*.csv")) else ()))


def _listed(path: Path) -> list[Path]:
    listed = _settings(path).get(_KEY, [])
    if not isinstance(listed, list) or not all(isinstance(entry, str) and entry for entry in listed):
        raise DataError(f'{path}: {_KEY} is no list of paths; write {_KEY} = ["folder-or-file"]')
    found = [path.parent / Path(entry).expanduser() for entry in listed]
    for entry in found:
        if not entry.exists():
            raise DataError(f"{path}: {entry} is not there; correct the path or take it out")
    return found


def _settings(path: Path) -> dict[str, Any]:
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: is no TOML ({error}); correct it") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    unknown = sorted(settings.keys() - {_KEY})
    if unknown:
        raise DataError(f"{path}: unknown key {unknown[0]!r}; the one key is {_KEY}")
    return settings
