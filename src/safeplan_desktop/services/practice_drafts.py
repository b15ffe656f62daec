"""What is typed into the practice's own forms and not saved yet: a lock or a crash in the middle loses no word of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.checklists import ChecklistNote
from safeplan_desktop.domain.crisis import Protocol
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.practice import EmergencyContact, Paper, PracticeProfile, PracticeSettings, RiskStyle
from safeplan_desktop.domain.practice_checks import CheckedItem
from safeplan_desktop.domain.retention import RetentionRule
from safeplan_desktop.services import reference
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.retention import Retention
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


@dataclass(frozen=True, slots=True)
class TypedRoom:
    """Of the room and lone working, what was typed and not noted yet.

    Attributes:
        due_day, due_time: When the call is expected, as typed.
        answers: The lines of the room check that were answered.
        room_day, rehearsal_day: As typed; empty where nothing else was.
    """

    expects: str = ""
    phone: str = ""
    if_not: str = ""
    due_day: str = ""
    due_time: str = ""
    answers: tuple[CheckedItem, ...] = ()
    room_note: str = ""
    room_day: str = ""
    rehearsed: str = ""
    rehearsal_day: str = ""


@dataclass(frozen=True, slots=True)
class TypedRule:
    """The retention rule as typed: years, and where they come from."""

    after_last_entry: str = ""
    after_ending: str = ""
    after_adulthood: str = ""
    source: str = ""

    @classmethod
    def of(cls, rule: RetentionRule) -> TypedRule:
        """A rule as its fields show it."""
        years = (rule.after_last_entry, rule.after_ending, rule.after_adulthood)
        last_entry, ending, adulthood = ("" if one is None else str(one) for one in years)
        return cls(last_entry, ending, adulthood, rule.source)


@dataclass(frozen=True, slots=True)
class TypedSettings:
    """The settings of the page "Settings and passphrase"; of the passphrase nothing is ever kept."""

    show_names: bool
    idle_minutes: int
    paper: Paper
    risk_style: RiskStyle

    @classmethod
    def of(cls, settings: PracticeSettings) -> TypedSettings:
        """The part of the settings that stands there."""
        return cls(settings.show_names, settings.idle_minutes, settings.paper, settings.risk_style)


Typed = PracticeProfile | TypedContacts | Protocol | TypedNotes | TypedRoom | TypedRule | TypedSettings
"""A form of the practice."""

_KINDS: dict[str, type[Typed]] = {
    "profile": PracticeProfile,
    "contacts": TypedContacts,
    "protocol": Protocol,
    "checklists": TypedNotes,
    "room": TypedRoom,
    "retention": TypedRule,
    "settings": TypedSettings,
}


@dataclass(frozen=True, slots=True)
class PracticeDrafts:
    """One for each form, by the name of its part."""

    desk: Desk
    drafts: Drafts
    practice: Practice
    retention: Retention

    def saved(self, part: str) -> Typed:
        """What is saved of a form."""
        ways: dict[str, Callable[[], Typed]] = {
            "profile": self.practice.profile,
            "contacts": lambda: TypedContacts(self.practice.contacts()),
            "protocol": self.practice.protocol,
            "checklists": self._notes,
            "room": TypedRoom,
            "retention": lambda: TypedRule.of(self.retention.rule()),
            "settings": lambda: TypedSettings.of(self.practice.settings()),
        }
        return ways[part]()

    def _notes(self) -> TypedNotes:
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
