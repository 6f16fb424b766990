"""Timeline: how many events begin in each week, and a mark an event by type."""

import altair as alt
import pandas as pd

from kursk_events.dataset import Dataset
from kursk_events.lookup import look_up
from kursk_events.plot.look import WIDTH, colour, days, finish

AGREEMENT = {
    "disputed": "disputed",
    "acknowledged": "acknowledged by a side",
    "corroborated": "asserted across sides",
    "one_sided": "one side only",
}
UNASKED = "figures or opinions only"
COLOURS = {
    "disputed": "#E69F00",
    "acknowledged by a side": "#009E73",
    "asserted across sides": "#56B4E9",
    "one side only": "#555555",
    UNASKED: "#BBBBBB",
}


def timeline(ds: Dataset, few: int = 5) -> alt.VConcatChart:
    """Draw the events by week and by type, and how far the claimants agree that each took place.

    Args:
        ds: The dataset.
        few: Months in which fewer events begin are shaded, since the records, not the war, are thin there.

    Raises:
        ValueError: The dataset holds no events.

    """
    rows = ds.overview()
    if rows.empty:
        raise ValueError("no events to draw: none was known then.")
    marks = pd.DataFrame(
        {
            "day": rows["start_date"],
            "week": rows["start_date"].dt.to_period("W").dt.start_time,
            "type": look_up(rows["event_type"], ds.event_types.set_index("event_type")["label"]),
            "agreement": rows["status"].astype("string").map(AGREEMENT).fillna(UNASKED),
            "title": rows["title"],
        }
    )
    thin = _thin_months(rows["start_date"], few)
    scale = days(rows["start_date"].min(), rows["start_date"].max())
    axis = alt.Axis(format="%b %Y", tickCount="month", labelAngle=-40)
    shade = alt.Chart(thin).mark_rect(color="#EEEEEE").encode(x=alt.X("start:T", scale=scale), x2="end:T")
    colours = colour("agreement", COLOURS, marks["agreement"])
    bars = alt.Chart(_stacked(marks)).mark_rect(stroke="white", strokeWidth=0.5).encode(
        x=alt.X("week:T", scale=scale, axis=axis, title=None), x2="end:T",
        y=alt.Y("below:Q", title="events a week"), y2="above:Q", color=colours, tooltip=["agreement:N", "events:Q"],
    )  # fmt: skip
    frequency = marks["type"].value_counts()
    order = sorted(frequency.index, key=lambda name: (-frequency[name], name))
    ticks = alt.Chart(marks.drop(columns="week")).mark_tick(thickness=2, height=11, opacity=0.85, aria=False).encode(
        x=alt.X("day:T", scale=scale, axis=axis, title="first day of the event"),
        y=alt.Y("type:N", title=None, sort=order), color=colours.legend(None), tooltip=["title:N", "day:T"],
    )  # fmt: skip
    subtitle = (
        f"{len(rows):,} events, above by week, below by type with a mark on the first day. Colour: how far "
        "the claimants agree that an event took place. Marks of one day lie on top of each other, so count "
        "in the upper panel."
    )
    if len(thin):
        subtitle += f" Grey months hold fewer than {few} events: a gap in these records, not a lull in the war."
    above = (shade + bars).properties(width=WIDTH, height=130)
    below = (shade + ticks).properties(width=WIDTH, height=alt.Step(14))
    panels = alt.vconcat(above, below).resolve_scale(color="independent")
    return finish(panels, ds, "Recorded events by week and type", subtitle)


def _thin_months(starts: pd.Series, few: int) -> pd.DataFrame:
    """Return first and last day of the months in which fewer than ``few`` events begin."""
    months = starts.dt.to_period("M")
    found = months.value_counts().reindex(pd.period_range(months.min(), months.max(), freq="M"), fill_value=0)
    thin = found.index[found < few]
    ends = pd.Series(thin.to_timestamp(how="end")).clip(upper=starts.max())
    return pd.DataFrame({"start": thin.to_timestamp(), "end": ends})


def _stacked(marks: pd.DataFrame) -> pd.DataFrame:
    """Return the number of events by week and agreement, each on top of the one before."""
    counts = marks.value_counts(["week", "agreement"]).rename("events").reset_index()
    counts = counts.assign(rank=counts["agreement"].map(list(COLOURS).index)).sort_values(["week", "rank"])
    above = counts.groupby("week")["events"].cumsum()
    return counts.assign(end=counts["week"] + pd.Timedelta(days=7), above=above, below=above - counts["events"])
