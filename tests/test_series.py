"""Step series and envelopes of figures, with claims made by hand.

A claim is written "day claimant measure scope bound number[-number] [key=cell ...]", all days in August 2024.
"""

import pytest

from conftest import Tiny
from kursk_events.dataset import Dataset

CELLS = {"exact": ("value",), "about": ("value",), "at_least": ("value_low",), "at_most": ("value_high",)}


def build(tiny: Tiny, *claims: str) -> Dataset:
    for table in ("claims", "citations", "relations"):
        tiny.tables[table].clear()
    for number, claim in enumerate(claims, 1):
        day, claimant, measure, scope, bound, figure, *more = claim.split()
        row = {
            "claim_id": f"c{number}", "event_id": "kursk-campaign", "kind": "quantity", "claimant_id": claimant,
            "stance": "asserts", "claimed_on": f"2024-08-{day}", "claimed_precision": "day",
            "voice": "official_release",
            "statement": "Said so.", "subject_id": "ukr-staff", "measure": measure, "bound": bound, "scope": scope,
            "valid_from": f"2024-08-{day}" if scope == "snapshot" else "", "valid_to": f"2024-08-{day}",
            "category": "" if measure == "area_held" else "combatant",
        }  # fmt: skip
        row |= dict(zip(CELLS.get(bound, ("value_low", "value_high")), figure.split("-"), strict=False))
        tiny.add("claims", **(row | dict(cell.split("=") for cell in more)))
    return tiny.dataset()


def steps(dataset: Dataset, measure: str, **asked: str) -> list[list[str]]:
    rows = dataset.series(measure, **asked)
    days = {name: rows[name].dt.strftime("%d").fillna("") for name in ("day", "until")}
    names = ["claimant_id", "scope", "day", "until", "bound", "low", "high", "claim_id"]
    return rows.assign(**days)[names].astype("string").fillna("").to_numpy().tolist()


def test_a_figure_stands_until_the_claimants_next(tiny: Tiny) -> None:
    dataset = build(
        tiny,
        "10 rus-mod losses_total cumulative at_least 100",
        "12 ukr-staff losses_total cumulative exact 30",
        "15 rus-mod losses_total cumulative exact 150",
    )
    assert steps(dataset, "losses_total") == [
        ["rus-mod", "cumulative", "10", "14", "at_least", "100.0", "", "c1"],
        ["rus-mod", "cumulative", "15", "", "exact", "150.0", "150.0", "c3"],
        ["ukr-staff", "cumulative", "12", "", "exact", "30.0", "30.0", "c2"],
    ]


@pytest.mark.parametrize(
    ("bound", "figure", "low", "high"),
    [
        ("exact", "100", "100.0", "100.0"),
        ("about", "100", "100.0", "100.0"),
        ("at_least", "100", "100.0", ""),
        ("at_most", "100", "", "100.0"),
        ("range", "100-200", "100.0", "200.0"),
        ("verbal", "", "", ""),
    ],
)
def test_the_bound_says_which_end_is_open(tiny: Tiny, bound: str, figure: str, low: str, high: str) -> None:
    dataset = build(tiny, f"10 rus-mod killed cumulative {bound} {figure or '- value_low= value_high='}")
    assert steps(dataset, "killed") == [["rus-mod", "cumulative", "10", "", bound, low, high, "c1"]]


@pytest.mark.parametrize(
    "change",
    [
        "scope=snapshot valid_from=2024-08-12",
        "subject_id=rus-mod",
        "category=civilian",
        "place_id=gornal",
        "event_id=gornal-2025-04-26",
        "valid_from=2024-08-01",
    ],
)
def test_figures_of_different_things_are_two_series(tiny: Tiny, change: str) -> None:
    dataset = build(
        tiny, "10 rus-mod killed cumulative exact 5", f"12 rus-mod killed cumulative exact 7 {change}"
    )  # fmt: skip
    rows = dataset.series("killed")
    assert rows["series"].nunique() == 2
    assert rows["until"].isna().all()
    assert dataset.envelope("killed")["claims"].tolist() == [1, 1]


def test_a_total_from_the_first_day_is_the_same_whether_it_names_it(tiny: Tiny) -> None:
    dataset = build(
        tiny, "10 rus-mod killed cumulative exact 5", "12 rus-mod killed cumulative exact 7 valid_from=2024-08-06"
    )
    assert dataset.series("killed")["series"].nunique() == 1


def test_the_first_day_is_the_one_of_the_package(tiny: Tiny) -> None:
    import pandas as pd

    from kursk_events.series import START

    assert pd.Timestamp(tiny.package.campaign_start) == START


def test_a_claim_without_a_place_counts_for_the_place_of_its_event(tiny: Tiny) -> None:
    dataset = build(
        tiny, "10 rus-mod killed cumulative exact 5", "12 rus-mod killed cumulative exact 7 place_id=kursk-oblast"
    )
    assert [row[2:4] for row in steps(dataset, "killed", place="kursk-oblast")] == [["10", "11"], ["12", ""]]


def test_a_figure_of_a_span_stands_for_its_span(tiny: Tiny) -> None:
    dataset = build(
        tiny,
        "10 rus-mod killed period exact 5 valid_from=2024-08-09",
        "12 rus-mod killed period exact 7 valid_from=2024-08-11",
    )
    assert [row[2:4] for row in steps(dataset, "killed")] == [["10", "10"], ["12", "12"]]
    assert dataset.envelope("killed")["claims"].tolist() == [1, 1]


def test_denials_are_left_out_and_corrections_are_marked(tiny: Tiny) -> None:
    build(
        tiny,
        "10 rus-mod killed cumulative exact 50",
        "12 rus-mod killed cumulative exact 5",
        "13 ukr-staff killed cumulative exact 50 stance=denies",
    )
    tiny.add("relations", claim_id="c2", relation="corrects", other_claim_id="c1", explicit="true")
    dataset = tiny.dataset()
    assert dataset.series("killed")[["claim_id", "corrected_by"]].fillna("").to_numpy().tolist() == [
        ["c1", "c2"],
        ["c2", ""],
    ]
    assert dataset.envelope("killed")[["low", "high", "claims"]].to_numpy().tolist() == [[5, 5, 1]]


def test_killed_and_losses_never_meet(tiny: Tiny) -> None:
    dataset = build(tiny, "10 rus-mod killed cumulative exact 5", "10 rus-mod losses_total cumulative exact 9")
    assert dataset.series("killed")["claim_id"].tolist() == ["c1"]
    assert dataset.envelope("losses_total")["low_claim_id"].tolist() == ["c2"]


def test_the_envelope_of_sides(tiny: Tiny) -> None:
    dataset = build(
        tiny,
        "10 rus-mod killed cumulative exact 50",
        "11 rus-spokesman killed cumulative at_least 80",
        "12 rus-spokesman killed cumulative verbal -  value_low= value_high=",
        "12 ukr-staff killed cumulative at_most 20",
    )
    names = [
        "side",
        "low",
        "low_bound",
        "low_claim_id",
        "high",
        "high_bound",
        "high_claim_id",
        "claims",
        "without_number",
    ]
    assert dataset.envelope("killed")[[*names, "claimants"]].astype(object).to_numpy().tolist() == [
        ["RU", 50, "exact", "c1", 80, "at_least", "c2", 3, 1, 2],
        ["UA", 20, "at_most", "c4", 20, "at_most", "c4", 1, 0, 1],
    ]
    assert dataset.envelope("killed", by="claimant")[["claimant_id", "side", "claims"]].to_numpy().tolist() == [
        ["rus-mod", "RU", 1], ["rus-spokesman", "RU", 2], ["ukr-staff", "UA", 1],
    ]  # fmt: skip


def test_the_envelope_on_a_day_holds_the_figures_that_stand(tiny: Tiny) -> None:
    dataset = build(
        tiny,
        "10 rus-mod killed cumulative exact 50",
        "12 rus-mod killed cumulative exact 60",
        "12 rus-spokesman killed cumulative exact 90",
    )
    ends = [
        dataset.envelope("killed", on=f"2024-08-{day}")[["low", "high"]].to_numpy().tolist()
        for day in ("09", "11", "12")
    ]
    assert ends == [[], [[50, 50]], [[60, 90]]]


def test_no_figures_give_the_same_columns(tiny: Tiny) -> None:
    some, none = build(tiny, "10 rus-mod killed cumulative exact 5"), build(tiny)
    assert none.series("killed").dtypes.equals(some.series("killed").dtypes)
    assert none.envelope("killed").dtypes.equals(some.envelope("killed").dtypes)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"measure": "kiled"}, r'^no measure "kiled"\. Did you mean "killed"\?'),
        ({"measure": "killed", "subject": "ukr-staf"}, r'^no actor "ukr-staf"\. Did you mean "ukr-staff"\?'),
        ({"measure": "killed", "category": "civilians"}, r'^no category "civilians"\. Did you mean "civilian"\?'),
        ({"measure": "killed", "scope": "total"}, r'^no scope "total"\. Use one of: snapshot, cumulative, '),
        ({"measure": "killed", "place": "gornall"}, r'^no place "gornall"\. Did you mean "gornal"\?'),
    ],
)
def test_unknown_names_are_refused(tiny: Tiny, asked: dict[str, str], error: str) -> None:
    with pytest.raises(ValueError, match=error):
        tiny.dataset().series(**asked)


def test_an_unknown_grouping_is_refused(tiny: Tiny) -> None:
    with pytest.raises(ValueError, match=r'^no grouping "camp"\. Use one of: side, claimant\.$'):
        tiny.dataset().envelope("killed", by="camp")  # type: ignore[arg-type]


def test_on_the_records_every_figure_is_in_one_series_of_one_scope(real: Dataset) -> None:
    said = real.claims
    said = said[said["kind"].eq("quantity") & said["stance"].isin(["asserts", "assesses", "acknowledges"])]
    for measure, own in said.groupby("measure"):
        rows = real.series(str(measure))
        assert sorted(rows["claim_id"]) == sorted(own["claim_id"])
        alike = rows.groupby("series")[["claimant_id", "scope", "subject_id", "category", "place_id"]].nunique(
            dropna=False
        )
        assert (alike == 1).all(axis=None)
        assert real.envelope(str(measure))["claims"].sum() == rows["corrected_by"].isna().sum()
