"""The sides with their names, in one order wherever rows or columns are by side: by code, those of no side last."""

import pandas as pd

from kursk_events.lookup import look_up

SIDES = {"KP": "North Korea", "RU": "Russia", "UA": "Ukraine", "none": "No side"}
DTYPE = pd.CategoricalDtype(list(SIDES), ordered=True)


def side_of(ids: pd.Series, actors: pd.DataFrame) -> pd.Series:
    """Return the side of each actor, on the index of ``ids``, as an ordered category."""
    return look_up(ids, actors.set_index("actor_id")["side"].astype("string")).astype(DTYPE)
