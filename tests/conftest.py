"""A factory of tiny whole packages, so that a test shows only the rows that it is about."""

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

import kursk_events as ke
from kursk_events.dataset import Dataset
from kursk_events.schema import Package, read_package
from kursk_events.text import sort_rows, write_rows
from kursk_events.typed import read_tables, to_frames

ROOT = Path(__file__).parents[1]
Rows = list[dict[str, str]]


def _day(text: str) -> dict[str, str]:
    return {"published_on": text, "published_precision": "day", "language": "en", "accessed_on": "2026-11-01"}


TINY: dict[str, Rows] = {
    "publishers": [
        {"publisher_id": "north", "name": "North", "kind": "agency", "party_link": "state_media", "side": "RU", "hosts": "north.example"},
        {"publisher_id": "south", "name": "South", "kind": "online", "party_link": "independent", "side": "UA", "hosts": "south.example t.me/south"},
    ],
    "sources": [
        {"source_id": "north-1", "publisher_id": "north", "kind": "article", "title": "Village taken", "url": "https://north.example/1", **_day("2025-04-26")},
        {"source_id": "south-1", "publisher_id": "south", "kind": "article", "title": "Village held", "url": "https://south.example/1", **_day("2025-04-27")},
    ],
    "actors": [
        {"actor_id": "rus-mod", "name": "Ministry", "kind": "government_body", "side": "RU"},
        {"actor_id": "rus-spokesman", "name": "Spokesman", "kind": "office_holder", "side": "RU", "parent_id": "rus-mod"},
        {"actor_id": "ukr-staff", "name": "Staff", "kind": "government_body", "side": "UA"},
    ],
    "places": [
        {"place_id": "gornal", "name": "Gornal", "kind": "settlement", "parent_id": "sudzhansky-district", "country": "RU"},
        {"place_id": "kursk-oblast", "name": "Kursk Oblast", "kind": "oblast", "parent_id": "russia", "country": "RU"},
        {"place_id": "russia", "name": "Russia", "kind": "country", "country": "RU"},
        {"place_id": "sudzhansky-district", "name": "Sudzhansky District", "kind": "district", "parent_id": "kursk-oblast", "country": "RU"},
    ],
    "events": [
        {"event_id": "kursk-campaign", "title": "Kursk campaign", "event_type": "campaign", "start_date": "2024-08-06", "date_precision": "day", "place_id": "kursk-oblast", "place_precision": "oblast", "summary": "All of it."},
        {"event_id": "gornal-2025-04-26", "title": "Reported retaking of Gornal", "event_type": "recapture", "start_date": "2025-04-26", "end_date": "2025-04-26", "date_precision": "day", "place_id": "gornal", "place_precision": "settlement", "part_of": "kursk-campaign", "summary": "Both sides spoke of Gornal."},
    ],
    "participants": [{"event_id": "gornal-2025-04-26", "actor_id": "rus-spokesman", "role": "party"}],
    "claims": [
        {"claim_id": "mod-taken", "event_id": "gornal-2025-04-26", "kind": "control", "claimant_id": "rus-mod", "stance": "asserts", "claimed_on": "2025-04-26", "claimed_precision": "day", "voice": "official_release", "basis": "none_offered", "statement": "Said that Gornal was taken.", "valid_from": "2025-04-26", "place_id": "gornal", "control_status": "ru_held"},
        {"claim_id": "mod-losses", "event_id": "kursk-campaign", "kind": "quantity", "claimant_id": "rus-mod", "stance": "asserts", "claimed_on": "2025-04-26", "claimed_precision": "day", "voice": "official_release", "statement": "Put the losses at more than 76000.", "valid_to": "2025-04-26", "subject_id": "ukr-staff", "measure": "losses_total", "category": "combatant", "bound": "at_least", "value_low": "76000", "scope": "cumulative"},
        {"claim_id": "staff-held", "event_id": "gornal-2025-04-26", "kind": "control", "claimant_id": "ukr-staff", "stance": "denies", "claimed_on": "2025-04-27", "claimed_precision": "day", "voice": "official_release", "statement": "Denied it.", "place_id": "gornal", "control_status": "ru_held"},
    ],
    "citations": [
        {"claim_id": "mod-losses", "source_id": "north-1", "relay": "relay"},
        {"claim_id": "mod-taken", "source_id": "north-1", "relay": "relay"},
        {"claim_id": "mod-taken", "source_id": "south-1", "relay": "translation"},
        {"claim_id": "staff-held", "source_id": "south-1", "relay": "relay"},
    ],
    "relations": [{"claim_id": "staff-held", "relation": "disputes", "other_claim_id": "mod-taken", "explicit": "true"}],
    "retired": [],
}  # fmt: skip


@dataclass
class Tiny:
    """A tiny package on disk, with its tables still at hand for editing."""

    root: Path
    package: Package
    tables: dict[str, Rows] = field(default_factory=dict)

    def edit(self, table: str, key: str, /, **cells: str) -> "Tiny":
        """Change cells of the row whose first column is ``key``."""
        row = next(row for row in self.tables[table] if next(iter(row.values())) == key)
        row.update(cells)
        return self

    def add(self, table: str, like: str = "", /, **cells: str) -> "Tiny":
        """Add a row, by default like the row whose first column is ``like``."""
        model = next((row for row in self.tables[table] if next(iter(row.values())) == like), {})
        self.tables[table].append({**model, **cells})
        return self

    def drop(self, table: str, key: str) -> "Tiny":
        """Remove the rows whose first column is ``key``."""
        self.tables[table] = [row for row in self.tables[table] if next(iter(row.values())) != key]
        return self

    def write(self) -> "Tiny":
        """Write the tables in canonical form."""
        for name, rows in self.tables.items():
            table = self.package.tables[name]
            cells = [[row.get(column, "") for column in table.columns] for row in rows]
            (self.root / table.path).write_text(write_rows(table.columns, sort_rows(table, cells)), encoding="utf-8")
        return self

    def dataset(self) -> Dataset:
        """Write the tables and read them as a dataset."""
        package = self.write().package
        return Dataset(to_frames(package, read_tables(package)))

    def line(self, table: str, key: str) -> int:
        """Return the physical line of a row."""
        text = (self.root / self.package.tables[table].path).read_text(encoding="utf-8")
        rows = list(csv.reader(io.StringIO(text)))
        return next(number for number, row in enumerate(rows, 1) if row[0] == key)


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return make_tiny(tmp_path)


@pytest.fixture(scope="session")
def real() -> Dataset:
    """The records themselves, read once."""
    return Dataset()


@pytest.fixture(scope="session")
def tiny_factory(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Tiny]:
    return lambda: make_tiny(tmp_path_factory.mktemp("tiny"))


def last_access() -> pd.Timestamp:
    """Return the last day on which a page was read: the records may name no later one."""
    return ke.load("sources")["accessed_on"].max()


def copy_checkout(target: Path, *names: str) -> Path:
    """Copy files and folders of the checkout, without what was compiled or installed in them."""
    ignore = shutil.ignore_patterns("__pycache__", "node_modules", "_data")
    target.mkdir(parents=True)
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=ignore)
        else:
            shutil.copy(source, target / name)
    return target


def make_tiny(root: Path) -> Tiny:
    for name in ("datapackage.yaml", "pyproject.toml", "CITATION.cff"):
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "schemas", root / "schemas", dirs_exist_ok=True)
    (root / "data").mkdir(exist_ok=True)
    for name in ("event_types", "measures"):
        shutil.copy(ROOT / "data" / f"{name}.csv", root / "data")
    package = read_package(root)
    return Tiny(root, package, {name: [dict(row) for row in rows] for name, rows in TINY.items()}).write()
