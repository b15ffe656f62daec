"""What a file's own calculation sums up: found out by trying it, not by reading it.

The expression is run on made-up answers. Where changing one answer changes the result by exactly the difference of its
points, and every option of every question counts just so in mixed sets of answers, the expression is the sum of these
questions. So it is where every difference is the same multiple or part of the points: then it is a multiple or a mean.
Answers that count nothing are mixed in as well: a result that follows one of them is no sum of points. It is anything
else otherwise, and isn't used.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isclose, lcm
from zlib import crc32

from safeplan_desktop.domain.questionnaire_answers import points_of
from safeplan_desktop.domain.questionnaires import (
    NOT_ASKED,
    NUMBERS,
    AnswerValue,
    Code,
    Operator,
    Question,
    QuestionType,
)
from safeplan_desktop.exchange.fhir_effort import Effort
from safeplan_desktop.exchange.fhir_patterns import is_quick
from safeplan_desktop.exchange.fhir_trial import (
    MATCHED,
    MIXED_SETS,
    Around,
    CanNotRunError,
    Given,
    NoNumberError,
    NoSumError,
    NotUsedError,
    Trial,
)

MOST_TRIED = 60
"""The most questions with points that an expression is tried on."""

_LONGEST = 3000
MOST_VALUES = 30
_MOST_VARIABLES = 40
_MOST_DESCENTS = 3
_UNKNOWN_WEIGHT = 977.0
_GREATEST_DIVISOR = 1000
_WHOLE = Fraction(1)
_NOTHING = Fraction(0)
_ROUNDED = re.compile(r"(?P<inner>.+)\.round\(\s*[1-9]\s*\)", re.DOTALL)
NOT_LIKE_THIS = (NoNumberError, CanNotRunError, NoSumError)
ASKS_WEIGHT = re.compile(r"\b(weight|ordinal)\s*\(|ordinalValue|itemWeight")
_QUOTED_WORDS = re.compile(r"'((?:[^'\\]|\\.){1,60})'")
_PICKED = re.compile(r"linkId\s*=\s*'([^'\\]+)'|linkId\s+in\s*(\([^()]*\))")
_NUMBER = re.compile(r"(?<![\w.])\d{1,6}(?:\.\d{1,4})?(?![\w.])")
_DAY = re.compile(r"@(\d{4}(?:-\d\d(?:-\d\d)?)?)")
_NAME_BEFORE_BRACKET = re.compile(r"([A-Za-z_]\w*)\s*\(")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'")
_VARIABLE = re.compile(r"%`?([A-Za-z_][\w-]*)`?")
_COMPARED = re.compile(r"^(?P<sum>.+?)\s*(?P<operator>>=|<=|!=|>|<|=)\s*(?P<value>-?\d{1,6}(?:\.\d{1,4})?)$", re.DOTALL)
_COMPARED_WITH = re.compile(
    r"^(?P<value>-?\d{1,6}(?:\.\d{1,4})?)\s*(?P<operator>>=|<=|!=|>|<|=)\s*(?P<sum>.+)$", re.DOTALL
)
_TURNED = {
    Operator.GREATER: Operator.LESS,
    Operator.LESS: Operator.GREATER,
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.EQUAL: Operator.EQUAL,
    Operator.NOT_EQUAL: Operator.NOT_EQUAL,
}

# Functions that can neither run long nor reach outside. `matches` and `repeat` could run for minutes: see `_restrained`.
_HARMLESS = frozenset({
    "where", "select", "descendants", "children", "sum", "iif", "exists", "empty", "not", "startsWith", "endsWith",
    "contains", "first", "last", "single", "count", "avg", "extension", "aggregate", "toInteger", "toDecimal", "toString", "weight",
    "ordinal", "all", "any", "is", "as", "ofType", "union", "combine", "distinct", "hasValue", "round", "substring", "length",
    "and", "or", "in", "div", "mod", "xor", "implies", "matches", "repeat", "answers",
    "take", "skip", "tail", "abs", "floor", "ceiling", "truncate", "lower", "upper", "trim", "intersect", "exclude",
    "isDistinct", "allTrue", "anyTrue", "allFalse", "anyFalse", "toBoolean", "indexOf", "subsetOf", "supersetOf",
})  # fmt: skip
_REPEATED = re.compile(r"\brepeat\s*\(\s*(?:item|answer)(?:\s*[.|]\s*(?:item|answer))*\s*\)")


@dataclass(frozen=True, slots=True)
class Tried:
    """What an expression was found to be.

    Attributes:
        items: The link ids that it sums up; None when it is no such sum.
        why_not: Why it isn't used; empty when it is.
        scale: What the sum is multiplied with; a mean of nine is a ninth of the sum.
        start: What is added then.
        rounded: Whether the file rounds its result, which isn't done here.
    """

    items: tuple[str, ...] | None
    why_not: str = ""
    scale: Fraction = _WHOLE
    start: Fraction = _NOTHING
    rounded: bool = False

    @property
    def scaling(self) -> tuple[int, int, int]:
        """What the sum is multiplied with, what that is divided by, and what is added before that, in whole numbers."""
        under = lcm(self.scale.denominator, self.start.denominator)
        return int(self.scale * under), under, int(self.start * under)


def sum_of(
    expression: str,
    variables: Mapping[str, str],
    questions: tuple[Question, ...],
    around: Around,
    effort: Effort | None = None,
    sometimes: Collection[str] = (),
) -> Tried:
    """Which questions an expression sums up.

    Args:
        expression: In FHIRPath.
        variables: Those that it may name.
        questions: All questions of the file.
        around: What an expression may look into besides the answers.
        effort: How much work the file may still make.
        sometimes: The link ids of questions that are only asked after certain answers.
    """
    try:
        exactly, given = before_rounding(expression.strip(), variables)
        items, line = _summed(exactly, given, questions, around, effort or Effort(), sometimes)
    except NotUsedError as error:
        return Tried(None, error.why)
    return Tried(items, "", line.scale, line.start, rounded=(exactly, given) != (expression.strip(), variables))


def before_rounding(expression: str, variables: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    """The expression without a rounding to decimals that is done last: the exact result is worth more."""
    named = _VARIABLE.fullmatch(expression)
    if named is not None and named[1] in variables:
        inner, _ = before_rounding(variables[named[1]].strip(), {})
        return expression, {**variables, named[1]: inner}
    found = _ROUNDED.fullmatch(expression)
    if found is None:
        return expression, variables
    inner = found["inner"].strip()
    depth, outside = 0, []
    for sign in _QUOTED.sub("''", inner):
        depth += (sign == "(") - (sign == ")")
        outside.append(sign if depth == 0 else "")
    # What stands before ".round" is all that is rounded only if nothing is added to it outside of brackets.
    alone = not re.search(r"[+\-*/&|=<>]|\b(?:div|mod|and|or|in)\b", "".join(outside))
    return (inner, variables) if alone and depth == 0 else (expression, variables)


def _summed(
    expression: str,
    variables: Mapping[str, str],
    questions: tuple[Question, ...],
    around: Around,
    effort: Effort,
    sometimes: Collection[str],
) -> tuple[tuple[str, ...], _Line]:
    needed = variables_of(expression, variables)
    written = " ".join((expression, *(text for _, text in needed)))
    counted = {one.link_id: values for one in questions if (values := values_of(one, written))}
    if not counted:
        raise NotUsedError("no question has points")
    if len(counted) > MOST_TRIED or max(map(len, counted.values())) > MOST_VALUES:
        raise NotUsedError("there are too many questions or answers to try it out")
    aside = (one for one in questions if one.link_id not in counted)
    others = {one.link_id: more for one in aside if (more := further(one, written))}
    trial = Trial(expression, needed, questions, around, effort)
    trial.expect_time_for(len(counted) + max(map(len, counted.values())))
    try:
        items, line = _scaled_sum(trial, counted, others)
    except NOT_LIKE_THIS as error:
        raise _why_not(trial, questions, counted, others) or error from error
    if not items:
        raise NoSumError
    if ASKS_WEIGHT.search(written):
        _expect_no_weight(trial, counted, line.scale)
    if line != _Line():
        _expect_the_same_scale(trial, counted, items, line, sometimes)
    return items, line


@dataclass(frozen=True, slots=True)
class _Line:
    """How a result follows a sum: what the sum is multiplied with, and what is added then."""

    scale: Fraction = _WHOLE
    start: Fraction = _NOTHING

    def at(self, added: float) -> float:
        return float(Fraction(added) * self.scale + self.start)


def _scaled_sum(
    trial: Trial, counted: Mapping[str, list[_Value]], others: Mapping[str, list[Given]]
) -> tuple[tuple[str, ...], _Line]:
    items, line = _followed(trial, counted)
    for answers, worth in mixed(counted, others):
        expect(trial.result(answers), line.at(sum(worth[link] for link in items)))
    return items, line


def _expect_the_same_scale(
    trial: Trial,
    counted: Mapping[str, list[_Value]],
    items: tuple[str, ...],
    line: _Line,
    sometimes: Collection[str],
) -> None:
    """A mean over fewer answers is another part of their sum, so it isn't worked out where a question may stay away."""
    highest = {link: max(counted[link], key=lambda value: value[1]) for link in items}
    for away in (link for link in items if link in sometimes):
        there = {link: value for link, value in highest.items() if link != away}
        try:
            found = trial.result({link: given for link, (given, _) in there.items()})
            expect(found, line.at(sum(points for _, points in there.values())))
        except NotUsedError as error:
            raise NotUsedError(f"it counts otherwise where question {away} isn't asked") from error


def _why_not(
    trial: Trial,
    questions: tuple[Question, ...],
    counted: Mapping[str, list[_Value]],
    others: Mapping[str, list[Given]],
) -> NotUsedError | None:
    """Why an expression isn't used that is a sum as long as some answers aren't given; None where it is none then, either."""
    if others and _items_of(trial, counted):
        return NotUsedError("it depends on answers that have no points, too")
    alone = {link: [value for value in values if len(value[0]) == 1] for link, values in counted.items()}
    items = _items_of(trial, alone) if alone != counted else ()
    several = [one.link_id for one in questions if one.repeats and one.link_id in items]
    return NotUsedError(f"it doesn't add up several answers to question {several[0]}") if several else None


def _items_of(trial: Trial, counted: Mapping[str, list[_Value]]) -> tuple[str, ...]:
    try:
        return _scaled_sum(trial, counted, {})[0]
    except NOT_LIKE_THIS:
        return ()


def _expect_no_weight(trial: Trial, counted: Mapping[str, list[_Value]], scale: Fraction) -> None:
    """A result that would follow points which the file doesn't hold is no sum that can be worked out here."""
    lowest = {link: values[0][0] for link, values in counted.items()}
    base = trial.result(lowest)
    for question in trial.questions:
        if question.is_total or question.type in NOT_ASKED:
            continue
        bare = next((o for o in question.options if o.points is None and isinstance(o.value, Code)), None)
        if bare is None:
            continue
        other = trial.result({**lowest, question.link_id: (bare.value,)}, unknown=_UNKNOWN_WEIGHT)
        before = points_of(question, lowest[question.link_id]) if question.link_id in lowest else 0.0
        if isclose(other - base, (_UNKNOWN_WEIGHT - (before or 0.0)) * scale, abs_tol=1e-9):
            raise NotUsedError(
                f"it also counts what “{bare.label[:40]}” of question {question.link_id} weighs, which the file doesn't say"
            )


def comparison(expression: str) -> tuple[str, Operator, float] | None:
    """The parts of "a sum compared with a number"; None for everything else."""
    if len(expression) > _LONGEST:
        return None
    found = _COMPARED.match(expression.strip())
    if found:
        return found["sum"], Operator(found["operator"]), float(found["value"])
    found = _COMPARED_WITH.match(expression.strip())
    return (found["sum"], _TURNED[Operator(found["operator"])], float(found["value"])) if found else None


_Value = tuple[Given, float]


def values_of(question: Question, written: str) -> list[_Value]:
    """The answers to try, and what each counts; none for a question that can't count."""
    if question.is_total or question.type in NOT_ASKED:
        return []
    if question.options:
        alone = [option.value for option in question.options if option.points is not None]
    elif question.counts_itself:
        alone = list(_numbers(question, written))
    else:
        return []
    # Two answers at once tell a sum from the first or the last of them.
    together = [(alone[0], alone[-1])] if question.repeats and len(alone) > 1 else []
    found = [(given, points_of(question, given)) for given in (*((value,) for value in alone), *together)]
    known = [(given, points) for given, points in found if points is not None]
    return known if len({points for _, points in known}) > 1 else []


def further(question: Question, written: str) -> list[Given]:
    """Answers to a question that counts nothing: the result must not follow them."""
    if question.is_total or question.type in NOT_ASKED:
        return []
    named = list(dict.fromkeys(_QUOTED_WORDS.findall(written)))
    found: list[AnswerValue] = []
    if question.options:
        possible = [option.value for option in question.options]
        # A long list: those that the expression names come first.
        possible.sort(key=lambda value: (value.code if isinstance(value, Code) else value) not in named)
        found += possible[:MOST_VALUES]
    elif question.type is QuestionType.BOOLEAN:
        found += [True, False]
    elif question.type in NUMBERS:
        found += _numbers(question, written)
    elif question.type in {QuestionType.DATE, QuestionType.DATE_TIME}:
        found += ["1950-01-01", "2025-12-31", *(day for day in _DAY.findall(written) if len(day) > len("2025-12"))]
    elif question.type is QuestionType.TIME:
        found += ["08:00:00", "20:00:00"]
    else:
        found += ["words", *named[:MOST_VALUES]]
    return [(value,) for value in found]


def _numbers(question: Question, written: str) -> tuple[float, ...]:
    """Numbers within a question's limits: the ends, and those around each number that the expression names."""
    named = [float(text) for text in dict.fromkeys(_NUMBER.findall(written))][:5]
    low = question.lowest if question.lowest is not None else min(0.0, question.highest or 0.0)
    high = question.highest if question.highest is not None else max([low + 120, *(one + 1 for one in named)])
    near = (one + step for one in named for step in (-1, 0, 1))
    return tuple(sorted({low, high, *(one for one in (low + 1, low + 3, *near) if low <= one <= high)}))


def _followed(trial: Trial, counted: Mapping[str, list[_Value]]) -> tuple[tuple[str, ...], _Line]:
    """The questions that the result follows from their lowest answer to their highest, and how closely: all alike."""
    lowest = {link: values[0][0] for link, values in counted.items()}
    base = trial.result(lowest)
    items: list[str] = []
    scale = _WHOLE
    for link, values in counted.items():
        given, points = max(values, key=lambda value, start=values[0][1]: abs(value[1] - start))  # type: ignore[misc]
        change = trial.result({**lowest, link: given}) - base
        if not isclose(change, 0, abs_tol=1e-9):
            if not items:
                scale = simple(change / (points - values[0][1]))
            expect(change, (points - values[0][1]) * scale)
            items.append(link)
    if scale <= 0:
        raise NoSumError
    line = _Line(
        scale, simple(base - _Line(scale).at(sum(counted[link][0][1] for link in items))) if items else _NOTHING
    )
    expect(base, line.at(sum(counted[link][0][1] for link in items)))
    return tuple(items), line


def simple(found: float) -> Fraction:
    """A number as the simple fraction that it nearly is."""
    return Fraction(found).limit_denominator(_GREATEST_DIVISOR)


def expect(found: float, wanted: float) -> None:
    """Raises NoSumError where two results differ by more than the machine's fractions lack."""
    if not isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9):
        raise NoSumError


def mixed(
    counted: Mapping[str, list[_Value]], others: Mapping[str, list[Given]]
) -> Iterator[tuple[dict[str, Given], dict[str, float]]]:
    """Sets of answers in which every answer of every question comes up, and what each of the counted ones counts."""

    def chosen(places: dict[str, int]) -> tuple[dict[str, Given], dict[str, float]]:
        given: dict[str, Given] = {}
        worth: dict[str, float] = {}
        for link, values in counted.items():
            given[link], worth[link] = values[places[link] % len(values)]
        for link, more in others.items():
            place = places[link] % (len(more) + 1)
            # One more place than there are answers: no answer at all.
            if place:
                given[link] = more[place - 1]
        return given, worth

    links = (*counted, *others)
    longest = max(*(len(values) for values in counted.values()), *(len(more) + 1 for more in others.values()), 2)
    for step in range(longest):
        yield chosen({link: place + step for place, link in enumerate(links)})
    yield chosen({link: len(counted.get(link, ())) - 1 if link in counted else 1 for link in links})
    for step in range(MIXED_SETS):
        yield chosen({link: crc32(f"{step} {place}".encode()) for place, link in enumerate(links)})


def links_named(expression: str, variables: Mapping[str, str]) -> list[str]:
    """The link ids that an expression and its variables pick by name, in their order.

    Raises:
        NotUsedError: when it needs what isn't there.
    """
    texts = (expression, *(text for _, text in variables_of(expression, variables)))
    found: dict[str, None] = {}
    for text in texts:
        for alone, listed in _PICKED.findall(text):
            found |= dict.fromkeys([alone] if alone else _QUOTED_WORDS.findall(listed))
    return list(found)


def variables_of(expression: str, variables: Mapping[str, str]) -> list[tuple[str, str]]:
    """The variables that an expression needs, each after those it needs itself."""
    found: dict[str, str] = {}

    def take(text: str, asking: tuple[str, ...]) -> None:
        bare = _QUOTED.sub("''", text)
        if len(text) > _LONGEST or bare.count("descendants") > _MOST_DESCENTS:
            raise NotUsedError("it is too long")
        strange = {name for name in _NAME_BEFORE_BRACKET.findall(bare) if name not in _HARMLESS}
        if strange:
            raise NotUsedError(f"it uses {', '.join(sorted(strange))[:60]}, which this program doesn't run")
        _restrained(text, bare)
        for name in _VARIABLE.findall(bare):
            if name in found or name in {"resource", "context", "questionnaire", "qitem", "ucum"}:
                continue
            if name not in variables or name in asking or len(found) >= _MOST_VARIABLES:
                raise NotUsedError(f"it needs “{name[:40]}”, which the file doesn't define")
            take(variables[name], (*asking, name))
            found[name] = variables[name]

    take(expression, ())
    return list(found.items())


def _restrained(text: str, bare: str) -> None:
    """Refuses what could run very long: repeating anything but going down the items, and patterns that try many ways."""
    if len(re.findall(r"\brepeat\s*\(", bare)) != len(_REPEATED.findall(bare)):
        raise NotUsedError("it uses repeat on something else than items and answers, which this program doesn't run")
    patterns = MATCHED.findall(text)
    if len(re.findall(r"\bmatches\s*\(", bare)) != len(patterns):
        raise NotUsedError("it uses matches with a pattern that is put together, which this program doesn't run")
    if not all(is_quick(pattern) for pattern in patterns):
        raise NotUsedError("it uses matches with a pattern that this program doesn't run")
