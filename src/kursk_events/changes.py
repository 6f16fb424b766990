"""What changed between two states of the data, by primary key and a value at a time.

A state is a git revision, a wheel of a release, a folder with the package, or a folder of compiled tables. Both are
brought to the text of the CSV files, so that a wheel compares with a checkout. The changes decide the version:

| change | version |
|---|---|
| a table, column or term is gone; a column's type, key or constraint differs | major |
| an id is gone without a row in `retired` | major |
| a table, column, term or record is added; an id is retired | minor |
| a value differs; a link (participant, citation, relation) is gone; the codebook's words differ | patch |

Below 1.0.0 a major change raises the second number, as a minor one does.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from kursk_events.base import base_folder
from kursk_events.cells import guarded, written
from kursk_events.compile import BUILT
from kursk_events.finding import DataError
from kursk_events.schema import (
    DESCRIPTOR,
    Field,
    SchemaError,
    Table,
    find_root,
    package_from_descriptor,
    read_package,
)
from kursk_events.text import read_table, write_rows
from kursk_events.typed import to_frame

Bump = Literal["none", "patch", "minor", "major"]
Key = tuple[str, ...]
Row = tuple[str, str, str, str, str, str, str]
COLUMNS = ("level", "table", "id", "column", "change", "old", "new")
BUMPS: tuple[Bump, ...] = ("none", "patch", "minor", "major")
#: Records or values that a changelog names one by one, for each table; the rest are counted.
LISTED = 20
_STRUCTURE = ("type", "required", "unique", "pattern", "minimum", "maximum")
_PROSE = ("title", "description")


@dataclass(frozen=True, slots=True)
class State:
    """The data at one time: schema and cells as text, by table and primary key."""

    name: str
    version: str
    tables: Mapping[str, Table]
    rows: Mapping[str, Mapping[Key, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """The changes from one state to another.

    Attributes:
        old: The older state, as it was asked for.
        new: The newer state.
        old_version: Version of the older state.
        changes: One row a change, in the order of the tables: level (table, column, term, record or value), table, id,
            column, change (added, changed, retired or removed), old, new. The values of an added or removed record
            are not repeated; ``new`` of a retired record is what replaces it.

    """

    old: str
    new: str
    old_version: str
    changes: pd.DataFrame

    @property
    def bump(self) -> Bump:
        """The part of the version that the changes raise, by the rules of this module."""
        return BUMPS[max((BUMPS.index(bump) for bump in self.bumps()), default=0)]

    def bumps(self) -> list[Bump]:
        """Return what each change asks for, in the order of ``changes``."""
        return [_bump(*row) for row in self.changes.itertuples(index=False, name=None)]

    @property
    def next_version(self) -> str:
        """The version that the newer state needs."""
        return next_version(self.old_version, self.bump)

    def counts(self) -> pd.DataFrame:
        """Return the number of changes.

        Returns:
            Indexed by table, in the order of the tables, with the columns added, changed, retired and removed.

        """
        found = pd.crosstab(self.changes["table"], self.changes["change"])
        tables = list(dict.fromkeys(self.changes["table"]))
        columns = ["added", "changed", "retired", "removed"]
        return found.reindex(index=tables, columns=columns, fill_value=0).rename_axis(index="table", columns=None)

    def changelog(self) -> str:
        """Return a draft in Markdown: what changed in the structure, what was added, changed, retired and removed."""
        parts = [f"## {self.next_version}", f"Changes from {self.old} to {self.new}."]
        for title, select in _SECTIONS.items():
            lines = list(_lines(self.changes[select(self.changes)]))
            if lines:
                parts += [f"### {title}", "\n".join(lines)]
        return "\n\n".join(parts if len(parts) > 2 else [*parts, "Nothing changed."]) + "\n"


def diff(old: str | Path, new: str | Path | None = None, *, root: Path | None = None) -> Difference:
    """Compare two states of the data by primary key.

    Args:
        old: A git revision of the checkout, a wheel, a folder with the package, or a folder of compiled tables.
        new: The same; the present data where it is left out.
        root: The checkout whose revisions are meant; the one around the working folder or the package by default.

    Returns:
        The changes, the version that they need and a draft of the changelog.

    Raises:
        ValueError: A state is none of these, or cannot be read.
        DataError: The records of a state have faults of form.

    Example:
        >>> import kursk_events as ke
        >>> ke.diff(ke.path("claims").parent).bump
        'none'

    """
    root = root or find_root() or find_root(Path(__file__).parent)
    before, after = read_state(old, root), read_state(new, root)
    changes = pd.DataFrame(list(_changes(before, after)), columns=list(COLUMNS), dtype="string")
    return Difference(before.name, after.name, before.version, changes)


def next_version(version: str, bump: Bump) -> str:
    """Return the version after a change.

    >>> next_version("1.2.3", "major"), next_version("1.2.3", "minor"), next_version("1.2.3", "patch")
    ('2.0.0', '1.3.0', '1.2.4')
    >>> next_version("0.1.0", "major"), next_version("0.1.0", "patch"), next_version("0.1.0", "none")
    ('0.2.0', '0.1.1', '0.1.0')
    """
    parts = [int(part) for part in version.split(".")[:3]]
    major, minor, patch = parts + [0] * (3 - len(parts))
    if bump == "none":
        return f"{major}.{minor}.{patch}"
    step = "minor" if bump == "major" and not major else bump
    return {"major": f"{major + 1}.0.0", "minor": f"{major}.{minor + 1}.0", "patch": f"{major}.{minor}.{patch + 1}"}[
        step
    ]


def read_state(name: str | Path | None, root: Path | None) -> State:
    """Read a state; see `diff` for what may be named."""
    from kursk_events.loading import BUILT_FOLDER

    if name is None:
        if (BUILT_FOLDER / BUILT).is_file():
            return _compiled("the installed data", lambda file: (BUILT_FOLDER / file).read_bytes())
        return _from_folder("the checkout", _some_root(root, "the present data"))
    path = Path(name)
    if path.suffix == ".whl":
        return _from_wheel(path)
    if (path / BUILT).is_file() and not (path / DESCRIPTOR).is_file():
        return _compiled(path.name, lambda file: (path / file).read_bytes())
    if path.is_dir():
        with base_folder(path, str(path)) as folder:
            return _from_folder(str(name), folder)
    with base_folder(_some_root(root, str(name)), str(name)) as folder:
        return _from_folder(str(name), folder)


def _some_root(root: Path | None, name: str) -> Path:
    if root is None:
        raise ValueError(f"{name} is no folder or wheel, and there is no checkout whose git revision it could be")
    return root


def _from_folder(name: str, folder: Path) -> State:
    try:
        package = read_package(folder)
    except SchemaError as error:
        raise ValueError(f"{name} cannot be read: {error}") from error
    raws = {table: read_table(package.tables[table], folder) for table in package.tables}
    faults = [finding for raw in raws.values() for finding in raw.findings if finding.severity == "error"]
    if faults:
        raise DataError(faults)
    rows = {table: _by_key(raw.table, raw.rows) for table, raw in raws.items()}
    return State(name, package.version, package.tables, rows)


def _from_wheel(path: Path) -> State:
    try:
        with zipfile.ZipFile(path) as wheel:
            return _compiled(path.name, lambda file: wheel.read(f"kursk_events/_data/{file}"))
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise ValueError(f"{path} is no wheel of this package: {error}") from error


def _compiled(name: str, read: Callable[[str], bytes]) -> State:
    import pyarrow.parquet as pq

    descriptor = json.loads(read(BUILT))
    try:
        package = package_from_descriptor(descriptor, Path(name), str(descriptor["version"]))
    except SchemaError as error:
        raise ValueError(f"{name} cannot be read: {error}") from error
    rows = {}
    for resource in descriptor["resources"]:
        table = package.tables[resource["name"]]
        frame = written(to_frame(table, pq.read_table(io.BytesIO(read(resource["path"])))))
        rows[table.name] = _by_key(table, frame.values.tolist())
    return State(name, package.version, package.tables, rows)


def _by_key(table: Table, rows: list[list[str]]) -> dict[Key, tuple[str, ...]]:
    places = [table.columns.index(column) for column in table.primary_key]
    return {tuple(row[place] for place in places): tuple(row) for row in rows}


def _changes(old: State, new: State) -> Iterator[Row]:
    for name in dict.fromkeys([*new.tables, *old.tables]):
        if name not in new.tables or name not in old.tables:
            yield ("table", name, "", "", "added" if name in new.tables else "removed", "", "")
            continue
        before, after = old.tables[name], new.tables[name]
        yield from _structure(before, after)
        if before.primary_key == after.primary_key:
            yield from _records(before, after, old, new)


def _structure(old: Table, new: Table) -> Iterator[Row]:
    if old.primary_key != new.primary_key:
        yield ("table", new.name, "", "primary key", "changed", " ".join(old.primary_key), " ".join(new.primary_key))
    for column in dict.fromkeys([*new.columns, *old.columns]):
        if column not in new.columns or column not in old.columns:
            yield ("column", new.name, "", column, "added" if column in new.columns else "removed", "", "")
            continue
        before, after = _properties(old, column), _properties(new, column)
        for name in before:
            if before[name] != after[name]:
                yield ("column", new.name, name, column, "changed", before[name], after[name])
        terms, now = old.field(column).terms, new.field(column).terms
        for term in dict.fromkeys([*now, *terms]):
            if term not in now or term not in terms:
                yield ("term", new.name, term, column, "added" if term in now else "removed", "", "")


def _properties(table: Table, column: str) -> dict[str, str]:
    field: Field = table.field(column)
    key = table.reference(column)
    found = {name: _shown(getattr(field, name)) for name in (*_STRUCTURE, *_PROSE)}
    return {**found, "references": f"{key.table}.{key.key}" if key else ""}


def _shown(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _records(before: Table, after: Table, old: State, new: State) -> Iterator[Row]:
    name = after.name
    was, now = old.rows[name], new.rows[name]
    retired = _retired(new)
    shared = [column for column in after.columns if column not in after.primary_key]
    for key in sorted({*was, *now}):
        shown = " ".join(key)
        if key not in was:
            # A new row of `retired` is told as the retirement of the record that it names.
            if name != "retired":
                yield ("record", name, shown, "", "added", "", "")
        elif key not in now:
            change = "retired" if (name, shown) in retired else "removed"
            yield ("record", name, shown, "", change, "", retired.get((name, shown), ""))
        else:
            for column in shared:
                value = was[key][before.columns.index(column)] if column in before.columns else ""
                other = now[key][after.columns.index(column)]
                if value != other:
                    yield ("value", name, shown, column, "changed", value, other)


def _retired(state: State) -> dict[tuple[str, str], str]:
    """Return what replaces each retired id, empty where nothing does."""
    table = state.tables.get("retired")
    if table is None:
        return {}
    at = {column: place for place, column in enumerate(table.columns)}
    return {(row[at["table"]], row[at["id"]]): row[at["replaced_by"]] for row in state.rows["retired"].values()}


_LINKS = ("participants", "citations", "relations")


def _bump(level: str, table: str, id: str, column: str, change: str, old: str, new: str) -> Bump:
    if change == "removed":
        return "patch" if level == "record" and table in _LINKS else "major"
    if change in ("added", "retired"):
        return "minor"
    return "major" if level == "table" or (level == "column" and id not in _PROSE) else "patch"


def _is(level: str, change: str) -> Callable[[pd.DataFrame], "pd.Series[bool]"]:
    return lambda changes: changes["level"].eq(level) & changes["change"].eq(change)


_SECTIONS: Mapping[str, Callable[[pd.DataFrame], "pd.Series[bool]"]] = {
    "Structure": lambda changes: changes["level"].isin(["table", "column", "term"]),
    "Added": _is("record", "added"),
    "Changed": _is("value", "changed"),
    "Retired": _is("record", "retired"),
    "Removed": _is("record", "removed"),
}


def _lines(changes: pd.DataFrame) -> Iterator[str]:
    for table, rows in changes.groupby("table", sort=False):
        yield f"- {table}: {len(rows)}"
        for row in rows.head(LISTED).itertuples(index=False, name=None):
            yield f"  - {line(*row)}"
        if len(rows) > LISTED:
            yield f"  - and {len(rows) - LISTED} more"


def line(level: str, table: str, id: str, column: str, change: str, old: str, new: str) -> str:
    """Return a change in words, without its table.

    >>> line("value", "events", "gornal-2025-04-26", "end_date", "changed", "2025-04-26", "")
    'gornal-2025-04-26 end_date: 2025-04-26 -> (empty)'
    """
    values = f"{_clip(old)} -> {_clip(new)}"
    if level == "value":
        return f"{id} {column}: {values}"
    if level == "record":
        return f"{id}, replaced by {new}" if new else id
    if level == "term":
        return f"term {id} of {column} {change}"
    if change == "changed":
        return f"{id} of column {column}: {values}" if level == "column" else f"{column}: {values}"
    return f"{level} {column or table} {change}"


def _clip(value: str, width: int = 80) -> str:
    return "(empty)" if not value else value if len(value) <= width else f"{value[: width - 1]}…"


def _text(found: Difference) -> str:
    lines = [f"{row[4]:8} {row[1]}: {line(*row)}" for row in found.changes.itertuples(index=False, name=None)]
    counts = ", ".join(f"{number} {change}" for change, number in found.counts().sum().items() if number)
    needs = f"{found.bump} change: {found.old_version} -> {found.next_version}" if lines else "no new version"
    return "\n".join([*lines, f"{counts or 'nothing changed'}; {needs}"]) + "\n"


def _csv(found: Difference) -> str:
    cells = written(found.changes).map(guarded)
    return write_rows(COLUMNS, cells.values.tolist())


RENDERINGS: Mapping[str, Callable[[Difference], str]] = {"text": _text, "csv": _csv, "markdown": Difference.changelog}
