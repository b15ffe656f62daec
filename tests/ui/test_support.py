"""Self-care and consultation in the real window: written by keyboard, kept, asked about names, private."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from support.incidents import sign_incident
from support.keyboard import Keyboard
from support.vaults import PASSPHRASE, START, HeldClock, fresh_vault, session_on
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.consultations import ConsultationForm, ConsultationKind
from safeplan_desktop.domain.proqol import ProqolForm

TODAY = START.date()


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def window(qtbot, tmp_path, clock):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder, clock)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt", phone="+1 303 555 0117"))
    sign_incident(session, client.id)
    session.vault.database.close()
    clock.forward(hours=30)
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.workspace.open_practice("support")
        QApplication.processEvents()
        yield window


@pytest.fixture
def session(window):
    return window.workspace.session


def _lock_and_open_again(qtbot, window):
    window.lock()
    unlock(qtbot, window, PASSPHRASE)
    window.workspace.open_practice("support")
    QApplication.processEvents()
    return window.workspace.session


def test_thirty_digits_and_enter_are_a_whole_proqol(window, session):
    keys = Keyboard()
    keys.tab_to("practice.support.enter")
    keys.enter()
    before = keys.presses
    for _ in range(30):
        keys.press(Qt.Key.Key_3)
    assert keys.focus().objectName() == "proqol.keep"
    keys.enter()
    assert keys.presses - before == 31
    assert [one.form.answers for one in session.proqol.every()] == [(3,) * 30]
    table = find("practice.support.entries")
    assert [table.model().index(0, place).data() for place in range(1, 4)] == ["30, moderate"] * 3


def test_with_answers_missing_nothing_is_kept_and_they_wait_over_a_lock(qtbot, window, session):
    find("practice.support.enter").click()
    keys = Keyboard()
    for _ in range(12):
        keys.press(Qt.Key.Key_4)
    find("proqol.keep").click()
    assert "items 13, 14" in find("proqol.answers.error").text()
    session = _lock_and_open_again(qtbot, window)
    assert session.proqol.every() == ()
    assert find("practice.support.enter").text() == "Go on with the answers"
    find("practice.support.enter").click()
    assert find("proqol.answers").text().startswith("12 of 30")
    assert Keyboard().focus().objectName().startswith("proqol.items.item-13")


def test_over_time_the_table_says_what_the_plot_shows(qtbot, window, session, clock):
    for answer in (3, 5):
        draft, _ = session.proqol.begin()
        session.proqol.keep(draft, ProqolForm((answer,) * 30))
        clock.forward(days=30)
    window.workspace.screen_of("practice").parts.built["support"]._presenter.show_home()
    find("practice.support.over-time").click()
    dialog = window.findChild(QDialog, "proqol-over-time")
    qtbot.waitUntil(lambda: dialog.plot.drawn, timeout=10_000)
    assert dialog.table.model().index(0, 1).data() == "50, high"
    assert "Stamm" in find("proqol-over-time.credit").text()


def test_answers_that_were_taken_out_can_be_brought_back(window, session):
    draft, _ = session.proqol.begin()
    session.proqol.keep(draft, ProqolForm((2,) * 30))
    window.workspace.screen_of("practice").parts.built["support"]._presenter.show_home()
    find("practice.support.remove").click()
    assert session.proqol.every() == ()
    find("toast.undo").click()
    assert len(session.proqol.every()) == 1


def test_the_plan_is_written_by_keyboard_survives_a_lock_and_is_kept(qtbot, window, session):
    keys = Keyboard()
    keys.tab_to("practice.support.write")
    keys.enter()
    keys.type("Swim on Tuesdays")
    keys.tab_to("self-care.emergency")
    keys.type("Call Ines")
    session = _lock_and_open_again(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert find("practice.support.write").text() == "Go on with the draft"
    keys.tab_to("practice.support.write")
    keys.enter()
    keys.tab_to("self-care.keep")
    keys.enter()
    (version,) = session.self_care.versions()
    assert (version.form.text("physical"), version.form.text("emergency")) == ("Swim on Tuesdays", "Call Ines")
    find("practice.support.print").click()
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is not None, timeout=10_000)


def test_an_empty_plan_says_what_is_missing_beside_the_field(window, session):
    find("practice.support.write").click()
    find("self-care.keep").click()
    assert "one section at least" in find("self-care.physical.error").text()
    assert session.self_care.versions() == ()


def _write(keys, told):
    keys.tab_to("consultation.new")
    keys.enter()
    assert keys.focus().objectName() == "consultation.who"
    keys.type("Dr. Okafor")
    keys.tab_to("consultation.kind.0")
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("consultation.question")
    keys.type("Is it right?")
    keys.tab_to("consultation.summary")
    keys.type(told)
    keys.tab_to("consultation.decision")
    keys.type("I ask first.")
    keys.tab_to("consultation.sign")
    keys.enter()


def test_a_consultation_without_names_is_written_and_signed_by_keyboard(qtbot, window, session):
    _write(Keyboard(), "An adult with sleep trouble.")
    qtbot.waitUntil(lambda: len(session.consultations.of_client("")) == 1, timeout=10_000)
    assert find("consultation.part-1").text()
    find("consultation.copy").click()
    assert "An adult with sleep trouble." in QApplication.clipboard().text()


def test_names_are_pointed_out_before_signing_and_never_stop_it(qtbot, window, session):
    keys = Keyboard()
    _write(keys, "Maren sleeps badly.")
    qtbot.waitUntil(lambda: window.findChild(QDialog, "consultation.names") is not None, timeout=10_000)
    dialog = window.findChild(QDialog, "consultation.names")
    assert any("Maren" in words.text() for words in dialog.findChildren(QLabel))
    keys.enter()
    assert session.consultations.of_client("") == ()
    qtbot.waitUntil(lambda: window.findChild(QDialog, "consultation.names") is None)
    find("consultation.sign").click()
    qtbot.waitUntil(lambda: window.findChild(QDialog, "consultation.names") is not None, timeout=10_000)
    find("consultation.names.yes").click()
    assert len(session.consultations.of_client("")) == 1


def test_the_linked_client_and_the_follow_up_stand_on_the_signed_page(window, session):
    client = session.clients.by_code("M-07")
    draft, _ = session.consultations.begin("")
    form = ConsultationForm(
        day=TODAY,
        who="Dr. Okafor",
        kind=ConsultationKind.LEGAL,
        question="Q",
        decision="D",
        follow_up="Write to the lawyer",
        follow_up_on=TODAY + dt.timedelta(days=3),
        about_client=client.id,
    )
    signed = session.consultations.sign(draft, form, "R")
    window.workspace.open_record(Noun.CONSULTATION, signed.id, "")
    assert "M-07" in find("consultation.client").text()
    find("consultation.done").click()
    assert session.consultations.is_done(signed.id)
    assert find("consultation.done").text() == "Open again"


def test_an_empty_period_says_so_in_the_dialog(window):
    find("consultation.period").click()
    find("consultation-period.show").click()
    assert "no signed consultation" in find("consultation-period.banner.text").text()


def test_the_moment_after_an_incident_is_written_and_the_offer_goes(window, session):
    keys = Keyboard()
    keys.tab_to("practice.support.take")
    keys.enter()
    keys.type("Tired, and sad")
    keys.tab_to("check-in.keep")
    keys.enter()
    assert [one.form.how for one in session.check_ins.every()] == ["Tired, and sad"]
    assert session.check_ins.offers() == ()
    keys.tab_to("practice.support.read")
    keys.enter()
    assert window.findChild(QDialog, "check-in-read") is not None


def test_the_offer_can_be_turned_down_and_taken_back(window, session):
    find("practice.support.dismiss").click()
    assert session.check_ins.offers() == ()
    find("toast.undo").click()
    assert len(session.check_ins.offers()) == 1


def test_offers_can_be_turned_off_and_on(window, session):
    find("practice.support.offers-off").click()
    assert not session.check_ins.are_offered
    find("practice.support.offers-switch").click()
    assert session.check_ins.are_offered


def test_the_page_says_that_it_is_private(window):
    page = find("practice.support")
    assert "Nothing here becomes part of a client's record" in page.subtitle.text()
