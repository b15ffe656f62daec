"""The one place that asks the operating system what time it is, and in which zone.

Everything else is handed a `Clock` (see `domain.moments`), so that tests can hold the time still.
"""

from __future__ import annotations

import datetime as dt

from tzlocal import get_localzone_name


class SystemClock:
    """The computer's own clock and time zone."""

    def now(self) -> dt.datetime:
        """The present instant, aware, in UTC."""
        return dt.datetime.now(dt.UTC)

    def zone(self) -> str:
        """The IANA name of the computer's time zone; "UTC" where it can't be told."""
        return get_localzone_name() or "UTC"
