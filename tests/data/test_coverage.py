"""The coverage pages say what the records hold, and the two curated periods keep their floors."""

import re
from pathlib import Path

import pandas as pd
import pytest

import kursk_events as ke
from kursk_events.site.coverage import PERIODS, STATES, Frame, answering, counts, pages

ROOT = Path(__file__).parents[2]

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return ke.load_all()


@pytest.fixture(scope="module")
def frame() -> Frame:
    return Frame.read(ROOT / "docs")


def test_the_pages_are_as_make_coverage_writes_them() -> None:
    written = pages(ROOT)
    assert [path.name for path in written] == [*(f"{period}.md" for period in PERIODS), "known-gaps.md"]
    stale = [path.name for path, text in written.items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run: make coverage"


def test_every_event_named_exists(tables: Tables, frame: Frame) -> None:
    named = frame.lines["events"].str.split().explode().dropna()
    assert named.nunique() >= 200
    assert set(named) - set(tables["events"]["event_id"]) == set()


def test_a_line_is_answered_partly_or_not(frame: Frame) -> None:
    assert set(frame.lines["state"]) <= set(STATES)
    assert not (frame.lines["events"].eq("") & frame.lines["state"].ne("gap")).any()
    assert not (frame.lines["events"].ne("") & frame.lines["state"].eq("gap")).any()


def test_claims_said_to_be_joined_are_joined_across_the_sides(tables: Tables, frame: Frame) -> None:
    claimants = tables["claims"].set_index("claim_id")["claimant_id"].astype(str)
    sides = claimants.map(tables["actors"].set_index("actor_id")["side"].astype(str))
    relations = tables["relations"]
    recorded = set(relations["claim_id"].str.cat(relations["other_claim_id"], sep=">"))
    named = frame.lines["joined"].str.split().explode().dropna()
    assert len(named) >= 60
    assert set(named) - recorded == set()
    assert [pair for pair in named if {sides[claim] for claim in pair.split(">")} != {"RU", "UA"}] == []


def test_an_outside_view_has_a_claim_on_the_line_and_no_side(tables: Tables, frame: Frame) -> None:
    sides = tables["actors"].set_index("actor_id")["side"].astype(str)
    outside = [
        (line["line"], actor, sides[actor], actor in set(answering(tables["claims"], line)["claimant_id"]))
        for line in frame.lines.to_dict("records")
        for actor in line["outside"].split()
    ]
    assert len(outside) >= 60
    assert [found for found in outside if found[2] != "none" or not found[3]] == []


def test_a_line_for_both_sides_is_answered_only_where_its_claims_are_joined_or_it_says_why_not(frame: Frame) -> None:
    both = frame.lines["both_sides"].eq("true") & frame.lines["state"].eq("answered")
    silent = frame.lines[both & frame.lines["joined"].eq("") & frame.lines["remarks"].eq("")]
    assert silent["line"].tolist() == []


def test_what_is_not_answered_has_a_gap_in_its_section(frame: Frame) -> None:
    unanswered = frame.lines[frame.lines["state"].ne("answered")]
    wanting = set(zip(unanswered["period"], unanswered["section"], strict=True))
    assert wanting - set(zip(frame.gaps["period"], frame.gaps["section"], strict=True)) == set()


def test_every_gap_belongs_to_a_section_and_says_where_it_was_looked_for(frame: Frame) -> None:
    sections = set(zip(frame.lines["period"], frame.lines["section"], strict=True))
    assert set(zip(frame.gaps["period"], frame.gaps["section"], strict=True)) - sections == set()
    assert not frame.gaps[["topic", "not_found", "looked_for_in"]].eq("").any(axis=None)


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_keeps_its_floors(tables: Tables, period: str) -> None:
    held = counts(tables, period)
    assert held.events >= 160
    assert held.claims >= 450
    assert held.sources >= 300
    assert held.publishers >= 80
    assert held.languages >= 4
    assert held.carried >= 0.6
    if period == "2025-03-to-2025-08":
        printed = tables["sources"][tables["sources"]["published_on"].between(*PERIODS[period])]
        assert "ko" in set(printed["language"])


def test_the_links_of_the_gaps_lead_somewhere() -> None:
    page = (ROOT / "docs" / "known-gaps.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)]+\.md)\)", page)
    assert len(targets) >= 2
    assert [target for target in targets if not (ROOT / "docs" / target).is_file()] == []
