"""Where a place is: its own point, or that of the nearest place that contains it.

Points are kept for settlements, sites, crossings and districts only. A village without a point is shown at its
district's, and ``point_place_id`` says so; an oblast or a country has none.
"""

import pandas as pd

from kursk_events.lookup import look_up


def locations(places: pd.DataFrame) -> pd.DataFrame:
    """Return the point at which each place can be shown.

    Args:
        places: The table, with ``place_id``, ``parent_id``, ``latitude``, ``longitude`` and ``uncertainty_km``.

    Returns:
        Indexed by ``place_id``: latitude, longitude (degrees, WGS 84), uncertainty_km (of that point, in km) and
        point_place_id (the place whose point it is: the place itself or one that contains it); missing where
        neither the place nor any that contains it has a point.

    Example:
        >>> import kursk_events as ke
        >>> where = locations(ke.load_all()["places"])
        >>> where.loc["sudzha", "point_place_id"]
        'sudzha'

    """
    known = places.set_index("place_id")
    has_point = known["latitude"].notna() & known["longitude"].notna()
    owner = _climb(known, has_point)
    columns = {name: look_up(owner, known[name]) for name in ("latitude", "longitude", "uncertainty_km")}
    return pd.DataFrame({**columns, "point_place_id": owner})


def within(places: pd.DataFrame, kind: str) -> pd.Series:
    """Return the place of a kind that each place is or lies in.

    Args:
        places: The table, with ``place_id``, ``parent_id`` and ``kind``.
        kind: A term of ``places.kind``, such as ``district`` or ``oblast``.

    Returns:
        Ids of places, indexed by ``place_id``; missing where there is none.

    Example:
        >>> import kursk_events as ke
        >>> within(ke.load_all()["places"], "oblast")["sudzha"]
        'kursk-oblast'

    """
    known = places.set_index("place_id")
    return _climb(known, known["kind"].eq(kind))


def _climb(known: pd.DataFrame, wanted: pd.Series) -> pd.Series:
    """Go up from each place until one is wanted; missing where none is, also in a circle of parents."""
    found = pd.Series(known.index, index=known.index, dtype="string")
    for _ in range(len(known)):
        here = found.isin(known.index[wanted])
        if (here | found.isna()).all():
            break
        found = found.where(here, look_up(found, known["parent_id"]).astype("string"))
    return found.where(found.isin(known.index[wanted]))
