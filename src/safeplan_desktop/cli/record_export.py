"""The export of a client's whole record."""

from __future__ import annotations

import argparse

from safeplan_desktop.cli.answer import Answer
from safeplan_desktop.domain.disclosures import RecordPart
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services.session import Session

OPTIONS = ("with", "for", "why")
"""Its own options: for whom, why, and what of the parts that are left out by default is in it."""


def add_options(export: argparse.ArgumentParser) -> None:
    """Adds them."""
    parts = ", ".join(part.value for part in RecordPart)
    export.add_argument("--with", default="", metavar="PARTS", help=f"of a record, with commas between: {parts}")
    export.add_argument(
        "--for", default="", metavar="NAME", help="of a record: for whom it is; the client when left out"
    )
    export.add_argument("--why", default="", metavar="WORDS", help="of a record: for what; noted for the accounting")


def export_record(session: Session, arguments: argparse.Namespace) -> Answer:
    """Writes the record; for whom and why stand in it and in the accounting of disclosures."""
    client = session.clients.by_code(arguments.client)
    given = vars(arguments)
    document = session.record_exports.whole(
        client.id,
        to_whom=given["for"] or "The client",
        why=arguments.why or "Copy of the record",
        parts=_parts(given["with"]),
        paper=Paper(arguments.paper) if arguments.paper else None,
    )
    pdf = document.make()
    session.exports.save(document, arguments.out, pdf)
    left = [part.value for part in RecordPart if document.disclosed and part not in document.disclosed.parts]
    return Answer(
        (
            f"{document.title} saved: {arguments.out}",
            f"Left out: {', '.join(left)}." if left else "Nothing was left out.",
        ),
        {"path": str(arguments.out), "bytes": len(pdf), "title": document.title, "left_out": left},
    )


def _parts(words: str) -> tuple[RecordPart, ...]:
    known = {part.value: part for part in RecordPart}
    named = [word.strip() for word in words.split(",") if word.strip()]
    for name in named:
        if name not in known:
            raise InvalidInputError("with", f"There is no part {name}.", next_step=f"There are: {', '.join(known)}.")
    return tuple(known[name] for name in named)
