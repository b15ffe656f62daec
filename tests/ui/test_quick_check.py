"""The quick check of a follow-up, by keyboard alone."""

import datetime as dt
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.keyboard import Keyboard
from support.vaults import PASSPHRASE, START, HeldClock, fresh_vault, session_on, sign_scores
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.practice import RiskStyle
from safeplan_desktop.domain.screenings import QUICK_CHECK, Care, Judgement, LevelOfCare, ScreeningReason, Setting, Step

DAY = START.date()


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture(params=[RiskStyle.TIERS], ids=lambda style: style.value)
def style(request):
    return request.param


@pytest.fixture
def window(qtbot, tmp_path, clock, style):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder, clock)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt", birth_date=dt.date(1990, 5, 4)))
    session.clients.add(ClientForm(code="T-02", name="Tomasz New"))
    session.practice.save_settings(replace(session.practice.settings(), risk_style=style))
    sign_scores(session, client.id, {"phq-2": (1, 1)}, LevelOfCare.INTENSIVE_OUTPATIENT)
    session.vault.database.close()
    clock.forward(days=7)
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


@pytest.fixture
def keys():
    return Keyboard()


def _begin(window, code="M-07"):
    workspace = window.workspace
    workspace.begin_quick_check(workspace.session.clients.by_code(code).id)
    QApplication.processEvents()
    return workspace.screen_of("screening")


def _signed(window):
    session = window.workspace.session
    return session.screenings.get(session.screenings.of_client(window.workspace.client_id)[0].id)


def _focus():
    return Keyboard.focus().objectName()


def test_a_calm_follow_up_is_signed_with_a_handful_of_keys(window, keys):
    _begin(window)
    began = time.thread_time()
    keys.type("000")  # no thoughts, nothing has changed, the plan wasn't used
    keys.type("0")  # my judgement: low
    keys.enter()  # no reasons
    keys.type("1")  # the next check in two weeks
    keys.enter()  # my name stands there already
    took = time.thread_time() - began
    signed = _signed(window)
    assert signed.number == 2
    assert signed.form.reason is ScreeningReason.FOLLOW_UP
    assert [answer.value for answer in signed.form.instruments[0].answers] == [0, None, None, None, 0, 0, None]
    assert signed.form.formulation.judgement is Judgement.LOW
    # The level of care stayed as it was decided.
    next_day = DAY + dt.timedelta(days=21)
    assert signed.form.care == Care(level=LevelOfCare.INTENSIVE_OUTPATIENT, next_reassessment=next_day)
    assert signed.form.quick.last_number == 1
    assert keys.presses == 7
    assert took < 5
    assert find("screening.quick").isVisible()


def test_with_thoughts_and_words_it_stays_far_under_ninety_seconds(window, keys):
    _begin(window)
    keys.type("1")
    assert _focus() == "quick.thoughts.note"
    keys.type("Better off gone, at night")
    keys.enter()
    keys.type("000")
    keys.type("1Lost the job")
    keys.enter()
    keys.type("1")
    assert _focus() == "quick.plan-used.note"
    keys.enter()
    keys.type("4")
    assert _focus() == "quick.helped.note"
    keys.type("Called Ana")
    keys.enter()
    keys.type("1")
    keys.type("Passive thoughts, no plan, calls her sister")
    keys.enter()
    keys.type("0")
    keys.enter()
    facts = _signed(window).facts[0]
    said = {answer.item: (answer.answer, answer.note) for answer in facts.answers if answer.answer}
    assert said["thoughts"] == ("Of being dead", "Better off gone, at night")
    assert said["changed"] == ("Yes", "Lost the job")
    assert said["helped"] == ("People I can ask for help", "Called Ana")
    # A slow typist's two keys a second.
    assert keys.presses / 2 < 90


def test_a_critical_answer_is_named_at_once_and_the_crisis_panel_is_one_key_away(window, keys):
    _begin(window)
    keys.type("2")
    assert not window.workspace.screen_of("screening").quick.critical.isVisible()
    keys.enter()
    keys.type("1")
    assert "thought about how, where or when" in find("quick.critical").text
    keys.press(Qt.Key.Key_F9)
    assert find("crisis").isVisible()


def test_it_goes_on_as_a_whole_screening_with_every_word(window, keys):
    screen = _begin(window)
    keys.type("2")
    keys.type("I wrote a letter")
    keys.enter()
    keys.type("1")
    keys.type("1not tonight")
    keys.tab_to("quick.reasons")
    keys.type("Needs the whole of it")
    find("quick.critical.action").setFocus()
    keys.press(Qt.Key.Key_Space)
    assert screen.place() == Step.INSTRUMENTS.value
    form = screen.form()
    assert form.quick is None
    assert form.answer(QUICK_CHECK, "intent") == 2
    assert {answer.note for answer in form.instruments[0].answers if answer.note} == {"I wrote a letter", "not tonight"}
    assert form.formulation.reasons == "Needs the whole of it"
    # What only stayed as it was isn't chosen for the therapist.
    assert form.care.level is None
    assert form.reason is None
    assert not any("quick-check" in made.objectName() for made in screen._pages[Step.INSTRUMENTS]._offers())
    window.lock()


def test_a_lock_in_the_middle_comes_back_to_the_same_field(qtbot, window, keys):
    _begin(window)
    keys.type("1")
    keys.type("At night")
    keys.enter()
    keys.type("0")
    keys.tab_to("quick.reasons")
    keys.type("So far")
    window.lock()
    unlock(qtbot, window, PASSPHRASE)
    qtbot.waitUntil(lambda: window.workspace is not None and window.workspace.client_id != "", timeout=5000)
    assert _focus() == "quick.reasons"
    assert find("quick.reasons").value() == "So far"
    assert find("quick.thoughts.note").value() == "At night"
    assert find("quick.plan").value() == 0


def test_what_is_missing_is_said_beside_its_field(window, keys):
    _begin(window)
    keys.tab_to("quick.signer")
    keys.enter()
    assert "thoughts" in find("quick.thoughts.error").text()
    assert _focus().startswith("quick.thoughts.")
    keys.type("000")
    keys.tab_to("quick.signer")
    keys.enter()
    assert find("quick.judgement.error").isVisible()
    assert window.workspace.session.screenings.of_client(window.workspace.client_id)[0].number == 1


def test_the_level_of_care_changes_only_where_it_is_changed(window, keys):
    _begin(window)
    keys.type("0000")
    keys.tab_to("quick.level")
    assert find("quick.last").text() == (
        "Last time: screening 1, 02 Mar 2026; judgement: moderate; level of care: intensive outpatient."
    )
    keys.press(Qt.Key.Key_Up)
    keys.tab_to("quick.signer")
    keys.enter()
    assert _signed(window).form.care.level is LevelOfCare.OUTPATIENT_MORE_OFTEN
    history = window.workspace.session.histories.of_client(window.workspace.client_id)
    assert [event.words for event in history.events] == ["Level of care: outpatient, more frequent sessions"]


@pytest.mark.parametrize("style", [RiskStyle.FORMULATION], indirect=True, ids=["formulation"])
def test_in_words_alone_no_level_of_risk_is_asked_or_shown(window, keys):
    screen = _begin(window)
    assert not screen.quick.judgement.isVisible()
    assert "judgement" not in find("quick.last").text()
    keys.type("000")
    assert _focus() == "quick.reasons"
    keys.enter()
    keys.type("0")
    keys.enter()
    assert _signed(window).form.formulation.judgement is Judgement.NO_LEVEL


def test_a_first_contact_is_sent_to_the_whole_screening(window):
    _begin(window, "T-02")
    assert "follows an earlier screening" in window.workspace.banner.text
    assert window.workspace.session.screenings.draft_of(window.workspace.client_id) is None


def test_it_opens_from_today_and_from_the_record(qtbot, window, keys):
    _begin(window)
    keys.type("0000")
    keys.enter()
    keys.type("0")
    keys.enter()
    client = window.workspace.client_id
    workspace = window.workspace
    workspace.choose_client("")
    workspace.open_screen("today")
    find("today.table").choose(lambda due: due.sentence == "Reassessment")
    keys.tab_to("today.quick")
    keys.enter()
    assert workspace.client_id == client
    assert _focus() == "quick.thoughts.0"
    QTest.keyClick(find("quick.discard"), Qt.Key.Key_Return)
    find("screening.ask-discard.yes").click()
    workspace.open_screen("clients")
    workspace.clients_presenter.open(client)
    find("clients.quick").setFocus()
    keys.enter()
    assert _focus() == "quick.thoughts.0"


def test_what_is_being_typed_stays_when_the_screening_is_opened_once_more(window):
    workspace = window.workspace
    workspace.choose_client(workspace.session.clients.by_code("M-07").id)
    workspace.open_screen("screening")
    workspace.screening_presenter.begin()
    find("screening.reason_note").setFocus()
    QTest.keyClicks(find("screening.reason_note"), "Her brother called")
    _begin(window)
    assert find("screening.reason_note").text() == "Her brother called"
    QTest.keyClicks(find("screening.reason_note"), " twice")
    workspace.screening_presenter.begin()
    assert find("screening.reason_note").text() == "Her brother called twice"
    # What is said meanwhile lies over none of it.
    toast = workspace.toast
    assert toast.isVisible()
    screen = workspace.screen_of("screening")
    shown = toast.mapTo(window, toast.rect().topLeft()).y()
    assert screen.mapTo(window, screen.rect().bottomLeft()).y() < shown


def test_entered_in_error_leaves_the_cursor_at_the_record(window, keys):
    workspace = window.workspace
    sign_scores(workspace.session, workspace.session.clients.by_code("M-07").id, {"phq-2": (0, 1)})
    workspace.choose_client(workspace.session.clients.by_code("M-07").id)
    workspace.open_screen("screening")
    find("screening.1.void").setFocus()
    keys.enter()
    keys.tab_to("void.reason")
    keys.type("The wrong client")
    keys.tab_to("void.sign")
    keys.enter()
    assert keys.focus().objectName() == "screening.1.open"
    assert [one.voided for one in workspace.session.screenings.of_client(workspace.client_id)] == [False, True]


def test_after_the_signature_the_cursor_stays_on_the_screen(window, keys):
    screen = _begin(window)
    keys.press(Qt.Key.Key_0)
    screen.quick.judgement.set_value(Judgement.LOW)
    screen.quick.setting.set_value(Setting.OFFICE)
    keys.press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert len(window.workspace.session.screenings.of_client(window.workspace.client_id)) == 2
    assert keys.focus().objectName() == "screening.new"
