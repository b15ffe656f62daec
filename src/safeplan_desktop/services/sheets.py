"""Sheets to sign, made in a job."""

from __future__ import annotations

from safeplan_desktop.domain.clients import ClientSnapshot
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.signing_sheets import Sheet, SheetWords


def make_sheet(
    sheet: Sheet, words: SheetWords, client: ClientSnapshot, practice: PracticeProfile, paper: Paper, made: Moment
) -> bytes:
    """The sheet's PDF; see `documents.signing_sheet`."""
    from safeplan_desktop.documents.signing_sheet import signing_sheet_pdf  # noqa: PLC0415 - ReportLab loads in the job

    return signing_sheet_pdf(sheet, words, client, practice, paper, made)
