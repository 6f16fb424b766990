"""An event and its claims by side, for the terminal."""

from collections.abc import Iterator, Mapping

import pandas as pd
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from kursk_events.figures import figure
from kursk_events.finding import nearest
from kursk_events.sides import SIDES
from kursk_events.status import event_status

STANCE_STYLE = {
    "asserts": "",
    "denies": "bold",
    "assesses": "italic",
    "acknowledges": "bold",
    "declines": "dim",
    "withdraws": "dim",
}


def show_event(tables: Mapping[str, pd.DataFrame], event_id: str, console: Console) -> None:
    """Print an event and its claims, a column a side, sides in alphabetical order of their codes.

    Raises:
        ValueError: No such event; the text names the nearest.

    """
    events = tables["events"].set_index("event_id", drop=False)
    if event_id not in events.index:
        raise ValueError(f'no event "{event_id}". {nearest(event_id, events.index)}'.strip())
    event = events.loc[[event_id]].iloc[0]
    status = str(event_status(tables["events"], tables["claims"], tables["relations"], tables["actors"])[event_id])
    console.print(_head(event, status, tables))
    console.print(by_side(claims_of(tables, event_id), tables, console.width))


def claims_of(tables: Mapping[str, pd.DataFrame], event_id: str) -> pd.DataFrame:
    """Return the claims of an event with claimant name, side, figure and publishers, in order of their days."""
    claims = tables["claims"][tables["claims"]["event_id"].eq(event_id)]
    claims = claims.merge(
        tables["actors"][["actor_id", "name", "side"]], left_on="claimant_id", right_on="actor_id", how="left"
    )
    units = tables["measures"].set_index("measure")["unit"].astype("string")
    claims["figure"] = [figure(claim, str(units.get(claim["measure"], ""))) for _, claim in claims.iterrows()]
    carried = (
        tables["citations"]
        .merge(tables["sources"], on="source_id")
        .merge(tables["publishers"][["publisher_id", "name"]], on="publisher_id")
    )
    publishers = carried.groupby("claim_id")["name"].agg(lambda names: ", ".join(dict.fromkeys(names)))
    claims["publishers"] = claims["claim_id"].map(publishers).fillna("")
    return claims.sort_values(["claimed_on", "claim_id"], ignore_index=True)


def _head(event: pd.Series, status: str, tables: Mapping[str, pd.DataFrame]) -> Panel:
    places = tables["places"].set_index("place_id")["name"]
    ended = "" if pd.isna(event["end_date"]) else f" to {event['end_date']:%Y-%m-%d}"
    facts = f"{event['event_type']} · {event['start_date']:%Y-%m-%d}{ended} · {places[event['place_id']]}"
    said = "no claim of occurrence" if status == "nan" else status.replace("_", "-")
    body = Group(Text(str(event["summary"])), Text(f"{facts} · status: {said}", style="dim"))
    return Panel(body, title=Text(str(event["title"]), style="bold"), subtitle=str(event["event_id"]))


def by_side(claims: pd.DataFrame, tables: Mapping[str, pd.DataFrame], width: int, brief: bool = False) -> Table | Group:
    """Return the claims in columns by side, or one side under the other where the terminal is narrow.

    Args:
        claims: Claims as `claims_of` gives them.
        tables: All tables.
        width: Width of the terminal in characters.
        brief: Leave out ids, publishers and relations.
    """
    sides = [side for side in SIDES if claims["side"].eq(side).any()]
    columns = {side: list(_cards(claims[claims["side"].eq(side)], claims, tables, brief)) for side in sides}
    if width < 26 * len(sides):
        parts: list[Text] = []
        for side, cards in columns.items():
            parts += [Text(SIDES[side], style="bold underline"), *cards]
        return Group(*parts)
    grid = Table(expand=True, show_lines=False, pad_edge=False)
    for side in sides:
        grid.add_column(SIDES[side], ratio=1)
    grid.add_row(*(Text("\n").join(cards) for cards in columns.values()))
    return grid


def _cards(own: pd.DataFrame, claims: pd.DataFrame, tables: Mapping[str, pd.DataFrame], brief: bool) -> Iterator[Text]:
    relations = tables["relations"]
    disputes = relations[relations["relation"].eq("disputes")]
    names = dict(zip(claims["claim_id"], claims["name"], strict=True))
    for _, claim in own.iterrows():
        card = Text(f"{claim['claimed_on']:%Y-%m-%d} ", style="dim")
        card.append(str(claim["name"]), style="bold not dim")
        card.append(f" {claim['stance']}", style=f"not dim {STANCE_STYLE[claim['stance']]}")
        if claim["figure"]:
            card.append(f" [{claim['figure']}]", style="not dim")
        card.append(f"\n{claim['statement']}", style="not dim")
        if brief:
            yield card.append("\n")
            continue
        against = disputes.loc[disputes["claim_id"].eq(claim["claim_id"]), "other_claim_id"]
        for other in against:
            card.append(f"\n  against {names.get(other, other)}: {other}", style="not dim italic")
        card.append(f"\n  {claim['claim_id']} · {claim['publishers']}\n")
        yield card
