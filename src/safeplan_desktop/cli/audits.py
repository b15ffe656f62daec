"""The verb audit: what was done in the records, and what was given out about a client."""

from __future__ import annotations

import argparse
from typing import Any

from safeplan_desktop.cli.answer import Answer
from safeplan_desktop.cli.endings import PDF, require_ending
from safeplan_desktop.cli.records import period_of
from safeplan_desktop.cli.vaults import OpenSession, path_of
from safeplan_desktop.domain.audit import AuditGroup
from safeplan_desktop.domain.audit_view import AuditLine
from safeplan_desktop.errors import InvalidInputError


def add_verbs(verbs: Any, keyed: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse keeps this type private
    """Adds this module's verb."""
    audit = verbs.add_parser(
        "audit", parents=[keyed], help="what was done in the records, and what was given out about a client"
    )
    audit.add_argument("vault", type=path_of, metavar="VAULT")
    audit.add_argument("--client", default="", metavar="CODE", help="only entries about this client")
    audit.add_argument("--since", metavar="DAY", help="the first day, such as 2026-03-05")
    audit.add_argument("--until", metavar="DAY", help="the last day")
    audit.add_argument("--disclosures", action="store_true", help="only what was printed, saved as a file or given")
    audit.add_argument("--out", type=path_of, metavar="FILE", help="save it as a PDF")
    audit.set_defaults(run=_audit)


def _audit(arguments: argparse.Namespace) -> Answer:
    period = period_of(arguments)
    if arguments.out is not None:
        require_ending(arguments.out, PDF, "The activity log")
    with OpenSession(arguments) as session:
        trail = session.audit_trail
        client_id = session.clients.by_code(arguments.client).id if arguments.client else ""
        groups = (AuditGroup.DISCLOSED,) if arguments.disclosures else ()
        wanted = trail.wanted(period, groups=groups, client_id=client_id)
        lines = tuple(reversed(trail.page(trail.choose(wanted))))
        facts: dict[str, Any] = {"entries": [_plain(line) for line in lines]}
        if arguments.out is None:
            return Answer(tuple(_words(line) for line in lines) or ("There is no such entry.",), facts)
        if arguments.disclosures and not client_id:
            raise InvalidInputError(
                "client", "An accounting of disclosures is made for one client: name them by --client."
            )
        document = (
            trail.disclosures_document(client_id, period)
            if arguments.disclosures
            else trail.trail_document(wanted, period, client_id)
        )
        session.exports.save(document, arguments.out, document.make())
    return Answer((f"{document.title} saved: {arguments.out}",), {**facts, "path": str(arguments.out)})


def _words(line: AuditLine) -> str:
    code = f"  {line.client_code}" if line.client_code else ""
    whom = f", to {line.to_whom}" if line.to_whom else ""
    return f"{line.entry.seq:>6}  {line.entry.moment.local:%Y-%m-%d %H:%M}{code}  {line.words}{whom}"


def _plain(line: AuditLine) -> dict[str, Any]:
    entry = line.entry
    return {
        "entry": entry.seq,
        "at": entry.moment.at.isoformat(),
        "zone": entry.moment.zone,
        "action": entry.action.value,
        "noun": entry.noun.value,
        "record_id": entry.record_id,
        "client": line.client_code,
        "number": line.number,
        "detail": entry.detail,
        "to_whom": line.to_whom,
        "words": line.words,
    }
