import dataclasses
import datetime as dt
import resource

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on
from support.windows import begin_plan, find, open_window, plan_editor, unlock

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.clients import ClientContact, ClientForm, ContactSafety
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.ui.clipboard import ClipboardWatch
from safeplan_desktop.ui.theme import Scheme, apply_theme

SCREENS = ("today", "clients", "screening", "plan", "incidents", "practice", "backups")


@pytest.fixture
def folder(tmp_path):
    """A vault with two clients; the second's name must never show beside the first."""
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.clients.add(
        ClientForm(
            code="M-07",
            name="Maren Holt",
            birth_date=dt.date(1990, 5, 4),
            contacts=(
                ClientContact("k1", "Ana Holt", "sister", "+1 303 555 0151", emergency=True),
                ClientContact("k2", "Rolf Danger", safety=ContactSafety(never_contact=True)),
            ),
        )
    )
    session.clients.add(ClientForm(code="T-02", name="Tomasz Secret"))
    session.vault.database.close()
    return folder


@pytest.fixture
def window(qtbot, folder):
    with open_window(qtbot, folder) as window:
        yield window


@pytest.fixture
def opened(qtbot, window):
    unlock(qtbot, window, PASSPHRASE)
    return window


def _choose(window, code):
    workspace = window.workspace
    workspace.choose_client(workspace.session.clients.by_code(code).id)
    return workspace


def _texts(widget: QWidget) -> str:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return "\n".join(
        [label.text() for label in widget.findChildren(QLabel)]
        + [w.windowTitle() for w in QApplication.topLevelWidgets()]
    )


def test_a_wrong_passphrase_says_so_and_opens_nothing(qtbot, window):
    page = window.unlock_page
    page.passphrase.set_value("not the right one")
    page.unlock_button.click()
    qtbot.waitUntil(page.banner.isVisible, timeout=10_000)
    assert "doesn't open" in page.banner.text
    assert window.workspace is None


def test_unlocking_and_locking_with_the_keyboard_alone(qtbot, window):
    QTest.keyClicks(window.unlock_page.passphrase.line, PASSPHRASE)
    QTest.keyClick(window.unlock_page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=10_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.crisis.isVisible()
    QTest.keyClick(window.crisis, Qt.Key.Key_Escape)
    assert not window.crisis.isVisible()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace is None
    assert window.windowTitle() == "SafePlan (locked)"


def test_closing_the_window_empties_the_clipboard_of_what_was_copied_here(window, monkeypatch):
    # Qt's offscreen platform can't tell whose the clipboard is and always denies; here it is ours.
    monkeypatch.setattr(ClipboardWatch, "_ours", lambda _self: True)
    QApplication.clipboard().setText("Maren Holt")
    window.close()
    assert QApplication.clipboard().text() == ""


def test_without_a_remembered_size_the_window_fits_on_a_small_screen(window, tmp_path):
    """The first page's button stands at its lower edge."""
    screen = window.screen().availableGeometry()
    assert window.height() > screen.height()
    window._around = dataclasses.replace(window._around, settings=QSettings(str(tmp_path / "empty.ini")))
    window._restore_geometry()
    assert window.height() < screen.height()


def test_what_was_typed_a_moment_ago_survives_the_lock(qtbot, opened):
    workspace = _choose(opened, "M-07")
    workspace.open_screen("plan")
    begin_plan(opened)
    line = find("plan.coping.1.text")
    QTest.keyClicks(line, "Walk to the river")
    opened.lock()
    unlock(qtbot, opened, PASSPHRASE)
    plan_editor(qtbot, opened)
    assert find("plan.coping.1.text").value() == "Walk to the river"


def test_a_dialog_that_is_open_doesnt_stop_the_lock(qtbot, opened):
    opened.workspace.open_find()
    assert find("find").isVisible()
    opened.lock()
    assert not [dialog for dialog in opened.findChildren(QDialog) if dialog.isVisible()]
    assert opened.workspace is None


def test_after_a_long_lock_a_neutral_page_asks_first(qtbot, folder):
    clock = HeldClock()
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        _choose(window, "M-07").open_screen("plan")
        window.lock()
        clock.forward(minutes=30)
        unlock(qtbot, window, PASSPHRASE)
        workspace = window.workspace
        assert workspace.client_id == ""
        assert workspace.tabs.currentIndex() == 0
        find("workspace.banner.action").click()
        assert workspace.session.clients.get(workspace.client_id).code == "M-07"


def test_the_locked_window_and_its_crisis_panel_hold_no_client_data(qtbot, opened):
    _choose(opened, "M-07")
    opened.lock()
    opened.open_crisis()
    said = _texts(opened) + _texts(opened.crisis)
    for word in ("Maren", "Holt", "M-07", "Ana", "Rolf", "Tomasz"):
        assert word not in said
    assert "911" in said
    assert "988" in said
    assert "Okafor" not in said  # marked as not to be shown while locked


def test_the_unlocked_crisis_panel_names_never_contact_before_the_emergency_contact(opened):
    _choose(opened, "M-07")
    opened.open_crisis()
    said = _texts(opened.crisis)
    assert said.index("Rolf Danger") < said.index("Ana Holt")
    assert "Tomasz" not in said


def test_steps_ticked_by_digits_while_locked_become_an_incident_after_unlock(qtbot, opened):
    opened.workspace.open_screen("practice")
    opened.lock()
    opened.open_crisis()
    QTest.keyClicks(opened.crisis, "13")
    assert not opened.crisis.draft_button.isEnabled()
    unlock(qtbot, opened, PASSPHRASE)
    QApplication.processEvents()
    assert opened.workspace.screen_of("practice").isVisible()  # the place that was left a moment ago ...
    assert "ticked in the Crisis panel wait" in opened.workspace.banner.text  # ... and still the offer above it
    assert opened.workspace.banner.isVisible()
    opened.open_crisis()
    opened.crisis.draft_button.click()
    form = opened.workspace.screen_of("incidents").form()
    assert [action.text[:5] for action in form.actions] == ["Look:", "Call "]
    assert form.happened_at is not None
    assert not opened.crisis.has_ticks


def test_no_window_title_ever_holds_a_clients_name(opened):
    workspace = _choose(opened, "M-07")
    for name in SCREENS:
        workspace.open_screen(name)
        for top in QApplication.topLevelWidgets():
            assert "Maren" not in top.windowTitle()
            assert "M-07" not in top.windowTitle()


@pytest.mark.parametrize("name", ["screening", "plan"])
def test_a_clients_own_screens_show_no_other_client(opened, name):
    workspace = _choose(opened, "M-07")
    workspace.open_screen(name)
    assert "Tomasz" not in _texts(workspace.screen_of(name))


def test_names_can_be_hidden_everywhere(opened):
    workspace = _choose(opened, "M-07")
    from dataclasses import replace

    practice = workspace.session.practice
    practice.save_settings(replace(practice.settings(), show_names=False))
    assert workspace.client_label.text() == "M-07"
    workspace.open_screen("clients")
    workspace.clients_presenter.open(workspace.client_id)
    said = _texts(workspace.screen_of("clients"))
    assert "Maren" not in said.replace("Ana Holt", "")


def test_find_opens_what_was_found(qtbot, opened):
    opened.workspace.open_find()
    line = find("find.line")
    QTest.keyClicks(line, "secre")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert opened.workspace.session.clients.get(opened.workspace.client_id).code == "T-02"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_find_has_room_for_the_place_where_the_words_stand_in_large_letters_too(opened, scale):
    app = QApplication.instance()
    apply_theme(app, Scheme.LIGHT, scale)
    try:
        opened.workspace.open_find()
        dialog = find("find")
        dialog.resize(1250, 700)
        QApplication.processEvents()
        table = find("find.results")
        assert table.columnWidth(2) >= 25 * table.fontMetrics().averageCharWidth()
        assert table.isColumnHidden(0) == (scale == 2.0)
    finally:
        apply_theme(app, Scheme.LIGHT, 1.0)


def test_the_plan_goes_on_by_enter_and_takes_several_pasted_lines(opened):
    workspace = _choose(opened, "M-07")
    workspace.open_screen("plan")
    begin_plan(opened)
    QApplication.clipboard().setText("Walk\nSwim\n\nSing")
    line = find("plan.coping.1.text")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    editing = workspace.plan_presenter.editing

    def texts():
        return [item.text for item in editing.form.section(SectionKey.COPING).items]

    assert texts() == ["Walk", "Swim", "Sing"]
    QTest.keyClick(find("plan.coping.3.text"), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert texts() == ["Walk", "Sing", "Swim"]
    {name: act for name, _, act in find("plan.coping.1").actions_of_menu()}["remove"]()
    assert texts() == ["Sing", "Swim"]
    find("toast.undo").click()
    assert texts() == ["Walk", "Sing", "Swim"]


def test_a_character_without_letters_is_named_before_printing(qtbot, opened):
    workspace = _choose(opened, "M-07")
    workspace.open_screen("plan")
    begin_plan(opened)
    QTest.keyClicks(find("plan.coping.1.text"), "Look at ")
    find("plan.coping.1.text").insertPlainText("\U00013000")
    find("plan.print-now").click()
    qtbot.waitUntil(lambda: opened.findChild(QDialog, "preview") is not None, timeout=10_000)
    preview = opened.findChild(QDialog, "preview")
    assert "\U00013000" in preview.banner.text
    preview.close()


def test_a_critical_answer_is_named_at_once_and_the_rest_may_be_missing(opened):
    workspace = _choose(opened, "M-07")
    workspace.open_screen("screening")
    find("screening.none.action").click()
    find("screening.next").click()
    find("screening.add-phq-9").click()
    QTest.keyClicks(find("screening.phq-9.9.0"), "2")
    assert "Item 9" in find("screening.phq-9.9.flag.text").text()
    assert "Incomplete" in find("screening.phq-9.result").text()


def test_signing_too_early_goes_to_the_step_where_something_is_missing(opened):
    workspace = _choose(opened, "M-07")
    workspace.open_screen("screening")
    find("screening.none.action").click()
    find("screening.steps.step-6").click()
    find("screening.sign").click()
    assert "why this screening is done" in find("screening.reason.error").text()
    assert workspace.screen_of("screening").place() == "begin"


def test_a_client_form_puts_the_sentence_beside_its_field(opened):
    opened.workspace.new_client()
    find("client.save").click()
    assert find("client.name.error").text() == "Please type the client's name."
    assert len(opened.workspace.session.clients.list()) == 2


def test_the_entry_time_of_an_incident_has_no_field(opened):
    opened.workspace.open_screen("incidents")
    find("incidents.new").click() if opened.workspace.session.incidents.list() else find(
        "incidents.empty.action"
    ).click()
    assert "can't be edited" in find("incident.entered").text()
    assert isinstance(find("incident.entered"), QLabel)


def test_a_client_form_that_wasnt_saved_survives_the_lock_and_stands_on_today(qtbot, opened):
    opened.workspace.new_client()
    QTest.keyClicks(find("client.name"), "Ingrid Dahl")
    opened.lock()
    unlock(qtbot, opened, PASSPHRASE)
    workspace = opened.workspace
    assert len(workspace.session.clients.list()) == 2
    row = next(row for row in workspace.session.due.rows() if row.sentence == "Client form to save")
    workspace.open_screen("today")
    workspace.screen_of("today")._open(row)
    assert find("client.name").value() == "Ingrid Dahl"
    find("client.save").click()
    assert "Ingrid Dahl" in [client.name for client in workspace.session.clients.list()]
    assert not [row for row in workspace.session.due.rows() if row.sentence == "Client form to save"]


def test_tab_leads_from_an_added_contact_to_the_next_one_and_then_to_save(opened):
    opened.workspace.new_client()
    find("client.add-contact").click()
    QApplication.processEvents()
    find("client.contact-1.write").buttons[0].setFocus()
    passed = []
    while not passed or passed[-1] != "client.save":
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget().objectName())
        assert len(passed) < 10, passed
    assert passed[-3:] == ["client.add-contact", "client.cancel", "client.save"]


def test_the_keyboard_begins_on_the_screen_that_was_opened_and_goes_on_where_it_was_left(opened):
    def focus():
        return QApplication.focusWidget().objectName()

    workspace = _choose(opened, "M-07")
    assert focus() == "today.table"
    workspace.open_screen("plan")
    assert focus() == "plan.none.action"
    begin_plan(opened)
    find("plan.coping.1.text").setFocus()
    workspace.open_screen("incidents")
    assert workspace.screen_of("incidents").isAncestorOf(QApplication.focusWidget())
    workspace.open_screen("plan")
    assert focus() == "plan.coping.1.text"


def test_on_a_full_disk_the_client_stays_the_same_and_no_typed_word_is_lost(opened):
    workspace = _choose(opened, "M-07")
    workspace.open_screen("plan")
    begin_plan(opened)
    workspace.flush()
    other = workspace.session.clients.by_code("T-02").id
    QTest.keyClicks(find("plan.coping.1.text"), "Walk to the river")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(SafePlanError, match="can't be saved just now"):
            workspace.choose_client(other)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert workspace.client_id != other
    assert find("plan.coping.1.text").value() == "Walk to the river"
    workspace.choose_client(other)
    assert workspace.client_id == other
    kept = [draft for draft in workspace.session.drafts.every() if "Walk to the river" in draft.form_json]
    assert len(kept) == 1


def test_a_list_of_clients_that_shows_none_keeps_its_titles(opened):
    opened.workspace.open_screen("clients")
    QTest.keyClicks(find("clients.filter"), "zzz")
    table = find("clients.table")
    assert table.rows() == ()
    assert not table.isColumnHidden(1)


def test_cancelling_a_client_form_leaves_the_record_and_no_draft(opened):
    workspace = _choose(opened, "M-07")
    workspace.open_screen("clients")
    workspace.clients_presenter.open(workspace.client_id)
    find("clients.edit").click()
    QTest.keyClicks(find("client.pronouns"), "they/them")
    find("client.cancel").click()
    assert workspace.session.clients.by_code("M-07").form.pronouns == ""
    assert workspace.session.drafts.every() == ()


def test_cancelling_a_client_form_asks_before_many_typed_words_are_thrown_away(opened):
    opened.workspace.new_client()
    QTest.keyClicks(find("client.name"), "Ingrid Dahl-Larsen")
    find("client.cancel").click()
    find("clients.ask-leave.no").click()
    assert find("client.name").value() == "Ingrid Dahl-Larsen"
    find("client.cancel").click()
    find("clients.ask-leave.yes").click()
    assert opened.workspace.session.drafts.every() == ()


def test_what_is_safe_with_a_helper_stays_with_the_plan(opened):
    workspace = _choose(opened, "M-07")
    workspace.open_screen("plan")
    begin_plan(opened)
    QTest.keyClicks(find("plan.helpers.1.text"), "Ana")
    for field, answer in (("call", Answer.YES), ("leave_message", Answer.NO), ("write", Answer.NO)):
        choice = find(f"plan.helpers.1.{field}")
        choice.set_value(answer)
        choice.changed.emit()
    workspace.flush()
    _, form = workspace.session.plans.begin(workspace.client_id)
    helper = form.section(SectionKey.HELPERS).items[0]
    assert (helper.text, helper.call, helper.leave_message, helper.write) == ("Ana", Answer.YES, Answer.NO, Answer.NO)


def test_a_language_that_no_clinician_has_read_says_so(opened):
    workspace = _choose(opened, "M-07")
    workspace.open_screen("plan")
    begin_plan(opened)
    language = find("plan.language")
    language.set_value("es")
    language.changed.emit()
    assert "not yet reviewed" in find("plan.reviewed").text()


def test_a_damaged_key_file_or_a_folder_that_cant_be_written_never_keeps_the_records_open(qtbot, opened, folder):
    _choose(opened, "M-07")
    (folder / "keys.json").write_bytes(b"damaged")
    vault = opened.workspace.session.vault
    opened.lock()
    assert opened.workspace is None
    assert opened.unlock_page is not None
    assert not vault.database.is_open


def test_an_answer_under_a_hidden_question_stays_in_sight_flags_and_keeps_the_result_back(opened):
    workspace = _choose(opened, "M-07")
    workspace.open_screen("screening")
    find("screening.none.action").click()
    find("screening.next").click()
    find("screening.more-instruments").click()
    find("screening.add-c-ssrs-screener").click()
    for item, answer in (("1", "1"), ("2", "1"), ("3", "0"), ("4", "0"), ("5", "1"), ("6", "0")):
        QTest.keyClicks(find(f"screening.c-ssrs-screener.{item}.0"), answer)
    assert "Screen result: high" in find("screening.c-ssrs-screener.result").text()
    QTest.keyClicks(find("screening.c-ssrs-screener.2.0"), "0")
    assert "no longer asked" in find("screening.c-ssrs-screener.result").text()
    assert "plan with intent" in find("screening.c-ssrs-screener.5.flag.text").text()
