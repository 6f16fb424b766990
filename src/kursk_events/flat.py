"""One rectangle: each claim with its event, its claimant's side, a point and its first source.

For spreadsheets, Stata and a first look. Nothing is derived or judged here: each cell is a cell of a table, which
`codebook` names, except for the point's owner and the number of sources.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from kursk_events.location import locations
from kursk_events.lookup import look_up
from kursk_events.precision import edge


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the rectangle and the cell that it repeats.

    Attributes:
        name: Name in the rectangle.
        table: Table that the cell stands in.
        column: Column of that table.
        via: Id column of the rectangle that leads there; empty for the claim's own cells.
        whose: What the title begins with, where the row is not the claim's own.

    """

    name: str
    table: str
    column: str
    via: str = ""
    whose: str = ""


def _own(*names: str) -> list[Column]:
    return [Column(name, "claims", name) for name in names]


def _event(*names: str) -> list[Column]:
    return [
        Column(name if name.startswith("event_") else f"event_{name}", "events", name, "event_id", "Event")
        for name in names
    ]


def _actor(of: str, via: str, *names: str) -> list[Column]:
    return [Column(f"{of}_{name}", "actors", name, via, of.capitalize()) for name in names]


def _source(*names: str) -> list[Column]:
    return [Column(f"source_{name}", "sources", name, "source_id", "First source") for name in names]


COLUMNS: tuple[Column, ...] = (
    *_own("claim_id", "kind", "stance", "claimed_on", "claimed_precision", "voice", "basis", "statement"),
    *_own("claimant_id"),
    *_actor("claimant", "claimant_id", "name", "kind", "side"),
    *_own("event_id"),
    *_event("title", "event_type", "start_date", "end_date", "date_precision"),
    *_event("place_id", "place_precision", "part_of"),
    *_own("valid_from", "valid_to", "place_id", "control_status", "subject_id"),
    *_actor("subject", "subject_id", "name", "side"),
    *_own("measure"),
    Column("unit", "measures", "unit", "measure", "Measure"),
    *_own("category", "bound", "value_low", "value", "value_high", "scope", "note"),
    Column("location_id", "places", "place_id", "", "Location"),
    *(
        Column(f"location_{name}", "places", name, "location_id", "Location")
        for name in ("name", "name_ru", "name_uk", "kind", "country")
    ),
    Column("latitude", "places", "latitude", "", "Location"),
    Column("longitude", "places", "longitude", "", "Location"),
    Column("uncertainty_km", "places", "uncertainty_km", "", "Location"),
    Column("point_place_id", "places", "place_id", "", "Location"),
    Column("source_id", "sources", "source_id", "", "First source"),
    Column("source_relay", "citations", "relay", "", "First source"),
    *_source("title", "url", "language", "published_on", "published_precision"),
    Column("publisher_id", "sources", "publisher_id", "source_id", "First source"),
    *(
        Column(f"publisher_{name}", "publishers", name, "publisher_id", "Publisher of the first source")
        for name in ("name", "side", "party_link")
    ),
    Column("source_count", "citations", ""),
)
TITLES = {"point_place_id": "Location: Place of the point", "source_count": "Number of sources"}
#: What the rectangle says in its own words, where a column is more than the repeated cell.
DESCRIPTIONS = {
    "location_id": "The claim's place where it names one, else its event's.",
    "latitude": "Degrees north, WGS 84, of the location; where it has no point, of the nearest place that contains it.",
    "longitude": "Degrees east, WGS 84, of the location; where it has no point, of the nearest place that contains it.",
    "uncertainty_km": "Radius in km within which the true centre of the point's place is expected.",
    "point_place_id": "Place whose point it is: the location itself, or one that contains it, such as its district.",
    "source_id": "Source printed first, by the last day that its date allows; undated ones come last.",
    "source_count": "Number of sources that carry the claim.",
}


def flat(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the claims as one rectangle.

    Args:
        tables: All tables by name, as `kursk_events.load_all` gives them.

    Returns:
        One row a claim, in the order of the claims, with the columns of `COLUMNS`: the claim's own cells under
        their own names; ``claimant_``, ``event_`` and ``subject_`` name, kind, side and the like; ``unit`` of the
        measure; ``location_``, ``latitude``, ``longitude`` (degrees), ``uncertainty_km`` and ``point_place_id``;
        the first source with its publisher (``source_``, ``publisher_``), and ``source_count``. `codebook` describes
        each. The index counts from 0.

    Example:
        >>> import kursk_events as ke
        >>> rows = flat(ke.load_all()).set_index("claim_id")
        >>> rows.loc["gerasimov-20250426-defeat-completed", ["claimant_side", "event_type"]].tolist()
        ['RU', 'recapture']

    """
    claims = tables["claims"].reset_index(drop=True)
    rows = {column.name: claims[column.column] for column in COLUMNS if column.table == "claims"}
    event_place = tables["events"].set_index("event_id")["place_id"]
    rows["location_id"] = claims["place_id"].fillna(look_up(claims["event_id"], event_place))
    points = locations(tables["places"])
    rows |= {str(name): look_up(rows["location_id"], points[name]) for name in points.columns}
    carried = first_source(tables["citations"], tables["sources"])
    rows["source_id"] = look_up(claims["claim_id"], carried["source_id"])
    rows["source_relay"] = look_up(claims["claim_id"], carried["relay"])
    counts = tables["citations"]["claim_id"].value_counts()
    rows["source_count"] = look_up(claims["claim_id"], counts).fillna(0).astype("Int64")
    for column in COLUMNS:
        if column.via:
            known = tables[column.table]
            rows[column.name] = look_up(rows[column.via], known.set_index(known.columns[0])[column.column])
    return pd.DataFrame({column.name: rows[column.name] for column in COLUMNS}, index=claims.index)


def first_source(citations: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the source of each claim that was printed first.

    Sources are put in order by the last day that their date and its precision allow, undated ones last; then by relay
    (the claimant's own channel first), then by id.

    Returns:
        Indexed by ``claim_id``: source_id, relay.

    """
    dated = sources.set_index("source_id")
    day = edge(dated["published_on"], dated["published_precision"], "latest")
    rows = citations.assign(day=look_up(citations["source_id"], day), rank=citations["relay"].cat.codes)
    rows = rows.sort_values(["claim_id", "day", "rank", "source_id"], na_position="last")
    return rows.drop_duplicates("claim_id").set_index("claim_id")[["source_id", "relay"]]


def codebook() -> pd.DataFrame:
    """Return what each column of the rectangle holds.

    Returns:
        One row a column, in order: column, type (of the Table Schema), title, description, terms, origin (table and
        column that the cell repeats).

    Example:
        >>> codebook().set_index("column").loc["claimant_side", ["title", "origin"]].tolist()
        ['Claimant: Side', 'actors.side']

    """
    return pd.DataFrame(list(_codebook()))


def _codebook() -> Iterator[dict[str, str]]:
    from kursk_events.loading import describe

    known = {(row["table"], row["column"]): row for row in describe().to_dict("records")}
    counted = {"type": "integer", "title": "", "description": "", "terms": ""}
    for column in COLUMNS:
        origin = known[column.table, column.column] if column.column else counted
        title = f"{column.whose}: {origin['title']}" if column.whose else str(origin["title"])
        yield {
            "column": column.name,
            "type": str(origin["type"]),
            "title": TITLES.get(column.name, title),
            "description": DESCRIPTIONS.get(column.name, str(origin["description"])),
            "terms": str(origin["terms"]),
            "origin": f"{column.table}.{column.column}" if column.column else f"{column.table}, counted",
        }
