"""Days that a date and its precision allow.

Dates are compared by their earliest and latest day: something is wrong only where no reading fits. The terms are
those of the ACLED and UCDP codebooks (day, days, week, month, longer).
"""

from datetime import date
from typing import Literal

import pandas as pd

#: Days on either side of the date; a month means the calendar month.
MARGIN = {"day": 0, "days": 3, "week": 7, "longer": 183}


def edge(dates: pd.Series, precision: pd.Series, side: Literal["earliest", "latest"]) -> pd.Series:
    """Return the earliest or latest day that each date allows; missing where the date is.

    Args:
        dates: Dates as datetime64.
        precision: Terms of ``date_precision``, on the same index; a missing one counts as a day.
        side: Which end of the span.

    Example:
        >>> spans = edge(pd.Series(pd.to_datetime(["2025-04-26"])), pd.Series(["month"]), "latest")
        >>> str(spans[0].date())
        '2025-04-30'

    """
    terms = precision.astype("string").fillna("day")
    margin = pd.to_timedelta(terms.map(MARGIN).fillna(0), unit="D")
    plain = dates - margin if side == "earliest" else dates + margin
    start = dates.dt.to_period("M").dt.start_time
    month = start if side == "earliest" else start + pd.offsets.MonthEnd(0)
    return plain.where(terms.ne("month"), month).astype(dates.dtype)


def day(value: str | date) -> pd.Timestamp:
    """Return a day that a question names.

    Args:
        value: A date, or its text as yyyy-mm-dd.

    Raises:
        ValueError: It is no date.

    Example:
        >>> day("26 April")
        Traceback (most recent call last):
        ValueError: "26 April" is no date: write it as yyyy-mm-dd, as in 2025-04-26.

    """
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise ValueError(f'"{value}" is no date: write it as yyyy-mm-dd, as in 2025-04-26.') from None
    return pd.Timestamp(value).normalize().as_unit("s")
