"""The diagram of the tables: boxes in fixed places, lines from the foreign keys."""

from markupsafe import Markup

from kursk_events.schema import Package

WIDTH, HEIGHT, BOX_W, BOX_H = 900, 400, 136, 58
#: Column and row of each box; a table that is not named here goes to the last row.
PLACES = {
    "publishers": (0, 0), "sources": (0, 1), "citations": (1, 1), "claims": (2, 1), "relations": (1.5, 0),
    "places": (3, 0), "events": (3, 1), "event_types": (4, 1), "measures": (1, 2), "actors": (2, 2),
    "participants": (3, 2), "retired": (4, 2),
}  # fmt: skip


def tables_diagram(package: Package) -> Markup:
    """Return the tables and their foreign keys as SVG; each box leads to the table's page."""
    centres = {name: _centre(*PLACES.get(name, (at % 5, 3))) for at, name in enumerate(package.tables)}
    pairs = sorted(
        {(t.name, key.table) for t in package.tables.values() for key in t.foreign_keys if key.table != t.name}
    )
    lines = [_line(centres[own], centres[other]) for own, other in pairs]
    boxes = [_box(name, package.tables[name].title, *centres[name]) for name in package.tables]
    said = "; ".join(f"{own} refer to {other}" for own, other in pairs)
    return Markup(
        '<svg class="diagram" viewBox="0 0 {} {}" role="group" aria-label="{}">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z"/></marker></defs>{}{}</svg>'
    ).format(WIDTH, HEIGHT, f"Tables and their references: {said}.", Markup("").join(lines), Markup("").join(boxes))


def _centre(column: float, row: float) -> tuple[float, float]:
    return 78 + column * 186, 50 + row * 145


def _line(start: tuple[float, float], end: tuple[float, float]) -> Markup:
    (x1, y1), (x2, y2) = _edge(start, end), _edge(end, start)
    return Markup('<line x1="{:.0f}" y1="{:.0f}" x2="{:.0f}" y2="{:.0f}" marker-end="url(#tip)"/>').format(
        x1, y1, x2, y2
    )


def _edge(own: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Return the point where the line from one box to another leaves the first."""
    dx, dy = other[0] - own[0], other[1] - own[1]
    scale = min((BOX_W / 2 + 3) / abs(dx) if dx else 9.0, (BOX_H / 2 + 3) / abs(dy) if dy else 9.0)
    return own[0] + dx * scale, own[1] + dy * scale


def _box(name: str, title: str, x: float, y: float) -> Markup:
    return Markup(
        '<a href="{}/"><rect x="{:.0f}" y="{:.0f}" width="{}" height="{}" rx="8" class="{}"/>'
        '<text x="{:.0f}" y="{:.0f}" text-anchor="middle">{}</text>'
        '<text class="small" x="{:.0f}" y="{:.0f}" text-anchor="middle">{}</text></a>'
    ).format(
        name, x - BOX_W / 2, y - BOX_H / 2, BOX_W, BOX_H, "core" if name in ("claims", "events") else "",
        x, y - 2, title, x, y + 17, name,
    )  # fmt: skip
