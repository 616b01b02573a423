"""What the tests of the importers share."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.gazetteer.importers import read_facts
from geo.gazetteer.importers.ledger import Ledger
from geo.gazetteer.records import Attestation, Link, Party, Point, Relation, Source, TablePlace

EXCHANGE = Path(__file__).parents[2] / "data" / "exchange"
SHARED = Path(__file__).parents[4] / "shared" / "samples"


class Read:
    """The facts of a file by kind, and the ledger."""

    def __init__(self, path, *, skip_bad=False, format_=""):
        self.ledger = Ledger(skip_bad=skip_bad)
        self.facts = list(read_facts(path, format_=format_, ledger=self.ledger))

    def of(self, kind):
        return [fact for fact in self.facts if isinstance(fact, kind)]

    @property
    def sources(self):
        return self.of(Source)

    @property
    def parties(self):
        return self.of(Party)

    @property
    def places(self):
        return {place.id: place for place in self.of(TablePlace)}

    def names(self, place):
        """Give the names of a place as (toponym, lang, kind, party, from, to, note)."""
        return [
            (n.toponym, n.lang, n.kind, n.party, n.from_, n.to, n.note)
            for n in self.of(Attestation)
            if n.place == place
        ]

    def relations(self, place):
        return [(r.relation, r.object, r.from_, r.to) for r in self.of(Relation) if r.place == place]

    def links(self, place):
        return [(link.relation, link.target) for link in self.of(Link) if link.place == place]

    @property
    def points(self):
        return [(point.place, point.lat, point.lon) for point in self.of(Point)]


@pytest.fixture
def read():
    """Read a file of the samples, or any other."""
    return lambda path, **options: Read(EXCHANGE / path, **options)


@pytest.fixture
def real():
    """Give the path of a real file; the test is skipped where it is missing."""

    def path(name):
        if not (SHARED / name).exists():
            pytest.skip(f"no {name}: the folder ../shared is not there")
        return SHARED / name

    return path
