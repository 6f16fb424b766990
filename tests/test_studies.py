"""The worked studies run as they are printed, and show what their code gives on the real records."""

import re
from calendar import month_name
from pathlib import Path

import pytest

import kursk_events
import studies

PAGES = studies.pages()
MONTHS = list(month_name)[1:]
_DATE = re.compile(rf"\b(?:(\d{{1,2}})\s)?({'|'.join(MONTHS)})\s(\d{{4}})\b")
_NUMBER = re.compile(r"(?<![\w.])(?<!\w-)\d+(?:,\d{3})*(?:\.\d+)?(?![\w-])")
LIMIT = 200_000


@pytest.fixture(scope="module")
def runs() -> dict[str, studies.Run]:
    return {page.stem: studies.run(page) for page in PAGES}


def test_there_are_five_studies() -> None:
    assert [page.stem for page in PAGES] == ["26-april-2025", "admitted-when", "area-held", "north-korea", "sudzha"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_shows_what_its_code_gives(page: Path, runs: dict[str, studies.Run]) -> None:
    assert page.read_text(encoding="utf-8") == runs[page.stem].text, "run: make studies"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_prose_names_no_number_that_is_not_shown(page: Path, runs: dict[str, studies.Run]) -> None:
    shown = set(_NUMBER.findall(_DATE.sub("", runs[page.stem].shown)))
    named = set(_NUMBER.findall(_DATE.sub("", _readable(page))))
    assert sorted(named - shown) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_prose_names_no_day_that_is_not_shown(page: Path, runs: dict[str, studies.Run]) -> None:
    # The span of what is curated is a matter of the known gaps, not of the page's own output.
    known = page.read_text(encoding="utf-8") + runs[page.stem].shown
    named = {
        f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"
        for day, month, year in _DATE.findall(_readable(page))
        if day
    }
    assert sorted(day for day in named if day not in known) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_ends_with_a_picture_and_with_what_the_data_cannot_tell(
    page: Path, runs: dict[str, studies.Run]
) -> None:
    headings = re.findall(r"^## (.+)$", studies.prose(page), re.MULTILINE)
    assert headings[-2:] in (
        ["The picture", "What the data cannot tell"],
        ["The pictures", "What the data cannot tell"],
    )
    sizes = {name: (studies.PICTURES / name).stat().st_size for name in runs[page.stem].charts}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > LIMIT} == {}


def test_no_picture_is_left_over(runs: dict[str, studies.Run]) -> None:
    drawn = {name for run in runs.values() for name in run.charts}
    assert {path.name for path in studies.PICTURES.iterdir()} == drawn


def test_the_index_leads_to_every_study() -> None:
    index = (studies.FOLDER / "index.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f"({page.name})" not in index] == []


def test_every_method_that_the_index_names_is_there() -> None:
    index = (studies.FOLDER / "index.md").read_text(encoding="utf-8")
    table = "".join(line for line in index.splitlines() if line.startswith("| ["))
    names = re.findall(r"`([a-z_.]+)`", table)
    plots = [name.removeprefix("plot.") for name in names if name.startswith("plot.")]
    assert [name for name in names if "." not in name and not hasattr(kursk_events.Dataset, name)] == []
    plot = pytest.importorskip("kursk_events.plot")
    assert [name for name in plots if not hasattr(plot, name)] == []


def _readable(page: Path) -> str:
    """Return the prose without its ids, links and front matter."""
    text = studies.prose(page).split("---\n", 2)[-1]
    return re.sub(r"`[^`]*`|\]\([^)]*\)|^\d+\. ", " ", text, flags=re.MULTILINE)
