"""Pages that somebody else writes: the changelog at the root, and the known gaps until there is a list of them."""

from pathlib import Path

import markdown
from markupsafe import Markup

from kursk_events.site.render import Page


def changelog(root: Path) -> Markup:
    """Return ``CHANGELOG.md`` without its title, which the page has already."""
    path = root / "CHANGELOG.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    body = text.removeprefix("# Changelog").strip()
    if not body:
        return Markup("<p>No release so far.</p>")
    return Markup(markdown.markdown(body, extensions=["tables", "toc"]))


def contributing(root: Path) -> Markup:
    """Return ``CONTRIBUTING.md`` without its title."""
    path = root / "CONTRIBUTING.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return Markup(markdown.markdown(text.removeprefix("# Contributing"), extensions=["tables", "toc"]))


def gaps_page() -> Page:
    """Return the page of known gaps that stands in until ``docs/known-gaps.md`` is written."""
    body = Markup(
        '<h1>Known gaps</h1><p class="lead">No gap has been named so far. That does not mean that there is none.</p>'
    )
    return Page("known-gaps.md", "Known gaps", body, "What is known to be missing.", wide=False)
