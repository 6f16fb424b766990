"""The status of an event, derived from its claims and never stored.

It says how far the claimants agree that the event took place, not whether it did. North Korea and Russia count as
one camp here, since they fight on one side.
"""

import pandas as pd

from kursk_events.lookup import look_up

STATUSES = ("disputed", "acknowledged", "corroborated", "one_sided")
DTYPE = pd.CategoricalDtype(list(STATUSES))
KINDS = ["occurrence", "attribution", "control"]
ASSERTING = ["asserts", "assesses", "acknowledges"]
CAMPS = {"KP": "RU", "RU": "RU", "UA": "UA", "none": "none"}


def event_status(
    events: pd.DataFrame, claims: pd.DataFrame, relations: pd.DataFrame, actors: pd.DataFrame
) -> pd.Series:
    """Return the status of each event.

    Reads the claims of the kinds occurrence, attribution and control, without those of captives. In this order:
    ``disputed`` (another claimant denies or disputes an assertion, and has not withdrawn or retracted that since),
    ``acknowledged`` (a side acknowledges it), ``corroborated`` (asserted by sides that fight each other, or by one
    of them and a claimant of no side), ``one_sided``. Missing where nobody made such a claim.

    Args:
        events: Needs ``event_id``.
        claims: Needs ``claim_id``, ``event_id``, ``kind``, ``claimant_id``, ``stance``, ``voice``, ``claimed_on``.
        relations: Needs ``claim_id``, ``relation``, ``other_claim_id``.
        actors: Needs ``actor_id`` and ``side``.

    Returns:
        A categorical series indexed by ``event_id``.

    """
    read = claims[claims["kind"].isin(KINDS) & claims["voice"].ne("captive")]
    live = read[~read["claim_id"].isin(_taken_back(read, relations)) & read["stance"].ne("withdraws")]
    asserting = live[live["stance"].isin(ASSERTING)]
    camp = look_up(asserting["claimant_id"], actors.set_index("actor_id")["side"].astype("string").map(CAMPS))
    camps = camp.groupby(asserting["event_id"]).agg(set)
    status = pd.Series(pd.NA, index=pd.Index(events["event_id"]), dtype="object")
    status[status.index.isin(live["event_id"])] = "one_sided"
    both = [event for event, found in camps.items() if _corroborate(found)]
    status[status.index.isin(both)] = "corroborated"
    status[status.index.isin(asserting.loc[asserting["stance"].eq("acknowledges"), "event_id"])] = "acknowledged"
    status[status.index.isin(_denied(live, asserting) | _disputed(live, relations))] = "disputed"
    return status.astype(DTYPE)


def _corroborate(camps: set[str]) -> bool:
    return {"RU", "UA"} <= camps or ("none" in camps and len(camps) > 1)


def _taken_back(claims: pd.DataFrame, relations: pd.DataFrame) -> set[str]:
    """Claims that a later claim retracts, or whose claimant withdrew them later on the same event and kind."""
    retracted = relations.loc[relations["relation"].eq("retracts") & relations["claim_id"].isin(claims["claim_id"])]
    withdrawn = claims[claims["stance"].eq("withdraws")]
    same = claims.merge(withdrawn, on=["event_id", "kind", "claimant_id"], suffixes=("", "_later"))
    earlier = same.loc[same["claimed_on"] < same["claimed_on_later"], "claim_id"]
    return set(retracted["other_claim_id"]) | set(earlier)


def _denied(live: pd.DataFrame, asserting: pd.DataFrame) -> set[str]:
    denials = live.loc[live["stance"].eq("denies"), ["event_id", "claimant_id"]]
    pairs = denials.merge(asserting[["event_id", "claimant_id"]], on="event_id", suffixes=("", "_asserting"))
    return set(pairs.loc[pairs["claimant_id"] != pairs["claimant_id_asserting"], "event_id"])


def _disputed(live: pd.DataFrame, relations: pd.DataFrame) -> set[str]:
    known = live.set_index("claim_id")
    rows = relations[relations["relation"].eq("disputes")]
    rows = rows[rows["claim_id"].isin(known.index) & rows["other_claim_id"].isin(known.index)]
    own, other = known.loc[rows["claim_id"]], known.loc[rows["other_claim_id"]]
    apart = own["claimant_id"].to_numpy() != other["claimant_id"].to_numpy()
    return set(own.loc[apart, "event_id"]) | set(other.loc[apart, "event_id"])
