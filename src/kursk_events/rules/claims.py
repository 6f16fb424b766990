"""Rules on the columns of a claim: each kind fills its own cells and leaves the others empty."""

import pandas as pd

from kursk_events.lookup import look_up
from kursk_events.rules import Context, Frames, messages, rule

OWN = {
    "occurrence": set(),
    "attribution": {"subject_id"},
    "means": {"category"},
    "control": {"control_status"},
    "quantity": {"subject_id", "measure", "category", "bound", "value_low", "value", "value_high", "scope"},
    "characterisation": {"subject_id"},
}
BOUND_CELLS = {
    "exact": {"value"},
    "about": {"value"},
    "at_least": {"value_low"},
    "at_most": {"value_high"},
    "range": {"value_low", "value_high"},
    "verbal": set(),
}
VALUES = ["value_low", "value", "value_high"]
PERSON_CATEGORIES = {"combatant", "civilian", "child", "mixed", "unknown"}
THING_MEASURES = {"equipment_lost", "equipment_used", "equipment_supplied", "intercepted", "hits"}
WHOLE_UNITS = {"persons", "items", "events", "cases", "settlements"}
SOFT_STANCES = ["denies", "declines", "withdraws"]
STANDING = {
    "strength", "losses_total", "area_held", "area_contested", "area_entered", "area_retaken", "area_retaken_share",
    "area_held_share", "settlements_held", "settlements_retaken",
}  # fmt: skip


def units(frames: Frames) -> pd.Series:
    """Return the unit of each claim's measure."""
    unit = frames["measures"].set_index("measure")["unit"].astype("string")
    return look_up(frames["claims"]["measure"], unit)


def _empty(claims: pd.DataFrame, columns: list[str]) -> pd.Series:
    return claims[columns].isna().all(axis=1)


@rule(
    "R101", "a quantity has measure, subject, scope and bound",
    reason="A number without them has no meaning; a denial, refusal or withdrawal may have no bound, scope and values.",
    table="claims", columns="measure subject_id scope bound", hint="Fill the missing cell.",
)  # fmt: skip
def quantity_is_whole(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    quantity = claims["kind"].eq("quantity")
    soft = claims["stance"].isin(SOFT_STANCES)
    lacks = pd.Series("", index=claims.index)
    for column in ("measure", "subject_id", "scope", "bound"):
        excused = soft if column in ("scope", "bound") else False
        lacks = lacks.where(claims[column].notna() | excused, lacks + f" {column}")
    return messages(quantity & lacks.ne(""), "a quantity without" + lacks + ".")


@rule(
    "R102", "the bound says which values are filled",
    reason="A bound without its value, or a value beside it, is read in two ways.",
    table="claims", columns="bound value_low value value_high",
    hint="exact and about fill value; at_least value_low; at_most value_high; range both; verbal none.",
)  # fmt: skip
def bound_names_values(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    filled = claims[VALUES].notna()
    wrong = pd.Series(False, index=claims.index)
    for bound, cells in BOUND_CELLS.items():
        right = pd.Series([column in cells for column in VALUES], index=VALUES)
        wrong |= claims["bound"].eq(bound) & filled.ne(right, axis=1).any(axis=1)
    wrong |= claims["bound"].isna() & filled.any(axis=1) & claims["kind"].eq("quantity")
    has = pd.Series("", index=claims.index)
    for column in VALUES:
        has = has.where(~filled[column], has + f" {column}")
    has = has.where(has.ne(""), " no value")
    return messages(wrong, "bound " + claims["bound"].astype("string").fillna("(empty)") + " with" + has + ".")


@rule(
    "R103", "the category fits the measure's unit",
    reason="Persons are counted by kind of person, equipment by kind of thing, and nothing else by either.",
    table="claims", columns="category measure", needs="measures",
    hint="Persons take a category of persons; equipment, intercepted and hits a thing; other measures none.",
)  # fmt: skip
def category_fits(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    quantity = claims["kind"].eq("quantity") & claims["measure"].notna()
    persons = units(frames).eq("persons").fillna(False)
    things = claims["measure"].isin(THING_MEASURES)
    is_person = claims["category"].isin(PERSON_CATEGORIES)
    is_thing = claims["category"].notna() & ~is_person
    wrong = (persons & ~is_person) | (things & ~is_thing) | (~persons & ~things & claims["category"].notna())
    category = claims["category"].astype("string").fillna("(empty)")
    return messages(quantity & wrong, "category " + category + " with " + claims["measure"].fillna("") + ".")


@rule(
    "R104", "means name a thing",
    reason="A claim about the weapon says which weapon.",
    table="claims", columns="category", hint="Put a thing category, such as drone or missile.",
)  # fmt: skip
def means_name_a_thing(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    thing = claims["category"].notna() & ~claims["category"].isin(PERSON_CATEGORIES)
    return messages(claims["kind"].eq("means") & ~thing, "means without a thing category.")


@rule(
    "R105", "an attribution names the doer",
    reason="Without the doer nothing is attributed.",
    table="claims", columns="subject_id", hint="Put the doer into subject_id.",
)  # fmt: skip
def attribution_names_the_doer(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    return messages(
        claims["kind"].eq("attribution") & claims["subject_id"].isna(), "an attribution without subject_id."
    )


@rule(
    "R106", "control names place and holder",
    reason="Control is a claim about one place.",
    table="claims", columns="control_status place_id", hint="Fill place_id and control_status.",
)  # fmt: skip
def control_names_place_and_holder(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    lacks = claims["place_id"].isna() | claims["control_status"].isna()
    return messages(claims["kind"].eq("control") & lacks, "control without place_id or control_status.")


@rule(
    "R107", "a kind leaves empty what is not its own",
    reason="A cell that its kind gives no meaning would be read with another's.",
    table="claims", columns="kind", hint="Empty the cell, or make a second claim of the kind that it belongs to.",
)  # fmt: skip
def kind_keeps_to_its_own(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    extra = pd.Series("", index=claims.index)
    for kind, own in OWN.items():
        for column in sorted({"control_status"} | OWN["quantity"] - own):
            if column not in own:
                extra = extra.where(~(claims["kind"].eq(kind) & claims[column].notna()), extra + f" {column}")
    return messages(extra.ne(""), claims["kind"].astype("string") + " with" + extra + ".")


@rule(
    "R108", "the low value is not above the high",
    reason="A range runs upwards.",
    table="claims", columns="value_low value_high", hint="Exchange the two.",
)  # fmt: skip
def low_is_not_above_high(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    shown = claims["value_low"].astype("string") + " is above " + claims["value_high"].astype("string") + "."
    return messages(claims["value_low"] > claims["value_high"], shown)


@rule(
    "R109", "what is counted is whole",
    reason="Nobody counts half a person.",
    table="claims", columns="value", needs="measures", hint="Put a whole number, or another measure.",
)  # fmt: skip
def counts_are_whole(frames: Frames, context: Context) -> pd.Series:
    values = frames["claims"][VALUES].fillna(0)
    broken = (values.mod(1).ne(0) | values.lt(0)).any(axis=1)
    return messages(units(frames).isin(WHOLE_UNITS) & broken, "a count that is no whole number.")


@rule(
    "R110", "a share lies between 0 and 100 percent",
    reason="More than all is a slip.",
    table="claims", columns="value", needs="measures", hint="Put a percentage between 0 and 100.",
)  # fmt: skip
def shares_are_percentages(frames: Frames, context: Context) -> pd.Series:
    values = frames["claims"][VALUES].fillna(0)
    broken = (values.lt(0) | values.gt(100)).any(axis=1)
    return messages(units(frames).eq("percent") & broken, "a share outside 0 to 100.")


@rule(
    "R111", "the scope says which valid dates are filled",
    reason="A snapshot without its day, or a total without its last day, cannot be set in a series.",
    table="claims", columns="scope valid_from valid_to",
    hint="A snapshot has one day in both cells; a cumulative figure has valid_to.",
)  # fmt: skip
def scope_names_dates(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    one_day = claims["valid_from"].notna() & claims["valid_from"].eq(claims["valid_to"])
    snapshot = claims["scope"].eq("snapshot") & ~one_day
    cumulative = claims["scope"].eq("cumulative") & claims["valid_to"].isna()
    return messages(snapshot | cumulative, claims["scope"].astype("string") + " without its valid dates.")


@rule(
    "R112", "standing figures hang on the whole campaign",
    reason="Area, losses so far and strength would otherwise be scattered over phases that claimants cut differently.",
    table="claims", columns="event_id measure scope", needs="events", hint="Put kursk-campaign into event_id.",
)  # fmt: skip
def standing_figures_hang_on_the_campaign(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    events = frames["events"]
    phases = events.loc[events["event_type"].eq("campaign") & events["event_id"].ne("kursk-campaign"), "event_id"]
    standing = claims["measure"].isin(STANDING) & claims["scope"].isin(["snapshot", "cumulative"])
    return messages(standing & claims["event_id"].isin(phases), claims["event_id"] + " is a phase.")
