"""The whole site from one reading of the records: pages, files and the figures in written pages."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from kursk_events.site.codebook import codebook_pages
from kursk_events.site.explorer import explorer_assets, explorer_page
from kursk_events.site.home import home_inserts
from kursk_events.site.machine import machine_assets, structured_data
from kursk_events.site.pages import RecordPages, read_borders
from kursk_events.site.quality import quality_page
from kursk_events.site.records import Records
from kursk_events.site.render import Asset, Page, root_of
from kursk_events.site.status import truth_table
from kursk_events.site.written import changelog, contributing, gaps_page

_MARK = re.compile(r"<!-- insert: ([a-z-]+) -->")


@dataclass(frozen=True)
class Site:
    """Everything that the build publishes beside the written pages.

    Attributes:
        records: The records.
        docs: Folder of the written pages.
        address: Address of the site, ending in a slash.

    """

    records: Records
    docs: Path
    address: str

    @classmethod
    def read(cls, root: Path, docs: Path, address: str) -> "Site":
        """Read the package under ``root``."""
        return cls(Records.read(root), docs, address)

    @property
    def epoch(self) -> int:
        """Seconds since 1970 of the release's day, which dates every file of the build."""
        day = str(self.records.citation.get("date-released") or "2024-08-06")
        return int(datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.UTC).timestamp())

    @cached_property
    def _record_pages(self) -> RecordPages:
        return RecordPages(self.records, read_borders(self.docs))

    def pages(self) -> Iterator[Page]:
        """Yield the generated pages; a written page of the same path goes before."""
        yield from codebook_pages(self.records)
        yield from self._record_pages.pages()
        yield explorer_page(self.records)
        yield quality_page(self.records, self.docs)
        yield gaps_page()

    def assets(self) -> Iterator[Asset]:
        """Yield the generated files."""
        yield from self._record_pages.assets()
        yield from explorer_assets(self.records)
        yield from machine_assets(self.records, self.address)

    def filled(self, html: str, path: str) -> str:
        """Return a written page with its marks ``<!-- insert: name -->`` filled.

        Raises:
            KeyError: A mark that nothing fills.

        """
        return _MARK.sub(lambda found: str(self._inserts[found[1]](root_of(path))), html)

    @cached_property
    def _inserts(self) -> dict[str, Callable[[str], Markup]]:
        return {
            **home_inserts(self.records),
            "truth-table": lambda root: truth_table(),
            "contributing": lambda root: contributing(self.records.package.root),
            "changelog": lambda root: changelog(self.records.package.root),
        }

    def structured_data(self) -> str:
        """Return the schema.org description for the head of the home page, safe inside a script element."""
        return structured_data(self.records, self.address)
