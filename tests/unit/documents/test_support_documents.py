"""The week, the self-care plan and consultations on paper: whole, inside the page, whatever was typed."""

import datetime as dt

import pytest
from support.pdf_reading import outside, overlapping, read, words_of
from support.therapist import consultation_form
from support.vaults import START

from safeplan_desktop.documents import theme
from safeplan_desktop.documents.consultations import consultation_pdf, consultations_of_period_pdf
from safeplan_desktop.documents.self_care import self_care_pdf
from safeplan_desktop.documents.week import week_pdf
from safeplan_desktop.domain.due import DueKind, DueRow, grouped
from safeplan_desktop.domain.incidents import Addendum, AddendumKind
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.self_care import SelfCareForm, SelfCareText
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.services import reference

NOW = Moment(START, "America/Denver")
DAY = START.date()
PRACTICE = PracticeProfile(practice_name="Juniper Street", therapist_name="Dr. Alma Reyes", country="US")
LONG = "Sleep, walk, call, rest. " * 400
STRANGE = "مرحبا 你好 हिन्दी é\u0301 \u200b<b>&amp;</b>\x07 " + "W" * 300


def _whole(pdf):
    reading = read(pdf)
    assert reading.missing_glyphs == 0
    assert not outside(reading, left=theme.SIDE, right=theme.SIDE, bottom=theme.FOOT / 2, top=theme.FOOT / 2)
    assert not overlapping(reading)
    return reading


def _told(number=1, addenda=(), **more):
    form = consultation_form(**more)
    record = SignedRecord("r", None, number, None, "Consultation", DAY, NOW, "Dr. Alma Reyes", NOW, {})
    return record, form, tuple(addenda)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("text", [LONG, STRANGE], ids=["long", "strange"])
def test_long_and_strange_words_stay_on_the_page(paper, text):
    texts = tuple(SelfCareText(section.key, text) for section in reference.self_care_sections())
    plan = self_care_pdf(SelfCareForm(texts, 3), DAY, reference.self_care_sections(), PRACTICE, paper, NOW)
    one = consultation_pdf(_told(summary=text, advice=text), PRACTICE, paper, "abc,7")
    several = consultations_of_period_pdf([_told(1, summary=text), _told(2)], Period(), PRACTICE, paper, "abc,7", NOW)
    for pdf in (plan, one, several):
        _whole(pdf)


@pytest.mark.parametrize("paper", Paper)
def test_five_hundred_rows_go_over_pages_with_a_box_each_and_no_day_is_said_twice(paper):
    rows = [
        DueRow(
            DueKind.REASSESSMENT, DAY + dt.timedelta(days=n % 8 - 2), n % 8 < 2, "Reassessment", f"C-{n:03d}", f"c{n}"
        )
        for n in range(500)
    ]
    reading = _whole(week_pdf(grouped(rows, DAY), 3, PRACTICE, paper, NOW))
    text = reading.text
    assert all(f"C-{n:03d}" in text for n in range(500))
    assert len(reading.pages) > 5
    assert "3 things were put off and aren't listed." in text
    assert text.count("Today, March 2, 2026") == 1


def test_what_was_added_and_what_was_entered_in_error_stand_with_a_consultation():
    def added(number, kind, text):
        return Addendum("a", "r", number, kind, "Because", text, "Dr. Alma Reyes", NOW)

    addenda = [
        added(1, AddendumKind.CORRECTION, "It was by phone."),
        added(2, AddendumKind.ENTERED_IN_ERROR, "This record was entered in error."),
    ]
    text = words_of(consultation_pdf(_told(addenda=addenda), PRACTICE, Paper.A4, "abc,7"))
    assert "Entered in error" in text
    assert "It was by phone." in text
    assert "Fingerprint abc" in text


def test_the_file_tells_nothing_about_anybody():
    reading = read(consultation_pdf(_told(about_client="0197-abc"), PRACTICE, Paper.A4, "abc,7"))
    assert "0197" not in reading.text
    assert "Okafor" not in " ".join(reading.metadata.values())
