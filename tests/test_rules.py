"""Every rule with a bad row and its passing twin.

A case edits the tiny package, names the rule that must speak, and the row and column that it must name. The tiny
package itself is clean (see test_check.py), which makes it the twin of every case; where the near miss is
subtle, a twin of its own stands in NEAR_MISSES.
"""

from collections.abc import Callable

import pandas as pd
import pytest

from conftest import Tiny
from kursk_events.check import check
from kursk_events.rules import RULES

TODAY = pd.Timestamp("2026-11-23")
Edit = Callable[[Tiny], object]


def claim(tiny: Tiny, claim_id: str, like: str = "mod-losses", **cells: str) -> Tiny:
    """Add a claim with a citation."""
    tiny.add("claims", like, claim_id=claim_id, **cells)
    return tiny.add("citations", "", claim_id=claim_id, source_id="south-1", relay="relay")


def relate(tiny: Tiny, own: str, relation: str, other: str, explicit: str = "false") -> Tiny:
    return tiny.add("relations", "", claim_id=own, relation=relation, other_claim_id=other, explicit=explicit)


def point(tiny: Tiny, place: str, latitude: str, longitude: str) -> Tiny:
    return tiny.edit(
        "places",
        place,
        latitude=latitude,
        longitude=longitude,
        uncertainty_km="1",
        coordinate_source="Survey, CC BY 4.0",
    )


def village(tiny: Tiny, place: str, latitude: str, longitude: str, parent: str = "sudzhansky-district") -> Tiny:
    tiny.add("places", "gornal", place_id=place, name=place, parent_id=parent)
    tiny.add("events", "gornal-2025-04-26", event_id=f"event-{place}", place_id=place)
    claim(tiny, f"claim-{place}", "mod-taken", event_id=f"event-{place}", place_id=place)
    return point(tiny, place, latitude, longitude)


BREACHES: list[tuple[str, str, str, str, Edit]] = [
    ("R101", "claims", "mod-losses", "measure", lambda t: t.edit("claims", "mod-losses", subject_id="")),
    ("R101", "claims", "mod-losses", "measure", lambda t: t.edit("claims", "mod-losses", bound="", value_low="", scope="")),
    ("R102", "claims", "mod-losses", "bound", lambda t: t.edit("claims", "mod-losses", value="76000")),
    ("R102", "claims", "mod-losses", "bound", lambda t: t.edit("claims", "mod-losses", bound="verbal")),
    ("R103", "claims", "mod-losses", "category", lambda t: t.edit("claims", "mod-losses", category="tank")),
    ("R103", "claims", "mod-losses", "category", lambda t: t.edit("claims", "mod-losses", measure="equipment_lost")),
    ("R103", "claims", "mod-losses", "category", lambda t: t.edit("claims", "mod-losses", measure="area_held")),
    ("R104", "claims", "x", "category", lambda t: claim(t, "x", "mod-taken", kind="means", control_status="")),
    ("R105", "claims", "x", "subject_id", lambda t: claim(t, "x", "mod-taken", kind="attribution", control_status="")),
    ("R106", "claims", "mod-taken", "control_status", lambda t: t.edit("claims", "mod-taken", place_id="")),
    ("R107", "claims", "mod-taken", "kind", lambda t: t.edit("claims", "mod-taken", kind="occurrence")),
    ("R107", "claims", "mod-taken", "kind", lambda t: t.edit("claims", "mod-taken", subject_id="rus-mod")),
    ("R108", "claims", "mod-losses", "value_low", lambda t: t.edit("claims", "mod-losses", bound="range", value_high="70000")),
    ("R109", "claims", "mod-losses", "value", lambda t: t.edit("claims", "mod-losses", value_low="76000.5")),
    ("R110", "claims", "mod-losses", "value", lambda t: t.edit("claims", "mod-losses", measure="area_held_share", category="", value_low="101")),
    ("R111", "claims", "mod-losses", "scope", lambda t: t.edit("claims", "mod-losses", scope="snapshot")),
    ("R111", "claims", "mod-losses", "scope", lambda t: t.edit("claims", "mod-losses", valid_to="")),
    ("R112", "claims", "mod-losses", "event_id", lambda t: claim(t.add("events", "kursk-campaign", event_id="phase"), "y", "mod-taken", event_id="phase").edit("claims", "mod-losses", event_id="phase")),
    ("R201", "events", "gornal-2025-04-26", "end_date", lambda t: t.edit("events", "gornal-2025-04-26", end_date="2025-04-25")),
    ("R202", "claims", "mod-taken", "valid_to", lambda t: t.edit("claims", "mod-taken", valid_to="2025-04-25")),
    ("R203", "events", "gornal-2025-04-26", "start_date", lambda t: t.edit("events", "kursk-campaign", end_date="2025-04-25")),
    ("R204", "claims", "mod-taken", "claimed_on", lambda t: t.edit("claims", "mod-taken", valid_from="2025-04-28")),
    ("R205", "citations", "staff-held", "source_id", lambda t: t.edit("claims", "staff-held", claimed_on="2025-04-29")),
    ("R206", "sources", "north-1", "published_precision", lambda t: t.edit("sources", "north-1", published_precision="")),
    ("R207", "events", "gornal-2025-04-26", "start_date", lambda t: [t.edit("events", "gornal-2025-04-26", start_date="2026-09-01", end_date="2026-09-01"), t.edit("claims", "mod-taken", claimed_on="2026-09-01", valid_from="2026-09-01"), t.edit("claims", "staff-held", claimed_on="2026-09-02"), t.edit("claims", "mod-losses", claimed_on="2026-09-02"), t.edit("sources", "north-1", published_on="2026-09-02"), t.edit("sources", "south-1", published_on="2026-09-02")]),
    ("R208", "sources", "north-1", "published_on", lambda t: t.edit("sources", "north-1", kind="map")),
    ("R209", "sources", "north-1", "published_on", lambda t: t.edit("sources", "north-1", url="https://north.example/2025/04/12/x")),
    ("R301", "claims", "mod-losses", "claim_id", lambda t: t.drop("citations", "mod-losses")),
    ("R302", "events", "empty", "event_id", lambda t: t.add("events", "gornal-2025-04-26", event_id="empty", start_date="2025-04-27", end_date="")),
    ("R303", "sources", "extra", "source_id", lambda t: t.add("sources", "north-1", source_id="extra", url="https://north.example/2")),
    ("R304", "places", "extra", "place_id", lambda t: t.add("places", "gornal", place_id="extra")),
    ("R305", "actors", "extra", "actor_id", lambda t: t.add("actors", "rus-mod", actor_id="extra")),
    ("R306", "publishers", "extra", "publisher_id", lambda t: t.add("publishers", "north", publisher_id="extra", hosts="extra.example")),
    ("R307", "retired", "claims", "id", lambda t: t.add("retired", "", table="claims", id="mod-taken", retired_in="0.2.0", reason="Doubled")),
    ("R307", "retired", "claims", "id", lambda t: t.add("retired", "", table="claims", id="old", retired_in="0.2.0", reason="Doubled", replaced_by="nowhere")),
    ("R401", "relations", "staff-held", "relation", lambda t: t.edit("relations", "staff-held", relation="corrects")),
    ("R402", "relations", "x", "relation", lambda t: relate(claim(t, "x", claimed_on="2025-04-27"), "x", "retracts", "mod-losses")),
    ("R403", "relations", "x", "relation", lambda t: relate(claim(t, "x", claimed_on="2025-04-27"), "x", "confirms", "mod-losses")),
    ("R404", "relations", "x", "explicit", lambda t: relate(claim(t, "x", claimed_on="2025-04-27"), "x", "disputes", "mod-losses", "true")),
    ("R405", "relations", "x", "relation", lambda t: relate(claim(t, "x", claimed_on="2025-04-27", value_low="5", category="unknown"), "x", "component_of", "mod-losses")),
    ("R406", "relations", "x", "relation", lambda t: relate(claim(t.edit("claims", "mod-losses", bound="exact", value_low="", value="10"), "x", "mod-losses", bound="exact", value="11", measure="killed"), "x", "component_of", "mod-losses")),
    ("R407", "relations", "staff-held", "claim_id", lambda t: t.edit("claims", "staff-held", claimed_on="2025-04-25")),
    ("R408", "relations", "mod-taken", "claim_id", lambda t: [t.edit("claims", "mod-taken", claimed_on="2025-04-27"), relate(t, "mod-taken", "disputes", "staff-held")]),
    ("R409", "relations", "staff-held", "other_claim_id", lambda t: [t.edit("relations", "staff-held", other_claim_id="staff-held", explicit="false")]),
    ("R410", "relations", "x", "claim_id", lambda t: relate(relate(claim(t, "x"), "x", "repeats", "mod-losses"), "mod-losses", "repeats", "x")),
    ("R411", "claims", "x", "value", lambda t: claim(t, "x", claimed_on="2025-04-27", valid_to="2025-04-27", bound="exact", value_low="", value="70000")),
    ("R411", "claims", "x", "value", lambda t: claim(t, "x", claimed_on="2025-04-27", valid_to="2025-04-27", bound="exact", value_low="", value="70000", place_id="kursk-oblast", valid_from="2024-08-06")),
    ("R501", "sources", "north-1", "url", lambda t: t.edit("sources", "north-1", url="https://north.example/1?utm_source=x")),
    ("R502", "sources", "north-2", "url", lambda t: t.add("sources", "north-1", source_id="north-2").add("citations", "mod-losses", source_id="north-2")),
    ("R503", "sources", "north-1", "url", lambda t: t.edit("sources", "north-1", url="https://notnorth.example/1")),
    ("R504", "publishers", "south", "hosts", lambda t: t.edit("publishers", "south", hosts="south.example north.example")),
    ("R601", "places", "gornal", "latitude", lambda t: point(t, "gornal", "51.1", "")),
    ("R602", "places", "kursk-oblast", "latitude", lambda t: point(t, "kursk-oblast", "51.1", "35.2")),
    ("R603", "places", "gornal", "latitude", lambda t: point(t, "gornal", "35.2", "51.1")),
    ("R604", "places", "far", "latitude", lambda t: village(village(village(point(t, "gornal", "51.1", "35.2"), "one", "51.1", "35.3"), "two", "51.2", "35.2"), "far", "51.9", "37")),
    ("R605", "places", "gornal", "parent_id", lambda t: t.edit("places", "gornal", parent_id="gornal")),
    ("R606", "actors", "rus-mod", "parent_id", lambda t: t.edit("actors", "rus-mod", parent_id="rus-mod")),
    ("R607", "events", "kursk-campaign", "part_of", lambda t: t.edit("events", "kursk-campaign", part_of="kursk-campaign")),
    ("R701", "publishers", "north", "note", lambda t: t.edit("publishers", "north", note="Organ of the regime")),
    ("R702", "sources", "north-1", "note", lambda t: t.edit("sources", "north-1", note="On the incursion")),
    ("R703", "actors", "rus-mod", "note", lambda t: t.edit("actors", "rus-mod", note="Militants")),
    ("R704", "places", "gornal", "note", lambda t: t.edit("places", "gornal", note="Occupied for a time")),
    ("R705", "event_types", "capture", "label", lambda t: t),
    ("R706", "measures", "area_held", "label", lambda t: t),
    ("R707", "events", "gornal-2025-04-26", "title", lambda t: t.edit("events", "gornal-2025-04-26", title="Liberation of Gornal")),
    ("R708", "events", "gornal-2025-04-26", "summary", lambda t: t.edit("events", "gornal-2025-04-26", summary="The invaders left.")),
    ("R709", "events", "gornal-2025-04-26", "note", lambda t: t.edit("events", "gornal-2025-04-26", note="An INVASION")),
    ("R710", "claims", "mod-taken", "statement", lambda t: t.edit("claims", "mod-taken", statement="Said that Gornal was liberated.")),
    ("R711", "claims", "mod-taken", "note", lambda t: t.edit("claims", "mod-taken", note="The aggressor state")),
    ("R712", "relations", "staff-held", "note", lambda t: t.edit("relations", "staff-held", note="Against terrorists")),
    ("R801", "events", "twin", "event_id", lambda t: claim(t.add("events", "gornal-2025-04-26", event_id="twin"), "x", "mod-taken", event_id="twin")),
]  # fmt: skip
LABELS = {
    "R705": ("event_types", "capture,Capture,", "capture,Occupation,"),
    "R706": ("measures", "area_held,Area held,", "area_held,Area occupied,"),
}


@pytest.mark.parametrize(
    ("code", "table", "key", "column", "edit"), BREACHES, ids=[f"{b[0]}-{n}" for n, b in enumerate(BREACHES)]
)
def test_a_breach_is_found(tiny: Tiny, code: str, table: str, key: str, column: str, edit: Edit) -> None:
    edit(tiny)
    tiny.write()
    if code in LABELS:
        name, old, new = LABELS[code]
        path = tiny.root / "data" / f"{name}.csv"
        path.write_text(path.read_text().replace(old, new))
    findings = check(tiny.root, TODAY).findings
    assert code in {f.code for f in findings}, findings
    finding = next(f for f in findings if f.code == code and f.record.split(" ")[0] == key)
    assert (finding.file, finding.column) == (f"data/{table}.csv", column)
    assert finding.line == tiny.line(table, key)
    assert finding.severity == RULES[code].severity
    assert {f.code for f in findings} <= {code, *EXPECTED_WITH.get(code, set())}, findings


# Findings that a breach cannot be had without.
EXPECTED_WITH = {"R605": {"R304"}}

NEAR_MISSES: list[tuple[str, Edit]] = [
    ("a denial may leave bound, scope and values empty", lambda t: claim(t, "x", "mod-losses", claimant_id="ukr-staff", stance="denies", bound="", value_low="", scope="", valid_to="")),
    ("a page may be printed one day before, where time zones differ", lambda t: t.edit("claims", "staff-held", claimed_on="2025-04-28")),
    ("a month's precision reaches to its last day", lambda t: t.edit("sources", "south-1", published_on="2025-04-01", published_precision="month")),
    ("a denial may come before the day that it speaks of", lambda t: t.edit("claims", "staff-held", valid_from="2025-05-09")),
    ("a planned figure lies ahead", lambda t: t.edit("claims", "mod-losses", scope="planned", valid_from="2025-06-01", valid_to="2025-06-30")),
    ("the word of a claimant may stand in quotation marks", lambda t: t.edit("claims", "mod-taken", statement='Said that Gornal was "liberated".')),
    ("names and legal terms may stand", lambda t: t.edit("claims", "mod-taken", statement="Spoke of the counter-terrorist operation regime and the Special Operations Forces.")),
    ("a regiment is no regime", lambda t: t.edit("claims", "mod-taken", statement="Said that a regiment took Gornal.")),
    ("a headline is a citation", lambda t: t.edit("sources", "north-1", title="=Gornal liberated")),
    ("an office-holder updates its body", lambda t: relate(claim(t, "x", claimant_id="rus-spokesman", claimed_on="2025-04-27", valid_to="2025-04-27", value_low="77000"), "x", "updates", "mod-losses")),
    ("a mutual dispute may be explicit on both sides", lambda t: [t.edit("claims", "mod-taken", claimed_on="2025-04-27"), relate(t, "mod-taken", "disputes", "staff-held", "true")]),
    ("a corrected total may fall", lambda t: relate(claim(t, "x", claimed_on="2025-04-27", valid_to="2025-04-27", bound="exact", value_low="", value="70000"), "x", "corrects", "mod-losses")),
    ("a path belongs to a publisher of its own", lambda t: t.edit("sources", "south-1", url="https://t.me/south/12")),
    ("a query or a fragment is no part of the path", lambda t: t.edit("sources", "south-1", url="https://t.me/south?before=12#post")),
    ("a subdomain lies under its host", lambda t: t.edit("sources", "north-1", url="https://www.en.north.example/1")),
    ("a part as large as its whole", lambda t: relate(claim(t.edit("claims", "mod-losses", bound="exact", value_low="", value="10"), "x", "mod-losses", value="10", measure="killed"), "x", "component_of", "mod-losses")),
]  # fmt: skip


@pytest.mark.parametrize("edit", [n[1] for n in NEAR_MISSES], ids=[n[0] for n in NEAR_MISSES])
def test_a_near_miss_passes(tiny: Tiny, edit: Edit) -> None:
    edit(tiny)
    tiny.write()
    assert check(tiny.root, TODAY).findings == []


def test_every_rule_is_broken_by_a_case() -> None:
    tested = {breach[0] for breach in BREACHES}
    assert set(RULES) - tested == {code for code in RULES if code.startswith("R9")}  # R9: see test_check.py


def test_rules_say_what_and_why() -> None:
    for rule in RULES.values():
        assert rule.title and rule.reason.endswith(".") and rule.hint.endswith("."), rule.code
        assert rule.columns, rule.code
