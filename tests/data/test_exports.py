"""The exports of the real records, read back and compared row by row with their source."""

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import kursk_events as ke
from kursk_events.cli import app
from kursk_events.export import export
from kursk_events.flat import flat
from kursk_events.geo import located_events
from readback import csv_rows, excel_rows, geojson_rows, need, sqlite_rows, stata_rows, texts

Tables = dict[str, pd.DataFrame]
Files = dict[str, Path]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return ke.load_all()


@pytest.fixture(scope="module")
def files(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("exports")
    endings = ("csv", "geojson", "parquet", "dta", "xlsx", "sqlite")
    return {ending: export(tables, folder / f"kursk.{ending}")[0] for ending in endings}


def test_flat_csv_excel_and_stata_hold_the_rectangle(tables: Tables, files: Files) -> None:
    rows = flat(tables)
    wanted = list(rows.columns), texts(rows)
    assert len(rows) == len(tables["claims"])
    assert csv_rows(files["csv"]) == wanted
    assert excel_rows(files["xlsx"], "flat") == wanted
    assert stata_rows(pd.read_stata(files["dta"])) == wanted


def test_excel_and_sqlite_hold_the_tables(tables: Tables, files: Files) -> None:
    for name, frame in tables.items():
        wanted = list(frame.columns), texts(frame)
        assert excel_rows(files["xlsx"], name) == wanted
        assert sqlite_rows(files["sqlite"], name) == wanted


def test_geojson_holds_the_events(tables: Tables, files: Files) -> None:
    events = located_events(tables)
    assert geojson_rows(files["geojson"], list(events.columns)) == texts(events)
    features = json.loads(files["geojson"].read_text(encoding="utf-8"))["features"]
    placed = [feature["geometry"]["coordinates"] for feature in features if feature["geometry"]]
    points = events[["longitude", "latitude"]].dropna()
    assert placed == points.to_numpy().tolist()
    assert len(placed) > 200


@pytest.mark.interop
def test_stata_in_pyreadstat(tables: Tables, files: Files) -> None:
    need("pyreadstat")
    import pyreadstat

    rows = flat(tables)
    read, meta = pyreadstat.read_dta(str(files["dta"]), apply_value_formats=True)
    assert stata_rows(read) == (list(rows.columns), texts(rows))
    assert max(len(name) for name in meta.column_names) <= 32
    assert max(len(label) for label in meta.column_labels) <= 80


@pytest.mark.interop
def test_geoparquet_in_geopandas(tables: Tables, files: Files) -> None:
    need("geopandas")
    import geopandas

    events = located_events(tables)
    read = geopandas.read_parquet(files["parquet"])
    assert read.crs.to_string() == "OGC:CRS84"
    assert texts(pd.DataFrame(read.drop(columns="geometry")).astype(events.dtypes)) == texts(events)
    placed = read[read.geometry.notna()]
    assert placed.geometry.x.tolist() == events["longitude"].dropna().tolist()
    assert placed.geometry.y.tolist() == events["latitude"].dropna().tolist()


@pytest.mark.interop
def test_geojson_in_geopandas(tables: Tables, files: Files) -> None:
    need("geopandas")
    import geopandas

    events = located_events(tables)
    read = geopandas.read_file(files["geojson"])
    assert read["event_id"].tolist() == events["event_id"].tolist()
    assert read.geometry.x.dropna().tolist() == pytest.approx(events["longitude"].dropna().tolist())


@pytest.mark.interop
def test_geoparquet_in_duckdb(tables: Tables, files: Files) -> None:
    need("duckdb")
    import duckdb

    events = located_events(tables)
    read = duckdb.sql(f"SELECT * FROM '{files['parquet']}'")
    types = {name: str(kind) for name, kind in zip(read.columns, read.types, strict=True)}
    assert types["start_date"] == "DATE"
    assert types["latitude"] == "DOUBLE"
    # DuckDB from 1.5 knows the geometry; earlier ones give its WKB.
    assert types["geometry"].startswith(("GEOMETRY", "BLOB"))
    rows = read.order("start_date, event_id").project(", ".join(events.columns)).df()
    assert texts(rows.astype(events.dtypes)) == texts(events)


def test_the_command_writes_what_the_function_writes(files: Files, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", str(tmp_path / "a.csv"), str(tmp_path / "a.geojson")])
    assert done.stdout.splitlines() == [
        f"wrote {tmp_path / 'a.csv'}",
        f"wrote {tmp_path / 'a-codebook.csv'}",
        f"wrote {tmp_path / 'a.geojson'}",
    ]
    assert (tmp_path / "a.csv").read_bytes() == files["csv"].read_bytes()
    assert (tmp_path / "a.geojson").read_bytes() == files["geojson"].read_bytes()


def test_the_command_names_the_endings(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", str(tmp_path / "a.doc")])
    assert done.exit_code == 2
    assert '"a.doc" has no ending that names a format.' in done.output
