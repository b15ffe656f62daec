"""Reports of a period and of one instrument, and quick checks in them."""

import datetime as dt
import io
import re
from dataclasses import replace

import pypdf
import pytest
from support.pdf_reading import read
from support.vaults import START, sign_scores

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.domain.screenings import (
    QUICK_CHECK,
    Formulation,
    InstrumentAnswers,
    ItemAnswer,
    Judgement,
    LevelOfCare,
)
from safeplan_desktop.errors import CancelledError, InvalidInputError, NotFoundError
from safeplan_desktop.storage import audit

PHQ9 = (2, 2, 2, 2, 2, 1, 1, 1, 1, 2)


@pytest.fixture
def signed(session, client, clock):
    """Four screenings, four weeks apart; the last one is a quick check. Their ids."""
    ids = [sign_scores(session, client.id, {"phq-9": PHQ9, "gad-2": (1, 2)}, LevelOfCare.INTENSIVE_OUTPATIENT)]
    for values in ((1,) * 10, (0,) * 10):
        clock.forward(days=28)
        ids.append(sign_scores(session, client.id, {"phq-9": values}))
    clock.forward(days=28)
    ids.append(_quick(session, client.id))
    return ids


def _quick(session, client_id, **answers):
    draft, form = session.screenings.begin_quick_check(client_id)
    given = {"thoughts": 2, "plan": 0, "intent": 0, "means": 0, "changed": 2, **answers}
    items = tuple(ItemAnswer(name, value, "New job" if name == "changed" else "") for name, value in given.items())
    form = replace(
        form,
        instruments=(InstrumentAnswers(QUICK_CHECK, items),),
        formulation=Formulation(judgement=Judgement.LOW, reasons="Calls her sister"),
    )
    return session.screenings.sign(draft, form, "Dr. Alma Reyes").id


def _report(session, client, **choice):
    """The texts of a report's pages; the plots in it are read as well."""
    pdf = session.screening_reports.period(client.id, **choice).make()
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def _day(session, screening_id):
    return session.screenings.get(screening_id).signed.local_date


def test_a_report_of_a_period_holds_each_screening_with_its_addenda_and_the_scores(session, client, signed):
    session.addenda.add(
        Noun.SCREENING,
        signed[1],
        client.id,
        kind=AddendumKind.CORRECTION,
        reason="Misheard",
        text="It was her brother.",
        signer="Dr. Alma Reyes",
    )
    report = _report(session, client)
    for words in (
        "Screening 1, March 2, 2026",
        "Screening 3",
        "Quick check 4",
        "It was her brother.",
        "Scores over time",
    ):
        assert words in "\n".join(report)
    assert "\n".join(report).count("Thoughts without intent.") == 3
    assert f"Fingerprint {audit.head(session.desk.database).hash[:12]}" in report[-1]
    assert f"Page {len(report)} of {len(report)}" in report[-1]


def test_the_list_names_the_page_on_which_each_screening_begins(session, client, signed):
    report = _report(session, client)
    listed = report[0].partition("What this report holds")[2]
    for number in range(1, 4):
        page = int(re.search(rf"Screening {number}: .* (\d+)$", listed, re.MULTILINE)[1])
        assert f"Screening {number}, " in report[page - 1]
    assert "Scores over time" in listed


def test_days_bound_it_both_included(session, client, signed):
    day = _day(session, signed[1])
    report = "\n".join(_report(session, client, since=day, until=day))
    assert "Screening 2, " in report
    assert "Screening 1, " not in report
    assert "Screening 3, " not in report
    # The plot and its table show the scores of that time alone.
    assert "14" not in report.partition("Scale 0 to 27")[2].partition("What happened")[0].split()


def test_one_instrument_leaves_out_other_answers_and_screenings_without_it(session, client, signed):
    report = "\n".join(_report(session, client, instruments=("gad-2",)))
    assert "Only GAD-2" in report
    assert "Of the questions, only GAD-2; 1 more in this screening" in report
    assert "Low mood" not in report
    assert "Screening 2" not in report


def test_one_screening_can_be_narrowed_to_an_instrument_too(session, client, signed):
    report = read(session.screening_reports.one(signed[0], instruments=("gad-2",)).make())
    assert "Low mood" not in report.text
    with pytest.raises(NotFoundError, match="no instrument who-5") as problem:
        session.screening_reports.one(signed[0], instruments=("who-5",))
    assert problem.value.next_step == "There are: phq-9, gad-2."


def test_days_the_wrong_way_round_and_an_empty_time_are_said(session, client, signed):
    day = dt.date(2026, 3, 9)
    with pytest.raises(InvalidInputError, match="before the first") as problem:
        session.screening_reports.period(client.id, since=day, until=day - dt.timedelta(days=1))
    assert problem.value.field == "until"
    with pytest.raises(NotFoundError, match="no signed screening"):
        session.screening_reports.period(client.id, since=day, until=day)


def test_what_was_entered_in_error_stays_out(session, client, signed):
    addendum = session.addenda.add(
        Noun.SCREENING,
        signed[2],
        client.id,
        kind=AddendumKind.CORRECTION,
        reason="Another client's",
        text="Entered in error.",
        signer="Dr. Alma Reyes",
    )
    with session.vault.database.transaction():
        session.vault.database.execute(
            "INSERT INTO voided (record_id, noun, addendum_id, at) VALUES (?, ?, ?, ?)",
            (signed[2], "screening", addendum.id, "2026-06-01T00:00:00Z"),
        )
    report = "\n".join(_report(session, client, until=_day(session, signed[2])))
    assert "Screening 2, " in report
    assert "Screening 3" not in report
    assert session.screening_reports.used(client.id).keys() == {"phq-9", "gad-2", QUICK_CHECK}


def test_it_tells_how_far_it_is_and_stops_when_nobody_wants_it(session, client, signed):
    document = session.screening_reports.period(client.id)
    told = []
    document.telling(lambda fraction, sentence: told.append((fraction, sentence)))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0
    assert fractions[-1] > 0.9

    def unwanted(fraction, _sentence):
        if fraction > 0.3:
            raise CancelledError("Cancelled.", safe="Nothing was changed.")

    with pytest.raises(CancelledError):
        document.telling(unwanted)


@pytest.mark.parametrize("paper", list(Paper))
def test_a_quick_check_prints_only_what_was_asked(session, client, signed, paper):
    report = read(session.screening_reports.one(signed[3], paper=paper).make())
    assert report.metadata["/Title"] == "Quick check"
    assert "Quick check 4" in report.text
    assert "Screening 3 on" in report.text
    assert "New job" in report.text
    assert "As decided on" in report.text
    assert "Incomplete" not in report.text
    assert "Which part of it helped" not in report.text
    assert len(report.pages) == 1


# Quick checks themselves


def test_a_quick_check_is_a_signed_screening_like_any_other(session, client, signed):
    last = session.screenings.of_client(client.id)[0]
    assert (last.number, last.level, last.flagged) == (4, LevelOfCare.OUTPATIENT, False)
    found = session.find.find("New job", show_names=False)
    assert [hit.record_id for hit in found] == [signed[3]]
    assert "Screening 4, quick check" in found[0].title
    kept = session.screenings.get(signed[3])
    assert kept.form.quick.last_number == 3
    assert kept.content_hash


@pytest.mark.parametrize("named", ["plan", "intent", "means"])
def test_plan_intent_or_means_named_with_thoughts_is_critical(session, client, signed, named):
    _quick(session, client.id, **{named: 2})
    assert session.screenings.of_client(client.id)[0].flagged


def test_a_screening_of_an_older_program_opens_and_is_no_quick_check(session, client, signed):
    database = session.vault.database
    text = database.value("SELECT content FROM screening WHERE id = ?", (signed[0],))
    assert '"quick":null' in text
    from safeplan_desktop.storage.screenings import read_text

    assert read_text(text.replace(',"quick":null', ""), "").form.quick is None


def test_a_quick_check_needs_an_earlier_screening(session, client):
    with pytest.raises(NotFoundError, match="follows an earlier screening"):
        session.screenings.begin_quick_check(client.id)
    assert session.screenings.draft_of(client.id) is None


def test_an_unsigned_screening_comes_before_a_quick_check(session, client, signed):
    draft, _ = session.screenings.begin(client.id)
    again, form = session.screenings.begin_quick_check(client.id)
    assert again.record_id == draft.record_id
    assert form.quick is None


def test_scores_of_a_part_say_of_which_part(session, client):
    sign_scores(session, client.id, {"phq-2": (1, 1), "gad-2": (2, 2)})

    def said(**choice):
        pdf = session.screening_reports.scores(client.id, **choice).make()
        return " ".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())

    day = START.date()
    assert "Only PHQ-2" not in said()
    part = said(instruments=("phq-2",), since=day, until=day)
    assert "Only PHQ-2" in part
    assert "From March 2, 2026 to March 2, 2026" in part


def test_a_next_reassessment_in_the_past_is_not_signed(session, client):
    sign_scores(session, client.id, {"phq-2": (1, 1)})
    draft, form = session.screenings.begin_quick_check(client.id)
    form = replace(
        form,
        care=replace(form.care, next_reassessment=START.date() - dt.timedelta(days=1)),
        instruments=(InstrumentAnswers(QUICK_CHECK, (ItemAnswer("thoughts", 0),)),),
        formulation=Formulation(judgement=Judgement.LOW),
    )
    with pytest.raises(InvalidInputError, match="in the past"):
        session.screenings.sign(draft, form, "Dr. Alma Reyes")
