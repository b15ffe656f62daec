"""Practice > Safety policy, and Room and lone working, in a real window."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from support.keyboard import Keyboard
from support.policies import adopt
from support.vaults import PASSPHRASE, HeldClock, fresh_vault
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.due import DueKind, DueRow
from safeplan_desktop.domain.policy import AdoptedPolicy, Practised
from safeplan_desktop.domain.practice_checks import CheckKind, PracticeCheck

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def window(qtbot, tmp_path, clock):
    with open_window(qtbot, fresh_vault(tmp_path / "vault"), clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


@pytest.fixture
def session(window):
    return window.workspace.session


@pytest.fixture
def keys():
    return Keyboard()


def open_part(window, part="policy"):
    window.workspace.open_practice(part)
    QApplication.processEvents()


def visible(name):
    QApplication.processEvents()
    return any(one.isVisible() for top in QApplication.topLevelWidgets() for one in top.findChildren(QLabel, name))


def decide_all(keys, *, first="0"):
    """Answers every open clause from the keyboard."""
    keys.tab_to("practice.policy.one-by-one")
    keys.enter()
    for number in range(200):
        if find("practice.policy.count").text() == "Every clause is decided.":
            return number
        keys.type(first if not number else "0")
    raise AssertionError("the clauses never end")


def adopt_by_keys(keys):
    keys.tab_to("practice.policy.adopt")
    keys.enter()
    keys.tab_to("policy-adopt.sign")
    keys.enter()


def test_from_nothing_to_a_new_version_with_the_new_number_by_keyboard_alone(window, session, keys):
    open_part(window)
    find("practice.parts").setFocus()
    keys.tab_to("practice.policy.write")
    keys.enter()
    assert decide_all(keys, first="1") == 74
    find_section = find("practice.policy.section")
    while find_section.value() != "self-care":
        keys.tab_to("practice.policy.before")
        keys.enter()
    keys.tab_to("practice.policy.text.text")
    keys.press(Qt.Key.Key_End, modifiers=CTRL)
    keys.press(Qt.Key.Key_B, modifiers=CTRL)
    keys.type(" We rest.")
    adopt_by_keys(keys)

    record = session.policy.newest()
    adopted = record.form_as(AdoptedPolicy)
    assert (record.number, adopted.change, adopted.undecided) == (1, "First version.", 0)
    assert adopted.sections[0].clauses[0].practised is Practised.NOT_HERE
    assert adopted.form.section("self-care").text.endswith("**We rest.**")
    assert "Version 1, adopted on 02 Mar 2026. Next review: 02 Mar 2027." in find("practice.policy.in-force").text()
    assert not visible("practice.policy.outdated")

    contacts = session.practice.contacts()
    session.practice.save_contacts((contacts[0], replace(contacts[1], number="989"), *contacts[2:]))

    assert "Emergency contacts (Crisis line, Lifeline): 988 became 989" in find("practice.policy.outdated").text()
    assert any("988 became 989" in row.sentence for row in session.due.rows() if row.kind is DueKind.POLICY)
    keys.tab_to("practice.policy.write")
    keys.enter()
    adopt_by_keys(keys)

    second = session.policy.newest()
    assert second.number == 2
    assert "989" in session.policy_documents.version(second).words
    assert "988 became 989" in session.policy.log()[-1].change
    assert not visible("practice.policy.outdated")


def test_what_was_typed_survives_a_lock_and_goes_on_where_it_was_left(qtbot, window, session):
    open_part(window)
    find("practice.policy.write").click()
    editor = window.workspace.screen_of("practice").parts.built["policy"].editor
    editor.show_section("peer-support")
    QTest.keyClicks(find("practice.policy.text.text"), "On Fridays.")
    window.lock()
    unlock(qtbot, window, PASSPHRASE)

    assert [row.sentence for row in window.workspace.session.due.rows() if row.kind is DueKind.DRAFT_POLICY]
    open_part(window)
    assert find("practice.policy.write").text() == "Go on with the draft"
    find("practice.policy.write").click()
    assert find("practice.policy.section").value() == "peer-support"
    assert find("practice.policy.text.text").toPlainText() == "On Fridays."


def test_today_leads_to_the_policy_and_to_the_room(window, session, clock):
    session.policy.add_person("Imke", "")
    adopt(session)
    rows = {row.kind: row for row in session.due.rows()}
    today = window.workspace.screen_of("today")
    today._presenter.open(rows[DueKind.POLICY])
    assert window.workspace.screen_of("practice").parts.current == "policy"
    assert find("practice.policy.unread").text() == "Version 1 not read yet: Imke."


def test_adopting_with_open_clauses_says_how_many_and_leads_back_to_them(window, session):
    open_part(window)
    find("practice.policy.write").click()
    find("practice.policy.adopt").click()
    QTest.mouseClick(find("policy-adopt.sign"), Qt.MouseButton.LeftButton)
    assert "74 clauses aren't decided yet" in find("policy-adopt.undecided.error").text()
    find("policy-adopt.one-by-one").click()
    QApplication.processEvents()
    assert QApplication.focusWidget().objectName() == "practice.policy.clause-1.answer.0"
    assert session.policy.newest() is None


def test_own_clauses_and_sections_undo_and_our_text_again(window, session):
    open_part(window)
    find("practice.policy.write").click()
    editor = window.workspace.screen_of("practice").parts.built["policy"].editor

    def form():
        return editor._editing.form

    find("practice.policy.add-clause").click()
    QTest.keyClicks(QApplication.focusWidget(), "We ring twice.")
    assert form().section("purpose").clauses[-1].text == "We ring twice."
    QTest.keyClicks(find("practice.policy.text.text"), "Mine: ")
    find("practice.policy.ours").click()
    assert form().section("purpose").text.strip().startswith("This is the safety policy")
    assert form().section("purpose").clauses[-1].text == "We ring twice."
    find("practice.policy.undo").click()
    assert find("practice.policy.text.text").toPlainText().startswith("Mine: ")

    find("practice.policy.add-section").click()
    QTest.mouseClick(find("policy-section.add"), Qt.MouseButton.LeftButton)
    assert find("policy-section.title.error").text() == "Please type a title."
    QTest.keyClicks(find("policy-section.title"), "Pets")
    find("policy-section.add").click()
    own = find("practice.policy.section").value()
    assert (form().section(own).title, form().section(own).own) == ("Pets", True)
    find("practice.policy.remove-section").click()
    assert all(section.id != own for section in form().sections)


def test_a_draft_can_be_thrown_away(window, session):
    open_part(window)
    find("practice.policy.write").click()
    find("practice.policy.discard").click()
    find("policy-discard.yes").click()
    assert session.policy.unfinished() is None
    assert find("practice.policy.write").text() == "Begin the policy"


def test_people_are_added_read_and_taken_out_with_a_way_back(window, session):
    adopt(session)
    open_part(window)
    find("practice.policy.add-person").click()
    find("policy-person.save").click()
    assert find("policy-person.name.error").text() == "Please type the name."
    QTest.keyClicks(find("policy-person.name"), "Jonas Vale")
    find("policy-person.save").click()
    assert "not read yet: Jonas Vale" in find("practice.policy.unread").text()
    find("practice.policy.read").click()
    find("policy-reading.save").click()
    assert find("practice.policy.unread").text() == "Everybody has read version 1."
    find("practice.policy.remove").click()
    assert session.policy.people() == ()
    find("toast.undo").click()
    assert session.policy.people()[0].person.read_on(1) == dt.date(2026, 3, 2)


def test_any_two_versions_are_compared_on_the_screen(window, session):
    adopt(session)
    adopt(session, "plan.who", change="Nobody is asked.")
    open_part(window)
    find("practice.policy.compare").click()
    assert "Removed, The client's own safety plan: Every client" in find("policy-comparison.line").text()
    older = find("policy-comparison.older")
    older.set_value(find("policy-comparison.newer").value())
    older.changed.emit()
    assert find("policy-comparison.same").text() == "The two versions say the same."


def test_a_version_entered_in_error_says_so_in_the_list(window, session):
    adopt(session)
    open_part(window)
    find("practice.policy.void").click()
    QTest.keyClicks(find("void.reason"), "Wrong day")
    find("void.sign").click()
    assert "There is no policy yet" in find("practice.policy.in-force").text()
    model = find("practice.policy.versions").model()
    assert model.data(model.index(0, 2)) == "Entered in error"


def test_what_is_added_to_a_version_stands_beside_it(window, session):
    record = adopt(session)
    open_part(window)
    find("practice.policy.add-to").click()
    find("addendum.text").set_value("Read 1.1.1 again.")
    QTest.keyClicks(find("addendum.reason"), "Typo")
    find("addendum.sign").click()
    assert session.addenda.of_record(record.id)[0].text == "Read 1.1.1 again."
    model = find("practice.policy.versions").model()
    assert model.data(model.index(0, 2)) == "In force, 1 added"


def test_find_leads_to_the_policy(window, session):
    adopt(session)
    (found,) = session.find.find("rehearse steps", show_names=True)
    window.workspace.open_record(found.noun, found.record_id, found.client_id)
    assert window.workspace.screen_of("practice").parts.current == "policy"


# Room and lone working


def _calls_on(table):
    return [row for row in table.rows() if isinstance(row, DueRow) and row.kind is DueKind.LONE_WORKING]


def test_an_expected_call_goes_overdue_on_today_while_nobody_touches_anything(window, session, clock):
    due = clock.now() + dt.timedelta(minutes=30)
    alone = PracticeCheck(CheckKind.LONE_WORKING, expects="Jonas", due=due, if_not="Calls back")
    session.practice_checks.note(alone)
    window.workspace.open_screen("today")
    table = find("today.table")
    chosen = table.current()
    window.workspace.screen_of("today").minute.timeout.emit()
    assert not _calls_on(table)

    clock.forward(minutes=30)
    window.workspace.screen_of("today").minute.timeout.emit()

    assert [row.overdue for row in _calls_on(table)] == [True]
    assert table.current() == chosen


def test_a_call_is_noted_goes_overdue_and_is_ticked_off(window, session, clock):
    open_part(window, "room")
    find("practice.room.alone.note").click()
    assert find("practice.room.alone.expects.error").text() == "Please say who expects the call."
    QTest.keyClicks(find("practice.room.alone.expects"), "Jonas")
    QTest.keyClicks(find("practice.room.alone.due.day.line"), "2026-03-02")
    QTest.keyClicks(find("practice.room.alone.due.time"), "19:00")
    QTest.keyClicks(find("practice.room.alone.if_not"), "Calls the building")
    find("practice.room.alone.note").click()
    assert find("practice.room.awaited-1").text() == (
        "Jonas expects your call at 19:00 on 02 Mar 2026. Else: Calls the building"
    )

    clock.forward(hours=11)
    open_part(window, "contacts")
    open_part(window, "room")
    assert find("practice.room.awaited-1").text().startswith("Overdue: ")
    find("practice.room.called-1").click()
    assert session.practice_checks.awaited() == ()
    assert not visible("practice.room.awaited-1")


def test_a_room_check_by_the_own_list(window, session):
    open_part(window, "room")
    find("practice.room.list").click()
    find("room-list.items").set_value("Door free\nWindow shut")
    find("room-list.save").click()
    QTest.keyClicks(find("practice.room.item-1.0"), "0")
    QTest.keyClicks(find("practice.room.item-2.0"), "1")
    find("practice.room.check.note-it").click()
    (noted,) = session.practice_checks.every(CheckKind.ROOM)
    assert noted.check.to_put_right == ("Window shut",)
    model = find("practice.room.table").model()
    assert model.data(model.index(0, 2)) == "To put right: Window shut"
    find("practice.room.remove").click()
    find("practice.room.ask-remove.yes").click()
    assert session.practice_checks.every() == ()


def test_a_rehearsal_needs_words(window, session):
    open_part(window, "room")
    find("practice.room.rehearsal.note-it").click()
    assert find("practice.room.rehearsal.note.error").text() == "Please say what was rehearsed."
    QTest.keyClicks(find("practice.room.rehearsal.note"), "The way out")
    find("practice.room.rehearsal.note-it").click()
    assert session.practice_checks.every()[0].check.note == "The way out"
