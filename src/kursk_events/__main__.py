"""Entry point of the command line; needs the standard library only until the extra is known to be there."""

import sys


def main() -> None:
    """Run the command line, or name the extra that it needs and exit with 2."""
    try:
        import typer  # noqa: F401
    except ImportError:
        sys.exit(_missing("cli"))
    from kursk_events.cli import app

    app()


def _missing(extra: str) -> int:
    print(f"This command needs more packages: pip install 'kursk-events[{extra}]'", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
