"""Rules on places and on trees: where a point may be, and that no parent runs in a circle."""

import numpy as np
import pandas as pd

from kursk_events.lookup import look_up
from kursk_events.rules import Context, Frames, messages, rule
from kursk_events.rules.relations import circles

POINT_KINDS = ["settlement", "site", "crossing", "district"]


@rule(
    "R601", "a point has both coordinates, an uncertainty and a source",
    reason="A point of unknown origin cannot be checked; half a point is none.",
    table="places", columns="latitude longitude uncertainty_km coordinate_source",
    hint="Fill all four cells or none.",
)  # fmt: skip
def point_is_whole(frames: Frames, context: Context) -> pd.Series:
    cells = frames["places"][["latitude", "longitude", "uncertainty_km", "coordinate_source"]].notna()
    return messages(cells.any(axis=1) & ~cells.all(axis=1), "a point that is not whole.")


@rule(
    "R602", "only settlements, sites, crossings and districts have points",
    reason="A point for an oblast, road or area pretends to an exactness that it has not.",
    table="places", columns="latitude kind", hint="Empty the coordinates.",
)  # fmt: skip
def kind_may_have_point(frames: Frames, context: Context) -> pd.Series:
    places = frames["places"]
    wrong = places["latitude"].notna() & ~places["kind"].isin(POINT_KINDS)
    return messages(wrong, "a point for a place of the kind " + places["kind"].astype("string") + ".")


def top_parents(places: pd.DataFrame, kind: str) -> pd.Series:
    """Return, for each place, the nearest place of ``kind`` at or above it; missing where there is none."""
    rows = places.set_index("place_id")
    is_kind = rows["kind"].eq(kind)
    here = pd.Series(rows.index, index=places.index, dtype="object")
    for _ in range(8):
        found = look_up(here, is_kind).fillna(False).astype(bool)
        here = here.where(found | here.isna(), look_up(here, rows["parent_id"]))
    return here.where(look_up(here, is_kind).fillna(False).astype(bool))


@rule(
    "R603", "places under the four oblasts lie in their frame",
    reason="A point outside is a slip of sign or digit. The frame stands in datapackage.yaml.",
    table="places", columns="latitude longitude", hint="Check the coordinates; latitude comes first.",
)  # fmt: skip
def point_lies_in_frame(frames: Frames, context: Context) -> pd.Series:
    places = frames["places"]
    frame = context.package.coordinates
    inside = places["latitude"].between(frame["south"], frame["north"]) & places["longitude"].between(
        frame["west"], frame["east"]
    )
    ours = top_parents(places, "oblast").isin(frame["oblasts"]) & places[["latitude", "longitude"]].notna().all(axis=1)
    shown = places["latitude"].astype("string") + ", " + places["longitude"].astype("string")
    return messages(ours & ~inside, shown + " lies outside the frame.")


@rule(
    "R604", "a settlement lies near its district's other points",
    reason="Twins of a name in another district are the commonest wrong point.",
    table="places", columns="latitude parent_id", severity="warning", hint="Check the district and the twin names.",
)  # fmt: skip
def settlement_lies_near_district(frames: Frames, context: Context) -> pd.Series:
    places = frames["places"]
    district = top_parents(places, "district")
    points = places[places["latitude"].notna() & district.notna()]
    lat = points.groupby(district)["latitude"].transform("median")
    lon = points.groupby(district)["longitude"].transform("median")
    km = distance_km(points["latitude"], points["longitude"], lat, lon)
    far = points["kind"].eq("settlement") & (km > context.package.coordinates["districtRadiusKm"])
    return messages(far, km.round().astype("Int64").astype("string") + " km from the middle of its district.")


def distance_km(lat: pd.Series, lon: pd.Series, other_lat: pd.Series, other_lon: pd.Series) -> pd.Series:
    """Return great-circle distances in km between points in degrees (haversine, radius 6371 km)."""
    one, two = np.radians(lat), np.radians(other_lat)
    half = np.sin((one - two) / 2) ** 2 + np.cos(one) * np.cos(two) * np.sin(np.radians(lon - other_lon) / 2) ** 2
    return pd.Series(2 * 6371 * np.arcsin(np.sqrt(half)), index=lat.index)


def _tree(code: str, table: str, key: str, parent: str) -> None:
    @rule(
        code, f"no circle of {parent} in {table}",
        reason="A tree has a root.",
        table=table, columns=parent, hint="Mend one of the parents.",
    )  # fmt: skip
    def parents_run_in_no_circle(frames: Frames, context: Context) -> pd.Series:
        rows = frames[table]
        round_ = circles(rows.rename(columns={key: "from", parent: "to"}))
        return messages(rows[key].isin(round_), "a circle of parents.")


_tree("R605", "places", "place_id", "parent_id")
_tree("R606", "actors", "actor_id", "parent_id")
_tree("R607", "events", "event_id", "part_of")
