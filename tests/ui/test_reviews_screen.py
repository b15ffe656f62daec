"""Reviews and feedback in the window: looked at today, the client's form alone on the screen, decided for the policy."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from support.incidents import sign_incident
from support.keyboard import Keyboard
from support.policies import adopt
from support.vaults import PASSPHRASE, fresh_vault, session_on
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.feedback import FeedbackFrom, FeedbackWay
from safeplan_desktop.domain.incidents import PhysicalHarm
from safeplan_desktop.domain.reviews import ReviewSubject
from safeplan_desktop.services.due import DueKind

DAY = dt.date(2026, 3, 2)


@pytest.fixture
def folder(tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt", language="es"))
    adopt(session)
    session.vault.database.close()
    return folder


@pytest.fixture
def window(qtbot, folder):
    with open_window(qtbot, folder) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


def part(window):
    window.workspace.open_practice("reviews")
    QApplication.processEvents()
    return window.workspace.screen_of("practice").parts.built["reviews"]


def words_in_sight(window):
    QApplication.processEvents()
    shown = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    named = [one.accessibleName() for one in window.findChildren(QWidget) if one.isVisible()]
    return "\n".join([*shown, *named])


def subject_row(made, subject):
    return next(one for one in made.schedule.rows() if one.subject is subject)


def test_reviewed_today_is_noted_with_a_word_and_moves_the_next_day_and_can_be_taken_out(window):
    made = part(window)
    assert subject_row(made, ReviewSubject.RESTORE).due == dt.date(2026, 9, 2)
    made.schedule.choose(lambda one: one.subject is ReviewSubject.RESTORE)
    keys = Keyboard()
    made.schedule.setFocus()
    keys.tab_to("practice.reviews.reviewed")
    keys.enter()
    keys.type("All there.")
    keys.tab_to("reviewed.day.line")
    window.findChild(QDialog, "reviewed").day.set_value(dt.date(2026, 2, 1))
    keys.tab_to("reviewed.note-it")
    keys.enter()
    state = subject_row(made, ReviewSubject.RESTORE)
    assert (state.last, state.due) == (dt.date(2026, 2, 1), dt.date(2026, 8, 1))
    find("practice.reviews.take-back").click()
    find("practice.reviews.ask-take-back.yes").click()
    assert subject_row(made, ReviewSubject.RESTORE).last is None


def test_how_often_is_changed_and_switched_off(window):
    made = part(window)
    made.schedule.choose(lambda one: one.subject is ReviewSubject.BACKUPS)
    find("practice.reviews.interval").click()
    find("interval.on").click()
    find("interval.save").click()
    assert subject_row(made, ReviewSubject.BACKUPS).interval.words == "not asked for"
    assert DueKind.BACKUP not in [row.kind for row in window.workspace.session.due.rows()]


def test_after_a_serious_incident_the_page_and_the_policy_say_why_it_is_due(window):
    session = window.workspace.session
    session.desk.clock.forward(hours=1)
    signed = sign_incident(session, physical_harm=PhysicalHarm.SEVERE)
    made = part(window)
    made.schedule.choose(lambda one: one.subject is ReviewSubject.POLICY)
    assert f"after incident {signed.number} with severe harm" in find("practice.reviews.about").text()
    window.workspace.open_practice("policy")
    assert f"after incident {signed.number}" in find("practice.policy.in-force").text()


def test_the_clients_form_stands_alone_in_their_language_and_is_kept_without_a_name(qtbot, window):
    made = part(window)
    find("practice.reviews.language").set_value("es")
    find("practice.reviews.on-screen").click()
    seen = words_in_sight(window)
    assert "Aquí siento que me escuchan" in seen
    for hidden in ("Maren", "M-07", "Practice", "Today", "Reviews"):
        assert hidden not in seen, hidden
    keys = Keyboard()
    keys.type("8")
    keys.tab_to("feedback.helped-coping")
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("feedback.words")
    keys.type("Mucho ruido")
    keys.tab_to("feedback.finish")
    keys.enter()
    assert "Gracias" in words_in_sight(window)
    assert "Mucho ruido" not in words_in_sight(window)
    keys.enter()
    assert find("practice.reviews.points")
    (kept,) = window.workspace.session.feedback.every()
    assert (kept.client_id, kept.form.language, kept.form.way) == ("", "es", FeedbackWay.SCREEN)
    assert (kept.form.rating("heard"), kept.form.words) == (8, "Mucho ruido")
    assert [one.form.words for one in made.points.rows()] == ["Mucho ruido"]


def test_escape_or_a_lock_keeps_what_the_client_answered_as_a_draft(qtbot, window):
    made = part(window)
    find("practice.reviews.on-screen").click()
    find("feedback.goals").buttons[3].click()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    find("practice.reviews.resume").click()
    assert made.editor.form.ratings["goals"].value() == 3
    find("practice.feedback.back").click()
    find("practice.reviews.on-screen").click()
    find("feedback.goals").buttons[9].click()
    window.lock()
    unlock(qtbot, window, PASSPHRASE)
    waiting = window.workspace.session.feedback.waiting()
    assert sorted(form.rating("goals") for _, form in waiting) == [3, 9]


def test_nothing_answered_is_said_in_the_form(window):
    part(window)
    find("practice.reviews.on-screen").click()
    find("feedback.finish").click()
    assert "One answer is enough" in words_in_sight(window)


def test_a_sheet_of_paper_is_entered_by_keyboard_for_a_client_and_decided_for_the_next_version(window):
    made = part(window)
    session = window.workspace.session
    client_id = session.clients.by_code("M-07").id
    find("practice.reviews.client").set_value(client_id)
    find("practice.reviews.client").changed.emit()
    assert find("practice.reviews.language").value() == "es"
    keys = Keyboard()
    find("practice.reviews.client").setFocus()
    keys.tab_to("practice.reviews.from-paper")
    keys.enter()
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("practice.feedback.words")
    keys.type("A second way in")
    keys.tab_to("practice.feedback.save")
    keys.enter()
    (kept,) = session.feedback.every(FeedbackFrom.CLIENT)
    assert (kept.client_id, kept.form.rating("heard"), kept.day) == (client_id, 0, DAY)

    window.workspace.open_practice("policy")
    assert "one point waits" in find("practice.policy.points").text()
    find("practice.policy.feedback").click()
    keys.tab_to("practice.reviews.taken-up")
    keys.enter()
    find("taken-up.note-it").click()
    assert made.points.rows() == ()
    assert "Taken up in version 2" in find("practice.reviews.chosen").text()
    find("toast.undo").click()
    find("practice.reviews.no-change").click()
    find("no-change.note-it").click()
    assert find("no-change.because.error").text()
    find("no-change.because").setText("the door is being built")
    find("no-change.note-it").click()
    assert "No change needed, because the door is being built" in find("practice.reviews.chosen").text()

    session.clients.archive(client_id)
    window.workspace.screen_of("practice").parts.show_again("reviews")
    assert [row.who for row in made.of_clients.rows()] == ["Maren Holt (M-07)"]


def test_ones_own_feedback_lists_what_the_plans_and_the_protocol_lack(window):
    made = part(window)
    find("practice.reviews.own").click()
    find("practice.feedback.workload").buttons[9].click()
    find("practice.feedback.quality-5").buttons[1].click()
    find("practice.feedback.lacked").insertPlainText("What to do when the line is busy")
    find("practice.feedback.save").click()
    (row,) = made.own.rows()
    assert row.form.rating("workload") == 9
    assert "line is busy" in made.points.rows()[0].form.point
    assert "Not yet so: Clients know where their plan is" in made.points.rows()[0].form.point


def test_the_form_is_printed_with_a_name_only_where_it_is_ticked(qtbot, window):
    made = part(window)
    asked = []
    made._presenter.print_form = lambda client_id, _language, *, with_name: asked.append((client_id, with_name))
    find("practice.reviews.print").click()
    client_id = window.workspace.session.clients.by_code("M-07").id
    find("practice.reviews.client").set_value(client_id)
    find("practice.reviews.client").changed.emit()
    find("practice.reviews.print").click()
    find("practice.reviews.with-name").click()
    find("practice.reviews.print").click()
    assert asked == [("", False), (client_id, False), (client_id, True)]
