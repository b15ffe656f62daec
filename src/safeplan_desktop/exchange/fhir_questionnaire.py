"""FHIR R4 `Questionnaire` files as questionnaires: https://hl7.org/fhir/R4/questionnaire.html and SDC 3.0."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction

from safeplan_desktop.domain.answer_lists import AnswerLists
from safeplan_desktop.domain.file_sums import FileSum, counting, sum_in_words
from safeplan_desktop.domain.instruments import Instrument
from safeplan_desktop.domain.panels import loinc_of, recognise
from safeplan_desktop.domain.questionnaires import (
    NOT_ASKED,
    NUMBERS,
    AnswerValue,
    Code,
    Operator,
    Question,
    Questionnaire,
    RuleKind,
    ShowWhen,
)
from safeplan_desktop.exchange.fhir_conditions import that_somebody_answers, without_circles
from safeplan_desktop.exchange.fhir_effort import Effort
from safeplan_desktop.exchange.fhir_expressions import Tried, comparison, links_named, sum_of
from safeplan_desktop.exchange.fhir_found_points import found_points, with_points
from safeplan_desktop.exchange.fhir_items import VARIABLE, ReadItems, read_items, variable_in
from safeplan_desktop.exchange.fhir_json import Plain, RefusedFileError, changes_meaning, read_json
from safeplan_desktop.exchange.fhir_parts import (
    Notes,
    codes_of,
    extensions,
    parts,
    plain_words,
    short_name,
    url_of,
    words,
)
from safeplan_desktop.exchange.fhir_trial import Around, NotUsedError
from safeplan_desktop.exchange.fhir_value_sets import ValueSets

_FIELDS = {
    "resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension", "url", "identifier",
    "version", "name", "title", "status", "experimental", "subjectType", "date", "publisher", "contact", "description",
    "jurisdiction", "purpose", "copyright", "code", "item", "approvalDate", "lastReviewDate", "effectivePeriod",
    "derivedFrom", "useContext",
}  # fmt: skip
_FEWEST = 2
_LOOKS = {"artifact-versionAlgorithm"}
# "How many drinks in total?" is a question, a "total score" never is: see `_with_totals`.
_TOTAL = re.compile(
    r"\b(total score|score total|sum score|raw score|total points|gesamt(punkt|score|wert|ergebnis)\w*|summen(score|wert)\w*"
    r"|punktsumme|puntuación total|puntaje total|punteggio totale|totaalscore|totalpoäng|totalscore)\b",
    re.IGNORECASE,
)
_LOCKED_TOTAL = re.compile(
    r"\b(total\w*|score|sum|gesamt\w*|summe\w*|punktzahl|puntuación|puntaje|punteggio|somme)\b", re.IGNORECASE
)


def read_questionnaire(
    data: bytes, lists: AnswerLists, instruments: Mapping[str, Instrument], language: str = "en"
) -> Questionnaire:
    """A questionnaire from the bytes of a FHIR file.

    Args:
        data: The file's bytes.
        lists: Published answer lists that may be referred to.
        instruments: Our own instruments, to recognise panels by.
        language: Which translation to take where a text is given in several and in none by itself.

    Raises:
        RefusedFileError: when it is no FHIR R4 questionnaire, or can't be asked at all.
    """
    plain = read_json(data)
    _check(plain)
    notes = Notes()
    language = words(plain, "language", notes) or language
    read = read_items(plain, ValueSets.of(plain, lists, language, notes), language, notes)
    _root_parts(plain, read, notes)
    known_totals = {instrument.loinc_total for instrument in instruments.values()} - {""}
    read.questions[:] = _with_totals(read, known_totals, notes)
    effort = Effort()
    sometimes = _sometimes_asked(read)
    tried = {
        link: sum_of(text, read.variables_for(link), tuple(read.questions), _at(plain, read, link), effort, sometimes)
        for link, text in read.calculated.items()
    }
    _try_those_on_results(plain, read, tried, (effort, sometimes))
    title = words(plain, "title", notes) or words(plain, "name", notes)
    codes = codes_of(plain, notes)
    known = bool(recognise(title, codes, tuple(read.questions), FileSum(), instruments).scoring.instrument)
    _take_found_points(plain, read, tried, (effort, sometimes), notes, known=known)
    file_sum = _file_sum(read.questions, tried, known_totals, notes)
    if not file_sum.stated and any(one.is_total and one.link_id in read.unread for one in read.questions):
        file_sum = replace(file_sum, stated=True)
    _note_strangers(read, file_sum, notes)
    _shown_by_sums(read, plain, effort, sometimes, notes)
    found = recognise(title, codes, tuple(read.questions), file_sum, instruments)
    for sentence in found.warnings:
        notes.insist(sentence)
    sums = {link: one for link, one in tried.items() if one.items}
    if found.scoring.kind is RuleKind.OWN_RULE and instruments[found.scoring.instrument].scaled_by == 1:
        sums.setdefault(found.scoring.total_item, Tried(found.scoring.items))
    questions = that_somebody_answers(_shown_by_totals(found.questions, sums, notes), notes)
    if not any(question.is_asked for question in questions):
        notes.warn("No question would be shown: the file hides or locks all of them.")
    if not title:
        notes.warn("The file has no title.")
        title = "Questionnaire without a title"
    licence = words(plain, "copyright", notes)
    if not licence:
        notes.warn("The file says nothing on its licence. Many questionnaires are protected all the same.")
    return Questionnaire(
        title,
        questions,
        found.scoring,
        url=words(plain, "url", notes),
        version=words(plain, "version", notes),
        language=words(plain, "language", notes),
        publisher=words(plain, "publisher", notes),
        description=plain_words(words(plain, "description", notes)),
        licence=licence,
        codes=codes,
        warnings=tuple(notes.warnings),
        kept=tuple(notes.kept),
    )


def _check(plain: Plain) -> None:
    kind = plain.get("resourceType")
    if kind == "Questionnaire" and "group" in plain and "item" not in plain:
        raise RefusedFileError(
            "The questionnaire is written for FHIR DSTU2; this program reads R4.",
            next_step="Save it as R4, and choose that file.",
        )
    if kind == "Bundle":
        raise RefusedFileError(
            "The file is a FHIR bundle of several resources.",
            next_step="Save the questionnaire alone, and choose that file.",
        )
    if kind == "QuestionnaireResponse":
        raise RefusedFileError("The file holds answers to a questionnaire, not the questionnaire.")
    if kind != "Questionnaire":
        named = f"a FHIR “{kind[:40]}”" if isinstance(kind, str) else "no FHIR resource"
        raise RefusedFileError(f"The file is {named}, not a Questionnaire.")
    if any(name in plain for name in ("versionAlgorithmString", "versionAlgorithmCoding", "copyrightLabel")):
        raise RefusedFileError(
            "The questionnaire is written for FHIR R5; this program reads R4.",
            next_step="Save it as R4, and choose that file.",
        )
    if changes_meaning(plain):
        raise RefusedFileError(
            "The questionnaire carries rules that change its meaning, and this program doesn't know them."
        )


def _root_parts(plain: Plain, read: ReadItems, notes: Notes) -> None:
    for name in sorted(plain.keys() - _FIELDS):
        notes.keep("", name)
    for address in plain["derivedFrom"] if isinstance(plain.get("derivedFrom"), list) else ():
        notes.keep("", f"derived from {str(address)[:120]}")
    for one in parts(plain, "extension", notes):
        if url_of(one) != VARIABLE and short_name(one) not in _LOOKS:
            notes.keep("", short_name(one))
    for one in extensions(plain, VARIABLE):
        name, text = variable_in(one)
        if name:
            read.define("", name, text, notes)
        else:
            notes.warn("A variable of the questionnaire can't be read; it isn't used.")


def _with_totals(read: ReadItems, known_totals: set[str], notes: Notes) -> list[Question]:
    """Marks what holds the questionnaire's own result, so that nobody is asked for it."""

    def is_total(question: Question) -> bool:
        if question.type in NOT_ASKED or question.options:
            return False
        calculated = question.link_id in read.calculated or question.link_id in read.unread
        if loinc_of(question) in known_totals or calculated:
            return True
        if question.type not in NUMBERS:
            return False
        if question.read_only:
            return bool(_LOCKED_TOTAL.search(question.text))
        if not _TOTAL.search(question.text):
            return False
        notes.warn(
            f"Question {question.link_id} reads as the questionnaire's result, so nobody is asked for it. Please check that."
        )
        return True

    return [replace(question, is_total=is_total(question)) for question in read.questions]


def _try_those_on_results(
    plain: Plain, read: ReadItems, tried: dict[str, Tried], limits: tuple[Effort, Collection[str]]
) -> None:
    """Tries once more what is worked out of other results, such as the total of several parts."""
    for link, text in read.calculated.items():
        understood = {
            other: (one.items, one.scale, one.start)
            for other, one in tried.items()
            if one.items and not one.rounded and other != link
        }
        if tried[link].items or not understood:
            continue
        variables = read.variables_for(link)
        try:
            named = understood.keys() & set(links_named(text, variables))
        except NotUsedError:
            continue
        if named:
            around = Around(plain, read.written[link], {other: understood[other] for other in named})
            tried[link] = sum_of(text, variables, tuple(read.questions), around, *limits)


def _take_found_points(
    plain: Plain,
    read: ReadItems,
    tried: dict[str, Tried],
    limits: tuple[Effort, Collection[str]],
    notes: Notes,
    *,
    known: bool,
) -> None:
    """Takes points out of the file's calculation where no result of the file follows those beside the answers.

    Args:
        plain: The file.
        read: Its questions; they get the points.
        tried: What was found of its calculations; the one that is taken is put right.
        limits: How much work may be done, and the questions that aren't always asked.
        notes: What is said about it.
        known: Whether it was recognised by its own points, which then stay.
    """
    totals = [one.link_id for one in read.questions if one.is_total and one.link_id in tried]
    if not totals or any(tried[link].items for link in totals):
        return
    for link in totals:
        found = found_points(
            read.calculated[link], read.variables_for(link), tuple(read.questions), _at(plain, read, link), *limits
        )
        own = {one.link_id for one in counting(tuple(read.questions))}
        if found is None or (known and own & found.points.keys()):
            continue
        # What follows one answer alone, or leaves out questions with points, is a mark of something, and no total.
        if len(found.items) < _FEWEST or own - set(found.items):
            continue
        changed = []
        for question in read.questions:
            points = found.points.get(question.link_id)
            if points is not None and question.link_id in own:
                said = ", ".join(
                    f"{one.label[:30]} = {worth:g}" for one, worth in zip(question.options, points, strict=True)
                )
                notes.warn(
                    f"Question {question.link_id}: the file's calculation counts the answers otherwise than their points say; "
                    f"its calculation is taken ({said})."
                )
            changed.append(question if points is None else with_points(question, points))
        if found.points.keys() - own:
            notes.warn(
                "The answers carry no points of their own; the points were found by trying out the file's calculation. Please "
                "compare them."
            )
        read.questions[:] = changed
        tried[link] = Tried(found.items, "", start=found.start, rounded=found.rounded)
        return


def _file_sum(questions: list[Question], tried: Mapping[str, Tried], known_totals: set[str], notes: Notes) -> FileSum:
    """The file's own total: the recognised one, else the one that sums up most."""
    totals = [question for question in questions if question.is_total]
    understood = [question for question in totals if question.link_id in tried and tried[question.link_id].items]
    for question in totals:
        if question.link_id in tried and tried[question.link_id].items is None:
            notes.warn(f"The calculation of question {question.link_id} isn't used: {tried[question.link_id].why_not}.")
    for question in questions:
        if question.link_id in tried and not question.is_total:
            asked = "the question is asked like any other" if question.is_asked else "it stays without an answer"
            notes.warn(f"The file works out question {question.link_id} by itself; that isn't done here, so {asked}.")
    understood.sort(
        key=lambda one: (
            loinc_of(one) not in known_totals,
            not _TOTAL.search(one.text),
            -len(tried[one.link_id].items or ()),
        )
    )
    for further in understood[1:]:
        found = tried[further.link_id]
        items = found.items or ()
        is_ = sum_in_words(len(items), *found.scaling)
        notes.warn(
            f"Question {further.link_id} holds a further sum, which isn't worked out: {is_} ({', '.join(items[:12])})."
        )
    if understood:
        main = understood[0]
        items = tried[main.link_id].items or ()
        times, divided_by, plus = tried[main.link_id].scaling
        return FileSum(
            items,
            main.link_id,
            stated=True,
            times=times,
            divided_by=divided_by,
            plus=plus,
            one_of_several=_others_count_more(items, questions, tried),
        )
    coded = [question for question in totals if loinc_of(question) in known_totals]
    main_id = (coded or totals)[0].link_id if totals else ""
    return FileSum(None, main_id, stated=any(question.link_id in tried for question in totals))


def _note_strangers(read: ReadItems, file_sum: FileSum, notes: Notes) -> None:
    """Names what the calculation that is used picks and what isn't there: something may be missing in its sum."""
    if not file_sum.items:
        return
    here = {question.link_id for question in read.questions}
    named = links_named(read.calculated[file_sum.total_item], read.variables_for(file_sum.total_item))
    strange = [link for link in named if link not in here]
    if strange:
        notes.warn(
            f"The calculation of question {file_sum.total_item} names {', '.join(f'“{one[:40]}”' for one in strange[:12])}, "
            "which isn't a question here. Something may be missing."
        )


def _others_count_more(items: tuple[str, ...], questions: list[Question], tried: Mapping[str, Tried]) -> bool:
    """Whether another result of the file counts, or may count, what these questions don't."""
    if all(one.link_id in items for one in counting(tuple(questions)) if not one.is_total):
        return False
    results = (tried[one.link_id].items for one in questions if one.is_total and one.link_id in tried)
    return any(found is None or not set(found).issubset(items) for found in results)


def _at(plain: Plain, read: ReadItems, link_id: str) -> Around:
    """What an expression at a question may look into."""
    return Around(plain, read.written[link_id])


def _sometimes_asked(read: ReadItems) -> set[str]:
    """The link ids of questions that wait for certain answers, or stand below something that does."""
    found: set[str] = set()
    for question in read.questions:
        if question.show_when or question.link_id in read.shown_by or question.parent in found:
            found.add(question.link_id)
    return found


def _shown_by_sums(read: ReadItems, plain: Plain, effort: Effort, sometimes: Collection[str], notes: Notes) -> None:
    """Conditions that are written as an expression: a sum compared with a number is understood."""
    found: dict[str, ShowWhen] = {}
    for link_id, text in read.shown_by.items():
        compared = comparison(text)
        tried = (
            sum_of(
                compared[0],
                read.variables_for(link_id),
                tuple(read.questions),
                _at(plain, read, link_id),
                effort,
                sometimes,
            )
            if compared
            else None
        )
        if compared is None or tried is None or tried.items is None or tried.rounded:
            why = tried.why_not if tried else "it is no comparison of a sum with a number"
            why = why or "it compares a sum that is rounded"
            notes.warn(f"The condition of question {link_id} isn't used: {why}. It is always shown.")
        elif link_id in tried.items:
            notes.warn(f"Question {link_id} depends on its own answer. It is always shown.")
        else:
            found[link_id] = ShowWhen("", compared[1], _before(compared[2], tried), tried.items)
    shown = []
    for question in read.questions:
        condition = found.get(question.link_id)
        if condition is not None and question.show_when:
            notes.warn(
                f"Question {question.link_id} has conditions of two kinds, and the file doesn't say how they go together. "
                "It is always shown."
            )
            condition = None
            question = replace(question, show_when=())  # noqa: PLW2901 - the same question, without them
        shown.append(question if condition is None else replace(question, show_when=(condition,), show_any=False))
    read.questions[:] = without_circles(shown, notes)


def _before(value: AnswerValue, tried: Tried) -> AnswerValue:
    """A value of a result as a value of the sum of points that it comes from."""
    if isinstance(value, bool | str | Code) or tried.scaling == (1, 1, 0):
        return value
    times, divided_by, plus = tried.scaling
    return float((Fraction(str(value)) * divided_by - plus) / times)


def _shown_by_totals(questions: tuple[Question, ...], sums: Mapping[str, Tried], notes: Notes) -> tuple[Question, ...]:
    """Conditions on a result that nobody types in: they are about what it sums up, or can't be followed."""
    totals = {question.link_id for question in questions if question.is_total}
    followed = []
    for question in questions:
        about = [condition for condition in question.show_when if condition.question in totals]
        unknown = [
            one
            for one in about
            if one.question not in sums or sums[one.question].rounded or one.operator is Operator.EXISTS
        ]
        if unknown:
            notes.warn(
                f"Question {question.link_id} depends on {unknown[0].question}, which nobody answers and which isn't worked "
                "out here. It is always shown."
            )
            question = replace(question, show_when=())  # noqa: PLW2901 - the same question, without them
        elif about:
            conditions = tuple(
                replace(
                    one,
                    question="",
                    value=_before(one.value, sums[one.question]),
                    sum_of=sums[one.question].items or (),
                )
                if one in about
                else one
                for one in question.show_when
            )
            question = replace(question, show_when=conditions)  # noqa: PLW2901 - the same question, on the sum
        followed.append(question)
    return tuple(without_circles(followed, notes))
