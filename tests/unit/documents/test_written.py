"""Documents of session notes, agreements and consents, read back."""

import datetime as dt
from dataclasses import replace

import pytest
from pdf_reading import outside, overlapping, read
from support.vaults import fresh_vault, session_on
from support.written import SIGNER, session_form, sign_agreement, sign_consent, sign_note

from safeplan_desktop.documents.theme import SIDE, page_size
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.consents import ConsentKind, Given
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.domain.practice import Paper


@pytest.fixture
def session(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    yield session
    session.vault.database.close()


@pytest.fixture
def client(session):
    return session.clients.add(ClientForm(code="M-07", name="Maren Holt", birth_date=dt.date(1990, 5, 4)))


def tidy(pdf: bytes, paper: Paper):
    reading = read(pdf)
    assert not outside(reading, left=SIDE - 1, right=SIDE - 1, bottom=20, top=10)
    assert (round(reading.pages[0].width), round(reading.pages[0].height)) == tuple(map(round, page_size(paper)))
    assert not overlapping(reading)
    assert not reading.missing_glyphs
    return reading


@pytest.mark.parametrize("paper", list(Paper))
def test_a_note_says_when_where_and_what_was_done_and_what_was_added(session, client, paper):
    record = sign_note(session, client.id)
    session.addenda.add(
        record.noun,
        record.id,
        client.id,
        kind=AddendumKind.CORRECTION,
        reason="Slip",
        text="It was Ana.",
        signer=SIGNER,
    )

    text = tidy(session.session_notes.document(record.id, paper=paper).make(), paper).text

    form = session_form()
    for words in (
        *("Session note", "Maren Holt (M-07)", "March 2, 2026", "Telehealth session", form.whereabout.location),
        *(form.whereabout.callback, "nobody", "50 minutes", "Sleep diary", form.risk, form.interventions),
        *(form.response, form.homework, "March 9, 2026", form.text, "It was Ana.", f"Signed by {SIGNER}"),
        *("limits of confidentiality were explained", "Safety plan used since the last session: yes"),
    ):
        assert words in text
    assert "Boundaries were spoken of" not in text


def test_a_note_that_was_entered_in_error_says_so_on_top(session, client):
    record = sign_note(session, client.id)
    session.addenda.void(record.noun, record.id, client.id, reason="Another client's", signer=SIGNER)

    text = tidy(session.session_notes.document(record.id).make(), Paper.A4).text

    assert text.index("Entered in error") < text.index("What was done")


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize(
    ("language", "line"), [("en", "Signature of the therapist"), ("es", "Firma de la persona terapeuta")]
)
def test_an_agreement_is_a_sheet_in_the_clients_language_with_lines_to_sign(session, client, paper, language, line):
    draft, _ = session.agreements.begin(client.id)
    form = session.agreements.in_our_words(client.id, language)
    record = session.agreements.sign(draft, form, SIGNER)

    text = tidy(session.agreements.document(record.id, paper=paper).make(), paper).text

    assert all(part.heading in text for part in form.parts)
    assert line in text
    assert "1" in text
    assert "Maren Holt" in text


def test_the_second_version_says_so_and_a_working_copy_has_no_number(session, client):
    draft, form = session.agreements.begin(client.id)
    session.agreements.sign(draft, replace(form, note="Wrenline"), SIGNER)
    whole = session.record_exports.whole(client.id, to_whom="A", why="B").make()
    assert "Working agreement 1" in read(whole).text
    assert "Wrenline" not in read(whole).text  # the form says beside it that it isn't printed
    second = sign_agreement(session, client.id)
    _, form = session.agreements.begin(client.id)

    assert "Version 2" in read(session.agreements.document(second.id).make()).text
    assert "Version" not in read(session.agreements.working_copy(form).make()).text


def test_a_consent_says_how_until_when_and_in_which_words(session, client):
    record = sign_consent(session, client.id, valid_until=dt.date(2027, 3, 2), note="Asked about recordings.")
    session.consents.withdraw(record.id, dt.date(2026, 3, 2), Given.SPOKEN, "", SIGNER)

    text = tidy(session.consents.document(record.id).make(), Paper.A4).text

    for words in (
        *("Consent: telehealth", "On paper, scanned in", "March 2, 2027", "Withdrawn on", "ours-2026-1"),
        *("Asked about recordings.", "When the line breaks"),
    ):
        assert words in text


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("kind", [kind for kind in ConsentKind if kind is not ConsentKind.OWN])
def test_the_words_of_a_consent_can_be_printed_to_be_signed(session, client, kind, paper):
    record = sign_consent(session, client.id, kind)
    _, form = session.consents.get(record.id)

    reading = tidy(session.consents.sheet(form, paper=paper).make(), paper)

    assert "Signature of the therapist" in reading.text
    assert session.consents.text(kind, "en").title in reading.text
    assert len(reading.pages) == 1
