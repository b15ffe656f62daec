import sys
import threading

import pytest
from PySide6.QtCore import Qt, QTimer, qWarning
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from shiboken6 import delete

from safeplan_desktop.errors import StorageFullError
from safeplan_desktop.logs import configure_logging
from safeplan_desktop.ui.problems import ProblemReporter, install_problem_handlers

CANARY = "Maren Holt"


@pytest.fixture
def log(tmp_path):
    configure_logging(tmp_path / "log")
    yield tmp_path / "log" / "safeplan.log"
    configure_logging(tmp_path / "afterwards")


@pytest.fixture
def reporter(app, log):
    reporter = ProblemReporter()
    yield reporter
    for box in _boxes():
        box.close()


def _boxes():
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


def _bug():
    try:
        int(CANARY)
    except ValueError as error:
        return error


def test_a_bug_is_one_dialog_that_says_the_records_are_safe(reporter):
    reporter.bug(_bug())
    reporter.bug(_bug())
    (box,) = _boxes()
    assert "Your records are safe" in box.text()
    assert box.textFormat() != Qt.TextFormat.RichText


def test_the_details_hold_type_and_places_but_no_word_of_the_client(reporter, log):
    reporter.bug(_bug())
    (box,) = _boxes()
    assert box.detailedText().splitlines()[0] == "ValueError"
    assert "test_problems.py:" in box.detailedText()
    said = box.detailedText() + box.text() + box.informativeText() + box.windowTitle() + log.read_text()
    assert CANARY not in said
    assert "Holt" not in said


def test_an_expected_failure_that_no_screen_took_says_what_happened_and_what_to_do(reporter, log):
    reporter.bug(
        StorageFullError("The disk is full.", safe="Nothing was changed.", next_step="Make room, then try again.")
    )
    (box,) = _boxes()
    assert (box.text(), box.informativeText()) == (
        "The disk is full.",
        "Nothing was changed. Make room, then try again.",
    )
    assert "StorageFullError" in log.read_text()


def test_after_it_was_closed_the_next_bug_is_shown_again(reporter):
    reporter.bug(_bug())
    _boxes()[0].close()
    reporter.bug(_bug())
    assert len(_boxes()) == 1


def test_after_it_went_away_with_its_window_the_next_bug_is_shown_again(qtbot, reporter):
    window = QWidget()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    reporter.bug(_bug())
    assert _boxes()[0].parentWidget() is window
    delete(window)
    assert _boxes() == []
    reporter.bug(_bug())
    assert len(_boxes()) == 1


@pytest.fixture
def installed(qtbot, reporter):
    # pytest-qt has handlers of its own; these replace them for a moment.
    undo = install_problem_handlers(reporter)
    yield reporter
    undo()


def test_an_exception_in_a_slot_becomes_the_dialog(qtbot, installed, log):
    def slot():
        raise ValueError(CANARY)

    QTimer.singleShot(0, slot)
    qtbot.waitUntil(lambda: bool(_boxes()))
    assert "ValueError" in log.read_text()
    assert CANARY not in log.read_text()


def test_an_exception_in_another_thread_is_logged(installed, log):
    def work():
        raise KeyError(CANARY)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert "KeyError" in log.read_text()
    assert CANARY not in log.read_text()


def test_an_exception_that_python_cant_raise_is_logged(installed, log):
    class Odd:
        def __del__(self):
            raise RuntimeError(CANARY)

    Odd()
    assert "RuntimeError" in log.read_text()
    assert CANARY not in log.read_text()


def test_a_message_of_qt_is_logged_without_its_text(installed, log):
    qWarning(CANARY)
    assert "Qt message of kind QtWarningMsg" in log.read_text()
    assert CANARY not in log.read_text()


def test_the_former_handlers_can_be_put_back(reporter):
    former = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    undo = install_problem_handlers(reporter)
    assert sys.excepthook is not former[0]
    undo()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == former
