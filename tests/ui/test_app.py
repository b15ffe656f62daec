"""The application object outlives many calls into Qt."""

import subprocess
import sys

MANY = """
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from safeplan_desktop.ui.app import make_app
app = make_app()
class Speaker(QObject):
    said = Signal()
speaker, label = Speaker(), QLabel("x")
for number in range(200_000):
    label.setFixedHeight(20 + number % 2)
    speaker.said.emit()
print("still here")
"""


def test_the_interpreter_outlives_hundreds_of_thousands_of_calls_into_qt():
    """PySide6 6.12.0 drops references to None and True; on Python 3.11 that ends the process sooner or later."""
    done = subprocess.run([sys.executable, "-c", MANY], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "still here" in done.stdout


COPIES = """
from safeplan_desktop.ui.app import make_app
app = make_app()
from safeplan_desktop.ui.widgets.inputs import TextArea
area = TextArea()
area.set_value("Walk to the river")
area.selectAll()
area.copy()
assert app.clipboard().text() == "Walk to the river"
"""


def test_the_process_ends_in_order_with_a_copied_text_on_the_clipboard():
    """What a text area copies is an object of Python; Qt's offscreen clipboard would free it without the interpreter."""
    done = subprocess.run([sys.executable, "-c", COPIES], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
