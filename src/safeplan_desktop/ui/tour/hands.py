"""Hands for the tour: they click, type and choose in the real window, and keep pictures and documents of it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from safeplan_desktop.domain.moments import Clock
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.ui.app import make_app
from safeplan_desktop.ui.jobs import Jobs
from safeplan_desktop.ui.main_window import MainWindow, Surroundings
from safeplan_desktop.ui.printing import PdfPreview
from safeplan_desktop.ui.theme import Scheme
from safeplan_desktop.ui.tour.driver import Driver, Steps, TourProblemError
from safeplan_desktop.ui.workspace import Workspace

PASSPHRASE = "acorn bright copper dune eagle frost"  # noqa: S105 - of invented records
_SETTLING = 5


class Tour:
    """The window, hands that click and type in it, and the folder for what comes of it.

    Attributes:
        words: The recovery words that the first start showed.
    """

    def __init__(
        self, folder: Path, clock: Clock, parameters: Callable[[], KdfParameters], steps: Sequence[Step]
    ) -> None:
        self.folder, self.clock, self._parameters = folder, clock, parameters
        self.bugs: list[str] = []
        self._app = make_app(Scheme.LIGHT)
        self.shots = 0
        self.words: tuple[str, ...] = ()
        self.window: MainWindow = self.open_window(folder / "vault")
        self.driver = Driver(self._app, [(name, partial(step, self)) for name, step in steps])
        self.driver.on_problem = self._shot_of_problem

    def _shot_of_problem(self) -> None:
        (QApplication.activeModalWidget() or self.window).grab().save(str(self.folder / "problem.png"))

    def open_window(self, vault: Path) -> MainWindow:
        """A window on a folder."""
        jobs = Jobs(self._bug, self._app)
        window = MainWindow(Surroundings(vault, self.clock, jobs, self._parameters, None, None))
        window.show()
        return window

    def _bug(self, error: BaseException) -> None:
        traceback.print_exception(error)
        self.bugs.append(type(error).__name__)

    # -- hands ----------------------------------------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        if self.window.workspace is None:
            raise TourProblemError("the records aren't open")
        return self.window.workspace

    def find(self, name: str) -> Any:  # noqa: ANN401 - whatever widget has that name
        """The visible widget of that name."""
        for top in QApplication.topLevelWidgets():
            for widget in (top, *top.findChildren(QWidget, name)):
                if widget.objectName() == name and widget.isVisible():
                    return widget
        raise TourProblemError(f"there is no visible widget {name}")

    def there(self, name: str) -> Callable[[], bool]:
        """A condition: that a widget of this name can be seen."""

        def is_there() -> bool:
            try:
                return bool(self.find(name).isEnabled())
            except TourProblemError:
                return False

        is_there.__doc__ = f"{name} to be there"
        return is_there

    def filled(self, name: str) -> Callable[[], bool]:
        """A condition: that a table of this name has a row."""

        def is_filled() -> bool:
            return bool(self.there(name)() and self.find(name).rows())

        is_filled.__doc__ = f"{name} to have a row"
        return is_filled

    def click(self, name: str) -> Steps:
        """Clicks on a widget, once it is there."""
        yield self.there(name)
        widget = self.find(name)
        box = widget.property("checked") is not None and not hasattr(widget, "setDefault")
        at = QPoint(14, widget.height() // 2) if box else widget.rect().center()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
        yield None

    def write(self, name: str, text: str) -> Steps:
        """Types a text into a field, key by key."""
        yield self.there(name)
        widget = self.find(name)
        widget.setFocus()
        for character in text:
            if character == "\n":
                QTest.keyClick(widget, Qt.Key.Key_Return)
            elif character.isascii():
                QTest.keyClicks(widget, character)
            else:
                widget.insertPlainText(character) if hasattr(widget, "insertPlainText") else widget.insert(character)
            yield None

    def type(self, letters: str) -> Steps:
        """Types where the cursor stands."""
        QTest.keyClicks(self.focused(), letters)
        yield None

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Steps:
        """Presses a key where the focus is."""
        QTest.keyClick(self.focused(), key, modifier)
        yield None

    def focused(self) -> QWidget:
        """Where a key would go; also when the window system gave another window the keyboard."""
        top = QApplication.activeModalWidget() or self.window
        return top.focusWidget() or top

    def choose(self, name: str, value: object) -> Steps:
        """Chooses from a list, as Enter in it would."""
        yield self.there(name)
        widget = self.find(name)
        widget.set_value(value)
        widget.changed.emit()
        yield None

    def shot(self, name: str) -> Steps:
        """Takes a picture of the window, or of the dialog over it."""
        for _ in range(_SETTLING):  # what was just built finds its place in a few turns
            yield None
        dialog = QApplication.activeModalWidget() or (self.window.crisis if self.window.crisis.isVisible() else None)
        self.shots += 1
        path = self.folder / f"{self.shots:02d}-{name}.png"
        (dialog or self.window).grab().save(str(path))
        self.driver.note_file(path.name)
        self.driver.unmeasured()
        yield None

    def preview(self) -> PdfPreview:
        """The preview that is open."""
        found = self.find("preview")
        if not isinstance(found, PdfPreview):
            raise TourProblemError("the preview isn't one")
        return found

    def keep_pdf(self, name: str) -> Steps:
        """Saves what the preview shows, and closes it."""
        yield self.there("preview")
        yield None
        if not self.preview().save_to(self.folder / name):
            raise TourProblemError("the document wasn't saved")
        self.driver.note_file(name)
        yield from self.click("preview.close")


Step = tuple[str, Callable[[Tour], Steps]]
"""The name of a step, and what is done in it."""
