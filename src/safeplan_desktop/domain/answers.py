"""Yes, no, or not asked: a question that nobody asked is never taken for a no."""

from __future__ import annotations

from enum import Enum


class Answer(Enum):
    """A plain question's answer."""

    NOT_ASKED = "not-asked"
    YES = "yes"
    NO = "no"
