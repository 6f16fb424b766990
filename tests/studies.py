"""Runs the worked studies and writes what their code gives into the pages, below each block.

A block shows the value of its last line, as a notebook does: a frame as a table, a chart as a picture. What is shown
stands between two comments, which `make studies` rewrites and the test compares, so that no page shows a number that
its code does not give. Run as a script it rewrites the pages and their pictures.
"""

import ast
import hashlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "studies"
PICTURES = ROOT / "docs" / "pictures" / "studies"
OPEN, CLOSE = "<!-- output -->", "<!-- end of output -->"
_BLOCK = re.compile(
    rf"^```python\n(?P<code>.*?)^```$(?P<shown>\n\n{re.escape(OPEN)}\n.*?\n{re.escape(CLOSE)}$)?",
    re.MULTILINE | re.DOTALL,
)


def pages() -> list[Path]:
    """Return the pages of the studies, without their index."""
    return sorted(path for path in FOLDER.glob("*.md") if path.stem != "index")


@dataclass(frozen=True, slots=True)
class Run:
    """What a page gives when its code is run.

    Attributes:
        text: The page, with what its blocks give below each of them.
        charts: The charts that it shows, by the name of their file.
        shown: All that the blocks show, in one text.

    """

    text: str
    charts: dict[str, Any]
    shown: str


def run(page: Path) -> Run:
    """Run the blocks of a page one after the other, in one set of names."""
    names: dict[str, Any] = {}
    charts: dict[str, Any] = {}
    shown: list[str] = []

    def rewritten(block: re.Match[str]) -> str:
        value = _last_value(block["code"], f"{page.name}, block {len(shown) + 1}", names)
        if hasattr(value, "to_dict") and hasattr(value, "save"):
            name = f"{page.stem}.svg" if not charts else f"{page.stem}-{len(charts) + 1}.svg"
            charts[name] = value
            output = _picture(name, value)
        else:
            output = _table(value) if isinstance(value, pd.DataFrame | pd.Series) else _plain(value)
        shown.append(output)
        code = f"```python\n{block['code']}```"
        return f"{code}\n\n{OPEN}\n{output}\n{CLOSE}" if output else code

    text = _BLOCK.sub(rewritten, page.read_text(encoding="utf-8"))
    return Run(text, charts, "\n".join(shown))


def prose(page: Path) -> str:
    """Return the page without its code and without what that shows."""
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))


def _last_value(code: str, name: str, names: dict[str, Any]) -> object:
    """Run a block and return the value of its last line, or nothing where that is no expression."""
    tree = ast.parse(code, name)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), name, "eval"), names)


def _table(value: pd.DataFrame | pd.Series) -> str:
    """Return a frame as a Markdown table: an index that has a name goes first, missing cells are empty."""
    frame = value.to_frame() if isinstance(value, pd.Series) else value
    frame = frame.reset_index() if any(frame.index.names) else frame
    numeric = [pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) for kind in frame.dtypes]
    lines = [_line(frame.columns), _line("---:" if right else "---" for right in numeric)]
    return "\n".join(["", *lines, *map(_line, frame.astype(object).itertuples(index=False)), ""])


def _line(cells: Any) -> str:
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return re.sub(r"([|<*])", r"\\\1", str(value))


def _plain(value: object) -> str:
    return "" if value is None else f"\n```text\n{value}\n```\n"


def _picture(name: str, chart: Any) -> str:
    """Return the picture as Markdown, with a digest of the rows drawn, by which the test sees an old picture."""
    drawn = chart.to_dict()
    digest = hashlib.sha256(json.dumps(drawn["datasets"], sort_keys=True).encode()).hexdigest()[:12]
    heads = [part["title"]["text"] for part in [*drawn.get("vconcat", []), drawn] if "title" in part]
    return f"\n![{heads[0]}](../pictures/studies/{name})\n\n<!-- rows drawn: {digest} -->\n"


def main() -> None:
    """Write the pages and their pictures anew."""
    from kursk_events.plot import save

    PICTURES.mkdir(parents=True, exist_ok=True)
    for page in pages():
        done = run(page)
        page.write_text(done.text, encoding="utf-8")
        for name, chart in done.charts.items():
            save(chart, PICTURES / name)
        sys.stdout.write(f"{page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
