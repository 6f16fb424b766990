"""Charts: each draws the records, carries what a reader needs, and asks nothing of the network."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, Tiny
from kursk_events import plot
from kursk_events.dataset import Dataset
from kursk_events.plot.look import SIDE_COLOURS, in_words

CHARTS: dict[str, tuple[Callable[[Dataset], object], str, str]] = {
    "timeline": (plot.timeline, "Recorded events by week and type", "events a week"),
    "control": (lambda ds: plot.control(ds, "sudzha"), "Who holds Sudzha, according to whom", "held by Ukraine"),
    "ranges": (
        lambda ds: plot.ranges(ds, "area_held", subject="ukr-armed-forces", scope="snapshot", place="kursk-oblast"),
        "Area held, Armed Forces of Ukraine, Kursk Oblast: each claimant's figures",
        "area held, km²",
    ),
    "lag": (plot.lag, "How soon each side speaks of an event, and acknowledges it", "days"),
    "place_map": (plot.place_map, "Where events are recorded, and which sides speak of them", "Sudzha"),
}


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)<", svg.replace("&#39;", "'"))


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_title_unit_and_source(real: Dataset, name: str, tmp_path: Path) -> None:
    draw, title, word = CHARTS[name]
    shown = texts(plot.save(draw(real), tmp_path / "chart.svg").read_text(encoding="utf-8"))
    assert title in shown
    assert word in shown
    assert [text for text in shown if text.startswith("Source: kursk-events ")]


def test_every_public_chart_is_tested() -> None:
    assert sorted([*CHARTS, "save"]) == sorted(plot.__all__)


def test_the_source_line_names_the_day_on_which_the_data_are_as_known(real: Dataset, tmp_path: Path) -> None:
    chart = plot.timeline(real.as_known("2024-09-30"))
    shown = texts(plot.save(chart, tmp_path / "chart.svg").read_text(encoding="utf-8"))
    assert [text for text in shown if text.endswith(", as known on 2024-09-30")]


def test_a_page_asks_nothing_of_the_network(real: Dataset, tmp_path: Path) -> None:
    page = plot.save(plot.control(real, "gornal"), tmp_path / "chart.html").read_text(encoding="utf-8")
    assert re.findall(r"<(?:script|link)[^>]*(?:src|href)=", page) == []
    # What is left are names of schemas and name spaces, and the editor to which a click on the menu would lead.
    hosts = set(re.findall(r"https?://([a-z0-9.-]+)", page))
    assert hosts <= {"github.com", "vega.github.io", "www.w3.org"}
    assert "vegaEmbed" in page


def test_a_picture_is_a_png(real: Dataset, tmp_path: Path) -> None:
    content = plot.save(plot.lag(real), tmp_path / "chart.png", scale=1).read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"


def test_another_format_is_refused(real: Dataset, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r'^no format "\.jpg"\. (Did you mean|Use one of)'):
        plot.save(plot.lag(real), tmp_path / "chart.jpg")


def test_what_cannot_share_a_chart_is_named(real: Dataset) -> None:
    with pytest.raises(ValueError, match=r"choose scope from cumulative, period\.$"):
        plot.ranges(real, "killed", subject="kursk-residents")
    with pytest.raises(ValueError, match=r'^no figures of "area_held" as asked\.$'):
        plot.ranges(real, "area_held", subject="kp-army")
    with pytest.raises(ValueError, match=r'^no measure "areas_held"\. Did you mean "area_held"'):
        plot.ranges(real, "areas_held")


def test_a_place_of_which_nobody_speaks_is_named(real: Dataset) -> None:
    with pytest.raises(ValueError, match=r"^nobody speaks of doha and gornal in that time\.$"):
        plot.control(real, ["doha", "gornal"], end="2024-08-01")


@pytest.mark.parametrize("draw", [plot.timeline, plot.lag, plot.place_map])
def test_nothing_to_draw_is_said(real: Dataset, draw: Callable[[Dataset], object]) -> None:
    with pytest.raises(ValueError, match=r"^no events to draw"):
        draw(real.as_known("2024-01-01"))


def test_every_bound_can_be_drawn(tiny: Tiny, tmp_path: Path) -> None:
    cells = {
        "exact": {"value": "1"}, "about": {"value": "2"}, "at_least": {"value_low": "3"}, "at_most": {"value_high": "4"},
        "range": {"value_low": "5", "value_high": "6"}, "verbal": {},
    }  # fmt: skip
    tiny.drop("claims", "mod-losses")
    for bound, numbers in cells.items():
        row = {
            "value_low": "",
            "bound": bound,
            "subject_id": "ukr-staff",
            "measure": "losses_total",
            "scope": "cumulative",
        }
        tiny.add("claims", "mod-taken", claim_id=bound.replace("_", "-"), kind="quantity", control_status="", valid_to="2025-04-26",
                 **(row | {"category": "combatant", "valid_from": ""} | numbers))  # fmt: skip
    tiny.tables["citations"].clear()
    chart = plot.ranges(tiny.dataset(), "losses_total")
    shown = texts(plot.save(chart, tmp_path / "chart.svg").read_text(encoding="utf-8"))
    said = ["1", "about 2", "at least 3", "at most 4", "5 to 6"]
    assert [text for text in said if text not in shown] == []
    rows = [text for text in shown if text.startswith("Ministry, 26 Apr 2025")]
    assert len(set(rows)) == len(said)


def test_sides_have_colours_of_their_own() -> None:
    assert len(set(SIDE_COLOURS.values())) == len(SIDE_COLOURS) == 4


def test_names_are_joined_as_in_a_sentence() -> None:
    assert [in_words(["a"]), in_words(["a", "b"]), in_words(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


def test_the_committed_pictures_are_there_small_and_described() -> None:
    page = (ROOT / "docs" / "charts.md").read_text(encoding="utf-8")
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.svg"))
    assert len(pictures) >= 5
    for picture in pictures:
        assert f"pictures/{picture.name}" in page
        assert picture.stat().st_size < 200_000
