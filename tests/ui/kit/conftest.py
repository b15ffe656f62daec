"""The kit's widgets alone in a window, with the program's look."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import delete, isValid

from safeplan_desktop.ui.app import make_app
from safeplan_desktop.ui.theme import Scheme, apply_theme


@pytest.fixture
def app(qapp):
    app = make_app(Scheme.LIGHT)
    yield app
    apply_theme(app, Scheme.LIGHT, 1.0)


@pytest.fixture
def show(qtbot, app):
    """Shows widgets below each other in an active window, and gives back the window."""

    windows: list[QWidget] = []

    def shown(*widgets: QWidget, width: int = 900, height: int = 600) -> QWidget:
        window = QWidget()
        window.setObjectName("page")
        layout = QVBoxLayout(window)
        for widget in widgets:
            layout.addWidget(widget)
        window.resize(width, height)
        windows.append(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        QApplication.sendPostedEvents()
        return window

    yield shown
    for window in windows:
        if isValid(window):
            window.close()
            delete(window)


class Heard:
    """What a signal said, in order."""

    def __init__(self, signal) -> None:
        self.said: list = []
        signal.connect(self._hear)

    def _hear(self, *values) -> None:
        self.said.append(values[0] if len(values) == 1 else values)

    def __len__(self) -> int:
        return len(self.said)


@pytest.fixture
def heard():
    return Heard
