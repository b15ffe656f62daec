"""One kind of written record between screen and services: its list, one draft at a time, one signed record at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.incidents import Addendum, AddendumKind
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.signed_records import SignedRecord, SignedSummary
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.domain.written_text import Part
from safeplan_desktop.errors import NotFoundError, SafePlanError
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.session import Session
from safeplan_desktop.services.written import Written
from safeplan_desktop.ui.adding import AddendumKeeping, keeping_of
from safeplan_desktop.ui.attaching import AttachmentActions, actions_of
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.ports import RunJob, Shell
from safeplan_desktop.ui.widgets.paged_rows import PagedRows


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row of the list.

    Attributes:
        state: Draft, signed, entered in error, and what else is to be known.
    """

    id: str
    day: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class SignedShown:
    """A signed record as it is read."""

    record: SignedRecord
    parts: tuple[Part, ...]
    addenda: tuple[Addendum, ...]


class WrittenView(Protocol):
    """What the presenter asks of the screen."""

    def show_list(self, rows: Sequence[WrittenRow]) -> None: ...

    def show_editor(self, form: Any) -> None: ...  # noqa: ANN401 - each kind has its own form

    def show_signed(self, shown: SignedShown) -> None: ...

    def form(self) -> Any: ...  # noqa: ANN401 - see above

    def place(self) -> str: ...

    def show_problem(self, problem: SafePlanError) -> None: ...


@dataclass
class WrittenPresenter:
    """The records of a kind of the client that is shown."""

    session: Session
    shell: Shell
    run: RunJob
    service: Written[Any]
    client_id: str = field(default="", init=False)
    draft: Draft | None = field(default=None, init=False)
    shown: str = field(default="", init=False)

    def attach(self, view: WrittenView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    # -- the list -----------------------------------------------------------------------------------------------------

    def show_client(self, client_id: str) -> None:
        """Shows a client's list; what is being written or read of the same client stays."""
        if client_id != self.client_id:
            self.client_id, self.draft, self.shown = client_id, None, ""
        if self.draft is None and not self.shown:
            self.show_list()

    def show_list(self) -> None:
        """Shows the list."""
        self.draft, self.shown = None, ""
        self._view.show_list(self.rows())

    def rows(self) -> Sequence[WrittenRow]:
        """Drafts first, then what was signed, the newest first; what was signed is read as it comes into sight."""
        drafts, signed = self._drafts(), self.listed()

        def read(numbers: Sequence[int]) -> list[WrittenRow]:
            return [
                drafts[number] if number < len(drafts) else self.row_of(signed[number - len(drafts)])
                for number in numbers
            ]

        return PagedRows(range(len(drafts) + len(signed)), read)

    def listed(self) -> tuple[SignedSummary, ...]:
        """The signed records of the list, the newest first."""
        return self.service.of_client(self.client_id)

    def _drafts(self) -> tuple[WrittenRow, ...]:
        rows = []
        for draft, form in self.service.waiting(self.client_id):
            saved = Moment(draft.saved_at, draft.started_zone).local
            day = f"{form.day:%d %b %Y}" if form.day else "no day yet"
            rows.append(
                WrittenRow(draft.record_id, day, self.title_of_draft(form), f"Draft, saved {saved:%d %b, %H:%M}")
            )
        return tuple(rows)

    def title_of_draft(self, _form: Any) -> str:  # noqa: ANN401 - see above
        """What a draft is called in the list."""
        return "Not signed yet"

    def state_of(self, summary: SignedSummary) -> str:
        """What is to be known of a signed record."""
        if summary.voided:
            return "Entered in error"
        return f"Signed, {summary.addenda} added" if summary.addenda else "Signed"

    def row_of(self, summary: SignedSummary) -> WrittenRow:
        """A signed record's row."""
        return WrittenRow(summary.id, f"{summary.day:%d %b %Y}", summary.title, self.state_of(summary))

    # -- one record ---------------------------------------------------------------------------------------------------

    def begin(self, form: Any = None) -> None:  # noqa: ANN401 - see above
        """A new one; with a form, as that one begins."""
        self.shown = ""
        self.draft, started = self.service.begin(self.client_id, form)
        self._view.show_editor(started)

    def open(self, record_id: str) -> None:
        """Opens a draft in the form, a signed record for reading."""
        self.shown = ""
        try:
            self.draft, form = self.service.resume(record_id)
        except NotFoundError:
            # Read before it is noted as viewed: it may be gone, and then nothing is shown of it.
            self.session.signed_records.get(record_id)
            self.draft, self.shown = None, record_id
            self.service.viewed(record_id)
            self.show_signed()
            return
        self._view.show_editor(form)

    def show_signed(self) -> None:
        """Shows the signed record anew."""
        record = self.session.signed_records.get(self.shown)
        addenda = self.session.addenda.of_record(self.shown)
        self._view.show_signed(SignedShown(record, self.service.parts(self.shown), addenda))

    def autosave(self) -> None:
        """Saves the form as it stands."""
        if self.draft is not None:
            self.draft = self.service.autosave(self.draft, self._view.form(), self._view.place())

    def place(self) -> str:
        """Where the cursor was when the draft was saved last."""
        return self.draft.place if self.draft else ""

    def signer(self) -> str:
        """The therapist's name as a beginning for the signature."""
        return self.session.practice.profile().therapist_name

    def sign(self, signer: str) -> bool:
        """Signs, and shows what was signed."""
        if self.draft is None:
            return False
        try:
            signed = self.sign_form(self.draft, self._view.form(), signer)
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return False
        self.draft = None
        self.shell.say(f"{signed.title}: signed.")
        self.open(signed.id)
        return True

    def sign_form(self, draft: Draft, form: Any, signer: str) -> SignedRecord:  # noqa: ANN401 - see above
        """Signs a form."""
        return self.service.sign(draft, form, signer)

    def discard(self) -> None:
        """Throws the unsigned record away."""
        if self.draft is not None:
            self.service.discard(self.draft.record_id)
        self.show_list()

    def files(self) -> AttachmentActions:
        """The files of the signed record that is shown."""
        return actions_of(self.session, self.shell, self.run, self.service.noun, self.shown, self.client_id)

    def words(self) -> KeptWords:
        """What is typed into a dialog about the signed record that is shown, kept until it is done."""
        return KeptWords(self.session, self.shown, self.client_id)

    def keeping(self) -> AddendumKeeping:
        """What is being added to the signed record that is shown, kept until it is signed."""
        return keeping_of(self.session, self.service.noun, self.shown, self.client_id)

    def add_addendum(self, kind: AddendumKind, reason: str, text: str, signer: str) -> None:
        """Adds to the signed record that is shown.

        Raises:
            InvalidInputError: naming the field that is empty.
        """
        self.session.addenda.add(
            self.service.noun, self.shown, self.client_id, kind=kind, reason=reason, text=text, signer=signer
        )
        self.show_signed()
        self.shell.say("Added. The original is as it was.")

    def void(self, reason: str, signer: str) -> None:
        """Marks the signed record that is shown as entered in error.

        Raises:
            InvalidInputError: naming the field that is empty.
            SignedRecordError: when it was marked before.
        """
        self.session.addenda.void(self.service.noun, self.shown, self.client_id, reason=reason, signer=signer)
        self.show_signed()
        self.shell.say("Marked as entered in error. The original is as it was.")

    def copied(self) -> str:
        """The signed record that is shown, as text."""
        return self.service.copied(self.shown)

    def document(self) -> Document | None:
        """The signed record that is shown, as a document; None for a kind that has none."""
        return None

    def working_copy(self) -> Document | None:
        """The draft as it stands, to be signed on paper; None for a kind that has none."""
        return None

    def preview(self) -> None:
        """Shows the signed record's document."""
        document = self.document()
        if document is not None:
            self.shell.preview(document)

    def preview_working_copy(self) -> None:
        """Shows the draft as it stands; says beside its field what is missing for that."""
        try:
            document = self.working_copy()
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return
        if document is not None:
            self.shell.preview(document)


@dataclass
class SessionNotesPresenter(WrittenPresenter):
    """Session notes."""

    def row_of(self, summary: SignedSummary) -> WrittenRow:
        """With where it was held, and for how long."""
        _, form = self.session.session_notes.get(summary.id)
        about = [label_of(form.place) if form.place else "", f"{form.minutes} minutes" if form.minutes else ""]
        title = ", ".join(part for part in about if part)
        return replace(super().row_of(summary), title=title or summary.title)

    def document(self) -> Document:
        """The note's report."""
        return self.session.session_notes.document(self.shown)

    def quick_check(self) -> None:
        """Opens the client's quick check; the note stays as it is."""
        self.shell.begin_quick_check(self.client_id)

    def keep_agenda(self, points: tuple[str, ...]) -> None:
        """Keeps a structure as the practice's usual one.

        Raises:
            InvalidInputError: naming "agenda".
        """
        self.session.session_notes.save_agenda(points)
        self.shell.say("New session notes begin with this structure from now on.")


@dataclass
class AgreementsPresenter(WrittenPresenter):
    """Working agreements."""

    def document(self) -> Document:
        """The sheet of a version."""
        return self.session.agreements.document(self.shown)

    def working_copy(self) -> Document | None:
        """The sheet as it stands."""
        return self.session.agreements.working_copy(self._view.form()) if self.draft else None
