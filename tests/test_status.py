"""The status of an event: a truth table of cases made by hand.

A case gives the claims of one event in order of their days, each as "claimant kind stance", then the relations between
them by number ("2 disputes 1"), and the status that follows. Claimants: kp (North Korea), ru, ru2, ua, ua2, no.
"""

import pandas as pd
import pytest

from conftest import Tiny

ACTORS = {"kp": "KP", "ru": "RU", "ru2": "RU", "ua": "UA", "ua2": "UA", "no": "none"}

TRUTH_TABLE: list[tuple[str, list[str], list[str], str | None]] = [
    ("nobody claims anything", [], [], None),
    ("only a figure", ["ru quantity asserts"], [], None),
    ("only a captive speaks", ["ru occurrence asserts captive"], [], None),
    ("one claimant", ["ru occurrence asserts"], [], "one_sided"),
    ("two claimants of one side", ["ru occurrence asserts", "ru2 occurrence asserts"], [], "one_sided"),
    ("North Korea and Russia are one camp", ["kp occurrence asserts", "ru control asserts"], [], "one_sided"),
    ("a claimant of no side alone", ["no occurrence assesses"], [], "one_sided"),
    ("one claimant declines", ["ua occurrence declines"], [], "one_sided"),
    ("sides that fight each other", ["ru occurrence asserts", "ua occurrence assesses"], [], "corroborated"),
    ("a side and a claimant of no side", ["ua control asserts", "no control assesses"], [], "corroborated"),
    ("North Korea and Ukraine", ["kp attribution asserts", "ua occurrence asserts"], [], "corroborated"),
    ("a captive does not corroborate", ["ua occurrence asserts", "ru occurrence asserts captive"], [], "one_sided"),
    ("a decline does not corroborate", ["ua occurrence asserts", "ru occurrence declines"], [], "one_sided"),
    ("a side acknowledges", ["ua occurrence asserts", "ru occurrence acknowledges"], [], "acknowledged"),
    ("acknowledged, nobody else", ["kp attribution acknowledges"], [], "acknowledged"),
    ("another claimant denies", ["ru control asserts", "ua control denies"], [], "disputed"),
    ("denied on its own side", ["ru occurrence asserts", "ru2 occurrence denies"], [], "disputed"),
    ("dispute goes before acknowledgement",
     ["ua occurrence asserts", "ru occurrence acknowledges", "ru2 occurrence denies"], [], "disputed"),
    ("a denial with nothing to deny", ["ua control denies"], [], "one_sided"),
    ("a claimant who denies its own word", ["ru occurrence asserts", "ru occurrence denies"], [], "one_sided"),
    ("two assertions that cannot both hold",
     ["ru control asserts", "ua control asserts"], ["2 disputes 1"], "disputed"),
    ("a dispute within one claimant", ["ru control asserts", "ru control asserts"], ["2 disputes 1"], "one_sided"),
    ("a dispute over a figure only",
     ["ru occurrence asserts", "ua occurrence asserts", "ua quantity denies"], ["3 disputes 1"], "corroborated"),
    ("the denial is retracted",
     ["ua occurrence asserts", "ru occurrence denies", "ru occurrence withdraws"], ["3 retracts 2"], "one_sided"),
    ("the denial is withdrawn",
     ["ua occurrence asserts", "ru occurrence denies", "ru occurrence withdraws"], [], "one_sided"),
    ("the denial is withdrawn and the matter acknowledged",
     ["ua occurrence asserts", "ru occurrence denies", "ru occurrence withdraws", "ru occurrence acknowledges"],
     [], "acknowledged"),
    ("the assertion is retracted", ["ru occurrence asserts", "ua occurrence denies", "ru occurrence denies"],
     ["3 retracts 1"], "one_sided"),
    ("a withdrawal alone is no claim on the event", ["ru occurrence withdraws"], [], None),
    ("a withdrawal before the denial takes nothing back",
     ["ua occurrence asserts", "ru occurrence withdraws", "ru occurrence denies"], [], "disputed"),
]  # fmt: skip


def event(tiny: Tiny, claims: list[str], relations: list[str]) -> Tiny:
    """Leave one event, with the claims of a case on consecutive days."""
    for table in ("actors", "claims", "citations", "participants", "relations"):
        tiny.tables[table].clear()
    tiny.drop("events", "kursk-campaign").edit("events", "gornal-2025-04-26", part_of="")
    for actor, side in ACTORS.items():
        tiny.add("actors", actor_id=actor, name=actor, kind="state", side=side)
    for number, claim in enumerate(claims, 1):
        claimant, kind, stance, *voice = claim.split()
        tiny.add(
            "claims", claim_id=str(number), event_id="gornal-2025-04-26", kind=kind, claimant_id=claimant,
            stance=stance, claimed_on=f"2025-04-{number:02}", claimed_precision="day",
            voice=voice[0] if voice else "official_release", statement="Said so.",
        )  # fmt: skip
    for relation in relations:
        own, term, other = relation.split()
        tiny.add("relations", claim_id=own, relation=term, other_claim_id=other, explicit="false")
    return tiny


@pytest.mark.parametrize(
    ("claims", "relations", "status"), [case[1:] for case in TRUTH_TABLE], ids=[c[0] for c in TRUTH_TABLE]
)
def test_status(tiny: Tiny, claims: list[str], relations: list[str], status: str | None) -> None:
    found = event(tiny, claims, relations).dataset().status()
    assert found.index.tolist() == ["gornal-2025-04-26"]
    assert (None if pd.isna(found.iloc[0]) else found.iloc[0]) == status


def test_a_dispute_between_two_events_touches_both(tiny: Tiny) -> None:
    event(tiny, ["ru occurrence asserts", "ua occurrence asserts"], ["2 disputes 1"])
    tiny.add("events", "gornal-2025-04-26", event_id="other").edit("claims", "2", event_id="other")
    assert tiny.dataset().status().to_dict() == {"gornal-2025-04-26": "disputed", "other": "disputed"}


def test_status_is_computed_anew_on_an_earlier_day(tiny: Tiny) -> None:
    assert tiny.dataset().status()["gornal-2025-04-26"] == "disputed"
    assert tiny.dataset().as_known("2025-04-26").status()["gornal-2025-04-26"] == "one_sided"
