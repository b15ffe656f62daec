"""Handouts: choose one, make its page, and keep a record of what was given to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.handouts import Giving, Handout, HandoutGiven, HandoutWords, NumberToCall, numbers_of
from safeplan_desktop.domain.moments import Moment, today
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services import reference
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.register import Register

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class HandoutChoice:
    """A handout that can be chosen.

    Attributes:
        title: In the first of its languages.
        languages: The codes of those it is written in.
    """

    id: str
    title: str
    languages: tuple[str, ...]
    own: bool


def our_choices() -> tuple[HandoutChoice, ...]:
    """The handouts that come with the program, in their order."""
    return tuple(
        HandoutChoice(handout_id, next(iter(found.values())).title, tuple(found), own=False)
        for handout_id, found in reference.handouts().items()
    )


@dataclass(frozen=True, slots=True)
class Given:
    """A line of a client's list.

    Attributes:
        entry_id: Its id in the register.
    """

    entry_id: str
    day: dt.date
    form: HandoutGiven


def _make(
    handout: Handout,
    numbers: tuple[NumberToCall, ...],
    profile: PracticeProfile | None,
    words: HandoutWords,
    paper: Paper,
    made: Moment,
) -> bytes:
    from safeplan_desktop.documents.handout import handout_pdf  # noqa: PLC0415 - ReportLab loads in the job

    return handout_pdf(handout, numbers, profile, words, paper, made)


def _is_longer(handout: Handout, numbers: tuple[NumberToCall, ...], words: HandoutWords, paper: Paper) -> bool:
    from safeplan_desktop.documents.handout import is_longer_than_a_page  # noqa: PLC0415 - see above

    return is_longer_than_a_page(handout, numbers, words, paper)


@dataclass(frozen=True, slots=True)
class LengthCheck:
    """Whether a handout takes more than a page, to be asked in a job: it touches no database."""

    handout: Handout
    numbers: tuple[NumberToCall, ...]
    words: HandoutWords
    paper: Paper

    def is_longer(self) -> bool:
        """Whether it does, on the practice's paper."""
        return _is_longer(self.handout, self.numbers, self.words, self.paper)


@dataclass(frozen=True, slots=True)
class Handouts:
    """Ours and the therapist's own, for the waiting room and for a client."""

    desk: Desk
    clients: Clients
    practice: Practice
    register: Register

    # -- choosing -------------------------------------------------------------------------------------------------

    def every(self) -> tuple[HandoutChoice, ...]:
        """All handouts: ours in their order, then the therapist's own by title."""
        own = sorted(self.own(), key=lambda one: (one.title.casefold(), one.id))
        return (*our_choices(), *(HandoutChoice(one.id, one.title, (one.language,), own=True) for one in own))

    def own(self) -> tuple[Handout, ...]:
        """The therapist's own, the newest first."""
        return tuple(replace(entry.form_as(Handout), id=entry.id) for entry in self.register.of_kind(Noun.HANDOUT))

    def get(self, handout_id: str, language: str = "") -> Handout:
        """One handout, in a language where it is written in that, else in its first.

        Raises:
            NotFoundError: when there is none of that id; the sentence names those that there are.
        """
        found = reference.handouts().get(handout_id)
        if found is None:
            own = next((one for one in self.own() if one.id == handout_id), None)
            if own is None:
                known = ", ".join(one.id for one in self.every())
                raise NotFoundError("There is no handout of this name.", next_step=f"There are: {known}.")
            return own
        base = language.partition("-")[0]
        return found.get(language) or found.get(base) or next(iter(found.values()))

    def language_of(self, client_id: str) -> str:
        """The language of a client's documents."""
        return self.clients.get(client_id).form.language

    # -- the page -------------------------------------------------------------------------------------------------

    def document(
        self, handout: Handout, *, client_id: str = "", paper: Paper | None = None, with_practice: bool = True
    ) -> Document:
        """The page: for a client, with the numbers of where they live; else for the waiting room. It never names them.

        Args:
            handout: Which one, also one that isn't saved yet.
            client_id: Whose it becomes; empty for nobody's.
            paper: The practice's own when left out.
            with_practice: Whether the practice is named at the foot.
        """
        paper = paper or self.practice.settings().paper
        made = self.desk.now()
        profile = self.practice.profile() if with_practice else None
        numbers = self._numbers(handout, client_id)
        words = reference.handout_words(handout.language)
        code = self.clients.get(client_id).code if client_id else ""
        return Document(
            make=partial(_make, handout, numbers, profile, words, paper, made),
            title=handout.title if not handout.own else "Handout",
            suggested_name=file_name("handout" if handout.own else f"handout-{handout.id}", code, made.local_date),
            noun=Noun.HANDOUT,
            record_id=handout.id if handout.own else "",
            client_id=client_id,
            detail=f"handout, {paper.value}",
            words="\n".join((handout.words, *(number.name for number in numbers))),
            language=handout.language,
            note=reference.handout_note(handout),
        )

    def length_check(self, handout: Handout) -> LengthCheck:
        """What tells in a job whether a handout takes more than a page."""
        words = reference.handout_words(handout.language)
        return LengthCheck(handout, self._numbers(handout, ""), words, self.practice.settings().paper)

    def _numbers(self, handout: Handout, client_id: str) -> tuple[NumberToCall, ...]:
        home = self.practice.profile().country
        lives = (self.clients.get(client_id).form.country or home) if client_id else home
        contacts = self.practice.contacts() if lives == home else ()
        numbers = numbers_of(handout.numbers, contacts, today(self.desk.clock))
        return tuple(replace(one, hours=reference.handout_hours(handout.language, one.hours)) for one in numbers)

    # -- what was given -------------------------------------------------------------------------------------------

    def give(
        self, client_id: str, handout: Handout, how: Giving, *, day: dt.date | None = None, note: str = ""
    ) -> Given:
        """Notes that a client was given a handout; see `give_all`."""
        return self.give_all(client_id, (handout,), how, day=day, note=note)[0]

    def give_all(
        self,
        client_id: str,
        handouts: Sequence[Handout],
        how: Giving,
        *,
        day: dt.date | None = None,
        note: str = "",
    ) -> tuple[Given, ...]:
        """Notes that a client was given several handouts: all of them are noted, or none.

        Raises:
            InvalidInputError: naming the field, when the day lies ahead or the note is too long.
            NotFoundError: when there is no such client.
        """
        now = today(self.desk.clock)
        day = day or now
        if day > now:
            raise InvalidInputError("day", "The day lies in the future.")
        _check_note(note)
        self.clients.get(client_id)
        with self.desk.entry() as entry:
            noted = tuple(
                _given(
                    self.register.add_within(
                        entry,
                        Noun.HANDOUT_GIVEN,
                        HandoutGiven(one.id, one.title, one.language, one.version, how, note.strip()),
                        day=day,
                        client_id=client_id,
                    )
                )
                for one in handouts
            )
            for one in noted:
                entry.audit(AuditAction.GIVEN, Noun.HANDOUT_GIVEN, one.entry_id, detail=how.value)
        return noted

    def given_to(self, client_id: str) -> tuple[Given, ...]:
        """What a client was given, the newest first."""
        return tuple(_given(entry) for entry in self.register.of_kind(Noun.HANDOUT_GIVEN, client_id))

    def note(self, entry_id: str, note: str) -> Given:
        """Replaces the note beside what was given.

        Raises:
            InvalidInputError: naming the field, when it is too long.
            NotFoundError: when it isn't on the list any more.
        """
        _check_note(note)
        former = self.register.get(entry_id).form_as(HandoutGiven)
        return _given(self.register.change(entry_id, replace(former, note=note.strip())))

    def take_back(self, entry_id: str) -> RegisterEntry:
        """Takes a line out of a client's list: it wasn't given after all. The audit keeps that it stood there.

        Raises:
            NotFoundError: when it isn't there any more.
        """
        return self.register.remove(entry_id)

    def bring_back(self, entry: RegisterEntry) -> None:
        """Undoes that."""
        self.register.add(
            entry.noun, entry.form_as(HandoutGiven), day=entry.day, client_id=entry.client_id, entry_id=entry.id
        )


def _check_note(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise InvalidInputError("note", f"The note is longer than {LONGEST_NOTE} characters.")


def _given(entry: RegisterEntry) -> Given:
    return Given(entry.id, entry.day, entry.form_as(HandoutGiven))
