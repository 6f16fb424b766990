"""Exports of a tiny package, each shown whole or compared row by row with its source."""

import csv
import json
import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from conftest import Tiny
from kursk_events.cells import guarded, unguarded, written
from kursk_events.export import FORMATS, export, sqlite
from kursk_events.flat import COLUMNS, codebook, flat
from kursk_events.geo import located_events
from kursk_events.location import locations, within
from kursk_events.text import read_table
from kursk_events.typed import read_tables, to_frames
from readback import csv_rows, excel_rows, geojson_rows, need, sqlite_rows, stata_rows, texts

Tables = dict[str, pd.DataFrame]


def frames(tiny: Tiny) -> Tables:
    return to_frames(tiny.package, read_tables(tiny.write().package))


@pytest.fixture
def tables(tiny: Tiny) -> Tables:
    """Gornal has no point, its district has; one headline begins like a formula."""
    tiny.edit("places", "sudzhansky-district", latitude="51.2", longitude="35.3", uncertainty_km="20")
    tiny.edit("sources", "north-1", title='=HYPERLINK("https://north.example";"Village taken")')
    return frames(tiny)


def test_written_cells_are_those_of_the_files(tiny: Tiny) -> None:
    for name, frame in frames(tiny).items():
        assert texts(frame) == read_table(tiny.package.tables[name], tiny.root).rows


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Village taken", "Village taken"),
        ("=1+1", "'=1+1"),
        ("+7 495", "'+7 495"),
        ("-5 degrees", "'-5 degrees"),
        ("@mod", "'@mod"),
        ("\tpadded", "'\tpadded"),
        ("'=1+1", "''=1+1"),
        ("'Gornal' held", "'Gornal' held"),
        ("", ""),
    ],
)
def test_a_text_never_becomes_a_formula_and_comes_back(text: str, shown: str) -> None:
    assert guarded(text) == shown
    assert unguarded(shown) == text


def test_a_place_without_a_point_is_shown_at_its_district(tables: Tables) -> None:
    assert texts(locations(tables["places"]).reset_index()) == [
        ["gornal", "51.2", "35.3", "20", "sudzhansky-district"],
        ["kursk-oblast", "", "", "", ""],
        ["russia", "", "", "", ""],
        ["sudzhansky-district", "51.2", "35.3", "20", "sudzhansky-district"],
    ]


def test_a_place_with_a_point_keeps_it(tiny: Tiny) -> None:
    tiny.edit("places", "sudzhansky-district", latitude="51.2", longitude="35.3", uncertainty_km="20")
    tiny.edit("places", "gornal", latitude="51.05", longitude="35.2")
    assert texts(locations(frames(tiny)["places"]).loc[["gornal"]]) == [["51.05", "35.2", "", "gornal"]]


def test_places_lie_within_districts_and_oblasts(tables: Tables) -> None:
    assert within(tables["places"], "oblast").fillna("").to_dict() == {
        "gornal": "kursk-oblast",
        "kursk-oblast": "kursk-oblast",
        "russia": "",
        "sudzhansky-district": "kursk-oblast",
    }


def test_a_circle_of_places_ends(tables: Tables) -> None:
    places = tables["places"].assign(parent_id=["kursk-oblast", "gornal", None, None], latitude=None, longitude=None)
    assert locations(places)["point_place_id"].isna().all()


def test_flat_is_one_row_a_claim(tables: Tables) -> None:
    rows = flat(tables)
    assert list(rows.columns) == [column.name for column in COLUMNS]
    shown = ["claim_id", "claimant_side", "event_type", "unit", "location_id", "point_place_id", "source_id",
             "source_relay", "publisher_name", "source_count"]  # fmt: skip
    assert texts(rows[shown]) == [
        ["mod-losses", "RU", "campaign", "persons", "kursk-oblast", "", "north-1", "relay", "North", "1"],
        ["mod-taken", "RU", "recapture", "", "gornal", "sudzhansky-district", "north-1", "relay", "North", "2"],
        ["staff-held", "UA", "recapture", "", "gornal", "sudzhansky-district", "south-1", "relay", "South", "1"],
    ]


def test_the_first_source_is_the_one_printed_first_for_certain(tiny: Tiny) -> None:
    # A source of "April" may be of the 30th; one of the 27th is before that. A source without a day comes last.
    tiny.edit("sources", "north-1", published_on="2025-04-01", published_precision="month")
    assert flat(frames(tiny)).set_index("claim_id").loc["mod-taken", "source_id"] == "south-1"
    tiny.edit("sources", "south-1", published_on="", published_precision="")
    assert flat(frames(tiny)).set_index("claim_id").loc["mod-taken", "source_id"] == "north-1"


def test_the_claimants_own_channel_goes_before_others_of_the_day(tiny: Tiny) -> None:
    tiny.edit("sources", "south-1", published_on="2025-04-26")
    tiny.tables["citations"][2]["relay"] = "original"
    assert flat(frames(tiny)).set_index("claim_id").loc["mod-taken", "source_id"] == "south-1"


def test_the_codebook_describes_every_column() -> None:
    book = codebook()
    assert book["column"].tolist() == [column.name for column in COLUMNS]
    assert book["description"].str.endswith(".").all()
    assert book["title"].str.len().le(80).all()
    assert book["column"].str.len().le(32).all()
    assert not book["title"].duplicated().any(), book.loc[book["title"].duplicated(), "title"].tolist()


def test_flat_csv(tables: Tables, tmp_path: Path) -> None:
    files = export(tables, tmp_path / "claims.csv")
    assert [file.name for file in files] == ["claims.csv", "claims-codebook.csv"]
    assert csv_rows(files[0]) == (list(flat(tables).columns), texts(flat(tables)))
    assert csv_rows(files[1]) == (list(codebook().columns), texts(codebook()))
    raw = files[0].read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    with files[0].open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert """'=HYPERLINK("https://north.example";"Village taken")""" in cells


def test_excel(tables: Tables, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    (path,) = export(tables, tmp_path / "kursk.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["flat", "codebook", *tables]
    assert excel_rows(path, "flat") == (list(flat(tables).columns), texts(flat(tables)))
    for name, frame in tables.items():
        assert excel_rows(path, name) == (list(frame.columns), texts(frame))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    leads = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
    # Two claims have that first source, and the table of sources holds it once.
    assert [cell.quotePrefix for cell in leads] == [True, True, True]


def test_excel_has_a_codebook_row_for_every_column_of_every_sheet(tables: Tables, tmp_path: Path) -> None:
    (path,) = export(tables, tmp_path / "kursk.xlsx")
    _, book = excel_rows(path, "codebook")
    wanted = [["flat", name] for name in flat(tables).columns]
    wanted += [[name, column] for name, frame in tables.items() for column in frame.columns]
    assert [row[:2] for row in book] == wanted


def test_stata(tables: Tables, tmp_path: Path) -> None:
    (path,) = export(tables, tmp_path / "claims.dta")
    assert stata_rows(pd.read_stata(path)) == (list(flat(tables).columns), texts(flat(tables)))
    with pd.read_stata(path, iterator=True) as reader:
        labels, terms = reader.variable_labels(), reader.value_labels()
    assert labels == dict(codebook()[["column", "title"]].itertuples(index=False))
    assert terms["claimant_side"] == {0: "KP", 1: "RU", 2: "UA", 3: "none"}


def test_stata_keeps_a_text_longer_than_its_fixed_strings(tables: Tables, tmp_path: Path) -> None:
    tables["actors"]["name"] = "Міністерство " * 300
    (path,) = export(tables, tmp_path / "claims.dta")
    assert pd.read_stata(path)["claimant_name"].tolist() == ["Міністерство " * 300] * 3


@pytest.mark.interop
def test_stata_in_pyreadstat(tables: Tables, tmp_path: Path) -> None:
    need("pyreadstat")
    import pyreadstat

    (path,) = export(tables, tmp_path / "claims.dta")
    frame, meta = pyreadstat.read_dta(str(path), apply_value_formats=True)
    assert stata_rows(frame) == (list(flat(tables).columns), texts(flat(tables)))
    assert meta.column_names_to_labels["claimant_side"] == "Claimant: Side"


def test_sqlite(tables: Tables, tmp_path: Path) -> None:
    (path,) = export(tables, tmp_path / "kursk.sqlite")
    for name, frame in tables.items():
        assert sqlite_rows(path, name) == (list(frame.columns), texts(frame))


def test_sqlite_keeps_the_keys(tables: Tables, tmp_path: Path) -> None:
    (path,) = export(tables, tmp_path / "kursk.db")
    base = sqlite3.connect(path)
    base.execute("PRAGMA foreign_keys = ON")
    keys = {(row[3], row[2], row[4]) for row in base.execute("PRAGMA foreign_key_list(claims)")}
    assert keys == {
        ("event_id", "events", "event_id"),
        ("claimant_id", "actors", "actor_id"),
        ("place_id", "places", "place_id"),
        ("subject_id", "actors", "actor_id"),
        ("measure", "measures", "measure"),
    }
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE constraint failed: actors\.actor_id"):
        base.execute("INSERT INTO actors SELECT * FROM actors WHERE actor_id = 'rus-mod'")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY constraint failed"):
        base.execute("DELETE FROM actors WHERE actor_id = 'rus-mod'")
    base.close()


def test_sqlite_refuses_tables_with_a_dangling_reference(tables: Tables) -> None:
    tables["actors"] = tables["actors"][tables["actors"]["actor_id"].ne("ukr-staff")]
    with pytest.raises(ValueError, match="names a row of actors that is not among the tables"):
        sqlite(tables)


def test_geojson(tables: Tables, tmp_path: Path) -> None:
    (path,) = export(tables, tmp_path / "events.geojson")
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert set(collection) == {"type", "features"}
    assert [feature["geometry"] for feature in collection["features"]] == [
        None,
        {"type": "Point", "coordinates": [35.3, 51.2]},
    ]
    assert collection["features"][1] == {
        "type": "Feature",
        "id": "gornal-2025-04-26",
        "geometry": {"type": "Point", "coordinates": [35.3, 51.2]},
        "properties": {
            "event_id": "gornal-2025-04-26",
            "title": "Reported retaking of Gornal",
            "event_type": "recapture",
            "start_date": "2025-04-26",
            "end_date": "2025-04-26",
            "date_precision": "day",
            "place_id": "gornal",
            "place_precision": "settlement",
            "target_kind": None,
            "part_of": "kursk-campaign",
            "summary": "Both sides spoke of Gornal.",
            "note": None,
            "place_name": "Gornal",
            "place_name_ru": None,
            "place_name_uk": None,
            "place_kind": "settlement",
            "place_country": "RU",
            "uncertainty_km": 20.0,
            "point_place_id": "sudzhansky-district",
        },
    }
    columns = list(located_events(tables).columns)
    assert geojson_rows(path, columns) == texts(located_events(tables))


def test_geoparquet_metadata(tables: Tables, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    (path,) = export(tables, tmp_path / "events.parquet")
    data = pq.read_table(path)
    assert json.loads(data.schema.metadata[b"geo"]) == {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"], "bbox": [35.3, 51.2, 35.3, 51.2]}},
    }
    assert str(data.schema.field("start_date").type) == "date32[day]"
    # Little-endian, point, longitude 35.3, latitude 51.2.
    point = "0101000000" + "6666666666a64140" + "9a99999999994940"
    assert [cell and cell.hex() for cell in data["geometry"].to_pylist()] == [None, point]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_empty_tables(tables: Tables, tmp_path: Path, name: str) -> None:
    empty = {table: frame.iloc[:0] for table, frame in tables.items()}
    path = tmp_path / f"empty{FORMATS[name].endings[0]}"
    assert export(empty, path)[0] == path
    read = {
        "csv": lambda: csv_rows(path)[1],
        "geojson": lambda: geojson_rows(path, []),
        "geoparquet": lambda: pd.read_parquet(path).to_numpy().tolist(),
        "stata": lambda: stata_rows(pd.read_stata(path))[1],
        "excel": lambda: excel_rows(path, "flat")[1],
        "sqlite": lambda: sqlite_rows(path, "claims")[1],
    }
    assert read[name]() == []


def test_the_format_may_be_named(tables: Tables, tmp_path: Path) -> None:
    (path,) = export(tables, tmp_path / "events.json", format="geojson")
    assert json.loads(path.read_text(encoding="utf-8"))["type"] == "FeatureCollection"


@pytest.mark.parametrize(
    ("name", "form", "message"),
    [
        ("claims.xls", None, r'"claims.xls" has no ending that names a format. Did you mean "?.xlsx'),
        ("claims", None, r'"claims" has no ending that names a format. Endings: .csv, .geojson, .parquet'),
        ("claims.csv", "exel", r'no format "exel". Did you mean "?excel'),
    ],
)
def test_a_wrong_name_is_told_the_nearest(
    tables: Tables, tmp_path: Path, name: str, form: str | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        export(tables, tmp_path / name, form)
    assert list(tmp_path.glob("claims*")) == []


def test_written_numbers_have_no_exponent() -> None:
    frame = pd.DataFrame({"value": [1.3e12, 0.00001, 51.1914, 0.0]})
    assert written(frame)["value"].tolist() == ["1300000000000", "0.00001", "51.1914", "0"]
