"""The window in which a report of a period is chosen: from, to, which instrument; it is made in a job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

from safeplan_desktop.services.exports import Document
from safeplan_desktop.ui.document_dialog import DocumentDialog
from safeplan_desktop.ui.ports import RunJob
from safeplan_desktop.ui.widgets.dates import DateField, period_of
from safeplan_desktop.ui.widgets.inputs import Choice


class Gather(Protocol):
    """Gathers a report of a period."""

    def __call__(self, *, since: dt.date | None, until: dt.date | None, instruments: tuple[str, ...]) -> Document: ...


class PeriodDialog(DocumentDialog):
    """From, to, instrument.

    Args:
        parent: The screen that it belongs to.
        who: The client as they are called on the screen.
        instruments: Titles by id of those that can be chosen.
        gather: Gathers the report; raises `InvalidInputError` with the field that isn't right.
        run: Starts the job that makes it.
        preview: Shows the report.
        may_receive: Who may receive what about the client, a line each.
    """

    def __init__(
        self,
        parent: QWidget,
        who: str,
        instruments: Mapping[str, str],
        gather: Gather,
        run: RunJob,
        preview: Callable[[Document], None],
        may_receive: Sequence[str] = (),
    ) -> None:
        about = "Each signed screening with what was added, and the scores between the two days."
        super().__init__(
            parent, "period", "Report of a period", f"Screenings of {who} in one report", about, run, preview
        )
        self._gather = gather
        self.say_who_may_receive(may_receive)
        self.since, self.until = DateField(), DateField()
        self.instrument = Choice(list(instruments.items()), empty="All questions")
        self.form.add("since", "From", self.since, "Empty for the beginning")
        self.form.add("until", "To", self.until, "Empty for today")
        self.form.add("instrument", "Questions", self.instrument, "One instrument: only its answers and its scores")
        self.finish("Make the report")
        self.since.line.setFocus()
        for line in (self.since.line, self.until.line):
            line.returnPressed.connect(self.begin)

    def gathered(self) -> Document | None:
        """The report of what was chosen; see `DocumentDialog.gathered`."""
        period, chosen = period_of(self.since, self.until), self.instrument.value()
        return self._gather(since=period.since, until=period.until, instruments=(chosen,) if chosen else ())
