"""Incidents leave the records: a period as PDF or table with a way to cancel, and a de-identified copy with its decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from safeplan_desktop.domain.de_identification import Doubtful
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.exports import Document, Tell
from safeplan_desktop.services.incident_exports import Gathered, Preparation, Report
from safeplan_desktop.ui.dialog_work import DialogWork
from safeplan_desktop.ui.document_dialog import made_of
from safeplan_desktop.ui.ports import RunJob
from safeplan_desktop.ui.printing import choose_save_path
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dialog import Dialog, fit_lines, width_of, within_screen
from safeplan_desktop.ui.widgets.layout import Card, button, label, row, scrolling_column
from safeplan_desktop.ui.widgets.wrapping import TickBox


@dataclass(frozen=True, slots=True)
class PeriodActions:
    """What the dialog of a period calls.

    Attributes:
        make: The PDF, or the table; runs in a job.
        preview: Shows the PDF.
        save_table: Writes the table.
        copy: Goes on to the de-identified copy.
    """

    make: Callable[[Gathered, Report, bool], bytes]
    preview: Callable[[Gathered, bytes], None]
    save_table: Callable[[Path, bytes], None]
    copy: Callable[[], None]


class PeriodDialog(Dialog):
    """What is shown in the log, as PDF, as table, or de-identified."""

    def __init__(self, parent: QWidget, gathered: Gathered, run: RunJob, actions: PeriodActions) -> None:
        super().__init__(parent.window())
        self.setObjectName("period")
        self.setWindowTitle("Print or export - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._gathered, self._actions = gathered, actions
        number = len(gathered.rows)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.banner = Banner("period.banner")
        layout.addWidget(label("One signed incident" if number == 1 else f"{number:,} signed incidents", "heading"))
        about = (
            "Those that the filters of the log keep. Drafts and what was entered in error are left out. What is saved or "
            "printed isn't encrypted any more."
        )
        words = label(about, "quiet")
        # Not the dialog itself: it has to grow with its buttons' letters.
        words.setMinimumWidth(width_of(self, 56) - 6 * GAP)
        layout.addWidget(words)
        layout.addWidget(self.banner)
        self._work = DialogWork("period", self, run, self.banner.show_problem)
        self._work.busy_changed.connect(self._show_busy)
        layout.addWidget(self._work)
        self.pdf_button = button("PDF with counts and each incident", "period.pdf", self._make_pdf, kind="primary")
        self.csv_button = button("Table for a spreadsheet (CSV)...", "period.csv", self._make_table)
        self.copy_button = button("De-identified copy...", "period.copy", self._copy)
        for made in (self.pdf_button, self.csv_button, self.copy_button):
            layout.addWidget(made)
        self.close_button = button("Close", "period.close", self.reject)
        layout.addLayout(row(None, self.close_button))
        self.pdf_button.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_lines(self, self._column)

    def _make_pdf(self) -> None:
        self._start(as_table=False, on_done=self._made_pdf)

    def _make_table(self) -> None:
        self._start(as_table=True, on_done=self._made_table)

    def _copy(self) -> None:
        self.accept()
        self._actions.copy()

    def _start(self, *, as_table: bool, on_done: Callable[[bytes], None]) -> None:
        self.banner.dismiss()

        def work(tell: Tell) -> bytes:
            return self._actions.make(self._gathered, lambda fraction: tell(fraction, ""), as_table)

        self._work.start(work, on_done)

    def _show_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal's slot
        for made in (self.pdf_button, self.csv_button, self.copy_button):
            made.setEnabled(not busy)
        self.close_button.setText("Cancel" if busy else "Close")
        self.close_button.setAccessibleName(self.close_button.text())
        if busy:
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        fit_lines(self, self._column)

    def _made_pdf(self, pdf: bytes) -> None:
        self.accept()
        self._actions.preview(self._gathered, pdf)

    def _made_table(self, table: bytes) -> None:
        path = choose_save_path(self, f"incidents_{self._gathered.made.local_date.isoformat()}.csv", "Tables (*.csv)")
        if path is None:
            return
        try:
            self._actions.save_table(path, table)
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return
        self.accept()


@dataclass(frozen=True, slots=True)
class CopyActions:
    """What the dialog of a de-identified copy calls.

    Attributes:
        document: The copy with what stays in it; making it is work for a job.
        preview: Shows the copy that was made.
        save_text: Writes it as plain text.
    """

    document: Callable[[Preparation, frozenset[str]], Document]
    preview: Callable[[Document], None]
    save_text: Callable[[Path, Preparation, frozenset[str]], None]


class CopyDialog(Dialog):
    """What may tell who somebody is: taken out, unless the therapist ticks it to stay. Closing it ends the work."""

    def __init__(
        self,
        parent: QWidget,
        preparation: Preparation,
        doubtful: tuple[Doubtful, ...],
        run: RunJob,
        actions: CopyActions,
    ) -> None:
        super().__init__(parent.window())
        self.setObjectName("copy")
        self.setWindowTitle("De-identified copy - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._preparation, self._actions = preparation, actions
        self.boxes: list[tuple[str, QCheckBox]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        layout.addWidget(label("De-identified copy", "heading"))
        about = (
            "Names of the client, their contacts, the people in the record and the practice become roles; days are counted "
            "from the incident, times become parts of the day; numbers, addresses and codes go. The program can miss "
            "something: read the copy before you pass it on."
        )
        layout.addWidget(label(about, "quiet"))
        self.banner = Banner("copy.banner")
        layout.addWidget(self.banner)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._doubts(doubtful))
        column.addStretch(1)
        self._body = body
        layout.addWidget(scrolling_column("copy", body, (0, 0, GAP, 0)), 1)
        self._work = DialogWork("copy", self, run, self.banner.show_problem)
        self._work.busy_changed.connect(self._show_busy)
        layout.addWidget(self._work)
        self.save_button = button("Save as text...", "copy.save-text", self._save)
        self.make_button = button("Make the copy", "copy.preview", self._make, kind="primary")
        self.cancel_button = button("Cancel", "copy.cancel", self.reject)
        layout.addLayout(row(None, self.cancel_button, self.save_button, self.make_button))
        line = self.fontMetrics().lineSpacing()
        self.resize(within_screen(self, QSize(40 * line, (34 if doubtful else 18) * line)))

    def _doubts(self, doubtful: tuple[Doubtful, ...]) -> Card:
        if not doubtful:
            return Card("Nothing is in doubt", "No further word looks like a name, and no number like one of somebody.")
        card = Card("Please decide", "These may tell who somebody is. Each is taken out, unless you tick it.")
        for number, one in enumerate(doubtful, start=1):
            box = TickBox(f"Keep “{one.text}”")
            box.setObjectName(f"copy.keep-{number}")
            box.setAccessibleName(f"Keep {one.text}: {one.around}")
            self.boxes.append((one.text, box))
            card.add(box)
            card.add(label(f"{label_of(one.doubt)}: {one.around}", "quiet"))
        return card

    def kept(self) -> frozenset[str]:
        """What stays."""
        return frozenset(text for text, box in self.boxes if box.isChecked())

    def _make(self) -> None:
        self.banner.dismiss()
        self._work.start(partial(made_of, self._actions.document(self._preparation, self.kept())), self._made)

    def _made(self, document: Document) -> None:
        self.accept()
        self._actions.preview(document)

    def _show_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal's slot
        for made in (self._body, self.save_button, self.make_button):
            made.setEnabled(not busy)
        if busy:
            self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        suggested = f"de-identified_{self._preparation.made.local_date.isoformat()}.txt"
        path = choose_save_path(self, suggested, "Texts (*.txt)")
        if path is None:
            return
        try:
            self._actions.save_text(path, self._preparation, self.kept())
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return
        self.accept()
