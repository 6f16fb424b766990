"""The real package: sdist and wheel built in isolation, the wheel installed in a fresh environment and read.

Slow, since environments are made; run with ``pytest -m wheel``.
"""

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import kursk_events as ke
from conftest import copy_checkout
from kursk_events.tables import TABLES

pytestmark = pytest.mark.wheel
ROOT = Path(__file__).parents[1]
KEPT = ("src", "data", "schemas", "tests", "datapackage.yaml", "pyproject.toml", "README.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-DATA")  # fmt: skip


def _run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an sdist, and the wheel from that sdist, in isolated environments."""
    source, out = copy_checkout(tmp_path_factory.mktemp("source") / "checkout", *KEPT), tmp_path_factory.mktemp("dist")
    done = _run(sys.executable, "-m", "build", "--outdir", out, source)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def _sums(wheel: Path) -> dict[str, str]:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if "/_data/" in name or name.endswith(".py")]
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names}


def test_the_wheel_holds_the_tables_and_not_the_hook(built: Path) -> None:
    names = set(_sums(next(built.glob("*.whl"))))
    assert {f"kursk_events/_data/{table}.parquet" for table in TABLES} <= names
    assert "kursk_events/_hatch.py" not in names


def test_a_wheel_from_the_checkout_has_the_same_bytes(built: Path, tmp_path: Path) -> None:
    source = copy_checkout(tmp_path / "checkout", *KEPT)
    done = _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "dist", source)
    assert done.returncode == 0, done.stdout + done.stderr
    direct, from_sdist = _sums(next((tmp_path / "dist").glob("*.whl"))), _sums(next(built.glob("*.whl")))
    code = {name for name in direct if name.endswith(".py")}
    assert {name: direct[name] for name in code} == {name: from_sdist[name] for name in code}
    # Parquet bytes depend on the pyarrow at hand; the isolated build may have a newer one.
    descriptors = [_descriptor(next(folder.glob("*.whl"))) for folder in (tmp_path / "dist", built)]
    assert descriptors[0]["identity"] == descriptors[1]["identity"]


def _descriptor(wheel: Path) -> dict[str, object]:
    with zipfile.ZipFile(wheel) as archive:
        raw: dict[str, object] = json.loads(archive.read("kursk_events/_data/datapackage.json"))
        return raw


def test_a_bad_cell_fails_the_build(tmp_path: Path) -> None:
    source = copy_checkout(tmp_path / "checkout", *KEPT)
    path = source / "data" / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",asserts,", ",assert,", 1), encoding="utf-8")
    done = _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "dist", source)
    assert done.returncode != 0
    assert '"assert" is not a term of stance.' in done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a fresh environment that holds the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("environment")
    assert _run(sys.executable, "-m", "venv", folder).returncode == 0
    python = folder / "bin" / "python"
    done = _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", next(built.glob("*.whl")))
    assert done.returncode == 0, done.stderr
    return python


def test_the_installed_package_gives_the_same_frames(installed: Path, tmp_path: Path) -> None:
    code = f"import kursk_events as ke, pathlib\nfor t in {TABLES!r}: ke.load(t).to_pickle(f'{{t}}.pickle')"
    done = _run(installed, "-c", code, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for table in TABLES:
        pd.testing.assert_frame_equal(pd.read_pickle(tmp_path / f"{table}.pickle"), ke.load(table))  # type: ignore[arg-type]


def test_the_installed_package_is_small(installed: Path) -> None:
    names = {row["name"] for row in json.loads(_run(installed, "-m", "pip", "list", "--format", "json").stdout)}
    assert names <= {
        "kursk-events",
        "pandas",
        "pyarrow",
        "numpy",
        "python-dateutil",
        "six",
        "tzdata",
        "pip",
        "setuptools",
    }


def test_the_installed_command_names_its_extra(installed: Path) -> None:
    done = _run(installed.parent / "kursk-events", "check")
    assert done.returncode == 2
    assert "kursk-events[cli]" in done.stderr


def test_describe_cite_and_path_work_where_installed(installed: Path, tmp_path: Path) -> None:
    code = "import kursk_events as ke; print(len(ke.describe()), ke.path('events').suffix, ke.cite()[:12])"
    done = _run(installed, "-c", code, cwd=tmp_path)
    assert done.stdout.split()[:2] == [str(len(ke.describe())), ".parquet"], done.stderr


def test_an_editable_install_sees_the_last_edit(tmp_path: Path) -> None:
    source = copy_checkout(tmp_path / "checkout", *KEPT)
    code = "import kursk_events as ke; print(ke.load('claims')['statement'].iloc[0])"
    environment = {"PYTHONPATH": str(source / "src"), "PATH": "/usr/bin:/bin"}
    before = _run(sys.executable, "-c", code, cwd=tmp_path, env=environment).stdout.strip()
    path = source / "data" / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(before, "Said something else", 1), encoding="utf-8")
    assert _run(sys.executable, "-c", code, cwd=tmp_path, env=environment).stdout.strip() == "Said something else"
