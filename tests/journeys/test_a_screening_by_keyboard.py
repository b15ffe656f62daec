"""The whole wizard by keyboard alone, from the client list to the signed report, with a lock in the middle."""

import datetime as dt
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from support.keyboard import Keyboard
from support.vaults import PASSPHRASE, START, HeldClock, fresh_vault, session_on
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.screenings import Judgement, LevelOfCare, MeansAccess, Setting, Step

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot, tmp_path):
    folder, clock = fresh_vault(tmp_path / "vault"), HeldClock()
    session = session_on(folder, clock)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt", birth_date=dt.date(1990, 5, 4)))
    session.clients.add(ClientForm(code="Z-99", name="Zora Quinn"))
    session.vault.database.close()
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


@pytest.fixture
def keys():
    return Keyboard()


def _to_questions(window, keys):
    """From the first screen to the wizard's questions."""
    keys.press(Qt.Key.Key_2, modifiers=CTRL)
    keys.type("M-07")
    keys.enter()
    keys.tab_to("clients.go-screening")
    keys.enter()
    keys.enter()  # "Begin a screening" has the cursor
    keys.type("2Lost her job")
    keys.enter()
    keys.type("1River Road 4")  # by telehealth
    keys.enter()
    keys.type("+13035550151")
    keys.enter()
    assert _step(window) is Step.INSTRUMENTS


def _step(window):
    return Step(window.workspace.screen_of("screening").place())


def _said(window):
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def test_the_whole_wizard_from_the_client_list_to_the_signed_report(qtbot, window, keys):
    _to_questions(window, keys)
    keys.tab_to("screening.add-phq-9")
    keys.enter()
    keys.type("2211111121")
    assert find("screening.phq-9.9.flag").isVisible()
    assert "12 of 27" in find("screening.phq-9.result").text()

    # The Crisis panel and back; a lock; the same step with every word.
    keys.press(Qt.Key.Key_F9)
    assert find("crisis").isVisible()
    keys.press(Qt.Key.Key_Escape)
    keys.press(Qt.Key.Key_Return, modifiers=CTRL)
    assert _step(window) is Step.FACTORS
    keys.press(Qt.Key.Key_L, modifiers=CTRL)
    qtbot.waitUntil(lambda: window.workspace is None, timeout=5000)
    unlock(qtbot, window, PASSPHRASE)
    qtbot.waitUntil(lambda: window.workspace.client_id != "", timeout=5000)
    assert _step(window) is Step.FACTORS

    keys.tab_to("screening.risk-1")
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("screening.risk-1.note")
    keys.type("Two years ago")
    keys.tab_to("screening.protective-1")
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("screening.warning_signs")
    keys.type("Lies awake")
    keys.tab_to("screening.means-1")
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("screening.means-1.action")
    keys.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    keys.tab_to("screening.means-1.who")
    keys.type("Ana")
    keys.tab_to("screening.means-1.by.line")
    keys.type("2026-03-09")
    keys.tab_to("screening.means-1.checked.line")
    keys.type("2026-03-02")
    keys.press(Qt.Key.Key_Return, modifiers=CTRL)

    assert "moderate" in _said(window)
    keys.tab_to("screening.judgement.0")
    keys.type("0")
    assert "A critical answer stands beside the judgement" in _said(window)
    keys.type("No plan, no intent")
    keys.tab_to("screening.difference")
    keys.type("Fleeting, long ago")
    keys.press(Qt.Key.Key_Return, modifiers=CTRL)

    keys.tab_to("screening.level")
    keys.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    keys.tab_to("screening.next_reassessment.line")
    keys.type("2026-03-09")
    keys.tab_to("screening.actions")
    keys.type("Plan begun")
    assert find("screening.plan").isVisible()
    keys.press(Qt.Key.Key_Return, modifiers=CTRL)
    assert "Maren Holt (M-07), born 04 May 1990" in _said(window)
    keys.enter()

    screenings = window.workspace.session.screenings
    signed = screenings.get(screenings.of_client(window.workspace.client_id)[0].id)
    form = signed.form
    assert (form.setting, form.client_location, form.callback) == (Setting.TELEHEALTH, "River Road 4", "+13035550151")
    assert {factor.label: factor.note for factor in form.factors} == {
        "Earlier suicide attempt": "Two years ago",
        "Close to at least one person": "",
    }
    day = dt.date(2026, 3, 9)
    assert form.means == (MeansAccess("Medicines", "Locked away", "Ana", day, START.date()),)
    assert (form.warning_signs, form.formulation.difference) == ("Lies awake", "Fleeting, long ago")
    assert form.formulation.judgement is Judgement.LOW
    assert form.care.level is LevelOfCare.OUTPATIENT_MORE_OFTEN
    assert [row.due for row in window.workspace.session.due.rows() if row.sentence == "Reassessment"] == [day]

    keys.tab_to("screening.1.open")
    keys.enter()
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is not None, timeout=10_000)


def test_a_paper_phq_9_is_typed_in_with_a_key_for_each_answer(window, keys):
    _to_questions(window, keys)
    before, began = keys.presses, time.perf_counter()
    keys.tab_to("screening.add-phq-9")
    keys.enter()
    keys.type("2101201100")
    took = time.perf_counter() - began
    assert "8 of 27" in find("screening.phq-9.result").text()
    # Three keys lead there, ten are the answers: at one key in three seconds it would still take under 40 s.
    assert keys.presses - before <= 13
    assert took < 40


def test_a_step_chosen_by_its_name_is_the_one_after_a_lock(qtbot, window, keys):
    _to_questions(window, keys)
    keys.tab_to("screening.steps.step-4")
    keys.enter()
    assert _step(window) is Step.FORMULATION
    window.lock()
    unlock(qtbot, window, PASSPHRASE)
    qtbot.waitUntil(lambda: window.workspace.client_id != "", timeout=5000)
    QApplication.processEvents()
    assert _step(window) is Step.FORMULATION
