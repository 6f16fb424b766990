"""The command line: a thin Typer app without logic of its own."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

if TYPE_CHECKING:
    from kursk_events.check import Result

app = typer.Typer(
    name="kursk-events",
    help="Claims about the Kursk campaign: check, format, build, show and cite the records.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
PackageOption = Annotated[
    Path | None, typer.Option("--package", help="Folder of the package; default: the checkout around you.")
]


def _root(package: Path | None) -> Path:
    from kursk_events.schema import find_root

    root = package if package is not None else find_root()
    if root is None or not (root / "datapackage.yaml").is_file():
        _stop(f"no datapackage.yaml in {package}" if package else "no checkout around this folder: use --package DIR")
    return root


def _stop(message: str) -> NoReturn:
    print(f"kursk-events: {message}", file=sys.stderr)
    raise typer.Exit(2)


def _console() -> Console:
    """Return a console for standard output, of a fixed width where it is no terminal."""
    return Console(width=None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "110")))


def _need(extra: str) -> NoReturn:
    _stop(f"this command needs more packages: pip install 'kursk-events[{extra}]'")


@app.command()
def check(
    package: PackageOption = None,
    output: Annotated[str, typer.Option("--format", help="text, json, github, markdown or sarif.")] = "text",
    base: Annotated[str, typer.Option(help="Git revision, wheel or folder whose ids must not be lost.")] = "",
    today: Annotated[str, typer.Option(help="Day of the check, yyyy-mm-dd; default: today.")] = "",
) -> None:
    """Check the records: form, Frictionless, Pandera and rules. Exit 0 without errors, 1 with, 2 could not run."""
    from kursk_events.finding import RENDERINGS, nearest

    if output not in RENDERINGS:
        _stop(f'no format "{output}". {nearest(output, RENDERINGS) or "Formats: " + ", ".join(RENDERINGS)}')
    result = _checked(_root(package), base, today)
    print(RENDERINGS[output](result.findings))
    raise typer.Exit(1 if result.errors else 0)


def _checked(root: Path, base: str = "", today: str = "") -> "Result":
    try:
        import frictionless  # noqa: F401
        import jsonschema  # noqa: F401
        import pandera.pandas  # noqa: F401
    except ImportError:
        _need("check")
    import pandas as pd

    from kursk_events.base import base_ids
    from kursk_events.check import check as run_check
    from kursk_events.schema import SchemaError, read_package

    console = Console(stderr=True)
    try:
        known = base_ids(read_package(root), base) if base else {}
        day = pd.Timestamp(today) if today else None
        with console.status("descriptors") as status:
            return run_check(root, day, known, progress=lambda layer: status.update(layer))
    except (SchemaError, ValueError, OSError) as error:
        _stop(str(error))


@app.command()
def fmt(package: PackageOption = None) -> None:
    """Put the CSV files into canonical form: order, quotes, spaces, line ends. Never changes a value's meaning."""
    from kursk_events.finding import terminal
    from kursk_events.schema import SchemaError, read_package
    from kursk_events.text import format_file

    try:
        described = read_package(_root(package))
    except (SchemaError, ImportError) as error:
        _stop(str(error))
    findings = []
    for table in described.tables.values():
        changed, found = format_file(table, described.root)
        findings += found
        if changed:
            print(f"formatted {table.path}")
    if findings:
        print(terminal(findings), file=sys.stderr)
        raise typer.Exit(1)


@app.command()
def build(
    package: PackageOption = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the Parquet files; default: build/parquet.")] = None,
) -> None:
    """Check the records, compile Parquet, and print a summary."""
    root = _root(package)
    result = _checked(root)
    console = _console()
    if result.errors:
        from kursk_events.finding import terminal

        print(terminal([finding for finding in result.findings if finding.severity == "error"]))
        raise typer.Exit(1)
    from kursk_events.compile import compile_package
    from kursk_events.schema import read_package
    from kursk_events.summary import print_summary
    from kursk_events.typed import read_tables, to_frames

    described = read_package(root)
    target = out or root / "build" / "parquet"
    with Console(stderr=True).status("Parquet"):
        tables = read_tables(described)
        compile_package(described, target, tables)
    print_summary(to_frames(described, tables), result.findings, console)
    console.print(f"Parquet and datapackage.json are in {os.path.relpath(target)}.")


@app.command()
def show(event_id: Annotated[str, typer.Argument(help="Id of an event.")]) -> None:
    """Print an event and its claims by side."""
    from kursk_events.loading import load_all
    from kursk_events.show import show_event

    try:
        show_event(
            load_all(),
            event_id,
            _console(),
        )
    except ValueError as error:
        _stop(str(error))


@app.command()
def cite(
    claim_id: Annotated[str | None, typer.Argument(help="Id of a claim; the dataset where it is left out.")] = None,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="BibTeX instead of text.")] = False,
) -> None:
    """Print how to cite the dataset or one claim."""
    from kursk_events.loading import cite as cite_text

    try:
        print(cite_text(claim_id, style="bibtex" if bibtex else "text"))
    except ValueError as error:
        _stop(str(error))


@app.command()
def new(
    table: Annotated[str, typer.Argument(help="Table that gets the record.")],
    cells: Annotated[list[str], typer.Argument(help="Cells as column=value.")],
    package: PackageOption = None,
) -> None:
    """Add one record to a table, in its place. Then run `kursk-events check`."""
    from kursk_events.new import add_record, similar_names
    from kursk_events.schema import SchemaError, read_package

    pairs = dict(cell.partition("=")[::2] for cell in cells)
    try:
        described = read_package(_root(package))
        if "name" in pairs:
            for other in similar_names(described, table, pairs["name"]):
                print(f"note: {other} has a similar name", file=sys.stderr)
        print(add_record(described, table, pairs), end="")
    except (SchemaError, ValueError, KeyError, ImportError) as error:
        _stop(str(error.args[0]) if error.args else str(error))


@app.command()
def sample(
    seed: Annotated[int, typer.Option(help="Seed of the draw; keep it with the results.")],
    share: Annotated[float, typer.Option(help="Share of the claims to reach.")] = 0.1,
) -> None:
    """Print the claims to re-read, as CSV: cluster and claim id in the order of the draw."""
    from kursk_events.audit import draw
    from kursk_events.loading import load

    print(draw(load("claims"), seed, share).to_csv(index=False), end="")


@app.command()
def accuracy(package: PackageOption = None) -> None:
    """Print what the re-reading of samples found: docs/accuracy/*.csv."""
    from kursk_events.audit import print_accuracy, read_verdicts

    verdicts = read_verdicts(_root(package) / "docs" / "accuracy")
    if verdicts.empty:
        _stop("no verdicts under docs/accuracy")
    print_accuracy(verdicts, _console())


@app.command()
def export(
    paths: Annotated[list[Path], typer.Argument(help="Files to write: .csv .geojson .parquet .dta .xlsx .sqlite")],
    output: Annotated[
        str, typer.Option("--format", help="csv, geojson, geoparquet, stata, excel or sqlite; default: by the ending.")
    ] = "",
) -> None:
    """Write the dataset for other programs, by the ending of each name."""
    from kursk_events.export import export as write
    from kursk_events.loading import load_all

    tables = load_all()
    try:
        for path in paths:
            for file in write(tables, path, output or None):
                print(f"wrote {file}")
    except (ImportError, ValueError, OSError) as error:
        _stop(str(error))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="Git revision, wheel or folder.")],
    new: Annotated[str | None, typer.Argument(help="The same; the present data where it is left out.")] = None,
    package: PackageOption = None,
    output: Annotated[str, typer.Option("--format", help="text, csv, or markdown: a draft of the changelog.")] = "text",
) -> None:
    """Print what changed between two states of the data, a value at a time, and the version that it needs."""
    from kursk_events.changes import RENDERINGS
    from kursk_events.changes import diff as compare
    from kursk_events.finding import nearest

    if output not in RENDERINGS:
        _stop(f'no format "{output}". {nearest(output, RENDERINGS) or "Formats: " + ", ".join(RENDERINGS)}')
    try:
        found = compare(old, new, root=_root(package) if package else None)
    except (ValueError, OSError, ImportError) as error:
        _stop(str(error))
    print(RENDERINGS[output](found), end="")


@app.command()
def docs(package: PackageOption = None) -> None:
    """Build the documentation site of a checkout into build/site."""
    import importlib.util
    import subprocess

    if importlib.util.find_spec("mkdocs") is None:
        _need("docs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=_root(package), env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=False)
    raise typer.Exit(done.returncode)
