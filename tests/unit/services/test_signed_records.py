"""Signed records of every further kind, the register, attachments: what they refuse, keep, and how a check finds edits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from safeplan_desktop.domain.attachments import LARGEST, MediaType
from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.errors import DamagedVaultError, InvalidInputError, NotFoundError
from safeplan_desktop.storage import attachments as stored_attachments
from safeplan_desktop.storage import audit
from safeplan_desktop.storage import register as stored_register
from safeplan_desktop.storage import signed_records as stored_records
from safeplan_desktop.storage.checks import check_content

DAY = dt.date(2026, 3, 2)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200_000)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of any kind."""

    text: str = ""
    on: dt.date | None = None


@pytest.fixture
def client_id(session):
    return session.clients.add(ClientForm(code="M-07", name="Maren Holt")).id


def sign(session, client_id="", noun=Noun.SESSION_NOTE, text="Spoke of sleep"):
    return session.signed_records.sign(
        noun, Form(text, DAY), day=DAY, title="Session note", signer="Dr. Reyes", words=text, client_id=client_id
    )


def problems(session):
    return [check for check in check_content(session.vault.database) if not check.ok]


def test_a_signed_record_is_read_back_as_it_was_signed_and_stands_in_the_audit(session, client_id):
    record = sign(session, client_id)

    again = session.signed_records.get(record.id)
    assert again == record
    assert again.form_as(Form) == Form("Spoke of sleep", DAY)
    assert again.client.name == "Maren Holt"
    entry = audit.of_record(session.vault.database, record.id)[-1]
    assert (entry.action, entry.noun, entry.content_hash) == (
        AuditAction.SIGNED,
        Noun.SESSION_NOTE,
        record.content_hash,
    )
    assert not problems(session)


def test_numbers_count_for_each_kind_and_client_apart(session, client_id):
    other = session.clients.add(ClientForm(code="K-01", name="Kim")).id

    numbers = [
        sign(session, client_id).number,
        sign(session, client_id).number,
        sign(session, other).number,
        sign(session, client_id, Noun.CONSENT).number,
        sign(session, noun=Noun.POLICY).number,
    ]

    assert numbers == [1, 2, 1, 1, 1]


@pytest.mark.parametrize(("client", "looked_up"), [("c", ("client_id=?", "<expr>=?")), ("", ("noun=?", "<expr>=?"))])
def test_what_one_client_has_of_a_kind_is_not_looked_for_among_all_of_that_kind(session, client, looked_up):
    """Among 110,000 session notes that took eight seconds, in the crisis panel, too."""
    seen, execute = [], session.vault.database.execute

    class Watched:
        def execute(self, sql, values=()):
            seen.append(" ".join(row[3] for row in execute(f"EXPLAIN QUERY PLAN {sql}", values)))
            return execute(sql, values)

    stored_register.of_kind(Watched(), Noun.HANDOUT_GIVEN, client)
    stored_records.of_kind(Watched(), Noun.SESSION_NOTE, client)

    assert [words in plan for words, plan in zip(looked_up, seen, strict=True)] == [True, True], seen


def test_signing_takes_the_draft_with_it_and_keeps_when_it_was_begun(session, client_id, clock):
    draft = session.drafts.begin(DraftKind.SESSION_NOTE, client_id, "{}", 1)
    begun = session.desk.now()
    clock.forward(minutes=30)

    record = session.signed_records.sign(
        Noun.SESSION_NOTE, Form("x"), day=DAY, title="Session note", signer="R", client_id=client_id, draft=draft
    )

    assert (record.id, record.begun) == (draft.record_id, begun)
    assert record.signed.at > begun.at
    assert not session.drafts.every()


def test_an_empty_signature_changes_nothing(session, client_id):
    head = audit.head(session.vault.database)

    with pytest.raises(InvalidInputError, match="signature"):
        session.signed_records.sign(Noun.CONSENT, Form(), day=DAY, title="Consent", signer=" ", client_id=client_id)

    assert not session.signed_records.of_client(client_id)
    assert audit.head(session.vault.database) == head


def test_addenda_and_entered_in_error_belong_to_every_kind(session, client_id):
    record = sign(session, client_id)
    session.addenda.add(
        record.noun,
        record.id,
        client_id,
        kind=AddendumKind.CORRECTION,
        reason="Wrong day",
        text="It was Monday",
        signer="R",
    )
    session.addenda.void(record.noun, record.id, client_id, reason="Another client's", signer="R")

    (summary,) = session.signed_records.of_client(client_id)
    assert (summary.addenda, summary.voided) == (2, True)
    assert session.signed_records.newest(record.noun, client_id) is None
    assert not problems(session)


def test_psychotherapy_notes_are_not_in_the_search(session, client_id):
    sign(session, client_id, text="shoreline")
    sign(session, client_id, Noun.PRIVATE_NOTE, "shoreline")

    found = session.find.find("shoreline", show_names=False)

    assert [hit.noun for hit in found] == [Noun.SESSION_NOTE]
    assert not problems(session)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE signed_record SET title = 'x' WHERE id = ?",
        "DELETE FROM signed_record WHERE id = ?",
    ],
)
def test_a_signed_record_can_be_neither_changed_nor_removed(session, client_id, sql):
    record = sign(session, client_id)

    with pytest.raises(Exception, match="never changes"):
        session.vault.database.execute(sql, (record.id,))


@pytest.mark.parametrize(
    "column",
    [
        "noun = 'consent'",
        "number = 9",
        "title = 'Other'",
        "day = '2020-01-01'",
        "signed_zone = 'UTC'",
        "content = '{}'",
    ],
)
def test_an_edit_of_a_signed_record_behind_the_programs_back_is_found(session, client_id, column):
    record = sign(session, client_id)
    database = session.vault.database
    database.execute("DROP TRIGGER signed_record_stays")
    database.execute(f"UPDATE signed_record SET {column} WHERE id = ?", (record.id,))

    assert record.id in {check.record_id for check in problems(session)}


def test_a_register_entry_can_be_put_right_and_taken_out_and_brought_back(session, client_id):
    entry = session.register.add(Noun.HANDOUT_GIVEN, Form("Sleep"), day=DAY, client_id=client_id)
    session.register.change(entry.id, Form("Sleep and stress"), day=dt.date(2026, 3, 1))

    (kept,) = session.register.of_client(client_id)
    assert (kept.form_as(Form).text, kept.day) == ("Sleep and stress", dt.date(2026, 3, 1))

    former = session.register.remove(entry.id)
    assert not session.register.of_client(client_id)
    with pytest.raises(NotFoundError):
        session.register.get(entry.id)
    session.register.add(former.noun, former.form, day=former.day, client_id=client_id, entry_id=former.id)
    assert session.register.get(entry.id).form_as(Form).text == "Sleep and stress"
    assert not problems(session)


@pytest.mark.parametrize(
    "sql",
    [
        'UPDATE register_entry SET json = \'{"on":null,"text":"y"}\' WHERE id = ?',
        "UPDATE register_entry SET day = '2020-01-01' WHERE id = ?",
        "UPDATE register_entry SET noun = 'review' WHERE id = ?",
        "DELETE FROM register_entry WHERE id = ?",
        "INSERT INTO register_entry SELECT id || 'x', noun, client_id, day, json, '', '' FROM register_entry WHERE id = ?",
    ],
)
def test_an_edit_of_the_register_behind_the_programs_back_is_found(session, client_id, sql):
    entry = session.register.add(Noun.HANDOUT_GIVEN, Form("Sleep"), day=DAY, client_id=client_id)
    assert not problems(session)

    session.vault.database.execute(sql, (entry.id,))

    assert [check.id for check in problems(session)] == ["signed-records"]


def test_a_searched_entry_is_found_by_its_newest_words_alone(session):
    entry = session.register.add(Noun.TRAINING, Form(), day=DAY, title="Training", words="first aid")
    session.register.change(entry.id, Form(), title="Training", words="ethics")

    assert not session.find.find("aid", show_names=False)
    assert [hit.record_id for hit in session.find.find("ethics", show_names=False)] == [entry.id]
    session.register.remove(entry.id)
    assert not session.find.find("ethics", show_names=False)
    assert not problems(session)


def test_an_attachment_comes_back_byte_for_byte(session, client_id):
    record = sign(session, client_id, Noun.CONSENT)

    made = session.attachments.take_in(Noun.CONSENT, record.id, PNG, title="Signed sheet", client_id=client_id)

    assert session.attachments.content(made.id) == PNG
    assert made.media_type is MediaType.PNG
    assert session.attachments.of_record(record.id) == session.attachments.of_client(client_id) == (made,)
    assert not problems(session)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"GIF89a", "Only PDF, PNG and JPEG"),
        (b"<html>%PDF-", "Only PDF, PNG and JPEG"),
        (b"%PDF-" + bytes(LARGEST), "larger than 20 MB"),
    ],
    ids=["empty", "gif", "html", "large"],
)
def test_what_is_no_pdf_or_picture_or_is_too_large_is_refused_with_a_sentence(session, client_id, data, sentence):
    record = sign(session, client_id, Noun.CONSENT)

    with pytest.raises(InvalidInputError, match=sentence):
        session.attachments.take_in(Noun.CONSENT, record.id, data, title="Sheet", client_id=client_id)

    assert not session.attachments.of_record(record.id)


def test_an_edit_of_an_attachments_bytes_is_found_and_it_is_not_shown(session, client_id):
    record = sign(session, client_id, Noun.CONSENT)
    made = session.attachments.take_in(Noun.CONSENT, record.id, PNG, title="Sheet", client_id=client_id)
    database = session.vault.database
    database.execute("DROP TRIGGER attachment_piece_stays")
    database.execute("UPDATE attachment_piece SET bytes = x'00' WHERE position = 1")

    assert made.id in {check.record_id for check in problems(session)}
    with pytest.raises(DamagedVaultError):
        session.attachments.content(made.id)


def test_an_attachment_can_be_neither_changed_nor_removed(session, client_id):
    record = sign(session, client_id, Noun.CONSENT)
    made = session.attachments.take_in(Noun.CONSENT, record.id, PNG, title="Sheet", client_id=client_id)

    for sql in ("UPDATE attachment SET title = 'x'", "DELETE FROM attachment_piece", "DELETE FROM attachment"):
        with pytest.raises(Exception, match=r"attachment (never changes|stays)"):
            session.vault.database.execute(sql)

    assert stored_attachments.content(session.vault.database, made.id) == PNG


def test_only_the_client_who_is_named_can_be_purged(session, client_id):
    other = session.clients.add(ClientForm(code="K-01", name="Kim")).id
    mine, others, practices = sign(session, client_id), sign(session, other), sign(session, noun=Noun.POLICY)
    session.addenda.add(
        mine.noun, mine.id, client_id, kind=AddendumKind.ADDENDUM, reason="More", text="More", signer="R"
    )
    database = session.vault.database
    database.execute("INSERT INTO purging VALUES (?)", (client_id,))

    for record in (others, practices):
        with pytest.raises(Exception, match="never changes"):
            database.execute("DELETE FROM signed_record WHERE id = ?", (record.id,))
    database.execute("DELETE FROM addendum WHERE record_id = ?", (mine.id,))
    database.execute("DELETE FROM signed_record WHERE id = ?", (mine.id,))

    assert session.signed_records.of_client(client_id) == ()
    assert session.signed_records.of_client(other)
