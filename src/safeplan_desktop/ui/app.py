"""The application object: name, icon, look."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from safeplan_desktop.ui.theme import Scheme, app_icon, apply_theme


def make_app(scheme: Scheme = Scheme.SYSTEM, text_scale: float = 1.0) -> QApplication:
    """The one application, with the program's look."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("SafePlan")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("safeplan")
    app.setWindowIcon(app_icon())
    apply_theme(app, scheme, text_scale)
    return app
