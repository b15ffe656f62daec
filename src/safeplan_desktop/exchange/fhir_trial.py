"""Running a file's own expression on made-up answers: https://hl7.org/fhirpath and its additions in SDC 3.0.

What is run can neither reach outside nor take long: how much work it makes is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

from safeplan_desktop.domain.questionnaire_answers import points_of
from safeplan_desktop.domain.questionnaires import NOT_ASKED, AnswerValue, Question
from safeplan_desktop.exchange.fhir_effort import Effort, cost_of
from safeplan_desktop.exchange.fhir_json import Plain
from safeplan_desktop.exchange.fhir_made_up import made_up
from safeplan_desktop.exchange.fhir_parts import number
from safeplan_desktop.exchange.fhir_patterns import has, units
from safeplan_desktop.exchange.fhir_points import ORDINAL, POINTS, WEIGHT
from safeplan_desktop.exchange.fhir_steps import TooManyStepsError, counted_steps

MIXED_SETS = 12
"""How many mixed sets of answers an expression is run on, at least."""

MATCHED = re.compile(r"\bmatches\s*\(\s*'((?:[^'\\]|\\.)*)'\s*\)")
"""A pattern that is written out where it is used."""

Given = tuple[AnswerValue, ...]
"""The answers to one question."""

_STEPS_IN_A_UNIT = 6
_AS_TEXT = re.compile(r"-?\d{1,12}(?:\.\d{1,12})?")
_GOES_DOWN = re.compile(r"\b(?:descendants|repeat)\b")
# One question's points, looked up by its link id: what the widest-spread form builder writes, once for each question.
_LINK = r"\.\s*where\s*\(\s*linkId\s*=\s*'(?P<{}>[^'\\]+)'\s*\)"
_DOWN = r"(?:\s*\.\s*(?:item|descendants\(\)|repeat\(item\)))+\s*"
_ANSWER = rf"%(?:resource|context){_DOWN}{_LINK}\s*\.\s*answer(?:\.first\(\))?"
_URL = r"extension(?:\.where\(\s*url\s*=\s*'[^'\\]+'\s*\)|\('[^'\\]+'\))\.value(?:Decimal)?"
_ALONE = (
    re.compile(
        rf"%questionnaire{_DOWN}{_LINK.format('listed')}\s*\.\s*answerOption\s*\.\s*where\(\s*value(?:Coding)?\.code\s*=\s*"
        rf"{_ANSWER.format('link')}\.value(?:Coding)?\.code\s*\)\s*\.(?:value(?:Coding)?\.)?{_URL}"
    ),
    re.compile(rf"{_ANSWER.format('link')}\.value(?:Coding)?\.(?:{_URL}|ordinal\(\)|weight\(\))"),
    re.compile(rf"{_ANSWER.format('link')}\.(?:value(?:Integer|Decimal)?|weight\(\)|ordinal\(\))"),
)


class NotUsedError(Exception):
    """An expression that isn't used, and why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoNumberError(NotUsedError):
    """The expression gives something else than one number for some answers."""

    def __init__(self) -> None:
        super().__init__("for some answers it gives something else than one number")


class TooMuchError(NotUsedError):
    """It would take too long."""

    def __init__(self) -> None:
        super().__init__("there is too much to try out")


class CanNotRunError(NotUsedError):
    """The expression can't be read, or fails."""

    def __init__(self) -> None:
        super().__init__("it can't be run here")


class NoSumError(NotUsedError):
    """The result doesn't follow the points."""

    def __init__(self) -> None:
        super().__init__("it is no plain sum of points, and no multiple or mean of one")


@dataclass(frozen=True, slots=True)
class Around:
    """What an expression may look into besides the answers.

    Attributes:
        questionnaire: The file itself.
        item: The question that it stands at.
        results: Other results of the file that are understood: what each sums up, is multiplied with, and begins with.
    """

    questionnaire: Plain
    item: Plain
    results: Mapping[str, tuple[tuple[str, ...], Fraction, Fraction]] = field(default_factory=dict)


class Trial:
    """An expression that is ready to run on answers."""

    def __init__(
        self,
        expression: str,
        variables: list[tuple[str, str]],
        questions: tuple[Question, ...],
        around: Around,
        effort: Effort,
    ) -> None:
        """Reads the expression and its variables, each of which comes after those it needs.

        Raises:
            NotUsedError: when they can't be read, or would take too long.
        """
        self._effort = effort
        self.questions = questions
        texts = (expression, *(text for _, text in variables))
        self._usual = _asked_for(texts)
        self._around = around
        self._by_link = {question.link_id: question for question in questions}
        self._alone = _about_one(variables, questions)
        self._found_alone: dict[tuple[str, Given, float | None], Any] = {}
        # The estimate says too much, but only it knows what going down the items costs; else the steps are counted.
        self._costs = {
            name: 0 if name in self._alone and not _GOES_DOWN.search(text) else cost_of(text, len(questions))
            for name, text in variables
        }
        self._cost = cost_of(expression, len(questions)) + sum(
            cost for name, cost in self._costs.items() if name not in self._alone
        )
        words = [question.link_id for question in questions]
        matching = sum(units(pattern, words) for text in texts for pattern in MATCHED.findall(text))
        if (
            not effort.has(self._cost * MIXED_SETS)
            or not all(effort.spend_on_reading(text) for text in texts)
            or not effort.spend(matching)
        ):
            raise TooMuchError
        try:
            self._variables = [(name, _compiled(text)) for name, text in variables]
            self._expression = _compiled(expression)
        except Exception as error:  # the library raises bare exceptions for what it can't parse
            raise CanNotRunError from error

    def expect_time_for(self, trials: int) -> None:
        """Raises TooMuchError where so many runs can't be made any more."""
        if not self._effort.has(self._cost * (trials + MIXED_SETS)):
            raise TooMuchError

    def result(self, answers: Mapping[str, Given], *, unknown: float | None = None) -> float:
        """What the expression gives for these answers.

        Raises:
            NotUsedError: when it fails, gives no single number, or takes too long.
        """
        answers = {**answers, **self._results(answers)}
        response = made_up(self.questions, answers, self._usual, unknown)
        known: dict[str, Any] = {
            "resource": response,
            "questionnaire": self._around.questionnaire,
            "qitem": self._around.item,
        }
        for name, run in self._variables:
            link = self._alone.get(name)
            if link is None:
                known[name] = self._run(run, response, known, self._costs[name])
                continue
            # It looks at one question alone, so it is the same whenever that is answered so.
            key = (name, answers.get(link, ()), unknown)
            if key not in self._found_alone:
                self._found_alone[key] = self._run(run, response, known, self._costs[name])
            known[name] = self._found_alone[key]
        found = self._run(self._expression, response, known, self._cost)
        one = found[0] if len(found) == 1 else None
        value = None
        if isinstance(one, str):
            value = float(one) if _AS_TEXT.fullmatch(one) else None
        elif one is not None and not isinstance(one, bool | dict | list):
            value = number(float(one))
        if value is None:
            raise NoNumberError
        return value

    def _results(self, answers: Mapping[str, Given]) -> dict[str, Given]:
        """The other results of the file with these answers; none where something is missing."""
        found: dict[str, Given] = {}
        for link, (items, scale, start) in self._around.results.items():
            points = [points_of(self._by_link[one], answers.get(one, ())) for one in items]
            known = [one for one in points if one is not None]
            if len(known) == len(points):
                found[link] = (float(Fraction(sum(known)) * scale + start),)
        return found

    def _run(
        self, run: Callable[[Plain, dict[str, Any]], Any], response: Plain, known: dict[str, Any], cost: int
    ) -> Any:  # noqa: ANN401 - what the library found
        try:
            with counted_steps(_STEPS_IN_A_UNIT * max(self._effort.left, 0)) as steps:
                found = run(response, known)
        except TooManyStepsError as error:
            self._effort.left = -1
            raise TooMuchError from error
        except Exception as error:  # the library raises bare exceptions for what it can't evaluate, too
            self._effort.spend(cost)
            raise CanNotRunError from error
        if not self._effort.spend(max(cost, steps.taken // _STEPS_IN_A_UNIT)):
            raise TooMuchError
        return found


def _asked_for(texts: tuple[str, ...]) -> str:
    """The extension in which an answer carries points that the file has elsewhere: the one that is asked for."""
    asked = " ".join(texts)
    return next((url for url in POINTS if f"{url}'" in asked), WEIGHT if "itemWeight" in asked else ORDINAL)


def _about_one(variables: list[tuple[str, str]], questions: tuple[Question, ...]) -> dict[str, str]:
    """The link ids of the questions that variables look at, for those that look at one alone."""
    answered = {question.link_id for question in questions if question.type not in NOT_ASKED}
    if any(question.parent in answered for question in questions):
        # What stands below a question moves when that is answered.
        return {}
    found = {}
    for name, text in variables:
        match = next((match for form in _ALONE if (match := form.fullmatch(text.strip())) is not None), None)
        if match is not None:
            found[name] = match["link"]
    return found


@lru_cache(maxsize=256)
def _compiled(text: str) -> Any:  # noqa: ANN401 - the library's own callable
    # Only an import of a questionnaire needs it, and loading it takes longer than opening a tab may.
    from fhirpathpy import apply_parsed_path  # noqa: PLC0415
    from fhirpathpy.engine.util import set_paths  # noqa: PLC0415
    from fhirpathpy.models import models  # noqa: PLC0415

    run: Any = set_paths
    return run(
        apply_parsed_path,
        parsedPath=_parsed(text),
        model=_forgiving(models["r4"]),
        options={"userInvocationTable": _FUNCTIONS},
    )


def _parsed(text: str) -> Any:  # noqa: ANN401 - the library's own tree
    """What an expression says. The library itself guesses what a broken one means, and leaves out what it can't read."""
    from antlr4 import CommonTokenStream, InputStream, ParseTreeWalker  # type: ignore[import-untyped] # noqa: PLC0415
    from fhirpathpy.parser.ASTPathListener import ASTPathListener  # noqa: PLC0415
    from fhirpathpy.parser.generated.FHIRPathLexer import FHIRPathLexer  # noqa: PLC0415
    from fhirpathpy.parser.generated.FHIRPathParser import FHIRPathParser  # noqa: PLC0415

    reader: Any = FHIRPathLexer
    lexer = reader(InputStream(text))
    lexer.removeErrorListeners()
    lexer.addErrorListener(_strict())
    understood: Any = FHIRPathParser
    parser = understood(CommonTokenStream(lexer))
    parser.removeErrorListeners()
    parser.addErrorListener(_strict())
    whole = parser.entireExpression()
    listener: Any = ASTPathListener
    found = listener()
    ParseTreeWalker().walk(found, whole.expression())
    return found.parentStack[0]


def _strict() -> Any:  # noqa: ANN401 - the library's own
    from antlr4.error.ErrorListener import ErrorListener  # type: ignore[import-untyped] # noqa: PLC0415

    class Strict(ErrorListener):  # type: ignore[misc]
        """Stops at the first thing that can't be read."""

        def syntaxError(self, _parser: object, _sign: object, line: int, column: int, *_: object) -> None:  # noqa: N802 - its name there
            msg = f"line {line}, column {column}"
            raise ValueError(msg)

    return Strict()


def _forgiving(model: Mapping[str, Any]) -> dict[str, Any]:
    """The library's model of R4; without it, the library forgets what "value" means in what went through a union."""
    answer = "QuestionnaireResponse.item.answer"
    option = "Questionnaire.item.answerOption"
    known = {"_.answer": answer, "_.item.answer": answer, "_.answerOption": option, "_.item.answerOption": option}
    choices = model["choiceTypePaths"]
    return {
        **model,
        "pathsDefinedElsewhere": {**model["pathsDefinedElsewhere"], **known, "_.item.item": "_.item"},
        "choiceTypePaths": {**choices, "_.value": choices[f"{answer}.value"]},
    }


_Each = Callable[[Any], list[Any]]


def _sum(nodes: list[Any], each: _Each | None = None) -> list[Any]:
    """The library's own sum falls over values that it took out of a resource, and doesn't know that of SDC: `sum(value)`."""
    return [sum(_of_each(nodes, each))]


def _mean(nodes: list[Any], each: _Each | None = None) -> list[Any]:
    """What the library's own mean does, it does by its own sum."""
    found = _of_each(nodes, each)
    return [sum(found) / len(found)] if found else []


def _of_each(nodes: list[Any], each: _Each | None) -> list[Any]:
    found = nodes if each is None else [value for node in nodes for value in each(node)]
    return [getattr(value, "data", value) for value in found]


def _answers(nodes: list[Any]) -> list[Any]:
    """What SDC calls `answers()`: all answers below, in their order."""
    found: list[Any] = []
    for node in nodes:
        for item in node.get("item", ()) if isinstance(node, dict) else ():
            answers = item.get("answer", [])
            found += [*answers, *_answers([*answers, item])]
    return found


def _matches(nodes: list[Any], pattern: object) -> list[Any]:
    """Whether a word holds what the pattern says, anywhere in it: https://hl7.org/fhirpath/N1/#matchesregex-string-boolean."""
    if not nodes or not isinstance(pattern, str):
        return []
    (word,) = nodes
    return [has(word, pattern)] if isinstance(word, str) else []


def _weights(nodes: list[Any]) -> list[Any]:
    """What SDC calls `weight()`, and before that `ordinal()`: the points of chosen answers, or of what was chosen."""
    found = []
    for node in nodes:
        node = node.get("valueCoding", node) if isinstance(node, dict) else node  # noqa: PLW2901 - the same, one step in
        for extension in node.get("extension", ()) if isinstance(node, dict) else ():
            if extension.get("url") in {ORDINAL, WEIGHT}:
                found.append(extension["valueDecimal"])
                break
    return found


_FUNCTIONS: dict[str, Any] = {
    "sum": {"fn": _sum, "arity": {0: [], 1: ["Expr"]}},
    "avg": {"fn": _mean, "arity": {0: [], 1: ["Expr"]}},
    "answers": {"fn": _answers, "arity": {0: []}},
    "weight": {"fn": _weights, "arity": {0: []}},
    "ordinal": {"fn": _weights, "arity": {0: []}},
    "matches": {"fn": _matches, "arity": {1: ["String"]}},
}
