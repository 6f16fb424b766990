"""Rules on wording and doubles: neutral words in every text that the curators write."""

import re

import pandas as pd

from kursk_events.rules import Context, Frames, messages, rule
from kursk_events.schema import Package

QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]")


def word_pattern(package: Package) -> re.Pattern[str]:
    """Return the pattern of the words that editorial text avoids; an asterisk stands for any ending."""
    words = (re.escape(entry.word).replace(r"\*", r"[\w-]*") for entry in package.words)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)


def neutral_word(package: Package, found: str) -> str:
    """Return the neutral word for a found one."""
    for entry in package.words:
        if re.fullmatch(re.escape(entry.word).replace(r"\*", r"[\w-]*"), found, re.IGNORECASE):
            return entry.neutral
    return "another word"


def bare_text(package: Package, texts: pd.Series) -> pd.Series:
    """Return the texts without quotations and without the proper names and legal terms of the package."""
    names = "|".join(re.escape(name) for name in sorted(package.exempt, key=len, reverse=True))
    bare = texts.str.replace(QUOTED, " ", regex=True)
    return bare.str.replace(rf"(?i)\b(?:{names})\b", " ", regex=True) if names else bare


def _wording(code: str, table: str, column: str) -> None:
    @rule(
        code, f"neutral words in {column} of {table}",
        reason="Editorial text takes no side; a claimant's word stands in quotation marks.",
        table=table, columns=column, hint="Use the neutral word, or quotation marks round the claimant's own word.",
    )  # fmt: skip
    def text_is_neutral(frames: Frames, context: Context) -> pd.Series:
        texts = frames[table][column].astype("string").dropna()
        found = bare_text(context.package, texts).str.extract(
            f"({word_pattern(context.package).pattern})", re.IGNORECASE
        )[0]
        found = found.dropna()
        return found.map(lambda word: f'"{word}" takes a side: {neutral_word(context.package, word)}.').astype("object")


TEXTS = (
    ("publishers", "note"), ("sources", "note"), ("actors", "note"), ("places", "note"),
    ("event_types", "label"), ("measures", "label"), ("events", "title"), ("events", "summary"),
    ("events", "note"), ("claims", "statement"), ("claims", "note"), ("relations", "note"),
)  # fmt: skip
for _number, (_table, _column) in enumerate(TEXTS, 1):
    _wording(f"R7{_number:02}", _table, _column)


@rule(
    "R801", "no two events of one type, day and place",
    reason="Such twins are mostly one happening entered twice.",
    table="events", columns="event_id event_type start_date place_id", severity="warning",
    hint="Merge them, or say in both notes how they differ.",
)  # fmt: skip
def event_is_no_twin(frames: Frames, context: Context) -> pd.Series:
    events = frames["events"]
    key = ["event_type", "start_date", "place_id"]
    point = events["place_precision"].isin(["site", "settlement"])
    doubled = events.duplicated(key, keep="first") & point
    first = events.groupby(key, observed=True)["event_id"].transform("first")
    return messages(doubled, "of the type, day and place of " + first + ".")
