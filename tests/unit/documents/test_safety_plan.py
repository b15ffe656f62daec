"""The printed plan: what stands on whose copy."""

import datetime as dt
from dataclasses import replace

import pytest
from document_samples import PRACTICE, RIGHT_TO_LEFT_WORDING, WORDING, item, plan_document, plan_form, with_items
from pdf_reading import letters, outside, overlapping, read, squeezed

from safeplan_desktop.documents import theme
from safeplan_desktop.documents.plan_parts import Audience
from safeplan_desktop.documents.safety_plan import safety_plan_pdf
from safeplan_desktop.domain.plans import PlanForm, PlanSection, PracticeSnapshot, SectionKey
from safeplan_desktop.domain.practice import Paper

_FRAME = {"left": theme.SIDE, "right": theme.SIDE, "bottom": theme.FOOT - 8, "top": theme.FOOT - 8}


def printed(document, wording=WORDING, paper=Paper.A4):
    return read(safety_plan_pdf(document, wording, paper))


@pytest.fixture(scope="module")
def clients_copy():
    return printed(plan_document())


@pytest.fixture(scope="module")
def therapists_copy():
    return printed(plan_document(audience=Audience.THERAPIST))


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595.28, 841.89)), (Paper.LETTER, (612, 792))])
def test_a_usual_plan_fits_on_one_page_of_either_paper(paper, size):
    [page] = printed(plan_document(), paper=paper).pages

    assert (page.width, page.height) == pytest.approx(size, abs=0.01)


def test_everything_that_the_client_said_is_there(clients_copy):
    text = squeezed(clients_copy.text)

    for section in plan_form().sections:
        assert squeezed(WORDING.section(section.key).heading) in text
        for entry in section.items:
            for words in (entry.text, entry.relation, entry.phone, entry.when_to_call, entry.who, entry.when):
                assert squeezed(words) in text


def test_the_clients_copy_says_when_it_was_written_and_no_version(clients_copy):
    assert "Written on March 2, 2026; please throw away older copies." in clients_copy.text
    assert "ersion" not in clients_copy.text
    assert "M-07" not in clients_copy.text
    assert "Page 1" not in clients_copy.text


def test_the_therapists_copy_carries_version_and_pages(therapists_copy):
    assert "M-07  ·  Version 3  ·  replaces version 2" in therapists_copy.text
    assert "Page 1 of 1" in therapists_copy.text


def test_the_first_version_replaces_none():
    assert "replaces" not in printed(plan_document(audience=Audience.THERAPIST, number=1, replaces=None)).text


def test_a_working_copy_says_so_at_the_top_of_each_page():
    form = with_items(plan_form(), SectionKey.COPING, *(item(f"entry {number}") for number in range(80)))

    reading = printed(plan_document(form=form, number=None, replaces=None))

    assert len(reading.pages) > 1
    assert all("Working copy, not finished" in page.text for page in reading.pages)


def test_only_numbers_that_the_therapist_confirmed_are_printed(clients_copy, therapists_copy):
    for reading in (clients_copy, therapists_copy):
        assert "988 Suicide & Crisis Lifeline" in reading.text
        assert "nobody checked" not in reading.text
        assert "555-0100" not in reading.text


def test_the_danger_sentence_names_the_practices_emergency_number(clients_copy):
    assert "In immediate danger I call 911." in clients_copy.text


def test_without_an_emergency_number_the_sentence_still_stands():
    reading = printed(plan_document(practice=PracticeSnapshot()))

    assert "In immediate danger I call the local emergency number." in reading.text


def test_a_section_that_is_not_for_the_client_is_on_the_therapists_copy_only():
    form = plan_form().with_section(PlanSection(SectionKey.REASONS, (item("kept, not printed"),), not_for_me=True))
    both = (Audience.CLIENT, Audience.THERAPIST)
    own, other = (printed(plan_document(form=form, audience=audience)) for audience in both)

    assert squeezed("My reasons for living") not in squeezed(own.text)
    assert squeezed("My reasons for living") in squeezed(other.text)
    assert "Not for me at the moment." in other.text
    assert "kept, not printed" not in own.text + other.text


def test_numbers_can_be_called_from_the_pdf(clients_copy):
    links = [link for page in clients_copy.pages for link, _ in page.links]

    for link in ("tel:+13035550117", "tel:3035550162", "tel:988", "tel:911"):
        assert link in links


def test_links_lie_on_their_numbers_also_on_later_pages():
    form = with_items(plan_form(), SectionKey.COPING, *(item(f"entry {number}") for number in range(70)))

    first, *_, last = printed(plan_document(form=form)).pages

    assert "tel:+13035550117" not in [link for link, _ in first.links]
    [box] = [box for link, box in last.links if link == "tel:+13035550117"]
    [number] = [run for run in last.runs if run.text == "+1 303 555 0117"]
    assert box[0] == pytest.approx(number.x, abs=1)
    assert box[1] < number.y < box[3]


def test_nothing_in_the_files_properties_tells_whose_plan_it_is(clients_copy):
    assert clients_copy.metadata == {
        "/Title": "My safety plan",
        "/Subject": "My safety plan",
        "/Author": "SafePlan Desktop",
        "/Creator": "SafePlan Desktop",
        "/Producer": "SafePlan Desktop",
        "/Keywords": "",
        "/Trapped": "/False",
        "/CreationDate": "D:20260302164000-07'00'",
        "/ModDate": "D:20260302164000-07'00'",
    }


def test_the_outline_holds_headings_and_no_entry(clients_copy):
    headings = [section.heading for section in WORDING.sections]

    assert clients_copy.outline == [*headings, WORDING.crisis_heading]


def test_the_language_of_the_document_is_told_to_readers():
    reading = printed(plan_document(), replace(WORDING, language="es"))

    assert reading.language == "es"
    assert "2 de marzo de 2026" in reading.text


def test_all_fonts_are_embedded(clients_copy):
    assert clients_copy.fonts
    assert all(clients_copy.fonts.values())


def test_nothing_is_smaller_than_ten_points(clients_copy, therapists_copy):
    sizes = [run.size for reading in (clients_copy, therapists_copy) for page in reading.pages for run in page.runs]

    assert min(sizes) >= 10


def test_a_fuller_plan_is_set_smaller_to_stay_on_one_page():
    extra = [item(f"another entry of the plan, number {number}") for number in range(9)]
    fuller = printed(plan_document(form=with_items(plan_form(), SectionKey.COPING, *extra)))

    assert len(fuller.pages) == 1
    assert max(run.size for run in fuller.pages[0].runs) < max(
        run.size for run in printed(plan_document()).pages[0].runs
    )


def test_a_plan_of_two_pages_has_the_crisis_numbers_on_the_first_in_comfortable_size():
    form = with_items(plan_form(), SectionKey.WARNING_SIGNS, *(item(f"sign {number}") for number in range(40)))

    reading = printed(plan_document(form=form))

    assert len(reading.pages) == 2
    assert "Page 1 of 2" in reading.pages[0].text
    page = reading.pages[0]
    assert page.text.index(WORDING.crisis_heading) < page.text.index("In immediate danger") < page.text.index("sign 0")
    assert any(run.size == 12 for run in page.runs)


def test_a_section_that_goes_on_says_its_heading_again():
    form = with_items(plan_form(), SectionKey.COPING, *(item(f"entry {number}") for number in range(80)))

    first, second, *_ = printed(plan_document(form=form)).pages

    assert squeezed("What I can do by myself") in squeezed(first.text)
    assert squeezed("What I can do by myself") in squeezed(second.text)


def test_sixty_long_entries_are_printed_whole():
    form = plan_form()
    for key in (SectionKey.COPING, SectionKey.PROFESSIONALS):
        form = with_items(form, key, *(item(f"{number}<b>&" + "zq " * 60, phone="1" * 40) for number in range(30)))

    reading = printed(plan_document(form=form))

    assert letters(reading.text)["q"] >= 60 * 60
    assert outside(reading, **_FRAME) == []
    assert overlapping(reading) == []


def test_an_empty_working_copy_is_a_calm_page_with_the_danger_sentence():
    empty = PlanForm("c")

    [page] = printed(plan_document(form=empty, number=None, replaces=None)).pages

    assert "In immediate danger I call 911." in page.text
    assert "My triggers" not in page.text


def test_a_plan_in_a_language_from_right_to_left_is_mirrored():
    reading = printed(plan_document(), RIGHT_TO_LEFT_WORDING)
    [page] = reading.pages
    heading = next(run for run in page.runs if "علاماتي" in run.text)
    number = next(run for run in page.runs if run.text.startswith("+1 303 555 0117"))

    assert heading.end > page.width - theme.SIDE - 5
    assert number.x == pytest.approx(theme.SIDE, abs=1.5)
    assert reading.language == "ar"
    assert reading.missing_glyphs == 0
    assert outside(reading, **_FRAME) == []
    assert overlapping(reading) == []


def test_a_review_day_and_whom_to_ask_stand_below(clients_copy):
    assert "We look at it together again by April 1, 2026." in clients_copy.text
    assert f"{PRACTICE.therapist_name}, {PRACTICE.practice_name}, {PRACTICE.phone}" in clients_copy.text


def test_the_day_is_the_day_where_it_was_written():
    late = replace(plan_document().written, at=dt.datetime(2026, 3, 3, 5, 0, tzinfo=dt.UTC))

    assert "Written on March 2, 2026" in printed(plan_document(written=late)).text


@pytest.mark.parametrize(
    ("checked_on", "said"),
    [
        (dt.date(2025, 3, 2), ""),
        (dt.date(2025, 3, 1), "checked on March 1, 2025"),
        (None, "number never checked"),
    ],
)
def test_a_crisis_number_that_wasnt_checked_for_a_year_says_so(checked_on, said):
    form = plan_form()
    numbers = tuple(replace(number, checked_on=checked_on) for number in form.crisis_numbers)
    text = " ".join(printed(plan_document(form=replace(form, crisis_numbers=numbers))).text.split())
    assert ("checked" in text) is bool(said)
    assert said in text
