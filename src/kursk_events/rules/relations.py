"""Rules on relations: who may answer whom, and how."""

import pandas as pd

from kursk_events.lookup import look_up
from kursk_events.precision import edge
from kursk_events.rules import Context, Frames, messages, rule

ACYCLIC = ["updates", "corrects", "retracts", "repeats", "component_of"]
ONE_LINE = ["updates", "corrects", "retracts", "repeats"]


def _pairs(frames: Frames) -> pd.DataFrame:
    """Return the relations with the columns of both claims, the answered one's ending in ``_other``."""
    claims = frames["claims"].set_index("claim_id")
    relations = frames["relations"]
    own = claims.reindex(relations["claim_id"]).set_axis(relations.index)
    other = claims.reindex(relations["other_claim_id"]).set_axis(relations.index)
    return pd.concat([relations.drop(columns="note"), own, other.add_suffix("_other")], axis=1)


def circles(links: pd.DataFrame) -> set[str]:
    """Return the ids that lie on a circle of the links ``from`` -> ``to``.

    >>> sorted(circles(pd.DataFrame({"from": ["a", "b", "c"], "to": ["b", "a", "a"]})))
    ['a', 'b']
    """
    ahead: dict[str, set[str]] = {}
    for start, end in links[["from", "to"]].dropna().itertuples(index=False):
        ahead.setdefault(start, set()).add(end)
    # What can be reached from an id in any number of steps; an id that reaches itself lies on a circle.
    found = set()
    for start in ahead:
        seen: set[str] = set()
        todo = list(ahead[start])
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                todo.extend(ahead.get(here, ()))
        if start in seen:
            found.add(start)
    return found


@rule(
    "R401", "repeats, updates, corrects and retracts stay within one line",
    reason="Nobody can correct another's claim; a body and its office-holder make one line.",
    table="relations", columns="relation claim_id other_claim_id", needs="claims actors",
    hint="Use confirms or disputes between claimants.",
)  # fmt: skip
def stays_within_one_line(frames: Frames, context: Context) -> pd.Series:
    pairs = _pairs(frames)
    parent = frames["actors"].set_index("actor_id")["parent_id"]
    one, two = pairs["claimant_id"], pairs["claimant_id_other"]
    one_up, two_up = look_up(one, parent), look_up(two, parent)
    same = one.eq(two) | one_up.eq(two) | two_up.eq(one) | one_up.eq(two_up)
    return messages(
        pairs["relation"].isin(ONE_LINE) & ~same.fillna(False), one + " and " + two + " are not of one line."
    )


@rule(
    "R402", "what retracts withdraws or denies",
    reason="A claim that asserts takes nothing back.",
    table="relations", columns="relation claim_id", needs="claims", hint="Use corrects, or mend the stance.",
)  # fmt: skip
def retraction_withdraws(frames: Frames, context: Context) -> pd.Series:
    pairs = _pairs(frames)
    wrong = pairs["relation"].eq("retracts") & ~pairs["stance"].isin(["withdraws", "denies"])
    return messages(wrong, "retracts with the stance " + pairs["stance"].astype("string") + ".")


@rule(
    "R403", "a confirmation comes from somebody else",
    reason="Whoever says a thing twice repeats it.",
    table="relations", columns="relation claim_id other_claim_id", needs="claims", hint="Use repeats.",
)  # fmt: skip
def confirmation_is_by_another(frames: Frames, context: Context) -> pd.Series:
    pairs = _pairs(frames)
    same = pairs["claimant_id"].eq(pairs["claimant_id_other"])
    return messages(pairs["relation"].eq("confirms") & same, pairs["claimant_id"] + " confirms itself.")


@rule(
    "R404", "a claimant disputes itself only as the curators see it",
    reason="A speaker who contradicts an earlier word on purpose corrects or retracts it.",
    table="relations", columns="explicit relation", needs="claims", hint="Set explicit to false, or use corrects.",
)  # fmt: skip
def self_dispute_is_not_explicit(frames: Frames, context: Context) -> pd.Series:
    pairs = _pairs(frames)
    same = pairs["claimant_id"].eq(pairs["claimant_id_other"])
    return messages(pairs["relation"].eq("disputes") & same & pairs["explicit"], "an explicit dispute with itself.")


@rule(
    "R405", "a component shares claimant, day, event, subject and unit with its whole",
    reason="Only then can parts be added up.",
    table="relations", columns="relation claim_id other_claim_id", needs="claims measures", hint="Remove the relation.",
)  # fmt: skip
def component_shares_frame(frames: Frames, context: Context) -> pd.Series:
    pairs = _pairs(frames)
    unit = frames["measures"].set_index("measure")["unit"].astype("string")
    differs = pd.Series("", index=pairs.index)
    for column in ("claimant_id", "claimed_on", "event_id", "subject_id"):
        differs = differs.where(pairs[column].eq(pairs[f"{column}_other"]), differs + f" {column}")
    same_unit = look_up(pairs["measure"], unit).eq(look_up(pairs["measure_other"], unit)).fillna(False)
    differs = differs.where(same_unit, differs + " unit")
    return messages(pairs["relation"].eq("component_of") & differs.ne(""), "part and whole differ in" + differs + ".")


@rule(
    "R406", "parts do not exceed their whole",
    reason="A part larger than the whole is a slip or another count.",
    table="relations", columns="relation claim_id", needs="claims", severity="warning", hint="Check both figures.",
)  # fmt: skip
def parts_do_not_exceed_whole(frames: Frames, context: Context) -> pd.Series:
    pairs = _pairs(frames)
    pairs = pairs[pairs["relation"].eq("component_of")]
    part = pairs["value"].fillna(pairs["value_low"]).fillna(0)
    whole = pairs["value_other"].fillna(pairs["value_high_other"])
    total = part.groupby([pairs["other_claim_id"], pairs["measure"].astype("string")]).transform("sum")
    return messages(
        total > whole, "the parts come to " + total.astype("string") + " of " + whole.astype("string") + "."
    )


@rule(
    "R407", "the later speaker answers the earlier",
    reason="claim_id is the claim that was made later.",
    table="relations", columns="claim_id other_claim_id", needs="claims", hint="Exchange the two claims.",
)  # fmt: skip
def later_answers_earlier(frames: Frames, context: Context) -> pd.Series:
    pairs = _pairs(frames)
    last = edge(pairs["claimed_on"], pairs["claimed_precision"], "latest")
    first = edge(pairs["claimed_on_other"], pairs["claimed_precision_other"], "earliest")
    return messages(last < first, pairs["claim_id"] + " is the earlier of the two.")


@rule(
    "R408", "a mutual dispute is two rows only where each refers to the other",
    reason="One row says that two claims cannot both hold.",
    table="relations", columns="claim_id other_claim_id explicit", hint="Remove the row that is not explicit.",
)  # fmt: skip
def mutual_dispute_is_explicit(frames: Frames, context: Context) -> pd.Series:
    relations = frames["relations"]
    disputes = relations[relations["relation"].eq("disputes") & relations["claim_id"].ne(relations["other_claim_id"])]
    explicit = disputes.set_index(["claim_id", "other_claim_id"])["explicit"].to_dict()
    pairs = zip(disputes["other_claim_id"], disputes["claim_id"], strict=True)
    back = pd.Series(
        [explicit.get(pair) for pair in pairs],
        index=disputes.index, dtype="boolean",
    )  # fmt: skip
    mutual = back.notna() & ~(disputes["explicit"] & back.fillna(False))
    return messages(mutual.reindex(relations.index, fill_value=False), "both directions, and not both explicit.")


@rule(
    "R409", "no relation runs to itself",
    reason="A claim does not answer itself.",
    table="relations", columns="other_claim_id claim_id", hint="Remove the row.",
)  # fmt: skip
def no_relation_to_itself(frames: Frames, context: Context) -> pd.Series:
    relations = frames["relations"]
    return messages(relations["claim_id"].eq(relations["other_claim_id"]), "a relation to itself.")


@rule(
    "R410", "no circle of updates, corrections, retractions, repeats or components",
    reason="Each of them runs back in time or down to parts.",
    table="relations", columns="claim_id other_claim_id", hint="Remove one of the rows.",
)  # fmt: skip
def no_circles(frames: Frames, context: Context) -> pd.Series:
    relations = frames["relations"]
    wrong = pd.Series(False, index=relations.index)
    for relation in ACYCLIC:
        links = relations[relations["relation"].eq(relation) & relations["claim_id"].ne(relations["other_claim_id"])]
        round_ = circles(links.rename(columns={"claim_id": "from", "other_claim_id": "to"}))
        ends = links["claim_id"].isin(round_) & links["other_claim_id"].isin(round_)
        wrong |= ends.reindex(relations.index, fill_value=False)
    return messages(wrong, "part of a circle of " + relations["relation"].astype("string") + ".")


@rule(
    "R411", "a running total does not fall without a correction",
    reason="A total that falls was corrected, counts something else, or was misread.",
    table="claims", columns="value scope", needs="relations events", severity="warning",
    hint="Check both figures; join them by corrects where the claimant took the earlier one back.",
)  # fmt: skip
def totals_do_not_fall(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    relations = frames["relations"]
    # A component is a count of its own inside another; a correction says that it falls.
    excused = set(relations.loc[relations["relation"].isin(["corrects", "component_of"]), "claim_id"])
    series = claims[claims["scope"].eq("cumulative") & claims["bound"].isin(["exact", "at_least", "at_most", "range"])]
    series = series[series["stance"].isin(["asserts", "assesses", "acknowledges"])].sort_values("valid_to")
    # An empty place is that of the event, an empty beginning that of the campaign.
    event_place = frames["events"].set_index("event_id")["place_id"]
    start = pd.Timestamp(context.package.campaign_start)
    filled = series.assign(
        place_id=series["place_id"].fillna(look_up(series["event_id"], event_place)),
        valid_from=series["valid_from"].fillna(start),
    )
    by = ["claimant_id", "measure", "subject_id", "category", "place_id", "event_id", "valid_from"]
    keys = [filled[column].astype("string").fillna("") for column in by]
    low = series["value_low"].fillna(series["value"]).fillna(0)
    high = series["value"].fillna(series["value_high"]).fillna(float("inf"))
    before = low.groupby(keys).cummax().groupby(keys).shift()
    falls = (high < before) & ~series["claim_id"].isin(excused)
    text = high.astype("string") + " after " + before.astype("string") + "."
    return messages(falls, text)
