"""Charts of who says what: timeline, control, ranges of figures, lags and a map.

Each returns an Altair chart with a title, units and a source line, drawn from nothing but the dataset; `save` writes it
as PNG, SVG or HTML without any request to the network.
"""

try:
    import altair  # noqa: F401
    import vl_convert  # noqa: F401
except ImportError as error:
    raise ImportError("charts need more packages: pip install 'kursk-events[plot]'") from error

from kursk_events.plot.control import control
from kursk_events.plot.lag import lag
from kursk_events.plot.look import save
from kursk_events.plot.place_map import place_map
from kursk_events.plot.ranges import ranges
from kursk_events.plot.timeline import timeline

__all__ = ["control", "lag", "place_map", "ranges", "save", "timeline"]
