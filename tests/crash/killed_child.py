"""Processes that write for as long as they live, and say what they were told is saved. Killed by the test."""

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.nursery import serve
from support.vaults import HeldClock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.plans import PlanItem, PlanSection, SectionKey
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.services.session import open_session
from safeplan_desktop.services.vault import open_vault


def main(folder: Path, key: DataKey, what: str) -> None:
    clock = HeldClock()
    vault = open_vault(folder, key, clock)
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


serve(main)
