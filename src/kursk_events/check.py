"""The check: form, Frictionless, types and keys, Pandera and rules, in this order.

A table stops at the first layer that fails, so that one damage gives one finding and not twenty; the other
tables go on, without the rules that need the failed one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kursk_events.finding import Code, Finding
from kursk_events.schema import Package, SchemaError, read_package
from kursk_events.text import RawTable, order_findings, read_table

CONTRACT = {
    entry.code: entry
    for entry in (
        Code("C401", "typed columns keep Pandera's contract", "The second validator checks the first."),
        Code(
            "D101",
            "the descriptors are those that the model allows",
            "A misspelt key would be passed over in silence.",
        ),
    )
}
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found, and the rows it read by table."""

    findings: list[Finding]
    rows: Mapping[str, int]

    @property
    def errors(self) -> int:
        """Number of errors; warnings do not count."""
        return sum(finding.severity == "error" for finding in self.findings)


def check(
    root: Path,
    today: pd.Timestamp | None = None,
    base: Mapping[str, frozenset[str]] | None = None,
    progress: Progress = lambda _: None,
) -> Result:
    """Check the package under ``root``.

    Args:
        root: Folder with ``datapackage.yaml``, ``schemas/`` and ``data/``.
        today: Day of the check; today where it is left out.
        base: Ids by table of an earlier state, from `kursk_events.base.base_ids`.
        progress: Called with the name of each layer as it begins.

    Raises:
        FileNotFoundError: There is no descriptor under ``root``.

    """
    if not (root / "datapackage.yaml").is_file():
        raise FileNotFoundError(f"no datapackage.yaml in {root}")
    progress("descriptors")
    try:
        package = read_package(root)
    except SchemaError as error:
        return Result(
            [Finding("datapackage.yaml", 0, "", "D101", "error", "", f"{error}.", "Mend the descriptor.")], {}
        )
    findings = descriptor_findings(package)
    if findings:
        return Result(findings, {})
    progress("form")
    raws = {name: read_table(table, root) for name, table in package.tables.items()}
    rows = {name: len(raw.rows) for name, raw in raws.items()}
    findings += [finding for raw in raws.values() for finding in raw.findings]
    good = _without(raws, findings)
    findings += _later_layers(package, good, today or pd.Timestamp.now().normalize(), base or {}, progress)
    return Result(sorted(set(findings)), rows)


def descriptor_findings(package: Package) -> list[Finding]:
    """Check the descriptors against the closed meta-schema and across tables."""
    from kursk_events.lint import lint

    return [Finding(file, 0, "", "D101", "error", "", message, hint) for file, message, hint in lint(package)]


def _without(raws: Mapping[str, RawTable], findings: list[Finding]) -> dict[str, RawTable]:
    broken = {finding.file for finding in findings if finding.severity == "error"}
    return {name: raw for name, raw in raws.items() if raw.table.path not in broken}


def _later_layers(
    package: Package,
    good: dict[str, RawTable],
    today: pd.Timestamp,
    base: Mapping[str, frozenset[str]],
    progress: Progress,
) -> list[Finding]:
    from kursk_events.rules import Context, run
    from kursk_events.structure import structure_findings
    from kursk_events.typed import to_arrow, to_frames

    progress("structure (Frictionless)")
    findings = structure_findings(package, good)
    good = _without(good, findings)
    frames = to_frames(package, {name: to_arrow(raw) for name, raw in good.items()})
    progress("contracts (Pandera)")
    findings += contract_findings(package, frames, good)
    good = _without(good, findings)
    findings += [finding for raw in good.values() for finding in order_findings(raw)]
    progress("rules")
    frames = {name: frame for name, frame in frames.items() if name in good}
    context = Context(package, today, base)
    return findings + list(run(frames, {name: raw.lines for name, raw in good.items()}, context))


def contract_findings(
    package: Package, frames: Mapping[str, pd.DataFrame], raws: Mapping[str, RawTable]
) -> list[Finding]:
    """Validate typed frames by their Pandera contracts; one finding a failing cell."""
    import pandera.errors

    from kursk_events.contract import contract
    from kursk_events.typed import row_finding

    findings = []
    for name, frame in frames.items():
        try:
            contract(package.tables[name]).validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as errors:
            for case in errors.failure_cases.itertuples(index=False):
                column = str(case.column if case.schema_context == "Column" else package.tables[name].primary_key[0])
                message = f"{case.failure_case!r} breaks {case.check}."
                if case.index is None or pd.isna(case.index):
                    findings.append(Finding(package.tables[name].path, 0, column, "C401", "error", "", message, ""))
                    continue
                raw, at = raws[name], int(case.index)
                findings.append(row_finding(raw.table, raw.rows[at], raw.lines[at], column, "C401", message, ""))
    return findings
