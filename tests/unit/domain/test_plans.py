"""What a plan needs before it is finished, and when a cue stands beside it."""

import datetime as dt
from dataclasses import replace

import pytest

from safeplan_desktop.domain.plans import (
    CONTACT_SECTIONS,
    LONGEST_ITEM,
    Cue,
    PlanForm,
    PlanItem,
    PlanSection,
    SectionKey,
    check_for_finishing,
    cues,
)
from safeplan_desktop.errors import InvalidInputError

TODAY = dt.date(2026, 3, 2)
REVIEW = TODAY + dt.timedelta(days=30)
SIGNER = "Dr. Alma Reyes"


def _form(*sections: PlanSection, review_on: dt.date | None = REVIEW) -> PlanForm:
    form = PlanForm("c1", review_on=review_on)
    for section in sections:
        form = form.with_section(section)
    return form


def _section(key: SectionKey, *items: PlanItem, not_for_me: bool = False) -> PlanSection:
    return PlanSection(key, items, not_for_me)


WALK = _section(SectionKey.COPING, PlanItem("i1", "Walk to the river"))
THEO = PlanItem("i2", "Theo", phone="+1 303 555 0117")


def test_a_new_form_has_all_sections_in_the_published_order_and_is_empty():
    form = PlanForm("c1")
    assert [section.key for section in form.sections] == list(SectionKey)
    assert form.is_empty
    assert SectionKey.REASONS is list(SectionKey)[-1]


def test_a_section_that_an_older_form_lacks_counts_as_empty():
    form = PlanForm("c1", sections=(WALK,))
    assert form.section(SectionKey.REASONS) == PlanSection(SectionKey.REASONS)
    widened = form.with_section(_section(SectionKey.REASONS, PlanItem("i3", "My students")))
    assert [section.key for section in widened.sections] == list(SectionKey)
    assert widened.section(SectionKey.COPING) == WALK


def test_not_for_me_is_a_decision_so_the_form_is_no_longer_empty():
    assert not _form(_section(SectionKey.HELPERS, not_for_me=True)).is_empty


def test_blank_entries_are_left_out_and_the_words_stay_as_typed():
    typed = PlanItem("i1", "  Walk ")
    numbered = PlanItem("i4", "", phone="988")
    form = _form(_section(SectionKey.COPING, typed, PlanItem("i5", " ")), _section(SectionKey.HELPERS, numbered))
    finished = check_for_finishing(form, signer=SIGNER, today=TODAY)
    assert finished.section(SectionKey.COPING).items == (typed,)
    assert finished.section(SectionKey.HELPERS).items == (numbered,)


@pytest.mark.parametrize(
    ("form", "signer", "field"),
    [
        (_form(), SIGNER, "sections"),
        (_form(_section(SectionKey.COPING, PlanItem("i1", " "))), SIGNER, "sections"),
        (_form(_section(SectionKey.COPING, PlanItem("i1", "Walk"), not_for_me=True)), SIGNER, "sections"),
        (_form(_section(SectionKey.COPING, PlanItem("i1", "x" * (LONGEST_ITEM + 1)))), SIGNER, "sections"),
        (_form(WALK, review_on=None), SIGNER, "review_on"),
        (_form(WALK, review_on=TODAY), SIGNER, "review_on"),
        (_form(WALK, review_on=TODAY - dt.timedelta(days=1)), SIGNER, "review_on"),
        (_form(WALK), "  ", "signer"),
    ],
    ids=["empty", "blank", "only-not-for-me", "too-long", "no-review", "review-today", "review-past", "no-signature"],
)
def test_a_plan_that_is_not_ready_is_refused_at_its_field(form, signer, field):
    with pytest.raises(InvalidInputError) as refused:
        check_for_finishing(form, signer=signer, today=TODAY)
    assert refused.value.field == field


def test_one_entry_a_review_day_and_a_signature_are_enough():
    assert check_for_finishing(_form(WALK), signer=SIGNER, today=TODAY) == _form(WALK)


def test_a_refusal_never_repeats_what_the_client_said():
    form = _form(_section(SectionKey.COPING, PlanItem("i1", "river " * LONGEST_ITEM)))
    with pytest.raises(InvalidInputError) as refused:
        check_for_finishing(form, signer=SIGNER, today=TODAY)
    assert "river" not in refused.value.sentences


def test_an_empty_plan_has_both_cues():
    assert cues(PlanForm("c1")) == (Cue.NO_HELPER_WITH_PHONE, Cue.NO_STEP_FOR_SURROUNDINGS)


@pytest.mark.parametrize("key", sorted(CONTACT_SECTIONS, key=lambda key: key.value))
def test_a_person_or_a_service_with_a_number_silences_the_first_cue(key):
    assert cues(_form(_section(key, THEO))) == (Cue.NO_STEP_FOR_SURROUNDINGS,)


@pytest.mark.parametrize("helper", [replace(THEO, phone=""), replace(THEO, phone="  ")])
def test_a_helper_without_a_number_does_not_silence_it(helper):
    assert Cue.NO_HELPER_WITH_PHONE in cues(_form(_section(SectionKey.HELPERS, helper)))


def test_a_number_in_a_section_that_is_not_for_me_helps_nobody():
    assert Cue.NO_HELPER_WITH_PHONE in cues(_form(_section(SectionKey.PROFESSIONALS, THEO, not_for_me=True)))


def test_not_for_me_is_an_answer_and_silences_its_cue():
    helpers = _section(SectionKey.HELPERS, not_for_me=True)
    surroundings = _section(SectionKey.SURROUNDINGS, not_for_me=True)
    assert cues(_form(helpers, surroundings)) == ()


def test_one_step_for_the_surroundings_silences_the_second_cue():
    step = _section(SectionKey.SURROUNDINGS, PlanItem("i6", "Theo keeps my medicines"))
    assert cues(_form(step)) == (Cue.NO_HELPER_WITH_PHONE,)
