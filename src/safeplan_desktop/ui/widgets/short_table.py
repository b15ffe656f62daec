"""A table that is as tall as its rows, up to some; in a narrow place some of its columns go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent

from safeplan_desktop.ui.widgets.data_table import Column, DataTable

_AROUND = 12
"""Pixels of the table's frame, and room below its last row."""


class ShortTable(DataTable):
    """For a card on a page that scrolls itself; one without rows isn't shown.

    Args:
        name, title, columns: As in `DataTable`.
        most: So many rows are shown at once.
        may_go: The places of the columns that go where there is no room for all.
        letters: The width below which they go, in letters.
    """

    narrowed = Signal()
    """Whether the place is narrow has changed."""

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        *,
        most: int,
        may_go: tuple[int, ...] = (),
        letters: int = 0,
    ) -> None:
        self.narrow = False
        self._most, self._may_go, self._letters = most, may_go, letters
        super().__init__(name, title, columns)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Replaces the rows; one of them is always chosen."""
        super().set_rows(rows)
        if rows and self.current() is None:
            self.go_to(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def _fit_rows(self) -> None:
        super()._fit_rows()
        self._fit_height()

    def _fit_height(self) -> None:
        shown = min(self.model().rowCount(), self._most)
        heights = sum(self.rowHeight(place) for place in range(shown))
        self.setFixedHeight(heights + self._title_height() + _AROUND)
        self.setVisible(bool(shown))

    def _fit_width(self) -> None:
        narrow = self.width() < self._letters * self.fontMetrics().averageCharWidth()
        if narrow == self.narrow:
            return
        self.narrow = narrow
        for place in self._may_go:
            self.setColumnHidden(place, narrow)
        self.narrowed.emit()
        self.viewport().update()
