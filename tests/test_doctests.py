"""Every example in the docstrings of the package runs, on the real records."""

import doctest
import importlib
import pkgutil
import sys

import pytest

import kursk_events
from kursk_events.dataset import Dataset

MODULES = [
    name for _, name, _ in pkgutil.walk_packages(kursk_events.__path__, "kursk_events.") if not name.endswith("_hatch")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str, real: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each example reads the records as a reader would; here they are read once for all of them. The package keeps
    # what it is first asked for, so its own name is patched too: else it would keep the patch for good.
    for module in (kursk_events, sys.modules["kursk_events.loading"]):
        monkeypatch.setattr(module, "load_all", lambda: dict(real.tables))
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = {name: [test for test in finder.find(importlib.import_module(name)) if test.examples] for name in MODULES}
    assert len(found["kursk_events.dataset"]) > 3


def test_the_package_gives_its_own_function_again_after_the_examples() -> None:
    assert kursk_events.load_all is sys.modules["kursk_events.loading"].load_all
