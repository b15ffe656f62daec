"""What presenters ask of the window, without Qt: long work, and the way to other screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.incidents import IncidentForm
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.exports import Document

T = TypeVar("T")


class Control(Protocol):
    """What long work is handed: a way to tell how far it is, and to hear that it was cancelled."""

    def report(self, fraction: float | None, sentence: str) -> None:
        """Tells how far the work is (0.0 to 1.0, None where that can't be told) and what it does."""

    def check_cancelled(self) -> None:
        """Ends the work when the therapist cancelled.

        Raises:
            CancelledError: in that case.
        """


class RunJob(Protocol):
    """Starts long work in the background; the callbacks come back in the window's thread.

    They are dropped once their `owner` is gone: a dialog that may be closed meanwhile names itself.
    """

    def __call__(
        self,
        work: Callable[[Control], T],
        on_done: Callable[[T], None],
        on_problem: Callable[[SafePlanError], None],
        on_progress: Callable[[float | None, str], None] | None = None,
        *,
        owner: Any = None,  # noqa: ANN401 - a QObject, which presenters don't know
    ) -> None: ...


class Shell(Protocol):
    """What screens ask of the main window."""

    def choose_client(self, client_id: str) -> None:
        """Makes a client the current one; refused where what is being written for another can't be saved."""

    def open_screen(self, name: str) -> None:
        """Shows a tab: today, clients, screening, plan, incidents, practice, backups."""

    def open_practice(self, part: str) -> None:
        """Shows a part of the practice: contacts, exercises."""

    def open_record(self, noun: Noun, record_id: str, client_id: str) -> None:
        """Shows a record on the screen that it belongs to."""

    def copy_as_text(self, noun: Noun, record_id: str) -> None:
        """Puts a signed record's text on the clipboard, for another record system."""

    def begin_quick_check(self, client_id: str) -> None:
        """Opens a client's quick check."""

    def open_period(self, client_id: str) -> None:
        """Asks for the days of a report of a client's screenings."""

    def preview(self, document: Document) -> None:
        """Makes a document in the background and shows it for printing and saving."""

    def preview_all(self, documents: Sequence[Document]) -> None:
        """Makes several documents in the background and shows them for printing and saving in one go."""

    def open_session_view(self) -> None:
        """Shows the current client's plan alone, in large type."""

    def open_feedback(self, sheet: Any) -> None:  # noqa: ANN401 - a FeedbackSheet, which this module doesn't know
        """Shows a feedback form alone, in large type, for the client."""

    def open_crisis(self) -> None:
        """Shows the Crisis panel."""

    def begin_exercise(self, variant: Variant) -> None:
        """Begins an exercise of the crisis protocol, or goes on with the one that waits."""

    def set_calm(self, *, on: bool) -> None:
        """Hides everything that isn't about the current client, while the screen may be turned to them."""

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows an expected failure on the current screen."""

    def begin_incident(self, form: IncidentForm) -> None:
        """Begins an incident of the current client with what is known of it already."""

    def say(self, sentence: str, on_undo: Callable[[], None] | None = None) -> None:
        """Says in passing that something was done, and offers to undo it where it can be."""
