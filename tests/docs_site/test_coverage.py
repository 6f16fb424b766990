"""The computed parts of the coverage pages, on a tiny package."""

import pandas as pd
import pytest

from conftest import Tiny
from kursk_events.site.coverage import (
    Frame,
    Writer,
    answering,
    counts,
    days,
    series,
    settlements,
    table,
    without_point,
)

PERIOD = "2025-03-to-2025-08"
LINE = {"period": PERIOD, "section": "Fighting", "line": "Gornal", "both_sides": "true", "state": "answered", "events": "gornal-2025-04-26", "measures": "", "claimants": "", "joined": "staff-held>mod-taken", "outside": "", "remarks": ""}  # fmt: skip
GAP = {"period": PERIOD, "section": "Fighting", "topic": "Places", "not_found": "A map", "looked_for_in": "Russian"}


def _frame(**line: str) -> Frame:
    asked = [{"period": PERIOD, "day": day, "asked": "one"} for day in ("2025-04-26", "2025-04-27", "2025-04-28")]
    return Frame(pd.DataFrame(asked), pd.DataFrame([{**LINE, **line}]), pd.DataFrame([GAP]))


def test_a_period_is_counted(tiny: Tiny) -> None:
    found = counts(tiny.dataset().tables, PERIOD)
    assert (found.events, found.claims, found.sources, found.publishers, found.languages) == (1, 3, 2, 2, 1)
    assert found.carried == 1.0


def test_a_day_is_covered_approximate_or_a_gap(tiny: Tiny) -> None:
    tiny.edit("claims", "staff-held", claimed_precision="days")
    assert days(tiny.dataset().tables, _frame()).to_numpy().tolist() == [
        ["2025-04-26", "one", 2, 2, 1, "covered"],
        ["2025-04-27", "one", 1, 0, 0, "approximate"],
        ["2025-04-28", "one", 0, 0, 0, "known gap"],
    ]


def test_a_section_names_claimants_links_and_gaps(tiny: Tiny) -> None:
    writer = Writer(tiny.dataset().tables, _frame())
    assert writer.page("<!-- computed: lines -->\nold\n<!-- /computed -->", PERIOD) == (
        "<!-- computed: lines -->\n\n"
        "### Fighting\n\n"
        "| Line | State | Events | Claimants | Joined | Outside view | Remarks |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| Gornal ◆ | answered | `gornal-2025-04-26` | Russia: Ministry; Ukraine: Staff |"
        " `staff-held` disputes `mod-taken` | none |  |\n\n"
        "Open:\n\n"
        "- A map; looked for in Russian.\n\n"
        "<!-- /computed -->"
    )


def test_a_link_that_is_not_recorded_is_an_error(tiny: Tiny) -> None:
    writer = Writer(tiny.dataset().tables, _frame(joined="mod-taken>staff-held"))
    with pytest.raises(ValueError, match='"Gornal" names a link that is not recorded: mod-taken>staff-held'):
        writer.page("<!-- computed: lines -->\n<!-- /computed -->", PERIOD)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"measures": "losses_total"}, ["mod-losses"]),
        ({"measures": "killed"}, []),
        ({"claimants": "ukr-staff"}, []),
        ({"events": "kursk-campaign gornal-2025-04-26", "measures": "killed"}, ["mod-taken", "staff-held"]),
    ],
)
def test_figures_of_the_campaign_answer_by_measure_and_claimant(
    tiny: Tiny, more: dict[str, str], expected: list[str]
) -> None:
    line = {**LINE, "events": "kursk-campaign", **more}
    assert answering(tiny.dataset().tables["claims"], line)["claim_id"].tolist() == expected


def test_settlements_say_who_said_who_held_them(tiny: Tiny) -> None:
    tables = tiny.dataset().tables
    found = settlements(tables, tables["actors"].set_index("actor_id")["name"].astype(str), PERIOD)
    assert found.to_dict("records") == [
        {
            "Settlement": "Gornal",
            "District": "Sudzhansky District",
            "Russia": "Ministry 2025-04-26 (ru held)",
            "Ukraine": "Staff 2025-04-27 (denies ru held)",
        }
    ]


def test_three_figures_make_a_series(tiny: Tiny) -> None:
    for day in ("2025-04-27", "2025-04-28"):
        tiny.add("claims", "mod-losses", claim_id=f"mod-losses-{day}", claimed_on=day)
        tiny.add("citations", "mod-losses", claim_id=f"mod-losses-{day}")
    tables = tiny.dataset().tables
    found = series(tables, tables["actors"].set_index("actor_id")["name"].astype(str), PERIOD)
    assert found.to_numpy().tolist() == [["Losses in total", "Ministry", "Staff", 3, "2025-04-26", "2025-04-28"]]


def test_a_settlement_without_a_point_is_shown_at_its_district(tiny: Tiny) -> None:
    tiny.edit(
        "places",
        "sudzhansky-district",
        latitude="51.2",
        longitude="35.27",
        uncertainty_km="20",
        coordinate_source="A page",
    )
    tiny.add("places", "gornal", place_id="lost", name="Lost", parent_id="kursk-oblast")
    assert without_point(tiny.dataset().tables["places"]).to_numpy().tolist() == [
        ["Sudzhansky District", "Gornal"],
        ["no point", "Lost"],
    ]


def test_an_empty_table_says_so() -> None:
    assert table(pd.DataFrame()) == "None."
