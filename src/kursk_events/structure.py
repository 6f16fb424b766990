"""Structure: Frictionless reads the package and says what it refuses.

Frictionless is the reference reader of the standard that the descriptors follow, so its verdict is asked and not
imitated. Its errors are translated into findings; where our own reader knows the same damage, the code, the hint
and the nearest value come from there, so that a contributor meets one wording.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kursk_events.finding import Code, Finding, nearest
from kursk_events.schema import Package
from kursk_events.text import RawTable
from kursk_events.typed import one_a_missing_row, row_finding, value_damage

STRUCTURE = {
    entry.code: entry
    for entry in (Code("S399", "Frictionless accepts the row", "Other tools read the package by the same standard."),)
}


def structure_findings(package: Package, raws: Mapping[str, RawTable]) -> list[Finding]:
    """Run Frictionless over the tables in ``raws``; references to other tables are not checked.

    Returns:
        One finding a damage: a cell that breaks several constraints is named once.

    """
    import frictionless

    descriptor = _descriptor(package, raws)
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package.from_descriptor(descriptor, basepath=str(package.root)).validate(
            limit_errors=10**9
        )
    found: dict[tuple[str, int, str], Finding] = {}
    for error in report.errors:
        note = f"{error.type}: {error.note}"
        found.setdefault(("", 0, error.type), Finding("datapackage.yaml", 0, "", "S399", "error", "", note, ""))
    for task in report.tasks:
        raw = raws[task.name]
        for error in task.errors:
            for finding in _translate(raw, error, raws):
                found.setdefault((finding.file, finding.line, finding.column), finding)
    return one_a_missing_row(found.values())


def _descriptor(package: Package, raws: Mapping[str, RawTable]) -> dict[str, Any]:
    resources = []
    for resource in package.descriptor["resources"]:
        if resource["name"] in raws:
            schema = dict(resource["schema"])
            keys = [key for key in schema.get("foreignKeys", ()) if _target(key, resource["name"]) in raws]
            resources.append({**resource, "schema": {**schema, "foreignKeys": keys}})
    return {"name": package.name, "resources": resources}


def _target(key: dict[str, Any], own: str) -> str:
    return str(key["reference"].get("resource", own))


def _translate(raw: RawTable, error: Any, raws: Mapping[str, RawTable]) -> Iterator[Finding]:
    line = getattr(error, "row_number", None)
    at = raw.lines.index(line) if line in raw.lines else None
    if at is None:
        yield Finding(raw.table.path, line or 0, "", "S399", "error", "", f"{error.type}: {error.note}", "")
        return
    row = raw.rows[at]
    columns = [getattr(error, "field_name", None) or next(iter(getattr(error, "field_names", ())), "")]
    if error.type == "primary-key":
        columns = [raw.table.primary_key[0]]
    column = columns[0] or raw.table.primary_key[0]
    field = raw.table.field(column)
    cell = row[raw.table.columns.index(column)]
    damage = value_damage(field, re.compile(field.pattern) if field.pattern else None, cell)
    if error.type in ("primary-key", "unique-error"):
        key = " ".join(row[raw.table.columns.index(name)] for name in raw.table.primary_key)
        first = next(number for number, other in zip(raw.lines, raw.rows, strict=True) if _same_key(raw, row, other))
        message = f"{key} stands already in line {first}."
        damage = "S305", message, "Keep one row, or give this one a key of its own."
    elif error.type == "foreign-key":
        target = raw.table.reference(column)
        known = {other[0] for other in raws[target.table].rows} if target else set()
        name = target.table if target else "another table"
        damage = "S306", f'"{cell}" is not in {name}.', nearest(cell, known) or f"Add it to {name} first."
    code, message, hint = damage or ("S399", f"{error.type}: {error.note}", "")
    yield row_finding(raw.table, row, raw.lines[at], column, code, message, hint)


def _same_key(raw: RawTable, row: list[str], other: list[str]) -> bool:
    places = [raw.table.columns.index(name) for name in raw.table.primary_key]
    return all(row[place] == other[place] for place in places)
