"""Counts what the expression library does while it runs, and stops it: the same file always stops at the same step.

An expression of a few words may double a text, a number or a list a hundred times over. What it costs is estimated before it
runs (`fhir_effort`); this holds where the estimate says too little.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import local
from typing import Any

_LONGEST_LIST = 4_000
_LONGEST_TEXT = 20_000
_GREATEST_NUMBER = 10**40


class TooManyStepsError(Exception):
    """An evaluation was stopped."""


@dataclass(slots=True)
class Steps:
    """The steps of an evaluation: each part of the expression that is worked out, and each element that comes out of it.

    Attributes:
        most: How many there may be.
    """

    most: int
    taken: int = 0

    def take(self, found: object) -> None:
        """Counts a part and what came out of it.

        Raises:
            TooManyStepsError: when that is too much.
        """
        self.taken += 1
        if found.__class__ is list:
            size = len(found)
            if size > 1:
                self.taken += size
                if size > _LONGEST_LIST:
                    raise TooManyStepsError
            elif size:
                value = found[0]
                if value.__class__ is int:
                    if not -_GREATEST_NUMBER < value < _GREATEST_NUMBER:
                        raise TooManyStepsError
                elif value.__class__ is str and len(value) > _LONGEST_TEXT:
                    raise TooManyStepsError
        if self.taken > self.most:
            raise TooManyStepsError


class _Active(local):
    steps: Steps | None = None


_active = _Active()


@contextmanager
def counted_steps(most: int) -> Iterator[Steps]:
    """Counts the steps of what is evaluated inside.

    Raises:
        TooManyStepsError: out of the evaluation, when there are more.
    """
    _watch()
    _active.steps = Steps(most)
    try:
        yield _active.steps
    finally:
        _active.steps = None


def _watch() -> None:
    """Puts the counting between the library's parts: it evaluates each of them by this one function."""
    # Loading the library takes longer than opening a tab may.
    from fhirpathpy import engine  # noqa: PLC0415

    evaluate: Any = engine.do_eval
    if getattr(evaluate, "is_counted", False):
        return

    def counted(context: Any, data: Any, node: Any) -> Any:  # noqa: ANN401 - the library's own
        found = evaluate(context, data, node)
        steps = _active.steps
        if steps is not None:
            steps.take(found)
        return found

    counted.is_counted = True  # type: ignore[attr-defined]
    engine.do_eval = counted
