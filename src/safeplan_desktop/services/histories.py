"""Change over time: scores, plans, incidents and decisions of one client, gathered from what was signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safeplan_desktop.domain.history import Event, EventKind, History, Occasion, ScoreFact, Series, series_of
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.screenings import ScreeningSummary
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.incidents import Incidents
from safeplan_desktop.services.plans import Plans
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.screenings import Screenings
from safeplan_desktop.storage import screenings as stored

Signed = tuple[ScreeningSummary, tuple[ScoreFact, ...]]


@dataclass(frozen=True, slots=True)
class Histories:
    """What the change over time is drawn from."""

    desk: Desk
    screenings: Screenings
    plans: Plans
    incidents: Incidents
    practice: Practice

    def of_client(self, client_id: str) -> History:
        """A client's history, the oldest first."""
        facts = stored.scores_of_client(self.desk.database, client_id)
        signed = [(one, facts[one.id]) for one in reversed(self.screenings.of_client(client_id)) if not one.voided]
        uk = self.practice.profile().country == "GB"
        series = [self._series(instrument_id, signed, uk=uk) for instrument_id in _used(signed)]
        return History(tuple(one for one in series if one is not None), self._events(client_id, signed))

    def _series(self, instrument_id: str, signed: Sequence[Signed], *, uk: bool) -> Series | None:
        try:
            instrument = self.screenings.questionnaires.instrument(instrument_id)
        except NotFoundError:
            return None
        if not instrument.has_total:
            return None
        occasions, incomplete = [], []
        for summary, facts in signed:
            for fact in facts:
                if fact.instrument != instrument_id:
                    continue
                if fact.value is None:
                    incomplete.append(summary.number)
                else:
                    day = summary.signed.local_date
                    occasions.append(Occasion(day, summary.number, fact.value, fact.band, fact.flagged))
        return series_of(instrument, tuple(occasions), tuple(incomplete), uk) if occasions else None

    def _events(self, client_id: str, signed: Sequence[Signed]) -> tuple[Event, ...]:
        events = [
            Event(plan.finished.local_date, EventKind.PLAN, f"Safety plan, version {plan.number}")
            for plan in reversed(self.plans.counting(client_id))
        ]
        for incident in self.incidents.of_client(client_id):
            if not incident.voided and incident.signed is not None:
                happened = incident.happened_at
                day = Moment(happened, incident.zone).local_date if happened else incident.signed.local_date
                category = f": {label_of(incident.category).lower()}" if incident.category else ""
                events.append(Event(day, EventKind.INCIDENT, f"Incident {incident.number}{category}"))
        before = None
        for summary, _ in signed:
            if before is not None and summary.level is not before:
                events.append(
                    Event(
                        summary.signed.local_date, EventKind.CARE, f"Level of care: {label_of(summary.level).lower()}"
                    )
                )
            before = summary.level
        return tuple(sorted(events, key=lambda event: event.day))


def _used(signed: Sequence[Signed]) -> list[str]:
    """The instruments by how often they gave something, the most frequent first."""
    counts: dict[str, int] = {}
    for _, facts in signed:
        for fact in facts:
            counts[fact.instrument] = counts.get(fact.instrument, 0) + 1
    return sorted(counts, key=lambda name: -counts[name])


def plot_svg(series: Series, events: Sequence[Event], size: tuple[float, float], inks: Mapping[str, str]) -> bytes:
    """A plot for the screen.

    Args:
        series: The scores.
        events: What happened.
        size: Width and height, in points.
        inks: Colours by the names of `documents.charts.Inks`.
    """
    from safeplan_desktop.documents import charts  # noqa: PLC0415 - ReportLab loads in the job that draws first

    return charts.as_svg(charts.score_plot(series, events, *size, charts.Inks(**inks)))
