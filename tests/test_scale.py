"""The road at ten times the size, and the check and the compiler at a million claims: the records copied under new ids.

Slow; run by ``make nightly``. What is measured is a ratio of processor times within one run, and it is printed, not
judged: the machines that run this differ.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import kursk_events as ke
from conftest import copy_checkout, last_access
from kursk_events.schema import read_package
from kursk_events.text import format_file, write_rows

pytestmark = pytest.mark.nightly
ROOT = Path(__file__).parents[1]
TIMES = 10
MILLION = 1_000_000
TODAY = f"{last_access():%Y-%m-%d}"
KEPT = ("src", "docs", "data", "schemas", "mkdocs.yml", "datapackage.yaml", "pyproject.toml", "CITATION.cff", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "LICENSE", "LICENSE-DATA")  # fmt: skip
OWN = {
    "events": ["event_id"],
    "sources": ["source_id"],
    "claims": ["claim_id", "event_id"],
    "citations": ["claim_id", "source_id"],
    "relations": ["claim_id", "other_claim_id"],
    "participants": ["event_id"],
}


def _multiply(root: Path, times: int) -> None:
    """Write each record so many times, every copy under ids of its own; standing figures stay with the campaign."""
    package = read_package(root)
    for name, keys in OWN.items():
        path = root / package.tables[name].path
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        copies = [rows]
        for number in range(2, times + 1):
            copy = rows.copy()
            for key in keys:
                copy[key] = copy[key].where(copy[key].eq("kursk-campaign"), copy[key] + f"-copy{number}")
            if name == "sources":
                copy["url"] += ("&" if copy["url"].str.contains("?", regex=False).all() else "#") + f"copy{number}"
            copies.append(copy[~copy[keys[0]].eq("kursk-campaign") | (name != "events")])
        whole = pd.concat(copies).drop_duplicates(list(package.tables[name].primary_key))
        path.write_text(write_rows(package.tables[name].columns, whole.values.tolist()), encoding="utf-8")
        format_file(package.tables[name], root)


def _processor_seconds(root: Path, *command: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def test_ten_times_the_records_pass_the_whole_road(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, ten = copy_checkout(tmp_path / "one" / "checkout", *KEPT), copy_checkout(tmp_path / "ten" / "checkout", *KEPT)
    _multiply(ten, TIMES)
    for command in (["kursk_events", "check", "--today", TODAY], ["mkdocs", "build"]):
        base, big = _processor_seconds(one, *command), _processor_seconds(ten, *command)
        with capsys.disabled():
            print(f"\n{command[0]} {command[1]}: {base:.0f} s once, {big:.0f} s at ten times, ratio {big / base:.1f}")
    events = len(ke.load("events"))
    pages = [page for page in (ten / "build" / "site" / "events").iterdir() if (page / "index.html").is_file()]
    assert len([page for page in pages if "copy" in page.name]) == (events - 1) * (TIMES - 1)


def test_a_million_claims_are_checked_and_compiled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, many = (
        copy_checkout(tmp_path / "one" / "checkout", *KEPT),
        copy_checkout(tmp_path / "many" / "checkout", *KEPT),
    )
    claims = len(ke.load("claims"))
    times = -(-MILLION // claims)
    _multiply(many, times)
    for command in (["kursk_events", "check", "--today", TODAY], ["kursk_events", "build"]):
        base, big = _processor_seconds(one, *command), _processor_seconds(many, *command)
        with capsys.disabled():
            print(f"\n{command[1]}: {base:.0f} s once, {big:.0f} s at {times} times, ratio {big / base:.1f}")
    rows = pq.read_metadata(many / "build" / "parquet" / "claims.parquet").num_rows
    assert rows == claims * times >= MILLION
