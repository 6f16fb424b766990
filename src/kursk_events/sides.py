"""The order of the sides: alphabetical by code, with those of no side last, wherever rows or columns are by side."""

import pandas as pd

from kursk_events.lookup import look_up

SIDES = ("KP", "RU", "UA", "none")
DTYPE = pd.CategoricalDtype(list(SIDES), ordered=True)


def side_of(ids: pd.Series, actors: pd.DataFrame) -> pd.Series:
    """Return the side of each actor, on the index of ``ids``, as an ordered category."""
    return look_up(ids, actors.set_index("actor_id")["side"].astype("string")).astype(DTYPE)
