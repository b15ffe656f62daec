"""The application object: name, icon, look."""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtWidgets import QApplication

from safeplan_desktop.ui.theme import Scheme, app_icon, apply_theme

_PLENTY = 1 << 40
_held: list[bool] = []


def hold_true() -> None:
    """Keeps the interpreter's `True` from being freed.

    PySide6 6.12.0 drops one reference to `True` at every `Signal.emit()` (measured: 100 calls, 100 references). From
    Python 3.12 on `True` can't be freed; on 3.11 the interpreter would end with a fatal error after some hundred keys.
    """
    if sys.version_info < (3, 12) and not _held:
        # The first field of every object of this Python is its count of references.
        ctypes.c_ssize_t.from_address(id(True)).value += _PLENTY
        _held.append(True)


def make_app(scheme: Scheme = Scheme.SYSTEM, text_scale: float = 1.0) -> QApplication:
    """The one application, with the program's look."""
    hold_true()
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("SafePlan")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("safeplan")
    app.setWindowIcon(app_icon())
    apply_theme(app, scheme, text_scale)
    return app
