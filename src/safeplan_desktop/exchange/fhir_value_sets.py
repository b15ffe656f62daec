"""Value sets: those that a file brings along, with its code systems, and the published lists.

A value set is matched by system and code. Its expansion says which answers there are; points may stand there, beside the
codes that it is composed of, or in the code system.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from safeplan_desktop.domain.answer_lists import AnswerLists
from safeplan_desktop.domain.questionnaires import AnswerOption, Code
from safeplan_desktop.exchange.fhir_json import Plain
from safeplan_desktop.exchange.fhir_parts import Notes, flag, label_of_coding, parts, system_named, words
from safeplan_desktop.exchange.fhir_points import points_in, points_of_property


@dataclass(slots=True)
class ValueSets:
    """The value sets and code systems that a file brings along, and the published lists."""

    lists: AnswerLists
    sets: dict[str, Plain] = field(default_factory=dict)
    systems: dict[str, Plain] = field(default_factory=dict)
    properties: dict[Code, float] = field(default_factory=dict)
    known: dict[str, tuple[AnswerOption, ...]] = field(default_factory=dict)
    left: int = 60_000
    language: str = "en"
    named: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, questionnaire: Plain, lists: AnswerLists, language: str, notes: Notes) -> ValueSets:
        """Those inside a questionnaire; answers without words of their own are called as in this language."""
        found = cls(lists, language=language)
        for resource in parts(questionnaire, "contained", notes):
            kind, name = resource.get("resourceType"), resource.get("id")
            if kind == "ValueSet" and isinstance(name, str):
                found.sets[f"#{name.removeprefix('#')}"] = resource
                url = resource.get("url")
                if isinstance(url, str):
                    found.sets.setdefault(url, resource)
            elif kind == "CodeSystem" and isinstance(resource.get("url"), str):
                found.systems[resource["url"]] = resource
                found.properties.update(_weighed(resource, notes))
            else:
                notes.keep("", f"contained {kind if isinstance(kind, str) else 'resource'}")
        return found

    def at(self, address: str, where: str, notes: Notes) -> tuple[AnswerOption, ...]:
        """The answers at an address; none where they are kept elsewhere, which is said."""
        inside = self.sets.get(address) or self.sets.get(address.partition("|")[0])
        if inside is not None:
            if address not in self.known:
                told = Notes()
                options = tuple(_from_set(inside, self, where, told, ()))
                # What is said of a question holds for each that refers to the same set, so only the clean ones are kept.
                if told.warnings or told.kept:
                    for sentence in told.warnings:
                        notes.warn(sentence)
                    for part in told.kept:
                        notes.keep(part.where, part.what)
                    return options
                self.known[address] = options
            return self.known[address]
        return self._published(address, where, notes)

    def _published(self, address: str, where: str, notes: Notes) -> tuple[AnswerOption, ...]:
        if address.startswith("#"):
            notes.warn(
                f"The value set {address} of question {where} isn't in the file; the answer is typed in as words."
            )
            return ()
        listed = self.lists.at(address)
        if listed is None:
            listed = self.lists.like(address)
            if listed is None:
                notes.warn(
                    f"The answers of question {where} are in a value set elsewhere ({address[:120]}). Nothing is fetched "
                    "from there, so the answer is typed in as words and counts nothing."
                )
                return ()
            notes.warn(
                f"The value set {address[:120]} isn't in the file; it was taken for {listed.name}. Please compare the answers."
            )
        notes.warn(f"The file doesn't hold the answers of {listed.name}; they are shown in short words of our own.")
        return tuple(
            AnswerOption(
                one.label, Code(one.code, listed.system), one.points, listed.name if one.points is not None else ""
            )
            for one in listed.options
        )


def _weighed(system: Plain, notes: Notes) -> Iterator[tuple[Code, float]]:
    """The points that a code system gives to its codes, as properties or as extensions."""
    waiting = list(parts(system, "concept", notes))
    while waiting:
        concept = waiting.pop()
        waiting += parts(concept, "concept", notes)
        code = words(concept, "code", notes)
        points = points_of_property(concept, system, notes)
        if points is None:
            points, _ = points_in(code, "the code list", notes, concept)
        if code and points is not None:
            yield Code(code, system_named(system["url"])), points


def _from_set(
    found: Plain, sets: ValueSets, where: str, notes: Notes, asking: tuple[str, ...]
) -> Iterator[AnswerOption]:
    sets.left -= 1
    compose = found.get("compose")
    expansion = found.get("expansion")
    if isinstance(expansion, dict) and isinstance(expansion.get("contains"), list):
        beside = _beside(compose, where, notes) if isinstance(compose, dict) else {}
        for option in _concepts(expansion, "contains", "", sets, where, notes):
            yield _compared(option, beside.get(option.value, (None, "")), where, notes)  # type: ignore[arg-type]
        return
    if not isinstance(compose, dict):
        notes.warn(f"The value set of question {where} lists no answers.")
        return
    left_out: dict[str, list[Code]] = {}
    for code in _left_out(compose, sets, where, notes, asking):
        left_out.setdefault(code.code, []).append(code)
    for part in parts(compose, "include", notes, where):
        for option in _included(part, sets, where, notes, asking):
            value = option.value
            if not (isinstance(value, Code) and any(value.same(code) for code in left_out.get(value.code, ()))):
                yield option


def _left_out(compose: Plain, sets: ValueSets, where: str, notes: Notes, asking: tuple[str, ...]) -> list[Code]:
    """The codes that are taken away, each with its system."""
    codes: list[Code] = []
    for part in parts(compose, "exclude", notes, where):
        if "concept" in part:
            system = words(part, "system", notes, where)
            concepts = parts(part, "concept", notes, where)
            codes += [
                Code(code, system_named(system)) for one in concepts if (code := words(one, "code", notes, where))
            ]
        elif "filter" in part:
            notes.warn(
                f"The value set of question {where} takes answers away by a rule that isn't followed here; they are all shown."
            )
        else:
            codes += [
                option.value for option in _included(part, sets, where, notes, asking) if isinstance(option.value, Code)
            ]
    return codes


def _beside(compose: Plain, where: str, notes: Notes) -> dict[Code, tuple[float | None, str]]:
    """The points that stand beside the codes that a value set is composed of."""
    found: dict[Code, tuple[float | None, str]] = {}
    for part in parts(compose, "include", notes, where):
        system = words(part, "system", notes, where)
        for concept in parts(part, "concept", notes, where):
            code = words(concept, "code", notes, where)
            points, source = points_in(code, where, notes, concept)
            if points is not None:
                found[Code(code, system_named(system))] = (points, source)
    return found


def _compared(option: AnswerOption, beside: tuple[float | None, str], where: str, notes: Notes) -> AnswerOption:
    points, source = beside
    if points is None or points == option.points:
        return option
    if option.points is None:
        return replace(option, points=points, points_from=source)
    notes.warn(
        f"“{option.label[:60]}” in question {where} has two different points in the file; it counts nothing known."
    )
    return replace(option, points=None, points_from="")


def _included(
    part: Plain, sets: ValueSets, where: str, notes: Notes, asking: tuple[str, ...]
) -> Iterator[AnswerOption]:
    system = words(part, "system", notes, where)
    if isinstance(part.get("concept"), list):
        yield from _concepts(part, "concept", system, sets, where, notes)
        return
    others = part.get("valueSet")
    if isinstance(others, list) and others:
        for other in others:
            inside = sets.sets.get(other) if isinstance(other, str) else None
            if sets.left < 0:
                return
            if inside is None or other in asking:
                notes.warn(
                    f"The value set of question {where} takes in another one that isn't in the file; it is left out."
                )
            else:
                yield from _from_set(inside, sets, where, notes, (*asking, other))
        return
    known = sets.systems.get(system)
    if known is not None and "filter" not in part:
        yield from _concepts(known, "concept", system, sets, where, notes)
        return
    if known is not None:
        notes.warn(
            f"The value set of question {where} picks its answers by a rule that isn't followed here; they are left out."
        )
        return
    notes.warn(
        f"The value set of question {where} refers to codes that aren't in the file ({system[:120]}); they are left out."
    )


def _concepts(
    holder: Plain, name: str, system: str, sets: ValueSets, where: str, notes: Notes
) -> Iterator[AnswerOption]:
    for concept in parts(holder, name, notes, where):
        sets.left -= 1
        if sets.left < 0:
            notes.warn("The value sets of the file hold more answers than can be read; the rest is left out.")
            return
        own = concept.get("system")
        code = concept.get("code")
        if isinstance(code, str) and code.strip() and not flag(concept, "abstract", notes, where):
            value = Code(code.strip(), system_named(own if isinstance(own, str) else system))
            label = label_of_coding(concept, sets.language) or _in_system(value, sets)
            if not label:
                notes.warn(f"Some answers of question {where} have no words; their codes are shown instead.")
                label = value.code
            points, source = points_in(label, where, notes, concept)
            yield with_system_points(AnswerOption(label, value, points, source), sets, where, notes)
        yield from _concepts(concept, name, system, sets, where, notes)


def _in_system(code: Code, sets: ValueSets) -> str:
    """What the file's own code system calls a code; empty where it says nothing."""
    if code.system not in sets.named:
        sets.named[code.system] = _called(code.system, sets)
    return sets.named[code.system].get(code.code, "")


def _called(system: str, sets: ValueSets) -> dict[str, str]:
    """What a code system of the file calls its codes."""
    called: dict[str, str] = {}
    found = next((one for url, one in sets.systems.items() if system_named(url) == system), {})
    waiting = list(parts(found, "concept", Notes()))
    while waiting:
        concept = waiting.pop()
        if isinstance(code := concept.get("code"), str):
            called.setdefault(code, label_of_coding(concept, sets.language))
        waiting += parts(concept, "concept", Notes())
    return called


def with_system_points(option: AnswerOption, sets: ValueSets, where: str, notes: Notes) -> AnswerOption:
    """The answer with the points of its code system, where nothing nearer says what it counts."""
    points = sets.properties.get(option.value) if isinstance(option.value, Code) else None
    if points is None or points == option.points:
        return option
    if option.points is None:
        return replace(option, points=points, points_from="the code list of the file")
    notes.warn(
        f"“{option.label[:60]}” in question {where} counts {option.points:g} there and {points:g} in the code list; "
        f"{option.points:g} is taken."
    )
    return option
