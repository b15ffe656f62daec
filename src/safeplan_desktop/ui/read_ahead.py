"""Shortly after the records were opened, what documents and rooms need is loaded, so that nobody waits for it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.read_ahead import load_documents, load_texts
from safeplan_desktop.ui.ports import RunJob

AFTER_MS = 800
"""The first screen is there by then, and nobody has asked for a document yet."""


def load_soon(owner: QWidget, run: RunJob) -> None:
    """Starts the job a little later; not at all when the owner is gone by then."""
    QTimer.singleShot(AFTER_MS, owner, lambda: run(lambda _control: _load(), _loaded, _failed))


def _load() -> None:
    load_texts()
    load_documents()


def _loaded(_nothing: None) -> None:
    """Nobody waits for it."""


def _failed(_problem: SafePlanError) -> None:
    """Whoever asks for a document hears of it."""
