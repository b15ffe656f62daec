"""A version of the plan is marked as entered in error in the real window: what is shown, offered and read to the client."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from support.keyboard import Keyboard
from support.vaults import HeldClock, finish_two_versions
from support.windows import begin_plan, find, open_at_plan, plan_editor

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.plan_copies import CopyEnd


@pytest.fixture
def window(qtbot, tmp_path):
    with open_at_plan(qtbot, tmp_path / "vault", HeldClock()) as window:
        yield window


@pytest.fixture
def versions(window):
    session, client_id = window.workspace.session, window.workspace.client_id
    finish_two_versions(session, client_id)
    # The person of the first version's copy got the second one for it.
    second = session.plans.newest(client_id)
    for recipient in second.form.recipients:
        session.plan_copies.give(second.id, recipient)
    return session.plans.of_client(client_id)


@pytest.fixture
def keys():
    return Keyboard()


def void(window, version):
    window.workspace.session.addenda.void(
        Noun.PLAN, version.id, window.workspace.client_id, reason="The wrong client", signer="R"
    )
    QApplication.processEvents()


def names(window):
    page = window.workspace.screen_of("plan")._overview
    return {one.objectName() for one in page.findChildren(QWidget) if one.isVisible()}


def words(window):
    page = window.workspace.screen_of("plan")._overview
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_a_version_is_marked_by_keyboard_and_the_cursor_stays_at_it(window, versions, keys):
    find("plan.version-2.client").setFocus()
    keys.tab_to("plan.version-2.void")
    keys.enter()
    keys.tab_to("void.reason")
    keys.type("Finished for the wrong client")
    keys.tab_to("void.sign")
    keys.enter()
    assert keys.focus().objectName() == "plan.version-2.open"
    session = window.workspace.session
    assert [one.voided for one in session.plans.of_client(window.workspace.client_id)] == [True, False]
    said = words(window)
    assert "Entered in error: it counts nowhere." in said
    assert "Of a version entered in error: to take back" in said
    # The marked one can be read and opened; nothing begins from it, and it isn't marked twice.
    assert {"plan.version-2.open", "plan.version-2.formats", "plan.version-2.copy-text"} <= names(window)
    assert "plan.version-2.void" not in names(window)
    assert "plan.version-1.void" in names(window)


def test_a_missing_reason_is_said_beside_its_field_and_nothing_is_marked(window, versions, keys):
    find("plan.version-2.void").setFocus()
    keys.enter()
    keys.tab_to("void.sign")
    keys.enter()
    assert find("void.reason").isVisible()
    assert not window.workspace.session.plans.of_client(window.workspace.client_id)[0].voided


def test_what_was_swapped_for_it_is_offered_once_more_and_its_copies_are_noted_as_back(window, versions):
    void(window, versions[0])
    state = window.workspace.plan_presenter.copies_state()
    assert (state.version, len(state.in_error), state.to_swap, state.to_get_back) == (1, 2, (), ())
    assert {one.name for one in state.agreed} == {"", "Ana Holt"}
    window.workspace.plan_presenter.end_copy(state.in_error[0], CopyEnd.RETURNED)
    assert len(window.workspace.plan_presenter.copies_state().in_error) == 1
    assert "plan.copies.in-error-2" not in names(window)


def test_the_client_is_shown_the_version_that_counts(window, versions):
    void(window, versions[0])
    find("plan.session-view").click()
    shown = "\n".join(one.text() for one in QApplication.activeWindow().findChildren(QLabel) if one.isVisible())
    assert "Walk to the river" in shown
    assert "Swim in the lake" not in shown


def test_without_a_version_that_counts_the_screen_offers_the_first_one_and_still_shows_what_is_out(window, versions):
    for one in versions:
        void(window, one)
    assert window.workspace.plan_presenter.reading_for_session() is None
    assert "No version of the safety plan counts" in words(window)
    assert {"plan.none.action", "plan.copies.in-error-1", "plan.version-1.open"} <= names(window)
    assert "plan.copies.somebody" not in names(window)
    find("plan.none.action").click()
    sections = window.workspace.plan_presenter.editing.form.sections
    assert not any(item.text for section in sections for item in section.items)


def test_a_comparison_begins_with_the_two_newest_that_count(window, versions):
    session, client_id = window.workspace.session, window.workspace.client_id
    draft, form = session.plans.begin(client_id)
    session.plans.finish(draft, form, "R")
    void(window, versions[0])
    find("plan.compare").click()
    chosen = [find(name).currentText() for name in ("compare.older", "compare.newer")]
    assert [words.split(",")[0] for words in chosen] == ["Version 1", "Version 3"]
    offered = [find("compare.older").itemText(place) for place in range(find("compare.older").count())]
    assert [text for text in offered if text.endswith("(entered in error)")] == [
        "Version 2, 02 Mar 2026 (entered in error)"
    ]
    find("compare.close").click()


def test_a_version_marked_while_its_close_is_still_open_leaves_it(qtbot, window):
    begin_plan(window)
    plan_editor(qtbot, window)
    QTest.keyClicks(find("plan.coping.1.text"), "Walk")
    presenter = window.workspace.plan_presenter
    presenter.open_close()
    assert presenter.finish("Dr. Reyes")
    version = presenter.version
    void(window, version)
    window.workspace.plan_presenter.reload()
    assert presenter.version is None
    assert presenter.reading_for_session() is None


def test_today_names_the_copies_and_leads_to_the_plan(window, versions):
    void(window, versions[0])
    window.workspace.open_screen("today")
    table = find("today.table")
    assert table.choose(lambda row: "to take back" in getattr(row, "sentence", "")) is not False
    QTest.keyClick(table, Qt.Key.Key_Return)
    tabs = window.workspace.tabs
    assert tabs.tabText(tabs.currentIndex()) == "Safety plan"
