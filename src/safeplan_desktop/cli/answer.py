"""What a verb says: lines for people, facts for programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from safeplan_desktop.errors import SafePlanError


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a verb.

    Attributes:
        lines: Printed one by one.
        facts: Printed as one JSON object with `--json`.
        ok: False gives exit code 1: the verb ran, and what it looked at isn't in order.
    """

    lines: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    ok: bool = True


class WrongUseError(SafePlanError):
    """What stands on the command line has a form that the verb doesn't take; exit code 2."""
