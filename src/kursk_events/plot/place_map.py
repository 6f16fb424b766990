"""Map: where events are reported, and which sides speak of them."""

import json
from importlib.resources import files

import altair as alt
import pandas as pd

from kursk_events.dataset import Dataset
from kursk_events.loading import package
from kursk_events.plot.look import WIDTH, Chart, finish

#: Who speaks of the events at a place: name, colour and shape.
WHO = {
    "both": ("Ukraine and Russia (or North Korea)", "#009E73", "circle"),
    "RU": ("Russia or North Korea, not Ukraine", "#D55E00", "square"),
    "UA": ("Ukraine, not Russia or North Korea", "#0072B2", "triangle-up"),
    "none": ("claimants of no side only", "#666666", "diamond"),
}
COUNTRIES = pd.DataFrame(
    {"name": ["UKRAINE", "RUSSIA"], "longitude": [34.55, 36.75], "latitude": [50.65, 51.2]}
)  # fmt: skip


def place_map(ds: Dataset) -> alt.VConcatChart:
    """Draw where events are reported and who speaks of them; the size of a mark is the number of events.

    Only places with a point of their own in the four oblasts are drawn, and no districts: the point of a district says
    where its middle is, not where something happened. The state border is that of Natural Earth (1:50m, public domain).

    Raises:
        ValueError: No event lies at such a place.

    """
    rows = ds.overview()
    near = rows["oblast"].isin(package().coordinates["oblasts"]) & rows["place_id"].ne(rows["district"]).fillna(True)
    placed = rows[rows["latitude"].notna() & near]
    if placed.empty:
        raise ValueError("no events to draw: none lies at a place with a point.")
    marks = placed.groupby(["place", "latitude", "longitude"], as_index=False).agg(
        events=("event_id", "size"), who=("sides", lambda sides: _who(" ".join(sides)))
    )
    subtitle = (
        f"{len(placed):,} of {len(rows):,} events: those at a place of the four oblasts whose point is in the "
        "records; the others lie elsewhere, in a district, an oblast or a country, or at a settlement without a "
        "point. No mark means that no event is recorded at a point there, not that nothing happened. Dashed: state "
        "border (Natural Earth)."
    )
    title = "Where events are recorded, and which sides speak of them"
    return finish(_layers(marks.sort_values("events", ascending=False)), ds, title, subtitle)


def _who(sides: str) -> str:
    """Return who speaks, from the codes of the sides."""
    found = set(sides.split())
    russian, ukrainian = bool(found & {"KP", "RU"}), "UA" in found
    return WHO["both" if russian and ukrainian else "RU" if russian else "UA" if ukrainian else "none"][0]


def _layers(marks: pd.DataFrame) -> Chart:
    west, east = marks["longitude"].min() - 0.2, marks["longitude"].max() + 0.3
    south, north = marks["latitude"].min() - 0.1, marks["latitude"].max() + 0.15
    lines = json.loads((files("kursk_events.plot") / "border.json").read_text(encoding="utf-8"))
    inside = [[p for p in line if west <= p[0] <= east and south <= p[1] <= north] for line in lines]
    shape = {"type": "MultiLineString", "coordinates": [line for line in inside if len(line) > 1]}
    border = alt.Chart(alt.InlineData(values=[{"type": "Feature", "properties": {}, "geometry": shape}]))
    border = border.mark_geoshape(filled=False, stroke="#444444", strokeWidth=1.2, strokeDash=[5, 3])
    at = {"longitude": "longitude:Q", "latitude": "latitude:Q"}
    looks = [look for look in WHO.values() if look[0] in set(marks["who"])]
    domain, colours, shapes = (list(column) for column in zip(*looks, strict=True))
    legend = alt.Legend(orient="top", columns=2, title="Who speaks of the events there")
    points = alt.Chart(marks).mark_point(filled=True, opacity=0.75, stroke="white", strokeWidth=0.8).encode(
        **at,
        size=alt.Size(
            "events:Q", title="events", scale=alt.Scale(domain=[1, int(marks["events"].max())], range=[45, 800]),
            legend=alt.Legend(orient="right", values=sorted({1, 5, int(marks["events"].max())}), columns=1),
        ),
        color=alt.Color("who:N", legend=legend, scale=alt.Scale(domain=domain, range=colours)),
        shape=alt.Shape("who:N", legend=legend, scale=alt.Scale(domain=domain, range=shapes)),
        tooltip=["place:N", "events:Q", "who:N"],
    )  # fmt: skip
    text = alt.Chart(_named(marks)).encode(**at, text="place:N")
    halo = text.mark_text(dx=10, dy=-9, align="left", fontSize=11, stroke="white", strokeWidth=2.5, opacity=0.8)
    names = text.mark_text(dx=10, dy=-9, align="left", fontSize=11)
    known = COUNTRIES[COUNTRIES["longitude"].between(west, east) & COUNTRIES["latitude"].between(south, north)]
    lands = alt.Chart(known).mark_text(fontSize=15, color="#AAAAAA", fontWeight="bold").encode(**at, text="name:N")
    layers = alt.layer(border, lands, points, halo, names)
    return layers.properties(width=WIDTH - 60, height=430).project("mercator")


def _named(marks: pd.DataFrame, events: int = 3) -> pd.DataFrame:
    """Return the places whose names have room: those with several events, and those that lie by themselves."""
    spots = list(zip(marks["longitude"], marks["latitude"], strict=True))
    named: list[tuple[float, float]] = []
    rows = []
    for spot, count in zip(spots, marks["events"], strict=True):
        lonely = not any(_near(spot, other) for other in spots if other != spot)
        rows.append(bool((count >= events or lonely) and not any(_near(spot, other) for other in named)))
        if rows[-1]:
            named.append(spot)
    return marks[rows]


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Say whether the names of two spots would touch."""
    return abs(one[0] - other[0]) < 0.4 and abs(one[1] - other[1]) < 0.06
