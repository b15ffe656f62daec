"""A form that is plain data, as headings and lines that people read: for kinds that have no report of their own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_TERM = re.compile(r"[a-z]+(-[a-z]+)+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*")
_UNSAID = frozenset({"id", "version", "about_client"})
"""Fields that say nothing to people, or whom a consultation was about, which leaves in no copy."""


def fields_of(form: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The form's fields in their order: a heading, and its lines. Empty fields are left out."""
    for name, value in form.items():
        if name not in _UNSAID and not name.endswith("_id"):
            lines = tuple(_lines(value))
            if lines:
                yield words_of_name(name), lines


def words_of_name(name: str) -> str:
    """A field's name as a heading."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _lines(value: object) -> Iterator[str]:
    if value is None or value == "":
        return
    if isinstance(value, Mapping):
        inner = [f"{name}: {'; '.join(lines)}" for name, lines in fields_of(value)]
        if inner:
            yield ", ".join(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            yield from _lines(one)
    else:
        yield _said(value)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value)
    if _INSTANT.fullmatch(text):
        return f"{dt.datetime.fromisoformat(text):%d %b %Y, %H:%M %Z}".strip()
    if _DAY.fullmatch(text):
        return f"{dt.date.fromisoformat(text):%d %b %Y}"
    return words_of_name(text) if _TERM.fullmatch(text) else text
