"""Our rows in the shape of UCDP GED, and with ACLED's labels, to set them beside those datasets.

Neither view is UCDP's or ACLED's coding: both datasets settle on one account of an event, this one keeps the accounts
apart. What is lost on the way stands in the docstrings and in ``docs/ged.md``.

Sources: Högbladh, UCDP GED Codebook version 24.1 (Uppsala, 2024); Sundberg and Melander, Journal of Peace Research
50(4), 2013; ACLED Codebook (2024); Gleditsch and Ward, International Interactions 25(4), 1999; Tollefsen, Strand and
Buhaug, Journal of Peace Research 49(2), 2012 (PRIO-GRID).
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kursk_events.flat import first_source
from kursk_events.location import locations, within
from kursk_events.lookup import look_up

#: The columns of UCDP GED 24.1, in its order.
GED_COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name"),
    *("side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b"),
    *("number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original"),
    *("where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"),
)
#: What GED has no column for, and without which a number would stand alone.
OUR_COLUMNS = ("claimant_id", "claimant_side", "stance", "claimed_on", "bound", "scope", "subject_id", "category")
#: Columns of GED that stay empty: codes that only UCDP gives.
EMPTY = (
    *("active_year", "code_status", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id"),
    *("dyad_new_id", "side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id", "event_clarity"),
)
VIOLENCE = {"state-based": 1, "non-state": 2, "one-sided": 3}
DATE_PREC = {"day": 1, "days": 2, "week": 3, "month": 4, "longer": 5}
WHERE_PREC = {"site": 1, "settlement": 1, "vicinity": 2, "district": 3, "oblast": 4, "line": 5, "country": 6}
#: Names and Gleditsch-Ward numbers of states as GED writes them.
STATES = {"RU": ("Russia (Soviet Union)", 365), "UA": ("Ukraine", 369)}
SIDE_A, SIDE_B = (f"Government of {STATES[code][0]}" for code in ("RU", "UA"))
#: Claims that say how many were killed; a denial, a refusal or a withdrawal gives no number.
ASSERTING = ("asserts", "assesses", "acknowledges")
#: A plan or forecast counts nobody; a peak is no total.
COUNTED = ("snapshot", "cumulative", "period")
ACLED_TIME = {"day": 1, "days": 1, "week": 2, "month": 3, "longer": 3}
ACLED_GEO = {"site": 1, "settlement": 1, "vicinity": 2, "district": 2, "oblast": 3}

Tables = Mapping[str, pd.DataFrame]


def as_ged(tables: Tables) -> pd.DataFrame:
    """Return the claims of persons killed in the shape of UCDP GED 24.1.

    One row is one claim by one claimant, not one event: GED's unit is the event with one best estimate, and no such
    number is made here. Rows of one event share ``relid``. Never sum over claimants or over claims of one claimant.

    What is in: claims of the measure ``killed`` that assert, assess or acknowledge a figure, other than a plan, a
    forecast or a peak, in events whose type has a ``ucdp_type``.

    What is lost, or differs:

    - Events for which nobody gave a number of killed are not there; nor are wounded, captured and losses.
    - Words without a number ("several", bound verbal) are left out.
    - ``best`` is the claimed number where it is exact or approximate; empty where only a bound was given: "at least"
      fills ``low`` alone, "at most" ``high``, a range both. The number goes to one of the ``deaths_`` columns, by
      category and the side of those counted; persons of North Korea's side are in ``deaths_a``, GED having no column
      for an ally. Combatants killed in one-sided violence, and all of a mixed or unknown category, are in
      ``deaths_unknown``. Whether the dead fall under UCDP's definition of battle-related deaths was not judged.
    - ``type_of_violence`` comes from the type of event, not from a judgement of intent; events across the border count
      as state-based between Russia and Ukraine. In one-sided violence ``side_a`` is empty unless an initiator is
      undisputed, since who did it is itself a claim.
    - UCDP's identifiers and its name of the conflict, ``active_year``, ``code_status`` and ``event_clarity`` are
      empty: only UCDP gives them.
    - An event of open end has an empty ``date_end``. ``date_start`` is the earliest day that anyone named.
    - A point is the place's own or that of the nearest place that contains it; where there is none, GED would take a
      centroid, and here the cell is empty.

    Args:
        tables: All tables by name.

    Returns:
        One row a claim, in the order of the claims, with the 49 columns of GED in its order (``id`` is the claim's,
        ``relid`` the event's, ``source_original`` the claimant, ``source_article`` an address, numbers Int64), then
        claimant_id, claimant_side, stance, claimed_on, bound, scope, subject_id, category.

    Example:
        >>> import kursk_events as ke
        >>> view = as_ged(ke.load_all())
        >>> view.columns[:3].tolist(), len(GED_COLUMNS)
        (['id', 'relid', 'year'], 49)

    """
    claims = _deaths(tables)
    events = tables["events"].set_index("event_id")
    event = {str(name): look_up(claims["event_id"], events[name]) for name in events.columns}
    violence = _violence(event["event_type"], tables["event_types"])
    side_a, side_b = _sides(claims["event_id"], violence, tables)
    columns = {
        "id": claims["claim_id"],
        "relid": claims["event_id"],
        "year": event["start_date"].dt.year.astype("Int64"),
        "type_of_violence": violence,
        "dyad_name": side_a + " - " + side_b,
        "side_a": side_a,
        "side_b": side_b,
        **_source(claims, tables),
        "where_prec": _code(event["place_precision"], WHERE_PREC),
        **_place(event["place_id"], tables),
        "region": _text(claims["claim_id"].notna(), "Europe"),
        "date_prec": _code(event["date_precision"], DATE_PREC),
        "date_start": event["start_date"],
        "date_end": event["end_date"],
        **_numbers(claims, violence, tables["actors"]),
        "gwnoa": side_a.map({f"Government of {name}": number for name, number in STATES.values()}).astype("Int64"),
        "gwnob": side_b.map({f"Government of {name}": number for name, number in STATES.values()}).astype("Int64"),
        "claimant_side": look_up(claims["claimant_id"], tables["actors"].set_index("actor_id")["side"]),
    }
    columns |= {name: claims[name] for name in OUR_COLUMNS if name != "claimant_side"}
    empty = pd.Series(pd.NA, index=claims.index, dtype="string")
    return pd.DataFrame({name: columns.get(name, empty) for name in (*GED_COLUMNS, *OUR_COLUMNS)}, index=claims.index)


def _deaths(tables: Tables) -> pd.DataFrame:
    claims = tables["claims"]
    types = look_up(claims["event_id"], tables["events"].set_index("event_id")["event_type"])
    coded = look_up(types, tables["event_types"].set_index("event_type")["ucdp_type"])
    wanted = (
        claims["measure"].eq("killed").fillna(False)
        & claims["stance"].isin(ASSERTING)
        & claims["scope"].isin(COUNTED)
        & claims["bound"].ne("verbal")
        & coded.notna()
    )
    return claims[wanted.astype(bool)].reset_index(drop=True)


def _violence(types: pd.Series, event_types: pd.DataFrame) -> pd.Series:
    return _code(look_up(types, event_types.set_index("event_type")["ucdp_type"]), VIOLENCE)


def _code(terms: pd.Series, codes: Mapping[str, int]) -> pd.Series:
    return terms.astype("string").map(dict(codes)).astype("Int64")


def _text(where: pd.Series, text: str) -> pd.Series:
    return pd.Series(text, index=where.index, dtype="string").where(where.fillna(False).astype(bool))


def _sides(event_ids: pd.Series, violence: pd.Series, tables: Tables) -> tuple[pd.Series, pd.Series]:
    """Return the sides: the two states, or in one-sided violence an undisputed initiator and civilians."""
    parts = tables["participants"]
    parts = parts[parts["role"].eq("initiator")]
    side = look_up(parts["actor_id"], tables["actors"].set_index("actor_id")["side"]).astype("string")
    names = side.map({code: f"Government of {name}" for code, (name, _) in STATES.items()}).astype("string")
    by_event = names.groupby(parts["event_id"])
    known = by_event.first().where(by_event.nunique(dropna=False).eq(1))
    one_sided = violence.eq(3)
    initiator = look_up(event_ids, known.astype("string"))
    return _text(~one_sided, SIDE_A).fillna(initiator.where(one_sided)), _text(~one_sided, SIDE_B).fillna("Civilians")


def _source(claims: pd.DataFrame, tables: Tables) -> dict[str, pd.Series]:
    sources = tables["sources"].set_index("source_id")
    first = look_up(claims["claim_id"], first_source(tables["citations"], tables["sources"])["source_id"])
    cells = {name: look_up(first, sources[name]) for name in ("title", "publisher_id", "published_on", "url")}
    office = look_up(cells["publisher_id"], tables["publishers"].set_index("publisher_id")["name"])
    counts = tables["citations"]["claim_id"].value_counts()
    return {
        "number_of_sources": look_up(claims["claim_id"], counts).fillna(0).astype("Int64"),
        "source_article": cells["url"],
        "source_office": office,
        "source_date": cells["published_on"],
        "source_headline": cells["title"],
        "source_original": look_up(claims["claimant_id"], tables["actors"].set_index("actor_id")["name"]),
    }


def _place(ids: pd.Series, tables: Tables) -> dict[str, pd.Series]:
    places = tables["places"]
    names = places.set_index("place_id")["name"]
    points = locations(places)
    latitude, longitude = look_up(ids, points["latitude"]), look_up(ids, points["longitude"])
    country = look_up(ids, places.set_index("place_id")["country"])
    return {
        "where_coordinates": look_up(look_up(ids, points["point_place_id"]), names),
        "where_description": look_up(ids, names),
        "adm_1": look_up(look_up(ids, within(places, "oblast")), names),
        "adm_2": look_up(look_up(ids, within(places, "district")), names),
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": ("POINT (" + longitude.astype("string") + " " + latitude.astype("string") + ")").astype("string"),
        "priogrid_gid": priogrid(latitude, longitude),
        "country": country.map({code: name for code, (name, _) in STATES.items()}).astype("string"),
        "country_id": country.map({code: number for code, (_, number) in STATES.items()}).astype("Int64"),
    }


def priogrid(latitude: pd.Series, longitude: pd.Series) -> pd.Series:
    """Return the PRIO-GRID cell of each point: half-degree cells, row by row from the south-west corner, from 1.

    >>> priogrid(pd.Series([-89.9, 51.19, None]), pd.Series([-179.9, 35.27, None])).tolist()
    [1, 203471, <NA>]
    """
    row, column = np.floor((latitude + 90) / 0.5), np.floor((longitude + 180) / 0.5)
    cell: pd.Series = (row * 720 + column + 1).astype("Int64")
    return cell


def _numbers(claims: pd.DataFrame, violence: pd.Series, actors: pd.DataFrame) -> dict[str, pd.Series]:
    """Return GED's figures of each claim: best, low and high as claimed, and best in one of the four columns."""
    best = claims["value"].round().astype("Int64")
    low = claims["value_low"].round().astype("Int64").fillna(best)
    high = claims["value_high"].round().astype("Int64").fillna(best)
    side = look_up(claims["subject_id"], actors.set_index("actor_id")["side"]).astype("string")
    category = claims["category"].astype("string")
    fought = category.eq("combatant").fillna(False) & violence.eq(1).fillna(False)
    column = pd.Series("deaths_unknown", index=claims.index, dtype="string")
    column = column.mask(category.isin(["civilian", "child"]), "deaths_civilians")
    column = column.mask((fought & side.isin(["KP", "RU"])).astype(bool), "deaths_a")
    column = column.mask((fought & side.eq("UA").fillna(False)).astype(bool), "deaths_b")
    names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    return {"best": best, "low": low, "high": high} | {name: best.where(column.eq(name)) for name in names}


def acled_labels(tables: Tables) -> pd.DataFrame:
    """Return the events with ACLED's labels: types and precisions, and nothing else of ACLED.

    The label is the nearest type of ACLED's codebook to ours, not ACLED's coding of the event. ACLED names actors and
    one number of fatalities for each event and day; here an event may last longer than a day, its actors may be
    disputed, and every number has a claimant, so those columns are not made. A type that ACLED would not hold has no
    label; a line or a whole country has no ``geo_precision``; a month and longer are both 3.

    Args:
        tables: All tables by name.

    Returns:
        One row an event, in the order of the events: event_id, event_date, event_type, sub_event_type, time_precision,
        geo_precision (ACLED's names for its columns; Int64 codes).

    Example:
        >>> import kursk_events as ke
        >>> labels = acled_labels(ke.load_all()).set_index("event_id")
        >>> labels.loc["reported-retaking-kursk-oblast-2025-04-26", "sub_event_type"]
        'Government regains territory'

    """
    events = tables["events"].reset_index(drop=True)
    types = tables["event_types"].set_index("event_type")
    return pd.DataFrame(
        {
            "event_id": events["event_id"],
            "event_date": events["start_date"],
            "event_type": look_up(events["event_type"], types["acled_event_type"]),
            "sub_event_type": look_up(events["event_type"], types["acled_sub_event_type"]),
            "time_precision": _code(events["date_precision"], ACLED_TIME),
            "geo_precision": _code(events["place_precision"], ACLED_GEO),
        }
    )
