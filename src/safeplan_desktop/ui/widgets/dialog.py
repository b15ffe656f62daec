"""The base of all dialogs: when one closes, the keyboard goes back to the window that it came from."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QDialog, QScrollArea, QWidget

from safeplan_desktop.ui.widgets.tab_order import go_to_next_stop

_SCROLL_BAR = 14
_OF_SCREEN = 0.92
"""The title bar and the frame of a dialog need room, too."""


class Dialog(QDialog):
    """A dialog of this program."""

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001 - Qt's own
        return go_to_next_stop(self, forwards=forwards) or super().focusNextPrevChild(forwards)

    def done(self, result: int) -> None:
        super().done(result)
        parent = self.parentWidget()
        # A window manager does this by itself; a bare display doesn't, and then no shortcut would work any more.
        if parent is not None and parent.window().isVisible():
            parent.window().activateWindow()


def fit_lines(dialog: QDialog, column: QBoxLayout, scrolled: QScrollArea | None = None) -> None:
    """Makes a dialog as high as its lines need, within the screen; it never gets lower.

    Lines that wrap, and sentences that come up, need more room than a layout asks for by itself.

    Args:
        dialog: The dialog.
        column: Its whole layout.
        scrolled: The part of it that scrolls where the screen is too low; None for none.
    """
    needed = column.totalHeightForWidth(dialog.width())
    inner = scrolled.widget() if scrolled is not None else None
    body = inner.layout() if inner is not None else None
    if scrolled is not None and body is not None:
        margins = column.contentsMargins()
        # A line of fields that can't get narrower would be cut: what scrolls doesn't ask for its width by itself.
        least = body.minimumSize().width() + margins.left() + margins.right() + _SCROLL_BAR
        width = within_screen(dialog, QSize(max(dialog.width(), least), 0)).width()
        if width > dialog.width():
            dialog.resize(width, dialog.height())
        within = body.totalHeightForWidth(dialog.width() - margins.left() - margins.right())
        whole = (
            column.totalHeightForWidth(dialog.width())
            if column.hasHeightForWidth()
            else column.totalSizeHint().height()
        )
        # The place's own wish, as the layout counts it: what scrolls remembers the height that it had while it was empty.
        place = column.itemAt(column.indexOf(scrolled))
        needed = whole - (place.sizeHint().height() if place is not None else 0)
        needed += max(within, scrolled.minimumSizeHint().height())
    height = within_screen(dialog, QSize(dialog.width(), needed)).height()
    dialog.resize(dialog.width(), max(dialog.height(), height))


def widen(dialog: QDialog, letters: int) -> None:
    """Makes a dialog as wide as so many letters, where the screen is."""
    dialog.setMinimumWidth(width_of(dialog, letters))


def width_of(widget: QWidget, letters: int) -> int:
    """The width of so many letters in pixels, within the screen."""
    return within_screen(widget, QSize(widget.fontMetrics().averageCharWidth() * letters, 0)).width()


def within_screen(widget: QWidget, wished: QSize) -> QSize:
    """A size that fits on the screen on which a widget stands, with its frame."""
    return wished.boundedTo(widget.screen().availableGeometry().size() * _OF_SCREEN)
