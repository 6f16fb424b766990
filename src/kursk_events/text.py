"""Canonical text: how a CSV file of the dataset is written, read and put in order.

A record is one physical line, so that line numbers, diffs and blame are true. The form rule is that writing what
was read gives the same bytes; whatever breaks it is a finding with its line. Nothing here looks at meaning:
vocabularies, keys and rules come later in the road.
"""

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kursk_events.finding import Code, Finding, nearest
from kursk_events.schema import Field, Table
from kursk_events.spelling import cell_damage, format_cell

FORM = {
    entry.code: entry
    for entry in (
        Code("F201", "a table is a plain file inside the package", "Links and devices could lead out of it."),
        Code("F202", "a file is UTF-8", "Names in three scripts survive in no other encoding."),
        Code(
            "F203",
            "no byte order mark",
            "It would become a part of the first column's name.",
            accepted="\ufeffclaim_id",
        ),
        Code("F204", "lines end in LF", "Mixed line ends make whole-file diffs.", accepted="a,b\\r\\n"),
        Code("F205", "no control characters", "They are invisible and break readers.", accepted="a\\x07b"),
        Code("F206", "no merge-conflict markers", "They are a half-finished merge."),
        Code("F207", "a file has a header", "An empty file is a lost table."),
        Code(
            "F208",
            "columns are those of the schema, in its order",
            "Readers address columns by name and place.",
        ),
        Code("F209", "cells are separated by commas", "A sniffed delimiter is a guess."),
        Code(
            "F210",
            "a row has as many cells as the header",
            "A shifted row is wrong in every cell after the shift.",
        ),
        Code(
            "F211",
            "quotes only where they are needed, and doubled inside",
            "Then a change of a cell is a change of that cell only.",
            accepted='"plain"',
        ),
        Code("F212", "a record is one line", "Then line numbers and diffs are true.", accepted='"two\\nlines"'),
        Code(
            "F213",
            "no white space round or doubled inside a cell, none but plain spaces",
            "Padded cells match nothing.",
            accepted=" Sudzha",
        ),
        Code(
            "F214",
            "no look-alike letters or bidirectional marks",
            "They hide one name behind another.",
            accepted="\u0421udzha, its first letter Cyrillic",
        ),
        Code(
            "F215",
            "text is in Unicode NFC",
            "Otherwise equal names differ.",
            accepted="й written as и and a breve",
        ),
        Code(
            "F216",
            "a date is yyyy-mm-dd",
            "Other forms are read differently from place to place.",
            accepted="2024-8-6",
        ),
        Code(
            "F217",
            "a number has digits, a full stop and no leading or trailing zeros",
            "One number, one spelling.",
            accepted="007, +1, 1e3",
        ),
        Code("F218", "a boolean is true or false", "One value, one spelling.", accepted="True"),
        Code(
            "F219",
            "an empty cell is empty",
            "NA, null and dashes are text to every reader.",
            accepted="n/a in a text column",
        ),
        Code("F220", "no cell begins like a formula", "Spreadsheets would run it.", accepted="=1+1"),
        Code(
            "F221",
            "rows stand in the order of the sort key",
            "Then two people who add rows rarely collide.",
            accepted="rows in any order",
        ),
        Code("F222", "no blank lines", "They count as records for some readers.", accepted="an empty line"),
        Code(
            "F223",
            "the last line ends",
            "Appending a row must not change the row before it.",
            accepted="no newline at the end",
        ),
    )
}

_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |\Z)")


@dataclass(frozen=True, slots=True)
class RawTable:
    """A file as read: cells as text, with the physical line of each row.

    Attributes:
        rows: Data rows without the header, each with one cell a column.
        lines: Physical line of each row, counted from 1 with the header.
        findings: What is wrong with the form; where there is any error, rows may be missing.

    """

    table: Table
    rows: list[list[str]]
    lines: list[int]
    findings: list[Finding]


def read_table(table: Table, root: Path) -> RawTable:
    """Read a table's file and check its form."""
    raw = RawTable(table, [], [], [])
    content = _read_file(raw, root)
    if content is not None and _header_is_right(raw, content):
        _read_rows(raw, content)
        for row, number in zip(raw.rows, raw.lines, strict=True):
            raw.findings.extend(_cell_findings(table, row, number))
    return raw


def write_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write the canonical text of a table."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([columns, *rows])
    return out.getvalue()


def sort_rows(table: Table, rows: Sequence[list[str]]) -> list[list[str]]:
    """Return the rows in the order of the table's sort key, then of the primary key; empty cells first."""
    places = [table.columns.index(column) for column in (*table.sort_key, *table.primary_key)]
    return sorted(rows, key=lambda row: [row[place] for place in places])


def format_file(table: Table, root: Path) -> tuple[bool, list[Finding]]:
    """Put a file into canonical form; return whether it changed and what keeps it from being put in form.

    A value's meaning is never changed: a cell that has more than one reading is left as it is for `check`.
    A file whose rows cannot be told apart is not touched.
    """
    raw = RawTable(table, [], [], [])
    path = root / table.path
    content = _read_file(raw, root, repair=True)
    if content is None or not _header_is_right(raw, content, repair=True):
        return False, raw.findings
    _read_rows(raw, content, repair=True)
    if raw.findings:
        return False, raw.findings
    header = next(csv.reader([content.split("\n", 1)[0]]))
    places = [[cell.strip() for cell in header].index(column) for column in table.columns]
    rows = [[format_cell(field, row[at]) for field, at in zip(table.fields, places, strict=True)] for row in raw.rows]
    text = write_rows(table.columns, sort_rows(table, rows))
    if text.encode() == path.read_bytes():
        return False, []
    replace_file(path, text.encode())
    return True, []


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _read_file(raw: RawTable, root: Path, repair: bool = False) -> str | None:
    """Return the file's text, or None with one finding where it is no text of ours at all."""
    path = root / raw.table.path
    parts = [root / part for part in [*Path(raw.table.path).parents][::-1] if str(part) != "."] + [path]
    linked = next((part for part in parts if part.is_symlink()), None)
    if linked or ".." in Path(raw.table.path).parts or not path.is_file():
        missing = not path.exists() and not linked
        what = "the file is missing." if missing else "the path is a link or no regular file."
        _find(raw, "F201", 0, what, f"Put the table at {raw.table.path}; a table without rows holds its header.")
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        _find(raw, "F201", 0, f"the file cannot be read: {error.strerror}.", "Make it a readable file.")
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        _find(raw, "F202", 1, "the file is UTF-16.", "Save it as UTF-8 without a byte order mark.")
        return None
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        _find(raw, "F205", line, "a NUL byte.", "Remove it; the file may be damaged or no text.")
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        _find(raw, "F202", line, f"byte 0x{content[error.start]:02x} is not UTF-8.", "Save the file as UTF-8.")
        return None
    if repair:
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        text = text if text.endswith("\n") or not text else text + "\n"
        text = "\n".join(line for line in text.split("\n") if line.strip()) + ("\n" if text.strip() else "")
    if text.startswith("\ufeff"):
        _find(raw, "F203", 1, "the file begins with a byte order mark.", "Run `kursk-events fmt`.")
        return None
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        _find(raw, "F204", line, "a line ends in CR or CRLF.", "Run `kursk-events fmt`.")
        return None
    if not text.strip():
        _find(
            raw,
            "F207",
            1 if text else 0,
            "the file is empty.",
            f"The header is {','.join(raw.table.columns)}",
        )
        return None
    for number, line_text in enumerate(text.split("\n"), 1):
        if _CONFLICT.match(line_text):
            _find(raw, "F206", number, f'a merge-conflict marker "{line_text[:7]}".', "Finish the merge.")
            return None
    return text


def _header_is_right(raw: RawTable, content: str, repair: bool = False) -> bool:
    first = content.split("\n", 1)[0]
    wanted = list(raw.table.columns)
    try:
        found = next(csv.reader([first], strict=True))
    except csv.Error:
        found = [first]
    if repair and sorted(cell.strip() for cell in found) == sorted(wanted):
        return True
    if found == wanted and (repair or first == ",".join(wanted)):
        return True
    for delimiter, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len(wanted) > 1 and first.split(delimiter) == wanted:
            _find(raw, "F209", 1, f"cells are separated by {name}.", "Separate them by commas.")
            return False
    message, hint, column = _header_damage(found, wanted)
    _find(raw, "F208", 1, message, hint, column=column)
    return False


def _header_damage(found: list[str], wanted: list[str]) -> tuple[str, str, str]:
    doubled = next((name for name in found if found.count(name) > 1), None)
    missing = [name for name in wanted if name not in found]
    extra = [name for name in found if name not in wanted]
    if doubled:
        return f'the column "{doubled}" stands twice.', "Keep one of them.", doubled
    if missing and extra:
        near = nearest(extra[0], missing)
        return (
            f'the column "{extra[0]}" is not in the schema and "{missing[0]}" is missing.',
            near or f'Name it "{missing[0]}".',
            missing[0],
        )
    if missing:
        return (
            f'the column "{missing[0]}" is missing.',
            f'It stands after "{_before(missing[0], wanted)}".',
            missing[0],
        )
    if extra:
        return (
            f'the column "{extra[0]}" is not in the schema.',
            "Remove it, or propose it in the schema first.",
            extra[0],
        )
    wrong = next((a for a, b in zip(found, wanted, strict=True) if a != b), wanted[0])
    return f'the column "{wrong}" is out of order.', "Run `kursk-events fmt`.", wrong


def _before(name: str, wanted: list[str]) -> str:
    place = wanted.index(name)
    return wanted[place - 1] if place else "the start of the line"


def _read_rows(raw: RawTable, content: str, repair: bool = False) -> None:
    """Fill in the rows: at once where the text is canonical, line by line with a diagnosis where it is not."""
    rows = [] if repair else _parse_all(content)
    if _is_canonical(rows, content):
        raw.rows.extend(rows[1:])
        raw.lines.extend(range(2, len(rows) + 1))
        return
    lines = content.split("\n")
    if lines[-1] == "":
        lines.pop()
    elif not repair:
        _find(raw, "F223", len(lines), "the last line has no end.", "Run `kursk-events fmt`.")
    number = 1
    while number < len(lines):
        number += _read_record(raw, lines, number, repair)


def _is_canonical(rows: list[list[str]], content: str) -> bool:
    """Say whether the rows make a table of one record a line and writing them gives the same text."""
    even = bool(rows) and all(len(row) == len(rows[0]) for row in rows)
    return even and len(rows) == content.count("\n") and write_rows(rows[0], rows[1:]) == content


def _parse_all(content: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(content, newline=""), strict=True))
    except csv.Error:
        return []


def _read_record(raw: RawTable, lines: list[str], number: int, repair: bool) -> int:
    """Read the record that begins at ``lines[number]``; return how many lines it takes."""
    width = len(raw.table.columns)
    text = lines[number]
    if not text.strip():
        _find(raw, "F222", number + 1, "a blank line.", "Run `kursk-events fmt`.")
        return 1
    row = _parse_line(text)
    if row is None:
        for taken in range(2, min(50, len(lines) - number) + 1):
            joined = _parse_all("\n".join(lines[number : number + taken]))
            if len(joined) == 1 and len(joined[0]) == width:
                broken = next((c for c, cell in zip(raw.table.columns, joined[0], strict=True) if "\n" in cell), "")
                _find(
                    raw,
                    "F212",
                    number + 1,
                    "a cell holds a line break.",
                    "Write it on one line.",
                    column=broken,
                )
                return taken
        _find(
            raw,
            "F211",
            number + 1,
            "a stray quote.",
            "Double a quote inside a quoted cell, and close the cell.",
        )
        rest = _parse_line(lines[number + 1]) if number + 1 < len(lines) else None
        # A ragged line behind an unclosed cell is the rest of that cell, not a damage of its own.
        return 2 if rest is not None and 0 < len(rest) < width else 1
    if len(row) != width:
        what = f"the row has {len(row)} cells, the header {width}."
        _find(raw, "F210", number + 1, what, "Quote a cell that holds a comma.", record=row[0] if row else "")
        return 1
    raw.rows.append(row)
    raw.lines.append(number + 1)
    if not repair and write_rows(row, [])[:-1] != text:
        _find(raw, "F211", number + 1, "quotes where none are needed.", "Run `kursk-events fmt`.", record=row[0])
    return 1


def _parse_line(text: str) -> list[str] | None:
    try:
        return next(csv.reader([text], strict=True))
    except csv.Error:
        return None


def _cell_findings(table: Table, row: list[str], number: int) -> Iterator[Finding]:
    record = " ".join(row[table.columns.index(column)] for column in table.primary_key)
    for field, cell in zip(table.fields, row, strict=True):
        damage = cell_damage(field, cell) if cell else None
        if damage and not (damage[0] in ("F214", "F220") and _is_citation(table, field)):
            code, message, hint = damage
            yield Finding(table.path, number, field.name, code, "error", record, message, hint)


def _is_citation(table: Table, field: Field) -> bool:
    return table.name == "sources" and field.name == "title"


def order_findings(raw: RawTable) -> Iterator[Finding]:
    """Yield one finding where the rows leave the order of the sort key; asked when all else is right."""
    wanted = sort_rows(raw.table, raw.rows)
    for row, other, number in zip(raw.rows, wanted, raw.lines, strict=True):
        if row != other:
            key = [raw.table.columns.index(column) for column in raw.table.primary_key]
            record = " ".join(row[place] for place in key)
            message = f"rows are out of order from here; the next should be {' '.join(other[place] for place in key)}."
            yield Finding(raw.table.path, number, "", "F221", "error", record, message, "Run `kursk-events fmt`.")
            return


def _find(raw: RawTable, code: str, line: int, message: str, hint: str, column: str = "", record: str = "") -> None:
    raw.findings.append(Finding(raw.table.path, line, column, code, FORM[code].severity, record, message, hint))
