"""The tab key goes as one reads. Qt goes in the order in which widgets were made, and pages make parts of theirs later.

Qt's own chain isn't set in order instead: setting it again and again for widgets within widgets left some of them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QLayout,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)


def go_to_next_stop(window: QWidget, *, forwards: bool) -> bool:
    """Puts the cursor on the stop behind or before the present one; for a window's `focusNextPrevChild`.

    Returns:
        Whether it could: not where the cursor stands on nothing that is laid out.
    """
    present = window.focusWidget()
    stops = [stop for stop in _stops_of(window) if stop.isEnabled()]
    here = next((place for place, stop in enumerate(stops) if _stands_on(present, stop)), None)
    if here is None:
        return False
    reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
    stops[(here + (1 if forwards else -1)) % len(stops)].setFocus(reason)
    return True


def go_to_first_stop(part: QWidget) -> None:
    """Puts the cursor where the work of a part of the window begins."""
    stops = [stop for stop in _stops_of(part) if stop.isEnabled()]
    if stops:
        min(stops, key=_how_far_from_the_work).setFocus(Qt.FocusReason.OtherFocusReason)


def _how_far_from_the_work(stop: QWidget) -> int:
    """Fields and lists come first, then what a screen offers most; a slip of the Enter key does nothing else there."""
    if not isinstance(stop, QAbstractButton):
        return 0
    return 1 if stop.property("kind") == "primary" else 2


def _stands_on(present: QWidget | None, stop: QWidget) -> bool:
    """Whether the cursor is on a stop, or on what takes its keys."""
    return present is not None and (present is stop or stop.focusProxy() is present or present.focusProxy() is stop)


def _stops_of(part: QWidget) -> Iterator[QWidget]:
    yield from _own(part)
    yield from _within(part)


def stops_as_read(widget: QWidget) -> Iterator[QWidget]:
    """What the tab key stops at within a widget, from top to bottom and from left to right as it is laid out."""
    if widget.isHidden():
        return
    yield from _stops_of(widget)


def _own(widget: QWidget) -> Iterator[QWidget]:
    proxy = widget.focusProxy()
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not (proxy is not None and widget.isAncestorOf(proxy)):
        yield widget


def _within(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea):
        parts: list[QWidget | None] = [widget.widget()]
    elif isinstance(widget, QStackedWidget):
        parts = [widget.currentWidget()]
    elif isinstance(widget, QTabWidget):
        parts = [widget.tabBar(), widget.currentWidget()]
    elif isinstance(widget, QSplitter):
        parts = [widget.widget(place) for place in range(widget.count())]
    elif isinstance(widget, QMainWindow):
        parts = [widget.centralWidget()]
    else:
        layout = widget.layout()
        if layout is not None:
            yield from _laid_out(layout)
        return
    for part in parts:
        if part is not None:
            yield from stops_as_read(part)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places: Iterable[int] = range(layout.count())
    if isinstance(layout, QGridLayout):
        places = sorted(places, key=lambda place: _cell(layout, place))
    for place in places:
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from stops_as_read(widget)
        elif inner is not None:
            yield from _laid_out(inner)


def _cell(grid: QGridLayout, place: int) -> tuple[int, int]:
    row, column, _, _ = cast("tuple[int, int, int, int]", grid.getItemPosition(place))
    return row, column
