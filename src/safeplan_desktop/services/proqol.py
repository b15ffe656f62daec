"""ProQOL over time: a day's thirty answers are kept as they are; scores and bands follow from them."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.history import Series
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.proqol import ProqolEntry, ProqolForm, SubScale, check_proqol, series_of
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services import reference
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.register import Register


@dataclass(frozen=True, slots=True)
class Proqol:
    """The therapist's own answers."""

    desk: Desk
    register: Register

    def add(self, form: ProqolForm) -> ProqolEntry:
        """Keeps today's answers.

        Raises:
            InvalidInputError: naming "answers"; without all thirty there is no score, and nothing is kept.
        """
        checked = check_proqol(form)
        entry = self.register.add(Noun.PROQOL, checked, day=today(self.desk.clock))
        return ProqolEntry(entry.id, entry.day, checked)

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
