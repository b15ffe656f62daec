"""Working agreements: begin with our words or the last version, sign as a version, print the sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from safeplan_desktop.domain.agreements import FORM_VERSION, TITLE, AgreementForm, check_for_signing, words_of
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import snapshot_of
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.domain.signed_records import SignedRecord, check_signature
from safeplan_desktop.domain.signing_sheets import Sheet, language_of
from safeplan_desktop.domain.written_text import Part, parts_of_agreement
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services import reference
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.sheets import make_sheet
from safeplan_desktop.services.written import Written


@dataclass(frozen=True)
class Agreements(Written[AgreementForm]):
    """A client's working agreements, by version."""

    practice: Practice

    noun = Noun.AGREEMENT
    kind = DraftKind.AGREEMENT
    form_kind = AgreementForm
    form_version = FORM_VERSION

    def fresh(self, client_id: str) -> AgreementForm:
        """The last version's words; for the first one ours, in the client's language where we have them."""
        last = self.records.newest(self.noun, client_id)
        if last is not None:
            return replace(last.form_as(AgreementForm), day=self.today(), note="")
        return self.in_our_words(client_id, self.clients.get(client_id).form.language)

    def in_our_words(self, client_id: str, language: str) -> AgreementForm:
        """Our words in a language."""
        text = reference.agreement_text(language_of(language))
        return AgreementForm(client_id, text.language, self.today(), text.opening, text.parts)

    def parts(self, record_id: str) -> tuple[Part, ...]:
        """A signed version as titled parts."""
        return parts_of_agreement(self.get(record_id)[1])

    def sign(self, draft: Draft, form: AgreementForm, signer: str) -> SignedRecord:
        """Signs the next version: from now on it never changes.

        Raises:
            InvalidInputError: naming the field with what is missing.
        """
        checked = check_for_signing(form, today=self.today())
        check_signature(signer)
        number = self.records.next_number(self.noun, checked.client_id)
        return self.records.sign(
            self.noun,
            checked,
            day=checked.day or self.today(),
            title=f"{TITLE}, version {number}",
            signer=signer,
            words=words_of(checked),
            client_id=checked.client_id,
            draft=draft,
        )

    # -- leaving the records ------------------------------------------------------------------------------------------

    def document(self, record_id: str, *, paper: Paper | None = None) -> Document:
        """A signed version as a sheet with lines for signatures."""
        record, form = self.get(record_id)
        return self._document(record.id, form, record.number, paper)

    def working_copy(self, form: AgreementForm, *, paper: Paper | None = None) -> Document:
        """The words as they stand now, to be read and signed on paper; noted under the client, as a draft may go.

        Raises:
            InvalidInputError: naming "parts", where there is nothing to print yet.
        """
        if not any(part.text.strip() for part in form.parts):
            raise InvalidInputError("parts", "There are no words to print yet.")
        return self._document(form.client_id, form, None, paper)

    def _document(self, record_id: str, form: AgreementForm, number: int | None, paper: Paper | None) -> Document:
        client = snapshot_of(self.clients.get(form.client_id))
        paper = paper or self.practice.settings().paper
        day = form.day or self.today()
        words = reference.sheet_words(form.language)
        title = reference.agreement_text(form.language).title
        sheet = Sheet(form.language, title, form.opening, form.parts, day, number)
        return Document(
            make=partial(make_sheet, sheet, words, client, self.practice.profile(), paper, self.desk.now()),
            title=TITLE,
            suggested_name=file_name("working-agreement", client.code, day),
            noun=self.noun,
            record_id=record_id,
            client_id=form.client_id,
            detail=f"sheet, {paper.value}",
            words=words_of(form),
            language=form.language,
        )
