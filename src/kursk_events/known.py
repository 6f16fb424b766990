"""The data as known on a day: nothing that was said or printed later, and no text written with hindsight.

A claim is known when its last possible day has come and a cited source was in print. What the curators wrote
looking back (summaries, notes, end dates, days of access) is emptied, so that an analysis of that day cannot lean
on it. Names, places, vocabularies and the dates that events are filed under are finding aids and stay.
"""

import pandas as pd

from kursk_events.ids import Tables
from kursk_events.lookup import look_up
from kursk_events.precision import edge

#: Columns that are written looking back, in whichever table they stand.
HINDSIGHT = ("summary", "note", "end_date", "accessed_on")


def as_known(tables: Tables, day: pd.Timestamp, hindsight: bool = False) -> dict[str, pd.DataFrame]:
    """Return all tables as they could have been written on the evening of a day.

    Args:
        tables: All tables by name.
        day: The day.
        hindsight: Keep summaries, notes, end dates, days of access and the list of retired ids.

    Returns:
        The tables, in the same columns, types and order. Claims: known by ``day``. Citations: printed by then.
        Sources: those cited. Relations: between known claims. Events: with a known claim, or without any claim but
        with a known part; ``part_of`` passes over an event that is not known. Participants: of known events. The
        other tables are whole.

    """
    claims, events = tables["claims"], tables["events"]
    citations = tables["citations"][printed_on(tables["citations"], tables["sources"]) <= day]
    said = edge(claims["claimed_on"], claims["claimed_precision"], "latest")
    claims = claims[(said <= day) & claims["claim_id"].isin(citations["claim_id"])]
    citations = citations[citations["claim_id"].isin(claims["claim_id"])]
    sources, relations, participants = tables["sources"], tables["relations"], tables["participants"]
    events = _known_events(events, set(claims["event_id"]), set(tables["claims"]["event_id"]))
    both = relations["claim_id"].isin(claims["claim_id"]) & relations["other_claim_id"].isin(claims["claim_id"])
    known = {
        **tables,
        "claims": claims,
        "citations": citations,
        "sources": sources[sources["source_id"].isin(citations["source_id"])],
        "relations": relations[both],
        "events": events,
        "participants": participants[participants["event_id"].isin(events["event_id"])],
    }
    if not hindsight:
        known = {name: _without_hindsight(frame) for name, frame in known.items()}
        known["retired"] = tables["retired"].iloc[:0]
    return {name: frame.reset_index(drop=True) for name, frame in known.items()}


def printed_on(citations: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """Return the last day on which each citation's source may have been printed, on the index of ``citations``.

    A source without a date counts from the earliest other citation of its claim, else from the day of access.
    """
    dated = sources.set_index("source_id")
    printed = look_up(citations["source_id"], edge(dated["published_on"], dated["published_precision"], "latest"))
    elsewhere = look_up(citations["claim_id"], printed.groupby(citations["claim_id"]).min())
    return printed.fillna(elsewhere).fillna(look_up(citations["source_id"], dated["accessed_on"]))


def _known_events(events: pd.DataFrame, known: set[str], claimed: set[str]) -> pd.DataFrame:
    """Keep the events with a known claim, and those without any claim of their own that hold a known part."""
    parents = dict(zip(events["event_id"], events["part_of"], strict=True))
    kept = {event for event in parents if event in known}
    for event in list(kept):
        kept.update(above for above in _above(event, parents) if above not in claimed)
    nearest = [next((a for a in _above(event, parents) if a in kept), pd.NA) for event in events["event_id"]]
    events = events.assign(part_of=pd.array(nearest, dtype="string"))
    return events[events["event_id"].isin(kept)]


def _above(event: str, parents: dict[str, str]) -> list[str]:
    """Return the events that an event is part of, the nearest first."""
    found: list[str] = []
    above = parents.get(event)
    while pd.notna(above) and above not in found and above != event:
        found.append(str(above))
        above = parents.get(str(above))
    return found


def _without_hindsight(frame: pd.DataFrame) -> pd.DataFrame:
    empty = {name: pd.Series(pd.NA, index=frame.index).astype(frame[name].dtype) for name in HINDSIGHT if name in frame}
    return frame.assign(**empty)
