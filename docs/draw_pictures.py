"""Draw the pictures of `charts.md` from the records: ``make pictures``."""

from pathlib import Path

from kursk_events import plot
from kursk_events.dataset import Dataset

FOLDER = Path(__file__).parent / "pictures"


def draw(folder: Path = FOLDER) -> None:
    """Write one SVG a chart into a folder."""
    ds = Dataset()
    charts = {
        "timeline": plot.timeline(ds),
        "control": plot.control(ds, ["sudzha", "gornal"], start="2025-03-01", end="2025-05-15"),
        "ranges-area": plot.ranges(ds, "area_held", subject="ukr-armed-forces", scope="snapshot", place="kursk-oblast"),
        "ranges-casualties": plot.ranges(ds, "casualties", subject="kp-army", place="kursk-oblast"),
        "lag": plot.lag(ds),
        "map": plot.place_map(ds),
    }
    folder.mkdir(exist_ok=True)
    for name, chart in charts.items():
        plot.save(chart, folder / f"{name}.svg")


if __name__ == "__main__":
    draw()
