"""Promise: an invented practice tells different stories, and the same ones for the same seed."""

from support.vaults import HeldClock, fresh_vault, session_on

from safeplan_desktop.services.sample import fill_with_sample


def _accounts(folder, seed):
    session = session_on(fresh_vault(folder))
    fill_with_sample(session.vault, HeldClock(), clients=14, seed=seed)
    rows = session.incident_exports.in_period(None, None)
    return [session.incidents.get(row.id).form for row in rows]


def test_no_two_incidents_of_a_small_sample_are_alike_and_a_seed_tells_the_same_again(tmp_path):
    told = _accounts(tmp_path / "a", 3)
    assert len(told) >= 3
    assert len({form.account for form in told}) == len(told)
    assert len({form.category for form in told}) > 1
    assert not any("{" in form.account + form.outcome for form in told)
    assert [form.account for form in _accounts(tmp_path / "b", 3)] == [form.account for form in told]
    assert [form.account for form in _accounts(tmp_path / "c", 4)] != [form.account for form in told]
