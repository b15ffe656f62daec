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
