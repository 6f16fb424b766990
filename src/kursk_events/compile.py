"""Compiling: typed tables to Parquet, with a Data Package descriptor that inlines the schemas.

The descriptor carries bytes, rows and hash of each file, and the identity of the release: the sha256 of the
canonical CSV files and of the descriptors. Parquet bytes differ between versions of pyarrow; the CSV files do not.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kursk_events.schema import DESCRIPTOR, Package, Table
from kursk_events.text import replace_file
from kursk_events.typed import read_tables

BUILT = "datapackage.json"


def compile_package(package: Package, target: Path, tables: Mapping[str, pa.Table] | None = None) -> dict[str, int]:
    """Write ``<table>.parquet`` for each table and ``datapackage.json`` into ``target``.

    Args:
        package: The descriptor.
        target: Folder for the files.
        tables: The typed tables where they have been read already.

    Returns:
        Number of rows by table.

    Raises:
        DataError: The records have a fault; nothing is written then.

    """
    tables = read_tables(package) if tables is None else tables
    resources = []
    for name, data in tables.items():
        content = parquet_bytes(package.tables[name], data)
        replace_file(target / f"{name}.parquet", content)
        resources.append(_resource(package, name, content, data.num_rows))
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        **{key: value for key, value in package.descriptor.items() if key != "resources"},
        "version": package.version,
        "identity": identity(package),
        "dataAsOf": last_day(tables),
        "citation": read_citation(package.root),
        "resources": resources,
    }
    replace_file(target / BUILT, (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode())
    return {name: data.num_rows for name, data in tables.items()}


def parquet_bytes(table: Table, data: pa.Table) -> bytes:
    """Return the table as a Parquet file whose metadata makes plain `pandas.read_parquet` give our dtypes.

    Dates stay date32; nullable integers and booleans come back as Int64 and boolean.
    """
    numpy_types = {"integer": "Int64", "boolean": "boolean"}
    columns = [
        {
            "name": field.name,
            "field_name": field.name,
            "pandas_type": _pandas_type(field.type, bool(field.categories)),
            "numpy_type": numpy_types.get(field.type, "int8" if field.categories else "object"),
            "metadata": {"num_categories": len(field.terms), "ordered": field.ordered} if field.categories else None,
        }
        for field in table.fields
    ]
    meta = {"index_columns": [], "column_indexes": [], "columns": columns, "pandas_version": "3.0.0"}
    data = data.replace_schema_metadata({b"pandas": json.dumps(meta).encode()})
    sink = pa.BufferOutputStream()
    pq.write_table(data, sink, compression="zstd", version="2.6")
    return bytes(sink.getvalue().to_pybytes())


def _pandas_type(kind: str, categorical: bool) -> str:
    names = {"string": "unicode", "date": "date", "number": "float64", "integer": "int64", "boolean": "bool"}
    return "categorical" if categorical else names[kind]


def _resource(package: Package, name: str, content: bytes, rows: int) -> dict[str, Any]:
    source = next(resource for resource in package.descriptor["resources"] if resource["name"] == name)
    return {
        "name": name,
        "path": f"{name}.parquet",
        "type": "table",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": rows,
        "schema": source["schema"],
    }


def identity(package: Package) -> str:
    """Return the sha256 of the canonical CSV files and descriptors, in the order of their names."""
    files = [
        DESCRIPTOR,
        *(f"schemas/{name}.yaml" for name in package.tables),
        *(t.path for t in package.tables.values()),
    ]
    digest = hashlib.sha256()
    for name in sorted(files):
        content = (package.root / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def last_day(tables: Mapping[str, pa.Table]) -> str:
    """Return the last day on which a claim of the data was made, or an empty string."""
    import pyarrow.compute as pc

    last = pc.max(tables["claims"]["claimed_on"]).as_py() if "claims" in tables else None
    return last.isoformat() if last else ""


def read_citation(root: Path) -> dict[str, Any]:
    """Return what ``CITATION.cff`` says of authors, title, year and licence; empty where there is none."""
    from kursk_events.schema import read_yaml

    path = root / "CITATION.cff"
    if not path.is_file():
        return {}
    raw = read_yaml(path)
    return {
        key: raw[key] for key in ("title", "authors", "version", "date-released", "license", "message") if key in raw
    }
