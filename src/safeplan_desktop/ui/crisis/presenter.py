"""What the Crisis panel shows, and the ticked steps: in memory while locked, in the encrypted file while unlocked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from safeplan_desktop.domain.crisis import (
    CrisisRun,
    Protocol,
    ProtocolStep,
    Stamp,
    Variant,
    Whereabouts,
    apart,
    incident_form_of,
)
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.incidents import IncidentForm
from safeplan_desktop.domain.moments import Clock, Moment, today, zone_info
from safeplan_desktop.domain.reference_lists import Card
from safeplan_desktop.services import reference
from safeplan_desktop.services.practice import CrisisCard, read_crisis_card
from safeplan_desktop.services.session import Session
from safeplan_desktop.storage.vault_folder import VaultFolder
from safeplan_desktop.ui.crisis.lines import Section, client_sections, dispatcher_section, numbers_section


@dataclass(frozen=True, slots=True)
class Numbers:
    """The left side of the panel.

    Attributes:
        can_make_incident: Whether the records are open, so that an incident can be made.
        asks_where: Whether the field for where the client is belongs on the screen.
        held_back: Whether something is left out: the screen is turned to the client, or names are hidden.
        of_another: Whose the ticked steps are, where that isn't the current client; else empty.
    """

    sections: tuple[Section, ...]
    can_make_incident: bool
    asks_where: bool = False
    held_back: bool = False
    of_another: str = ""


@dataclass
class CrisisPresenter:
    """Knows whether the records are open, and whose they are just now.

    Attributes:
        kind: What the ticked steps are saved as; those of an exercise are kept apart, and show nothing of a client.
        earlier: Crises before this one that aren't incident drafts yet.
        kept_apart: When an earlier crisis was begun that the last unlocking made an incident draft of; else empty.
    """

    folder: VaultFolder
    clock: Clock
    session: Callable[[], Session | None]
    client_id: Callable[[], str]
    faces_client: Callable[[], bool] = lambda: False
    kind: DraftKind = DraftKind.CRISIS
    run: CrisisRun = field(default_factory=CrisisRun, init=False)
    saved: bool = field(default=True, init=False)
    earlier: tuple[CrisisRun, ...] = field(default=(), init=False)
    kept_apart: str = field(default="", init=False)
    _earlier_saved: bool = field(default=True, init=False)
    _held_back: bool = field(default=False, init=False)
    _names: bool = field(default=False, init=False)

    @property
    def is_exercise(self) -> bool:
        """Whether this is an exercise."""
        return self.kind is DraftKind.DRILL

    def protocol(self) -> Protocol:
        """The practice's own steps, also while locked; else ours."""
        session = self.session()
        if session is not None:
            return session.practice.protocol()
        return read_crisis_card(self.folder).protocol or reference.protocol()

    def cards(self) -> tuple[Card, ...]:
        """The de-escalation cards."""
        return reference.cards()

    # -- ticks ----------------------------------------------------------------------------------------------------

    def tick(self, variant: Variant, step: ProtocolStep, *, on: bool) -> None:
        """Stamps a step, or takes the stamp away, and saves that at once where the records are open.

        Raises:
            SafePlanError: when it couldn't be saved; the stamp is kept in memory all the same.
        """
        now = self.clock.now()
        self.run = self.run.ticked(variant, step, now) if on else self.run.unticked(variant, step.text, now)
        self._take_client()
        self.save()

    def stamp_words(self, variant: Variant, step: str) -> str:
        """The local time of a step as shown, to the minute; empty where it isn't ticked."""
        stamp = self.run.stamp_of(variant, step)
        return "" if stamp is None else f"{self._local(stamp.at):%H:%M}"

    def set_where(self, text: str) -> None:
        """Notes where the client is, and when that was asked; `save` puts it in the records."""
        at = self.clock.now().replace(microsecond=0)
        self.run = replace(self.run, where=text, where_at=at if text.strip() else None)
        self._take_client()
        self.saved = False

    def save(self) -> None:
        """Saves the ticked steps where the records are open.

        Raises:
            SafePlanError: when that failed; they stay in memory.
        """
        self.saved = False
        session = self.session()
        if session is None:
            return
        if self.run.is_empty and self.run.began_at is None:
            if not self.earlier:
                session.crisis.forget(self.kind)
        else:
            if self.earlier:
                session.crisis.keep_apart(self.earlier)
                self.earlier, self._earlier_saved = (), True
            session.crisis.save(self.kind, self.run)
        self.saved = True

    @property
    def has_ticks(self) -> bool:
        """Whether stamped steps wait."""
        return bool(self.run.stamps)

    @property
    def only_in_memory(self) -> bool:
        """Whether stamped steps would be lost with the process."""
        return (self.has_ticks and not self.saved) or (bool(self.earlier) and not self._earlier_saved)

    def _take_client(self) -> None:
        if not self.run.client_id and not self.is_exercise:
            self.run = replace(self.run, client_id=self.client_id())

    def _forget_who_is_gone(self) -> None:
        """Steps of a client whose record was removed for good since are gone with it, here as in the records."""
        session, whose = self.session(), {run.client_id for run in (*self.earlier, self.run) if run.client_id}
        if session is None or not whose:
            return
        gone = whose - session.clients.codes_and_names(whose).keys()
        self.earlier = tuple(run for run in self.earlier if run.client_id not in gone)
        if self.run.client_id in gone:
            self.run, self.saved = CrisisRun(), True

    # -- one crisis and the next ----------------------------------------------------------------------------------

    def begin_anew(self) -> None:
        """The panel is opened long after the last tick: what is ticked now is another crisis. Nothing is saved by that."""
        if not self.is_exercise and self.run.is_over(self.clock.now()):
            self._earlier_saved = self.saved and (self._earlier_saved or not self.earlier)
            self.earlier, self.run, self.saved = (*self.earlier, self.run), CrisisRun(), True

    def go_on(self) -> None:
        """The steps that wait are this crisis after all; also when the panel closes and nothing else was ticked."""
        if self.earlier and self.run.is_empty:
            *rest, self.run = self.earlier
            self.earlier, self.saved = tuple(rest), self._earlier_saved

    def earlier_words(self) -> str:
        """When the steps that wait were begun, such as "14:05"; empty where none wait beside the present ones."""
        if not self.earlier or (first := self.earlier[-1].first_at) is None:
            return ""
        local = self._local(first)
        return f"{local:%H:%M}" if local.date() == today(self.clock) else f"{local:%d %b, %H:%M}"

    # -- locked, unlocked -----------------------------------------------------------------------------------------

    def unlocked(self) -> None:
        """Joins what was ticked while locked with what waits in the records.

        Raises:
            SafePlanError: when that couldn't be saved; it stays in memory.
        """
        session = self.session()
        if session is None:
            return
        found = session.crisis.waiting(self.kind)
        waiting = (found[1],) if found is not None else ()
        if self.is_exercise:
            self.run = waiting[0].joined(self.run) if waiting else self.run
        else:
            *earlier, self.run = apart((*waiting, *self.earlier, self.run)) or (self.run,)
            self.earlier, self._earlier_saved = tuple(earlier), False
        self.kept_apart = self.earlier_words()
        if not self.run.is_empty:
            self.save()

    def locked(self, *, keep_ticks: bool) -> None:
        """Forgets everything about the client; also the ticks, where they are in the records and the panel is closed."""
        self._held_back = False
        self.earlier = () if self._earlier_saved else tuple(_of_nobody(run) for run in self.earlier)
        if self.saved and not keep_ticks:
            self.run = CrisisRun()
        else:
            self.run = _of_nobody(self.run)

    # -- what stands on the left ----------------------------------------------------------------------------------

    def hold_back(self) -> None:
        """The screen is turned to the client: what is only for the therapist waits until it is asked for."""
        self._held_back, self._names = self.faces_client(), False

    def show_everything(self) -> None:
        """Shows the rest, too: whom never to contact, the consultant, what is known of the client, their name."""
        self._held_back, self._names = False, True

    def opens_at(self) -> Variant:
        """Which protocol stands in front: that of the run, else as the client's newest screening says."""
        if self.run.stamps:
            return self.run.in_order()[-1].variant
        return Variant.TELEHEALTH if self._whereabouts().elsewhere else Variant.OFFICE

    def _whereabouts(self) -> Whereabouts:
        session, client_id = self.session(), self.client_id()
        if session is None or not client_id or self.is_exercise:
            return Whereabouts()
        known = session.crisis.whereabouts(client_id)
        if self.run.where.strip() and self.run.where_at is not None and self.run.client_id in ("", client_id):
            return replace(known, place=self.run.where.strip(), asked=Moment(self.run.where_at, self.clock.zone()))
        return known

    def numbers(self, variant: Variant) -> Numbers:
        """What stands on the left: what to say first; then the client's people while unlocked; then the practice's numbers."""
        session, client_id = self.session(), self.client_id()
        self._forget_who_is_gone()
        shows_client = session is not None and bool(client_id) and not self._held_back and not self.is_exercise
        card = self._card(session)
        sections: list[Section] = []
        client = session.clients.get(client_id) if session is not None and shows_client else None
        sections.append(
            dispatcher_section(card, variant, client, self._whereabouts() if shows_client else None, today(self.clock))
        )
        if client is not None and session is not None:
            sections += client_sections(client, show_names=self._shows_names(session))
        sections.append(numbers_section(card.contacts, variant, today(self.clock), for_client=self._held_back))
        return Numbers(
            tuple(section for section in sections if section.lines),
            can_make_incident=session is not None,
            asks_where=shows_client,
            held_back=self._held_back
            or (client is not None and session is not None and not self._shows_names(session)),
            of_another=self._of_another(session, client_id) if shows_client or not client_id else "",
        )

    def _shows_names(self, session: Session) -> bool:
        """A dispatcher asks for the name, so that it can be shown here where screens show codes only."""
        return self._names or session.practice.settings().show_names

    def _of_another(self, session: Session | None, client_id: str) -> str:
        whose = self.run.client_id
        if session is None or not whose or whose == client_id or self._held_back:
            return ""
        return session.clients.get(whose).label(show_names=session.practice.settings().show_names)

    def _card(self, session: Session | None) -> CrisisCard:
        if session is None:
            return read_crisis_card(self.folder)
        return replace(session.practice.crisis_card(), contacts=session.practice.contacts())

    # -- what becomes of the ticks --------------------------------------------------------------------------------

    def incident_form(self) -> IncidentForm:
        """An incident form with the ticked steps as its timeline."""
        self.go_on()
        self._forget_who_is_gone()
        self._take_client()
        return incident_form_of(self.run, self.clock.zone())

    def became_incident(self) -> None:
        """The incident draft is saved; the ticked steps are in it.

        Raises:
            SafePlanError: when their own draft couldn't be removed; it then waits on Today once more.
        """
        self.run, self.saved = CrisisRun(), True
        session = self.session()
        if session is not None:
            session.crisis.forget(self.kind)

    def throw_away(self, *, everything: bool = False) -> None:
        """Throws the ticked steps away, on the therapist's word; those of an earlier crisis only with `everything`.

        Raises:
            SafePlanError: when their draft couldn't be removed.
        """
        self.run, self.saved = CrisisRun(), True
        if everything:
            self.earlier, self._earlier_saved = (), True
        session = self.session()
        if session is not None:
            session.crisis.discard(self.kind)

    def stamps(self) -> tuple[Stamp, ...]:
        """The stamps by time."""
        return self.run.in_order()

    def _local(self, at: dt.datetime) -> dt.datetime:
        return at.astimezone(zone_info(self.clock.zone()))


def _of_nobody(run: CrisisRun) -> CrisisRun:
    """The ticks without whose crisis it is and where they are."""
    return CrisisRun(run.stamps, run.taken_back, began_at=run.began_at)
