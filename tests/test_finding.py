"""Golden outputs of each rendering of findings."""

import pytest

from kursk_events.finding import RENDERINGS, Finding, nearest

FINDINGS = [
    Finding(
        "data/claims.csv",
        7,
        "stance",
        "S302",
        "error",
        "a-1",
        '"assert" is no term, 100%|\n.',
        'Did you mean "asserts"?',
    ),
    Finding("data/claims.csv", 3, "", "F221", "warning", "", "rows are out of order.", "Run `kursk-events fmt`."),
]
GOLDEN = {
    "text": """\
data/claims.csv:3: F221 warning: rows are out of order. Run `kursk-events fmt`.
data/claims.csv:7: stance: S302 error: "assert" is no term, 100%|
. Did you mean "asserts"? [a-1]
1 error, 1 warning.""",
    "github": """\
::warning file=data/claims.csv,line=3,title=F221::rows are out of order. Run `kursk-events fmt`.
::error file=data/claims.csv,line=7,title=S302 stance::"assert" is no term, 100%25|%0A. Did you mean "asserts"?""",
    "markdown": """\
| where | column | code | finding |
| --- | --- | --- | --- |
| data/claims.csv:3 |  | F221 warning | rows are out of order. Run `kursk-events fmt`. |
| data/claims.csv:7 | stance | S302 error | "assert" is no term, 100%\\| . Did you mean "asserts"? |
1 error, 1 warning.""",
}


@pytest.mark.parametrize("name", GOLDEN)
def test_rendering(name: str) -> None:
    assert RENDERINGS[name](FINDINGS) == GOLDEN[name]


def test_json_and_sarif_hold_every_finding(snapshot) -> None:
    assert RENDERINGS["json"](FINDINGS) == snapshot(name="json")
    assert RENDERINGS["sarif"](FINDINGS) == snapshot(name="sarif")


@pytest.mark.parametrize(
    ("value", "known", "hint"),
    [
        ("assert", ["asserts", "denies"], 'Did you mean "asserts"?'),
        ("Area Held", ["area_held"], 'Did you mean "area_held"?'),
        ("zzz", ["asserts"], ""),
    ],
)
def test_nearest(value: str, known: list[str], hint: str) -> None:
    assert nearest(value, known) == hint
