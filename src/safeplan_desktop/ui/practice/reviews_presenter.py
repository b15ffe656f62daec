"""Reviews and feedback between the part and the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.feedback import Decision, Feedback, FeedbackFrom, FeedbackOutcome, FeedbackWay
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.reviews import Interval, ReviewNote, ReviewState, ReviewSubject
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.services.feedback import KeptFeedback
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Shell
from safeplan_desktop.ui.practice.feedback_sheet import FeedbackSheet

_PARTS = {
    ReviewSubject.POLICY: "policy",
    ReviewSubject.PROTOCOL: "protocol",
    ReviewSubject.DRILL: "exercises",
    ReviewSubject.NUMBERS: "contacts",
    ReviewSubject.TRAINING: "training",
    ReviewSubject.ROOM: "room",
}


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note that something was looked at."""

    id: str
    day: dt.date
    note: ReviewNote


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """A feedback in a list.

    Attributes:
        who: The client as screens call them, or that no name was given.
    """

    id: str
    kept: KeptFeedback
    who: str

    @property
    def form(self) -> Feedback:
        """What was answered."""
        return self.kept.form


@dataclass(frozen=True, slots=True)
class ReviewsState:
    """What the part shows.

    Attributes:
        newest_version: Of the safety policy; 0 before the first.
        waiting: Feedback that was begun and isn't saved yet.
        clients: Ids and labels of the clients that may be named.
    """

    reviews: tuple[ReviewState, ...]
    notes: tuple[NoteRow, ...]
    points: tuple[FeedbackRow, ...]
    of_clients: tuple[FeedbackRow, ...]
    own: tuple[FeedbackRow, ...]
    newest_version: int
    waiting: tuple[tuple[Draft, Feedback], ...]
    clients: tuple[tuple[str, str], ...]
    today: dt.date


class ReviewsView(Protocol):
    """What the presenter asks of the part."""

    def show_state(self, state: ReviewsState) -> None: ...

    def show_sheet(self, sheet: FeedbackSheet) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def form(self, form: Feedback) -> Feedback: ...

    def day(self) -> dt.date | None: ...

    def forget(self) -> None: ...


@dataclass
class ReviewsPresenter:
    """Schedule, notes, feedback, decisions."""

    session: Session
    shell: Shell
    sheet: FeedbackSheet | None = field(default=None, init=False)

    def attach(self, view: ReviewsView) -> None:
        """Takes the part that it speaks to."""
        self._view = view

    def reload(self) -> None:
        """Shows what is stored, unless feedback is being written."""
        if self.sheet is None:
            self._view.show_state(self.state())

    def state(self) -> ReviewsState:
        """Everything at once."""
        session = self.session
        show_names = session.practice.settings().show_names
        labels = session.clients.labels(show_names=show_names)
        every = session.feedback.every()
        # Those whose work has ended as well: what they said isn't without a name.
        whose = session.clients.labels({one.client_id for one in every if one.client_id}, show_names=show_names)
        rows = [FeedbackRow(one.id, one, whose.get(one.client_id, "without a name")) for one in every]
        newest = session.policy.newest()
        return ReviewsState(
            reviews=session.reviews.states(),
            notes=tuple(NoteRow(entry.id, entry.day, note) for entry, note in session.review_schedule.notes()),
            points=tuple(reversed([one for one in rows if one.form.open])),
            of_clients=tuple(one for one in rows if one.form.source is FeedbackFrom.CLIENT),
            own=tuple(one for one in rows if one.form.source is FeedbackFrom.THERAPIST),
            newest_version=newest.number if newest else 0,
            waiting=session.feedback.waiting(),
            clients=tuple((one.id, labels[one.id]) for one in session.clients.list() if one.id in labels),
            today=self.today(),
        )

    def today(self) -> dt.date:
        """The present day."""
        return today(self.session.desk.clock)

    # -- the schedule ---------------------------------------------------------------------------------------------

    def reviewed(self, subject: ReviewSubject, note: str, day: dt.date | None) -> None:
        """Notes that something was looked at.

        Raises:
            InvalidInputError: naming "day".
        """
        self.session.review_schedule.note(subject, note, day)
        self.reload()

    def take_back(self, row: NoteRow) -> None:
        """Takes a note out."""
        self._try(lambda: self.session.review_schedule.take_back(row.id))
        self.reload()

    def set_interval(self, interval: Interval) -> None:
        """Changes how often.

        Raises:
            InvalidInputError: naming "count".
        """
        self.session.review_schedule.save(interval)
        self.reload()

    def open_subject(self, subject: ReviewSubject) -> None:
        """Leads to what is to be looked at."""
        if subject in _PARTS:
            self.shell.open_practice(_PARTS[subject])
        else:
            self.shell.open_screen("today" if subject is ReviewSubject.PLANS else "backups")

    # -- feedback -------------------------------------------------------------------------------------------------

    @staticmethod
    def languages() -> list[tuple[str, str]]:
        """Languages of the form."""
        return list(reference.feedback_languages().items())

    def language_of(self, client_id: str) -> str:
        """A client's language, where the form is written in it; else English."""
        wanted = self.session.clients.get(client_id).form.language if client_id else "en"
        return reference.feedback_words(wanted).language

    def print_form(self, client_id: str, language: str, *, with_name: bool) -> None:
        """Shows the form for paper."""
        self._try(
            lambda: self.shell.preview(self.session.feedback.form(language, client_id=client_id if with_name else ""))
        )

    def begin_on_screen(self, client_id: str, language: str) -> None:
        """Shows the form alone, for the client."""
        self._try(lambda: self.shell.open_feedback(self._begun(client_id, language, FeedbackWay.SCREEN)))

    def begin_from_paper(self, client_id: str, language: str) -> None:
        """Opens the form to type a sheet of paper in."""
        self._try(lambda: self._open(self._begun(client_id, language, FeedbackWay.PAPER)))

    def begin_own(self) -> None:
        """Opens the therapist's own form."""
        self._try(lambda: self._open(FeedbackSheet(self.session, *self.session.feedback.begin(FeedbackFrom.THERAPIST))))

    def resume(self) -> None:
        """Goes on with the newest feedback that waits; on this screen, whatever it was begun on."""
        waiting = self.session.feedback.waiting()
        if waiting:
            draft, form = waiting[0]
            self._open(FeedbackSheet(self.session, draft, form, self._who(draft.client_id)))

    def _begun(self, client_id: str, language: str, way: FeedbackWay) -> FeedbackSheet:
        draft, form = self.session.feedback.begin(FeedbackFrom.CLIENT, client_id=client_id, way=way, language=language)
        return FeedbackSheet(self.session, draft, form, self._who(client_id))

    def _who(self, client_id: str) -> str:
        if not client_id:
            return ""
        return self.session.clients.get(client_id).label(show_names=self.session.practice.settings().show_names)

    def _open(self, sheet: FeedbackSheet) -> None:
        self.sheet = sheet
        self._view.show_sheet(sheet)

    def autosave(self) -> None:
        """Saves the form as it stands."""
        if self.sheet is not None:
            self.sheet.save(self._view.form(self.sheet.form))

    def close(self) -> None:
        """Goes back; what was typed stays as a draft."""
        self.sheet = None
        self.reload()

    def discard(self) -> None:
        """Throws the draft away."""
        if self.sheet is not None:
            self._view.forget()
            self._try(self.sheet.discard)
        self.close()

    def keep(self) -> None:
        """Keeps the feedback; what is missing is said beside its field."""
        if self.sheet is None:
            return
        try:
            self.sheet.keep(self._view.form(self.sheet.form), self._view.day())
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return
        self._view.forget()
        self.close()
        self.shell.say("The feedback is saved.")

    def taken_up(self, row: FeedbackRow, version: int) -> None:
        """Notes in which version of the policy a point is taken up.

        Raises:
            InvalidInputError: naming "version".
        """
        decision = Decision(FeedbackOutcome.TAKEN_UP, self.today(), version)
        self.session.feedback.decide(row.id, decision)
        self._decided(row)

    def no_change(self, row: FeedbackRow, because: str) -> None:
        """Notes why nothing changes.

        Raises:
            InvalidInputError: naming "because".
        """
        decision = Decision(FeedbackOutcome.NO_CHANGE, self.today(), because=because)
        self.session.feedback.decide(row.id, decision)
        self._decided(row)

    def _decided(self, row: FeedbackRow) -> None:
        self.reload()

        def take_back() -> None:
            self._try(lambda: self.session.feedback.decide(row.id, None))
            self.reload()

        self.shell.say("The decision is noted.", take_back)

    def remove(self, row: FeedbackRow) -> None:
        """Takes a feedback out."""

        def take_out() -> None:
            former = self.session.feedback.remove(row.id)
            self.reload()

            def bring_back() -> None:
                self._try(lambda: self.session.feedback.bring_back(former))
                self.reload()

            self.shell.say("The feedback was taken out.", bring_back)

        self._try(take_out)

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except SafePlanError as problem:
            self._view.show_problem(problem)
