"""Makes a document in the background and opens its preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob
from safeplan_desktop.ui.printing import PdfPreview, PreviewPart

_MOST_SHOWN = 12


class Previewer:
    """One preview at a time."""

    def __init__(
        self, window: QWidget, session: Session, run: RunJob, on_problem: Callable[[SafePlanError], None]
    ) -> None:
        self._window, self._session, self._run, self._on_problem = window, session, run, on_problem

    def preview(self, *documents: Document) -> None:
        """Makes the PDFs in a job, then shows them."""
        self._run(
            lambda control: [_made(document, control) for document in documents],
            self._show,
            self._on_problem,
        )

    def _show(self, made: Sequence[tuple[Document, bytes, tuple[str, ...]]]) -> None:
        session = self._session

        def saw_note() -> None:
            session.practice.save_settings(replace(session.practice.settings(), spool_note_seen=True))

        preview = PdfPreview(
            self._window.window(),
            [
                PreviewPart(
                    pdf,
                    document.title,
                    document.suggested_name,
                    partial(_save, session, document, pdf),
                    partial(session.exports.printed, document),
                    for_screen=document.for_screen,
                    holder=document.holder,
                )
                for document, pdf, _ in made
            ],
            spool_note_seen=session.practice.settings().spool_note_seen,
            saw_spool_note=saw_note,
        )
        unprintable = tuple(dict.fromkeys(character for _, _, found in made for character in found))
        if unprintable:
            shown = "  ".join(unprintable[:_MOST_SHOWN])
            preview.banner.say(
                "caution",
                f"No letters for these characters are at hand, so they stand as codes in the document: {shown}",
            )
        elif note := next((note for document, _, _ in made if (note := _note_of(document))), ""):
            preview.banner.say("information", note)
        preview.open()


def _note_of(document: Document) -> str:
    return reference.language_note(document.language) if document.note is None else document.note


def _made(document: Document, control: Control) -> tuple[Document, bytes, tuple[str, ...]]:
    control.check_cancelled()
    return document, document.make(), document.unprintable()


def _save(session: Session, document: Document, pdf: bytes, path: Path) -> None:
    session.exports.save(document, path, pdf)
