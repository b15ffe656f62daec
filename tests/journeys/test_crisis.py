"""From F9 on the locked screen to the incident draft, and an exercise from its begin to its row: by keyboard alone."""

import datetime as dt
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from support.keyboard import Keyboard
from support.pdf_reading import read
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on
from support.windows import find, open_window

from safeplan_desktop.domain.chain_heads import HeadVerdict, parse_fingerprint
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.incidents import Place
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.chain_heads import compare_heads
from safeplan_desktop.ui.screen_tabs import TABS


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def window(qtbot, tmp_path, clock):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.vault.database.close()
    with open_window(qtbot, folder, clock) as window:
        yield window


def _press(qtbot, widget, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    widget.window().activateWindow()
    qtbot.waitUntil(widget.window().isActiveWindow)
    QTest.keyClick(widget, key, modifiers)
    QApplication.processEvents()


def _unlock(qtbot, window) -> None:
    line = window.unlock_page.passphrase.line
    line.window().activateWindow()
    QTest.keyClicks(line, PASSPHRASE)
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=10_000)
    QApplication.processEvents()


def _to(qtbot, window, name: str) -> None:
    _press(qtbot, window, getattr(Qt.Key, f"Key_{list(TABS).index(name) + 1}"), Qt.KeyboardModifier.ControlModifier)


def _draft_from_a_locked_crisis(qtbot, window, clock):
    """Three steps ticked while locked become the draft of M-07, by keyboard; the form as it was filled."""
    _press(qtbot, window, Qt.Key.Key_F9)
    panel = window.crisis
    for digit in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_2):
        _press(qtbot, panel, digit)
        clock.forward(seconds=70)
    assert not panel.draft_button.isEnabled()
    _press(qtbot, panel, Qt.Key.Key_Escape)
    _press(qtbot, panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    _unlock(qtbot, window)
    assert find("workspace.banner").text.startswith("Steps that you ticked")
    _to(qtbot, window, "clients")
    table = find("clients.table")
    table.setFocus()
    _press(qtbot, table, Qt.Key.Key_Down)
    _press(qtbot, table, Qt.Key.Key_Return)
    assert window.workspace.session.clients.get(window.workspace.client_id).code == "M-07"
    _press(qtbot, window, Qt.Key.Key_F9)
    panel.draft_button.setFocus()
    _press(qtbot, panel.draft_button, Qt.Key.Key_Return)
    return window.workspace.screen_of("incidents").form()


def test_three_steps_ticked_while_locked_become_the_clients_incident_draft_in_order(qtbot, window, clock):
    form, panel = _draft_from_a_locked_crisis(qtbot, window, clock), window.crisis
    steps = window.workspace.session.practice.protocol().office
    assert [action.text for action in form.actions] == [steps[0].text, steps[2].text, steps[1].text]
    began = dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC)
    assert [action.at - began for action in form.actions] == [dt.timedelta(minutes=n) for n in (0, 1, 2)]
    assert (form.happened_at, form.place, form.client_id) == (began, Place.OFFICE, window.workspace.client_id)
    assert not panel.has_ticks
    assert not panel.isVisible()


def test_the_draft_is_filled_signed_and_corrected_and_its_print_holds_all_of_it_in_order(qtbot, window, clock):
    _draft_from_a_locked_crisis(qtbot, window, clock)
    keys = Keyboard()
    find("incident.category").setFocus()
    keys.press(Qt.Key.Key_Down)
    keys.tab_to("incident.account")
    keys.type("Came in shaking and said so.")
    keys.tab_to("incident.physical_harm.0")
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("incident.psychological_harm.0")
    keys.press(Qt.Key.Key_Right, Qt.Key.Key_Space)
    keys.tab_to("incident.outcome")
    keys.type("Went with the crisis team.")
    keys.tab_to("incidents.sign")
    keys.enter()
    session = window.workspace.session
    (row,) = session.incidents.list()
    assert row.signed is not None
    clock.forward(hours=3)
    find("incidents.add").setFocus()
    keys.enter()
    keys.type("The team came at ten, not at nine.")
    keys.tab_to("addendum.reason")
    keys.type("Their own note says so")
    find("addendum.kind").setFocus()
    keys.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    keys.tab_to("addendum.sign")
    keys.enter()
    text = " ".join(read(session.exports.incident(row.id).make()).text.split())
    steps = session.practice.protocol().office
    told = (
        *(f"Incident report {row.number}", "Maren Holt (M-07)", "Came in shaking and said so."),
        *(step.text for step in (steps[0], steps[2], steps[1])),
        *("Went with the crisis team.", "Signed by Dr. Alma Reyes", "Correction", "Their own note says so"),
        "The team came at ten, not at nine.",
    )
    places = [text.find(words) for words in told]
    assert -1 not in places, dict(zip(told, places, strict=True))
    assert places == sorted(places)
    said = re.search(r"Fingerprint [0-9a-f]{12}, entry \d+", text)
    compared = compare_heads(session.vault.database, (parse_fingerprint(said[0]),))
    assert compared[0].verdict is HeadVerdict.SAME
    assert compared[0].head.seq == audit.head(session.vault.database).seq


def test_an_exercise_from_its_begin_to_its_row(qtbot, window, clock):
    _unlock(qtbot, window)
    workspace = window.workspace
    workspace.choose_client(workspace.session.clients.by_code("M-07").id)
    workspace.open_practice("exercises")
    begin = find("practice.exercises.begin-office")
    begin.setFocus()
    _press(qtbot, begin, Qt.Key.Key_Return)
    panel = find("exercise")
    said = "\n".join(label.text() for label in panel.findChildren(type(find("exercise.clock"))))
    assert "This is an exercise." in said
    assert "Exercise: Call, and say first" in said
    assert "Maren" not in said
    assert "M-07" not in said
    assert [panel.tabs.tabText(place).split(":")[0] for place in range(2)] == ["Exercise", "Exercise"]
    clock.forward(seconds=20)
    _press(qtbot, panel, Qt.Key.Key_1)
    clock.forward(seconds=45)
    _press(qtbot, panel, Qt.Key.Key_3)
    clock.forward(seconds=60)
    end = find("exercise.end")
    end.setFocus()
    _press(qtbot, end, Qt.Key.Key_Return)
    improve = find("exercise-summary.improve")
    improve.window().activateWindow()
    QTest.keyClicks(improve, "Phone within reach.")
    save = find("exercise-summary.save")
    save.setFocus()
    _press(qtbot, save, Qt.Key.Key_Return)
    assert window.findChild(QDialog, "exercise-summary") is None
    rows = find("practice.exercises.table").rows()
    assert [(row.seconds, row.seconds_to_first_call, row.improve) for row in rows] == [(125, 65, "Phone within reach.")]
    assert len(rows[0].skipped) == 9
    assert workspace.session.incidents.list() == ()
    assert not window.crisis.has_ticks


def test_an_exercise_that_a_lock_interrupts_goes_on_where_it_stopped(qtbot, window, clock):
    _unlock(qtbot, window)
    window.workspace.begin_exercise(window.crisis.variant)
    panel = find("exercise")
    _press(qtbot, panel, Qt.Key.Key_1)
    window.lock()
    assert not window.crisis.has_ticks
    _unlock(qtbot, window)
    window.workspace.open_practice("exercises")
    assert find("practice.exercises.begin-office").text() == "Go on: in the office"
    find("practice.exercises.begin-office").click()
    assert find("exercise.office.1").isChecked()
    find("exercise.end").click()
    QTest.keyClicks(find("exercise-summary.improve"), "Sit nearer to the door")
    window.lock()
    _unlock(qtbot, window)
    window.workspace.begin_exercise(window.crisis.variant)
    assert find("exercise-summary.improve").value() == "Sit nearer to the door"
