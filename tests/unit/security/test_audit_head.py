from __future__ import annotations

from dataclasses import replace

import pytest

from safeplan_desktop.security.audit_head import AuditHead, check_audit_head, seal_audit_head
from safeplan_desktop.security.chain import GENESIS
from safeplan_desktop.security.data_key import DataKey

VAULT_ID = "0f9d2c4e-6b1a-4f7e-8c35-d2a1b0e9f874"


def test_a_sealed_head_is_found_right(data_key):
    head = seal_audit_head(data_key, VAULT_ID, 7, "cd" * 32)
    assert (head.seq, head.hash) == (7, "cd" * 32)
    assert check_audit_head(data_key, VAULT_ID, head)


def test_the_head_of_an_empty_chain_can_be_sealed(data_key):
    assert check_audit_head(data_key, VAULT_ID, seal_audit_head(data_key, VAULT_ID, 0, GENESIS))


def test_a_changed_head_is_found_wrong(data_key):
    head = seal_audit_head(data_key, VAULT_ID, 7, "cd" * 32)
    other = "11111111-1111-4111-8111-111111111111"
    assert not check_audit_head(data_key, VAULT_ID, replace(head, seq=6))
    assert not check_audit_head(data_key, VAULT_ID, replace(head, hash="ce" * 32))
    assert not check_audit_head(data_key, VAULT_ID, replace(head, mac="00" * 32))
    assert not check_audit_head(data_key, other, head)
    assert not check_audit_head(DataKey.generate(), VAULT_ID, head)


@pytest.mark.parametrize(
    ("seq", "own_hash", "mac"),
    [
        (-1, GENESIS, GENESIS),
        (2**63, GENESIS, GENESIS),
        (True, GENESIS, GENESIS),
        (1.0, GENESIS, GENESIS),
        (1, "short", GENESIS),
        (1, GENESIS, "G" * 64),
    ],
)
def test_other_forms_cannot_be_made(seq, own_hash, mac):
    with pytest.raises(ValueError, match="audit head"):
        AuditHead(seq, own_hash, mac)
