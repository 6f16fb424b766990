"""Who held a place, according to whom: the word of each claimant as intervals of days.

A claimant's word stands until the same claimant says otherwise; what a rival says never ends it. Claims are taken in
the order in which they were said, and each replaces the claimant's earlier word for the days that it speaks of.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, groupby

import pandas as pd

from kursk_events.ids import Tables, require_id
from kursk_events.lookup import look_up
from kursk_events.sides import side_of
from kursk_events.status import ASSERTING

DAY = pd.Timedelta(days=1)
COLUMNS = [
    "place_id", "claimant_id", "side", "valid_from", "valid_to", "says", "control_status", "stance", "claim_id",
    "claim_ids", "last_said", "ended_by",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """What a claimant says of a place for a span of days.

    Attributes:
        place_id: The place.
        claimant_id: Who says it.
        start: First day.
        end: Last day; missing where the word still stands.
        says: Pairs of control status and stance; several where the claimant said them on one day, none in a withdrawal.
        grounds: The claims that say it.
        in_keeping: Further claims of the claimant that leave it as it is.
        said: Day of the last of these claims.
        ended_by: The claim, of the same claimant, that ends it; empty where none does.

    """

    place_id: str
    claimant_id: str
    start: pd.Timestamp
    end: pd.Timestamp | None
    says: frozenset[tuple[str, str]]
    grounds: tuple[str, ...]
    said: pd.Timestamp
    in_keeping: tuple[str, ...] = ()
    ended_by: str = ""

    def covers(self, day: pd.Timestamp) -> bool:
        """Say whether the word stands on a day."""
        return self.start <= day and (self.end is None or day <= self.end)

    def holds(self) -> set[str]:
        """Return the statuses that it asserts."""
        return {status for status, stance in self.says if stance in ASSERTING}

    def rejects(self) -> set[str]:
        """Return the statuses that it denies."""
        return {status for status, stance in self.says if stance == "denies"}

    def text(self) -> str:
        """Return the word in short: ``ru_held``, ``not ru_held``, ``declines ru_held``; several joined by a slash."""
        lead = {"denies": "not ", "declines": "declines "}
        return " / ".join(dict.fromkeys(lead.get(stance, "") + status for status, stance in sorted(self.says)))


@dataclass(frozen=True, slots=True)
class _Claim:
    claim_id: str
    place_id: str
    claimant_id: str
    stance: str
    status: str
    said: pd.Timestamp
    start: pd.Timestamp
    end: pd.Timestamp | None

    def span(self) -> tuple[pd.Timestamp, pd.Timestamp, pd.Timestamp]:
        return self.said, self.start, self.end or pd.Timestamp.max


@dataclass(frozen=True, slots=True)
class _Answer:
    claim_id: str
    relation: str
    other_claim_id: str
    said: pd.Timestamp


def control(tables: Tables, place: str, according_to: str | None = None) -> pd.DataFrame:
    """Return the intervals of a place; `Dataset.control` lists the columns."""
    require_id(tables, "places", place)
    claims = tables["claims"][tables["claims"]["place_id"].eq(place)]
    if according_to is not None:
        require_id(tables, "actors", according_to)
        claims = claims[claims["claimant_id"].eq(according_to)]
    return _frame(words(claims, tables), tables)


def control_matrix(tables: Tables, day: pd.Timestamp, within_days: int | None = None) -> pd.DataFrame:
    """Return the words that stand on a day, place by claimant; `Dataset.control_matrix` lists the columns."""
    standing = [word for word in words(tables["claims"], tables) if word.covers(day)]
    if within_days is not None:
        standing = [word for word in standing if day - word.said <= within_days * DAY]
    rows = _frame(standing, tables)
    matrix = rows.pivot(index="place_id", columns="claimant_id", values="says").astype("string")
    by_side = rows[["side", "claimant_id"]].drop_duplicates().sort_values(["side", "claimant_id"])
    matrix = matrix[by_side["claimant_id"].tolist()].rename_axis(columns=None)
    disagree = [_disagree([word for word in standing if word.place_id == place]) for place in matrix.index]
    matrix.insert(0, "disagreement", pd.Series(disagree, index=matrix.index, dtype="bool"))
    return matrix


def words(claims: pd.DataFrame, tables: Tables) -> list[Word]:
    """Return the words of the claimants about the places of some claims, by place, claimant and day."""
    stated = claims[claims["kind"].eq("control")].sort_values(["place_id", "claimant_id", "claimed_on", "claim_id"])
    answers = _answers(tables)
    by_word = groupby(_claims(stated), key=lambda claim: (claim.place_id, claim.claimant_id))
    return [word for _, own in by_word for word in _timeline(list(own), answers)]


def _claims(stated: pd.DataFrame) -> Iterator[_Claim]:
    ends = [None if pd.isna(end) else end for end in stated["valid_to"]]
    starts = stated["valid_from"].fillna(stated["claimed_on"])
    columns = [
        stated[name] for name in ("claim_id", "place_id", "claimant_id", "stance", "control_status", "claimed_on")
    ]
    yield from map(_Claim, *columns, starts, ends)


def _answers(tables: Tables) -> list[_Answer]:
    """Return which of its own claims a claimant updates, corrects or retracts, and on what day."""
    rows = tables["relations"][tables["relations"]["relation"].isin(["updates", "corrects", "retracts"])]
    claims = tables["claims"].set_index("claim_id")
    own = look_up(rows["claim_id"], claims["claimant_id"])
    other = look_up(rows["other_claim_id"], claims["claimant_id"])
    rows = rows.assign(said=look_up(rows["claim_id"], claims["claimed_on"]))[own.eq(other).fillna(False)]
    return list(map(_Answer, rows["claim_id"], rows["relation"], rows["other_claim_id"], rows["said"]))


def _timeline(own: list[_Claim], answers: list[_Answer]) -> list[Word]:
    """Lay the claims of one claimant about one place over each other, in the order in which they were said."""
    ids = {claim.claim_id for claim in own}
    answers = [answer for answer in answers if answer.other_claim_id in ids]
    taking_back = {answer.claim_id for answer in answers if answer.relation == "retracts"}
    # A claim that takes back a certain claim leaves the claimant's other words as they are.
    blanket = [claim for claim in own if not (claim.stance == "withdraws" and claim.claim_id in taking_back)]
    spans = groupby(sorted(blanket, key=_Claim.span), key=_Claim.span)
    mended = {answer.other_claim_id: answer.claim_id for answer in answers}
    steps = [(_word(list(claims), mended), frozenset[str]()) for _, claims in spans]
    steps += _taken_back(own, answers)
    standing: list[Word] = []
    for word, targets in sorted(steps, key=lambda step: (step[0].said, step[0].start)):
        standing = _lay(standing, word, targets)
    return _merge(sorted(standing, key=lambda word: word.start))


def _word(claims: list[_Claim], mended: Mapping[str, str]) -> Word:
    """Return what is said on one day about one span, as one word."""
    ids = {claim.claim_id for claim in claims}
    live = [claim for claim in claims if mended.get(claim.claim_id) not in ids]
    held = {claim.status for claim in live if claim.stance in ASSERTING}
    if held:
        ground = [c for c in live if c.stance in ASSERTING or (c.stance == "denies" and c.status in held)]
    else:
        ground = [c for c in live if c.stance == "denies"] or [c for c in live if c.stance == "declines"]
    grounds = tuple(claim.claim_id for claim in ground or live)
    first = live[0]
    return Word(
        place_id=first.place_id,
        claimant_id=first.claimant_id,
        start=first.start,
        end=first.end,
        says=frozenset((claim.status, claim.stance) for claim in ground),
        grounds=grounds,
        said=first.said,
        in_keeping=tuple(claim.claim_id for claim in live if claim.claim_id not in grounds),
        ended_by="" if first.end is None else grounds[0],
    )


def _taken_back(own: list[_Claim], answers: list[_Answer]) -> Iterator[tuple[Word, frozenset[str]]]:
    """Yield the retractions as words that say nothing, each with the claim that it takes back."""
    # A denial of what was said before is a word of its own.
    spoken = {claim.claim_id for claim in own if claim.stance != "withdraws"}
    for answer in answers:
        if answer.relation == "retracts" and answer.claim_id not in spoken:
            word = Word(
                place_id=own[0].place_id,
                claimant_id=own[0].claimant_id,
                start=answer.said,
                end=None,
                says=frozenset(),
                grounds=(answer.claim_id,),
                said=answer.said,
            )
            yield word, frozenset((answer.other_claim_id,))


def _lay(standing: list[Word], word: Word, targets: frozenset[str]) -> list[Word]:
    """Lay a word over those that stand; one that denies what nobody asserted leaves the standing word as it is."""
    here = next((other for other in standing if other.covers(word.start)), None)
    if here is not None and word.rejects() and not word.holds() and _in_keeping(here, word):
        joined = replace(here, in_keeping=here.in_keeping + word.grounds, said=word.said)
        return [joined if other is here else other for other in standing]
    left = []
    for other in standing:
        left += _cut(other, word) if not targets or targets.issuperset(other.grounds) else [other]
    return [*left, word] if word.says else left


def _in_keeping(standing: Word, denial: Word) -> bool:
    """Say whether a claimant who asserts one status and denies another has said the same as before."""
    held = standing.holds()
    return bool(held) and "unclear" not in held and not held & denial.rejects()


def _cut(word: Word, later: Word) -> list[Word]:
    """Return what a later word leaves of a word: the days before it, and those after it where it has an end."""
    left = []
    if not (word.covers(later.start) or later.covers(word.start)):
        return [word]
    if word.start < later.start:
        left.append(replace(word, end=later.start - DAY, ended_by=later.grounds[0]))
    if later.end is not None and (word.end is None or word.end > later.end):
        left.append(replace(word, start=later.end + DAY))
    return left


def _merge(timeline: list[Word]) -> list[Word]:
    """Join words that follow each other without a gap and say the same."""
    merged: list[Word] = []
    for word in timeline:
        last = merged[-1] if merged else None
        if last is not None and last.says == word.says and last.end is not None and last.end + DAY == word.start:
            merged[-1] = replace(
                last,
                end=word.end,
                in_keeping=last.in_keeping + word.grounds + word.in_keeping,
                said=max(last.said, word.said),
                ended_by=word.ended_by,
            )
        else:
            merged.append(word)
    return merged


def _disagree(standing: list[Word]) -> bool:
    """Say whether two claimants say what cannot both be so; one who cannot or will not say disagrees with nobody."""
    return any(_exclude(one, other) for one, other in combinations(standing, 2))


def _exclude(one: Word, other: Word) -> bool:
    held, held_too = one.holds() - {"unclear"}, other.holds() - {"unclear"}
    apart = bool(held and held_too and not held & held_too)
    return apart or bool(held & other.rejects() or held_too & one.rejects())


def _frame(found: Iterable[Word], tables: Tables) -> pd.DataFrame:
    claims = tables["claims"]
    rows = [
        {
            "place_id": word.place_id,
            "claimant_id": word.claimant_id,
            "valid_from": word.start,
            "valid_to": word.end,
            "says": word.text(),
            "control_status": _only(status for status, _ in word.says),
            "stance": _only(stance for _, stance in word.says),
            "claim_id": word.grounds[0],
            "claim_ids": " ".join(word.grounds + word.in_keeping),
            "last_said": word.said,
            "ended_by": word.ended_by or None,
        }
        for word in found
    ]
    dates = dict.fromkeys(("valid_from", "valid_to", "last_said"), claims["claimed_on"].dtype)
    kinds = {**dates, **{name: claims[name].dtype for name in ("control_status", "stance")}}
    frame = pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "side"]).astype("string").astype(kinds)
    frame.insert(2, "side", side_of(frame["claimant_id"], tables["actors"]))
    return frame.sort_values(["place_id", "side", "claimant_id", "valid_from"], ignore_index=True)


def _only(values: Iterable[str]) -> str | None:
    """Return the one value there is, or nothing where there are several."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
