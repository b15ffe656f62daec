"""What a screening needs before it is signed; judgement and facts stand side by side."""

import datetime as dt
from dataclasses import replace

import pytest

from safeplan_desktop.domain.screenings import (
    Care,
    Formulation,
    InstrumentAnswers,
    InstrumentFact,
    ItemAnswer,
    Judgement,
    LevelOfCare,
    ScreeningForm,
    ScreeningReason,
    Setting,
    Step,
    check_for_signing,
    facts_and_judgement_apart,
    missing_for_signing,
)
from safeplan_desktop.errors import InvalidInputError

READY = ScreeningForm(
    "c1",
    reason=ScreeningReason.INTAKE,
    setting=Setting.OFFICE,
    formulation=Formulation(judgement=Judgement.LOW, reasons="No thoughts since Monday."),
    care=Care(level=LevelOfCare.OUTPATIENT, next_reassessment=dt.date(2026, 4, 1)),
)


def _fact(*flags: str) -> InstrumentFact:
    return InstrumentFact("phq-9", "PHQ-9", "", True, 1, 27, "none or minimal", "", flags, (), 0, ())


def test_a_new_form_names_what_is_needed_in_the_order_of_the_steps():
    steps = [step for step, _ in missing_for_signing(ScreeningForm("c1"))]
    assert steps == [Step.BEGIN, Step.BEGIN, Step.FORMULATION, Step.FORMULATION, Step.CARE]


def test_no_instrument_and_no_date_is_needed_to_sign():
    check_for_signing(replace(READY, care=Care(level=LevelOfCare.OUTPATIENT)), "Dr. Alma Reyes")


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({"reason": None}, Step.BEGIN),
        ({"setting": None}, Step.BEGIN),
        ({"setting": Setting.TELEHEALTH}, Step.BEGIN),
        ({"setting": Setting.PHONE, "client_location": "  "}, Step.BEGIN),
        ({"formulation": Formulation(reasons="so")}, Step.FORMULATION),
        ({"formulation": Formulation(judgement=Judgement.NO_LEVEL, reasons=" ")}, Step.FORMULATION),
        ({"care": Care()}, Step.CARE),
    ],
)
def test_signing_is_refused_at_the_step_where_something_is_missing(change, step):
    with pytest.raises(InvalidInputError) as refused:
        check_for_signing(replace(READY, **change), "Dr. Alma Reyes")
    assert refused.value.field == step.value


def test_away_from_the_office_the_clients_place_is_enough():
    form = replace(READY, setting=Setting.TELEHEALTH, client_location="At home, 12 Elm Street")
    assert missing_for_signing(form) == ()


def test_a_signature_is_a_name():
    with pytest.raises(InvalidInputError) as refused:
        check_for_signing(READY, "\t")
    assert refused.value.field == "signer"


@pytest.mark.parametrize(
    ("facts", "judgement", "apart"),
    [
        ((_fact("Item 9 is above zero."),), Judgement.LOW, True),
        ((_fact(), _fact("Item 9 is above zero.")), Judgement.LOW, True),
        ((_fact("Item 9 is above zero."),), Judgement.MODERATE, False),
        ((_fact("Item 9 is above zero."),), None, False),
        ((_fact(),), Judgement.LOW, False),
        ((), Judgement.LOW, False),
    ],
)
def test_a_sentence_is_offered_only_where_a_critical_answer_stands_beside_low(facts, judgement, apart):
    assert facts_and_judgement_apart(facts, judgement) is apart


def test_answers_go_to_the_scoring_by_item_and_an_open_one_stays_open():
    given = InstrumentAnswers("phq-9", (ItemAnswer("1", 3), ItemAnswer("9")))
    assert given.values() == {"1": 3, "9": None}
