"""Prints the project's figures: `python tests/bench/figures.py`. Medians; ratios say more than times across machines."""

import datetime as dt
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from reportlab.pdfgen.canvas import Canvas
from support.incidents import fill_log
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.plans import PlanForm, PlanFormat, PlanItem, PlanSection, SectionKey
from safeplan_desktop.security.kdf import KdfParameters, derive_key
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.services.plan_prints import PlanPrint
from safeplan_desktop.services.sample import fill_with_sample
from safeplan_desktop.services.vault import derive_data_key, open_vault
from safeplan_desktop.storage.vault_folder import VaultFolder

_CRISIS = """
import sys, time, statistics
from pathlib import Path
from PySide6.QtCore import QTimer
from safeplan_desktop.clock import SystemClock
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.ui.app import make_app
from safeplan_desktop.ui.jobs import Jobs
from safeplan_desktop.ui.main_window import MainWindow, Surroundings
app = make_app()
around = Surroundings(Path(sys.argv[1]), SystemClock(), Jobs(print, app), lambda: KdfParameters.FLOOR, None, None)
window = MainWindow(around); window.show()
def opened():
    began = time.perf_counter()
    window.open_crisis(); window.crisis.repaint()
    took = time.perf_counter() - began
    window.crisis.reject()
    return took
def measure():
    first = opened()
    print(first, statistics.median(opened() for _ in range(9)))
    app.quit()
QTimer.singleShot(0, measure); app.exec()
"""
_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
from PySide6.QtCore import QTimer
app = QApplication([]); window = QLabel("window"); window.show()
QTimer.singleShot(0, app.quit); app.exec()
"""
_OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from safeplan_desktop.clock import SystemClock
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.ui.app import make_app
from safeplan_desktop.ui.jobs import Jobs
from safeplan_desktop.ui.main_window import MainWindow, Surroundings
app = make_app()
around = Surroundings(Path(sys.argv[1]), SystemClock(), Jobs(print, app), lambda: KdfParameters.FLOOR, None, None)
window = MainWindow(around); window.show()
QTimer.singleShot(0, app.quit); app.exec()
"""


def _median(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _process(code: str, *arguments: str) -> float:
    return _median(lambda: subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True), 7)


def _plan(session, client_id: str, count: int) -> PlanForm:
    """A plan of so many entries: short ones in a usual plan, 200 letters each in the largest."""
    words = "walk to the river and back" if count < 100 else "walk to the river and back, slowly " * 6
    _, form = session.plans.begin(client_id)
    for place, key in enumerate(SectionKey):
        items = tuple(PlanItem(f"{place}.{n}", f"{words} {n}", phone="303 555 0117") for n in range(count // 7 + 1))
        form = form.with_section(PlanSection(key, items))
    return form


def _largest(form: PlanForm) -> PlanForm:
    section = form.section(SectionKey.COPING)
    longest = replace(section.items[0], text="walk to the river and back, slowly " * 286)
    return form.with_section(replace(section, items=(longest, *section.items[1:])))


def _bare_canvas(form: PlanForm) -> None:
    """The same words on a canvas of ReportLab, line by line, without shaping, fitting or breaking."""
    canvas = Canvas(io.BytesIO())
    y = 800
    for section in form.sections:
        for item in section.items:
            canvas.drawString(50, y, f"{item.text} {item.phone}")
            y -= 14
            if y < 50:
                canvas.showPage()
                y = 800
    canvas.save()


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = fresh_vault(Path(place) / "vault")
        bare, ours = _process(_BARE), _process(_OURS, str(folder))
        print(f"start to first window: {ours:.2f} s, {ours / bare:.1f} times a bare window ({bare:.2f} s)")
        code = [sys.executable, "-c", _CRISIS, str(folder)]
        said = subprocess.run(code, check=True, capture_output=True, text=True).stdout.split()
        first, again = (float(word) * 1000 for word in said[-2:])
        print(
            f"Crisis panel, from the key to the painted panel: first {first:.0f} ms, then {again:.0f} ms (promised: 100)"
        )
        key = _median(lambda: derive_key(PASSPHRASE, bytes(16), KdfParameters.RECOMMENDED), 3)
        data_key = derive_data_key(VaultFolder(folder), PASSPHRASE)

        def open_and_close() -> None:
            open_vault(folder, data_key, HeldClock()).database.close()

        print(f"unlock: key {key * 1000:.0f} ms (256 MiB, 3 passes), open {_median(open_and_close, 9) * 1000:.1f} ms")
        session = session_on(folder)
        fill_with_sample(session.vault, HeldClock(), clients=20, seed=1)
        client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
        draft, form = session.plans.begin(client.id)
        save = _median(lambda: session.plans.autosave(draft, form, "section:coping"), 200)
        print(f"save of a draft: {save * 1000:.2f} ms")
        version = session.plans.of_client(session.clients.by_code("C-01").id)[0]
        document = session.exports.plan(version.id)
        began = time.perf_counter()
        document.make()
        first = time.perf_counter() - began
        print(f"plan PDF: first {first * 1000:.0f} ms, warm {_median(document.make, 20) * 1000:.0f} ms")
        for plan_format in PlanFormat:
            made = session.exports.plan(version.id, PlanPrint(plan_format))
            made.make()
            print(f"  {plan_format.value}: {_median(made.make, 10) * 1000:.0f} ms")
        plans = (
            ("usual, 17 entries", _plan(session, client.id, 17)),
            ("largest, 60 entries, one of 10,000 letters", _largest(_plan(session, client.id, 60))),
            ("beyond that, 400 entries of 200 letters", _plan(session, client.id, 400)),
        )
        for name, form in plans:
            made = session.exports.working_plan(draft.record_id, form)
            ours, canvas = _median(made.make, 9), _median(lambda form=form: _bare_canvas(form), 9)
            print(f"plan PDF, {name}: {ours * 1000:.0f} ms, {ours / canvas:.1f} times a bare canvas with its words")
        (Path(place) / "stick").mkdir()
        backup = _median(lambda: session.backups.back_up(Path(place) / "stick", no_report, never_cancelled), 5)
        print(f"backup, verified, of {session.vault.database.size / 1e6:.1f} MB: {backup * 1000:.0f} ms")
        session.vault.database.close()
        _log(Path(place) / "log")


def _log(folder: Path) -> None:
    """The incident log with ten thousand incidents: each filter as a therapist would set it, and the table behind it."""
    from PySide6.QtWidgets import QApplication

    from safeplan_desktop.domain.incident_log import HarmLevel, LogFilter, LogState
    from safeplan_desktop.domain.incidents import IncidentCategory
    from safeplan_desktop.services.incident_log import IncidentLog
    from safeplan_desktop.ui.incidents.log import LogActions, LogPage, LogWords

    app = QApplication.instance() or QApplication([])
    session = session_on(fresh_vault(folder))
    fill_log(session, 10_000)
    log = IncidentLog(session.incidents)
    parts, whole = [], False
    while not whole:
        began = time.perf_counter()
        whole = log.read_some()
        parts.append(time.perf_counter() - began)
    print(
        f"incident log, 10,000: read once in {sum(parts) * 1000:.0f} ms, in {len(parts)} parts of at most"
        f" {max(parts) * 1000:.0f} ms"
    )
    page = LogPage(LogWords(str, str, str, str), LogActions(list, list, list, list))
    page.resize(1280, 800)
    page.show()
    filters = (
        *(LogFilter(text=text) for text in ("r", "riv", "river lan", "cafe42", "phone", "nothing")),
        *(LogFilter(category=kind) for kind in (IncidentCategory.VIOLENCE, IncidentCategory.DEATH)),
        *(LogFilter(harm=level) for level in (HarmLevel.MODERATE, HarmLevel.FATAL)),
        LogFilter(since=dt.date(2025, 1, 1), until=dt.date(2025, 6, 30)),
        LogFilter(open_follow_up=True),
        LogFilter(state=LogState.EVERYTHING),
        LogFilter(text="phone", harm=HarmLevel.LOW, since=dt.date(2024, 1, 1), open_follow_up=True),
    )
    for name, show in (
        ("the rows", lambda _rows: None),
        ("and the table", lambda rows: page.show_rows(rows, total=10_000)),
    ):
        times = []
        for wanted in (*filters, *filters * 8):
            began = time.perf_counter()
            show(log.narrowed(wanted))
            times.append(time.perf_counter() - began)
        rest = times[len(filters) :]
        app.processEvents()
        slow = statistics.quantiles(rest, n=20)[-1]
        print(
            f"  a filter, {name}: median {statistics.median(rest) * 1000:.1f} ms, 95th percentile {slow * 1000:.1f} ms"
        )
    page.close()
    page.deleteLater()
    app.processEvents()
    session.vault.database.close()


main()
