"""The first page of the therapist's own support: the offer after an incident, plan, ProQOL, consultations, check-ins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.check_ins import CheckIn, CheckInTexts, Offer
from safeplan_desktop.domain.proqol import ProqolEntry, ProqolTexts, SubScale
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services.self_care import SelfCareVersion
from safeplan_desktop.ui.practice.support_presenter import SupportState, check_in_words, scale_words
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.data_table import Column
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.layout import Card, Page, button, label
from safeplan_desktop.ui.widgets.short_table import ShortTable

_NAME = "practice.support"
_ROWS = 5
_ABOUT = (
    "Working with people in crisis costs strength. This page is for you. Nothing here becomes part of a client's record; no "
    "export, backup apart, takes it along unless you print it yourself; and Find knows only the consultations."
)


@dataclass(frozen=True, slots=True)
class HomeActions:
    """What the page can do."""

    write_plan: Callable[[], None]
    print_version: Callable[[SelfCareVersion], None]
    enter_answers: Callable[[], None]
    over_time: Callable[[], None]
    remove_entry: Callable[[ProqolEntry], None]
    check_in: Callable[[str], None]
    dismiss: Callable[[Offer], None]
    set_offered: Callable[[bool], None]
    read_check_in: Callable[[CheckIn], None]


class SupportHome(Page):
    """What there is, and the buttons that begin something."""

    def __init__(
        self, actions: HomeActions, check_in: CheckInTexts, proqol: ProqolTexts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_NAME, "Self-care and consultation", _ABOUT, parent=parent)
        self._actions, self._texts, self._proqol = actions, check_in, proqol
        self._offers: tuple[Offer, ...] = ()
        self._offered = True
        self._build_offer()
        self._consultations_at = self.body.count()
        self._build_plan()
        self._build_proqol()
        self._build_check_ins()
        self.body.addStretch(1)
        self.show_in_turns(2)

    def put_consultations(self, card: Card) -> None:
        """Puts the log's card in its place."""
        self.body.insertWidget(self._consultations_at, card)

    def _build_offer(self) -> None:
        self.offer_card = self.card(self._texts.title, self._texts.offer)
        self.offer_about = label("", "quiet", name=f"{_NAME}.offer")
        self.offer_card.add(self.offer_about)
        self.take = button("Take a moment", f"{_NAME}.take", self._take, kind="primary")
        self.offer_card.add(
            _line(
                self.take,
                button("Not this time", f"{_NAME}.dismiss", self._dismiss),
                button("Don't offer this again", f"{_NAME}.offers-off", lambda: self._actions.set_offered(False)),
            )
        )
        self.offer_card.add(label(self._texts.not_now, "quiet"))

    def _build_plan(self) -> None:
        card = self.card("My self-care plan")
        self.plan_about = label("", name=f"{_NAME}.plan")
        self.versions = ShortTable(
            f"{_NAME}.versions",
            "Versions of the self-care plan",
            (
                Column("Version", lambda one: str(one.form.version), width=90),
                Column("Written on", lambda one: f"{one.day:%d %b %Y}", width=140),
                Column("Sections", lambda one: f"{len(one.form.texts)}", stretch=True),
            ),
            most=_ROWS,
        )
        self.versions.opened.connect(self._actions.print_version)
        self.write = button("Write the plan", f"{_NAME}.write", self._actions.write_plan, kind="primary")
        self.print = button("Read and print the chosen one", f"{_NAME}.print", self._print)
        for content in (self.plan_about, self.versions):
            card.add(content)
        card.add(_line(self.write, self.print))

    def _build_proqol(self) -> None:
        card = self.card(
            "ProQOL",
            "Professional quality of life over the last 30 days, by the numbers of the published form. Facts for you; the "
            "program judges nothing.",
        )
        self.proqol_about = label("", name=f"{_NAME}.proqol")
        self.entries = ShortTable(
            f"{_NAME}.entries",
            "ProQOL answers",
            (
                Column("Day", lambda one: f"{one.day:%d %b %Y}", width=120),
                *scale_columns(),
            ),
            most=_ROWS,
        )
        self.enter = button("Enter the answers", f"{_NAME}.enter", self._actions.enter_answers, kind="primary")
        self.over_time = button("Over time", f"{_NAME}.over-time", self._actions.over_time)
        self.remove = button("Take the chosen ones out", f"{_NAME}.remove", self._remove)
        for content in (self.proqol_about, self.entries):
            card.add(content)
        card.add(_line(self.enter, self.over_time, self.remove))
        card.add(label(f"{self._proqol.source}. {self._proqol.credit}", "quiet", name=f"{_NAME}.credit"))

    def _build_check_ins(self) -> None:
        card = self.card("A moment for you")
        self.check_ins_about = label("", name=f"{_NAME}.check-ins-about")
        self.check_ins = ShortTable(
            f"{_NAME}.check-ins",
            "What you wrote for yourself",
            (
                Column("Day", lambda one: f"{one.day:%d %b %Y}", width=120),
                Column("It begins", lambda one: check_in_words(one.form), stretch=True),
            ),
            most=_ROWS,
        )
        self.check_ins.opened.connect(self._actions.read_check_in)
        self.read = button("Read the chosen one", f"{_NAME}.read", self._read)
        self.offers_switch = button("", f"{_NAME}.offers-switch", self._switch, kind="quiet")
        for content in (self.check_ins_about, self.check_ins):
            card.add(content)
        card.add(
            _line(
                button("Write something down", f"{_NAME}.check-in", lambda: self._actions.check_in("")),
                self.read,
                self.offers_switch,
            )
        )

    # -- showing --------------------------------------------------------------------------------------------------

    def show_state(self, state: SupportState) -> None:
        """Shows what there is."""
        self._offers, self._offered = state.offers, state.offered
        self.offer_card.setVisible(bool(state.offers))
        if state.offers:
            offer = state.offers[0]
            more = f" There are {len(state.offers)} in these days." if len(state.offers) > 1 else ""
            self.offer_about.setText(f"After incident {offer.number}, signed on {offer.signed_on:%d %b %Y}.{more}")
        self._show_plan(state)
        self._show_proqol(state)
        self._show_check_ins(state)

    def _show_plan(self, state: SupportState) -> None:
        newest = state.versions[0] if state.versions else None
        if newest is None:
            words = "There is no plan yet. Twenty quiet minutes are enough for a first one."
        else:
            words = f"Version {newest.form.version}, written on {newest.day:%d %b %Y}."
        self.plan_about.setText(f"{words} A draft waits." if state.plan_waits else words)
        begun = "Go on with the draft" if state.plan_waits else "Write the next version" if newest else "Write the plan"
        _say(self.write, begun)
        self.versions.set_rows(state.versions)
        self.print.setVisible(bool(state.versions))

    def _show_proqol(self, state: SupportState) -> None:
        words = (
            "" if state.entries else "No answers yet. With the filled-in form beside you it takes less than a minute."
        )
        waits = "Some answers wait for the others." if state.answers_wait else ""
        self.proqol_about.setText(" ".join(part for part in (words, waits) if part))
        self.proqol_about.setVisible(bool(self.proqol_about.text()))
        _say(self.enter, "Go on with the answers" if state.answers_wait else "Enter the answers")
        self.entries.set_rows(state.entries)
        self.over_time.setVisible(bool(state.entries))
        self.remove.setVisible(bool(state.entries))

    def _show_check_ins(self, state: SupportState) -> None:
        offers = (
            "Today offers it once, one to three days after an incident was signed."
            if state.offered
            else ("It isn't offered after incidents; you turned that off.")
        )
        none = "" if state.check_ins else "Nothing was written yet. "
        self.check_ins_about.setText(f"{none}{offers}")
        _say(self.offers_switch, "Don't offer it after incidents" if state.offered else "Offer it after incidents")
        self.check_ins.set_rows(state.check_ins)
        self.read.setVisible(bool(state.check_ins))

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _take(self) -> None:
        if self._offers:
            self._actions.check_in(self._offers[0].incident_id)

    def _dismiss(self) -> None:
        if self._offers:
            self._actions.dismiss(self._offers[0])

    def _switch(self) -> None:
        self._actions.set_offered(not self._offered)

    def _print(self) -> None:
        version = self.versions.current()
        if version is not None:
            self._actions.print_version(version)

    def _remove(self) -> None:
        entry = self.entries.current()
        if entry is not None:
            self._actions.remove_entry(entry)

    def _read(self) -> None:
        check_in = self.check_ins.current()
        if check_in is not None:
            self._actions.read_check_in(check_in)


def scale_columns(*, last_stretches: bool = True) -> list[Column]:
    """The columns of the three scores."""
    widths = {SubScale.SATISFACTION: 210, SubScale.BURNOUT: 140, SubScale.SECONDARY_STRESS: 230}
    return [
        Column(
            label_of(scale),
            partial(scale_words, scale),
            width=width,
            stretch=last_stretches and scale is SubScale.SECONDARY_STRESS,
        )
        for scale, width in widths.items()
    ]


def _line(*widgets: QWidget) -> FlowLayout:
    line = FlowLayout(spacing=GAP)
    for widget in widgets:
        line.addWidget(widget)
    return line


def _say(made: QWidget, words: str) -> None:
    made.setProperty("text", words)
    made.setAccessibleName(words)
