"""What the page may load and run, and how data are written into it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from geo.maps.bundle import hash_source

if TYPE_CHECKING:
    from collections.abc import Iterable

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_UNSAFE = re.compile(r"[<>&\u2028\u2029\ud800-\udfff]")


def content_policy(
    *,
    scripts: Iterable[str],
    styles: Iterable[str],
    image_hosts: Iterable[str] = (),
    script_hosts: Iterable[str] = (),
    style_hosts: Iterable[str] = (),
) -> str:
    """Give the Content-Security-Policy that allows these inline texts by their hashes and nothing else.

    Parameters
    ----------
    scripts, styles : iterable of str
        Inline texts, byte for byte as they stand between their tags.
    image_hosts, script_hosts, style_hosts : iterable of str
        Origins that the map's author asked for; none by default, so that the page makes no request.

    Examples
    --------
    >>> content_policy(scripts=["let a"], styles=[])
    "default-src 'none'; script-src 'sha256-...'; style-src 'none'; img-src data:; font-src data:; base-uri 'none'; ..."
    """
    parts = {
        "default-src": ["'none'"],
        "script-src": [*map(hash_source, scripts), *script_hosts],
        "style-src": [*map(hash_source, styles), *style_hosts],
        "img-src": ["data:", *image_hosts],
        "font-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(" ".join([name, *(dict.fromkeys(sources) or ["'none'"])]) for name, sources in parts.items())


def escape_json(value: Any) -> Markup:
    r"""Write a value as JSON that no HTML or JavaScript parser can take for anything else.

    Examples
    --------
    >>> escape_json({"name": "</script>"})
    Markup('{"name":"\\u003c/script\\u003e"}')
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(_UNSAFE.sub(_escape, text))  # noqa: S704 - every sign that HTML knows is escaped


def _escape(found: re.Match[str]) -> str:
    sign = found.group()
    return _ESCAPES.get(sign) or f"\\u{ord(sign):04x}"
