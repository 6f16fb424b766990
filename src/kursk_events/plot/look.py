"""The common look of the charts: colours, title, source line, and saving without the network.

Colours are those of Okabe and Ito (2008, Color Universal Design), which readers with any colour vision tell apart;
shape, place or text always says the same again.
"""

from collections.abc import Mapping
from pathlib import Path
from textwrap import wrap
from typing import cast

import altair as alt
import pandas as pd
import vl_convert

from kursk_events.dataset import Dataset
from kursk_events.ids import require_term

WIDTH = 640
SIDE_NAMES = {"KP": "North Korea", "RU": "Russia", "UA": "Ukraine", "none": "No side"}
SIDE_COLOURS = {"North Korea": "#CC79A7", "Russia": "#D55E00", "Ukraine": "#0072B2", "No side": "#666666"}

Chart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart


def save(chart: alt.TopLevelMixin, path: str | Path, scale: float = 2.0) -> Path:
    """Write a chart as PNG, SVG or self-contained HTML; nothing is fetched, now or when the file is opened.

    Args:
        chart: A chart of this package, or any Altair chart.
        path: File to write; its ending says the format.
        scale: Pixels of a PNG for each unit of the chart.

    Returns:
        The path.

    Raises:
        ValueError: The ending is none of .png, .svg, .html.

    """
    path = Path(path)
    require_term(path.suffix, [".png", ".svg", ".html"], "format")
    spec = chart.to_dict()
    if path.suffix == ".png":
        path.write_bytes(vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=[]))
    elif path.suffix == ".svg":
        path.write_text(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]), encoding="utf-8")
    else:
        path.write_text(vl_convert.vegalite_to_html(spec, bundle=True), encoding="utf-8")
    return path


def finish(chart: Chart, ds: Dataset, title: str, subtitle: str) -> alt.VConcatChart:
    """Set the title and what it needs to be read, and under the chart the source line."""
    from kursk_events.loading import cite

    known = "" if ds.known_on is None else f", as known on {ds.known_on:%Y-%m-%d}"
    head = alt.Title(
        title,
        subtitle=wrap(subtitle, 115),
        anchor="start",
        fontSize=16,
        subtitleFontSize=11,
        subtitleColor="#444444",
        offset=12,
    )
    source = alt.Title(
        f"Source: {cite(style='short')}{known}", anchor="start", orient="bottom", fontSize=10, fontWeight="normal"
    )
    whole = alt.vconcat(alt.vconcat(chart).properties(title=head)).properties(title=source)
    # Each chart keeps its own legend, so that it stands under the title and not above it.
    whole = whole.resolve_scale(color="independent", shape="independent", stroke="independent", size="independent")
    whole = whole.configure(font="sans-serif").configure_axis(labelLimit=320).configure_view(stroke=None)
    legend = {"orient": "top", "labelLimit": 320, "columns": 5, "labelFontSize": 11}
    return cast(alt.VConcatChart, whole.configure_legend(**legend))


def colour(column: str, colours: Mapping[str, str], present: pd.Series, title: str | None = None) -> alt.Color:
    """Return a colour encoding of the terms that are present, in the order of ``colours``."""
    names = [name for name in colours if name in set(present)]
    return alt.Color(f"{column}:N", title=title, scale=alt.Scale(domain=names, range=[colours[name] for name in names]))


def days(first: pd.Timestamp, last: pd.Timestamp) -> alt.Scale:
    """Return a scale of days; in the time of the reader's clock, as the dates of the marks are."""
    return alt.Scale(domain=[alt.DateTime(year=day.year, month=day.month, date=day.day) for day in (first, last)])


def side_names(sides: pd.Series) -> pd.Series:
    """Return the names of sides for their codes."""
    return sides.astype("string").map(SIDE_NAMES)


def in_words(names: list[str]) -> str:
    """Join names as in a sentence.

    >>> in_words(["Gornal", "Guyevo", "Sudzha"])
    'Gornal, Guyevo and Sudzha'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
