"""Session notes, psychotherapy notes, agreements, consents: how they begin, what they refuse, where they are found."""

import datetime as dt
from dataclasses import replace

import pytest
from support.vaults import START, sign_scores
from support.written import SIGNER, WHERE, session_form, sign_agreement, sign_consent, sign_note

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientContact
from safeplan_desktop.domain.consents import ConsentKind, Given
from safeplan_desktop.domain.incidents import AddendumKind, Place
from safeplan_desktop.domain.screenings import Setting
from safeplan_desktop.domain.session_notes import SessionNoteForm, Whereabout
from safeplan_desktop.domain.signed_records import LEFT_OUT_BY_DEFAULT
from safeplan_desktop.domain.signing_sheets import in_one
from safeplan_desktop.errors import InvalidInputError, NotFoundError, SignedRecordError
from safeplan_desktop.services.due import DueKind
from safeplan_desktop.storage import audit
from safeplan_desktop.storage import clients as stored_clients
from safeplan_desktop.storage.checks import check_content

DAY = dt.date(2026, 3, 2)


def problems(session):
    return [check for check in check_content(session.vault.database) if not check.ok]


# -- session notes ------------------------------------------------------------------------------------------------------


def test_the_first_note_begins_today_and_now_and_takes_no_place_for_granted(session, client):
    _, form = session.session_notes.begin(client.id)

    assert (form.day, form.started_at, form.zone) == (DAY, START, "America/Denver")
    assert form.place is None
    assert form.agenda == session.session_notes.agenda()


def test_the_next_note_begins_with_the_usual_place_but_asks_anew_where_the_client_is(session, client, clock):
    sign_note(session, client.id)
    clock.forward(days=7)

    _, form = session.session_notes.begin(client.id)

    assert (form.place, form.modality) == (Place.TELEHEALTH, "individual, CBT")
    assert form.whereabout == Whereabout()
    assert session.session_notes.last_whereabout(client.id)[0] == WHERE


def test_where_the_client_was_last_is_not_offered_from_a_note_that_was_entered_in_error(session, client):
    record = sign_note(session, client.id)
    session.addenda.void(record.noun, record.id, client.id, reason="Another client's", signer=SIGNER)

    assert session.session_notes.last_whereabout(client.id) is None


def test_the_usual_agenda_can_be_made_the_practices_own(session, client):
    session.session_notes.save_agenda(("  Check in ", "", "Work"))

    assert session.session_notes.begin(client.id)[1].agenda == ("Check in", "Work")
    with pytest.raises(InvalidInputError, match="more than 20"):
        session.session_notes.save_agenda(tuple("abcdefghijklmnopqrstu"))


def test_a_note_is_signed_with_its_title_and_found_by_its_words(session, client):
    record = sign_note(session, client.id)

    (summary,) = session.signed_records.of_client(client.id)
    assert (summary.title, summary.day) == ("Session note", DAY)
    assert session.session_notes.get(record.id)[1] == session_form(client.id)
    (hit,) = session.find.find("diary", show_names=False)
    assert (hit.noun, hit.record_id) == (Noun.SESSION_NOTE, record.id)
    assert not session.session_notes.waiting(client.id)
    assert not problems(session)


def test_the_record_page_copies_the_same_words_as_the_page_of_the_note_with_local_times_and_no_name(session, client):
    note, consent, agreement = (make(session, client.id) for make in (sign_note, sign_consent, sign_agreement))
    text = session.record_texts.for_clipboard(note.noun, note.id)
    assert "Time: 08:00 to 08:50 (America/Denver)" in text
    assert "Kind of session: individual, CBT" in text
    assert client.form.name not in text
    for record, service in (
        (note, session.session_notes),
        (consent, session.consents),
        (agreement, session.agreements),
    ):
        assert session.record_texts.for_clipboard(record.noun, record.id) == service.copied(record.id)
    assert audit.latest(session.vault.database, limit=1)[0].detail == "copied as text"


def test_a_note_that_is_not_ready_stays_a_draft(session, client):
    draft, form = session.session_notes.begin(client.id)
    head = audit.head(session.vault.database)

    with pytest.raises(InvalidInputError) as refused:
        session.session_notes.sign(draft, form, SIGNER)

    assert refused.value.field == "ended_at"
    assert session.session_notes.resume(draft.record_id)[1] == form
    assert audit.head(session.vault.database) == head


def test_where_the_client_was_is_not_kept_of_a_session_in_the_office(session, client):
    record = sign_note(session, client.id, place=Place.OFFICE)

    assert session.session_notes.get(record.id)[1].whereabout == Whereabout()


def test_a_note_of_an_earlier_day_says_when_it_was_begun(session, client):
    draft, _ = session.session_notes.begin(client.id)
    earlier = START - dt.timedelta(days=3)
    form = session_form(client.id, day=earlier.date(), started_at=earlier, ended_at=earlier)

    record = session.session_notes.sign(draft, form, SIGNER)

    assert record.day == earlier.date()
    assert record.begun.at == START


@pytest.mark.parametrize("kind", ["session_notes", "private_notes", "agreements", "consents"])
def test_an_unsigned_one_stands_on_today_until_it_is_discarded(session, client, kind):
    service = getattr(session, kind)
    draft, _ = service.begin(client.id)
    (row,) = [row for row in session.due.rows() if row.record_id == draft.record_id]
    assert row.kind.value == f"draft-{service.noun.value}"
    assert "to finish and sign" in row.sentence

    service.discard(draft.record_id)

    assert not [row for row in session.due.rows() if row.record_id == draft.record_id]
    with pytest.raises(NotFoundError):
        service.resume(draft.record_id)


# -- the Crisis panel ---------------------------------------------------------------------------------------------------


def test_the_panel_knows_where_the_client_was_in_the_newest_session(session, client, clock):
    sign_scores(session, client.id, {"phq-2": (1, 1)})  # in the office
    clock.forward(days=1)
    sign_note(session, client.id, day=clock.moment.date(), started_at=clock.moment, ended_at=clock.moment)

    known = session.crisis.whereabouts(client.id)

    assert (known.setting, known.place, known.callback) == (Setting.TELEHEALTH, WHERE.location, WHERE.callback)
    assert known.asked.at == clock.moment
    assert known.elsewhere


def test_a_screening_after_the_session_is_newer(session, client, clock):
    sign_note(session, client.id)
    clock.forward(hours=2)
    sign_scores(session, client.id, {"phq-2": (1, 1)})

    assert session.crisis.whereabouts(client.id).setting is Setting.OFFICE


def test_the_session_that_is_under_way_counts_before_it_is_signed(session, client, clock):
    sign_note(session, client.id, place=Place.OFFICE)
    clock.forward(days=7)
    draft, form = session.session_notes.begin(client.id)
    moved = Whereabout("At her sister's, 4 Elm Street")
    session.session_notes.autosave(draft, replace(form, place=Place.PHONE, whereabout=moved))

    known = session.crisis.whereabouts(client.id)

    assert (known.setting, known.place) == (Setting.PHONE, moved.location)


def test_a_note_typed_later_counts_by_the_time_of_its_session(session, client, clock):
    clock.forward(days=2)
    sign_scores(session, client.id, {"phq-2": (1, 1)})
    clock.forward(hours=1)
    sign_note(session, client.id)  # of the day before yesterday

    assert session.crisis.whereabouts(client.id).setting is Setting.OFFICE


# -- psychotherapy notes ------------------------------------------------------------------------------------------------


def test_psychotherapy_notes_and_what_is_added_to_them_are_in_no_search(session, client):
    draft, form = session.private_notes.begin(client.id)
    record = session.private_notes.sign(draft, replace(form, text="Countertransference: shoreline"), SIGNER)
    session.addenda.add(
        record.noun,
        record.id,
        client.id,
        kind=AddendumKind.ADDENDUM,
        reason="shoreline",
        text="shoreline",
        signer=SIGNER,
    )

    assert not session.find.find("shoreline", show_names=False)
    assert not problems(session)
    assert record.noun in LEFT_OUT_BY_DEFAULT
    assert not hasattr(session.private_notes, "document")


@pytest.mark.parametrize(
    ("changes", "field"), [({"text": " "}, "text"), ({"day": None}, "day"), ({"day": dt.date(2026, 3, 3)}, "day")]
)
def test_a_psychotherapy_note_needs_a_day_and_words(session, client, changes, field):
    draft, form = session.private_notes.begin(client.id)

    with pytest.raises(InvalidInputError) as refused:
        session.private_notes.sign(draft, replace(form, **{"text": "x"} | changes), SIGNER)

    assert refused.value.field == field


# -- working agreement --------------------------------------------------------------------------------------------------


def test_an_agreement_begins_in_the_clients_language_and_the_next_version_with_the_last_words(session, client):
    session.clients.change(client.id, replace(client.form, language="es-MX"))
    draft, form = session.agreements.begin(client.id)
    assert (form.language, form.parts[3].heading) == ("es", "Límites")
    changed = replace(form, parts=(replace(form.parts[0], text="Cuarenta minutos."), *form.parts[1:]))
    first = session.agreements.sign(draft, changed, SIGNER)

    second = sign_agreement(session, client.id)

    assert [one.title for one in session.agreements.of_client(client.id)] == [
        "Working agreement, version 2",
        "Working agreement, version 1",
    ]
    assert session.agreements.get(second.id)[1].parts[0].text == "Cuarenta minutos."
    assert session.agreements.get(first.id)[1] == changed
    assert not problems(session)


def test_parts_without_words_are_left_out_and_an_empty_agreement_is_refused(session, client):
    draft, form = session.agreements.begin(client.id)
    with pytest.raises(InvalidInputError, match="no words"):
        session.agreements.sign(draft, replace(form, parts=()), SIGNER)

    kept = replace(form, parts=(*form.parts[:2], replace(form.parts[2], text="  ")))
    record = session.agreements.sign(draft, kept, SIGNER)

    assert len(session.agreements.get(record.id)[1].parts) == 2


# -- consents -----------------------------------------------------------------------------------------------------------


def test_a_consent_keeps_its_words_and_what_they_are_called(session, client):
    record = sign_consent(session, client.id)

    _, form = session.consents.get(record.id)
    assert record.title == "Consent: telehealth"
    assert form.version == "ours-2026-1"
    assert "on which number I can be called back" in form.text
    (state,) = session.consents.states(client.id)
    assert (state.words(DAY), state.counts_on(DAY)) == ("given", True)


def test_words_that_were_changed_for_a_client_are_called_so(session, client):
    draft, form = session.consents.begin(client.id)
    form = replace(form, kind=ConsentKind.TELEHEALTH, text="Only by phone.", given=Given.SPOKEN)

    record = session.consents.sign(draft, form, SIGNER)

    assert session.consents.get(record.id)[1].version == "ours-2026-1, changed for this client"


def test_the_practices_own_words_take_the_place_of_ours_until_ours_are_wanted_again(session, client):
    kept = session.consents.keep_text(ConsentKind.TELEHEALTH, "en", "Our own words.")
    assert kept.version == "practice-2026-03-02"
    again = session.consents.keep_text(ConsentKind.TELEHEALTH, "en", "Other words.")
    assert again.version != kept.version

    record = sign_consent(session, client.id)
    form = session.consents.get(record.id)[1]
    assert (form.text, form.version) == ("Other words.", again.version)
    assert session.consents.text(ConsentKind.TELEHEALTH, "es").version == "ours-2026-1"

    session.consents.take_ours_again(ConsentKind.TELEHEALTH, "en")
    assert session.consents.text(ConsentKind.TELEHEALTH, "en").version == "ours-2026-1"


def test_a_withdrawal_is_a_later_record_and_the_consent_stays_as_it_was(session, client, clock):
    record = sign_consent(session, client.id)
    clock.forward(days=10)
    session.consents.withdraw(record.id, dt.date(2026, 3, 12), Given.SPOKEN, "Wants the office", SIGNER)

    (state,) = session.consents.states(client.id)
    assert state.words(dt.date(2026, 3, 12)) == "withdrawn on 12 Mar 2026"
    assert not state.counts_on(dt.date(2026, 3, 12))
    assert session.signed_records.get(record.id) == record
    titles = [one.title for one in session.signed_records.of_client(client.id)]
    assert titles == ["Consent withdrawn: telehealth", "Consent: telehealth"]
    with pytest.raises(SignedRecordError):
        session.consents.withdraw(record.id, dt.date(2026, 3, 12), Given.SPOKEN, "", SIGNER)


def test_a_withdrawal_that_was_entered_in_error_counts_no_more(session, client):
    record = sign_consent(session, client.id)
    gone = session.consents.withdraw(record.id, DAY, Given.SPOKEN, "", SIGNER)
    session.addenda.void(gone.noun, gone.id, client.id, reason="Another client's", signer=SIGNER)

    assert session.consents.state(record.id).counts_on(DAY)


def test_a_consent_is_not_withdrawn_before_it_was_given(session, client):
    record = sign_consent(session, client.id)

    with pytest.raises(InvalidInputError, match="before it was given"):
        session.consents.withdraw(record.id, dt.date(2026, 3, 1), Given.SPOKEN, "", SIGNER)


def test_a_consent_that_ends_soon_stands_on_today_until_a_newer_one_is_there(session, client, clock):
    sign_consent(session, client.id, valid_until=dt.date(2026, 3, 20))
    assert not [row for row in session.due.rows() if row.kind is DueKind.CONSENT]

    clock.forward(days=14)
    (row,) = [row for row in session.due.rows() if row.kind is DueKind.CONSENT]
    assert (row.sentence, row.overdue) == ("Consent: telehealth, to be given anew", False)
    clock.forward(days=14)
    assert [row.overdue for row in session.due.rows() if row.kind is DueKind.CONSENT] == [True]

    sign_consent(session, client.id)
    assert not [row for row in session.due.rows() if row.kind is DueKind.CONSENT]


@pytest.mark.parametrize("ticked", [True, False])
def test_the_contacts_answer_changes_only_where_the_therapist_ticks_it(session, client, ticked):
    contact = ClientContact("k1", "Ana Holt", "sister", emergency=True)
    session.clients.change(client.id, replace(client.form, contacts=(contact,)))
    draft, form = session.consents.begin(client.id)
    form = replace(
        form,
        kind=ConsentKind.EMERGENCY_CONTACT,
        text="I agree.",
        given=Given.SPOKEN,
        contact_id="k1",
        contact_name="Ana Holt",
    )

    record = session.consents.sign(draft, form, SIGNER, set_contact=ticked)

    (now,) = session.clients.get(client.id).form.contacts
    assert (now.consent, now.consent_on) == ((Answer.YES, DAY) if ticked else (Answer.NOT_ASKED, None))
    session.consents.withdraw(record.id, DAY, Given.SPOKEN, "", SIGNER, set_contact=ticked)
    (now,) = session.clients.get(client.id).form.contacts
    assert now.consent is (Answer.NO if ticked else Answer.NOT_ASKED)


def test_a_consent_is_not_signed_where_the_contacts_answer_cannot_be_kept(session, client):
    contacts = (ClientContact("k1", "Ana Holt", "sister"), ClientContact("k2", ""))
    # As an earlier version of the program may have stored it: today a contact needs a name.
    stored_clients.update(session.desk.database, replace(client, form=replace(client.form, contacts=contacts)))
    draft, form = session.consents.begin(client.id)
    form = replace(form, kind=ConsentKind.EMERGENCY_CONTACT, text="I agree.", given=Given.SPOKEN, contact_id="k1")
    form = replace(form, contact_name="Ana Holt")

    with pytest.raises(InvalidInputError):
        session.consents.sign(draft, form, SIGNER, set_contact=True)

    assert session.consents.of_client(client.id) == ()
    assert session.consents.resume(draft.record_id)[0].record_id == draft.record_id


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": None}, "kind"),
        ({"kind": ConsentKind.OWN}, "own_kind"),
        ({"day": None}, "day"),
        ({"day": dt.date(2026, 3, 3)}, "day"),
        ({"given": None}, "given"),
        ({"text": ""}, "text"),
        ({"valid_until": dt.date(2026, 3, 1)}, "valid_until"),
    ],
)
def test_a_consent_that_is_not_ready_is_refused_beside_its_field(session, client, changes, field):
    draft, form = session.consents.begin(client.id)
    ready = replace(form, kind=ConsentKind.TELEHEALTH, text="I agree.", given=Given.SPOKEN)

    with pytest.raises(InvalidInputError) as refused:
        session.consents.sign(draft, replace(ready, **changes), SIGNER)

    assert refused.value.field == field
    assert not session.consents.of_client(client.id)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", [kind for kind in ConsentKind if kind is not ConsentKind.OWN])
def test_every_kind_has_words_of_ours_in_both_languages(session, kind, language):
    text = session.consents.text(kind, language)

    assert text.language == language
    assert len(in_one(text.parts, text.opening)) > 400


def test_an_empty_form_of_an_older_program_still_opens(session, client):
    record = session.signed_records.sign(
        Noun.SESSION_NOTE, SessionNoteForm(client.id), day=DAY, title="Session note", signer=SIGNER, client_id=client.id
    )

    assert session.session_notes.get(record.id)[1] == SessionNoteForm(client.id)
