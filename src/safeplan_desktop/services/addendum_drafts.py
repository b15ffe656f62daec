"""What is being added to a signed record, kept until it is signed: a lock or a crash in the middle loses no word of it."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.incidents import ADDENDUM_FORM_VERSION, AddendumForm
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.storage import client_record
from safeplan_desktop.storage import drafts as stored


@dataclass(frozen=True, slots=True)
class AddendumDrafts:
    """One for each signed record; its place in the draft says which kind of record that is."""

    desk: Desk
    drafts: Drafts

    def _find(self, record_id: str) -> Draft | None:
        return stored.find(self.desk.database, DraftKind.ADDENDUM, record_id)

    def waiting(self, record_id: str) -> AddendumForm | None:
        """What was typed and not signed yet; None where there is nothing."""
        draft = self._find(record_id)
        return None if draft is None else from_json(draft.form_json, AddendumForm)

    def noun_of(self, record_id: str) -> Noun:
        """To which kind of record it will be added.

        Raises:
            NotFoundError: when it was signed or discarded meanwhile.
        """
        return Noun(self.drafts.get(DraftKind.ADDENDUM, record_id).place)

    def of_client(self, client_id: str) -> tuple[tuple[Noun, str], ...]:
        """The signed records of a client that something is being added to, each with its kind."""
        rows = client_record.drafts(self.desk.database, client_id)
        return tuple((self.noun_of(row.record_id), row.record_id) for row in rows if row.kind is DraftKind.ADDENDUM)

    def keep(self, noun: Noun, record_id: str, client_id: str, form: AddendumForm) -> None:
        """Saves the form as it stands; an empty one isn't kept.

        Raises:
            NotFoundError: when the client's record was removed for good.
        """
        if not (form.text.strip() or form.reason.strip()):
            self.forget(record_id)
            return
        draft = self._find(record_id)
        if draft is None:
            draft = self.drafts.begin(
                DraftKind.ADDENDUM, client_id, to_json(form), ADDENDUM_FORM_VERSION, record_id=record_id
            )
        self.drafts.save(draft, to_json(form), place=noun.value)

    def forget(self, record_id: str) -> None:
        """Throws it away, where there is one."""
        if self._find(record_id) is not None:
            self.drafts.discard(DraftKind.ADDENDUM, record_id)
