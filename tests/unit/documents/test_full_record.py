"""The whole record as one document: what is in it, what is left out, its contents, and its accounting."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from support.incidents import sign_incident
from support.pdf_reading import read
from support.vaults import START, fresh_vault, session_on, sign_scores
from support.whole_records import fill_record

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.disclosures import DisclosureNote, RecordPart
from safeplan_desktop.domain.incidents import IncidentCategory
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.domain.retention import PurgeReason
from safeplan_desktop.errors import CancelledError, InvalidInputError


@dataclass(frozen=True, slots=True)
class Form:
    """A form of any kind."""

    text: str = ""


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    session = session_on(fresh_vault(tmp_path_factory.mktemp("record") / "vault"))
    other = session.clients.add(ClientForm(code="Z-99", name="Zora Quinn")).id
    yield session, fill_record(session, other=other)
    session.vault.database.close()


def whole(filled, parts=(), **more):
    session, client_id = filled
    given = {"to_whom": "Dr. Okafor", "why": "Transfer of care"} | more
    return session.record_exports.whole(client_id, parts=parts, **given)


@pytest.fixture(scope="module")
def usual(filled):
    return read(whole(filled).make())


@pytest.fixture(scope="module")
def ticked(filled):
    return read(whole(filled, tuple(RecordPart)).make())


def flat(reading):
    return " ".join(reading.text.split())


def test_by_default_it_holds_what_was_signed_but_none_of_the_four_parts(usual):
    text = flat(usual)
    for word in ("Riverword", "Noteword", "Consentword", "Handoutword", "Reasonword", "Addendumword", "Errorword"):
        assert word in text, word
    for word in ("Accountword", "Adviceword", "Privateword", "HARK", "Draftword", "Zora", "Z-99", "Basisword"):
        assert word not in text, word
    assert "incidents, consultations, answers about violence, psychotherapy notes" in text
    assert "Not in this copy Answers about violence" in text


def test_what_is_ticked_is_in_it(ticked):
    text = flat(ticked)
    for word in ("Accountword", "Adviceword", "Privateword", "HARK", "Incident 2026-001"):
        assert word in text, word
    assert "Left out" not in text
    assert "Not in this copy" not in text


def test_incidents_without_consultations_leave_the_advice_out_and_say_so(filled):
    text = flat(read(whole(filled, (RecordPart.INCIDENTS,)).make()))
    assert "Accountword" in text
    assert "Adviceword" not in text
    assert "Not in this copy The note of a consultation" in text


def test_contents_name_the_page_on_which_each_record_begins(ticked):
    titles = dict(zip(ticked.outline, ticked.outline_pages, strict=True))
    assert {"The client", "Timeline", "Screening 1", "Safety plan, version 3", "Incident 2026-001"} <= set(titles)
    contents = [line for page in ticked.pages[: titles["The client"]] for line in page.texts]
    for title in ("Screening 1", "Safety plan, version 3", "Incident 2026-001", "Session note 1"):
        row = contents.index(title)
        assert str(titles[title] + 1) in contents[row + 1 : row + 3], title
    assert f"Page 2 of {len(ticked.pages)}" in ticked.pages[1].text


def test_it_says_for_whom_and_why_and_no_name_stands_in_its_properties(usual):
    assert "Dr. Okafor" in usual.pages[0].text
    assert "Transfer of care" in usual.pages[0].text
    assert not [words for words in usual.metadata.values() if "Marenword" in words or "Okafor" in words]


@pytest.mark.parametrize(("paper", "width"), [(Paper.A4, 595), (Paper.LETTER, 612)])
def test_both_papers(filled, paper, width):
    assert round(read(whole(filled, paper=paper).make()).pages[0].width) == width


def test_it_can_be_cancelled_at_any_step(filled):
    heard = []

    def tell(fraction, sentence):
        heard.append((fraction, sentence))
        if fraction > 0.6:
            raise CancelledError("Cancelled.", safe="Nothing was changed.")

    with pytest.raises(CancelledError):
        whole(filled).telling(tell)
    assert [fraction for fraction, _ in heard] == sorted(fraction for fraction, _ in heard)


@pytest.mark.parametrize("field", ["to_whom", "why"])
def test_a_copy_for_nobody_or_for_nothing_is_refused(filled, field):
    with pytest.raises(InvalidInputError) as refused:
        whole(filled, **{field: "  "})
    assert refused.value.field == field


def test_when_it_is_saved_the_accounting_says_to_whom_and_why_and_the_audit_no_typed_word(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    client_id = session.clients.add(ClientForm(code="M-07", name="Maren Holt")).id
    document = session.record_exports.whole(
        client_id, to_whom="Dr. Okafor", why="Transfer of care", parts=(RecordPart.INCIDENTS,)
    )
    assert session.audit_trail.disclosures(client_id) == ()

    session.exports.save(document, tmp_path / document.suggested_name, document.make())

    line = session.audit_trail.disclosures(client_id)[-1]
    assert (line.client_code, line.to_whom) == ("M-07", "Dr. Okafor (Transfer of care)")
    assert line.entry.detail == "full record, with incidents, a4"
    note = session.register.of_kind(Noun.DISCLOSURE, client_id)[0].form_as(DisclosureNote)
    assert (note.to_whom, note.parts) == ("Dr. Okafor", (RecordPart.INCIDENTS,))
    details = session.vault.database.execute("SELECT detail FROM audit")
    assert not [row[0] for row in details if "Okafor" in row[0] or "Transfer" in row[0]]
    assert session.timelines.of_client(client_id)[0].title == "Copy for somebody else: full record"
    session.vault.database.close()


def test_an_incident_of_violence_stays_out_unless_both_are_ticked(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    client_id = session.clients.add(ClientForm(code="M-07", name="Maren Holt")).id
    sign_incident(session, client_id, category=IncidentCategory.PARTNER_VIOLENCE, account="Told of it")
    for parts, there in (((RecordPart.INCIDENTS,), False), ((RecordPart.INCIDENTS, RecordPart.VIOLENCE), True)):
        document = session.record_exports.whole(client_id, to_whom="A", why="B", parts=parts)
        assert ("Told of it" in read(document.make()).text) is there
    session.vault.database.close()


def test_a_flag_of_withheld_answers_about_violence_is_withheld_in_the_timeline_too(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    client_id = session.clients.add(ClientForm(code="M-07", name="Maren Holt")).id
    sign_scores(session, client_id, {"hark": (1, 1, 1, 1), "phq-9": (0,) * 9})
    for parts, there in (((), False), ((RecordPart.VIOLENCE,), True)):
        document = session.record_exports.whole(client_id, to_whom="A", why="B", parts=parts)
        assert ("critical answer" in flat(read(document.make()))) is there
    session.vault.database.close()


def test_a_kind_without_a_report_of_its_own_is_still_readable(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    client_id = session.clients.add(ClientForm(code="M-07", name="Maren Holt")).id
    form = {
        "risk_status": "as-before",
        "agreed": True,
        "next_on": "2026-04-02",
        "goals": ["Sleep", "Walk"],
        "empty": "",
    }
    session.signed_records.sign(
        Noun.POLICY, form, day=START.date(), title="Individual", signer="R", client_id=client_id
    )
    parts = (RecordPart.CONSULTATIONS,)
    text = flat(read(session.record_exports.whole(client_id, to_whom="A", why="B", parts=parts).make()))
    for words in ("Risk status As before", "Agreed Yes", "Next on 02 Apr 2026", "Sleep", "Walk", "Signed by R"):
        assert words in text, words
    assert "Empty" not in text
    session.vault.database.close()


def test_the_certificate_of_a_purge_can_be_printed(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    client_id = fill_record(session)
    record = session.purges.purge(client_id, PurgeReason.REQUEST, note="Asked", confirm="M-07", signer="Dr. Reyes")
    document = session.purges.certificate(record.id)
    text = flat(read(document.make()))
    for words in ("M-07", "A lawful request", "2026-001", "Screening 1", "Signed by Dr. Reyes"):
        assert words in text, words
    form = session.signed_records.get(record.id).form
    for one in form["records"]:
        # A hash takes two lines.
        assert all(words in text for words in (one["id"], one["hash"][:32], one["hash"][32:])), one
    assert "Marenword" not in text
    session.vault.database.close()
