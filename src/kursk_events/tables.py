"""The names of the tables, as a `Literal` that editors complete. A test holds them to the descriptor."""

from typing import Literal, get_args

TableName = Literal[
    "publishers",
    "sources",
    "actors",
    "places",
    "event_types",
    "measures",
    "events",
    "participants",
    "claims",
    "citations",
    "relations",
    "retired",
]
TABLES: tuple[str, ...] = get_args(TableName)
