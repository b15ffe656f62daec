"""The checklist for an ending: each line with what the record itself says is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.closing import SCREENING_FRESH_DAYS, ClosingItem, ClosingList, ClosingStep, Evidence
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.plans import HolderKind
from safeplan_desktop.domain.timeline import Standing
from safeplan_desktop.services import reference
from safeplan_desktop.services.addendum_drafts import AddendumDrafts
from safeplan_desktop.services.consents import Consents
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.incidents import Incidents
from safeplan_desktop.services.plan_copies import PlanCopies
from safeplan_desktop.services.plans import Plans
from safeplan_desktop.services.screenings import Screenings
from safeplan_desktop.services.timelines import Timelines

_ADDITION = "Addition to a signed record"


@dataclass(frozen=True, slots=True)
class Closings:
    """What is left to do before the work with a client ends."""

    desk: Desk
    screenings: Screenings
    plans: Plans
    plan_copies: PlanCopies
    incidents: Incidents
    consents: Consents
    timelines: Timelines
    addendum_drafts: AddendumDrafts

    @staticmethod
    def closing_list() -> ClosingList:
        """The list as it is shipped."""
        return reference.closing_list()

    def of_client(self, client_id: str) -> tuple[ClosingItem, ...]:
        """The list with what the record says of each line."""
        looks: dict[Evidence, Callable[[ClosingStep, str], ClosingItem]] = {
            Evidence.LAST_SCREENING: self._screening,
            Evidence.PLAN_COPY: self._copy,
            Evidence.DRAFTS: self._drafts,
            Evidence.FOLLOW_UPS: self._follow_ups,
            Evidence.CONSENTS: self._consents,
        }
        return tuple(
            looks[step.evidence](step, client_id) if step.evidence in looks else ClosingItem(step)
            for step in self.closing_list().steps
        )

    def _screening(self, step: ClosingStep, client_id: str) -> ClosingItem:
        last = next((one for one in self.screenings.of_client(client_id) if not one.voided), None)
        if last is None:
            return ClosingItem(step, "There is no signed screening.", open=True, opens=(Noun.SCREENING, ""))
        day = last.signed.local_date
        fresh = today(self.desk.clock) - day <= dt.timedelta(days=SCREENING_FRESH_DAYS)
        return ClosingItem(
            step, f"The last one was signed on {day:%d %b %Y}.", open=not fresh, opens=(Noun.SCREENING, "")
        )

    def _copy(self, step: ClosingStep, client_id: str) -> ClosingItem:
        versions = self.plans.counting(client_id)
        if not versions:
            return ClosingItem(step, "There is no finished safety plan.", open=True, opens=(Noun.PLAN, ""))
        newest = versions[0]
        has_it = any(
            copy.is_out and copy.version_id == newest.id and copy.recipient.kind is HolderKind.CLIENT
            for copy in self.plan_copies.of_client(client_id)
        )
        said = "The client has a copy" if has_it else "No copy for the client is noted"
        return ClosingItem(step, f"{said} of version {newest.number}.", open=not has_it, opens=(Noun.PLAN, ""))

    def _drafts(self, step: ClosingStep, client_id: str) -> ClosingItem:
        entries = (one for one in self.timelines.of_client(client_id) if one.standing is Standing.DRAFT)
        waiting = [(one.title, one.opens) for one in entries]
        waiting += [
            # Signed screenings are added to from their list.
            (_ADDITION, (noun, "" if noun is Noun.SCREENING else record_id))
            for noun, record_id in self.addendum_drafts.of_client(client_id)
        ]
        if not waiting:
            return ClosingItem(step, "Nothing is left unsigned.", open=False)
        names = ", ".join(dict.fromkeys(title for title, _ in waiting))
        return ClosingItem(step, f"Not signed yet: {names}.", open=True, opens=waiting[0][1])

    def _follow_ups(self, step: ClosingStep, client_id: str) -> ClosingItem:
        numbers = {one.id: one.number for one in self.incidents.of_client(client_id) if not one.voided}
        waiting = [one for one in self.incidents.open_follow_ups() if one.incident_id in numbers]
        if not waiting:
            return ClosingItem(step, "None is open.", open=False)
        named = ", ".join(dict.fromkeys(numbers[one.incident_id] for one in waiting))
        words = "One is open" if len(waiting) == 1 else f"{len(waiting)} are open"
        first = waiting[0].incident_id
        return ClosingItem(step, f"{words}, of incident {named}.", open=True, opens=(Noun.INCIDENT, first))

    def _consents(self, step: ClosingStep, client_id: str) -> ClosingItem:
        consents = [one for one in self.consents.states(client_id) if not one.voided]
        if not consents:
            return ClosingItem(step, "There is no signed consent.")
        day = today(self.desk.clock)
        counting = [one for one in consents if one.counts_on(day)]
        if not counting:
            said = "No consent counts any more: each was withdrawn or has ended."
            return ClosingItem(step, said, opens=(Noun.CONSENT, consents[0].record_id))
        words = "One consent counts" if len(counting) == 1 else f"{len(counting)} consents count"
        return ClosingItem(step, f"{words} now.", opens=(Noun.CONSENT, counting[0].record_id))
