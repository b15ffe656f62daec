"""Two crises one after the other: each keeps its own steps and times, and the panel asks nothing."""

import datetime as dt

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.drafts import DraftKind


@pytest.fixture
def clock():
    """Two in the afternoon in Denver."""
    return HeldClock(dt.datetime(2026, 3, 2, 21, 5, tzinfo=dt.UTC))


@pytest.fixture
def window(qtbot, tmp_path, clock):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.vault.database.close()
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        yield window
        window.crisis_room.presenter.throw_away(everything=True)


def _tick(window, keys):
    window.open_crisis()
    QTest.keyClicks(window.crisis, keys)


def _waiting(window):
    found = window.workspace.session.crisis.waiting(DraftKind.CRISIS)
    return [] if found is None else [stamp.at for stamp in found[1].in_order()]


def _incidents(window):
    """The times of the incident drafts' actions."""
    session = window.workspace.session
    forms = [session.incidents.resume(row.id)[1] for row in session.incidents.unsigned()]
    return [[action.at for action in form.actions] for form in forms]


def _first_crisis(window, clock):
    window.workspace.choose_client(window.workspace.session.clients.by_code("M-07").id)
    began = clock.now()
    _tick(window, "12")
    window.crisis.reject()
    return began


def test_a_second_crisis_that_was_ticked_while_locked_has_its_own_steps_and_the_first_is_a_draft(qtbot, window, clock):
    began = _first_crisis(window, clock)
    window.lock()
    clock.forward(hours=3)
    second = clock.now()
    _tick(window, "1")
    window.crisis.reject()
    unlock(qtbot, window, PASSPHRASE)
    assert _waiting(window) == [second]
    assert _incidents(window) == [[began, began]]
    draft = window.workspace.session.incidents.unsigned()[0]
    assert window.workspace.session.clients.get(draft.client_id).form.code == "M-07"
    assert "The steps of 14:05 are an incident draft of their own now." in window.workspace.banner.text


def test_the_same_crisis_goes_on_through_a_lock(qtbot, window, clock):
    began = _first_crisis(window, clock)
    window.lock()
    clock.forward(minutes=40)
    _tick(window, "13")
    unlock(qtbot, window, PASSPHRASE)
    assert _waiting(window) == [began, began, clock.now()]
    assert _incidents(window) == []


def test_two_crises_while_locked_become_two_drafts(qtbot, window, clock):
    window.lock()
    began = clock.now()
    _tick(window, "12")
    window.crisis.reject()
    clock.forward(hours=2)
    _tick(window, "1")
    assert "The steps of 14:05 are kept apart" in find("crisis.banner.text").text()
    assert window.crisis_room.presenter.only_in_memory
    unlock(qtbot, window, PASSPHRASE)
    assert _waiting(window) == [clock.now()]
    assert _incidents(window) == [[began, began]]


def test_long_after_the_last_tick_the_panel_is_ready_for_another_crisis_and_says_where_the_steps_are(window, clock):
    began = _first_crisis(window, clock)
    clock.forward(hours=3)
    window.open_crisis()
    assert not find("crisis.office.1").isChecked()
    assert QApplication.activeModalWidget() is None
    assert find("crisis.banner.action").text() == "Go on with the steps of 14:05"
    assert _incidents(window) == [], "only a tick makes it another crisis"
    QTest.keyClicks(window.crisis, "1")
    assert _waiting(window) == [clock.now()]
    assert _incidents(window) == [[began, began]]
    assert "are an incident draft of their own now" in find("crisis.banner.text").text()


def test_the_earlier_steps_can_be_gone_on_with_by_one_button(window, clock):
    began = _first_crisis(window, clock)
    clock.forward(hours=3)
    window.open_crisis()
    find("crisis.banner.action").click()
    assert find("crisis.office.1").isChecked()
    QTest.keyClicks(window.crisis, "3")
    assert _waiting(window) == [began, began, clock.now()]
    assert _incidents(window) == []


def test_a_look_at_the_panel_changes_nothing_and_its_draft_is_made_of_the_steps_that_wait(window, clock):
    began = _first_crisis(window, clock)
    clock.forward(hours=3)
    window.open_crisis()
    window.crisis.reject()
    assert window.crisis.has_ticks
    assert _waiting(window) == [began, began]
    window.open_crisis()
    find("crisis.incident").click()
    assert _incidents(window) == [[began, began]]
    assert _waiting(window) == []


def test_a_lock_over_a_panel_that_was_only_looked_at_forgets_the_client_and_loses_nothing(qtbot, window, clock):
    began = _first_crisis(window, clock)
    clock.forward(hours=3)
    window.open_crisis()
    window.lock()
    presenter = window.crisis_room.presenter
    assert (presenter.run.client_id, presenter.earlier) == ("", ())
    unlock(qtbot, window, PASSPHRASE)
    assert _waiting(window) == [began, began]


def test_quitting_with_two_crises_in_memory_asks_once(window, clock):
    window.lock()
    _tick(window, "1")
    window.crisis.reject()
    clock.forward(hours=2)
    _tick(window, "1")
    window.crisis.reject()
    window.close()
    find("ask-quit.yes").click()
    QApplication.processEvents()
    assert not window.isVisible()
