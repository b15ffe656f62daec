"""A table of frozen rows: sortable, plain text, Enter opens; quick with ten thousand rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from safeplan_desktop.ui.widgets.paged_rows import PAGE, PagedRows

_USUAL_LINE = 18
"""Pixels of a line at 100 %; columns are given their widths for that."""
_BESIDE_CELL, _ABOVE_CELL = 24, 18
"""Pixels beside and above the letters of a cell."""
_BESIDE_TITLE = 20
"""Pixels beside the letters of a column's title, no word of which is cut."""
_SHARE = 0.55
"""What all columns that don't stretch may take at least, together, where there is one that does."""
_STRETCHING = 220
"""Pixels at 100 % that a column that stretches keeps before the others do."""
_WIDER = 1.3
"""So many times its usual width a column may have where that keeps its texts on one line."""
_WRAPPED_AT_MOST = 500
"""Rows: in a longer list cells are cut, so that filling it stays quick."""

_NO_LIMIT = 100_000

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        text: What a row shows in it.
        sort_key: What it is sorted by; the text where this is None.
        stretch: Whether it takes the room that is left.
        bold: Whether words in it may be drawn bold.
    """

    title: str
    text: Callable[[Any], str]
    sort_key: Callable[[Any], Any] | None = None
    stretch: bool = False
    width: int = 140
    bold: bool = False


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], heads: Callable[[Any], bool] | None) -> None:
        super().__init__()
        self.columns, self._heads = tuple(columns), heads
        self.rows: Sequence[Any] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | QFont | None:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.columns[index.column()].text(self.rows[index.row()])
        if role == Qt.ItemDataRole.FontRole and self.is_head(index.row()):
            bold = QFont()
            bold.setBold(True)
            return bold
        return None

    def is_head(self, place: int) -> bool:
        """Whether the line at a place says what the rows below it have in common."""
        return self._heads is not None and self._heads(self.rows[place])

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.is_head(index.row()):
            return Qt.ItemFlag.NoItemFlags  # the cursor passes over it
        return super().flags(index)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None

    def set_rows(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.rows = rows if isinstance(rows, PagedRows) else list(rows)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns):
            return
        words = self.columns[column].text
        key = self.columns[column].sort_key or (lambda row: words(row).casefold())
        backwards = order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        places = sorted(range(len(self.rows)), key=lambda place: key(self.rows[place]), reverse=backwards)
        self.rows = [self.rows[place] for place in places]
        # The chosen row stays the chosen one wherever it moved to.
        moved = {former: place for place, former in enumerate(places)}
        kept = self.persistentIndexList()
        self.changePersistentIndexList(kept, [self.index(moved[index.row()], index.column()) for index in kept])
        self.layoutChanged.emit()


class DataTable(QTableView):
    """Shows rows and tells which one is opened.

    With `heads`, lines for which it is true stand above the rows that belong together; they can't be chosen.
    """

    opened = Signal(object)
    picked = Signal(object)

    def __init__(
        self, name: str, title: str, columns: Sequence[Column], *, heads: Callable[[Any], bool] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._tall: list[int] = []
        self._model = _Model(columns, heads)
        self.setModel(self._model)
        self._model.layoutChanged.connect(self._fit_rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag(int(Qt.TextFlag.TextWordWrap))
        )
        for index, column in enumerate(columns):
            if column.stretch:
                header.setSectionResizeMode(index, QHeaderView.ResizeMode.Stretch)
        self._fit()
        self.doubleClicked.connect(lambda index: self.opened.emit(self._model.rows[index.row()]))
        self.selectionModel().currentRowChanged.connect(self._moved)

    def _fit(self) -> None:
        """Rows and columns grow with the text."""
        line = self.fontMetrics().lineSpacing()
        self.verticalHeader().setDefaultSectionSize(line + _ABOVE_CELL)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """As wide as wished for, a little wider for texts that nearly fit, and all of them together within the table."""
        wished = {place: self._wished(place) for place, column in enumerate(self._model.columns) if not column.stretch}
        shown = [place for place in wished if not self.isColumnHidden(place)]
        room = self.viewport().width() - self._least_of_stretching()
        most = _widest([wished[place] for place in shown], room)
        heavy = self._heavy()
        for place, width in wished.items():
            self.setColumnWidth(place, max(min(width, most), self._longest_word(place, heavy)))
        self._fit_titles(heavy)
        self._fit_rows()

    def _wished(self, place: int) -> int:
        """The width of a column that has room; a few pixels that are missing shouldn't make two lines of one."""
        column, metrics, rows = self._model.columns[place], self.fontMetrics(), self._model.rows
        wished = column.width * metrics.lineSpacing() // _USUAL_LINE
        if isinstance(rows, PagedRows) or len(rows) > _WRAPPED_AT_MOST:
            return wished
        longest = max((metrics.horizontalAdvance(column.text(row)) for row in rows), default=0) + _BESIDE_CELL
        return max(wished, min(longest, int(wished * _WIDER)))

    def _least_of_stretching(self) -> float:
        """What the columns that stretch need: their longest words on one line, up to a part of the width."""
        metrics, rows = self.fontMetrics(), self._model.rows
        needed = 0.0
        for column in self._model.columns:
            if column.stretch:
                wanted = _STRETCHING * metrics.lineSpacing() // _USUAL_LINE
                if not isinstance(rows, PagedRows):
                    texts = [column.title, *(column.text(row) for row in rows[:PAGE])]
                    wanted = min(wanted, max(metrics.horizontalAdvance(text) for text in texts) + _BESIDE_CELL)
                needed += wanted
        return min(needed, self.viewport().width() * (1.0 - _SHARE))

    def _longest_word(self, place: int, heavy: QFontMetrics) -> int:
        """The least width of a column: no word of its title, nor of its first rows, is cut."""
        column, metrics = self._model.columns[place], self.fontMetrics()
        title = max((heavy.horizontalAdvance(word) for word in column.title.split()), default=0) + _BESIDE_TITLE
        if len(self._model.rows) > PAGE:
            return title
        words = {word for row in self._model.rows for word in column.text(row).split()}
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0) + _BESIDE_CELL
        return max(title, min(longest, column.width * metrics.lineSpacing() // _USUAL_LINE))

    def _fit_titles(self, heavy: QFontMetrics) -> None:
        """A title that is longer than its column goes on in the next line."""
        lines = 1
        for place, width in self._widths(self._shown_columns()).items():
            room = QRect(0, 0, max(width - _BESIDE_TITLE, 1), _NO_LIMIT)
            high = heavy.boundingRect(room, Qt.TextFlag.TextWordWrap, self._model.columns[place].title).height()
            lines = max(lines, round(high / heavy.lineSpacing()))
        needed = lines * heavy.lineSpacing() + _ABOVE_CELL if lines > 1 else 0
        header = self.horizontalHeader()
        if header.minimumHeight() != needed:
            header.setMinimumHeight(needed)
            self.updateGeometries()

    def _shown_columns(self) -> list[int]:
        return [place for place in range(len(self._model.columns)) if not self.isColumnHidden(place)]

    def _title_height(self) -> int:
        return max(self.verticalHeader().defaultSectionSize(), self.horizontalHeader().minimumHeight())

    def _heavy(self) -> QFontMetrics:
        bold = QFont(self.font())
        bold.setBold(True)
        return QFontMetrics(bold)

    def _fit_rows(self) -> None:
        """Gives a row the height of its longest cell, so that no words are cut; long lists keep one line a row."""
        usual = self.verticalHeader().defaultSectionSize()
        paged = isinstance(self._model.rows, PagedRows)
        short = self._model.rowCount() <= (PAGE if paged else _WRAPPED_AT_MOST)
        self.setWordWrap(short)
        needed = self._heights() if short else {}
        for place in self._tall:
            if place not in needed and place < self._model.rowCount():
                self.setRowHeight(place, usual)
        for place, height in needed.items():
            self.setRowHeight(place, height)
        self._tall = list(needed)

    def _heights(self) -> dict[int, int]:
        """The heights of the rows that need more than one line, by their places."""
        metrics, heavy = self.fontMetrics(), self._heavy()
        places = self._shown_columns()
        room = {place: max(width - _BESIDE_CELL, 1) for place, width in self._widths(places).items()}
        needed: dict[int, int] = {}
        for number, row in enumerate(self._model.rows):
            head = self._model.is_head(number)
            for place in places:
                words = self._model.columns[place].text(row)
                used = heavy if head or self._model.columns[place].bold else metrics
                if used.horizontalAdvance(words) <= room[place]:
                    continue
                wide = QRect(0, 0, room[place], _NO_LIMIT)
                high = used.boundingRect(wide, Qt.TextFlag.TextWordWrap, words).height() + _ABOVE_CELL
                needed[number] = max(needed.get(number, 0), high)
        return needed

    def _widths(self, places: Sequence[int]) -> dict[int, int]:
        """Of the columns that are shown; of one that stretches, what the others leave, as the header follows later."""
        columns = self._model.columns
        widths = {place: self.columnWidth(place) for place in places if not columns[place].stretch}
        stretching = [place for place in places if columns[place].stretch]
        left = self.viewport().width() - sum(widths.values())
        return widths | dict.fromkeys(stretching, left // max(len(stretching), 1))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_columns()

    def setColumnHidden(self, column: int, hide: bool) -> None:  # noqa: FBT001 - Qt's own
        if hide == self.isColumnHidden(column):
            return
        super().setColumnHidden(column, hide)
        self._fit_columns()

    def allow_sorting(self) -> None:
        """Lets a click on a title sort; until then the rows stay in the order given."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Replaces the rows and keeps the chosen one where it is still there; paged rows are read as they come into sight."""
        if isinstance(rows, PagedRows):
            self._model.set_rows(rows)
            self._fit_rows()
            return
        present = self.current()
        self._model.set_rows(rows)
        if self.isSortingEnabled():
            header = self.horizontalHeader()
            self._model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self._fit_columns()
        key = getattr(present, "id", None)
        if key is not None:
            self.choose(lambda row: getattr(row, "id", None) == key)

    def go_to(self, place: int) -> None:
        """Chooses the row at a place, counted from 0, and scrolls to it."""
        self.setCurrentIndex(self._model.index(place, 0))
        self.scrollTo(self._model.index(place, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def rows(self) -> tuple[Any, ...]:
        """The rows as shown."""
        return tuple(self._model.rows)

    def current(self) -> Any:  # noqa: ANN401 - a row of whatever kind the table shows
        """The chosen row, or None."""
        index = self.currentIndex()
        return self._model.rows[index.row()] if index.isValid() and index.row() < len(self._model.rows) else None

    def choose(self, fits: Callable[[Any], bool]) -> None:
        """Chooses the first row that fits."""
        for number, row in enumerate(self._model.rows):
            if fits(row):
                self.setCurrentIndex(self._model.index(number, 0))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.picked.emit(self._model.rows[current.row()])


def _widest(wished: Sequence[int], room: float) -> int:
    """How wide a column may be, so that all of them fit: the widest give way first."""
    left, columns = room, len(wished)
    for width in sorted(wished):
        if width * columns > left:
            return max(int(left / columns), 0)
        left -= width
        columns -= 1
    return max(wished, default=0)
