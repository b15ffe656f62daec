"""Fixtures for the services: a copy of the template vault, opened."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.vaults import Heard, HeldClock, fresh_vault, shared_keys

from safeplan_desktop.domain.clients import Client, ClientForm
from safeplan_desktop.services.session import Session, open_session
from safeplan_desktop.services.vault import open_vault


@pytest.fixture
def keys():
    return shared_keys()


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def folder(tmp_path) -> Path:
    return fresh_vault(tmp_path / "vault")


@pytest.fixture
def session(folder, keys, clock, heard) -> Session:
    vault = open_vault(folder, keys.data_key, clock)
    yield open_session(vault, clock, heard)
    vault.database.close()


@pytest.fixture
def client(session) -> Client:
    return session.clients.add(ClientForm(code="M-07", name="Maren Holt", birth_date=dt.date(1990, 5, 4)))
