"""What is due, on the command line: the week as a PDF, and the calendar file. Neither is about one client."""

from __future__ import annotations

import argparse

from safeplan_desktop.cli.answer import Answer
from safeplan_desktop.cli.endings import CALENDAR, PDF, require_ending
from safeplan_desktop.cli.vaults import OpenSession
from safeplan_desktop.domain.practice import Paper

KINDS = ("week", "calendar")


def export_due(arguments: argparse.Namespace) -> Answer:
    """Writes the week with codes, or the calendar without them.

    Raises:
        InvalidInputError: when the file's name ends otherwise than what it is.
    """
    if arguments.what == "week":
        require_ending(arguments.out, PDF, "The week")
        with OpenSession(arguments) as session:
            document = session.weeks.document(paper=Paper(arguments.paper) if arguments.paper else None)
            pdf = document.make()
            session.exports.save(document, arguments.out, pdf)
        return _saved(arguments, document.title, len(pdf), {})
    require_ending(arguments.out, CALENDAR, "A calendar")
    with OpenSession(arguments) as session:
        file = session.weeks.calendar()
        data = file.data()
        session.weeks.save_calendar(data, arguments.out)
    return _saved(arguments, "Calendar", len(data), {"entries": len(file.days)})


def _saved(arguments: argparse.Namespace, title: str, size: int, more: dict[str, int]) -> Answer:
    return Answer(
        (f"{title} saved: {arguments.out}",), {"path": str(arguments.out), "bytes": size, "title": title, **more}
    )
