"""Loading: tables as typed frames, offline, from the installed Parquet or from the checkout's CSV.

An installed package carries `_data/` with Parquet and a descriptor, and needs pandas and pyarrow only. A checkout, or
an editable install of one, has no `_data/`: there the CSV files are read, again after every edit (see `checkout`).
"""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from kursk_events.finding import nearest
from kursk_events.schema import Package

if TYPE_CHECKING:
    from kursk_events.tables import TableName

BUILT_FOLDER = Path(str(files("kursk_events"))) / "_data"


def load(table: "TableName") -> pd.DataFrame:
    """Return a table as a fresh frame.

    Args:
        table: Name of the table, such as ``"events"`` or ``"claims"``.

    Returns:
        One row a record, columns and order as in the codebook (`describe`): strings, datetime64[s] dates, Int64 and
        boolean with missing values, float64 figures in the unit of their measure, and categories with the
        whole vocabulary.

    Raises:
        ValueError: No such table; the text names the nearest.
        DataError: In a checkout, the records have a fault.

    Example:
        >>> import kursk_events as ke
        >>> ke.load("claims")["stance"].dtype.categories.tolist()[:2]
        ['asserts', 'denies']

    """
    _known(table)
    if _is_installed():
        return _from_parquet(table)
    from kursk_events.checkout import checkout
    from kursk_events.typed import to_frame

    here = checkout()
    return to_frame(here.package.tables[table], here.tables[table])


def load_all() -> dict[str, pd.DataFrame]:
    """Return all tables by name; one reading of the files, where `load` for each would be twelve."""
    if _is_installed():
        return {name: _from_parquet(name) for name in table_names()}
    from kursk_events.checkout import checkout
    from kursk_events.typed import to_frames

    here = checkout()
    return to_frames(here.package, here.tables)


def path(table: "TableName") -> Path:
    """Return the path of a table's Parquet file, for DuckDB, Polars, R or Spark.

    In a checkout the file is compiled into ``build/parquet`` first.

    Raises:
        ValueError: No such table.

    """
    _known(table)
    if _is_installed():
        return BUILT_FOLDER / f"{table}.parquet"
    from kursk_events.checkout import checkout
    from kursk_events.compile import compile_package

    package = checkout().package
    target = package.root / "build" / "parquet"
    compile_package(package, target)
    return target / f"{table}.parquet"


def describe(table: "TableName | None" = None) -> pd.DataFrame:
    """Return the codebook as a frame.

    Args:
        table: One table, or all where it is left out.

    Returns:
        One row a column of the dataset: table, column, type, title, description, required, terms, references, pattern,
        minimum, maximum, example, since.

    Example:
        >>> import kursk_events as ke
        >>> codebook = ke.describe("claims").set_index("column")
        >>> codebook.loc["value", "title"]
        'Value'

    """
    if table is not None:
        _known(table)
    rows = []
    for resource in package().descriptor["resources"]:
        if table in (None, resource["name"]):
            targets = {key["fields"][0]: key["reference"] for key in resource["schema"].get("foreignKeys", ())}
            for field in resource["schema"]["fields"]:
                rows.append(_codebook_row(resource["name"], field, targets))
    return pd.DataFrame(rows)


def _codebook_row(table: str, field: dict[str, Any], targets: dict[str, dict[str, Any]]) -> dict[str, Any]:
    limits = field.get("constraints", {})
    target = targets.get(field["name"])
    return {
        "table": table,
        "column": field["name"],
        "type": field["type"],
        "title": field["title"],
        "description": field["description"],
        "required": bool(limits.get("required", False)),
        "terms": ", ".join(limits.get("enum", ())),
        "references": f"{target.get('resource', table)}.{target['fields'][0]}" if target else "",
        "pattern": limits.get("pattern", ""),
        "minimum": limits.get("minimum"),
        "maximum": limits.get("maximum"),
        "example": str(field["example"]),
        "since": field["since"],
    }


def cite(claim_id: str | None = None, *, style: Literal["text", "bibtex", "short"] = "text") -> str:
    """Return how to cite the dataset, or one claim in it.

    Args:
        claim_id: A claim; the whole dataset where it is left out.
        style: ``text``, ``bibtex``, or ``short`` for the source line of a chart or table.

    Raises:
        ValueError: No such claim or style.

    """
    about = descriptor()
    citation = about["citation"]
    authors = " and ".join(
        author.get("name") or f"{author['family-names']}, {author['given-names']}" for author in citation["authors"]
    )
    year = citation["date-released"][:4]
    what = f"version {about['version']}, data as of {about['dataAsOf']}"
    if style == "bibtex":
        if claim_id is not None:
            what += f", claim {_claim(claim_id)['claim_id']}"
        lines = [
            f"  author = {{{{{authors}}}}},",
            f"  title = {{{about['title']}}},",
            f"  year = {{{year}}},",
            f"  version = {{{about['version']}}},",
            f"  note = {{{what}, sha256 {about['identity'][:16]}}}",
        ]
        return "\n".join(["@misc{kursk_events,", *lines, "}"])
    if style == "short":
        short = f"{about['name']} {about['version']}, data as of {about['dataAsOf']}"
        return short if claim_id is None else f"{_claim(claim_id)['claim_id']}, {short}"
    if style != "text":
        raise ValueError(f'no style "{style}": use text, bibtex or short')
    dataset = f"{authors} ({year}): {about['title']}, {what}, sha256 {about['identity'][:16]}."
    if claim_id is None:
        return dataset
    claim = _claim(claim_id)
    return f'Claim "{claim_id}" of {claim["claimant_id"]}, {claim["claimed_on"]:%Y-%m-%d}. In: {dataset}'


def _claim(claim_id: str) -> pd.Series:
    claims = load("claims").set_index("claim_id", drop=False)
    if claim_id not in claims.index:
        raise ValueError(f'no claim "{claim_id}". {nearest(claim_id, claims.index)}'.strip())
    return claims.loc[[claim_id]].iloc[0]


def data_as_of() -> str:
    """Return the last day on which a claim in the data was made, as yyyy-mm-dd."""
    return str(descriptor()["dataAsOf"])


def table_names() -> tuple[str, ...]:
    """Return the names of the tables, in the order of the descriptor."""
    return tuple(package().tables)


def descriptor() -> dict[str, Any]:
    """Return the Data Package descriptor with schemas, version, identity and citation."""
    if _is_installed():
        return _read_descriptor()
    from kursk_events.checkout import checkout
    from kursk_events.compile import identity, last_day, read_citation

    here = checkout()
    return {
        **here.package.descriptor,
        "version": here.package.version,
        "identity": identity(here.package),
        "dataAsOf": last_day(here.tables),
        "citation": read_citation(here.package.root),
    }


def _known(table: str) -> None:
    from kursk_events.tables import TABLES

    if table not in TABLES:
        raise ValueError(f'no table "{table}". {nearest(table, TABLES) or "Tables: " + ", ".join(TABLES)}')


def _is_installed() -> bool:
    return (BUILT_FOLDER / "datapackage.json").is_file()


@cache
def _read_descriptor() -> dict[str, Any]:
    raw: dict[str, Any] = json.loads((BUILT_FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    return raw


def package() -> Package:
    """Return the description of the data: tables, vocabularies, and the values that rules read."""
    if not _is_installed():
        from kursk_events.checkout import checkout

        return checkout().package
    from kursk_events.schema import package_from_descriptor

    raw = _read_descriptor()
    return package_from_descriptor(raw, BUILT_FOLDER, raw["version"])


def _from_parquet(name: str) -> pd.DataFrame:
    import pyarrow.parquet as pq

    from kursk_events.typed import to_frame

    return to_frame(package().tables[name], pq.read_table(BUILT_FOLDER / f"{name}.parquet"))
