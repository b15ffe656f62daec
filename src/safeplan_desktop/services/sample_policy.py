"""The sample's safety policy: version 1 adopted, people who read it, checks of the room."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from safeplan_desktop.domain.canonical import from_json
from safeplan_desktop.domain.policy import PolicyForm, Practised
from safeplan_desktop.domain.practice_checks import CheckedItem, CheckKind, PracticeCheck
from safeplan_desktop.services.session import Session

_NOT_HERE = frozenset({"own-safety.first", "education.resources"})
_PEOPLE = (("Dr. Alma Reyes", "Therapist"), ("Jonas Vale", "Front desk"), ("Imke Sorensen", "Trainee"))


def adopt_sample_policy(session: Session, signer: str) -> None:
    """Decides every clause, adopts version 1 and lets all but the last person read it; does nothing if there is one."""
    policy = session.policy
    if policy.newest() is not None or policy.unfinished() is not None:
        return
    people = [policy.add_person(name, role) for name, role in _PEOPLE]
    draft, form = policy.begin()
    form = from_json(policy.save(draft, _decided(form)).form_json, PolicyForm)
    record = policy.adopt(draft, form, signer, review_on=policy.usual_review(), change=policy.suggested_change(form))
    for person in people[:-1]:
        policy.note_reading(person.id, record.number, record.day)
    checks = session.practice_checks
    items = tuple(CheckedItem(text, fine=True) for text in checks.room_list())
    checks.note(PracticeCheck(CheckKind.ROOM, items=items, note="Moved the coat stand away from the door."))
    due = session.desk.now().at + dt.timedelta(hours=2)
    alone = PracticeCheck(
        CheckKind.LONE_WORKING,
        expects=_PEOPLE[1][0],
        phone="+1 303 555 0147",
        due=due,
        if_not="Calls back twice, then the building's security.",
    )
    checks.called(checks.note(alone).id)
    checks.note(PracticeCheck(CheckKind.REHEARSAL, note="Went through the way out with everybody."))


def _decided(form: PolicyForm) -> PolicyForm:
    for section in form.sections:
        clauses = tuple(
            replace(clause, practised=Practised.NOT_HERE if clause.id in _NOT_HERE else Practised.WE_DO)
            for clause in section.clauses
        )
        form = form.with_section(replace(section, clauses=clauses))
    return form
