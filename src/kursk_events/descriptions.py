"""Descriptions: the codebook, the catalogue of rules, Croissant and schema.org, all from the schemas.

Nothing here is written twice: titles, definitions and reasons stand in `schemas/*.yaml` and beside the rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kursk_events.schema import Field, Package, Table


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a column is filled in the records.

    Attributes:
        rows: Rows of the table.
        filled: Rows in which the column is not empty.
        distinct: Different values.
        counts: Rows by term, for a vocabulary.

    """

    rows: int
    filled: int
    distinct: int
    counts: Mapping[str, int]

    @property
    def share(self) -> float:
        """Share of the rows in which the column is filled, 0 to 1; 0 for an empty table."""
        return self.filled / self.rows if self.rows else 0.0


def coverage(field: Field, column: pd.Series) -> Coverage:
    """Return how a column is filled."""
    counts = column.astype("string").value_counts() if field.categories else pd.Series(dtype="int64")
    return Coverage(
        len(column), int(column.notna().sum()), int(column.nunique()), {str(k): int(v) for k, v in counts.items()}
    )


def constraints(field: Field) -> list[str]:
    """Return what a column asks of its values, in words.

    >>> from kursk_events.schema import Field
    >>> constraints(Field("x", "number", "X", "An x.", 1, "0.1.0", required=True, minimum=0, maximum=100))
    ['required', 'from 0', 'to 100']
    """
    found = ["required"] if field.required else ["may be empty"]
    if field.unique:
        found.append("unique")
    if field.minimum is not None:
        found.append(f"from {field.minimum:g}")
    if field.maximum is not None:
        found.append(f"to {field.maximum:g}")
    if field.categories:
        found.append(f"one of {len(field.categories)} terms" + (", in order" if field.ordered else ""))
    return found


def referring(package: Package, table: Table) -> list[tuple[str, str]]:
    """Return the tables and columns that name rows of a table."""
    return [
        (other.name, key.field)
        for other in package.tables.values()
        for key in other.foreign_keys
        if key.table == table.name
    ]


@dataclass(frozen=True, slots=True)
class Entry:
    """A code of the rule catalogue.

    Attributes:
        layer: Layer of the check to which it belongs.
        where: Table and columns that it looks at, or empty.
        hint: What would be right, or empty.
        accepted: A value that Frictionless alone lets pass, or empty.

    """

    code: str
    layer: str
    title: str
    reason: str
    severity: str
    where: str = ""
    hint: str = ""
    accepted: str = ""


LAYERS = {
    "D": ("Descriptors", "The schemas themselves are checked first, since everything else rests on them."),
    "F": ("Form", "How a CSV file is written. Writing what was read must give the same bytes."),
    "S": ("Structure", "Types, vocabularies, keys and references, read by us and by Frictionless."),
    "C": ("Contract", "The typed columns by Pandera, as a second opinion on the first."),
    "R": ("Rules", "What must hold across columns and tables."),
}


def catalogue() -> Iterator[Entry]:
    """Yield every code that a check can report, by layer and code. Needs the extra ``check``."""
    from kursk_events.check import CONTRACT
    from kursk_events.rules import RULES
    from kursk_events.structure import STRUCTURE
    from kursk_events.text import FORM
    from kursk_events.typed import KEYS

    codes = {**CONTRACT, **FORM, **KEYS, **STRUCTURE}
    entries = [
        Entry(c.code, _layer(c.code), c.title, c.reason, c.severity, accepted=c.accepted) for c in codes.values()
    ]
    for r in RULES.values():
        where = f"{r.table}: {', '.join(r.columns)}"
        entries.append(Entry(r.code, _layer(r.code), r.title, r.reason, r.severity, where, r.hint))
    order = list(LAYERS)
    yield from sorted(entries, key=lambda entry: (order.index(entry.layer), entry.code))


def _layer(code: str) -> str:
    return code[0] if code[0] in LAYERS else "R"


def schema_org(package: Package, about: Mapping[str, Any], site: str, first: str, last: str) -> dict[str, Any]:
    """Return the dataset as schema.org describes datasets, for the head of the home page.

    Args:
        package: The package.
        about: Citation with ``authors`` and ``date-released``.
        site: Address of the site, ending in a slash.
        first: First day of the happenings, yyyy-mm-dd.
        last: Last day on which a claim was made, or empty.

    """
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": package.title,
        "description": package.description,
        "url": site,
        "version": package.version,
        "keywords": list(package.descriptor["keywords"]),
        "license": package.descriptor["licenses"][0]["path"],
        "isAccessibleForFree": True,
        "creator": creators(about),
        "datePublished": about.get("date-released", ""),
        "temporalCoverage": f"{first}/{last}" if last else first,
        "spatialCoverage": {
            "@type": "Place",
            "name": "Kursk Oblast and the adjoining parts of Belgorod and Sumy oblasts",
            "geo": {"@type": "GeoShape", "box": box(package)},
        },
        "variableMeasured": sorted({field.title for field in package.tables["claims"].fields}),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": f"{table.name} ({kind})",
                "encodingFormat": media,
                "contentUrl": f"{site}downloads/{table.name}.{end}",
            }
            for table in package.tables.values()
            for kind, media, end in (
                ("CSV", "text/csv", "csv"),
                ("Parquet", "application/vnd.apache.parquet", "parquet"),
            )
        ],
    }


def box(package: Package) -> str:
    """Return the frame of the dataset's points as schema.org writes it: south west north east."""
    frame = package.coordinates
    return f"{frame['south']} {frame['west']} {frame['north']} {frame['east']}"


def creators(about: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the authors of ``CITATION.cff``: persons by their names, groups as organisations."""
    return [
        {"@type": "Organization", "name": author["name"]}
        if "name" in author
        else {"@type": "Person", "name": f"{author['given-names']} {author['family-names']}"}
        for author in about.get("authors", ())
    ]


CROISSANT_TYPES = {
    "string": "sc:Text",
    "date": "sc:Date",
    "number": "sc:Float",
    "integer": "sc:Integer",
    "boolean": "sc:Boolean",
}


def croissant(
    package: Package, about: Mapping[str, Any], site: str, hashes: Mapping[str, str], cite_as: str
) -> dict[str, Any]:
    """Return the dataset as Croissant 1.0 describes datasets for machine learning.

    Args:
        package: The package.
        about: Citation with ``authors`` and ``date-released``.
        site: Address of the site, ending in a slash.
        hashes: sha256 of each table's CSV file.
        cite_as: BibTeX entry.

    """
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": package.name,
        "description": package.description,
        "url": site,
        "version": package.version,
        "license": package.descriptor["licenses"][0]["path"],
        "datePublished": about.get("date-released", ""),
        "creator": creators(about),
        "citeAs": cite_as,
        "keywords": list(package.descriptor["keywords"]),
        "isLiveDataset": False,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": f"{table.name}.csv",
                "name": f"{table.name}.csv",
                "description": table.description,
                "contentUrl": f"downloads/{table.name}.csv",
                "encodingFormat": "text/csv",
                "sha256": hashes[table.name],
            }
            for table in package.tables.values()
        ],
        "recordSet": [_record_set(table) for table in package.tables.values()],
    }


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": [{"@id": f"{table.name}/{column}"} for column in table.primary_key],
        "field": [_croissant_field(table, field) for field in table.fields],
    }


def _croissant_field(table: Table, field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field.name}",
        "name": field.name,
        "description": f"{field.title}. {field.description}",
        "dataType": CROISSANT_TYPES[field.type],
        "source": {"fileObject": {"@id": f"{table.name}.csv"}, "extract": {"column": field.name}},
    }
    key = table.reference(field.name)
    if key:
        found["references"] = {"field": {"@id": f"{key.table}/{key.key}"}}
    return found


#: The context that the Croissant 1.0 specification prints (https://docs.mlcommons.org/croissant/docs/croissant-spec.html).
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
