"""The export of many incidents: a period as PDF or CSV, or de-identified."""

from __future__ import annotations

import argparse

from safeplan_desktop.cli.answer import Answer
from safeplan_desktop.cli.endings import COPY, PDF, TABLE
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.services.incident_exports import COPY_FOR_EACH, period_csv, period_pdf, unwatched
from safeplan_desktop.services.session import Session

FORMATS = ("pdf", "csv", "de-identified")
FITTING = {
    "pdf": (PDF, "A report of incidents"),
    "csv": (TABLE, "A table of incidents"),
    "de-identified": (COPY, "A de-identified copy"),
}
"""Which endings fit a format, and what it is called."""


def export_incidents(session: Session, arguments: argparse.Namespace, period: Period, client_id: str) -> Answer:
    """Writes the incidents of a period, of one client where one is named.

    What may be a name or a number is taken out of a de-identified copy: on the command line nobody is asked, so nothing
    doubtful stays but the words of `--keep`.
    """
    exports = session.incident_exports
    rows = [row for row in exports.in_period(period.since, period.until) if not client_id or row.client_id == client_id]
    paper = Paper(arguments.paper) if arguments.paper else None
    chosen = arguments.format or "pdf"
    facts = {"path": str(arguments.out), "format": chosen, "incidents": len(rows)}
    if chosen == "de-identified":
        preparation = exports.prepare(rows, paper=paper)
        kept = {word.strip() for word in arguments.keep.split(",") if word.strip()}
        as_text = arguments.out.suffix.lower() == ".txt"
        made = preparation.text(kept) if as_text else preparation.pdf(kept)
        one = rows[0].id if len(rows) == 1 else ""
        detail = "de-identified, text" if as_text else "de-identified, pdf"
        exports.save(arguments.out, made, detail, one, about=preparation.clients, about_detail=COPY_FOR_EACH)
        taken = [one.text for one in preparation.doubtful() if one.text not in kept]
        facts["taken_out_in_doubt"] = taken
        many = "one word or number was" if len(taken) == 1 else f"{len(taken)} words and numbers were"
        note = f"In doubt {many} taken out." if taken else "Nothing was in doubt."
        return Answer((f"De-identified copy saved: {arguments.out}", note, "Read it before you pass it on."), facts)
    gathered = exports.gather(rows, period.since, period.until, paper=paper)
    if chosen == "csv":
        exports.save(arguments.out, period_csv(gathered, unwatched), "period, csv", about=gathered.clients)
    else:
        exports.save(arguments.out, period_pdf(gathered, unwatched), "period, pdf", about=gathered.clients)
    counted = "One incident" if len(rows) == 1 else f"{len(rows)} incidents"
    return Answer((f"{counted} saved: {arguments.out}",), facts)
