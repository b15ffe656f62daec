"""What is due, in words, and where each row leads."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.due import DueKind, DueRow
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Shell

_SCREENS = {DueKind.BACKUP: "backups"}
_OF_PRACTICE = {
    DueKind.SET_UP: "set-up",
    DueKind.NUMBERS: "contacts",
    DueKind.DRILL: "exercises",
    DueKind.DRAFT_HANDOUT: "handouts",
    DueKind.DRAFT_POLICY: "policy",
    DueKind.POLICY: "policy",
    DueKind.LONE_WORKING: "room",
    DueKind.RETENTION: "retention",
    DueKind.DRAFT_TRAINING: "training",
    DueKind.TRAINING: "training",
    DueKind.DRAFT_FEEDBACK: "reviews",
    DueKind.REVIEW: "reviews",
}
_NOUNS = {
    DueKind.DRAFT_CLIENT: Noun.DRAFT,
    DueKind.DRAFT_SCREENING: Noun.SCREENING,
    DueKind.REASSESSMENT: Noun.SCREENING,
    DueKind.DRAFT_PLAN: Noun.PLAN,
    DueKind.PLAN_REVIEW: Noun.PLAN,
    DueKind.COPIES: Noun.PLAN,
    DueKind.DRAFT_INCIDENT: Noun.INCIDENT,
    DueKind.FOLLOW_UP: Noun.INCIDENT,
    DueKind.DRAFT_SESSION_NOTE: Noun.SESSION_NOTE,
    DueKind.DRAFT_PRIVATE_NOTE: Noun.PRIVATE_NOTE,
    DueKind.DRAFT_AGREEMENT: Noun.AGREEMENT,
    DueKind.DRAFT_CONSENT: Noun.CONSENT,
    DueKind.CONSENT: Noun.CONSENT,
    DueKind.PAUSE: Noun.CLIENT,
}


@dataclass(frozen=True)
class TodayPresenter:
    """Rows of the due list."""

    session: Session
    shell: Shell

    def rows(self) -> tuple[DueRow, ...]:
        """What is due now."""
        return self.session.due.rows()

    def about(self, rows: tuple[DueRow, ...]) -> str:
        """One line about the list."""
        overdue = sum(row.overdue for row in rows)
        if not rows:
            return ""
        things = "One thing" if len(rows) == 1 else f"{len(rows)} things"
        return f"{things} for today and the next seven days" + (f", {overdue} overdue." if overdue else ".")

    def empty_sentence(self) -> str:
        """What an empty page says."""
        if not self.session.clients.any():
            return "Your records are ready. Add your first client to begin."
        return "Nothing is due in the next seven days."

    @staticmethod
    def due_words(row: DueRow) -> str:
        """The day, and in words whether it has passed."""
        if row.due is None:
            return "Overdue" if row.overdue else "Open"
        day = f"{row.due:%a %d %b %Y}"
        return f"{day}, overdue" if row.overdue else day

    @staticmethod
    def can_be_quick(row: DueRow | None) -> bool:
        """Whether a quick check may do for what is due."""
        return row is not None and row.kind is DueKind.REASSESSMENT

    def quick_check(self, row: DueRow) -> None:
        """Opens a quick check of the row's client."""
        self.shell.begin_quick_check(row.client_id)

    def open(self, row: DueRow) -> None:
        """Opens what a row is about."""
        if row.kind is DueKind.CRISIS:
            if row.client_id:
                self.shell.choose_client(row.client_id)
            self.shell.open_crisis()
            return
        if row.kind in _OF_PRACTICE:
            self.shell.open_practice(_OF_PRACTICE[row.kind])
            return
        screen = _SCREENS.get(row.kind)
        if screen is not None:
            self.shell.open_screen(screen)
            return
        draft = row.kind in (DueKind.DRAFT_SCREENING, DueKind.DRAFT_PLAN)
        self.shell.open_record(
            _NOUNS[row.kind],
            "" if draft or row.kind is DueKind.REASSESSMENT else row.record_id,
            row.client_id,
        )
