"""Disputes and lags: which claims cannot both hold, and how long after an event each side spoke of it."""

import pandas as pd

from kursk_events.ids import Tables
from kursk_events.lookup import look_up
from kursk_events.sides import side_of
from kursk_events.status import ASSERTING

PAIR = [
    "claim_id", "claimant_id", "side", "claimed_on", "event_id", "kind", "stance", "place_id", "measure", "scope",
    "bound", "number",
]  # fmt: skip
#: Cells that two figures must share before one is taken from the other.
COMPARABLE = ["measure", "subject_id", "category", "scope"]


def disputes(tables: Tables) -> pd.DataFrame:
    """Return the pairs of claims that cannot both hold; `Dataset.disputes` lists the columns."""
    relations = tables["relations"]
    rows = relations[relations["relation"].eq("disputes")].reset_index(drop=True)
    claims = tables["claims"].assign(
        side=side_of(tables["claims"]["claimant_id"], tables["actors"]), number=_number(tables["claims"])
    )
    known = claims.set_index("claim_id", drop=False)
    own = known.reindex(rows["claim_id"]).reset_index(drop=True)
    other = known.reindex(rows["other_claim_id"]).reset_index(drop=True)
    alike = pd.concat(
        [own[name].eq(other[name]) | own[name].isna() & other[name].isna() for name in COMPARABLE], axis=1
    )
    compared = alike.fillna(False).all(axis=1) & own["stance"].isin(ASSERTING) & other["stance"].isin(ASSERTING)
    pairs = pd.concat([own[PAIR], other[PAIR].add_prefix("other_")], axis=1)
    return pairs.assign(
        explicit=rows["explicit"],
        days_apart=(own["claimed_on"] - other["claimed_on"]).dt.days.astype("Int64"),
        difference=(own["number"] - other["number"]).where(compared),
        ratio=(own["number"] / other["number"]).where(compared & other["number"].ne(0)),
    )


def lag(tables: Tables) -> pd.DataFrame:
    """Return how long after each event each side spoke of it; `Dataset.lag` lists the columns."""
    claims = tables["claims"].assign(side=side_of(tables["claims"]["claimant_id"], tables["actors"]))
    # What is planned or foreseen is said before the event, and tells nothing of how soon it was spoken of.
    claims = claims[~claims["scope"].isin(["planned", "forecast"])].sort_values(["claimed_on", "claim_id"])
    keys = ["event_id", "side"]
    first = claims.drop_duplicates(keys)[[*keys, "claimed_on", "claimant_id", "claim_id", "stance"]]
    admitted = claims[claims["stance"].eq("acknowledges")].drop_duplicates(keys)
    admitted = admitted[[*keys, "claimed_on", "claimant_id", "claim_id"]]
    rows = first.merge(admitted, how="left", on=keys, suffixes=("", "_acknowledging"))
    rows = rows.rename(columns={"claimed_on_acknowledging": "acknowledged_on"})
    rows = rows.merge(_first_prints(claims, tables), how="left", on=keys)
    events = tables["events"].set_index("event_id")
    for at, name in enumerate(("event_type", "start_date", "date_precision"), 2):
        rows.insert(at, name, look_up(rows["event_id"], events[name]))
    days = {"claim": "claimed_on", "acknowledgement": "acknowledged_on", "print": "printed_on"}
    for name, day in days.items():
        rows[f"days_to_{name}"] = (rows[day] - rows["start_date"]).dt.days.astype("Int64")
    return rows.sort_values(["start_date", "event_id", "side"], ignore_index=True)


def _first_prints(claims: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return the first dated source that carries a side's words on an event."""
    dated = tables["sources"].dropna(subset=["published_on"])[["source_id", "published_on"]]
    carried = (
        tables["citations"].merge(dated, on="source_id").merge(claims[["claim_id", "event_id", "side"]], on="claim_id")
    )
    carried = carried.sort_values(["published_on", "source_id"]).drop_duplicates(["event_id", "side"])
    return carried[["event_id", "side", "published_on", "source_id"]].rename(columns={"published_on": "printed_on"})


def _number(claims: pd.DataFrame) -> pd.Series:
    """Return the one number that a claim names; a range names two, and so none here."""
    one = claims["value"].fillna(claims["value_low"]).fillna(claims["value_high"])
    return one.where(claims["bound"].ne("range"))
