"""Claims about the Kursk campaign: who says what, when, through which source, and who disputes it.

Nothing is imported until it is asked for, so that ``import kursk_events`` costs nothing.
"""

_HOME = {
    "Dataset": "dataset",
    "load": "loading",
    "load_all": "loading",
    "path": "loading",
    "describe": "loading",
    "cite": "loading",
    "data_as_of": "loading",
    "diff": "changes",
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
    "diff",
    "load",
    "load_all",
    "path",
    "resolve",
]


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
