"""Today: what is due, each row with the record that it opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.due import DueKind, DueRow
from safeplan_desktop.domain.moments import Moment, today
from safeplan_desktop.domain.reviews import ReviewSubject
from safeplan_desktop.domain.snoozes import PutOff
from safeplan_desktop.services.backups import Backups
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.consents import Consents
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.drills import Drills
from safeplan_desktop.services.incidents import Incidents
from safeplan_desktop.services.policy_due import PolicyDue
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.practice_due import PracticeDue
from safeplan_desktop.services.retention import Retention
from safeplan_desktop.services.set_up import SettingUp
from safeplan_desktop.services.snoozes import Snoozes
from safeplan_desktop.services.statuses import Statuses
from safeplan_desktop.services.support_due import SupportDue
from safeplan_desktop.storage import plan_copies as stored_copies
from safeplan_desktop.storage import plans as stored_plans
from safeplan_desktop.storage import screenings as stored_screenings

LOOK_AHEAD_DAYS = 7
_MOST_COUNTED = 100
"""Records past their retention that are counted; each has to be looked at closely."""


_DRAFTS = {
    DraftKind.CLIENT: (DueKind.DRAFT_CLIENT, "Client form to save"),
    DraftKind.SCREENING: (DueKind.DRAFT_SCREENING, "Screening to finish and sign"),
    DraftKind.PLAN: (DueKind.DRAFT_PLAN, "Safety plan to finish"),
    DraftKind.INCIDENT: (DueKind.DRAFT_INCIDENT, "Incident to finish and sign"),
    DraftKind.SESSION_NOTE: (DueKind.DRAFT_SESSION_NOTE, "Session note to finish and sign"),
    DraftKind.PRIVATE_NOTE: (DueKind.DRAFT_PRIVATE_NOTE, "Psychotherapy note to finish and sign"),
    DraftKind.AGREEMENT: (DueKind.DRAFT_AGREEMENT, "Working agreement to finish and sign"),
    DraftKind.CONSENT: (DueKind.DRAFT_CONSENT, "Consent to finish and sign"),
    DraftKind.CRISIS: (DueKind.CRISIS, "Steps ticked in the Crisis panel: make the incident draft"),
    DraftKind.DRILL: (DueKind.DRILL, "Exercise of the crisis protocol to end"),
    DraftKind.HANDOUT: (DueKind.DRAFT_HANDOUT, "Handout of your own to finish"),
    DraftKind.POLICY: (DueKind.DRAFT_POLICY, "Safety policy to finish and adopt"),
    DraftKind.TRAINING: (DueKind.DRAFT_TRAINING, "Training to finish and save"),
    DraftKind.ADDENDUM: (DueKind.DRAFT_ADDENDUM, "Addition to a signed record to finish and sign"),
    DraftKind.PRACTICE: (DueKind.DRAFT_PRACTICE, "typed and not saved yet"),
    DraftKind.FEEDBACK: (DueKind.DRAFT_FEEDBACK, "Feedback to finish and save"),
    DraftKind.SELF_CARE: (DueKind.DRAFT_SELF_CARE, "Self-care plan to finish"),
    DraftKind.CONSULTATION: (DueKind.DRAFT_CONSULTATION, "Consultation to finish and sign"),
}


_FORMS = {
    "profile": "Profile of the practice",
    "contacts": "Emergency contacts",
    "protocol": "Crisis protocol",
    "checklists": "Notes on checklists",
    "room": "Room and lone working",
    "retention": "Retention rule",
    "settings": "Settings",
}


@dataclass(frozen=True, slots=True)
class DueList:
    """What Today shows.

    Attributes:
        waiting: What waits now.
        put_off: What was put off, in the same order.
    """

    waiting: tuple[DueRow, ...]
    put_off: tuple[PutOff, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """What is due today and in the next days."""

    desk: Desk
    clients: Clients
    drafts: Drafts
    incidents: Incidents
    practice: Practice
    backups: Backups
    drills: Drills
    statuses: Statuses
    retention: Retention
    consents: Consents
    policy: PolicyDue
    of_practice: PracticeDue
    set_up: SettingUp

    support: SupportDue
    snoozes: Snoozes

    def rows(self) -> tuple[DueRow, ...]:
        """What waits now: the set-up first, then overdue rows, then by day, then what has no day."""
        return self.listed().waiting

    def listed(self, *, show_names: bool | None = None) -> DueList:
        """What waits now, and what was put off.

        Args:
            show_names: Whether clients are called by name; None for as the practice's settings say.
        """
        every = self._every(self.practice.settings().show_names if show_names is None else show_names)
        put_off = self.snoozes.active()
        if not put_off:
            return DueList(every, ())
        later = tuple(put_off[row.key].of(row) for row in every if row.key in put_off)
        return DueList(tuple(row for row in every if row.key not in put_off), later)

    def _every(self, show_names: bool) -> tuple[DueRow, ...]:  # noqa: FBT001 - a setting
        day = today(self.desk.clock)
        labels, statuses = self.clients.labels(show_names=show_names), self.clients.statuses()

        def among(fits: Callable[[ClientStatus], bool]) -> dict[str, str]:
            others = {one for one, status in statuses.items() if not fits(status)}
            return {one: words for one, words in labels.items() if one not in others} if others else labels

        active = among(lambda status: status.waits_for_anything)
        reviewed = among(lambda status: status.is_reviewed)
        swapping = among(lambda status: status.swaps_copies)
        gone = frozenset(one for one, status in statuses.items() if not status.waits_for_anything)
        rows = [*self._drafts(active), *self._reviews(reviewed, day), *self._follow_ups(active, day, gone)]
        rows += self._copies(swapping, active)
        rows += self._pauses(labels, day)
        rows += self._consents(reviewed, day)
        rows += self._practice_rows(day)
        rows += self.support.rows(day, day + dt.timedelta(days=LOOK_AHEAD_DAYS))
        return tuple(sorted(rows, key=_place))

    def _drafts(self, active: dict[str, str]) -> list[DueRow]:
        rows = []
        for draft in self.drafts.every():
            if draft.kind not in _DRAFTS or (draft.client_id and draft.client_id not in active):
                continue
            kind, sentence = _DRAFTS[draft.kind]
            if kind in (DueKind.DRAFT_INCIDENT, DueKind.DRAFT_SESSION_NOTE):
                sentence += _age(draft, self.desk.now())
            if kind is DueKind.DRAFT_PRACTICE:
                sentence = f"{_FORMS.get(draft.record_id, draft.record_id)}: {sentence}"
            label = active.get(draft.client_id, "")
            rows.append(DueRow(kind, None, False, sentence, label, draft.client_id, draft.record_id))
        return rows

    def _reviews(self, active: dict[str, str], day: dt.date) -> list[DueRow]:
        horizon = day + dt.timedelta(days=LOOK_AHEAD_DAYS)
        rows = [
            DueRow(DueKind.REASSESSMENT, due, due < day, "Reassessment", active[client_id], client_id)
            for client_id, due in stored_screenings.reassessments(self.desk.database, horizon)
            if client_id in active
        ]
        if not self.of_practice.interval(ReviewSubject.PLANS).on:
            return rows
        rows += [
            DueRow(DueKind.PLAN_REVIEW, due, due < day, "Safety plan review", active[client_id], client_id, version_id)
            for client_id, version_id, due in stored_plans.reviews(self.desk.database, horizon)
            if client_id in active
        ]
        return rows

    def _copies(self, swapping: dict[str, str], active: dict[str, str]) -> list[DueRow]:
        """Copies of a plan that are still out, of older versions and of those entered in error: one row a client."""
        older = stored_copies.outdated_by_client(self.desk.database)
        in_error = stored_copies.voided_by_client(self.desk.database)
        rows = []
        for client_id in dict.fromkeys((*older, *in_error)):
            said = []
            if client_id in older and client_id in swapping:
                said.append(f"{_copies_words(older[client_id])} to swap for the new version")
            # It may be somebody else's plan: this doesn't end with the work.
            if client_id in in_error and client_id in active:
                said.append(f"{_copies_words(in_error[client_id])} of a version entered in error to take back")
            if said:
                sentence = f"Safety plan: {'; '.join(said)}"
                rows.append(DueRow(DueKind.COPIES, None, False, sentence, active[client_id], client_id))
        return rows

    def _pauses(self, labels: dict[str, str], day: dt.date) -> list[DueRow]:
        horizon = day + dt.timedelta(days=LOOK_AHEAD_DAYS)
        return [
            DueRow(DueKind.PAUSE, until, until < day, "Paused: ask how it goes on", labels[client_id], client_id)
            for client_id, until in self.statuses.pauses().items()
            if client_id in labels and until <= horizon
        ]

    def _consents(self, active: dict[str, str], day: dt.date) -> list[DueRow]:
        """Consents that end soon or have ended."""
        rows = []
        for state, client_id in self.consents.running_out(day + dt.timedelta(days=LOOK_AHEAD_DAYS), active.keys()):
            ends = state.form.valid_until
            if ends is not None:
                sentence = f"{state.form.title}, to be given anew"
                label = active[client_id]
                rows.append(DueRow(DueKind.CONSENT, ends, ends < day, sentence, label, client_id, state.record_id))
        return rows

    def _follow_ups(self, active: dict[str, str], day: dt.date, gone: frozenset[str]) -> list[DueRow]:
        horizon = day + dt.timedelta(days=LOOK_AHEAD_DAYS)
        waiting = [
            (one.due, one.incident_id)
            for one in self.incidents.open_follow_ups()
            if one.due is not None and one.due <= horizon
        ]
        found = self.incidents.summaries({incident_id for _, incident_id in waiting}) if waiting else {}
        rows = []
        for due, incident_id in waiting:
            incident = found.get(incident_id)
            if incident is None or incident.client_id in gone:
                continue
            label, sentence = active.get(incident.client_id, ""), f"Follow-up of incident {incident.number}"
            rows.append(DueRow(DueKind.FOLLOW_UP, due, due < day, sentence, label, incident.client_id, incident_id))
        return rows

    def _practice_rows(self, day: dt.date) -> list[DueRow]:
        words = self.set_up.row()
        rows = [DueRow(DueKind.SET_UP, None, False, words)] if words else []
        last, interval = self.backups.latest(), self.of_practice.interval(ReviewSubject.BACKUPS)
        if last is None and interval.on:
            rows.append(DueRow(DueKind.BACKUP, None, True, "No backup yet"))
        elif last is not None and interval.on and (due := interval.after(last.day(self.desk.clock.zone()))) <= day:
            rows.append(DueRow(DueKind.BACKUP, due, True, "Backup"))
        past = self.retention.count_past(_MOST_COUNTED + 1)
        if past:
            number = f"more than {_MOST_COUNTED}" if past > _MOST_COUNTED else str(past)
            words = "one record is" if past == 1 else f"{number} records are"
            rows.append(DueRow(DueKind.RETENTION, None, False, f"Retention: {words} past it"))
        unchecked = len(self.of_practice.numbers_to_check())
        if unchecked:
            words = "one number" if unchecked == 1 else f"{unchecked} numbers"
            rows.append(DueRow(DueKind.NUMBERS, None, False, f"Emergency contacts: {words} to check"))
        drill = self.drills.next_due()
        if drill is None and self.practice.settings().drill_months and not self.drills.every():
            rows.append(DueRow(DueKind.DRILL, None, False, "Exercise of the crisis protocol: none was held yet"))
        if drill is not None and drill <= day + dt.timedelta(days=LOOK_AHEAD_DAYS):
            rows.append(DueRow(DueKind.DRILL, drill, drill < day, "Exercise of the crisis protocol"))
        horizon = day + dt.timedelta(days=LOOK_AHEAD_DAYS)
        found = (*self.policy.rows(horizon), *self.of_practice.rows(horizon))
        rows += [DueRow(DueKind(kind), due, overdue, words) for kind, due, overdue, words in found]
        return rows


def _copies_words(count: int) -> str:
    return "one copy" if count == 1 else f"{count} copies"


def _place(row: DueRow) -> tuple[bool, bool, dt.date, str]:
    return row.kind is not DueKind.SET_UP, not row.overdue, row.due or dt.date.max, row.sentence


def _age(draft: Draft, now: Moment) -> str:
    """For how many days a draft has been waiting, where it is more than one."""
    days = (now.local_date - Moment(draft.started_at, now.zone).local_date).days
    if days <= 0 or now.at - draft.started_at < dt.timedelta(days=1):
        return ""
    return ", begun yesterday" if days == 1 else f", begun {days} days ago"
