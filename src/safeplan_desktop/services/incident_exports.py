"""Incidents leave the records: a period as PDF or CSV, and de-identified copies of one or of several."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from re import findall

from mnemonic import Mnemonic

from safeplan_desktop import assets
from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import Client
from safeplan_desktop.domain.de_identification import Deidentifier, Doubtful
from safeplan_desktop.domain.de_identified_copy import (
    DeidentifiedCopy,
    as_text,
    copy_of,
    day_zero_of,
    identities_of,
    notice,
    texts_of,
)
from safeplan_desktop.domain.incident_log import BAR_MARGIN, BAR_ROW, Counts, LogFilter, LogState, counts_of, narrowed
from safeplan_desktop.domain.incidents import Addendum, FollowUpState, IncidentSummary, RecordLink, SignedIncident
from safeplan_desktop.domain.known_people import Identity, Known
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.readable_text import plain
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import NotFoundError, SafePlanError
from safeplan_desktop.exchange import csv_out
from safeplan_desktop.services.addenda import Addenda
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.exports import Document, Tell, file_name, note_each_client
from safeplan_desktop.services.incidents import Incidents
from safeplan_desktop.services.plans import Plans
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.storage import audit
from safeplan_desktop.storage import follow_ups as stored_follow_ups
from safeplan_desktop.storage import incidents as stored
from safeplan_desktop.storage.atomic_file import write_document

Report = Callable[[float], None]
_MOST_MONTHS = 24
_FOR_EACH = "incidents of a period"
COPY_FOR_EACH = "de-identified copy of incidents"
"""What the audit notes for each client whose details left the records."""
_READING = 0.2
"""Which share of the work on a document is reading."""


def unwatched(_fraction: float) -> None:
    """Nobody watches, and nobody cancels."""


@dataclass(frozen=True, slots=True)
class StoredIncident:
    """One incident as it is stored; it is read in the job that needs it."""

    content: str
    content_hash: str
    addenda: tuple[Addendum, ...]
    follow_ups: tuple[FollowUpState, ...]
    revised: RecordLink | None

    def read(self) -> SignedIncident:
        """What was signed."""
        return stored.read(self.content, self.content_hash)


@dataclass(slots=True)
class Reading:
    """Incidents of a period, read when they are first needed: in a job, as a thousand of them take a while."""

    exports: IncidentExports
    rows: tuple[IncidentSummary, ...]
    found: tuple[StoredIncident, ...] | None = None

    def __call__(self, report: Report) -> tuple[StoredIncident, ...]:
        """The incidents; `report` may raise to end the work."""
        if self.found is None:
            self.found = tuple(self.exports.stored(self.rows, report))
        return self.found


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a job needs to write a period.

    Attributes:
        rows: Of the log; what was entered in error isn't among them.
        read: Gives what was signed; for a job.
    """

    rows: tuple[IncidentSummary, ...]
    read: Reading
    since: dt.date | None
    until: dt.date | None
    practice: PracticeProfile
    paper: Paper
    chain_head: str
    made: Moment

    @property
    def clients(self) -> tuple[str, ...]:
        """The ids of the clients whose details are in it."""
        return tuple(dict.fromkeys(row.client_id for row in self.rows if row.client_id))


def bars_of(counts: Counts) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """Counts in words: by kind, by month (the last two years, what lies before as one bar), by harm."""
    months = [(f"{month:%b %Y}", count) for month, count in counts.months]
    if len(months) > _MOST_MONTHS:
        earlier = sum(count for _, count in months[:-_MOST_MONTHS])
        months = [("Earlier", earlier), *months[-_MOST_MONTHS:]]
    return (
        ("By kind", tuple((label_of(kind), count) for kind, count in counts.kinds)),
        ("By month", tuple(months)),
        ("By harm, the higher of the two axes", tuple((label_of(level), count) for level, count in counts.harm)),
    )


def bars_height(bars: Sequence[tuple[str, int]]) -> float:
    """How high a plot of counts is, in points."""
    return BAR_ROW * max(len(bars), 1) + BAR_MARGIN


def bars_svg(bars: Sequence[tuple[str, int]], width: float, inks: dict[str, str]) -> bytes:
    """A plot of counts for the screen; `inks` are colours by the names of `documents.charts.Inks`."""
    from safeplan_desktop.documents import charts, count_charts  # noqa: PLC0415 - ReportLab loads in the job

    return charts.as_svg(count_charts.bar_plot(bars, width, charts.Inks(**inks)))


def period_pdf(gathered: Gathered, report: Report) -> bytes:
    """A period as a PDF; `report` may raise to end the work."""
    from safeplan_desktop.documents import incidents_of_period  # noqa: PLC0415 - see above
    from safeplan_desktop.documents.incident_report import Since  # noqa: PLC0415 - ReportLab loads in the job

    entries = []
    found = gathered.read(lambda fraction: report(fraction * _READING / 2))
    for place, one in enumerate(found, start=1):
        report(_READING * (1 + place / len(found)) / 2)
        entries.append(incidents_of_period.Entry(one.read(), one.addenda, Since(one.follow_ups, one.revised)))
    period = incidents_of_period.Period(
        tuple(entries), gathered.since, gathered.until, bars_of(counts_of(gathered.rows)), gathered.made
    )
    return incidents_of_period.incidents_of_period_pdf(
        period,
        gathered.practice,
        gathered.paper,
        gathered.chain_head,
        lambda fraction: report(_READING + (1 - _READING) * fraction),
    )


def period_csv(gathered: Gathered, report: Report) -> bytes:
    """A period as a table; `report` may raise to end the work."""
    rows = []
    found = gathered.read(lambda fraction: report(fraction / 2))
    for number, one in enumerate(found):
        report((1 + number / len(found)) / 2)
        rows.append((one.read(), one.addenda, one.follow_ups))
    return csv_out.incidents_csv(rows)


@cache
def common_words() -> frozenset[str]:
    """Ordinary words that aren't doubtful: those of the program's own English texts, and the 2,048 of the recovery words."""
    texts = [assets.read_text(f"{folder}/{name}") for folder in _OWN_TEXTS for name in assets.iter_names(folder)]
    own = {plain(word) for text in texts for word in findall(r"(?<![^\W_])[a-z][a-z'’]+(?![^\W_])", text)}
    return frozenset(own | set(Mnemonic("english").wordlist))


@cache
def also_names() -> dict[str, bool]:
    """Ordinary words that are names as well, and whether they are doubtful at the beginning of a sentence, too."""
    words = tomllib.loads(assets.read_text("de_identification/words.toml"))
    return dict.fromkeys(words["surnames"].split(), False) | dict.fromkeys(words["first_names"].split(), True)


_COPYING = 0.7
"""Of the time that a de-identified PDF takes, the share of making the copies."""

_OWN_TEXTS = ("de_identification", "checklists", "crisis", "screening", "sample", "instruments")


@dataclass(frozen=True, slots=True)
class Preparation:
    """Incidents that are to be copied, with everybody who must not be recognised; the rest is work for a job."""

    incidents: tuple[tuple[SignedIncident, tuple[Addendum, ...], Client | None, tuple[Identity, ...]], ...]
    paper: Paper
    made: Moment

    @property
    def clients(self) -> tuple[str, ...]:
        """Whose incidents these are, for the account of each; of one incident the audit names the incident itself."""
        if len(self.incidents) == 1:
            return ()
        return tuple(dict.fromkeys(client.id for _, _, client, _ in self.incidents if client is not None))

    def doubtful(self, report: Report = unwatched) -> tuple[Doubtful, ...]:
        """Words and numbers that may tell who somebody is; each is taken out unless the therapist keeps it.

        Args:
            report: Told how far the work is (0.0 to 1.0); may raise to end it.
        """
        found: dict[str, Doubtful] = {}
        cache: dict[Identity, Known] = {}
        for place, (incident, addenda, _, identities) in enumerate(self.incidents):
            report(place / len(self.incidents))
            out = Deidentifier(identities, day_zero_of(incident), common_words(), (), also_names(), cache)
            for one in out.doubtful(texts_of(incident, addenda)):
                found.setdefault(one.text, one)
        return tuple(found.values())

    def copies(self, kept: Collection[str] = (), report: Report = unwatched) -> tuple[DeidentifiedCopy, ...]:
        """The copies.

        Args:
            kept: Doubtful words that stay.
            report: Told how far the work is (0.0 to 1.0); may raise to end it.

        Raises:
            SafePlanError: when something known would still stand in one; nothing is made then.
        """
        made = []
        cache: dict[Identity, Known] = {}
        for number, (incident, addenda, client, identities) in enumerate(self.incidents, start=1):
            report((number - 1) / len(self.incidents))
            out = Deidentifier(identities, day_zero_of(incident), common_words(), kept, also_names(), cache)
            title = "Incident" if len(self.incidents) == 1 else f"Incident {number}"
            copy = copy_of(incident, addenda, out, title=title, client=client)
            if out.leaks("\n".join(line for section in copy.sections for line in section.lines)):
                raise SafePlanError(
                    "The copy would still hold a name, a number or an address of this record, so it wasn't made.",
                    safe="Nothing was changed.",
                    next_step="Please write a summary by hand for this incident.",
                )
            made.append(copy)
        return tuple(made)

    def text(self, kept: Collection[str] = (), report: Report = unwatched) -> bytes:
        """The copies as plain text."""
        return as_text(self.copies(kept, report), notice(self.made.local_date)).encode()

    def pdf(self, kept: Collection[str] = (), tell: Tell = lambda _part, _sentence: None) -> bytes:
        """The copies as a PDF; `tell` hears how far it is, and may raise to end the work."""
        from safeplan_desktop.documents.de_identified import de_identified_pdf  # noqa: PLC0415 - ReportLab loads in the job

        copies = self.copies(kept, lambda part: tell(_COPYING * part, "Taking out names and numbers"))

        def laid_out(part: float) -> None:
            tell(_COPYING + (1 - _COPYING) * part, "Making the document")

        return de_identified_pdf(copies, notice(self.made.local_date), self.paper, self.made, laid_out)


@dataclass(frozen=True, slots=True)
class IncidentExports:
    """What leaves the incident log."""

    desk: Desk
    clients: Clients
    plans: Plans
    incidents: Incidents
    addenda: Addenda
    practice: Practice

    def in_period(self, since: dt.date | None, until: dt.date | None) -> tuple[IncidentSummary, ...]:
        """Signed incidents that happened between two days, oldest first; not what was entered in error.

        Raises:
            InvalidInputError: "until", when the last day lies before the first.
        """
        period = Period(since, until)
        wanted = LogFilter(since=period.since, until=period.until, state=LogState.SIGNED)
        return narrowed(stored.every(self.desk.database), wanted)[::-1]

    def gather(
        self,
        rows: Sequence[IncidentSummary],
        since: dt.date | None = None,
        until: dt.date | None = None,
        *,
        paper: Paper | None = None,
    ) -> Gathered:
        """What a job needs; drafts and what was entered in error are left out.

        Raises:
            NotFoundError: when nothing is left.
        """
        kept = tuple(row for row in rows if row.signed is not None and not row.voided)
        if not kept:
            raise NotFoundError("There is no signed incident in this choice.", next_step="Choose a longer time.")
        return Gathered(
            rows=kept,
            read=Reading(self, kept),
            since=since,
            until=until,
            practice=self.practice.profile(),
            paper=paper or self.practice.settings().paper,
            chain_head=audit.head(self.desk.database).stamp,
            made=self.desk.now(),
        )

    def stored(self, rows: Sequence[IncidentSummary], report: Report) -> Iterator[StoredIncident]:
        """Incidents with what came after them, as they are stored; `report` may raise to end the work."""
        follow_ups: dict[str, list[FollowUpState]] = {}
        for one in stored_follow_ups.every(self.desk.database):
            follow_ups.setdefault(one.incident_id, []).append(one)
        for place, row in enumerate(rows):
            report(place / len(rows))
            content, content_hash = stored.content(self.desk.database, row.id)
            yield StoredIncident(
                content,
                content_hash,
                self.addenda.of_record(row.id) if row.addenda else (),
                tuple(follow_ups.get(row.id, ())),
                self.incidents.revised_after(row.client_id, row.happened_at),
            )

    def period_document(self, gathered: Gathered, pdf: bytes) -> Document:
        """A period's PDF that was made, for the preview."""
        return Document(
            make=lambda: pdf,
            title="Incidents of a period",
            suggested_name=file_name("incidents", "", gathered.made.local_date),
            noun=Noun.INCIDENT,
            record_id="",
            client_id="",
            detail="period, pdf",
            about=gathered.clients,
            about_detail=_FOR_EACH,
            words="".join(one.content for one in gathered.read(unwatched)),
        )

    def prepare(
        self, rows: Sequence[IncidentSummary], *, paper: Paper | None = None, report: Report = unwatched
    ) -> Preparation:
        """What has to be decided before de-identified copies of these incidents are made; for a job.

        Args:
            rows: Of the log.
            paper: The practice's own when left out.
            report: Told how far the reading is (0.0 to 1.0); may raise to end it.

        Raises:
            NotFoundError: when no signed incident is among them.
        """
        kept = [row for row in rows if row.signed is not None and not row.voided]
        if not kept:
            raise NotFoundError("There is no signed incident in this choice.", next_step="Choose a longer time.")
        every = {one.id: one for one in self.clients.list(include_archived=True)}
        others = {
            one.id: Identity("another client", (one.name,), (one.form.phone,), marks=(one.code,), whole_names=True)
            for one in every.values()
        }
        profile, contacts = self.practice.profile(), self.practice.contacts()
        helpers: dict[str, tuple[Identity, ...]] = {"": ()}
        prepared = []
        for place, row in enumerate(kept):
            report(place / len(kept))
            incident, client = self.incidents.get(row.id), every.get(row.client_id)
            if row.client_id not in helpers:
                helpers[row.client_id] = self._helpers(row.client_id)
            found = identities_of(incident, client, helpers[row.client_id], profile, contacts)
            rest = tuple(one for client_id, one in others.items() if client_id != row.client_id)
            addenda = self.addenda.of_record(row.id) if row.addenda else ()
            prepared.append((incident, addenda, client, (*found, *rest)))
        return Preparation(tuple(prepared), paper or self.practice.settings().paper, self.desk.now())

    def _helpers(self, client_id: str) -> tuple[Identity, ...]:
        plan = self.plans.newest(client_id)
        if plan is None:
            return ()
        keys = (SectionKey.HELPERS, SectionKey.PROFESSIONALS)
        return tuple(
            Identity("a helper of the plan", (item.text,), (item.phone,), whole_names=key is SectionKey.PROFESSIONALS)
            for key in keys
            for item in plan.form.section(key).items
        )

    def copy_document(self, preparation: Preparation, kept: Collection[str]) -> Document:
        """De-identified copies for the preview."""
        one = preparation.incidents[0][0].id if len(preparation.incidents) == 1 else ""
        telling = partial(preparation.pdf, frozenset(kept))
        return Document(
            make=telling,
            telling=telling,
            title="De-identified copy",
            suggested_name=file_name("de-identified", "", preparation.made.local_date),
            noun=Noun.INCIDENT,
            record_id=one,
            client_id="",
            detail="de-identified, pdf",
            about=preparation.clients,
            about_detail=COPY_FOR_EACH,
        )

    def save(
        self,
        path: Path,
        document: bytes,
        detail: str,
        record_id: str = "",
        *,
        about: Sequence[str] = (),
        about_detail: str = _FOR_EACH,
    ) -> None:
        """Writes a table or a text where the therapist chose, and notes it in the audit.

        Args:
            path: Where to.
            document: Its bytes.
            detail: A constant for the audit, such as "period, csv".
            record_id: The incident; empty for several.
            about: The clients whose details are in it; the audit notes it for each.
            about_detail: The constant with which it is noted for each of them.

        Raises:
            StorageFullError, StorageUnavailableError: a file of that name stays as it was.
        """
        write_document(path, document)
        with self.desk.entry() as entry:
            entry.audit(AuditAction.EXPORTED, Noun.INCIDENT, record_id, detail=detail)
            note_each_client(entry, AuditAction.EXPORTED, about, about_detail)
