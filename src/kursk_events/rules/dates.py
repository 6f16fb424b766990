"""Rules on dates: a thing is said after it happened and printed after it was said."""

import pandas as pd

from kursk_events.lookup import look_up
from kursk_events.precision import edge
from kursk_events.rules import Context, Frames, messages, rule

DAY = pd.Timedelta(days=1)
LIVING = ["dataset", "map"]


def _shown(dates: pd.Series) -> pd.Series:
    shown: pd.Series = dates.dt.strftime("%Y-%m-%d").fillna("(no date)")
    return shown


@rule(
    "R201", "an event does not end before it starts",
    reason="Time runs forwards.",
    table="events", columns="end_date start_date", hint="Exchange or mend the dates.",
)  # fmt: skip
def event_ends_after_start(frames: Frames, context: Context) -> pd.Series:
    events = frames["events"]
    return messages(events["end_date"] < events["start_date"], "ends before " + _shown(events["start_date"]) + ".")


@rule(
    "R202", "a claim's validity does not end before it starts",
    reason="Time runs forwards.",
    table="claims", columns="valid_to valid_from", hint="Exchange or mend the dates.",
)  # fmt: skip
def validity_ends_after_start(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    return messages(claims["valid_to"] < claims["valid_from"], "ends before " + _shown(claims["valid_from"]) + ".")


@rule(
    "R203", "an event lies within the dates of the event that it is part of",
    reason="A part outside its whole is a slip in one of the two.",
    table="events", columns="start_date part_of", hint="Mend a date, or hang the event elsewhere.", severity="warning",
)  # fmt: skip
def event_lies_within_parent(frames: Frames, context: Context) -> pd.Series:
    events = frames["events"]
    parents = events.set_index("event_id")
    first = edge(events["start_date"], events["date_precision"], "latest")
    last = events["end_date"].fillna(events["start_date"])
    parent_start = look_up(events["part_of"], edge(parents["start_date"], parents["date_precision"], "earliest"))
    parent_end = look_up(events["part_of"], parents["end_date"])
    outside = (first < parent_start) | (last > parent_end)
    return messages(outside, "lies outside the dates of " + events["part_of"].fillna("") + ".")


@rule(
    "R204", "a thing is not claimed before it is said to have been",
    reason="Apart from plans, forecasts, denials and characterisations, a claim follows what it is about.",
    table="claims", columns="claimed_on valid_from", needs="events", severity="warning",
    hint="Mend the dates, or set scope to planned or forecast.",
)  # fmt: skip
def claim_follows_event(frames: Frames, context: Context) -> pd.Series:
    claims = frames["claims"]
    events = frames["events"].set_index("event_id")
    event_day = look_up(claims["event_id"], edge(events["start_date"], events["date_precision"], "earliest"))
    # The claim's own date stands for the event's where it has one: claimants date a matter differently.
    about = claims["valid_from"].fillna(event_day)
    said = edge(claims["claimed_on"], claims["claimed_precision"], "latest")
    free = (
        claims["scope"].isin(["planned", "forecast"])
        | claims["stance"].isin(["denies", "declines"])
        | claims["kind"].eq("characterisation")
    )
    text = "claimed on " + _shown(claims["claimed_on"]) + " of something dated " + _shown(about) + "."
    return messages(~free & (said < about - DAY), text)


@rule(
    "R205", "a source is not printed before the claim was made",
    reason="A page cannot carry what was said later. Datasets and maps live and are exempt.",
    table="citations", columns="source_id claim_id", needs="claims sources",
    hint="Mend claimed_on or published_on, or cite another source.",
)  # fmt: skip
def source_follows_claim(frames: Frames, context: Context) -> pd.Series:
    citations = frames["citations"]
    claims = frames["claims"].set_index("claim_id")
    sources = frames["sources"].set_index("source_id")
    said = look_up(citations["claim_id"], edge(claims["claimed_on"], claims["claimed_precision"], "earliest"))
    printed = look_up(citations["source_id"], edge(sources["published_on"], sources["published_precision"], "latest"))
    living = look_up(citations["source_id"], sources["kind"].isin(LIVING)).fillna(False).astype(bool)
    text = "printed on " + _shown(printed) + ", before the claim of " + _shown(said) + "."
    return messages(~living & (printed < said - DAY), text)


@rule(
    "R206", "a date of publication has a precision, and only it",
    reason="A date without precision is read as exact.",
    table="sources", columns="published_precision published_on", hint="Fill both cells or neither.",
)  # fmt: skip
def published_precision_goes_with_date(frames: Frames, context: Context) -> pd.Series:
    sources = frames["sources"]
    differ = sources["published_on"].isna() != sources["published_precision"].isna()
    return messages(differ, "published_on and published_precision are not both filled.")


@rule(
    "R207", "an event is old enough to be published",
    reason="Records of fresh events could put people at risk; events wait for the days that datapackage.yaml sets.",
    table="events", columns="start_date", hint="Send the record when the time is over.",
)  # fmt: skip
def event_is_old_enough(frames: Frames, context: Context) -> pd.Series:
    events = frames["events"]
    limit = context.today - pd.Timedelta(days=context.package.embargo_days)
    text = f"less than {context.package.embargo_days} days old on {context.today:%Y-%m-%d}."
    return messages(events["start_date"] > limit, text)


@rule(
    "R208", "a living page has no date of publication",
    reason="It changes; the version that was read stands in the note.",
    table="sources", columns="published_on kind", hint="Empty published_on and name the version in the note.",
)  # fmt: skip
def living_page_has_no_date(frames: Frames, context: Context) -> pd.Series:
    sources = frames["sources"]
    living = sources["kind"].isin(LIVING) & sources["published_on"].notna()
    return messages(living, "a " + sources["kind"].astype("string") + " with a date of publication.")


@rule(
    "R209", "a date in an address agrees with the date of publication",
    reason="They can disagree, and then one of them was misread.",
    table="sources", columns="published_on url", severity="warning",
    hint="Check the page; explain in the note where both are right.",
)  # fmt: skip
def address_agrees_with_date(frames: Frames, context: Context) -> pd.Series:
    sources = frames["sources"]
    parts = sources["url"].str.extract(
        r"[/=_-](20[0-9]{2})[/._-]?(0[1-9]|1[0-2])[/._-]?(0[1-9]|[12][0-9]|3[01])(?![0-9])"
    )
    inside = pd.to_datetime(parts[0] + "-" + parts[1] + "-" + parts[2], errors="coerce")
    early = edge(sources["published_on"], sources["published_precision"], "earliest") - DAY
    late = edge(sources["published_on"], sources["published_precision"], "latest") + DAY
    differ = (inside < early) | (inside > late)
    text = "the address says " + _shown(inside) + ", the record " + _shown(sources["published_on"]) + "."
    return messages(differ, text)
