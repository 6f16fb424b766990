"""The coverage pages: what the records answer of each line that a complete dataset would, and what they do not.

What people judge stands in three tables under ``docs/coverage/``: ``days.csv`` (the days and how many records each
should have), ``lines.csv`` (the questions, whether they are answered and by which events) and ``gaps.csv`` (what was
looked for and not found). Everything else on the pages, counts, claimants and links, is computed from the records and
written between two marks, so that no page says what the records do not. ``make coverage`` rewrites the pages; a test
holds them to what it would write.
"""

import re
import sys
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kursk_events.loading import load_all
from kursk_events.location import locations
from kursk_events.lookup import look_up
from kursk_events.schema import find_root
from kursk_events.sides import SIDES, side_of
from kursk_events.site.records import CAMPAIGN

PERIODS = {"2024-08-to-2024-09": ("2024-08-06", "2024-09-30"), "2025-03-to-2025-08": ("2025-03-07", "2025-08-31")}
STATES = {"answered": "answered", "partly": "partly", "gap": "known gap"}
#: Claimants of a side that a line names; of more it says how many.
NAMED = 4
#: Figures of one claimant on one measure that make a series.
REPEATED = 3

_BLOCK = re.compile(r"(<!-- computed: ([a-z-]+) -->\n).*?(<!-- /computed -->)", re.DOTALL)

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Frame:
    """What people judge of the coverage: days asked for, lines and gaps, all cells as text."""

    days: pd.DataFrame
    lines: pd.DataFrame
    gaps: pd.DataFrame

    @classmethod
    def read(cls, docs: Path) -> "Frame":
        """Read the three tables under ``docs/coverage``."""
        names = ("days", "lines", "gaps")
        return cls(*(pd.read_csv(docs / "coverage" / f"{name}.csv", dtype=str, na_filter=False) for name in names))

    def of(self, period: str) -> "Frame":
        """Return the part on one period."""
        return Frame(*(frame[frame["period"].eq(period)] for frame in (self.days, self.lines, self.gaps)))


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the records hold of a period: claims by the day of the claim, events by their first day.

    Attributes:
        events: Events that began in the period.
        claims: Claims made in it.
        sources: Sources printed in it or cited by its claims.
        publishers: Publishers of these sources.
        languages: Languages of these sources.
        carried: Share of the events carried by two publishers or more, from 0 to 1.

    """

    events: int
    claims: int
    sources: int
    publishers: int
    languages: int
    carried: float


def counts(tables: Frames, period: str) -> Counts:
    """Count what the records hold of a period."""
    events = _dated(tables["events"], "start_date", period)["event_id"]
    claims = _dated(tables["claims"], "claimed_on", period)["claim_id"]
    citations, sources = tables["citations"], tables["sources"]
    cited = citations.loc[citations["claim_id"].isin(claims), "source_id"]
    held = sources[sources["published_on"].between(*PERIODS[period]) | sources["source_id"].isin(cited)]
    carried = tables["claims"].merge(citations, on="claim_id").merge(sources, on="source_id")
    publishers = carried.groupby("event_id", observed=True)["publisher_id"].nunique().reindex(events, fill_value=0)
    return Counts(
        events=len(events),
        claims=len(claims),
        sources=len(held),
        publishers=held["publisher_id"].nunique(),
        languages=held["language"].nunique(),
        carried=float((publishers >= 2).mean()),
    )


def _dated(frame: pd.DataFrame, column: str, period: str) -> pd.DataFrame:
    return frame[frame[column].between(*PERIODS[period])]


def days(tables: Frames, frame: Frame) -> pd.DataFrame:
    """Return the days asked for with what the records hold of each.

    Returns:
        One row a day, as text: Day, Asked, Claims, Of these dated to the day, Events, State.

    """
    index = pd.DatetimeIndex(frame.days["day"])
    claims, events = tables["claims"], tables["events"]
    exact = claims.loc[claims["claimed_precision"].eq("day"), "claimed_on"]
    sure = events.loc[events["date_precision"].eq("day"), "start_date"]
    found = pd.DataFrame(
        {
            "Claims": _per_day(claims["claimed_on"], index),
            "Of these dated to the day": _per_day(exact, index),
            "Events": _per_day(events["start_date"], index),
        }
    )
    state = pd.Series("known gap", index)
    state[found["Claims"].gt(0) | found["Events"].gt(0)] = "approximate"
    state[found["Of these dated to the day"].gt(0) | _per_day(sure, index).gt(0)] = "covered"
    found.insert(0, "Asked", frame.days["asked"].to_numpy())
    found.insert(0, "Day", index.strftime("%Y-%m-%d"))
    return found.assign(State=state)


def _per_day(column: pd.Series, index: pd.Index) -> pd.Series:
    return column.value_counts().reindex(index, fill_value=0)


def settlements(tables: Frames, names: pd.Series, period: str) -> pd.DataFrame:
    """Return who said of each settlement in a period who held it, and from which day.

    Args:
        tables: All tables, typed.
        names: Names by actor.
        period: A key of `PERIODS`.

    Returns:
        One row a settlement, by district and name: Settlement, District, and a column a side; a cell has the
        claimants with the day from which they said so, which is that of the claim where they named none.

    """
    claims = _dated(tables["claims"], "claimed_on", period)
    claims = claims[claims["kind"].eq("control")]
    places = tables["places"].set_index("place_id")
    claims = claims[claims["place_id"].map(places["kind"].astype(str)).eq("settlement")]
    claims = claims.assign(
        day=claims["valid_from"].fillna(claims["claimed_on"]).dt.strftime("%Y-%m-%d"),
        side=side_of(claims["claimant_id"], tables["actors"]),
    )
    claims = claims.sort_values(["day", "claim_id"])
    said = claims["stance"].astype(str).where(~claims["stance"].isin(["asserts", "acknowledges"]), "")
    status = claims["control_status"].astype(str).str.replace("_", " ")
    claims["text"] = (
        claims["claimant_id"].map(names) + " " + claims["day"] + " (" + (said + " " + status).str.strip() + ")"
    )
    cells = claims.groupby(["place_id", "side"], observed=True)["text"].agg(
        lambda found: "; ".join(dict.fromkeys(found))
    )
    wide = cells.unstack("side").fillna("").rename(columns=SIDES)
    named = places.loc[wide.index]
    wide.insert(0, "District", look_up(named["parent_id"], places["name"]))
    wide.insert(0, "Settlement", named["name"])
    return wide.sort_values(["District", "Settlement"])


def series(tables: Frames, names: pd.Series, period: str) -> pd.DataFrame:
    """Return the figures that one claimant stated at least three times in a period.

    Args:
        tables: All tables, typed.
        names: Names by actor.
        period: A key of `PERIODS`.

    Returns:
        One row a measure, claimant and subject: Measure, Claimant, Of whom, Claims, First, Last (days of the claims).

    """
    claims = _dated(tables["claims"], "claimed_on", period)
    labels = tables["measures"].set_index("measure")["label"].astype(str)
    figures = claims[claims["measure"].notna()].assign(
        Measure=claims["measure"].map(labels),
        Claimant=claims["claimant_id"].map(names),
        Subject=claims["subject_id"].map(names),
    )
    keys = ["Measure", "Claimant", "Subject"]
    found = figures.groupby(keys)["claimed_on"].agg(Claims="size", First="min", Last="max").reset_index()
    found = found[found["Claims"].ge(REPEATED)].rename(columns={"Subject": "Of whom"})
    return found.assign(First=found["First"].dt.strftime("%Y-%m-%d"), Last=found["Last"].dt.strftime("%Y-%m-%d"))


def without_point(places: pd.DataFrame) -> pd.DataFrame:
    """Return the settlements that have no point of their own, by the place at whose point they are shown.

    Args:
        places: The table of places.

    Returns:
        One row a place of display, by name: Shown at, Settlements (names); "no point" where none contains them that has one.

    """
    bare = places[places["kind"].eq("settlement") & places["latitude"].isna()]
    names = places.set_index("place_id")["name"].astype(str)
    shown = look_up(look_up(bare["place_id"], locations(places)["point_place_id"]), names).fillna("no point")
    found = bare.groupby(shown.to_numpy())["name"].agg(lambda group: ", ".join(sorted(group)))
    return found.rename_axis("Shown at").rename("Settlements").reset_index()


class Writer:
    """Writes the computed parts of the pages.

    Args:
        tables: All tables, typed.
        frame: What people judged.

    """

    def __init__(self, tables: Frames, frame: Frame) -> None:
        self.tables, self.frame = tables, frame
        actors = tables["actors"].set_index("actor_id")
        self.names = actors["name"].astype(str)
        claims = tables["claims"]
        self.claims = claims.assign(side=side_of(claims["claimant_id"], tables["actors"]))
        ends = ["claim_id", "other_claim_id"]
        related = tables["relations"].astype(dict.fromkeys([*ends, "relation"], str))
        self.relations = related.set_index(ends)["relation"].to_dict()

    def page(self, text: str, period: str = "") -> str:
        """Return a page with its computed parts written anew; a page on one period names it."""
        frame = self.frame.of(period) if period else self.frame
        parts: dict[str, Callable[[], str]] = {
            "counts": lambda: self.counts(period),
            "days": lambda: table(days(self.tables, frame)),
            "not-curated": self.not_curated,
            "empty-days": lambda: self.empty_days(frame),
            "lines": lambda: "\n\n".join(self.sections(frame)),
            "settlements": lambda: table(settlements(self.tables, self.names, period)),
            "series": lambda: table(series(self.tables, self.names, period)),
            "gaps": lambda: "\n\n".join(self.topics(frame)),
            "without-point": lambda: table(without_point(self.tables["places"])),
            "not-joined": lambda: self.not_joined(frame),
            "no-outside": lambda: self.no_outside(frame),
        }
        return _BLOCK.sub(lambda found: f"{found[1]}\n{parts[found[2]]()}\n\n{found[3]}", text)

    def counts(self, period: str) -> str:
        """Return the sentence on what the records hold of a period."""
        held = counts(self.tables, period)
        return (
            f"{held.events} events, {held.claims} claims, {held.sources} sources of {held.publishers} publishers in "
            f"{held.languages} languages; {held.carried:.0%} of the events are carried by two publishers or more."
        )

    def not_curated(self) -> str:
        """Return the sentence on claims and events dated outside the curated periods."""
        claims, events = self.tables["claims"], self.tables["events"]
        said, began = len(claims), len(events)
        for period in PERIODS:
            said -= len(_dated(claims, "claimed_on", period))
            began -= len(_dated(events, "start_date", period))
        return f"{said} claims were made and {began} events began outside the two periods."

    def empty_days(self, frame: Frame) -> str:
        """Return the days asked for that have no record, or only records of uncertain date."""
        found = days(self.tables, frame)
        return "\n".join(
            f"- {label}: {', '.join(found.loc[found['State'].eq(state), 'Day']) or 'none'}."
            for state, label in (("known gap", "Without a record"), ("approximate", "With uncertain dates only"))
        )

    def sections(self, frame: Frame) -> Iterable[str]:
        """Yield the sections of a period's page: a table of lines and a list of what is open."""
        for section, lines in frame.lines.groupby("section", sort=False):
            rows = pd.DataFrame([self._line(line) for line in lines.to_dict("records")])
            open_items = frame.gaps[frame.gaps["section"].eq(section)]
            looked = open_items["looked_for_in"].map(_looked)
            items = list("- " + open_items["not_found"] + "; " + looked + ".")
            yield f"### {section}\n\n{table(rows)}\n\nOpen:{' nothing noted.' if not items else ''}"
            if items:
                yield "\n".join(items)

    def _line(self, line: Mapping[Hashable, str]) -> dict[str, str]:
        joined = [self._link(line["line"], *pair.split(">")) for pair in line["joined"].split()]
        return {
            "Line": line["line"] + (" ◆" if line["both_sides"] == "true" else ""),
            "State": STATES[line["state"]],
            "Events": ", ".join(f"`{event}`" for event in line["events"].split()) or "none",
            "Claimants": self._claimants(line) or "none",
            "Joined": ", ".join(joined) or "no",
            "Outside view": ", ".join(self.names[actor] for actor in line["outside"].split()) or "none",
            "Remarks": line["remarks"],
        }

    def _link(self, line: str, claim: str, other: str) -> str:
        relation = self.relations.get((claim, other))
        if relation is None:
            raise ValueError(f'"{line}" names a link that is not recorded: {claim}>{other}. Mend lines.csv.')
        return f"`{claim}` {relation} `{other}`"

    def _claimants(self, line: Mapping[Hashable, str]) -> str:
        claims = answering(self.claims, line)
        said = []
        for side, label in SIDES.items():
            own = claims.loc[claims["side"].eq(side), "claimant_id"].astype(str).map(self.names)
            tally = own.value_counts()
            names = sorted(tally.index, key=lambda name: (-tally[name], name))
            if names:
                rest = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
                said.append(f"{label}: {', '.join(names[:NAMED])}{rest}")
        return "; ".join(said)

    def topics(self, frame: Frame) -> Iterable[str]:
        """Yield all that is open, a table a topic."""
        for topic, rows in frame.gaps.groupby("topic", sort=False):
            shown = {"Period": rows["period"].str[:4], "Not found": rows["not_found"]}
            yield f"### {topic}\n\n{table(pd.DataFrame({**shown, 'Looked for in': rows['looked_for_in']}))}"

    def not_joined(self, frame: Frame) -> str:
        """Return the lines for both sides of which no relation ties a Russian to a Ukrainian claim."""
        lines = _for_both(frame.lines, joined=False)
        return table(lines.rename(columns={"remarks": "Why"})[["Period", "Line", "Why"]])

    def no_outside(self, frame: Frame) -> str:
        """Return the lines for both sides that are joined and have no outside view."""
        lines = _for_both(frame.lines, joined=True)
        return table(lines.loc[lines["outside"].eq(""), ["Period", "Line"]])


def _for_both(lines: pd.DataFrame, joined: bool) -> pd.DataFrame:
    """Return the lines for both sides whose claims are joined, or are not, with columns Period and Line to show."""
    lines = lines[lines["both_sides"].eq("true") & lines["joined"].ne("").eq(joined)]
    return lines.assign(Period=lines["period"].str[:4], Line=lines["section"] + ": " + lines["line"])


def answering(claims: pd.DataFrame, line: Mapping[Hashable, str]) -> pd.DataFrame:
    """Return the claims that answer a line: all on its events.

    Of those on the campaign as a whole only those of the period with the measures and by the claimants that the line
    names, and those of its outside views.

    Args:
        claims: The table of claims.
        line: A row of ``lines.csv``.

    """
    events = line["events"].split()
    found = claims[claims["event_id"].isin(events)]
    campaign = found["event_id"].eq(CAMPAIGN)
    kept = found["claimed_on"].between(*PERIODS[line["period"]])
    for column, wanted in (("measure", line["measures"].split()), ("claimant_id", line["claimants"].split())):
        if wanted:
            kept &= found[column].isin(wanted) | found["claimant_id"].isin(line["outside"].split())
    return found[kept | ~campaign]


def _looked(languages: str) -> str:
    return f"looked for in {languages}" if languages[:1].isupper() else languages


def table(frame: pd.DataFrame) -> str:
    """Return a frame of text and counts as a Markdown table, or the word none."""
    if frame.empty:
        return "None."
    rows = [list(frame.columns), ["---"] * len(frame.columns), *frame.astype(str).to_numpy().tolist()]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)


def pages(root: Path) -> dict[Path, str]:
    """Return the text that each page should have."""
    docs = root / "docs"
    writer = Writer(load_all(), Frame.read(docs))
    found = {docs / "coverage" / f"{period}.md": period for period in PERIODS} | {docs / "known-gaps.md": ""}
    return {path: writer.page(path.read_text(encoding="utf-8"), period) for path, period in found.items()}


def main() -> None:
    """Rewrite the pages."""
    root = find_root(Path(__file__).parent)
    if root is None:
        raise SystemExit("the coverage pages are written in a checkout only")
    for path, text in pages(root).items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(root)}\n")


if __name__ == "__main__":
    main()
