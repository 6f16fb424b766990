"""The check as a contributor meets it: one damage, one finding, with the right line."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from conftest import Tiny
from kursk_events.check import check
from kursk_events.finding import RENDERINGS

TODAY = pd.Timestamp("2026-11-23")
CLAIMS = "data/claims.csv"


def found(tiny: Tiny) -> list[tuple[str, str, int, str]]:
    return [(f.code, f.file, f.line, f.column) for f in check(tiny.root, TODAY).findings]


def test_the_tiny_package_is_clean(tiny: Tiny) -> None:
    result = check(tiny.root, TODAY)
    assert result.findings == []
    assert result.rows["claims"] == 3


def _replace(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old in content, f"the fixture has no {old!r}"
        return content.replace(old, new, 1)

    return change


HEADER = b"claim_id,event_id,kind,claimant_id,stance"
# The claims stand in the order mod-losses (line 2), mod-taken (3), staff-held (4).
DAMAGES = [
    ("missing column", _replace(b",stance,", b","), "F208", 1, "stance"),
    ("extra column", _replace(HEADER, HEADER + b",mood"), "F208", 1, "mood"),
    ("renamed column", _replace(b",stance,", b",stanse,"), "F208", 1, "stance"),
    ("reordered columns", _replace(HEADER, b"event_id,claim_id,kind,claimant_id,stance"), "F208", 1, "event_id"),
    ("doubled column", _replace(b",stance,", b",stance,stance,"), "F208", 1, "stance"),
    ("byte order mark", lambda content: b"\xef\xbb\xbf" + content, "F203", 1, ""),
    ("CRLF", lambda content: content.replace(b"\n", b"\r\n"), "F204", 1, ""),
    ("CR in one line", _replace(b"ru_held,,,,,,,,,\n", b"ru_held,,,,,,,,,\r\n"), "F204", 3, ""),
    ("cp1251", _replace(b"Said that", "Сказал".encode("cp1251")), "F202", 3, ""),
    ("UTF-16", lambda content: content.decode().encode("utf-16"), "F202", 1, ""),
    ("semicolons", lambda content: content.replace(b",", b";"), "F209", 1, ""),
    ("tabs", lambda content: content.replace(b",", b"\t"), "F209", 1, ""),
    ("ragged row, short", _replace(b"mod-taken,gornal-2025-04-26,", b"mod-taken,"), "F210", 3, ""),
    ("ragged row, long", _replace(b"Said that Gornal", b"Said, that Gornal"), "F210", 3, ""),
    ("stray quote", _replace(b"Said that Gornal was taken.", b'Said "that" Gornal"'), "F211", 3, ""),
    ("open quote", _replace(b"Said that Gornal was taken.", b'"Said that Gornal was taken.'), "F211", 3, ""),
    ("needless quotes", _replace(b"Denied it.", b'"Denied it."'), "F211", 4, ""),
    ("line break in a cell", _replace(b"Said that Gornal", b'"Said\nthat Gornal'), "F211", 3, ""),
    ("line break in a quoted cell", _replace(b"Said that Gornal was taken.", b'"Said\nthat."'), "F212", 3, "statement"),
    ("padded cell", _replace(b",asserts,2025-04-26,day,official_release,none", b", asserts,2025-04-26,day,official_release,none"), "F213", 3, "stance"),
    ("no-break space", _replace(b"Said that", "Said\u00a0that".encode()), "F213", 3, "statement"),
    ("look-alike letter", _replace(b"Said that Gornal", "Said that G\u043ernal".encode()), "F214", 3, "statement"),
    ("bidirectional mark", _replace(b"Said that Gornal", "Said \u202ethat Gornal".encode()), "F214", 3, "statement"),
    ("zero-width space", _replace(b"Said that Gornal", "Said that Gor\u200bnal".encode()), "F214", 3, "statement"),
    ("not NFC", _replace(b"Said that Gornal", "Said thate\u0301 Gornal".encode()), "F215", 3, "statement"),
    ("26/04/2025", _replace(b"asserts,2025-04-26,day,official_release,none", b"asserts,26/04/2025,day,official_release,none"), "F216", 3, "claimed_on"),
    ("45773", _replace(b"asserts,2025-04-26,day,official_release,none", b"asserts,45773,day,official_release,none"), "F216", 3, "claimed_on"),
    ("2025-4-26", _replace(b"asserts,2025-04-26,day,official_release,none", b"asserts,2025-4-26,day,official_release,none"), "F216", 3, "claimed_on"),
    ("2025-02-30", _replace(b"asserts,2025-04-26,day,official_release,none", b"asserts,2025-02-30,day,official_release,none"), "F216", 3, "claimed_on"),
    ("thousands separator", _replace(b"at_least,76000", b'at_least,"76,000"'), "F217", 2, "value_low"),
    ("thousands space", _replace(b"at_least,76000", b"at_least,76 000"), "F217", 2, "value_low"),
    ("leading zero", _replace(b"at_least,76000", b"at_least,076000"), "F217", 2, "value_low"),
    ("exponent", _replace(b"at_least,76000", b"at_least,7.6e4"), "F217", 2, "value_low"),
    ("plus sign", _replace(b"at_least,76000", b"at_least,+76000"), "F217", 2, "value_low"),
    ("NA", _replace(b"none_offered", b"NA"), "F219", 3, "basis"),
    ("null", _replace(b"none_offered", b"null"), "F219", 3, "basis"),
    ("dash", _replace(b"none_offered", b"-"), "F219", 3, "basis"),
    ("formula lead", _replace(b"Said that Gornal", b"=Said that Gornal"), "F220", 3, "statement"),
    ("order of rows", lambda content: b"\n".join([(lines := content.split(b"\n"))[0], lines[3], lines[1], lines[2], b""]), "F221", 2, ""),
    ("blank line", _replace(b"\nstaff-held", b"\n\nstaff-held"), "F222", 4, ""),
    ("no last line end", lambda content: content[:-1], "F223", 4, ""),
    ("empty file", lambda content: b"", "F207", 0, ""),
    ("NUL bytes", _replace(b"Said that", b"Said\x00that"), "F205", 3, ""),
    ("bell", _replace(b"Said that", b"Said\x07that"), "F205", 3, "statement"),
    ("conflict marker", _replace(b"\nstaff-held", b"\n<<<<<<< HEAD\nstaff-held"), "F206", 4, ""),
    ("conflict separator", _replace(b"\nstaff-held", b"\n=======\nstaff-held"), "F206", 4, ""),
    ("doubled id", _replace(b"\nstaff-held,gornal-2025-04-26,control,ukr-staff", b"\nmod-taken,gornal-2025-04-26,control,ukr-staff"), "S305", 4, "claim_id"),
    ("dangling reference", _replace(b"mod-taken,gornal-2025-04-26,control,rus-mod", b"mod-taken,gornal-2025-04-26,control,rus-mud"), "S306", 3, "claimant_id"),
    ("unknown term", _replace(b"rus-mod,asserts,2025-04-26,day,official_release,none", b"rus-mod,assert,2025-04-26,day,official_release,none"), "S302", 3, "stance"),
    ("required cell empty", _replace(b"rus-mod,asserts,2025-04-26,day,official_release,none", b"rus-mod,,2025-04-26,day,official_release,none"), "S301", 3, "stance"),
    ("bad id", _replace(b"mod-taken,gornal", b"Mod_Taken,gornal"), "S303", 3, "claim_id"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code", "line", "column"), [d[1:] for d in DAMAGES], ids=[d[0] for d in DAMAGES])
def test_one_damage_gives_one_finding(
    tiny: Tiny, change: Callable[[bytes], bytes], code: str, line: int, column: str
) -> None:
    path = tiny.root / CLAIMS
    path.write_bytes(change(path.read_bytes()))
    findings = [f for f in check(tiny.root, TODAY).findings if f.file == CLAIMS]
    assert [(f.code, f.line, f.column) for f in findings] == [(code, line, column)]
    assert findings[0].message


def test_a_failed_table_does_not_drag_others_down(tiny: Tiny) -> None:
    (tiny.root / CLAIMS).write_bytes(b"")
    assert found(tiny) == [("F207", CLAIMS, 0, "")]


def test_a_file_that_is_no_text_is_one_finding(tiny: Tiny) -> None:
    (tiny.root / CLAIMS).write_bytes(bytes(range(256)) * 100)
    assert len(found(tiny)) == 1


def test_a_missing_file_a_link_and_a_folder_are_one_finding_each(
    tiny: Tiny, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tiny.root / CLAIMS
    outside = tmp_path_factory.mktemp("outside") / "claims.csv"
    path.rename(outside)
    assert found(tiny) == [("F201", CLAIMS, 0, "")]
    path.symlink_to(outside)
    assert found(tiny) == [("F201", CLAIMS, 0, "")]
    path.unlink()
    path.mkdir()
    assert found(tiny) == [("F201", CLAIMS, 0, "")]


def test_a_renamed_id_is_one_finding_a_column_that_names_it(tiny: Tiny) -> None:
    tiny.edit("actors", "rus-mod", actor_id="rus-mop").write()
    assert sorted(found(tiny)) == [
        ("S306", "data/actors.csv", tiny.line("actors", "rus-spokesman"), "parent_id"),
        ("S306", CLAIMS, tiny.line("claims", "mod-losses"), "claimant_id"),
    ]
    (finding,) = [f for f in check(tiny.root, TODAY).findings if f.file == CLAIMS]
    assert finding.message == '"rus-mod" is not in actors, and 2 rows name it; this is the first.'
    assert finding.hint == 'Did you mean "rus-mop"?'


def test_the_nearest_value_is_named(tiny: Tiny) -> None:
    tiny.edit("claims", "mod-taken", stance="assert", claimant_id="rus-mud").write()
    hints = {f.column: f.hint for f in check(tiny.root, TODAY).findings}
    assert hints == {"stance": 'Did you mean "asserts"?', "claimant_id": 'Did you mean "rus-mod"?'}


def test_descriptor_faults_are_findings(tiny: Tiny) -> None:
    path = tiny.root / "schemas" / "claims.yaml"
    path.write_text(path.read_text().replace("      required: true\n", "      requird: true\n", 1))
    (finding,) = check(tiny.root, TODAY).findings
    assert (finding.code, finding.severity) == ("D101", "error")
    assert 'Did you mean "required"?' in finding.message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title: "Claims"', "title: 2024-08-06", "put quotes round 2024-08-06"),
        ('title: "Claims"', "title: NO", "put quotes round NO"),
        ('title: "Claims"', 'title: "Claims"\ntitle: "Twice"', "stands twice"),
        ('title: "Claims"', "title: [", "not YAML"),
        ('enum: ["occurrence"', 'enum: ["happening"', "enum and categories must list the same terms"),
        ("primaryKey: [claim_id]", "primaryKey: [claim]", "does not exist"),
    ],
)  # fmt: skip
def test_yaml_that_would_be_misread_is_refused(tiny: Tiny, old: str, new: str, message: str) -> None:
    path = tiny.root / "schemas" / "claims.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    (finding,) = check(tiny.root, TODAY).findings
    assert message in finding.message


def test_base_ids_must_not_be_lost(tiny: Tiny) -> None:
    base = {"claims": frozenset({"mod-taken", "mod-gone"})}
    (finding,) = check(tiny.root, TODAY, base).findings
    assert (finding.code, finding.file) == ("R906", CLAIMS)
    assert "mod-gone" in finding.message
    tiny.add("retired", table="claims", id="mod-gone", retired_in="0.2.0", reason="Doubled").write()
    assert check(tiny.root, TODAY, base).findings == []


def test_json_has_the_promised_keys(tiny: Tiny) -> None:
    tiny.edit("claims", "mod-taken", stance="assert").write()
    (row,) = json.loads(RENDERINGS["json"](check(tiny.root, TODAY).findings))
    assert row == {
        "code": "S302",
        "severity": "error",
        "file": CLAIMS,
        "line": tiny.line("claims", "mod-taken"),
        "column": "stance",
        "record": "mod-taken",
        "message": '"assert" is not a term of stance.',
        "hint": 'Did you mean "asserts"?',
    }


def test_no_package_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no datapackage\.yaml"):
        check(tmp_path, TODAY)
