"""What answers count by the file's own calculation alone: found out by trying it, one answer after the other.

Many files give their answers no points: the calculation says "yes is 1", takes a code for a number, or turns points round. The
calculation is run with one answer changed at a time. Where mixed sets of answers give just the sum of these changes, they are
the points.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from safeplan_desktop.domain.questionnaires import NOT_ASKED, Question
from safeplan_desktop.exchange.fhir_effort import Effort
from safeplan_desktop.exchange.fhir_expressions import (
    ASKS_WEIGHT,
    MOST_TRIED,
    MOST_VALUES,
    before_rounding,
    expect,
    further,
    mixed,
    simple,
    values_of,
    variables_of,
)
from safeplan_desktop.exchange.fhir_trial import Around, Given, NoSumError, NotUsedError, Trial

_FROM = "the file's calculation"
_Worths = dict[str, list[tuple[Given, float]]]


@dataclass(frozen=True, slots=True)
class FoundPoints:
    """The points that a calculation gives.

    Attributes:
        items: The link ids that it sums up.
        points: What each answer counts, in the order of the answers; only for questions whose own points say otherwise.
        start: What is added to the sum.
        rounded: Whether the file rounds its result, which isn't done here.
    """

    items: tuple[str, ...]
    points: dict[str, tuple[float, ...]]
    start: Fraction
    rounded: bool


def with_points(question: Question, points: tuple[float, ...]) -> Question:
    """The question with these points for its answers."""
    pairs = zip(question.options, points, strict=True)
    return replace(question, options=tuple(replace(one, points=worth, points_from=_FROM) for one, worth in pairs))


def found_points(
    expression: str,
    variables: Mapping[str, str],
    questions: tuple[Question, ...],
    around: Around,
    effort: Effort,
    sometimes: Collection[str],
) -> FoundPoints | None:
    """The points that a calculation gives to answers; None where it is no sum over single questions, or can't be run."""
    exactly, given = before_rounding(expression.strip(), variables)
    try:
        items, points, start = _found(exactly, given, questions, around, effort, sometimes)
    except NotUsedError:
        return None
    return FoundPoints(items, points, start, rounded=(exactly, given) != (expression.strip(), variables))


def _found(
    expression: str,
    variables: Mapping[str, str],
    questions: tuple[Question, ...],
    around: Around,
    effort: Effort,
    sometimes: Collection[str],
) -> tuple[tuple[str, ...], dict[str, tuple[float, ...]], Fraction]:
    needed = variables_of(expression, variables)
    written = " ".join((expression, *(text for _, text in needed)))
    chosen = {one.link_id: one for one in questions if _is_chosen(one)}
    amounts = {one.link_id: values for one in questions if one.counts_itself and (values := values_of(one, written))}
    if not chosen or len(chosen) + len(amounts) > MOST_TRIED:
        raise NoSumError
    without = [one for one in chosen.values() if any(option.points is None for option in one.options)]
    if without and ASKS_WEIGHT.search(written):
        # What such an answer weighs stands somewhere else, so trying it out finds nothing.
        raise NoSumError
    trial = Trial(expression, needed, questions, around, effort)
    trial.expect_time_for(sum(len(one.options) for one in chosen.values()) + len(amounts))
    worths = _worths(trial, chosen, amounts)
    items = tuple(link for link, worth in worths.items() if len({round(one, 9) for _, one in worth}) > 1)
    if not set(items) & set(chosen):
        raise NoSumError
    lowest = {link: min(worths[link], key=lambda pair: pair[1])[0] for link in items}
    least = trial.result({**{link: worth[0][0] for link, worth in worths.items()}, **lowest})
    aside = (one for one in questions if one.link_id not in worths)
    others = {one.link_id: more for one in aside if (more := further(one, written))}
    start = least - sum(min(one for _, one in worths[link]) for link in items)
    for answers, worth in mixed(worths, others):
        expect(trial.result(answers), start + sum(worth[link] for link in items))
    points, rest = _points({link: chosen[link] for link in items if link in chosen}, worths, start)
    for away in (link for link in items if link in sometimes):
        there = {link: worths[link][-1] for link in items if link != away}
        own = sum(_own(points, chosen, worths, link) for link in there)
        expect(trial.result({link: pair[0] for link, pair in there.items()}), own + rest)
    return items, points, simple(rest)


def _is_chosen(question: Question) -> bool:
    single = not question.repeats and 1 < len(question.options) <= MOST_VALUES
    return single and not question.is_total and question.type not in NOT_ASKED


def _worths(trial: Trial, chosen: Mapping[str, Question], amounts: Mapping[str, list[tuple[Given, float]]]) -> _Worths:
    """What each answer adds to the result, against the least that its question adds."""
    first: dict[str, Given] = {link: (one.options[0].value,) for link, one in chosen.items()}
    base = {**first, **{link: values[0][0] for link, values in amounts.items()}}
    start = trial.result(base)
    found: _Worths = {}
    for link, one in chosen.items():
        given = [(option.value,) for option in one.options]
        added = [0.0, *(trial.result({**base, link: value}) - start for value in given[1:])]
        found[link] = [(value, worth - min(added)) for value, worth in zip(given, added, strict=True)]
    for link, values in amounts.items():
        change = trial.result({**base, link: values[-1][0]}) - start
        if abs(change) > 1e-9:  # noqa: PLR2004 - what the machine's fractions may lack
            expect(change, values[-1][1] - values[0][1])
            found[link] = values
        else:
            found[link] = [(given, 0.0) for given, _ in values]
    return found


def _points(
    chosen: Mapping[str, Question], worths: _Worths, start: float
) -> tuple[dict[str, tuple[float, ...]], float]:
    """The points of those questions that have none of their own, or others; and what is left over."""
    found: dict[str, tuple[float, ...]] = {}
    for link, question in chosen.items():
        own = [option.points for option in question.options]
        known = [one for one in own if one is not None]
        least = min(known, default=0.0)
        if len(known) == len(own) and all(
            abs(one - least - worth) < 1e-9  # noqa: PLR2004 - as above
            for one, (_, worth) in zip(known, worths[link], strict=True)
        ):
            start -= least
        else:
            found[link] = tuple(_tidy(worth) for _, worth in worths[link])
    # Turned round, points of 1 to 5 are 5 to 1: what is left over belongs to those that were found.
    share = start / len(found) if found else 0.0
    if share and float(_tidy(share)).is_integer():
        found = {link: tuple(_tidy(one + share) for one in points) for link, points in found.items()}
        start = 0.0
    return found, _tidy(start)


def _own(points: Mapping[str, tuple[float, ...]], chosen: Mapping[str, Question], worths: _Worths, link: str) -> float:
    if link in points:
        return points[link][-1]
    return (chosen[link].options[-1].points or 0.0) if link in chosen else worths[link][-1][1]


def _tidy(value: float) -> float:
    return round(value, 9)
