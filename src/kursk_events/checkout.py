"""The checkout around the package: its files, read again when one of them has changed and only then.

A contributor sees the last edit at the next call, and a session that asks many questions reads the files once.
"""

from functools import cached_property, lru_cache
from pathlib import Path

import pyarrow as pa

from kursk_events.schema import DESCRIPTOR, Package, find_root, read_package
from kursk_events.typed import read_tables

Stamp = tuple[str, int, int]


class Checkout:
    """A checkout as it stood at one moment."""

    def __init__(self, root: Path) -> None:
        self.package: Package = read_package(root)

    @cached_property
    def tables(self) -> dict[str, pa.Table]:
        """The typed tables; raises `DataError` where the records have a fault."""
        return read_tables(self.package)


def checkout() -> Checkout:
    """Return the checkout that this module lies in, as its files are now.

    Raises:
        FileNotFoundError: There is none.

    """
    root = find_root(Path(__file__).parent)
    if root is None:
        raise FileNotFoundError(
            "the package has neither compiled tables nor a checkout around it: pip install . in the checkout"
        )
    return _read(root, _stamps(root))


@lru_cache(maxsize=1)
def _read(root: Path, stamps: tuple[Stamp, ...]) -> Checkout:
    return Checkout(root)


def _stamps(root: Path) -> tuple[Stamp, ...]:
    """Return name, time of change and size of every file that the tables and the citation are made of."""
    folders = (root / "schemas").glob("*.yaml"), (root / "data").glob("*.csv")
    files = [root / DESCRIPTOR, root / "pyproject.toml", root / "CITATION.cff", *folders[0], *folders[1]]
    found = [(file, file.stat()) for file in sorted(files) if file.is_file()]
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file, stat in found)
