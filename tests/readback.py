"""Exports read back by other programs, each as canonical text, so that they compare row by row with the source."""

import csv
import io
import json
import sqlite3
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from kursk_events.cells import unguarded, written

Rows = list[list[str]]


def texts(frame: pd.DataFrame) -> Rows:
    return [list(row) for row in written(frame).itertuples(index=False)]


def need(package: str) -> None:
    """Skip the test in words where a package of the extra `interop` is missing."""
    pytest.importorskip(package, reason=f"{package} is not installed: pip install -e '.[interop]'")


def csv_rows(path: Path) -> tuple[list[str], Rows]:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True))
    return rows[0], [[unguarded(cell) for cell in row] for row in rows[1:]]


@cache
def _sheets(path: Path) -> dict[str, list[tuple[object, ...]]]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def excel_rows(path: Path, sheet: str) -> tuple[list[str], Rows]:
    rows = _sheets(path)[sheet]
    header = [str(cell) for cell in rows[0]]
    # Empty cells at the end of a row are not in the file.
    cells = [[*row, *[None] * (len(header) - len(row))] for row in rows[1:]]
    return header, texts(pd.DataFrame(cells, columns=header, dtype=object).map(plain_cell))


def plain_cell(value: object) -> object:
    """A cell as text, where a column's own type is lost: dates with a midnight, numbers with or without decimals."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return written(pd.DataFrame({"x": [value]}))["x"][0]
    return str(value)


def stata_rows(frame: pd.DataFrame) -> tuple[list[str], Rows]:
    return list(frame.columns), [[str(plain_cell(value)) for value in row] for row in frame.itertuples(index=False)]


def sqlite_rows(path: Path, table: str) -> tuple[list[str], Rows]:
    base = sqlite3.connect(path)
    cursor = base.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
    header = [column[0] for column in cursor.description]
    kinds = {row[1]: row[2] for row in base.execute(f'PRAGMA table_info("{table}")')}
    booleans = {"explicit", "required"} & {name for name, kind in kinds.items() if kind == "INTEGER"}
    rows = [
        [
            str(plain_cell(bool(cell) if name in booleans and cell is not None else cell))
            for name, cell in zip(header, row, strict=True)
        ]
        for row in cursor
    ]
    base.close()
    return header, rows


def geojson_rows(path: Path, columns: list[str]) -> Rows:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    rows = []
    for feature in features:
        longitude, latitude = feature["geometry"]["coordinates"] if feature["geometry"] else (None, None)
        cells = {**feature["properties"], "latitude": latitude, "longitude": longitude}
        rows.append([str(plain_cell(cells[column])) for column in columns])
    return rows
