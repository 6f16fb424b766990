"""Rules on use: no row stands alone, no id is lost."""

import pandas as pd

from kursk_events.rules import Context, Frames, messages, rule


def _used(frames: Frames, *columns: str) -> set[str]:
    return {value for column in columns for value in frames[column.split(".")[0]][column.split(".")[1]].dropna()}


def _unused(frames: Frames, table: str, key: str, columns: tuple[str, ...], text: str) -> pd.Series:
    rows = frames[table]
    return messages(~rows[key].isin(_used(frames, *columns)), text)


@rule(
    "R301", "a claim has a citation",
    reason="A claim that no source carries is worse than a missing one.",
    table="claims", columns="claim_id", needs="citations", hint="Add a row to citations.",
)  # fmt: skip
def claim_is_cited(frames: Frames, context: Context) -> pd.Series:
    return _unused(frames, "claims", "claim_id", ("citations.claim_id",), "no citation.")


@rule(
    "R302", "an event has a claim or a part",
    reason="An event of which nobody says anything has no ground.",
    table="events", columns="event_id", needs="claims", hint="Add a claim, or remove the event.",
)  # fmt: skip
def event_is_claimed(frames: Frames, context: Context) -> pd.Series:
    return _unused(frames, "events", "event_id", ("claims.event_id", "events.part_of"), "no claim and no part.")


@rule(
    "R303", "a source is cited",
    reason="A source without a fact is padding.",
    table="sources", columns="source_id", needs="citations", hint="Cite it, or remove it.",
)  # fmt: skip
def source_is_cited(frames: Frames, context: Context) -> pd.Series:
    return _unused(frames, "sources", "source_id", ("citations.source_id",), "cited by no claim.")


@rule(
    "R304", "a place is used",
    reason="Unused rows hide doubles.",
    table="places", columns="place_id", needs="events claims", hint="Use it, or remove it.",
)  # fmt: skip
def place_is_used(frames: Frames, context: Context) -> pd.Series:
    used = ("events.place_id", "claims.place_id", "places.parent_id")
    return _unused(frames, "places", "place_id", used, "used by no event, claim or place.")


@rule(
    "R305", "an actor is used",
    reason="Unused rows hide doubles.",
    table="actors", columns="actor_id", needs="claims participants", hint="Use it, or remove it.",
)  # fmt: skip
def actor_is_used(frames: Frames, context: Context) -> pd.Series:
    used = ("claims.claimant_id", "claims.subject_id", "participants.actor_id", "actors.parent_id")
    return _unused(frames, "actors", "actor_id", used, "used by no claim, participant or actor.")


@rule(
    "R306", "a publisher is used",
    reason="Unused rows hide doubles.",
    table="publishers", columns="publisher_id", needs="sources", hint="Use it, or remove it.",
)  # fmt: skip
def publisher_is_used(frames: Frames, context: Context) -> pd.Series:
    return _unused(frames, "publishers", "publisher_id", ("sources.publisher_id",), "has no source.")


@rule(
    "R307", "a retired id is not used again",
    reason="An id that was cited must never come to mean something else.",
    table="retired", columns="id table replaced_by", hint="Give the new row an id of its own.",
    needs="publishers sources actors places events claims",
)  # fmt: skip
def retired_id_stays_retired(frames: Frames, context: Context) -> pd.Series:
    found: dict[int, str] = {}
    for at, (table, id_, heir) in enumerate(frames["retired"][["table", "id", "replaced_by"]].itertuples(index=False)):
        present = frames.get(str(table))
        keys = set(present[context.package.tables[table].primary_key[0]]) if present is not None else set()
        if id_ in keys:
            found[at] = f'"{id_}" is retired and yet in {table}.'
        elif pd.notna(heir) and heir not in keys:
            found[at] = f'"{heir}", which replaces it, is not in {table}.'
    return pd.Series(found, dtype="object")


def _lost(table: str) -> None:
    @rule(
        f"R9{ORDER.index(table) + 1:02}", f"an id that a release held is still in {table}, or retired",
        reason="Others have cited it. Checked with --base only.",
        table=table, columns=KEYS[table], needs="retired", hint="Bring the row back, or add the id to retired.csv.",
    )  # fmt: skip
    def released_id_is_kept(frames: Frames, context: Context) -> pd.Series:
        retired = frames["retired"]
        known = set(frames[table][KEYS[table]]) | set(retired.loc[retired["table"].eq(table), "id"])
        lost = sorted(context.base.get(table, frozenset()) - known)
        if not lost:
            return pd.Series(dtype="object")
        return pd.Series([f"{', '.join(lost)}: in the base, and gone without being retired."], index=[-1])


ORDER = ["publishers", "sources", "actors", "places", "events", "claims", "event_types", "measures"]
KEYS = dict(
    zip(
        ORDER,
        [
            "publisher_id",
            "source_id",
            "actor_id",
            "place_id",
            "event_id",
            "claim_id",
            "event_type",
            "measure",
        ],
        strict=True,
    )
)
for _table in ORDER:
    _lost(_table)
