"""Plots, drawn once with ReportLab's graphics: on paper as part of a PDF, on the screen as SVG.

They are readable in black and white: bands differ by their edges and names, scores by their shape, events by their letters.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from safeplan_desktop.documents import fonts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safeplan_desktop.domain.history import Event, Occasion, Series

_SIZE = 9.0
_SMALL = 8.0
_FOOT = 30.0
_HEAD = 26.0
_LEFT = 30.0
_GAP = 6.0
_DOT = 3.4
_LEAST_BETWEEN = 46.0
_MOST_LETTERS = 40
_LEAST_ROOM = 2.6


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of a plot, as hexadecimal numbers.

    Attributes:
        ink: Scores and words.
        quiet: Axes and names of bands.
        band: The ground of every other band.
        edge: Lines between bands.
        ground: Inside of marks, and behind the plot.
        event: Lines of events.
    """

    ink: str = "#1A1A1A"
    quiet: str = "#474747"
    band: str = "#EFEFEF"
    edge: str = "#B4B4B4"
    ground: str = "#FFFFFF"
    event: str = "#6A6A6A"


PAPER = Inks()


def score_plot(series: Series, events: Sequence[Event], width: float, height: float, inks: Inks = PAPER) -> Drawing:
    """Scores of one instrument over time, with its published bands and what happened between them.

    Args:
        series: The scores; at least one.
        events: What happened; events outside of the scores' days widen the plot.
        width: In points.
        height: In points.
        inks: The colours.
    """
    regular, bold = fonts.base_fonts()
    # Without this the PDF would name a font that it doesn't hold.
    drawing = Drawing(width, height, initialFontName=regular)
    labels = max((stringWidth(band.label, regular, _SMALL) for band in series.bands), default=0.0)
    frame = _Frame(series, events, _LEFT, _FOOT, width - _LEFT - labels - 2 * _GAP, height - _FOOT - _HEAD)
    drawing.add(_ground(0, 0, width, height, inks.ground))
    drawing.add(_bands(series, frame, inks, regular))
    drawing.add(_axis(series, frame, inks, regular))
    drawing.add(_events(events, frame, inks, bold))
    drawing.add(_scores(series, frame, inks, bold))
    return drawing


def as_svg(drawing: Drawing) -> bytes:
    """The drawing for a screen."""
    svg: str = renderSVG.drawToString(drawing)
    # A PDF knows a font by its PostScript name, a window by its family.
    for name, weight in zip(fonts.base_fonts(), ("normal", "bold"), strict=True):
        svg = svg.replace(f"font-family: {name}", f"font-family: 'Atkinson Hyperlegible'; font-weight: {weight}")
    return svg.encode()


class _Frame:
    """Where days and scores stand on the drawing."""

    def __init__(
        self, series: Series, events: Sequence[Event], left: float, foot: float, width: float, height: float
    ) -> None:
        days = [one.day for one in series.occasions] + [one.day for one in events]
        first, last = min(days), max(days)
        spare = max(3, (last - first).days // 20)
        self.first, self.last = first - dt.timedelta(days=spare), last + dt.timedelta(days=spare)
        self.left, self.foot, self.width, self.height = left, foot, width, height
        self._lowest, self._span = series.lowest, series.highest - series.lowest

    def x(self, day: dt.date) -> float:
        return self.left + self.width * (day - self.first).days / (self.last - self.first).days

    def y(self, value: float) -> float:
        return self.foot + self.height * (value - self._lowest) / self._span


Anchor = Literal["start", "middle", "end"]


def _words(x: float, y: float, words: str, font: str, size: float, colour: str, anchor: Anchor = "start") -> String:
    return String(x, y, words, fontName=font, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor)


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, width: float = 0.6) -> Line:
    return Line(x, y, to_x, to_y, strokeColor=HexColor(colour), strokeWidth=width)


def _ground(x: float, y: float, width: float, height: float, colour: str) -> Rect:
    made = Rect(x, y, width, height)
    made.fillColor, made.strokeColor = HexColor(colour), None
    return made


def _bands(series: Series, frame: _Frame, inks: Inks, font: str) -> Group:
    group = Group()
    for place, band in enumerate(series.bands):
        following = series.bands[place + 1].lowest if place + 1 < len(series.bands) else series.highest
        low, high = frame.y(band.lowest), frame.y(following)
        if place % 2:
            group.add(_ground(frame.left, low, frame.width, high - low, inks.band))
        if place:
            group.add(_line(frame.left, low, frame.left + frame.width, low, inks.edge))
        right = frame.left + frame.width + _GAP
        group.add(_words(right, (low + high) / 2 - _SMALL / _LEAST_ROOM, band.label, font, _SMALL, inks.quiet))
    return group


def _axis(series: Series, frame: _Frame, inks: Inks, font: str) -> Group:
    group, colour = Group(), inks.quiet
    group.add(_line(frame.left, frame.foot, frame.left, frame.foot + frame.height, colour))
    group.add(_line(frame.left, frame.foot, frame.left + frame.width, frame.foot, colour))
    marks = {series.lowest, series.highest, *(band.lowest for band in series.bands)}
    for value in sorted(marks):
        group.add(_line(frame.left - 3, frame.y(value), frame.left, frame.y(value), colour))
        group.add(
            _words(
                frame.left - _GAP, frame.y(value) - _SMALL / _LEAST_ROOM, str(value), font, _SMALL, inks.quiet, "end"
            )
        )
    taken = -_LEAST_BETWEEN
    for day in _days(series, frame):
        x = frame.x(day)
        if x - taken >= _LEAST_BETWEEN:
            taken = x
            group.add(_line(x, frame.foot - 3, x, frame.foot, colour))
            group.add(_words(x, frame.foot - 13, f"{day:%d %b}", font, _SMALL, inks.quiet, "middle"))
            group.add(_words(x, frame.foot - 23, f"{day:%Y}", font, _SMALL, inks.quiet, "middle"))
    return group


def _days(series: Series, frame: _Frame) -> list[dt.date]:
    """The days that are named: those of scores, from the last one back, as many as fit."""
    days: list[dt.date] = []
    for occasion in reversed(series.occasions):
        if not days or frame.x(days[-1]) - frame.x(occasion.day) >= _LEAST_BETWEEN:
            days.append(occasion.day)
    return days[::-1]


def _events(events: Sequence[Event], frame: _Frame, inks: Inks, font: str) -> Group:
    group = Group()
    top = frame.foot + frame.height
    by_day: dict[dt.date, list[str]] = {}
    for event in events:
        letters = by_day.setdefault(event.day, [])
        if event.kind.value not in letters:
            letters.append(event.kind.value)
    taken: dict[float, float] = {}
    for day, letters in sorted(by_day.items())[-_MOST_LETTERS:]:
        x, words = frame.x(day), "".join(letters)
        half = stringWidth(words, font, _SMALL) / 2 + 1
        # Letters that would stand on each other go one row up.
        row = 0.0 if x - half > taken.get(0.0, -1.0) else _SMALL + 1
        taken[row] = x + half
        line = _line(x, frame.foot, x, top + 2 + row, inks.event)
        line.strokeDashArray = [2, 2]
        group.add(line)
        group.add(_words(x, top + 4 + row, words, font, _SMALL, inks.ink, "middle"))
    return group


def _scores(series: Series, frame: _Frame, inks: Inks, font: str) -> Group:
    group = Group()
    points = [(frame.x(one.day), frame.y(one.value)) for one in series.occasions]
    # One line for each step: an SVG would fill what a polyline of ReportLab's encloses.
    for start, end in pairwise(points):
        group.add(_line(*start, *end, inks.ink, width=1.4))
    taken = -1.0
    for occasion, (x, y) in zip(series.occasions, points, strict=True):
        group.add(_mark(occasion, x, y, inks))
        words = str(occasion.value)
        half = stringWidth(words, font, _SIZE) / 2
        if x - half > taken:
            taken = x + half + 1
            above = y + 7 + _SIZE < frame.foot + frame.height
            foot = y + 7 if above else y - 7 - _SIZE * 0.7
            # A band's edge must not strike the number through.
            group.add(_ground(x - half - 1, foot - 1.5, 2 * half + 2, _SIZE, inks.ground))
            group.add(_words(x, foot, words, font, _SIZE, inks.ink, "middle"))
    return group


def _mark(occasion: Occasion, x: float, y: float, inks: Inks) -> Circle | Polygon:
    """A ring; a filled diamond where an answer was critical."""
    ink = HexColor(inks.ink)
    if not occasion.flagged:
        return Circle(x, y, _DOT, fillColor=HexColor(inks.ground), strokeColor=ink, strokeWidth=1.4)
    size = _DOT * 1.5
    return Polygon([x, y + size, x + size, y, x, y - size, x - size, y], fillColor=ink, strokeColor=ink)
