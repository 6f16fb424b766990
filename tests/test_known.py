"""As known on a day: fixtures by hand, each with the date that decides."""

import pandas as pd
import pytest

from conftest import Tiny


def claims_on(tiny: Tiny, day: str) -> list[str]:
    return tiny.dataset().as_known(day).claims["claim_id"].tolist()


def test_a_claim_is_known_from_its_day_and_its_print(tiny: Tiny) -> None:
    assert claims_on(tiny, "2025-04-25") == []
    assert claims_on(tiny, "2025-04-26") == ["mod-losses", "mod-taken"]
    assert claims_on(tiny, "2025-04-27") == ["mod-losses", "mod-taken", "staff-held"]


def test_the_last_day_that_a_precision_allows_decides(tiny: Tiny) -> None:
    tiny.edit("claims", "mod-taken", claimed_precision="month")
    assert claims_on(tiny, "2025-04-29") == ["mod-losses", "staff-held"]
    assert "mod-taken" in claims_on(tiny, "2025-04-30")


def test_a_claim_waits_for_the_first_cited_print(tiny: Tiny) -> None:
    tiny.edit("sources", "north-1", published_on="2025-05-01")
    assert claims_on(tiny, "2025-04-26") == []
    assert claims_on(tiny, "2025-04-27") == ["mod-taken", "staff-held"]
    assert claims_on(tiny, "2025-05-01") == ["mod-losses", "mod-taken", "staff-held"]


def test_an_undated_source_counts_from_the_other_citation_else_from_its_day_of_access(tiny: Tiny) -> None:
    tiny.edit("sources", "north-1", published_on="", published_precision="")
    known = tiny.dataset().as_known("2025-04-27")
    assert known.citations[["claim_id", "source_id"]].to_numpy().tolist() == [
        ["mod-taken", "north-1"], ["mod-taken", "south-1"], ["staff-held", "south-1"],
    ]  # fmt: skip
    assert claims_on(tiny, "2026-10-31") == ["mod-taken", "staff-held"]
    assert claims_on(tiny, "2026-11-01") == ["mod-losses", "mod-taken", "staff-held"]


def test_later_citations_relations_events_and_hindsight_go(tiny: Tiny) -> None:
    tiny.edit("relations", "staff-held", note="Seen later.").edit("actors", "rus-mod", note="Renamed in 2026.")
    tiny.add("retired", "", table="claims", id="mod-takn", retired_in="0.2.0", reason="Misspelt")
    known = tiny.dataset().as_known("2025-04-26")
    assert known.citations["source_id"].tolist() == ["north-1", "north-1"]
    assert known.sources["source_id"].tolist() == ["north-1"]
    assert known.participants["event_id"].tolist() == ["gornal-2025-04-26"]
    assert len(tiny.dataset().as_known("2025-04-25").participants) == 0
    assert len(known.relations) == 0
    assert len(known.retired) == 0
    for table, column in [
        ("events", "summary"),
        ("events", "end_date"),
        ("sources", "accessed_on"),
        ("actors", "note"),
    ]:
        assert known.tables[table][column].isna().all()
    assert known.events.dtypes.equals(tiny.dataset().events.dtypes)


def test_an_event_goes_with_its_claims_and_its_parts_hang_higher(tiny: Tiny) -> None:
    tiny.add("events", "gornal-2025-04-26", event_id="phase", part_of="kursk-campaign")
    tiny.add("claims", "staff-held", claim_id="phase-named", event_id="phase")
    tiny.add("citations", "staff-held", claim_id="phase-named").edit("events", "gornal-2025-04-26", part_of="phase")
    events = tiny.dataset().as_known("2025-04-26").events
    assert events[["event_id", "part_of"]].fillna("").to_numpy().tolist() == [
        ["kursk-campaign", ""], ["gornal-2025-04-26", "kursk-campaign"],
    ]  # fmt: skip


def test_an_event_without_claims_stays_with_its_parts(tiny: Tiny) -> None:
    tiny.drop("claims", "mod-losses").drop("citations", "mod-losses")
    assert tiny.dataset().as_known("2025-04-26").events["event_id"].tolist() == ["kursk-campaign", "gornal-2025-04-26"]
    assert tiny.dataset().as_known("2025-04-25").events["event_id"].tolist() == []


def test_with_hindsight_the_last_day_is_the_whole(tiny: Tiny) -> None:
    tiny.add("retired", "", table="claims", id="mod-takn", retired_in="0.2.0", reason="Misspelt")
    whole = tiny.dataset()
    for name, frame in whole.as_known("2026-11-01", hindsight=True).tables.items():
        pd.testing.assert_frame_equal(frame, whole.tables[name])


def test_a_later_day_brings_nothing_back(tiny: Tiny) -> None:
    early = tiny.dataset().as_known("2025-04-26")
    assert early.as_known("2025-04-27", hindsight=True) is early
    assert early.as_known("2025-04-25").claims.empty


def test_a_day_that_is_none_says_how_to_write_it(tiny: Tiny) -> None:
    with pytest.raises(ValueError, match='"26/04/2025" is no date: write it as yyyy-mm-dd'):
        tiny.dataset().as_known("26/04/2025")
