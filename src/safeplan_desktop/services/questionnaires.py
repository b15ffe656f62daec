"""Questionnaires and answers from other programs' files, read against what is shipped."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.brought_in import BroughtIn, as_instrument, check_permission, worded_like
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.instruments import Instrument
from safeplan_desktop.domain.questionnaire_scoring import Outcome, outcome
from safeplan_desktop.domain.questionnaires import Answers, Questionnaire
from safeplan_desktop.domain.scoring import NOBODY_KNOWN, Person
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.exchange.fhir_json import MOST_BYTES
from safeplan_desktop.exchange.fhir_questionnaire import read_questionnaire
from safeplan_desktop.exchange.fhir_response import Response, read_response
from safeplan_desktop.services import reference
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.storage import questionnaires as stored


def read(data: bytes) -> Questionnaire:
    """A questionnaire as it would be asked and scored.

    Raises:
        RefusedFileError: when it can't be taken; the sentence says why.
    """
    return read_questionnaire(data, reference.answer_lists(), reference.instruments())


def limits_of(found: Questionnaire) -> tuple[str, ...]:
    """What the wizard would ask otherwise than the file says."""
    own = reference.instruments().get(found.scoring.instrument)
    return as_instrument("", "", found, own, sum_confirmed=False).limits


def answers_in(data: bytes, questionnaire: Questionnaire) -> Response:
    """The answers in a response file.

    Raises:
        RefusedFileError: when it can't be taken; the sentence says why.
    """
    return read_response(data, questionnaire)


def result(questionnaire: Questionnaire, answers: Answers, person: Person = NOBODY_KNOWN) -> Outcome:
    """What these answers give."""
    return outcome(questionnaire, answers, reference.instruments(), person)


def bytes_of(path: Path) -> bytes:
    """A file's bytes; of a file that is too large, just enough to say so.

    Raises:
        NotFoundError: when it can't be read.
    """
    if path.is_dir():
        raise NotFoundError(
            f"{path.resolve().name or path} is a folder, not a file.", next_step="Name one of the files in it."
        )
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotFoundError(f"The file {path.name} can't be read.") from error


@dataclass(frozen=True, slots=True)
class Questionnaires:
    """Questionnaires in the records, and all instruments that the wizard can ask."""

    desk: Desk

    def every(self) -> tuple[BroughtIn, ...]:
        """Those that were taken in, the newest first."""
        return stored.every(self.desk.database)

    def take_in(self, data: bytes, permission: str, *, sum_confirmed: bool = False) -> BroughtIn:
        """Takes a questionnaire into the records; the file stays with it as it came.

        Raises:
            RefusedFileError: when the file can't be taken.
            InvalidInputError: naming the field that is missing, or when it is in the records already.
        """
        found = read(data)
        check_permission(permission)
        digest = hashlib.sha256(data).hexdigest()
        if any(one.source_hash == digest and one.retired_at is None for one in self.every()):
            raise InvalidInputError("file", "This questionnaire is in the records already.")
        record_id = new_id()
        own = reference.instruments().get(found.scoring.instrument)
        asked = as_instrument(record_id, permission.strip(), found, own, sum_confirmed=sum_confirmed)
        if not asked.instrument.items:
            raise InvalidInputError("file", "Nothing in this questionnaire can be asked here.")
        with self.desk.entry() as entry:
            record = BroughtIn(
                record_id,
                found.title,
                permission.strip(),
                sum_confirmed,
                entry.moment,
                asked,
                source=data.decode("utf-8-sig"),
                source_hash=digest,
            )
            sealed = stored.insert(self.desk.database, record)
            entry.audit(AuditAction.CREATED, Noun.QUESTIONNAIRE, record.id, content_hash=sealed)
            entry.changed(Noun.QUESTIONNAIRE, record.id)
        return record

    def retire(self, record_id: str) -> None:
        """Offers a questionnaire no longer; screenings that hold it stay as they are."""
        with self.desk.entry() as entry:
            stored.retire(self.desk.database, record_id, entry.moment.at)
            entry.audit(AuditAction.ARCHIVED, Noun.QUESTIONNAIRE, record_id)
            entry.changed(Noun.QUESTIONNAIRE, record_id)

    def instruments(self) -> dict[str, Instrument]:
        """All that the wizard offers: the shipped ones, some in the words that were brought in, then the therapist's own."""
        offered = dict(reference.instruments())
        for record in reversed(stored.without_files(self.desk.database)):
            if record.retired_at is None:
                instrument = record.asked.instrument
                own = reference.instruments().get(instrument.id)
                offered[instrument.id] = worded_like(own, instrument) if own is not None else instrument
        return offered

    def instrument_at(self, instrument_id: str, at: dt.datetime) -> Instrument:
        """An instrument in the wording in which it was offered at a moment.

        Raises:
            NotFoundError: when there is none of that id.
        """
        own = reference.instruments().get(instrument_id)
        if own is None:
            return self.instrument(instrument_id)
        for record in stored.without_files(self.desk.database):
            then = record.taken_in.at <= at and (record.retired_at is None or record.retired_at > at)
            if then and record.asked.instrument.id == instrument_id:
                return worded_like(own, record.asked.instrument)
        return own

    def instrument(self, instrument_id: str) -> Instrument:
        """One instrument, also one that is no longer offered.

        Raises:
            NotFoundError: when there is none of that id.
        """
        found = self.instruments().get(instrument_id)
        if found is None:
            found = next(
                (
                    one.asked.instrument
                    for one in stored.without_files(self.desk.database)
                    if one.asked.instrument.id == instrument_id
                ),
                None,
            )
        return found if found is not None else reference.instrument(instrument_id)
