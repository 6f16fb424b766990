"""Shows doctests as code in the API reference, whether a docstring heads them ``Example:`` or not at all."""

import re

from griffe import Extension, Object

_HEADED = re.compile(r"^Example:$", re.MULTILINE)
_BARE = re.compile(r"^>>> .*(?:\n(?!$).*)*", re.MULTILINE)


class DoctestsAsExamples(Extension):
    """Rewrites docstrings before they are parsed."""

    def on_object(self, *, obj: Object, **_: object) -> None:
        """Head every doctest ``Examples:``."""
        if obj.docstring:
            text = _HEADED.sub("Examples:", obj.docstring.value)
            obj.docstring.value = _BARE.sub(_under_heading, text)


def _under_heading(found: re.Match[str]) -> str:
    return "Examples:\n" + "\n".join(f"    {line}" for line in found[0].splitlines())
