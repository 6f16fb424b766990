"""Measured accuracy: a seeded sample of claims to re-read, and what the re-reading found.

Claims are drawn in clusters, since one look-up shows several pages of one event: a cluster is an event, or for
the whole campaign what one claimant said of it in one month. Nobody chooses; the seed is kept with the results.
"""

import random
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from rich.console import Console

FIELDS = ("claimant", "dates", "kind", "stance", "figures", "bound", "scope", "place", "url", "statement")
CAMPAIGN = "kursk-campaign"


def draw(claims: pd.DataFrame, seed: int, share: float = 0.1) -> pd.DataFrame:
    """Draw whole clusters in random order until they hold ``share`` of the claims.

    Args:
        claims: Needs ``claim_id``, ``event_id``, ``claimant_id``, ``claimed_on``.
        seed: Seed of the draw.
        share: Share of the claims to reach, from 0 to 1.

    Returns:
        One row a drawn claim: cluster, claim_id, in the order of the draw.
    """
    month = claims["claimed_on"].dt.strftime("%Y-%m")
    whole = claims["event_id"] + " " + claims["claimant_id"] + " " + month
    cluster = claims["event_id"].where(claims["event_id"].ne(CAMPAIGN), whole)
    order = sorted(cluster.unique())
    random.Random(seed).shuffle(order)
    size = cluster.value_counts()
    needed = (size.reindex(order).cumsum() < share * len(claims)).sum() + 1
    drawn = pd.DataFrame({"cluster": cluster, "claim_id": claims["claim_id"]})
    drawn = drawn[drawn["cluster"].isin(order[:needed])]
    rank = {name: place for place, name in enumerate(order)}
    drawn = drawn.assign(rank=drawn["cluster"].map(rank)).sort_values(["rank", "claim_id"], ignore_index=True)
    return drawn.drop(columns="rank")


def wilson(right: int, read: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 % interval of a share by Wilson's score method (Wilson 1927).

    >>> low, high = wilson(98, 100)
    >>> round(low, 3), round(high, 3)
    (0.93, 0.994)
    """
    if not read:
        return 0.0, 1.0
    share = right / read
    middle = (share + z * z / (2 * read)) / (1 + z * z / read)
    half = z * sqrt(share * (1 - share) / read + z * z / (4 * read * read)) / (1 + z * z / read)
    return max(0.0, middle - half), min(1.0, middle + half)


def accuracy(verdicts: pd.DataFrame, when: str = "before") -> pd.DataFrame:
    """Return the accuracy of each field, and of all.

    Args:
        verdicts: One row a claim and field: ``claim_id``, ``field``, and ``before`` and ``after`` mending as
            right, wrong or not_found.
        when: ``before`` or ``after`` mending.

    Returns:
        Indexed by field, with ``all`` last: right, wrong, not_found (counts), share (of those read), low, high (95 %).
    """
    counts = pd.crosstab(verdicts["field"], verdicts[when])
    counts = counts.reindex(index=[f for f in FIELDS if f in counts.index], columns=["right", "wrong", "not_found"])
    counts = counts.fillna(0).astype(int)
    counts.loc["all"] = counts.sum()
    read = counts["right"] + counts["wrong"]
    counts["share"] = counts["right"] / read
    intervals = [wilson(right, total) for right, total in zip(counts["right"], read, strict=True)]
    counts["low"], counts["high"] = zip(*intervals, strict=True)
    return counts


def read_verdicts(folder: Path) -> pd.DataFrame:
    """Return all verdicts kept under ``folder``, one row a claim and field; empty where there are none."""
    files = sorted(folder.glob("*.csv"))
    columns = ["claim_id", "source_id", "field", "before", "after", "note"]
    return pd.concat([pd.DataFrame(columns=columns), *(pd.read_csv(file, dtype="string") for file in files)])


def print_accuracy(verdicts: pd.DataFrame, console: "Console") -> None:
    """Print the accuracy before and after mending, with the claims drawn and read."""
    from rich.table import Table

    drawn = verdicts["claim_id"].nunique()
    read = verdicts.loc[verdicts["before"].ne("not_found"), "claim_id"].nunique()
    console.print(f"{drawn} claims drawn, {read} read again, {drawn - read} whose pages were not found again.")
    for when in ("before", "after"):
        grid = Table(title=f"Fields {when} mending", title_justify="left")
        for name in ("field", "right", "wrong", "not found", "share right", "95 % interval"):
            grid.add_column(name, justify="left" if name == "field" else "right")
        for field, row in accuracy(verdicts, when).iterrows():
            counts = [f"{row[name]:.0f}" for name in ("right", "wrong", "not_found")]
            grid.add_row(str(field), *counts, f"{row['share']:.1%}", f"{row['low']:.1%} to {row['high']:.1%}")
        console.print(grid)
