"""Compiling: Parquet, the descriptor's sums, and the identity of a release."""

import hashlib
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from conftest import Tiny
from kursk_events.compile import compile_package, identity
from kursk_events.finding import DataError
from kursk_events.schema import read_package


def test_the_descriptor_tells_bytes_rows_and_hash(tiny: Tiny, tmp_path: Path) -> None:
    out = tmp_path / "out"
    rows = compile_package(tiny.package, out)
    descriptor = json.loads((out / "datapackage.json").read_text())
    assert [r["name"] for r in descriptor["resources"]] == list(tiny.package.tables)
    for resource in descriptor["resources"]:
        content = (out / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["rows"] == rows[resource["name"]] == pq.read_table(out / resource["path"]).num_rows
    assert descriptor["dataAsOf"] == "2025-04-27"


def test_two_builds_give_the_same_bytes(tiny: Tiny, tmp_path: Path) -> None:
    for name in ("one", "two"):
        compile_package(tiny.package, tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_the_identity_changes_with_a_cell_and_comes_back(tiny: Tiny) -> None:
    before = identity(tiny.package)
    tiny.edit("claims", "mod-taken", statement="Said so.").write()
    assert identity(tiny.package) != before
    tiny.edit("claims", "mod-taken", statement="Said that Gornal was taken.").write()
    assert identity(tiny.package) == before


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"stance": "assert"}, "S302"),
        ({"claimant_id": "nobody"}, "S306"),
        ({"statement": ""}, "S301"),
        ({"claimed_on": "2025-4-26"}, "F216"),
        ({"claim_id": "A b"}, "S303"),
    ],
)
def test_a_bad_cell_fails_the_build_and_writes_nothing(
    tiny: Tiny, tmp_path: Path, cells: dict[str, str], code: str
) -> None:
    tiny.edit("claims", "mod-taken", **cells).write()
    with pytest.raises(DataError) as error:
        compile_package(read_package(tiny.root), tmp_path / "out")
    assert code in {finding.code for finding in error.value.findings}
    assert not (tmp_path / "out").exists()
