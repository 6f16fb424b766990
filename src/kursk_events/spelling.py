"""Spelling: the one canonical form of a cell, by the type of its column.

Only the form of a single cell is looked at here, never its meaning; `text` reads and writes whole files with it.
"""

import datetime
import re
import unicodedata

from kursk_events.schema import Field

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_LOOSE_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\Z")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?\Z")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_EMPTY_WORDS = frozenset(
    {"na", "n/a", "n.a.", "null", "none", "nan", "nil", "-", "--", "\u2013", "\u2014", "?", "#n/a"}
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u061c]")
_SPACES = re.compile(r"^\s|\s\Z|\s\s|[^\S ]")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPT = re.compile("[a-zA-Z\u00c0-\u024f]"), re.compile("[\u0400-\u04ff]"), re.compile("[\u0370-\u03ff]")
#: What a cell may not begin with, since spreadsheets would run it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def format_cell(field: Field, cell: str) -> str:
    """Return the canonical spelling of a cell; a cell with no single reading comes back as it is.

    Idempotent: formatting twice gives what formatting once gives.
    """
    text = " ".join(unicodedata.normalize("NFC", cell.replace("\u00a0", " ")).split(" ")).strip()
    if "\n" not in text and "\r" not in text:
        text = re.sub(r"\s+", " ", text)
    if field.type == "date" and (loose := _LOOSE_DATE.match(text)):
        dated = f"{loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}"
        return dated if is_date(dated) else text
    if field.type == "number" and re.fullmatch(r"-?(?:0|[1-9][0-9]*)\.[0-9]+", text):
        return text.rstrip("0").rstrip(".")
    if field.type == "boolean" and text.lower() in ("true", "false"):
        return text.lower()
    return text


def is_date(text: str) -> bool:
    """Say whether a text is a day written as yyyy-mm-dd."""
    if not _DATE.match(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def cell_damage(field: Field, cell: str) -> tuple[str, str, str] | None:
    """Return code, message and hint of the first thing wrong with a cell's form, or None.

    >>> from kursk_events.schema import Field
    >>> cell_damage(Field("start_date", "date", "", "", "", ""), "26/04/2025")[:2]
    ('F216', '"26/04/2025" is no date.')
    """
    shown = f'"{cell if len(cell) <= 80 else cell[:77] + "..."}"'
    if cell.strip().lower() in _EMPTY_WORDS and cell not in field.terms:
        return "F219", f"{shown} stands for an empty cell.", "Leave the cell empty."
    if _CONTROL.search(cell):
        return "F205", f"a control character in {cell!a}.", "Remove it."
    if hidden := _HIDDEN.search(cell):
        name = unicodedata.name(hidden[0], "a format character")
        return "F214", f"{name} (U+{ord(hidden[0]):04X}) hides in {shown}.", "Remove it."
    if _SPACES.search(cell):
        return (
            "F213",
            f"{shown} has white space at an end, doubled, or other than plain spaces.",
            "Run `kursk-events fmt`.",
        )
    if not cell.isascii():
        if unicodedata.normalize("NFC", cell) != cell:
            return "F215", f"{shown} is not in Unicode NFC.", "Run `kursk-events fmt`."
        for word in _WORD.findall(cell):
            if sum(bool(script.search(word)) for script in _SCRIPT) > 1:
                return "F214", f'"{word}" mixes letters of two scripts.', "Type it in one script."
    return _typed_damage(field, cell, shown)


def _typed_damage(field: Field, cell: str, shown: str) -> tuple[str, str, str] | None:
    if field.type == "date":
        if is_date(cell):
            return None
        near = format_cell(field, cell)
        return (
            "F216",
            f"{shown} is no date.",
            f"Write {near}." if is_date(near) else "Write yyyy-mm-dd, as in 2025-04-26.",
        )
    if field.type in ("number", "integer"):
        pattern = _INTEGER if field.type == "integer" else _NUMBER
        if pattern.match(cell) and cell != "-0":
            return None
        return "F217", f"{shown} is no {field.type} as we write it.", f"Write digits, as in {field.example}."
    if field.type == "boolean":
        return None if cell in ("true", "false") else ("F218", f"{shown} is no boolean.", "Write true or false.")
    if cell.startswith(FORMULA):
        return "F220", f"{shown} begins like a formula.", "Reword it so that another character comes first."
    return None
