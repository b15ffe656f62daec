"""What a file's own calculation sums up: found out by trying it, not by reading it.

The expression is run on made-up answers. Where changing one answer changes the result by exactly the difference of its
points, for every option of the question and in mixed sets of answers, the expression is the sum of these questions. It is
anything else otherwise, and isn't used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from math import isclose
from typing import Any

from safeplan_desktop.domain.questionnaires import Code, Operator, Question
from safeplan_desktop.exchange.fhir_json import Plain
from safeplan_desktop.exchange.fhir_options import ORDINAL, WEIGHT
from safeplan_desktop.exchange.fhir_parts import CORE, number

MOST_TRIED = 60
"""The most questions with points that an expression is tried on."""

_LONGEST = 4000
_MOST_TRIALS = 600
_MOST_VARIABLES = 40
_MOST_DESCENTS = 4
_NAME_BEFORE_BRACKET = re.compile(r"([A-Za-z_]\w*)\s*\(")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'")
_VARIABLE = re.compile(r"%`?([A-Za-z_][\w-]*)`?")
_COMPARED = re.compile(r"^(?P<sum>.+?)\s*(?P<operator>>=|<=|!=|>|<|=)\s*(?P<value>-?\d{1,6}(?:\.\d{1,4})?)$", re.DOTALL)

# Functions that can neither run long nor reach outside; `matches` and `repeat` can run for minutes.
_HARMLESS = frozenset({
    "where", "select", "descendants", "children", "sum", "iif", "exists", "empty", "not", "startsWith", "endsWith",
    "contains", "first", "last", "single", "count", "extension", "aggregate", "toInteger", "toDecimal", "toString", "weight",
    "ordinal", "all", "any", "is", "as", "ofType", "union", "combine", "distinct", "hasValue", "round", "substring", "length",
    "and", "or", "in", "div", "mod", "xor", "implies",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tried:
    """What an expression was found to be.

    Attributes:
        items: The link ids that it sums up; None when it is no plain sum.
        why_not: Why it isn't used; empty when it is.
    """

    items: tuple[str, ...] | None
    why_not: str = ""


def sum_of(
    expression: str, variables: Mapping[str, str], questions: tuple[Question, ...], questionnaire: Plain
) -> Tried:
    """Which questions an expression sums up."""
    counted = [question for question in questions if _values(question)]
    if not counted:
        return Tried(None, "no question has points")
    if len(counted) > MOST_TRIED or sum(len(_values(question)) for question in counted) > _MOST_TRIALS:
        return Tried(None, "there are too many questions to try it out")
    needed = _needed(expression, variables)
    if isinstance(needed, str):
        return Tried(None, needed)
    lowest = {question.link_id: _values(question)[0][0] for question in counted}
    points = {question.link_id: dict(_values(question)) for question in counted}
    try:
        trial = _Trial(expression, needed, questions, questionnaire)
        base = trial.result(lowest)
        items = tuple(question.link_id for question in counted if _changes(trial, question, lowest, base))
        agrees = all(
            isclose(trial.result(answers), sum(points[link][answers[link]] for link in items), abs_tol=1e-9)
            for answers in (lowest, *_mixed(counted))
        )
    except _NoNumberError:
        return Tried(None, "it gives no number here")
    return Tried(items) if items and agrees else Tried(None, "it is no plain sum of points")


def comparison(expression: str) -> tuple[str, Operator, float] | None:
    """The parts of "a sum compared with a number"; None for everything else."""
    found = _COMPARED.match(expression.strip())
    return (found["sum"], Operator(found["operator"]), float(found["value"])) if found else None


class _NoNumberError(Exception):
    """The expression can't be run, or gives something else than one number."""


def _values(question: Question) -> list[tuple[Any, float]]:
    """The answers to try, and what each counts; none for a question that can't count."""
    if question.is_total:
        return []
    if question.options:
        known = [(option.value, option.points) for option in question.options if option.points is not None]
        return known if len(known) == len(question.options) and len({points for _, points in known}) > 1 else []
    if question.counts_itself:
        low = question.lowest if question.lowest is not None else 0.0
        high = question.highest if question.highest is not None else low + 3
        return [(low, low), (high, high)] if low < high else []
    return []


def _changes(trial: _Trial, question: Question, lowest: dict[str, Any], base: float) -> bool:
    """Whether the result follows this question's points; not at all is no, and anything between is an error."""
    values = _values(question)
    start = values[0][1]
    changes = {
        (points - start, trial.result({**lowest, question.link_id: value}) - base) for value, points in values[1:]
    }
    if all(isclose(change, 0, abs_tol=1e-9) for _, change in changes):
        return False
    if any(not isclose(wanted, change, abs_tol=1e-9) for wanted, change in changes):
        raise _NoNumberError
    return True


def _mixed(counted: list[Question]) -> list[dict[str, Any]]:
    """A few sets of answers in which the questions differ from each other; the highest of all among them."""
    sets = [{question.link_id: _values(question)[-1][0] for question in counted}]
    for step in (1, 2, 3):
        chosen = {}
        for place, question in enumerate(counted):
            values = _values(question)
            chosen[question.link_id] = values[(place * step + step) % len(values)][0]
        sets.append(chosen)
    return sets


def _needed(expression: str, variables: Mapping[str, str]) -> list[tuple[str, str]] | str:
    """The variables that an expression needs, each after those it needs itself; or why it isn't run."""
    found: dict[str, str] = {}

    def take(text: str, asking: tuple[str, ...]) -> str:
        bare = _QUOTED.sub("''", text)
        if len(text) > _LONGEST or bare.count("descendants") > _MOST_DESCENTS:
            return "it is too long"
        strange = {name for name in _NAME_BEFORE_BRACKET.findall(bare) if name not in _HARMLESS}
        if strange:
            return f"it uses {', '.join(sorted(strange))[:60]}, which this program doesn't run"
        for name in _VARIABLE.findall(bare):
            if name in found or name in {"resource", "context", "questionnaire", "qitem", "ucum"}:
                continue
            if name not in variables or name in asking or len(found) >= _MOST_VARIABLES:
                return f"it needs “{name[:40]}”, which the file doesn't define"
            problem = take(variables[name], (*asking, name))
            if problem:
                return problem
            found[name] = variables[name]
        return ""

    problem = take(expression, ())
    return problem or list(found.items())


class _Trial:
    """An expression that is ready to run on answers."""

    def __init__(
        self, expression: str, variables: list[tuple[str, str]], questions: tuple[Question, ...], questionnaire: Plain
    ) -> None:
        self._questions = questions
        self._questionnaire = questionnaire
        try:
            self._variables = [(name, _compiled(text)) for name, text in variables]
            self._expression = _compiled(expression)
        except Exception as error:  # the library raises bare exceptions for what it can't parse
            raise _NoNumberError from error

    def result(self, answers: Mapping[str, Any]) -> float:
        response = _response(self._questions, answers)
        known: dict[str, Any] = {"resource": response, "questionnaire": self._questionnaire}
        try:
            for name, run in self._variables:
                known[name] = run(response, known)
            found = self._expression(response, known)
        except Exception as error:  # and for what it can't evaluate
            raise _NoNumberError from error
        value = (
            number(float(found[0])) if len(found) == 1 and not isinstance(found[0], bool | str | dict | list) else None
        )
        if value is None:
            raise _NoNumberError
        return value


def _compiled(text: str) -> Any:  # noqa: ANN401 - the library's own callable
    # Only an import of a questionnaire needs it, and loading it takes longer than opening a tab may.
    from fhirpathpy import compile as compile_path  # noqa: PLC0415
    from fhirpathpy.models import models  # noqa: PLC0415

    table = {name: {"fn": run, "arity": {0: []}} for name, run in _FUNCTIONS.items()}
    # Its parser prints what it can't read, and standard output is ours.
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        return compile_path(text, models["r4"], {"userInvocationTable": table})


def _sum(nodes: list[Any]) -> list[Any]:
    """The library's own sum falls over values that it took out of a resource."""
    return [sum(nodes)]


def _weights(nodes: list[Any]) -> list[Any]:
    """What SDC calls `weight()`, and before that `ordinal()`: the points of chosen answers."""
    found = []
    for node in nodes:
        for extension in node.get("extension", ()) if isinstance(node, dict) else ():
            if extension.get("url") in {ORDINAL, WEIGHT}:
                found.append(extension["valueDecimal"])
                break
    return found


_FUNCTIONS = {"sum": _sum, "weight": _weights, "ordinal": _weights}


def _response(questions: tuple[Question, ...], answers: Mapping[str, Any]) -> Plain:
    """The made-up answers as a FHIR response, nested as the questions are."""
    root: Plain = {"resourceType": "QuestionnaireResponse", "item": []}
    holders: dict[str, Plain] = {"": root}
    for question in questions:
        item: Plain = {"linkId": question.link_id}
        holder = holders.get(question.parent, root)
        holder.setdefault("item", []).append(item)
        holders[question.link_id] = item
        if question.link_id in answers:
            item["answer"] = [_answer(question, answers[question.link_id])]
            holders[question.link_id] = item["answer"][0]
    return root


def _answer(question: Question, value: Any) -> Plain:  # noqa: ANN401 - any answer
    option = question.option_for(value)
    points = option.points if option is not None else None
    if isinstance(value, Code):
        coding: Plain = {"code": value.code, "display": option.label if option else value.code}
        if value.system:
            coding["system"] = value.system
        if option is not None and points is not None:
            url = CORE + option.points_from if option.points_from in {"ordinalValue", "itemWeight"} else ORDINAL
            coding["extension"] = [{"url": url, "valueDecimal": _tidy(points)}]
        return {"valueCoding": coding}
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, str):
        return {"valueString": value}
    kind = {"integer": "valueInteger", "decimal": "valueDecimal"}.get(question.type.value, "valueInteger")
    return {kind: _tidy(value)} if question.type.value != "quantity" else {"valueQuantity": {"value": _tidy(value)}}


def _tidy(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value
