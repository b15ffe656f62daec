import datetime as dt
from dataclasses import replace

import pytest

from safeplan_desktop.domain.plans import PlanForm, PlanItem, PlanSection, SectionKey
from safeplan_desktop.errors import InvalidInputError


def _with_entry(form: PlanForm, text: str = "Walk to the river") -> PlanForm:
    return form.with_section(PlanSection(SectionKey.COPING, (PlanItem("i1", text), PlanItem("i2", "   "))))


def test_first_plan_starts_blank_with_offered_numbers_unconfirmed_and_a_review_day(session, client, clock):
    _, form = session.plans.begin(client.id)
    assert form.is_empty
    assert [(number.label, number.confirmed) for number in form.crisis_numbers] == [("Lifeline", False)]
    assert form.review_on == clock.now().date() + dt.timedelta(days=30)


def test_finished_version_is_immutable_numbered_and_loses_blank_entries(session, client):
    draft, form = session.plans.begin(client.id)
    version = session.plans.finish(draft, _with_entry(form), "Dr. Reyes")
    assert (version.number, version.replaces) == (1, None)
    assert [item.text for item in version.form.section(SectionKey.COPING).items] == ["Walk to the river"]
    assert version.practice.emergency_number == "911"
    assert session.plans.get(version.id) == version
    with pytest.raises(Exception, match="never changes"):
        session.vault.database.execute("DELETE FROM plan_version")


def test_next_version_starts_from_the_last_and_replaces_it(session, client):
    draft, form = session.plans.begin(client.id)
    session.plans.finish(draft, _with_entry(form), "Dr. Reyes")
    draft, form = session.plans.begin(client.id)
    assert [item.text for item in form.section(SectionKey.COPING).items] == ["Walk to the river"]
    second = session.plans.finish(draft, _with_entry(form, "Swim"), "Dr. Reyes")
    assert (second.number, second.replaces) == (2, 1)
    assert [row.number for row in session.plans.of_client(client.id)] == [2, 1]


def test_begin_from_blank_leaves_the_last_version_alone(session, client):
    draft, form = session.plans.begin(client.id)
    session.plans.finish(draft, _with_entry(form), "Dr. Reyes")
    _, blank = session.plans.begin(client.id, from_blank=True)
    assert blank.is_empty


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda form: replace(form, sections=()), "sections"),
        (lambda form: replace(form, review_on=None), "review_on"),
        (lambda form: replace(form, review_on=dt.date(2026, 3, 2)), "review_on"),
    ],
)
def test_finishing_names_what_is_missing_and_keeps_the_draft(session, client, spoil, field):
    draft, form = session.plans.begin(client.id)
    with pytest.raises(InvalidInputError) as refused:
        session.plans.finish(draft, spoil(_with_entry(form)), "Dr. Reyes")
    assert refused.value.field == field
    assert session.plans.draft_of(client.id) is not None


def test_autosave_survives_closing_without_a_word(session, client, keys, clock, folder):
    from safeplan_desktop.services.session import open_session
    from safeplan_desktop.services.vault import open_vault

    draft, form = session.plans.begin(client.id)
    session.plans.autosave(draft, _with_entry(form), "section:coping")
    session.vault.database.close()  # as a killed process would
    again = open_session(open_vault(folder, keys.data_key, clock), clock, lambda _change: None)
    try:
        resumed, kept = again.plans.resume(draft.record_id)
        assert resumed.place == "section:coping"
        assert kept.section(SectionKey.COPING).items[0].text == "Walk to the river"
    finally:
        again.vault.database.close()
