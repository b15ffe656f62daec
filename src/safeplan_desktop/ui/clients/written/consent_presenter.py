"""Consents between screen and services."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from safeplan_desktop.domain.consents import ConsentForm, ConsentKind, ConsentState, Given
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.signed_records import SignedRecord, SignedSummary
from safeplan_desktop.domain.signing_sheets import SheetText, in_one
from safeplan_desktop.services.exports import Document
from safeplan_desktop.ui.written.presenter import WrittenPresenter


@dataclass
class ConsentsPresenter(WrittenPresenter):
    """A client's consents.

    Attributes:
        set_contact: Whether signing makes the contact's answer a yes, as ticked in the form.
    """

    set_contact: bool = False
    _states: dict[str, ConsentState] = field(default_factory=dict, init=False)
    _scanned: frozenset[str] = field(default=frozenset(), init=False)

    def title_of_draft(self, form: ConsentForm) -> str:
        """What it will be about."""
        return f"{form.title}, not signed yet" if form.about else "Not signed yet"

    def listed(self) -> tuple[SignedSummary, ...]:
        """The consents and withdrawals, and what became of them looked up once."""
        self._scanned = frozenset(one.record_id for one in self.session.attachments.of_client(self.client_id))
        self._states = {state.record_id: state for state in self.session.consents.states(self.client_id)}
        return super().listed()

    def state_of(self, summary: SignedSummary) -> str:
        """What became of it."""
        state = self._states.get(summary.id)
        if summary.voided or state is None:
            return super().state_of(summary)
        words = state.words(self.today())
        missing = state.form.given is Given.SCANNED and summary.id not in self._scanned
        if missing and state.withdrawn_on is None:
            words += ", the scan still to be taken in"
        return words[0].upper() + words[1:]

    def today(self) -> dt.date:
        """The present day, where the therapist is."""
        return today(self.session.desk.clock)

    def contacts(self) -> tuple[tuple[str, str], ...]:
        """The client's contacts who may be contacted: id and name."""
        contacts = self.session.clients.get(self.client_id).form.contacts
        return tuple((one.id, one.name) for one in contacts if not one.safety.never_contact)

    def text(self, kind: ConsentKind, language: str) -> tuple[SheetText, str] | None:
        """The words of a kind, and in one piece; None where there are none."""
        found = self.session.consents.text(kind, language)
        return None if found is None else (found, in_one(found.parts, found.opening))

    def keep_text(self, kind: ConsentKind, language: str, text: str) -> None:
        """Keeps words as the practice's own.

        Raises:
            InvalidInputError: naming "text" or "kind".
        """
        kept = self.session.consents.keep_text(kind, language, text)
        self.shell.say(f"Kept as the practice's words: {kept.version}.")

    def take_ours_again(self, kind: ConsentKind, language: str) -> None:
        """Goes back to our words."""
        self.session.consents.take_ours_again(kind, language)

    def version_of(self, form: ConsentForm) -> str:
        """What the wording of a form is called."""
        return self.session.consents.version_of(form)

    def sign_form(self, draft: Draft, form: ConsentForm, signer: str) -> SignedRecord:
        """Signs a consent, and answers for the contact where that was ticked."""
        wanted = self.set_contact and form.kind is ConsentKind.EMERGENCY_CONTACT
        return self.session.consents.sign(draft, form, signer, set_contact=wanted)

    def state(self) -> ConsentState:
        """The consent that is shown, with what became of it."""
        return self.session.consents.state(self.shown)

    def withdraw(self, day: dt.date | None, given: Given | None, note: str, signer: str, *, set_contact: bool) -> None:
        """Notes that the consent that is shown was withdrawn.

        Raises:
            InvalidInputError: naming the field that isn't right.
            SignedRecordError: when it was withdrawn before.
        """
        self.session.consents.withdraw(self.shown, day, given, note, signer, set_contact=set_contact)
        self.show_signed()
        self.shell.say("Noted as withdrawn. What was signed is as it was.")

    def give_anew(self) -> None:
        """Begins the same consent again, of today and in the present words."""
        form = self.state().form
        known = self.text(form.kind, form.language) if form.kind else None
        self.begin(
            replace(
                form,
                day=self.today(),
                text=known[1] if known else form.text,
                version="",
                given=None,
                valid_until=None,
                note="",
            )
        )

    def document(self) -> Document:
        """The consent's report."""
        return self.session.consents.document(self.shown)

    def working_copy(self) -> Document | None:
        """The words as they stand, to be signed on paper."""
        return self.session.consents.sheet(self._view.form()) if self.draft else None
