"""The command line: exit status, streams, and what a command prints."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import Tiny
from kursk_events.cli import app
from kursk_events.summary import QUESTION

RUN = CliRunner()
DAY = ["--today", "2026-11-23"]


def test_check_says_nothing_is_wrong(tiny: Tiny) -> None:
    done = RUN.invoke(app, ["check", "--package", str(tiny.root), *DAY])
    assert (done.exit_code, done.stdout) == (0, "No findings.\n")


def test_check_exits_1_with_errors_and_names_the_place(tiny: Tiny) -> None:
    tiny.edit("claims", "mod-taken", stance="assert").write()
    done = RUN.invoke(app, ["check", "--package", str(tiny.root), *DAY])
    assert done.exit_code == 1
    assert done.stdout == (
        'data/claims.csv:3: stance: S302 error: "assert" is not a term of stance. Did you mean "asserts"? [mod-taken]\n'
        "1 error, 0 warnings.\n"
    )


def test_warnings_are_printed_and_leave_the_status_at_0(tiny: Tiny) -> None:
    tiny.edit("claims", "mod-taken", valid_from="2025-04-28").write()
    done = RUN.invoke(app, ["check", "--package", str(tiny.root), "--format", "json", *DAY])
    assert done.exit_code == 0
    assert [row["code"] for row in json.loads(done.stdout)] == ["R204"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--package", "/nowhere"], "no datapackage.yaml in /nowhere"),
        (["check", "--format", "jsno"], 'no format "jsno". Did you mean "json"?'),
        (["check", "--base", "no-such-revision"], "no-such-revision is no folder, wheel or git revision"),
        (["show", "reported-retaking-gornal"], "Did you mean"),
        (["cite", "nobody"], 'no claim "nobody".'),
        (["new", "claims", "claim=x"], "Did you mean"),
    ],
)
def test_what_cannot_run_exits_2(arguments: list[str], message: str) -> None:
    done = RUN.invoke(app, arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_fmt_names_what_it_formatted(tiny: Tiny) -> None:
    path = tiny.root / "data/claims.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = RUN.invoke(app, ["fmt", "--package", str(tiny.root)])
    assert (done.exit_code, done.stdout) == (0, "formatted data/claims.csv\n")
    again = RUN.invoke(app, ["fmt", "--package", str(tiny.root)])
    assert (again.exit_code, again.stdout) == (0, "")


def test_new_puts_a_record_in_its_place(tiny: Tiny) -> None:
    cells = ["actor_id=ukr-sof", "name=Special Operations Forces", "kind=armed_force", "side=UA"]
    done = RUN.invoke(app, ["new", "actors", *cells, "--package", str(tiny.root)])
    assert done.exit_code == 0
    assert (tiny.root / "data/actors.csv").read_text().splitlines()[3:] == [
        "ukr-sof,Special Operations Forces,,,armed_force,UA,,,,",
        "ukr-staff,Staff,,,government_body,UA,,,,",
    ]
    again = RUN.invoke(app, ["new", "actors", *cells, "--package", str(tiny.root)])
    assert again.exit_code == 2
    assert "ukr-sof is already in actors" in again.stderr


def test_show_prints_the_sides_in_alphabetical_order() -> None:
    done = RUN.invoke(app, ["show", QUESTION], env={"COLUMNS": "200"})
    assert done.exit_code == 0
    heads = next(
        line for line in done.stdout.splitlines() if "Ukraine" in line and "Russia" in line and "No side" in line
    )
    assert heads.index("North Korea") < heads.index("Russia") < heads.index("Ukraine") < heads.index("No side")
    assert "status: disputed" in done.stdout


def test_build_answers_the_question(tiny: Tiny, tmp_path: Path) -> None:
    tiny.edit("events", "gornal-2025-04-26", event_id=QUESTION)
    for claim in ("mod-taken", "staff-held"):
        tiny.edit("claims", claim, event_id=QUESTION)
    tiny.edit("participants", "gornal-2025-04-26", event_id=QUESTION).write()
    done = RUN.invoke(
        app, ["build", "--package", str(tiny.root), "--out", str(tmp_path / "out")], env={"COLUMNS": "120"}
    )
    assert done.exit_code == 0, done.output
    assert "claims 3" in done.stdout
    assert "2025-04" in done.stdout
    assert "Said that Gornal was taken." in done.stdout and "Denied it." in done.stdout
    assert (tmp_path / "out" / "claims.parquet").is_file()


def test_build_refuses_records_with_errors(tiny: Tiny, tmp_path: Path) -> None:
    tiny.edit("claims", "mod-taken", stance="assert").write()
    done = RUN.invoke(app, ["build", "--package", str(tiny.root), "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_without_typer_the_command_names_the_extra() -> None:
    code = "import sys; sys.modules['typer'] = None; from kursk_events.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'kursk-events[cli]'" in done.stderr


def test_docs_needs_a_package_and_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = RUN.invoke(app, ["docs", "--package", str(tmp_path)])
    assert (done.exit_code, "no datapackage.yaml" in done.stderr) == (2, True)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = RUN.invoke(app, ["docs"])
    assert (done.exit_code, "pip install 'kursk-events[docs]'" in done.stderr) == (2, True)


COMMANDS = {command.name or command.callback.__name__ for command in app.registered_commands}  # type: ignore[union-attr]


def test_every_command_is_documented() -> None:
    root = Path(__file__).parents[1]
    pages = [*(root / "docs").rglob("*.md"), root / "README.md", root / "CONTRIBUTING.md"]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert {name for name in COMMANDS if f"kursk-events {name}" not in text} == set()
