"""The explorer's page and data: a plain table that reads without scripts, and a compact file for them."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from kursk_events.site.records import SIDES, Records, Row
from kursk_events.site.render import Asset, Page, render
from kursk_events.status import KINDS, event_status

EPOCH = datetime.date(1970, 1, 1)
Change = tuple[datetime.date, str | None]


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
            ]
            for name, event in records.events.items()
        ],
        "claims": [[events[c["event_id"]], claimants[c["claimant_id"]], since(c["known_from"])] for c in claims],
        "control": [
            [
                places[c["place_id"]],
                claimants[c["claimant_id"]],
                since(c["known_from"]),
                since(c["valid_from"] or c["claimed_on"]),
                since(c["valid_to"]),
                c["control_status"],
                c["stance"] == "denies",
            ]
            for c in sorted(claims, key=lambda c: (c["valid_from"] or c["claimed_on"], c["claimed_on"], c["claim_id"]))
            if c["kind"] == "control"
            and c["place_id"]
            and c["control_status"]
            and c["stance"] in ("asserts", "assesses", "acknowledges", "denies")
        ],
    }


def _place(row: Row) -> list[Any]:
    point = row["point"]
    return [
        row["place_id"],
        row["name"],
        row["parent_id"],
        list(point[:2]) if point else None,
        bool(point and point[2]),
    ]


def _claims(records: Records) -> list[Row]:
    return list(records.claims.values())


def status_history(records: Records) -> dict[str, list[Change]]:
    """Return for each event the days on which its status changed, as the claims became known one by one.

    The status of a day is that of `kursk_events.status.event_status` over what was known on it.
    """
    claims, relations = records.frames["claims"], records.frames["relations"]
    known = pd.Series(pd.to_datetime(pd.Series(records.known_from)), dtype="datetime64[s]")
    first = claims["claim_id"].map(records.known_from)
    reads = claims["kind"].isin(KINDS) & claims["voice"].ne("captive")
    found: dict[str, list[Change]] = {}
    before = pd.Series(None, index=pd.Index(records.frames["events"]["event_id"]), dtype="object")
    both = known.reindex(relations["claim_id"]).to_numpy(), known.reindex(relations["other_claim_id"]).to_numpy()
    for day in sorted(set(first[reads])):
        stamp = pd.Timestamp(day).to_datetime64()
        then = event_status(
            records.frames["events"],
            claims[(first <= day).to_numpy()],
            relations[(both[0] <= stamp) & (both[1] <= stamp)],
            records.frames["actors"],
        ).astype("object")
        now = then.where(then.notna(), None)
        changed = now[(now != before) & ~(now.isna() & before.isna())]
        for name, status in changed.items():
            found.setdefault(str(name), []).append((day, None if pd.isna(status) else str(status)))
        before = now
    return found


def _compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode()
