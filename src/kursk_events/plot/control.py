"""Control: who holds places, according to whom, as bars of days."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from kursk_events.dataset import Dataset
from kursk_events.lookup import look_up
from kursk_events.plot.look import WIDTH, Chart, days, finish, in_words, side_names
from kursk_events.precision import day

#: What a word is called, its colour and the line around it. A denial is hollow, in the colour of what is denied.
WORDS = {
    "ua_held": ("held by Ukraine", "#0072B2", "#0072B2"),
    "ru_held": ("held by Russia", "#D55E00", "#D55E00"),
    "contested": ("contested", "#F0E442", "#8A8200"),
    "unclear": ("cannot say", "#BBBBBB", "#777777"),
    "not ua_held": ("denies: held by Ukraine", "#FFFFFF", "#0072B2"),
    "not ru_held": ("denies: held by Russia", "#FFFFFF", "#D55E00"),
    "not contested": ("denies: contested", "#FFFFFF", "#8A8200"),
    "declines": ("will not say", "#FFFFFF", "#999999"),
    "several": ("says several on one day", "#CC79A7", "#8F4A70"),
}
DAY = pd.Timedelta(days=1)


def control(
    ds: Dataset, places: str | Sequence[str], start: str | None = None, end: str | None = None
) -> alt.VConcatChart:
    """Draw who holds places, according to whom: a bar a claimant, for as long as its word stands.

    Args:
        ds: The dataset.
        places: Id of a place, or several.
        start: First day shown, as yyyy-mm-dd; the first word where it is left out.
        end: Last day shown; a month after the last word where it is left out.

    Raises:
        ValueError: No such place, or nobody speaks of it in that time.

    """
    wanted = [places] if isinstance(places, str) else list(places)
    rows = pd.concat([ds.control(place) for place in wanted], ignore_index=True)
    if len(rows):
        first = rows["valid_from"].min() if start is None else day(start)
        last = rows["last_said"].max() + 30 * DAY if end is None else day(end)
        rows = rows[rows["valid_from"].le(last) & rows["valid_to"].fillna(last).ge(first)]
    if rows.empty:
        raise ValueError(f"nobody speaks of {in_words(wanted)} in that time.")
    names = ds.places.set_index("place_id")["name"].astype(object)
    shown = [place for place in wanted if place in set(rows["place_id"])]
    bars = _bars(rows, ds, first, last)
    panels = [_panel(bars[bars["place_id"].eq(place)], bars["word"], names[place], first, last) for place in shown]
    subtitle = (
        "Black ticks: the days on which a claimant said it. Full colour: until it was last said. Pale: "
        "nothing new since; the word is neither repeated nor taken back, so it tells nothing of that day. A"
        " rival's word ends no bar."
    )
    title = f"Who holds {in_words([names[place] for place in shown])}, according to whom"
    return finish(alt.vconcat(*panels), ds, title, subtitle)


def _bars(rows: pd.DataFrame, ds: Dataset, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Return a row an interval, cut to the days that are shown."""
    who = look_up(rows["claimant_id"], ds.actors.set_index("actor_id")["name"])
    term = rows["says"].mask(rows["stance"].eq("declines"), "declines").mask(rows["says"].str.contains("/"), "several")
    opens = rows["valid_from"].where(rows["valid_from"].ge(first), first)
    # The last day belongs to the word, so the bar reaches to the next midnight.
    closes = (rows["valid_to"] + DAY).fillna(last)
    closes = closes.where(closes.le(last), last)
    fresh = (rows["last_said"] + DAY).where(rows["last_said"].ge(first), opens)
    said = ds.claims.set_index("claim_id")["claimed_on"]
    return pd.DataFrame(
        {
            "place_id": rows["place_id"],
            "claimant": who + " (" + side_names(rows["side"]) + ")",
            "word": term.map({key: name for key, (name, _, _) in WORDS.items()}),
            "opens": opens,
            "fresh": fresh.where(fresh.le(closes), closes),
            "closes": closes,
            "claim_id": rows["claim_id"],
            "said": [[said[claim] for claim in ids.split()] for ids in rows["claim_ids"]],
            "earlier": ("said " + rows["last_said"].dt.strftime("%d %b %Y")).where(rows["last_said"].lt(first), ""),
        }
    )


def _panel(bars: pd.DataFrame, words: pd.Series, place: str, first: pd.Timestamp, last: pd.Timestamp) -> Chart:
    looks = [look for look in WORDS.values() if look[0] in set(words)]
    domain, fills, lines = (list(column) for column in zip(*looks, strict=True))
    scale = days(first, last)
    months = (last - first).days > 200
    axis = alt.Axis(format="%b %Y" if months else "%d %b", tickCount="month" if months else 8)
    years = None if months else " to ".join(dict.fromkeys([f"{first:%Y}", f"{last:%Y}"]))
    legend = alt.Legend(symbolOpacity=1)
    base = alt.Chart(bars.drop(columns="said")).encode(
        y=alt.Y("claimant:N", title=None, sort=list(dict.fromkeys(bars["claimant"]))),
        color=alt.Color("word:N", title=None, legend=legend, scale=alt.Scale(domain=domain, range=fills)),
        stroke=alt.Stroke("word:N", title=None, legend=legend, scale=alt.Scale(domain=domain, range=lines)),
        tooltip=["claimant:N", "word:N", "claim_id:N"],
    )
    x = alt.X("opens:T", title=years, scale=scale, axis=axis)
    pale = base.mark_bar(height=11, strokeWidth=1.5, opacity=0.3).encode(x=x, x2="closes:T")
    full = (
        base.transform_filter("datum.fresh > datum.opens")
        .mark_bar(height=11, strokeWidth=1.5)
        .encode(x=x, x2="fresh:T")
    )
    said = bars[["claimant", "said"]].explode("said").astype({"said": "datetime64[s]"})
    said = said[said["said"].between(first, last)]
    rows = alt.Y("claimant:N", sort=list(dict.fromkeys(bars["claimant"])))
    ticks = alt.Chart(said).mark_tick(color="black", thickness=2.5, height=15).encode(x="said:T", y=rows)
    notes = alt.Chart(bars[bars["earlier"].ne("")][["claimant", "opens", "earlier"]])
    words_before = notes.mark_text(align="left", dx=5, fontSize=9).encode(x="opens:T", y=rows, text="earlier:N")
    head = alt.Title(place, anchor="start", fontSize=13, frame="group")
    return alt.layer(pale, full, ticks, words_before).properties(width=WIDTH, height=alt.Step(18), title=head)
