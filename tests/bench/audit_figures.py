"""Prints the figures of the audit: `python tests/bench/audit_figures.py`. 10,000 incidents, 100,000 entries."""

import itertools
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.large_vault import fill
from support.vaults import HeldClock, fresh_vault, session_on

from safeplan_desktop.domain.audit import AuditGroup
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.check_records import check_records

ENTRIES, INCIDENTS, PAGE = 100_000, 10_000, 50


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        clock = HeldClock()
        session = session_on(fresh_vault(Path(place) / "vault"), clock)
        database, trail = session.vault.database, session.audit_trail
        began = time.perf_counter()
        fill(session, clients=200, incidents=INCIDENTS, entries=ENTRIES)
        print(f"made in {time.perf_counter() - began:.1f} s, {database.size / 1e6:.0f} MB")
        rates = []
        for _ in range(5):
            began = time.perf_counter()
            reading = audit.read_chain(database)
            rates.append(reading.rows / (time.perf_counter() - began))
            assert reading.broken is None
        print(f"whole chain: {statistics.median(rates):,.0f} entries a second ({reading.rows:,} entries)")
        began = time.perf_counter()
        assert all(check.ok for check in check_records(database)), check_records(database)
        print(f"signed records against the audit: {time.perf_counter() - began:.2f} s")
        began = time.perf_counter()
        assert session.backups.verify_records(no_report, never_cancelled).ok
        print(f"whole check, with snapshot and pages: {time.perf_counter() - began:.2f} s")
        client = session.clients.by_code("L-007").id
        day = clock.moment.date()
        periods = (Period(), Period(day.replace(day=10), day.replace(day=20)))
        worst, chosen = 0.0, 0.0
        for group, noun, client_id, period in itertools.product(
            (None, *AuditGroup), (None, Noun.INCIDENT, Noun.CLIENT), ("", client), periods
        ):
            wanted = trail.wanted(period, groups=(group,) if group else (), noun=noun, client_id=client_id)
            began = time.perf_counter()
            numbers = trail.choose(wanted)
            chosen = max(chosen, time.perf_counter() - began)
            times = []
            for step in range(40):
                first = max(0, (len(numbers) - PAGE) * step // 39)
                began = time.perf_counter()
                trail.page(numbers[first : first + PAGE])
                times.append(time.perf_counter() - began)
            worst = max(worst, statistics.quantiles(times, n=20)[-1])
        print(f"page of {PAGE} entries: 95th percentile of the slowest filter {worst * 1000:.1f} ms")
        print(f"gathering the entries that fit (a job): {chosen * 1000:.0f} ms at most")
        database.close()


main()
