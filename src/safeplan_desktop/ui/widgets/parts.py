"""A screen of several parts: their names in a list on the left, the chosen part beside it, built when first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from safeplan_desktop.ui.widgets.layout import Place

_AROUND, _SHARE, _LEAST = 56, 20, 150
"""Pixels beside a title; per cent of the width that the list may take; and pixels that it always has."""
_ABOVE, _NO_LIMIT = 20, 10_000
"""Pixels above and below a title; more than any list is high."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    Attributes:
        name: What other screens open it by.
        build: Makes its widget, once, when it is first shown, inside the one that it is given.
        show: Called each time it is shown, also the first, where it shows what may have changed elsewhere. A part in
            which somebody types fills itself once, when it is built.
    """

    name: str
    title: str
    build: Callable[[QWidget], QWidget]
    show: Callable[[], None] = lambda: None


class Parts(QWidget):
    """The list and the parts.

    Up and down in the list choose a part, Tab goes into it.
    """

    opened = Signal(str)
    """A part was shown, by its name."""

    def __init__(self, name: str, accessible_name: str, parts: tuple[Part, ...]) -> None:
        super().__init__()
        self.setObjectName(f"{name}.page")
        self._parts = {part.name: part for part in parts}
        self.built: dict[str, QWidget] = {}
        self.list = QListWidget()
        self.list.setObjectName(name)
        self.list.setAccessibleName(accessible_name)
        self.list.setProperty("role", "parts")
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        self._places: dict[str, Place] = {}
        for part in parts:
            entry = QListWidgetItem(part.title)
            entry.setData(Qt.ItemDataRole.UserRole, part.name)
            self.list.addItem(entry)
            self._places[part.name] = Place()
            self._stack.addWidget(self._places[part.name])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(self._stack, 1)
        self.list.currentRowChanged.connect(self._show)

    @property
    def current(self) -> str:
        """The name of the part that is shown; empty before the first."""
        entry = self.list.currentItem()
        return "" if entry is None else str(entry.data(Qt.ItemDataRole.UserRole))

    def open(self, name: str) -> None:
        """Shows a part."""
        self.list.setCurrentRow(list(self._parts).index(name))

    def show_again(self, name: str) -> None:
        """Fills a part anew, where it was opened before."""
        if name in self.built:
            self._parts[name].show()

    def _show(self, index: int) -> None:
        if index < 0:
            return
        part = list(self._parts.values())[index]
        if part.name not in self.built:
            self.built[part.name] = self._places[part.name].build(part.build)
        self._stack.setCurrentIndex(index)
        part.show()
        self.opened.emit(part.name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As wide as the longest title; with large letters a title may take two lines, so that the part has its place."""
        metrics = self.list.fontMetrics()
        longest = max(metrics.horizontalAdvance(part.title) for part in self._parts.values())
        self.list.setFixedWidth(min(longest + _AROUND, max(self.width() * _SHARE // 100, _LEAST)))
        # Qt takes a title for one line where the padding leaves room for two only, and cuts it.
        room = QRect(0, 0, self.list.width() - _AROUND, _NO_LIMIT)
        for place, part in enumerate(self._parts.values()):
            high = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, part.title).height()
            self.list.item(place).setSizeHint(QSize(0, high + _ABOVE))
