"""A questionnaire with every kind of answer in the wizard: by keyboard alone, out as a file, and in again."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from support.questionnaires import as_bytes, every_kind
from support.vaults import PASSPHRASE, fresh_vault, session_on, sign_scores
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.screenings import Step
from safeplan_desktop.ui.screening.instruments import InstrumentsStep


@pytest.fixture
def window(qtbot, tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.questionnaires.take_in(as_bytes(every_kind()), "Mine")
    sign_scores(session, client.id, {"phq-2": (1, 2)})
    session.vault.database.close()
    with open_window(qtbot, folder) as window:
        unlock(qtbot, window, PASSPHRASE)
        workspace = window.workspace
        workspace.choose_client(workspace.session.clients.by_code("M-07").id)
        workspace.open_screen("screening")
        yield window


@pytest.fixture
def card(qtbot, window):
    workspace = window.workspace
    workspace.screening_presenter.begin()
    screen = workspace.screen_of("screening")
    screen.go(Step.INSTRUMENTS)
    page = screen.findChild(InstrumentsStep)
    page.add_instrument(workspace.session.questionnaires.every()[0].asked.instrument.id)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return page.cards[-1]


def _type(text="", *keys):
    QTest.keyClicks(QApplication.focusWidget(), text)
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


def _name(card, rest):
    return f"screening.{card.instrument.id}.{rest}"


def _fill(card):
    card.focus_first()
    _type("0")
    _type("2", Qt.Key.Key_Return)
    _type("3")
    _type("7", Qt.Key.Key_Return)
    _type("61,5", Qt.Key.Key_Return)
    _type("5.3.2026", Qt.Key.Key_Return)
    _type("2026-03-05 14:30", Qt.Key.Key_Return)
    _type("7:05", Qt.Key.Key_Return)
    _type("1")


def test_it_is_answered_by_the_keyboard_alone(card):
    assert not card._blocks["many"].isVisible()
    _fill(card)
    answers = {answer.item: answer for answer in card.value().answers}
    assert [code.code for code in answers["signs"].given] == ["a", "c"]
    assert answers["step"].value == 3
    assert [answers[name].given for name in ("number", "weight", "day", "moment", "hour")] == [
        (7.0,),
        (61.5,),
        ("2026-03-05",),
        ("2026-03-05T14:30:00",),
        ("07:05:00",),
    ]
    assert answers["other"].value == 1
    assert find(_name(card, "result")).text() == "7 of 9"
    assert card._blocks["many"].isVisible()


def test_a_digit_takes_a_tick_away_again_and_delete_takes_all(card):
    card.focus_first()
    for digit in "020":
        _type(digit)
    assert [code.code for code in card.rows["signs"].given()] == ["c"]
    _type("", Qt.Key.Key_Delete)
    assert card.rows["signs"].given() == ()


def test_what_a_question_does_not_take_is_kept_and_said_beside_it(card):
    card.rows["number"].focus_row()
    _type("11", Qt.Key.Key_Tab)
    assert "from 0 to 10" in find(_name(card, "number.problem")).text()
    assert card.rows["number"].given() == (11.0,)
    card.rows["day"].focus_row()
    _type("soon", Qt.Key.Key_Tab)
    assert "can't be read" in find(_name(card, "day.problem")).text()
    kept = {answer.item: answer for answer in card.value().answers}["day"]
    assert (kept.given, kept.note) == ((), "soon")
    card.rows["number"].focus_row()
    _type("", Qt.Key.Key_End, Qt.Key.Key_Backspace)
    assert not card.rows["number"].problem.isVisible()


def test_one_at_a_time_every_kind_comes_in_its_place(card):
    QTest.keyClick(find(_name(card, "mode")), Qt.Key.Key_Return)
    _type("1", Qt.Key.Key_Return)
    _type("2")
    assert find(_name(card, "progress")).text() == "Question 3 of 9"
    _type("8", Qt.Key.Key_Return)
    assert find(_name(card, "progress")).text() == "Question 4 of 10"


def test_a_draft_opens_again_with_all_its_answers(window, card):
    _fill(card)
    card.rows["day"].line.set_value("soon")
    before = card.value()
    screen = window.workspace.screen_of("screening")
    screen.autosave.touch()
    screen.autosave.flush()
    window.workspace.screening_presenter.begin()
    again = screen.findChild(InstrumentsStep).cards[-1]
    assert again.value() == before
    assert again.rows["day"].line.value() == "soon"


def test_answers_are_taken_from_a_file_after_they_were_shown(qtbot, window, card, tmp_path):
    path = tmp_path / "answers.json"
    items = [
        {"linkId": "step", "answer": [{"valueCoding": {"code": "LA6570-1"}}]},
        {"linkId": "number", "answer": [{"valueInteger": 4}]},
        {"linkId": "strange", "answer": [{"valueInteger": 4}]},
    ]
    path.write_bytes(as_bytes({"resourceType": "QuestionnaireResponse", "status": "completed", "item": items}))
    window.workspace.screening_presenter.answers_from(path, card.instrument.id)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
    said = " ".join(one.text() for one in QApplication.activeModalWidget().findChildren(QLabel))
    assert "answers 2 of 10 questions" in said
    assert "strange" in said
    assert card.rows["step"].value() is None
    QTest.keyClick(find("answers-in.yes"), Qt.Key.Key_Return)
    taken = window.workspace.screen_of("screening").findChild(InstrumentsStep).cards[-1]
    assert taken.rows["step"].value() == 2
    assert taken.rows["number"].given() == (4.0,)


def test_a_file_without_answers_is_said_and_changes_nothing(qtbot, window, card, tmp_path):
    path = tmp_path / "answers.json"
    path.write_bytes(as_bytes(every_kind()))
    window.workspace.screening_presenter.answers_from(path, card.instrument.id)
    banner = window.workspace.screen_of("screening")._wizard.banner
    qtbot.waitUntil(banner.isVisible, timeout=10_000)
    assert QApplication.activeModalWidget() is None


def test_the_answers_of_a_signed_screening_are_saved_from_the_overview(window, tmp_path, monkeypatch):
    path = tmp_path / "out.json"
    monkeypatch.setattr("safeplan_desktop.ui.screening.answer_files.choose_save_path", lambda *_words: path)
    QTest.keyClick(find("screening.1.answers"), Qt.Key.Key_Return)
    QTest.keyClick(find("answers-out.phq-2"), Qt.Key.Key_Return)
    assert json.loads(path.read_bytes())["resourceType"] == "QuestionnaireResponse"
    assert "saved" in find("answers-out.banner.text").text()
    QTest.keyClick(find("answers-out.close"), Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is None


def test_read_and_sign_names_what_was_kept_as_typed(window, card):
    card.rows["number"].focus_row()
    _type("11", Qt.Key.Key_Tab)
    card.rows["day"].focus_row()
    _type("soon", Qt.Key.Key_Tab)
    window.workspace.screen_of("screening").go(Step.SIGN)
    QApplication.processEvents()
    said = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    assert "“Question day”: “soon” can't be read as a day; kept as typed, it counts as no answer." in said
    assert any(line.startswith("“Question number”: “11” is kept as typed. ") for line in said)
    assert not any("no answer stands out" in line for line in said)
