"""Record pages: events with their claims by side, and the actors, places and sources that they name."""

import csv
import datetime
import io
import json
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from kursk_events.sides import SIDES
from kursk_events.site.picture import Lines, locator, overview_map, strip
from kursk_events.site.records import CAMPAIGN, Records, Row, Rows, group
from kursk_events.site.render import Asset, Page, day, render

#: Towns that the small maps name, so that a reader knows where he is.
TOWNS = ("kursk", "sudzha", "korenevo", "rylsk", "sumy", "glushkovo", "bilopillia", "demidovka", "lgov")
MANY = 60


class RecordPages:
    """The pages of all records."""

    def __init__(self, records: Records, borders: Lines) -> None:
        self.records = records
        self.borders = borders

    @cached_property
    def towns(self) -> list[tuple[str, float, float]]:
        """Name and point of the towns that the small maps show."""
        found = [self.records.places[name] for name in TOWNS if name in self.records.places]
        return [(row["name"], row["latitude"], row["longitude"]) for row in found if row["latitude"] is not None]

    @cached_property
    def citation(self) -> str:
        """The dataset's citation; the same words as `kursk_events.cite`."""
        return citation(self.records)

    def pages(self) -> Iterator[Page]:
        """Yield all record pages and their indexes."""
        yield from self._events()
        yield from self._actors()
        yield from self._places()
        yield from self._publishers()
        yield from self._indexes()

    def assets(self) -> Iterator[Asset]:
        """Yield the quote card of each claim and the rows of each event."""
        for claim in self.records.claims.values():
            yield self._card(claim)
        for event in self.records.events.values():
            yield Asset(f"events/{event['event_id']}.json", _json(self.rows_of(event)))
            yield Asset(f"events/{event['event_id']}.csv", self._csv(event))

    # Events

    def _sized(self, events: Rows) -> list[tuple[Row, int]]:
        return [(event, len(self.records.claims_by_event.get(event["event_id"], ()))) for event in events]

    def _events(self) -> Iterator[Page]:
        children = group(self.records.events.values(), "part_of")
        for event in self.records.events.values():
            yield self._event(event, [] if event["event_id"] == CAMPAIGN else children.get(event["event_id"], []))

    def _event(self, event: Row, children: Rows) -> Page:
        name = event["event_id"]
        path = f"events/{name}.md"
        claims = self.records.claims_by_event.get(name, [])
        place = event["place"]
        drawn, caption = self._map(place)
        body = render(
            "event.html",
            path,
            names=self.records,
            event=event,
            claims=claims,
            groups=_groups(claims, self.records),
            silent=[side for side in SIDES if side not in {claim["side"] for claim in claims}],
            participants=self.records.participants.get(name, []),
            disputes=self._disputes(claims),
            known=sorted(((c, (c["known_from"] - event["start_date"]).days) for c in claims), key=lambda pair: pair[0]["known_from"]),
            strip=strip(claims, event["start_date"]) if claims else "",
            children=self._sized(children),
            map=drawn,
            caption=caption,
            citation=f'Event "{name}". In: {self.citation}',
        )  # fmt: skip
        return Page(path, event["title"], body, event["summary"])

    def _map(self, place: Row) -> tuple[Any, str]:
        owner = place["shown_at"]
        if not owner:
            return "", ""
        radius = float(owner["uncertainty_km"] or 0)
        good = f", good to {radius:g} km" if radius else ""
        caption = f"{owner['name']}{good}."
        if owner is not place:
            caption = f"{place['name']} has no point of its own; shown at {caption}"
        drawn = locator(owner["latitude"], owner["longitude"], radius, self.borders, owner["name"], self.towns)
        return drawn, caption

    def _disputes(self, claims: Rows) -> list[tuple[Row, Row, Row]]:
        found = {}
        for claim in claims:
            for relation in (*claim["answers"], *claim["answered_by"]):
                if relation["relation"] == "disputes":
                    found[relation["claim_id"], relation["other_claim_id"]] = relation
        known = self.records.claims
        return [(relation, known[own], known[other]) for (own, other), relation in sorted(found.items())]

    def rows_of(self, event: Row) -> dict[str, Any]:
        """Return the rows behind an event's page, table by table."""
        tables = self.records.package.tables

        def plain(table: str, row: Row) -> Row:
            return {column: row[column] for column in tables[table].columns}

        claims = self.records.claims_by_event.get(event["event_id"], [])
        cited = {c["source_id"]: c["source"] for claim in claims for c in claim["citations"]}
        relations = {
            (r["claim_id"], r["relation"], r["other_claim_id"]): r
            for claim in claims
            for r in (*claim["answers"], *claim["answered_by"])
        }
        return {
            "event": plain("events", event),
            "status": event["status"],
            "participants": [
                plain("participants", row) for row in self.records.participants.get(event["event_id"], ())
            ],
            "claims": [plain("claims", claim) for claim in claims],
            "citations": [plain("citations", c) for claim in claims for c in claim["citations"]],
            "sources": [plain("sources", cited[name]) for name in sorted(cited)],
            "relations": [plain("relations", relations[key]) for key in sorted(relations)],
        }

    def _csv(self, event: Row) -> bytes:
        columns = self.records.package.tables["claims"].columns
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*columns, "side", "sources", "urls"])
        for claim in self.records.claims_by_event.get(event["event_id"], ()):
            names = [cited["source_id"] for cited in claim["citations"]]
            urls = [cited["source"]["url"] for cited in claim["citations"]]
            cells = ["" if claim[column] is None else _cell(claim[column]) for column in columns]
            writer.writerow([*cells, claim["side"], " ".join(names), " ".join(urls)])
        return out.getvalue().encode()

    def _card(self, claim: Row) -> Asset:
        path = f"claims/{claim['claim_id']}/index.html"
        text = f'Claim "{claim["claim_id"]}" of {claim["claimant_id"]}, {claim["claimed_on"]:%Y-%m-%d}. In: {self.citation}'
        html = render(
            "card.html",
            path.removesuffix("/index.html") + ".md",
            names=self.records,
            claim=claim,
            citation=text,
        )
        return Asset(path, str(html).encode())

    # Actors, places, sources

    def _actors(self) -> Iterator[Page]:
        children = group(self.records.actors.values(), "parent_id")
        subjects = group(self.records.claims.values(), "subject_id")
        against, by = self._opponents()
        for name, actor in self.records.actors.items():
            path = f"actors/{name}.md"
            claims = self.records.claims_by_claimant.get(name, [])
            others = sorted({*against.get(name, ()), *by.get(name, ())})
            table = [
                (self.records.actors[o], against.get(name, Counter())[o], by.get(name, Counter())[o]) for o in others
            ]
            body = render(
                "actor.html",
                path,
                names=self.records,
                actor=actor,
                claims=claims,
                children=children.get(name, []),
                parts=self.records.parts_of_actor.get(name, []),
                subject=[claim for claim in subjects.get(name, ()) if claim["claimant_id"] != name],
                opponents=sorted(table, key=lambda row: (-row[1] - row[2], row[0]["actor_id"])),
            )
            yield Page(path, actor["name"], body, f"{actor['name']}: {len(claims)} claims, and what others say of it.")

    def _opponents(self) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
        """Count disputes: of each claimant's claims by others, and by each claimant of others' claims."""
        against: dict[str, Counter[str]] = {}
        by: dict[str, Counter[str]] = {}
        for claim in self.records.claims.values():
            for relation in claim["answers"]:
                other = self.records.claims[relation["other_claim_id"]]["claimant_id"]
                if relation["relation"] == "disputes" and other != claim["claimant_id"]:
                    by.setdefault(claim["claimant_id"], Counter())[other] += 1
                    against.setdefault(other, Counter())[claim["claimant_id"]] += 1
        return against, by

    def _places(self) -> Iterator[Page]:
        children = group(self.records.places.values(), "parent_id")
        events = group(self.records.events.values(), "place_id")
        control = group((c for c in self.records.claims.values() if c["kind"] == "control"), "place_id")
        for name, place in self.records.places.items():
            path = f"places/{name}.md"
            drawn, caption = self._map(place)
            body = render(
                "place.html",
                path,
                names=self.records,
                place=place,
                ancestors=self._ancestors(place),
                children=children.get(name, []),
                control=[claim for claim in control.get(name, ()) if claim["control_status"]],
                events=self._sized(events.get(name, [])),
                map=drawn,
                caption=caption,
            )
            yield Page(path, place["name"], body, f"{place['name']}: events, and who is said to hold it.")

    def _ancestors(self, place: Row) -> Rows:
        found: Rows = []
        up = place["parent_id"]
        while up and all(up != row["place_id"] for row in found):
            found.append(self.records.places[up])
            up = self.records.places[up]["parent_id"]
        return found[::-1]

    def _publishers(self) -> Iterator[Page]:
        sources = group(self.records.sources.values(), "publisher_id")
        for name, publisher in self.records.publishers.items():
            path = f"sources/{name}.md"
            own = sorted(
                sources.get(name, ()), key=lambda row: (row["published_on"] or datetime.date.max, row["source_id"])
            )
            carried = [(source, self.records.claims_by_source.get(source["source_id"], [])) for source in own]
            body = render("publisher.html", path, names=self.records, publisher=publisher, sources=carried)
            yield Page(path, publisher["name"], body, f"{len(own)} documents of {publisher['name']}.", searched=False)

    # Indexes

    def _indexes(self) -> Iterator[Page]:
        by_month = group(({**e, "month": f"{e['start_date']:%Y-%m}"} for e in self.records.events.values()), "month")
        by_type = group(self.records.events.values(), "event_type")
        keys = sorted(by_month)
        titles = {key: day(datetime.date.fromisoformat(f"{key}-01"), "month") for key in keys}
        for at, key in enumerate(keys):
            before = (f"months/{keys[at - 1]}/", titles[keys[at - 1]]) if at else None
            after = (f"months/{keys[at + 1]}/", titles[keys[at + 1]]) if at + 1 < len(keys) else None
            yield self._list(f"months/{key}.md", f"Events of {titles[key]}", "", by_month[key], before, after)
        for key, kind in self.records.types.items():
            yield self._list(f"types/{key}.md", kind["label"], kind["definition"], by_type.get(key, []))
        path = "events/index.md"
        body = render(
            "events.html",
            path,
            names=self.records,
            events=self._sized(list(self.records.events.values())),
            months=[(key, titles[key], len(by_month[key])) for key in keys],
            types=[(kind, len(by_type[key])) for key, kind in self.records.types.items() if key in by_type],
        )
        yield Page(path, "Events", body, "All events by month and type.")
        yield self._actor_index()
        yield self._place_index()
        yield self._source_index()

    def _list(
        self, path: str, title: str, text: str, events: Rows,
        before: tuple[str, str] | None = None, after: tuple[str, str] | None = None,
    ) -> Page:  # fmt: skip
        body = render(
            "list.html", path, names=self.records, title=title, text=text, events=self._sized(events),
            before=before, after=after,
        )  # fmt: skip
        return Page(path, title, body, text or f"{len(events)} events.")

    def _actor_index(self) -> Page:
        path = "actors/index.md"
        groups = []
        for side, title in SIDES.items():
            found = [
                (
                    actor,
                    len(self.records.claims_by_claimant.get(name, ())),
                    len(self.records.parts_of_actor.get(name, ())),
                )
                for name, actor in self.records.actors.items()
                if actor["side"] == side
            ]
            groups.append((side, title, sorted(found, key=lambda row: (-row[1], -row[2], row[0]["name"]))))
        body = render("actors.html", path, names=self.records, groups=groups)
        return Page(path, "Actors", body, "Everyone who acts, suffers or claims.")

    def _place_index(self) -> Page:
        path = "places/index.md"
        events = Counter(event["place_id"] for event in self.records.events.values())
        control = Counter(c["place_id"] for c in self.records.claims.values() if c["control_status"])
        found = [
            (place, self.records.places[place["parent_id"]]["name"] if place["parent_id"] else "", events[name], control[name])
            for name, place in sorted(self.records.places.items(), key=lambda item: item[1]["name"])
        ]  # fmt: skip
        points = [
            (name, place["name"], place["latitude"], place["longitude"], events[name])
            for name, place in self.records.places.items()
            if place["latitude"] is not None
        ]
        drawn = overview_map(points, self.borders, "../")
        body = render("places.html", path, names=self.records, found=found, map=drawn)
        return Page(path, "Places", body, "Every place, with its names, events and claims of control.")

    def _source_index(self) -> Page:
        path = "sources/index.md"
        sources = group(self.records.sources.values(), "publisher_id")
        found = []
        for name, publisher in sorted(self.records.publishers.items(), key=lambda item: item[1]["name"].casefold()):
            own = sources.get(name, [])
            carried = {c["claim_id"] for row in own for c in self.records.claims_by_source.get(row["source_id"], ())}
            found.append((publisher, len(own), len(carried)))
        body = render("sources.html", path, names=self.records, found=found, total=len(self.records.sources))
        return Page(path, "Sources", body, "Every publisher and document that carries a claim.")


def _groups(claims: Rows, records: Records) -> list[tuple[str, Rows]]:
    """Return the claims in one group, or, where they are many, by measure and kind."""
    if len(claims) <= MANY:
        return [("", claims)]
    found: dict[str, Rows] = {}
    for claim in claims:
        title = (
            records.measures[claim["measure"]]["label"]
            if claim["measure"]
            else records.label("claims", "kind", claim["kind"])
        )
        found.setdefault(title, []).append(claim)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def citation(records: Records) -> str:
    """Return how to cite the dataset; the same words as `kursk_events.cite`."""
    about = records.citation
    authors = " and ".join(
        author.get("name") or f"{author['family-names']}, {author['given-names']}"
        for author in about.get("authors", ())
    )
    year = str(about.get("date-released", ""))[:4]
    what = f"version {records.package.version}, data as of {records.last_day}"
    return f"{authors} ({year}): {records.package.title}, {what}, sha256 {records.identity[:16]}."


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _cell(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value).removesuffix(".0")


def read_borders(docs: Path) -> Lines:
    """Return the state borders that the explorer's build cut out, or none."""
    path = docs / "assets" / "explorer" / "border.json"
    found: Lines = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return found
