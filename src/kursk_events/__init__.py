"""Claims about the Kursk campaign: who says what, when, through which source, and who disputes it.

Nothing is imported until it is asked for, so that ``import kursk_events`` costs nothing.
"""

import sys

_HOME = {
    "Dataset": "dataset",
    "load": "load",
    "load_all": "load",
    "path": "load",
    "describe": "load",
    "cite": "load",
    "data_as_of": "load",
    "resolve": "ids",
    "DataError": "finding",
}
__all__ = [
    "DataError",
    "Dataset",
    "__version__",
    "cite",
    "data_as_of",
    "describe",
    "load",
    "load_all",
    "path",
    "resolve",
]


class _Package(type(sys)):
    def __setattr__(self, name, value):
        # The import system sets a submodule as an attribute: the module `load` must not hide the function `load`.
        if not (name in _HOME and isinstance(value, type(sys))):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name):
    if name in _HOME:
        module = __import__(f"kursk_events.{_HOME[name]}", fromlist=[name])
        value = getattr(module, name)
        globals()[name] = value
        return value
    if name == "__version__":
        from importlib.metadata import version

        return version("kursk-events")
    raise AttributeError(f"module 'kursk_events' has no attribute '{name}'")


def __dir__():
    return sorted(__all__)
