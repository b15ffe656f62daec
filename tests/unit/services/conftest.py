"""Real vaults for the services: one template a run, copied for each test."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from safeplan_desktop.domain.changes import Change
from safeplan_desktop.domain.clients import Client, ClientForm
from safeplan_desktop.domain.practice import ContactType, EmergencyContact, PracticeProfile
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.services.session import Session, open_session
from safeplan_desktop.services.vault import close_vault, create_vault, open_vault, prepare_keys

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


@pytest.fixture(scope="session")
def keys():
    return prepare_keys(PASSPHRASE, KdfParameters.FLOOR, START)


@pytest.fixture(scope="session")
def template(tmp_path_factory, keys) -> Path:
    folder = tmp_path_factory.mktemp("template") / "vault"
    clock = HeldClock()
    vault = create_vault(folder, keys, clock).vault
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


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def folder(template, tmp_path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "vault"))


@pytest.fixture
def session(folder, keys, clock, heard) -> Session:
    vault = open_vault(folder, keys.data_key, clock)
    yield open_session(vault, clock, heard)
    vault.database.close()


@pytest.fixture
def client(session) -> Client:
    return session.clients.add(ClientForm(code="M-07", name="Maren Holt", birth_date=dt.date(1990, 5, 4)))
