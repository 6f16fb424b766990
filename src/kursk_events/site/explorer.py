"""The explorer's page and data: a plain table that reads without scripts, and a compact file for them."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from kursk_events.control import words
from kursk_events.sides import SIDES
from kursk_events.site.records import Records, Row
from kursk_events.site.render import Asset, Page, render
from kursk_events.status import KINDS, event_status

EPOCH = datetime.date(1970, 1, 1)
Change = tuple[datetime.date, str | None]
Span = tuple[int, int | None, str]


def explorer_page(records: Records) -> Page:
    """Return the page: filters, map and timeline for scripts, and the table of all events."""
    path = "explorer.md"
    used = {event["place_id"] for event in records.events.values()}
    for name in list(used):
        up = records.places[name]["parent_id"]
        while up and up not in used:
            used.add(up)
            up = records.places[up]["parent_id"]
    speaking = [records.actors[name] for name in records.claims_by_claimant]
    holding = {c["claimant_id"] for c in records.claims.values() if c["kind"] == "control" and c["control_status"]}

    def by_side(actors: list[Row]) -> list[tuple[str, list[Row]]]:
        return [
            (name, sorted((a for a in actors if a["side"] == side), key=lambda a: a["name"].casefold()))
            for side, name in SIDES.items()
        ]

    body = render(
        "explorer.html",
        path,
        events=[(event, len(records.claims_by_event.get(event["event_id"], ()))) for event in records.events.values()],
        types=sorted({e["event_type"]: e["type"] for e in records.events.values()}.values(), key=lambda t: t["label"]),
        places=sorted((records.places[name] for name in used), key=lambda place: place["name"]),
        claimants=by_side(speaking),
        holders=by_side([records.actors[name] for name in holding]),
        last=records.last_day,
    )
    return Page(path, "Explorer", body, "Filter, map and date every event, and see what each claimant says of it.")


def explorer_assets(records: Records) -> Iterator[Asset]:
    """Yield the explorer's data: all but the statements, and the statements in the order of the claims."""
    yield Asset("assets/explorer/data.json", _compact(explorer_data(records)))
    statements = [claim["statement"] for claim in _claims(records)]
    yield Asset("assets/explorer/statements.json", _compact(statements))


def explorer_data(records: Records) -> dict[str, Any]:
    """Return events, claims, places and claims of control as rows of plain values; days count from ``epoch``."""
    claims = _claims(records)
    claimants = {name: at for at, name in enumerate(records.claims_by_claimant)}
    places = {name: at for at, name in enumerate(records.places)}
    events = {name: at for at, name in enumerate(records.events)}
    days = [claim["known_from"] for claim in claims] or [EPOCH]
    epoch = min([*days, *(event["start_date"] for event in records.events.values())])
    history = status_history(records)
    known = events_known(records)

    def since(day: datetime.date | None) -> int | None:
        return None if day is None else (day - epoch).days

    return {
        "epoch": (epoch - EPOCH).days,
        "first": since(min(days)),
        "last": since(max(days)),
        "claimants": [[name, records.actors[name]["name"], records.actors[name]["side"]] for name in claimants],
        "places": [_place(row) for row in records.places.values()],
        "events": [
            [
                name,
                event["event_type"],
                places[event["place_id"]],
                since(event["start_date"]),
                " ".join((event["title"], event["summary"], event["place"]["name"])),
                [[since(day), status] for day, status in history.get(name, ())],
                since(known.get(name)),
            ]
            for name, event in records.events.items()
        ],
        "claims": [[events[c["event_id"]], claimants[c["claimant_id"]], since(c["known_from"])] for c in claims],
        "control": [
            [places[place], claimants[claimant], [[since(day), words] for day, words in changes]]
            for (place, claimant), changes in control_history(records, epoch).items()
        ],
    }


def _place(row: Row) -> list[Any]:
    point = None if row["latitude"] is None else [row["latitude"], row["longitude"]]
    shown_at = row["shown_at"] and row["shown_at"]["place_id"]
    return [row["place_id"], row["name"], row["parent_id"], point, shown_at, int(row["kind"] == "district")]


def _claims(records: Records) -> list[Row]:
    return list(records.claims.values())


def events_known(records: Records) -> dict[str, datetime.date]:
    """Return the first day on which `Dataset.as_known` holds each event.

    That is the day of its first known claim; where nobody claims anything of it, that of the first of its parts.
    """
    found = {name: min(c["known_from"] for c in claims) for name, claims in records.claims_by_event.items()}
    for name in list(found):
        above, seen = records.events[name]["part_of"], {name}
        while above and above not in seen:
            if above not in records.claims_by_event:
                found[above] = min(found[name], found.get(above, found[name]))
            seen.add(above)
            above = records.events[above]["part_of"]
    return found


def _days_and_slices(records: Records, reads: pd.Series) -> Iterator[tuple[datetime.date, dict[str, pd.DataFrame]]]:
    """Yield claims and relations as known on each day on which one of the claims in ``reads`` became known."""
    claims, relations = records.frames["claims"], records.frames["relations"]
    first = claims["claim_id"].map(records.known_from)
    later = pd.Series(
        [
            max(records.known_from[own], records.known_from[other])
            for own, other in zip(relations["claim_id"], relations["other_claim_id"], strict=True)
        ],
        index=relations.index,
        dtype="object",
    )
    for day in sorted(set(first[reads])):
        yield day, {"claims": claims[(first <= day).to_numpy()], "relations": relations[(later <= day).to_numpy()]}


def status_history(records: Records) -> dict[str, list[Change]]:
    """Return for each event the days on which its status changed, as the claims became known one by one."""
    claims, events, actors = (records.frames[name] for name in ("claims", "events", "actors"))
    found: dict[str, list[Change]] = {}
    before: dict[str, str | None] = {}
    for day, known in _days_and_slices(records, claims["kind"].isin(KINDS) & claims["voice"].ne("captive")):
        then = event_status(events, known["claims"], known["relations"], actors)
        for name, status in zip(then.index, then.astype("object"), strict=True):
            now = None if pd.isna(status) else str(status)
            if now != before.get(name):
                found.setdefault(str(name), []).append((day, now))
                before[name] = now
    return found


def control_history(
    records: Records, epoch: datetime.date
) -> dict[tuple[str, str], list[tuple[datetime.date, list[Span]]]]:
    """Return for each place and claimant the spans of their words, anew for each day on which these changed.

    The words of a day are those of `Dataset.control` over what was known on it. A span is its first and last day
    (counted from ``epoch``; no last day where the word still stands) and the word in short.
    """
    found: dict[tuple[str, str], list[tuple[datetime.date, list[Span]]]] = {}
    for day, known in _days_and_slices(records, records.frames["claims"]["kind"].eq("control")):
        now: dict[tuple[str, str], list[Span]] = {}
        for word in words(known["claims"], {**records.frames, **known}):
            end = None if word.end is None else (word.end.date() - epoch).days
            span = ((word.start.date() - epoch).days, end, word.text())
            now.setdefault((word.place_id, word.claimant_id), []).append(span)
        for key in {*found, *now}:
            spans = now.get(key, [])
            if spans != (found[key][-1][1] if key in found else []):
                found.setdefault(key, []).append((day, spans))
    return dict(sorted(found.items()))


def _compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode()
