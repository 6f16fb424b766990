"""Cells as the CSV files write them: typed frames back to canonical text.

What `kursk_events.typed` reads, this writes: `written` of a loaded table gives the rows of its file. Formats
that a spreadsheet may open ask `guarded` as well, so that no text runs as a formula.
"""

import datetime
import re

import pandas as pd

from kursk_events.spelling import FORMULA

Plain = str | float | int | bool | datetime.date | None
_LEAD = re.compile(f"'*[{re.escape(''.join(FORMULA))}]")


def written(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with every cell as canonical text, empty where it is missing.

    Dates are yyyy-mm-dd, whole numbers have no decimals, booleans are true and false.

    >>> written(pd.DataFrame({"value": [76000.0, None, 0.5]}))["value"].tolist()
    ['76000', '', '0.5']
    """
    return pd.DataFrame({name: _written(frame[name]) for name in frame.columns}, index=frame.index, dtype=object)


def _written(column: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return ["" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in column]
    if pd.api.types.is_bool_dtype(column.dtype):
        return ["" if pd.isna(value) else str(bool(value)).lower() for value in column]
    if pd.api.types.is_float_dtype(column.dtype):
        return ["" if pd.isna(value) else number(float(value)) for value in column]
    return ["" if pd.isna(value) else str(value) for value in column]


def number(value: float) -> str:
    """Return a number as the files write it: digits, a full stop, no exponent and no trailing zeros.

    >>> number(1300000000000.0), number(0.00001)
    ('1300000000000', '0.00001')
    """
    if value.is_integer():
        return str(int(value))
    text = repr(value)
    return f"{value:.17f}".rstrip("0") if "e" in text else text


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe goes before ``=``, ``+``, ``-`` and ``@``.

    A text that already begins with apostrophes and such a sign gets one more, so that taking one away is exact.

    >>> guarded("=1+1"), guarded("'-5"), guarded("'Gornal' held")
    ("'=1+1", "''-5", "'Gornal' held")
    """
    return f"'{text}" if _LEAD.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given.

    >>> unguarded("'=1+1"), unguarded("'Gornal' held")
    ('=1+1', "'Gornal' held")
    """
    return text[1:] if text.startswith("'") and _LEAD.match(text) else text


def plain(frame: pd.DataFrame) -> list[tuple[Plain, ...]]:
    """Return the rows as plain Python values: str, float, int, bool and date, None where a cell is missing.

    A float stays one where it is whole, so that a column has one type.

    >>> plain(pd.DataFrame({"day": pd.to_datetime(["2025-04-26", None]), "value": [1.0, None]}))
    [(datetime.date(2025, 4, 26), 1.0), (None, None)]
    """
    return list(zip(*(_plain(frame[name]) for name in frame.columns), strict=True))


def _plain(column: pd.Series) -> list[Plain]:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [None if pd.isna(day) else day.date() for day in column]
    return [None if pd.isna(value) else value for value in column.astype(object).tolist()]
