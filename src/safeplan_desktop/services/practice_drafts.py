"""What is typed into the practice's own forms and not saved yet: a lock or a crash in the middle loses no word of it."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.checklists import ChecklistNote
from safeplan_desktop.domain.crisis import Protocol
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.practice import EmergencyContact, PracticeProfile
from safeplan_desktop.services import reference
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.storage import drafts as stored

_FORM_VERSION = 1


@dataclass(frozen=True, slots=True)
class TypedContacts:
    """The emergency contacts as typed."""

    contacts: tuple[EmergencyContact, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedNotes:
    """The practice's notes on checklists as typed, one for each checklist."""

    notes: tuple[ChecklistNote, ...] = ()


Typed = PracticeProfile | TypedContacts | Protocol | TypedNotes
"""A form of the practice."""

_KINDS: dict[str, type[Typed]] = {
    "profile": PracticeProfile,
    "contacts": TypedContacts,
    "protocol": Protocol,
    "checklists": TypedNotes,
}


@dataclass(frozen=True, slots=True)
class PracticeDrafts:
    """One for each form, by the name of its part."""

    desk: Desk
    drafts: Drafts
    practice: Practice

    def saved(self, part: str) -> Typed:
        """What is saved of a form."""
        if part == "profile":
            return self.practice.profile()
        if part == "contacts":
            return TypedContacts(self.practice.contacts())
        if part == "protocol":
            return self.practice.protocol()
        return TypedNotes(
            tuple(ChecklistNote(one.id, self.practice.checklist_note(one.id)) for one in reference.checklists())
        )

    def waiting(self, part: str) -> Typed | None:
        """What was typed and not saved; None where there is nothing."""
        draft = self._find(part)
        return None if draft is None else from_json(draft.form_json, _KINDS[part])

    def keep(self, part: str, typed: Typed) -> None:
        """Keeps a form as it stands; nothing is kept where it says what is saved."""
        if typed == self.saved(part):
            self.forget(part)
            return
        form_json = to_json(typed)
        draft = self._find(part) or self.drafts.begin(DraftKind.PRACTICE, "", form_json, _FORM_VERSION, record_id=part)
        self.drafts.save(draft, form_json)

    def forget(self, part: str) -> None:
        """Forgets what was typed: it was saved, or the therapist went back to what is saved."""
        if self._find(part) is not None:
            self.drafts.forget(DraftKind.PRACTICE, part)

    def _find(self, part: str) -> Draft | None:
        return stored.find(self.desk.database, DraftKind.PRACTICE, part)
