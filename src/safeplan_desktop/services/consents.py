"""Consents: the words, how they were given, until when; withdrawn by a later record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import snapshot_of
from safeplan_desktop.domain.consents import (
    FORM_VERSION,
    ConsentForm,
    ConsentKind,
    ConsentState,
    Given,
    OwnText,
    OwnTexts,
    check_for_signing,
    words_of,
)
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.incidents import Addendum
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.signed_records import SignedRecord, SignedSummary, check_signature
from safeplan_desktop.domain.signing_sheets import Sheet, SheetPart, SheetText, in_one, language_of
from safeplan_desktop.domain.written_text import Part, parts_of_consent
from safeplan_desktop.errors import InvalidInputError, SignedRecordError
from safeplan_desktop.services import reference
from safeplan_desktop.services.addenda import Addenda
from safeplan_desktop.services.desk import Entry
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.sheets import make_sheet
from safeplan_desktop.services.written import Written
from safeplan_desktop.storage import audit
from safeplan_desktop.storage import signed_records as stored

_TEXTS = "consent texts"
_CHANGED = "changed for this client"


def _make(
    record: SignedRecord,
    state: ConsentState,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
) -> bytes:
    from safeplan_desktop.documents.consent_report import consent_report_pdf  # noqa: PLC0415 - ReportLab loads in the job

    return consent_report_pdf(record, state, addenda, practice, paper, chain_head)


@dataclass(frozen=True)
class Consents(Written[ConsentForm]):
    """A client's consents."""

    practice: Practice
    addenda: Addenda

    noun = Noun.CONSENT
    kind = DraftKind.CONSENT
    form_kind = ConsentForm
    form_version = FORM_VERSION

    def fresh(self, client_id: str) -> ConsentForm:
        """A consent of today, in the client's language where we have words in it."""
        return ConsentForm(client_id, day=self.today(), language=language_of(self.clients.get(client_id).form.language))

    def parts(self, record_id: str) -> tuple[Part, ...]:
        """A signed consent as titled parts."""
        return parts_of_consent(self.get(record_id)[1], self.state(record_id))

    def sign(self, draft: Draft, form: ConsentForm, signer: str, *, set_contact: bool = False) -> SignedRecord:
        """Signs a consent: from now on it never changes.

        Args:
            draft: The draft that it was written in.
            form: The consent; the name of its wording says so where its words were changed for this client.
            signer: The signature as typed.
            set_contact: Whether the contact's answer in the client's form becomes a yes, on the therapist's word.

        Raises:
            InvalidInputError: naming the field with what is missing.
        """
        checked = check_for_signing(form, today=self.today())
        check_signature(signer)
        if set_contact:
            self._contact_of(checked)
        signed = replace(checked, version=self.version_of(checked))
        return self._sign(signed, signer, Answer.YES if set_contact else None, draft)

    def withdraw(
        self,
        record_id: str,
        day: dt.date | None,
        given: Given | None,
        note: str,
        signer: str,
        *,
        set_contact: bool = False,
    ) -> SignedRecord:
        """Notes as a record of its own that a consent was withdrawn; what was signed stays as it was.

        Raises:
            InvalidInputError: naming the field that isn't right.
            SignedRecordError: when it was withdrawn before.
        """
        _, former = self.get(record_id)
        if self.state(record_id).withdrawn_on is not None:
            raise SignedRecordError("This consent was withdrawn already.", safe="It stays as it is.")
        form = ConsentForm(
            former.client_id,
            kind=former.kind,
            own_kind=former.own_kind,
            day=day,
            language=former.language,
            version=former.version,
            given=given,
            contact_id=former.contact_id,
            contact_name=former.contact_name,
            note=note.strip(),
            withdraws=record_id,
        )
        checked = check_for_signing(form, today=self.today())
        if former.day is not None and checked.day is not None and checked.day < former.day:
            raise InvalidInputError("day", "It would be withdrawn before it was given. Please check the day.")
        check_signature(signer)
        return self._sign(checked, signer, Answer.NO if set_contact else None)

    def _sign(self, form: ConsentForm, signer: str, contact: Answer | None, draft: Draft | None = None) -> SignedRecord:
        """Signs, and answers for the contact in the client's form where that is wanted: both, or neither."""
        with self.desk.entry() as entry:
            record = self.records.sign_within(
                entry,
                self.noun,
                form,
                day=form.day or self.today(),
                title=form.title,
                signer=signer,
                words=words_of(form),
                client_id=form.client_id,
                draft=draft,
            )
            if contact is not None:
                self._answer_contact(entry, form, contact)
        return record

    def states(self, client_id: str) -> tuple[ConsentState, ...]:
        """A client's consents with what became of them, the newest first; withdrawals aren't rows of their own."""
        found = [(summary, self.get(summary.id)[1]) for summary in self.of_client(client_id)]
        gone = {form.withdraws: (summary, form) for summary, form in found if form.withdraws and not summary.voided}
        return tuple(_state_of(summary, form, gone.get(summary.id)) for summary, form in found if not form.withdraws)

    def state(self, record_id: str) -> ConsentState:
        """One consent with what became of it; of a withdrawal, the consent that it withdraws.

        Raises:
            NotFoundError: when there is none of that id.
        """
        record, form = self.get(record_id)
        wanted = form.withdraws or record_id
        return next(state for state in self.states(record.client_id) if state.record_id == wanted)

    def running_out(self, until: dt.date, client_ids: Collection[str]) -> tuple[tuple[ConsentState, str], ...]:
        """Consents of these clients that end by a day, each client's newest of its kind alone, with the client's id."""
        rows = []
        for client_id in stored.clients_with_day(self.desk.database, self.noun, "valid_until", until, client_ids):
            seen: set[tuple[ConsentKind | None, str, str]] = set()
            for state in self.states(client_id):
                which = (state.form.kind, state.form.own_kind.strip().casefold(), state.form.contact_id)
                if state.voided or which in seen:
                    continue
                seen.add(which)
                ends = state.form.valid_until
                if ends is not None and ends <= until and state.withdrawn_on is None:
                    rows.append((state, client_id))
        return tuple(rows)

    # -- the words ----------------------------------------------------------------------------------------------------

    def text(self, kind: ConsentKind, language: str) -> SheetText | None:
        """The words of a kind of consent: the practice's own, else ours; None where there are none."""
        own = next((one for one in self._own() if (one.kind, one.language) == (kind, language)), None)
        if own is not None:
            return SheetText(language, own.version, own.title, own.text)
        return reference.consent_text(kind, language)

    def keep_text(self, kind: ConsentKind, language: str, text: str) -> SheetText:
        """Keeps words as the practice's own for a kind; they are named by the day.

        Raises:
            InvalidInputError: naming "text" where there are none, or "kind" for a kind without a name of its own.
        """
        ours = reference.consent_text(kind, language)
        if ours is None:
            raise InvalidInputError("kind", "Words are kept for the named kinds of consent alone.")
        if not text.strip():
            raise InvalidInputError("text", "There are no words to keep.")
        day = self.today().isoformat()
        taken = {one.version for one in self._own()}
        numbers = (f"practice-{day}" if number == 1 else f"practice-{day}-{number}" for number in range(1, 1000))
        version = next(name for name in numbers if name not in taken)
        kept = OwnText(kind, language, version, ours.title, text.strip())
        self._save_own(kept)
        return SheetText(language, version, ours.title, kept.text)

    def take_ours_again(self, kind: ConsentKind, language: str) -> None:
        """Goes back to our words for a kind."""
        self._save_own(OwnText(kind, language, "", "", ""))

    def version_of(self, form: ConsentForm) -> str:
        """What the wording of a form is called."""
        known = self.text(form.kind, form.language) if form.kind else None
        if known is None:
            return "own words"
        if form.text.strip() == in_one(known.parts, known.opening):
            return known.version
        return f"{known.version}, {_CHANGED}"

    def _own(self) -> tuple[OwnText, ...]:
        found = self.practice.kept(_TEXTS, OwnTexts)
        return found.texts if found else ()

    def _save_own(self, text: OwnText) -> None:
        others = tuple(one for one in self._own() if (one.kind, one.language) != (text.kind, text.language))
        kept = OwnTexts((*others, text) if text.text else others)
        self.practice.keep(_TEXTS, kept)

    # -- the contact in the client's form -----------------------------------------------------------------------------

    def _contact_of(self, form: ConsentForm) -> None:
        contacts = self.clients.get(form.client_id).form.contacts
        if not any(contact.id == form.contact_id for contact in contacts):
            raise InvalidInputError(
                "contact", "This contact isn't in the client's form any more. Please choose another."
            )

    def _answer_contact(self, entry: Entry, form: ConsentForm, answer: Answer) -> None:
        client = self.clients.get(form.client_id)
        contacts = tuple(
            replace(contact, consent=answer, consent_on=form.day) if contact.id == form.contact_id else contact
            for contact in client.form.contacts
        )
        if contacts != client.form.contacts:
            self.clients.change_within(entry, client.id, replace(client.form, contacts=contacts))

    # -- leaving the records ------------------------------------------------------------------------------------------

    def document(self, record_id: str, *, paper: Paper | None = None) -> Document:
        """A signed consent with its words, what became of it and its addenda, as a document."""
        record = self.records.get(record_id)
        paper = paper or self.practice.settings().paper
        addenda = self.addenda.of_record(record_id)
        head = audit.head(self.desk.database).stamp
        state = self.state(record_id)
        code = record.client.code if record.client else ""
        return Document(
            make=partial(_make, record, state, addenda, self.practice.profile(), paper, head),
            title="Consent",
            suggested_name=file_name("consent", code, record.day),
            noun=self.noun,
            record_id=record.id,
            client_id=record.client_id,
            detail=f"report, {paper.value}",
            words=record.content,
        )

    def sheet(self, form: ConsentForm, *, paper: Paper | None = None) -> Document:
        """The words as they stand now, to be read and signed on paper; noted under the client, as a draft may go.

        Raises:
            InvalidInputError: naming "kind" or "text", where there is nothing to print yet.
        """
        if not form.about:
            raise InvalidInputError("kind", "Please choose what the consent is about before you print it.")
        if not form.text.strip():
            raise InvalidInputError("text", "There are no words to print yet.")
        client = snapshot_of(self.clients.get(form.client_id))
        paper = paper or self.practice.settings().paper
        known = self.text(form.kind, form.language) if form.kind else None
        title = known.title if known else form.own_kind.strip()
        day = form.day or self.today()
        sheet = Sheet(form.language, title, "", _parts_of(form.text), day, valid_until=form.valid_until)
        words = reference.sheet_words(form.language)
        return Document(
            make=partial(make_sheet, sheet, words, client, self.practice.profile(), paper, self.desk.now()),
            title="Consent to sign",
            suggested_name=file_name("consent", client.code, day),
            noun=self.noun,
            record_id=form.client_id,
            client_id=form.client_id,
            detail=f"sheet, {paper.value}",
            words=f"{title}\n{form.text}",
            language=form.language,
        )


def _state_of(
    summary: SignedSummary, form: ConsentForm, gone: tuple[SignedSummary, ConsentForm] | None
) -> ConsentState:
    if gone is None:
        return ConsentState(summary.id, form, voided=summary.voided)
    return ConsentState(summary.id, form, gone[1].day, gone[0].id, voided=summary.voided)


def _parts_of(text: str) -> tuple[SheetPart, ...]:
    """A text of one piece as it is printed: a first line that is short and has words under it is a heading."""
    parts = []
    for block in text.strip().split("\n\n"):
        first, _, rest = block.strip().partition("\n")
        is_heading = bool(rest.strip()) and not first.rstrip().endswith((".", ":", "_"))
        parts.append(SheetPart(first.strip(), rest.strip()) if is_heading else SheetPart("", block.strip()))
    return tuple(part for part in parts if part.text)
