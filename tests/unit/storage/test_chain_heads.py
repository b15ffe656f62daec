"""A fingerprint from paper is compared with the history even where its entry's number was typed wrongly."""

import pytest
from support.vaults import fresh_vault, session_on

from safeplan_desktop.domain.chain_heads import HeadVerdict, parse_fingerprint
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.chain_heads import compare_heads, heads_check


@pytest.fixture
def database(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    yield session.vault.database
    session.vault.database.close()


@pytest.mark.parametrize("wrong", [-1, 1, 900])
def test_a_right_fingerprint_with_a_wrong_number_agrees_and_says_where_it_stands(database, wrong):
    last = audit.head(database)
    typed = last.seq + wrong
    compared = compare_heads(database, (parse_fingerprint(f"{last.fingerprint}, entry {typed}"),))
    assert compared[0].verdict is HeadVerdict.SAME
    assert f"stands at entry {last.seq}, not at entry {typed} as typed" in compared[0].sentence
    assert compared[0].at is not None
    assert heads_check(compared).ok


def test_a_fingerprint_that_stands_nowhere_is_another_history_whatever_its_number(database):
    compared = compare_heads(database, (parse_fingerprint("3fa94c0b77d1, entry 2"),))
    assert compared[0].verdict is HeadVerdict.DIFFERENT
    assert not heads_check(compared).ok
