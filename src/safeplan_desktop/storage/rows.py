"""How instants and dates stand in columns."""

from __future__ import annotations

import datetime as dt

from safeplan_desktop.domain.canonical import content_hash, to_json
from safeplan_desktop.domain.moments import Moment


def instant(value: dt.datetime) -> str:
    """An instant as a column: ISO 8601 in UTC, to the second."""
    return value.astimezone(dt.UTC).replace(microsecond=0).isoformat()


def parse_instant(text: str) -> dt.datetime:
    """An instant from a column."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def parse_moment(at: str, zone: str) -> Moment:
    """A moment from its two columns."""
    return Moment(parse_instant(at), zone)


def day(value: dt.date | None) -> str | None:
    """A date as a column."""
    return None if value is None else value.isoformat()


def parse_day(text: str | None) -> dt.date | None:
    """A date from a column."""
    return None if text is None else dt.date.fromisoformat(text)


def row_hash(*columns: object) -> str:
    """The hash of a row's columns as they stand in the database, for the audit's entry about it."""
    return content_hash(to_json(list(columns)))
