"""Rules across columns and tables, in one registry.

A rule is one function from frames to the messages of the rows that break it. The same function makes findings in
the check and, where it looks at one table only, a check of the Pandera contract, so that a rule is never
written twice.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from kursk_events.finding import Finding, Severity
from kursk_events.schema import Package

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at besides the frames.

    Attributes:
        package: The descriptor, with the values that rules read.
        today: The day on which the check runs; injected, so that a check can be repeated.
        base: Ids by table of the state that the data are compared with, such as the last release; may be empty.

    """

    package: Package
    today: pd.Timestamp
    base: Mapping[str, frozenset[str]] = field(default_factory=dict)


Find = Callable[[Frames, Context], pd.Series]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule.

    Attributes:
        code: Stable code.
        title: What must hold.
        reason: Why.
        severity: What a breach counts as.
        table: Table whose rows the findings name.
        columns: Columns involved; findings name the first.
        needs: Other tables that the rule reads.
        hint: What would be right.
        find: From frames to messages, indexed like the rows of ``table`` that break the rule.

    """

    code: str
    title: str
    reason: str
    severity: Severity
    table: str
    columns: tuple[str, ...]
    needs: tuple[str, ...]
    hint: str
    find: Find


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    title: str,
    *,
    reason: str,
    table: str,
    columns: str,
    hint: str,
    needs: str = "",
    severity: Severity = "error",
) -> Callable[[Find], Find]:
    """Put a function into the registry under a stable code."""

    def register(find: Find) -> Find:
        if code in RULES:
            raise ValueError(f"the code {code} is taken by {RULES[code].title}")
        RULES[code] = Rule(
            code, title, reason, severity, table, tuple(columns.split()), tuple(needs.split()), hint, find
        )
        return find

    return register


def run(frames: Frames, lines: Mapping[str, list[int]], context: Context) -> Iterator[Finding]:
    """Yield the findings of all rules whose tables are all in ``frames``.

    Args:
        frames: Frames by table, with a plain index from 0.
        lines: Physical line of each row, by table.
        context: See `Context`.

    """
    for entry in RULES.values():
        if all(name in frames for name in (entry.table, *entry.needs)):
            yield from _findings(entry, frames, lines[entry.table], context)


def _findings(entry: Rule, frames: Frames, lines: list[int], context: Context) -> Iterator[Finding]:
    messages = entry.find(frames, context)
    if messages.empty:
        return
    table = context.package.tables[entry.table]
    keys = frames[entry.table].loc[:, list(table.primary_key)].astype("string").agg(" ".join, axis=1)
    for at, message in zip(messages.index.astype(int), messages, strict=True):
        if at == -1:
            yield Finding(table.path, 0, entry.columns[0], entry.code, entry.severity, "", message, entry.hint)
            continue
        record = str(keys.iloc[at])
        yield Finding(table.path, lines[at], entry.columns[0], entry.code, entry.severity, record, message, entry.hint)


def messages(mask: pd.Series, text: "pd.Series | str") -> pd.Series:
    """Return ``text`` for the rows where ``mask`` is true."""
    broken = mask.fillna(False).astype(bool)
    if isinstance(text, str):
        return pd.Series(text, index=mask.index[broken], dtype="object")
    return text[broken].astype("object")


def rule_modules() -> None:
    """Import the modules that hold rules; each registers its own."""
    from kursk_events.rules import claims, dates, places, relations, sources, usage, wording  # noqa: F401


rule_modules()
