"""A process that writes for as long as it lives, and says what it was told is saved. Killed by the test."""

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.vaults import PASSPHRASE, HeldClock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.plans import PlanItem, PlanSection, SectionKey
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.services.session import open_session
from safeplan_desktop.services.vault import derive_data_key, open_vault
from safeplan_desktop.storage.vault_folder import VaultFolder


def main(folder: Path, what: str) -> None:
    clock = HeldClock()
    vault = open_vault(folder, derive_data_key(VaultFolder(folder), PASSPHRASE), clock)
    session = open_session(vault, clock, lambda _change: None)
    client = session.clients.by_code("M-07")
    number = 0
    while True:
        number += 1
        if what == "drafts":
            draft, form = session.plans.begin(client.id)
            form = form.with_section(PlanSection(SectionKey.COPING, (PlanItem("i", f"entry {number}"),)))
            session.plans.autosave(draft, form, "section:coping")
        elif what == "signing":
            draft, form = session.plans.begin(client.id)
            form = form.with_section(PlanSection(SectionKey.COPING, (PlanItem("i", f"entry {number}"),)))
            number = session.plans.finish(draft, replace(form, reason="again"), "Dr. Reyes").number
        elif what == "clients":
            session.clients.add(ClientForm(code=f"K-{number}", name="K"))
        else:
            target = folder.parent / "stick"
            session.backups.back_up(target, no_report, never_cancelled)
            number = len(list(target.glob("*.safeplan-backup")))
        print(number, flush=True)


main(Path(sys.argv[1]), sys.argv[2])
