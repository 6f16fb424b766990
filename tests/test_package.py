"""The public names of the package."""

import kursk_events as ke


def test_every_public_name_is_there() -> None:
    assert [name for name in ke.__all__ if getattr(ke, name, None) is None] == []


def test_the_stub_names_what_the_package_gives() -> None:
    from pathlib import Path

    stub = Path(ke.__file__).with_suffix(".pyi").read_text()
    assert [name for name in ke.__all__ if f" {name}\n" not in stub and f"{name}:" not in stub] == []
