"""Looking values up by id."""

import pandas as pd


def look_up(ids: pd.Series, values: pd.Series) -> pd.Series:
    """Return the value of each id, on the index of ``ids``; missing where the id is missing or unknown.

    `Series.map` does the same, except that it fails on an empty table of dates.

    >>> look_up(pd.Series(["b", None]), pd.Series({"a": 1.0, "b": 2.0})).tolist()
    [2.0, nan]
    """
    return values.reindex(pd.Index(ids)).set_axis(ids.index)
