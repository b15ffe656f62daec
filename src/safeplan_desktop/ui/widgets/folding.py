"""Rows of fields that go one below the other where the window is too narrow for them, as with large letters."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from safeplan_desktop.ui.theme import GAP

_AROUND = 10 * GAP
"""Pixels left and right of the fields: the margins of the page and of a card."""


class FoldingRows(QObject):
    """Watches the page on which a form stands, and folds the form's rows."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._rows: list[QBoxLayout] = []
        self._page: QScrollArea | None = None
        form.installEventFilter(self)

    def add(self, row: QBoxLayout) -> None:
        """Another row."""
        self._rows.append(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._page is None:
            self._find_page()
        if event.type() in (QEvent.Type.Show, QEvent.Type.FontChange) or (
            watched is not self._form and event.type() == QEvent.Type.Resize
        ):
            self._fold()
        return False

    def _find_page(self) -> None:
        above = self._form.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            self._page = above
            above.viewport().installEventFilter(self)

    def _fold(self) -> None:
        if self._page is None:
            return
        room = self._page.viewport().width() - _AROUND
        for row in self._rows:
            cells = [item for place in range(row.count()) if (item := row.itemAt(place)) is not None]
            wanted = sum(cell.minimumSize().width() for cell in cells) + row.spacing() * (len(cells) - 1)
            below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            row.setDirection(below if wanted > room else beside)
