"""What pages and explorer say of the records, on a tiny package; and the same as the analysis interface on the real one."""

import datetime
import json
import re

import pandas as pd
import pytest

from conftest import ROOT, Tiny
from kursk_events.dataset import Dataset
from kursk_events.site.explorer import control_history, events_known, explorer_data, status_history
from kursk_events.site.home import home_inserts
from kursk_events.site.machine import feed
from kursk_events.site.pages import RecordPages, citation
from kursk_events.site.picture import calendar
from kursk_events.site.quality import carried, point_counts, publisher_shares, sides, source_shares
from kursk_events.site.records import Records

DAY = datetime.date


@pytest.fixture
def records(tiny: Tiny) -> Records:
    return Records.read(tiny.root)


@pytest.fixture(scope="module")
def real() -> Records:
    return Records.read(ROOT)


def test_a_claim_knows_its_figure_its_side_and_who_answers_it(records: Records) -> None:
    claims = {name: (c["side"], c["figure"], records.links_of(c)) for name, c in records.claims.items()}
    assert {name: (side, figure, [(w, [o["claim_id"] for o, _ in x]) for w, x in links]) for name, (side, figure, links) in claims.items()} == {
        "mod-losses": ("RU", "at least 76,000 persons", []),
        "mod-taken": ("RU", "", [("is disputed by", ["staff-held"])]),
        "staff-held": ("UA", "", [("disputes", ["mod-taken"])]),
    }  # fmt: skip


def test_known_from_waits_for_claim_and_print(records: Records) -> None:
    assert records.known_from == {
        "mod-losses": DAY(2025, 4, 26),
        "mod-taken": DAY(2025, 4, 26),
        "staff-held": DAY(2025, 4, 27),
    }


def test_the_status_changes_on_the_day_of_the_denial(records: Records) -> None:
    assert status_history(records) == {
        "gornal-2025-04-26": [(DAY(2025, 4, 26), "one_sided"), (DAY(2025, 4, 27), "disputed")]
    }


def test_the_words_on_control_change_on_the_day_on_which_they_become_known(records: Records) -> None:
    assert control_history(records, DAY(2025, 4, 26)) == {
        ("gornal", "rus-mod"): [(DAY(2025, 4, 26), [(0, None, "ru_held")])],
        ("gornal", "ukr-staff"): [(DAY(2025, 4, 27), [(1, None, "not ru_held")])],
    }


def test_an_event_without_claims_is_known_with_the_first_of_its_parts(tiny: Tiny) -> None:
    tiny.edit("claims", "mod-losses", event_id="gornal-2025-04-26").write()
    assert events_known(Records.read(tiny.root)) == {
        "gornal-2025-04-26": DAY(2025, 4, 26),
        "kursk-campaign": DAY(2025, 4, 26),
    }


def test_quality_figures_are_those_of_the_rows(records: Records) -> None:
    assert [(row["side"], row["claims"], row["denies"], row["disputed"], row["sources"]) for row in sides(records)] == [
        ("KP", 0, 0, 0, 0),
        ("RU", 2, 0, 1, 1),
        ("UA", 1, 1, 1, 1),
        ("none", 0, 0, 0, 0),
    ]
    assert publisher_shares(records) == {"claims": 1 / 3, "events": 0.5, "fighting": 0.5, "sides": 0.5}
    assert [(side, [size for size, _ in cells]) for side, cells in carried(records)] == [
        ("KP", [0, 0, 0, 0]),
        ("RU", [0, 2, 1, 0]),
        ("UA", [0, 0, 1, 0]),
        ("none", [0, 0, 0, 0]),
    ]
    assert (source_shares(records)["archived"], source_shares(records)["dated"]) == (0.0, 1.0)


def test_events_are_counted_by_their_point_nearest_first(tiny: Tiny, real: Records) -> None:
    tiny.edit("places", "gornal", latitude="51.05", longitude="35.2", uncertainty_km="10")
    assert point_counts(Records.read(tiny.write().root)) == {"within 10 km": 1, "no point": 1}
    counts = point_counts(real)
    assert sum(counts.values()) == len(real.events)
    stated = [int(name.split()[1]) for name in counts if name.startswith("within")]
    assert len(stated) > 3
    assert stated == sorted(stated)
    assert list(counts)[-1] == "no point"


def test_the_months_over_the_calendar_do_not_touch() -> None:
    picture = str(calendar({}, datetime.date(2024, 8, 5), datetime.date(2025, 8, 31), "Claims"))
    found = re.findall(r'<text class="small" x="(\d+)" y="14">([^<]+)</text>', picture)
    names = [name for _, name in found]
    assert names[0] == "Aug 2024"
    assert {"Jan 2025", "Mar", "Jul"} <= set(names)
    ends = [int(x) + 7 * len(name) for x, name in found]
    assert all(end <= int(x) for end, (x, _) in zip(ends, found[1:], strict=False))


def test_the_rows_of_an_event_are_those_of_the_tables(records: Records) -> None:
    pages = RecordPages(records, [])
    found = pages.rows_of(records.events["gornal-2025-04-26"])
    assert {name: len(rows) if isinstance(rows, list) else rows for name, rows in found.items() if name != "event"} == {
        "status": "disputed",
        "participants": 1,
        "claims": 2,
        "citations": 3,
        "sources": 2,
        "relations": 1,
    }


def test_a_package_without_records_makes_pages_too(tiny: Tiny) -> None:
    for table in tiny.tables.values():
        table.clear()
    tiny.write()
    for name in ("event_types", "measures"):
        (tiny.root / "data" / f"{name}.csv").write_bytes((ROOT / "data" / f"{name}.csv").read_bytes())
    empty = Records.read(tiny.root)
    assert {page.path for page in RecordPages(empty, []).pages() if page.path.endswith("index.md")} == {
        "actors/index.md",
        "events/index.md",
        "places/index.md",
        "sources/index.md",
    }
    assert explorer_data(empty)["events"] == []
    assert [str(part("./")) for name, part in home_inserts(empty).items() if name in ("answers", "area")] == ["", ""]


def test_the_feed_is_well_formed_and_ends_with_the_oldest_claim(records: Records) -> None:
    import xml.etree.ElementTree as ElementTree

    names = {"a": "http://www.w3.org/2005/Atom"}
    found = ElementTree.fromstring(feed(records, "https://site.example/"))
    assert [entry.findtext("a:id", namespaces=names) for entry in found.findall("a:entry", names)] == [
        f"https://site.example/reference/changelog/#{records.package.version}",
        "https://site.example/claims/staff-held/",
        "https://site.example/claims/mod-taken/",
        "https://site.example/claims/mod-losses/",
    ]


def test_the_site_cites_as_the_package_does(real: Records) -> None:
    import kursk_events

    assert citation(real) == kursk_events.cite()


DAYS = pd.date_range("2024-08-06", "2025-09-01", periods=20).normalize()


@pytest.mark.parametrize("day", DAYS, ids=[f"{day:%Y-%m-%d}" for day in DAYS])
def test_the_explorer_knows_on_a_day_what_the_dataset_knows(real: Records, day: pd.Timestamp) -> None:
    data = _data(real)
    offset = (day.date() - DAY(1970, 1, 1)).days - data["epoch"]
    shown = {}
    for name, _, _, _, _, history, known in data["events"]:
        if known is not None and known <= offset:
            shown[name] = next((status for since, status in reversed(history) if since <= offset), None)
    then = Dataset(real.frames).as_known(day.date())
    status = then.status()
    assert shown == {
        str(name): None if pd.isna(status[name]) else str(status[name]) for name in then.events["event_id"]
    }
    claims = sum(known <= offset for _, _, known in data["claims"])
    assert claims == len(then.claims)


@pytest.mark.parametrize("day", ["2024-08-20", "2025-03-13", "2025-04-27", "2025-08-30"])
def test_the_explorer_shows_control_as_the_dataset_does(real: Records, day: str) -> None:
    data = _data(real)
    offset = (DAY.fromisoformat(day) - DAY(1970, 1, 1)).days - data["epoch"]
    shown = {}
    for place, claimant, changes in data["control"]:
        spans = next((spans for since, spans in reversed(changes) if since <= offset), [])
        for start, end, says in spans:
            if start <= offset and (end is None or offset <= end):
                shown[data["places"][place][0], data["claimants"][claimant][0]] = says
    matrix = Dataset(real.frames).as_known(day).control_matrix(day).drop(columns="disagreement")
    assert shown == matrix.stack().dropna().to_dict()


_CACHE: dict[int, dict] = {}


def _data(records: Records) -> dict:
    if id(records) not in _CACHE:
        _CACHE[id(records)] = json.loads(json.dumps(explorer_data(records), default=str))
    return _CACHE[id(records)]
