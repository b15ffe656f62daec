"""FHIR R4 `QuestionnaireResponse`: the answers to a known questionnaire, in and out.

Published responses name their questions otherwise than their questionnaires do, leave out systems and texts, and have
empty answers; what could be matched in another way than by its link id is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from safeplan_desktop.domain.panels import loinc_of
from safeplan_desktop.domain.questionnaire_answers import shown
from safeplan_desktop.domain.questionnaires import (
    NOT_ASKED,
    AnswerOption,
    Answers,
    AnswerValue,
    Code,
    Question,
    Questionnaire,
    QuestionType,
)
from safeplan_desktop.exchange.fhir_conditions import possible, unit_names
from safeplan_desktop.exchange.fhir_conditions import written as in_words
from safeplan_desktop.exchange.fhir_json import Plain, RefusedFileError, changes_meaning, read_json
from safeplan_desktop.exchange.fhir_parts import LOINC, Notes, answer_in, codes_of, number, parts, value_of, words
from safeplan_desktop.exchange.fhir_points import points_in

# The last digit of a LOINC code only checks the others: it is no ending of its own.
_LAST_PART = re.compile(r"(\d{3,6}-\d|[^./_\-\s]+)$")
_MOST_ITEMS = 5000
_ASKED = "asked"
_ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$")
_STATUSES = {"in-progress", "completed", "amended", "entered-in-error", "stopped"}


@dataclass(frozen=True, slots=True)
class Response:
    """Answers that somebody gave.

    Attributes:
        answers: By the questionnaire's link ids.
        total: The result that the file itself states; None where it states none.
        status: "completed", "in-progress" and the like.
        authored: When they were given, as it is written.
        warnings: What was matched in another way or not understood.
    """

    answers: Answers
    total: float | None
    status: str
    authored: str
    warnings: tuple[str, ...]


def read_response(data: bytes, questionnaire: Questionnaire) -> Response:
    """The answers of a response file to this questionnaire.

    Raises:
        RefusedFileError: when it is no R4 response, was entered in error, or none of it belongs to the questionnaire.
    """
    plain = _read(data)
    notes = Notes()
    status = _status(plain, questionnaire, notes)
    brought = _brought(plain)
    title = words(brought, "title", notes)
    if title and title != questionnaire.title and not {*codes_of(brought, notes)} & {*questionnaire.codes}:
        notes.warn(f"The answers name another questionnaire: {title[:120]}.")
    written = list(_items(plain, notes, 0))
    if len(written) > _MOST_ITEMS:
        raise RefusedFileError(f"The file has more than {_MOST_ITEMS} answered items.")
    matched = _matched(written, questionnaire, _codes_in(brought), notes)
    if not matched:
        raise RefusedFileError("None of the answers belongs to this questionnaire.")
    answers: dict[str, tuple[AnswerValue, ...]] = {}
    for question, item in matched:
        if not question.is_total:
            _take(item, question, answers, questionnaire, notes)
    total = _stated(matched, questionnaire.scoring.total_item, notes)
    return Response(answers, total, status, words(plain, "authored", notes), tuple(notes.warnings))


def _read(data: bytes) -> Plain:
    plain = read_json(data)
    if plain.get("resourceType") != "QuestionnaireResponse":
        raise RefusedFileError("The file holds no answers to a questionnaire (no QuestionnaireResponse).")
    if changes_meaning(plain):
        raise RefusedFileError("The answers carry rules that change their meaning, and this program doesn't know them.")
    return plain


def _take(
    item: Plain,
    question: Question,
    answers: dict[str, tuple[AnswerValue, ...]],
    questionnaire: Questionnaire,
    notes: Notes,
) -> None:
    given = _given(item, question, notes)
    if question.link_id in answers and given and not _goes_on(question, questionnaire):
        notes.warn(f"Question {question.link_id} is answered in more than one place; only the first answer is taken.")
    elif given:
        given = (*answers.get(question.link_id, ()), *given)
        answers[question.link_id] = given
        if not question.allows(given):
            notes.warn(f"The answer to {question.link_id} isn't what the question allows, so it has no points.")


def _stated(matched: list[tuple[Question, Plain]], total_item: str, notes: Notes) -> float | None:
    """The total that the file itself states."""
    places = (item for question, item in matched if question.is_total and question.link_id == total_item)
    stated = [amount for item in places for amount in _numbers(item, notes)]
    if len(set(stated)) > 1:
        said = " and ".join(f"{one:g}" for one in dict.fromkeys(stated))
        notes.warn(f"The file states several totals ({said}); the first one is compared.")
    return stated[0] if stated else None


def _goes_on(question: Question, questionnaire: Questionnaire) -> bool:
    """Whether further answers to a question belong to the same list; not those of a group that was filled in again."""
    above = questionnaire.question(question.parent)
    while above is not None:
        if above.repeats:
            return False
        above = questionnaire.question(above.parent)
    return question.repeats


def _status(plain: Plain, questionnaire: Questionnaire, notes: Notes) -> str:
    status = words(plain, "status", notes)
    if status == "entered-in-error":
        raise RefusedFileError("The file says of itself that it was entered in error.")
    if status not in _STATUSES:
        notes.warn("The file doesn't say whether the answers are complete.")
    elif status in {"in-progress", "stopped"}:
        notes.warn("The file says that the answers aren't complete.")
    named = words(plain, "questionnaire", notes)
    address = named.partition("|")[0]
    # Inside one guide a response often names its questionnaire by its id alone.
    same = address == questionnaire.url or address == f"Questionnaire/{questionnaire.url.rpartition('/')[2]}"
    version = named.partition("|")[2]
    if named and questionnaire.url and not same and not named.startswith("#"):
        notes.warn(f"The answers name another questionnaire: {named[:120]}.")
    elif version and questionnaire.version and version != questionnaire.version and not named.startswith("#"):
        notes.warn(
            f"The answers are to edition {version[:40]} of the questionnaire; here it is edition {questionnaire.version[:40]}."
        )
    return status


def _items(holder: Plain, notes: Notes, depth: int) -> Iterator[Plain]:
    for item in parts(holder, "item", notes):
        yield item
        yield from _items(item, notes, depth + 1)
        for answer in parts(item, "answer", notes):
            yield from _items(answer, notes, depth + 1)


def _brought(plain: Plain) -> Plain:
    """The questionnaire that the answers bring along; empty where they bring none."""
    named = plain.get("questionnaire")
    contained = parts(plain, "contained", Notes())
    found = (one for one in contained if one.get("resourceType") == "Questionnaire" and f"#{one.get('id')}" == named)
    return next(found, {})


def _codes_in(brought: Plain) -> dict[str, str]:
    """The LOINC codes that a questionnaire gives its questions, by link id."""
    aside = Notes()
    found: dict[str, str] = {}
    for item in _items(brought, aside, 0):
        codes = [code.code for code in codes_of(item, aside) if code.system == LOINC]
        if codes:
            found[_link_id(item)] = codes[0]
    return found


def _link_id(item: Plain) -> str:
    link_id = item.get("linkId")
    return link_id.strip() if isinstance(link_id, str) else ""


def _matched(
    written: list[Plain], questionnaire: Questionnaire, brought: Mapping[str, str], notes: Notes
) -> list[tuple[Question, Plain]]:
    asked = {one.link_id: one for one in questionnaire.questions if one.type not in NOT_ASKED}
    headings = {one.link_id for one in questionnaire.questions if one.type in NOT_ASKED}
    found, open_items = [], []
    for item in written:
        link_id = _link_id(item)
        if link_id in asked and loinc_of(asked[link_id]) in {"", brought.get(link_id) or loinc_of(asked[link_id])}:
            _compare_words(item, asked[link_id], asked.values(), notes)
            found.append((asked[link_id], item))
        elif (link_id in asked or link_id not in headings) and parts(item, "answer", notes):
            open_items.append((link_id, item))
    free = [one for one in asked.values() if all(one is not question for question, _ in found)]
    by_code = {loinc_of(one): one for one in free if loinc_of(one)}
    by_part = _by_last_part(free)
    parts_seen = [_last_part(link_id) for link_id, _ in open_items]
    for link_id, item in open_items:
        code = brought.get(link_id) or next((code for code in by_code if code in link_id), "")
        alone = parts_seen.count(_last_part(link_id)) == 1
        question = by_code.get(code) if code else by_part.get(_last_part(link_id)) if alone else None
        if question is None or any(question is one for one, _ in found):
            named = f"The answer to “{link_id[:60]}”" if link_id else "An answer without a link id"
            notes.warn(f"{named} belongs to no question here and is left out.")
        else:
            another = "is another question there" if link_id in asked else "isn't a question here"
            notes.warn(
                f"“{link_id[:60]}” {another}; it was taken for {question.link_id} by its {'code' if code else 'ending'}."
            )
            found.append((question, item))
    return found


def _compare_words(item: Plain, question: Question, others: Iterable[Question], notes: Notes) -> None:
    """Names an item that has the words of another question; other words may be another language or an older edition."""
    text = item.get("text")
    if not isinstance(text, str) or not _bare(text) or _bare(text) == _bare(question.text):
        return
    same = [one.link_id for one in others if _bare(one.text) == _bare(text)]
    if same:
        notes.warn(
            f"The answer to {question.link_id} comes with the words of question {same[0]}; it is taken by its link id. "
            "Please compare."
        )


def _last_part(link_id: str) -> str:
    found = _LAST_PART.search(link_id)
    return found[0].lower() if found else ""


def _by_last_part(questions: list[Question]) -> dict[str, Question]:
    endings = [_last_part(question.link_id) for question in questions]
    return {
        ending: question
        for ending, question in zip(endings, questions, strict=True)
        if ending and endings.count(ending) == 1
    }


def _given(item: Plain, question: Question, notes: Notes) -> tuple[AnswerValue, ...]:
    found = []
    for answer in parts(item, "answer", notes, question.link_id):
        value = _value(answer, question, notes)
        if value is not None:
            found.append(value)
        elif any(name.startswith("value") for name in answer):
            # An empty answer is none; one that can't be read mustn't pass for it.
            notes.warn(f"An answer to {question.link_id} can't be read and is left out.")
    return tuple(found)


def _value(answer: Plain, question: Question, notes: Notes) -> AnswerValue | None:
    value = answer_in(answer)
    if value is None:
        return None
    if not question.options:
        _compare_units(answer, question, notes)
        if not possible(value, question):
            notes.warn(
                f"The answer to {question.link_id} (“{in_words(value)}”) is none that the question can have; it counts nothing."
            )
        return value
    label = _label_in(answer, value)
    named = [option for option in question.options if label and _bare(option.label) == _bare(label)]
    chosen = question.option_for(value)
    if chosen is not None:
        if isinstance(value, Code) and len(named) == 1 and named[0] is not chosen:
            notes.warn(
                f"The answer to {question.link_id} has the code of “{chosen.label[:40]}” and the words “{label[:40]}”; its code "
                "is taken."
            )
        _compare_points(answer, chosen, question, notes)
        return value
    if len(named) == 1:
        why = "because its code isn't listed" if isinstance(value, Code) else "because it has no code"
        notes.warn(f"The answer to {question.link_id} was taken by its words (“{label[:40]}”), {why}.")
        return named[0].value
    if question.type is not QuestionType.OPEN_CHOICE:
        said = (label or in_words(value))[:40]
        notes.warn(f"The answer to {question.link_id} (“{said}”) isn't one of the listed answers; it counts nothing.")
    return value


def _compare_units(answer: Plain, question: Question, notes: Notes) -> None:
    """Names an amount that comes in another unit than the question asks for."""
    names = unit_names(value_of(answer))
    if names and question.unit.strip().casefold() not in names:
        asked = f"the question asks for {question.unit}" if question.unit else "the question names no unit"
        notes.warn(
            f"The answer to {question.link_id} comes in {', '.join(sorted(names))[:40]}; {asked}. The number is taken as it is."
        )


def _compare_points(answer: Plain, chosen: AnswerOption, question: Question, notes: Notes) -> None:
    """Names points that come with an answer and aren't those of the questionnaire."""
    coding = value_of(answer)
    points, _ = points_in(
        chosen.label, question.link_id, notes, *([coding] if isinstance(coding, dict) else []), answer
    )
    if points is not None and chosen.points is not None and points != chosen.points:
        notes.warn(
            f"The answer to {question.link_id} counts {points:g} in its file and {chosen.points:g} in the questionnaire; "
            f"{chosen.points:g} is taken."
        )


def _bare(words_: str) -> str:
    """Words without regard to capitals and spaces."""
    return " ".join(words_.split()).casefold()


def _label_in(answer: Plain, value: AnswerValue) -> str:
    coding = value_of(answer)
    display = coding.get("display") if isinstance(coding, dict) else None
    if isinstance(display, str):
        return display.strip()
    return in_words(value).strip() if isinstance(value, str | bool) else ""


def _numbers(item: Plain, notes: Notes) -> list[float]:
    found = []
    for answer in parts(item, "answer", notes):
        value = answer_in(answer)
        try:
            amount = float(value) if isinstance(value, str) else number(value)
        except ValueError:
            amount = None
        if amount is not None and isfinite(amount):
            found.append(amount)
        elif value is not None:
            notes.warn(f"The file states “{in_words(value)}” as its total, which is no number; it isn't compared.")
    return found


def write_response(
    questionnaire: Questionnaire,
    answers: Answers,
    *,
    authored: datetime,
    total: float | None = None,
    complete: bool = True,
    with_questions: bool = False,
) -> Plain:
    """The answers as a FHIR R4 response. It names nobody: whose answers they are is the sender's to say.

    Args:
        questionnaire: What was asked.
        answers: What was answered; only questions that are shown are written, as the standard asks.
        authored: When, with its time zone.
        total: The result, where there is one and the questionnaire has a place for it.
        complete: Whether all is answered.
        with_questions: Whether the questions with their codes go along, because nobody else could look them up.
    """
    visible = shown(questionnaire, answers)
    root: Plain = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed" if complete else "in-progress",
        "authored": authored.isoformat(timespec="seconds"),
        "item": [],
    }
    if with_questions:
        root["contained"] = [_questions(questionnaire)]
        root["questionnaire"] = f"#{_ASKED}"
    elif questionnaire.url:
        root["questionnaire"] = questionnaire.url + (f"|{questionnaire.version}" if questionnaire.version else "")
    holders: dict[str, Plain] = {}
    for question in questionnaire.questions:
        if question.link_id not in visible or question.type is QuestionType.DISPLAY:
            continue
        item: Plain = {"linkId": question.link_id}
        if question.text:
            item["text"] = question.text
        given = answers.get(question.link_id, ())
        if question.is_total and question.link_id == questionnaire.scoring.total_item and total is not None:
            given = (total,)
        if given:
            item["answer"] = [_written(question, value, authored) for value in given]
        holder = holders.get(question.parent, root)
        holder.setdefault("item", []).append(item)
        holders[question.link_id] = item["answer"][0] if given else item
    root["item"] = _filled(root["item"])
    return root


def _filled(items: list[Plain]) -> list[Plain]:
    """The items that hold an answer somewhere."""
    kept = []
    for item in items:
        inner = _filled(item.get("item", []))
        answered = "answer" in item
        if "item" in item:
            item["item"] = inner
            if not inner:
                del item["item"]
        for answer in item.get("answer", ()):
            if "item" in answer:
                answer["item"] = _filled(answer["item"])
                if not answer["item"]:
                    del answer["item"]
        if answered or inner:
            kept.append(item)
    return kept


_NAMES: Mapping[QuestionType, str] = {
    QuestionType.INTEGER: "valueInteger",
    QuestionType.DECIMAL: "valueDecimal",
    QuestionType.DATE: "valueDate",
    QuestionType.DATE_TIME: "valueDateTime",
    QuestionType.TIME: "valueTime",
    QuestionType.URL: "valueUri",
}


def _questions(questionnaire: Questionnaire) -> Plain:
    """The questions as a small questionnaire that the answers bring along."""
    items = []
    for question in questionnaire.questions:
        item: Plain = {"linkId": question.link_id, "text": question.text, "type": question.type.value}
        if question.codes:
            item["code"] = [{"system": code.system, "code": code.code} for code in question.codes]
        if question.options:
            item["answerOption"] = [_written(question, option.value, None) for option in question.options]
        items.append({name: value for name, value in item.items() if value})
    codes = [{"system": code.system, "code": code.code} for code in questionnaire.codes]
    found = {"resourceType": "Questionnaire", "id": _ASKED, "status": "active", "title": questionnaire.title}
    return {**found, **({"code": codes} if codes else {}), "item": items}


def _written(question: Question, value: AnswerValue, authored: datetime | None) -> Plain:
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, Code):
        option = question.option_for(value)
        coding = {"system": value.system, "code": value.code, "display": option.label if option else ""}
        return {"valueCoding": {name: text for name, text in coding.items() if text}}
    if isinstance(value, str):
        if question.type is QuestionType.DATE_TIME and "T" in value and authored is not None:
            # The standard asks for a zone: it is the one in which the answers were given.
            value += "" if _ZONE.search(value) else authored.isoformat()[-6:]
        return {_NAMES.get(question.type, "valueString"): value}
    whole: Any = int(value) if float(value).is_integer() else value
    if question.type is QuestionType.QUANTITY:
        return {"valueQuantity": {"value": whole, **({"unit": question.unit} if question.unit else {})}}
    return {_NAMES.get(question.type, "valueDecimal") if question.type in _NAMES else "valueInteger": whole}
