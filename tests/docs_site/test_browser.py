"""The site in a real browser: the explorer, both colour schemes, keyboard, no scripts, no request to elsewhere."""

import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from docs_site.conftest import Served, serve
from docs_site.test_build import hostile_site  # noqa: F401  (a fixture)
from docs_site.test_records import DAYS
from kursk_events.dataset import Dataset
from kursk_events.site.records import Records

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
EVENT = "reported-retaking-kursk-oblast-2025-04-26"
PAGES = {
    "home": "",
    "explorer": "explorer/",
    "explorer by a claimant": "explorer/?by=deepstate&known=2025-04-27",
    "event": f"events/{EVENT}/",
    "campaign": "events/kursk-campaign/",
    "events": "events/",
    "month": "months/2025-04/",
    "type": "types/recapture/",
    "place": "places/sudzha/",
    "places": "places/",
    "actor": "actors/deepstate/",
    "actors": "actors/",
    "publisher": "sources/tass/",
    "sources": "sources/",
    "quote card": "claims/gerasimov-20250426-defeat-completed/",
    "codebook": "codebook/",
    "table": "codebook/claims/",
    "crosswalk": "codebook/crosswalk/",
    "rules": "guides/rules/",
    "quality": "quality/",
    "status": "methodology/status/",
    "comparison": "methodology/comparison/",
    "guide": "guides/pandas/",
    "download": "download/",
    "reference": "reference/api/",
}
ROWS = "return [...document.querySelectorAll('.explorer tbody tr')].filter((row) => !row.hidden)"

#: Links in tables that are broken at every few letters: eight lines and more, and narrower than a word.
TOWERS = """return [...document.querySelectorAll('td a')].filter((link) => {
  const box = link.getBoundingClientRect();
  return box.height > 160 && box.width < 80;
}).map((link) => link.textContent)"""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return Dataset(Records.read(ROOT).frames)


@pytest.fixture
def chrome(browser) -> Iterator:
    browser.get_log("browser")
    yield browser
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def until(chrome, script: str, seconds: float = 20) -> object:
    """Return what a script gives as soon as it gives something true."""
    end = time.monotonic() + seconds
    while not (found := chrome.execute_script(script)):
        assert time.monotonic() < end, f"in vain: {script}"
        time.sleep(0.05)
    return found


def explore(chrome, served: Served, query: str = "") -> None:
    chrome.get("about:blank")
    chrome.get(f"{served.address}explorer/{query}")
    until(chrome, "return document.querySelector('.explorer[data-ready]')")


def rows(chrome) -> list[tuple[str, str, str, str, str, int]]:
    """Return id, date, type, place, status and number of claims of the rows that are shown."""
    found = chrome.execute_script(
        f"{ROWS}.map((row) => [row.querySelector('a').getAttribute('href').split('/').at(-2),"
        " row.cells[0].textContent, row.cells[2].textContent, row.cells[3].textContent,"
        " row.querySelector('.status').className.replace('chip status ', ''), Number(row.cells[5].textContent)])"
    )
    return [tuple(row) for row in found]


def choose(chrome, name: str, value: str, event: str = "change") -> None:
    chrome.execute_script(
        "const field = document.querySelector(`.explorer [name=${arguments[0]}]`); field.value = arguments[1];"
        "field.dispatchEvent(new Event(arguments[2], {bubbles: true}))",
        name, value, event,
    )  # fmt: skip


def view(chrome) -> str:
    return str(chrome.execute_script("return location.search"))


def status_of(value: object) -> str:
    return "unclaimed" if value is None or value != value else str(value)


def test_each_filter_shows_the_events_that_the_dataset_gives(chrome, served: Served, dataset: Dataset) -> None:
    explore(chrome, served)
    events = dataset.overview().set_index("event_id")
    claims = dataset.claims.merge(dataset.actors, left_on="claimant_id", right_on="actor_id")
    assert {row[0] for row in rows(chrome)} == set(events.index)
    expected = {
        ("type", "drone_strike"): set(events.index[events["event_type"] == "drone_strike"]),
        ("status", "acknowledged"): set(events.index[events["status"] == "acknowledged"]),
        ("status", "unclaimed"): set(events.index[events["status"].isna()]),
        ("side", "KP"): set(claims.loc[claims["side"] == "KP", "event_id"]),
        ("claimant", "deepstate"): set(claims.loc[claims["claimant_id"] == "deepstate", "event_id"]),
        ("place", "sumy-oblast"): set(events.index[events["oblast"] == "sumy-oblast"]),
    }
    for (name, value), wanted in expected.items():
        choose(chrome, name, value)
        assert (name, value, {row[0] for row in rows(chrome)}) == (name, value, wanted)
        assert view(chrome) == f"?{name}={value}"
        choose(chrome, name, "")
    assert view(chrome) == ""


def test_text_is_sought_in_statements_too(chrome, served: Served, dataset: Dataset) -> None:
    explore(chrome, served)
    statements = dataset.claims[dataset.claims["statement"].str.lower().str.contains("milestone")]
    assert len(statements)
    chrome.execute_script("document.querySelector('.explorer [name=q]').focus()")
    choose(chrome, "q", "Milestone", "input")
    wanted = set(statements["event_id"])
    until(chrome, f"return {ROWS.removeprefix('return ')}.length >= {len(wanted)}")
    assert wanted <= {row[0] for row in rows(chrome)}
    assert len(rows(chrome)) < 20


def test_a_drag_over_the_timeline_chooses_weeks(chrome, served: Served) -> None:
    from selenium.webdriver import ActionChains

    explore(chrome, served)
    chart = chrome.find_element("css selector", ".timeline svg")
    chrome.execute_script("arguments[0].scrollIntoView({block: 'center'})", chart)
    width = chart.size["width"]
    ActionChains(chrome).move_to_element_with_offset(chart, int(width * 0.1), 0).click_and_hold().move_by_offset(
        int(width * 0.2), 0
    ).release().perform()
    span = chrome.execute_script("return ['from', 'to'].map((name) => document.querySelector(`[name=${name}]`).value)")
    assert span[0] < span[1]
    assert view(chrome) == f"?from={span[0]}&to={span[1]}"
    dates = [row[1] for row in rows(chrome)]
    assert dates
    assert [date for date in dates if not span[0] <= date <= span[1]] == []


def test_the_handles_move_by_a_week_with_the_arrow_keys(chrome, served: Served) -> None:
    from selenium.webdriver import Keys

    explore(chrome, served)
    first = chrome.find_element("css selector", ".timeline .handle")
    assert first.get_attribute("aria-valuetext") == "5 August 2024"
    chrome.execute_script("arguments[0].focus()", first)
    chrome.switch_to.active_element.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert first.get_attribute("aria-valuetext") == "19 August 2024"
    assert min(row[1] for row in rows(chrome)) >= "2024-08-19"


def test_as_known_on_is_what_the_dataset_knew(chrome, served: Served, dataset: Dataset) -> None:
    explore(chrome, served)
    for day in DAYS:
        offset = int(day.timestamp() // 86400)
        choose(chrome, "known", str(offset), "input")
        then = dataset.as_known(day.date())
        status, size = then.status(), then.claims["event_id"].value_counts()
        wanted = {(name, status_of(status[name]), int(size.get(name, 0))) for name in then.events["event_id"]}
        assert {(row[0], row[4], row[5]) for row in rows(chrome)} == wanted
        assert view(chrome) == f"?known={day:%Y-%m-%d}"


def test_the_map_takes_the_colours_of_one_claimant(chrome, served: Served, dataset: Dataset) -> None:
    explore(chrome, served, "?by=deepstate&known=2025-04-27")
    words = {"held by Russia": "ru_held", "held by Ukraine": "ua_held", "contested": "contested", "unclear": "unclear"}
    marks = chrome.execute_script(
        "return [...document.querySelectorAll('.map .mark:not(.silent)')].map((mark) => [mark.dataset.place, mark.getAttribute('aria-label').split(', ').slice(1).join(', ')])"
    )
    said = dataset.as_known("2025-04-27").control_matrix("2025-04-27")["deepstate"].dropna()
    points = set(dataset.places.loc[dataset.places["latitude"].notna(), "place_id"])
    wanted = {place: word for place, word in said.items() if place in points}
    assert {place: words[label] for place, label in marks} == wanted


def test_an_address_holds_the_view(chrome, served: Served) -> None:
    query = "?type=recapture&side=UA&from=2025-03-01&known=2025-05-01&by=rus-mod&sort=claims-down"
    explore(chrome, served, query)
    seen = rows(chrome)
    assert [row[5] for row in seen] == sorted((row[5] for row in seen), reverse=True)
    assert {row[2] for row in seen} == {"Recapture"}
    choose(chrome, "status", "disputed")
    address = chrome.current_url
    seen = rows(chrome)
    explore(chrome, served, address.partition("explorer/")[2])
    assert rows(chrome) == seen
    chrome.execute_script("document.querySelector('.explorer .reset').click()")
    assert view(chrome) == ""


def test_a_place_is_chosen_from_the_keyboard(chrome, served: Served) -> None:
    from selenium.webdriver import Keys

    explore(chrome, served)
    mark = chrome.find_element("css selector", '.map .mark[data-place="sudzha"]')
    assert mark.get_attribute("tabindex") == "0"
    chrome.execute_script("arguments[0].focus()", mark)
    chrome.switch_to.active_element.send_keys(Keys.ENTER)
    assert view(chrome) == "?place=sudzha"
    assert chrome.execute_script("return document.activeElement.dataset.place") == "sudzha"
    assert chrome.find_element("css selector", ".count p").text.split()[0] == str(len(rows(chrome)))


def test_the_table_reads_without_scripts(chrome, served: Served, dataset: Dataset) -> None:
    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    chrome.get(f"{served.address}explorer/")
    table = chrome.find_element("css selector", "table.events")
    assert table.is_displayed()
    assert len(table.find_elements("css selector", "tbody tr")) == len(dataset.events)
    assert not chrome.find_element("css selector", ".explorer .tools").is_displayed()


def test_the_first_view_stays_small_and_nothing_leaves_the_site(chrome, served: Served) -> None:
    chrome.get_log("performance")
    explore(chrome, served)
    until(chrome, "return document.readyState === 'complete'")
    asked = _asked(chrome)
    assert [address for address in asked if not address.startswith(served.address)] == []
    total = 0
    for address in asked:
        name = address.removeprefix(served.address).partition("?")[0] or "index.html"
        path = served.folder / (f"{name}index.html" if name.endswith("/") else name)
        total += len(gzip.compress(path.read_bytes()))
    assert total < 400_000


def _asked(chrome) -> set[str]:
    messages = [json.loads(entry["message"])["message"] for entry in chrome.get_log("performance")]
    asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    return {address for address in asked if not address.startswith(("data:", "about:", "blob:", "chrome"))}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible_and_asks_nothing_of_others(chrome, served: Served, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    chrome.get_log("performance")
    found = {}
    for name, path in PAGES.items():
        chrome.get(f"{served.address}{path}")
        chrome.execute_script("localStorage.clear()")
        if name.startswith("explorer"):
            until(chrome, "return document.querySelector('.explorer[data-ready]')")
        chrome.execute_script(AXE.read_text(encoding="utf-8"))
        result = chrome.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(done)"
        )
        serious = [v for v in result["violations"] if v["impact"] in ("serious", "critical")]
        if serious:
            found[name] = {
                v["id"]: [(n["html"][:160], n["failureSummary"][:200]) for n in v["nodes"][:3]] for v in serious
            }
        dark = chrome.execute_script("return getComputedStyle(document.body).color")
        assert dark
    assert found == {}
    assert [address for address in _asked(chrome) if not address.startswith(served.address)] == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_page_is_wider_than_a_narrow_screen(chrome, served: Served, path: str) -> None:
    chrome.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    )
    try:
        chrome.get(f"{served.address}{path}")
        if path.startswith("explorer"):
            until(chrome, "return document.querySelector('.explorer[data-ready]')")
        assert chrome.execute_script("return document.documentElement.scrollWidth") <= 360
        assert chrome.execute_script(TOWERS) == []
    finally:
        chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_no_page_writes_an_error_to_the_console(chrome, served: Served) -> None:
    for path in PAGES.values():
        chrome.get(f"{served.address}{path}")
    assert [entry["message"] for entry in chrome.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_hostile_text_is_shown_as_text(chrome, hostile_site: Path) -> None:  # noqa: F811
    for site in serve(hostile_site):
        for path in ("explorer/", "events/gornal-2025-04-26/", "claims/staff-held/", "actors/ukr-staff/", "places/gornal/",
                     "sources/south/", "events/", "actors/", "places/", "sources/", "codebook/claims/", ""):  # fmt: skip
            chrome.get(f"{site.address}{path}")
            if path == "explorer/":
                until(chrome, "return document.querySelector('.explorer[data-ready]')")
                choose(chrome, "by", "ukr-staff")
            assert chrome.execute_script("return window.hit") is None
        chrome.get(f"{site.address}events/gornal-2025-04-26/")
        heading = chrome.find_element("css selector", "h1").text
        assert heading.startswith(
            "Title </title></script><script>window.hit = 1</script><img src=x onerror=window.hit=2>"
        )
        assert chrome.title.startswith("Title </title></script><script>")
