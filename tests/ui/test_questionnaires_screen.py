"""Questionnaires that are brought in, in the real window: preview, the therapist's word, asked in the wizard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from support.questionnaires import as_bytes, frequency, grouped_sum, phq9, question, questionnaire, several_entries
from support.vaults import PASSPHRASE, fresh_vault, session_on
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.questionnaire_preview import preview_of
from safeplan_desktop.domain.screenings import Step
from safeplan_desktop.services import questionnaires


@pytest.fixture
def window(qtbot, tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.vault.database.close()
    with open_window(qtbot, folder) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.workspace.open_screen("practice")
        window.workspace.open_practice("questionnaires")
        yield window


@pytest.fixture
def bring(qtbot, window, tmp_path):
    def choose(plain, name="file.json"):
        path = tmp_path / name
        path.write_bytes(plain if isinstance(plain, bytes) else as_bytes(plain))
        window.workspace.screen_of("practice")._presenter.preview_questionnaire(path)
        banner = window.workspace.screen_of("practice").questionnaires.banner
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None or banner.isVisible(), timeout=10_000)
        return QApplication.activeModalWidget()

    return choose


def _said(widget):
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def test_the_preview_says_all_and_asks_for_the_therapists_word(window, bring):
    plain = grouped_sum(2)
    plain["item"].append(
        question(
            "more",
            "string",
            surprise=1,
            enableWhen=[{"question": "g.1", "operator": "=", "answerCoding": {"code": "LA6571-9"}}],
        )
    )
    dialog = bring({**plain, "copyright": "Ours alone"})
    said = _said(dialog)
    for words in (
        "Made up",
        "from 0 to 6",
        "Ours alone",
        "Question g.1",
        "All days (3)",
        "surprise",
        "Asked only when “Question g.1” is All days",
    ):
        assert words in said, words
    find("questionnaire.yes").click()
    assert "why you may use" in find("questionnaire.permission.error").text()
    QTest.keyClicks(find("questionnaire.permission"), "Written by myself")
    find("questionnaire.yes").click()
    assert QApplication.activeModalWidget() is None
    (record,) = window.workspace.session.questionnaires.every()
    assert record.permission == "Written by myself"
    assert find("practice.questionnaires.table").rows() == (record,)


def test_the_preview_says_of_each_question_what_the_command_line_says(bring):
    plain = several_entries()
    plain["item"][3]["required"] = True
    plain["item"][3]["extension"] = [
        {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueDate": "2025-02-30"}
    ]
    plain["item"][8]["enableWhen"] = [{"question": "pets", "operator": "exists", "answerBoolean": True}]
    said = _said(bring(plain))
    for question_ in preview_of(questionnaires.read(as_bytes(plain))):
        assert question_.words in said
        assert question_.facts in said
    for words in (
        "A whole number from 0 to 120; several entries",
        "A date; several entries; has to be answered",
        "Words of at most 20 characters; several entries",
        "Asked only when “Question pets” is answered.",
        "to be “2025-02-30”, which is no date",
    ):
        assert words in said, words


def test_a_sum_is_confirmed_only_where_the_file_says_nothing(window, bring):
    assert bring(grouped_sum(2)).confirm.isHidden()
    find("questionnaire.no").click()
    rows = [question(f"q{place}", answerOption=frequency()) for place in range(3)]
    bring(questionnaire(*rows))
    find("questionnaire.confirm-sum").click()
    QTest.keyClicks(find("questionnaire.permission"), "Mine")
    find("questionnaire.yes").click()
    (record,) = window.workspace.session.questionnaires.every()
    assert record.asked.instrument.has_total


def test_a_file_that_can_not_be_taken_is_said_and_nothing_enters(window, bring):
    assert bring(b"<Questionnaire/>") is None
    assert "XML" in find("practice.questionnaires.banner.text").text()
    assert window.workspace.session.questionnaires.every() == ()


def test_the_wording_that_was_brought_in_is_asked_in_the_wizard(qtbot, window, bring):
    bring(phq9())
    QTest.keyClicks(find("questionnaire.permission"), "Free for clinical use")
    find("questionnaire.yes").click()
    workspace = window.workspace
    workspace.choose_client(workspace.session.clients.by_code("M-07").id)
    workspace.open_screen("screening")
    workspace.screening_presenter.begin()
    screen = workspace.screen_of("screening")
    screen.go(Step.INSTRUMENTS)
    find("screening.add-phq-9").click()
    card = screen._pages[Step.INSTRUMENTS].cards[0]
    said = _said(card)
    assert "Question p1" in said
    assert "wording that you brought in" in said
    assert "not the official wording" not in said
    for item in range(1, 10):
        QTest.keyClick(find(f"screening.phq-9.{item}").buttons[0], Qt.Key.Key_1)
    assert "9 of 27: mild" in find("screening.phq-9.result").text()
    assert find("screening.phq-9.9.flag").isVisible()


def test_what_is_no_longer_offered_is_not_in_the_wizard(window, bring):
    bring({**grouped_sum(2), "title": "Two things"})
    QTest.keyClicks(find("questionnaire.permission"), "Mine")
    find("questionnaire.yes").click()
    session = window.workspace.session
    own = session.questionnaires.every()[0].asked.instrument.id
    assert own in session.questionnaires.instruments()
    QTest.keyClick(find("practice.questionnaires.retire"), Qt.Key.Key_Space)
    assert own not in session.questionnaires.instruments()
    assert not window.workspace.screen_of("practice").questionnaires.retire_button.isVisible()


def test_the_form_for_the_waiting_room_is_shown_for_printing(qtbot, window, bring):
    bring({**grouped_sum(2), "title": "Two things"})
    QTest.keyClicks(find("questionnaire.permission"), "Mine")
    find("questionnaire.yes").click()
    find("practice.questionnaires.print").click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
    assert [part.title for part in QApplication.activeModalWidget().parts] == ["Form: Two things"]
