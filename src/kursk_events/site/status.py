"""The truth table of the event status: cases of claims, each put through the real function."""

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from kursk_events.sides import SIDES
from kursk_events.site.render import STATUS
from kursk_events.status import event_status


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of a case: who, with what stance, on which day of the month."""

    side: str
    stance: str
    on: int = 1
    kind: str = "occurrence"
    voice: str = "official_release"
    who: str = ""

    @property
    def claimant(self) -> str:
        """The claimant's id."""
        return self.who or f"{self.side}-speaker"


@dataclass(frozen=True, slots=True)
class Case:
    """Claims on one event, and the relations between them by their places."""

    text: str
    claims: tuple[Said, ...]
    relations: tuple[tuple[int, str, int], ...] = ()


UA, RU, KP, NONE = Said("UA", "asserts"), Said("RU", "asserts"), Said("KP", "asserts"), Said("none", "asserts")
CASES = (
    Case("nobody speaks of it", ()),
    Case("only a number is claimed", (Said("UA", "asserts", kind="quantity"),)),
    Case("one side asserts it", (UA,)),
    Case("a claimant of no side asserts it", (NONE,)),
    Case("two claimants of one side assert it", (UA, Said("UA", "asserts", who="UA-other"))),
    Case("North Korea and Russia assert it: one camp", (KP, RU)),
    Case("both sides assert it", (RU, UA)),
    Case("North Korea and Ukraine assert it", (KP, UA)),
    Case("a side asserts it, a claimant of no side too", (NONE, RU)),
    Case("an estimate counts as an assertion", (RU, Said("none", "assesses"))),
    Case("a captive’s words are not read", (RU, Said("UA", "asserts", voice="captive"))),
    Case("one asserts, the other acknowledges", (UA, Said("RU", "acknowledges", 5))),
    Case("one asserts, the other denies", (UA, Said("RU", "denies"))),
    Case("somebody of the same side denies", (UA, Said("UA", "denies", who="UA-other"))),
    Case("the same claimant first asserts, then denies", (UA, Said("UA", "denies", 5))),
    Case("the other side declines to comment", (UA, Said("RU", "declines"))),
    Case("the denial is withdrawn later", (UA, Said("RU", "denies", 2), Said("RU", "withdraws", 5))),
    Case("the assertion is withdrawn later", (UA, Said("RU", "denies", 2), Said("UA", "withdraws", 5))),
    Case("the denial is retracted, then acknowledged", (UA, Said("RU", "denies", 2), Said("RU", "acknowledges", 5)), ((2, "retracts", 1),)),
    Case("denied by one, acknowledged by another", (UA, Said("RU", "denies"), Said("RU", "acknowledges", 5, who="RU-other"))),
    Case("one asserts something that disputes the other", (UA, RU), ((1, "disputes", 0),)),
    Case("a denial alone, with nothing asserted", (Said("RU", "denies"),)),
)  # fmt: skip


def statuses(cases: tuple[Case, ...] = CASES) -> list[str | None]:
    """Return the status that `kursk_events.status.event_status` gives each case."""
    events, claims, relations = [], [], []
    for at, case in enumerate(cases):
        events.append({"event_id": f"e{at}"})
        for place, said in enumerate(case.claims):
            claims.append(
                {
                    "claim_id": f"e{at}-{place}",
                    "event_id": f"e{at}",
                    "kind": said.kind,
                    "claimant_id": said.claimant,
                    "stance": said.stance,
                    "voice": said.voice,
                    "claimed_on": pd.Timestamp(2025, 4, said.on),
                }
            )
        for own, relation, other in case.relations:
            relations.append({"claim_id": f"e{at}-{own}", "relation": relation, "other_claim_id": f"e{at}-{other}"})
    actors = {said.claimant: said.side for case in cases for said in case.claims}
    found = event_status(
        pd.DataFrame(events),
        pd.DataFrame(claims),
        pd.DataFrame(relations, columns=["claim_id", "relation", "other_claim_id"]),
        pd.DataFrame({"actor_id": list(actors), "side": list(actors.values())}),
    )
    return [None if pd.isna(value) else str(value) for value in found]


def truth_table() -> Markup:
    """Return the cases and the status of each as a table."""
    rows = [
        Markup('<tr><td>{}</td><td>{}</td><td><span class="chip status {}">{}</span></td></tr>').format(
            case.text, _claims(case), status or "unclaimed", STATUS[status][0]
        )
        for case, status in zip(CASES, statuses(), strict=True)
    ]
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="Truth table"><table class="grid"><thead><tr><th>Case</th><th>Claims</th><th>Status</th></tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(Markup("").join(rows))


def _claims(case: Case) -> str:
    """Say who claims what in a case."""
    said = [
        f"{SIDES[s.side]}{' (another)' if s.who else ''} {s.stance}{' a number' if s.kind == 'quantity' else ''}"
        f"{' (captive)' if s.voice == 'captive' else ''}"
        for s in case.claims
    ]
    links = [f"the {_ORDINAL[own]} {relation} the {_ORDINAL[other]}" for own, relation, other in case.relations]
    return "; ".join([*said, *links]) or "none"


_ORDINAL = ("first", "second", "third")
