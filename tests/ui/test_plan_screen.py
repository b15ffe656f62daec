"""The safety plan in the real window: editor, session view, guided close, copies."""

import statistics
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget
from support.vaults import PASSPHRASE, HeldClock, finish_two_versions
from support.windows import begin_plan, find, open_at_plan, plan_editor, unlock

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.clients import ClientContact, ContactSafety
from safeplan_desktop.domain.plan_copies import CopyEnd
from safeplan_desktop.domain.plans import (
    LONGEST_ITEM,
    HolderKind,
    PlanFormat,
    PlanItem,
    PlanSection,
    Recipient,
    SectionKey,
)
from safeplan_desktop.ui.plan.recipients import NOBODY_YET, somebody
from safeplan_desktop.ui.plan.states import usual_recipients
from safeplan_desktop.ui.screen_tabs import TABS

COPING, HELPERS = SectionKey.COPING, SectionKey.HELPERS
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
OTHERS = ("Zora Quinn", "Z-99", "Quinn")


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def window(qtbot, tmp_path, clock):
    ana = ClientContact("a", "Ana Holt", "sister", "+1 303 555 0151", safety=ContactSafety(call=Answer.YES))
    tom = ClientContact("t", "Tom Brandt", "former partner", safety=ContactSafety(never_contact=True))
    with open_at_plan(qtbot, tmp_path / "vault", clock, ana, tom) as window:
        yield window


@pytest.fixture
def editor(qtbot, window):
    begin_plan(window)
    return plan_editor(qtbot, window)


def presenter(window):
    return window.workspace.plan_presenter


def texts(window, key=COPING):
    return [item.text for item in presenter(window).editing.form.section(key).items]


def press(widget, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifiers)


def undo(widget):
    QTest.keySequence(widget, QKeySequence(QKeySequence.StandardKey.Undo))


def type_entries(window, key, *lines):
    for number, line in enumerate(lines, start=1):
        entry = find(f"plan.{key.value}.{number}.text")
        QTest.keyClicks(entry, line)
        if number < len(lines):
            press(entry, Qt.Key.Key_Return)


# Editor


def test_undo_and_redo_go_across_the_whole_plan_whatever_field_has_the_cursor(window, editor):
    type_entries(window, COPING, "Walk", "Swim")
    helper = find("plan.helpers.1.text")
    QTest.keyClicks(helper, "Ana")
    helper.setFocus()
    undo(helper)
    assert texts(window, HELPERS) == [""]
    undo(find("plan.helpers.1.phone"))
    assert texts(window) == ["Walk", ""]
    assert find("plan.coping.1.text").value() == "Walk"
    find("plan.redo").click()
    find("plan.redo").click()
    assert texts(window) == ["Walk", "Swim"]
    assert texts(window, HELPERS) == ["Ana"]


def test_an_entry_is_moved_by_keyboard_and_the_cursor_goes_with_it(window, editor):
    type_entries(window, COPING, "Walk", "Swim", "Sing")
    press(find("plan.coping.3.text"), Qt.Key.Key_Up, ALT)
    press(find("plan.coping.2.text"), Qt.Key.Key_Up, ALT)
    assert texts(window) == ["Sing", "Walk", "Swim"]
    assert find("plan.coping.1.text").hasFocus()
    press(find("plan.coping.1.text"), Qt.Key.Key_Up, ALT)
    assert texts(window) == ["Sing", "Walk", "Swim"]


def test_an_entry_is_dragged_by_its_number_in_one_step_of_undo(window, editor):
    type_entries(window, COPING, "Walk", "Swim", "Sing")
    rows = editor.cards[COPING].rows
    handle = rows[2]._number
    QTest.mousePress(handle, Qt.MouseButton.LeftButton)
    for row in (rows[1], rows[0]):
        editor.cards[COPING].drag(rows[2], row.mapToGlobal(QPoint(5, row.height() // 2)))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)
    assert texts(window) == ["Sing", "Walk", "Swim"]
    find("plan.undo").click()
    assert texts(window) == ["Walk", "Swim", "Sing"]


def test_a_long_entry_grows_and_shows_every_line(window, editor):
    entry = find("plan.coping.1.text")
    small = entry.height()
    entry.insertPlainText("I walk the long way round the reservoir. " * 12)
    QApplication.processEvents()
    assert entry.height() > 2 * small
    assert entry.verticalScrollBar().maximum() == 0


def test_backspace_in_a_blank_entry_takes_it_away_and_goes_back_to_the_one_before(window, editor):
    type_entries(window, COPING, "Walk", "Swim")
    press(find("plan.coping.2.text"), Qt.Key.Key_Return)
    press(find("plan.coping.3.text"), Qt.Key.Key_Backspace)
    assert texts(window) == ["Walk", "Swim"]
    assert find("plan.coping.2.text").hasFocus()


def test_an_idea_enters_the_plan_only_when_it_is_chosen(window, editor):
    find("plan.coping.ideas").click()
    assert texts(window) == [""]
    assert "?" in find("plan.coping.questions").text()
    idea = find("plan.coping.idea-1")
    words = idea.text()
    idea.click()
    assert texts(window) == [words]
    find("plan.undo").click()
    assert texts(window) == [""]


def test_a_contact_is_picked_with_number_and_what_is_safe_but_never_one_who_must_not_be_contacted(window, editor):
    offers = {offer.item.text: offer for offer in presenter(window).people()}
    assert offers["Tom Brandt"].never
    editor.cards[HELPERS].pick(offers["Ana Holt"])
    (helper,) = presenter(window).editing.form.section(HELPERS).items
    assert (helper.text, helper.relation, helper.phone, helper.call) == (
        "Ana Holt",
        "sister",
        "+1 303-555-0151",
        Answer.YES,
    )
    assert find("plan.helpers.1.phone").value() == "+1 303-555-0151"
    find("plan.helpers.contacts").click()
    menu = QApplication.activePopupWidget()
    said = {action.text(): action.isEnabled() for action in menu.actions()}
    menu.close()
    assert [on for words, on in said.items() if "never contact" in words] == [False]


def test_the_practices_services_are_offered_for_professionals_and_consultants_are_not(window, editor):
    words = [offer.words for offer in presenter(window)._offers(SectionKey.PROFESSIONALS)]
    assert any("Dr. Alma Reyes" in word for word in words)
    assert any("Lifeline, 988" in word for word in words)
    assert not any("Okafor" in word for word in words)


def test_a_number_is_written_as_usual_and_a_doubtful_one_is_kept_with_a_sentence(window, editor):
    phone = find("plan.helpers.1.phone")
    phone.setFocus()
    QTest.keyClicks(phone, "3035550117")
    find("plan.helpers.1.when_to_call").setFocus()
    assert phone.value() == "(303) 555-0117"
    phone.setFocus()
    phone.selectAll()
    QTest.keyClicks(phone, "303 555 01")
    find("plan.helpers.1.when_to_call").setFocus()
    assert phone.value() == "303 555 01"
    assert "check it with the client" in editor.cards[HELPERS].rows[0]._doubt.text()


def test_a_step_for_the_surroundings_is_ticked_with_the_day(window, editor, clock):
    QTest.keyClicks(find("plan.surroundings.1.text"), "Ana keeps the medicines")
    find("plan.surroundings.1.checked").click()
    item = presenter(window).editing.form.section(SectionKey.SURROUNDINGS).items[0]
    assert item.checked_on == clock.now().date()
    assert "02 Mar 2026" in find("plan.surroundings.1.checked").text()


def test_a_low_likelihood_asks_what_could_get_in_the_way(window, editor):
    row = editor.cards[COPING].rows[0]
    row.ask_likelihood()
    likely = find("plan.coping.1.likelihood")
    likely.set_value(4)
    likely.changed.emit()
    assert "get in the way" in find("plan.coping.1.obstacle").placeholderText()
    QTest.keyClicks(find("plan.coping.1.obstacle"), "rain")
    item = presenter(window).editing.form.section(COPING).items[0]
    assert (item.likelihood, item.obstacle) == (4, "rain")


def test_the_cues_stand_beside_their_sections_and_go_at_once(window, editor):
    cue = find("plan.helpers.cue")
    assert "phone number" in cue.text()
    QTest.keyClicks(find("plan.helpers.1.phone"), "988")
    assert not cue.isVisible()
    assert find("plan.surroundings.cue").isVisible()
    find("plan.surroundings.not-for-me").click()
    assert not editor.cards[SectionKey.SURROUNDINGS]._cue.isVisible()


def test_from_blank_a_section_of_the_last_version_can_be_brought_back(qtbot, window):
    session, client_id = window.workspace.session, window.workspace.client_id
    finish_two_versions(session, client_id)
    find("plan.new-blank").click()
    plan_editor(qtbot, window)
    assert texts(window) == [""]
    assert not window.workspace.screen_of("plan")._editor.cards[HELPERS]._earlier_button.isVisible()
    find("plan.coping.earlier").click()
    assert texts(window) == ["Swim in the lake", "Sing"]


def test_a_key_in_a_plan_of_a_hundred_entries_takes_less_than_16_ms(qtbot, window):
    session = window.workspace.session
    draft, form = session.plans.begin(window.workspace.client_id)
    for key in SectionKey:
        items = tuple(PlanItem(f"{key.value}{n}", f"entry {n} of this section", phone="988") for n in range(15))
        form = form.with_section(PlanSection(key, items))
    session.plans.autosave(draft, form, "")
    presenter(window).show_client(window.workspace.client_id)
    plan_editor(qtbot, window)
    assert sum(len(section.items) for section in presenter(window).editing.form.sections) == 105
    entry = find("plan.coping.8.text")
    entry.setFocus()
    taken = []
    for letter in "the words of a client, as they come" * 3:
        began = time.thread_time()
        QTest.keyClicks(entry, letter)
        QApplication.processEvents()
        taken.append((time.thread_time() - began) * 1000)
    assert statistics.median(taken) < 16, taken
    assert "the words of a client" in texts(window)[7]


# Session view


def _said_on_screen():
    words = []
    QApplication.processEvents()
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        words.append(top.windowTitle())
        for widget in top.findChildren(QWidget):
            if widget.isVisible():
                words += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip()]
                if isinstance(widget, QLabel | QLineEdit):
                    words.append(widget.text())
                elif isinstance(widget, QPlainTextEdit):
                    words.append(widget.toPlainText())
                elif isinstance(widget, QAbstractButton):
                    words.append(widget.text())
    return "\n".join(words)


def test_the_session_view_shows_this_clients_plan_alone(window, editor):
    type_entries(window, COPING, "Walk to the river", "Swim")
    for toast in (window.workspace.toast, window._toast):
        toast.say("Version 3 of Zora Quinn")
    press(window, Qt.Key.Key_F11)
    said = _said_on_screen()
    assert "Walk to the river" in said
    assert not [word for word in (*OTHERS, "M-07", "Today", "warning sign yet") if word in said]
    assert not window.menuBar().isVisible()
    assert window.windowTitle() == "SafePlan"


def test_one_key_goes_on_one_goes_back_and_escape_comes_back_to_the_plan(window, editor):
    type_entries(window, COPING, "Walk to the river")
    QTest.keyClicks(find("plan.reasons.1.text"), "My dog")
    find("plan.reasons.1.text").setFocus()
    find("plan.session-view").click()
    view = window._session_view
    assert find("session.count").text() == "1 of 3"
    press(view, Qt.Key.Key_Space)
    assert "My dog" in _said_on_screen()
    assert "Walk to the river" not in _said_on_screen()
    press(view, Qt.Key.Key_Left)
    assert "Walk to the river" in _said_on_screen()
    press(view, Qt.Key.Key_A)
    assert "My dog" in _said_on_screen()
    press(view, Qt.Key.Key_Escape)
    assert window._session_view is None
    assert find("plan.coping.1.text").value() == "Walk to the river"
    assert find("plan.reasons.1.text").hasFocus()
    assert window.menuBar().isVisible()


def test_find_and_other_clients_are_out_of_reach_in_the_session_view(window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.session-view").click()
    press(window._session_view, Qt.Key.Key_F, CTRL)
    press(window._session_view, Qt.Key.Key_2, CTRL)
    assert QApplication.activeModalWidget() is None
    assert window._session_view is not None
    press(window._session_view, Qt.Key.Key_L, CTRL)
    assert window.workspace is None
    assert window.menuBar().isVisible()


def test_without_a_plan_the_session_view_says_so(window):
    press(window, Qt.Key.Key_F11)
    assert window._session_view is None
    assert "no safety plan yet" in find("workspace.banner.text").text()


def test_the_session_view_waits_thirty_minutes_before_it_locks(window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.session-view").click()
    assert window._lock_watch._limit == 30 * 60
    press(window._session_view, Qt.Key.Key_Escape)
    assert window._lock_watch._limit == 5 * 60


# Go through it together


def _to_step(number):
    find(f"plan.steps.step-{number}").click()


def test_the_guided_close_shows_nothing_of_others_and_the_tabs_come_back(window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    assert not window.workspace.tabs.tabBar().isVisible()
    assert not [word for word in OTHERS if word in _said_on_screen()]
    assert find("bar.crisis").isVisible()
    find("close.leave").click()
    assert window.workspace.tabs.tabBar().isVisible()
    assert find("plan.coping.1.text").value() == "Walk"


def test_find_and_other_clients_are_out_of_reach_in_the_guided_close_and_come_back(qtbot, window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    press(window, Qt.Key.Key_F, CTRL)
    press(window, Qt.Key.Key_2, CTRL)
    assert QApplication.activeModalWidget() is None
    assert find("close.read-back").isVisible()
    press(window, Qt.Key.Key_F11)
    press(window._session_view, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_F, CTRL)
    assert QApplication.activeModalWidget() is None
    window.lock()
    unlock(qtbot, window, PASSPHRASE)
    qtbot.waitUntil(lambda: window.workspace.client_id != "", timeout=5000)
    press(window, Qt.Key.Key_F, CTRL)
    assert QApplication.activeModalWidget() is None
    find("close.leave").click()
    press(window, Qt.Key.Key_F, CTRL)
    assert QApplication.activeModalWidget().objectName() == "find"


def test_every_step_can_wait_and_is_resumed_after_a_lock(qtbot, window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    _to_step(2)
    QTest.keyClicks(find("close.kept_at"), "In my wallet")
    find("close.likelihood.8").click()
    window.lock()
    unlock(qtbot, window, PASSPHRASE)
    qtbot.waitUntil(lambda: window.workspace.client_id != "", timeout=5000)
    assert find("close.kept_at").value() == "In my wallet"
    keeping = presenter(window).editing.form.keeping
    assert (keeping.place, keeping.likelihood) == ("In my wallet", 8)


def test_what_was_said_on_a_step_is_still_there_when_one_comes_back_to_it(window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    _to_step(2)
    QTest.keyClicks(find("close.kept_at"), "in my wallet")
    _to_step(3)
    find("close.add-person").click()
    QTest.keyClicks(find("close.person-1.name"), "Ana Holt")
    _to_step(2)
    assert find("close.kept_at").value() == "in my wallet"
    QTest.keyClicks(find("close.obstacles"), "night")
    _to_step(3)
    assert find("close.person-1.name").value() == "Ana Holt"
    find("close.pocket-card").click()
    form = presenter(window).editing.form
    assert form.keeping.place == "in my wallet"
    assert [one.name for one in form.recipients if one.name] == ["Ana Holt"]


def test_without_the_tick_no_number_is_printed_and_one_tick_confirms_them(qtbot, window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    _to_step(4)
    assert "Lifeline 988" in find("plan.unconfirmed").text()
    find("plan.finish").click()
    find("plan.ask-numbers.no").click()
    assert window.workspace.session.plans.newest(window.workspace.client_id) is None
    find("plan.confirm-numbers").click()
    find("plan.finish").click()
    version = window.workspace.session.plans.newest(window.workspace.client_id)
    assert [number.confirmed for number in version.form.crisis_numbers] == [True]


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_finished(window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    _to_step(4)
    find("plan.review_on.line").clear()
    find("plan.review_on").changed.emit()
    find("plan.confirm-numbers").click()
    find("plan.finish").click()
    assert "choose the day" in find("plan.review_on.error").text()
    assert window.workspace.session.plans.of_client(window.workspace.client_id) == ()


def test_a_copy_for_somebody_else_needs_a_release_before_it_is_printed(qtbot, window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    _to_step(3)
    find("close.add-person").click()
    QTest.keyClicks(find("close.person-1.name"), "Ana Holt")
    find("close.person-1.shows-reasons").click()
    _to_step(4)
    find("plan.finish").click()
    assert window.workspace.session.plans.of_client(window.workspace.client_id) == ()
    error = find("close.person-1.release_on.error")
    assert "agreed to share with Ana Holt" in error.text()
    qtbot.waitUntil(lambda: not error.visibleRegion().isEmpty())  # scrolled into sight
    find("close.person-1.agreed-today").click()
    _to_step(4)
    find("plan.finish").click()
    find("plan.ask-numbers.yes").click()
    QApplication.processEvents()
    assert QApplication.focusWidget().objectName() == "close.print-all"  # what comes next: printed before they leave
    recipients = window.workspace.session.plans.newest(window.workspace.client_id).form.recipients
    ana = next(r for r in recipients if r.name == "Ana Holt")
    assert SectionKey.REASONS in ana.sections
    assert ana.release_on == presenter(window).today()
    find("close.print-all").click()
    assert _previewed(qtbot, window) == ["Full sheet", "Support person's copy, for Ana Holt", "Therapist's copy"]


def _previewed(qtbot, window) -> list[str]:
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is not None, timeout=10_000)
    preview = window.findChild(QDialog, "preview")
    titles = sorted(part.shown.removeprefix("Safety plan: ") for part in preview.parts)
    preview.close()
    return titles


def test_without_a_release_the_copies_of_the_others_are_printed_and_the_person_is_named(qtbot, window, editor):
    type_entries(window, COPING, "Walk")
    session, client_id = window.workspace.session, window.workspace.client_id
    find("plan.together").click()
    plan = presenter(window)
    ana = Recipient("a", "Ana Holt", HolderKind.SUPPORT_PERSON, PlanFormat.SUPPORT_PERSON)
    plan.edit(recipients=(*usual_recipients(), ana), review_on=plan.suggested_review())
    # A version that an earlier program finished, when the release was asked for only before printing.
    plan.version = session.plans.finish(plan.draft, plan.editing.form, "Dr. Vale")
    plan.draft = plan.editing = None
    plan.show_overview()
    plan.print_these(plan.version.form.recipients if plan.version else session.plans.newest(client_id).form.recipients)
    assert _previewed(qtbot, window) == ["Full sheet", "Therapist's copy"]
    find("plan.copies.unreleased-1.release").click()
    find("somebody.yes").click()
    assert "agreed to share with Ana Holt" in find("somebody.release_on.error").text()
    find("somebody.agreed-today").click()
    find("somebody.yes").click()
    assert _previewed(qtbot, window) == ["Support person's copy, for Ana Holt"]
    (given,) = session.plan_copies.of_client(client_id)
    assert (given.recipient.name, given.recipient.release_on) == ("Ana Holt", plan.today())


def test_after_finishing_a_copy_can_be_given_to_somebody_who_was_not_thought_of(qtbot, versions):
    plan = presenter(versions)
    plan._view._ask_somebody(somebody(NOBODY_YET))
    QTest.keyClicks(find("somebody.name"), "Pat Lund")
    find("somebody.agreed-today").click()
    find("somebody.yes").click()
    assert _previewed(qtbot, versions) == ["Support person's copy, for Pat Lund"]
    assert any("Pat Lund" in find(f"plan.copies.out-{number}").text() for number in (1,))


def test_all_copies_are_noted_or_none_and_the_therapist_stays_on_the_step(qtbot, window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    presenter(window).edit(review_on=presenter(window).suggested_review())
    _to_step(4)
    find("plan.finish").click()
    find("plan.ask-numbers.yes").click()
    _to_step(5)
    nobody = Recipient("n", "", HolderKind.PROFESSIONAL, PlanFormat.FULL)
    presenter(window).give((*usual_recipients(), nobody))
    assert window.workspace.session.plan_copies.of_client(window.workspace.client_id) == ()
    assert find("close.copies.give-all").isVisible()
    assert "who gets this copy" in find("plan.close.banner.text").text()
    find("close.copies.give-all").click()
    assert len(window.workspace.session.plan_copies.of_client(window.workspace.client_id)) == 2
    assert find("plan.steps.step-5").text().startswith("✓")
    assert find("plan.steps.step-1").text().startswith("1")


def test_the_cursor_stays_near_when_a_list_is_shown_anew(versions):
    versions.activateWindow()
    find("plan.copies.swap-1.swapped").setFocus()
    find("plan.copies.swap-1.swapped").click()
    assert find("plan.copies.out-1").isVisible()
    assert versions.focusWidget().objectName().startswith("plan.copies.")


def test_the_tab_key_goes_from_entry_to_entry_as_they_stand_and_then_to_add(qtbot, window, editor):
    type_entries(window, COPING, "Walk", "Music")
    editor.cards[HELPERS].add_entry()
    editor.cards[HELPERS].add_entry()
    for name in ("plan.coping.ideas", "plan.coping.1.more"):
        find(name).setFocus()
    editor.cards[COPING].rows[0].ask_likelihood()
    stops = []
    find("plan.coping.1.text").setFocus()
    for _ in range(7):
        stops.append(QApplication.focusWidget().objectName())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert stops == [
        "plan.coping.1.text",
        "plan.coping.1.more",
        "plan.coping.1.likelihood",
        "plan.coping.1.obstacle",
        "plan.coping.2.text",
        "plan.coping.2.more",
        "plan.coping.add",
    ]


def test_the_crisis_panel_in_the_session_view_waits_with_what_is_only_for_the_therapist(qtbot, window, editor):
    type_entries(window, COPING, "Walk")
    window.toggle_session_view()
    find("session.crisis").click()
    words = _crisis_words(window)
    assert "Tom Brandt" not in words
    assert "Never contact" not in words
    assert "Emergency numbers" in words
    find("crisis.reveal").click()
    assert "Tom Brandt" in _crisis_words(window)
    window.crisis.close()
    window.leave_session_view()
    window.open_crisis()
    assert "Tom Brandt" in _crisis_words(window)
    window.crisis.close()


def _crisis_words(window) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in window.crisis.findChildren(QLabel) if label.isVisible())


def test_a_language_that_isnt_the_windows_is_told_before_printing(qtbot, window, editor):
    type_entries(window, COPING, "Walk")
    language = find("plan.language")
    language.set_value("vi")
    language.changed.emit()
    assert "Printed as: " in find("plan.coping.printed").text()
    find("plan.together").click()
    _to_step(4)
    said = find("close.language").text()
    assert "stay in the language they were typed in" in said
    assert "not yet reviewed by a native-speaking clinician" in said
    find("close.print-working").click()
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is not None, timeout=10_000)
    preview = window.findChild(QDialog, "preview")
    assert "stay in the language they were typed in" in preview.banner.text
    preview.close()


def test_one_key_goes_through_all_steps_and_finishes(qtbot, window, editor):
    type_entries(window, COPING, "Walk")
    press(find("plan.coping.1.text"), Qt.Key.Key_Return, CTRL)
    page = window.workspace.screen_of("plan")._close
    for step in range(4):
        assert page.step == step
        press(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
    find("plan.ask-numbers.yes").click()
    qtbot.waitUntil(window.isActiveWindow)
    assert page.step == 3
    assert window.workspace.session.plans.newest(window.workspace.client_id).number == 1
    press(page, Qt.Key.Key_Return, CTRL)
    assert page.step == 4


# Versions and copies


@pytest.fixture
def versions(window):
    finish_two_versions(window.workspace.session, window.workspace.client_id)
    return window


def test_at_a_new_version_the_copies_to_swap_are_listed_and_reprinted(qtbot, versions):
    assert "Client: full sheet, version 1" in find("plan.copies.swap-1").text() + find("plan.copies.swap-2").text()
    find("plan.copies.print-swaps").click()
    qtbot.waitUntil(lambda: versions.findChild(QDialog, "preview") is not None, timeout=10_000)
    preview = versions.findChild(QDialog, "preview")
    assert sorted(part.shown for part in preview.parts) == [
        "Safety plan: Full sheet",
        "Safety plan: Support person's copy, for Ana Holt",
    ]
    preview.close()
    find("plan.copies.swap-all").click()
    copies = versions.workspace.session.plan_copies.of_client(versions.workspace.client_id)
    assert sorted((copy.version_number, copy.end) for copy in copies if copy.is_out) == [(2, None), (2, None)]
    assert {copy.end for copy in copies if not copy.is_out} == {CopyEnd.REPLACED}
    assert "version 2" in find("plan.copies.out-1").text()


def test_a_copy_that_was_destroyed_can_be_noted_and_taken_back(versions):
    (copy, *_) = versions.workspace.session.plan_copies.of_client(versions.workspace.client_id)
    presenter(versions).end_copy(copy, CopyEnd.DESTROYED)
    find("plan.copies.earlier").click()
    assert "Destroyed on" in find("plan.copies.ended-1").text()
    find("plan.copies.ended-1.back").click()
    assert versions.workspace.session.plan_copies.get(copy.id).is_out


def test_two_versions_are_compared_on_the_screen(versions):
    find("plan.compare").click()
    assert "Changed:  Swim in the lake" in find("compare.line-1").text()
    older = find("compare.older")
    older.set_value(find("compare.newer").value())
    older.changed.emit()
    assert "say the same" in find("compare.none").text()
    find("compare.close").click()


def test_a_review_without_a_change_is_noted_with_its_next_day(versions):
    find("plan.review").click()
    find("review.yes").click()
    QApplication.processEvents()
    (newest, _) = versions.workspace.session.plans.of_client(versions.workspace.client_id)
    assert newest.reviewed_on is not None
    assert "Last reviewed together on 02 Mar 2026" in _said_on_screen()


def test_several_formats_are_printed_in_one_go_without_those_for_a_screen(qtbot, versions, tmp_path):
    from PySide6.QtPdf import QPdfDocument

    from safeplan_desktop.ui.printing import file_printer

    newest = versions.workspace.session.plans.newest(versions.workspace.client_id)
    formats = (PlanFormat.FULL, PlanFormat.PHOTO, PlanFormat.POCKET_CARD)
    presenter(versions).preview_several(newest.id, formats)
    qtbot.waitUntil(lambda: versions.findChild(QDialog, "preview") is not None, timeout=10_000)
    preview = versions.findChild(QDialog, "preview")
    assert preview.print_on(file_printer(tmp_path / "all.pdf"))
    assert "copies for a screen" in preview.banner.text
    printed = QPdfDocument()
    printed.load(str(tmp_path / "all.pdf"))
    assert printed.pageCount() == 2
    assert preview.save_all_to(tmp_path)
    assert len(list(tmp_path.glob("*M-07*.pdf"))) == 3
    preview.close()


def test_the_clients_full_sheet_and_the_own_file_are_offered_first(window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    recipients = presenter(window).editing.form.recipients
    assert [(r.kind, r.format) for r in recipients] == [
        (HolderKind.CLIENT, PlanFormat.FULL),
        (HolderKind.THERAPIST, PlanFormat.THERAPIST),
    ]


def test_somebody_who_is_not_to_get_the_new_version_gets_no_new_copy(versions):
    session, client_id = versions.workspace.session, versions.workspace.client_id
    draft, form = session.plans.begin(client_id)
    client_only = tuple(one for one in form.recipients if one.kind is HolderKind.CLIENT)
    session.plans.finish(draft, replace(form, recipients=client_only, reason="Ana moved away"), "Dr. Vale")
    plan = presenter(versions)
    plan.show_overview()
    state = plan.copies_state()
    assert [swap.copy.recipient.kind for swap in state.to_swap] == [HolderKind.CLIENT]
    assert [copy.recipient.name for copy in state.to_get_back] == ["Ana Holt"]
    assert "Ana Holt" in find("plan.copies.get-back-1").text()
    find("plan.copies.get-back-1.agree").click()
    find("somebody.yes").click()
    assert "agreed to share with Ana Holt" in find("somebody.release_on.error").text()


def test_a_release_for_one_version_is_asked_for_again_for_the_next(versions):
    session, client_id = versions.workspace.session, versions.workspace.client_id
    assert any(one.release_on for one in session.plans.newest(client_id).form.recipients)
    _, form = session.plans.begin(client_id)
    assert [(one.name, one.release_on) for one in form.recipients if one.kind is HolderKind.SUPPORT_PERSON] == [
        ("Ana Holt", None)
    ]


def test_the_last_part_that_a_copy_shows_can_not_be_unticked(window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    _to_step(3)
    find("close.add-person").click()
    for key in SectionKey:
        box = find(f"close.person-1.shows-{key.value}")
        if box.isChecked():
            box.click()
    (ana,) = (one for one in presenter(window).editing.form.recipients if one.kind is HolderKind.SUPPORT_PERSON)
    assert len(ana.sections) == 1
    assert "at least one part" in find("close.person-1.least").text()


def test_the_keys_of_the_tabs_rest_while_the_screen_may_be_turned(window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    for key, modifiers in ((Qt.Key.Key_Tab, CTRL), (Qt.Key.Key_Backtab, CTRL | Qt.KeyboardModifier.ShiftModifier)):
        for _ in range(3):
            press(QApplication.focusWidget(), key, modifiers)
        assert window.workspace.tabs.currentIndex() == list(TABS).index("plan")
    assert not window.workspace.tabs.tabBar().isVisible()


def test_undo_in_the_editor_leaves_what_was_said_in_the_close(window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    _to_step(2)
    QTest.keyClicks(find("close.instead"), "I call Ana")
    _to_step(3)
    find("close.large-print").click()
    find("close.leave").click()
    entry = find("plan.coping.1.text")
    entry.setFocus()
    undo(entry)
    form = presenter(window).editing.form
    assert texts(window) == [""]
    assert form.keeping.instead == "I call Ana"
    assert PlanFormat.LARGE_PRINT in {one.format for one in form.recipients}


def test_a_paste_is_a_step_of_its_own_and_loses_no_word(window, editor):
    entry = find("plan.coping.1.text")
    QTest.keyClicks(entry, "Typed before")
    QApplication.clipboard().setText(" and pasted")
    press(entry, Qt.Key.Key_V, CTRL)
    assert texts(window) == ["Typed before and pasted"]
    undo(find("plan.coping.1.text"))
    assert texts(window) == ["Typed before"]
    words = [f"word{number}" for number in range(2000)]
    QApplication.clipboard().setText(" ".join(words))
    press(find("plan.coping.1.text"), Qt.Key.Key_V, CTRL)
    kept = " ".join(texts(window)).split()
    assert kept == ["Typed", "before", *words]
    assert all(len(text) <= LONGEST_ITEM for text in texts(window))


def test_a_long_section_is_read_to_its_end_before_the_next_one_comes(window, editor):
    QApplication.clipboard().setText("\n".join(f"Line {number} of what helps" for number in range(40)))
    entry = find("plan.coping.1.text")
    press(entry, Qt.Key.Key_V, CTRL)
    type_entries(window, SectionKey.REASONS, "My daughter")
    find("plan.session-view").click()
    view = window._session_view
    bar = find("session.scroll").verticalScrollBar()
    press(view, Qt.Key.Key_A)
    press(view, Qt.Key.Key_A)
    assert bar.maximum() > 0
    place = view._place
    press(view, Qt.Key.Key_Space)
    assert (view._place, bar.value() > 0) == (place, True)
    for _ in range(40):
        if view._place != place:
            break
        assert bar.value() <= bar.maximum()
        press(view, Qt.Key.Key_PageDown)
    assert view._place == place + 1


def test_a_day_of_release_that_can_not_be_read_stays_in_sight(window, editor):
    type_entries(window, COPING, "Walk")
    find("plan.together").click()
    _to_step(3)
    find("close.add-person").click()
    QTest.keyClicks(find("close.person-1.release_on.line"), "next Tues")
    find("close.next").click()
    assert find("close.person-1.release_on.line").text() == "next Tues"
    assert "can't be read as a day" in find("close.person-1.release_on.error").text()
    find("close.person-1.agreed-today").click()
    _to_step(4)
    find("plan.review_on.line").setText("in May")
    find("plan.finish").click()
    assert "can't be read as a day" in find("plan.review_on.error").text()


def test_enter_presses_the_button_that_the_cursor_is_on(qtbot, window):
    begin = find("plan.none.action")
    begin.setFocus()
    press(begin, Qt.Key.Key_Return)
    assert presenter(window).editing is not None
