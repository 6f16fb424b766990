"""Control by claimant: overlap, gap, denial, decline, withdrawal and retraction, each made by hand.

A claim is written "day claimant stance status [valid_from [valid_to]]", all days in August 2024, and named after its
number. An interval is read as (claimant, first day, last day, what is said, the claims, what ends it).
"""

from itertools import pairwise

import pandas as pd
import pytest

from conftest import Tiny
from kursk_events.control import control, words
from kursk_events.dataset import Dataset

Interval = tuple[str, str, str, str, str, str]


def build(tiny: Tiny, claims: list[str], relations: list[str] | None = None) -> Dataset:
    for table in ("claims", "citations", "relations"):
        tiny.tables[table].clear()
    for number, claim in enumerate(claims, 1):
        day, claimant, stance, status, *valid = claim.split()
        start, end = (*(f"2024-08-{day}" for day in valid), "", "")[:2]
        tiny.add(
            "claims", claim_id=f"c{number}", event_id="gornal-2025-04-26", kind="control", claimant_id=claimant,
            stance=stance, claimed_on=f"2024-08-{day}", claimed_precision="day", voice="official_release",
            statement="Said so.", place_id="gornal", control_status=status, valid_from=start, valid_to=end,
        )  # fmt: skip
    for relation in relations or []:
        own, term, other = relation.split()
        tiny.add("relations", claim_id=own, relation=term, other_claim_id=other, explicit="false")
    return tiny.dataset()


def intervals(dataset: Dataset, according_to: str | None = None) -> list[Interval]:
    rows = dataset.control("gornal", according_to)
    rows = rows.assign(
        valid_from=rows["valid_from"].dt.strftime("%d"), valid_to=rows["valid_to"].dt.strftime("%d").fillna("")
    )
    names = ["claimant_id", "valid_from", "valid_to", "says", "claim_ids", "ended_by"]
    return [tuple(row) for row in rows[names].fillna("").to_numpy().tolist()]


CASES: list[tuple[str, list[str], list[str], list[Interval]]] = [
    ("overlap: rivals stand side by side",
     ["10 ukr-staff asserts ua_held", "12 rus-mod asserts ru_held"], [],
     [("rus-mod", "12", "", "ru_held", "c2", ""), ("ukr-staff", "10", "", "ua_held", "c1", "")]),
    ("overlap: a claimant's next word ends its last",
     ["10 rus-mod asserts contested", "12 rus-mod asserts ru_held"], [],
     [("rus-mod", "10", "11", "contested", "c1", "c2"), ("rus-mod", "12", "", "ru_held", "c2", "")]),
    ("overlap: the later word holds for all the days it speaks of",
     ["12 rus-mod asserts contested 12", "15 rus-mod asserts ru_held 10"], [],
     [("rus-mod", "10", "", "ru_held", "c2", "")]),
    ("overlap: a span inside an open word",
     ["10 rus-mod asserts ru_held", "20 rus-mod asserts contested 12 14"], [],
     [("rus-mod", "10", "11", "ru_held", "c1", "c2"), ("rus-mod", "12", "14", "contested", "c2", "c2"),
      ("rus-mod", "15", "", "ru_held", "c1", "")]),
    ("a repeated word goes on",
     ["10 rus-mod asserts ru_held", "12 rus-mod asserts ru_held"], [],
     [("rus-mod", "10", "", "ru_held", "c1 c2", "")]),
    ("an estimate and an assertion are two words",
     ["10 rus-mod assesses ru_held", "12 rus-mod asserts ru_held"], [],
     [("rus-mod", "10", "11", "ru_held", "c1", "c2"), ("rus-mod", "12", "", "ru_held", "c2", "")]),
    ("gap: a word with a last day ends by itself",
     ["10 rus-mod asserts ru_held 10 12", "15 rus-mod asserts ru_held"], [],
     [("rus-mod", "10", "12", "ru_held", "c1", "c1"), ("rus-mod", "15", "", "ru_held", "c2", "")]),
    ("gap: a word of one day",
     ["10 rus-mod asserts ru_held 10 10"], [], [("rus-mod", "10", "10", "ru_held", "c1", "c1")]),
    ("denial: a rival's denial ends nothing",
     ["10 rus-mod asserts ru_held", "12 ukr-staff denies ru_held"], [],
     [("rus-mod", "10", "", "ru_held", "c1", ""), ("ukr-staff", "12", "", "not ru_held", "c2", "")]),
    ("denial: of the claimant's own word",
     ["10 rus-mod asserts ru_held", "12 rus-mod denies ru_held"], [],
     [("rus-mod", "10", "11", "ru_held", "c1", "c2"), ("rus-mod", "12", "", "not ru_held", "c2", "")]),
    ("denial: of another status is in keeping with the word",
     ["10 ukr-staff asserts contested", "12 ukr-staff denies ru_held"], [],
     [("ukr-staff", "10", "", "contested", "c1 c2", "")]),
    ("denial: on the same day, in keeping",
     ["10 ukr-staff denies ru_held", "10 ukr-staff asserts contested"], [],
     [("ukr-staff", "10", "", "contested", "c2 c1", "")]),
    ("denial: after a word that could not say",
     ["10 ukr-staff asserts unclear", "12 ukr-staff denies ru_held"], [],
     [("ukr-staff", "10", "11", "unclear", "c1", "c2"), ("ukr-staff", "12", "", "not ru_held", "c2", "")]),
    ("denial: an assertion follows",
     ["10 ukr-staff denies ru_held", "12 ukr-staff acknowledges ru_held"], [],
     [("ukr-staff", "10", "11", "not ru_held", "c1", "c2"), ("ukr-staff", "12", "", "ru_held", "c2", "")]),
    ("two words on one day are both shown",
     ["10 rus-mod asserts ru_held", "10 rus-mod asserts contested"], [],
     [("rus-mod", "10", "", "contested / ru_held", "c1 c2", "")]),
    ("two words on one day, one of which updates the other",
     ["10 rus-mod asserts ru_held", "10 rus-mod asserts contested"], ["c1 updates c2"],
     [("rus-mod", "10", "", "ru_held", "c1", "")]),
    ("a decline ends the word",
     ["10 ukr-staff asserts ua_held", "12 ukr-staff declines ua_held"], [],
     [("ukr-staff", "10", "11", "ua_held", "c1", "c2"), ("ukr-staff", "12", "", "declines ua_held", "c2", "")]),
    ("withdrawal leaves a gap",
     ["10 rus-mod asserts ru_held", "12 rus-mod withdraws ru_held", "15 rus-mod asserts contested"], [],
     [("rus-mod", "10", "11", "ru_held", "c1", "c2"), ("rus-mod", "15", "", "contested", "c3", "")]),
    ("withdrawal by a rival ends nothing",
     ["10 rus-mod asserts ru_held", "12 ukr-staff withdraws ru_held"], [],
     [("rus-mod", "10", "", "ru_held", "c1", "")]),
    ("retraction ends the word it takes back",
     ["10 rus-mod asserts ru_held", "12 rus-mod withdraws ru_held"], ["c2 retracts c1"],
     [("rus-mod", "10", "11", "ru_held", "c1", "c2")]),
    ("retraction of an earlier word leaves the later one",
     ["10 rus-mod asserts contested", "12 rus-mod asserts ru_held", "15 rus-mod withdraws contested"],
     ["c3 retracts c1"],
     [("rus-mod", "10", "11", "contested", "c1", "c2"), ("rus-mod", "12", "", "ru_held", "c2", "")]),
    ("retraction by another claimant of the line is not the claimant's own",
     ["10 rus-mod asserts ru_held", "12 rus-spokesman withdraws ru_held"], ["c2 retracts c1"],
     [("rus-mod", "10", "", "ru_held", "c1", "")]),
    ("retraction by a denial opens a word of its own",
     ["10 rus-mod asserts ru_held", "12 rus-mod denies ru_held"], ["c2 retracts c1"],
     [("rus-mod", "10", "11", "ru_held", "c1", "c2"), ("rus-mod", "12", "", "not ru_held", "c2", "")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "relations", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_intervals(tiny: Tiny, claims: list[str], relations: list[str], expected: list[Interval]) -> None:
    assert intervals(build(tiny, claims, relations)) == expected


def test_the_columns_and_types(tiny: Tiny) -> None:
    rows = build(tiny, ["10 rus-mod asserts ru_held"]).control("gornal")
    assert rows.astype("string").fillna("").to_dict("records") == [
        {
            "place_id": "gornal", "claimant_id": "rus-mod", "side": "RU", "valid_from": "2024-08-10", "valid_to": "",
            "says": "ru_held", "control_status": "ru_held", "stance": "asserts", "claim_id": "c1", "claim_ids": "c1",
            "last_said": "2024-08-10", "ended_by": "",
        }
    ]  # fmt: skip
    nothing = build(tiny, []).control("gornal")
    assert nothing.dtypes.equals(rows.dtypes)


def test_a_retraction_by_a_claim_of_another_kind(tiny: Tiny) -> None:
    build(tiny, ["10 rus-mod asserts ru_held"])
    tiny.add(
        "claims", "c1", claim_id="c2", kind="occurrence", stance="withdraws", claimed_on="2024-08-14", control_status=""
    )
    tiny.add("relations", claim_id="c2", relation="retracts", other_claim_id="c1", explicit="true")
    assert intervals(tiny.dataset()) == [("rus-mod", "10", "13", "ru_held", "c1", "c2")]


def test_according_to_one_claimant(tiny: Tiny) -> None:
    dataset = build(tiny, ["10 rus-mod asserts ru_held", "10 ukr-staff asserts ua_held"])
    assert intervals(dataset, "ukr-staff") == [("ukr-staff", "10", "", "ua_held", "c2", "")]
    assert intervals(dataset, "rus-spokesman") == []


def test_unknown_names_are_refused(tiny: Tiny) -> None:
    with pytest.raises(ValueError, match=r'^no place "gornall"\. Did you mean "gornal"\?$'):
        tiny.dataset().control("gornall")
    with pytest.raises(ValueError, match=r'^no actor "rus-mud"\. Did you mean "rus-mod"\?$'):
        tiny.dataset().control("gornal", according_to="rus-mud")


def matrix(tiny: Tiny, claims: list[str], day: str, within_days: int | None = None) -> dict[str, object]:
    rows = build(tiny, claims).control_matrix(f"2024-08-{day}", within_days)
    return {} if rows.empty else rows.loc["gornal"].to_dict()


def test_the_matrix_marks_disagreement(tiny: Tiny) -> None:
    claims = ["10 ukr-staff asserts ua_held", "12 rus-mod asserts ru_held"]
    assert matrix(tiny, claims, "09") == {}
    assert matrix(tiny, claims, "11") == {"disagreement": False, "ukr-staff": "ua_held"}
    assert matrix(tiny, claims, "12") == {"disagreement": True, "rus-mod": "ru_held", "ukr-staff": "ua_held"}
    assert matrix(tiny, claims, "20", within_days=8) == {"disagreement": False, "rus-mod": "ru_held"}


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        ("asserts ru_held", "assesses ru_held", False),
        ("asserts ru_held", "asserts contested", True),
        ("asserts ru_held", "denies ru_held", True),
        ("asserts ru_held", "denies ua_held", False),
        ("asserts ru_held", "declines ru_held", False),
        ("asserts ru_held", "asserts unclear", False),
        ("denies ru_held", "denies ua_held", False),
    ],
)
def test_what_counts_as_disagreement(tiny: Tiny, one: str, other: str, disagree: bool) -> None:
    assert matrix(tiny, [f"10 rus-mod {one}", f"10 ukr-staff {other}"], "10")["disagreement"] is disagree


def test_on_the_records_intervals_never_overlap_and_end_only_by_the_same_claimant(real: Dataset) -> None:
    claimant = real.claims.set_index("claim_id")["claimant_id"]
    by_claimant: dict[tuple[str, str], list[tuple[pd.Timestamp, pd.Timestamp | None]]] = {}
    for word in words(real.claims, real.tables):
        by_claimant.setdefault((word.place_id, word.claimant_id), []).append((word.start, word.end))
        assert (word.end is None) == (word.ended_by == "")
        assert {claimant[claim] for claim in (*word.grounds, *word.in_keeping, word.ended_by) if claim} == {
            word.claimant_id
        }
    for spans in by_claimant.values():
        assert all(end is not None and end < start for (_, end), (start, _) in pairwise(spans))
    assert len(by_claimant) == len(real.claims[real.claims["kind"].eq("control")].groupby(["place_id", "claimant_id"]))


def test_a_place_is_the_same_alone_and_among_all(real: Dataset) -> None:
    alone = control(real.tables, "sudzha")
    assert sorted(alone["claim_id"]) == sorted(
        word.grounds[0] for word in words(real.claims, real.tables) if word.place_id == "sudzha"
    )
