"""A client's whole record: for whom and why, contents with page numbers, the timeline, then every record in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from safeplan_desktop.documents import layout, pages, record_parts, theme
from safeplan_desktop.documents.record_of import Setting, record_story
from safeplan_desktop.domain.clients import snapshot_of
from safeplan_desktop.domain.disclosures import RecordPart
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.clients import Client
    from safeplan_desktop.domain.disclosures import DisclosureNote
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.plan_wording import PlanWording
    from safeplan_desktop.domain.practice import Paper, PracticeProfile
    from safeplan_desktop.domain.signed_items import SignedItem
    from safeplan_desktop.domain.timeline import TimelineEntry

_TITLE = "Full record"
_ROOM = 0.4
"""Of a page, what has to be left for a record to begin on it."""

_CLIENT, _TIMELINE = "The client", "Timeline"


@dataclass(frozen=True, slots=True)
class FullRecord:
    """What the document shows.

    Attributes:
        items: Every signed record, the oldest first, without what is withheld.
        timeline: What happened, the oldest first.
        note: For whom it is, why, and what of the parts that are left out by default is in it.
        wordings: The fixed words of plans, by language.
        made: When it is made.
    """

    client: Client
    items: tuple[SignedItem, ...]
    timeline: tuple[TimelineEntry, ...]
    note: DisclosureNote
    wordings: Mapping[str, PlanWording]
    made: Moment


class _Mark(Flowable):
    """Notes the page on which a part begins, and tells how far the work is; takes no room."""

    def __init__(self, number: int, note: Callable[[int, int], None]) -> None:
        super().__init__()
        self._number, self._note = number, note

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        self._note(self._number, self.canv.getPageNumber())


@pages.one_at_a_time
def full_record_pdf(
    record: FullRecord, practice: PracticeProfile, paper: Paper, chain_head: str, report: Callable[[float], None]
) -> bytes:
    """The record, as a PDF.

    Args:
        record: What it shows.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
        report: Told how far the work is (0.0 to 1.0); whatever it raises ends the work.
    """
    begins: dict[int, int] = {}
    made = b""
    parts = len(record.items) + 2
    # The contents stand before what they count: a first round finds the pages, a second one prints them.
    for turn in range(2):

        def note(number: int, page: int, *, turn: int = turn) -> None:
            begins[number] = page
            report((turn + number / parts) / 2)

        look = record_parts.look_of(paper, practice)
        report(turn / 2)
        story = _opening(look, record, practice, begins)
        story += [PageBreak(), _Mark(0, note), *look.text(_CLIENT, look.title, outline=True), *_client(look, record)]
        story += [
            PageBreak(),
            _Mark(1, note),
            *look.text(_TIMELINE, look.title, outline=True),
            *_timeline(look, record),
        ]
        setting = Setting(look, paper, record.wordings)
        for number, item in enumerate(record.items, start=2):
            # A short record doesn't take a page of its own; a heading never stands at the foot of one.
            story += [layout.Gap(2 * look.size), CondPageBreak(look.height * _ROOM), _Mark(number, note)]
            story += [*look.text(item.title, look.title, outline=True)]
            story += record_story(setting, item)
        made, _ = pages.build(
            story,
            paper,
            title=_TITLE,
            language=look.book.language,
            made=record.made,
            margins=record_parts.margins(_TITLE, record.client.code, chain_head),
            look_=look,
        )
    return made


def _opening(look: Look, record: FullRecord, practice: PracticeProfile, begins: dict[int, int]) -> list[Flowable]:
    language, note = look.book.language, record.note
    out = [label_of(part) for part in RecordPart if part not in note.parts]
    story = record_parts.head(look, _TITLE, practice)
    story += theme.facts(
        look,
        [
            ("Client", record_parts.client_words(look, snapshot_of(record.client))),
            ("Made for", note.to_whom),
            ("Purpose", note.why),
            ("Holds also", ", ".join(label_of(part).lower() for part in note.parts)),
            ("Left out", ", ".join(words.lower() for words in out)),
            ("As of", theme.moment_words(record.made, language)),
        ],
    )
    rows = [(_CLIENT, "", str(begins.get(0, ""))), (_TIMELINE, "", str(begins.get(1, "")))]
    rows += [
        (item.title, theme.short_day_words(item.day, language), str(begins.get(number, "")))
        for number, item in enumerate(record.items, start=2)
    ]
    return story + record_parts.table(look, "Contents", ("What", "Day", "Page"), rows, (0.62, 0.26, 0.12))


def _client(look: Look, record: FullRecord) -> list[Flowable]:
    form = record.client.form
    born = theme.day_words(form.birth_date, look.book.language) if form.birth_date else ""
    story = theme.facts(
        look,
        [
            ("Name", form.name),
            ("Pronouns", form.pronouns),
            ("Born", born),
            ("Status", label_of(record.client.status)),
            ("Phone", form.phone),
            ("E-mail", form.email),
            ("Address", form.address),
            ("Note", form.note),
        ],
    )
    rows = []
    for contact in form.contacts:
        role = "Never contact" if contact.safety.never_contact else "Emergency contact" if contact.emergency else ""
        rows.append((contact.name, contact.relation, contact.phone, role))
    return story + record_parts.table(
        look, "Contacts", ("Name", "Relation", "Phone", "Role"), rows, (0.32, 0.22, 0.24, 0.22)
    )


def _timeline(look: Look, record: FullRecord) -> list[Flowable]:
    language = look.book.language
    rows = [(theme.short_day_words(one.day, language), one.title, one.words) for one in record.timeline]
    if not rows:
        return look.text("Nothing was signed yet.")
    return record_parts.table(look, "", ("Day", "What", "About"), rows, (0.18, 0.37, 0.45))
