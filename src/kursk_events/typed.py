"""Typed tables: canonical text to Arrow by the schema's types, vocabularies and keys.

The one road to typed data for the build of the wheel, for `load` in a checkout, for compiling and for the check.
It needs pyarrow only, and it is strict: a bad cell, an unknown term or a broken key raises, so that a
bad record cannot get into a wheel even where the validators are not installed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kursk_events.finding import Code, DataError, Finding, nearest
from kursk_events.schema import Field, Package, Table
from kursk_events.text import RawTable, order_findings, read_table

if TYPE_CHECKING:
    import pandas as pd

KEYS = {
    entry.code: entry
    for entry in (
        Code("S301", "a required cell is filled", "Without it the record says nothing."),
        Code("S302", "a term is one of its vocabulary", "Closed vocabularies can be counted."),
        Code("S303", "a value matches its pattern", "Ids, codes and addresses have one shape."),
        Code("S304", "a number lies within its limits", "Outside them it is a slip."),
        Code("S305", "a primary key is unique", "Two rows under one key cannot both be meant."),
        Code("S306", "a reference names a row that exists", "A dangling id leads nowhere."),
    )
}


def read_tables(package: Package) -> dict[str, pa.Table]:
    """Read all tables of a package as Arrow tables, in the types of the schema.

    Raises:
        DataError: A file has a fault of form, type, vocabulary or key; its ``findings`` name the lines.

    """
    raws = {name: read_table(table, package.root) for name, table in package.tables.items()}
    findings = [finding for raw in raws.values() for finding in raw.findings]
    if not findings:
        findings = one_a_missing_row(key_findings(raws))
    if not findings:
        findings = [finding for raw in raws.values() for finding in order_findings(raw)]
    if findings:
        raise DataError(findings)
    return {name: to_arrow(raw) for name, raw in raws.items()}


def to_arrow(raw: RawTable) -> pa.Table:
    """Type the rows of a table whose form and terms are known to be right."""
    columns = list(zip(*raw.rows, strict=True)) if raw.rows else [()] * len(raw.table.fields)
    arrays = [_array(field, cells) for field, cells in zip(raw.table.fields, columns, strict=True)]
    schema = pa.schema([pa.field(f.name, f.arrow_type, nullable=not f.required) for f in raw.table.fields])
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(field: Field, cells: tuple[str, ...]) -> pa.Array:
    text = pa.array(cells, pa.string())
    text = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    if field.categories:
        codes = pc.index_in(text, value_set=pa.array(field.terms, pa.string()))
        terms = pa.array(field.terms, pa.string())
        return pa.DictionaryArray.from_arrays(codes.cast(pa.int8()), terms, ordered=field.ordered)
    return pc.cast(text, field.arrow_type)


def key_findings(raws: Mapping[str, RawTable]) -> Iterator[Finding]:
    """Yield what breaks a requirement, vocabulary, pattern, limit, primary key or reference."""
    keys = {name: _key_values(raw) for name, raw in raws.items()}
    for raw in raws.values():
        for place, field in enumerate(raw.table.fields):
            cells = [row[place] for row in raw.rows]
            key = raw.table.reference(field.name)
            known = keys.get(key.table) if key else None
            for at, code, message, hint in _column_damage(field, cells, known, key.table if key else ""):
                yield _finding(raw, at, field.name, code, message, hint)
        yield from _doubled_keys(raw)


def one_a_missing_row(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with one for each missing row and column that names it: the damage is the missing row.

    A renamed id would otherwise be found once for each of the hundred rows that refer to it.
    """
    kept: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        unique: tuple[str, ...] = (finding.code, finding.file, finding.column, finding.message)
        if finding.code != "S306":
            unique += (str(finding.line),)
        kept.setdefault(unique, []).append(finding)
    return [_with_count(same) for same in kept.values()]


def _with_count(same: list[Finding]) -> Finding:
    first = min(same, key=lambda finding: finding.line)
    if len(same) == 1:
        return first
    return replace(first, message=f"{first.message[:-1]}, and {len(same)} rows name it; this is the first.")


def _key_values(raw: RawTable) -> frozenset[str]:
    place = raw.table.columns.index(raw.table.primary_key[0])
    return frozenset(row[place] for row in raw.rows)


def _column_damage(
    field: Field, cells: list[str], known: frozenset[str] | None, target: str
) -> Iterator[tuple[int, str, str, str]]:
    values = set(cells)
    pattern = re.compile(field.pattern) if field.pattern else None
    bad: dict[str, tuple[str, str, str]] = {}
    for value in values:
        damage = value_damage(field, pattern, value)
        if damage is None and value and known is not None and value not in known:
            damage = (
                "S306",
                f'"{value}" is not in {target}.',
                nearest(value, known) or f"Add it to {target} first.",
            )
        if damage:
            bad[value] = damage
    if bad:
        for at, cell in enumerate(cells):
            if cell in bad:
                yield at, *bad[cell]


def value_damage(field: Field, pattern: re.Pattern[str] | None, value: str) -> tuple[str, str, str] | None:
    """Return code, message and hint of what a single value breaks, or None."""
    if not value:
        return (
            ("S301", f"{field.name} is empty.", f"{field.description} For example: {field.example}.")
            if field.required
            else None
        )
    if field.terms and value not in field.terms:
        return (
            "S302",
            f'"{value}" is not a term of {field.name}.',
            nearest(value, field.terms) or f"Use one of: {', '.join(field.terms)}.",
        )
    if pattern and not pattern.fullmatch(value):
        return (
            "S303",
            f'"{value}" does not match the pattern of {field.name}.',
            f"It looks like {field.example}.",
        )
    if field.minimum is not None and float(value) < field.minimum:
        return "S304", f"{value} is below {field.minimum:g}.", f"It is at least {field.minimum:g}."
    if field.maximum is not None and float(value) > field.maximum:
        return "S304", f"{value} is above {field.maximum:g}.", f"It is at most {field.maximum:g}."
    return None


def _doubled_keys(raw: RawTable) -> Iterator[Finding]:
    places = [raw.table.columns.index(column) for column in raw.table.primary_key]
    first: dict[tuple[str, ...], int] = {}
    for at, row in enumerate(raw.rows):
        key = tuple(row[place] for place in places)
        if key in first:
            message = f"{' '.join(key)} stands already in line {raw.lines[first[key]]}."
            yield _finding(
                raw,
                at,
                raw.table.primary_key[0],
                "S305",
                message,
                "Keep one row, or give this one a key of its own.",
            )
        else:
            first[key] = at


def _finding(raw: RawTable, at: int, column: str, code: str, message: str, hint: str) -> Finding:
    return row_finding(raw.table, raw.rows[at], raw.lines[at], column, code, message, hint)


def row_finding(
    table: Table,
    row: list[str],
    line: int,
    column: str,
    code: str,
    message: str,
    hint: str,
    severity: str = "error",
) -> Finding:
    """Return a finding about a cell of a row."""
    record = " ".join(row[table.columns.index(key)] for key in table.primary_key)
    return Finding(table.path, line, column, code, severity, record, message, hint)  # type: ignore[arg-type]


def to_frames(package: Package, tables: Mapping[str, pa.Table]) -> "dict[str, pd.DataFrame]":
    """Return the tables as frames in the dtypes of the schema."""
    return {name: to_frame(package.tables[name], table) for name, table in tables.items()}


def to_frame(table: Table, data: pa.Table) -> "pd.DataFrame":
    """Return an Arrow table as a frame: Int64, boolean, string, datetime64[s], float64 and categories.

    Categories carry the whole vocabulary; an empty cell is missing. The frame is the caller's own: Arrow lends its
    memory for categories, and a frame on borrowed memory cannot be written to.
    """
    import pandas as pd

    plain = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype()}
    frame: pd.DataFrame = data.to_pandas(types_mapper=plain.get, date_as_object=False)
    typed = {field.name: field.pandas_dtype for field in table.fields if field.categories or field.type == "date"}
    return frame.astype(typed).copy()
