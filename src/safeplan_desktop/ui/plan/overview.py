"""A client's finished plans: the newest with everything that can be done with it, the copies, the older versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from safeplan_desktop.domain.plans import PlanFormat, PlanSummary
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.plan.copies import CopiesActions, CopiesPanel
from safeplan_desktop.ui.plan.entries import menu_button
from safeplan_desktop.ui.plan.states import CopiesState
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.layout import Card, EmptyState, Page, button, clear_layout, label, row

FORMATS = (
    PlanFormat.FULL,
    PlanFormat.LARGE_PRINT,
    PlanFormat.POCKET_CARD,
    PlanFormat.POCKET_CARD_ONE_SIDED,
    PlanFormat.PHONE,
    PlanFormat.PHOTO,
    PlanFormat.THERAPIST,
)
"""What a finished version can be opened as, in the order of the menus."""


@dataclass(frozen=True, slots=True)
class OverviewActions:
    """What the overview can do."""

    begin: Callable[[], None]
    begin_blank: Callable[[], None]
    blank_form: Callable[[], None]
    copy_text: Callable[[str], None]
    open_version: Callable[[str, PlanFormat], None]
    print_several: Callable[[str], None]
    session: Callable[[], None]
    reviewed: Callable[[], None]
    compare: Callable[[], None]
    incident: Callable[[PlanSummary], None]
    void: Callable[[str], None]
    copies: CopiesActions


class OverviewPage(Page):
    """The page of a client without an unfinished plan."""

    def __init__(self, actions: OverviewActions, parent: QWidget | None = None) -> None:
        super().__init__("plan.overview", "Safety plan", parent=parent)
        self._actions = actions
        self._body = QVBoxLayout()
        self._body.setSpacing(16)
        self.add(self._body)
        self._top = QVBoxLayout()
        self._body.addLayout(self._top)
        self.copies = CopiesPanel("plan.copies", actions.copies)
        self._body.addWidget(self.copies)
        self._older = QVBoxLayout()
        self._older.setSpacing(8)
        self._body.addLayout(self._older)
        self.body.addStretch(1)
        self._opening: dict[str, QPushButton] = {}

    def focus_version(self, version_id: str) -> None:
        """Puts the cursor at a version, where it can be opened."""
        if version_id in self._opening:
            self._opening[version_id].setFocus()

    def show_versions(self, heading: str, versions: tuple[PlanSummary, ...], reason: str, state: CopiesState) -> None:
        """Shows a client's versions, or the way to the first one."""
        self.title.setText(heading)
        self.banner.dismiss()
        clear_layout(self._top)
        clear_layout(self._older)
        self._opening = {}
        counting = [version for version in versions if not version.voided]
        self.copies.setVisible(bool(versions))
        self.copies.show_state(state)
        if counting:
            self._show_newest(counting[0], reason)
        else:
            self._show_none(none_counts=bool(versions))
        self._show_others(
            [version for version in versions if version not in counting[:1]], comparable=len(versions) > 1
        )

    def _show_none(self, *, none_counts: bool) -> None:
        words = "There is no safety plan yet. Write it together."
        if none_counts:
            words = "No version of the safety plan counts: what is below was entered in error. Write it together."
        self._top.addWidget(EmptyState("plan.none", words, "Begin the plan", self._actions.begin))
        blank = button("Print a blank form for handwriting", "plan.blank-form", self._actions.blank_form, kind="quiet")
        self._top.addLayout(row(None, blank, None))

    def _show_newest(self, newest: PlanSummary, reason: str) -> None:
        card = Card(f"Version {newest.number}", self._newest_words(newest, reason))
        name = f"plan.version-{newest.number}"
        card.add(
            _flow(
                button(
                    "Print several...",
                    "plan.print-several",
                    partial(self._actions.print_several, newest.id),
                    kind="primary",
                ),
                button(
                    "Open the client's copy",
                    f"{name}.client",
                    partial(self._actions.open_version, newest.id, PlanFormat.FULL),
                ),
                self._formats(name, newest),
                self._copy_text(name, newest),
                button("Session view (F11)", "plan.session-view", self._actions.session),
                button("Reviewed together, nothing changed...", "plan.review", self._actions.reviewed),
            )
        )
        card.add(
            _flow(
                button("New version from the last", "plan.new-version", self._actions.begin),
                button("New version from blank", "plan.new-blank", self._actions.begin_blank),
                button("Blank form for handwriting", "plan.blank-form", self._actions.blank_form, kind="quiet"),
                button("Write an incident", "plan.incident", partial(self._actions.incident, newest), kind="quiet"),
                self._void(name, newest),
            )
        )
        self._top.addWidget(card)

    def _show_others(self, others: list[PlanSummary], *, comparable: bool) -> None:
        if others:
            in_error = any(version.voided for version in others)
            self._older.addWidget(label("Other versions" if in_error else "Older versions", "heading"))
        if others and comparable:
            compare = button("Compare two versions...", "plan.compare", self._actions.compare)
            self._older.addWidget(_flow(compare))
        for version in others:
            words = f"Finished on {version.finished.local:%d %b %Y}."
            if version.voided:
                words = f"Entered in error: it counts nowhere. {words}"
            line = Card(f"Version {version.number}", words)
            name = f"plan.version-{version.number}"
            opened = self._open(name, version)
            self._opening[version.id] = opened
            made = [opened, self._formats(name, version), self._copy_text(name, version)]
            line.add(_flow(*made, *([] if version.voided else [self._void(name, version)])))
            self._older.addWidget(line)

    @staticmethod
    def _newest_words(newest: PlanSummary, reason: str) -> str:
        words = f"Finished on {newest.finished.local:%d %b %Y}."
        words += f" Reason: {reason}." if reason.strip() else ""
        if newest.reviewed_on is not None:
            words += f" Last reviewed together on {newest.reviewed_on:%d %b %Y}."
        return f"{words} Looked at again by {newest.review_on:%d %b %Y}."

    def _copy_text(self, name: str, version: PlanSummary) -> QWidget:
        made = button("Copy as text", f"{name}.copy-text", partial(self._actions.copy_text, version.id))
        made.setAccessibleName(f"Copy version {version.number} as text")
        return made

    def _open(self, name: str, version: PlanSummary) -> QPushButton:
        """What was entered in error opens as the therapist's copy, which says why."""
        if version.voided:
            show = partial(self._actions.open_version, version.id, PlanFormat.THERAPIST)
            made = button("Open it, marked", f"{name}.open", show)
            made.setAccessibleName(f"Open version {version.number}, marked as entered in error")
        else:
            show = partial(self._actions.open_version, version.id, PlanFormat.FULL)
            made = button("Open the client's copy", f"{name}.client", show)
            made.setAccessibleName(f"Open the client's copy of version {version.number}")
        return made

    def _void(self, name: str, version: PlanSummary) -> QWidget:
        made = button("Entered in error...", f"{name}.void", partial(self._actions.void, version.id), kind="quiet")
        made.setAccessibleName(f"Mark version {version.number} as entered in error")
        return made

    def _formats(self, name: str, version: PlanSummary) -> QWidget:
        def fill(menu: QMenu) -> None:
            for plan_format in FORMATS:
                action = menu.addAction(label_of(plan_format))
                action.setObjectName(f"{name}.{plan_format.value}")
                action.triggered.connect(
                    lambda _checked=False, plan_format=plan_format: self._actions.open_version(version.id, plan_format)
                )

        made = menu_button("Open as", f"{name}.formats", fill)
        made.setAccessibleName(f"Open version {version.number} as")
        return made


def _flow(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder)
    for widget in widgets:
        flow.addWidget(widget)
    return holder
