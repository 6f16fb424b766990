"""The hook of the site generator: hands over the pages that `kursk_events.site` makes from the records.

A generated page is put into the finished page after Markdown has run, so that no text from a record is ever read as
markup, and so that long pages cost nothing.
"""

import json
import os
import re
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import get_toc

from kursk_events.site.build import Site
from kursk_events.site.links import read
from kursk_events.site.render import Page

_SITE: dict[str, Site] = {}
_PAGES: dict[str, Page] = {}
#: A table written in Markdown cannot say that its dates are not to be broken over two lines.
_DATE_CELL = re.compile(r"<td>(\d{4}-\d\d-\d\d)</td>")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the records; date the build by the release, so that two builds are the same byte for byte."""
    root = Path(config.extra.get("package") or Path(config.config_file_path).parent)
    site = Site.read(root, Path(config.docs_dir), str(config.site_url or ""))
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(site.epoch))
    _SITE["now"] = site
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages and files."""
    site = _SITE["now"]
    _PAGES.clear()
    for page in site.pages():
        if files.get_file_from_path(page.path):
            continue
        _PAGES[page.path] = page
        files.append(File.generated(config, page.path, content=_stub(page)))
    for asset in site.assets():
        files.append(File.generated(config, asset.path, content=asset.content))
    return files


def _stub(page: Page) -> str:
    """Return a page's source: its title and settings; the theme does not escape titles, so they are escaped here."""
    meta = {
        "title": escape(page.title),
        "description": escape(page.description or page.title),
        "hide": ["navigation", "toc"] if page.wide else ([] if page.headings else ["toc"]),
        "search": {"exclude": not page.searched},
    }
    return f"---\n{json.dumps(meta, ensure_ascii=False)}\n---\n"


def on_page_content(html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Put in the body of a generated page, or fill the marks that a written page holds for figures."""
    made = _PAGES.get(page.file.src_uri)
    if made is None:
        return _SITE["now"].filled(_DATE_CELL.sub(r'<td class="date">\1</td>', html), page.file.src_uri)
    tokens = [{"level": h.level, "id": h.anchor, "name": h.title, "children": []} for h in made.headings]
    page.toc = get_toc(tokens)
    page.present_anchor_ids = read(str(made.body)).anchors
    if made.headings:
        return str(made.body)
    return f"<h1>{escape(made.title)}</h1><p>{escape(made.description)}</p>"


def on_post_page(output: str, page: SitePage, config: MkDocsConfig) -> str:
    """Put in the body of a page of which the search has seen title and description only."""
    made = _PAGES.get(page.file.src_uri)
    if made is None or made.headings:
        return output
    seen = f"<h1>{escape(made.title)}</h1><p>{escape(made.description)}</p>"
    before, found, after = output.partition(seen)
    if not found:
        raise RuntimeError(f"{made.path}: the theme has changed what it is given; the body has no place to go")
    return before + str(made.body) + after


def on_page_context(context: dict, page: SitePage, config: MkDocsConfig, nav: object) -> dict:
    """Give the home page its description for search engines."""
    context["structured_data"] = _SITE["now"].structured_data() if page.is_homepage else ""
    return context
