import datetime as dt
from dataclasses import replace

import pytest

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import (
    AddendumKind,
    FollowUp,
    IncidentCategory,
    IncidentForm,
    PhysicalHarm,
    Place,
    PsychologicalHarm,
)
from safeplan_desktop.errors import InvalidInputError


def _complete(form: IncidentForm, happened: dt.datetime) -> IncidentForm:
    return replace(
        form,
        category=IncidentCategory.CLIENT_CRISIS,
        happened_at=happened,
        place=Place.PHONE,
        account="Client called, crying.",
        physical_harm=PhysicalHarm.NONE,
        psychological_harm=PsychologicalHarm.LOW,
        follow_ups=(FollowUp("Call", dt.date(2026, 3, 1)),),
    )


def test_entry_time_is_when_the_form_was_begun_not_when_it_was_signed(session, client, clock):
    begun = clock.now()
    draft, form = session.incidents.begin(client.id)
    clock.forward(hours=3)
    signed = session.incidents.sign(draft, _complete(form, begun - dt.timedelta(hours=1)), "Dr. Reyes")
    assert signed.entered.at == begun
    assert signed.signed.at == begun + dt.timedelta(hours=3)
    assert signed.form.happened_at == begun - dt.timedelta(hours=1)


def test_autosaving_never_moves_the_entry_time(session, client, clock):
    draft, form = session.incidents.begin(client.id)
    clock.forward(days=1)
    session.incidents.autosave(draft, form, "account")
    resumed, _ = session.incidents.resume(draft.record_id)
    assert resumed.started_at == draft.started_at


def test_numbers_count_within_the_year_of_entry(session, client, clock):
    numbers = []
    for _ in range(2):
        draft, form = session.incidents.begin(client.id)
        numbers.append(session.incidents.sign(draft, _complete(form, clock.now()), "Dr. Reyes").number)
    clock.forward(days=365)
    draft, form = session.incidents.begin()
    numbers.append(session.incidents.sign(draft, _complete(form, clock.now()), "Dr. Reyes").number)
    assert numbers == ["2026-001", "2026-002", "2027-001"]


def test_log_lists_drafts_first_then_signed(session, client, clock):
    draft, form = session.incidents.begin(client.id)
    session.incidents.sign(draft, _complete(form, clock.now()), "Dr. Reyes")
    session.incidents.begin(client.id)
    rows = session.incidents.list()
    assert [row.signed is None for row in rows] == [True, False]


def test_a_time_in_the_future_is_refused(session, client, clock):
    draft, form = session.incidents.begin(client.id)
    with pytest.raises(InvalidInputError) as refused:
        session.incidents.sign(draft, _complete(form, clock.now() + dt.timedelta(hours=1)), "Dr. Reyes")
    assert refused.value.field == "happened_at"


def test_addenda_are_numbered_and_need_text_reason_and_name(session, client, clock):
    draft, form = session.incidents.begin(client.id)
    signed = session.incidents.sign(draft, _complete(form, clock.now()), "Dr. Reyes")

    def add(text, reason="Remembered later", signer="Dr. Reyes"):
        return session.addenda.add(
            Noun.INCIDENT,
            signed.id,
            client.id,
            kind=AddendumKind.LATE_ENTRY,
            reason=reason,
            text=text,
            signer=signer,
        )

    assert [add("First").number, add("Second").number] == [1, 2]
    for values, field in ((("", "r", "s"), "text"), (("t", " ", "s"), "reason"), (("t", "r", ""), "signer")):
        with pytest.raises(InvalidInputError) as refused:
            add(*values)
        assert refused.value.field == field
    assert session.incidents.list()[0].addenda == 2


def test_open_follow_up_stands_on_today(session, client, clock):
    draft, form = session.incidents.begin(client.id)
    signed = session.incidents.sign(draft, _complete(form, clock.now()), "Dr. Reyes")
    row = next(row for row in session.due.rows() if row.record_id == signed.id)
    assert row.overdue
    assert row.client_label == "Maren Holt (M-07)"
