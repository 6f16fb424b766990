"""The guides run as they are printed: Python in one go a page, R where it is installed, shell commands through the CLI.

Each page then has to have made what it promises, so that a page that silently gives nothing fails.
"""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import kursk_events as ke
from conftest import ROOT
from kursk_events.cli import app
from kursk_events.export import export
from kursk_events.flat import flat
from readback import need

DOCS = ROOT / "docs"
PAGES = DOCS / "guides"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
Names = Mapping[str, Any]


def blocks(page: Path, language: str) -> list[str]:
    return [code for name, code in _BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


def run_python(page: Path) -> Names:
    names: dict[str, Any] = {}
    for number, code in enumerate(blocks(page, "python"), 1):
        exec(compile(code, f"{page.name}, block {number}", "exec"), names)
    return names


def claims() -> int:
    return len(ke.load("claims"))


def by_side() -> dict[tuple[str, str], int]:
    """Counts of claims by side and stance, without the zeros."""
    return flat(ke.load_all()).groupby(["claimant_side", "stance"], observed=True).size().to_dict()


def area_claims() -> int:
    return int(ke.load("claims")["measure"].eq("area_held").sum())


def check_pandas(names: Names) -> None:
    assert names["by_side"].stack().loc[lambda counts: counts > 0].to_dict() == by_side()
    assert len(names["figures"]) == area_claims() > 0
    assert {"RU", "UA"} <= set(names["answers"]["claimant_side"])


def check_polars(names: Names) -> None:
    assert {(side, stance): number for side, stance, number in names["by_side"].rows()} == by_side()
    assert names["area"].height == area_claims()


def check_duckdb(names: Names) -> None:
    assert names["by_side"].set_index(["side", "stance"])["claims"].to_dict() == by_side()
    assert {"RU", "UA"} <= set(names["answers"]["side"])
    assert len(names["placed"]) > 0


def check_stata(names: Names) -> None:
    assert len(names["rows"]) == claims()
    assert names["labels"]["claimant_side"] == "Claimant: Side"


def check_spreadsheets(names: Names) -> None:
    from openpyxl import load_workbook

    book = load_workbook(names["path"], read_only=True)
    assert book.sheetnames[:2] == ["flat", "codebook"]
    assert sum(1 for _ in book["flat"]) == claims() + 1


def check_maps(names: Names) -> None:
    assert len(names["events"]) == len(ke.load("events"))
    assert len(names["placed"]) >= len(names["own_point"]) > 0
    assert names["placed"].geometry.x.between(-180, 180).all()


def check_sqlite(names: Names) -> None:
    assert {"RU", "UA"} <= {side for _, _, side, _, _ in names["answers"]}
    assert list(names["described"]) == list(ke.load("claims").columns)


def check_ged(names: Names) -> None:
    assert len(names["labels"]) == len(ke.load("events"))
    assert len(names["one_event"]) > 0
    assert names["one_event"]["claimant_id"].notna().all()


CHECKS: dict[str, tuple[str, Callable[[Names], None]]] = {
    "guides/duckdb": ("duckdb", check_duckdb),
    "guides/maps": ("geopandas", check_maps),
    "guides/pandas": ("pandas", check_pandas),
    "guides/polars": ("polars", check_polars),
    "guides/spreadsheets": ("openpyxl", check_spreadsheets),
    "guides/sqlite": ("pandas", check_sqlite),
    "guides/stata": ("pandas", check_stata),
    "ged": ("pandas", check_ged),
}


def test_every_guide_with_python_is_run() -> None:
    pages = {f"guides/{page.stem}" for page in PAGES.glob("*.md") if blocks(page, "python")}
    assert pages | {"ged"} == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_the_python_of_a_guide_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, check = CHECKS[name]
    need(package)
    monkeypatch.chdir(tmp_path)
    check(run_python(DOCS / f"{name}.md"))


COMMANDS = sorted({line for page in PAGES.glob("*.md") for code in blocks(page, "shell") for line in code.splitlines()})


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_guides_write_their_files(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    program, *words = shlex.split(command)
    assert program == "kursk-events"
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.output.splitlines()[0]) == (0, f"wrote {words[-1]}")
    assert (tmp_path / words[-1]).stat().st_size > 0


def test_the_base_r_of_the_guide_runs(tmp_path: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed: apt-get install r-base-core")
    tables = ke.load_all()
    tables["sources"].loc[0, "title"] = "=1+1"
    export(tables, tmp_path / "claims.csv")
    # The package arrow is not among Debian's, so its block is only printed.
    code = [block for block in blocks(PAGES / "r.md", "r") if "library(arrow)" not in block]
    assert len(code) == 3
    last = [
        'stopifnot(inherits(claims$claimed_on, "Date"), is.numeric(claims$value), !anyNA(claims$statement))',
        'stopifnot(identical(Encoding(claims$location_name_ru[!is.na(claims$location_name_ru)][1]), "UTF-8"))',
        "write.table(as.data.frame(by_side), 'by_side.txt', quote = FALSE, row.names = FALSE, col.names = FALSE)",
        "cat(nrow(claims), nrow(area), sum(substr(claims$source_title, 1, 2) == \"'=\", na.rm = TRUE), '\\n')",
    ]
    (tmp_path / "guide.R").write_text("\n".join([*code, *last]), encoding="utf-8")
    done = subprocess.run([program, "guide.R"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].split() == [str(claims()), str(area_claims()), "0"]
    rows = [line.split() for line in (tmp_path / "by_side.txt").read_text(encoding="utf-8").splitlines()]
    assert {(side, stance): int(number) for side, stance, number in rows if number != "0"} == by_side()
