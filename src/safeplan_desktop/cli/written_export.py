"""Documents of session notes, working agreements and consents; psychotherapy notes leave by no verb."""

from __future__ import annotations

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.session import Session

NOUNS = {"session-note": Noun.SESSION_NOTE, "agreement": Noun.AGREEMENT, "consent": Noun.CONSENT}
"""What can be exported, by its name on the command line."""


def numbers_of(session: Session, what: str, client_id: str) -> dict[str, str]:
    """Ids by number, the newest one that stands first: it is taken when no number is named."""
    found = sorted(session.signed_records.of_kind(NOUNS[what], client_id), key=lambda summary: summary.voided)
    return {str(summary.number): summary.id for summary in found}


def written_document(session: Session, what: str, record_id: str, paper: Paper | None) -> Document:
    """The document of one of them."""
    if NOUNS[what] is Noun.SESSION_NOTE:
        return session.session_notes.document(record_id, paper=paper)
    if NOUNS[what] is Noun.AGREEMENT:
        return session.agreements.document(record_id, paper=paper)
    return session.consents.document(record_id, paper=paper)
