"""Counts of events by period and cell, for regressions: the zeros are in it, and it sums to the events.

An event counts once, in the period and cell of its start. Where its date or place is less precise than the cell, the
asker says what becomes of it; nothing is assigned silently.
"""

from typing import Literal, get_args

import pandas as pd

from kursk_events.ids import Tables, require_term
from kursk_events.location import within
from kursk_events.precision import edge
from kursk_events.sides import SIDES, side_of

Freq = Literal["D", "W", "M", "Q", "Y"]
By = Literal["district", "oblast", "place", "type"]
Imprecise = Literal["spread", "exclude", "apart"]

#: The cell of events whose place is less precise than a cell, where they are kept apart.
APART = "imprecise"
#: Kinds of places that are points at the scale of a district.
FINE = ["settlement", "site", "crossing"]
#: Place precisions that are fine enough for a cell.
ENOUGH = {
    "place": ["site", "settlement"],
    "district": ["site", "settlement", "vicinity", "district"],
    "oblast": ["site", "settlement", "vicinity", "district", "oblast", "line"],
}
#: Kind of place that an event lies in, where its place stands for something wider.
AREA = {"vicinity": "district", "district": "district", "oblast": "oblast", "line": "oblast", "country": "country"}


def panel(tables: Tables, freq: Freq = "W", by: By = "district", imprecise: Imprecise = "spread") -> pd.DataFrame:
    """Return the counts; `Dataset.panel` lists the columns."""
    require_term(freq, get_args(Freq), "frequency")
    require_term(by, get_args(By), "cell")
    require_term(imprecise, get_args(Imprecise), "treatment of imprecise events")
    events = tables["events"]
    when = _treat(_when(events, freq), "period", imprecise, pd.NaT)
    where, cells = _types(tables) if by == "type" else _places(tables, by)
    where = _treat(where, "cell", imprecise, APART)
    shares = when.merge(where, on="event_id", suffixes=("", "_where"))
    shares["events"] = shares["share"] * shares["share_where"]
    counted = ["events", *(f"events_{side.lower()}" for side in SIDES)]
    for side, name in zip(SIDES, counted[1:], strict=True):
        shares[name] = shares["events"].where(shares["event_id"].isin(_spoken(tables, side)), 0.0)
    counts = shares.groupby(["period", "cell"], dropna=False)[counted].sum()
    grid = _grid(when["period"], {*cells, *where["cell"]}, freq)
    cell = "event_type" if by == "type" else by
    return counts.reindex(grid, fill_value=0.0).rename_axis(["period", cell]).reset_index().astype({cell: "string"})


def _when(events: pd.DataFrame, freq: Freq) -> pd.DataFrame:
    """Return the periods in which each event may have begun, with the share of its possible days in each."""
    first = edge(events["start_date"], events["date_precision"], "earliest")
    last = edge(events["start_date"], events["date_precision"], "latest")
    spans = [pd.date_range(start, end) for start, end in zip(first, last, strict=True)]
    days = events[["event_id"]].assign(day=pd.Series(spans, index=events.index, dtype="object")).explode("day")
    days["period"] = pd.to_datetime(days["day"]).dt.to_period(freq).dt.start_time
    rows = days.groupby(["event_id", "period"], sort=False).size().rename("share").reset_index()
    rows["share"] = rows["share"] / rows.groupby("event_id")["share"].transform("sum")
    return rows.assign(imprecise=rows["share"].lt(1))


def _types(tables: Tables) -> tuple[pd.DataFrame, set[str]]:
    """Return the type of each event, and all types."""
    rows = tables["events"][["event_id", "event_type"]].rename(columns={"event_type": "cell"})
    return rows.assign(share=1.0, imprecise=False), set(tables["event_types"]["event_type"])


def _places(tables: Tables, by: Literal["district", "oblast", "place"]) -> tuple[pd.DataFrame, set[str]]:
    """Return the cells in which each event may lie, in equal shares, and all cells."""
    events, places = tables["events"], tables["places"]
    above = _chains(places)
    cell = _cells(places, by, above)
    inside: dict[str, set[str]] = {}
    for place, home in cell.items():
        for area in above[place]:
            inside.setdefault(area, set()).add(home)
    areas = {precision: within(places, kind).dropna().to_dict() for precision, kind in AREA.items()}
    rows: list[tuple[str, str, float, bool]] = []
    for event, place, precision in zip(events["event_id"], events["place_id"], events["place_precision"], strict=True):
        if place in cell and precision in ENOUGH[by]:
            rows.append((event, cell[place], 1.0, False))
            continue
        area = areas.get(precision, {}).get(place, place)
        # An area without any cell, such as a foreign country, is a cell of its own.
        known = next((inside[wider] for wider in above[area] if wider in inside), {area})
        rows += [(event, name, 1 / len(known), True) for name in sorted(known)]
    frame = pd.DataFrame(rows, columns=["event_id", "cell", "share", "imprecise"])
    zeros = set(cell.values()) if by == "place" else set(places.loc[places["kind"].eq(by), "place_id"])
    return frame.astype({"event_id": "string", "cell": "string", "share": "float64", "imprecise": "bool"}), zeros


def _chains(places: pd.DataFrame) -> dict[str, list[str]]:
    """Return each place with those that contain it, the nearest first."""
    parent = places.set_index("place_id")["parent_id"].dropna().to_dict()
    chains: dict[str, list[str]] = {}
    for place in places["place_id"]:
        chain = [place]
        while parent.get(chain[-1], place) not in chain:
            chain.append(parent[chain[-1]])
        chains[place] = chain
    return chains


def _cells(places: pd.DataFrame, by: str, above: dict[str, list[str]]) -> dict[str, str]:
    """Return the cell of each place that has one; a settlement or site in no district is a cell of its own."""
    fine = set(places.loc[places["kind"].isin(FINE), "place_id"])
    if by == "place":
        return {place: place for place in fine}
    own = {place: [wider for wider in above[place] if wider in fine][-1] for place in fine}
    return own | within(places, by).dropna().to_dict()


def _treat(rows: pd.DataFrame, column: str, imprecise: Imprecise, apart: object) -> pd.DataFrame:
    """Spread, exclude or keep apart the events that are less precise than a cell."""
    if imprecise == "exclude":
        rows = rows[~rows["imprecise"]]
    elif imprecise == "apart":
        whole = rows["imprecise"]
        rows = rows.assign(**{column: rows[column].mask(whole, apart), "share": rows["share"].mask(whole, 1.0)})
        rows = rows.drop_duplicates(["event_id", column])
    return rows.drop(columns="imprecise")


def _spoken(tables: Tables, side: str) -> set[str]:
    """Return the events of which a claimant of a side speaks."""
    claims = tables["claims"]
    return set(claims.loc[side_of(claims["claimant_id"], tables["actors"]).eq(side), "event_id"])


def _grid(found: pd.Series, cells: set[str], freq: Freq) -> pd.MultiIndex:
    """Return every period from the first to the last with every cell; the undated last, where there are any."""
    days = found.dropna()
    first, last = days.min(), days.max()
    periods = list(pd.period_range(first, last, freq=freq).to_timestamp()) if len(days) else []
    undated = [pd.NaT] if found.isna().any() else []
    return pd.MultiIndex.from_product([pd.DatetimeIndex([*periods, *undated]).as_unit("s"), sorted(cells)])
