"""What the sum of a questionnaire is that no published rule fits: the file's own, or one that waits for a confirmation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from safeplan_desktop.domain.questionnaires import AnswerOption, Question, RuleKind, ScoreRule
from safeplan_desktop.domain.vocabulary import shortened

_RANGE = re.compile(r"(?<![\d.])(\d{1,3})\s?[–-]\s?(\d{1,3})(?![\d.])")
_SILENT = "Nothing in the file says how it is scored"
_ENOUGH_STEPS = 3
_MOST_ALONE = 3  # questions that have a sentence each
_FEWEST = 2  # one question alone makes no sum


@dataclass(frozen=True, slots=True)
class FileSum:
    """What the file itself says on its result.

    Attributes:
        items: The link ids that it sums up; None where it says nothing that is understood.
        total_item: The link id that holds the result; empty where there is none.
        stated: Whether there is a calculation at all.
        times, plus, divided_by: What it multiplies the sum with, adds then, and divides that by.
        one_of_several: Whether the file has other results that count other questions, such as those of its parts.
    """

    items: tuple[str, ...] | None = None
    total_item: str = ""
    stated: bool = False
    times: int = 1
    divided_by: int = 1
    plus: int = 0
    one_of_several: bool = False


def sum_in_words(count: int, times: int = 1, divided_by: int = 1, plus: int = 0) -> str:
    """What a result is, such as "the sum of the points of 5 questions, times 4"."""
    number = "1 question" if count == 1 else f"{count} questions"
    if times == 1 and divided_by == count and count > 1 and not plus:
        return f"the mean of the points of {number}"
    more = [f"times {times}"] if times != 1 else []
    more += [f"{'plus' if plus > 0 else 'minus'} {abs(plus)}"] if plus else []
    more += [f"{'all that ' if plus else ''}divided by {divided_by}"] if divided_by != 1 else []
    return f"the sum of the points of {number}{', ' if more else ''}{' and '.join(more)}"


def counting(questions: tuple[Question, ...]) -> list[Question]:
    """The questions with an answer that has points."""
    return [question for question in questions if any(option.points is not None for option in question.options)]


def said(option: AnswerOption) -> str:
    """What an answer counts, as it can be named in a sentence."""
    return "?" if option.points is None else f"{option.points:g}"


def bare(label: str) -> str:
    """A label in small letters, without anything but words."""
    return re.sub(r"\W+", " ", label.lower()).strip()


def without_panel(questions: tuple[Question, ...], file_sum: FileSum) -> tuple[ScoreRule, list[str]]:
    """The rule of a questionnaire that is no panel of ours, and what is said about it."""
    warnings = []
    by_link = {question.link_id: question for question in questions}
    in_file = [by_link[link] for link in file_sum.items or ()]
    counted = [one for one in in_file if one.is_asked]
    if in_file and len(counted) < len(in_file):
        return _without_unasked(in_file, counted, file_sum)
    if counted:
        summed = sum_in_words(len(counted), file_sum.times, file_sum.divided_by, file_sum.plus)
        why, kind = f"The file says so: its total is {summed}.", RuleKind.FILE_SUM
        if file_sum.one_of_several:
            kind = RuleKind.UNCONFIRMED
            named = shortened(by_link[file_sum.total_item].text)
            why = f"The file has several results. “{named}” is {summed}; please confirm that this is to be the total."
        warnings += _left_out(counted, questions)
    else:
        counted = [one for one in counting(questions) if one.is_asked]
        unasked = [one for one in counting(questions) if not one.is_asked and not one.is_total]
        warnings += [
            f"Question {one.link_id} has answers with points, but nobody is asked for it, so it counts nothing."
            for one in unasked
        ]
        if file_sum.stated:
            warnings.append("The file's own calculation wasn't understood, so its total isn't worked out.")
        if len(counted) < _FEWEST:
            numbered = [
                one for one in questions if one.is_asked and one.options and all(map(_is_numbered, one.options))
            ]
            if len(numbered) >= _FEWEST:
                warnings.append(
                    "The answers have numbers printed before them. The file doesn't say that these are points, so they count "
                    "nothing."
                )
            what = (
                "Its answers have no points." if not counted else "Only one of its questions has answers with points."
            )
            return ScoreRule(
                RuleKind.NONE, f"There is no result: {what[0].lower()}{what[1:]}", total_item=file_sum.total_item
            ), warnings
        unknown = "The file's own calculation isn't understood" if file_sum.stated else _SILENT
        why = f"{unknown}. It could be the sum of the points of {len(counted)} questions; please confirm."
        kind = RuleKind.UNCONFIRMED
    problems = [*_uneven(counted), *_beyond(counted, by_link.get(file_sum.total_item), file_sum)]
    if problems and kind is RuleKind.FILE_SUM:
        kind = RuleKind.UNCONFIRMED
        why += " Some answers count otherwise than one would expect; please confirm."
    rule = ScoreRule(
        kind,
        why,
        tuple(one.link_id for one in counted),
        total_item=file_sum.total_item,
        times=file_sum.times,
        divided_by=file_sum.divided_by,
        plus=file_sum.plus,
    )
    return rule, [*warnings, *(problems or _jumps(counted))]


def _is_numbered(option: AnswerOption) -> bool:
    return option.points is None and option.prefix.strip(" .):").isdecimal()


def _without_unasked(
    in_file: list[Question], counted: list[Question], file_sum: FileSum
) -> tuple[ScoreRule, list[str]]:
    """The file's sum where it also counts what nobody is asked for: the rest of it, once it was confirmed."""
    warnings = [
        f"Question {one.link_id} counts in the file's total, but nobody is asked for it; the sum here leaves it out."
        for one in in_file
        if not one.is_asked
    ]
    if not counted:
        why = "There is no result: nobody is asked for what the file's total counts."
        return ScoreRule(RuleKind.NONE, why, total_item=file_sum.total_item), warnings
    why = (
        f"The file's total is {sum_in_words(len(in_file), file_sum.times, file_sum.divided_by, file_sum.plus)}, of which {len(counted)} are asked. "
        "It could be the sum of these; please confirm."
    )
    links = tuple(one.link_id for one in counted)
    return ScoreRule(RuleKind.UNCONFIRMED, why, links, total_item=file_sum.total_item), warnings


def _left_out(counted: list[Question], questions: tuple[Question, ...]) -> list[str]:
    """Questions whose answers have points, and that don't count."""
    rest = [one for one in counting(questions) if one not in counted and not one.is_total]
    if len(rest) > _MOST_ALONE:
        named = ", ".join(one.link_id for one in rest)
        return [f"{len(rest)} questions have answers with points, but the file's total leaves them out: {named}."]
    return [f"Question {one.link_id} has answers with points, but the file's total leaves it out." for one in rest]


def _beyond(counted: list[Question], total: Question | None, file_sum: FileSum) -> list[str]:
    """Whether the result's own words name another range than the points give."""
    named = _RANGE.search(total.text) if total is not None else None
    points = [[option.points for option in question.options if option.points is not None] for question in counted]
    if named is None or any(question.show_when for question in counted) or not all(points):
        return []
    ends = (sum(end(one) for one in points) for end in (min, max))
    lowest, highest = (round((end * file_sum.times + file_sum.plus) / file_sum.divided_by, 9) for end in ends)
    if (float(named[1]), float(named[2])) == (lowest, highest):
        return []
    return [
        f"The result is said to go from {named[1]} to {named[2]}, but the points here give {lowest:g} to {highest:g}."
    ]


def _uneven(counted: list[Question]) -> list[str]:
    """Sentences on answers that count otherwise than the same answers of the other questions, or in no order."""
    problems = []
    rows: dict[tuple[str, ...], list[Question]] = {}
    for question in counted:
        labels = tuple(sorted(bare(option.label) for option in question.options))
        rows.setdefault(labels, []).append(question)
        points = [option.points for option in question.options]
        missing = [option.label for option in question.options if option.points is None]
        if missing:
            problems.append(
                f"Question {question.link_id}: {_quoted(missing)} has no points, so that answer gives no total."
            )
        known = [one for one in points if one is not None]
        if known not in (sorted(known), sorted(known, reverse=True)):
            problems.append(
                f"Question {question.link_id}: the points of its answers neither rise nor fall in their order."
            )
        elif len(set(known)) < len(known):
            problems.append(f"Question {question.link_id}: two of its answers count the same.")
    usual = {labels: _usual(same) for labels, same in rows.items() if len(same) > 1}
    for labels, same in rows.items():
        for question in same if labels in usual else ():
            if _points_by_label(question) != usual[labels]:
                what = ", ".join(f"{option.label[:30]} = {said(option)}" for option in question.options)
                sentence = f"Question {question.link_id}: the same answers count otherwise than in the others ({what})"
                problems.append(f"{sentence}. Check that this fits its wording.")
    return problems


def _jumps(counted: list[Question]) -> list[str]:
    """Sentences on points of which one step is greater than all others: a slip of the pen looks just so."""
    found: dict[tuple[float, ...], list[str]] = {}
    for question in counted:
        known = sorted({option.points for option in question.options if option.points is not None})
        steps = [after - before for before, after in pairwise(known)]
        usual = set(steps) - {max(steps, default=0.0)}
        if len(steps) >= _ENOUGH_STEPS and len(usual) == 1 and steps.count(max(steps)) == 1:
            found.setdefault(tuple(known), []).append(question.link_id)
    return [
        f"The points of {', '.join(links[:12])} don't rise evenly ({', '.join(f'{one:g}' for one in known)}). "
        "Check that this is meant."
        for known, links in found.items()
    ]


def _points_by_label(question: Question) -> tuple[tuple[str, float | None], ...]:
    return tuple(sorted((bare(option.label), option.points) for option in question.options))


def _usual(same: list[Question]) -> tuple[tuple[str, float | None], ...]:
    seen = [_points_by_label(question) for question in same]
    return max(seen, key=seen.count)


def _quoted(labels: list[str]) -> str:
    return ", ".join(f"“{label[:40]}”" for label in labels[:4])
