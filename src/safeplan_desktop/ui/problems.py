"""Bugs, as opposed to expected failures: one dialog, a log line of type and place, never a client's word."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMessageBox
from shiboken6 import isValid

from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.logs import log_event, log_exception, places_of

_WENT_WRONG = "Something in the program went wrong. Your records are safe: everything saved before is as it was."


class ProblemReporter:
    """Shows a bug once; further ones while the dialog is open are only logged."""

    def __init__(self) -> None:
        self._open: QMessageBox | None = None

    def bug(self, error: BaseException) -> None:
        """Logs a bug and says that the records are safe."""
        log_exception(error)
        # A dialog that went away with its window, at a lock for example, never said that it was closed.
        if (self._open is not None and isValid(self._open)) or QApplication.instance() is None:
            return
        box = QMessageBox(QApplication.activeWindow())
        box.setObjectName("problem")
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle("SafePlan")
        box.setTextFormat(Qt.TextFormat.PlainText)
        if isinstance(error, SafePlanError):
            # A full disk or a drive that is gone, where no screen took the failure: it says itself what is to be done.
            box.setText(error.what)
            box.setInformativeText(" ".join(part for part in (error.safe, error.next_step) if part))
        else:
            box.setText(_WENT_WRONG)
            box.setInformativeText("You can go on. If it happens again, lock and unlock the program.")
        box.setDetailedText("\n".join((type(error).__name__, *places_of(error))))
        box.setStandardButtons(QMessageBox.StandardButton.Close)
        box.finished.connect(self._closed)
        self._open = box
        box.open()

    def _closed(self) -> None:
        self._open = None


def install_problem_handlers(reporter: ProblemReporter) -> Callable[[], None]:
    """Routes every unexpected exception and Qt message to the reporter and the log; gives back how to undo it."""
    former = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            former[0](kind, error, trace)
            return
        reporter.bug(error)

    def from_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            log_exception(arguments.exc_value)

    def unraisable(arguments: sys.UnraisableHookArgs) -> None:
        if arguments.exc_value is not None:
            log_exception(arguments.exc_value)

    def from_qt(kind: QtMsgType, _context: QMessageLogContext, _text: str) -> None:
        if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            log_event(f"Qt message of kind {kind.name}")

    sys.excepthook, threading.excepthook, sys.unraisablehook = unexpected, from_thread, unraisable
    qInstallMessageHandler(from_qt)

    def undo() -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = former
        qInstallMessageHandler(None)

    return undo
