"""The dataset in the files of other programs, by the ending of the name.

Each writer returns whole files, so that a file is replaced at once or not at all. A text that begins like a formula
is marked as text wherever a spreadsheet may open it: by a leading apostrophe in CSV, by the cell's own quote mark in
Excel, where the text itself stays as it is.
"""

import io
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kursk_events.cells import Plain, guarded, plain, written
from kursk_events.finding import nearest
from kursk_events.flat import codebook, flat
from kursk_events.geo import geojson, geoparquet
from kursk_events.schema import Table
from kursk_events.spelling import FORMULA
from kursk_events.text import replace_file, write_rows

Tables = Mapping[str, pd.DataFrame]
#: Text columns of the rectangle that Stata keeps as strL, whatever their longest text is today.
LONG = ("statement", "note", "event_title", "source_title", "source_url")
_STRL_FROM = 2045


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes:
        endings: Endings of file names that mean it.
        title: What is in it, for messages and documentation.
        write: Gives the files by what is put before the ending of the name, the main file under ``""``.

    """

    endings: tuple[str, ...]
    title: str
    write: Callable[[Tables], dict[str, bytes]]


def export(tables: Tables, path: Path | str, format: str | None = None) -> list[Path]:
    """Write the dataset in the form that the file's ending names.

    Args:
        tables: All tables by name, as `kursk_events.load_all` gives them.
        path: File to write; one that is there is replaced, and missing folders are made.
        format: A key of `FORMATS` (``csv``, ``geojson``, ``geoparquet``, ``stata``, ``excel``, ``sqlite``) where
            the ending should not decide.

    Returns:
        The files that were written: the one asked for, and with CSV its codebook, ``<name>-codebook.csv``.

    Raises:
        ValueError: No such format, an ending that means none, or tables whose references lead out of them.
        ImportError: Excel was asked for without openpyxl; the text names the extra.

    Example:
        >>> import tempfile, kursk_events as ke
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     [file.name for file in export(ke.load_all(), f"{folder}/claims.csv")]
        ['claims.csv', 'claims-codebook.csv']

    """
    path = Path(path)
    written_files = []
    for suffix, content in FORMATS[_format(path, format)].write(tables).items():
        file = path.with_name(f"{path.stem}{suffix}{path.suffix}")
        replace_file(file, content)
        written_files.append(file)
    return written_files


def _format(path: Path, name: str | None) -> str:
    if name is not None:
        if name not in FORMATS:
            raise ValueError(f'no format "{name}". {nearest(name, FORMATS) or "Formats: " + ", ".join(FORMATS)}')
        return name
    ending = path.suffix.lower()
    for known, form in FORMATS.items():
        if ending in form.endings:
            return known
    endings = [other for form in FORMATS.values() for other in form.endings]
    hint = nearest(ending, endings) if ending else ""
    raise ValueError(f'"{path.name}" has no ending that names a format. {hint or "Endings: " + ", ".join(endings)}')


def flat_csv(tables: Tables) -> dict[str, bytes]:
    """Return the rectangle as CSV (UTF-8, LF, ISO dates, empty where missing) with its codebook beside it."""
    return {"": _csv(flat(tables)), "-codebook": _csv(codebook())}


def _csv(frame: pd.DataFrame) -> bytes:
    rows = [
        [guarded(cell) if is_text else cell for cell, is_text in zip(row, _are_text(frame), strict=True)]
        for row in written(frame).itertuples(index=False)
    ]
    return write_rows(list(frame.columns), rows).encode()


def _are_text(frame: pd.DataFrame) -> list[bool]:
    return [not pd.api.types.is_numeric_dtype(dtype) for dtype in frame.dtypes]


def stata(tables: Tables) -> dict[str, bytes]:
    """Return the rectangle as a Stata 14 file (format 118, UTF-8).

    Vocabularies are value labels, dates are daily dates (%td), free text is strL; a missing text is empty, as Stata
    has no other.
    """
    rows = flat(tables)
    dates = [name for name in rows.columns if pd.api.types.is_datetime64_any_dtype(rows[name].dtype)]
    texts = [name for name in rows.columns if isinstance(rows[name].dtype, pd.StringDtype)]
    whole = [name for name in rows.columns if isinstance(rows[name].dtype, pd.Int64Dtype)]
    rows = rows.astype(dict.fromkeys(whole, "int32"))
    rows = rows.assign(**{name: rows[name].fillna("").astype(object) for name in texts})
    if rows.empty:
        # pandas cannot write value labels of no rows.
        rows = rows.astype({name: object for name in rows.columns if isinstance(rows[name].dtype, pd.CategoricalDtype)})
    long = [name for name in texts if name in LONG or _bytes(rows[name]) > _STRL_FROM]
    labels = codebook().set_index("column")["title"]
    sink = io.BytesIO()
    rows.to_stata(
        sink,
        version=118,
        write_index=False,
        convert_dates=dict.fromkeys(dates, "td"),
        convert_strl=long,
        variable_labels={name: str(labels[name])[:80] for name in rows.columns},
        data_label="Kursk events: claims, one row each",
    )
    return {"": sink.getvalue()}


def _bytes(texts: pd.Series) -> int:
    return max((len(text.encode()) for text in texts), default=0)


def excel(tables: Tables) -> dict[str, bytes]:
    """Return a workbook: the rectangle, the codebook of all sheets, and each table.

    Raises:
        ImportError: openpyxl is not installed.

    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise ImportError("writing Excel needs openpyxl: pip install 'kursk-events[excel]'") from error
    book = Workbook(write_only=True)
    for name, frame in {"flat": flat(tables), "codebook": whole_codebook(), **tables}.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        sheet.append(list(frame.columns))
        for row in plain(frame):
            sheet.append([_excel_cell(sheet, value) for value in row])
    sink = io.BytesIO()
    book.save(sink)
    return {"": sink.getvalue()}


def _excel_cell(sheet: object, value: Plain) -> object:
    """Return a value that openpyxl takes; a text that begins like a formula becomes a cell marked as text."""
    if not isinstance(value, str) or not value.startswith(FORMULA):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def whole_codebook() -> pd.DataFrame:
    """Return the codebook of the rectangle and of all tables.

    Returns:
        One row a column: table (``flat`` for the rectangle), column, type, title, description, terms, origin (cell
        that it repeats, or row that it names).

    """
    from kursk_events.loading import describe

    columns = ["table", "column", "type", "title", "description", "terms", "origin"]
    own = codebook().assign(table="flat")
    described = describe().rename(columns={"references": "origin"})
    return pd.concat([own[columns], described[columns]], ignore_index=True).astype("string")


def sqlite(tables: Tables) -> dict[str, bytes]:
    """Return a SQLite database: the tables with primary and foreign keys, and ``codebook``. Dates are ISO text.

    Raises:
        ValueError: A row names another that is not among the tables.

    """
    from kursk_events.loading import package

    described = package().tables
    base = sqlite3.connect(":memory:")
    with base:
        for name, table in described.items():
            base.execute(_create(table))
            _insert(base, name, tables[name][list(table.columns)])
        book = whole_codebook()
        base.execute(f"CREATE TABLE codebook ({', '.join(f'{_quote(name)} TEXT' for name in book.columns)})")
        _insert(base, "codebook", book)
        for name, row, parent, _ in base.execute("PRAGMA foreign_key_check"):
            key = tables[name].iloc[row - 1, 0]
            raise ValueError(f"{name}: {key} names a row of {parent} that is not among the tables; give them whole.")
    content = base.serialize()
    base.close()
    return {"": content}


def _create(table: Table) -> str:
    """Return the statement that makes a table with its keys."""
    kinds = {"number": "REAL", "integer": "INTEGER", "boolean": "INTEGER"}
    lines = [
        f"{_quote(field.name)} {kinds.get(field.type, 'TEXT')}{' NOT NULL' if field.required else ''}"
        for field in table.fields
    ]
    lines.append(f"PRIMARY KEY ({_quoted(table.primary_key)})")
    lines += [f"UNIQUE ({_quoted(key)})" for key in table.unique_keys]
    lines += [
        f"FOREIGN KEY ({_quote(key.field)}) REFERENCES {_quote(key.table)} ({_quote(key.key)})"
        for key in table.foreign_keys
    ]
    return f"CREATE TABLE {_quote(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _insert(base: sqlite3.Connection, name: str, frame: pd.DataFrame) -> None:
    places = ", ".join("?" * len(frame.columns))
    rows = ([_sqlite_value(value) for value in row] for row in plain(frame))
    base.executemany(f"INSERT INTO {_quote(name)} VALUES ({places})", rows)


def _sqlite_value(value: Plain) -> Plain:
    return value if value is None or isinstance(value, str | int | float) else value.isoformat()


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(map(_quote, names))


def _quote(name: str) -> str:
    return f'"{name}"'


FORMATS = {
    "csv": Format((".csv",), "Claims as one rectangle, with a codebook beside it", flat_csv),
    "geojson": Format((".geojson",), "Events with points", lambda tables: {"": geojson(tables)}),
    "geoparquet": Format(
        (".parquet", ".geoparquet"), "Events with points, typed", lambda tables: {"": geoparquet(tables)}
    ),
    "stata": Format((".dta",), "Claims as one rectangle, labelled", stata),
    "excel": Format((".xlsx",), "Claims as one rectangle, codebook and all tables", excel),
    "sqlite": Format((".sqlite", ".sqlite3", ".db"), "All tables with keys, and a codebook", sqlite),
}
