"""Makes the sample vault of the newest schema in `tests/data`: `python tests/support/sample_vault.py`.

Run it once for a new schema, before it lands; the samples of schemas that landed stay as they are.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.questionnaires import as_bytes, phq9
from support.vaults import PASSPHRASE, START, HeldClock, finish_two_versions

from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.services.sample import fill_with_sample
from safeplan_desktop.services.session import open_session
from safeplan_desktop.services.vault import close_vault, create_vault, prepare_keys
from safeplan_desktop.storage.migrate import newest_schema


def make(folder: Path) -> None:
    """A small invented practice with something of every kind of record."""
    clock = HeldClock()
    vault = create_vault(folder, prepare_keys(PASSPHRASE, KdfParameters.FLOOR, START), clock).vault
    fill_with_sample(vault, clock, clients=3, seed=1)
    session = open_session(vault, clock, lambda _change: None)
    finish_two_versions(session, session.clients.list()[0].id)
    session.questionnaires.take_in(as_bytes(phq9()), permission="Free for clinical use", sum_confirmed=False)
    close_vault(vault, clock)


if __name__ == "__main__":
    made = Path(mkdtemp()) / "vault"
    make(made)
    target = Path(__file__).parents[1] / "data" / f"schema-{newest_schema()}"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name in ("crisis.json", "keys.json", "records.db"):
        shutil.copyfile(made / name, target / name)
