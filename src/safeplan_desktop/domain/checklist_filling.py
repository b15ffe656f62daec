"""What the answers of a checklist put into the incident: who was told, and the note of a consultation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from safeplan_desktop.domain.checklists import Checklist, ChecklistAnswers, StepAnswer
from safeplan_desktop.domain.incidents import Consultation, IncidentForm, Notification, Party

_CONSULTATION = "consultation"


def with_answers(form: IncidentForm, checklist: Checklist, answers: ChecklistAnswers) -> IncidentForm:
    """The form with a checklist's answers in place of its former ones.

    What the checklist filled in before goes with its former answers; what was typed by hand stays. No answers at all take
    the checklist out of the form.
    """
    others = tuple(one for one in form.checklists if one.checklist != checklist.id)
    typed = tuple(note for note in form.notifications if note.checklist != checklist.id)
    filled = _filled(checklist, answers.answers)
    made = tuple(
        replace(Notification(party, checklist=checklist.id), **filled[party.value])
        for party in Party
        if party.value in filled
    )
    asked = form.consultation
    if any(step.fills.startswith(f"{_CONSULTATION}.") for step in checklist.steps):
        asked = replace(Consultation(), **filled.get(_CONSULTATION, {}))
    kept = (*others, answers) if answers.answers else others
    return replace(form, checklists=kept, notifications=(*typed, *made), consultation=asked)


def _filled(checklist: Checklist, answers: tuple[StepAnswer, ...]) -> dict[str, dict[str, Any]]:
    given = {answer.step: answer for answer in answers}
    filled: dict[str, dict[str, Any]] = {}
    for step in checklist.steps:
        where, _, field = step.fills.partition(".")
        answer = given.get(step.id)
        if where and answer is not None:
            filled.setdefault(where, {})[field] = answer.at if field == "at" else answer.answer
    return filled
