"""The practice's own reports, and the recovery sheet."""

import datetime as dt
import io
from dataclasses import replace

import pypdf
import pytest
from document_samples import (
    CHAIN_HEAD,
    PROFILE,
    RECOVERY_WORDS,
    incident_addenda,
    signed_incident,
    signed_screening,
)
from pdf_reading import read

from safeplan_desktop.documents.incident_report import Since, incident_report_pdf
from safeplan_desktop.documents.recovery_sheet import recovery_sheet_pdf
from safeplan_desktop.documents.screening_report import screening_report_pdf
from safeplan_desktop.domain.incidents import AddendumKind, FollowUpState, RecordLink
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import Paper


@pytest.fixture(scope="module")
def incident():
    return read(incident_report_pdf(signed_incident(), incident_addenda(), PROFILE, Paper.LETTER, CHAIN_HEAD))


@pytest.fixture(scope="module")
def screening():
    return read(screening_report_pdf(signed_screening(), incident_addenda()[:1], PROFILE, Paper.A4, CHAIN_HEAD))


@pytest.fixture(scope="module")
def sheet():
    day = dt.date(2026, 3, 2)
    return read(recovery_sheet_pdf(RECOVERY_WORDS, "K-7F3A", "1f0e5c88", day, Paper.A4, "Juniper Street"))


def order(text, *parts):
    places = [text.index(part) for part in parts]
    return places == sorted(places)


def test_event_time_and_entry_time_stand_apart_with_their_zone(incident):
    happened, entered = (
        "March 2, 2026, 4:40\u00a0PM (America/Denver time)",
        "March 2, 2026, 7:15\u00a0PM (America/Denver time)",
    )

    assert order(incident.text, "Happened", happened, "Entered", entered)


def test_actions_stand_in_the_order_of_their_times(incident):
    assert order(incident.text, "Asked directly about plan", "Ana arrived", "Called in the morning", "Wrote the plan")


def test_an_action_on_another_day_says_which(incident):
    assert order(incident.text, "Mar 3, 2026", "8:00\u00a0AM", "Called in the morning")


def test_who_was_told_is_told_with_reference_and_basis(incident):
    for words in ("Crisis team", "Kerry, intake", "Phone", "Reference: CT-88213", "Basis: Consent", "Visit at 9 am"):
        assert words in incident.text


def test_harm_is_graded_apart(incident):
    assert order(incident.text, "Physical", "None", "Psychological", "Moderate")


def test_addenda_follow_the_signed_original_each_labelled_and_signed(incident):
    assert order(
        incident.text,
        "Signed by Dr. Alma Reyes on March 2, 2026, 7:40\u00a0PM",
        "1. Late entry",
        "I forgot the second call.",
        "Called Ana at 5:20 pm.",
        "Signed by Dr. Alma Reyes on March 4, 2026",
        "2. Correction",
        "The reference is CT-88231.",
    )
    assert "CT-88213" in incident.text


def test_every_page_carries_the_fingerprint_and_its_number(incident, screening):
    for reading in (incident, screening):
        for number, page in enumerate(reading.pages, start=1):
            assert "Fingerprint 3fa94c0b77d1" in page.text
            assert CHAIN_HEAD[:13] not in page.text
            assert f"Page {number} of {len(reading.pages)}" in page.text


def test_reports_name_no_client_in_their_properties(incident, screening, sheet):
    for reading, title in ((incident, "Incident report"), (screening, "Screening report"), (sheet, "Recovery sheet")):
        assert reading.metadata["/Title"] == title
        assert not any("Holt" in value or "M-07" in value for value in reading.metadata.values())


def test_an_incident_without_a_client_says_so():
    alone = replace(signed_incident(), client=None)

    assert "No client involved" in read(incident_report_pdf(alone, (), PROFILE, Paper.A4, "")).text


def test_facts_come_before_the_therapists_judgement(screening):
    assert order(
        screening.text,
        "14 of 27: moderate",
        "Item 9 is above zero.",
        "Risk factors",
        "Formulation by the therapist",
        "Low",
        "Item 9 was “several days”",
        "Outpatient, more frequent sessions",
        "Signed by Dr. Alma Reyes",
    )


def test_an_incomplete_instrument_has_no_band(screening):
    after = screening.text[screening.text.index("GAD-7, the past") :]

    assert order(after, "Incomplete", "1 question has no answer, so there is no result.", "no answer")
    assert "moderate" not in after[: after.index("Risk factors")]


def test_an_answer_that_counts_nothing_is_named_in_the_report_with_the_reason():
    signed = signed_screening()
    fact = replace(signed.facts[0], not_counted=("“Day”: “soon” can't be read as a day.",))
    made = read(screening_report_pdf(replace(signed, facts=(fact,)), (), PROFILE, Paper.A4, CHAIN_HEAD))
    assert "Counts nothing: “Day”: “soon” can't be read as a day." in made.text


def test_the_signature_never_stands_alone_on_its_page():
    signed = signed_screening()
    form = replace(signed.form, care=replace(signed.form.care, told="Her sister, by phone", next_reassessment=None))
    broken = set()
    for lines in range(0, 48, 2):
        status = "\n".join(["Line"] * lines)
        longer = replace(form, formulation=replace(form.formulation, status=status))
        pdf = screening_report_pdf(replace(signed, facts=(), form=longer), (), PROFILE, Paper.A4, CHAIN_HEAD)
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
        (last,) = [page for page in pages if "Signed by" in page]
        assert "Her sister, by phone" in last, lines
        broken.add(len(pages))
    assert len(broken) > 1


def test_the_client_stands_in_the_report_as_when_it_was_signed(screening):
    assert "Maren Holt (M-07), born May 4, 1990, she/her" in screening.text


def test_dates_follow_the_practices_country():
    british = replace(PROFILE, country="GB")

    text = read(incident_report_pdf(signed_incident(), (), british, Paper.A4, CHAIN_HEAD)).text

    assert "2 March 2026, 16:40 (America/Denver time)" in text


def test_an_unknown_zone_and_country_still_make_a_report():
    odd = replace(signed_incident(), entered=Moment(dt.datetime(2026, 3, 3, 2, 15, tzinfo=dt.UTC), "Mars/Olympus"))

    assert "Mars/Olympus" in read(incident_report_pdf(odd, (), replace(PROFILE, country="??"), Paper.A4, "")).text


def test_headings_of_a_report_are_its_outline(incident):
    assert incident.outline[0] == "Incident report 2026-003"
    assert "Who was told" in incident.outline


def test_the_sheet_holds_the_words_numbered_downwards_on_one_page(sheet):
    [page] = sheet.pages
    texts = page.texts
    for number, word in enumerate(RECOVERY_WORDS, start=1):
        assert texts[texts.index(word) - 1] == str(number)


def test_the_sheet_tells_what_opens_the_records_without_the_program(sheet):
    text = sheet.text

    assert 'print(Mnemonic("english").to_entropy("WORD WORD ...").hex())' in text
    assert "PRAGMA key = \"x'64 DIGITS'\";" in text
    assert "PRAGMA cipher = 'sqlcipher'; PRAGMA legacy = 4; PRAGMA key = \"x'64 DIGITS'\";" in text
    assert "K-7F3A" in text
    assert "1f0e5c88" in text


def test_the_code_on_the_sheet_turns_words_into_the_key():
    from mnemonic import Mnemonic

    from safeplan_desktop.security.recovery_words import words_of

    key = bytes(range(32))

    assert Mnemonic("english").to_entropy(" ".join(words_of(key))).hex() == key.hex()


def test_a_record_that_was_entered_in_error_says_so_on_top_with_reason_and_day():
    wrong = replace(
        incident_addenda()[1], kind=AddendumKind.ENTERED_IN_ERROR, number=1, reason="The wrong client was chosen."
    )
    for text in (
        read(incident_report_pdf(signed_incident(), (wrong,), PROFILE, Paper.A4, CHAIN_HEAD)).pages[0].text,
        read(screening_report_pdf(signed_screening(), (wrong,), PROFILE, Paper.A4, CHAIN_HEAD)).pages[0].text,
    ):
        marks = (
            "Entered in error",
            "The wrong client was chosen.",
            "Marked by Dr. Alma Reyes on March 4, 2026",
            "Client",
        )
        assert order(text, *marks)


def test_a_later_entry_is_said_in_the_report():
    late = replace(signed_incident(), entered=Moment(dt.datetime(2026, 3, 6, 16, 0, tzinfo=dt.UTC), "America/Denver"))
    text = " ".join(read(incident_report_pdf(late, (), PROFILE, Paper.A4, CHAIN_HEAD)).text.split())
    assert "set by the program; 4 days later" in text


def test_what_came_after_signing_stands_behind_what_was_signed():
    done = FollowUpState("i", 0, "Review the safety plan", None, dt.date(2026, 3, 8), "Did it together", marked=True)
    since = Since((done,), RecordLink("p", "Safety plan, version 4, 08 Mar 2026"))
    text = read(incident_report_pdf(signed_incident(), (), PROFILE, Paper.A4, CHAIN_HEAD, since)).text
    assert order(text, "Did it together", "Signed by", "Revised afterwards", "Safety plan, version 4")
