"""Real vaults for tests: one template a run, copied for each test."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from safeplan_desktop.domain.changes import Change
from safeplan_desktop.domain.plans import HolderKind, PlanFormat, PlanItem, PlanSection, Recipient, SectionKey
from safeplan_desktop.domain.practice import ContactType, EmergencyContact, PracticeProfile
from safeplan_desktop.domain.screenings import (
    Care,
    Formulation,
    InstrumentAnswers,
    ItemAnswer,
    Judgement,
    LevelOfCare,
    ScreeningForm,
    ScreeningReason,
    Setting,
)
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.services.session import Session, open_session
from safeplan_desktop.services.vault import PreparedKeys, close_vault, create_vault, open_vault, prepare_keys

PASSPHRASE = "acorn bright copper dune eagle frost"
START = dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC)


@dataclass
class HeldClock:
    """A clock that stands still until a test moves it."""

    moment: dt.datetime = START
    zone_name: str = "America/Denver"

    def now(self) -> dt.datetime:
        return self.moment

    def zone(self) -> str:
        return self.zone_name

    def forward(self, **delta: float) -> None:
        self.moment += dt.timedelta(**delta)


@dataclass
class Heard:
    """The changes that services told of."""

    changes: list[Change] = field(default_factory=list)

    def __call__(self, change: Change) -> None:
        self.changes.append(change)


@cache
def shared_keys() -> PreparedKeys:
    """One data key for the whole run; deriving it takes a tenth of a second."""
    return prepare_keys(PASSPHRASE, KdfParameters.FLOOR, START)


@cache
def _template() -> Path:
    folder = Path(mkdtemp(prefix="safeplan-test-")) / "vault"
    clock = HeldClock()
    vault = create_vault(folder, shared_keys(), clock).vault
    practice = open_session(vault, clock, lambda _change: None).practice
    practice.save_profile(
        PracticeProfile(practice_name="Juniper Street", therapist_name="Dr. Alma Reyes", phone="+1 303 555 0142")
    )
    practice.save_contacts(
        (
            EmergencyContact("e1", ContactType.EMERGENCY_NUMBER, "Emergency number", "911", checked_on=START.date()),
            EmergencyContact("e2", ContactType.CRISIS_LINE, "Lifeline", "988", checked_on=START.date(), on_plans=True),
            EmergencyContact("e3", ContactType.CONSULTANT, "Dr. Okafor", "+1 303 555 0155", while_locked=False),
        )
    )
    close_vault(vault, clock)
    return folder


def fresh_vault(folder: Path) -> Path:
    """A copy of the template vault."""
    return Path(shutil.copytree(_template(), folder))


def session_on(folder: Path, clock: HeldClock | None = None) -> Session:
    """An open session on a vault folder; close it with `session.vault.database.close()`."""
    clock = clock or HeldClock()
    return open_session(open_vault(folder, shared_keys().data_key, clock), clock, lambda _change: None)


def finish_two_versions(session: Session, client_id: str) -> None:
    """Two finished versions; copies of the first are out."""
    for text in ("Walk to the river", "Swim in the lake"):
        draft, form = session.plans.begin(client_id)
        form = form.with_section(PlanSection(SectionKey.COPING, (PlanItem("i1", text), PlanItem("i2", "Sing"))))
        recipients = (
            Recipient("r1", "", HolderKind.CLIENT, PlanFormat.FULL),
            Recipient(
                "r2",
                "Ana Holt",
                HolderKind.SUPPORT_PERSON,
                PlanFormat.SUPPORT_PERSON,
                "sister",
                (SectionKey.COPING,),
                START.date(),
            ),
        )
        version = session.plans.finish(draft, replace(form, recipients=recipients), "Dr. Alma Reyes")
        if version.number == 1:
            for recipient in recipients:
                session.plan_copies.give(version.id, recipient)


def sign_scores(
    session: Session,
    client_id: str,
    scores: Mapping[str, Sequence[int | None]],
    level: LevelOfCare = LevelOfCare.OUTPATIENT,
    again_on: dt.date | None = None,
) -> str:
    """Signs a screening with these answers by instrument; its id."""
    draft, _ = session.screenings.begin(client_id)
    given = tuple(
        InstrumentAnswers(
            name,
            tuple(
                ItemAnswer(item.id, v)
                for item, v in zip(session.questionnaires.instrument(name).items, values, strict=False)
            ),
        )
        for name, values in scores.items()
    )
    form = ScreeningForm(
        client_id,
        reason=ScreeningReason.ROUTINE,
        setting=Setting.OFFICE,
        instruments=given,
        formulation=Formulation(judgement=Judgement.MODERATE, reasons="Thoughts without intent."),
        care=Care(level=level, next_reassessment=again_on),
    )
    return session.screenings.sign(draft, form, "Dr. Alma Reyes").id
