"""The real window, in which somebody types without pause. Killed by the test."""

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from support.vaults import PASSPHRASE, HeldClock
from support.windows import find

from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.ui.app import make_app
from safeplan_desktop.ui.jobs import Jobs
from safeplan_desktop.ui.main_window import MainWindow, Surroundings

app = make_app()
folder = Path(sys.argv[1])
window = MainWindow(Surroundings(folder, HeldClock(), Jobs(print, app), lambda: KdfParameters.FLOOR, None, None))
window.show()
window.unlock_page.passphrase.set_value(PASSPHRASE)
window.unlock_page.unlock_button.click()
typed = 0


def type_on() -> None:
    global typed  # noqa: PLW0603 - a script
    if window.workspace is None:
        return
    if typed == 0:
        workspace = window.workspace
        workspace.choose_client(workspace.session.clients.by_code("M-07").id)
        workspace.open_screen("plan")
        workspace.plan_presenter.begin()
    QTest.keyClicks(find("plan.coping.1.text"), "x")
    typed += 1
    print(typed, time.time(), flush=True)


timer = QTimer()
timer.timeout.connect(type_on)
timer.start(20)
app.exec()
