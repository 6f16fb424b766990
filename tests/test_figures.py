"""A claim's figure in words."""

import pandas as pd
import pytest

from kursk_events.figures import figure, unit_words

EMPTY = {"bound": None, "value_low": None, "value": None, "value_high": None}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({}, ""),
        ({"bound": "exact", "value": 76000.0}, "76,000 persons"),
        ({"bound": "exact", "value": 211.2}, "211.2 persons"),
        ({"bound": "about", "value": 30.0}, "about 30 persons"),
        ({"bound": "at_least", "value_low": 1000.0}, "at least 1,000 persons"),
        ({"bound": "at_most", "value_high": 400.0}, "at most 400 persons"),
        ({"bound": "range", "value_low": 70.0, "value_high": 100.0}, "70 to 100 persons"),
        ({"bound": "verbal"}, "no number"),
    ],
)
def test_a_bound_is_put_into_words(cells: dict[str, object], words: str) -> None:
    assert figure(pd.Series({**EMPTY, **cells}), "persons") == words


@pytest.mark.parametrize(
    ("unit", "words"),
    [("km2", "km²"), ("percent", "%"), ("RUB", "roubles"), ("mcm", "million m³"), ("settlements", "settlements")],
)
def test_a_unit_is_written_as_people_read_it(unit: str, words: str) -> None:
    assert unit_words(unit) == words
