"""The sample is drawn by a seed in whole clusters, and the counts come with their interval."""

import io

import pandas as pd
from rich.console import Console

from kursk_events.audit import accuracy, draw, print_accuracy, wilson


def _claims() -> pd.DataFrame:
    rows = [(f"c{n}", f"event-{n // 4}", "someone", f"2025-0{1 + n % 3}-01") for n in range(40)]
    rows += [(f"k{n}", "kursk-campaign", "someone", f"2025-0{1 + n % 3}-01") for n in range(12)]
    frame = pd.DataFrame(rows, columns=["claim_id", "event_id", "claimant_id", "claimed_on"])
    return frame.assign(claimed_on=pd.to_datetime(frame["claimed_on"]))


def test_clusters_come_whole_and_reach_the_share() -> None:
    drawn = draw(_claims(), seed=7, share=0.3)
    assert 0.3 * 52 <= len(drawn) < 0.3 * 52 + 4
    assert set(drawn.groupby("cluster").size()) == {4}
    assert drawn["claim_id"].is_unique


def test_the_same_seed_draws_the_same_and_another_another() -> None:
    pd.testing.assert_frame_equal(draw(_claims(), seed=7), draw(_claims().sample(frac=1, random_state=1), seed=7))
    assert draw(_claims(), seed=7)["cluster"].tolist() != draw(_claims(), seed=8)["cluster"].tolist()


VERDICTS = pd.DataFrame(
    [
        ("a", "claimant", "right", "right"),
        ("a", "dates", "wrong", "right"),
        ("b", "claimant", "right", "right"),
        ("b", "dates", "right", "right"),
        ("c", "claimant", "not_found", "not_found"),
    ],
    columns=["claim_id", "field", "before", "after"],
)


def test_accuracy_counts_fields_before_and_after_mending() -> None:
    before = accuracy(VERDICTS, "before")
    assert before[["right", "wrong", "not_found"]].to_dict("index") == {
        "claimant": {"right": 2, "wrong": 0, "not_found": 1},
        "dates": {"right": 1, "wrong": 1, "not_found": 0},
        "all": {"right": 3, "wrong": 1, "not_found": 1},
    }
    assert before.loc["all", "share"] == 0.75
    assert accuracy(VERDICTS, "after").loc["all", "share"] == 1


def test_wilson_agrees_with_the_published_example() -> None:
    # Newcombe 1998, table I: 81 of 263, 95 % by Wilson's score method: 0.2553 to 0.3662.
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_the_print_names_drawn_read_and_not_found() -> None:
    out = io.StringIO()
    print_accuracy(VERDICTS, Console(file=out, width=100))
    assert "3 claims drawn, 2 read again, 1 whose pages were not found again." in out.getvalue()
    assert "75.0%" in out.getvalue()
