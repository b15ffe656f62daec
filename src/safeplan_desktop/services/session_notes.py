"""Session notes: begin with what is usual, ask where the client is, sign, print one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from safeplan_desktop.domain.canonical import to_plain
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.crisis import Whereabouts
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.incidents import Addendum, Place
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.screenings import Setting
from safeplan_desktop.domain.searched_words import of_session
from safeplan_desktop.domain.session_notes import (
    FORM_VERSION,
    TITLE,
    SessionNoteForm,
    UsualAgenda,
    Whereabout,
    check_for_signing,
    cleaned_agenda,
)
from safeplan_desktop.domain.signed_records import SignedRecord, check_signature
from safeplan_desktop.domain.written_text import Part, parts_of_session
from safeplan_desktop.services import reference
from safeplan_desktop.services.addenda import Addenda
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.written import Written
from safeplan_desktop.storage import audit

_AGENDA = "session agenda"
_LOOKED_BACK = 60
"""Sessions: where a client was before those is no help any more."""

_SETTINGS = {
    Place.OFFICE: Setting.OFFICE,
    Place.TELEHEALTH: Setting.TELEHEALTH,
    Place.PHONE: Setting.PHONE,
    Place.HOME_VISIT: Setting.HOME_VISIT,
}


def _make(
    record: SignedRecord,
    form: SessionNoteForm,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
) -> bytes:
    from safeplan_desktop.documents.session_note import session_note_pdf  # noqa: PLC0415 - ReportLab loads in the job

    return session_note_pdf(record, form, addenda, practice, paper, chain_head)


@dataclass(frozen=True)
class SessionNotes(Written[SessionNoteForm]):
    """The notes of a client's sessions."""

    practice: Practice
    addenda: Addenda

    noun = Noun.SESSION_NOTE
    kind = DraftKind.SESSION_NOTE
    form_kind = SessionNoteForm
    form_version = FORM_VERSION

    def fresh(self, client_id: str) -> SessionNoteForm:
        """Today, now, and what was usual in the last session; where the client is is asked anew each time."""
        now = self.desk.now()
        last = self.newest(client_id)
        usual = last[1] if last else SessionNoteForm()
        return SessionNoteForm(
            client_id,
            day=now.local_date,
            started_at=now.at.replace(second=0, microsecond=0),
            zone=now.zone,
            place=usual.place,
            place_note=usual.place_note if usual.place is not Place.HOME_VISIT else "",
            modality=usual.modality,
            participants=usual.participants,
            agenda=self.agenda(),
        )

    def parts(self, record_id: str) -> tuple[Part, ...]:
        """A signed note as titled parts."""
        return parts_of_session(self.get(record_id)[1])

    def sign(self, draft: Draft, form: SessionNoteForm, signer: str) -> SignedRecord:
        """Signs a note: from now on it never changes.

        Raises:
            InvalidInputError: naming the field with what is missing.
        """
        checked = check_for_signing(form, now=self.desk.now())
        check_signature(signer)
        return self.records.sign(
            self.noun,
            checked,
            day=checked.day or self.today(),
            title=TITLE,
            signer=signer,
            words=of_session(to_plain(checked)),
            client_id=checked.client_id,
            draft=draft,
        )

    def last_whereabout(self, client_id: str) -> tuple[Whereabout, SessionNoteForm] | None:
        """Where the client was in the last session apart, with that session; to be offered, never to be taken silently."""
        for summary in self.of_client(client_id)[:_LOOKED_BACK]:
            if summary.voided:
                continue
            _, form = self.get(summary.id)
            if form.apart and not form.whereabout.is_empty:
                return form.whereabout, form
        return None

    def whereabouts(self, client_id: str) -> tuple[Whereabouts, ...]:
        """Where the client was in the newest session and in those that are being written, for the Crisis panel."""
        now = self.desk.now()
        found = [(form, Moment(draft.started_at, draft.started_zone)) for draft, form in self.waiting(client_id)]
        last = self.newest(client_id)
        if last is not None:
            found.append((last[1], last[0].begun))
        named = []
        for form, begun in found:
            setting = _SETTINGS.get(form.place) if form.place else None
            if setting is None:
                continue
            asked = Moment(min(form.started_at, now.at), form.zone) if form.started_at else begun
            place = form.whereabout.location if form.apart else form.place_note
            callback = form.whereabout.callback if form.apart else ""
            named.append(Whereabouts(setting, place.strip(), asked, callback.strip()))
        return tuple(named)

    # -- the usual structure of a session -----------------------------------------------------------------------------

    def agenda(self) -> tuple[str, ...]:
        """The structure that a session usually has here: the practice's own, else ours."""
        own = self.practice.kept(_AGENDA, UsualAgenda)
        return reference.session_agenda() if own is None else own.points

    def save_agenda(self, points: tuple[str, ...]) -> tuple[str, ...]:
        """Keeps a structure as the practice's usual one.

        Raises:
            InvalidInputError: naming "agenda".
        """
        kept = UsualAgenda(cleaned_agenda(points))
        self.practice.keep(_AGENDA, kept)
        return kept.points

    # -- leaving the records ------------------------------------------------------------------------------------------

    def document(self, record_id: str, *, paper: Paper | None = None) -> Document:
        """A signed note with its addenda, as a document."""
        record, form = self.get(record_id)
        paper = paper or self.practice.settings().paper
        addenda = self.addenda.of_record(record_id)
        head = audit.head(self.desk.database).stamp
        code = record.client.code if record.client else ""
        return Document(
            make=partial(_make, record, form, addenda, self.practice.profile(), paper, head),
            title=TITLE,
            suggested_name=file_name("session-note", code, record.day),
            noun=self.noun,
            record_id=record.id,
            client_id=record.client_id,
            detail=f"report, {paper.value}",
            words=record.content,
        )
