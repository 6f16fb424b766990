"""Contracts: a Pandera schema for each table, for frames of the installed types.

Built from our own `Table`, since Pandera's reader of Frictionless schemas loses nulls, dates and patterns.
Public, so that researchers can check frames of their own before they set them beside ours.
"""

from collections.abc import Sequence

import pandas as pd
import pandera.pandas as pa

from kursk_events.rules import RULES, Context, Rule
from kursk_events.schema import Field, Package, Table


def contract(table: Table, checks: Sequence[pa.Check] = ()) -> pa.DataFrameSchema:
    """Return the Pandera schema of a table, for frames as `kursk_events.loading` gives them.

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


def contract_with_rules(package: Package, name: str, today: pd.Timestamp) -> pa.DataFrameSchema:
    """Return a table's contract with the rules that look at this table alone.

    Args:
        package: The description of the data, from `kursk_events.loading.package`.
        name: Name of the table.
        today: Day of the check, for the rule on the age of events.

    Example:
        >>> import kursk_events as ke
        >>> from kursk_events.loading import package
        >>> schema = contract_with_rules(package(), "claims", pd.Timestamp("2026-11-23"))
        >>> len(schema.validate(ke.load("claims"), lazy=True)) > 1000
        True
    """
    context = Context(package, today)
    alone = [rule for rule in RULES.values() if rule.table == name and not rule.needs and rule.severity == "error"]
    return contract(package.tables[name], [_check(rule, name, context) for rule in alone])


def _check(rule: Rule, name: str, context: Context) -> pa.Check:
    def holds(frame: pd.DataFrame) -> pd.Series:
        return pd.Series(~frame.index.isin(rule.find({name: frame}, context).index), index=frame.index)

    return pa.Check(holds, name=rule.code, error=f"{rule.code} {rule.title}")
