"""The coverage pages name what the records hold, and the two curated periods keep their floors."""

import re
from pathlib import Path

import pandas as pd
import pytest

import kursk_events as ke

ROOT = Path(__file__).parents[2]
PERIODS = {"2024-08-to-2024-09": ("2024-08-06", "2024-09-30"), "2025-03-to-2025-08": ("2025-03-07", "2025-08-31")}
RELATIONS = "disputes|confirms|updates|repeats|corrects|retracts|component_of"
PAIR = re.compile(rf"`([a-z0-9-]+)` ({RELATIONS}) `([a-z0-9-]+)`")
# An id has a hyphen; names of files and columns in backticks have none.
ID = re.compile(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`")
DAY = re.compile(r"\| (\d{4}-\d{2}-\d{2}) \| [a-z ]+ \| \d+ \| \d+ \| \d+ \| (covered|approximate|known gap) \|")

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return ke.load_all()


def _page(name: str) -> str:
    return (ROOT / "docs" / "coverage" / f"{name}.md").read_text(encoding="utf-8")


def _days(name: str) -> dict[pd.Timestamp, str]:
    """Return the state of each day in the table of a page."""
    return {pd.Timestamp(day): state for day, state in DAY.findall(_page(name))}


def _dated(frame: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    return frame[frame[column].between(*PERIODS[name])]


def _sources(tables: Tables, name: str) -> pd.DataFrame:
    """Return the sources printed in a period or cited by its claims."""
    claims = _dated(tables["claims"], "claimed_on", name)["claim_id"]
    citations, sources = tables["citations"], tables["sources"]
    cited = citations[citations["claim_id"].isin(claims)]["source_id"]
    return sources[sources["published_on"].between(*PERIODS[name]) | sources["source_id"].isin(cited)]


@pytest.mark.parametrize("name", PERIODS)
def test_every_event_named_exists(tables: Tables, name: str) -> None:
    named = set(ID.findall(PAIR.sub("", _page(name))))
    assert len(named) >= 100
    assert named - set(tables["events"]["event_id"]) == set()


@pytest.mark.parametrize("name", PERIODS)
def test_claims_said_to_be_joined_are_joined_across_the_sides(tables: Tables, name: str) -> None:
    claimants = tables["claims"].set_index("claim_id")["claimant_id"].astype(str)
    sides = claimants.map(tables["actors"].set_index("actor_id")["side"].astype(str))
    relations = tables["relations"]
    recorded = set(zip(relations["claim_id"], relations["relation"], relations["other_claim_id"], strict=True))
    named = PAIR.findall(_page(name))
    assert len(named) >= 20
    assert [pair for pair in named if pair not in recorded] == []
    assert [pair for pair in named if {sides[pair[0]], sides[pair[2]]} != {"RU", "UA"}] == []


@pytest.mark.parametrize("name", PERIODS)
def test_days_have_the_records_that_the_page_says(tables: Tables, name: str) -> None:
    days = _days(name)
    assert len(days) >= 50
    exact = set(tables["claims"].query("claimed_precision == 'day'")["claimed_on"])
    exact |= set(tables["events"].query("date_precision == 'day'")["start_date"])
    any_record = set(tables["claims"]["claimed_on"]) | set(tables["events"]["start_date"])
    found = {day: "covered" if day in exact else "approximate" if day in any_record else "known gap" for day in days}
    assert found == days


@pytest.mark.parametrize("name", PERIODS)
def test_a_period_keeps_its_floors(tables: Tables, name: str) -> None:
    sources = _sources(tables, name)
    assert len(_dated(tables["events"], "start_date", name)) >= 160
    assert len(_dated(tables["claims"], "claimed_on", name)) >= 450
    assert len(sources) >= 300
    assert sources["publisher_id"].nunique() >= 80
    assert sources["language"].nunique() >= 4
    if name == "2025-03-to-2025-08":
        assert "ko" in set(sources["language"])


@pytest.mark.parametrize("name", PERIODS)
def test_most_events_are_carried_by_two_publishers(tables: Tables, name: str) -> None:
    carried = tables["claims"].merge(tables["citations"], on="claim_id").merge(tables["sources"], on="source_id")
    publishers = carried.groupby("event_id")["publisher_id"].nunique()
    events = _dated(tables["events"], "start_date", name)["event_id"]
    assert (events.map(publishers).fillna(0) >= 2).mean() >= 0.6


def test_the_gaps_are_linked_and_name_no_lost_event(tables: Tables) -> None:
    page = (ROOT / "docs" / "known-gaps.md").read_text(encoding="utf-8")
    assert set(ID.findall(page)) - set(tables["events"]["event_id"]) == set()
    for target in re.findall(r"\]\(([^)]+\.md)\)", page):
        assert (ROOT / "docs" / target).is_file()
