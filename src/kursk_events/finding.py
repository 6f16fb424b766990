"""Findings: what a check has to say, and how it is rendered.

A finding names one damage in one place. Every layer of the check speaks in findings, so that the terminal,
GitHub, JSON and SARIF outputs are written once.
"""

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One damage.

    Attributes:
        file: Path relative to the package, with forward slashes.
        line: Physical line, counted from 1; 0 where the whole file is meant.
        column: Name of the column, or empty.
        code: Stable code of the rule, such as ``F210``.
        severity: ``error`` or ``warning``.
        record: Primary key of the record, parts joined by a space, or empty.
        message: What is wrong, with the value.
        hint: What would be right.

    """

    file: str
    line: int
    column: str
    code: str
    severity: Severity
    record: str
    message: str
    hint: str


class DataError(ValueError):
    """Records that cannot be read; ``findings`` says where and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = sorted(findings)
        shown = "\n".join(line(finding) for finding in self.findings[:20])
        more = len(self.findings) - 20
        super().__init__(f"{len(self.findings)} findings\n{shown}" + (f"\n... and {more} more" if more > 0 else ""))


def nearest(value: str, known: Iterable[str]) -> str:
    """Return ``Did you mean "x"?`` for the known values most like ``value``, or an empty string.

    >>> nearest("gornl", ["gornal", "guyevo"])
    'Did you mean "gornal"?'
    """
    pool = list(known)
    close = difflib.get_close_matches(value, pool, n=3, cutoff=0.6)
    if not close:
        folded = {term.casefold().replace("-", "_"): term for term in pool}
        same = folded.get(value.strip().casefold().replace("-", "_").replace(" ", "_"))
        close = [same] if same else []
    return "Did you mean " + " or ".join(f'"{term}"' for term in close) + "?" if close else ""


def line(finding: Finding) -> str:
    """Render a finding as ``file:line: column: code message; hint``.

    >>> line(Finding("data/a.csv", 3, "kind", "S105", "error", "x", 'no such term "z".', "Use one of: y."))
    'data/a.csv:3: kind: S105 error: no such term "z". Use one of: y. [x]'
    """
    where = f"{finding.file}:{finding.line}" if finding.line else finding.file
    column = f" {finding.column}:" if finding.column else ""
    record = f" [{finding.record}]" if finding.record else ""
    text = f"{finding.message} {finding.hint}".strip()
    return f"{where}:{column} {finding.code} {finding.severity}: {text}{record}"


def terminal(findings: Sequence[Finding]) -> str:
    """Render findings for a reader: one line each, then the counts."""
    return "\n".join([*(line(finding) for finding in sorted(findings)), counts(findings)])


def counts(findings: Sequence[Finding]) -> str:
    """Say how many errors and warnings there are.

    >>> counts([])
    'No findings.'
    """
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    if not findings:
        return "No findings."
    return f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}."


def as_json(findings: Sequence[Finding]) -> str:
    """Render findings as a JSON array of objects."""
    keys = ("code", "severity", "file", "line", "column", "record", "message", "hint")
    rows = [{key: asdict(finding)[key] for key in keys} for finding in sorted(findings)]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def github(findings: Sequence[Finding]) -> str:
    """Render findings as GitHub workflow commands, which annotate the lines of a pull request."""
    return "\n".join(
        f"::{finding.severity} file={_property(finding.file)},line={max(finding.line, 1)},"
        f"title={_property(f'{finding.code} {finding.column}'.strip())}"
        f"::{_data(f'{finding.message} {finding.hint}'.strip())}"
        for finding in sorted(findings)
    )


def markdown(findings: Sequence[Finding]) -> str:
    """Render findings as a Markdown table for a job summary."""
    head = ["| where | column | code | finding |", "| --- | --- | --- | --- |"]
    rows = [
        f"| {_cell(f'{f.file}:{f.line}')} | {_cell(f.column)} | {f.code} {f.severity} "
        f"| {_cell(f'{f.message} {f.hint}'.strip())} |"
        for f in sorted(findings)
    ]
    return "\n".join([*(head + rows if rows else []), counts(findings)])


def sarif(findings: Sequence[Finding]) -> str:
    """Render findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""
    results = [
        {
            "ruleId": finding.code,
            "level": finding.severity,
            "message": {"text": f"{finding.message} {finding.hint}".strip()},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": finding.file},
                        "region": {"startLine": max(finding.line, 1)},
                    }
                }
            ],
        }
        for finding in sorted(findings)
    ]
    tool = {"driver": {"name": "kursk-events", "rules": [{"id": c} for c in sorted({f.code for f in findings})]}}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": tool, "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


RENDERINGS = {"text": terminal, "json": as_json, "github": github, "markdown": markdown, "sarif": sarif}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of the catalogue: what a code means and why it is checked.

    Attributes:
        code: The stable code; its letter names the layer (D descriptor, F form, S structure, C contract, R rules).
        title: What must hold, in a few words.
        reason: Why it is asked.
        severity: What a finding of this code counts as.
        accepted: A value that Frictionless alone lets pass, where the code goes beyond it.

    """

    code: str
    title: str
    reason: str
    severity: Severity = "error"
    accepted: str = ""
