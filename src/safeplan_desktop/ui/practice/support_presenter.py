"""The therapist's own support: what its page shows, and what is written there one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from safeplan_desktop.domain.check_ins import CheckIn, CheckInForm, Offer
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.proqol import ProqolEntry, SubScale, band, score
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.self_care import SelfCareVersion
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import RunJob, Shell


class Writing(Enum):
    """What is being written."""

    SELF_CARE = "self-care"
    PROQOL = "proqol"
    CHECK_IN = "check-in"


@dataclass(frozen=True, slots=True)
class SupportState:
    """What the page shows.

    Attributes:
        offered: Whether offers after incidents are made.
        plan_waits: Whether the self-care plan is being written.
        answers_wait: Whether ProQOL answers wait for the others.
    """

    offers: tuple[Offer, ...]
    offered: bool
    versions: tuple[SelfCareVersion, ...]
    plan_waits: bool
    entries: tuple[ProqolEntry, ...]
    answers_wait: bool
    check_ins: tuple[CheckIn, ...]


class SupportView(Protocol):
    """What the presenter asks of the part."""

    def show_home(self, state: SupportState) -> None: ...

    def show_writing(self, what: Writing, form: Any) -> None: ...  # noqa: ANN401 - each has its own form

    def form(self, what: Writing) -> Any: ...  # noqa: ANN401 - see above

    def forget(self) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...


def scale_words(scale: SubScale, entry: ProqolEntry) -> str:
    """A sub-scale's raw score with its published band."""
    raw = score(entry.form.answers, scale)
    return "" if raw is None else f"{raw}, {band(raw).lower()}"


@dataclass
class SupportPresenter:
    """Self-care plan, ProQOL, check-ins."""

    session: Session
    shell: Shell
    run: RunJob
    writing: Writing | None = field(default=None, init=False)
    _draft: Draft | None = field(default=None, init=False)

    def attach(self, view: SupportView) -> None:
        """Takes the part that it speaks to."""
        self._view = view

    def state(self) -> SupportState:
        """What the page shows now."""
        session = self.session
        return SupportState(
            offers=session.check_ins.offers(),
            offered=session.check_ins.are_offered,
            versions=session.self_care.versions(),
            plan_waits=session.self_care.waiting() is not None,
            entries=session.proqol.every(),
            answers_wait=session.proqol.is_waiting,
            check_ins=session.check_ins.every(),
        )

    def show_home(self) -> None:
        """Leaves what is being written, which stays as a draft, and shows the page."""
        self.writing, self._draft = None, None
        self._view.show_home(self.state())

    # -- writing --------------------------------------------------------------------------------------------------

    def write(self, what: Writing, incident_id: str = "") -> None:
        """Opens one of the forms, as it was left."""
        services: dict[Writing, Callable[[], tuple[Draft, Any]]] = {
            Writing.SELF_CARE: self.session.self_care.begin,
            Writing.PROQOL: self.session.proqol.begin,
            Writing.CHECK_IN: lambda: self.session.check_ins.begin(incident_id),
        }

        def begin() -> None:
            self._draft, form = services[what]()
            self.writing = what
            self._view.show_writing(what, form)

        self._try(begin)

    def autosave(self) -> None:
        """Saves the form as it stands."""
        if self._draft is None or self.writing is None:
            return
        service: Any = self._service(self.writing)
        self._draft = service.autosave(self._draft, self._view.form(self.writing))

    def keep(self) -> None:
        """Keeps what was written."""
        if self._draft is None or self.writing is None:
            return
        what, service = self.writing, self._service(self.writing)
        draft, form = self._draft, self._view.form(self.writing)

        def save() -> None:
            service.keep(draft, form)
            self._view.forget()
            self.show_home()
            self.shell.say(_KEPT[what])

        self._try(save)

    def discard(self) -> None:
        """Throws away what is being written."""
        if self._draft is None or self.writing is None:
            return
        service, record_id = self._service(self.writing), self._draft.record_id

        def throw_away() -> None:
            service.discard(record_id)
            self._view.forget()
            self.show_home()

        self._try(throw_away)

    def _service(self, what: Writing) -> Any:  # noqa: ANN401 - three services with the same verbs
        session = self.session
        return {
            Writing.SELF_CARE: session.self_care,
            Writing.PROQOL: session.proqol,
            Writing.CHECK_IN: session.check_ins,
        }[what]

    # -- what was kept --------------------------------------------------------------------------------------------

    def print_version(self, version: SelfCareVersion) -> None:
        """Shows a version of the plan for printing."""
        self.shell.preview(self.session.self_care.document(version))

    def remove_entry(self, entry: ProqolEntry) -> None:
        """Takes ProQOL answers out."""

        def take_out() -> None:
            former = self.session.proqol.remove(entry.id)
            self.show_home()

            def bring_back() -> None:
                self.session.proqol.bring_back(former)
                self.show_home()

            self.shell.say("The answers were taken out.", lambda: self._try(bring_back))

        self._try(take_out)

    def remove_check_in(self, check_in: CheckIn) -> None:
        """Takes out what was written after an incident."""

        def take_out() -> None:
            self.session.check_ins.remove(check_in.id)
            self.show_home()
            self.shell.say("It was taken out.")

        self._try(take_out)

    # -- the offer ------------------------------------------------------------------------------------------------

    def dismiss(self, offer: Offer) -> None:
        """Turns the offer down for this incident."""

        def turn_down() -> None:
            entry_id = self.session.check_ins.dismiss(offer.incident_id)
            self.show_home()

            def offer_again() -> None:
                self.session.check_ins.remove(entry_id)
                self.show_home()

            self.shell.say("It won't be offered again for this incident.", lambda: self._try(offer_again))

        self._try(turn_down)

    def set_offered(self, *, offered: bool) -> None:
        """Turns offers on or off for good."""
        self._try(lambda: self.session.check_ins.set_offered(offered=offered))
        self.show_home()

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except SafePlanError as problem:
            self._view.show_problem(problem)


def check_in_words(form: CheckInForm) -> str:
    """The first words of a check-in, for a list."""
    first = next((text for text in (form.how, form.need, form.whom, form.workload) if text.strip()), "")
    return first.replace("\n", " ")


_KEPT = {
    Writing.SELF_CARE: "Kept as today's version of your plan.",
    Writing.PROQOL: "Kept with today's date.",
    Writing.CHECK_IN: "Kept, for you alone.",
}
