"""Verbs about records: clients, export."""

from __future__ import annotations

import argparse
from typing import Any

from safeplan_desktop.cli.answer import Answer
from safeplan_desktop.cli.vaults import OpenSession, path_of
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.session import Session


def add_verbs(verbs: Any, keyed: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse keeps this type private
    """Adds this module's verbs."""
    clients = verbs.add_parser("clients", parents=[keyed], help="list the clients' codes")
    clients.add_argument("vault", type=path_of, metavar="VAULT")
    clients.add_argument("--names", action="store_true", help="show names beside the codes")
    clients.add_argument("--archived", action="store_true", help="archived clients too")
    clients.set_defaults(run=_clients)

    export = verbs.add_parser("export", parents=[keyed], help="make a PDF")
    export.add_argument("vault", type=path_of, metavar="VAULT")
    export.add_argument("what", choices=("plan", "screening", "incident"))
    export.add_argument("--client", required=True, metavar="CODE")
    export.add_argument("--number", metavar="N", help="the version or number; the newest when left out")
    export.add_argument("--paper", choices=[paper.value for paper in Paper], help="the practice's own when left out")
    export.add_argument("--therapist", action="store_true", help="a plan as the therapist's copy")
    export.add_argument("--out", required=True, type=path_of, metavar="FILE")
    export.set_defaults(run=_export)


def _clients(arguments: argparse.Namespace) -> Answer:
    with OpenSession(arguments) as session:
        found = session.clients.list(include_archived=arguments.archived)
    rows = []
    for client in found:
        row: dict[str, Any] = {
            "code": client.code,
            "archived": client.archived_at is not None,
            "language": client.form.language,
        }
        if arguments.names:
            row["name"] = client.name
        rows.append(row)
    lines = tuple(
        f"{client.code}{f'  {client.name}' if arguments.names else ''}{'  (archived)' if client.archived_at else ''}"
        for client in found
    )
    return Answer(lines or ("There is no client yet.",), {"clients": rows})


def _export(arguments: argparse.Namespace) -> Answer:
    with OpenSession(arguments) as session:
        document = _document(session, arguments)
        pdf = document.make()
        session.exports.save(document, arguments.out, pdf)
    return Answer(
        (f"{document.title} saved: {arguments.out}",),
        {"path": str(arguments.out), "bytes": len(pdf), "title": document.title},
    )


def _document(session: Session, arguments: argparse.Namespace) -> Document:
    client = session.clients.by_code(arguments.client)
    paper = Paper(arguments.paper) if arguments.paper else None
    if arguments.what == "plan":
        versions = {str(version.number): version.id for version in session.plans.of_client(client.id)}
        return session.exports.plan(
            _pick(versions, arguments.number, "finished safety plan"),
            paper=paper,
            for_therapist=arguments.therapist,
        )
    if arguments.what == "screening":
        screenings = {str(summary.number): summary.id for summary in session.screenings.of_client(client.id)}
        return session.exports.screening(_pick(screenings, arguments.number, "signed screening"), paper=paper)
    incidents = {
        summary.number: summary.id
        for summary in session.incidents.list()
        if summary.client_id == client.id and summary.signed is not None
    }
    return session.exports.incident(_pick(incidents, arguments.number, "signed incident"), paper=paper)


def _pick(by_number: dict[str, str], number: str | None, what: str) -> str:
    if not by_number:
        raise NotFoundError(f"This client has no {what} yet.")
    if number is None:
        return next(iter(by_number.values()))
    if number not in by_number:
        known = ", ".join(by_number)
        raise NotFoundError(f"This client has no {what} of number {number}.", next_step=f"There are: {known}.")
    return by_number[number]
