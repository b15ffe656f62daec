"""Trainings in the window: written by keyboard alone with a certificate, the bars grow, rules, drafts, Today."""

import csv
import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from support.keyboard import Keyboard
from support.trainings import CERTIFICATE, ETHICS, LICENCE, noted
from support.vaults import PASSPHRASE, fresh_vault, session_on
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.drills import Drill
from safeplan_desktop.services.due import DueKind

DAY = dt.date(2026, 3, 2)


@pytest.fixture
def folder(tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.training_rules.save(LICENCE)
    now = session.desk.now()
    session.drills.keep(Drill("d1", Variant.OFFICE, now, now.at + dt.timedelta(minutes=9), ()), "")
    session.vault.database.close()
    return folder


@pytest.fixture
def window(qtbot, folder):
    with open_window(qtbot, folder) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


def part(window):
    window.workspace.open_practice("training")
    QApplication.processEvents()
    return window.workspace.screen_of("practice").parts.built["training"]


def done(made):
    return [(line.title, line.done) for line in made._state.bars]


def test_a_training_is_written_by_keyboard_alone_and_with_its_certificate_the_bars_grow(qtbot, window, tmp_path):
    made = part(window)
    qtbot.waitUntil(lambda: made.plot.drawn, timeout=10_000)
    assert done(made) == [("Licence: All hours", 0), ("Licence: Ethics and law", 0)]

    keys = Keyboard()
    keys.tab_to("practice.trainings.add")
    keys.enter()
    keys.type("Safer homes")
    keys.tab_to("practice.training.format")
    keys.press(Qt.Key.Key_Down)
    keys.tab_to("practice.training.first_day.line")
    keys.type("2026-03-02")
    keys.tab_to("practice.training.hours.1.subject")
    keys.type(ETHICS)
    keys.tab_to("practice.training.hours.1.hours")
    keys.type("1:30")
    keys.tab_to("practice.training.hours.add")
    keys.enter()
    keys.type("Sandplay")
    keys.press(Qt.Key.Key_Tab)
    keys.type("0,5")
    keys.tab_to("practice.training.save")
    keys.enter()

    assert done(made) == [("Licence: All hours", 120), ("Licence: Ethics and law", 90)]
    qtbot.waitUntil(lambda: made.plot.drawn, timeout=10_000)
    kept = made.table.current()
    assert (kept.training.title, kept.training.days_words, kept.files) == ("Safer homes", "02 Mar 2026", 0)
    assert window.workspace.session.trainings.waiting() == ()

    path = tmp_path / "scan.pdf"
    path.write_bytes(CERTIFICATE)
    keys.tab_to("practice.trainings.files.take-in")
    made.files.take_in(path)
    qtbot.waitUntil(lambda: made.table.current().files == 1, timeout=10_000)
    assert made.table.current().id == kept.id


def test_what_is_missing_stands_beside_its_field_and_what_was_typed_survives_a_lock(qtbot, window, folder):
    made = part(window)
    find("practice.trainings.add").click()
    made.editor.name.setText("Half typed")
    made.editor.name.textEdited.emit("Half typed")
    find("practice.training.save").click()
    assert find("practice.training.first_day.error").text()
    made.editor.hours.lines[0].hours.setText("many")
    find("practice.training.first_day.line").setText("2026-03-02")
    find("practice.training.save").click()
    assert "1.5 or 1:30" in find("practice.training.hours.error").text()
    assert QApplication.focusWidget().objectName() == "practice.training.hours.1.subject"
    window.lock()
    unlock(qtbot, window, PASSPHRASE)
    assert [row.kind for row in window.workspace.session.due.rows()].count(DueKind.DRAFT_TRAINING) == 1
    part(window)
    find("practice.trainings.change").click()
    assert find("practice.training.title").text() == "Half typed"


def test_an_exercise_stands_in_the_log_and_cant_be_changed_there(window):
    made = part(window)
    (row,) = made.table.rows()
    assert (row.of_drill, row.training.minutes) == (True, 9)
    assert not find("practice.trainings.change").isEnabled()
    made.table.opened.emit(row)
    assert window.workspace.screen_of("practice").parts.current == "exercises"


def test_a_rule_begins_with_an_example_that_says_to_check_it_and_becomes_ones_own(window):
    made = part(window)
    find("practice.trainings.add-rule").click()
    dialog = window.findChild(QDialog, "training-rule")
    assert "check it with your board" in dialog.findChildren(type(made.none))[1].text()
    dialog.example.setCurrentIndex(1)
    dialog.example.changed.emit()
    assert (dialog.total.value(), dialog.topics.value()[0].topic) == ("60", ETHICS)
    find("training-rule.save").click()
    assert find("training-rule.first_day.error").text()
    find("training-rule.name").setText("My licence")
    find("training-rule.first_day.line").setText("2026-01-01")
    find("training-rule.save").click()
    rules = window.workspace.session.training_rules.every()
    assert [rule.name for rule in rules] == ["Licence", "My licence"]
    assert len(made.rules.rows()) == 4


def test_a_due_rule_stands_on_today_leads_here_and_is_gone_once_it_is_renewed(qtbot, window):
    session = window.workspace.session
    (rule,) = session.training_rules.every()
    session.training_rules.save(replace(rule, first_day=dt.date(2024, 4, 1)))
    window.workspace.open_screen("today")
    today = window.workspace.screen_of("today")
    (row,) = [one for one in session.due.rows() if one.kind is DueKind.TRAINING]
    assert (row.due, row.overdue) == (dt.date(2026, 3, 31), False)
    today._presenter.open(row)
    made = window.workspace.screen_of("practice").parts.built["training"]
    made.rules.go_to(0)
    find("practice.trainings.renewed").click()
    find("practice.trainings.ask-renewed.yes").click()
    assert not [one for one in session.due.rows() if one.kind is DueKind.TRAINING]
    assert made.rules.current().progress.renewed


def test_a_training_is_taken_out_and_brought_back_and_leaves_as_a_table(window, tmp_path):
    kept = noted(window.workspace.session, "Safer homes", DAY, (ETHICS, 2))
    made = part(window)
    made.table.choose(lambda one: one.id == kept.id)
    find("practice.trainings.remove").click()
    find("practice.trainings.ask-remove.yes").click()
    assert len(made.table.rows()) == 1
    find("toast.undo").click()
    assert len(made.table.rows()) == 2
    made._presenter.save_table(None, None, tmp_path / "t.csv")
    rows = list(csv.DictReader((tmp_path / "t.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {row["exercise_of_the_protocol"] for row in rows} == {"yes", "no"}


def test_the_cycle_before_is_printed_too(qtbot, window):
    part(window)
    find("practice.trainings.print-before").click()
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is not None, timeout=10_000)


def test_what_find_and_the_timeline_know_of_a_training_leads_here(window):
    kept = noted(window.workspace.session, "Safer homes", DAY, (ETHICS, 2))
    window.workspace.open_record(Noun.TRAINING, kept.id, "")
    assert window.workspace.screen_of("practice").parts.current == "training"
