"""The dataset as an object: its tables, what it refuses, and that questions work on an early day."""

import pandas as pd
import pytest

from conftest import Tiny
from kursk_events.dataset import Dataset
from kursk_events.tables import TABLES


def test_each_table_is_an_attribute(tiny: Tiny) -> None:
    dataset = tiny.dataset()
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(dataset, name), dataset.tables[name])


def test_a_write_to_a_table_leaves_the_dataset_as_it_is(tiny: Tiny) -> None:
    dataset = tiny.dataset()
    events = dataset.events
    events.loc[0, "title"] = "Changed"
    events["new"] = 1
    assert "Changed" not in set(dataset.events["title"])
    assert "new" not in dataset.events
    with pytest.raises(TypeError):
        dataset.tables["events"] = events  # type: ignore[index]
    with pytest.raises(AttributeError):
        dataset.tables = {}  # type: ignore[misc]


def test_a_missing_table_is_named(tiny: Tiny) -> None:
    tables = dict(tiny.dataset().tables)
    tables["relation"] = tables.pop("relations")
    with pytest.raises(ValueError, match=r'^no table relations\. Did you mean "relation"'):
        Dataset(tables)


def test_what_it_shows_of_itself(tiny: Tiny) -> None:
    assert repr(tiny.dataset()) == "Dataset(2 events, 3 claims, 2 sources)"
    early = tiny.dataset().as_known("2025-04-26")
    assert repr(early) == "Dataset(2 events, 2 claims, 1 sources, as known on 2025-04-26)"


def test_every_question_has_an_answer_when_nothing_was_known(real: Dataset) -> None:
    nothing = real.as_known("2024-01-01")
    answers = [
        nothing.status(),
        nothing.overview(),
        nothing.control("sudzha"),
        nothing.control_matrix("2024-01-01"),
        nothing.series("area_held"),
        nothing.envelope("killed"),
        nothing.disputes(),
        nothing.lag(),
        nothing.panel(),
    ]
    assert [len(answer) for answer in answers] == [0] * len(answers)
