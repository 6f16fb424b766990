"""Loading in a checkout: dtypes, values one by one against the CSV, citation, and clear errors."""

import csv
from pathlib import Path

import pandas as pd
import pytest

import kursk_events as ke
from kursk_events.schema import read_package
from kursk_events.tables import TABLES

ROOT = Path(__file__).parents[1]
PACKAGE = read_package(ROOT)


def _cell(value: object, kind: str) -> str:
    """Write a loaded value as the CSV writes it."""
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if kind == "date":
        return pd.Timestamp(str(value)).strftime("%Y-%m-%d")
    if kind == "number":
        number = float(str(value))
        return str(int(number)) if number == int(number) else repr(number)
    return str(value).lower() if kind == "boolean" else str(value)


@pytest.mark.parametrize("name", TABLES)
def test_every_value_is_that_of_the_csv(name: str) -> None:
    table = PACKAGE.tables[name]
    frame = ke.load(name)
    with (ROOT / table.path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert list(frame.columns) == rows[0]
    for field in table.fields:
        cells = [row[table.columns.index(field.name)] for row in rows[1:]]
        assert [_cell(value, field.type) for value in frame[field.name]] == cells, field.name


@pytest.mark.parametrize("name", TABLES)
def test_dtypes_are_those_of_the_schema(name: str) -> None:
    frame = ke.load(name)
    for field in PACKAGE.tables[name].fields:
        dtype = frame[field.name].dtype
        if field.categories:
            assert tuple(dtype.categories) == field.terms
            assert dtype.ordered == field.ordered
        else:
            assert str(dtype) == field.pandas_dtype, field.name


def _other(cells: pd.Series) -> object:
    """Return a value that the column may hold and its first cell does not."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return next(term for term in cells.dtype.categories if term != cells.iloc[0])
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        return pd.Timestamp("1999-12-31")
    if pd.api.types.is_bool_dtype(cells.dtype):
        return not (pd.notna(cells.iloc[0]) and cells.iloc[0])
    return 77 if pd.api.types.is_numeric_dtype(cells.dtype) else "changed"


@pytest.mark.parametrize("name", TABLES)
def test_a_loaded_frame_can_be_changed_and_is_a_fresh_copy(name: str) -> None:
    before, changed = ke.load(name), ke.load_all()[name]
    for column in changed:
        changed.loc[0, column] = wanted = _other(changed[column])
        assert changed.loc[0, column] == wanted
    pd.testing.assert_frame_equal(ke.load(name), before)
    pd.testing.assert_frame_equal(ke.load_all()[name], before)


def test_the_names_of_the_tables_are_those_of_the_descriptor() -> None:
    assert tuple(PACKAGE.tables) == TABLES


def test_an_unknown_table_names_the_nearest() -> None:
    with pytest.raises(ValueError, match=r'no table "claim"\. Did you mean "claims"'):
        ke.load("claim")  # type: ignore[arg-type]


def test_plain_pandas_reads_the_parquet_with_nullable_types() -> None:
    frame = pd.read_parquet(ke.path("relations"))
    assert str(frame["explicit"].dtype) == "boolean"
    places = pd.read_parquet(ke.path("places"))
    assert str(places["geonames_id"].dtype) == "Int64"
    assert len(frame) == len(ke.load("relations"))


def test_the_codebook_has_a_row_a_column() -> None:
    codebook = ke.describe()
    assert list(zip(codebook["table"], codebook["column"], strict=True)) == [
        (table.name, field.name) for table in PACKAGE.tables.values() for field in table.fields
    ]
    claims = ke.describe("claims").set_index("column")
    assert claims.loc["claimant_id", "references"] == "actors.actor_id"
    assert claims.loc["stance", "terms"] == "asserts, denies, assesses, acknowledges, declines, withdraws"


def test_citations_name_version_day_and_identity() -> None:
    text = ke.cite()
    assert PACKAGE.version in text and ke.data_as_of() in text and "sha256" in text
    claim = ke.load("claims").iloc[0]
    assert claim["claim_id"] in ke.cite(claim["claim_id"])
    assert ke.cite(style="bibtex").startswith("@misc{kursk_events,")
    with pytest.raises(ValueError, match=r"no claim .* Did you mean"):
        ke.cite(claim["claim_id"][:-1])


def test_importing_the_package_imports_nothing() -> None:
    import subprocess
    import sys

    code = "import sys; before = set(sys.modules); import kursk_events; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['kursk_events']"


def test_no_public_name_is_that_of_a_module() -> None:
    # Importing kursk_events.loading, were there such a module, would put it in the place of the function.
    modules = {path.stem for path in (ROOT / "src" / "kursk_events").glob("*.py")}
    assert not modules & set(ke.__all__)
