"""Every verb opens the records with the passphrase, as the same few samples are."""

from __future__ import annotations

import pytest
from support.derivation import derived_once


@pytest.fixture(autouse=True)
def _derivation():
    with derived_once():
        yield
