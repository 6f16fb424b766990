"""The public names of the package."""

import subprocess
import sys

import kursk_events as ke


def test_a_module_does_not_hide_the_function_of_its_name() -> None:
    code = "import kursk_events as ke; ke.data_as_of(); import kursk_events.loading; print(callable(ke.load))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_every_public_name_is_there() -> None:
    assert [name for name in ke.__all__ if getattr(ke, name, None) is None] == []


def test_the_stub_names_what_the_package_gives() -> None:
    from pathlib import Path

    stub = Path(ke.__file__).with_suffix(".pyi").read_text()
    assert [name for name in ke.__all__ if f" {name}\n" not in stub and f"{name}:" not in stub] == []
