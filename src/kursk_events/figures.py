"""How a claim's figure is put into words: bound, value and unit, with nothing left out."""

import pandas as pd


def figure(claim: pd.Series, unit: str) -> str:
    """Return a claim's figure in words, or an empty string where it has none.

    Args:
        claim: Needs ``bound``, ``value_low``, ``value``, ``value_high``.
        unit: Unit of its measure.

    Example:
        >>> figure(pd.Series({"bound": "at_least", "value_low": 76000.0}), "persons")
        'at least 76,000 persons'

    """
    bound = claim.get("bound")
    if pd.isna(bound):
        return ""
    if bound == "verbal":
        return "no number"
    low, value, high = (_number(claim.get(name)) for name in ("value_low", "value", "value_high"))
    text = {
        "exact": value,
        "about": f"about {value}",
        "at_least": f"at least {low}",
        "at_most": f"at most {high}",
        "range": f"{low} to {high}",
    }[str(bound)]
    return f"{text} {_unit(unit)}".strip()


def _number(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    number = float(value)  # type: ignore[arg-type]
    return f"{number:,.0f}" if number == int(number) else f"{number:,g}"


def _unit(unit: str) -> str:
    return {"km2": "km²", "percent": "%", "RUB": "roubles"}.get(unit, unit)
