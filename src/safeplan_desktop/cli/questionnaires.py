"""The verb about questionnaires of other programs: what would enter, and how it would be scored."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from safeplan_desktop.cli.answer import Answer
from safeplan_desktop.domain.questionnaire_preview import QuestionPreview, preview_of
from safeplan_desktop.domain.questionnaire_scoring import Outcome, agrees
from safeplan_desktop.domain.questionnaires import (
    AnswerValue,
    Code,
    Question,
    Questionnaire,
    ScoreRule,
    ShowWhen,
)
from safeplan_desktop.exchange.fhir_json import RefusedFileError
from safeplan_desktop.exchange.fhir_response import Response
from safeplan_desktop.services import questionnaires, reference


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse keeps this type private
    """Adds this module's verbs."""
    parser = verbs.add_parser(
        "questionnaire",
        parents=[common],
        help="show what a FHIR R4 questionnaire would be here",
        description="Prints the questions as they would be asked, how they are scored and why, and what isn't understood. "
        "Nothing is stored. A file that can't be taken ends with exit code 1 and the reason.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a FHIR R4 Questionnaire as JSON")
    parser.add_argument("--response", type=Path, metavar="FILE", help="a QuestionnaireResponse to score with it")
    parser.set_defaults(run=_questionnaire)


def _questionnaire(arguments: argparse.Namespace) -> Answer:
    data = questionnaires.bytes_of(arguments.file)
    try:
        found = questionnaires.read(data)
    except RefusedFileError as error:
        return Answer((error.sentences,), {**_EMPTY, "refused": error.sentences}, ok=False)
    facts = facts_of(found)
    lines = _lines(found)
    if arguments.response is None:
        return Answer(lines, facts)
    try:
        response = questionnaires.answers_in(questionnaires.bytes_of(arguments.response), found)
    except RefusedFileError as error:
        facts["response"] = {"refused": error.sentences}
        return Answer((*lines, error.sentences), facts, ok=False)
    result = questionnaires.result(found, response.answers)
    facts["response"] = _response_facts(response, result)
    return Answer((*lines, *_result_lines(response, result)), facts)


_EMPTY: dict[str, Any] = {
    "title": None,
    "items": [],
    "scoring": None,
    "warnings": [],
    "asked_otherwise": [],
    "unknown": [],
}


def facts_of(found: Questionnaire) -> dict[str, Any]:
    """A questionnaire as plain facts."""
    limits = found.limits()
    return {
        "title": found.title,
        "url": found.url or None,
        "version": found.version or None,
        "language": found.language or None,
        "publisher": found.publisher or None,
        "licence": found.licence or None,
        "codes": [_plain(code) for code in found.codes],
        "items": [
            _item(question, found, said) for question, said in zip(found.questions, preview_of(found), strict=True)
        ],
        "scoring": {
            "rule": found.scoring.kind.value,
            "confirmed": found.scoring.is_known,
            "why": found.scoring.why,
            "instrument": found.scoring.instrument or None,
            "items": list(found.scoring.items),
            "times": found.scoring.times,
            "plus": found.scoring.plus,
            "divided_by": found.scoring.divided_by,
            "total_item": found.scoring.total_item or None,
            "lowest": limits[0] if limits else None,
            "highest": limits[1] if limits else None,
            "bands": _bands(found.scoring),
        },
        "warnings": list(found.warnings),
        "asked_otherwise": list(questionnaires.limits_of(found)),
        "unknown": [{"link_id": part.where or None, "part": part.what} for part in found.kept],
        "refused": None,
    }


def _bands(rule: ScoreRule) -> list[dict[str, Any]]:
    if not rule.instrument or not rule.is_known:
        return []
    bands = reference.instrument(rule.instrument).bands
    return [{"lowest": one.lowest, "highest": one.highest, "label": one.label, "source": one.source} for one in bands]


def _item(question: Question, found: Questionnaire, said: QuestionPreview) -> dict[str, Any]:
    return {
        "link_id": question.link_id,
        "type": question.type.value,
        "text": question.text,
        "prefix": question.prefix or None,
        "help": list(question.help),
        "parent": question.parent or None,
        "level": question.depth,
        "codes": [_plain(code) for code in question.codes],
        "required": question.required,
        "repeats": question.repeats,
        "read_only": question.read_only,
        "hidden": question.hidden,
        "asked": question.is_asked,
        "scored": question.link_id in found.scoring.items,
        "total": question.is_total,
        "options": [
            {
                "label": option.label,
                "value": _value(option.value),
                "system": option.value.system or None if isinstance(option.value, Code) else None,
                "points": option.points,
                "points_from": option.points_from or None,
                "prefix": option.prefix or None,
            }
            for option in question.options
        ],
        "enable_when": [_condition(condition) for condition in question.show_when],
        "enable_behavior": ("any" if question.show_any else "all") if question.show_when else None,
        "initial": [_plain(value) for value in question.initial],
        "min": question.lowest,
        "max": question.highest,
        "earliest": question.earliest or None,
        "latest": question.latest or None,
        "max_length": question.longest,
        "max_decimals": question.decimals,
        "unit": question.unit or None,
        "takes": said.facts or None,
        "asked_when": said.when or None,
    }


def _condition(condition: ShowWhen) -> dict[str, Any]:
    return {
        "question": condition.question or None,
        "sum_of": list(condition.sum_of),
        "operator": condition.operator.value,
        "value": _value(condition.value),
        "system": condition.value.system or None if isinstance(condition.value, Code) else None,
    }


def _plain(value: AnswerValue) -> Any:  # noqa: ANN401 - any JSON value
    return {"code": value.code, "system": value.system or None} if isinstance(value, Code) else _value(value)


def _value(value: AnswerValue | None) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, Code):
        return value.code
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _response_facts(response: Response, result: Outcome) -> dict[str, Any]:
    total = result.total if result.total is not None else result.unconfirmed
    return {
        "refused": None,
        "answers": {link: [_plain(value) for value in given] for link, given in response.answers.items()},
        "total": _value(result.total),
        "unconfirmed_total": _value(result.unconfirmed),
        "stated_total": _value(response.total),
        "agrees": None if response.total is None or total is None else agrees(response.total, total),
        "band": result.score.band.label if result.score and result.score.band else None,
        "tier": result.score.tier if result.score else None,
        "flags": [flag.id for flag in result.flags],
        "missing": list(result.missing),
        "hidden": list(result.hidden),
        "without_points": list(result.unknown),
        "warnings": [*response.warnings, *_difference(response, result)],
    }


def _difference(response: Response, result: Outcome) -> tuple[str, ...]:
    total = result.total if result.total is not None else result.unconfirmed
    if response.total is None or (total is not None and agrees(response.total, total)):
        return ()
    here = "none" if total is None else f"{total:g}"
    return (f"The file states a total of {response.total:g}; here the answers give {here}.",)


def _lines(found: Questionnaire) -> tuple[str, ...]:
    lines = [found.title, f"Licence: {found.licence or 'the file says nothing'}", ""]
    for question in preview_of(found):
        indent = "  " * question.depth
        lines.append(f"{indent}{question.words}")
        lines += [f"{indent}    {question.facts}"] if question.facts else []
        lines += [f"{indent}      {answer}" for answer in question.answers]
        lines += [f"{indent}    Asked only when {question.when}."] if question.when else []
    limits = found.limits()
    span = f" From {limits[0]:g} to {limits[1]:g}." if limits else ""
    lines += ["", f"Scoring: {found.scoring.why}{span}"]
    lines += [f"Note: {sentence}" for sentence in (*found.warnings, *questionnaires.limits_of(found))]
    lines += [f"Not used{f' at {part.where}' if part.where else ''}: {part.what}" for part in found.kept]
    return tuple(lines)


def _result_lines(response: Response, result: Outcome) -> tuple[str, ...]:
    lines = [""]
    if result.total is not None:
        band = f", {result.score.band.label}" if result.score and result.score.band else ""
        lines.append(f"Result: {result.total:g}{band}.")
    elif result.unconfirmed is not None:
        lines.append(f"Sum of the points: {result.unconfirmed:g}; the rule has yet to be confirmed.")
    else:
        lines.append("No result.")
    if result.missing:
        lines.append(f"Without an answer: {', '.join(result.missing)}.")
    if response.total is not None:
        lines.append(f"The file itself states {response.total:g}.")
    lines += [f"Note: {flag.sentence}" for flag in result.flags]
    lines += [f"Note: {warning}" for warning in (*response.warnings, *_difference(response, result))]
    return tuple(lines)
