"""The views in the shape of UCDP GED and with ACLED's labels, on hand-made claims and on the real ones."""

from collections.abc import Callable

import pandas as pd
import pytest

import kursk_events as ke
from conftest import Tiny
from kursk_events.cells import written
from kursk_events.ged import EMPTY, GED_COLUMNS, OUR_COLUMNS, acled_labels, as_ged
from kursk_events.typed import read_tables, to_frames

G = "gornal-2025-04-26"


def frames(tiny: Tiny) -> dict[str, pd.DataFrame]:
    return to_frames(tiny.package, read_tables(tiny.write().package))


def killed(t: Tiny, claim_id: str = "mod-killed", **cells: str) -> Tiny:
    """Add a claim of persons killed at Gornal and its citation."""
    numbers = {"measure": "killed", "bound": "exact", "value_low": "", "value": "12", "scope": "period"}
    t.add("claims", "mod-losses", claim_id=claim_id, event_id=G, **{**numbers, **cells})
    return t.add("citations", "mod-losses", claim_id=claim_id)


def view(t: Tiny, *columns: str) -> list[list[str]]:
    return written(as_ged(frames(t))[list(columns)]).to_numpy().tolist()


def test_a_claim_in_the_columns_of_ged(tiny: Tiny) -> None:
    killed(tiny).edit("places", "sudzhansky-district", latitude="51.2", longitude="35.3")
    rows = as_ged(frames(tiny))
    assert tuple(rows.columns) == GED_COLUMNS + OUR_COLUMNS
    row = dict(zip(rows.columns, written(rows).to_numpy().tolist()[0], strict=True))
    assert {name: cell for name, cell in row.items() if cell} == {
        "id": "mod-killed",
        "relid": G,
        "year": "2025",
        "type_of_violence": "1",
        "dyad_name": "Government of Russia (Soviet Union) - Government of Ukraine",
        "side_a": "Government of Russia (Soviet Union)",
        "side_b": "Government of Ukraine",
        "number_of_sources": "1",
        "source_article": "https://north.example/1",
        "source_office": "North",
        "source_date": "2025-04-26",
        "source_headline": "Village taken",
        "source_original": "Ministry",
        "where_prec": "1",
        "where_coordinates": "Sudzhansky District",
        "where_description": "Gornal",
        "adm_1": "Kursk Oblast",
        "adm_2": "Sudzhansky District",
        "latitude": "51.2",
        "longitude": "35.3",
        "geom_wkt": "POINT (35.3 51.2)",
        "priogrid_gid": "203471",
        "country": "Russia (Soviet Union)",
        "country_id": "365",
        "region": "Europe",
        "date_prec": "1",
        "date_start": "2025-04-26",
        "date_end": "2025-04-26",
        "deaths_b": "12",
        "best": "12",
        "high": "12",
        "low": "12",
        "gwnoa": "365",
        "gwnob": "369",
        "claimant_id": "rus-mod",
        "claimant_side": "RU",
        "stance": "asserts",
        "claimed_on": "2025-04-26",
        "bound": "exact",
        "scope": "period",
        "subject_id": "ukr-staff",
        "category": "combatant",
    }


def test_two_claimants_are_two_rows_and_no_total(tiny: Tiny) -> None:
    killed(tiny)
    killed(tiny, "staff-killed", claimant_id="ukr-staff", value="3")
    assert view(tiny, "relid", "claimant_id", "best") == [[G, "rus-mod", "12"], [G, "ukr-staff", "3"]]


@pytest.mark.parametrize(
    ("cells", "low", "best", "high"),
    [
        ({}, "12", "12", "12"),
        ({"bound": "about"}, "12", "12", "12"),
        ({"bound": "at_least", "value": "", "value_low": "10"}, "10", "", ""),
        ({"bound": "at_most", "value": "", "value_high": "20"}, "", "", "20"),
        ({"bound": "range", "value": "", "value_low": "10", "value_high": "20"}, "10", "", "20"),
    ],
)
def test_a_bound_fills_only_what_was_said(tiny: Tiny, cells: dict[str, str], low: str, best: str, high: str) -> None:
    assert view(killed(tiny, **cells), "low", "best", "high") == [[low, best, high]]


@pytest.mark.parametrize(
    ("category", "subject", "event_type", "column"),
    [
        ("combatant", "ukr-staff", "recapture", "deaths_b"),
        ("combatant", "rus-mod", "recapture", "deaths_a"),
        ("combatant", "kp-army", "recapture", "deaths_a"),
        ("combatant", "somebody", "recapture", "deaths_unknown"),
        ("civilian", "ukr-staff", "recapture", "deaths_civilians"),
        ("child", "rus-mod", "recapture", "deaths_civilians"),
        ("mixed", "rus-mod", "recapture", "deaths_unknown"),
        ("unknown", "rus-mod", "recapture", "deaths_unknown"),
        ("combatant", "ukr-staff", "abuse", "deaths_unknown"),
        ("civilian", "ukr-staff", "abuse", "deaths_civilians"),
    ],
)
def test_the_dead_stand_in_one_column(tiny: Tiny, category: str, subject: str, event_type: str, column: str) -> None:
    tiny.add("actors", "ukr-staff", actor_id="kp-army", side="KP")
    tiny.add("actors", "ukr-staff", actor_id="somebody", side="none")
    killed(tiny, category=category, subject_id=subject).edit("events", G, event_type=event_type)
    columns = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]
    assert view(tiny, *columns) == [["12" if name == column else "" for name in columns]]


LEFT_OUT: list[tuple[str, Callable[[Tiny], object]]] = [
    ("another measure", lambda t: killed(t, measure="casualties")),
    ("a denial", lambda t: killed(t, stance="denies")),
    ("a refusal", lambda t: killed(t, stance="declines", bound="", value="", scope="")),
    ("a forecast", lambda t: killed(t, scope="forecast")),
    ("a peak", lambda t: killed(t, scope="peak")),
    ("words without a number", lambda t: killed(t, bound="verbal", value="")),
    ("a total of the campaign", lambda t: killed(t).edit("claims", "mod-killed", event_id="kursk-campaign")),
    ("an event of no violence", lambda t: killed(t).edit("events", G, event_type="visit")),
]


@pytest.mark.parametrize("edit", [edit for _, edit in LEFT_OUT], ids=[name for name, _ in LEFT_OUT])
def test_what_is_no_number_of_killed_in_violence_is_left_out(tiny: Tiny, edit: Callable[[Tiny], object]) -> None:
    edit(tiny)
    assert view(tiny, "id") == []


def test_one_sided_violence_names_only_an_undisputed_initiator(tiny: Tiny) -> None:
    killed(tiny).edit("events", G, event_type="abuse")
    columns = ("type_of_violence", "side_a", "side_b", "dyad_name", "gwnoa", "gwnob")
    assert view(tiny, *columns) == [["3", "", "Civilians", "", "", ""]]
    tiny.add("participants", "", event_id=G, actor_id="ukr-staff", role="initiator")
    assert view(tiny, *columns) == [
        ["3", "Government of Ukraine", "Civilians", "Government of Ukraine - Civilians", "369", ""]
    ]
    tiny.add("participants", "", event_id=G, actor_id="rus-mod", role="initiator")
    assert view(tiny, *columns) == [["3", "", "Civilians", "", "", ""]]


def test_acled_labels(tiny: Tiny) -> None:
    tiny.edit("events", G, place_precision="line", date_precision="longer")
    assert written(acled_labels(frames(tiny))).to_numpy().tolist() == [
        ["kursk-campaign", "2024-08-06", "", "", "1", "3"],
        [G, "2025-04-26", "Battles", "Government regains territory", "3", ""],
    ]


def test_empty_tables_give_empty_views_of_the_same_types(tiny: Tiny) -> None:
    full = frames(killed(tiny))
    empty = {name: frame.iloc[:0] for name, frame in full.items()}
    for make in (as_ged, acled_labels):
        assert len(make(empty)) == 0
        assert make(empty).dtypes.to_dict() == make(full).dtypes.to_dict()


def test_every_number_of_the_real_view_has_a_claimant_and_stays_as_claimed() -> None:
    tables = ke.load_all()
    rows = as_ged(tables).set_index("id")
    claims = tables["claims"].set_index("claim_id").loc[rows.index]
    assert len(rows) > 0
    assert rows["claimant_id"].tolist() == claims["claimant_id"].tolist()
    assert rows["best"].astype("float64").equals(claims["value"].rename("best"))
    assert rows[[*EMPTY]].isna().all(axis=None)
    parts = rows[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]]
    assert parts.sum(axis=1, min_count=1).equals(rows["best"].rename(None))
