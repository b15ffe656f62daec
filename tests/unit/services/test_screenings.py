import datetime as dt
from dataclasses import replace

import pytest

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.domain.practice import RiskStyle
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
from safeplan_desktop.errors import InvalidInputError, NotFoundError, SafePlanError
from safeplan_desktop.services import reference


def _phq9(*values):
    return InstrumentAnswers("phq-9", tuple(ItemAnswer(str(n), v) for n, v in enumerate(values, start=1)))


@pytest.fixture
def complete(client) -> ScreeningForm:
    return ScreeningForm(
        client.id,
        reason=ScreeningReason.ROUTINE,
        setting=Setting.OFFICE,
        instruments=(_phq9(2, 2, 2, 2, 2, 0, 0, 0, 1),),
        formulation=Formulation(judgement=Judgement.MODERATE, reasons="Thoughts without intent."),
        care=Care(level=LevelOfCare.OUTPATIENT, next_reassessment=dt.date(2026, 3, 9)),
    )


def test_begin_twice_resumes_the_same_draft_with_what_was_typed(session, client):
    draft, form = session.screenings.begin(client.id)
    session.screenings.autosave(draft, replace(form, reason_note="sleeps badly"), "instruments")
    again, resumed = session.screenings.begin(client.id)
    assert again.record_id == draft.record_id
    assert again.place == "instruments"
    assert resumed.reason_note == "sleeps badly"


def test_signed_screening_keeps_answers_score_and_name_of_that_day(session, client, complete):
    draft, _ = session.screenings.begin(client.id)
    signed = session.screenings.sign(draft, complete, "Dr. Reyes")
    session.clients.change(client.id, replace(client.form, name="Another Name"))
    kept = session.screenings.get(signed.id)
    assert kept == signed
    assert kept.client.name == "Maren Holt"
    fact = kept.facts[0]
    assert (fact.total, fact.highest_total, fact.complete) == (11, 27, True)
    assert len(fact.flags) == 1
    assert session.screenings.draft_of(client.id) is None


def test_signed_screening_cant_be_changed_or_removed_even_by_sql(session, client, complete):
    draft, _ = session.screenings.begin(client.id)
    session.screenings.sign(draft, complete, "Dr. Reyes")
    database = session.vault.database
    for statement in ("UPDATE screening SET content = 'x'", "DELETE FROM screening"):
        with pytest.raises(Exception, match="never changes"):
            database.execute(statement)


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({"reason": None}, "begin"),
        ({"setting": Setting.TELEHEALTH}, "begin"),
        ({"formulation": Formulation(judgement=Judgement.LOW)}, "formulation"),
        ({"care": Care()}, "care"),
    ],
)
def test_signing_names_the_step_with_what_is_missing_and_keeps_the_draft(session, client, complete, change, step):
    draft, _ = session.screenings.begin(client.id)
    with pytest.raises(InvalidInputError) as refused:
        session.screenings.sign(draft, replace(complete, **change), "Dr. Reyes")
    assert refused.value.field == step
    assert session.screenings.draft_of(client.id) is not None
    assert session.screenings.of_client(client.id) == ()


def test_signing_needs_a_typed_name(session, client, complete):
    draft, _ = session.screenings.begin(client.id)
    with pytest.raises(InvalidInputError) as refused:
        session.screenings.sign(draft, complete, "  ")
    assert refused.value.field == "signer"


def test_numbers_count_up_for_each_client(session, client, complete):
    numbers = []
    for _ in range(3):
        draft, _form = session.screenings.begin(client.id)
        numbers.append(session.screenings.sign(draft, complete, "Dr. Reyes").number)
    assert numbers == [1, 2, 3]
    assert [row.number for row in session.screenings.of_client(client.id)] == [3, 2, 1]


def test_addendum_follows_and_leaves_the_original(session, client, complete):
    draft, _ = session.screenings.begin(client.id)
    signed = session.screenings.sign(draft, complete, "Dr. Reyes")
    session.addenda.add(
        Noun.SCREENING,
        signed.id,
        client.id,
        kind=AddendumKind.CORRECTION,
        reason="Wrong day",
        text="It was Tuesday.",
        signer="Dr. Reyes",
    )
    (addendum,) = session.addenda.of_record(signed.id)
    assert (addendum.number, addendum.kind, addendum.text) == (1, AddendumKind.CORRECTION, "It was Tuesday.")
    assert session.screenings.get(signed.id) == signed


def test_discarded_draft_is_gone(session, client):
    draft, _ = session.screenings.begin(client.id)
    session.screenings.discard(draft.record_id)
    with pytest.raises(NotFoundError):
        session.screenings.resume(draft.record_id)


def test_incomplete_answers_give_no_band_but_the_flag(session, client):
    form = ScreeningForm(client.id, instruments=(_phq9(None, None, None, None, None, None, None, None, 2),))
    (fact,) = session.screenings.facts(form)
    assert (fact.complete, fact.total, fact.band) == (False, None, "")
    assert fact.flags
    assert len(fact.unanswered) == 9
    assert fact.unanswered[0].startswith("1. ")


def test_unknown_instrument_is_an_expected_failure(session, client):
    with pytest.raises(SafePlanError):
        session.screenings.facts(ScreeningForm(client.id, instruments=(InstrumentAnswers("nothing"),)))


def test_in_the_style_of_formulation_alone_no_screen_result_is_kept(session, client, complete):
    answered = InstrumentAnswers("asq", tuple(ItemAnswer(item.id, 0) for item in reference.instrument("asq").items[:4]))
    form = replace(complete, instruments=(answered,))
    assert session.screenings.facts(form)[0].tier
    session.practice.save_settings(replace(session.practice.settings(), risk_style=RiskStyle.FORMULATION))
    fact = session.screenings.facts(form)[0]
    assert (fact.tier, fact.tier_source, fact.complete) == ("", "", True)
