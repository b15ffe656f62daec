"""Today in the real window: every row opens the thing itself; rows are put off by keyboard; the week and the calendar leave."""

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from support.incidents import sign_incident
from support.keyboard import Keyboard
from support.policies import adopt
from support.trainings import LICENCE
from support.vaults import (
    PASSPHRASE,
    START,
    HeldClock,
    finish_two_versions,
    fresh_vault,
    session_on,
    sign_scores,
)
from support.windows import find, open_window, unlock
from support.written import sign_consent

from safeplan_desktop.domain.canonical import to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.consultations import ConsultationKind
from safeplan_desktop.domain.crisis import CrisisRun, Variant
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.due import DueKind, DueRow
from safeplan_desktop.domain.feedback import FeedbackFrom
from safeplan_desktop.domain.incidents import AddendumForm, FollowUp
from safeplan_desktop.domain.practice import PracticeProfile
from safeplan_desktop.domain.practice_checks import CheckKind, PracticeCheck
from safeplan_desktop.services.due import DueList
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.today import view as today_view
from safeplan_desktop.ui.today.presenter import Group

TODAY = START.date()
SIGNER = "Dr. Alma Reyes"


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def window(qtbot, tmp_path, clock):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder, clock)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.vault.database.close()
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


@pytest.fixture
def session(window):
    return window.workspace.session


@pytest.fixture
def client_id(session):
    return session.clients.by_code("M-07").id


def _table():
    return find("today.table")


def _choose(kind) -> DueRow:
    """Chooses the row of a kind on the screen."""
    QApplication.processEvents()
    table = _table()
    table.choose(lambda line: isinstance(line, DueRow) and line.kind is kind)
    assert isinstance(table.current(), DueRow), kind
    assert table.current().kind is kind
    return table.current()


# Each row opens the thing itself. What makes a row of each kind, and what has to be seen then.


class World(NamedTuple):
    """What a case begins with."""

    session: Session
    client_id: str
    clock: HeldClock


def _consultation(w):
    draft, form = w.session.consultations.begin("")
    form = replace(form, who="Dr. Okafor", kind=ConsultationKind.PEER, question="Call?", decision="Wait.")
    w.session.consultations.sign(draft, replace(form, follow_up_on=TODAY), SIGNER)


def _retention(w):
    w.session.retention.save_rule(replace(w.session.retention.rule(), after_last_entry=1))
    w.clock.forward(days=3 * 366)


def _lone(w):
    due = START + dt.timedelta(hours=1)
    check = PracticeCheck(CheckKind.LONE_WORKING, expects="Jonas", phone="1", due=due, zone="UTC", if_not="x")
    w.session.practice_checks.note(check)
    w.clock.forward(hours=3)


def _review(w):
    finish_two_versions(w.session, w.client_id)
    w.clock.forward(days=200)


def _check_in(w):
    sign_incident(w.session, w.client_id)
    w.clock.forward(hours=30)


def _policy(w):
    adopt(w.session)
    w.session.policy.add_person("Jonas", "Front desk")


def _unchecked(w):
    contacts = (replace(one, checked_on=None) for one in w.session.practice.contacts())
    w.session.practice.save_contacts(tuple(contacts))


def _training(w):
    draft, form = w.session.trainings.begin()
    w.session.trainings.autosave(draft, replace(form, title="Safer homes"))


def _rule_due(w):
    w.session.training_rules.save(replace(LICENCE, first_day=dt.date(2024, 4, 1)))


SOON = TODAY + dt.timedelta(days=2)
CALL = (FollowUp("Call", TODAY),)
PAUSED = ClientStatus.PAUSED


def _addition(world):
    signed = sign_incident(world.session, world.client_id)
    form = AddendumForm(text="The sister stayed.")
    world.session.addendum_drafts.keep(Noun.INCIDENT, signed.id, world.client_id, form)


CASES = {
    DueKind.DRAFT_CLIENT: (
        lambda w: w.session.drafts.begin(DraftKind.CLIENT, "", to_json(ClientForm(code="N-1")), 1),
        "client.code",
    ),
    DueKind.DRAFT_SCREENING: (lambda w: w.session.screenings.begin(w.client_id), "screening.steps.step-1"),
    DueKind.REASSESSMENT: (
        lambda w: sign_scores(w.session, w.client_id, {"phq-2": (1, 1)}, again_on=TODAY),
        "screening.1.open",
    ),
    DueKind.DRAFT_PLAN: (lambda w: w.session.plans.begin(w.client_id), "plan.together"),
    DueKind.DRAFT_INCIDENT: (lambda w: w.session.incidents.begin(w.client_id), "incident.account"),
    DueKind.DRAFT_SESSION_NOTE: (lambda w: w.session.session_notes.begin(w.client_id), "session-note.sign"),
    DueKind.DRAFT_PRIVATE_NOTE: (lambda w: w.session.private_notes.begin(w.client_id), "private-note.sign"),
    DueKind.DRAFT_AGREEMENT: (lambda w: w.session.agreements.begin(w.client_id), "agreement.sign"),
    DueKind.DRAFT_CONSENT: (lambda w: w.session.consents.begin(w.client_id), "consent.sign"),
    DueKind.CONSENT: (lambda w: sign_consent(w.session, w.client_id, valid_until=SOON), "consent.signed.back"),
    DueKind.FOLLOW_UP: (lambda w: sign_incident(w.session, w.client_id, follow_ups=CALL), "incidents.follow-up-1.done"),
    DueKind.BACKUP: (lambda w: w.session, "backups.make"),
    DueKind.DRILL: (
        lambda w: w.session.crisis.save(DraftKind.DRILL, CrisisRun(), place=Variant.TELEHEALTH.value),
        "exercise.end",
    ),
    DueKind.CRISIS: (lambda w: w.session.crisis.save(DraftKind.CRISIS, CrisisRun()), "crisis.close"),
    DueKind.DRAFT_HANDOUT: (lambda w: w.session.own_handouts.begin(), "practice.handout.save"),
    DueKind.DRAFT_POLICY: (lambda w: w.session.policy.begin(), "practice.policy.adopt"),
    DueKind.DRAFT_SELF_CARE: (lambda w: w.session.self_care.begin(), "self-care.keep"),
    DueKind.DRAFT_PRACTICE: (
        lambda w: w.session.practice_drafts.keep("profile", PracticeProfile(phone="1")),
        "practice.save-profile",
    ),
    DueKind.DRAFT_ADDENDUM: (_addition, "incidents.add"),
    DueKind.DRAFT_CONSULTATION: (lambda w: w.session.consultations.begin(""), "consultation.sign"),
    DueKind.CONSULTATION: (_consultation, "consultation.done"),
    DueKind.CHECK_IN: (_check_in, "practice.support.take"),
    DueKind.PAUSE: (
        lambda w: w.session.statuses.change(w.client_id, PAUSED, reason="Abroad", until=SOON),
        "clients.record",
    ),
    DueKind.POLICY: (_policy, "practice.policy.unread"),
    DueKind.LONE_WORKING: (_lone, "practice.room"),
    DueKind.RETENTION: (_retention, "practice.retention"),
    DueKind.DRAFT_TRAINING: (_training, "practice.trainings.add"),
    DueKind.TRAINING: (_rule_due, "practice.trainings.add"),
    DueKind.DRAFT_FEEDBACK: (lambda w: w.session.feedback.begin(FeedbackFrom.CLIENT), "practice.reviews.resume"),
    DueKind.REVIEW: (lambda w: w.clock.forward(days=200), "practice.reviews.reviewed"),
    DueKind.SET_UP: (lambda w: w.session.set_up.begin(), "set-up.profile.do"),
    DueKind.PLAN_REVIEW: (_review, "preview"),
    DueKind.COPIES: (lambda w: finish_two_versions(w.session, w.client_id), "plan.copies.somebody"),
    DueKind.NUMBERS: (_unchecked, "practice.contacts"),
}


def test_every_kind_has_its_case():
    assert set(CASES) == set(DueKind)


@pytest.mark.parametrize("kind", DueKind, ids=lambda kind: kind.value)
def test_each_row_opens_the_thing_itself(qtbot, window, session, client_id, clock, kind):
    prepare, seen = CASES[kind]
    prepare(World(session, client_id, clock))
    window.workspace.screen_of("today").reload()
    _choose(kind)
    keys = Keyboard()
    keys.tab_to("today.table")
    keys.enter()
    qtbot.waitUntil(lambda: _visible(seen), timeout=4_000)


def _visible(name):
    try:
        return find(name) is not None
    except AssertionError:
        return False


# The list


def _lines():
    table = _table()
    return [table.model().index(place, 0).data() for place in range(table.model().rowCount())]


def _reassessments(session, clock, *days):
    """One client each, whose reassessment is due so many days from today."""
    clock.moment = START - dt.timedelta(days=30)
    for number, ahead in enumerate(days):
        client = session.clients.add(ClientForm(code=f"R-{number}", name=f"Person {number}"))
        sign_scores(session, client.id, {"phq-2": (1, 1)}, again_on=TODAY + dt.timedelta(days=ahead))
    clock.moment = START


def test_rows_stand_under_their_days_and_the_cursor_passes_over_the_lines_between(window, session, clock):
    _reassessments(session, clock, -3, 0, 1, 4)
    window.workspace.screen_of("today").reload()
    lines = _lines()
    heads = [line for line in lines if line.endswith(")")]
    assert heads == ["Overdue (2)", "Today (1)", "Tomorrow (1)", "Friday (1)", "Open (2)"]
    keys = Keyboard()
    keys.tab_to("today.table")
    _table().go_to(1)
    seen = [_table().current()]
    for _ in range(6):
        keys.press(Qt.Key.Key_Down)
        seen.append(_table().current())
    assert not any(isinstance(line, Group) for line in seen)
    assert len({line.key for line in seen}) == 7


def test_many_rows_can_be_narrowed_to_a_sort(window, session, clock):
    _reassessments(session, clock, *range(-6, 7))
    view = window.workspace.screen_of("today")
    view.reload()
    sort = find("today.sort")
    words = [sort.itemText(place) for place in range(sort.count())]
    assert words == ["Show everything", "Reassessments (13)", "The practice and everything else (3)"]
    sort.setCurrentIndex(2)
    sort.activated.emit(2)
    QApplication.processEvents()
    assert not any("Reassessment" in line for line in _lines())
    assert "16 things" in find("today.about").text()


def test_few_rows_need_no_filter(window):
    assert not _visible("today.sort")


def test_a_row_is_put_off_by_keyboard_shown_again_and_brought_back(window, session, clock):
    _reassessments(session, clock, 0)
    window.workspace.screen_of("today").reload()
    row = _choose(DueKind.REASSESSMENT)
    keys = Keyboard()
    keys.tab_to("today.table")
    keys.press(Qt.Key.Key_S)
    keys.press(Qt.Key.Key_2)
    assert keys.focus().objectName() == "snooze.reason"
    keys.type("On holiday")
    keys.tab_to("snooze.save")
    keys.enter()
    (later,) = session.due.listed().put_off
    assert (later.row.key, later.until, later.reason) == (row.key, TODAY + dt.timedelta(days=3), "On holiday")
    assert "Reassessment" not in _lines()
    assert "1 put off." in find("today.about").text()
    keys.tab_to("today.later")
    keys.press(Qt.Key.Key_Space)
    assert _lines()[-2:] == ["Put off (1)", "Reassessment. Put off: On holiday"]
    table = _table()
    last = table.model().rowCount() - 1
    assert table.model().index(last, 2).data() == "Until Thu 05 Mar 2026"
    keys.tab_to("today.table")
    keys.press(Qt.Key.Key_End, modifiers=Qt.KeyboardModifier.ControlModifier)
    keys.tab_to("today.wake")
    keys.enter()
    assert session.due.listed().put_off == ()
    assert _choose(DueKind.REASSESSMENT).key == row.key


def test_without_a_reason_the_sentence_stands_beside_the_field_and_nothing_is_put_off(window, session, clock):
    _reassessments(session, clock, 0)
    window.workspace.screen_of("today").reload()
    _choose(DueKind.REASSESSMENT)
    find("today.put-off").click()
    find("snooze.save").click()
    assert find("snooze.reason.error").text() == "Please write why, in a few words."
    assert session.due.listed().put_off == ()


def test_an_overdue_reassessment_says_calmly_that_it_waits_a_week_at_most(window, session, clock):
    _reassessments(session, clock, -3)
    window.workspace.screen_of("today").reload()
    _choose(DueKind.REASSESSMENT)
    find("today.put-off").click()
    dialog = window.findChild(QDialog, "snooze")
    dialog.until.set_value(4)
    dialog.until.changed.emit()
    dialog.day.set_value(TODAY + dt.timedelta(days=8))
    dialog.reason.set_value("Away")
    find("snooze.save").click()
    assert "seven days at most" in find("snooze.day.error").text()
    dialog.day.set_value(TODAY + dt.timedelta(days=7))
    find("snooze.save").click()
    assert session.due.listed().put_off[0].until == TODAY + dt.timedelta(days=7)


def test_of_ten_thousand_rows_only_those_in_sight_are_formatted(window, monkeypatch):
    view = window.workspace.screen_of("today")
    rows = tuple(DueRow(DueKind.REASSESSMENT, TODAY, False, "Reassessment", f"P-{n}", f"c{n}") for n in range(10_000))
    asked = []
    presenter = view._presenter
    monkeypatch.setattr(type(session_due := presenter.session.due), "listed", lambda _self, **_: DueList(rows, ()))
    monkeypatch.setattr(type(presenter), "client_words", staticmethod(lambda line: asked.append(line) or ""))
    view.table._model.columns = tuple(
        replace(column, text=presenter.client_words) if column.title == "Client" else column
        for column in view.table._model.columns
    )
    view.reload()
    QApplication.processEvents()
    assert session_due is presenter.session.due
    assert view.table.model().rowCount() == 10_001
    assert 0 < len(asked) < 500


# Leaving


@pytest.mark.parametrize("shown", [True, False])
def test_the_week_is_printed_and_names_are_asked_for_only_where_screens_show_them(qtbot, window, session, shown):
    session.practice.save_settings(replace(session.practice.settings(), show_names=shown))
    find("today.week").click()
    if shown:
        assert not find("week.names").isChecked()
        find("week.show").click()
    qtbot.waitUntil(lambda: _visible("preview"), timeout=10_000)


def test_the_calendar_is_saved_where_the_therapist_says(qtbot, window, session, clock, tmp_path, monkeypatch):
    _reassessments(session, clock, 2)
    window.workspace.screen_of("today").reload()
    path = tmp_path / "due.ics"
    monkeypatch.setattr(today_view, "choose_save_path", lambda *_: path)
    find("today.calendar").click()
    qtbot.waitUntil(path.exists, timeout=10_000)
    assert [str(event["summary"]) for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")] == ["Reassessment"]
