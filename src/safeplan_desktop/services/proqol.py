"""ProQOL over time: a day's thirty answers are kept as they are; scores and bands follow from them."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.history import Series
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.proqol import FORM_VERSION, ProqolEntry, ProqolForm, SubScale, check_proqol, series_of
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services import reference
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.register import Register
from safeplan_desktop.storage import drafts as stored_drafts


@dataclass(frozen=True, slots=True)
class Proqol:
    """The therapist's own answers."""

    desk: Desk
    drafts: Drafts
    register: Register

    @property
    def is_waiting(self) -> bool:
        """Whether answers wait for the others."""
        return self._waiting() is not None

    def _waiting(self) -> Draft | None:
        return next((draft for draft in self.drafts.every() if draft.kind is DraftKind.PROQOL), None)

    def begin(self) -> tuple[Draft, ProqolForm]:
        """The answers that wait for the others; else a new draft."""
        draft = self._waiting()
        if draft is not None:
            return draft, from_json(draft.form_json, ProqolForm)
        return self.drafts.begin(DraftKind.PROQOL, "", to_json(ProqolForm()), FORM_VERSION), ProqolForm()

    def autosave(self, draft: Draft, form: ProqolForm) -> Draft:
        """Saves the answers as they stand."""
        return self.drafts.save(draft, to_json(form))

    def discard(self, record_id: str) -> None:
        """Throws answers away, on the therapist's word."""
        self.drafts.discard(DraftKind.PROQOL, record_id)

    def keep(self, draft: Draft, form: ProqolForm) -> ProqolEntry:
        """Keeps today's answers.

        Raises:
            InvalidInputError: naming "answers"; without all thirty there is no score, and nothing is kept.
        """
        checked = check_proqol(form)
        with self.desk.entry() as entry:
            made = self.register.add_within(
                entry, Noun.PROQOL, checked, day=today(self.desk.clock), entry_id=draft.record_id
            )
            stored_drafts.delete(self.desk.database, DraftKind.PROQOL, draft.record_id)
            entry.changed(Noun.DRAFT, draft.record_id)
        return ProqolEntry(made.id, made.day, checked)

    def every(self) -> tuple[ProqolEntry, ...]:
        """All entries, the newest first."""
        entries = self.register.of_kind(Noun.PROQOL, "")
        return tuple(ProqolEntry(entry.id, entry.day, entry.form_as(ProqolForm)) for entry in entries)

    def remove(self, entry_id: str) -> RegisterEntry:
        """Takes an entry out, on the therapist's word; gives what `bring_back` takes.

        Raises:
            NotFoundError: when it isn't there any more.
        """
        return self.register.remove(entry_id)

    def bring_back(self, entry: RegisterEntry) -> None:
        """Undoes that."""
        self.register.add(Noun.PROQOL, entry.form_as(ProqolForm), day=entry.day, entry_id=entry.id)

    def series(self, scale: SubScale) -> Series:
        """A sub-scale over time."""
        return series_of(self.every()[::-1], scale, label_of(scale), reference.proqol_texts().source)
