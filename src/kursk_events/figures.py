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
    return f"{text} {unit_words(unit)}".strip()


def unit_words(unit: str) -> str:
    """Return how a unit is written after a figure.

    >>> unit_words("mcm"), unit_words("persons")
    ('million m³', 'persons')
    """
    return {"km2": "km²", "percent": "%", "RUB": "roubles", "mcm": "million m³"}.get(unit, unit)


def _number(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    number = float(value)  # type: ignore[arg-type]
    return f"{number:,.0f}" if number == int(number) else f"{number:,g}"
