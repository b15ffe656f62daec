"""What is due, on the command line: the list, the week as a PDF, and the calendar file. None is about one client."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from safeplan_desktop.cli.answer import Answer
from safeplan_desktop.cli.endings import CALENDAR, PDF, require_ending
from safeplan_desktop.cli.vaults import OpenSession, path_of
from safeplan_desktop.domain.due import DueRow
from safeplan_desktop.domain.practice import Paper

KINDS = ("week", "calendar")


def add_verbs(verbs: Any, keyed: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse keeps this type private
    """Adds this module's verb."""
    due = verbs.add_parser("due", parents=[keyed], help="what Today lists: what is overdue, due and unsigned")
    due.add_argument("vault", type=path_of, metavar="VAULT")
    due.add_argument("--names", action="store_true", help="clients by name as well as by code")
    due.set_defaults(run=_due)


def _due(arguments: argparse.Namespace) -> Answer:
    with OpenSession(arguments) as session:
        listed = session.due.listed(show_names=arguments.names)
    rows = [(row, None) for row in listed.waiting] + [(one.row, one.until) for one in listed.put_off]
    return Answer(
        tuple(_words(row, until) for row, until in rows) or ("Nothing is due in the next seven days.",),
        {
            "due": [
                {
                    "kind": row.kind.value,
                    "day": row.due.isoformat() if row.due else None,
                    "overdue": row.overdue,
                    "sentence": row.sentence,
                    "client": row.client_label,
                    "record_id": row.record_id,
                    "put_off_until": until.isoformat() if until else None,
                }
                for row, until in rows
            ]
        },
    )


def _words(row: DueRow, until: dt.date | None) -> str:
    day = row.due.isoformat() if row.due else "" if row.overdue else "open"
    when = ", ".join(part for part in (day, "overdue" if row.overdue else "") if part)
    client = f"  {row.client_label}" if row.client_label else ""
    return f"{when:<19}  {row.sentence}{client}{f' (put off until {until})' if until else ''}"


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
