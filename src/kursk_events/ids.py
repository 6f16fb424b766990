"""Ids and terms that a question names: known, unknown or retired.

An unknown one raises and names the nearest; a retired one says what replaced it, since an id is never used again.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from kursk_events.finding import nearest

Tables = Mapping[str, pd.DataFrame]

#: What one row of a table is called in an error.
ROW = {
    "publishers": "publisher",
    "sources": "source",
    "actors": "actor",
    "places": "place",
    "event_types": "event type",
    "measures": "measure",
    "events": "event",
    "claims": "claim",
}


def require_id(tables: Tables, table: str, value: str) -> None:
    """Pass where ``value`` is an id of ``table``.

    Raises:
        ValueError: It is not; the text names the nearest ids, or what replaced a retired one.

    """
    known = tables[table].iloc[:, 0]
    if value in set(known):
        return
    retired = tables["retired"]
    gone = retired[retired["table"].eq(table) & retired["id"].eq(value)]
    if len(gone):
        raise ValueError(_retirement(gone.iloc[0]))
    raise ValueError(f'no {ROW[table]} "{value}". {nearest(value, known)}'.strip())


def require_term(value: str, terms: Iterable[str], what: str) -> None:
    """Pass where ``value`` is one of ``terms``.

    >>> require_term("weekly", ["D", "W"], "frequency")
    Traceback (most recent call last):
    ValueError: no frequency "weekly". Use one of: D, W.
    """
    pool = list(terms)
    if value not in pool:
        raise ValueError(f'no {what} "{value}". {nearest(value, pool) or "Use one of: " + ", ".join(pool) + "."}')


def resolve(retired_id: str, tables: Tables | None = None) -> str:
    """Return the id that stands for a retired one now; an id in use stands for itself.

    Args:
        retired_id: An id of any table, as an older release or a paper gives it.
        tables: All tables by name; those of the installed data where it is left out.

    Raises:
        ValueError: Nothing replaced it (the text gives the reason), or no release held it (the text names the nearest).

    Example:
        >>> import kursk_events as ke
        >>> ke.resolve("kursk-campaign")
        'kursk-campaign'

    """
    if tables is None:
        from kursk_events.loading import load_all

        tables = load_all()
    retired = tables["retired"].set_index("id")
    here, seen = retired_id, {retired_id}
    while here in retired.index:
        entry = retired.loc[[here]].reset_index().iloc[0]
        if pd.isna(entry["replaced_by"]) or entry["replaced_by"] in seen:
            raise ValueError(_retirement(entry))
        here = str(entry["replaced_by"])
        seen.add(here)
    used = {value for table in ROW for value in tables[table].iloc[:, 0]}
    if here not in used:
        raise ValueError(f'no id "{here}" in any table. {nearest(here, used | set(retired.index))}'.strip())
    return here


def _retirement(entry: pd.Series) -> str:
    what = f'the {ROW.get(entry["table"], entry["table"])} id "{entry["id"]}" was retired in {entry["retired_in"]}'
    now = "nothing replaced it" if pd.isna(entry["replaced_by"]) else f'use "{entry["replaced_by"]}"'
    return f"{what} ({entry['reason']}): {now}."
