"""Trainings on the command line: a summary of a rule's cycle, or of days, as PDF or as a table."""

from __future__ import annotations

import argparse

from safeplan_desktop.cli.answer import Answer
from safeplan_desktop.cli.endings import require_ending
from safeplan_desktop.cli.vaults import OpenSession
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.domain.training import hours_number
from safeplan_desktop.errors import InvalidInputError

_ENDINGS = (".pdf", ".csv")


def add_options(export: argparse.ArgumentParser) -> None:
    """Adds what only trainings take."""
    export.add_argument(
        "--rule", default="", metavar="NAME", help="of trainings: the present cycle of a rule for renewal"
    )


def export_training(arguments: argparse.Namespace, period: Period) -> Answer:
    """Saves a summary; the file's ending says whether it is a PDF or a table.

    Raises:
        InvalidInputError: for another ending, or a rule and days together.
        NotFoundError: when there is no such rule; the sentence names those that there are.
    """
    require_ending(arguments.out, _ENDINGS, "A summary of trainings")
    if arguments.rule and (period.since or period.until):
        raise InvalidInputError("rule", "A rule has its own days: please give either --rule, or --since and --until.")
    with OpenSession(arguments) as session:
        documents = session.training_documents
        if arguments.rule:
            summary = documents.of_cycle(session.training_rules.by_name(arguments.rule))
        else:
            summary = documents.of_days(period.since, period.until)
        if arguments.out.suffix.lower() == ".csv":
            made = documents.save_table(summary, arguments.out)
        else:
            document = documents.document(summary, paper=Paper(arguments.paper) if arguments.paper else None)
            made = document.make()
            session.exports.save(document, arguments.out, made)
    progress = summary.progress
    said = (f"{progress.rule.name}, {progress.cycle.words}: {progress.missing_words}.",) if progress else ()
    number = len(summary.entries)
    trainings = "One training" if number == 1 else f"{number} trainings"
    return Answer(
        (f"{trainings} saved: {arguments.out}", *said),
        {
            "path": str(arguments.out),
            "bytes": len(made),
            "trainings": number,
            "hours": float(hours_number(summary.minutes)),
            "rule": progress.rule.name if progress else None,
            "due": progress.cycle.due.isoformat() if progress else None,
            "complete": progress.complete if progress else None,
        },
    )
