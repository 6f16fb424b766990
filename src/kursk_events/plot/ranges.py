"""Ranges: every figure of a measure with its claimant and its bound, nothing averaged or joined."""

import altair as alt
import pandas as pd

from kursk_events.dataset import Dataset
from kursk_events.figures import figure, unit_words
from kursk_events.lookup import look_up
from kursk_events.plot.look import SIDE_COLOURS, WIDTH, Chart, colour, finish, side_names

SCOPES = {
    "snapshot": "Figures as of a day",
    "cumulative": "Running totals up to a day",
    "period": "Figures for a span that ends on a day",
    "peak": "Highest figures up to a day",
    "planned": "Figures set by order, law or plan",
    "forecast": "Figures that the claimant expects",
}
SHAPES = {"exact": "circle", "about": "circle", "at_least": "triangle-right", "at_most": "triangle-left"}


def ranges(
    ds: Dataset,
    measure: str,
    subject: str | None = None,
    category: str | None = None,
    scope: str | None = None,
    place: str | None = None,
) -> alt.VConcatChart:
    """Draw every figure of a measure, a row a claim, with its bound.

    Args:
        ds: The dataset.
        measure: A measure, such as ``casualties``.
        subject: Id of the actor whom the figures count.
        category: A term of ``claims.category``.
        scope: A term of ``claims.scope``; needed where the figures are of several, which cannot share a chart.
        place: Id of a place; needed where the figures are of several.

    Raises:
        ValueError: No such name, no figures, or figures that cannot share a chart; the text names the choices.

    """
    rows = ds.series(measure, subject=subject, category=category, scope=scope, place=place)
    rows = rows[rows["bound"].ne("verbal")]
    if rows.empty:
        raise ValueError(f'no figures of "{measure}" as asked.')
    asked = {"scope": "scope", "category": "category", "subject": "subject_id", "place": "place_id"}
    for name, column in asked.items():
        if len(found := sorted(rows[column].astype("string").dropna().unique())) > 1:
            raise ValueError(f"figures of several kinds cannot share a chart: choose {name} from {', '.join(found)}.")
    label = str(ds.measures.set_index("measure").loc[measure, "label"])
    unit = str(rows["unit"].iloc[0])
    chart = _layers(_frame(rows, ds), f"{label.lower()}, {unit_words(unit)}")
    actors, places = ds.actors.set_index("actor_id")["name"], ds.places.set_index("place_id")["name"]
    about = [label, *look_up(rows["subject_id"], actors).dropna()[:1], *look_up(rows["place_id"], places).dropna()[:1]]
    scope_shown = str(rows["scope"].iloc[0])
    subtitle = (
        f"One row a claim, by day. {SCOPES[scope_shown]}. Dot: exact; ring: about; bar: from ... to; arrow "
        "with a dashed line: the claimant left that end open (at least, at most). Right: the figure as "
        "claimed."
    )
    return finish(chart, ds, ", ".join(about) + ": each claimant's figures", subtitle)


def _frame(rows: pd.DataFrame, ds: Dataset) -> pd.DataFrame:
    """Return a row a claim, in order of the days, with a label of its own."""
    claims = ds.claims.set_index("claim_id")
    rows = rows.sort_values(["day", "side", "claimant_id", "claim_id"], ignore_index=True)
    number = rows["value"].fillna(rows["low"]).fillna(rows["high"])
    labels = look_up(rows["claimant_id"], ds.actors.set_index("actor_id")["name"]) + rows["day"].dt.strftime(
        ", %d %b %Y"
    )
    again = labels.groupby(labels).cumcount()
    corrected = rows["corrected_by"].notna().map({True: ", corrected later", False: ""})
    return pd.DataFrame(
        {
            "row": labels.where(again.eq(0), labels + " (" + (again + 1).astype("string") + ")"),
            "side": side_names(rows["side"]),
            "bound": rows["bound"].astype("string"),
            "number": number,
            "low": rows["low"].fillna(number.where(rows["bound"].ne("at_most"), 0.0)),
            "high": rows["high"].fillna(number),
            "said": [figure(claims.loc[claim], "") for claim in rows["claim_id"]] + corrected,
            "claim_id": rows["claim_id"],
        }
    )


def _layers(frame: pd.DataFrame, title: str) -> Chart:
    top = float(frame[["number", "high"]].to_numpy().max()) * 1.05
    scale = alt.Scale(domain=[0, top], nice=False)
    x = alt.X("number:Q", title=title, scale=scale, axis=alt.Axis(format=",~f", tickCount=8))
    y = alt.Y("row:N", title=None, sort=list(frame["row"]))
    by_side = colour("side", SIDE_COLOURS, frame["side"])
    ends = frame.assign(end=frame["high"].where(frame["bound"].ne("at_least"), top))
    open_ends = alt.Chart(ends[ends["bound"].isin(["at_least", "at_most"])]).mark_rule(strokeDash=[2, 3])
    spans = alt.Chart(frame[frame["bound"].eq("range")]).mark_rule(strokeWidth=5)
    layers = [
        open_ends.encode(x=alt.X("low:Q", scale=scale), x2="end:Q", y=y, color=by_side),
        spans.encode(x=alt.X("low:Q", scale=scale), x2="high:Q", y=y, color=by_side),
    ]
    for bound, shape in SHAPES.items():
        own = alt.Chart(frame[frame["bound"].eq(bound)])
        mark = own.mark_point(size=65, strokeWidth=2, opacity=1, shape=shape, filled=bound != "about")
        layers.append(mark.encode(x=x, y=y, color=by_side, tooltip=["claim_id:N", "said:N"]))
    words = alt.Chart(frame).mark_text(align="left", fontSize=10, dx=8).encode(
        x=alt.value(WIDTH - 140), y=y, text="said:N"
    )  # fmt: skip
    return alt.layer(*layers, words).properties(width=WIDTH - 140, height=alt.Step(16))
