"""Lag: days from an event to each side's first word, and to its first acknowledgement."""

import altair as alt
import pandas as pd

from kursk_events.dataset import Dataset
from kursk_events.plot.look import SIDE_NAMES, WIDTH, Chart, colour, finish, side_names

#: Bins of days, by their last day.
BINS = {-1: "before", 0: "0", 1: "1", 3: "2-3", 7: "4-7", 30: "8-30"}
LATER = "over 30"
STANCES = {
    "asserts": "asserts or assesses",
    "assesses": "asserts or assesses",
    "acknowledges": "acknowledges",
    "denies": "denies",
    "declines": "declines to say",
}
COLOURS = {
    "asserts or assesses": "#999999",
    "acknowledges": "#009E73",
    "denies": "#000000",
    "declines to say": "#F0E442",
}


def lag(ds: Dataset) -> alt.VConcatChart:
    """Draw how many days after an event each side first spoke of it, and first acknowledged it.

    Only events whose first day is known to the day are drawn, the others counted; the campaign is left out.

    Raises:
        ValueError: The dataset holds no such event.

    """
    rows = ds.lag()
    rows = rows[rows["event_type"].ne("campaign")]
    if rows.empty:
        raise ValueError("no events to draw: none was known then.")
    first = _counted(rows, "days_to_claim", rows["stance"])
    admitted = _counted(rows, "days_to_acknowledgement", pd.Series("acknowledges", index=rows.index))
    panels = []
    for side in (name for name in SIDE_NAMES.values() if name in set(first["side"])):
        pair = [(first, f"{side}: first word"), (admitted, f"{side}: first acknowledgement")]
        panels.append(alt.hconcat(*[_panel(counts[counts["side"].eq(side)], head) for counts, head in pair]))
    subtitle = (
        "Left: days from an event's first day to the first recorded word of any claimant of the side, by "
        "what that word did. Right: days to the side's first acknowledgement of what it had until then "
        "denied, declined or left unsaid. Numbers are events; each panel has a scale of its own. An event of "
        "which a side never spoke is in none of its panels."
    )
    return finish(alt.vconcat(*panels), ds, "How soon each side speaks of an event, and acknowledges it", subtitle)


def _counted(rows: pd.DataFrame, days: str, stance: pd.Series) -> pd.DataFrame:
    """Return the number of events by side, bin of days and stance."""
    edges = [float("-inf"), *BINS, float("inf")]
    frame = pd.DataFrame(
        {
            "side": side_names(rows["side"]),
            "days": pd.cut(rows[days].astype("float"), edges, labels=[*BINS.values(), LATER]).astype("string"),
            "stance": stance.astype("string").map(STANCES),
            "exact": rows["date_precision"].eq("day"),
        }
    )
    return frame.dropna().value_counts().rename("events").reset_index()


def _panel(counts: pd.DataFrame, head: str) -> Chart:
    inexact = int(counts.loc[~counts["exact"], "events"].sum())
    counts = counts[counts["exact"]]
    total = int(counts["events"].sum())
    title = alt.Title(head, subtitle=f"{total} events; {inexact} more of inexact date", anchor="start", fontSize=12)
    width = WIDTH // 2 - 20
    if not total:
        none = alt.Chart(pd.DataFrame({"text": ["none with an exact first day"]})).mark_text(color="#777777")
        empty: Chart = none.encode(text="text:N").properties(title=title, width=width, height=70)
        return empty
    bins = [*BINS.values(), LATER]
    counts = counts.assign(rank=counts["stance"].map(list(COLOURS).index))
    x = alt.X("days:N", sort=bins, title="days", axis=alt.Axis(labelAngle=0), scale=alt.Scale(domain=bins))
    top = int(counts.groupby("days")["events"].sum().max())
    y = alt.Y("events:Q", title=None, axis=None, scale=alt.Scale(domain=[0, top * 1.2]))
    legend = colour("stance", COLOURS, pd.Series(list(COLOURS)))
    bars = alt.Chart(counts).mark_bar(stroke="#555555", strokeWidth=0.5).encode(x=x, y=y, color=legend, order="rank:Q")
    sums = counts.groupby("days", as_index=False)["events"].sum()
    numbers = alt.Chart(sums).mark_text(dy=-6, fontSize=10).encode(x=x, y=y, text="events:Q")
    return alt.layer(bars, numbers).properties(title=title, width=width, height=70)
