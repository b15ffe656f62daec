"""Makes the sample vault of the newest schema in `tests/data`: `python tests/support/sample_vault.py`.

Run it once for a new schema, before it lands; the samples of schemas that landed stay as they are.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.incidents import sign_incident
from support.questionnaires import as_bytes, phq9
from support.vaults import PASSPHRASE, START, HeldClock, finish_two_versions

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.drills import Drill, DrillStep
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.incidents import FollowUp
from safeplan_desktop.domain.moments import Moment
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
    done = sign_incident(session, session.clients.list()[0].id, follow_ups=(FollowUp("Call the sister", START.date()),))
    session.incidents.follow_up_done(done.id, 0, START.date(), "She is well")
    mistaken = sign_incident(session)
    session.addenda.void(Noun.INCIDENT, mistaken.id, "", reason="Entered twice", signer="Dr. Alma Reyes")
    steps = (DrillStep("Call for help", call=True, at=START),)
    held = Drill(new_id(), Variant.OFFICE, Moment(START, "America/Denver"), START + dt.timedelta(minutes=2), steps)
    session.drills.keep(held, "Know the entrance by heart")
    close_vault(vault, clock)


if __name__ == "__main__":
    made = Path(mkdtemp()) / "vault"
    make(made)
    target = Path(__file__).parents[1] / "data" / f"schema-{newest_schema()}"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name in ("crisis.json", "keys.json", "records.db"):
        shutil.copyfile(made / name, target / name)
