"""Practice: emergency contacts with their checks, the crisis protocol, the wall card."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from support.vaults import PASSPHRASE, START, fresh_vault
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.domain.due import DueKind
from safeplan_desktop.domain.reference_lists import LineKind
from safeplan_desktop.services import reference
from safeplan_desktop.services.practice import contacts_of_country
from safeplan_desktop.ui.practice.contacts import ContactsPage

TODAY = dt.date(2026, 3, 2)


@pytest.fixture
def window(qtbot, tmp_path):
    with open_window(qtbot, fresh_vault(tmp_path / "vault")) as window:
        unlock(qtbot, window, PASSPHRASE)
        QApplication.processEvents()
        window.workspace.open_screen("practice")
        yield window


@pytest.fixture
def practice(window):
    return window.workspace.session.practice


def _open(part: str) -> None:
    rows = find("practice.parts")
    names = [rows.item(row).data(Qt.ItemDataRole.UserRole) for row in range(rows.count())]
    rows.setCurrentRow(names.index(part))
    QApplication.processEvents()


def _type(name: str, text: str) -> None:
    field = find(name)
    field.selectAll()
    QTest.keyClicks(field, text)


# Numbers


def test_one_number_and_all_numbers_are_checked_with_the_day_and_the_name(practice):
    _open("contacts")
    assert find("practice.contact-3.warning").text() == "Number never checked."
    find("practice.contact-3.checked").click()
    assert find("practice.contact-3.checked_by").value() == "Dr. Alma Reyes"
    find("practice.save-contacts").click()
    first, _, third = practice.contacts()
    assert (third.checked_on, third.checked_by) == (TODAY, "Dr. Alma Reyes")
    assert first.checked_by == ""
    find("practice.check-all").click()
    find("practice.save-contacts").click()
    assert {contact.checked_by for contact in practice.contacts()} == {"Dr. Alma Reyes"}
    assert practice.numbers_never_checked() == ()


def test_a_changed_number_has_not_been_checked(practice):
    _open("contacts")
    _type("practice.contact-1.number", "112")
    assert find("practice.contact-1.warning").text() == "Number never checked."
    find("practice.save-contacts").click()
    assert (practice.contacts()[0].number, practice.contacts()[0].checked_on) == ("112", None)


def test_the_rows_of_the_country_come_in_unchecked_and_only_once(practice):
    _open("contacts")
    find("practice.take-country").click()
    find("practice.save-contacts").click()
    contacts = practice.contacts()
    # 911 and 988 stood there already; of the list, the text line is new.
    assert [contact.number for contact in contacts] == ["911", "988", "+1 303 555 0155", "741741"]
    assert contacts[-1].checked_on is None
    find("practice.take-country").click()
    assert "stand here already" in find("practice.contacts.banner").text


def test_a_contact_without_a_number_is_named_beside_its_field(practice):
    _open("contacts")
    find("practice.add-contact").click()
    QTest.keyClicks(QApplication.focusWidget() or find("practice.contact-4.name"), "Dr. Lee")
    find("practice.save-contacts").click()
    assert find("practice.contact-4.number.error").isVisible()
    assert len(practice.contacts()) == 3


def test_the_wall_card_is_shown_for_printing(qtbot, practice):
    _open("contacts")
    find("practice.wall-card").click()
    qtbot.waitUntil(lambda: any(w.objectName() == "preview" for w in QApplication.topLevelWidgets()), timeout=10_000)


# Protocol


def test_steps_are_changed_moved_added_and_removed_by_keyboard(practice):
    _open("protocol")
    _type("practice.protocol.office-1.text", "Press the bell")
    down = find("practice.protocol.office-1.down")
    down.setFocus()
    QTest.keyClick(down, Qt.Key.Key_Return)
    QTest.keyClick(find("practice.protocol.office-3.remove"), Qt.Key.Key_Space)
    QTest.keyClick(find("practice.protocol.office.add"), Qt.Key.Key_Return)
    QTest.keyClicks(find("practice.protocol.office-11.text"), "Call the night desk")
    QTest.keyClick(find("practice.protocol.office-11.call"), Qt.Key.Key_Space)
    find("practice.protocol.save").click()
    ours, stored = reference.protocol(), practice.protocol()
    assert [step.text for step in stored.office[:3]] == [ours.office[1].text, "Press the bell", ours.office[3].text]
    assert (stored.office[-1].text, stored.office[-1].call) == ("Call the night desk", True)
    assert stored.office[0].short == ours.office[1].short
    assert stored.office[1].short == ""  # the short form belonged to other words
    assert stored.telehealth == ours.telehealth


def test_a_step_without_words_is_said_above_and_nothing_is_saved(practice):
    _open("protocol")
    find("practice.protocol.telehealth.add").click()
    find("practice.protocol.save").click()
    assert "no words yet" in find("practice.protocol.banner").text
    assert practice.protocol() == reference.protocol()


def test_our_steps_come_back_after_a_question(practice):
    _open("protocol")
    _type("practice.protocol.office-1.text", "Press the bell")
    find("practice.protocol.save").click()
    find("practice.protocol.reset").click()
    find("practice.protocol.ask-reset.no").click()
    assert practice.protocol().office[0].text == "Press the bell"
    find("practice.protocol.reset").click()
    find("practice.protocol.ask-reset.yes").click()
    assert practice.protocol() == reference.protocol()
    assert find("practice.protocol.office-1.text").value() == reference.protocol().office[0].text


# What isn't saved yet


def _typed_and_not_saved(window):
    return [row.sentence for row in window.workspace.session.due.rows() if row.kind is DueKind.DRAFT_PRACTICE]


def test_what_is_typed_and_not_saved_survives_the_lock_and_stands_on_today(window, qtbot):
    every = ("profile", "contacts", "protocol", "checklists", "room", "retention", "settings")
    for part in every:  # opening one keeps nothing
        _open(part)
    window.workspace.flush()
    assert _typed_and_not_saved(window) == []
    _open("profile")
    _type("practice.practice_name", "Two Rivers")
    _open("contacts")
    find("practice.contact-1.remove").click()
    _open("protocol")
    _type("practice.protocol.office-1.text", "Press the bell")
    _open("checklists")
    QTest.keyClicks(find("practice.checklist.duty-to-warn"), "Colorado: warn.")
    _open("room")
    for field, words in (("alone.expects", "Jonas"), ("alone.due.time", "19"), ("rehearsal.note", "The back door")):
        QTest.keyClicks(find(f"practice.room.{field}"), words)
    QTest.keyClick(find("practice.room.item-2.0"), Qt.Key.Key_1)
    QTest.keyClicks(find("practice.room.check.note"), "The lamp")
    _open("retention")
    QTest.keyClicks(find("retention.after_ending"), "ten")
    QTest.keyClicks(find("retention.source"), "The board's letter")
    _open("settings")
    QTest.keyClick(find("practice.idle_minutes"), Qt.Key.Key_Down)
    QTest.keyClicks(find("practice-pass.present.line"), "moss lantern")
    _open("set-up")  # where any change fills the other parts anew
    window.changes.tell(Change(Noun.BACKUP))
    window.lock()

    unlock(qtbot, window, PASSPHRASE)
    practice = window.workspace.session.practice
    assert len(_typed_and_not_saved(window)) == len(every)
    assert not [one for one in window.workspace.session.drafts.every() if "moss" in one.form_json]
    assert practice.profile().practice_name == "Juniper Street"  # nothing was saved by that
    window.workspace.open_practice("profile")
    assert find("practice.practice_name").value() == "Two Rivers"
    assert "isn't saved yet" in find("practice.profile.banner").text
    find("practice.save-profile").click()
    assert practice.profile().practice_name == "Two Rivers"
    assert not window.findChild(QWidget, "practice.profile.banner").isVisible()
    _open("contacts")
    assert find("practice.contact-1.name").value() == "Lifeline"
    _open("checklists")
    assert find("practice.checklist.duty-to-warn").value() == "Colorado: warn."
    find("practice.checklists.save").click()
    _open("protocol")
    assert find("practice.protocol.office-1.text").value() == "Press the bell"
    find("practice.protocol.banner.action").click()  # back to what is saved
    assert find("practice.protocol.office-1.text").value() == reference.protocol().office[0].text
    _open("room")
    assert "isn't noted yet" in find("practice.room.banner").text
    assert (find("practice.room.alone.expects").value(), find("practice.room.alone.due.time").text()) == ("Jonas", "19")
    assert find("practice.room.item-2.1").isChecked()
    assert find("practice.room.check.note").value() == "The lamp"
    find("practice.room.check.note-it").click()
    find("practice.room.rehearsal.note-it").click()
    _note_the_call()
    _open("retention")
    assert find("retention.source").value() == "The board's letter"
    find("retention.save").click()
    assert "Please type a number" in find("retention.after_ending.error").text()
    find("retention.after_ending").setText("10")
    find("retention.save").click()
    assert window.workspace.session.retention.rule().after_ending == 10
    _open("settings")
    assert find("practice.idle_minutes").value() == 10
    assert find("practice-pass.present").value() == ""
    find("practice.save-settings").click()
    assert practice.settings().idle_minutes == 10
    window.workspace.flush()
    assert _typed_and_not_saved(window) == ["Emergency contacts: typed and not saved yet"]


def _note_the_call() -> None:
    """Who expects it stands there for the next time, which isn't something that waits."""
    find("practice.room.alone.due").set_value(START + dt.timedelta(hours=1))
    QTest.keyClicks(find("practice.room.alone.if_not"), "Calls the building")
    find("practice.room.alone.note").click()
    assert find("practice.room.alone.expects").value() == "Jonas"


# Checklists


def test_the_note_for_a_checklist_is_edited_in_the_practice_too(practice):
    practice.save_checklist_note("duty-to-warn", "Colorado: warn and notify.")
    _open("checklists")
    note = find("practice.checklist.duty-to-warn")
    assert note.value() == "Colorado: warn and notify."
    note.setFocus()
    QTest.keyClick(note, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(note, " Call the county.")
    find("practice.checklists.save").click()
    assert practice.checklist_note("duty-to-warn") == "Colorado: warn and notify. Call the county."


def test_saving_the_settings_takes_back_nothing_that_was_changed_elsewhere_meanwhile(practice):
    _open("settings")
    practice.save_checklist_note("duty-to-warn", "Colorado: warn and notify.")
    find("practice.save-settings").click()
    assert practice.checklist_note("duty-to-warn") == "Colorado: warn and notify."


def test_a_line_for_some_people_only_says_so_in_its_row_until_it_has_another_number(practice):
    practice.save_contacts(contacts_of_country("US"))
    _open("contacts")
    row = find("practice.parts.page").findChild(ContactsPage).rows[2]
    assert (row.value().name, row.value().line) == ("Veterans Crisis Line", LineKind.VETERANS)
    assert "For veterans." in [label.text() for label in row.findChildren(QLabel)]
    find("practice.save-contacts").click()
    assert practice.contacts()[2].line is LineKind.VETERANS
    _type("practice.contact-3.number", "303 555 0100")
    assert row.value().line is LineKind.CRISIS
