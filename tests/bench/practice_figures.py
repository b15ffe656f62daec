"""Prints the figures of a practice of many years: `python tests/bench/practice_figures.py`. 5,000 clients, 200,000 rows."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.large_practice import fill_practice
from support.vaults import HeldClock, fresh_vault, session_on

CLIENTS, ROWS = 5_000, 200_000
TYPED = ("session", "sleep", "marin", "holden", "corren", "fenwyn", "plan safety", "mar hol", "screening", "p-4321")


def median_ms(work: Callable[[], object], times: int = 15) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        session = session_on(fresh_vault(Path(place) / "vault"), HeldClock())
        began = time.perf_counter()
        clients = fill_practice(session, clients=CLIENTS, rows=ROWS)
        print(f"made in {time.perf_counter() - began:.0f} s, {session.vault.database.size / 1e6:.0f} MB")
        print(f"Today: {median_ms(session.due.rows):.1f} ms ({len(session.due.rows())} rows)")
        keys = []
        for typed in TYPED:
            for length in range(1, len(typed) + 1):
                began = time.perf_counter()
                session.find.find(typed[:length], show_names=True)
                keys.append((time.perf_counter() - began) * 1000)
        print(
            f"Find, a key: {statistics.quantiles(keys, n=20)[-1]:.1f} ms at the 95th percentile, {max(keys):.1f} ms at most"
        )
        form = session.clients.get(clients[7]).form
        print(f"saving a client: {median_ms(lambda: session.clients.change(clients[7], form)):.1f} ms")
        session.vault.database.close()


main()
