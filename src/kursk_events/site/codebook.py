"""Codebook pages: a page a table, an anchor a column, and how the real records fill it."""

from collections.abc import Iterator

from kursk_events.descriptions import LAYERS, catalogue, constraints, coverage, referring
from kursk_events.site.diagram import tables_diagram
from kursk_events.site.records import Records, rows
from kursk_events.site.render import Heading, Page, render


def codebook_pages(records: Records) -> Iterator[Page]:
    """Yield the overview, a page a table, the crosswalk and the rule catalogue."""
    yield _overview(records)
    for name in records.package.tables:
        yield _table(records, name)
    path = "codebook/crosswalk.md"
    body = render("crosswalk.html", path, types=list(records.types.values()))
    text = "Each event type beside its nearest terms in ACLED, UCDP GED and PLOVER."
    yield Page(path, "Crosswalk", body, text, wide=False)
    yield rule_page()


def _overview(records: Records) -> Page:
    path = "codebook/index.md"
    tables = records.package.tables.values()
    sizes = {name: len(frame) for name, frame in records.frames.items()}
    body = render("codebook.html", path, tables=tables, sizes=sizes, diagram=tables_diagram(records.package))
    headings = (Heading("How the tables hang together", "diagram"), Heading("Tables", "tables"))
    return Page(path, "Codebook", body, "Every table, column and term of the dataset.", headings, wide=False)


def _table(records: Records, name: str) -> Page:
    table = records.package.tables[name]
    path = f"codebook/{name}.md"
    frame = records.frames[name]
    fields = [
        (field, constraints(field), coverage(field, frame[field.name]), table.reference(field.name))
        for field in table.fields
    ]
    terms = list(rows(frame)) if name in ("event_types", "measures") else []
    body = render(
        "table.html",
        path,
        table=table,
        fields=fields,
        size=len(frame),
        referring=referring(records.package, table),
        terms=terms,
    )
    headings = [Heading(field.name, field.name) for field in table.fields]
    return Page(path, table.title, body, table.description, tuple(headings), wide=False)


def rule_page() -> Page:
    """Return the catalogue of everything that the check can report."""
    path = "guides/rules.md"
    entries = list(catalogue())
    layers = [(key, *LAYERS[key], [entry for entry in entries if entry.layer == key]) for key in LAYERS]
    body = render("rules.html", path, layers=layers, count=len(entries))
    headings = tuple(Heading(title, f"layer-{key.lower()}") for key, title, _, _ in layers)
    return Page(
        path, "Rule catalogue", body, "Every rule that the check enforces, with its reason.", headings, wide=False
    )
