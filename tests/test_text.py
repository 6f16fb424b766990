"""Canonical text: `fmt` repairs form, keeps meaning, and leaves no half-written file."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Tiny
from kursk_events.schema import Field
from kursk_events.spelling import cell_damage, format_cell
from kursk_events.text import FORM, format_file, read_table, replace_file

CLAIMS = "data/claims.csv"


def _format(tiny: Tiny) -> tuple[bool, list[str]]:
    changed, findings = format_file(tiny.package.tables["claims"], tiny.root)
    return changed, [finding.code for finding in findings]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: content[:-1],
        lambda content: content.replace(b"\nstaff-held", b"\n\nstaff-held"),
        lambda content: content.replace(b"Denied it.", b'"Denied it."'),
        lambda content: content.replace(b"Denied it.", b" Denied  it. "),
        lambda content: content.replace(b"Denied it.", "Denied\u00a0it.".encode()),
        lambda content: content.replace(b"asserts,2025-04-26", b"asserts,2025-4-26"),
        lambda content: content.replace(b"at_least,76000", b"at_least,76000.0"),
        lambda content: b"\n".join([content.split(b"\n")[at] for at in (0, 3, 1, 2)]) + b"\n",
    ],
    ids=[
        "bom",
        "crlf",
        "no-end",
        "blank-line",
        "quotes",
        "spaces",
        "no-break-space",
        "short-date",
        "trailing-zero",
        "order",
    ],
)
def test_fmt_repairs_form_and_nothing_else(tiny: Tiny, damage) -> None:
    path = tiny.root / CLAIMS
    before = path.read_bytes()
    path.write_bytes(damage(before))
    assert path.read_bytes() != before
    assert _format(tiny) == (True, [])
    assert path.read_bytes() == before
    assert _format(tiny) == (False, [])


def test_fmt_puts_columns_in_order(tiny: Tiny) -> None:
    path = tiny.root / "data/relations.csv"
    before = path.read_text()
    rows = [line.split(",") for line in before.splitlines()]
    path.write_text("\n".join(",".join([row[1], row[0], *row[2:]]) for row in rows) + "\n")
    assert format_file(tiny.package.tables["relations"], tiny.root) == (True, [])
    assert path.read_text() == before


@pytest.mark.parametrize("cell", ["26/04/2025", "45773", "007", "1,5", "yes"])
def test_fmt_leaves_what_has_two_readings(cell: str) -> None:
    for kind in ("date", "number", "boolean"):
        assert format_cell(Field("x", kind, "", "", "", ""), cell) == cell


def test_fmt_does_not_touch_a_file_whose_rows_cannot_be_told_apart(tiny: Tiny) -> None:
    path = tiny.root / CLAIMS
    path.write_bytes(path.read_bytes().replace(b"mod-taken,gornal-2025-04-26,", b"mod-taken,"))
    before = path.read_bytes()
    assert _format(tiny) == (False, ["F210"])
    assert path.read_bytes() == before


KINDS = st.sampled_from(["string", "date", "number", "integer", "boolean"])


@given(KINDS, st.text(max_size=20))
def test_formatting_is_idempotent(kind: str, cell: str) -> None:
    field = Field("x", kind, "", "", "", "")
    once = format_cell(field, cell)
    assert format_cell(field, once) == once


@given(st.floats(0, 1e9), st.dates())
def test_right_cells_are_left_as_they_are(number: float, day) -> None:
    whole = str(round(number))
    assert format_cell(Field("x", "number", "", "", "", ""), whole) == whole
    assert cell_damage(Field("x", "number", "", "", "", ""), whole) is None
    assert cell_damage(Field("x", "date", "", "", "", ""), day.isoformat()) is None


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")

    def interrupt(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(path, b"new and longer")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["table.csv"]


def test_line_numbers_are_physical(tiny: Tiny) -> None:
    raw = read_table(tiny.package.tables["claims"], tiny.root)
    text = (tiny.root / CLAIMS).read_text().splitlines()
    for row, number in zip(raw.rows, raw.lines, strict=True):
        assert text[number - 1].startswith(row[0] + ",")


def test_every_form_code_says_why() -> None:
    assert all(entry.reason.endswith(".") for entry in FORM.values())
