"""Find: type, arrow down, Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.services.find import MARKS, Found
from safeplan_desktop.ui.find.marked_words import MarkedWords
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.inputs import Choice, TextLine
from safeplan_desktop.ui.widgets.layout import button, label, row

_PAUSE_MS = 60

Search = Callable[[str, str], tuple[Found, ...]]
"""What was typed and the group that is wanted (empty for all) to what was found."""


class FindDialog(Dialog):
    """Searches while the therapist types."""

    def __init__(
        self, parent: QWidget, search: Search, open_found: Callable[[Found], None], groups: Sequence[str]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("find")
        self.setWindowTitle("Find - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._search, self._open_found = search, open_found
        self._first_of_group: set[str] = set()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.line = TextLine("A name, a code, a word from a record")
        self.line.setObjectName("find.line")
        self.line.setAccessibleName("Find")
        self.line.installEventFilter(self)
        self.group = Choice([("", "Everything"), *((group, group) for group in groups)], empty="")
        self.group.setObjectName("find.group")
        self.group.setAccessibleName("Where to look")
        self.group.changed.connect(self.search_now)
        self._said = label("", "quiet", name="find.said")
        self.table = DataTable(
            "find.results",
            "Results",
            (
                Column("In", self._group_words, width=140),
                Column("What", self._title_words, width=180),
                Column("Where it stands", _plain_excerpt, stretch=True, bold=True),
                Column("Client", lambda found: found.client_label, width=180),
            ),
        )
        self.table.opened.connect(self._open)
        self._marked = MarkedWords(lambda place: self.table.rows()[place].excerpt, self.table)
        self.table.setItemDelegateForColumn(_EXCERPT, self._marked)
        top = row(self.line, self.group)
        top.setStretch(0, 1)
        layout.addLayout(top)
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
        line = self.fontMetrics().lineSpacing()
        self.resize(within_screen(self, QSize(66 * line, 31 * line)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In large letters the place where the words stand needs the room; what is found says by itself what it is.
        self.table.setColumnHidden(_GROUP, self.width() < _NARROW * self.fontMetrics().averageCharWidth())

    def search_now(self) -> None:
        """Shows the results of what stands in the line."""
        text = self.line.value().strip()
        found = self._search(text, self.group.value()) if text else ()
        firsts: dict[str, str] = {}
        for one in found:
            firsts.setdefault(one.group, one.whole_id)
        self._first_of_group = set(firsts.values())
        self.table.set_rows(found)
        self._said.setText("" if not text else "Nothing found." if not found else self._counted(found, text))
        if found:
            self.table.choose(lambda _row: True)

    @staticmethod
    def _counted(found: tuple[Found, ...], text: str) -> str:
        words = f"{len(found)} found"
        if len(found) >= _MANY:
            words += f", the newest first. Type more of “{text}”, or choose where to look, to narrow it."
        return words

    def _group_words(self, found: Found) -> str:
        """A group's name stands on its first row only, so that the groups show."""
        return found.group if found.whole_id in self._first_of_group else ""

    @staticmethod
    def _title_words(found: Found) -> str:
        return f"{found.title} (entered in error)" if found.voided else found.title

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


def _plain_excerpt(found: Found) -> str:
    return found.excerpt.replace(MARKS[0], "").replace(MARKS[1], "")


_GROUP, _EXCERPT = 0, 2
"""The columns of the groups and of the excerpts."""

_NARROW = 110
"""Letters: in a narrower dialog the groups have no column."""

_MANY = 50
"""From so many results on, there may be more than are shown."""
