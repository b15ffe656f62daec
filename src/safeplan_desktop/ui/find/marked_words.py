"""Draws an excerpt with its found words in bold; what the table tells a screen reader stays plain text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from safeplan_desktop.services.find import MARKS


class MarkedWords(QStyledItemDelegate):
    """The column of excerpts.

    Args:
        excerpt: The excerpt of a row, with its marks.
    """

    def __init__(self, excerpt: Callable[[int], str], parent: QObject) -> None:
        super().__init__(parent)
        self._excerpt = excerpt

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        text, ranges = _ranges_of(self._excerpt(index.row()))
        shown.text = ""
        style = shown.widget.style() if shown.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        place = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, shown, shown.widget)
        layout = QTextLayout(text, shown.font)
        wrapped = QTextOption()
        wrapped.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(wrapped)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        formats = []
        for start, length in ranges:
            found = QTextLayout.FormatRange()
            found.start, found.length, found.format = start, length, bold
            formats.append(found)
        layout.setFormats(formats)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(place.width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        painter.save()
        painter.setClipRect(place)
        painter.setPen(shown.palette.text().color())
        layout.draw(painter, QPointF(place.x(), place.y() + max(0.0, (place.height() - height) / 2)))
        painter.restore()


def _ranges_of(excerpt: str) -> tuple[str, list[tuple[int, int]]]:
    """The excerpt without its marks, and where the found words begin and how long they are, in Qt's units."""
    text, ranges, begin = "", [], 0
    for part in excerpt.replace(MARKS[1], MARKS[0]).split(MARKS[0]):
        units = len(part.encode("utf-16-le")) // 2
        ranges.append((begin, units))
        text, begin = text + part, begin + units
    return text, ranges[1::2]
