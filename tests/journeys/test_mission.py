"""Every line of the practice's mission, "Safety plan for therapists", through the real window to what is stored and printed."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from support.journeys import choose, press, saved, write, write_into
from support.keyboard import Keyboard
from support.vaults import PASSPHRASE, START, HeldClock, fresh_vault, session_on
from support.windows import begin_plan, find, open_window, unlock

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.consents import ConsentKind
from safeplan_desktop.domain.handouts import Giving
from safeplan_desktop.domain.incidents import IncidentCategory, Party, Place
from safeplan_desktop.domain.policy import AdoptedPolicy
from safeplan_desktop.domain.practice import ContactType
from safeplan_desktop.domain.screenings import Judgement, LevelOfCare
from safeplan_desktop.domain.training import TrainingFormat
from safeplan_desktop.services.due import DueKind

DAY = START.date()


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def window(qtbot, tmp_path, clock):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder, clock)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt", birth_date=dt.date(1990, 5, 4)))
    session.vault.database.close()
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.workspace.choose_client(window.workspace.session.clients.by_code("M-07").id)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


@pytest.fixture
def session(window):
    return window.workspace.session


def _to_record(window, noun):
    window.workspace.open_record(noun, "", window.workspace.client_id)
    QApplication.processEvents()


def _due(session, kind):
    return [row for row in session.due.rows() if row.kind is kind]


def test_i_purpose_and_scope_name_the_practice_and_whom_the_plan_covers(qtbot, window, session, tmp_path):
    window.workspace.open_practice("profile")
    write_into("practice.practice_name", "Juniper Street Counseling")
    press("practice.save-profile")
    window.workspace.open_practice("policy")
    press("practice.policy.add-person")
    write_into("policy-person.name", "Jonas Vale")
    press("policy-person.save", "practice.policy.write", "practice.policy.one-by-one")
    Keyboard().type("0" * 6)
    press("practice.policy.adopt", "policy-adopt.undecided", "policy-adopt.sign")
    adopted = session.policy.newest().form_as(AdoptedPolicy)
    assert (adopted.undecided, [one.name for one in adopted.people]) == (68, ["Jonas Vale"])
    press("practice.policy.print")
    said = saved(qtbot, window, tmp_path / "policy.pdf")
    assert "This is the safety policy of Juniper Street Counseling" in said
    assert "It covers Dr. Alma Reyes" in said
    assert "as little harm as can be foreseen" in said
    assert "Jonas Vale" in said
    assert "Every client is asked about thoughts of suicide" not in said  # not decided, so not promised


def test_ii_a_a_client_is_screened_judged_and_given_a_level_of_care(qtbot, window, session, tmp_path):
    window.workspace.open_screen("screening")
    press("screening.none.action", "screening.reason.0", "screening.setting.0", "screening.next")
    press("screening.add-phq-9")
    find("screening.phq-9.1.0").setFocus()
    Keyboard().type("2121112011")
    press("screening.next", "screening.risk-7", "screening.protective-1", "screening.next", "screening.judgement.1")
    write_into("screening.reasons", "Thoughts of death without plan; the sister knows.")
    press("screening.next")
    choose("screening.level", LevelOfCare.OUTPATIENT)
    write_into("screening.next_reassessment.line", "2026-03-07")
    press("screening.next", "screening.sign")
    (signed,) = session.screenings.of_client(window.workspace.client_id)
    form = session.screenings.get(signed.id).form
    assert (form.formulation.judgement, form.care.level) == (Judgement.MODERATE, LevelOfCare.OUTPATIENT)
    assert [row.due for row in _due(session, DueKind.REASSESSMENT)] == [dt.date(2026, 3, 7)]
    press("screening.1.open")
    said = saved(qtbot, window, tmp_path / "screening.pdf")
    for words in (
        "11 of 27",
        "Lives alone",
        "Thoughts of death without plan",
        "Moderate",
        "Outpatient",
        "March 7, 2026",
    ):
        assert words in said


def test_ii_b_limits_of_confidentiality_are_signed_and_a_session_has_its_structure(
    qtbot, window, session, tmp_path, clock
):
    _to_record(window, Noun.CONSENT)
    press("consent.new")
    choose("consent.kind", ConsentKind.CONFIDENTIALITY)
    press("consent.given.0", "consent.sign", "consent.report")
    said = saved(qtbot, window, tmp_path / "consent.pdf")
    assert "Consent: limits of confidentiality" in said
    assert "Signed by Dr. Alma Reyes" in said
    _to_record(window, Noun.SESSION_NOTE)
    press("session-note.new")
    choose("session-note.place", Place.OFFICE)
    clock.forward(minutes=50)
    press("session-note.ended_at.now", "session-note.boundaries")
    write_into("session-note.interventions", "Went through the agreement.")
    press("session-note.sign", "session-note.report")
    said = saved(qtbot, window, tmp_path / "note.pdf")
    for words in ("50 minutes", "Boundaries", "How the week was", "Went through the agreement."):
        assert words in said
    assert len(session.session_notes.of_client(window.workspace.client_id)) == 1


def test_ii_c_in_a_crisis_the_steps_are_stamped_and_the_therapists_own_safety_is_seen_to(window, session, clock):
    window.workspace.open_practice("room")
    write(practice__room__alone__expects="Jonas Vale", practice__room__alone__phone="+1 303 555 0147")
    find("practice.room.alone.due").set_value(START + dt.timedelta(minutes=30))
    write_into("practice.room.alone.if_not", "Calls back, then security")
    press("practice.room.alone.note")
    QTest.keyClick(window, Qt.Key.Key_F9)
    find("crisis").activateWindow()
    QTest.keyClick(window.crisis, Qt.Key.Key_1)
    clock.forward(minutes=2)
    QTest.keyClick(window.crisis, Qt.Key.Key_3)
    window.crisis.draft_button.click()
    form = window.workspace.screen_of("incidents").form()
    steps = session.practice.protocol().office
    assert [(one.text, one.at) for one in form.actions] == [
        (steps[0].text, START),
        (steps[2].text, START + dt.timedelta(minutes=2)),
    ]
    assert form.client_id == window.workspace.client_id
    clock.forward(minutes=45)
    (late,) = _due(session, DueKind.LONE_WORKING)
    assert late.overdue
    assert _due(session, DueKind.DRAFT_INCIDENT)


def test_iii_emergency_contacts_stand_in_the_table_the_panel_and_on_the_wall_card(qtbot, window, session, tmp_path):
    window.workspace.open_practice("contacts")
    press("practice.add-contact")
    choose("practice.contact-4.type", ContactType.EMERGENCY_DEPARTMENT)
    write_into("practice.contact-4.name", "Mercy Hospital")
    write_into("practice.contact-4.number", "+1 303 555 0199")
    press("practice.check-all", "practice.save-contacts")
    new = session.practice.contacts()[-1]
    assert (new.type, new.checked_on, new.checked_by) == (ContactType.EMERGENCY_DEPARTMENT, DAY, "Dr. Alma Reyes")
    press("practice.wall-card")
    said = saved(qtbot, window, tmp_path / "card.pdf")
    for words in ("911", "988", "Mercy Hospital", "+1 303 555 0199"):
        assert words in said
    window.lock()
    window.open_crisis()
    shown = "\n".join(one.text() for one in window.crisis.findChildren(QLabel))
    assert "Mercy Hospital" in shown
    assert "Dr. Okafor" not in shown  # not to be shown while locked


def test_iv_a_a_safety_plan_in_the_clients_words_leaves_with_the_client(qtbot, window, session, tmp_path):
    window.workspace.open_screen("plan")
    begin_plan(window)
    words = {
        "warning-signs": "I stop answering messages",
        "coping": "Walk to the river and back",
        "distraction": "The library, upper floor",
        "helpers": "Ana Holt",
        "surroundings": "Ana keeps my medicines",
        "reasons": "My daughter's laugh",
    }
    for section, line in words.items():
        write_into(f"plan.{section}.1.text", line)
    write_into("plan.helpers.1.phone", "+1 303 555 0151")
    press("plan.number-1", "plan.together", "plan.steps.step-4", "plan.finish")
    version = session.plans.newest(window.workspace.client_id)
    assert version.number == 1
    press("close.print-all")
    said = saved(qtbot, window, tmp_path / "plan.pdf")
    for line in (*words.values(), "988", "911"):
        assert line in said
    assert "M-07" not in said


def test_iv_b_boundaries_stand_on_a_sheet_of_their_own_and_a_call_for_help_in_the_timeline(
    qtbot, window, session, tmp_path, clock
):
    _to_record(window, Noun.AGREEMENT)
    press("agreement.new", "agreement.sign", "agreement.report")
    said = saved(qtbot, window, tmp_path / "agreement.pdf")
    for words in ("How we work together", "Boundaries", "In a crisis", "Between sessions", "Maren Holt"):
        assert words in said
    window.open_crisis()
    QTest.keyClick(window.crisis, Qt.Key.Key_3)
    clock.forward(minutes=5)
    window.crisis.draft_button.click()
    choose("incident.category", IncidentCategory.EMERGENCY_RESPONSE)
    write_into("incident.account", "Pills on the table; she let the crew in.")
    press("incident.notification.add")
    choose("incident.notification-1.party", Party.EMERGENCY_SERVICES)
    press("incident.physical_harm.0", "incident.psychological_harm.1", "incidents.sign", "incidents.report")
    said = saved(qtbot, window, tmp_path / "incident.pdf")
    assert "9:00 AM Call the emergency number" in said
    assert "Emergency services" in said


def test_v_a_an_incident_is_logged_in_detail_followed_up_and_printed(qtbot, window, session, tmp_path):
    window.workspace.open_screen("incidents")
    press("incidents.new")
    choose("incident.category", IncidentCategory.CLIENT_CRISIS)
    choose("incident.place", Place.PHONE)
    press("incident.happened_at.now")
    write_into("incident.antecedent", "A letter from the landlord.")
    write_into("incident.account", "Client called, crying.")
    press("incident.action.add")
    write_into("incident.action-1.text", "Went through the safety plan.")
    press("incident.physical_harm.0", "incident.psychological_harm.2", "incident.follow-up.add")
    write_into("incident.follow-up-1.text", "Call in the morning")
    write_into("incident.follow-up-1.due.line", "2026-03-03")
    press("incidents.sign")
    assert [row.due for row in _due(session, DueKind.FOLLOW_UP)] == [dt.date(2026, 3, 3)]
    press("incidents.add")
    write_into("addendum.text", "The sister stayed overnight.")
    write_into("addendum.reason", "Learned the next morning")
    press("addendum.sign", "incidents.report")
    said = saved(qtbot, window, tmp_path / "incident.pdf")
    for words in ("2026-001", "A letter from the landlord.", "Went through the safety plan.", "Call in the morning"):
        assert words in said
    assert "The sister stayed overnight." in said


def test_v_b_a_change_of_status_stands_in_the_record_with_its_day_and_reason(qtbot, window, session, tmp_path):
    client_id = window.workspace.client_id
    _to_record(window, Noun.CLIENT)
    press("clients.status")
    choose("status.status", ClientStatus.PAUSED)
    write_into("status.reason", "Works abroad until May")
    write_into("status.until.line", "2026-03-08")
    press("status.save")
    assert session.clients.get(client_id).status is ClientStatus.PAUSED
    assert [row.due for row in _due(session, DueKind.PAUSE)] == [dt.date(2026, 3, 8)]
    press("clients.export")
    write_into("record.to_whom", "Maren Holt")
    write_into("record.why", "Asked for by the client")
    press("record.make")
    said = saved(qtbot, window, tmp_path / "record.pdf")
    for words in ("Maren Holt", "Paused", "Works abroad until May", "Asked for by the client"):
        assert words in said


def test_vi_a_a_training_is_logged_with_its_hours_and_printed(qtbot, window, session, tmp_path):
    window.workspace.open_practice("training")
    press("practice.trainings.add")
    write_into("practice.training.title", "Calming a hard conversation")
    choose("practice.training.format", TrainingFormat.IN_PERSON)
    write_into("practice.training.first_day.line", "2026-02-20")
    keys = Keyboard()
    find("practice.training.hours.1.subject").setFocus()
    keys.type("Sandplay in a crisis")
    write_into("practice.training.hours.1.hours", "1:30")
    press("practice.training.save")
    (kept,) = session.trainings.log()
    assert (kept.training.title, kept.training.minutes) == ("Calming a hard conversation", 90)
    press("practice.trainings.print", "training-days.go")
    said = saved(qtbot, window, tmp_path / "trainings.pdf")
    for words in ("Calming a hard conversation", "Sandplay in a crisis", "1.5 h"):
        assert words in said


def test_vi_b_a_client_is_given_a_page_to_learn_from_and_the_record_says_so(qtbot, window, session, tmp_path):
    _to_record(window, Noun.CLIENT)
    window.workspace.screen_of("clients").record_tabs.open_room("handouts")
    press("clients.handouts.choice-safety-plan")
    write_into("clients.handouts.note", "Read together")
    press("clients.handouts.preview")
    said = saved(qtbot, window, tmp_path / "handout.pdf")
    assert "safety plan" in said
    assert "Maren" not in said
    (given,) = session.handouts.given_to(window.workspace.client_id)
    assert (given.form.handout_id, given.form.how, given.form.note) == ("safety-plan", Giving.SAVED, "Read together")


def test_vii_the_policy_is_reviewed_in_time_and_feedback_is_taken_up(qtbot, window, session, tmp_path, clock):
    window.workspace.open_practice("policy")
    press("practice.policy.write", "practice.policy.one-by-one")
    Keyboard().type("0" * 3)
    press("practice.policy.adopt", "policy-adopt.undecided", "policy-adopt.sign")
    window.workspace.open_practice("reviews")
    press("practice.reviews.on-screen")
    keys = Keyboard()
    keys.type("8")
    keys.tab_to("feedback.words")
    keys.type("A second way in")
    keys.tab_to("feedback.finish")
    keys.enter()
    keys.enter()
    press("practice.reviews.taken-up", "taken-up.note-it")
    (kept,) = session.feedback.every()
    assert (kept.client_id, kept.form.words) == ("", "A second way in")
    clock.forward(days=360)
    window.workspace.open_practice("policy")
    (due,) = [row for row in _due(session, DueKind.POLICY) if "Review" in row.sentence]
    assert due.due == dt.date(2027, 3, 2)
    press("practice.policy.write", "practice.policy.one-by-one")
    Keyboard().type("1")
    press("practice.policy.adopt", "policy-adopt.undecided")
    write_into("policy-adopt.change", "Reviewed; a second way in, asked for by a client.")
    press("policy-adopt.sign", "practice.policy.print")
    said = saved(qtbot, window, tmp_path / "policy.pdf")
    assert "Version 2" in said
    assert "a second way in, asked for by a client." in said
    assert not [row for row in _due(session, DueKind.POLICY) if "Review" in row.sentence]


def test_viii_the_therapist_keeps_a_plan_for_self_care_and_asks_a_colleague_without_a_clients_name(
    qtbot, window, session, tmp_path
):
    window.workspace.open_practice("support")
    press("practice.support.write")
    keys = Keyboard()
    keys.type("Swim on Tuesdays")
    press("self-care.keep", "practice.support.print")
    said = saved(qtbot, window, tmp_path / "self-care.pdf")
    assert "Swim on Tuesdays" in said
    window.activateWindow()
    press("consultation.new")
    keys.type("Dr. Okafor")
    press("consultation.kind.0")
    for part, words in (("question", "Is it right to call?"), ("summary", "An adult."), ("decision", "I ask first.")):
        find(f"consultation.{part}").setFocus()
        keys.type(words)
    press("consultation.sign")
    qtbot.waitUntil(lambda: len(session.consultations.of_client("")) == 1, timeout=10_000)
    press("consultation.report")
    said = saved(qtbot, window, tmp_path / "consultation.pdf")
    for words in ("Dr. Okafor", "Is it right to call?", "I ask first."):
        assert words in said
    assert "Maren" not in said
