"""The safety policy as it is printed: a version or a draft, with what is told as of the day of printing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.incidents import Addendum
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.policy import CoveredPerson, LogLine, PolicyForm
from safeplan_desktop.domain.policy_facts import Fact
from safeplan_desktop.domain.practice_checks import CheckKind


@dataclass(frozen=True, slots=True)
class PolicyPaper:
    """The policy as it is printed.

    Attributes:
        number: Of the version; None for a draft.
        adopted: When it was signed; None for a draft.
        made: The day of printing: people's readings and the checks are as of then.
        people: Whom it covers, with what they read.
        log: The change log up to this version.
        last_done: When the room was last checked, and so on.
        addenda: What was added to the version since.
    """

    form: PolicyForm
    facts: tuple[Fact, ...]
    made: Moment
    number: int | None = None
    adopted: Moment | None = None
    signer: str = ""
    review_on: dt.date | None = None
    undecided: int = 0
    people: tuple[CoveredPerson, ...] = ()
    log: tuple[LogLine, ...] = ()
    last_done: tuple[tuple[CheckKind, dt.date | None], ...] = ()
    addenda: tuple[Addendum, ...] = ()

    @property
    def version_words(self) -> str:
        """Which version it is."""
        return "Draft" if self.number is None else f"Version {self.number}"
