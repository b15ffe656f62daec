"""The application object: name, icon, look."""

from __future__ import annotations

import atexit
import ctypes
import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea

from safeplan_desktop.ui.theme import Scheme, app_icon, apply_theme

_PLENTY = 1 << 40
_held: list[object] = []


def hold_constants() -> None:
    """Keeps the interpreter's `True`, `False` and `None` from being freed.

    PySide6 6.12.0 drops one reference to `True` at every `Signal.emit()` and one to `None` at most calls that return
    nothing (measured: 200 calls, 200 references). From Python 3.12 on these objects can't be freed; on 3.11 the
    interpreter would end with a fatal error after some hundred keys, or some ten thousand calls.
    """
    if sys.version_info < (3, 12) and not _held:
        for constant in (True, False, None):
            # The first field of every object of this Python is its count of references.
            ctypes.c_ssize_t.from_address(id(constant)).value += _PLENTY
            _held.append(constant)


def empty_clipboard_at_end() -> None:
    """Has Qt's own clipboard emptied while the interpreter is still there; asking twice is asking once.

    Where Qt keeps the clipboard itself (its offscreen platform: the tour, the tests), it frees what is on it when the
    process ends. What a text widget copied is an object of Python (`createMimeDataFromSelection`), and freeing that
    without the interpreter would end the process with a segmentation fault (exit code 139).
    """
    atexit.unregister(_empty_own_clipboard)
    atexit.register(_empty_own_clipboard)


def _empty_own_clipboard() -> None:
    if QGuiApplication.instance() is not None and QGuiApplication.platformName() == "offscreen":
        QGuiApplication.clipboard().clear()


def make_app(scheme: Scheme = Scheme.SYSTEM, text_scale: float = 1.0) -> QApplication:
    """The one application, with the program's look."""
    hold_constants()
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    empty_clipboard_at_end()
    if app is not existing:
        # PySide6 looks through all its kinds of widgets (10 ms) when it is first handed one that Qt made by itself, as
        # here; else that would be while somebody waits for a form.
        QScrollArea().viewport()
    app.setApplicationName("SafePlan")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("safeplan")
    app.setWindowIcon(app_icon())
    apply_theme(app, scheme, text_scale)
    return app
