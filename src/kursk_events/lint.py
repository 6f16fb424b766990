"""The descriptors' own check: a closed meta-schema, and agreement across tables.

Frictionless passes unknown keys, so a misspelt constraint would go unnoticed. The meta-schema is JSON Schema; what
it cannot say (one column name, one type and title everywhere; examples that validate) is said here.
"""

from collections.abc import Iterator
from typing import Any

import jsonschema

from kursk_events.schema import Field, Package
from kursk_events.spelling import cell_damage
from kursk_events.typed import value_damage

_TEXT = {"type": "string", "minLength": 1}
_SLUG = {"type": "string", "pattern": "^[a-z][a-z_]*$"}
_NAMES = {"type": "array", "items": _SLUG, "minItems": 1, "uniqueItems": True}


def _closed(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    needed = [name for name in properties if name not in optional]
    return {"type": "object", "additionalProperties": False, "required": needed, "properties": properties}


CATEGORY = _closed({"value": _TEXT, "label": _TEXT, "description": _TEXT})
CONSTRAINTS = _closed(
    {
        "required": {"const": True},
        "unique": {"const": True},
        "pattern": {"type": "string", "pattern": r"^\(\?:.*\)$"},
        "minimum": {"type": "number"},
        "maximum": {"type": "number"},
        "enum": {"type": "array", "items": _TEXT, "minItems": 2, "uniqueItems": True},
    },
    optional=("required", "unique", "pattern", "minimum", "maximum", "enum"),
)
FIELD = _closed(
    {
        "name": _SLUG,
        "type": {"enum": ["string", "date", "number", "integer", "boolean"]},
        "title": _TEXT,
        "description": {"type": "string", "pattern": r"\.$"},
        "example": {"type": ["string", "number", "boolean"]},
        "since": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
        "constraints": CONSTRAINTS,
        "categories": {"type": "array", "items": CATEGORY, "minItems": 2},
        "categoriesOrdered": {"const": True},
    },
    optional=("constraints", "categories", "categoriesOrdered"),
)
REFERENCE = _closed({"resource": _SLUG, "fields": _NAMES}, optional=("resource",))
TABLE = _closed(
    {
        "name": _SLUG,
        "title": _TEXT,
        "description": {"type": "string", "pattern": r"\.$"},
        "fields": {"type": "array", "items": FIELD, "minItems": 1},
        "missingValues": {"const": [""]},
        "primaryKey": _NAMES,
        "uniqueKeys": {"type": "array", "items": _NAMES},
        "foreignKeys": {"type": "array", "items": _closed({"fields": _NAMES, "reference": REFERENCE})},
        "sortKey": _NAMES,
    },
    optional=("uniqueKeys", "foreignKeys"),
)
RESOURCE = _closed(
    {
        "name": _SLUG,
        "path": {"type": "string", "pattern": r"^data/[a-z_]+\.csv$"},
        "type": {"const": "table"},
        "format": {"const": "csv"},
        "mediatype": {"const": "text/csv"},
        "encoding": {"const": "utf-8"},
        "dialect": _closed({"delimiter": {"const": ","}}),
        "schema": {"type": "object"},
    }
)


def lint(package: Package) -> Iterator[tuple[str, str, str]]:
    """Yield file, message and hint of each fault in the descriptors."""
    for resource in package.descriptor["resources"]:
        yield from _against(RESOURCE, resource, "datapackage.yaml", resource["name"])
        yield from _against(TABLE, resource["schema"], f"schemas/{resource['name']}.yaml", "")
    yield from _shared_columns(package)
    for table in package.tables.values():
        for field in table.fields:
            yield from _example(f"schemas/{table.name}.yaml", field)


def _against(schema: dict[str, Any], raw: Any, file: str, what: str) -> Iterator[tuple[str, str, str]]:
    for error in jsonschema.Draft202012Validator(schema).iter_errors(raw):
        where = ".".join(str(part) for part in error.absolute_path)
        yield (
            file,
            f"{what} {where}: {error.message}.".strip(),
            "See the codebook for the keys that a schema has.",
        )


def _shared_columns(package: Package) -> Iterator[tuple[str, str, str]]:
    first: dict[str, tuple[str, Field]] = {}
    for table in package.tables.values():
        for field in table.fields:
            known, other = first.setdefault(field.name, (table.name, field))
            if (field.type, field.title) != (other.type, other.title):
                message = (
                    f'{field.name} is {field.type} "{field.title}" here and {other.type} "{other.title}" in {known}.'
                )
                yield f"schemas/{table.name}.yaml", message, "Give one column name one type and one title."


def _example(file: str, field: Field) -> Iterator[tuple[str, str, str]]:
    text = str(field.example).lower() if isinstance(field.example, bool) else str(field.example)
    damage = cell_damage(field, text) or value_damage(field, None, text)
    if damage:
        yield (
            file,
            f"the example of {field.name} is not valid: {damage[1]}",
            "Give an example that validates.",
        )
