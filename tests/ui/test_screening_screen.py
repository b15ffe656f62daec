"""The screening wizard in the real window: notes beside answers, and the practice's way to speak of risk."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from support.vaults import PASSPHRASE, fresh_vault, session_on
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.practice import RiskStyle
from safeplan_desktop.domain.screenings import Judgement, Step
from safeplan_desktop.services import reference


@pytest.fixture
def style():
    return RiskStyle.TIERS


BOTH_STYLES = pytest.mark.parametrize("style", list(RiskStyle), ids=lambda style: style.value)
"""Of a test that is about the difference."""


@pytest.fixture
def window(qtbot, tmp_path, style):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.practice.save_settings(replace(session.practice.settings(), risk_style=style))
    session.vault.database.close()
    with open_window(qtbot, folder) as window:
        unlock(qtbot, window, PASSPHRASE)
        workspace = window.workspace
        workspace.choose_client(workspace.session.clients.by_code("M-07").id)
        workspace.open_screen("screening")
        workspace.screening_presenter.begin()
        yield window


def _go(window, step):
    window.workspace.screen_of("screening").go(step)
    QApplication.processEvents()


def _said(window):
    return "\n".join(
        one.text() for one in window.workspace.screen_of("screening").findChildren(QLabel) if one.isVisible()
    )


def _add(window, *instruments):
    _go(window, Step.INSTRUMENTS)
    for name in instruments:
        if not _visible(f"screening.add-{name}"):
            find("screening.more-instruments").click()
        find(f"screening.add-{name}").click()


def _visible(name):
    try:
        return find(name).isVisible()
    except AssertionError:
        return False


@BOTH_STYLES
def test_a_screen_result_and_a_level_of_risk_stand_there_only_in_that_style(window, style):
    _add(window, "c-ssrs-screener")
    for item in ("1", "2", "6"):
        QTest.keyClick(find(f"screening.c-ssrs-screener.{item}").buttons[0], Qt.Key.Key_0)
    QApplication.processEvents()
    tiers = style is RiskStyle.TIERS
    assert ("Screen result:" in _said(window)) is tiers
    _go(window, Step.FORMULATION)
    assert ("screen result" in _said(window)) is tiers
    assert _visible("screening.judgement") is tiers


@pytest.mark.parametrize("style", [RiskStyle.FORMULATION], ids=lambda style: style.value)
def test_a_formulation_in_words_alone_can_be_signed(window):
    screen = window.workspace.screen_of("screening")
    for step in (Step.BEGIN, Step.FORMULATION, Step.CARE):
        _go(window, step)
    _go(window, Step.FORMULATION)
    QTest.keyClicks(find("screening.reasons"), "Sleeps again, calls her sister")
    assert Judgement.NO_LEVEL is screen.form().formulation.judgement
    missing = [sentence for _, sentence in window.workspace.screening_presenter.missing()]
    assert not any("judgement" in sentence for sentence in missing)


def test_tab_leads_from_a_steps_last_field_to_the_row_of_buttons_below(window):
    def passed_from(start, end):
        start.setFocus()
        while (focus := QApplication.focusWidget()).objectName() != end:
            QTest.keyClick(focus, Qt.Key.Key_Tab)
            yield QApplication.focusWidget().objectName()

    assert [*passed_from(find("screening.setting").buttons[0], "screening.next")] == [
        "screening.discard",
        "screening.plan",
        "screening.next",  # *Back* rests on the first step
    ]
    _add(window, "gad-7")
    passed = [*passed_from(find("screening.add-phq-9"), "screening.next")]
    assert passed[-4:] == ["screening.discard", "screening.plan", "screening.back", "screening.next"]


def test_a_note_can_be_written_beside_every_answer(window):
    _add(window, "phq-9")
    assert not _visible("screening.phq-9.3.note")
    QTest.keyClick(find("screening.phq-9.3.add-note"), Qt.Key.Key_Space)
    assert QApplication.focusWidget().objectName() == "screening.phq-9.3.note"
    QTest.keyClicks(QApplication.focusWidget(), "wakes at three")
    given = window.workspace.screen_of("screening").form().instruments[0]
    assert {answer.item: answer.note for answer in given.answers if answer.note} == {"3": "wakes at three"}
    assert not _visible("screening.phq-9.3.add-note")


def test_a_digit_is_the_points_that_stand_on_paper_whatever_their_order(window):
    _add(window, "asq", "who-5")
    assert [one.text()[0] for one in find("screening.asq.1").buttons] == ["0", "1", "2"]
    first = find("screening.who-5.1")
    assert first.buttons[0].text() == "5  All of the time"
    QTest.keyClick(first.buttons[0], Qt.Key.Key_4)
    assert first.value() == 4
    assert first.buttons[1].isChecked()


def test_the_digit_before_an_answer_is_its_number_on_the_command_line(window):
    names = ("asq", "pss-3", "who-5", "dast-10", "safe-t")
    _add(window, *names)
    for name in names:
        instrument = reference.instrument(name)
        for item in instrument.items:
            if _visible(f"screening.{name}.{item.id}"):
                said = [one.text() for one in find(f"screening.{name}.{item.id}").buttons]
                assert said == [f"{number}  {one.label}" for number, one in instrument.numbered(item).items()]


def test_questions_can_be_asked_one_at_a_time_by_digits_alone(window):
    _add(window, "gad-2")
    QTest.keyClick(find("screening.gad-2.mode"), Qt.Key.Key_Return)
    assert _visible("screening.gad-2.1")
    assert not _visible("screening.gad-2.2")
    assert find("screening.gad-2.progress").text() == "Question 1 of 2"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    assert not _visible("screening.gad-2.1")
    assert find("screening.gad-2.progress").text() == "Question 2 of 2"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_3)
    assert "5 of 6" in find("screening.gad-2.result").text()
    QTest.keyClick(find("screening.gad-2.back"), Qt.Key.Key_Return)
    assert find("screening.gad-2.1").value() == 2
    QTest.keyClick(find("screening.gad-2.mode"), Qt.Key.Key_Return)
    assert _visible("screening.gad-2.2")
    assert not _visible("screening.gad-2.progress")


def test_one_at_a_time_a_branch_comes_in_its_place(window):
    _add(window, "c-ssrs-screener")
    QTest.keyClick(find("screening.c-ssrs-screener.mode"), Qt.Key.Key_Return)
    before = find("screening.c-ssrs-screener.progress").text()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    assert find("screening.c-ssrs-screener.progress").text() != before
    assert _visible("screening.c-ssrs-screener.3")


def test_one_at_a_time_a_critical_answer_stays_with_what_is_said_about_it(window):
    _add(window, "phq-9")
    QTest.keyClick(find("screening.phq-9.mode"), Qt.Key.Key_Return)
    for _ in range(9):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    assert find("screening.phq-9.9.flag").isVisible()
    assert find("screening.phq-9.progress").text() == "Question 9 of 10"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert find("screening.phq-9.progress").text() == "Question 10 of 10"


@BOTH_STYLES
def test_what_fits_an_answer_stands_first_and_nothing_is_chosen(window, style):
    _add(window, "c-ssrs-screener", "phq-9")
    for item, answer in (("1", Qt.Key.Key_1), ("2", Qt.Key.Key_1), ("3", Qt.Key.Key_0), ("4", Qt.Key.Key_1)):
        QTest.keyClick(find(f"screening.c-ssrs-screener.{item}").buttons[0], answer)
    for item, answer in (("5", Qt.Key.Key_0), ("6", Qt.Key.Key_0)):
        QTest.keyClick(find(f"screening.c-ssrs-screener.{item}").buttons[0], answer)
    QTest.keyClick(find("screening.phq-9.9").buttons[0], Qt.Key.Key_1)
    _go(window, Step.CARE)
    said = _said(window).partition("To consider")[2]
    assert said.index("Fits an answer above; the highest of those that fit") < said.index("Intent to act")
    assert (
        said.index("Intent to act") < said.index("Passive thoughts") < said.index("Others") < said.index("PHQ-9 of 20")
    )
    assert "(Columbia triage, SAFE-T (2024))" in said
    assert ("screen result high" in said) is (style is RiskStyle.TIERS)
    assert find("screening.level").value() is None
    assert window.workspace.screen_of("screening").form().care.level is None


def _in_sight(window, field):
    viewport = window.workspace.screen_of("screening")._wizard._scroll.viewport()
    return viewport.rect().contains(field.mapTo(viewport, field.rect().center()))


def test_back_at_the_questions_the_one_with_the_cursor_is_in_sight(qtbot, window):
    _add(window, "phq-9", "gad-7")
    for item in (*"123456789", "function"):
        QTest.keyClick(find(f"screening.phq-9.{item}").buttons[0], Qt.Key.Key_0)
    _go(window, Step.FACTORS)
    _go(window, Step.INSTRUMENTS)
    focus = QApplication.focusWidget()
    assert focus.objectName().startswith("screening.gad-7.1")
    qtbot.waitUntil(lambda: _in_sight(window, focus))


def test_before_signing_answers_that_count_nothing_and_open_questions_are_named(qtbot, window):
    _add(window, "c-ssrs-screener", "gad-2")
    for item, answer in (("1", Qt.Key.Key_0), ("2", Qt.Key.Key_1), ("4", Qt.Key.Key_1), ("2", Qt.Key.Key_0)):
        QTest.keyClick(find(f"screening.c-ssrs-screener.{item}").buttons[0], answer)
    for item in ("1", "2"):
        QTest.keyClick(find(f"screening.gad-2.{item}").buttons[0], Qt.Key.Key_1)
    _go(window, Step.SIGN)
    said = _said(window)
    assert "answered, although it is no longer asked; the answer counts nothing." in said
    assert said.count("No answer: ") == 1
    assert "6. " in said.partition("No answer: ")[2].splitlines()[0]
    QTest.keyClick(find("screening.open-questions"), Qt.Key.Key_Space)
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus.objectName().startswith("screening.c-ssrs-screener.4")
    qtbot.waitUntil(lambda: _in_sight(window, focus))
    QTest.keyClick(find("screening.c-ssrs-screener.4").buttons[0], Qt.Key.Key_Delete)
    QTest.keyClick(find("screening.c-ssrs-screener.6").buttons[0], Qt.Key.Key_0)
    _go(window, Step.SIGN)
    assert not _visible("screening.open-questions")
    assert "Not counted" not in _said(window)


def test_what_a_signature_needs_is_said_at_its_field_until_it_is_there(window):
    _go(window, Step.BEGIN)
    for name in ("screening.reason.1", "screening.setting.1"):
        find(name).setFocus()
        QTest.keyClick(find(name), Qt.Key.Key_1)
    _go(window, Step.SIGN)
    QTest.keyClick(find("screening.sign"), Qt.Key.Key_Space)
    QApplication.processEvents()
    said = find("screening.location.error")
    assert said.text() == "Still needed before signing: where the client is now."
    assert QApplication.focusWidget().objectName() == "screening.location"
    QTest.keyClicks(QApplication.focusWidget(), "Elm Street 5")
    assert said.isHidden()
    _go(window, Step.SIGN)
    QTest.keyClick(find("screening.sign"), Qt.Key.Key_Space)
    assert find("screening.judgement.error").isVisible()
    QTest.keyClick(find("screening.judgement").buttons[0], Qt.Key.Key_1)
    QTest.keyClicks(find("screening.reasons"), "Calm today")
    _go(window, Step.SIGN)
    QTest.keyClick(find("screening.sign"), Qt.Key.Key_Space)
    assert find("screening.level.error").text() == "Still needed before signing: the level of care you decided on."
