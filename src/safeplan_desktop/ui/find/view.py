"""Find: type, arrow down, Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services.find import Found
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.dialog import Dialog
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import button, label, row

_PAUSE_MS = 120


class FindDialog(Dialog):
    """Searches while the therapist types."""

    def __init__(
        self, parent: QWidget, search: Callable[[str], tuple[Found, ...]], open_found: Callable[[Found], None]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("find")
        self.setWindowTitle("Find - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._search, self._open_found = search, open_found
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.line = TextLine("A name, a code, a word from a record")
        self.line.setObjectName("find.line")
        self.line.setAccessibleName("Find")
        self.line.installEventFilter(self)
        self._said = label("", "quiet", name="find.said")
        self.table = DataTable(
            "find.results",
            "Results",
            (
                Column("What", lambda found: found.title or label_of(found.noun), stretch=True),
                Column("Client", lambda found: found.client_label, width=260),
            ),
        )
        self.table.opened.connect(self._open)
        layout.addWidget(self.line)
        layout.addWidget(self._said)
        layout.addWidget(self.table, 1)
        layout.addLayout(
            row(
                None,
                button("Close", "find.close", self.reject),
                button("Open", "find.open", lambda: self._open(self.table.current()), kind="primary"),
            )
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.search_now)
        self.line.changed.connect(self._timer.start)
        self.line.returnPressed.connect(self._open_first)
        self.resize(680, 520)

    def search_now(self) -> None:
        """Shows the results of what stands in the line."""
        text = self.line.value().strip()
        found = self._search(text) if text else ()
        self.table.set_rows(found)
        self._said.setText("" if not text else "Nothing found." if not found else f"{len(found)} found")
        if found:
            self.table.choose(lambda _row: True)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _open_first(self) -> None:
        self._timer.stop()
        self.search_now()
        self._open(self.table.current())

    def _open(self, found: Found | None) -> None:
        if found is not None:
            self.accept()
            self._open_found(found)
