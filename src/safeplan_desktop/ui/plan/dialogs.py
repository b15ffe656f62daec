"""Small dialogs about finished plans: comparing two versions, noting a review, choosing what to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from safeplan_desktop.domain.plan_comparison import PlanDifference
from safeplan_desktop.domain.plan_comparison_words import words_of, words_of_languages, words_of_number
from safeplan_desktop.domain.plans import PlanFormat, PlanSummary, SectionKey
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.dialog import Dialog, widen
from safeplan_desktop.ui.widgets.inputs import Choice
from safeplan_desktop.ui.widgets.layout import Form, button, clear_layout, label, row
from safeplan_desktop.ui.widgets.wrapping import TickBox


def _set_up(dialog: Dialog, name: str, title: str) -> QVBoxLayout:
    dialog.setObjectName(name)
    dialog.setWindowTitle("SafePlan")
    dialog.setModal(True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(3 * GAP, 3 * GAP, 3 * GAP, 2 * GAP)
    layout.setSpacing(GAP)
    layout.addWidget(label(title, "heading"))
    return layout


def _words(version: PlanSummary) -> str:
    marked = " (entered in error)" if version.voided else ""
    return f"Version {version.number}, {version.finished.local:%d %b %Y}{marked}"


def begin_dialog(parent: QWidget, name: str, title: str) -> tuple[Dialog, QVBoxLayout]:
    """A dialog over the window with its title, to be filled and opened."""
    dialog = Dialog(parent.window())
    return dialog, _set_up(dialog, name, title)


class _Comparison(Dialog):
    """Two versions chosen from lists, and below what differs."""

    def __init__(
        self,
        parent: QWidget,
        versions: Sequence[PlanSummary],
        compare: Callable[[str, str], PlanDifference],
        print_: Callable[[str, str], None],
    ) -> None:
        super().__init__(parent.window())
        layout = _set_up(self, "compare", "Two versions compared")
        self._versions = {version.id: version for version in versions}
        self._compare, self._print = compare, print_
        # At first the newest two that count, where there are two.
        first = sorted(versions, key=lambda version: version.voided)[:2]
        options = [(v.id, _words(v)) for v in versions]
        self.older, self.newer = Choice(options, empty=""), Choice(options, empty="")
        for choice, name, words in ((self.older, "older", "From"), (self.newer, "newer", "To")):
            choice.setObjectName(f"compare.{name}")
            choice.setAccessibleName(f"{words} version")
            choice.changed.connect(self._fill)
        newer, older = sorted(first, key=lambda version: -version.number)
        self.older.set_value(older.id)
        self.newer.set_value(newer.id)
        layout.addLayout(row(label("From"), self.older, label("to"), self.newer, None))
        scroll = QScrollArea()
        scroll.setObjectName("compare.scroll")
        scroll.setWidgetResizable(True)
        holder = QWidget()
        holder.setObjectName("page-body")
        self._body = QVBoxLayout(holder)
        scroll.setWidget(holder)
        layout.addWidget(scroll, 1)
        close = button("Close", "compare.close", self.reject)
        layout.addLayout(row(None, close, button("Open as PDF", "compare.print", self._print_now, kind="primary")))
        self.resize(760, 640)
        self._fill()

    def _print_now(self) -> None:
        older, newer = self._in_order()
        self.accept()
        self._print(older, newer)

    def _in_order(self) -> tuple[str, str]:
        chosen = sorted((self.older.value(), self.newer.value()), key=lambda one: self._versions[one].number)
        return chosen[0], chosen[1]

    def _fill(self) -> None:
        clear_layout(self._body)
        difference = self._compare(*self._in_order())
        if difference.is_none:
            self._body.addWidget(label("The two versions say the same.", name="compare.none"))
        number = 0
        for key in SectionKey:
            entries = difference.of_section(key)
            if entries:
                self._body.addWidget(label(label_of(key), "heading"))
            for entry in entries:
                number += 1
                head, *more = words_of(entry)
                self._body.addWidget(label(f"{label_of(entry.kind)}:  {head}", name=f"compare.line-{number}"))
                if more:
                    quiet = label("\n".join(more), "quiet")
                    quiet.setContentsMargins(3 * GAP, 0, 0, 0)
                    self._body.addWidget(quiet)
        if difference.numbers:
            self._body.addWidget(label("Crisis numbers", "heading"))
        for found in difference.numbers:
            number += 1
            words = f"{label_of(found.kind)}:  {words_of_number(found)}"
            self._body.addWidget(label(words, name=f"compare.line-{number}"))
        if difference.language is not None:
            self._body.addWidget(label("Language of the printed plan", "heading"))
            words = words_of_languages(difference.language, dict(reference.plan_languages()))
            self._body.addWidget(label(words, name="compare.language"))
        self._body.addStretch(1)


def open_comparison(
    parent: QWidget,
    versions: Sequence[PlanSummary],
    compare: Callable[[str, str], PlanDifference],
    print_: Callable[[str, str], None],
) -> None:
    """Opens two versions side by side."""
    _Comparison(parent, versions, compare, print_).open()


def open_review(parent: QWidget, suggested: dt.date, on_review: Callable[[dt.date], object]) -> None:
    """Asks for the next review day and notes that the plan was looked at together."""
    dialog, layout = begin_dialog(parent, "review", "You looked at the plan together today, and nothing changed")
    banner = Banner("review.banner")
    layout.addWidget(banner)
    form = Form("review")
    next_day = DateField()
    next_day.set_value(suggested)
    form.add("next_review_on", "Looked at again by", next_day)
    layout.addWidget(form)

    def note() -> None:
        day = next_day.value()
        if day is None:
            form.show_error("next_review_on", "Please choose the day of the next review.")
            return
        try:
            on_review(day)
        except InvalidInputError as problem:
            form.show_error("next_review_on", problem.sentences)
        except SafePlanError as problem:
            banner.show_problem(problem)
        else:
            dialog.accept()

    layout.addLayout(
        row(None, button("Not now", "review.no", dialog.reject), button("Note it", "review.yes", note, kind="primary"))
    )
    widen(dialog, 60)
    dialog.open()


def open_print_choice(
    parent: QWidget, formats: Sequence[PlanFormat], on_chosen: Callable[[tuple[PlanFormat, ...]], None]
) -> None:
    """Asks which formats are to be printed or saved in one go."""
    dialog, layout = begin_dialog(parent, "print-several", "Which copies?")
    boxes: list[tuple[PlanFormat, QCheckBox]] = []
    for plan_format in formats:
        box = TickBox(label_of(plan_format))
        box.setObjectName(f"print-several.{plan_format.value}")
        box.setAccessibleName(label_of(plan_format))
        box.setChecked(plan_format is PlanFormat.FULL)
        boxes.append((plan_format, box))
        layout.addWidget(box)

    def go_on() -> None:
        chosen = tuple(plan_format for plan_format, box in boxes if box.isChecked())
        if chosen:
            dialog.accept()
            on_chosen(chosen)

    layout.addLayout(
        row(
            None,
            button("Cancel", "print-several.no", dialog.reject),
            button("Go on", "print-several.yes", go_on, kind="primary"),
        )
    )
    dialog.open()
