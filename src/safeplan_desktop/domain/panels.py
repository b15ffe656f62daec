"""Which published instrument a questionnaire is, and whether our own rule for it may be used.

It may only where every question that counts is found once by its code and counts what the published rule says. A
questionnaire that differs keeps its own sum, and every difference is a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from safeplan_desktop.domain.file_sums import FileSum, bare, counting, said, sum_in_words, without_panel
from safeplan_desktop.domain.instruments import Instrument, InstrumentKind, Item, Option
from safeplan_desktop.domain.questionnaires import (
    NUMBERS,
    AnswerOption,
    Code,
    Question,
    QuestionType,
    RuleKind,
    ScoreRule,
)

LOINC = "http://loinc.org"
_LOINC_CODE = re.compile(r"(?<![\w-])(\d{3,6}-\d)(?![\w-])")
_YES_NO = {"yes": True, "no": False, "ja": True, "nein": False, "sí": True, "si": True, "oui": True, "non": False}
# Words that turn a question into its opposite; the third DAST-10 question is published both ways.
_TURNED = re.compile(r"\b(unable|not able|can't|cannot|couldn't|never able)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recognised:
    """How a questionnaire is scored, what is said about it, and the questions with the points that came in."""

    scoring: ScoreRule
    questions: tuple[Question, ...]
    warnings: tuple[str, ...]


def loinc_of(question: Question) -> str:
    """The LOINC code of a question; from its link id where it is coded nowhere."""
    for code in question.codes:
        if code.system in {"", LOINC} and _LOINC_CODE.fullmatch(code.code):
            return code.code
    found = [] if question.codes else _LOINC_CODE.findall(question.link_id)
    return found[0] if len(found) == 1 else ""


def recognise(
    title: str,
    codes: Iterable[Code],
    questions: tuple[Question, ...],
    file_sum: FileSum,
    instruments: Mapping[str, Instrument],
) -> Recognised:
    """The rule that a questionnaire is scored by."""
    root = {code.code for code in codes if code.system in {"", LOINC}}
    by_code: dict[str, list[Question]] = {}
    for question in questions:
        if question.type not in {QuestionType.GROUP, QuestionType.DISPLAY}:
            by_code.setdefault(loinc_of(question), []).append(question)
    by_code.pop("", None)
    known = [instrument for instrument in instruments.values() if instrument.kind is InstrumentKind.SCORE_ENTRY]
    named = [one for one in known if one.loinc in root - {""} or (one.loinc_total and one.loinc_total in by_code)]
    whole = [one for one in known if _needed(one) and all(item.loinc in by_code for item in _needed(one))]
    warnings: list[str] = []
    for instrument in named or sorted(whole, key=lambda one: -len(_needed(one))):
        found = _match(instrument, by_code, questions, file_sum)
        warnings += found.problems
        if found.fits:
            return _own_rule(instrument, found, questions, file_sum, warnings)
        if named:
            break
        warnings.clear()
    if not named:
        warnings += _names_only(title, known, file_sum)
    rule, more = without_panel(questions, file_sum)
    return Recognised(rule, questions, (*warnings, *more))


@dataclass(frozen=True, slots=True)
class _Match:
    """The questions of an instrument's items, and what doesn't fit."""

    places: dict[str, Question]
    filled: dict[str, Question]
    problems: tuple[str, ...]
    fits: bool
    by_order: bool = False


def _needed(instrument: Instrument) -> tuple[Item, ...]:
    needed = instrument.needed
    return needed if all(item.loinc for item in needed) else ()


def _places(
    instrument: Instrument, by_code: Mapping[str, list[Question]], questions: tuple[Question, ...], file_sum: FileSum
) -> tuple[dict[str, Question], list[str], bool]:
    """The question of each item, what isn't found, and whether they were taken by their order alone."""
    places, problems = _coded(instrument, by_code)
    gap = _gap(instrument, places, questions)
    if gap is not None:
        item, question = gap
        sentence = (
            f"Question {question.link_id} carries no code; it was taken for “{item.label}” of {instrument.title}, because all "
            "others were found by their codes and it stands in that place. Please compare."
        )
        return {**places, item.id: question}, [sentence], False
    if not places or (len(places) == 1 and len(instrument.needed) > 1):
        counted = [one for one in questions if one.link_id in file_sum.items] if file_sum.items else counting(questions)
        if len(counted) == len(instrument.needed) and len(counted) > 1:
            in_order = {item.id: question for item, question in zip(instrument.needed, counted, strict=True)}
            sentence = f"The questions carry no codes of their own; they were taken for {instrument.title} in their order. Please compare them."
            return in_order, [sentence], True
    return places, problems, False


def _coded(instrument: Instrument, by_code: Mapping[str, list[Question]]) -> tuple[dict[str, Question], list[str]]:
    places, problems = {}, []
    for item in instrument.items if _needed(instrument) else ():
        found = by_code.get(item.loinc, [])
        if item.loinc and len(found) == 1:
            places[item.id] = found[0]
        elif item in instrument.needed:
            what = "stands there twice" if found else "isn't in the file"
            problems.append(f"{instrument.title}: the question on “{item.label}” ({item.loinc}) {what}.")
    return places, problems


def _match(
    instrument: Instrument, by_code: Mapping[str, list[Question]], questions: tuple[Question, ...], file_sum: FileSum
) -> _Match:
    places, problems, by_order = _places(instrument, by_code, questions, file_sum)
    complete = all(item.id in places for item in instrument.needed) and bool(places)
    filled = {item_id: _filled(instrument, instrument.item(item_id), question) for item_id, question in places.items()}
    agrees = True
    for item in instrument.needed:
        if item.id in filled:
            problem = _problem_of_points(instrument, item, filled[item.id]) or _problem_of_branches(
                instrument, item, filled[item.id], questions
            )
            if problem:
                problems.append(problem)
                agrees = False
    others = _others(instrument, places, questions, file_sum)
    if others and complete:
        problems.append(
            f"{instrument.title} has {len(instrument.needed)} questions that count; here {', '.join(others[:12])} would count, too."
        )
    fits = complete and agrees and not others
    if not fits:
        problems.append(f"The published rule of {instrument.title} isn't applied, because the file differs from it.")
    return _Match(places, filled, tuple(problems), fits, by_order)


def _gap(
    instrument: Instrument, places: Mapping[str, Question], questions: tuple[Question, ...]
) -> tuple[Item, Question] | None:
    """The one question without a code that stands where the one missing item belongs; None in every other case."""
    missing = [item for item in instrument.needed if item.id not in places]
    bare = [question for question in counting(questions) if not question.codes and not loinc_of(question)]
    if len(missing) != 1 or not places or any(flag.item == missing[0].id for flag in instrument.flags):
        return None
    wanted = [item.id for item in instrument.needed]
    for question in bare:
        filled = {**places, missing[0].id: question}
        order = [questions.index(filled[item_id]) for item_id in wanted]
        if order == list(range(order[0], order[0] + len(order))):
            return missing[0], question
    return None


def _others(
    instrument: Instrument, places: Mapping[str, Question], questions: tuple[Question, ...], file_sum: FileSum
) -> list[str]:
    """Questions that count in the file and aren't the instrument's."""
    mine = {question.link_id for question in places.values()}
    if file_sum.items is not None:
        needed = {places[item.id].link_id for item in instrument.needed if item.id in places}
        return [link for link in file_sum.items if link not in needed]
    return [
        question.link_id for question in counting(questions) if question.link_id not in mine and not question.is_total
    ]


def _filled(instrument: Instrument, item: Item, question: Question) -> Question:
    """The question with our points where the file has none, for yes-no questions and whole numbers."""
    ours = {option.label.lower(): instrument.points(item, option.value) for option in instrument.options_of(item)}
    if any(option.points is not None for option in question.options) or not {"yes", "no"} <= set(ours):
        return question
    options = []
    for option in question.options:
        says = option.value if isinstance(option.value, bool) else _YES_NO.get(option.label.lower().strip(" ."))
        points = None if says is None else ours["yes" if says else "no"]
        options.append(replace(option, points=points, points_from=instrument.title if points is not None else ""))
    return replace(question, options=tuple(options))


def _problem_of_points(instrument: Instrument, item: Item, question: Question) -> str:
    """Why a question doesn't count what the published rule says; empty where it does."""
    ours = instrument.options_of(item)
    wanted = sorted(instrument.points(item, option.value) for option in ours)
    where = f"{instrument.title}, “{item.label}” (question {question.link_id})"
    if question.repeats:
        return f"{where}: several answers could be chosen, the published question takes one."
    if question.type in NUMBERS and not question.options:
        if (question.lowest, question.highest) == (wanted[0], wanted[-1]):
            return ""
        return (
            f"{where}: it asks for a number, the published question has answers of {wanted[0]} to {wanted[-1]} points."
        )
    known = [option.points for option in question.options if option.points is not None]
    # Some copies split the lowest answer in two ("no drinks", "1 or 2"): the same steps, one of them twice.
    if sorted(set(known)) != wanted or len(known) != len(question.options):
        listed = ", ".join(said(option) for option in question.options) or "nothing"
        return f"{where}: the answers count {listed} in the file, {', '.join(str(one) for one in wanted)} in the published rule."
    return _problem_of_answers(where, instrument, item, question)


def _problem_of_branches(
    instrument: Instrument, item: Item, question: Question, questions: tuple[Question, ...]
) -> str:
    """Why a question isn't asked as the published rule says; empty where it is."""
    if item.ask_when or item.ask_when_any:
        return ""
    by_link = {one.link_id: one for one in questions}
    above: Question | None = question
    while above is not None:
        if above.show_when:
            where = f"{instrument.title}, “{item.label}” (question {question.link_id})"
            return f"{where}: the file asks it only after certain answers, the published form asks it always."
        above = by_link.get(above.parent)
    return ""


def _problem_of_answers(where: str, instrument: Instrument, item: Item, question: Question) -> str:
    ours = instrument.options_of(item)
    by_code = {option.loinc: option for option in ours if option.loinc}
    by_label = {bare(option.label): option for option in ours}
    unknown = 0
    for option in question.options:
        published = _published(option, by_code)
        if published is not None and instrument.points(item, published.value) != option.points:
            return f"{where}: “{option.label[:60]}” counts {option.points:g}, not as published."
        named = by_label.get(bare(option.label))
        if named is not None and instrument.points(item, named.value) != option.points:
            return f"{where}: the answer named “{option.label[:60]}” counts {option.points:g}, not as published."
        unknown += published is None and named is None
    steps = [option.points or 0.0 for option in question.options]
    # Answers that are known neither by code nor by name are taken only in a rising or falling row.
    if unknown and steps not in (sorted(steps), sorted(steps, reverse=True)):
        return f"{where}: the answers don't count in a row, so they can't be compared with the published ones."
    turned = _TURNED.search(question.text) if item.reverse else None
    if turned:
        return f"{where}: “No” counts here, but the question is worded the other way round (“{turned[0]}”)."
    return ""


def _published(option: AnswerOption, by_code: Mapping[str, Option]) -> Option | None:
    value = option.value
    return by_code.get(value.code) if isinstance(value, Code) and value.system in {"", LOINC} else None


def _own_rule(
    instrument: Instrument, found: _Match, questions: tuple[Question, ...], file_sum: FileSum, warnings: list[str]
) -> Recognised:
    filled = {question.link_id: question for question in found.filled.values()}
    questions = tuple(filled.get(question.link_id, question) for question in questions)
    in_file = sorted(found.places.items(), key=lambda pair: questions.index(filled[pair[1].link_id]))
    items = [(item_id, question.link_id) for item_id, question in in_file]
    counted = {found.places[item.id].link_id for item in instrument.needed}
    if file_sum.items is not None and set(file_sum.items) != counted:
        left_out = [link for _, link in items if link in counted and link not in file_sum.items]
        warnings.append(f"The file's own total leaves out {', '.join(left_out)}; the published rule counts it.")
    if (file_sum.times, file_sum.divided_by, file_sum.plus) not in {(1, 1, 0), (instrument.scaled_by, 1, 0)}:
        own = sum_in_words(len(file_sum.items or ()), file_sum.times, file_sum.divided_by, file_sum.plus)
        warnings.append(f"The file's own total is {own}; the published rule of {instrument.title} is used instead.")
    if file_sum.stated and file_sum.items is None:
        warnings.append(
            f"The file's own calculation wasn't understood; the published rule of {instrument.title} is used instead."
        )
    for item in instrument.needed:
        question = found.places[item.id]
        if len(found.filled[item.id].options) > len(instrument.options_of(item)):
            warnings.append(
                f"Question {question.link_id} has more answers than the published one; some of them count the same."
            )
        if question.hidden or question.read_only:
            warnings.append(
                f"Question {question.link_id} counts for {instrument.title}, but the file hides it or locks it."
            )
    total = instrument.has_total
    kind = RuleKind.UNCONFIRMED if found.by_order else RuleKind.OWN_RULE
    why = (
        f"Recognised as {instrument.title}: every question that counts was found "
        f"{'by its place' if found.by_order else 'by its code or its place'}, with the published points. "
        f"{'The published bands and flags' if instrument.bands else 'The published rules'} apply."
    )
    scored = tuple(link for item_id, link in items if total and instrument.item(item_id).scored)
    return Recognised(
        ScoreRule(
            kind,
            why,
            items=scored,
            instrument=instrument.id,
            places=tuple(items),
            total_item=file_sum.total_item,
        ),
        questions,
        tuple(warnings),
    )


def _names_only(title: str, known: list[Instrument], file_sum: FileSum) -> list[str]:
    named = bare(title)
    for instrument in known:
        if not re.search(rf"\b{re.escape(bare(instrument.title))}\b", named):
            continue
        sentence = f"The title names {instrument.title}, but the questions aren't coded as its questions are."
        found = [f"{sentence} The published rule isn't applied; please compare the questions."]
        if file_sum.items is not None and len(file_sum.items) != len(instrument.needed):
            found.append(
                f"{instrument.title} has {len(instrument.needed)} questions that count; here {len(file_sum.items)} do."
            )
        return found
    return []
