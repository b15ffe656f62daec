"""The report of a signed incident: event time and entry time apart, addenda after the original."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportlab.platypus import Flowable

from safeplan_desktop.documents import record_parts, theme
from safeplan_desktop.documents.text import Span
from safeplan_desktop.documents.theme import Look
from safeplan_desktop.domain.incidents import Addendum, IncidentForm, SignedIncident
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.vocabulary import label_of

_TITLE = "Incident report"


def incident_report_pdf(
    incident: SignedIncident,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
) -> bytes:
    """A signed incident with its addenda, as a PDF."""
    look = theme.look(paper, base_size=10.5)
    form = incident.form
    story = record_parts.head(look, f"{_TITLE} {incident.number}", practice)
    story.append(theme.facts(look, _opening(incident)))
    story += record_parts.titled(look, "What led up to it", form.antecedent)
    story += record_parts.titled(look, "What happened", form.account)
    story += record_parts.titled(look, "De-escalation", form.de_escalation)
    story += _actions(look, form)
    story += _notifications(look, form)
    story += _harm(look, form)
    story += record_parts.titled(look, "Outcome", form.outcome)
    story += _follow_ups(look, form)
    story += record_parts.titled(look, "Debrief", form.debrief)
    story += record_parts.signature(look, incident.signer, incident.signed)
    story += record_parts.addenda_story(look, addenda)
    pdf, _ = theme.build(
        story,
        paper,
        title=_TITLE,
        language="en",
        margins=record_parts.margins(_TITLE, incident.number, chain_head),
        look_=look,
    )
    return pdf


def _when(at: dt.datetime | None, zone: str) -> str:
    return "" if at is None else theme.moment_words(Moment(at, zone))


def _opening(incident: SignedIncident) -> list[tuple[str, str]]:
    form = incident.form
    place = ": ".join(part for part in (label_of(form.place) if form.place else "", form.place_note) if part)
    people = "; ".join(", ".join(part for part in (person.name, person.role) if part) for person in form.people)
    rows = [
        ("Kind", label_of(form.category) if form.category else ""),
        ("Client", record_parts.client_words(incident.client)),
        ("Happened", _when(form.happened_at, form.zone)),
        ("Ended", _when(form.ended_at, form.zone)),
        ("Entered", theme.moment_words(incident.entered)),
        ("Place", place),
        ("People", people),
    ]
    return [row for row in rows if row[1]]


def _table(look: Look, title: str, header: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> list[Flowable]:
    if not rows:
        return []
    cells = [[look.text(Span(words, bold=True), look.cell) for words in header]]
    cells += [[look.text(words, look.cell) for words in row] for row in rows]
    return [
        *look.text(Span(title, bold=True), look.heading),
        theme.grid(cells, [look.width * share for share in shares]),
    ]


def _clock(at: dt.datetime | None, zone: str, day: dt.date | None) -> str:
    if at is None:
        return ""
    local = Moment(at, zone).local
    clock = local.strftime("%H:%M")
    return clock if local.date() == day else f"{local.date().isoformat()} {clock}"


def _actions(look: Look, form: IncidentForm) -> list[Flowable]:
    day = Moment(form.happened_at, form.zone).local_date if form.happened_at else None
    ordered = sorted(form.actions, key=lambda action: (action.at is None, action.at or dt.datetime.max.replace(tzinfo=dt.UTC)))
    rows = [(_clock(action.at, form.zone, day), action.text) for action in ordered]
    return _table(look, "Actions, in order", ("Time", "What was done"), rows, (0.18, 0.82))


def _notifications(look: Look, form: IncidentForm) -> list[Flowable]:
    day = Moment(form.happened_at, form.zone).local_date if form.happened_at else None
    rows = []
    for note in form.notifications:
        more = [f"reference {note.reference}" if note.reference else "", note.basis, note.outcome]
        rows.append(
            (
                _clock(note.at, form.zone, day),
                ": ".join(part for part in (label_of(note.party), note.who) if part),
                note.how,
                "; ".join(part for part in more if part),
            )
        )
    return _table(look, "Who was told", ("Time", "Who", "How", "Reference, basis, outcome"), rows, (0.14, 0.34, 0.16, 0.36))


def _harm(look: Look, form: IncidentForm) -> list[Flowable]:
    rows = [
        ("Physical harm", label_of(form.physical_harm) if form.physical_harm else ""),
        ("Psychological harm", label_of(form.psychological_harm) if form.psychological_harm else ""),
        ("Near miss", "Yes" if form.near_miss else ""),
        ("Injury and care", form.injury_note),
    ]
    return [
        *look.text(Span("Harm", bold=True), look.heading),
        theme.facts(look, [row for row in rows if row[1]]),
    ]


def _follow_ups(look: Look, form: IncidentForm) -> list[Flowable]:
    rows = [
        (
            follow_up.text,
            theme.day_words(follow_up.due, "en") if follow_up.due else "",
            theme.day_words(follow_up.done_on, "en") if follow_up.done_on else "",
        )
        for follow_up in form.follow_ups
    ]
    return _table(look, "Follow-ups", ("What", "Due", "Done"), rows, (0.56, 0.22, 0.22))
