from pathlib import Path

from kursk_events.site.links import Broken, broken


def write(folder: Path, pages: dict[str, str]) -> Path:
    for name, html in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    return folder


def test_every_kind_of_broken_link_is_named(tmp_path: Path) -> None:
    site = write(
        tmp_path,
        {
            "index.html": '<h1 id="top">x</h1><a href="#top">ok</a><a href="#bottom">a</a><a href="a/">ok</a><a href="b/">b</a>'
            '<a href="a/#here">ok</a><a href="a/#there">c</a><a href="javascript:alert(1)">d</a><a href="https://x.example/">ok</a>',
            "a/index.html": '<p id="here">x</p><a href="../">ok</a><a href="/c.css">ok</a><a href="../c.txt">e</a>'
            '<img src="https://x.example/pixel.gif"><script src="//x.example/s.js"></script><link rel="stylesheet" href="../c.css">'
            '<svg><a href="../#top"><text>ok</text></a></svg>',
            "c.css": "",
        },
    )
    assert list(broken(site)) == [
        Broken("a/index.html", "https://x.example/pixel.gif", "is fetched from elsewhere"),
        Broken("a/index.html", "//x.example/s.js", "is fetched from elsewhere"),
        Broken("a/index.html", "../c.txt", "leads to no file"),
        Broken("index.html", "#bottom", "leads to no anchor"),
        Broken("index.html", "b/", "leads to no file"),
        Broken("index.html", "a/#there", "leads to no anchor"),
        Broken("index.html", "javascript:alert(1)", "has the scheme javascript"),
    ]


def test_a_folder_without_pages_has_nothing_broken(tmp_path: Path) -> None:
    assert list(broken(tmp_path)) == []


def test_the_real_site_has_no_broken_link_and_fetches_nothing_from_elsewhere(real_site: Path) -> None:
    assert len(list(real_site.rglob("*.html"))) > 3000
    assert list(broken(real_site)) == []
