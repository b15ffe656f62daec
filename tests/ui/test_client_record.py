"""A client's record on the screen: the timeline, where the client stands, links, the whole record, a purge."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on
from support.whole_records import fill_record
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.disclosures import RecordPart
from safeplan_desktop.domain.retention import PurgeReason
from safeplan_desktop.domain.timeline import Standing, TimelineKind
from safeplan_desktop.storage.checks import check_content
from safeplan_desktop.ui.practice.retention_presenter import RetentionPresenter


@pytest.fixture
def window(qtbot, tmp_path):
    """The record of M-07 with one of everything; Z-99 is a client, too."""
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    other = session.clients.add(ClientForm(code="Z-99", name="Zora Quinn")).id
    client_id = fill_record(session, other=other)
    session.statuses.take_back(client_id)
    session.vault.database.close()
    with open_window(qtbot, folder, HeldClock()) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.workspace.open_screen("clients")
        window.workspace.clients_presenter.open(client_id)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


def session_of(window):
    return window.workspace.session


def record(window):
    return window.workspace.screen_of("clients")._record


def shown(window):
    return [entry.title for entry in find("clients.timeline").rows()]


def choose(window, title):
    table = find("clients.timeline")
    table.choose(lambda entry: entry.title == title)
    assert table.current().title == title
    return table.current()


def press(name):
    """Presses a button by the keyboard."""
    made = find(name)
    made.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(made, Qt.Key.Key_Return)
    QApplication.processEvents()


def type_into(name, words):
    QTest.keyClicks(find(name), words)


def dialogs():
    return [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible()]


def test_the_record_shows_everything_and_is_narrowed_by_keys_alone(window):
    everything = shown(window)
    assert {"Screening 1", "Incident 2026-001", "Session note 1", "Attachment", "Link: sibling"} - set(everything) == {
        "Link: sibling"  # it stands in the other client's record; the card below the timeline shows it here
    }
    kind = find("clients.record.kind")
    kind.setFocus()
    while kind.value() is not TimelineKind.CONSENT:
        QTest.keyClick(kind, Qt.Key.Key_Down)
    assert shown(window) == ["Consent 1"]
    QTest.keyClick(kind, Qt.Key.Key_Home)
    type_into("clients.record.words", "accountword")
    assert shown(window) == ["Incident 2026-001"]
    type_into("clients.record.words", "x")
    assert "Nothing fits" in find("clients.record.nothing").text()


def test_another_client_begins_with_the_whole_record_again(window):
    type_into("clients.record.words", "accountword")
    session = session_of(window)
    window.workspace.clients_presenter.open(session.clients.by_code("Z-99").id)
    assert shown(window) == ["Link: sibling"]
    window.workspace.clients_presenter.open(session.clients.by_code("M-07").id)
    assert len(shown(window)) > 5


@pytest.mark.parametrize(
    ("title", "screen"), [("Incident 2026-001", "incidents"), ("Screening 1", None), ("Safety plan, version 3", None)]
)
def test_enter_on_a_row_opens_the_thing_itself(window, qtbot, title, screen):
    choose(window, title)
    QTest.keyClick(find("clients.timeline"), Qt.Key.Key_Return)
    tabs = window.workspace.tabs
    if screen:
        assert tabs.tabText(tabs.currentIndex()) == "Incidents"
    else:
        assert tabs.tabText(tabs.currentIndex()) in ("Screening", "Safety plan")
        qtbot.waitUntil(lambda: bool(dialogs()), timeout=10_000)


@pytest.mark.parametrize(
    ("title", "word"),
    [("Incident 2026-001", "Accountword"), ("Screening 1", "Addendumword"), ("Safety plan, version 3", "Riverword")],
)
def test_every_signed_thing_is_copied_as_text_and_the_audit_knows(window, title, word):
    entry = choose(window, title)
    press("clients.record.copy")
    assert word in QApplication.clipboard().text()
    lines = session_of(window).vault.database.execute(
        "SELECT action, detail FROM audit WHERE record_id = ? ORDER BY seq DESC LIMIT 1", (entry.id,)
    )
    assert lines == [("exported", "copied as text")]


def test_a_draft_is_neither_copied_nor_voided(window):
    entry = next(one for one in find("clients.timeline").rows() if one.standing is Standing.DRAFT)
    find("clients.timeline").choose(lambda one: one.id == entry.id)
    assert not find("clients.record.copy").isEnabled()
    assert not find("clients.record.void").isEnabled()


def test_a_version_of_the_plan_is_marked_in_the_record_and_no_correction_is_offered(window):
    choose(window, "Safety plan, version 3")
    assert find("clients.record.copy").isEnabled()
    press("clients.record.void")
    said = " ".join(one.text() for one in dialogs()[-1].findChildren(QLabel))
    assert "finish a new version instead" in said
    assert "add a correction" not in said
    type_into("void.reason", "Finished for somebody else")
    press("void.sign")
    entry = next(one for one in find("clients.timeline").rows() if one.title == "Safety plan, version 3")
    assert entry.standing is Standing.IN_ERROR
    assert not find("clients.record.void").isEnabled()


def test_a_status_is_noted_by_keys_and_taken_back(window):
    press("clients.status")
    status = find("status.status")
    while status.value() is not ClientStatus.DISCHARGED:
        QTest.keyClick(status, Qt.Key.Key_Down)
    assert "cancelled" in find("status.effect").text()
    press("status.save")
    assert "Please write why" in find("status.reason.error").text()
    type_into("status.reason", "Goals reached")
    press("status.save")
    assert find("closing").isVisible()
    assert find("closing.plan.says").text().startswith("Open: ")
    type_into("closing.referrals.note", "Dr. Okafor takes over")
    press("closing.keep")
    assert find("clients.standing").text() == "Discharged since 02 Mar 2026: Goals reached"
    press("clients.standing.checklist")
    assert find("closing.referrals.note").value() == "Dr. Okafor takes over"
    press("closing.cancel")

    press("clients.standing.take-back")

    assert session_of(window).clients.by_code("M-07").status is ClientStatus.ACTIVE
    with pytest.raises(AssertionError):
        find("clients.standing")


def test_after_a_death_nothing_is_due_and_the_checklist_is_offered(window):
    session = session_of(window)
    assert any(row.client_id for row in session.due.rows())
    press("clients.status")
    status = find("status.status")
    while status.value() is not ClientStatus.DECEASED:
        QTest.keyClick(status, Qt.Key.Key_Down)
    type_into("status.reason", "Told by her sister")
    press("status.save")
    assert find("checklist").isVisible()
    type_into("checklist.support", "My supervision group")
    press("checklist.keep")
    assert not [row for row in session.due.rows() if row.client_id]
    press("clients.standing.checklist")
    assert find("checklist.support").value() == "My supervision group"
    press("checklist.cancel")


def test_who_has_left_is_hidden_from_the_list_until_asked_for(window):
    session = session_of(window)
    table = find("clients.table")
    session.statuses.change(session.clients.by_code("M-07").id, ClientStatus.TRANSFERRED, reason="Moved")
    QApplication.processEvents()
    assert [row.code for row in table.rows()] == ["Z-99"]
    find("clients.archived").click()
    assert {row.code: row.standing for row in table.rows()} == {"M-07": "Transferred", "Z-99": ""}


def test_a_link_is_made_by_keys_shown_on_both_records_and_undone(window):
    press("clients.link")
    other, kind = find("link.other"), find("link.kind")
    QTest.keyClick(other, Qt.Key.Key_End)
    while kind.value() is None or kind.value().value != "guardian":
        QTest.keyClick(kind, Qt.Key.Key_Down)
    find("link.other_receives.0").click()
    press("link.save")
    assert "on what it rests" in find("link.basis.error").text()
    type_into("link.basis", "Parental responsibility")
    press("link.save")
    session = session_of(window)
    client = session.clients.by_code("M-07")
    words = session.client_links.may_receive(client.id)
    assert any("Guardian Contactword Holt may receive: safety plan" in line for line in words)
    press("clients.export")
    assert any("Guardian Contactword" in label.text() for label in find("record").findChildren(QLabel))
    press("record.cancel")

    session.client_links.remove(session.client_links.of_client(client.id)[0].entry_id)

    assert len(session.client_links.of_client(client.id)) == 1


def test_the_whole_record_is_made_for_somebody_with_nothing_ticked_by_itself(window, qtbot):
    press("clients.export")
    assert not any(find(f"record.parts.{place}").isChecked() for place in range(len(RecordPart)))
    press("record.make")
    assert "for whom" in find("record.to_whom.error").text()
    type_into("record.to_whom", "Dr. Okafor")
    type_into("record.why", "Transfer")
    find("record.parts.0").click()
    press("record.make")
    qtbot.waitUntil(lambda: any(top.objectName() == "preview" for top in dialogs()), timeout=20_000)
    assert session_of(window).register.of_kind(Noun.DISCLOSURE) == ()  # nothing left the records yet


def test_a_record_is_removed_by_keys_after_its_code_was_typed(window, qtbot):
    workspace, session = window.workspace, session_of(window)
    client_id = session.clients.by_code("M-07").id
    workspace.open_screen("plan")
    workspace.open_practice("retention")
    type_into("retention.after_last_entry", "0")
    press("retention.save")
    rows = find("retention.past").rows()
    assert [row.label for row in rows] == ["Marenword Holt (M-07)", "Zora Quinn (Z-99)"]
    window.open_crisis()
    QTest.keyClick(window.crisis, Qt.Key.Key_1)
    window.crisis.close()
    window.activateWindow()
    press("retention.purge")
    press("purge.remove")
    assert "M-07" in find("purge.confirm.error").text()
    assert workspace.client_id == client_id
    type_into("purge.confirm", "M-07")
    QTest.keyClick(find("purge.remove"), Qt.Key.Key_Return)
    # The work goes on beside the window, which lets nothing of the record be opened or written until it is done.
    removing = window.findChild(QDialog, "removing")
    QTest.keyClick(removing, Qt.Key.Key_Escape)
    assert removing.isVisible()
    assert removing.isModal()
    qtbot.waitUntil(lambda: any(top.objectName() == "preview" for top in dialogs()), timeout=20_000)

    assert [client.code for client in session.clients.list(include_archived=True)] == ["Z-99"]
    assert window.findChild(QDialog, "removing") is None
    assert workspace.client_id == ""
    assert find("bar.client").text() == "No client chosen"
    for dialog in dialogs():
        dialog.close()
    for screen in ("clients", "plan", "screening", "incidents", "today"):
        workspace.open_screen(screen)
        QApplication.processEvents()
    assert not [check for check in check_content(session.vault.database) if not check.ok]
    window.open_crisis()  # it opens, whoever it was opened for before
    assert not window.crisis.has_ticks
    assert window.crisis.isVisible()


def test_a_removal_that_ends_in_a_bug_lets_the_window_go_and_tells_it(tmp_path):
    session, said = session_on(fresh_vault(tmp_path / "vault")), []
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))

    class Page:
        def show_removing(self, *, busy):
            said.append(busy)

        def __getattr__(self, _name):
            return lambda *_, **__: None

    class Control:
        def report(self, *_):
            if len(said) > 1:
                return
            said.append("begun")
            raise KeyError("a bug")

    presenter = RetentionPresenter(session, Page(), lambda work, done, *_: done(work(Control())))
    presenter.attach(Page())
    with pytest.raises(KeyError, match="a bug"):
        presenter.purge(client.id, PurgeReason.REQUEST, "Asked for", "M-07", "R")
    assert said == [True, "begun", False]
    session.vault.database.close()


@pytest.mark.parametrize(
    ("screen", "button", "word"),
    [
        ("screening", "screening.1.copy-text", "Addendumword"),
        ("plan", "plan.version-3.copy-text", "Riverword"),
        ("incidents", "incidents.copy-text", "Accountword"),
    ],
)
def test_each_screen_copies_its_own_signed_records_as_text(window, screen, button, word):
    session, workspace = session_of(window), window.workspace
    for draft in session.drafts.every():
        session.drafts.discard(draft.kind, draft.record_id)
    workspace.open_screen(screen)
    if screen == "incidents":
        workspace.incidents_presenter.open(session.incidents.of_client(workspace.client_id)[-1].id)
    press(button)
    assert word in QApplication.clipboard().text()


def test_the_tab_key_goes_through_the_page_as_it_is_read(window):
    find("clients.go-screening").setFocus()
    seen = []
    while "clients.record.open" not in seen and len(seen) < 40:
        seen.append(QApplication.focusWidget().objectName())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    order = ["clients.go-screening", "clients.export", "clients.status", "clients.record.kind", "clients.record.words"]
    order += ["clients.timeline", "clients.record.open"]
    assert [name for name in seen if name in order] == order


def test_what_was_noted_is_read_and_shows_no_other_client(window):
    session, workspace = session_of(window), window.workspace
    session.statuses.change(workspace.client_id, ClientStatus.PAUSED, reason="Travels")
    choose(window, "Status: paused")
    QTest.keyClick(find("clients.timeline"), Qt.Key.Key_Return)
    assert "Reason: Travels" in find("reading.text").toPlainText()
    press("reading.close")
    other = session.clients.by_code("Z-99").id
    workspace.clients_presenter.open(other)
    choose(window, "Link: sibling")
    QTest.keyClick(find("clients.timeline"), Qt.Key.Key_Return)
    said = find("reading.text").toPlainText()
    assert "Basisword" in said
    assert "Maren" not in said
    press("reading.close")


def test_a_row_whose_record_is_not_there_any_more_says_so_on_the_screen(window):
    for noun in (Noun.CONSENT, Noun.SESSION_NOTE, Noun.PURGE, Noun.HANDOUT_GIVEN, Noun.SCREENING, Noun.INCIDENT):
        window.workspace.banner.dismiss()
        window.workspace.open_record(noun, "gone", window.workspace.client_id)
        assert "isn't in the records" in find("workspace.banner").text, noun
        assert not dialogs()


def test_another_record_is_removed_on_request_only_once_it_is_chosen(window):
    window.workspace.open_practice("retention")
    press("retention.purge-other")
    assert "Please choose" in find("retention.other.client.error").text()
    assert not dialogs()
