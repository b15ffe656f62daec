"""Feedback: the form on paper and on the screen, what came back, and what a review of the policy decided about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.feedback import (
    FORM_VERSION,
    PLAN_QUALITY,
    TITLES,
    Decision,
    Feedback,
    FeedbackFrom,
    FeedbackWay,
    FeedbackWords,
    check_decision,
    check_feedback,
)
from safeplan_desktop.domain.moments import Moment, today
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.practice_checks import CheckedItem
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services import reference
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.policy import Policy
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.register import Register
from safeplan_desktop.storage import drafts as stored_drafts


@dataclass(frozen=True, slots=True)
class KeptFeedback:
    """A feedback as it was kept.

    Attributes:
        client_id: Whose it is; empty where no name was given, and for the therapist's own.
    """

    id: str
    day: dt.date
    client_id: str
    form: Feedback

    @property
    def title(self) -> str:
        """What it is, without a name."""
        return TITLES[self.form.source]


@dataclass(frozen=True, slots=True)
class Feedbacks:
    """The use cases of feedback."""

    desk: Desk
    clients: Clients
    drafts: Drafts
    register: Register
    practice: Practice
    policy: Policy

    # -- writing --------------------------------------------------------------------------------------------------

    def begin(
        self, source: FeedbackFrom, *, client_id: str = "", way: FeedbackWay | None = None, language: str = "en"
    ) -> tuple[Draft, Feedback]:
        """A new draft.

        Args:
            source: Whose feedback.
            client_id: Which client; empty for no name.
            way: How a client's comes.
            language: Of a client's form, such as "es".
        """
        items = tuple(CheckedItem(text) for text in PLAN_QUALITY) if source is FeedbackFrom.THERAPIST else ()
        form = Feedback(source, reference.feedback_words(language).language, way, quality=items)
        return self.drafts.begin(DraftKind.FEEDBACK, client_id, to_json(form), FORM_VERSION), form

    def waiting(self) -> tuple[tuple[Draft, Feedback], ...]:
        """Drafts that aren't kept yet, the newest first."""
        return tuple(
            (draft, from_json(draft.form_json, Feedback))
            for draft in self.drafts.every()
            if draft.kind is DraftKind.FEEDBACK
        )

    def autosave(self, draft: Draft, form: Feedback) -> Draft:
        """Saves the form as it stands."""
        return self.drafts.save(draft, to_json(form))

    def discard(self, draft: Draft) -> None:
        """Throws a draft away, on the therapist's word."""
        self.drafts.discard(DraftKind.FEEDBACK, draft.record_id)

    def keep(self, draft: Draft, form: Feedback, day: dt.date | None = None) -> KeptFeedback:
        """Keeps a feedback; of today unless a day is named, such as that on a sheet of paper.

        Raises:
            InvalidInputError: naming "day", or "ratings" when nothing was answered.
        """
        present = today(self.desk.clock)
        if day is not None and day > present:
            raise InvalidInputError("day", "Please choose today or a day before.")
        kept = check_feedback(form)
        with self.desk.entry() as entry:
            made = self.register.add_within(
                entry,
                Noun.FEEDBACK,
                kept,
                day=day or present,
                client_id=draft.client_id,
                title=TITLES[kept.source],
                words=kept.point,
                entry_id=draft.record_id,
            )
            stored_drafts.delete(self.desk.database, DraftKind.FEEDBACK, draft.record_id)
            entry.changed(Noun.DRAFT, draft.record_id, draft.client_id)
        return _kept(made)

    # -- what came ------------------------------------------------------------------------------------------------

    def every(self, source: FeedbackFrom | None = None) -> tuple[KeptFeedback, ...]:
        """What was kept, the newest first."""
        found = (_kept(one) for one in self.register.of_kind(Noun.FEEDBACK))
        return tuple(one for one in found if source is None or one.form.source is source)

    def open_points(self) -> tuple[KeptFeedback, ...]:
        """What waits for the next review of the policy, the oldest first."""
        return tuple(reversed([one for one in self.every() if one.form.open]))

    def decide(self, feedback_id: str, decision: Decision | None) -> None:
        """Notes what was decided; None takes it back.

        Raises:
            InvalidInputError: naming "version" or "because".
        """
        newest = self.policy.newest()
        if decision is not None:
            decision = check_decision(decision, newest.number if newest else 0)
        form = self.register.get(feedback_id).form_as(Feedback)
        title = TITLES[form.source]
        self.register.change(feedback_id, replace(form, decision=decision), title=title, words=form.point)

    def remove(self, feedback_id: str) -> RegisterEntry:
        """Takes a feedback out, on the therapist's word. Gives what `bring_back` takes."""
        return self.register.remove(feedback_id)

    def bring_back(self, entry: RegisterEntry) -> None:
        """Undoes that."""
        form = entry.form_as(Feedback)
        self.register.add(
            Noun.FEEDBACK,
            form,
            day=entry.day,
            client_id=entry.client_id,
            title=TITLES[form.source],
            words=form.point,
            entry_id=entry.id,
        )

    # -- the form on paper ----------------------------------------------------------------------------------------

    def form(self, language: str, *, client_id: str = "", paper: Paper | None = None) -> Document:
        """The form to fill in by hand; with a client's name only where a client is given.

        Args:
            language: Such as "es".
            client_id: Whose name stands on it; empty for none.
            paper: Its size, by default the practice's.
        """
        words = reference.feedback_words(language)
        name = self.clients.get(client_id).name if client_id else ""
        code = self.clients.get(client_id).code if client_id else ""
        paper = paper or self.practice.settings().paper
        made = self.desk.now()
        return Document(
            make=partial(_make, words, steps_of(words.language), name, self.practice.profile(), paper, made),
            title="Feedback form",
            suggested_name=file_name("feedback-form", code, made.local_date),
            noun=Noun.FEEDBACK,
            record_id=client_id,  # the sheet bears their name, so it stands in their account
            client_id=client_id,
            detail=f"form, {paper.value}",
            words=name,
            language=words.language,
            note=reference.feedback_note(words),
        )


def steps_of(language: str) -> tuple[tuple[SectionKey, str], ...]:
    """The parts of a plan as they are headed in a language."""
    wording = reference.plan_wording(language)
    return tuple((key, wording.section(key).heading) for key in SectionKey)


def _kept(entry: RegisterEntry) -> KeptFeedback:
    return KeptFeedback(entry.id, entry.day, entry.client_id, entry.form_as(Feedback))


def _make(
    words: FeedbackWords,
    steps: tuple[tuple[SectionKey, str], ...],
    name: str,
    practice: PracticeProfile,
    paper: Paper,
    made: Moment,
) -> bytes:
    from safeplan_desktop.documents.feedback_form import feedback_form_pdf  # noqa: PLC0415 - ReportLab loads in the job

    return feedback_form_pdf(words, [heading for _, heading in steps], name, practice, paper, made)
