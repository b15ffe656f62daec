"""Ids are UUIDs made here; people see codes and numbers instead."""

from __future__ import annotations

import uuid


def new_id() -> str:
    """A new id: time-ordered where this Python can make one (3.14 and later), random elsewhere."""
    make = getattr(uuid, "uuid7", uuid.uuid4)
    return str(make())
