"""One flat row an event: where, when, how far the claimants agree, and who speaks of it."""

import pandas as pd

from kursk_events.ids import Tables
from kursk_events.location import within
from kursk_events.lookup import look_up
from kursk_events.sides import SIDES, side_of
from kursk_events.status import event_status

EVENT = [
    "event_id", "title", "event_type", "start_date", "end_date", "date_precision", "place_id", "place_precision",
    "target_kind", "part_of",
]  # fmt: skip


def overview(tables: Tables) -> pd.DataFrame:
    """Return one row an event; `Dataset.overview` lists the columns."""
    events, places = tables["events"][EVENT], tables["places"].set_index("place_id")
    where = {name: look_up(events["place_id"], places[name]) for name in ("name", "latitude", "longitude")}
    status = event_status(events, tables["claims"], tables["relations"], tables["actors"])
    rows = events.assign(
        place=where["name"],
        district=look_up(events["place_id"], within(tables["places"], "district")),
        oblast=look_up(events["place_id"], within(tables["places"], "oblast")),
        latitude=where["latitude"],
        longitude=where["longitude"],
        status=status.array,
    )
    return rows.assign(**_spoken(tables, rows["event_id"]), **_counts(tables, rows["event_id"]))


def _spoken(tables: Tables, events: pd.Series) -> dict[str, pd.Series]:
    """Return the sides that speak of each event and the days of the first and the last word."""
    claims = tables["claims"]
    by_event = claims.assign(side=side_of(claims["claimant_id"], tables["actors"]).astype("string")).groupby("event_id")
    sides = by_event["side"].agg(lambda found: " ".join(side for side in SIDES if side in set(found)))
    return {
        "sides": look_up(events, sides.astype("string")),
        "first_claimed_on": look_up(events, by_event["claimed_on"].min()),
        "last_claimed_on": look_up(events, by_event["claimed_on"].max()),
    }


def _counts(tables: Tables, events: pd.Series) -> dict[str, pd.Series]:
    """Return how many claims (all, and of each side), claimants, sources and publishers each event has."""
    claims, citations = tables["claims"], tables["citations"]
    side = side_of(claims["claimant_id"], tables["actors"])
    event = look_up(citations["claim_id"], claims.set_index("claim_id")["event_id"])
    publisher = look_up(citations["source_id"], tables["sources"].set_index("source_id")["publisher_id"])
    counts = {
        "claims": claims.groupby("event_id").size(),
        **{f"claims_{name.lower()}": claims[side.eq(name)].groupby("event_id").size() for name in SIDES},
        "claimants": claims.groupby("event_id")["claimant_id"].nunique(),
        "sources": citations.groupby(event)["source_id"].nunique(),
        "publishers": publisher.groupby(event).nunique(),
    }
    return {name: look_up(events, count).fillna(0).astype("int64") for name, count in counts.items()}
