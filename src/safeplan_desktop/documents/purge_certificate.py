"""The certificate of a purge: what went, when and why, in numbers and hashes; no name and no word of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents import pages, record_parts, theme
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.retention import PurgeCertificate
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    import datetime as dt

    from safeplan_desktop.domain.practice import Paper, PracticeProfile
    from safeplan_desktop.domain.signed_records import SignedRecord

_HALF = 32
_TITLE = "Certificate of a purge"
_BACKUPS = "Backups that were made before may still hold the record until they are deleted. Known of:"


@pages.one_at_a_time
def purge_certificate_pdf(record: SignedRecord, practice: PracticeProfile, paper: Paper, chain_head: str) -> bytes:
    """The certificate, as a PDF.

    Args:
        record: The signed certificate.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
    """
    form = record.form_as(PurgeCertificate)
    look = record_parts.look_of(paper, practice)
    language = look.book.language

    def day(value: dt.date | None) -> str:
        return theme.day_words(value, language) if value is not None else ""

    story = record_parts.head(look, f"{_TITLE} {record.number}", practice)
    story += theme.facts(
        look,
        [
            ("Record of", form.code),
            ("Kept from", f"{day(form.first_entry)} to {day(form.last_entry)}"),
            ("To be kept until", day(form.kept_until)),
            ("Why it went", label_of(form.reason)),
            ("Note", form.note),
            ("Removed", theme.moment_words(record.signed, language)),
            ("Incidents", ", ".join(form.incidents)),
        ],
    )
    rows = [(label_of(Noun(noun)), str(count)) for noun, count in form.counts]
    story += record_parts.table(look, "What went", ("Kind", "Rows"), rows, (0.7, 0.3))
    signed = [
        (label_of(Noun(one.noun)), one.number, f"{one.id}\n{one.hash[:_HALF]}\n{one.hash[_HALF:]}")
        for one in form.records
    ]
    header = ("Kind", "Number", "Id, and SHA-256 of what was signed")
    story += record_parts.table(look, "Signed records that went", header, signed, (0.22, 0.12, 0.66))
    backups = [", ".join(part for part in (day(one.made_on), one.name) if part) for one in form.backups]
    if backups:
        story += record_parts.titled(look, "Backups", _BACKUPS)
        story += [block for line in backups for block in look.text(line, look.item, bullet="•")]
    else:
        story += record_parts.titled(look, "Backups", "No backup that was made since the record was begun is known of.")
    story = record_parts.signed_story(look, story, record.signer, record.signed)
    pdf, _ = pages.build(
        story,
        paper,
        title=_TITLE,
        language=language,
        made=record.signed,
        margins=record_parts.margins(_TITLE, form.code, chain_head),
        look_=look,
    )
    return pdf
