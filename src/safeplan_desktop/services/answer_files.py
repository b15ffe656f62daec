"""Answers as files of other programs (FHIR R4 `QuestionnaireResponse`): out of a signed screening, and into the wizard."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.given_answers import (
    answers_of,
    given_from,
    questionnaire_of,
    result_of,
    stated_by_file,
    unread_of,
)
from safeplan_desktop.domain.instruments import Instrument
from safeplan_desktop.domain.questionnaire_answers import shown
from safeplan_desktop.domain.questionnaire_scoring import agrees
from safeplan_desktop.domain.screenings import InstrumentAnswers, InstrumentFact, SignedScreening
from safeplan_desktop.domain.vocabulary import shortened
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.exchange.fhir_response import read_response, write_response
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.exports import file_name
from safeplan_desktop.services.questionnaires import Questionnaires
from safeplan_desktop.services.screenings import Screenings
from safeplan_desktop.storage import addenda as stored_addenda
from safeplan_desktop.storage.atomic_file import write_document

_DETAIL = "answers, FHIR R4"


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """The answers to one instrument, ready to be saved.

    Attributes:
        data: The file's bytes; they name nobody.
        suggested_name: A file name with code and date, never a name.
        left_out: A sentence on each answer that the file can't hold.
    """

    screening_id: str
    instrument: str
    title: str
    data: bytes
    suggested_name: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenAnswers:
    """Answers that somebody else's file brought, not yet taken.

    Attributes:
        total: What they give here; None for no total.
        warnings: What was matched in another way, isn't understood or differs, each a sentence.
    """

    given: InstrumentAnswers
    answered: int
    total: int | None
    warnings: tuple[str, ...]


def answers_from(data: bytes, instrument: Instrument) -> TakenAnswers:
    """The answers of a file to one of the instruments, as the wizard would hold them.

    Raises:
        RefusedFileError: when it holds no answers, or none of them belongs to the instrument.
    """
    response = read_response(data, questionnaire_of(instrument))
    given, untaken = given_from(instrument, response.answers)
    warnings = [*response.warnings, *untaken]
    total = result_of(instrument, given).total
    stated = None if total is None else stated_by_file(instrument, total)
    if response.total is not None and stated is not None and not agrees(response.total, stated):
        warnings.append(f"The file states a total of {response.total:g}; here the answers give {stated:g}.")
    elif response.total is not None and total is None:
        warnings.append(f"The file states a total of {response.total:g}; here the answers give none.")
    answered = sum(1 for one in given.answers if one.value is not None or one.given or one.note)
    return TakenAnswers(given, answered, total, tuple(dict.fromkeys(warnings)))


def _stated(instrument: Instrument, total: int) -> float | None:
    """The total for the file; None where ours stands on another scale than the file's place for it."""
    return None if instrument.scaled_by != 1 and not instrument.follows_file else stated_by_file(instrument, total)


@dataclass(frozen=True, slots=True)
class AnswerFiles:
    """The answers of signed screenings as files."""

    desk: Desk
    screenings: Screenings
    questionnaires: Questionnaires

    def of_screening(self, screening_id: str) -> tuple[AnswerFile, ...]:
        """A file for each instrument of a signed screening that has an answer.

        Raises:
            NotFoundError: when there is no such screening, or it was entered in error.
        """
        screening = self.screenings.get(screening_id)
        if stored_addenda.is_voided(self.desk.database, screening_id):
            raise NotFoundError("This screening was entered in error, so its answers aren't passed on.")
        facts = {fact.instrument: fact for fact in screening.facts}
        made = (self._file(screening, given, facts.get(given.instrument)) for given in screening.form.instruments)
        return tuple(one for one in made if one is not None)

    def one(self, screening_id: str, instrument_id: str = "") -> AnswerFile:
        """The file of one instrument; without an id, of the only one.

        Raises:
            NotFoundError: when there is none, or several and none was named.
        """
        files = self.of_screening(screening_id)
        found = [one for one in files if instrument_id in {"", one.instrument}]
        if len(found) != 1:
            named = ", ".join(one.instrument for one in files)
            raise NotFoundError(
                "This screening holds the answers to several instruments."
                if found
                else "This screening holds no such answers.",
                next_step=f"Name one of: {named}." if named else "",
            )
        return found[0]

    def save(self, file: AnswerFile, path: Path) -> None:
        """Writes the answers where the therapist chose, as a whole or not at all, and notes it in the audit.

        Raises:
            StorageFullError, StorageUnavailableError: a file of that name stays as it was.
        """
        write_document(path, file.data)
        with self.desk.entry() as entry:
            entry.audit(AuditAction.EXPORTED, Noun.SCREENING, file.screening_id, detail=_DETAIL)

    def _file(
        self, screening: SignedScreening, given: InstrumentAnswers, fact: InstrumentFact | None
    ) -> AnswerFile | None:
        instrument = self.questionnaires.instrument_at(given.instrument, screening.signed.at)
        asked = questionnaire_of(instrument)
        answers = answers_of(instrument, given)
        visible = shown(asked, answers)
        left_out = [
            f"“{shortened(one.text)}” has an answer, but the questionnaire doesn't ask it then; it isn't in the file."
            for one in asked.questions
            if answers.get(one.link_id) and one.link_id not in visible
        ]
        for answer in given.answers if instrument.follows_file else ():
            question = asked.question(answer.item)
            if question is not None and unread_of(question, answer):
                left_out.append(f"What can't be read of “{shortened(question.text)}” isn't in the file.")
        places = {item.id for item in instrument.items if asked.question(item.id) is not None}
        if instrument.file is not None and not instrument.follows_file:
            places = {item_id for item_id, _ in asked.scoring.places}
        for answer in given.answers:
            if answer.item not in places and answer.value is not None:
                label = shortened(instrument.item(answer.item).label)
                left_out.append(f"“{label}” isn't in the questionnaire that was brought in, so it isn't in the file.")
        if any(answer.note and answer.value is not None for answer in given.answers):
            left_out.append("Notes beside answers aren't in the file.")
        if not answers:
            return None
        plain = write_response(
            asked,
            answers,
            authored=screening.signed.local,
            total=None if fact is None or fact.total is None else _stated(instrument, fact.total),
            complete=fact is not None and fact.complete,
            with_questions=instrument.file is None,
        )
        return AnswerFile(
            screening.id,
            instrument.id,
            instrument.title,
            (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode(),
            file_name("answers", screening.client.code, screening.signed.local_date, kind="json"),
            tuple(left_out),
        )
