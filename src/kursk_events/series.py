"""Figures by claimant: step series, and the range of what a side or a claimant puts forward.

Only figures of one measure, subject, category, place, event and scope are set in one line: a snapshot is not a running
total, and the killed are not the losses. Bounds are kept beside the numbers, since "more than 62,000" is no 62,000.
"""

from typing import Literal

import pandas as pd

from kursk_events.ids import Tables, require_id, require_term
from kursk_events.lookup import look_up
from kursk_events.sides import side_of
from kursk_events.status import ASSERTING

#: First day of a running total that names none, as the codebook of ``claims.valid_from`` says.
START = pd.Timestamp("2024-08-06")
DAY = pd.Timedelta(days=1)
#: Scopes whose figure stands until the claimant's next one; the others speak of their own span only.
STEPS = ["snapshot", "cumulative"]
#: What a figure must share with another to be compared with it.
COMMON = ["measure", "unit", "subject_id", "category", "place_id", "event_id", "scope", "since"]
COLUMNS = [
    "series", "claimant_id", "side", *COMMON, "day", "until", "bound", "low", "value", "high", "stance", "claimed_on",
    "claim_id", "corrected_by",
]  # fmt: skip

By = Literal["side", "claimant"]


def series(
    tables: Tables,
    measure: str,
    subject: str | None = None,
    category: str | None = None,
    claimant: str | None = None,
    place: str | None = None,
    scope: str | None = None,
) -> pd.DataFrame:
    """Return the figures of a measure as step series; `Dataset.series` lists the columns."""
    claims = tables["claims"]
    event_place = tables["events"].set_index("event_id")["place_id"]
    claims = claims.assign(place_id=claims["place_id"].fillna(look_up(claims["event_id"], event_place)))
    require_id(tables, "measures", measure)
    wanted = claims["kind"].eq("quantity") & claims["measure"].eq(measure) & claims["stance"].isin(ASSERTING)
    for table, column, value in (
        ("actors", "subject_id", subject),
        ("actors", "claimant_id", claimant),
        ("places", "place_id", place),
    ):
        if value is not None:
            require_id(tables, table, value)
            wanted &= claims[column].eq(value)
    for column, value in (("category", category), ("scope", scope)):
        if value is not None:
            require_term(value, claims[column].cat.categories, column)
            wanted &= claims[column].eq(value)
    return _steps(_figures(claims[wanted.fillna(False)], tables))[COLUMNS]


def envelope(
    tables: Tables,
    measure: str,
    subject: str | None = None,
    by: By = "side",
    category: str | None = None,
    on: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Return the range of the figures of each side or claimant; `Dataset.envelope` lists the columns."""
    require_term(by, ["side", "claimant"], "grouping")
    rows = series(tables, measure, subject, category)
    rows = rows[rows["corrected_by"].isna()]
    if on is not None:
        ended = rows["until"].lt(on) & rows["scope"].isin(STEPS)
        rows = rows[rows["day"].le(on) & ~ended]
    who = ["side"] if by == "side" else ["claimant_id", "side"]
    # A figure for a span is compared with figures for the same span only.
    rows = rows.assign(span_to=rows["until"].where(~rows["scope"].isin(STEPS)))
    keys = [*who, *COMMON, "span_to"]
    lines = pd.Series(rows.groupby(keys, dropna=False, observed=True).ngroup(), index=rows.index)
    first = rows.assign(line=lines).drop_duplicates("line").set_index("line")[keys].sort_index()
    return first.join([*_ends(rows, lines), _counts(rows, lines)]).reset_index(drop=True)


def _ends(rows: pd.DataFrame, lines: pd.Series) -> list[pd.DataFrame]:
    """Return the lowest and the highest number of each line, each with its bound and claim."""
    ends = []
    for name, other, lowest in (("low", "high", True), ("high", "low", False)):
        # "At most 50" has no low number, but 50 is the number that was said.
        number = rows[name].fillna(rows[other])
        order = number.dropna().sort_values(ascending=lowest, kind="stable").index
        found = rows.loc[order].assign(line=lines, number=number).drop_duplicates("line").set_index("line")
        columns = {"number": name, "bound": f"{name}_bound", "claim_id": f"{name}_claim_id"}
        ends.append(found[list(columns)].rename(columns=columns))
    return ends


def _counts(rows: pd.DataFrame, lines: pd.Series) -> pd.DataFrame:
    """Return how many claims and claimants stand behind each line, and of which days."""
    groups = rows.groupby(lines)
    return pd.DataFrame(
        {
            "claims": groups.size(),
            "without_number": rows["bound"].eq("verbal").groupby(lines).sum(),
            "claimants": groups["claimant_id"].nunique(),
            "first_day": groups["day"].min(),
            "last_day": groups["day"].max(),
        }
    )


def _figures(claims: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return the claims with the columns of a series, apart from its name and how long each figure stands."""
    point = claims["bound"].isin(["exact", "about"])
    total = claims["scope"].eq("cumulative")
    spans = claims["scope"].isin(["cumulative", "snapshot"])
    return claims.assign(
        side=side_of(claims["claimant_id"], tables["actors"]),
        unit=look_up(claims["measure"], tables["measures"].set_index("measure")["unit"].astype("string")),
        since=claims["valid_from"].fillna(START).where(total, claims["valid_from"].where(~spans)),
        day=claims["valid_to"].fillna(claims["claimed_on"]),
        low=claims["value"].where(point, claims["value_low"]),
        high=claims["value"].where(point, claims["value_high"]),
        corrected_by=look_up(claims["claim_id"], _corrections(tables)),
    )


def _corrections(tables: Tables) -> pd.Series:
    """Return which claim corrects or retracts another, indexed by the other; the first where there are several."""
    rows = tables["relations"][tables["relations"]["relation"].isin(["corrects", "retracts"])]
    return rows.drop_duplicates("other_claim_id").set_index("other_claim_id")["claim_id"]


def _steps(figures: pd.DataFrame) -> pd.DataFrame:
    """Name each series and let a figure stand until the day before the next of its series."""
    parts = figures[["claimant_id", *COMMON]].drop(columns="unit").astype("string")
    parts["since"] = parts["since"].where(figures["scope"].eq("cumulative"))
    names = parts.fillna("").agg(" ".join, axis=1).str.split().str.join(" ") if len(parts) else parts["claimant_id"]
    rows = figures.assign(series=names.astype("string"))
    rows = rows.sort_values(["side", "claimant_id", "series", "day", "claimed_on", "claim_id"], ignore_index=True)
    # Two figures for one day stand beside each other until the next day that has one.
    days = rows[["series", "day"]].drop_duplicates()
    following = days.assign(next=days.groupby("series")["day"].shift(-1))
    until = rows[["series", "day"]].merge(following, how="left", on=["series", "day"])["next"] - DAY
    steps = rows["scope"].isin(STEPS)
    return rows.assign(until=until.astype(rows["day"].dtype).where(steps, rows["day"]))
