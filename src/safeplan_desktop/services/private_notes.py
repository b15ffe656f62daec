"""Psychotherapy notes: kept apart; there is no document of one, and the search doesn't know them."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.private_notes import FORM_VERSION, TITLE, PrivateNoteForm, check_for_signing
from safeplan_desktop.domain.signed_records import SignedRecord, check_signature
from safeplan_desktop.domain.written_text import Part, parts_of_private
from safeplan_desktop.services.written import Written


@dataclass(frozen=True)
class PrivateNotes(Written[PrivateNoteForm]):
    """A client's psychotherapy notes."""

    noun = Noun.PRIVATE_NOTE
    kind = DraftKind.PRIVATE_NOTE
    form_kind = PrivateNoteForm
    form_version = FORM_VERSION

    def fresh(self, client_id: str) -> PrivateNoteForm:
        """A note about today."""
        return PrivateNoteForm(client_id, day=self.today())

    def parts(self, record_id: str) -> tuple[Part, ...]:
        """A signed note as titled parts."""
        return parts_of_private(self.get(record_id)[1])

    def sign(self, draft: Draft, form: PrivateNoteForm, signer: str) -> SignedRecord:
        """Signs a note: from now on it never changes.

        Raises:
            InvalidInputError: naming the field with what is missing.
        """
        checked = check_for_signing(form, today=self.today())
        check_signature(signer)
        return self.records.sign(
            self.noun,
            checked,
            day=checked.day or self.today(),
            title=TITLE,
            signer=signer,
            client_id=checked.client_id,
            draft=draft,
        )
