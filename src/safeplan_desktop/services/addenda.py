"""Addenda: late entries, additions and corrections to what was signed; the original stays as it was."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.incidents import Addendum, AddendumKind, check_addendum
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.signing import seal
from safeplan_desktop.storage import addenda as stored
from safeplan_desktop.storage import search


@dataclass(frozen=True, slots=True)
class Addenda:
    """Addenda to signed screenings and incidents."""

    desk: Desk

    def of_record(self, record_id: str) -> tuple[Addendum, ...]:
        """A record's addenda, in their order."""
        return stored.of_record(self.desk.database, record_id)

    def add(
        self,
        noun: Noun,
        record_id: str,
        client_id: str,
        *,
        kind: AddendumKind,
        reason: str,
        text: str,
        signer: str,
    ) -> Addendum:
        """Signs an addendum.

        Raises:
            InvalidInputError: naming the field that is empty.
        """
        check_addendum(reason, text, signer)
        with self.desk.entry() as entry:
            addendum = seal(
                Addendum(
                    id=new_id(),
                    record_id=record_id,
                    number=stored.next_number(self.desk.database, record_id),
                    kind=kind,
                    reason=reason.strip(),
                    text=text.strip(),
                    signer=signer.strip(),
                    signed=entry.moment,
                )
            )
            stored.insert(self.desk.database, noun, addendum)
            search.add(
                self.desk.database,
                Noun.ADDENDUM,
                addendum.id,
                client_id,
                "Addendum",
                f"{addendum.reason}\n{addendum.text}",
            )
            entry.audit(AuditAction.ADDENDUM, noun, addendum.id, detail=kind.value, content_hash=addendum.content_hash)
            entry.changed(Noun.ADDENDUM, record_id, client_id)
            entry.changed(noun, record_id, client_id)
        return addendum
