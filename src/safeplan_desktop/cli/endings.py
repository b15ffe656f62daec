"""Endings of files: one that says something else than what is in the file is refused."""

from __future__ import annotations

from pathlib import Path

from safeplan_desktop.errors import InvalidInputError

PDF = (".pdf",)
TABLE = (".csv",)
ANSWERS = (".json",)
COPY = (".pdf", ".txt")
CALENDAR = (".ics",)


def require_ending(out: Path, endings: tuple[str, ...], what: str) -> None:
    """Refuses a file whose name doesn't say what will be in it.

    Raises:
        InvalidInputError: naming the endings that fit.
    """
    if out.suffix.lower() not in endings:
        raise InvalidInputError(
            "out",
            f"{what} is saved as {' or '.join(endings)}, and {out.name} doesn't end that way. Nothing was written.",
        )
