from enum import Enum

import pytest

from safeplan_desktop.domain import answers, audit, changes, incidents, plans, practice, screenings, vocabulary
from safeplan_desktop.services import reference

SPOKEN = [
    answers.Answer,
    audit.AuditAction,
    changes.Noun,
    incidents.AddendumKind,
    incidents.IncidentCategory,
    incidents.Party,
    incidents.PhysicalHarm,
    incidents.Place,
    incidents.PsychologicalHarm,
    plans.SectionKey,
    practice.ContactType,
    practice.Paper,
    screenings.FactorKind,
    screenings.Judgement,
    screenings.LevelOfCare,
    screenings.ScreeningReason,
    screenings.Setting,
    screenings.Step,
]


@pytest.mark.parametrize("kind", SPOKEN, ids=lambda kind: kind.__name__)
def test_every_term_has_words(kind: type[Enum]):
    assert all(vocabulary.label_of(member).strip() for member in kind)


def test_every_language_has_every_section_and_its_placeholders():
    for code, _ in reference.plan_languages():
        wording = reference.plan_wording(code)
        assert [section.key for section in wording.sections] == list(plans.SectionKey)
        assert "{date}" in wording.written_on
        assert "{date}" in wording.review_by
        assert "{number}" in wording.danger
        assert wording.page.format(page=1, pages=2)


def test_every_country_has_an_emergency_number_and_a_line():
    assert len(reference.countries()) > 20
    for country in reference.countries():
        assert country.emergency
        assert country.lines
        assert country.seen
