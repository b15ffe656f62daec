"""The local log: what kind of failure happened and where in the code; never its text, which may hold a client's words."""

from __future__ import annotations

import datetime as dt
import logging
import logging.handlers
import traceback
from pathlib import Path

_LOGGER = logging.getLogger("safeplan")
_LARGEST = 256 * 1024
_KEPT = 3
_PLACES = 12


def configure_logging(folder: Path) -> None:
    """Writes to a small rotating file in `folder`; without a folder to write to, it logs nothing."""
    for old in list(_LOGGER.handlers):
        _LOGGER.removeHandler(old)
        old.close()
    _LOGGER.propagate = False
    _LOGGER.setLevel(logging.INFO)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "safeplan.log", maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8"
        )
    except OSError:
        _LOGGER.addHandler(logging.NullHandler())
        return
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = lambda seconds: dt.datetime.fromtimestamp(seconds or 0, dt.UTC).timetuple()
    handler.setFormatter(formatter)
    _LOGGER.addHandler(handler)


def places_of(error: BaseException) -> tuple[str, ...]:
    """Where in the code an exception arose: file names and line numbers, the innermost last, nothing else."""
    frames = traceback.extract_tb(error.__traceback__)[-_PLACES:]
    return tuple(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)


def log_exception(error: BaseException) -> None:
    """Logs an exception's type and places; its text is left out."""
    _LOGGER.error("%s at %s", type(error).__name__, " > ".join(places_of(error)) or "unknown")


def log_event(name: str) -> None:
    """Logs that something happened; `name` is a constant of the program."""
    _LOGGER.info("%s", name)
