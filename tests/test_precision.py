"""Days that a date and its precision allow."""

import datetime

import pandas as pd
import pytest

from kursk_events.precision import day, edge

DATE = "2025-02-14"


@pytest.mark.parametrize(
    ("term", "earliest", "latest"),
    [
        ("day", "2025-02-14", "2025-02-14"),
        (None, "2025-02-14", "2025-02-14"),
        ("days", "2025-02-11", "2025-02-17"),
        ("week", "2025-02-07", "2025-02-21"),
        ("month", "2025-02-01", "2025-02-28"),
        ("longer", "2024-08-15", "2025-08-16"),
    ],
)
def test_a_term_allows_a_span(term: str | None, earliest: str, latest: str) -> None:
    dates, precision = pd.Series(pd.to_datetime([DATE])), pd.Series([term], dtype="string")
    found = [edge(dates, precision, side) for side in ("earliest", "latest")]
    assert [f"{column[0]:%Y-%m-%d}" for column in found] == [earliest, latest]
    assert [column.dtype for column in found] == [dates.dtype, dates.dtype]


def test_a_missing_date_has_no_span() -> None:
    dates = pd.Series(pd.to_datetime([DATE, None]))
    found = edge(dates, pd.Series(["month", "month"]), "latest")
    assert found.isna().tolist() == [False, True]


@pytest.mark.parametrize("value", [DATE, datetime.date(2025, 2, 14), pd.Timestamp("2025-02-14 18:30")])
def test_a_day_is_named_by_text_or_date(value: str | datetime.date) -> None:
    found = day(value)
    assert found == pd.Timestamp(DATE)
    assert found.unit == "s"


def test_what_is_no_day_is_said() -> None:
    with pytest.raises(ValueError, match=r'^"14\.02\.2025" is no date: write it as yyyy-mm-dd, as in 2025-04-26\.$'):
        day("14.02.2025")
