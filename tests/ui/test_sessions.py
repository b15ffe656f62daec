"""Session notes and psychotherapy notes in the window: by keyboard, over a lock, and what is asked each time."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from support.keyboard import Keyboard
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on, sign_scores
from support.windows import find, open_window, unlock
from support.written import WHERE, sign_note

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.incidents import Place
from safeplan_desktop.services.due import DueKind
from safeplan_desktop.storage import audit
from safeplan_desktop.ui.drafting import DELAY_MS


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def window(qtbot, tmp_path, clock, request):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder, clock)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.clients.add(ClientForm(code="Z-99", name="Zora Quinn"))
    sign_note(session, client.id)
    session.vault.database.close()
    clock.forward(days=7)
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        open_sessions(window)
        yield window


def open_sessions(window):
    workspace = window.workspace
    client_id = workspace.session.clients.by_code("M-07").id
    workspace.open_record(Noun.SESSION_NOTE, "", client_id)
    window.activateWindow()
    QApplication.processEvents()
    return client_id


def drafts(window):
    return window.workspace.session.session_notes.waiting(window.workspace.client_id)


def test_a_telehealth_note_by_keyboard_over_a_lock_to_its_addendum(qtbot, window, clock):
    keys = Keyboard()
    find("session-note.new").setFocus()
    keys.enter()
    assert keys.focus().objectName() == "session-note.location"  # asked first, as the usual place is telehealth
    keys.type("4 Elm Street, kitchen")
    keys.press(Qt.Key.Key_Tab)
    keys.type("303 555 0117")
    keys.press(Qt.Key.Key_Tab)
    keys.type("her sister next door")
    keys.tab_to("session-note.interventions")
    keys.type("Went through the diary")
    qtbot.waitUntil(lambda: drafts(window)[0][1].interventions == "Went through the diary", timeout=2000)
    keys.type(".")
    window.lock()

    unlock(qtbot, window, PASSPHRASE)
    clock.forward(minutes=50)
    workspace = window.workspace
    workspace.open_screen("today")
    (row,) = [row for row in workspace.session.due.rows() if row.kind is DueKind.DRAFT_SESSION_NOTE]
    assert row.sentence == "Session note to finish and sign"
    workspace.screen_of("today")._presenter.open(row)
    window.activateWindow()
    editor = find("session-note.form")
    assert editor.texts["interventions"].value() == "Went through the diary."
    assert editor.where["location"].value() == "4 Elm Street, kitchen"
    assert keys.focus().objectName() == "session-note.interventions"
    keys.press(Qt.Key.Key_Tab)
    keys.type("Tired, but slept twice.")
    find("session-note.ended_at.now").setFocus()
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("session-note.sign")
    keys.enter()

    assert find("session-note.part-4").text() == "4 Elm Street, kitchen"
    assert keys.focus().objectName() == "session-note.signed.back"
    (newest, _) = workspace.session.session_notes.of_client(workspace.client_id)
    _, form = workspace.session.session_notes.get(newest.id)
    assert (form.minutes, form.place) == (50, Place.TELEHEALTH)
    assert not drafts(window)

    keys.tab_to("session-note.add")
    keys.enter()
    keys.type("The sister is Ana.")
    window.lock()  # in the middle of an addition: no word of it is lost

    unlock(qtbot, window, PASSPHRASE)
    workspace = window.workspace
    (row,) = [row for row in workspace.session.due.rows() if row.kind is DueKind.DRAFT_ADDENDUM]
    workspace.screen_of("today")._presenter.open(row)
    window.activateWindow()
    keys.tab_to("session-note.add")
    keys.enter()
    assert find("addendum.text").value() == "The sister is Ana."
    find("addendum.cancel").setFocus()  # throws it away, on the therapist's word
    keys.enter()
    keys.tab_to("addendum.ask-leave.yes")
    keys.enter()
    assert not [row for row in workspace.session.due.rows() if row.kind is DueKind.DRAFT_ADDENDUM]
    window.activateWindow()
    keys.tab_to("session-note.add")
    keys.enter()
    assert find("addendum.text").value() == ""
    keys.type("The sister is Ana.")
    keys.press(Qt.Key.Key_Escape)
    window.activateWindow()
    keys.tab_to("session-note.add")
    keys.enter()
    assert find("addendum.text").value() == "The sister is Ana."
    keys.press(Qt.Key.Key_Tab)
    keys.type("Forgot her name")
    keys.tab_to("addendum.sign")
    keys.enter()
    (addendum,) = workspace.session.addenda.of_record(newest.id)
    assert (addendum.text, addendum.reason) == ("The sister is Ana.", "Forgot her name")
    assert not [row for row in workspace.session.due.rows() if row.kind is DueKind.DRAFT_ADDENDUM]


def test_a_usual_note_in_the_office_takes_few_keys(window, clock):
    keys = Keyboard()
    find("session-note.new").setFocus()
    keys.enter()
    find("session-note.place").setFocus()
    keys.press(Qt.Key.Key_Home, Qt.Key.Key_Down)
    assert not find("session-note.form").where_card.isVisible()
    clock.forward(minutes=50)
    find("session-note.ended_at.now").click()
    keys.tab_to("session-note.interventions")
    keys.type("CBT")
    keys.tab_to("session-note.sign")
    keys.enter()

    assert find("session-note.part-2").text().endswith("50 minutes")
    # Besides the words themselves: enough for a minute at an unhurried key a second.
    assert keys.presses < 60


def test_where_the_client_was_last_is_offered_and_taken_on_a_click_alone(window):
    find("session-note.new").click()
    editor = find("session-note.form")

    assert editor.value().whereabout.is_empty
    assert WHERE.location in find("session-note.last-where").text()
    find("session-note.use-last").click()

    assert editor.value().whereabout == WHERE


def test_without_where_the_client_is_a_telehealth_note_asks_before_signing(window):
    find("session-note.new").click()
    editor = find("session-note.form")
    editor.ended.set_value(dt.time(10, 0))
    editor.texts["text"].setPlainText("x")

    find("session-note.sign").click()

    said = [label.text() for label in editor.findChildren(QLabel) if label.isVisible()]
    assert "Please type where the client was, or that it wasn't asked." in said
    assert window.focusWidget().objectName() == "session-note.location"
    assert len(drafts(window)) == 1


def test_every_kind_of_wrong_field_gets_its_sentence_beside_it(window):
    find("session-note.new").click()
    editor = find("session-note.form")
    editor.texts["text"].setPlainText("x")
    editor.where["location"].set_value("home")
    for change, field in (
        (lambda: editor.ended.set_value(dt.time(8, 0)), "session-note.ended_at.line"),
        (
            lambda: (editor.ended.set_value(dt.time(10, 0)), editor.day.set_value(dt.date(2026, 3, 10))),
            "session-note.day.line",
        ),
        (
            lambda: (editor.day.set_value(dt.date(2026, 3, 9)), editor.next_on.set_value(dt.date(2026, 3, 1))),
            "session-note.next_on.line",
        ),
    ):
        change()
        find("session-note.sign").click()
        assert window.focusWidget().objectName() == field
    # A session past midnight is one note: its end is of the next day, and the form says so.
    assert editor.findChild(QLabel, "session-note.next-day").isHidden()
    editor.next_on.set_value(None)
    editor.day.set_value(dt.date(2026, 3, 8))
    editor.started.set_value(dt.time(23, 30))
    editor.ended.line.setText("00:20")
    editor.ended.line.textEdited.emit("00:20")
    assert find("session-note.next-day").text() == "Ended on the next day, 09 Mar 2026, after 50 minutes."
    find("session-note.sign").click()
    assert "23:30 to 00:20 on the next day" in find("session-note.part-2").text()
    assert len(window.workspace.session.session_notes.of_client(window.workspace.client_id)) == 2


def test_what_was_typed_is_saved_within_two_seconds_and_at_another_client(window, qtbot):
    assert DELAY_MS < 2000
    find("session-note.new").click()
    client_id = window.workspace.client_id
    Keyboard().type("8 Oak Road")
    other = window.workspace.session.clients.by_code("Z-99").id

    window.workspace.clients_presenter.open(other)

    ((_, form),) = window.workspace.session.session_notes.waiting(client_id)
    assert form.whereabout.location == "8 Oak Road"
    window.workspace.open_record(Noun.SESSION_NOTE, "", other)
    assert find("session-note.none").isVisible()


def test_a_change_elsewhere_in_the_record_leaves_the_note_that_is_being_written(window):
    find("session-note.new").click()
    Keyboard().type("8 Oak Road")
    workspace = window.workspace

    client = workspace.session.clients.get(workspace.client_id)
    workspace.session.clients.change(client.id, client.form)

    assert find("session-note.form").where["location"].value() == "8 Oak Road"


def test_the_quick_check_is_one_click_away_and_the_note_is_still_there_afterwards(window):
    sign_scores(window.workspace.session, window.workspace.client_id, {"phq-2": (1, 1)})
    find("session-note.new").click()
    Keyboard().type("8 Oak Road")
    find("session-note.quick-check").click()
    assert find("quick.thoughts.0").isVisible()

    window.workspace.open_screen("clients")

    assert find("session-note.form").where["location"].value() == "8 Oak Road"


def test_the_usual_structure_is_kept_for_the_next_note(window):
    find("session-note.new").click()
    find("session-note.form").agenda.setPlainText("Check in\n\nWork")
    find("session-note.keep-agenda").click()

    assert window.workspace.session.session_notes.agenda() == ("Check in", "Work")


def test_a_signed_note_is_copied_as_text_with_the_code_alone(window):
    workspace = window.workspace
    (summary,) = workspace.session.session_notes.of_client(workspace.client_id)
    workspace.open_record(Noun.SESSION_NOTE, summary.id, workspace.client_id)

    find("session-note.copy").click()

    text = QApplication.clipboard().text()
    assert "Session note, Client M-07" in text
    assert "Where the client was: 8 Oak Road" in text
    assert "Maren" not in text
    entry = audit.of_record(workspace.session.vault.database, summary.id)[-1]
    assert (entry.action, entry.detail) == (AuditAction.EXPORTED, "copied as text")


def test_a_note_that_was_entered_in_error_says_so_and_stays_readable(window):
    workspace = window.workspace
    (summary,) = workspace.session.session_notes.of_client(workspace.client_id)
    workspace.open_record(Noun.SESSION_NOTE, summary.id, workspace.client_id)
    find("session-note.void").click()
    find("void.reason").setPlainText("Another client's")
    find("void.sign").click()

    assert find("session-note.in-error").isVisible()
    find("session-note.signed.back").click()
    rows = [(row.title, row.state) for row in find("session-note.table").rows()]
    assert rows == [("Telehealth session, 50 minutes", "Entered in error")]


def test_the_crisis_panel_says_where_the_client_is_in_the_session_under_way(window):
    find("session-note.new").click()
    Keyboard().type("4 Elm Street, kitchen")

    window.open_crisis()

    said = [label.text() for label in window.crisis.findChildren(QLabel) if label.isVisible()]
    assert any("4 Elm Street, kitchen" in words for words in said)
    assert not any(WHERE.location in words for words in said)
    window.crisis.close()


def test_psychotherapy_notes_stand_behind_a_sentence_and_have_no_way_out(window, qtbot):
    find("private-note.open").click()
    assert "they leave in no export" in find("private-note.about").text()
    find("private-note.show").click()
    find("private-note.new").click()
    Keyboard().type("I felt tired beside her")
    find("private-note.sign").click()

    assert find("private-note.part-2").text() == "I felt tired beside her"
    for name in ("private-note.copy", "private-note.report", "private-note.print"):
        with pytest.raises(AssertionError):
            find(name)
    find("private-note.signed.back").click()
    find("private-note.to-sessions").click()
    assert find("session-note.table").isVisible()


def test_of_another_client_the_session_notes_come_first(window):
    workspace = window.workspace
    find("private-note.open").click()
    find("private-note.show").click()
    other = workspace.session.clients.by_code("Z-99").id

    workspace.open_record(Noun.SESSION_NOTE, "", other)

    assert find("session-note.none").isVisible()


def test_a_draft_is_thrown_away_only_when_asked_twice(window):
    find("session-note.new").click()
    find("session-note.discard").click()
    dialog = next(one for one in window.findChildren(QDialog) if one.objectName() == "session-note.ask-discard")
    dialog.no.click()
    assert len(drafts(window)) == 1

    find("session-note.discard").click()
    find("session-note.ask-discard.yes").click()
    assert not drafts(window)
    assert find("session-note.table").isVisible()
