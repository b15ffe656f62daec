"""Feedback on real vaults: kept with or without a name, decided at a review of the policy, found, printed on one page."""

import datetime as dt
import io
from collections import Counter
from dataclasses import replace

import pypdf
import pytest
import textstat
from support.pdf_reading import read
from support.policies import adopt

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.feedback import (
    CLIENT_COLUMNS,
    CLIENT_QUESTIONS,
    Decision,
    FeedbackFrom,
    FeedbackOutcome,
    FeedbackWay,
    Rating,
)
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services import reference
from safeplan_desktop.services.due import DueKind
from safeplan_desktop.storage.checks import check_content

DAY = dt.date(2026, 3, 2)


def given(session, words="Too loud here", client_id="", **fields):
    draft, form = session.feedback.begin(FeedbackFrom.CLIENT, client_id=client_id, way=FeedbackWay.PAPER)
    ratings = (Rating("heard", 8), Rating("plan", 0))
    return session.feedback.keep(draft, replace(form, ratings=ratings, words=words, **fields))


def test_it_is_kept_without_a_name_or_with_one_and_stands_in_that_clients_timeline(session, client):
    given(session)
    given(session, client_id=client.id, words="Thank you")
    assert [one.client_id for one in session.feedback.every()].count("") == 1
    entries = [one for one in session.timelines.of_client(client.id) if one.noun is Noun.FEEDBACK]
    assert [(one.title, one.detail) for one in entries] == [("Feedback", "Thank you")]
    found = session.find.find("loud", show_names=True, group="Training, consultation, feedback")
    assert [one.title for one in found] == ["Feedback of a client"]
    assert all(check.ok for check in check_content(session.vault.database))


def test_one_answer_is_enough_and_nothing_at_all_is_refused(session):
    draft, form = session.feedback.begin(FeedbackFrom.CLIENT)
    with pytest.raises(InvalidInputError) as refused:
        session.feedback.keep(draft, form)
    assert refused.value.field == "ratings"
    assert session.feedback.keep(draft, replace(form, plan_used=False)).form.plan_used is False
    with pytest.raises(InvalidInputError):
        session.feedback.keep(draft, replace(form, words="x"), DAY + dt.timedelta(days=1))


def test_a_draft_stands_on_today_and_survives(session):
    draft, form = session.feedback.begin(FeedbackFrom.THERAPIST)
    session.feedback.autosave(draft, replace(form, lacked="A second phone"))
    assert [row.kind for row in session.due.rows() if row.kind is DueKind.DRAFT_FEEDBACK]
    assert session.feedback.waiting()[0][1].lacked == "A second phone"


def test_what_was_said_in_words_waits_for_the_review_of_the_policy_and_numbers_alone_dont(session):
    given(session, words="")
    said = given(session)
    draft, form = session.feedback.begin(FeedbackFrom.THERAPIST)
    quality = (replace(form.quality[0], fine=False), *form.quality[1:])
    own = session.feedback.keep(draft, replace(form, quality=quality))
    assert {one.id for one in session.feedback.open_points()} == {said.id, own.id}
    assert own.form.point == f"Not yet so: {form.quality[0].text}"


def test_a_decision_names_a_version_that_is_there_or_next_or_why_nothing_changes(session):
    said = given(session)
    decide = session.feedback.decide
    with pytest.raises(InvalidInputError) as refused:
        decide(said.id, Decision(FeedbackOutcome.TAKEN_UP, DAY, version=2))
    assert refused.value.field == "version"
    with pytest.raises(InvalidInputError) as refused:
        decide(said.id, Decision(FeedbackOutcome.NO_CHANGE, DAY, because=" "))
    assert refused.value.field == "because"
    adopt(session)
    decide(said.id, Decision(FeedbackOutcome.TAKEN_UP, DAY, version=2))
    assert session.feedback.open_points() == ()
    assert session.feedback.every()[0].form.decision.sentence == "Taken up in version 2"
    decide(said.id, None)
    decide(said.id, Decision(FeedbackOutcome.NO_CHANGE, DAY, because="the door is being replaced"))
    (kept,) = session.feedback.every()
    assert kept.form.decision.sentence == "No change needed, because the door is being replaced"
    assert kept.form.words == "Too loud here"


def test_what_was_taken_out_comes_back(session, client):
    kept = given(session, client_id=client.id)
    former = session.feedback.remove(kept.id)
    assert session.feedback.every() == ()
    session.feedback.bring_back(former)
    assert session.feedback.every() == (kept,)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_the_form_is_one_page_in_its_language_and_names_nobody(session, client, language, paper):
    document = session.feedback.form(language, paper=paper)
    pdf = document.make()
    words = reference.feedback_words(language)
    made = read(pdf)
    assert len(made.pages) == 1
    for question in words.questions:
        assert question.text in made.text.replace("\n", " ")
    numbers = Counter(round(run.y) for run in made.pages[0].runs if run.text.strip().isdecimal())
    assert list(numbers.values()) == [11] * 5
    assert "Maren" not in made.text
    assert not made.missing_glyphs
    assert ("not yet reviewed" in document.note) == (language == "es")
    assert words.language == ("en" if language == "fr" else language)


@pytest.mark.parametrize("paper", list(Paper))
def test_each_number_of_the_form_stands_far_nearer_to_its_own_box_than_to_the_next(session, paper):
    (page,) = read(session.feedback.form("en", paper=paper).make()).pages
    numbers = [run for run in page.runs if run.text.strip().isdecimal()]
    assert len(numbers) == 55
    for number in numbers:
        beside = [box for box in page.boxes if abs(box[1] - number.y) < 5]
        own = number.x - max(left + wide for left, _, wide, _ in beside if left < number.x)
        following = [left - number.end for left, *_ in beside if left > number.x]
        assert own >= 2
        assert all(room > 2 * own for room in following)


def test_a_name_stands_on_the_form_only_where_it_was_wanted_and_never_in_its_name(session, client):
    document = session.feedback.form("en", client_id=client.id)
    pdf = document.make()
    assert "Maren Holt" in read(pdf).text
    assert "Maren" not in document.suggested_name + document.title
    assert "Maren" not in str(pypdf.PdfReader(io.BytesIO(pdf)).metadata)
    session.exports.printed(document)
    assert [line.entry.detail for line in session.audit_trail.disclosures(client.id)] == [document.detail]


@pytest.mark.parametrize("language", list(reference.feedback_languages()))
def test_every_language_asks_the_same_questions(language):
    words = reference.feedback_words(language)
    assert tuple(question.id for question in words.questions) == CLIENT_QUESTIONS
    assert len(CLIENT_COLUMNS) == len(CLIENT_QUESTIONS)


def test_the_english_form_is_easy_to_read():
    words = reference.feedback_words("en")
    lines = (words.title, words.lead, words.scale, *(one.text for one in words.questions), words.used, words.helped)
    textstat.textstat.set_lang("en_US")
    assert textstat.textstat.flesch_kincaid_grade("\n".join((*lines, words.words, words.thanks_words))) <= 6.0
