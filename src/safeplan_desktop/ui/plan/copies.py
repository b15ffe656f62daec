"""Who has a copy: what is agreed but not given yet, which copies are to be swapped, which are out, what became of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.plan_copies import CopyEnd, PlanCopy
from safeplan_desktop.domain.plans import HolderKind, Recipient
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.plan.entries import fill_offers, menu_button
from safeplan_desktop.ui.plan.recipients import NOBODY_YET, somebody
from safeplan_desktop.ui.plan.states import ContactOffer, CopiesState
from safeplan_desktop.ui.widgets.layout import Card, button, clear_layout, keeping_focus, label, row

_ENDS = (CopyEnd.RETURNED, CopyEnd.DESTROYED, CopyEnd.LOST)


@dataclass(frozen=True, slots=True)
class CopiesActions:
    """What the panel can do."""

    give: Callable[[tuple[Recipient, ...]], None]
    print_these: Callable[[tuple[Recipient, ...]], None]
    received: Callable[[PlanCopy], None]
    end: Callable[[PlanCopy, CopyEnd], None]
    take_back: Callable[[PlanCopy], None]
    offers: Callable[[], Sequence[ContactOffer]]
    to_somebody: Callable[[Recipient], None]


def holder_words(recipient: Recipient) -> str:
    """Who holds a copy, in which form."""
    who = {HolderKind.CLIENT: "Client", HolderKind.THERAPIST: "Your file"}.get(recipient.kind, recipient.name)
    relation = f" ({recipient.relation})" if recipient.relation.strip() else ""
    return f"{who}{relation}: {label_of(recipient.format).lower()}"


def release_words(recipient: Recipient) -> str:
    """The dated release and what the copy shows, for everybody but the client."""
    words = []
    if recipient.release_on is not None:
        words.append(f"Shared with the client's release of {recipient.release_on:%d %b %Y}")
    if recipient.sections:
        words.append("Shows: " + "; ".join(label_of(key) for key in recipient.sections))
    if recipient.kept_at.strip():
        words.append(f"Kept: {recipient.kept_at.strip()}")
    return ". ".join(words)


class CopiesPanel(Card):
    """The list of copies of one client's plans."""

    def __init__(self, name: str, actions: CopiesActions) -> None:
        super().__init__("Who has a copy")
        self._name, self._actions = name, actions
        self._show_ended = False
        self._state = CopiesState(0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.add(self._rows)

    def show_state(self, state: CopiesState) -> None:
        """Shows the list as it stands; the cursor stays in it."""
        self._state = state
        with keeping_focus(self, self):
            self._show(state)

    def _show(self, state: CopiesState) -> None:
        clear_layout(self._rows)
        waiting = state.agreed or state.unreleased or state.to_swap or state.to_get_back or state.in_error
        if not (waiting or state.out or state.ended):
            self._rows.addWidget(label("No copy was given yet.", "quiet", name=f"{self._name}.none"))
        self._show_in_error(state)
        self._show_agreed(state)
        self._show_unreleased(state)
        self._show_swaps(state)
        self._show_to_get_back(state)
        self._show_out(state)
        if state.version:
            more = menu_button("A copy for somebody else", f"{self._name}.somebody", self._fill_people)
            self._rows.addLayout(row(more, None))
        self._show_earlier(state)

    def _show_in_error(self, state: CopiesState) -> None:
        if state.in_error:
            self._heading("Of a version entered in error: to take back")
            for number, copy in enumerate(state.in_error, start=1):
                name = f"{self._name}.in-error-{number}"
                more = release_words(copy.recipient)
                self._line(name, self._copy_words(copy), more, self._gone(name, copy))

    def _show_agreed(self, state: CopiesState) -> None:
        if state.agreed:
            self._heading(f"Agreed, not given yet (version {state.version})")
            for number, recipient in enumerate(state.agreed, start=1):
                name = f"{self._name}.agreed-{number}"
                given = button("Given today", f"{name}.give", partial(self._actions.give, (recipient,)), kind="small")
                self._line(name, holder_words(recipient), release_words(recipient), given)
            self._all("Print these", "print-agreed", state.agreed, "All were given", "give-all")

    def _show_unreleased(self, state: CopiesState) -> None:
        if state.unreleased:
            self._heading("Not given: the client's dated release is missing")
            for number, recipient in enumerate(state.unreleased, start=1):
                name = f"{self._name}.unreleased-{number}"
                add = partial(self._actions.to_somebody, recipient)
                added = button("Add the release...", f"{name}.release", add, kind="small")
                self._line(name, holder_words(recipient), release_words(recipient), added)

    def _fill_people(self, menu: QMenu) -> None:
        fill_offers(menu, self._actions.offers(), lambda offer: self._actions.to_somebody(somebody(offer)))
        menu.addSeparator()
        other = menu.addAction("Somebody who isn't here...")
        other.setObjectName(f"{self._name}.somebody.other")
        other.triggered.connect(lambda _checked=False: self._actions.to_somebody(somebody(NOBODY_YET)))

    def _show_swaps(self, state: CopiesState) -> None:
        if state.to_swap:
            self._heading(f"To swap for version {state.version}")
            for number, swap in enumerate(state.to_swap, start=1):
                name = f"{self._name}.swap-{number}"
                give = partial(self._actions.give, (swap.recipient,))
                swapped = button("Swapped today", f"{name}.swapped", give, kind="small")
                more = release_words(swap.recipient)
                self._line(name, self._copy_words(swap.copy), more, swapped, self._gone(name, swap.copy))
            swaps = tuple(swap.recipient for swap in state.to_swap)
            self._all("Print these again", "print-swaps", swaps, "All were swapped", "swap-all")

    def _show_to_get_back(self, state: CopiesState) -> None:
        if state.to_get_back:
            self._heading(f"Older copies with nobody's word on version {state.version}: to get back")
            for number, copy in enumerate(state.to_get_back, start=1):
                name = f"{self._name}.get-back-{number}"
                buttons = [self._gone(name, copy)]
                if copy.recipient.kind not in (HolderKind.CLIENT, HolderKind.THERAPIST):
                    anew = replace(copy.recipient, id=new_id(), release_on=None)
                    again = partial(self._actions.to_somebody, anew)
                    buttons.insert(0, button("The client agrees again...", f"{name}.agree", again, kind="small"))
                self._line(name, self._copy_words(copy), release_words(copy.recipient), *buttons)

    def _show_out(self, state: CopiesState) -> None:
        if state.out:
            self._heading("Out")
            for number, copy in enumerate(state.out, start=1):
                name = f"{self._name}.out-{number}"
                buttons = [self._gone(name, copy)]
                if not copy.received and copy.recipient.kind is not HolderKind.THERAPIST:
                    received = button(
                        "They have it", f"{name}.received", partial(self._actions.received, copy), kind="small"
                    )
                    buttons.insert(0, received)
                self._line(name, self._copy_words(copy), release_words(copy.recipient), *buttons)

    def _show_earlier(self, state: CopiesState) -> None:
        if state.ended:
            words = "Hide earlier copies" if self._show_ended else f"Show earlier copies ({len(state.ended)})"
            self._rows.addLayout(row(button(words, f"{self._name}.earlier", self._toggle_ended, kind="quiet"), None))
            for number, copy in enumerate(state.ended if self._show_ended else (), start=1):
                name = f"{self._name}.ended-{number}"
                back = button("It is still out", f"{name}.back", partial(self._actions.take_back, copy), kind="small")
                self._line(name, self._copy_words(copy), "", back)

    def _heading(self, words: str) -> None:
        self._rows.addWidget(label(words, "heading"))

    def _line(self, name: str, words: str, more: str, *buttons: QPushButton) -> None:
        line = QHBoxLayout()
        text = label(f"{words}\n{more}" if more else words, name=name)
        line.addWidget(text, 1)
        for made in buttons:
            made.setAccessibleName(f"{made.text()}: {words}")
            line.addWidget(made)
        self._rows.addLayout(line)

    def _all(
        self, print_words: str, print_name: str, recipients: tuple[Recipient, ...], give_words: str, give_name: str
    ) -> None:
        self._rows.addLayout(
            row(
                button(
                    f"{print_words}...",
                    f"{self._name}.{print_name}",
                    partial(self._actions.print_these, recipients),
                    kind="primary",
                ),
                button(give_words, f"{self._name}.{give_name}", partial(self._actions.give, recipients)),
                None,
            )
        )

    def _copy_words(self, copy: PlanCopy) -> str:
        words = f"{holder_words(copy.recipient)}, version {copy.version_number}, since {copy.given_on:%d %b %Y}"
        if copy.received:
            words += ", received"
        if copy.end is not None and copy.ended_on is not None:
            words += f". {label_of(copy.end)} on {copy.ended_on:%d %b %Y}"
        return words

    def _gone(self, name: str, copy: PlanCopy) -> QPushButton:
        def fill(menu: QMenu) -> None:
            for end in _ENDS:
                action = menu.addAction(label_of(end))
                action.setObjectName(f"{name}.{end.value}")
                action.triggered.connect(lambda _checked=False, end=end: self._actions.end(copy, end))

        return menu_button("No longer out", f"{name}.gone", fill, kind="small")

    def _toggle_ended(self) -> None:
        self._show_ended = not self._show_ended
        self.show_state(self._state)
