"""Handouts from the command line: the verb that lists them, and the export of one."""

from __future__ import annotations

import argparse
from typing import Any

from safeplan_desktop.cli.answer import Answer
from safeplan_desktop.cli.endings import PDF, require_ending
from safeplan_desktop.cli.vaults import OpenSession, path_of
from safeplan_desktop.domain.handouts import Giving
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services import reference
from safeplan_desktop.services.handouts import HandoutChoice, our_choices


def add_verbs(verbs: Any, keyed: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse keeps this type private
    """Adds this module's verb."""
    listed = verbs.add_parser("handouts", parents=[keyed], help="list the handouts; with VAULT, your own ones too")
    listed.add_argument("vault", type=path_of, nargs="?", metavar="VAULT")
    listed.set_defaults(run=_handouts)


def _handouts(arguments: argparse.Namespace) -> Answer:
    if arguments.vault is None:
        return _listed(our_choices())
    with OpenSession(arguments) as session:
        return _listed(session.handouts.every())


def _listed(found: tuple[HandoutChoice, ...]) -> Answer:
    rows = [{"id": one.id, "title": one.title, "languages": list(one.languages), "own": one.own} for one in found]
    lines = tuple(
        f"{one.id}  {one.title} ({', '.join(one.languages)}){', your own' if one.own else ''}" for one in found
    )
    return Answer(lines, {"handouts": rows})


def export_handout(arguments: argparse.Namespace) -> Answer:
    """Saves one handout; with a client, in their language and with the numbers of where they live, and noted as given.

    Raises:
        InvalidInputError: when no handout is named, the file's name ends otherwise, or the handout isn't written in the
            language that is asked for.
        NotFoundError: when there is no such handout; the sentence names those that there are.
    """
    if not arguments.handout:
        known = ", ".join(reference.handouts())
        raise InvalidInputError("handout", "Please name the handout: --handout ID.", next_step=f"There are: {known}.")
    require_ending(arguments.out, PDF, "A handout")
    with OpenSession(arguments) as session:
        handouts = session.handouts
        client_id = session.clients.by_code(arguments.client).id if arguments.client else ""
        wanted = arguments.language or (handouts.language_of(client_id) if client_id else "en")
        handout = handouts.get(arguments.handout, wanted)
        other = handout.language.partition("-")[0] != wanted.partition("-")[0]
        if other and arguments.language:
            languages = next(one.languages for one in handouts.every() if one.id == handout.id)
            raise InvalidInputError(
                "language",
                f"This handout isn't written in {arguments.language}.",
                next_step=f"It is written in: {', '.join(languages)}.",
            )
        paper = Paper(arguments.paper) if arguments.paper else None
        document = handouts.document(handout, client_id=client_id, paper=paper)
        pdf = document.make()
        session.exports.save(document, arguments.out, pdf)
        if client_id:
            handouts.give(client_id, handout, Giving.SAVED)
    notes = []
    if client_id and other:
        notes.append(f"It isn't written in the client's language ({wanted}), so it is in {handout.language}.")
    if client_id:
        notes.append(f"Noted as given to {arguments.client} today.")
    return Answer(
        (f"Handout saved: {arguments.out}", *notes),
        {
            "path": str(arguments.out),
            "bytes": len(pdf),
            "handout": handout.id,
            "language": handout.language,
            "version": handout.version,
            "given": bool(client_id),
        },
    )
