"""The check of the records and the activity log, on a real window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from support.large_vault import fill
from support.vaults import PASSPHRASE, HeldClock, finish_two_versions, fresh_vault, session_on
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.audit import AuditGroup
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.storage import audit
from safeplan_desktop.ui.widgets.paged_rows import PAGE, PagedRows


@pytest.fixture
def opened(qtbot, tmp_path):
    """The window at its backups, with a client, two plan versions, copies and one backup in the chosen folder."""
    clock = HeldClock()
    session = session_on(fresh_vault(tmp_path / "vault"), clock)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    finish_two_versions(session, client.id)
    (tmp_path / "stick").mkdir()
    session.practice.save_settings(replace(session.practice.settings(), backup_folder=str(tmp_path / "stick")))
    session.backups.back_up(tmp_path / "stick", no_report, never_cancelled)
    session.vault.database.close()
    with open_window(qtbot, tmp_path / "vault", clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.workspace.open_screen("backups")
        window.activateWindow()
        yield window


def _shown(widget):
    return " ".join(label.text() for label in widget.findChildren(type(find("backups.verdict"))) if label.isVisible())


def _wait_for_results(qtbot, window):
    page = window.workspace.screen_of("backups").check_page
    qtbot.waitUntil(lambda: page._running.isHidden() and page.start_button.isEnabled(), timeout=10_000)
    return page


def test_a_check_says_that_all_is_good_and_with_which_heads_it_compared(qtbot, opened):
    find("backups.check-records").click()
    page = _wait_for_results(qtbot, opened)
    assert find("backups.verdict").text() == "Your records: all good."
    assert "Agrees: the backup safeplan-2026-03-02-0900.safeplan-backup, 02 Mar 2026" in _shown(page)
    assert "Agrees: the key file" in _shown(page)


def test_what_was_changed_is_named_with_what_it_means_and_what_to_do(qtbot, opened):
    database = opened.workspace.session.vault.database
    database.execute("DROP TRIGGER plan_version_stays")
    database.execute("UPDATE plan_version SET review_on = '2030-01-01' WHERE number = 2")
    find("backups.check-records").click()
    page = _wait_for_results(qtbot, opened)
    assert find("backups.verdict").text() == "Your records: 2 things to look at."
    assert "Plan version 2 of M-07 isn't what was signed in its list: the day of review." in _shown(page)
    assert "Open the record itself" in _shown(page)
    assert "plan_version_stays" in _shown(page)
    assert page.findChild(QPushButton, "check.mend-find") is None


def test_what_find_looks_in_is_mended_by_one_button_and_checked_again(qtbot, opened):
    session, client = opened.workspace.session, opened.workspace.session.clients.by_code("M-07")
    session.vault.database.execute("DELETE FROM search WHERE noun = 'client'")
    find("backups.check-records").click()
    page = _wait_for_results(qtbot, opened)
    assert "Nothing is lost: only Find may miss something." in _shown(page)
    QTest.keyClick(find("check.mend-find"), Qt.Key.Key_Space)
    assert find("check.progress").isVisible()
    page = _wait_for_results(qtbot, opened)
    assert find("backups.verdict").text() == "Your records: all good."
    assert page.findChild(QPushButton, "check.mend-find") is None
    assert client.id in {found.client_id for found in session.find.find("Maren", show_names=True)}
    screen = opened.workspace.screen_of("backups")
    screen.open_part("activity")
    assert "what Find looks in, made anew from the records" in _rows(screen.activity_page.table)[1]


def test_a_fingerprint_from_paper_is_compared_and_nonsense_is_refused_beside_the_field(qtbot, opened):
    screen = opened.workspace.screen_of("backups")
    screen.open_part("check")
    head = audit.head(opened.workspace.session.vault.database)
    QTest.keyClicks(find("check.fingerprint"), "hello")
    find("check.start").click()
    assert "12 characters" in find("check.fingerprint.error").text()
    screen.check_page.fingerprint.set_value(f"Fingerprint {head.fingerprint}, entry {head.seq}")
    find("check.start").click()
    page = _wait_for_results(qtbot, opened)
    assert f"Agrees: the fingerprint {head.fingerprint}" in _shown(page)
    screen.check_page.fingerprint.set_value("0123456789ab")
    find("check.start").click()
    page = _wait_for_results(qtbot, opened)
    assert "Doesn't agree: the fingerprint 0123456789ab" in _shown(page)


def test_a_check_shows_how_far_it_is_and_can_be_cancelled_by_keyboard(qtbot, opened):
    screen = opened.workspace.screen_of("backups")
    screen.open_part("check")
    find("check.start").setFocus()
    # While this thread works with the database, the check waits for it.
    with opened.workspace.session.vault.database._lock:
        QTest.keyClick(find("check.start"), Qt.Key.Key_Return)
        assert find("check.progress").isVisible()
        assert not screen.check_page.start_button.isEnabled()
        assert find("check.cancel").hasFocus()
        QTest.keyClick(find("check.cancel"), Qt.Key.Key_Return)
    _wait_for_results(qtbot, opened)
    assert "cancelled" in screen.check_page.banner._text.text()
    leftovers = [p for p in opened.workspace.session.vault.folder.path.iterdir() if p.name.startswith(".safeplan")]
    assert not leftovers
    QTest.keyClick(find("check.start"), Qt.Key.Key_Return)
    _wait_for_results(qtbot, opened)
    assert find("backups.verdict").text() == "Your records: all good."


def _rows(table):
    return [line.words for line in (table._model.rows[place] for place in range(table._model.rowCount()))]


def test_the_activity_log_says_in_words_what_was_done_the_newest_first(opened):
    screen = opened.workspace.screen_of("backups")
    screen.open_part("activity")
    words = _rows(screen.activity_page.table)
    assert words[0] == "Unlocked"
    assert words[1] == "Backed up"
    assert "Signed: safety plan, version 2" in words
    assert "Copy given: copy of a safety plan, version 1, support person's copy" in words
    assert words[-1] == "Created: records"


def test_filters_narrow_the_log_and_an_entry_opens_its_record_by_keyboard(qtbot, opened):
    workspace = opened.workspace
    screen = workspace.screen_of("backups")
    screen.open_part("activity")
    page = screen.activity_page
    page.only_disclosures_of(workspace.session.clients.by_code("M-07").id)
    qtbot.waitUntil(lambda: page.table._model.rowCount() == 2, timeout=5000)
    assert {line.to_whom for line in page.table._model.rows} == {"Client", "Ana Holt, sister (support person)"}
    assert page.group.value() is AuditGroup.DISCLOSED
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert workspace.tabs.currentIndex() == 3
    assert workspace.client_id == workspace.session.clients.by_code("M-07").id


def test_a_period_without_entries_says_so_and_a_reversed_one_is_refused_beside_its_field(qtbot, opened):
    screen = opened.workspace.screen_of("backups")
    screen.open_part("activity")
    QTest.keyClicks(find("activity.until.line"), "2020-01-01")
    qtbot.waitUntil(lambda: find("activity.empty").isVisible(), timeout=5000)
    find("activity.since.line").setFocus()
    QTest.keyClicks(find("activity.since.line"), "2021-01-01")
    assert QApplication.focusWidget().objectName() == "activity.since.line"
    QTest.keyClick(find("activity.since.line"), Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert find("activity.until.error").isVisible()
    assert "before the first" in find("activity.until.error").text()


def test_the_account_of_disclosures_needs_a_client_and_opens_as_a_document(qtbot, opened):
    screen = opened.workspace.screen_of("backups")
    screen.open_part("activity")
    assert not find("activity.disclosures").isEnabled()
    screen.activity_page.only_disclosures_of(opened.workspace.session.clients.by_code("M-07").id)
    find("activity.disclosures").click()
    qtbot.waitUntil(lambda: find("preview.save").isVisible(), timeout=10_000)
    newest = audit.latest(opened.workspace.session.vault.database, limit=1)[0]
    assert newest.detail == "accounting of disclosures"


def test_only_the_pages_in_sight_are_read():
    read = []

    def rows(numbers):
        read.append(len(numbers))
        return [f"row {number}" for number in numbers]

    paged = PagedRows(range(100_000, 0, -1), rows)
    assert (paged[0], paged[99_999], paged[-1]) == ("row 100000", "row 1", "row 1")
    assert read == [PAGE, PAGE]
    assert len(paged) == 100_000


def test_a_long_log_shows_its_end_after_reading_a_few_pages(qtbot, tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    fill(session, clients=3, incidents=30, entries=5000)
    assert audit.verify_chain(session.vault.database) is None
    session.vault.database.close()
    with open_window(qtbot, tmp_path / "vault") as window:
        unlock(qtbot, window, PASSPHRASE)
        window.workspace.open_screen("backups")
        screen = window.workspace.screen_of("backups")
        screen.open_part("activity")
        table = screen.activity_page.table
        assert table._model.rowCount() == window.workspace.session.audit_trail.count() > 5000
        table.scrollToBottom()
        QApplication.processEvents()
        assert 1 <= len(table._model.rows._pages) <= 4


def test_the_menus_lead_to_the_check_and_to_the_log(opened):
    opened.workspace.open_screen("today")
    actions = {action.objectName(): action for action in opened.actions()}
    actions["action.activity-log"].trigger()
    assert find("activity.table").isVisible()
    actions["action.check-my-records"].trigger()
    assert find("check.start").isVisible()
