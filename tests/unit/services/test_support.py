"""The therapist's own support: plan, ProQOL, consultations, a moment after an incident. Private in every way out."""

import datetime as dt
from dataclasses import replace

import pytest
from support.incidents import sign_incident
from support.pdf_reading import words_of
from support.therapist import SIGNER, consultation_form, keep, sign_consultation
from support.vaults import START, HeldClock, fresh_vault, session_on

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.check_ins import CheckInForm
from safeplan_desktop.domain.clients import ClientContact, ClientForm
from safeplan_desktop.domain.disclosures import RecordPart
from safeplan_desktop.domain.due import DueKind
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.domain.proqol import ProqolForm, SubScale
from safeplan_desktop.domain.self_care import SelfCareForm, SelfCareText
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services import reference

TODAY = dt.date(2026, 3, 2)


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def session(tmp_path, clock):
    made = session_on(fresh_vault(tmp_path / "vault"), clock)
    yield made
    made.vault.database.close()


def _client(session):
    contact = ClientContact("k1", "Ana Lindqvist", "sister", "+1 303 555 0188")
    return session.clients.add(ClientForm(code="M-07", name="Maren Holt", phone="+1 303 555 0117", contacts=(contact,)))


def _kinds(session):
    return [row.kind for row in session.due.rows()]


# Self-care plan


def test_the_plan_is_a_draft_then_a_dated_version_and_the_next_begins_with_its_words(session, clock):
    draft, form = session.self_care.begin()
    assert form.is_empty
    form = SelfCareForm((SelfCareText("physical", "Swim on Tuesdays"), SelfCareText("begin", "  ")))
    session.self_care.autosave(draft, form)
    assert DueKind.DRAFT_SELF_CARE in _kinds(session)
    draft, form = session.self_care.begin()
    assert form.text("physical") == "Swim on Tuesdays"
    first = session.self_care.keep(draft, form)
    assert (first.day, first.form.version, first.form.text("begin")) == (TODAY, 1, "")
    assert DueKind.DRAFT_SELF_CARE not in _kinds(session)
    clock.forward(days=40)
    draft, form = session.self_care.begin()
    second = session.self_care.keep(draft, replace(form, texts=(*form.texts, SelfCareText("values", "Kind"))))
    assert [one.form.version for one in session.self_care.versions()] == [2, 1]
    assert second.form.text("physical") == "Swim on Tuesdays"
    assert second.day == TODAY + dt.timedelta(days=40)


def test_an_empty_plan_isnt_kept(session):
    draft, _ = session.self_care.begin()
    with pytest.raises(InvalidInputError) as caught:
        session.self_care.keep(draft, SelfCareForm((SelfCareText("values", " "),)))
    assert caught.value.field == "physical"
    assert session.self_care.waiting() is not None


@pytest.mark.parametrize("paper", Paper)
def test_the_plan_on_paper_holds_what_was_written_and_no_more(session, paper):
    draft, _ = session.self_care.begin()
    version = session.self_care.keep(draft, SelfCareForm((SelfCareText("emergency", "Call Ines. Cancel Friday."),)))
    text = words_of(session.self_care.document(version, paper=paper).make())
    assert "my emergency plan" in text
    assert "Cancel Friday." in text
    assert "2 March 2026" in text or "March 2, 2026" in text
    assert "Meaning" not in text
    assert "Juniper Street" not in text


def test_every_section_of_the_method_has_its_field():
    keys = [section.key for section in reference.self_care_sections()]
    assert keys == [
        *("physical", "psychological", "emotional", "spiritual", "professional", "relationships", "workplace"),
        *("values", "now", "begin", "barriers", "leave", "emergency"),
    ]


# ProQOL


def test_answers_are_kept_with_their_day_and_give_three_lines_over_time(session, clock):
    keep(session.proqol, ProqolForm((3,) * 30))
    clock.forward(days=30)
    keep(session.proqol, ProqolForm((5,) * 30, note="A long month"))
    assert [one.form.note for one in session.proqol.every()] == ["A long month", ""]
    values = {scale: [one.value for one in session.proqol.series(scale).occasions] for scale in SubScale}
    assert values == {
        SubScale.SATISFACTION: [30, 50],
        SubScale.BURNOUT: [30, 30],
        SubScale.SECONDARY_STRESS: [30, 50],
    }


def test_incomplete_answers_are_refused_and_nothing_is_kept(session):
    with pytest.raises(InvalidInputError):
        keep(session.proqol, ProqolForm((3,) * 12))
    assert session.proqol.every() == ()


def test_an_entry_can_be_taken_out_and_brought_back(session):
    entry = keep(session.proqol, ProqolForm((2,) * 30))
    former = session.proqol.remove(entry.id)
    assert session.proqol.every() == ()
    session.proqol.bring_back(former)
    assert session.proqol.every() == (entry,)


# Consultations


def test_a_consultation_is_a_draft_on_today_then_signed_and_found_by_its_words(session):
    draft, form = session.consultations.begin("")
    assert (form.day, form.at, form.zone) == (TODAY, START, "America/Denver")
    assert DueKind.DRAFT_CONSULTATION in _kinds(session)
    signed = session.consultations.sign(draft, consultation_form(), SIGNER)
    assert (signed.client, signed.title, signed.number) == (None, "Consultation with Dr. Okafor", 1)
    found = session.find.find("family right", show_names=True)
    assert [one.record_id for one in found if one.noun is Noun.CONSULTATION] == [signed.id]
    session.addenda.add(
        Noun.CONSULTATION, signed.id, "", kind=AddendumKind.CORRECTION, reason="Typo", text="By phone.", signer=SIGNER
    )
    copied = session.consultations.copied(signed.id)
    assert "Advice: Ask first." in copied
    assert "By phone." in copied


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"day": None}, "day"),
        ({"day": TODAY + dt.timedelta(days=1)}, "day"),
        ({"kind": None}, "kind"),
        ({"who": " "}, "who"),
        ({"question": ""}, "question"),
        ({"decision": ""}, "decision"),
        ({"who": "x" * 301}, "who"),
        ({"advice": "x" * 20_001}, "advice"),
        ({"follow_up_on": TODAY - dt.timedelta(days=1)}, "follow_up_on"),
    ],
)
def test_what_is_missing_is_named(session, more, field):
    with pytest.raises(InvalidInputError) as caught:
        sign_consultation(session, **more)
    assert caught.value.field == field


def test_names_and_numbers_of_clients_in_what_was_told_are_pointed_out(session):
    _client(session)
    told = "Maren called from 303-555-0117. Her sister Ana was there. I wrote to Mr. Bell, case M-07."
    found = session.consultations.names_in(consultation_form(summary=told))
    assert {"Maren", "Ana", "303-555-0117", "M-07"} <= set(found)
    assert not any("Bell" in word for word in found)


def test_an_archived_client_is_known_too_and_the_consultants_own_name_isnt_asked_about(session):
    client = session.clients.add(ClientForm(code="O-1", name="Chidi Okafor"))
    session.clients.archive(client.id)
    assert session.consultations.names_in(consultation_form(summary="An adult.")) == ()
    assert session.consultations.names_in(consultation_form(summary="Chidi came late.")) == ("Chidi",)


def test_names_never_stop_the_signing(session):
    _client(session)
    assert sign_consultation(session, summary="Maren Holt").number == 1


def test_the_linked_client_stands_in_the_encrypted_row_alone(session):
    client = _client(session)
    signed = sign_consultation(session, about_client=client.id)
    assert session.consultations.get(signed.id)[1].about_client == client.id
    assert signed.client_id == ""
    assert session.timelines.of_client(client.id) == ()
    pdf = session.consultations.document(signed.id).make()
    for text in (session.consultations.copied(signed.id), words_of(pdf)):
        assert client.id not in text
        assert "M-07" not in text
        assert "Holt" not in text
    whole = session.record_exports.whole(client.id, to_whom="Court", why="Order", parts=tuple(RecordPart))
    assert "Okafor" not in words_of(whole.make())


def test_a_follow_up_stands_on_today_until_it_is_done(session, clock):
    signed = sign_consultation(session, follow_up="Ask again", follow_up_on=TODAY + dt.timedelta(days=9))
    assert DueKind.CONSULTATION not in _kinds(session)
    clock.forward(days=2)
    (row,) = [row for row in session.due.rows() if row.kind is DueKind.CONSULTATION]
    assert (row.record_id, row.overdue, row.client_label) == (signed.id, False, "")
    session.consultations.set_done(signed.id)
    assert DueKind.CONSULTATION not in _kinds(session)
    session.consultations.set_done(signed.id, done=False)
    assert DueKind.CONSULTATION in _kinds(session)
    session.addenda.void(Noun.CONSULTATION, signed.id, "", reason="Twice", signer=SIGNER)
    assert DueKind.CONSULTATION not in _kinds(session)


def test_a_period_on_paper_holds_its_consultations_oldest_first_without_voided_ones(session, clock):
    sign_consultation(session, question="First question")
    clock.forward(days=10)
    sign_consultation(session, question="Second question", day=TODAY + dt.timedelta(days=10))
    wrong = sign_consultation(session, question="Wrong question", day=TODAY + dt.timedelta(days=10))
    session.addenda.void(Noun.CONSULTATION, wrong.id, "", reason="Twice", signer=SIGNER)
    text = words_of(session.consultations.of_period(None, None).make())
    assert text.index("First question") < text.index("Second question")
    assert "Wrong question" not in text
    assert "2 consultations" in text
    with pytest.raises(NotFoundError):
        session.consultations.of_period(TODAY + dt.timedelta(days=11), None)


# A moment after an incident


def test_the_offer_comes_after_a_day_and_goes_after_three(session, clock):
    incident = sign_incident(session)
    assert DueKind.CHECK_IN not in _kinds(session)
    clock.forward(hours=24)
    (row,) = [row for row in session.due.rows() if row.kind is DueKind.CHECK_IN]
    assert (row.due, row.overdue, row.record_id, row.client_id) == (None, False, incident.id, "")
    clock.forward(hours=48)
    assert DueKind.CHECK_IN in _kinds(session)
    clock.forward(minutes=1)
    assert DueKind.CHECK_IN not in _kinds(session)


def test_writing_or_turning_it_down_ends_the_offer_for_this_incident(session, clock):
    first, second, third = (sign_incident(session) for _ in range(3))
    clock.forward(hours=30)
    keep(session.check_ins, CheckInForm(first.id, how="Tired", whom="Ines"))
    session.check_ins.dismiss(second.id)
    assert [offer.incident_id for offer in session.check_ins.offers()] == [third.id]
    assert [one.form.how for one in session.check_ins.every()] == ["Tired"]


def test_offers_can_be_turned_off_for_good_and_on_again(session, clock):
    sign_incident(session)
    clock.forward(hours=30)
    session.check_ins.set_offered(offered=False)
    assert session.check_ins.offers() == ()
    session.check_ins.set_offered(offered=True)
    assert len(session.check_ins.offers()) == 1


def test_no_offer_after_what_was_entered_in_error(session, clock):
    incident = sign_incident(session)
    session.addenda.void(Noun.INCIDENT, incident.id, "", reason="Twice", signer=SIGNER)
    clock.forward(hours=30)
    assert session.check_ins.offers() == ()


def test_an_empty_check_in_isnt_kept(session):
    with pytest.raises(InvalidInputError):
        keep(session.check_ins, CheckInForm(how=" "))
    assert session.check_ins.every() == ()


# Privacy


def test_a_clients_record_never_holds_any_of_it(session, clock):
    client = _client(session)
    incident = sign_incident(session, client.id)
    clock.forward(hours=30)
    draft, _ = session.self_care.begin()
    session.self_care.keep(draft, SelfCareForm((SelfCareText("now", "Zither lessons"),)))
    keep(session.proqol, ProqolForm((3,) * 30, note="Zither"))
    keep(session.check_ins, CheckInForm(incident.id, how="Zither"))
    sign_consultation(session, summary="Zither", about_client=client.id, day=TODAY)
    session.consultations.begin("")
    assert {entry.noun for entry in session.timelines.of_client(client.id)} == {Noun.INCIDENT}
    whole = session.record_exports.whole(client.id, to_whom="Court", why="Order", parts=tuple(RecordPart))
    assert "Zither" not in words_of(whole.make())
    found = session.find.find("zither", show_names=True)
    assert {one.noun for one in found} == {Noun.CONSULTATION}
