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


def test_the_therapist_of_the_sample_cares_for_herself_and_a_second_filling_writes_it_only_once(tmp_path):
    session = session_on(fresh_vault(tmp_path / "a"))
    for _ in range(2):
        fill_with_sample(session.vault, HeldClock(), clients=1, seed=3)
    assert [one.form.version for one in session.self_care.versions()] == [2, 1]
    assert len(session.proqol.every()) == 3
    assert len(session.consultations.of_client("")) == 2
    assert len(session.check_ins.every()) == 1
    assert [row.kind.value for row in session.due.rows() if "onsultation" in row.sentence] == ["consultation"]


def test_a_sample_has_trainings_that_count_feedback_to_decide_and_a_policy_that_still_holds(tmp_path):
    session = session_on(fresh_vault(tmp_path / "a"))
    fill_with_sample(session.vault, HeldClock(), clients=1, seed=3)
    rule = session.training_rules.by_name("Licence")
    summary = session.training_documents.of_cycle(rule)
    assert summary.minutes == 18 * 60
    assert len(summary.certificates) == 2
    assert not summary.progress.complete
    assert len(session.feedback.open_points()) == 2
    assert [change.title for change in session.policy.outdated()] == []
