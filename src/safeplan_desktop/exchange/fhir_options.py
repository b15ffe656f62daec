"""The possible answers of a question, and what each counts.

Points come from the option itself, from its coding, or from the value set; else from a published list that holds every
code of the question. A printed number before an answer ("0", "1") is never taken for its points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from safeplan_desktop.domain.answer_lists import AnswerList, AnswerLists
from safeplan_desktop.domain.questionnaires import AnswerOption, Code
from safeplan_desktop.exchange.fhir_json import Plain
from safeplan_desktop.exchange.fhir_parts import (
    CORE,
    LOINC,
    Notes,
    answer_in,
    extension_value,
    extensions,
    flag,
    number,
    parts,
    short_name,
    url_of,
    value_of,
    words,
)

ORDINAL = CORE + "ordinalValue"
WEIGHT = CORE + "itemWeight"
POINTS = (
    ORDINAL,
    WEIGHT,
    CORE + "questionnaire-ordinalValue",
    CORE + "codesystem-ordinalValue",
    CORE + "valueset-ordinalValue",
)
UNDERSTOOD = frozenset({*POINTS, CORE + "questionnaire-optionPrefix", CORE + "translation"})

MOST_POINTS = 1e6
_MOST_PER_QUESTION = 1000


@dataclass(slots=True)
class ValueSets:
    """The value sets and code systems that a file brings along, and the published lists."""

    lists: AnswerLists
    sets: dict[str, Plain] = field(default_factory=dict)
    systems: dict[str, Plain] = field(default_factory=dict)

    @classmethod
    def of(cls, questionnaire: Plain, lists: AnswerLists, notes: Notes) -> ValueSets:
        """Those inside a questionnaire."""
        found = cls(lists)
        for resource in parts(questionnaire, "contained", notes):
            kind, name = resource.get("resourceType"), resource.get("id")
            if kind == "ValueSet" and isinstance(name, str):
                found.sets[f"#{name.removeprefix('#')}"] = resource
                url = resource.get("url")
                if isinstance(url, str):
                    found.sets.setdefault(url, resource)
            elif kind == "CodeSystem" and isinstance(resource.get("url"), str):
                found.systems[resource["url"]] = resource
            else:
                notes.keep("", f"contained {kind if isinstance(kind, str) else 'resource'}")
        return found


def options_of(item: Plain, sets: ValueSets, where: str, notes: Notes) -> tuple[AnswerOption, ...]:
    """The possible answers of a question; none where it takes any, or where they are kept elsewhere."""
    written = parts(item, "answerOption", notes, where)
    address = words(item, "answerValueSet", notes, where)
    if written and address:
        notes.warn(f"Question {where} lists its answers and names a value set as well; the listed ones are taken.")
    found: list[AnswerOption] = []
    if written:
        for option in written:
            read = _option(option, where, notes)
            if read is not None:
                found.append(read)
    elif address:
        found = _from_address(address, sets, where, notes)
    if len(found) > _MOST_PER_QUESTION:
        notes.warn(f"Question {where} has {len(found)} answers; only the first {_MOST_PER_QUESTION} are taken.")
        found = found[:_MOST_PER_QUESTION]
    return _numbers_count(_listed_points(_without_twins(found, where, notes), sets.lists))


def initially_chosen(item: Plain, notes: Notes) -> list[Plain]:
    """The options that are chosen from the beginning."""
    return [one for one in parts(item, "answerOption", notes) if one.get("initialSelected") is True]


def _option(option: Plain, where: str, notes: Notes) -> AnswerOption | None:
    value = answer_in(option)
    if value is None:
        notes.warn(f"An answer of question {where} has no value that is understood, and is left out.")
        return None
    coding = value_of(option)
    inner = coding if isinstance(coding, dict) else {}
    prefix = extension_value(option, CORE + "questionnaire-optionPrefix") or extension_value(
        inner, CORE + "questionnaire-optionPrefix"
    )
    label = _label(inner, value) if isinstance(value, Code) or inner else _written(value)
    points, source = _points(label, where, notes, option, inner)
    for place in (option, inner):
        for one in parts(place, "extension", notes, where):
            if url_of(one) not in UNDERSTOOD:
                notes.keep(where, f"answer: {short_name(one)}")
    return AnswerOption(label, value, points, source, prefix if isinstance(prefix, str) else "")


def _label(coding: Plain, value: object) -> str:
    display = coding.get("display")
    if isinstance(display, str) and display.strip():
        return display.strip()
    return value.code if isinstance(value, Code) else _written(value)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _points(label: str, where: str, notes: Notes, *places: Plain) -> tuple[float | None, str]:
    found = []
    for place in places:
        for one in extensions(place, *POINTS):
            points = number(value_of(one))
            if points is None or abs(points) > MOST_POINTS:
                notes.warn(
                    f"The points of “{label[:60]}” in question {where} aren't a usable number; it counts nothing known."
                )
                return None, ""
            found.append((points, url_of(one).rpartition("/")[2]))
    if len({points for points, _ in found}) > 1:
        notes.warn(f"“{label[:60]}” in question {where} has two different points in the file; it counts nothing known.")
        return None, ""
    return found[0] if found else (None, "")


def _from_address(address: str, sets: ValueSets, where: str, notes: Notes) -> list[AnswerOption]:
    inside = sets.sets.get(address) or sets.sets.get(address.partition("|")[0])
    if inside is not None:
        return list(_from_set(inside, sets, where, notes, ()))
    if address.startswith("#"):
        notes.warn(f"The value set {address} of question {where} isn't in the file; the answer is typed in as words.")
        return []
    listed = sets.lists.at(address)
    if listed is None:
        listed = sets.lists.like(address)
        if listed is None:
            notes.warn(
                f"The answers of question {where} are in a value set elsewhere ({address[:120]}). Nothing is fetched from "
                "there, so the answer is typed in as words and counts nothing."
            )
            return []
        notes.warn(
            f"The value set {address[:120]} isn't in the file; it was taken for {listed.name}. Please compare the answers."
        )
    notes.warn(f"The file doesn't hold the answers of {listed.name}; they are shown in short words of our own.")
    return [
        AnswerOption(
            one.label, Code(one.code, listed.system), one.points, listed.name if one.points is not None else ""
        )
        for one in listed.options
    ]


def _from_set(
    found: Plain, sets: ValueSets, where: str, notes: Notes, asking: tuple[str, ...]
) -> Iterator[AnswerOption]:
    expansion = found.get("expansion")
    if isinstance(expansion, dict) and isinstance(expansion.get("contains"), list):
        yield from _concepts(expansion, "contains", "", where, notes)
        return
    compose = found.get("compose")
    if not isinstance(compose, dict):
        notes.warn(f"The value set of question {where} lists no answers.")
        return
    left_out = {
        words(concept, "code", notes, where)
        for part in parts(compose, "exclude", notes, where)
        for concept in parts(part, "concept", notes, where)
    }
    for part in parts(compose, "include", notes, where):
        for option in _included(part, sets, where, notes, asking):
            if not (isinstance(option.value, Code) and option.value.code in left_out):
                yield option


def _included(
    part: Plain, sets: ValueSets, where: str, notes: Notes, asking: tuple[str, ...]
) -> Iterator[AnswerOption]:
    system = words(part, "system", notes, where)
    if isinstance(part.get("concept"), list):
        yield from _concepts(part, "concept", system, where, notes)
        return
    others = part.get("valueSet")
    if isinstance(others, list) and others:
        for other in others:
            inside = sets.sets.get(other) if isinstance(other, str) else None
            if inside is None or other in asking:
                notes.warn(
                    f"The value set of question {where} takes in another one that isn't in the file; it is left out."
                )
            else:
                yield from _from_set(inside, sets, where, notes, (*asking, other))
        return
    known = sets.systems.get(system)
    if known is not None and "filter" not in part:
        yield from _concepts(known, "concept", system, where, notes)
        return
    notes.warn(
        f"The value set of question {where} refers to codes that aren't in the file ({system[:120]}); they are left out."
    )


def _concepts(holder: Plain, name: str, system: str, where: str, notes: Notes) -> Iterator[AnswerOption]:
    for concept in parts(holder, name, notes, where):
        own = concept.get("system")
        code = concept.get("code")
        if isinstance(code, str) and code.strip() and not flag(concept, "abstract", notes, where):
            value = Code(code.strip(), own if isinstance(own, str) else system)
            label = _label(concept, value)
            points, source = _points(label, where, notes, concept)
            yield AnswerOption(label, value, points, source)
        yield from _concepts(concept, name, system, where, notes)


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
