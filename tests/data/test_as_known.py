"""As known on a day is sound over every date of the records."""

import pandas as pd
import pytest

from kursk_events.dataset import Dataset
from kursk_events.known import HINDSIGHT
from kursk_events.precision import edge


def days(real: Dataset) -> pd.Series:
    """Return every day on which anything in the records was said, printed, took place or was read."""
    dates = [frame[name] for frame in real.tables.values() for name in frame if frame[name].dtype.kind == "M"]
    found = pd.concat([*dates, pd.Series(pd.Timestamp("2024-01-01"))])
    return found.dropna().drop_duplicates().sort_values(ignore_index=True)


def later(known: Dataset, day: pd.Timestamp) -> list[str]:
    """Return what a dataset holds that was said, printed or written after a day, or that hangs on nothing known."""
    claims, sources, citations = known.claims, known.sources, known.citations
    relations, events = known.relations, known.events
    ids = set(claims["claim_id"])
    found = {
        "said later": (edge(claims["claimed_on"], claims["claimed_precision"], "latest") > day).any(),
        "printed later": (edge(sources["published_on"], sources["published_precision"], "latest") > day).any(),
        "read later": sources["accessed_on"].notna().any(),
        "claim without a source": not ids <= set(citations["claim_id"]),
        "citation of another claim": not set(citations["claim_id"]) <= ids,
        "citation of another source": set(citations["source_id"]) != set(sources["source_id"]),
        "relation to another claim": not set(relations["claim_id"]) | set(relations["other_claim_id"]) <= ids,
        "event without a claim": set(events["event_id"]) != set(claims["event_id"]),
        "part of another event": not set(events["part_of"].dropna()) <= set(events["event_id"]),
        "part in another event": not set(known.participants["event_id"]) <= set(events["event_id"]),
        "hindsight": any(
            frame[name].notna().any() for frame in known.tables.values() for name in HINDSIGHT if name in frame
        ),
        "retired ids": len(known.retired) > 0,
    }  # fmt: skip
    return [what for what, is_so in found.items() if is_so]


def test_nothing_later_remains_on_any_date(real: Dataset) -> None:
    leaks = {f"{day:%Y-%m-%d}": later(real.as_known(day), day) for day in days(real)}
    assert {day: what for day, what in leaks.items() if what} == {}


def test_what_is_known_only_grows(real: Dataset) -> None:
    counts = [len(real.as_known(day).claims) for day in days(real)[::10]]
    assert counts == sorted(counts)
    assert counts[0] == 0


def test_the_last_day_with_hindsight_is_the_whole(real: Dataset) -> None:
    last = days(real).iloc[-1]
    for name, frame in real.as_known(last, hindsight=True).tables.items():
        pd.testing.assert_frame_equal(frame, real.tables[name])


@pytest.mark.parametrize("day", ["2024-08-07", "2025-04-26"])
def test_a_second_asking_changes_nothing(real: Dataset, day: str) -> None:
    known = real.as_known(day)
    again = Dataset(known.tables).as_known(day)
    for name, frame in again.tables.items():
        pd.testing.assert_frame_equal(frame, known.tables[name])
