"""The link checker: every link and anchor inside a built site, and every request that would leave it.

The site generator checks what Markdown links to; most links here stand in generated markup, which it does not see.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: What a browser fetches by itself, by element and attribute; a link that a reader follows is not among them.
FETCHED = {
    ("audio", "src"), ("embed", "src"), ("iframe", "src"), ("image", "href"), ("img", "src"), ("img", "srcset"),
    ("input", "src"), ("object", "data"), ("script", "src"), ("source", "src"), ("source", "srcset"), ("use", "href"),
    ("video", "src"), ("form", "action"),
}  # fmt: skip
FETCHED_RELS = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "manifest"}


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that leads nowhere, or a request that leaves the site."""

    page: str
    link: str
    reason: str


@dataclass(slots=True)
class Document:
    """The anchors of a page, the links in it and the addresses that it fetches."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Document()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.found.anchors.update(value for name in ("id", "name") if (value := values.get(name)))
        rels = set((values.get("rel") or "").split())
        for name, value in attrs:
            if value is None:
                continue
            if (tag, name) in FETCHED or (tag == "link" and name == "href" and rels & FETCHED_RELS):
                self.found.fetched.append(value)
            elif name in ("href", "xlink:href") and not rels & {"canonical", "alternate", "next", "prev"}:
                self.found.links.append(value)


def read(html: str) -> Document:
    """Return the anchors and links of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.found


def broken(site: Path) -> Iterator[Broken]:
    """Yield the links of a built site that lead nowhere, and the requests that leave it.

    Args:
        site: Folder of the built site. Absolute links inside it are taken from its root.

    """
    pages = {
        path.relative_to(site).as_posix(): read(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for name, page in pages.items():
        for link in page.fetched:
            if _leaves(link):
                yield Broken(name, link, "is fetched from elsewhere")
        for link in dict.fromkeys([*page.links, *page.fetched]):
            reason = _damage(name, link, pages, files)
            if reason:
                yield Broken(name, link, reason)


def _leaves(link: str) -> bool:
    return bool(urlsplit(link).netloc)


def _damage(name: str, link: str, pages: dict[str, Document], files: set[str]) -> str:
    parts = urlsplit(link)
    if parts.scheme in ("http", "https", "mailto", "data") or parts.netloc:
        return ""
    if parts.scheme:
        return f"has the scheme {parts.scheme}"
    target = _target(name, unquote(parts.path))
    if target not in files:
        return "leads to no file"
    anchor = unquote(parts.fragment)
    if anchor and target in pages and anchor not in pages[target].anchors and not anchor.startswith("__"):
        return "leads to no anchor"
    return ""


def _target(name: str, path: str) -> str:
    """Return the file that a link on a page leads to.

    >>> _target("events/x/index.html", "../../places/"), _target("a.html", ""), _target("a/b.html", "/c.css")
    ('places/index.html', 'a.html', 'c.css')
    """
    if not path:
        return name
    parts = [] if path.startswith("/") else name.split("/")[:-1]
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    ends_open = path.endswith("/") or path.rsplit("/", 1)[-1] in (".", "..")
    return "/".join([*parts, "index.html"] if ends_open else parts)
