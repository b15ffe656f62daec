import datetime as dt

from safeplan_desktop.domain.checklist_filling import with_answers
from safeplan_desktop.domain.checklists import ChecklistAnswers, StepAnswer, StepKind
from safeplan_desktop.domain.incidents import Consultation, IncidentForm, Notification, Party
from safeplan_desktop.services.reference import checklists

AT = dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC)
WARN = next(one for one in checklists() if one.id == "duty-to-warn")
TALK = next(one for one in checklists() if one.id == "consultation")


def _answers(checklist, **given):
    steps = {step.id.replace("-", "_"): step for step in checklist.steps}
    made = tuple(
        StepAnswer(steps[name].id, steps[name].ask, at=value)
        if isinstance(value, dt.datetime)
        else StepAnswer(steps[name].id, steps[name].ask, value)
        for name, value in given.items()
    )
    return ChecklistAnswers(checklist.id, checklist.title, made)


def test_answers_make_notifications_and_the_rest_stays_with_the_incident():
    form = with_answers(IncidentForm(), WARN, _answers(WARN, person="Yes", told_at=AT, police_who="Desk", basis="Law"))
    assert form.notifications == (
        Notification(Party.POLICE, who="Desk", basis="Law", checklist="duty-to-warn"),
        Notification(Party.INTENDED_VICTIM, AT, checklist="duty-to-warn"),
    )
    assert [answer.step for answer in form.checklists[0].answers] == ["person", "told-at", "police-who", "basis"]


def test_answering_again_replaces_what_was_filled_in_and_leaves_what_was_typed():
    typed = Notification(Party.POLICE, who="Night desk")
    form = with_answers(IncidentForm(notifications=(typed,)), WARN, _answers(WARN, police_who="Desk"))
    form = with_answers(form, WARN, _answers(WARN, police_who="Officer Lane"))
    assert [note.who for note in form.notifications] == ["Night desk", "Officer Lane"]
    assert len(form.checklists) == 1
    form = with_answers(form, WARN, _answers(WARN))
    assert (form.notifications, form.checklists) == ((typed,), ())


def test_the_consultation_is_filled_and_no_other_checklist_touches_it():
    form = with_answers(IncidentForm(), TALK, _answers(TALK, when=AT, who="Dr. Okafor", advice="Stay with the plan"))
    assert form.consultation == Consultation(AT, "", "Dr. Okafor", "Stay with the plan")
    assert with_answers(form, WARN, _answers(WARN, person="No")).consultation == form.consultation
    assert form.notifications == ()


def test_every_shipped_step_has_a_question_and_fills_a_field_that_there_is():
    parties = {party.value for party in Party}
    for checklist in checklists():
        assert len({step.id for step in checklist.steps}) == len(checklist.steps)
        for step in checklist.steps:
            assert step.ask.endswith("?")
            if not step.fills:
                continue
            where, field = step.fills.split(".")
            kind = Consultation if where == "consultation" else Notification
            assert where in {*parties, "consultation"}
            assert field in kind.__dataclass_fields__
            assert (field == "at") is (step.kind is StepKind.MOMENT)
