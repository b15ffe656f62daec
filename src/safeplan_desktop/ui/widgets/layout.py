"""Page scaffolding: pages, cards, forms, buttons, steps, empty states."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.scroll import KeepingScroll
from safeplan_desktop.ui.widgets.turns import RevealInTurns

READABLE_WIDTH = 1000
_LAID_OUT_MS = 50
_KEPT, _TURNS = "kept-focus", "focus-turns"


def label(text: str, role: str = "", *, name: str = "") -> QLabel:
    """A label of plain text that wraps."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(True)
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    return made


class _Button(QPushButton):
    """A button that Enter presses as well as the space bar, when the cursor is on it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.click()
            return
        super().keyPressEvent(event)


def button(text: str, name: str, on_click: Callable[[], None], *, kind: str = "") -> QPushButton:
    """A button whose words are its name for a screen reader, too.

    Args:
        text: Full words; no icon stands for them.
        name: The object name, such as "clients.add".
        on_click: What it does.
        kind: "primary", "quiet", "small", "crisis", or nothing.
    """
    made = _Button(text)
    made.setObjectName(name)
    made.setAccessibleName(text.replace("&", ""))
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    made.clicked.connect(lambda _checked=False: on_click())
    return made


def row(*widgets: QWidget | None, stretch_last: bool = False, stretch_first: bool = False) -> QHBoxLayout:
    """Widgets side by side; None is the room between left and right."""
    layout = QHBoxLayout()
    layout.setSpacing(GAP)
    layout.setContentsMargins(0, 0, 0, 0)
    for index, widget in enumerate(widgets):
        if widget is None:
            layout.addStretch(1)
        else:
            wide = (stretch_last and index == len(widgets) - 1) or (stretch_first and index == 0)
            layout.addWidget(widget, int(wide))
    return layout


def clear_layout(layout: QLayout) -> None:
    """Removes and deletes everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear_layout(inner)
            inner.deleteLater()


@contextmanager
def keeping_focus(holder: QWidget, otherwise: QWidget) -> Iterator[None]:
    """Widgets are made anew inside: the cursor goes to the one of the same name.

    Where that is gone, it goes to the first button that is left, else to `otherwise`; a cursor elsewhere stays.
    """
    focus = holder.window().focusWidget()
    if focus is not None and holder.isAncestorOf(focus):
        holder.setProperty(_KEPT, focus.objectName())
    yield
    turns = int(holder.property(_TURNS) or 0)
    holder.setProperty(_TURNS, turns + 1)
    # New widgets are shown in the next turn of the event loop; after several changes in a row, only the last counts.
    QTimer.singleShot(0, holder, partial(_put_focus_back, holder, otherwise))


def _put_focus_back(holder: QWidget, otherwise: QWidget) -> None:
    turns, name = int(holder.property(_TURNS)) - 1, holder.property(_KEPT)
    holder.setProperty(_TURNS, turns)
    if turns or name is None:
        return
    holder.setProperty(_KEPT, None)
    left = [made for made in holder.findChildren(QWidget) if made.isVisibleTo(holder) and made.isEnabled()]
    same = [made for made in left if name and made.objectName() == name]
    buttons = [made for made in left if isinstance(made, QPushButton)]
    (*same, *buttons, otherwise)[0].setFocus(Qt.FocusReason.OtherFocusReason)


W = TypeVar("W", bound=QWidget)


class Place(QWidget):
    """Where a screen or a part of one is built when it is first shown.

    It is built inside: what is put together elsewhere and moved into the window afterwards is styled as a whole once more.
    """

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._inner = QVBoxLayout(self)
        self._inner.setContentsMargins(0, 0, 0, 0)

    def build(self, make: Callable[[QWidget], W]) -> W:
        """Has a widget made inside, and fills the place with it."""
        made = make(self)
        self._inner.addWidget(made)
        return made


class Card(QFrame):
    """A calm box with a title, a line of help, and a body."""

    def __init__(self, title: str = "", help_line: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(2 * GAP, 2 * GAP - 3, 2 * GAP, 2 * GAP)
        self.body.setSpacing(GAP)
        if title:
            self.heading = label(title, "heading")
            self.body.addWidget(self.heading)
        if help_line:
            self.body.addWidget(label(help_line, "quiet"))

    def add(self, content: QWidget | QLayout) -> None:
        """Puts something at the end of the body."""
        if isinstance(content, QWidget):
            self.body.addWidget(content)
        else:
            self.body.addLayout(content)


def scrolling_column(name: str, column: QWidget, margins: tuple[int, int, int, int]) -> QScrollArea:
    """A column in the middle of what scrolls up and down.

    Args:
        name: Of the page, such as "plan.editor".
        column: As wide as its maximum allows.
        margins: Left, top, right, bottom, in pixels.
    """
    scroll = KeepingScroll()
    scroll.setObjectName(f"{name}.scroll")
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    holder = QWidget()
    holder.setObjectName("page-body")
    centre = QHBoxLayout(holder)
    centre.setContentsMargins(*margins)
    centre.addStretch(1)
    centre.addWidget(column, 1000)
    centre.addStretch(1)
    scroll.setWidget(holder)
    return scroll


def bring_into_sight(widget: QWidget) -> None:
    """Scrolls to where the cursor is, at once and when what was shown or hidden around it has its place."""

    def again() -> None:
        focus = widget.window().focusWidget()
        if focus is not None and (focus is widget or widget.isAncestorOf(focus)):
            _scroll_to(widget)

    _scroll_to(widget)
    QTimer.singleShot(_LAID_OUT_MS, widget, again)


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 40, 80)
            return
        above = above.parentWidget()


def footer_bar(layout: QLayout) -> QFrame:
    """A row that stays in sight below what scrolls."""
    bar = QFrame()
    bar.setProperty("role", "bar")
    inner = QVBoxLayout(bar)
    inner.setContentsMargins(3 * GAP, GAP, 3 * GAP, GAP)
    inner.addLayout(layout)
    return bar


class Page(QWidget):
    """A scrolling column of readable width: title, subtitle, body; a banner above and a row of buttons below stay in sight.

    Attributes:
        column: What the body's widgets stand in; what is large is built with it as its parent.
    """

    def __init__(self, name: str, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        column = self.column = QWidget()
        column.setMaximumWidth(READABLE_WIDTH)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._scroll = scrolling_column(name, column, (3 * GAP, 2 * GAP, 3 * GAP, 3 * GAP))
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(2 * GAP)
        self.title = label(title, "title")
        self.subtitle = label(subtitle, "quiet")
        self.banner = Banner(f"{name}.banner")
        head = QVBoxLayout()
        head.setSpacing(3)
        self.body.addLayout(head)
        # A label that is made visible before it has a parent flashes up as a window of its own.
        for part, words in ((self.title, title), (self.subtitle, subtitle)):
            head.addWidget(part)
            if not words:
                part.hide()
        # Not in the column: what can't be saved must be seen by somebody who writes at its lower end.
        self.banner.setProperty("pinned", "true")
        self.banner.setMaximumWidth(READABLE_WIDTH)
        slot = QHBoxLayout()
        slot.setContentsMargins(3 * GAP, 0, 3 * GAP, 0)
        slot.addStretch(1)
        slot.addWidget(self.banner, 1000)
        slot.addStretch(1)
        outer.addLayout(slot)
        outer.addWidget(self._scroll, 1)
        self._outer = outer
        self._sought: QWidget | None = None

    def add(self, content: QWidget | QLayout, stretch: int = 0) -> None:
        """Puts something at the end of the column."""
        if isinstance(content, QWidget):
            self.body.addWidget(content, stretch)
        else:
            self.body.addLayout(content, stretch)

    def card(self, title: str = "", help_line: str = "") -> Card:
        """A new card at the end of the column, to be filled there."""
        made = Card(title, help_line, self.column)
        self.body.addWidget(made)
        return made

    def show_in_turns(self, at_once: int = 1) -> None:
        """Shows the first parts of the column at once, and the others in turns; for the end of building a long page."""
        self.turns = RevealInTurns(self)
        self.turns.reveal(self.body, at_once)

    def set_footer(self, layout: QLayout) -> None:
        """A row that stays in sight below the column."""
        self._outer.addWidget(footer_bar(layout))

    def to_top(self) -> None:
        """Scrolls to the beginning, and to nothing that was sought before."""
        self._sought = None
        self._scroll.verticalScrollBar().setValue(0)

    def show_widget(self, widget: QWidget) -> None:
        """Scrolls a widget into sight: at once where it stands already, and when what was just added has its place."""
        self._sought = widget
        if widget.isVisible():
            self._scroll.ensureWidgetVisible(widget, 40, 80)
        QTimer.singleShot(_LAID_OUT_MS, widget, partial(self._show_sought, widget))

    def _show_sought(self, widget: QWidget) -> None:
        if widget is self._sought:
            self._scroll.ensureWidgetVisible(widget, 40, 80)


Recheck = Callable[[], Iterable[tuple[str, str]]]
"""Tells what isn't right: fields and sentences."""


class Form(QWidget):
    """Fields one below the other (or two side by side): label above, help below, a sentence when something is wrong.

    Attributes:
        recheck: Tells what isn't right, as fields and sentences. With it, the sentence of a refusal goes as soon as its
            field is right, without it as soon as its field is changed; none ever comes while somebody types.
    """

    def __init__(self, prefix: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prefix = prefix
        self._errors: dict[str, QLabel] = {}
        self._cells: dict[str, QVBoxLayout] = {}
        self._fields: dict[str, QWidget] = {}
        self._refused = ("", "")
        self.recheck: Recheck | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP + 4)

    def add(self, field: str, title: str, widget: QWidget, help_line: str = "") -> None:
        """A field on a line of its own."""
        self._layout.addLayout(self._cell(field, title, widget, help_line))

    def add_row(self, *cells: tuple[str, str, QWidget, str]) -> QHBoxLayout:
        """Fields side by side: name, label, widget, help; gives the row."""
        line = QHBoxLayout()
        line.setSpacing(2 * GAP)
        for cell in cells:
            line.addLayout(self._cell(*cell), 1)
        self._layout.addLayout(line)
        return line

    def add_widget(self, widget: QWidget) -> None:
        """Something that isn't a field."""
        self._layout.addWidget(widget)

    def _cell(self, field: str, title: str, widget: QWidget, help_line: str) -> QVBoxLayout:
        cell = QVBoxLayout()
        cell.setSpacing(3)
        caption = label(title)
        caption.setBuddy(widget)
        widget.setObjectName(f"{self._prefix}.{field}")
        widget.setAccessibleName(title)
        if help_line:
            widget.setAccessibleDescription(help_line)
        cell.addWidget(caption)
        cell.addWidget(widget)
        if help_line:
            cell.addWidget(label(help_line, "quiet"))
        cell.addStretch(1)
        self._cells[field] = cell
        self._fields[field] = widget
        complained = getattr(widget, "complained", None)
        if complained is not None:
            complained.connect(partial(self._complain, field))
        changed = getattr(widget, "changed", None)
        if changed is not None:
            changed.connect(partial(self._edited, field))
        return cell

    def _said(self, field: str) -> str:
        return self._errors[field].text() if field in self._errors else ""

    def _complain(self, field: str, sentence: str) -> None:
        """What a field says of itself; that it can be read again doesn't yet answer what was asked at a refusal."""
        if sentence or self.recheck is None or self._said(field) != self._refused[1]:
            self.say(field, sentence)

    def _edited(self, field: str, *_: object) -> None:
        """Takes away what is no longer so, once something was changed; nothing ever comes while somebody types."""
        said, widget = self._said(field), self._fields[field]
        if said and said != self._refused[1] and not getattr(widget, "unreadable", True):
            self.say(field, "")
        refused, sentence = self._refused
        if not refused or self._said(refused) != sentence:
            return
        if self.recheck is None:
            if refused == field:  # "There are no words yet" beside words that were just typed would be untrue
                self.say(field, "")
            return
        now = next((words for name, words in self.recheck() if name == refused), "")
        if now != sentence:
            self._refused = (refused, now)
            self.say(refused, now)

    def show_error(self, field: str, sentence: str) -> bool:
        """Puts a sentence beside a field and the cursor in it; False when there is no such field."""
        self.clear_errors()
        if field not in self._fields:
            return False
        self._refused = (field, sentence)
        self.say(field, sentence)
        self._fields[field].setFocus(Qt.FocusReason.OtherFocusReason)
        _scroll_to(self._fields[field])
        # The sentence, and on a page that was just turned the field as well, get their places a little later.
        QTimer.singleShot(_LAID_OUT_MS, self, partial(_scroll_to, self._errors[field]))
        return True

    def clear_errors(self) -> None:
        """Takes all sentences away."""
        for field, error in self._errors.items():
            if not error.isHidden():
                self.say(field, "")

    def say(self, field: str, sentence: str) -> None:
        """Puts a sentence beside a field, or takes it away, and leaves the cursor where it is."""
        if sentence and field not in self._errors:
            # Most fields of most forms never need it.
            made = self._errors[field] = label("", "error", name=f"{self._prefix}.{field}.error")
            cell = self._cells[field]
            cell.insertWidget(cell.count() - 1, made)
        if field in self._errors:
            self._errors[field].setText(sentence)
            self._errors[field].setVisible(bool(sentence))
        self._mark(field, wrong=bool(sentence))

    def _mark(self, field: str, *, wrong: bool) -> None:
        widget = self._fields[field].focusProxy() or self._fields[field]
        widget.setProperty("wrong", "true" if wrong else "false")
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class EmptyState(QWidget):
    """An empty screen says what to do first."""

    def __init__(self, name: str, sentence: str, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.setObjectName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 6 * GAP, 3 * GAP, 6 * GAP)
        layout.setSpacing(2 * GAP)
        self.sentence = label(sentence, "quiet")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(1)
        layout.addWidget(self.sentence)
        if action and on_action is not None:
            self.action = button(action, f"{name}.action", on_action, kind="primary")
            layout.addLayout(row(None, self.action, None))
        layout.addStretch(2)


class StepHeader(QWidget):
    """A wizard's steps: number and name of each, the present one marked in words for a screen reader."""

    chosen = Signal(int)

    def __init__(self, name: str, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        line = FlowLayout(self)
        self._steps = tuple(steps)
        self._buttons: list[QPushButton] = []
        self._done: frozenset[int] = frozenset()
        for index, step in enumerate(steps):
            made = button(
                f"{index + 1}  {step}",
                f"{name}.step-{index + 1}",
                partial(self.chosen.emit, index),
            )
            made.setCheckable(True)
            made.setProperty("kind", "quiet")
            made.setProperty("step", "true")
            made.setMinimumSize(QSize(0, 36))
            self._buttons.append(made)
            line.addWidget(made)

    def set_enabled_from(self, first: int) -> None:
        """Lets only the steps from one on be chosen."""
        for index, made in enumerate(self._buttons):
            made.setEnabled(index >= first)

    def set_done(self, done: Collection[int]) -> None:
        """Marks the steps that are done with a tick."""
        for index, made in enumerate(self._buttons):
            made.setText(f"{'✓' if index in done else index + 1}  {self._steps[index]}")
        self._done = frozenset(done)

    def set_current(self, current: int) -> None:
        """Marks the present step."""
        for index, made in enumerate(self._buttons):
            here = index == current
            made.setChecked(here)
            made.setProperty("kind", "primary" if here else "quiet")
            said = f"Step {index + 1} of {len(self._steps)}: {self._steps[index]}"
            said += f"{', done' if index in self._done else ''}{', current' if here else ''}"
            made.setAccessibleName(said)
            made.style().unpolish(made)
            made.style().polish(made)
