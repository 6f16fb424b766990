"""New records: a row appended by column name, put in order, and checked before it is kept."""

import csv
import difflib
from collections.abc import Mapping

from kursk_events.finding import nearest
from kursk_events.schema import Package
from kursk_events.spelling import format_cell
from kursk_events.text import read_table, replace_file, sort_rows, write_rows


def add_record(package: Package, table_name: str, cells: Mapping[str, str]) -> str:
    """Add one record to a table's CSV file and return the line that was written.

    Args:
        package: The checkout's package.
        table_name: Table that gets the record.
        cells: Cells by column; columns left out stay empty.

    Raises:
        ValueError: A column does not exist, the id is taken, a required cell is missing or the file has faults.

    """
    table = package.table(table_name)
    for column in cells:
        if column not in table.columns:
            raise ValueError(f'{table_name} has no column "{column}". {nearest(column, table.columns)}'.strip())
    missing = [field.name for field in table.fields if field.required and not cells.get(field.name)]
    if missing:
        raise ValueError(f"{table_name} needs {', '.join(missing)}")
    raw = read_table(table, package.root)
    if raw.findings:
        raise ValueError(f"{table.path} has faults of form; run `kursk-events fmt` first")
    row = [format_cell(field, cells.get(field.name, "")) for field in table.fields]
    places = [table.columns.index(column) for column in table.primary_key]
    if any([other[place] for place in places] == [row[place] for place in places] for other in raw.rows):
        raise ValueError(f"{' '.join(row[place] for place in places)} is already in {table_name}")
    rows = sort_rows(table, [*raw.rows, row])
    replace_file(package.root / table.path, write_rows(table.columns, rows).encode())
    return write_rows(row, [])


def similar_names(package: Package, table_name: str, name: str) -> list[str]:
    """Return ids whose name, in any language, is like ``name``: look before adding an actor, place or publisher."""
    table = package.table(table_name)
    columns = [column for column in table.columns if column.startswith("name")]
    found = []
    with (package.root / table.path).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known = [row[column].casefold() for column in columns if row[column]]
            if difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.75):
                found.append(row[table.primary_key[0]])
    return found
