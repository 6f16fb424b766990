"""The build: the same bytes twice, hostile text shown as text, metadata that other tools accept."""

import json
import re
from pathlib import Path

import pytest

from conftest import ROOT, Tiny
from docs_site.conftest import build_site
from kursk_events.site.links import broken

HOSTILE = (
    "</title></script><script>window.hit = 1</script><img src=x onerror=window.hit=2> [x](javascript:alert(3)) "
    "{{ 7*7 }} {% raw %} **b** `c` & \" ' ]]> <!-- insert: sizes --> \U0001f9ff"
)


def _hostile(tiny: Tiny) -> Tiny:
    tiny.edit("events", "gornal-2025-04-26", title=f"Title {HOSTILE}", summary=f"Summary {HOSTILE}", note=HOSTILE)
    tiny.edit("claims", "staff-held", statement=f"Statement {HOSTILE}", note=HOSTILE)
    tiny.edit("actors", "ukr-staff", name=f"Staff {HOSTILE}", name_ru=HOSTILE, note=HOSTILE)
    tiny.edit("places", "gornal", name=f"Gornal {HOSTILE}", name_uk=HOSTILE, latitude="51.05", longitude="35.2")
    tiny.edit("sources", "south-1", title=f"Source {HOSTILE}", url='https://south.example/"onmouseover="window.hit=4')
    tiny.edit("publishers", "south", name=f"South {HOSTILE}", note=HOSTILE)
    tiny.edit("relations", "staff-held", note=HOSTILE)
    return tiny.write()


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory, tiny_factory) -> Path:
    return build_site(_hostile(tiny_factory()).root, tmp_path_factory.mktemp("hostile-site"))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_are_the_same_byte_for_byte(tiny: Tiny, tmp_path: Path) -> None:
    first, second = (_bytes(build_site(tiny.root, tmp_path / name)) for name in ("one", "two"))
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_hostile_text_makes_no_element_and_no_attribute(hostile_site: Path) -> None:
    pages = sorted(hostile_site.rglob("*.html"))
    texts = {page.relative_to(hostile_site).as_posix(): page.read_text(encoding="utf-8") for page in pages}
    assert [name for name, text in texts.items() if "<script>window.hit" in text or "<img src=x" in text] == []
    assert [name for name, text in texts.items() if '"onmouseover="' in text or 'href="javascript:' in text] == []
    assert "events/gornal-2025-04-26/index.html" in texts
    assert "&lt;script&gt;window.hit" in texts["events/gornal-2025-04-26/index.html"]


def test_a_site_of_hostile_text_has_no_broken_link(hostile_site: Path) -> None:
    home = {"../../claims/gerasimov-20250426-defeat-completed/"}
    assert [found for found in broken(hostile_site) if found.link not in home] == []


def test_every_page_escapes_its_title_once(hostile_site: Path) -> None:
    page = (hostile_site / "events/gornal-2025-04-26/index.html").read_text(encoding="utf-8")
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title.startswith("Title &lt;/title&gt;&lt;/script&gt;&lt;script&gt;window.hit = 1")


def test_the_site_holds_no_source_code(real_site: Path) -> None:
    published = {path.name for path in real_site.rglob("*") if path.suffix in (".py", ".csv", ".html")}
    assert [name for name in published if name.endswith(".py")] == []
    assert published >= {"claims.csv", "gaps.csv", "index.html"}


def test_no_date_of_a_written_table_breaks_over_two_lines(real_site: Path) -> None:
    page = (real_site / "studies" / "area-held" / "index.html").read_text(encoding="utf-8")
    assert '<td class="date">2025-03-26</td>' in page
    assert re.findall(r"<td>\d{4}-\d\d-\d\d</td>", page) == []


def test_the_home_page_describes_the_dataset_to_search_engines(real_site: Path) -> None:
    page = (real_site / "index.html").read_text(encoding="utf-8")
    found = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert {key: found[key] for key in ("@type", "license", "version", "isAccessibleForFree")} == {
        "@type": "Dataset",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "version": found["version"],
        "isAccessibleForFree": True,
    }
    names = [part["contentUrl"].rsplit("/", 1)[1] for part in found["distribution"]]
    assert [name for name in names if not (real_site / "downloads" / name).is_file()] == []


def test_croissant_is_valid(real_site: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant", reason="Croissant is validated with pip install mlcroissant")
    dataset = mlcroissant.Dataset(jsonld=str(real_site / "croissant.json"))
    assert dataset.metadata.ctx.issues.errors == set()
    assert len(dataset.metadata.record_sets) == 12


def test_frictionless_reads_the_published_package(real_site: Path) -> None:
    import frictionless

    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(real_site / "datapackage.json")).validate()
    assert report.flatten(["title", "note"]) == []


def test_the_downloads_are_the_records(real_site: Path) -> None:
    for path in sorted((ROOT / "data").glob("*.csv")):
        assert (real_site / "downloads" / path.name).read_bytes() == path.read_bytes()
