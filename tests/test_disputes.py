"""Pairs of claims that cannot both hold, and lags from event to word."""

import pytest

from conftest import Tiny
from kursk_events.dataset import Dataset


def losses(tiny: Tiny, claim_id: str, **cells: str) -> Tiny:
    """Add a figure of Ukraine's staff beside the ministry's "at least 76,000", and the dispute between the two."""
    cells = {"claimant_id": "ukr-staff", "bound": "exact", "value_low": "", "value": "19000"} | cells
    tiny.add("claims", "mod-losses", claim_id=claim_id, **cells)
    tiny.tables["relations"].clear()
    return tiny.add("relations", claim_id=claim_id, relation="disputes", other_claim_id="mod-losses", explicit="false")


def test_a_pair_of_figures(tiny: Tiny) -> None:
    pairs = losses(tiny, "staff-losses", claimed_on="2025-05-01").dataset().disputes()
    assert pairs.astype("string").fillna("").to_dict("records") == [
        {
            "claim_id": "staff-losses", "claimant_id": "ukr-staff", "side": "UA", "claimed_on": "2025-05-01",
            "event_id": "kursk-campaign", "kind": "quantity", "stance": "asserts", "place_id": "",
            "measure": "losses_total", "scope": "cumulative", "bound": "exact", "number": "19000.0",
            "other_claim_id": "mod-losses", "other_claimant_id": "rus-mod", "other_side": "RU",
            "other_claimed_on": "2025-04-26", "other_event_id": "kursk-campaign", "other_kind": "quantity",
            "other_stance": "asserts", "other_place_id": "", "other_measure": "losses_total",
            "other_scope": "cumulative", "other_bound": "at_least", "other_number": "76000.0", "explicit": "False",
            "days_apart": "5", "difference": "-57000.0", "ratio": "0.25",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        {"measure": "killed"},
        {"category": "civilian"},
        {"scope": "period"},
        {"subject_id": "rus-mod"},
        {"stance": "denies"},
        {"bound": "range", "value": "", "value_low": "1", "value_high": "2"},
    ],
)
def test_what_is_not_alike_is_not_subtracted(tiny: Tiny, cells: dict[str, str]) -> None:
    pairs = losses(tiny, "staff-losses", **cells).dataset().disputes()
    assert pairs[["difference", "ratio"]].isna().all(axis=None)
    assert pairs["claim_id"].tolist() == ["staff-losses"]


def test_claims_without_figures_are_a_pair_too(tiny: Tiny) -> None:
    pairs = tiny.dataset().disputes()
    names = ["claim_id", "stance", "other_claim_id", "other_stance", "explicit", "days_apart"]
    assert pairs[names].astype(object).to_numpy().tolist() == [
        ["staff-held", "denies", "mod-taken", "asserts", True, 1]
    ]
    assert pairs["difference"].isna().all()


def test_an_earlier_day_knows_no_dispute(tiny: Tiny) -> None:
    early = tiny.dataset().as_known("2025-04-26").disputes()
    assert len(early) == 0
    assert early.dtypes.equals(tiny.dataset().disputes().dtypes)


def test_lag_by_side(tiny: Tiny) -> None:
    tiny.add("claims", "staff-held", claim_id="staff-gave-up", stance="acknowledges", claimed_on="2025-05-10")
    tiny.add("claims", "mod-losses", claim_id="mod-plan", scope="planned", claimed_on="2025-04-01")
    rows = tiny.dataset().lag()
    names = [
        "event_id", "side", "claim_id", "stance", "days_to_claim", "claim_id_acknowledging", "days_to_acknowledgement",
        "source_id", "days_to_print",
    ]  # fmt: skip
    assert rows[names].astype("string").fillna("").to_numpy().tolist() == [
        ["kursk-campaign", "RU", "mod-losses", "asserts", "263", "", "", "north-1", "263"],
        ["gornal-2025-04-26", "RU", "mod-taken", "asserts", "0", "", "", "north-1", "0"],
        ["gornal-2025-04-26", "UA", "staff-held", "denies", "1", "staff-gave-up", "14", "south-1", "1"],
    ]  # fmt: skip


def test_undated_sources_give_no_day_of_print(tiny: Tiny) -> None:
    tiny.edit("sources", "south-1", published_on="", published_precision="")
    rows = tiny.dataset().lag().set_index(["event_id", "side"])
    assert rows.loc[("gornal-2025-04-26", "UA"), ["printed_on", "source_id", "days_to_print"]].isna().all()


def test_lag_of_nothing(tiny: Tiny) -> None:
    assert tiny.dataset().as_known("2024-01-01").lag().dtypes.equals(tiny.dataset().lag().dtypes)


def test_on_the_records_each_event_and_side_is_one_row(real: Dataset) -> None:
    rows = real.lag()
    assert not rows.duplicated(["event_id", "side"]).any()
    ahead = real.claims["scope"].isin(["planned", "forecast"])
    assert set(rows["event_id"]) == set(real.claims.loc[~ahead, "event_id"])
    assert (rows["days_to_acknowledgement"].dropna() >= rows["days_to_claim"][rows["acknowledged_on"].notna()]).all()
