"""The safety policy on real vaults: adopt, go out of date, carry the change, who read it; checks of the practice."""

import datetime as dt
from dataclasses import replace

import pytest
from support.policies import SIGNER, adopt, decided
from support.vaults import START

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import from_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.crisis import Protocol, ProtocolStep, Variant
from safeplan_desktop.domain.drills import Drill
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.domain.policy import AdoptedPolicy, PolicyForm
from safeplan_desktop.domain.policy_facts import PLACEHOLDERS
from safeplan_desktop.domain.practice_checks import CheckedItem, CheckKind, PracticeCheck
from safeplan_desktop.domain.reviews import Interval, ReviewSubject
from safeplan_desktop.domain.training import TopicHours
from safeplan_desktop.domain.training_rules import RenewalRule
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services.due import DueKind
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.checks import check_content

DAY = dt.date(2026, 3, 2)


def sentences(session, *kinds):
    return [row.sentence for row in session.due.rows() if row.kind in kinds]


def change_number(session, number):
    contacts = session.practice.contacts()
    session.practice.save_contacts((contacts[0], replace(contacts[1], number=number), *contacts[2:]))


# Adopting


def test_a_draft_is_autosaved_and_found_again(session):
    draft, form = session.policy.begin()
    session.policy.save(draft, replace(form, change="Half a sentence"), "section:plan")

    again, found = session.policy.begin()

    assert (again.record_id, again.place, found.change) == (draft.record_id, "section:plan", "Half a sentence")
    assert sentences(session, DueKind.DRAFT_POLICY) == ["Safety policy to finish and adopt"]


def test_an_adopted_version_holds_everything_that_stood_there(session):
    session.policy.add_person("Jonas Vale", "Front desk")
    record = adopt(session)
    change_number(session, "989")

    adopted = session.signed_records.get(record.id).form_as(AdoptedPolicy)

    contacts = next(fact for fact in adopted.facts if fact.name == "emergency contacts")
    assert contacts.rows[1][:3] == ("Crisis line", "Lifeline", "988")
    assert [fact.name for fact in adopted.facts if fact.numbered] == [
        "protocol in the office",
        "protocol in telehealth",
    ]
    assert [(one.name, one.role) for one in adopted.people] == [("Jonas Vale", "Front desk")]
    assert (record.number, record.day, adopted.review_on) == (1, DAY, dt.date(2027, 3, 2))
    entry = audit.of_record(session.vault.database, record.id)[-1]
    assert (entry.action, entry.noun, entry.content_hash) == (AuditAction.SIGNED, Noun.POLICY, record.content_hash)
    assert session.policy.unfinished() is None
    assert all(check.ok for check in check_content(session.vault.database))


def test_undecided_clauses_are_said_before_adopting_and_stay_out(session):
    draft, form = session.policy.begin()
    whole = decided(form)
    open_one = whole.with_clause("plan", "plan.who", lambda clause: replace(clause, practised=None))
    usual = {"review_on": session.policy.usual_review(), "change": "First version."}

    with pytest.raises(InvalidInputError) as refused:
        session.policy.adopt(draft, open_one, SIGNER, **usual)
    assert refused.value.field == "undecided"
    assert "One clause isn't decided yet" in refused.value.sentences
    assert "Decide them one by one" in refused.value.sentences

    record = session.policy.adopt(draft, open_one, SIGNER, **usual, leave_undecided=True)
    assert record.form_as(AdoptedPolicy).undecided == 1


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("review_on", {"review_on": None}),
        ("review_on", {"review_on": DAY}),
        ("change", {"change": "  "}),
        ("signer", {"signer": " "}),
        ("clauses", {"form": PolicyForm()}),
    ],
)
def test_adopting_names_the_field_that_is_not_right_and_keeps_the_draft(session, field, given):
    draft, form = session.policy.begin()
    usual = {"form": decided(form), "signer": SIGNER, "review_on": dt.date(2027, 3, 2), "change": "First."} | given

    with pytest.raises(InvalidInputError) as refused:
        session.policy.adopt(draft, usual.pop("form"), usual.pop("signer"), **usual)

    assert refused.value.field == field
    assert session.policy.unfinished() is not None
    assert session.policy.newest() is None


def test_the_next_version_begins_with_what_was_adopted(session):
    adopt(session, "plan.who")
    _, form = session.policy.begin()

    assert form.undecided == ()
    assert {clause.id for clause in form.section("plan").clauses if clause.practised.value == "not-here"} == {
        "plan.who"
    }
    assert form.change == ""


def test_a_version_entered_in_error_gives_way_to_the_one_before(session):
    first, second = adopt(session), adopt(session, change="Wrong day.")
    session.addenda.void(Noun.POLICY, second.id, "", reason="Wrong day.", signer=SIGNER)

    assert session.policy.newest().id == first.id
    assert [line.number for line in session.policy.log()] == [1]
    assert adopt(session).number == 3


# Out of date


def test_a_changed_contact_puts_the_policy_out_of_date_and_the_new_version_carries_it(session):
    adopt(session)
    assert session.policy.outdated() == ()

    change_number(session, "989")

    (change,) = session.policy.outdated()
    assert change.sentence == "Emergency contacts (Crisis line, Lifeline): 988 became 989"
    assert sentences(session, DueKind.POLICY) == [f"Safety policy is out of date: {change.sentence}"]
    draft, form = session.policy.begin()
    suggested = session.policy.suggested_change(form)
    assert "989" in suggested
    second = session.policy.adopt(draft, form, SIGNER, review_on=dt.date(2027, 3, 2), change=suggested)
    assert session.policy.outdated() == ()
    assert sentences(session, DueKind.POLICY) == []
    assert "989" in second.content
    (told,) = session.policy.compare(session.policy.by_number(1), second).facts
    assert told == change


@pytest.mark.parametrize("what", ["profile", "protocol", "rehearsals", "rule"])
def test_every_source_puts_the_policy_out_of_date(session, what):
    adopt(session)
    practice = session.practice
    if what == "profile":
        practice.save_profile(replace(practice.profile(), address="3 Elm Road"))
    elif what == "protocol":
        protocol = practice.protocol()
        practice.save_protocol(Protocol((ProtocolStep("Breathe"), *protocol.office), protocol.telehealth))
    elif what == "rehearsals":
        practice.save_settings(replace(practice.settings(), drill_months=3))
    else:
        ethics = (TopicHours("Ethics", 360),)
        session.training_rules.save(RenewalRule("", "Licence", 24, dt.date(2026, 1, 1), 2400, ethics))
        session.review_schedule.save(Interval(ReviewSubject.POLICY, 6))
        assert session.policy.usual_review() == dt.date(2026, 9, 2)

    titles = {change.title for change in session.policy.outdated()}

    assert (
        titles
        == {
            "profile": {"Address"},
            "protocol": {"Protocol in the office"},
            "rehearsals": {"Rehearsals of the protocol"},
            "rule": {"Topics of training", "Training", "Review of this policy"},
        }[what]
    )


def test_a_check_of_a_number_leaves_the_policy_in_force(session):
    adopt(session)
    contacts = session.practice.contacts()
    session.practice.save_contacts(tuple(replace(one, checked_on=DAY + dt.timedelta(days=3)) for one in contacts))

    assert session.policy.outdated() == ()


def test_every_placeholder_has_a_source(session):
    assert sorted(fact.name for fact in session.policy.facts()) == sorted(PLACEHOLDERS)


def test_the_review_is_due_on_today_a_week_before_and_overdue_after(session, clock):
    adopt(session)
    clock.moment = START + dt.timedelta(days=358)
    rows = [row for row in session.due.rows() if row.kind is DueKind.POLICY]
    assert [(row.sentence, row.due, row.overdue) for row in rows] == [
        ("Review of the safety policy", dt.date(2027, 3, 2), False)
    ]
    clock.moment = START + dt.timedelta(days=366)
    assert [row.overdue for row in session.due.rows() if row.kind is DueKind.POLICY] == [True]


# People


def test_the_list_says_who_has_not_read_the_present_version(session, clock):
    jonas, imke = session.policy.add_person(" Jonas Vale ", "Front desk"), session.policy.add_person("Imke", "")
    adopt(session)
    session.policy.note_reading(jonas.id, 1, DAY)
    assert [one.person.name for one in session.policy.not_read()] == ["Imke"]
    assert sentences(session, DueKind.POLICY) == ["Safety policy, version 1: one person hasn't read it yet"]

    clock.forward(days=2)
    adopt(session, change="Reviewed.")

    assert {one.person.name for one in session.policy.not_read()} == {"Jonas Vale", "Imke"}
    assert session.policy.people()[1].person.read_on(1) == DAY
    with pytest.raises(InvalidInputError):
        session.policy.note_reading(imke.id, 2, DAY)
    with pytest.raises(NotFoundError):
        session.policy.note_reading(imke.id, 3, DAY)


def test_a_person_needs_a_name_and_can_be_put_right_and_taken_out(session):
    with pytest.raises(InvalidInputError) as refused:
        session.policy.add_person("  ", "Trainee")
    assert refused.value.field == "name"
    jonas = session.policy.add_person("Jonas", "")
    adopt(session)
    session.policy.note_reading(jonas.id, 1, DAY)

    session.policy.change_person(jonas.id, "Jonas Vale", "Front desk")

    (person,) = [one.person for one in session.policy.people()]
    assert (person.name, person.role, person.read_on(1)) == ("Jonas Vale", "Front desk", DAY)
    session.policy.remove_person(jonas.id)
    assert session.policy.people() == ()


def test_an_addendum_goes_to_an_adopted_version(session):
    record = adopt(session)
    session.addenda.add(
        Noun.POLICY, record.id, "", kind=AddendumKind.CORRECTION, reason="Typo", text="Read 1.1.1 again.", signer=SIGNER
    )
    assert session.addenda.of_record(record.id)[0].text == "Read 1.1.1 again."


# Checks of the practice


def test_the_room_list_is_the_practices_own(session):
    session.practice_checks.save_room_list((" Dog is out ", "", "Window opens", "Dog is out"))
    assert session.practice_checks.room_list() == ("Dog is out", "Window opens")
    with pytest.raises(InvalidInputError):
        session.practice_checks.save_room_list((" ",))


def test_a_call_after_working_alone_is_awaited_then_overdue_then_ticked_off(session, clock):
    due = clock.now() + dt.timedelta(hours=1)
    check = PracticeCheck(CheckKind.LONE_WORKING, expects="Jonas", due=due, if_not="Calls the building")
    made = session.practice_checks.note(check)
    assert session.practice_checks.awaited() == (made,)
    assert sentences(session, DueKind.LONE_WORKING) == []

    clock.forward(hours=1)
    assert sentences(session, DueKind.LONE_WORKING) == ["Working alone: the call expected at 10:00 on 02 Mar 2026"]

    session.practice_checks.called(made.id)
    assert session.practice_checks.awaited() == ()
    assert sentences(session, DueKind.LONE_WORKING) == []


@pytest.mark.parametrize(
    ("field", "check"),
    [
        ("items", PracticeCheck(CheckKind.ROOM, items=(CheckedItem("Door"),))),
        ("note", PracticeCheck(CheckKind.REHEARSAL)),
        ("expects", PracticeCheck(CheckKind.LONE_WORKING, due=START, if_not="x")),
        ("due", PracticeCheck(CheckKind.LONE_WORKING, expects="Jonas", if_not="x")),
        ("due", PracticeCheck(CheckKind.LONE_WORKING, expects="Jonas", if_not="x", due=START)),
        ("if_not", PracticeCheck(CheckKind.LONE_WORKING, expects="Jonas", due=START + dt.timedelta(hours=1))),
    ],
)
def test_a_check_that_says_too_little_is_refused_with_its_field(session, field, check):
    with pytest.raises(InvalidInputError) as refused:
        session.practice_checks.note(check)
    assert refused.value.field == field
    assert session.practice_checks.every() == ()


def test_exercises_of_the_protocol_stand_among_the_rehearsals_by_themselves(session, clock):
    checks = session.practice_checks
    checks.note(PracticeCheck(CheckKind.REHEARSAL, note="Fire drill"), DAY - dt.timedelta(days=9))
    session.drills.keep(Drill("d1", Variant.OFFICE, session.desk.now(), clock.now(), ()), "")

    assert [one.check.note for one in checks.every(CheckKind.REHEARSAL)] == [
        "Exercise of the crisis protocol (in the office)",
        "Fire drill",
    ]
    assert dict(checks.last_done()) == {CheckKind.ROOM: None, CheckKind.LONE_WORKING: None, CheckKind.REHEARSAL: DAY}


def test_a_draft_is_read_back_as_it_was_typed(session):
    draft, form = session.policy.begin()
    saved = session.policy.save(draft, decided(form))
    assert from_json(saved.form_json, PolicyForm) == decided(form)
