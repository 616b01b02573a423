"""A synonyms list in the form of Nominatim's variants: ``source, source => target, target``, a line a place.

Each name of a place stands on both sides, so that any of them is found under all of them. The same lines are explicit
mappings of the synonym filters of Solr, Elasticsearch and OpenSearch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.gazetteer.exporters.known import Known, known_places
from geo.gazetteer.tables import Tables

# Signs that mean something in such a list, and names that are not the place's.
_SYNTAX = re.compile(r"[,~|^$#\\\"]|[=-]>")
_OTHER = ("demonym",)


def lines(tables: Tables) -> Iterator[str]:
    """Give a line for each place with two names or more; a name that has a sign of the list's own is left out."""
    for known in known_places(tables):
        names = _names(known)
        if len(names) > 1:
            joined = ", ".join(names)
            yield f"{joined} => {joined}\n"


def _names(known: Known) -> list[str]:
    told = {n.toponym.casefold(): n.toponym for n in reversed(known.names) if n.kind not in _OTHER}
    return sorted(
        (name for name in told.values() if not _SYNTAX.search(name)), key=lambda name: (name.casefold(), name)
    )
