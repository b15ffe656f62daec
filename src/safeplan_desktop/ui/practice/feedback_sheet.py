"""A feedback that is being written, on the client's screen or on the therapist's; plain Python."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.feedback import Feedback, FeedbackWords
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.services import reference
from safeplan_desktop.services.feedback import KeptFeedback, steps_of
from safeplan_desktop.services.session import Session


@dataclass
class FeedbackSheet:
    """Draft and form.

    Attributes:
        form: As it was last saved.
        who: Whose it is, as screens call clients; empty for no name. It is shown on the therapist's screen alone.
    """

    session: Session
    draft: Draft
    form: Feedback
    who: str = ""
    kept: bool = False

    @property
    def words(self) -> FeedbackWords:
        """The words of the form's language."""
        return reference.feedback_words(self.form.language)

    @property
    def steps(self) -> tuple[tuple[SectionKey, str], ...]:
        """The parts of a plan in that language."""
        return steps_of(self.words.language)

    def today(self) -> dt.date:
        """The present day."""
        return today(self.session.desk.clock)

    def save(self, form: Feedback) -> None:
        """Saves the form as it stands."""
        if not self.kept:
            self.form = form
            self.draft = self.session.feedback.autosave(self.draft, form)

    def keep(self, form: Feedback, day: dt.date | None = None) -> KeptFeedback:
        """Keeps it.

        Raises:
            InvalidInputError: naming "day", or "ratings" when nothing was answered.
        """
        made = self.session.feedback.keep(self.draft, form, day)
        self.kept = True
        return made

    def discard(self) -> None:
        """Throws it away."""
        self.kept = True
        self.session.feedback.discard(self.draft)
