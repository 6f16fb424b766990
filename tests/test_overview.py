"""One flat row an event."""

import pandas as pd

from conftest import Tiny
from kursk_events.dataset import Dataset


def test_overview_of_two_events(tiny: Tiny) -> None:
    tiny.edit("places", "gornal", latitude="51.1", longitude="35.2", uncertainty_km="1", coordinate_source="Survey")
    rows = tiny.dataset().overview()
    assert rows.columns.tolist() == [
        "event_id", "title", "event_type", "start_date", "end_date", "date_precision", "place_id", "place_precision",
        "target_kind", "part_of", "place", "district", "oblast", "latitude", "longitude", "status", "sides",
        "first_claimed_on", "last_claimed_on", "claims", "claims_kp", "claims_ru", "claims_ua", "claims_none",
        "claimants", "sources", "publishers",
    ]  # fmt: skip
    seen = rows.drop(columns=rows.columns[:10]).astype("string").fillna("").to_numpy().tolist()
    assert seen == [
        ["Kursk Oblast", "", "kursk-oblast", "", "", "", "RU", "2025-04-26", "2025-04-26",
         "1", "0", "1", "0", "0", "1", "1", "1"],
        ["Gornal", "sudzhansky-district", "kursk-oblast", "51.1", "35.2", "disputed", "RU UA", "2025-04-26",
         "2025-04-27", "2", "0", "1", "1", "0", "2", "2", "2"],
    ]  # fmt: skip


def test_overview_of_nothing(tiny: Tiny) -> None:
    whole, nothing = tiny.dataset().overview(), tiny.dataset().as_known("2024-01-01").overview()
    assert len(nothing) == 0
    assert nothing.columns.equals(whole.columns)


def test_the_sides_add_up(real: Dataset) -> None:
    rows = real.overview()
    by_side = rows[["claims_kp", "claims_ru", "claims_ua", "claims_none"]].sum(axis=1)
    pd.testing.assert_series_equal(by_side, rows["claims"], check_names=False)
    assert rows["claims"].sum() == len(real.claims)
