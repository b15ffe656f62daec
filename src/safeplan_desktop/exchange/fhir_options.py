"""The possible answers of a question, and what each counts.

Points come from the option itself, from its coding, or from the value set; else from a published list that holds every
code of the question. A printed number before an answer ("0", "1") is never taken for its points.
"""

from __future__ import annotations

from dataclasses import replace

from safeplan_desktop.domain.answer_lists import AnswerList, AnswerLists
from safeplan_desktop.domain.questionnaires import AnswerOption, Code
from safeplan_desktop.exchange.fhir_json import Plain
from safeplan_desktop.exchange.fhir_parts import (
    CORE,
    LOINC,
    Notes,
    answer_in,
    extension_value,
    label_of_coding,
    number,
    parts,
    short_name,
    url_of,
    value_of,
    words,
)
from safeplan_desktop.exchange.fhir_points import POINTS, points_in
from safeplan_desktop.exchange.fhir_value_sets import ValueSets, with_system_points

UNDERSTOOD = frozenset({*POINTS, CORE + "questionnaire-optionPrefix", CORE + "translation"})

_MOST_PER_QUESTION = 1000


def options_of(item: Plain, sets: ValueSets, where: str, notes: Notes) -> tuple[AnswerOption, ...]:
    """The possible answers of a question; none where it takes any, or where they are kept elsewhere."""
    written = parts(item, "answerOption", notes, where)
    address = words(item, "answerValueSet", notes, where)
    if written and address:
        notes.warn(f"Question {where} lists its answers and names a value set as well; the listed ones are taken.")
    found: list[AnswerOption] = []
    if written:
        for option in written:
            read = _option(option, where, sets.language, notes)
            if read is not None:
                found.append(with_system_points(read, sets, where, notes))
    elif address:
        found = list(sets.at(address, where, notes))
    if len(found) > _MOST_PER_QUESTION:
        notes.warn(f"Question {where} has {len(found)} answers; only the first {_MOST_PER_QUESTION} are taken.")
        found = found[:_MOST_PER_QUESTION]
    return _numbers_count(_listed_points(_without_twins(found, where, notes), sets.lists))


def initially_chosen(item: Plain, notes: Notes) -> list[Plain]:
    """The options that are chosen from the beginning."""
    return [one for one in parts(item, "answerOption", notes) if one.get("initialSelected") is True]


def _option(option: Plain, where: str, language: str, notes: Notes) -> AnswerOption | None:
    value = answer_in(option)
    if value is None:
        notes.warn(f"An answer of question {where} has no value that is understood, and is left out.")
        return None
    coding = value_of(option)
    inner = coding if isinstance(coding, dict) else {}
    prefix = extension_value(option, CORE + "questionnaire-optionPrefix") or extension_value(
        inner, CORE + "questionnaire-optionPrefix"
    )
    label = label_of_coding(inner, language) or _written(value)
    if isinstance(value, Code) and label == value.code and not inner.get("display"):
        notes.warn(f"Some answers of question {where} have no words; their codes are shown instead.")
    points, source = points_in(label, where, notes, option, inner)
    for place in (option, inner):
        for one in parts(place, "extension", notes, where):
            if url_of(one) not in UNDERSTOOD:
                notes.keep(where, f"answer: {short_name(one)}")
    return AnswerOption(label, value, points, source, prefix if isinstance(prefix, str) else "")


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Code):
        return value.code
    return f"{value:g}" if isinstance(value, float) else str(value)


def _without_twins(options: list[AnswerOption], where: str, notes: Notes) -> tuple[AnswerOption, ...]:
    kept: dict[tuple[object, type], AnswerOption] = {}
    for option in options:
        key = (option.value, type(option.value))
        before = kept.setdefault(key, option)
        if before is not option:
            notes.warn(
                f"“{option.label[:60]}” stands twice among the answers of question {where}; the first one is taken."
            )
            if before.points != option.points:
                kept[key] = replace(before, points=None, points_from="")
                notes.warn(
                    f"The two count differently, so “{option.label[:60]}” in question {where} counts nothing known."
                )
    return tuple(kept.values())


def _numbers_count(options: tuple[AnswerOption, ...]) -> tuple[AnswerOption, ...]:
    """Answers that are numbers count themselves, where the file says nothing else."""
    if any(option.points is not None or number(option.value) is None for option in options):
        return options
    return tuple(replace(option, points=number(option.value), points_from="the number itself") for option in options)


def _listed_points(options: tuple[AnswerOption, ...], lists: AnswerLists) -> tuple[AnswerOption, ...]:
    """The points of a published list, where the file gives none at all and one list holds every code."""
    codes = {
        option.value.code for option in options if isinstance(option.value, Code) and option.value.system in {"", LOINC}
    }
    if len(codes) != len(options) or not codes or any(option.points is not None for option in options):
        return options
    listed: AnswerList | None = lists.holding(codes)
    if listed is None or listed.system != LOINC:
        return options
    return tuple(
        replace(option, points=listed.points(option.value.code), points_from=listed.name)
        for option in options
        if isinstance(option.value, Code)
    )
