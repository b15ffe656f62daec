"""Documents of screenings: the report of one, of a period, of one instrument, and scores over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientSnapshot, snapshot_of
from safeplan_desktop.domain.history import History
from safeplan_desktop.domain.incidents import Addendum
from safeplan_desktop.domain.moments import Moment, moment_now
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.screenings import ScreeningSummary, SignedScreening
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services.addenda import Addenda
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.exports import Document, Tell, file_name
from safeplan_desktop.services.histories import Histories
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.screenings import Screenings
from safeplan_desktop.storage import audit
from safeplan_desktop.storage import screenings as stored

_READING = 0.1
"""Of the time that a report of a period takes, the share of reading what was signed."""


@dataclass(frozen=True, slots=True)
class _Gathered:
    """A report's contents as they lie in the file; taking them apart is left to the job."""

    client: ClientSnapshot
    since: dt.date | None
    until: dt.date | None
    instruments: tuple[str, ...]
    titles: tuple[str, ...]
    history: History
    texts: tuple[tuple[str, str], ...]
    addenda: tuple[tuple[Addendum, ...], ...]
    practice: PracticeProfile
    made: Moment


# ReportLab loads when a document is first made, in the job that makes it: the window doesn't wait for it.


def _make_one(
    screening: SignedScreening,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
    instruments: tuple[str, ...],
) -> bytes:
    from safeplan_desktop.documents.screening_report import screening_report_pdf  # noqa: PLC0415 - see above

    return screening_report_pdf(screening, addenda, practice, paper, chain_head, instruments)


def _make_scores(
    history: History,
    client: ClientSnapshot,
    practice: PracticeProfile,
    paper: Paper,
    made: Moment,
    chain_head: str,
    *,
    since: dt.date | None,
    until: dt.date | None,
    only: tuple[str, ...],
) -> bytes:
    from safeplan_desktop.documents.trend_report import trend_report_pdf  # noqa: PLC0415 - see above

    return trend_report_pdf(history, client, practice, paper, made, chain_head, since=since, until=until, only=only)


def _make_period(gathered: _Gathered, paper: Paper, chain_head: str, tell: Tell) -> bytes:
    from safeplan_desktop.documents import screening_period  # noqa: PLC0415 - see above

    signed = []
    for place, (text, addenda) in enumerate(zip(gathered.texts, gathered.addenda, strict=True)):
        tell(_READING * place / len(gathered.texts), "Reading what was signed")
        signed.append((stored.read_text(*text), addenda))
    return screening_period.screening_period_pdf(
        screening_period.Period(
            gathered.client,
            gathered.since,
            gathered.until,
            gathered.instruments,
            gathered.titles,
            gathered.history,
            gathered.made,
        ),
        signed,
        gathered.practice,
        paper,
        chain_head,
        lambda fraction: tell(_READING + (1 - _READING) * fraction, "Setting the pages"),
    )


def _to_nobody(_fraction: float, _sentence: str) -> None:
    """Hears how far the work is and does nothing with it."""


@dataclass(frozen=True, slots=True)
class ScreeningReports:
    """Documents of signed screenings. What was entered in error stays out of reports of a period."""

    desk: Desk
    clients: Clients
    screenings: Screenings
    addenda: Addenda
    practice: Practice
    histories: Histories

    def one(self, screening_id: str, *, instruments: Sequence[str] = (), paper: Paper | None = None) -> Document:
        """The report of a signed screening with its addenda.

        Args:
            screening_id: Which.
            instruments: The ids of those whose answers are shown; empty for all.
            paper: Its size; None for the practice's own.

        Raises:
            NotFoundError: when it has none of these instruments.
        """
        screening = self.screenings.get(screening_id)
        used = {fact.instrument: fact.title for fact in screening.facts}
        _refuse_unused(instruments, used)
        paper = paper or self.practice.settings().paper
        head = audit.head(self.desk.database).stamp
        addenda = self.addenda.of_record(screening_id)
        return Document(
            make=partial(_make_one, screening, addenda, self.practice.profile(), paper, head, tuple(instruments)),
            title="Screening report",
            suggested_name=file_name("screening", screening.client.code, screening.signed.local_date),
            noun=Noun.SCREENING,
            record_id=screening.id,
            client_id=screening.client.client_id,
            detail=f"report{', some instruments' if instruments else ''}, {paper.value}",
            words=screening.content,
        )

    def used(self, client_id: str) -> dict[str, str]:
        """The instruments of a client's signed screenings: titles by id, in the order of their first use."""
        facts = stored.scores_of_client(self.desk.database, client_id)
        found: dict[str, str] = {}
        for one in reversed(self._kept(client_id)):
            for fact in facts[one.id]:
                found.setdefault(fact.instrument, self._title(fact.instrument))
        return found

    def period(
        self,
        client_id: str,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        instruments: Sequence[str] = (),
        paper: Paper | None = None,
    ) -> Document:
        """One report of all signed screenings between two days, both included.

        Args:
            client_id: Whose.
            since: The first day; None for all.
            until: The last day; None for all.
            instruments: The ids of those to show; screenings without any of them are left out. Empty for all.
            paper: Its size; None for the practice's own.

        Raises:
            InvalidInputError: "until", when the last day lies before the first.
            NotFoundError: when there is no screening to show.
        """
        period = Period(since, until)
        facts = stored.scores_of_client(self.desk.database, client_id)
        kept = [
            one
            for one in reversed(self._kept(client_id))
            if period.holds(one.signed.local_date)
            and (not instruments or any(fact.instrument in instruments for fact in facts[one.id]))
        ]
        if not kept:
            raise NotFoundError(
                "There is no signed screening to show here.",
                next_step=self._others(client_id, instruments, "Choose a longer time, or all instruments."),
            )
        texts = stored.texts_of_client(self.desk.database, client_id)
        numbers = {one.number for one in kept}
        client = self.clients.get(client_id)
        made = moment_now(self.desk.clock)
        paper = paper or self.practice.settings().paper
        gathered = _Gathered(
            client=snapshot_of(client),
            since=since,
            until=until,
            instruments=tuple(instruments),
            titles=tuple(self._title(name) for name in instruments),
            history=self.histories.of_client(client_id).within(period).only(instruments).of_screenings(numbers),
            texts=tuple(texts[one.id] for one in kept),
            addenda=tuple(self.addenda.of_record(one.id) for one in kept),
            practice=self.practice.profile(),
            made=made,
        )
        telling = partial(_make_period, gathered, paper, audit.head(self.desk.database).stamp)
        return Document(
            make=partial(telling, _to_nobody),
            telling=telling,
            title="Screenings of a period",
            suggested_name=file_name("screenings", client.code, made.local_date),
            noun=Noun.CLIENT,
            record_id=client.id,
            client_id=client.id,
            detail=f"screenings of a period, {paper.value}",
            words=" ".join(text for text, _ in gathered.texts),
        )

    def scores(
        self,
        client_id: str,
        *,
        instruments: Sequence[str] = (),
        since: dt.date | None = None,
        until: dt.date | None = None,
        paper: Paper | None = None,
    ) -> Document:
        """The report of a client's scores over time.

        Args:
            client_id: Whose.
            instruments: The ids of those to show; empty for all.
            since: The first day; None for all.
            until: The last day; None for all.
            paper: Its size; None for the practice's own.

        Raises:
            InvalidInputError: "until", when the last day lies before the first.
            NotFoundError: when there is no score to show.
        """
        history = self.histories.of_client(client_id).within(Period(since, until)).only(instruments)
        if not history.series:
            raise NotFoundError(
                "There is no signed score to show here.",
                next_step=self._others(
                    client_id, instruments, "Choose a longer time, or sign a screening with scores."
                ),
            )
        client = self.clients.get(client_id)
        paper = paper or self.practice.settings().paper
        made = moment_now(self.desk.clock)
        head = audit.head(self.desk.database).stamp
        return Document(
            make=partial(
                _make_scores,
                history,
                snapshot_of(client),
                self.practice.profile(),
                paper,
                made,
                head,
                since=since,
                until=until,
                only=tuple(self._title(name) for name in instruments),
            ),
            title="Scores over time",
            suggested_name=file_name("scores", client.code, made.local_date),
            noun=Noun.CLIENT,
            record_id=client.id,
            client_id=client.id,
            detail=f"scores over time, {paper.value}",
            words=" ".join((client.name, *(event.words for event in history.events))),
        )

    def _others(self, client_id: str, instruments: Sequence[str], otherwise: str) -> str:
        """What can be done where nothing is to be shown: name what there is, where other instruments were asked for."""
        used = self.used(client_id)
        if not used or not instruments or any(name in used for name in instruments):
            return otherwise
        return f"The signed screenings of this client hold: {', '.join(used)}."

    def _kept(self, client_id: str) -> list[ScreeningSummary]:
        """A client's signed screenings without those that were entered in error, the newest first."""
        return [one for one in self.screenings.of_client(client_id) if not one.voided]

    def _title(self, instrument_id: str) -> str:
        return self.screenings.questionnaires.instrument(instrument_id).title


def _refuse_unused(instruments: Sequence[str], used: dict[str, str]) -> None:
    """An instrument that isn't there would be left out in silence."""
    for name in instruments:
        if name not in used:
            there = f"There are: {', '.join(used)}." if used else "It has none at all."
            raise NotFoundError(f"This screening has no instrument {name}.", next_step=there)
