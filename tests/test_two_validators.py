"""The two validators check each other: Frictionless behind the form pass, and Pandera.

A cell of a valid row is mutated; both roads must agree on whether the table is still valid. For Pandera the raw
string frame is typed by pandas alone, so that the comparison is not our parser with itself.
"""

import os
import random
from collections import Counter
from collections.abc import Callable

import pandas as pd
import pandera.errors
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import TINY, Tiny
from kursk_events.check import check
from kursk_events.contract import contract
from kursk_events.schema import Field, Table
from kursk_events.structure import structure_findings
from kursk_events.text import FORM, read_table

TODAY = pd.Timestamp("2026-11-23")
STRUCTURE_CODES = {"S301", "S302", "S303", "S304", "S399", "F216", "F217", "F218"}
TABLES = ["claims", "events", "sources", "places", "relations"]
WILD = [
    "",
    "x",
    "0",
    "7",
    "-3",
    "3.5",
    "007",
    "+1",
    "1e3",
    "2025-04-26",
    "2025-4-6",
    "2025-13-01",
    "true",
    "True",
    "Q12",
    "asserts",
    "RU",
    "Ru",
]


def type_by_pandas(field: Field, cells: pd.Series) -> pd.Series:
    """Type a column of strings with pandas alone; raises ValueError where pandas cannot."""
    blank = cells.eq("")
    if field.categories:
        if not cells[~blank].isin(field.terms).all():
            raise ValueError("term")
        return pd.Series(pd.Categorical(cells.where(~blank), dtype=field.pandas_dtype), index=cells.index)
    if field.type == "date":
        dates = pd.to_datetime(cells.where(~blank), format="%Y-%m-%d", errors="raise")
        if (cells[~blank] != dates[~blank].dt.strftime("%Y-%m-%d")).any():
            raise ValueError("spelling")
        return dates.astype("datetime64[s]")
    if field.type in ("number", "integer"):
        numbers = pd.to_numeric(cells.where(~blank), errors="raise")
        spelt = numbers[~blank].map(lambda value: repr(int(value)) if value == int(value) else repr(float(value)))
        if (spelt != cells[~blank]).any():
            raise ValueError("spelling")
        return numbers.astype("Int64" if field.type == "integer" else "float64")
    if field.type == "boolean":
        if not cells[~blank].isin(["true", "false"]).all():
            raise ValueError("boolean")
        return cells.where(~blank).map({"true": True, "false": False}).astype("boolean")
    return cells.where(~blank).astype("string")


def pandera_accepts(table: Table, rows: list[list[str]]) -> bool:
    raw = pd.DataFrame(rows, columns=list(table.columns), dtype="object")
    try:
        typed = pd.DataFrame({field.name: type_by_pandas(field, raw[field.name]) for field in table.fields})
        contract(table).validate(typed, lazy=True)
    except (ValueError, TypeError, pandera.errors.SchemaErrors):
        return False
    return True


def frictionless_accepts(tiny: Tiny, table: str) -> bool:
    raw = read_table(tiny.package.tables[table], tiny.root)
    if {finding.code for finding in raw.findings} & STRUCTURE_CODES:
        return False
    return not {finding.code for finding in structure_findings(tiny.package, {table: raw})} & STRUCTURE_CODES


@pytest.fixture(scope="module")
def scratch(tiny_factory: Callable[[], Tiny]) -> Tiny:
    return tiny_factory()


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, int, int, int]:
    return (
        draw(st.sampled_from(TABLES)),
        draw(st.integers(0, 50)),
        draw(st.integers(0, 50)),
        draw(st.integers(0, 10**6)),
    )


VERDICTS: Counter[str] = Counter()


@settings(
    max_examples=int(os.environ.get("KURSK_EVENTS_MUTATIONS", "150")),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(mutations())
def test_the_validators_agree(scratch: Tiny, mutation: tuple[str, int, int, int]) -> None:
    name, row_number, column_number, seed = mutation
    table = scratch.package.tables[name]
    scratch.tables = {key: [dict(row) for row in rows] for key, rows in TINY.items()}
    row = scratch.tables[name][row_number % len(scratch.tables[name])]
    field = table.fields[column_number % len(table.fields)]
    row[field.name] = mutate(field, scratch.tables[name], random.Random(seed))
    scratch.write()
    cells = [[entry.get(column, "") for column in table.columns] for entry in scratch.tables[name]]
    by_pandera, by_frictionless = pandera_accepts(table, cells), frictionless_accepts(scratch, name)
    VERDICTS[f"pandera {by_pandera}"] += 1
    VERDICTS[f"frictionless {by_frictionless}"] += 1
    assert by_pandera == by_frictionless or doubles_a_key(table, cells), (name, field.name, row[field.name])


def mutate(field: Field, rows: list[dict[str, str]], chance: random.Random) -> str:
    """Return a cell: half the time one that is valid in its column, otherwise a wild one."""
    valid = [row.get(field.name, "") for row in rows] + list(field.terms) + [str(field.example)]
    return chance.choice(valid) if chance.random() < 0.5 else chance.choice(WILD)


def doubles_a_key(table: Table, cells: list[list[str]]) -> bool:
    places = [table.columns.index(column) for column in table.primary_key]
    keys = [tuple(row[place] for place in places) for row in cells]
    return len(set(keys)) < len(keys)


def test_both_sides_refused_something() -> None:
    assert min(VERDICTS["pandera False"], VERDICTS["frictionless False"]) > 5, VERDICTS
    assert min(VERDICTS["pandera True"], VERDICTS["frictionless True"]) > 5, VERDICTS


# A cell of each form code that Frictionless alone lets pass: the catalogue names it, this shows it.
BEYOND = [
    ("F213", "claims", "statement", " Said that."),
    ("F214", "claims", "statement", "G\u043ernal"),
    ("F215", "claims", "statement", "e\u0301"),
    ("F216", "claims", "claimed_on", "2025-4-26"),
    ("F217", "claims", "value_low", "007"),
    ("F219", "claims", "note", "n/a"),
    ("F220", "claims", "note", "=1+1"),
    ("F205", "claims", "note", "a\x07b"),
]


@pytest.mark.parametrize(("code", "table", "column", "cell"), BEYOND, ids=[b[0] for b in BEYOND])
def test_the_form_pass_goes_beyond_frictionless(tiny: Tiny, code: str, table: str, column: str, cell: str) -> None:
    import frictionless

    tiny.edit(table, "mod-losses", **{column: cell}).write()
    with frictionless.system.use_context(trusted=True):
        assert frictionless.Package(str(tiny.root / "datapackage.yaml")).validate().valid
    assert [finding.code for finding in check(tiny.root, TODAY).findings] == [code]
    assert FORM[code].accepted
