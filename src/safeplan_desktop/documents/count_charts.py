"""Counts as bars: their lengths and their numbers say the same, so they are readable in black and white."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.graphics.shapes import Drawing, Group, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from safeplan_desktop.documents import fonts
from safeplan_desktop.documents.charts import PAPER, Inks
from safeplan_desktop.domain.incident_log import BAR_MARGIN, BAR_ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIZE = 9.0
_GAP = 6.0
_LONGEST_SHARE = 0.62
_RISE = 2.6


def bar_plot(bars: Sequence[tuple[str, int]], width: float, inks: Inks = PAPER) -> Drawing:
    """Bars from left to right, one a line, each with its name before it and its number behind it.

    Args:
        bars: Names and counts.
        width: In points.
        inks: The colours.
    """
    regular, bold = fonts.base_fonts()
    height = BAR_ROW * max(len(bars), 1) + BAR_MARGIN
    drawing = Drawing(width, height, initialFontName=regular)
    ground = Rect(0, 0, width, height)
    ground.fillColor, ground.strokeColor = HexColor(inks.ground), None
    drawing.add(ground)
    names = max((stringWidth(name, regular, _SIZE) for name, _ in bars), default=0.0)
    left = min(names, width * _LONGEST_SHARE) + 2 * _GAP
    most = max((count for _, count in bars), default=1) or 1
    room = width - left - stringWidth(str(most), bold, _SIZE) - 3 * _GAP
    group = Group()
    for place, (name, count) in enumerate(bars):
        foot = height - _GAP - (place + 1) * BAR_ROW
        baseline = foot + BAR_ROW / 2 - _SIZE / _RISE
        ink = HexColor(inks.ink)
        group.add(
            String(left - _GAP, baseline, name, fontName=regular, fontSize=_SIZE, fillColor=ink, textAnchor="end")
        )
        long = room * count / most
        if count:
            bar = Rect(left, foot + 3, long, BAR_ROW - 6)
            bar.fillColor, bar.strokeColor, bar.strokeWidth = HexColor(inks.edge), HexColor(inks.quiet), 0.6
            group.add(bar)
        group.add(String(left + long + _GAP, baseline, str(count), fontName=bold, fontSize=_SIZE, fillColor=ink))
    group.add(Line(left, _GAP, left, height - _GAP, strokeColor=HexColor(inks.quiet), strokeWidth=0.6))
    drawing.add(group)
    return drawing
