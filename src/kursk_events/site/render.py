"""Templates: every value is escaped, so that text from a record is shown and never run."""

import datetime
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kursk_events.sides import SIDES

STATUS = {
    "disputed": ("Disputed", "another claimant denies or disputes it"),
    "acknowledged": ("Acknowledged", "the side that had been silent or had denied it acknowledges it"),
    "corroborated": ("Corroborated", "asserted by sides that fight each other, or by one and a claimant of no side"),
    "one_sided": ("One-sided", "only one side speaks of it"),
    None: ("No claim of occurrence", "nobody's claim of its occurrence, author or control is recorded"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents."""

    title: str
    anchor: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site, ready but for the frame that the theme puts round it.

    Attributes:
        path: Path of its source, such as ``events/x.md``; the address follows from it.
        title: Title as plain text.
        body: Markup.
        description: One sentence for search engines and feeds, as plain text.
        headings: Table of contents; none where it is empty.
        wide: The page takes the whole width.
        searched: The site's search looks at its title and description.

    """

    path: str
    title: str
    body: Markup
    description: str = ""
    headings: tuple[Heading, ...] = ()
    wide: bool = True
    searched: bool = True


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published as it is."""

    path: str
    content: bytes = field(repr=False)


def root_of(path: str) -> str:
    """Return the way from a page to the root of the site.

    >>> root_of("events/x.md"), root_of("events/index.md"), root_of("index.md")
    ('../../', '../', './')
    """
    parts = path.split("/")
    depth = len(parts) - (parts[-1] == "index.md")
    return "../" * depth or "./"


@cache
def environment() -> Environment:
    """Return the template environment, with the words and dates that all pages share."""
    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        day=day, short=short, code=code_spans, link=safe_link, side=SIDES.__getitem__, number=number, percent=percent
    )
    found.globals.update(SIDES=SIDES, STATUS=STATUS)
    return found


def render(template: str, path: str, **values: Any) -> Markup:
    """Return a template filled in for the page at ``path``; ``root`` leads to the root of the site."""
    return Markup(environment().get_template(template).render(root=root_of(path), **values))


def day(value: datetime.date | None, precision: str | None = "day") -> str:
    """Return a date in words, no more exact than it is known.

    >>> day(datetime.date(2025, 4, 6)), day(datetime.date(2025, 4, 6), "month"), day(None)
    ('6 April 2025', 'April 2025', '')
    """
    if value is None:
        return ""
    if precision == "month":
        return f"{value:%B %Y}"
    text = f"{value.day} {value:%B %Y}"
    return {"days": f"about {text}", "week": f"week of {text}", "longer": f"about {value:%Y}"}.get(
        precision or "", text
    )


def short(value: datetime.date | None) -> str:
    """Return a date as yyyy-mm-dd."""
    return "" if value is None else value.isoformat()


def number(value: float | None) -> str:
    """Return a count with thousands separated."""
    return "" if value is None else f"{value:,.0f}"


def percent(value: float) -> str:
    """Return a share as a whole percentage, with a place behind the point below 10 %."""
    return f"{value:.0%}" if value >= 0.1 or value == 0 else f"{value:.1%}"


def safe_link(address: str | None) -> str:
    """Return a web address, or an empty string for anything that is none."""
    return address if address and re.match(r"https?://", address) else ""


def code_spans(text: str) -> Markup:
    """Return text with back-quoted words as code.

    >>> code_spans("`a` < b")
    Markup('<code>a</code> &lt; b')
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))
