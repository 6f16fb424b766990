"""The state that a check or diff compares with: a git revision, a wheel or a folder."""

import csv
import io
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kursk_events.schema import DESCRIPTOR, Package


def base_ids(package: Package, base: str) -> dict[str, frozenset[str]]:
    """Return the ids that a state held, by table.

    Args:
        package: The present package.
        base: A folder with a copy of the package, a wheel of a release, or a git revision of this checkout.

    Raises:
        ValueError: The base is none of them, or cannot be read.

    """
    path = Path(base)
    if path.suffix == ".whl":
        return _wheel_ids(package, path)
    with base_folder(package.root, base) as folder:
        return {
            name: frozenset(_first_cells(folder / table.path))
            for name, table in package.tables.items()
            if (folder / table.path).is_file()
        }


@contextmanager
def base_folder(root: Path, base: str) -> Iterator[Path]:
    """Give a folder that holds the package as it was at ``base``: a folder, or a revision unpacked for a while."""
    path = Path(base)
    if (path / DESCRIPTOR).is_file():
        yield path
        return
    if path.is_dir():
        raise ValueError(f"{base} holds no {DESCRIPTOR}")
    if base.startswith("-"):
        raise ValueError(f"{base} is no folder, wheel or git revision: a revision does not begin with a dash")
    command = ["git", "-C", str(root), "archive", "--format=tar", base, DESCRIPTOR, "pyproject.toml", "data", "schemas"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise ValueError(f"{base} is no folder, wheel or git revision: {reason[-1] if reason else 'git failed'}")
    with TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder)


def _first_cells(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        yield from (row[0] for row in rows if row)


def _wheel_ids(package: Package, path: Path) -> dict[str, frozenset[str]]:
    import pyarrow.parquet as pq

    try:
        with zipfile.ZipFile(path) as wheel:
            names = set(wheel.namelist())
            found = {}
            for name, table in package.tables.items():
                member = f"kursk_events/_data/{name}.parquet"
                if member in names:
                    column = pq.read_table(io.BytesIO(wheel.read(member)), columns=[table.primary_key[0]]).column(0)
                    found[name] = frozenset(column.cast("string").to_pylist())
    except (OSError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} is no wheel: {error}") from error
    if not found:
        raise ValueError(f"{path} is no wheel of this package")
    return found
