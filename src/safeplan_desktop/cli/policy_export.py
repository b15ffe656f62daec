"""The safety policy on the command line."""

from __future__ import annotations

from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.session import Session


def policy_document(session: Session, number: str | None, compare: str | None, paper: Paper | None) -> Document:
    """The version of a number, by default the one in force; else the draft, marked as one; with `compare`, two versions.

    Before somebody began to write, the draft is the proposed text; nothing is stored then.

    Raises:
        InvalidInputError: for a number that is none, or one version twice.
        NotFoundError: when there is no such version, or none to compare with.
    """
    policy, documents = session.policy, session.policy_documents
    record = policy.newest() if number is None else policy.by_number(_number(number, "number"))
    if compare is not None:
        older = policy.by_number(_number(compare, "compare"))
        if record is None:
            raise NotFoundError("No version of the safety policy was adopted yet.")
        if older.id == record.id:
            raise InvalidInputError("compare", "This is one and the same version. Please name an earlier one.")
        return documents.comparison(older, record, paper=paper)
    if record is not None:
        return documents.version(record, paper=paper)
    draft = policy.unfinished()
    if draft is None:
        return documents.draft("", policy.proposed(), paper=paper)
    return documents.draft(draft[0].record_id, draft[1], paper=paper)


def _number(words: str, field: str) -> int:
    if not words.isdecimal():
        raise InvalidInputError(field, f"A version has a whole number, not {words!r}.")
    return int(words)
