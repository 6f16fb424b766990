"""The records as the pages need them: plain rows, grouped once, with names for codes.

A page reads rows and never frames, so that two thousand pages cost no more than their text.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from kursk_events.compile import identity, last_day, read_citation
from kursk_events.dataset import Dataset
from kursk_events.figures import figure
from kursk_events.known import printed_on
from kursk_events.location import locations
from kursk_events.lookup import look_up
from kursk_events.precision import edge
from kursk_events.schema import Package, read_package
from kursk_events.typed import read_tables, to_frames

Row = dict[str, Any]
Rows = list[Row]

CAMPAIGN = "kursk-campaign"
#: Words for a relation, seen from the later claim and from the earlier one, in the order in which a page shows them.
RELATIONS = {
    "disputes": ("disputes", "is disputed by"),
    "confirms": ("confirms", "is confirmed by"),
    "corrects": ("corrects", "is corrected by"),
    "retracts": ("retracts", "is retracted by"),
    "updates": ("updates", "is updated by"),
    "repeats": ("repeats", "is repeated by"),
    "component_of": ("is a part of", "has the part"),
}
WORDS = [word for pair in RELATIONS.values() for word in pair]


def rows(frame: pd.DataFrame) -> Rows:
    """Return the rows of a frame as dictionaries: None where empty, dates as `datetime.date`.

    >>> rows(pd.DataFrame({"a": ["x", None], "b": pd.to_datetime(["2025-04-26", None])}))
    [{'a': 'x', 'b': datetime.date(2025, 4, 26)}, {'a': None, 'b': None}]
    """
    columns = {name: _plain(frame[name]) for name in frame.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _plain(column: pd.Series) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.date
    return [None if missing else value for value, missing in zip(column.astype(object), column.isna(), strict=True)]


def group(items: Iterable[Row], key: str) -> dict[str, Rows]:
    """Return rows by the value of one column, in the order in which they come."""
    found: dict[str, Rows] = defaultdict(list)
    for item in items:
        if item[key] is not None:
            found[item[key]].append(item)
    return dict(found)


@dataclass(frozen=True)
class Records:
    """All records, with what pages ask of them again and again.

    Attributes:
        package: The descriptor.
        tables: Arrow tables by name.
        frames: The same as frames.
        last_day: Last day on which a claim was made, yyyy-mm-dd, or empty.
        identity: sha256 of the release.
        citation: What ``CITATION.cff`` says.

    """

    package: Package
    tables: Mapping[str, pa.Table]
    frames: Mapping[str, pd.DataFrame]
    last_day: str
    identity: str
    citation: Mapping[str, Any]

    @classmethod
    def read(cls, root: Path) -> "Records":
        """Read the package under ``root``; raises `kursk_events.finding.DataError` for records with a fault."""
        package = read_package(root)
        tables = read_tables(package)
        frames = to_frames(package, tables)
        return cls(package, tables, frames, last_day(tables), identity(package), read_citation(root))

    @cached_property
    def dataset(self) -> Dataset:
        """The same records behind the analysis interface."""
        return Dataset(self.frames)

    def _by_id(self, table: str) -> dict[str, Row]:
        return {row[self.package.tables[table].primary_key[0]]: row for row in rows(self.frames[table])}

    @cached_property
    def publishers(self) -> dict[str, Row]:
        """Publishers by id."""
        return self._by_id("publishers")

    @cached_property
    def sources(self) -> dict[str, Row]:
        """Sources by id, each with its publisher under ``publisher``."""
        found = self._by_id("sources")
        for row in found.values():
            row["publisher"] = self.publishers[row["publisher_id"]]
        return found

    @cached_property
    def actors(self) -> dict[str, Row]:
        """Actors by id."""
        return self._by_id("actors")

    @cached_property
    def types(self) -> dict[str, Row]:
        """Event types by term."""
        return self._by_id("event_types")

    @cached_property
    def measures(self) -> dict[str, Row]:
        """Measures by term."""
        return self._by_id("measures")

    @cached_property
    def places(self) -> dict[str, Row]:
        """Places by id, each with ``shown_at``: the row of the place whose point it is shown at, or None."""
        found = self._by_id("places")
        owners = locations(self.frames["places"])["point_place_id"]
        for name, row in found.items():
            row["shown_at"] = None if pd.isna(owners[name]) else found[str(owners[name])]
        return found

    @cached_property
    def events(self) -> dict[str, Row]:
        """Events by id in the order of their dates, each with ``type``, ``place`` and ``status``."""
        status = self.dataset.status()
        found = dict(sorted(self._by_id("events").items(), key=lambda item: (item[1]["start_date"], item[0])))
        for name, row in found.items():
            row["type"] = self.types[row["event_type"]]
            row["place"] = self.places[row["place_id"]]
            row["status"] = None if pd.isna(status[name]) else str(status[name])
        return found

    @cached_property
    def claims(self) -> dict[str, Row]:
        """Claims by id in the order of their days, with claimant, side, figure, citations and relations both ways."""
        known = self.known_from
        found = dict(sorted(self._by_id("claims").items(), key=lambda item: (item[1]["claimed_on"], item[0])))
        citations = group(rows(self.frames["citations"]), "claim_id")
        links = rows(self.frames["relations"])
        out, back = group(links, "claim_id"), group(links, "other_claim_id")
        for name, row in found.items():
            unit = self.measures[row["measure"]]["unit"] if row["measure"] else ""
            row["claimant"] = self.actors[row["claimant_id"]]
            row["side"] = row["claimant"]["side"]
            row["figure"] = figure(pd.Series(row), unit)
            row["citations"] = [
                {**cited, "source": self.sources[cited["source_id"]]} for cited in citations.get(name, ())
            ]
            row["answers"] = out.get(name, [])
            row["answered_by"] = back.get(name, [])
            row["known_from"] = known.get(name)
        return found

    @cached_property
    def known_from(self) -> dict[str, datetime.date]:
        """First day on which each claim counts as known; see "as known on a day" in the methodology."""
        return dict(zip(self.frames["claims"]["claim_id"], known_days(self.frames).dt.date, strict=True))

    @cached_property
    def claims_by_event(self) -> dict[str, Rows]:
        """Claims of each event."""
        return group(self.claims.values(), "event_id")

    @cached_property
    def claims_by_claimant(self) -> dict[str, Rows]:
        """Claims of each actor."""
        return group(self.claims.values(), "claimant_id")

    @cached_property
    def claims_by_source(self) -> dict[str, Rows]:
        """Claims that each source carries."""
        found: dict[str, Rows] = defaultdict(list)
        for claim in self.claims.values():
            for cited in claim["citations"]:
                found[cited["source_id"]].append(claim)
        return dict(found)

    @cached_property
    def participants(self) -> dict[str, Rows]:
        """Participants of each event, with the actor's row."""
        return group(self._taking_part(), "event_id")

    @cached_property
    def parts_of_actor(self) -> dict[str, Rows]:
        """Events in which each actor takes part."""
        return group(self._taking_part(), "actor_id")

    def _taking_part(self) -> Rows:
        return [
            {**row, "actor": self.actors[row["actor_id"]], "event": self.events[row["event_id"]]}
            for row in rows(self.frames["participants"])
        ]

    @cached_property
    def labels(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        """Label and definition of each vocabulary term, by table, column and term."""
        return {
            (table.name, field.name, term.value): (term.label, term.description)
            for table in self.package.tables.values()
            for field in table.fields
            for term in field.categories
        }

    def links_of(self, claim: Row) -> list[tuple[str, list[tuple[Row, str | None]]]]:
        """Return the claims that a claim answers and that answer it, in groups, each with the words for it."""
        found: dict[str, list[tuple[Row, str | None]]] = defaultdict(list)
        for relation in claim["answers"]:
            found[RELATIONS[relation["relation"]][0]].append(
                (self.claims[relation["other_claim_id"]], relation["note"])
            )
        for relation in claim["answered_by"]:
            found[RELATIONS[relation["relation"]][1]].append((self.claims[relation["claim_id"]], relation["note"]))
        return sorted(found.items(), key=lambda item: WORDS.index(item[0]))

    def label(self, table: str, column: str, term: str | None) -> str:
        """Return the label of a term, or an empty string for None."""
        return "" if term is None else self.labels[table, column, term][0]


def known_days(frames: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Return the first day on which `Dataset.as_known` holds each claim, on the index of the claims.

    That is the last day that the claim's own date allows, or the day on which the first of its sources was in print,
    whichever is later; every claim has a source.
    """
    citations, claims = frames["citations"], frames["claims"]
    printed = printed_on(citations, frames["sources"]).groupby(citations["claim_id"]).min()
    first = look_up(claims["claim_id"], printed)
    said = edge(claims["claimed_on"], claims["claimed_precision"], "latest")
    return said.where(first.isna() | (said >= first), first)
