"""Questions that take several typed answers: a line for each, by keyboard alone, kept in the draft and signed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.questionnaires import as_bytes, frequency, question, questionnaire, several_entries
from support.vaults import PASSPHRASE, fresh_vault, session_on
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.screenings import Step
from safeplan_desktop.ui.screening.instruments import InstrumentsStep


@pytest.fixture
def window(qtbot, tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.vault.database.close()
    with open_window(qtbot, folder) as window:
        unlock(qtbot, window, PASSPHRASE)
        workspace = window.workspace
        workspace.choose_client(workspace.session.clients.by_code("M-07").id)
        workspace.open_screen("screening")
        yield window


@pytest.fixture
def card_of(qtbot, window):
    def add(plain):
        workspace = window.workspace
        taken = workspace.session.questionnaires.take_in(as_bytes(plain), "Mine")
        workspace.screening_presenter.begin()
        screen = workspace.screen_of("screening")
        screen.go(Step.INSTRUMENTS)
        page = screen.findChild(InstrumentsStep)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        page.add_instrument(taken.asked.instrument.id)
        QApplication.processEvents()
        return page.cards[-1]

    return add


def _type(text="", *keys):
    QTest.keyClicks(QApplication.focusWidget(), text)
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


def _answers(card):
    return {answer.item: answer for answer in card.value().answers}


ENTER = Qt.Key.Key_Return
TYPED = {
    "ages": ("3", "4"),
    "weights": ("1,5", "61.25"),
    "amounts": ("2", "2"),
    "days": ("2026-03-05", "6.3.2026"),
    "moments": ("2026-03-05 14:30", "2026-03-06 08:00"),
    "hours": ("7:05", "23:00"),
    "pets": ("Rex", "Bello"),
    "stories": ("The Tower", "no"),
}
KEPT = {
    "ages": (3.0, 4.0),
    "weights": (1.5, 61.25),
    "amounts": (2.0, 2.0),
    "days": ("2026-03-05", "2026-03-06"),
    "moments": ("2026-03-05T14:30:00", "2026-03-06T08:00:00"),
    "hours": ("07:05:00", "23:00:00"),
    "pets": ("Rex", "Bello"),
    "stories": ("The Tower", "no"),
}


def _fill(card):
    card.focus_first()
    for first, second in TYPED.values():
        _type(first, ENTER)
        _type(second, ENTER)
        _type("", ENTER)


def test_enter_begins_the_next_entry_and_an_empty_one_goes_on(card_of):
    card = card_of(several_entries())
    _fill(card)
    assert {link: answer.given for link, answer in _answers(card).items() if answer.given} == KEPT
    assert QApplication.focusWidget() is card.notes["after"]
    assert find(f"screening.{card.instrument.id}.result").text() == "7"


def test_one_at_a_time_an_empty_entry_turns_the_page(card_of):
    card = card_of(several_entries())
    QTest.keyClick(find(f"screening.{card.instrument.id}.mode"), ENTER)
    _type("3", ENTER)
    assert find(f"screening.{card.instrument.id}.progress").text() == "Question 1 of 9"
    _type("", ENTER)
    assert find(f"screening.{card.instrument.id}.progress").text() == "Question 2 of 9"


def test_each_entry_has_its_own_sentence(card_of):
    card = card_of(several_entries())
    card.focus_first()
    for text in ("3", "three", "130", "3, 4"):
        _type(text, ENTER)
    said = [entry.problem.text() for entry in card.rows["ages"].entries]
    assert said[0] == said[4] == ""
    assert "can't be read as a number" in said[1]
    assert "from 0 to 120" in said[2]
    assert "Each entry has a line of its own" in said[3]
    answer = _answers(card)["ages"]
    assert (answer.given, answer.note) == ((3.0, 130.0), "three\n3, 4")
    card.rows["stories"].focus_row()
    _type("x" * 21, ENTER)
    assert "at most 20 characters" in card.rows["stories"].entries[0].problem.text()
    assert _answers(card)["stories"].given == ("x" * 21,)


def test_an_entry_is_taken_away_again_by_the_keyboard(card_of):
    card = card_of(several_entries())
    card.focus_first()
    for text in ("3", "4", "5"):
        _type(text, ENTER)
    card.rows["ages"].entries[1].focus_row()
    _type("", Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert _answers(card)["ages"].given == (3.0, 5.0)
    assert QApplication.focusWidget() is card.rows["ages"].entries[0].line
    assert [entry.line.objectName().rsplit(".", 2)[-2] for entry in card.rows["ages"].entries] == ["1", "2", "3"]


def test_tab_goes_through_the_entries_in_their_order(card_of):
    card = card_of(several_entries())
    card.focus_first()
    _type("3", Qt.Key.Key_Tab)
    _type("4", Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert _answers(card)["ages"].given == (3.0, 4.0)
    assert QApplication.focusWidget() is card.rows["weights"].entries[0].line
    assert card.rows["ages"].entries[1].line.accessibleName() == "Question ages, entry 2"


def test_a_draft_opens_again_with_every_entry(window, card_of):
    card = card_of(several_entries())
    _fill(card)
    card.rows["ages"].entries[-1].focus_row()
    _type("soon")
    before = card.value()
    screen = window.workspace.screen_of("screening")
    screen.autosave.touch()
    screen.autosave.flush()
    window.workspace.screening_presenter.begin()
    again = screen.findChild(InstrumentsStep).cards[-1]
    assert again.value() == before
    assert [entry.line.value() for entry in again.rows["ages"].entries] == ["3", "4", "soon", ""]


def test_enter_in_a_words_question_goes_on(card_of):
    card = card_of(questionnaire(question("a", "text"), question("b", "text", maxLength=3), question("c", "integer")))
    assert QApplication.focusWidget() is card.notes["a"]
    _type("much", ENTER)
    assert QApplication.focusWidget() is card.rows["b"].line
    _type("more", ENTER)
    assert "at most 3 characters" in card.rows["b"].problem.text()
    assert QApplication.focusWidget() is card.rows["c"].line
    assert (_answers(card)["a"].note, _answers(card)["b"].given) == ("much", ("more",))


def test_one_at_a_time_enter_in_a_words_question_goes_on(card_of):
    card = card_of(questionnaire(question("a", "text"), question("b", "string"), question("c", "integer")))
    QTest.keyClick(find(f"screening.{card.instrument.id}.mode"), ENTER)
    _type("much", ENTER)
    _type("more", ENTER)
    assert find(f"screening.{card.instrument.id}.progress").text() == "Question 3 of 3"


def test_enter_in_the_note_of_another_answer_goes_on(card_of):
    options = [{**one, "extension": []} for one in frequency()]
    card = card_of(questionnaire(question("a", "open-choice", answerOption=options), question("b", "text")))
    find(f"screening.{card.instrument.id}.a.add-note").click()
    _type("neither", ENTER)
    assert QApplication.focusWidget() is card.notes["b"]


def test_the_cursor_stays_in_sight_on_a_page_longer_than_the_window(qtbot, window, card_of):
    window.resize(1024, 600)
    card = card_of(several_entries())
    card.focus_first()
    for place in range(1, 9):
        _type("", ENTER)
        focus = QApplication.focusWidget()
        assert list(card._blocks).index(focus.objectName().split(".")[2]) == place
        qtbot.waitUntil(lambda line=focus: line.visibleRegion().boundingRect().height() == line.height())
