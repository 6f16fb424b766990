"""Other programs on our files: the compiled Parquet has right types everywhere, a spreadsheet opens the workbook.

Slow, and marked ``interop``; each test is skipped in words where its program is not installed.
"""

import csv
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from conftest import Tiny
from kursk_events.compile import compile_package
from kursk_events.export import export
from kursk_events.flat import flat
from kursk_events.typed import read_tables, to_frames
from readback import need, texts

pytestmark = pytest.mark.interop
Tables = dict[str, pd.DataFrame]


@pytest.fixture
def parquet(tiny: Tiny, tmp_path: Path) -> Path:
    tiny.edit("places", "gornal", geonames_id="558146", latitude="51.05", longitude="35.2")
    compile_package(tiny.write().package, tmp_path / "parquet")
    return tmp_path / "parquet"


#: What each program must make of one column of each kind: vocabulary, date, number, boolean, integer.
ROWS = {
    "claims": ("mod-losses", "asserts", "2025-04-26", 76000.0),
    "relations": ("staff-held", True),
    "places": ("gornal", 558146, None),
}


def test_duckdb(parquet: Path) -> None:
    need("duckdb")
    import duckdb

    def select(table: str, columns: str) -> duckdb.DuckDBPyRelation:
        return duckdb.sql(f"SELECT {columns} FROM '{parquet}/{table}.parquet' ORDER BY 1")

    claims = select("claims", "claim_id, stance, claimed_on, value_low")
    assert [str(kind) for kind in claims.types] == ["VARCHAR", "VARCHAR", "DATE", "DOUBLE"]
    first = claims.fetchall()[0]
    assert (first[0], first[1], str(first[2]), first[3]) == ROWS["claims"]
    relations = select("relations", "claim_id, explicit")
    assert [str(kind) for kind in relations.types] == ["VARCHAR", "BOOLEAN"]
    assert relations.fetchall() == [ROWS["relations"]]
    places = select("places", "place_id, geonames_id, wikidata_id")
    assert [str(kind) for kind in places.types] == ["VARCHAR", "BIGINT", "VARCHAR"]
    assert places.fetchall()[0] == ROWS["places"]


def test_polars(parquet: Path) -> None:
    need("polars")
    import polars as pl

    claims = pl.read_parquet(parquet / "claims.parquet").sort("claim_id")
    kinds = dict(claims.schema)
    assert kinds["stance"] in (pl.Categorical, pl.Enum)
    assert (kinds["claimed_on"], kinds["value_low"]) == (pl.Date, pl.Float64)
    row = claims.select("claim_id", pl.col("stance").cast(pl.String), pl.col("claimed_on").cast(pl.String), "value_low")
    assert row.row(0) == ROWS["claims"]
    assert pl.read_parquet(parquet / "relations.parquet").select("claim_id", "explicit").row(0) == ROWS["relations"]
    places = pl.read_parquet(parquet / "places.parquet").sort("place_id")
    assert places.schema["geonames_id"] == pl.Int64
    assert places.select("place_id", "geonames_id", "wikidata_id").row(0) == ROWS["places"]


def test_dask(parquet: Path) -> None:
    need("dask.dataframe")
    import dask.dataframe as dd

    claims = dd.read_parquet(parquet / "claims.parquet")
    assert pd.api.types.is_float_dtype(claims.dtypes["value_low"])
    row = claims[["claim_id", "stance", "claimed_on", "value_low"]].compute().sort_values("claim_id").iloc[0]
    assert (row["claim_id"], row["stance"], str(row["claimed_on"])[:10], row["value_low"]) == ROWS["claims"]


def test_spark_sql(parquet: Path) -> None:
    need("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        for name in ROWS:
            spark.read.parquet(str(parquet / f"{name}.parquet")).createOrReplaceTempView(name)
        claims = spark.sql("SELECT claim_id, stance, claimed_on, value_low FROM claims ORDER BY 1")
        assert [kind for _, kind in claims.dtypes] == ["string", "string", "date", "double"]
        first = claims.first()
        assert (first[0], first[1], str(first[2]), first[3]) == ROWS["claims"]
        relations = spark.sql("SELECT claim_id, explicit FROM relations")
        assert [kind for _, kind in relations.dtypes] == ["string", "boolean"]
        assert tuple(relations.first()) == ROWS["relations"]
        places = spark.sql("SELECT place_id, geonames_id, wikidata_id FROM places ORDER BY 1")
        assert [kind for _, kind in places.dtypes] == ["string", "bigint", "string"]
        assert tuple(places.first()) == ROWS["places"]
    finally:
        spark.stop()


def test_plain_pandas_gives_the_dtypes_of_load(parquet: Path) -> None:
    claims, places = (pd.read_parquet(parquet / f"{name}.parquet") for name in ("claims", "places"))
    assert str(places["geonames_id"].dtype) == "Int64"
    assert str(pd.read_parquet(parquet / "relations.parquet")["explicit"].dtype) == "boolean"
    assert claims["stance"].dtype.categories.tolist()[:2] == ["asserts", "denies"]


def _office() -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    return program


def _through_office(path: Path, folder: Path) -> list[list[str]]:
    """Open a file in LibreOffice and give what it shows in the first sheet."""
    folder.mkdir()
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [_office(), home, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir"]
    subprocess.run([*command, str(folder), str(path)], check=True, capture_output=True)
    with (folder / f"{path.stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def tables(tiny: Tiny) -> Tables:
    tiny.edit("sources", "north-1", title="=1+1").edit("sources", "south-1", title="@SUM(1;1)")
    return to_frames(tiny.package, read_tables(tiny.write().package))


def test_libreoffice_shows_the_workbook_as_it_was_written(tables: Tables, tmp_path: Path) -> None:
    (path,) = export(tables, tmp_path / "kursk.xlsx")
    header, *rows = _through_office(path, tmp_path / "office")
    assert (header, rows) == (list(flat(tables).columns), texts(flat(tables)))
    assert "=1+1" in rows[0]


def test_libreoffice_runs_nothing_in_the_csv(tables: Tables, tmp_path: Path) -> None:
    path, _ = export(tables, tmp_path / "claims.csv")
    header, *rows = _through_office(path, tmp_path / "office")
    titles = [row[header.index("source_title")] for row in rows]
    assert titles == ["'=1+1", "'=1+1", "'@SUM(1;1)"]
