"""Two states of a tiny package, and what each change is called, asks for and reads like."""

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kursk_events as ke
from conftest import Tiny
from kursk_events.changes import Difference, diff, next_version
from kursk_events.cli import app
from kursk_events.compile import compile_package
from kursk_events.finding import DataError
from kursk_events.schema import read_package

Edit = Callable[[Tiny], object]


def shown(found: Difference) -> list[tuple[str, ...]]:
    """The changes without their empty cells."""
    return [tuple(cell for cell in row if cell) for row in found.changes.itertuples(index=False, name=None)]


@pytest.fixture
def pair(tiny_factory: Callable[[], Tiny]) -> tuple[Tiny, Tiny]:
    return tiny_factory(), tiny_factory()


def drop_term(t: Tiny) -> None:
    """Take the basis `map` out of the vocabulary; no claim uses it."""
    path = t.root / "schemas" / "claims.yaml"
    text = path.read_text(encoding="utf-8").replace('"site_visit", "map", ', '"site_visit", ')
    start = text.index('      - value: "map"\n')
    end = text.index("      - value:", start + 10)
    path.write_text(text[:start] + text[end:], encoding="utf-8")


def schema_edit(old: str, new: str) -> Edit:
    def change(t: Tiny) -> None:
        path = t.root / "schemas" / "claims.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def add_column(t: Tiny) -> None:
    """Put a column `page` at the end of the citations, filled in one row."""
    path = t.root / "schemas" / "citations.yaml"
    field = '  - name: page\n    type: string\n    title: "Page"\n    description: "Page."\n    example: "3"\n    since: "0.2.0"\n'
    path.write_text(
        path.read_text(encoding="utf-8").replace("missingValues:", f"{field}missingValues:"), encoding="utf-8"
    )
    file = t.root / "data" / "citations.csv"
    header, first, *rest = file.read_text(encoding="utf-8").splitlines()
    lines = [f"{header},page", f"{first},7", *(f"{row}," for row in rest)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


RETIRED = {
    "table": "claims",
    "id": "staff-held",
    "retired_in": "0.2.0",
    "reason": "Doubled",
    "replaced_by": "mod-taken",
}
G = "gornal-2025-04-26"
CASES: list[tuple[str, Edit, list[tuple[str, ...]], str]] = [
    ("nothing", lambda t: t, [], "none"),
    (
        "a value",
        lambda t: t.edit("claims", "mod-losses", value_low="77000", note="Twice").write(),
        [
            ("value", "claims", "mod-losses", "value_low", "changed", "76000", "77000"),
            ("value", "claims", "mod-losses", "note", "changed", "Twice"),
        ],
        "patch",
    ),
    (
        "a record added",
        lambda t: t.add("actors", "ukr-staff", actor_id="ukr-navy").write(),
        [("record", "actors", "ukr-navy", "added")],
        "minor",
    ),
    (
        "a link gone",
        lambda t: t.drop("relations", "staff-held").write(),
        [("record", "relations", "staff-held disputes mod-taken", "removed")],
        "patch",
    ),
    (
        "a record retired",
        lambda t: t.drop("claims", "staff-held").add("retired", **RETIRED).write(),
        [("record", "claims", "staff-held", "retired", "mod-taken")],
        "minor",
    ),
    (
        "a record lost",
        lambda t: t.drop("claims", "staff-held").write(),
        [("record", "claims", "staff-held", "removed")],
        "major",
    ),
    ("a term gone", drop_term, [("term", "claims", "map", "basis", "removed")], "major"),
    (
        "a limit",
        schema_edit("minimum: 0", "minimum: 1"),
        [("column", "claims", "minimum", "value_low", "changed", "0", "1")],
        "major",
    ),
    (
        "a word of the codebook",
        schema_edit('title: "Claimant"', 'title: "Speaker"'),
        [("column", "claims", "title", "claimant_id", "changed", "Claimant", "Speaker")],
        "patch",
    ),
    (
        "a column",
        add_column,
        [
            ("column", "citations", "page", "added"),
            ("value", "citations", "mod-losses north-1", "page", "changed", "7"),
        ],
        "minor",
    ),
]


@pytest.mark.parametrize(("edit", "changes", "bump"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_change_is_named_and_asks_for_a_version(
    pair: tuple[Tiny, Tiny], edit: Edit, changes: list[tuple[str, ...]], bump: str
) -> None:
    old, new = pair
    edit(new)
    found = diff(old.root, new.root)
    assert (shown(found), found.bump) == (changes, bump)


def test_a_column_taken_away_is_one_major_change(pair: tuple[Tiny, Tiny]) -> None:
    old, new = pair
    add_column(old)
    found = diff(old.root, new.root)
    assert (shown(found), found.bump) == ([("column", "citations", "page", "removed")], "major")


def test_the_changes_both_ways_mirror_each_other(pair: tuple[Tiny, Tiny]) -> None:
    old, new = pair
    new.edit("claims", "mod-losses", value_low="77000").add("actors", "ukr-staff", actor_id="ukr-navy").write()
    there, back = diff(old.root, new.root).changes, diff(new.root, old.root).changes
    swap = {"added": "removed", "removed": "added", "changed": "changed"}
    back = back.assign(change=back["change"].map(swap), old=back["new"], new=back["old"])
    assert back.to_numpy().tolist() == there.to_numpy().tolist()


def test_the_changelog_is_a_draft_in_sections(pair: tuple[Tiny, Tiny]) -> None:
    old, new = pair
    new.edit("events", G, end_date="").add("actors", "ukr-staff", actor_id="ukr-navy")
    new.drop("claims", "staff-held").add("retired", **RETIRED).drop("relations", "staff-held").write()
    found = diff(old.root, new.root)
    assert found.changelog() == (
        f"""## {next_version(found.old_version, "minor")}

Changes from {old.root} to {new.root}.

### Added

- actors: 1
  - ukr-navy

### Changed

- events: 1
  - gornal-2025-04-26 end_date: 2025-04-26 -> (empty)

### Retired

- claims: 1
  - staff-held, replaced by mod-taken

### Removed

- relations: 1
  - staff-held disputes mod-taken
"""
    )
    assert found.counts().reset_index().to_numpy().tolist() == [
        ["actors", 1, 0, 0, 0],
        ["events", 0, 1, 0, 0],
        ["claims", 0, 0, 1, 0],
        ["relations", 0, 0, 0, 1],
    ]


def test_a_long_list_is_cut_in_the_changelog_but_not_in_the_changes(pair: tuple[Tiny, Tiny]) -> None:
    old, new = pair
    for number in range(25):
        new.add("actors", "ukr-staff", actor_id=f"unit-{number:02}")
    new.write()
    found = diff(old.root, new.root)
    assert len(found.changes) == 25
    assert found.changelog().splitlines()[-3:] == ["  - unit-18", "  - unit-19", "  - and 5 more"]


def test_nothing_changed_says_so(pair: tuple[Tiny, Tiny]) -> None:
    old, new = pair
    assert diff(old.root, new.root).changelog().endswith("\n\nNothing changed.\n")


def test_a_wheel_and_compiled_tables_compare_with_a_checkout(pair: tuple[Tiny, Tiny], tmp_path: Path) -> None:
    old, new = pair
    old.edit("sources", "north-1", title="=1+1").write()
    folder = tmp_path / "parquet"
    compile_package(old.package, folder)
    wheel = tmp_path / "kursk_events-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"kursk_events/_data/{file.name}")
    wanted = [("value", "sources", "north-1", "title", "changed", "=1+1", "Village taken")]
    assert shown(diff(wheel, new.root)) == shown(diff(folder, new.root)) == wanted
    assert shown(diff(wheel, old.root)) == []


def test_a_git_revision_compares_with_its_checkout(tiny: Tiny) -> None:
    git = ["git", "-C", str(tiny.root), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "First"], ["tag", "v1"]):
        subprocess.run([*git, *command], check=True)
    tiny.edit("events", G, title="Reported fighting at Gornal").write()
    found = diff("v1", tiny.root, root=tiny.root)
    wanted = ("value", "events", G, "title", "changed", "Reported retaking of Gornal", "Reported fighting at Gornal")
    assert shown(found) == [wanted]
    assert found.old_version == read_package(tiny.root).version
    with pytest.raises(ValueError, match="v2 is no folder, wheel or git revision"):
        diff("v2", tiny.root, root=tiny.root)
    with pytest.raises(ValueError, match="a revision does not begin with a dash"):
        diff("--output=x", tiny.root, root=tiny.root)


def test_what_is_no_state_is_said(tiny: Tiny, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match=r"holds no datapackage\.yaml"):
        diff(tmp_path / "empty", tiny.root)
    (tmp_path / "bad.whl").write_bytes(b"no archive")
    with pytest.raises(ValueError, match=r"bad\.whl is no wheel of this package"):
        diff(tmp_path / "bad.whl", tiny.root)
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as archive:
        archive.writestr("other/__init__.py", "")
    with pytest.raises(ValueError, match=r"other\.whl is no wheel of this package"):
        diff(tmp_path / "other.whl", tiny.root)
    (tiny.root / "data" / "claims.csv").write_bytes(b"")
    with pytest.raises(DataError):
        diff(tiny.root, tiny.root)


def test_the_command_prints_changes_and_the_version(pair: tuple[Tiny, Tiny]) -> None:
    old, new = pair
    new.edit("sources", "north-1", title="=1+1").write()

    def run(*options: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["diff", str(old.root), str(new.root), *options])
        return done.exit_code, done.output

    version = read_package(old.root).version
    after = next_version(version, "patch")
    assert run() == (
        0,
        f"changed  sources: north-1 title: Village taken -> =1+1\n1 changed; patch change: {version} -> {after}\n",
    )
    assert run("--format", "csv") == (
        0,
        "level,table,id,column,change,old,new\nvalue,sources,north-1,title,changed,Village taken,'=1+1\n",
    )
    assert run("--format", "markdown")[1].startswith(f"## {after}\n")
    assert run("--format", "marckdown") == (2, 'kursk-events: no format "marckdown". Did you mean "markdown"?\n')
    assert CliRunner().invoke(app, ["diff", "no-such-thing"]).exit_code == 2


def test_the_present_data_is_the_default() -> None:
    assert ke.diff(ke.path("claims").parent).changes.empty
