"""Makes a document in the background and opens its preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import RunJob
from safeplan_desktop.ui.printing import PdfPreview

_MOST_SHOWN = 12


class Previewer:
    """One preview at a time."""

    def __init__(
        self, window: QWidget, session: Session, run: RunJob, on_problem: Callable[[SafePlanError], None]
    ) -> None:
        self._window, self._session, self._run, self._on_problem = window, session, run, on_problem

    def preview(self, document: Document) -> None:
        """Makes the PDF in a job, then shows it."""
        self._run(
            lambda _control: (document.make(), document.unprintable()),
            lambda made: self._show(document, *made),
            self._on_problem,
        )

    def _show(self, document: Document, pdf: bytes, unprintable: tuple[str, ...]) -> None:
        session = self._session
        settings = session.practice.settings()

        def save(path: Path) -> None:
            session.exports.save(document, path, pdf)

        def saw_note() -> None:
            session.practice.save_settings(replace(session.practice.settings(), spool_note_seen=True))

        preview = PdfPreview(
            self._window.window(),
            pdf,
            title=document.title,
            suggested_name=document.suggested_name,
            save=save,
            printed=lambda: session.exports.printed(document),
            spool_note_seen=settings.spool_note_seen,
            saw_spool_note=saw_note,
        )
        if unprintable:
            shown = "  ".join(unprintable[:_MOST_SHOWN])
            preview.banner.say(
                "caution",
                f"No letters for these characters are at hand, so they stand as codes in the document: {shown}",
            )
        preview.open()
