"""One client's record: what can be done, where they stand, contact facts, links, and the timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.timeline import TimelineEntry, TimelineFilter, TimelineKind
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.clients.record_presenter import RecordPresenter, RecordState
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import Choice, TextLine
from safeplan_desktop.ui.widgets.layout import Card, Form, Page, button, clear_layout, keeping_focus, label, row

_CAPTION = 150
_LINES = 20
"""Lines that the timeline shows at once."""


@dataclass(frozen=True, slots=True)
class RecordActions:
    """What the page's buttons open."""

    over_time: Callable[[], None]
    edit: Callable[[], None]
    archive: Callable[[], None]
    unarchive: Callable[[], None]
    status: Callable[[], None]
    checklist: Callable[[], None]
    link: Callable[[], None]
    export: Callable[[], None]
    void: Callable[[TimelineEntry], None]


class RecordPage(Page):
    """The first page of a record."""

    def __init__(self, presenter: RecordPresenter, actions: RecordActions, parent: QWidget | None = None) -> None:
        super().__init__("clients.record", parent=parent)
        self._presenter, self._does = presenter, actions
        # Built once, in the order in which they stand: what is made anew comes last in the tab order.
        self._build_actions()
        self._build_standing()
        self._build_timeline()
        self._facts, self._facts_body = self._card("Contact")
        self._links, self._links_body = self._card("Belongs together")
        self.body.addStretch(1)

    def _card(self, title: str) -> tuple[Card, QVBoxLayout]:
        card, body = Card(title), QVBoxLayout()
        card.add(body)
        self.add(card)
        return card, body

    def _build_actions(self) -> None:
        does, presenter = self._does, self._presenter
        shell = presenter.shell
        self._archive = button("Archive...", "clients.archive", does.archive, kind="quiet")
        self._unarchive = button("Take back from the archive", "clients.unarchive", does.unarchive)
        line = FlowLayout(spacing=GAP)
        for made in (
            button("Screening", "clients.go-screening", partial(shell.open_screen, "screening"), kind="primary"),
            button("Quick check", "clients.quick", lambda: shell.begin_quick_check(presenter.client_id)),
            button("Safety plan", "clients.go-plan", partial(shell.open_screen, "plan"), kind="primary"),
            button("Incidents", "clients.go-incidents", partial(shell.open_screen, "incidents")),
            button("Over time", "clients.over-time", does.over_time),
            button("Report of a period...", "clients.period", lambda: shell.open_period(presenter.client_id)),
            button("Full record...", "clients.export", does.export),
            button("Status...", "clients.status", does.status),
            button("Link...", "clients.link", does.link),
            button("Edit", "clients.edit", does.edit),
            self._archive,
            self._unarchive,
        ):
            line.addWidget(made)
        self.add(line)

    def _build_standing(self) -> None:
        self._standing = self.card("Status")
        self._standing_words = label("", name="clients.standing")
        self._checklist = button("", "clients.standing.checklist", self._does.checklist)
        back = self._presenter.take_back_status
        self._take_back = button("Take back this change", "clients.standing.take-back", back, kind="quiet")
        line = FlowLayout(spacing=GAP)
        line.addWidget(self._checklist)
        line.addWidget(self._take_back)
        self._standing.add(self._standing_words)
        self._standing.add(line)

    def _build_timeline(self) -> None:
        card = self.card(
            "Record", "Everything that was signed, given or noted, and what is being written; the newest first."
        )
        self.filters = Form("clients.record")
        self.kind = Choice([], empty="Everything")
        self.words = TextLine("In the line or in the record itself")
        self.filters.add_row(("kind", "Show", self.kind, ""), ("words", "With the words", self.words, ""))
        self.kind.changed.connect(self._narrow)
        self.words.changed.connect(self._narrow)
        self.timeline = DataTable(
            "clients.timeline",
            "Record",
            (
                Column("Day", lambda entry: f"{entry.day:%d %b %Y}", width=120),
                Column("What", lambda entry: entry.title, width=230),
                Column("About", lambda entry: entry.words, stretch=True),
            ),
        )
        self.timeline.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
        self.timeline.opened.connect(self._presenter.open)
        self.timeline.picked.connect(lambda _entry: self._offer())
        self.nothing = label("", "quiet", name="clients.record.nothing")
        self.open_button = button("Open", "clients.record.open", self._open, kind="primary")
        self.copy_button = button("Copy as text", "clients.record.copy", self._copy)
        self.void_button = button("Entered in error...", "clients.record.void", self._void, kind="quiet")
        card.add(self.filters)
        card.add(self.nothing)
        card.add(self.timeline)
        card.add(row(self.void_button, None, self.copy_button, self.open_button))

    # -- filling --------------------------------------------------------------------------------------------------

    def show_state(self, state: RecordState) -> None:
        """Shows a record."""
        client, form = state.client, state.client.form
        self.title.setText(state.label)
        self.title.setVisible(True)
        about = [form.pronouns, f"born {form.birth_date:%d %b %Y}" if form.birth_date else ""]
        about.append(label_of(client.status).lower() if client.status is not ClientStatus.ACTIVE else "")
        about.append("archived" if client.archived_at else "")
        self.subtitle.setText(", ".join(part for part in about if part))
        self.subtitle.setVisible(any(about))
        self._fill_actions(state)
        self._fill_standing(state)
        with keeping_focus(self._links, self.timeline):
            self._fill_links(state)
        self._fill_facts(form)
        self._fill_timeline(state)

    def _fill_actions(self, state: RecordState) -> None:
        archived = state.client.archived_at is not None
        self._archive.setVisible(not archived)
        self._unarchive.setVisible(archived)

    def _fill_standing(self, state: RecordState) -> None:
        standing = state.standing
        self._standing.setVisible(bool(standing.words))
        self._standing_words.setText(standing.words)
        self._checklist.setText(standing.checklist)
        self._checklist.setAccessibleName(standing.checklist)
        self._checklist.setVisible(bool(standing.checklist))
        self._take_back.setVisible(standing.can_take_back)

    def _fill_links(self, state: RecordState) -> None:
        clear_layout(self._links_body)
        self._links.setVisible(bool(state.links))
        for number, link in enumerate(state.links, start=1):
            out = button(
                "Take out",
                f"clients.link-{number}.remove",
                partial(self._presenter.remove_link, link.entry_id),
                kind="quiet",
            )
            out.setAccessibleName(f"Take out the link to {link.label}")
            self._links_body.addLayout(row(label(link.words), out, stretch_first=True))

    def _fill_facts(self, form: ClientForm) -> None:
        clear_layout(self._facts_body)
        for title, text in facts_of(form):
            caption = label(title, "quiet")
            caption.setFixedWidth(_CAPTION)
            self._facts_body.addLayout(row(caption, label(text), stretch_last=True))

    def _fill_timeline(self, state: RecordState) -> None:
        wanted = self._presenter.wanted
        chosen = self.timeline.current()
        self.kind.blockSignals(True)
        self.kind.set_options([(kind, label_of(kind)) for kind in state.kinds], empty="Everything")
        self.kind.set_value(wanted.kind)
        self.kind.blockSignals(False)
        if self.words.value() != wanted.words:
            self.words.set_value(wanted.words)
        self.timeline.set_rows(state.entries)
        self.filters.setVisible(bool(state.total))
        self.timeline.setVisible(bool(state.entries))
        self.nothing.setVisible(not state.entries)
        self.nothing.setText(
            "Nothing fits. Choose Everything, or fewer words."
            if state.total
            else "Nothing is in this record yet. A screening or a safety plan is a good beginning."
        )
        if chosen is not None:
            self.timeline.choose(lambda entry: entry.id == chosen.id)
        if state.entries and self.timeline.current() is None:
            self.timeline.choose(lambda _entry: True)
        self._offer()

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _narrow(self) -> None:
        kind: TimelineKind | None = self.kind.value()
        self._presenter.wanted = replace(TimelineFilter(), kind=kind, words=self.words.value())
        self._fill_timeline(self._presenter.state())

    def _offer(self) -> None:
        entry = self.timeline.current()
        for made in (self.open_button, self.copy_button, self.void_button):
            made.setVisible(bool(self.timeline.rows()))
        self.open_button.setEnabled(entry is not None)
        self.copy_button.setEnabled(self._presenter.can_copy(entry))
        self.void_button.setEnabled(self._presenter.can_void(entry))

    def _open(self) -> None:
        if (entry := self.timeline.current()) is not None:
            self._presenter.open(entry)

    def _copy(self) -> None:
        if (entry := self.timeline.current()) is not None:
            self._presenter.copy(entry.noun, entry.id)

    def _void(self) -> None:
        if (entry := self.timeline.current()) is not None:
            self._does.void(entry)


def facts_of(form: ClientForm) -> list[tuple[str, str]]:
    """How the client can be reached, who is around them, and what an emergency needs: titles with their words."""
    safety = form.safety
    said = f"call: {label_of(safety.call).lower()}, message: {label_of(safety.leave_message).lower()}, write: {label_of(safety.write).lower()}"
    lines = [("Phone", f"{form.phone or 'none'}   ({said})")]
    lines += [(title, text) for title, text in (("E-mail", form.email), ("Address", form.address)) if text]
    for contact in sorted(form.contacts, key=lambda entry: (not entry.safety.never_contact, not entry.emergency)):
        if contact.safety.never_contact:
            title, said = "Never contact", ""
        else:
            title = "Emergency contact" if contact.emergency else "Contact"
            safe = contact.safety
            said = f"   (consent: {label_of(contact.consent).lower()}, call: {label_of(safe.call).lower()}, "
            said += f"message: {label_of(safe.leave_message).lower()})"
        who = ", ".join(part for part in (contact.name, contact.relation, contact.phone) if part)
        lines.append((title, f"{who}{said}"))
    emergency = form.emergency
    more = (
        ("Hazards", emergency.hazards),
        ("Medicines", emergency.medicines),
        ("Nearest emergency department", emergency.department),
        ("Local police", emergency.police),
        ("Dispatch of the area", emergency.dispatch),
    )
    return [*lines, *((title, text) for title, text in more if text)]
