"""Contracts: a Pandera schema for each table, for frames of the installed types.

Built from our own `Table`, since Pandera's reader of Frictionless schemas loses nulls, dates and patterns.
Public, so that researchers can check frames of their own before they set them beside ours.
"""

from collections.abc import Sequence

import pandera.pandas as pa

from kursk_events.schema import Field, Table


def contract(table: Table, checks: Sequence[pa.Check] = ()) -> pa.DataFrameSchema:
    """Return the Pandera schema of a table, for frames as `kursk_events.load` gives them.

    Args:
        table: The table as the schemas describe it.
        checks: Frame-level checks to add, such as the rules of `kursk_events.rules`.

    Returns:
        A strict, ordered `pandera.pandas.DataFrameSchema`; validate with ``lazy=True`` for all failures.

    """
    return pa.DataFrameSchema(
        {field.name: _column(field, field.name in table.primary_key) for field in table.fields},
        checks=list(checks),
        unique=list(table.primary_key),
        strict=True,
        ordered=True,
        name=table.name,
        title=table.title,
        description=table.description,
    )


def _column(field: Field, key: bool) -> pa.Column:
    checks = []
    if field.pattern:
        checks.append(pa.Check.str_matches(rf"\A{field.pattern}\Z"))
    if field.minimum is not None:
        checks.append(pa.Check.ge(field.minimum))
    if field.maximum is not None:
        checks.append(pa.Check.le(field.maximum))
    return pa.Column(
        field.pandas_dtype,
        checks=checks,
        nullable=not (field.required or key),
        unique=field.unique,
        title=field.title,
        description=field.description,
    )
