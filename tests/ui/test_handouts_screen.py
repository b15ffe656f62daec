"""Handouts in the window: given by keyboard alone, seen in the list, undone; own ones written in the practice."""

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from support.keyboard import Keyboard
from support.vaults import PASSPHRASE, fresh_vault, session_on
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.handouts import Giving
from safeplan_desktop.services import reference
from safeplan_desktop.ui.printing import file_printer


@pytest.fixture
def window(qtbot, tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt", language="es"))
    session.clients.add(ClientForm(code="Z-99", name="Zora Quinn", language="fr"))
    session.vault.database.close()
    with open_window(qtbot, folder) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


def _open_room(window, code="M-07"):
    workspace = window.workspace
    client_id = workspace.session.clients.by_code(code).id
    workspace.choose_client(client_id)
    workspace.open_screen("clients")
    workspace.clients_presenter.open(client_id)
    tabs = workspace.screen_of("clients").record_tabs
    tabs.open_room("handouts")
    QApplication.processEvents()
    return client_id, tabs.built["handouts"]


def _given(window, client_id):
    return window.workspace.session.handouts.given_to(client_id)


def _preview(qtbot, window):
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is not None, timeout=10_000)
    return window.findChild(QDialog, "preview")


# In a client's record


def test_a_handout_is_given_by_keyboard_alone_seen_in_the_list_and_undone(qtbot, window, tmp_path):
    workspace = window.workspace
    client_id = workspace.session.clients.by_code("M-07").id
    workspace.choose_client(client_id)
    workspace.open_screen("clients")
    workspace.clients_presenter.open(client_id)
    bar = workspace.screen_of("clients").record_tabs.tabBar()
    keys = Keyboard()
    for _ in range(200):
        if keys.focus() is bar:
            break
        keys.press(Qt.Key.Key_Tab)
    while bar.tabText(bar.currentIndex()) != "Handouts":
        keys.press(Qt.Key.Key_Right)
    keys.tab_to("clients.handouts.choice-grounding")
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("clients.handouts.note")
    keys.type("Read together")
    keys.tab_to("clients.handouts.preview")
    keys.enter()
    preview = _preview(qtbot, window)
    assert "not yet reviewed" in preview.banner.text
    assert not _given(window, client_id)
    assert preview.print_on(file_printer(tmp_path / "page.pdf"))
    assert preview.print_on(file_printer(tmp_path / "again.pdf"))
    printed = pypdf.PdfReader(tmp_path / "page.pdf")
    assert len(printed.pages) == 1
    given = _given(window, client_id)
    assert [(one.form.handout_id, one.form.language, one.form.how, one.form.note) for one in given] == [
        ("grounding", "es", Giving.PRINTED, "Read together")
    ]
    keys.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is None)
    table = find("clients.handouts.table")
    assert table.model().rowCount() == 1
    assert table.model().index(0, 1).data() == reference.handouts()["grounding"]["es"].title
    assert not find("clients.handouts.choice-grounding").isChecked()
    keys.tab_to("clients.handouts.banner.action")
    keys.press(Qt.Key.Key_Space)
    assert not _given(window, client_id)
    assert "Nothing was given yet" in find("clients.handouts.none").text()


def test_several_at_once_are_noted_together_and_one_undo_takes_all_back(qtbot, window, tmp_path):
    client_id, _ = _open_room(window)
    for handout_id in ("helping", "safer-home", "telehealth"):
        find(f"clients.handouts.choice-{handout_id}").click()
    find("clients.handouts.preview").click()
    preview = _preview(qtbot, window)
    assert preview.print_on(file_printer(tmp_path / "all.pdf"))
    preview.close()
    assert {one.form.handout_id for one in _given(window, client_id)} == {"helping", "safer-home", "telehealth"}
    assert "3 handouts" in find("clients.handouts.banner.text").text()
    find("clients.handouts.banner.action").click()
    assert not _given(window, client_id)


def test_only_looking_notes_nothing_and_what_is_saved_as_a_file_is_noted_as_saved(qtbot, window, tmp_path):
    client_id, _ = _open_room(window)
    find("clients.handouts.choice-helping").click()
    find("clients.handouts.preview").click()
    _preview(qtbot, window).close()
    assert not _given(window, client_id)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is None)
    find("clients.handouts.preview").click()
    assert _preview(qtbot, window).save_to(tmp_path / "page.pdf")
    assert [one.form.how for one in _given(window, client_id)] == [Giving.SAVED]


def test_a_language_that_there_is_none_in_begins_with_english_and_nothing_of_another_client_stays(window):
    client_id, page = _open_room(window)
    assert page.language.value() == "es"
    find("clients.handouts.choice-helping").click()
    find("clients.handouts.hand-over").click()
    assert [one.form.how for one in _given(window, client_id)] == [Giving.HANDED_OVER]
    find("clients.handouts.choice-children").click()
    other, _ = _open_room(window, "Z-99")
    assert page.language.value() == "en"
    assert not find("clients.handouts.choice-children").isChecked()
    assert page.banner.isHidden()
    assert not _given(window, other)
    assert not find("clients.handouts.preview").isEnabled()


def test_a_line_is_taken_out_and_brought_back_and_its_note_put_right(window):
    client_id, _ = _open_room(window)
    find("clients.handouts.choice-helping").click()
    find("clients.handouts.hand-over").click()
    find("clients.handouts.edit-note").click()
    QTest.keyClicks(find("handout-note.note"), "For her sister")
    find("handout-note.save").click()
    assert _given(window, client_id)[0].form.note == "For her sister"
    find("clients.handouts.take-out").click()
    assert not _given(window, client_id)
    find("toast.undo").click()
    assert [one.form.note for one in _given(window, client_id)] == ["For her sister"]


# In the practice


def _open_part(window):
    window.workspace.open_practice("handouts")
    QApplication.processEvents()
    return window.workspace.screen_of("practice").parts.built["handouts"]


def _choose(part, title):
    part.table.choose(lambda row: row.title == title)
    QApplication.processEvents()


def test_one_of_ours_is_printed_for_the_waiting_room_and_nothing_is_noted(qtbot, window):
    part = _open_part(window)
    _choose(part, reference.handouts()["helping"]["en"].title)
    assert not find("practice.handouts.change").isEnabled()
    find("practice.handouts.preview").click()
    _preview(qtbot, window).close()
    assert window.workspace.session.register.of_kind(Noun.HANDOUT_GIVEN) == ()


def test_an_own_handout_is_written_saved_and_then_offered_in_the_clients_record(qtbot, window):
    _open_room(window)
    part = _open_part(window)
    find("practice.handouts.new").click()
    QTest.keyClicks(find("practice.handout.title"), "Our door")
    find("practice.handout.save").click()
    assert "nothing on the page yet" in find("practice.handout.lead.error").text()
    QTest.keyClicks(find("practice.handout.section-1.heading"), "How to get in")
    QTest.keyClicks(find("practice.handout.section-1.items"), "Side door")
    QTest.keyClick(find("practice.handout.section-1.items"), Qt.Key.Key_Return)
    QTest.keyClicks(find("practice.handout.section-1.items"), "Bell 3")
    find("practice.handout.section-2.remove").click()
    find("practice.handout.save").click()
    own = window.workspace.session.handouts.own()
    assert [(one.title, one.sections[0].items, len(one.sections)) for one in own] == [
        ("Our door", ("Side door", "Bell 3"), 1)
    ]
    assert window.workspace.session.own_handouts.waiting() == ()
    _choose(part, "Our door")
    assert find("practice.handouts.change").isEnabled()
    _open_room(window)
    find(f"clients.handouts.choice-{own[0].id}").click()
    find("clients.handouts.hand-over").click()


def test_what_is_typed_survives_a_lock_and_waits_on_today(qtbot, window):
    _open_part(window)
    find("practice.handouts.new").click()
    QTest.keyClicks(find("practice.handout.title"), "Our door")
    window.lock()
    unlock(qtbot, window, PASSPHRASE)
    waiting = window.workspace.session.own_handouts.waiting()
    assert [handout.title for _, handout in waiting] == ["Our door"]
    row = next(row for row in window.workspace.session.due.rows() if row.record_id == waiting[0][0].record_id)
    window.workspace.screen_of("today")._presenter.open(row)
    assert find("practice.handout.title").value() == "Our door"
    find("practice.handout.back").click()
    _choose(window.workspace.screen_of("practice").parts.built["handouts"], "Our door")
    assert find("practice.handouts.change").text() == "Go on with it"
    find("practice.handouts.change").click()
    find("practice.handout.discard").click()
    find("practice.handout.ask-discard.yes").click()
    assert window.workspace.session.own_handouts.waiting() == ()


def test_a_page_that_gets_too_long_is_told_while_it_is_written(qtbot, window):
    part = _open_part(window)
    _choose(part, reference.handouts()["helping"]["en"].title)
    find("practice.handouts.copy").click()
    qtbot.waitUntil(lambda: part.editor.length.text() == "One page")
    assert part.editor.hint.isHidden()
    find("practice.handout.section-1.text").set_value("More and more words. " * 120)
    part.editor.changed.emit()
    part.autosave.flush()
    qtbot.waitUntil(lambda: part.editor.length.text() == "Longer than one page")
    assert not part.editor.hint.isHidden()
    find("practice.handout.back").click()
    waiting = window.workspace.session.own_handouts.waiting()
    assert [len(handout.sections[0].text) for _, handout in waiting] == [len("More and more words. " * 120)]


def test_an_own_handout_is_taken_out_with_a_way_back_and_found_by_find(qtbot, window):
    session = window.workspace.session
    draft, form = session.own_handouts.begin(session.handouts.get("helping"))
    made = session.own_handouts.save(draft, form)
    window.workspace.open_record(Noun.HANDOUT, made.id, "")
    part = window.workspace.screen_of("practice").parts.built["handouts"]
    part.table.choose(lambda row: row.id == made.id)
    QApplication.processEvents()
    find("practice.handouts.remove").click()
    assert session.handouts.own() == ()
    find("toast.undo").click()
    assert [one.id for one in session.handouts.own()] == [made.id]


def test_a_handout_that_find_found_is_chosen_in_the_list_of_all(qtbot, window):
    window.workspace.open_find()
    QTest.keyClicks(find("find.line"), "breathing")
    qtbot.waitUntil(lambda: bool(find("find.results").rows()), timeout=5000)
    find("find.results").choose(lambda found: getattr(found, "record_id", "") == "grounding")
    find("find.open").click()

    assert find("practice.handouts.table").current().id == "grounding"
