"""A report of a period in the real window: days, an instrument, a job that is told of and can be left."""

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from support.keyboard import Keyboard
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on, sign_scores
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.ui.theme import Scheme, apply_theme


@pytest.fixture
def window(qtbot, tmp_path):
    folder, clock = fresh_vault(tmp_path / "vault"), HeldClock()
    session = session_on(folder, clock)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.clients.add(ClientForm(code="T-02", name="Tomasz New"))
    for _ in range(2):
        sign_scores(session, client.id, {"phq-9": (1,) * 10, "gad-2": (1, 1)})
        clock.forward(days=28)
    session.vault.database.close()
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.workspace.choose_client(window.workspace.session.clients.by_code("M-07").id)
        yield window


def _preview(qtbot, window):
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is not None, timeout=10_000)
    return window.findChild(QDialog, "preview")


def test_by_keyboard_from_the_screening_screen_to_the_saved_report(qtbot, window, tmp_path):
    keys = Keyboard()
    keys.press(Qt.Key.Key_3, modifiers=Qt.KeyboardModifier.ControlModifier)
    keys.tab_to("screening.period")
    keys.enter()
    keys.type("2026-03-30")
    keys.tab_to("period.instrument")
    keys.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    keys.tab_to("period.make")
    keys.enter()
    preview = _preview(qtbot, window)
    assert window.findChild(QDialog, "period") is None or not window.findChild(QDialog, "period").isVisible()
    assert preview.save_all_to(tmp_path)
    path = next(tmp_path.glob("screenings_M-07_*.pdf"))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "Screening 2, March 30, 2026" in text
    assert "Screening 1, " not in text
    assert "Only GAD-2" in text
    last = window.workspace.session.vault.database.row("SELECT detail FROM audit ORDER BY seq DESC LIMIT 1")
    assert last[0] == "screenings of a period, a4"


def test_bad_days_get_a_sentence_beside_them(window):
    window.workspace.open_period(window.workspace.client_id)
    find("period.since.line").setText("some day")
    QTest.keyClick(find("period.since.line"), Qt.Key.Key_Return)
    assert "can't be read as a day" in find("period.since.error").text()
    find("period.since.line").setText("2026-04-30")
    find("period.until.line").setText("2026-04-01")
    QTest.keyClick(find("period.make"), Qt.Key.Key_Space)
    assert "before the first" in find("period.until.error").text()
    find("period.until.line").setText("")
    QTest.keyClick(find("period.make"), Qt.Key.Key_Space)
    assert "no signed screening" in find("period.banner").text


def test_in_large_letters_no_field_is_cut_when_a_sentence_comes_up(window):
    app = QApplication.instance()
    apply_theme(app, Scheme.LIGHT, 2.0)
    window.workspace.open_period(window.workspace.client_id)
    find("period.until.line").setText("2020-04-01")
    find("period.make").click()
    assert "no signed screening" in find("period.banner").text
    QApplication.processEvents()
    for name in ("period.since.line", "period.until.line", "period.instrument"):
        assert find(name).height() >= find(name).sizeHint().height(), name
    find("period").reject()
    apply_theme(app, Scheme.LIGHT, 1.0)


def test_a_closed_window_gets_no_report(qtbot, window):
    window.workspace.open_period(window.workspace.client_id)
    dialog = find("period")
    find("period.make").click()
    dialog.reject()
    window._around.jobs.drain()
    assert window.findChild(QDialog, "preview") is None


def test_a_client_without_screenings_is_told_so(window):
    client = window.workspace.session.clients.by_code("T-02")
    window.workspace.choose_client(client.id)
    window.workspace.open_screen("clients")
    window.workspace.clients_presenter.open(client.id)
    find("clients.period").click()
    assert window.findChild(QDialog, "period") is None
