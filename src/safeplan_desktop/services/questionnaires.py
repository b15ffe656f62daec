"""Questionnaires and answers from other programs' files, read against what is shipped."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from safeplan_desktop import assets
from safeplan_desktop.domain.answer_lists import AnswerLists
from safeplan_desktop.domain.canonical import from_plain
from safeplan_desktop.domain.questionnaire_scoring import Outcome, outcome
from safeplan_desktop.domain.questionnaires import Answers, Questionnaire
from safeplan_desktop.domain.scoring import NOBODY_KNOWN, Person
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.exchange.fhir_json import MOST_BYTES
from safeplan_desktop.exchange.fhir_questionnaire import read_questionnaire
from safeplan_desktop.exchange.fhir_response import Response, read_response
from safeplan_desktop.services import reference


@cache
def answer_lists() -> AnswerLists:
    """Published answer lists that questionnaires refer to by address."""
    return from_plain(tomllib.loads(assets.read_text("answer_lists/questionnaires.toml")), AnswerLists)


def read(data: bytes) -> Questionnaire:
    """A questionnaire as it would be asked and scored.

    Raises:
        RefusedFileError: when it can't be taken; the sentence says why.
    """
    return read_questionnaire(data, answer_lists(), reference.instruments())


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
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotFoundError(f"The file {path.name} can't be read.") from error
