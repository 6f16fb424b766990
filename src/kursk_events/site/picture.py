"""Pictures drawn by the build as inline SVG: they take their colours from the page and need no script."""

import datetime
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from kursk_events.sides import SIDES
from kursk_events.site.records import Row
from kursk_events.site.render import day

Lines = Sequence[Sequence[Sequence[float]]]
Across = Callable[[datetime.date], float]
Height = Callable[[float], float]

#: Events from which the overview map names a place.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the map: degrees to pixels, true to scale at its middle latitude."""

    west: float
    south: float
    east: float
    north: float
    width: int = 360

    @property
    def scale(self) -> float:
        """Pixels a degree of longitude."""
        return self.width / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """Pixels a degree of latitude, over pixels a degree of longitude."""
        return 1 / math.cos(math.radians((self.south + self.north) / 2))

    @property
    def height(self) -> int:
        """Height in pixels."""
        return round((self.north - self.south) * self.scale * self.stretch)

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return the pixel of a point."""
        return (longitude - self.west) * self.scale, (self.north - latitude) * self.scale * self.stretch


def border_path(frame: Frame, lines: Lines) -> Markup:
    """Return the state borders as a path."""
    parts = []
    for line in lines:
        points = [frame.at(latitude, longitude) for longitude, latitude in line]
        near = [-60 < x < frame.width + 60 and -60 < y < frame.height + 60 for x, y in points]
        pen = "M"
        for at, (x, y) in enumerate(points):
            if near[at] or (at and near[at - 1]) or (at + 1 < len(near) and near[at + 1]):
                parts.append(f"{pen}{x:.1f} {y:.1f}")
                pen = "L"
            else:
                pen = "M"
    return Markup('<path class="border" d="{}"/>').format("".join(parts))


def locator(
    latitude: float,
    longitude: float,
    radius_km: float,
    lines: Lines,
    label: str,
    towns: Iterable[tuple[str, float, float]],
) -> Markup:
    """Return a small map round one point, with the circle within which it lies."""
    frame = Frame(longitude - 0.85, latitude - 0.42, longitude + 0.85, latitude + 0.42)
    x, y = frame.at(latitude, longitude)
    radius = max(radius_km / 111.2 * frame.scale * frame.stretch, 6)
    names = [_town(frame, *town) for town in towns if town[0] != label and _inside(frame, town[1], town[2])]
    return Markup(
        '<svg viewBox="0 0 {w} {h}" role="img" aria-label="{said}"><rect class="ground" width="{w}" height="{h}"/>{border}{names}'
        '<circle class="reach" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/><circle class="spot" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
        '<text class="name" x="{x:.1f}" y="{ly:.1f}" text-anchor="middle">{label}</text>{bar}</svg>'
    ).format(
        w=frame.width, h=frame.height, said=f"Map of the surroundings of {label} with the state border.",
        border=border_path(frame, lines), names=Markup("").join(names), x=x, y=y, r=radius, ly=y - max(radius, 8) - 5,
        label=label, bar=_scale_bar(frame, 20),
    )  # fmt: skip


def _inside(frame: Frame, latitude: float, longitude: float) -> bool:
    x, y = frame.at(latitude, longitude)
    return 15 < x < frame.width - 15 and 12 < y < frame.height - 12


def _town(frame: Frame, name: str, latitude: float, longitude: float) -> Markup:
    x, y = frame.at(latitude, longitude)
    return Markup(
        '<circle class="town" cx="{:.1f}" cy="{:.1f}" r="2.5"/><text class="town" x="{:.1f}" y="{:.1f}">{}</text>'
    ).format(x, y, x + 5, y + 4, name)


def _scale_bar(frame: Frame, km: int) -> Markup:
    length = km / 111.2 * frame.scale * frame.stretch
    y = frame.height - 12
    return Markup(
        '<path class="bar" d="M12 {y}v4h{l:.1f}v-4"/><text class="small" x="{x:.1f}" y="{t}">{km} km</text>'
    ).format(y=y, l=length, x=length + 18, t=y + 5, km=km)


def overview_map(places: Iterable[tuple[str, str, float, float, int]], lines: Lines, root: str) -> Markup:
    """Return all points of a list of places (id, name, latitude, longitude, weight), each leading to its page."""
    frame = Frame(33.3, 50.5, 37.3, 51.85, 1200)
    spots = []
    for name, title, latitude, longitude, weight in places:
        x, y = frame.at(latitude, longitude)
        if 0 < x < frame.width and 0 < y < frame.height:
            spots.append(
                Markup('<a href="{}places/{}/"><circle class="spot" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/><title>{}</title></a>').format(
                    root, name, x, y, 4 + 1.6 * math.sqrt(weight), f"{title}: {weight} events"
                )
            )  # fmt: skip
            if weight >= NAMED:
                spots.append(
                    Markup('<text class="town" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>').format(
                        x, y + 18 + 1.6 * math.sqrt(weight), title
                    )
                )
    return Markup(
        '<svg viewBox="0 0 {w} {h}" role="group" aria-label="Map of the places with a coded point">'
        '<rect class="ground" width="{w}" height="{h}"/>{border}{spots}{bar}</svg>'
    ).format(w=frame.width, h=frame.height, border=border_path(frame, lines), spots=Markup("").join(spots), bar=_scale_bar(frame, 20))  # fmt: skip


def strip(claims: Sequence[Row], start: datetime.date) -> Markup:
    """Return one dot a claim on the day of saying, a row a side; dots of one day stand on each other."""
    days = [claim["claimed_on"] for claim in claims]
    first, last = min([start, *days]), max([start, *days])
    span: int = max((last - first).days, 1)
    present = [side for side in SIDES if any(claim["side"] == side for claim in claims)]
    left, right, row_h = 110, 16, 46
    width, height = 1200, 34 + row_h * len(present) + 26
    inner = width - left - right

    def across(moment: datetime.date) -> float:
        return left + 8 + (inner - 16) * int((moment - first).days) / span

    parts = [_axis(first, last, across, height - 26)]
    parts.append(
        Markup('<line class="event" x1="{x:.1f}" x2="{x:.1f}" y1="20" y2="{y}"/><text class="small" x="{t:.1f}" y="14" text-anchor="{a}">the event, {when}</text>').format(
            x=across(start), y=height - 26, t=across(start), a="start" if across(start) < width - 180 else "end", when=day(start)
        )
    )  # fmt: skip
    for at, side in enumerate(present):
        base = 34 + row_h * at + row_h - 12
        parts.append(
            Markup('<text class="row" x="0" y="{}">{}</text><line class="rule" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
                base, SIDES[side], left, width - right, base + 6, base + 6
            )
        )  # fmt: skip
        stack: dict[int, int] = {}
        for claim in claims:
            if claim["side"] == side:
                x = across(claim["claimed_on"])
                height_at = stack.get(round(x / 7), 0)
                stack[round(x / 7)] = height_at + 1
                if height_at < 5:
                    parts.append(
                        Markup('<circle class="dot {} {}" cx="{:.1f}" cy="{:.1f}" r="3.4"><title>{}</title></circle>').format(
                            side, claim["stance"], x, base - 7.5 * height_at, f"{day(claim['claimed_on'])}: {claim['claimant']['name']}"
                        )
                    )  # fmt: skip
    return Markup(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    ).format(width, height, f"{len(claims)} claims by the day on which they were made, from {day(min(days))} to {day(max(days))}.", Markup("").join(parts))  # fmt: skip


def _axis(first: datetime.date, last: datetime.date, across: Across, y: float) -> Markup:
    parts = [Markup('<text class="small" x="{:.1f}" y="{}">{}</text>').format(across(first) - 6, y + 20, day(first))]
    if (last - first).days > 0:
        parts.append(
            Markup('<text class="small" x="{:.1f}" y="{}" text-anchor="end">{}</text>').format(across(last) + 6, y + 20, day(last))
        )  # fmt: skip
    return Markup("").join(parts)


def ranges(points: Sequence[Row], unit: str, top: float, said: str) -> Markup:
    """Return claims of a figure over time: a dot, an arrow for a bound, or a bar for a range; colour by side.

    Args:
        points: Claims with ``claimed_on``, ``side``, ``bound``, figures and ``claim_id``; ``href`` leads to each.
        unit: Unit, for the axis.
        top: Upper end of the axis.
        said: What the picture shows, for those who do not see it.

    """
    width, height, left, right, upper, lower = 1200, 400, 64, 24, 24, 40
    first = min(point["claimed_on"] for point in points).replace(day=1)
    last = max(point["claimed_on"] for point in points)
    span: int = max((last - first).days, 1)

    def x_of(moment: datetime.date) -> float:
        return left + (width - left - right) * int((moment - first).days) / span

    def y_of(value: float) -> float:
        return upper + (height - upper - lower) * (1 - value / top)

    step = 10 ** math.floor(math.log10(top)) / (4 if top / 10 ** math.floor(math.log10(top)) < 2 else 1)
    parts = []
    value = 0.0
    while value <= top:
        parts.append(
            Markup('<line class="rule" x1="{}" x2="{}" y1="{y:.1f}" y2="{y:.1f}"/><text class="small" x="{}" y="{t:.1f}" text-anchor="end">{v:,.0f}</text>').format(
                left, width - right, left - 8, y=y_of(value), t=y_of(value) + 4, v=value
            )
        )  # fmt: skip
        value += step
    parts.append(Markup('<text class="small" x="{}" y="12">{}</text>').format(left, unit))
    for month in months(first, last)[::2]:
        parts.append(
            Markup('<text class="small" x="{:.1f}" y="{}" text-anchor="{}">{}</text>').format(
                x_of(month), height - 14, "start" if x_of(month) < width - 80 else "end", f"{month:%b %Y}"
            )
        )
    parts += [_mark(point, x_of(point["claimed_on"]), y_of) for point in points]
    return Markup('<svg viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>').format(
        width, height, said, Markup("").join(parts)
    )


def _mark(point: Row, x: float, y_of: Height) -> Markup:
    low, value, high = point["value_low"], point["value"], point["value_high"]
    if value is not None:
        shape = Markup('<circle class="dot {} {}" cx="{:.1f}" cy="{:.1f}" r="5.5"/>').format(
            point["side"], "about" if point["bound"] == "about" else "", x, y_of(value)
        )
    elif low is not None and high is not None:
        shape = Markup('<line class="span {}" x1="{x:.1f}" x2="{x:.1f}" y1="{:.1f}" y2="{:.1f}"/>').format(
            point["side"], y_of(low), y_of(high), x=x
        )
    else:
        y = y_of(low if low is not None else high)
        tip = -9 if low is not None else 9
        shape = Markup('<path class="bound {}" d="M{:.1f} {:.1f}h12l-6 {}z"/>').format(point["side"], x - 6, y, tip)
    title = f"{day(point['claimed_on'])}, {point['claimant']['name']}: {point['figure']}"
    return Markup('<a href="{}" aria-label="{}">{}<title>{}</title></a>').format(point["href"], title, shape, title)


def months(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Return the first days of all months from the one of ``first`` to the one of ``last``.

    >>> [str(m) for m in months(datetime.date(2024, 12, 5), datetime.date(2025, 1, 1))]
    ['2024-12-01', '2025-01-01']
    """
    found = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        found.append(datetime.date(year, month, 1))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def bars(values: Sequence[tuple[str, float, str]], said: str, kind: str = "") -> Markup:
    """Return horizontal bars (label, value, text) as an HTML list that reads as text."""
    top = max((value for _, value, _ in values), default=0) or 1
    items = [
        Markup('<li><span class="key">{}</span><span class="track" aria-hidden="true"><i class="{}" style="width:{:.1f}%"></i></span><span class="num">{}</span></li>').format(
            label, f"{kind} {label}" if kind else "", 100 * value / top, text
        )
        for label, value, text in values
    ]  # fmt: skip
    return Markup('<ul class="bars" aria-label="{}">{}</ul>').format(said, Markup("").join(items))


def calendar(counts: dict[datetime.date, int], first: datetime.date, last: datetime.date, said: str) -> Markup:
    """Return a square a day, a column a week, darker with the number of claims that day."""
    start = first - datetime.timedelta(days=first.weekday())
    weeks = (last - start).days // 7 + 1
    size, left, upper = 13, 34, 22
    parts = []
    for at in range((last - start).days + 1):
        moment = start + datetime.timedelta(days=at)
        if moment < first:
            continue
        x, y = left + at // 7 * size, upper + at % 7 * size
        count = counts.get(moment, 0)
        level = 0 if not count else 1 + sum(count >= edge for edge in (3, 6, 12, 24))
        parts.append(
            Markup('<rect class="l{}" x="{}" y="{}" width="11" height="11" rx="2"><title>{}</title></rect>').format(
                level, x, y, f"{day(moment)}: {count} claims"
            )
        )
    free = 0
    for month in months(first, last):
        week = max((month - start).days, 0) // 7
        if week >= free:
            with_year = month.month == 1 or month == first.replace(day=1)
            name = f"{month:%b %Y}" if with_year else f"{month:%b}"
            parts.append(Markup('<text class="small" x="{}" y="14">{}</text>').format(left + week * size, name))
            free = week + (5 if with_year else 4)
    for at, name in ((0, "Mon"), (3, "Thu"), (6, "Sun")):
        parts.append(Markup('<text class="small" x="0" y="{}">{}</text>').format(upper + at * size + 9, name))
    return Markup('<svg class="calendar" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        left + weeks * size, upper + 7 * size + 4, said, Markup("").join(parts)
    )


def gaps(days: Sequence[datetime.date], least: int) -> list[tuple[datetime.date, datetime.date, int]]:
    """Return the spans of at least ``least`` days between two neighbouring days of a list."""
    return [(a, b, (b - a).days - 1) for a, b in pairwise(sorted(set(days))) if (b - a).days - 1 >= least]
