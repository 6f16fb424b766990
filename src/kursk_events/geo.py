"""Events on a map: GeoJSON and GeoParquet.

Every event is there. One whose place has no point is shown at the nearest place that contains it, its district as a
rule, and ``point_place_id`` says whose point it is; one that cannot be shown, as of an oblast, has no geometry
(RFC 7946, section 3.2), for a point in the middle would claim what nobody said.
"""

import datetime
import json
import struct
from collections.abc import Mapping
from typing import Any

import pandas as pd

from kursk_events.cells import Plain, plain
from kursk_events.location import locations
from kursk_events.lookup import look_up

#: Columns of the place that go with each event.
PLACE = ("name", "name_ru", "name_uk", "kind", "country")


def located_events(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the events with their places and points.

    Args:
        tables: All tables by name.

    Returns:
        One row an event, in the order of the events: the columns of the table, then place_name, place_name_ru,
        place_name_uk, place_kind, place_country, latitude, longitude (degrees, WGS 84), uncertainty_km and
        point_place_id of `kursk_events.location.locations`. The index counts from 0.

    Example:
        >>> import kursk_events as ke
        >>> located_events(ke.load_all()).columns[-4:].tolist()
        ['latitude', 'longitude', 'uncertainty_km', 'point_place_id']

    """
    events = tables["events"].reset_index(drop=True)
    places = tables["places"].set_index("place_id")
    points = locations(tables["places"])
    names = {f"place_{name}": look_up(events["place_id"], places[name]) for name in PLACE}
    return events.assign(**names, **{str(name): look_up(events["place_id"], points[name]) for name in points.columns})


def geojson(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Return the events as a GeoJSON feature collection (RFC 7946): WGS 84, longitude before latitude.

    Each feature has the event's id and, as properties, the columns of `located_events` other than the coordinates.
    """
    events = located_events(tables)
    coordinates = plain(events[["longitude", "latitude"]])
    properties = events.drop(columns=["longitude", "latitude"])
    features = [
        {
            "type": "Feature",
            "id": event_id,
            "geometry": None if point[0] is None else {"type": "Point", "coordinates": list(point)},
            "properties": dict(zip(properties.columns, map(_json, cells), strict=True)),
        }
        for event_id, point, cells in zip(events["event_id"], coordinates, plain(properties), strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return (json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _json(value: Plain) -> Plain:
    return value.isoformat() if isinstance(value, datetime.date) else value


def geoparquet(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Return the events as GeoParquet 1.1: WKB points in the default system, OGC:CRS84.

    The columns are those of `located_events` and ``geometry``; dates are date32, vocabularies dictionaries.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    events = located_events(tables)
    data = pa.Table.from_pandas(events, preserve_index=False)
    for place, field in enumerate(data.schema):
        if pa.types.is_timestamp(field.type):
            data = data.set_column(place, field.name, data.column(place).cast(pa.date32()))
    points = [_wkb(point) for point in plain(events[["longitude", "latitude"]])]
    data = data.append_column("geometry", pa.array(points, pa.binary()))
    meta = json.dumps(_geo(events)).encode()
    data = data.replace_schema_metadata({**(data.schema.metadata or {}), b"geo": meta})
    sink = pa.BufferOutputStream()
    pq.write_table(data, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def _wkb(point: tuple[Plain, ...]) -> bytes | None:
    return None if point[0] is None else struct.pack("<BIdd", 1, 1, *point)


def _geo(events: pd.DataFrame) -> dict[str, Any]:
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if events["longitude"].notna().any():
        west, east = float(events["longitude"].min()), float(events["longitude"].max())
        south, north = float(events["latitude"].min()), float(events["latitude"].max())
        column["bbox"] = [west, south, east, north]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
