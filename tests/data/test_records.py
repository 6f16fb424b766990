"""The real records as data: clean, none lost, nothing empty or unused that is not on a list with its reason.

The lists are strict both ways: a column that gets its first value, or a term its first use, must leave the list.
"""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import kursk_events as ke
from conftest import last_access
from kursk_events.check import check
from kursk_events.schema import read_package

ROOT = Path(__file__).parents[2]

# Columns without a value yet, each waiting for a page that gives one.
EMPTY = {
    ("publishers", "wikidata_id"),
    ("sources", "archive_url"),
    ("actors", "wikidata_id"),
    ("places", "wikidata_id"),
}
# Terms that no record uses yet. They belong to matters of October 2024 to February 2025, to kinds of sources
# that were not found, or to ids that no release has retired.
RESERVED = {
    ("publishers", "kind"): {"ministry", "military"},
    ("publishers", "side"): {"KP"},
    ("sources", "kind"): {"dataset", "map", "court_record"},
    ("sources", "published_precision"): {"longer"},
    ("event_types", "ucdp_type"): {"non-state"},
    ("claims", "category"): {"air_defence"},
    ("retired", "table"): set(ke.load("retired")["table"].dtype.categories) - {"places"},
}
UNUSED_TYPES = {"rotation", "sabotage", "sanctions"}
UNUSED_MEASURES = {"equipment_supplied"}


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return ke.load_all()


def test_the_check_is_clean_and_each_warning_is_explained() -> None:
    findings = check(ROOT, last_access()).findings
    assert [finding for finding in findings if finding.severity == "error"] == []
    text = (ROOT / "docs" / "warnings.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([A-Z][0-9]{3}) \| `([^`]+)` \|", text, re.MULTILINE))
    assert {(finding.code, finding.record) for finding in findings} == explained


def test_no_table_loses_rows_unseen(tables: dict[str, pd.DataFrame]) -> None:
    with (Path(__file__).parent / "row_counts.csv").open(encoding="utf-8") as file:
        ledger = {row["table"]: int(row["rows"]) for row in csv.DictReader(file)}
    fewer = {name: (len(tables[name]), rows) for name, rows in ledger.items() if len(tables[name]) < rows}
    assert not fewer, "rows went missing; if that is meant, run `make ledger` and commit both"
    assert set(ledger) == set(tables)


def test_no_column_is_empty_but_those_that_wait(tables: dict[str, pd.DataFrame]) -> None:
    empty = {
        (name, column) for name, frame in tables.items() if len(frame) for column in frame if frame[column].isna().all()
    }
    assert empty == EMPTY


def test_every_term_is_used_or_reserved(tables: dict[str, pd.DataFrame]) -> None:
    unused: dict[tuple[str, str], set[str]] = {}
    for table in read_package(ROOT).tables.values():
        for field in table.fields:
            rest = set(field.terms) - set(tables[table.name][field.name].dropna())
            if rest:
                unused[table.name, field.name] = rest
    assert unused == RESERVED


def test_every_event_type_and_measure_is_used_or_reserved(tables: dict[str, pd.DataFrame]) -> None:
    assert set(tables["event_types"]["event_type"]) - set(tables["events"]["event_type"]) == UNUSED_TYPES
    assert set(tables["measures"]["measure"]) - set(tables["claims"]["measure"]) == UNUSED_MEASURES


def test_the_seed_article_is_coded(tables: dict[str, pd.DataFrame]) -> None:
    address = "https://ln24international.com/2025/04/28/russia-declares-victory-in-kursk-region-amid-ongoing-disputes"
    source = tables["sources"].set_index("url").loc[address, "source_id"]
    claims = tables["citations"].loc[tables["citations"]["source_id"].eq(source), "claim_id"]
    assert len(claims) >= 15
    joined = tables["relations"][["claim_id", "other_claim_id"]].isin(set(claims)).any(axis=1)
    assert joined.sum() >= 5


def test_late_april_2025_is_dense(tables: dict[str, pd.DataFrame]) -> None:
    claims = tables["claims"][tables["claims"]["claimed_on"].between("2025-04-19", "2025-04-30")]
    events = set(claims["event_id"])
    sources = tables["citations"].loc[tables["citations"]["claim_id"].isin(claims["claim_id"]), "source_id"]
    relations = tables["relations"][tables["relations"]["claim_id"].isin(claims["claim_id"])]
    assert len(claims) >= 90 and len(events) >= 25 and sources.nunique() >= 60 and len(relations) >= 40


def test_the_frictionless_command_says_valid() -> None:
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.yaml", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["valid"] is True
