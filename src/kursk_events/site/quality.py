"""The data quality page: every figure is computed from the records when the site is built."""

import datetime
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from kursk_events.audit import accuracy
from kursk_events.sides import SIDES
from kursk_events.site.picture import bars, calendar, gaps
from kursk_events.site.records import Records, Row
from kursk_events.site.render import STATUS, Heading, Page, percent, render

#: A span without a claim is worth naming from this many days.
SILENCE = 10
HEADINGS = (
    ("Coverage by day", "calendar"),
    ("Evenness between the sides", "sides"),
    ("Who carries whom", "carried"),
    ("More than one publisher", "publishers"),
    ("Sources", "sources"),
    ("Points", "points"),
    ("Status of events", "status"),
    ("Measured accuracy", "accuracy"),
    ("Known gaps", "gaps"),
)


def quality_page(records: Records, docs: Path) -> Page:
    """Return the page; ``docs`` holds the results of re-reading under ``accuracy/``."""
    path = "quality.md"
    body = render(
        "quality.html",
        path,
        days=_calendar(records),
        silences=_silences(records),
        silence=SILENCE,
        sides=sides(records),
        carried=carried(records),
        shares=publisher_shares(records),
        sources=source_shares(records),
        points=_points(records),
        status=_status(records),
        read=re_read(docs),
        claims=len(records.claims),
    )
    headings = tuple(Heading(title, anchor) for title, anchor in HEADINGS)
    text = "Coverage, evenness between the sides, sources, points and measured accuracy, computed at every build."
    return Page(path, "Data quality", body, text, headings, wide=False)


def _days(records: Records) -> Counter[datetime.date]:
    return Counter(claim["claimed_on"] for claim in records.claims.values() if claim["claimed_precision"] == "day")


def _span(records: Records) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of the calendar: that of the happenings, not of later looks back."""
    starts = [event["start_date"] for event in records.events.values()]
    return min(starts), max(starts)


def _calendar(records: Records) -> Any:
    if not records.events or not records.claims:
        return ""
    first, last = _span(records)
    days = _days(records)
    said = f"Claims by the day on which they were made, from {first} to {last}; the gaps are listed below."
    return calendar(days, first, last, said)


def _silences(records: Records) -> list[tuple[datetime.date, datetime.date, int]]:
    if not records.events:
        return []
    first, last = _span(records)
    return gaps([first, last, *(day for day in _days(records) if first <= day <= last)], SILENCE)


def sides(records: Records) -> list[dict[str, Any]]:
    """Return how many claims, claimants, denials and sources each side has, sides in alphabetical order."""
    claims = list(records.claims.values())
    found = []
    for side in SIDES:
        own = [claim for claim in claims if claim["side"] == side]
        published = sum(source["publisher"]["side"] == side for source in records.sources.values())
        found.append(
            {
                "side": side,
                "claims": len(own),
                "share": len(own) / len(claims) if claims else 0.0,
                "claimants": len({claim["claimant_id"] for claim in own}),
                "denies": sum(claim["stance"] == "denies" for claim in own),
                "acknowledges": sum(claim["stance"] == "acknowledges" for claim in own),
                "disputed": sum(_is_disputed(claim) for claim in own),
                "none_offered": _share(claim["basis"] in (None, "none_offered") for claim in own),
                "sources": published,
                "events": len({claim["event_id"] for claim in own}),
            }
        )
    return found


def _is_disputed(claim: Row) -> bool:
    return any(relation["relation"] == "disputes" for relation in (*claim["answers"], *claim["answered_by"]))


def carried(records: Records) -> list[tuple[str, list[tuple[int, float]]]]:
    """Return for each side's claims how many of their citations come from publishers of each side."""
    found = []
    for side in SIDES:
        counts = Counter(
            cited["source"]["publisher"]["side"]
            for claim in records.claims.values()
            if claim["side"] == side
            for cited in claim["citations"]
        )
        total = counts.total() or 1
        found.append((side, [(counts[other], counts[other] / total) for other in SIDES]))
    return found


def publisher_shares(records: Records) -> dict[str, float]:
    """Return the shares of claims and events that two publishers, or publishers of two sides, carry."""
    claims = list(records.claims.values())
    publishers = {c["claim_id"]: {x["source"]["publisher_id"] for x in c["citations"]} for c in claims}
    events: dict[str, set[str]] = {}
    for claim in claims:
        events.setdefault(claim["event_id"], set()).update(publishers[claim["claim_id"]])
    side = {name: row["side"] for name, row in records.publishers.items()}
    return {
        "claims": _share(len(found) > 1 for found in publishers.values()),
        "events": _share(len(found) > 1 for found in events.values()),
        "fighting": _share({"RU", "UA"} <= {side[name] for name in found} for found in events.values()),
        "sides": _share(len({c["side"] for c in own}) > 1 for own in records.claims_by_event.values()),
    }


def source_shares(records: Records) -> dict[str, Any]:
    """Return the shares of sources with an archived copy and with a date, and their languages."""
    sources = list(records.sources.values())
    spoken = Counter(source["language"] for source in sources)
    languages = spoken.most_common(6)
    if rest := spoken.total() - sum(size for _, size in languages):
        languages.append((f"{len(spoken) - len(languages)} others", rest))
    return {
        "count": len(sources),
        "spoken": len(spoken),
        "archived": _share(source["archive_url"] is not None for source in sources),
        "dated": _share(source["published_on"] is not None for source in sources),
        "languages": bars([(name, size, f"{size:,}") for name, size in languages], "Sources by language"),
    }


def point_counts(records: Records) -> dict[str, int]:
    """Return how many events have a point within how many km, nearest first, then those without one of their own."""
    places = [event["place"] for event in records.events.values()]
    own = Counter(place["uncertainty_km"] for place in places if place["latitude"] is not None)
    stated = {f"within {km:g} km": own[km] for km in sorted(own.keys() - {None})}
    lent = sum(bool(place["shown_at"]) for place in places if place["latitude"] is None)
    counts = {
        **stated,
        "not stated": own[None],
        "that of its surroundings": lent,
        "no point": len(places) - own.total() - lent,
    }
    return {name: size for name, size in counts.items() if size}


def _points(records: Records) -> Any:
    counts = point_counts(records)
    total = sum(counts.values()) or 1
    rows = [(name, size, f"{size:,} ({percent(size / total)})") for name, size in counts.items()]
    return bars(rows, "Events by their point")


def _status(records: Records) -> Any:
    counts = Counter(event["status"] for event in records.events.values())
    total = counts.total() or 1
    rows = [
        (words[0], counts[term], f"{counts[term]:,} ({percent(counts[term] / total)})")
        for term, words in STATUS.items()
    ]
    return bars(rows, "Events by status")


def re_read(docs: Path) -> list[tuple[str, int, int, list[dict[str, Any]]]]:
    """Return the accuracy of each re-read batch before and after mending, from ``accuracy/*.csv``.

    A file has one row a claim and field: ``claim_id``, ``field``, ``before``, ``after``. Files without these columns
    (such as the list of a draw) are passed over.
    """
    found = []
    for path in sorted((docs / "accuracy").glob("*.csv")):
        verdicts = pd.read_csv(path, dtype="string")
        if not {"claim_id", "field", "before", "after"} <= set(verdicts.columns):
            continue
        before = accuracy(verdicts, "before")
        after = accuracy(verdicts, "after").reindex(before.index)
        rows = [{"field": name, "before": before.loc[name].to_dict(), "after": after.loc[name].to_dict()} for name in before.index]  # fmt: skip
        again = verdicts.loc[verdicts["before"].ne("not_found"), "claim_id"].nunique()
        found.append((path.stem, int(verdicts["claim_id"].nunique()), int(again), rows))
    return found


def _share(found: Iterable[bool]) -> float:
    hits = list(found)
    return sum(hits) / len(hits) if hits else 0.0
