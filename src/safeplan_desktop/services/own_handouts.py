"""The therapist's own handouts: write one, from nothing or from another; change it; take it out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.handouts import FORM_VERSION, Handout, HandoutSection, check_handout
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.practice import ContactType
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.register import Register
from safeplan_desktop.storage import drafts as stored_drafts

_TEMPLATE = Handout(
    "",
    sections=(HandoutSection(), HandoutSection()),
    numbers=(ContactType.EMERGENCY_NUMBER, ContactType.CRISIS_LINE),
    own=True,
)


@dataclass(frozen=True, slots=True)
class OwnHandouts:
    """The editor's use cases."""

    desk: Desk
    drafts: Drafts
    register: Register

    def begin(self, copy_of: Handout | None = None) -> tuple[Draft, Handout]:
        """A new draft: two empty sections, or another handout as a beginning."""
        base = copy_of or _TEMPLATE
        return self._draft(replace(base, id=new_id(), version=1, own=True))

    def begin_change(self, handout: Handout) -> tuple[Draft, Handout]:
        """A draft of what is to be changed; the one that waits, if there is one. The handout stays until it is saved."""
        waiting = next((found for found in self.waiting() if found[1].id == handout.id), None)
        return waiting or self._draft(handout)

    def _draft(self, handout: Handout) -> tuple[Draft, Handout]:
        draft = self.drafts.begin(DraftKind.HANDOUT, "", to_json(handout), FORM_VERSION, record_id=handout.id)
        return draft, handout

    def resume(self, record_id: str) -> tuple[Draft, Handout]:
        """A draft as it was left.

        Raises:
            NotFoundError: when it was saved or thrown away.
        """
        draft = self.drafts.get(DraftKind.HANDOUT, record_id)
        return draft, from_json(draft.form_json, Handout)

    def waiting(self) -> tuple[tuple[Draft, Handout], ...]:
        """Drafts that aren't saved yet, newest first."""
        return tuple(
            (draft, from_json(draft.form_json, Handout))
            for draft in self.drafts.every()
            if draft.kind is DraftKind.HANDOUT
        )

    def autosave(self, draft: Draft, handout: Handout) -> Draft:
        """Saves the editor as it stands."""
        return self.drafts.save(draft, to_json(handout))

    def discard(self, record_id: str) -> None:
        """Throws a draft away, on the therapist's word; what was saved before stays."""
        self.drafts.discard(DraftKind.HANDOUT, record_id)

    def save(self, draft: Draft, handout: Handout) -> Handout:
        """Makes the draft a handout that can be given; of one that was there before, the next version.

        Raises:
            InvalidInputError: naming the field with what is missing.
        """
        cleaned = check_handout(replace(handout, id=draft.record_id, own=True))
        former = next((one for one in self.register.of_kind(Noun.HANDOUT) if one.id == draft.record_id), None)
        made = replace(cleaned, version=1 if former is None else former.form_as(Handout).version + 1)
        with self.desk.entry() as entry:
            if former is None:
                self.register.add_within(
                    entry,
                    Noun.HANDOUT,
                    made,
                    day=today(self.desk.clock),
                    title=made.title,
                    words=made.words,
                    entry_id=made.id,
                )
            else:
                self.register.change_within(entry, made.id, made, title=made.title, words=made.words)
            stored_drafts.delete(self.desk.database, DraftKind.HANDOUT, draft.record_id)
            entry.changed(Noun.DRAFT, draft.record_id)
        return made

    def remove(self, handout_id: str) -> RegisterEntry:
        """Takes a handout out; what was given of it stays on the clients' lists. Gives what `bring_back` takes.

        Raises:
            NotFoundError: when it isn't there any more.
        """
        return self.register.remove(handout_id)

    def bring_back(self, entry: RegisterEntry) -> None:
        """Undoes that."""
        handout = entry.form_as(Handout)
        self.register.add(
            Noun.HANDOUT, handout, day=entry.day, title=handout.title, words=handout.words, entry_id=entry.id
        )
