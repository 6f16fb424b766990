"""What a build prints: rows a table, findings, coverage by month, and one question answered by claimant."""

from collections.abc import Mapping

import pandas as pd
from rich.console import Console
from rich.table import Table

from kursk_events.finding import Finding, counts
from kursk_events.show import by_side, claims_of

#: "Was Kursk Oblast retaken?", asked on 26 April 2025.
QUESTION = "reported-retaking-kursk-oblast-2025-04-26"
BLOCKS = " ▁▂▃▄▅▆▇█"


def print_summary(tables: Mapping[str, pd.DataFrame], findings: list[Finding], console: Console) -> None:
    """Print the summary of a build to a console."""
    console.rule("kursk-events")
    console.print("  ".join(f"{name} {len(frame):,}" for name, frame in tables.items()))
    console.print(f"Check: {counts(findings)}")
    console.print(_months(coverage(tables)))
    if QUESTION in set(tables["events"]["event_id"]):
        claims = claims_of(tables, QUESTION)
        claims = claims[claims["kind"].isin(["occurrence", "control"])]
        console.rule("Was Kursk Oblast retaken? Asked of 26 April 2025, answered by claimant")
        console.print(by_side(claims, tables, console.width, brief=True))
        console.print(f"The same with sources and disputes: kursk-events show {QUESTION}")


def coverage(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the number of events that begin, claims made and sources printed in each month.

    Returns:
        Indexed by month (``Period``), columns events, claims, sources; months without any are zero.

    """
    days = {
        "events": tables["events"]["start_date"],
        "claims": tables["claims"]["claimed_on"],
        "sources": tables["sources"]["published_on"].dropna(),
    }
    counted = {name: column.dt.to_period("M").value_counts() for name, column in days.items()}
    months = pd.DataFrame(counted).sort_index()
    if months.empty:
        return months.astype(int)
    full = pd.period_range(months.index.min(), months.index.max(), freq="M")
    return months.reindex(full).fillna(0).astype(int)


def _months(months: pd.DataFrame) -> Table:
    grid = Table(title="Coverage by month", title_justify="left")
    grid.add_column("month")
    for name in months.columns:
        grid.add_column(str(name), justify="right")
    grid.add_column("claims")
    top = max(int(months["claims"].max()), 1) if len(months) else 1
    for month, row in months.iterrows():
        if row.sum():
            bar = "█" * (row["claims"] * 40 // top) or BLOCKS[1]
            grid.add_row(str(month), *(f"{value:,}" for value in row), bar)
    return grid
