"""Made-up answers as a FHIR response, for trying out what a file's own calculation does."""

from __future__ import annotations

from collections.abc import Mapping

from safeplan_desktop.domain.questionnaires import AnswerValue, Code, Question, QuestionType
from safeplan_desktop.exchange.fhir_json import Plain
from safeplan_desktop.exchange.fhir_parts import CORE
from safeplan_desktop.exchange.fhir_points import POINTS


def made_up(
    questions: tuple[Question, ...], answers: Mapping[str, tuple[AnswerValue, ...]], usual: str, unknown: float | None
) -> Plain:
    """A response, nested as the questions are.

    Args:
        questions: All of them.
        answers: By link id.
        usual: The extension that holds points which the file has elsewhere than beside the answer.
        unknown: The points of answers that have none; None for no points.
    """
    root: Plain = {"resourceType": "QuestionnaireResponse", "item": []}
    holders: dict[str, Plain] = {"": root}
    for question in questions:
        item: Plain = {"linkId": question.link_id}
        holder = holders.get(question.parent, root)
        holder.setdefault("item", []).append(item)
        holders[question.link_id] = item
        if question.link_id in answers:
            item["answer"] = [_answer(question, value, usual, unknown) for value in answers[question.link_id]]
            holders[question.link_id] = item["answer"][0]
    return root


def _answer(question: Question, value: AnswerValue, usual: str, unknown: float | None) -> Plain:
    option = question.option_for(value)
    points = option.points if option is not None and option.points is not None else unknown
    if isinstance(value, Code):
        coding: Plain = {"code": value.code, "display": option.label if option else value.code}
        if value.system:
            coding["system"] = value.system
        if option is not None and points is not None:
            url = CORE + option.points_from if CORE + option.points_from in POINTS else usual
            coding["extension"] = [{"url": url, "valueDecimal": _tidy(points)}]
        return {"valueCoding": coding}
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, str):
        return {_NAMES.get(question.type, "valueString"): value}
    kind = {"integer": "valueInteger", "decimal": "valueDecimal"}.get(question.type.value, "valueInteger")
    return {kind: _tidy(value)} if question.type.value != "quantity" else {"valueQuantity": {"value": _tidy(value)}}


_NAMES = {
    QuestionType.DATE: "valueDate",
    QuestionType.DATE_TIME: "valueDateTime",
    QuestionType.TIME: "valueTime",
    QuestionType.URL: "valueUri",
}


def _tidy(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value
