"""The report of a signed incident: event time and entry time apart, addenda after the original."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeplan_desktop.documents import pages, record_parts, theme
from safeplan_desktop.domain.incidents import FollowUpState, RecordLink, entered_later
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.checklists import ChecklistAnswers
    from safeplan_desktop.domain.incidents import Action, Addendum, IncidentForm, SignedIncident
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

_TITLE = "Incident report"


@dataclass(frozen=True, slots=True)
class Since:
    """What came after an incident was signed, looked up when the report is made.

    Attributes:
        follow_ups: With what was done about them.
        revised: The plan that was finished afterwards; None where there is none.
    """

    follow_ups: tuple[FollowUpState, ...] = ()
    revised: RecordLink | None = None

    @property
    def revised_words(self) -> str:
        """The plan that was finished afterwards, in words."""
        return f"{self.revised.title} (finished after this incident)" if self.revised else ""


NOTHING_SINCE = Since()


@pages.one_at_a_time
def incident_report_pdf(
    incident: SignedIncident,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
    since: Since = NOTHING_SINCE,
) -> bytes:
    """A signed incident with its addenda, as a PDF.

    Args:
        incident: What was signed.
        addenda: What was added since, in order.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
        since: What came after signing without changing it.
    """
    look = record_parts.look_of(paper, practice)
    story = record_parts.head(look, f"{_TITLE} {incident.number}", practice)
    story += incident_story(look, incident, addenda, since)
    return record_parts.report_pdf(
        look, story, paper, title=_TITLE, code=incident.number, made=incident.signed, chain_head=chain_head
    )


def incident_story(look: Look, incident: SignedIncident, addenda: Sequence[Addendum], since: Since) -> list[Flowable]:
    """All that was signed about an incident, then what was added; a report of one and a report of many share it."""
    form = incident.form
    story = record_parts.voided_story(look, addenda)
    story += theme.facts(look, _opening(look, incident))
    story += record_parts.titled(look, "What led up to it", form.antecedent)
    story += record_parts.titled(look, "What happened", form.account)
    story += record_parts.titled(look, "Assessment at the time", form.assessment)
    story += record_parts.titled(look, "De-escalation used", form.de_escalation)
    story += _actions(look, form)
    story += _notifications(look, form)
    story += theme.section(look, "Harm", theme.facts(look, _harm(form)))
    story += record_parts.titled(look, "Outcome", form.outcome)
    story += theme.section(look, "Afterwards", theme.facts(look, _afterwards(form)))
    story += theme.section(look, "Consultation", theme.facts(look, _consultation(look, form)))
    for answered in form.checklists:
        story += _checklist(look, form, answered)
    story += _follow_ups(look, form, since)
    story += record_parts.titled(look, "Debrief", form.debrief)
    signer = ", ".join(part for part in (incident.signer, incident.credentials) if part)
    story = record_parts.signed_story(look, story, signer, incident.signed)
    story += record_parts.addenda_story(look, addenda)
    return story + record_parts.titled(look, "Revised afterwards", since.revised_words)


def _opening(look: Look, incident: SignedIncident) -> list[tuple[str, str]]:
    form, language = incident.form, look.book.language
    place = ": ".join(part for part in (label_of(form.place) if form.place else "", form.place_note) if part)
    people = "\n".join(
        ", ".join(part for part in (person.name, person.role, person.contact) if part) for person in form.people
    )
    days = entered_later(form.happened_at, incident.entered)
    later = "" if days <= 0 else "; on the next day" if days == 1 else f"; {days} days later"

    def when(at: dt.datetime | None) -> str:
        return theme.moment_words(Moment(at, form.zone), language) if at else ""

    return [
        ("Kind", label_of(form.category) if form.category else ""),
        ("Client", record_parts.client_words(look, incident.client)),
        ("Happened", when(form.happened_at)),
        ("Ended", when(form.ended_at)),
        ("Entered", f"{theme.moment_words(incident.entered, language)}; set by the program{later}"),
        ("Place", place),
        ("Where the client was", form.client_location),
        ("Reported by", form.reporter),
        ("People", people),
        ("Goes with", "\n".join(link.title for link in (form.screening, form.plan) if link.title)),
        ("From the Crisis panel", when(form.crisis_started_at)),
    ]


def _clock(look: Look, at: dt.datetime | None, form: IncidentForm) -> str:
    """A time of the day; with its date where that isn't the day of the incident."""
    if at is None:
        return ""
    moment, language = Moment(at, form.zone), look.book.language
    clock = theme.clock_words(moment, language)
    begun = Moment(form.happened_at, form.zone).local_date if form.happened_at else None
    return clock if moment.local_date == begun else f"{theme.short_day_words(moment.local_date, language)}\n{clock}"


def _in_order(action: Action) -> tuple[bool, dt.datetime]:
    return action.at is None, action.at or dt.datetime.max.replace(tzinfo=dt.UTC)


def _actions(look: Look, form: IncidentForm) -> list[Flowable]:
    rows = [(_clock(look, action.at, form), action.text) for action in sorted(form.actions, key=_in_order)]
    return record_parts.table(look, "What was done", ("Time", "Action"), rows, (0.2, 0.8))


def _notifications(look: Look, form: IncidentForm) -> list[Flowable]:
    rows = []
    for note in form.notifications:
        more = [
            f"Reference: {note.reference}" if note.reference else "",
            f"Basis: {note.basis}" if note.basis else "",
            note.outcome,
        ]
        rows.append(
            (
                _clock(look, note.at, form),
                "\n".join(part for part in (label_of(note.party), note.who) if part),
                note.how,
                "\n".join(part for part in more if part),
            )
        )
    header = ("Time", "Who", "How", "Reference, basis, outcome")
    return record_parts.table(look, "Who was told", header, rows, (0.2, 0.26, 0.14, 0.4))


def _harm(form: IncidentForm) -> list[tuple[str, str]]:
    return [
        ("Physical", label_of(form.physical_harm) if form.physical_harm else ""),
        ("Psychological", label_of(form.psychological_harm) if form.psychological_harm else ""),
        ("Near miss", "Yes" if form.near_miss else ""),
        ("Who was hurt", form.injured),
        ("Injury", form.injury_note),
        ("Medical care", form.medical_care),
        ("Damage to property", form.property_damage),
    ]


def _afterwards(form: IncidentForm) -> list[tuple[str, str]]:
    return [
        ("Taken somewhere", form.transport),
        ("Level of care", form.care_change),
        ("Contributing factors", form.factors),
        ("Lessons", form.lessons),
        ("Change of protocol", form.protocol_change),
    ]


def _consultation(look: Look, form: IncidentForm) -> list[tuple[str, str]]:
    note = form.consultation
    return [
        ("When", theme.moment_words(Moment(note.at, form.zone), look.book.language) if note.at else ""),
        ("Why, and why then", note.why_now),
        ("With whom", note.who),
        ("What was advised", note.advice),
        ("Decision, and why", note.decision),
    ]


def _checklist(look: Look, form: IncidentForm, answered: ChecklistAnswers) -> list[Flowable]:
    rows = []
    for one in answered.answers:
        when = theme.moment_words(Moment(one.at, form.zone), look.book.language) if one.at else ""
        rows.append((one.ask, "\n".join(part for part in (one.answer, when) if part)))
    if answered.note:
        rows.append(("The practice's own note", answered.note))
    title = f"Checklist: {answered.title}"
    return record_parts.table(look, title, ("Step", "Answer"), rows, (0.45, 0.55))


def _follow_ups(look: Look, form: IncidentForm, since: Since) -> list[Flowable]:
    def day(date: dt.date | None) -> str:
        return theme.short_day_words(date, look.book.language) if date else ""

    done = {one.position: one for one in since.follow_ups}
    rows = []
    for position, follow_up in enumerate(form.follow_ups):
        state = done.get(position)
        done_on, note = (state.done_on, state.note) if state else (follow_up.done_on, "")
        said = "\n".join(part for part in (day(done_on), note) if part)
        rows.append((follow_up.text, day(follow_up.due), said))
    return record_parts.table(look, "Follow-ups", ("What", "Due", "Done"), rows, (0.5, 0.2, 0.3))
