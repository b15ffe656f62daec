"""Promise: the activity log tells every entry in words, by any filter; the account of disclosures leaves none out."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from support.pdf_reading import read
from support.vaults import HeldClock, finish_two_versions, fresh_vault, session_on

from safeplan_desktop.domain.audit import AuditAction, AuditEntry, AuditGroup
from safeplan_desktop.domain.audit_view import AuditLine, actions_of
from safeplan_desktop.domain.backups import Check, Verification
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.consents import ConsentKind
from safeplan_desktop.domain.handouts import Giving
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services.incident_exports import COPY_FOR_EACH
from safeplan_desktop.services.sample import fill_with_sample
from safeplan_desktop.storage import audit


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    clock = HeldClock()
    session = session_on(fresh_vault(tmp_path_factory.mktemp("trail") / "vault"), clock)
    fill_with_sample(session.vault, clock, clients=6, seed=3)
    clock.forward(days=1)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    finish_two_versions(session, client.id)
    clock.forward(days=1)
    draft, form = session.plans.begin(client.id)
    session.exports.printed(session.exports.working_plan(draft.record_id, form))
    incident = next(one for one in session.incidents.list() if one.signed)
    session.addenda.add(
        Noun.INCIDENT,
        incident.id,
        incident.client_id,
        kind=AddendumKind.LATE_ENTRY,
        reason="Forgotten",
        text="Called again",
        signer="Dr. Alma Reyes",
    )
    session.exports.printed(session.exports.incident(incident.id))
    session.clients.viewed(client.id)
    yield session
    session.vault.database.close()


def _owner(session, entry):
    """Whose record an entry is about, looked up one by one."""
    database, record_id = session.vault.database, entry.record_id
    for sql in (
        "SELECT id FROM client WHERE id = ?",
        "SELECT client_id FROM screening WHERE id = ?",
        "SELECT client_id FROM plan_version WHERE id = ?",
        "SELECT client_id FROM plan_copy WHERE id = ?",
        "SELECT client_id FROM incident WHERE id = ?",
        "SELECT client_id FROM draft WHERE record_id = ?",
        "SELECT client_id FROM signed_record WHERE id = ?",
        "SELECT client_id FROM register_entry WHERE id = ?",
        "SELECT client_id FROM attachment WHERE id = ?",
        "SELECT client_id FROM incident WHERE id IN (SELECT record_id FROM addendum WHERE id = ?)",
        "SELECT client_id FROM screening WHERE id IN (SELECT record_id FROM addendum WHERE id = ?)",
    ):
        if owner := database.value(sql, (record_id,)):
            return owner
    return ""


def test_every_combination_of_filters_gives_what_looking_at_each_entry_gives(session):
    trail = session.audit_trail
    entries = audit.latest(session.vault.database, limit=10_000)
    owners = {entry.seq: _owner(session, entry) for entry in entries}
    middle = entries[len(entries) // 2].moment.local_date
    periods = (Period(), Period(middle), Period(None, middle), Period(middle, middle + dt.timedelta(days=30)))
    clients = ("", session.clients.by_code("M-07").id, session.clients.by_code("C-02").id)
    seen = 0
    for period, group, noun, client_id in itertools.product(
        periods, (None, *AuditGroup), (None, Noun.PLAN, Noun.INCIDENT, Noun.VAULT), clients
    ):
        expected = [
            entry.seq
            for entry in entries
            if (period.since is None or entry.moment.local_date >= period.since)
            and (period.until is None or entry.moment.local_date <= period.until)
            and (group is None or entry.action in actions_of(group))
            and (noun is None or entry.noun is noun)
            and (not client_id or owners[entry.seq] == client_id)
        ]
        wanted = trail.wanted(period, groups=(group,) if group else (), noun=noun, client_id=client_id)
        assert list(trail.choose(wanted)) == expected, (period, group, noun)
        seen += bool(expected)
    assert seen > 60


def test_an_entry_is_told_in_words_with_number_form_and_client(session):
    lines = session.audit_trail.page(range(session.audit_trail.count(), 0, -1))
    assert [line.entry.seq for line in lines] == list(range(len(lines), 0, -1))
    words = {(line.words, line.client_code) for line in lines}
    assert ("Signed: safety plan, version 2", "M-07") in words
    assert ("Copy given: copy of a safety plan, version 1, full sheet", "M-07") in words
    assert ("Printed: safety plan, working copy, A4", "M-07") in words
    assert ("Created: records", "") in words
    assert any(said.startswith("Added to: incident ") and said.endswith("late entry") and code for said, code in words)
    assert any(said.startswith("Printed: incident 20") and said.endswith("report, A4") for said, _ in words)
    assert all(line.client_code for line in lines if line.client_id)


def test_an_addendum_and_a_copy_lead_to_the_record_they_belong_to(session):
    lines = session.audit_trail.page(range(session.audit_trail.count(), 0, -1))
    copy = next(line for line in lines if line.entry.action is AuditAction.GIVEN)
    assert copy.target is Noun.PLAN
    assert session.plans.get(copy.target_id).number == 1
    added = next(line for line in lines if line.entry.action is AuditAction.ADDENDUM)
    assert session.incidents.get(added.target_id).number == added.number


def test_a_page_takes_a_handful_of_statements_however_many_rows_it_has(session, monkeypatch):
    database = session.vault.database
    statements = []
    execute = type(database).execute
    monkeypatch.setattr(
        type(database), "execute", lambda self, sql, values=(): statements.append(sql) or execute(self, sql, values)
    )
    session.audit_trail.page(range(60, 0, -1))
    assert len(statements) <= 9


def test_the_account_of_disclosures_names_every_print_and_copy_and_to_whom(session):
    client = session.clients.by_code("M-07")
    lines = session.audit_trail.disclosures(client.id)
    assert [line.entry.action for line in lines] == [AuditAction.GIVEN, AuditAction.GIVEN, AuditAction.PRINTED]
    assert [line.to_whom for line in lines] == ["Client", "Ana Holt, sister (support person)", ""]
    before = session.audit_trail.count()
    document = session.audit_trail.disclosures_document(client.id)
    assert session.audit_trail.count() == before + 1
    text = " ".join(read(document.make()).text.split())
    assert "Accounting of disclosures" in text
    assert "Maren Holt (M-07)" in text
    assert "Ana Holt, sister" in text
    assert "not noted" in text
    assert f"entry {before}" in text
    session.exports.printed(document)
    assert session.audit_trail.disclosures(client.id)[-1].entry.detail == "accounting of disclosures, a4"


def test_a_list_that_is_too_long_for_a_document_asks_for_a_shorter_period(session, monkeypatch):
    trail = session.audit_trail
    text = read(trail.trail_document(trail.wanted(Period()), Period()).make()).text
    assert "Signed: safety plan, version 2" in " ".join(text.split())
    monkeypatch.setattr("safeplan_desktop.services.audit_trail.MOST_PRINTED", 10)
    with pytest.raises(InvalidInputError) as refused:
        trail.trail_document(trail.wanted(Period()), Period())
    assert "shorter period" in refused.value.next_step


def test_a_reversed_period_is_refused(session):
    with pytest.raises(InvalidInputError) as refused:
        session.audit_trail.wanted(Period(dt.date(2026, 3, 2), dt.date(2026, 3, 1)))
    assert refused.value.field == "until"


def test_every_action_belongs_to_one_group():
    assert sorted(a.value for g in AuditGroup for a in actions_of(g)) == sorted(a.value for a in AuditAction)


def test_the_report_of_a_check_says_what_was_found_and_what_to_do(session):
    found = Verification(
        (
            Check("structure", ok=True, sentence="The database's structure is sound."),
            Check("columns", ok=False, sentence="Incident 2026-001 of C-02 isn't what was signed in its list."),
        )
    )
    text = " ".join(read(session.audit_trail.check_document(found, "Your records").make()).text.split())
    assert "one thing to look at" in text
    assert "Incident 2026-001 of C-02" in text
    assert "Open the record itself" in text
    assert f"Fingerprint {audit.head(session.vault.database).stamp}" in text


def test_a_printed_report_bears_fingerprint_and_number_of_the_last_entry(session):
    incident = next(one for one in session.incidents.list() if one.signed)
    head = audit.head(session.vault.database)
    text = read(session.exports.incident(incident.id).make()).text
    assert f"Fingerprint {head.hash[:12]}, entry {head.seq}" in " ".join(text.split())


def _printed_and_thrown_away(session, client_id):
    draft, form = session.plans.begin(client_id)
    yield session.exports.working_plan(draft.record_id, form), lambda: session.plans.discard(draft.record_id)
    written, consent = session.consents.begin(client_id)
    consent = replace(consent, kind=ConsentKind.TELEHEALTH, text="I agree to talk by video.")
    yield session.consents.sheet(consent), lambda: session.consents.discard(written.record_id)
    sheet, agreement = session.agreements.begin(client_id)
    yield session.agreements.working_copy(agreement), lambda: session.agreements.discard(sheet.record_id)


def test_what_was_printed_of_a_draft_stays_in_the_account_when_the_draft_goes(session):
    client_id = session.clients.by_code("C-02").id
    for document, throw_away in _printed_and_thrown_away(session, client_id):
        before = len(session.audit_trail.disclosures(client_id))
        session.exports.printed(document)
        throw_away()
        lines = session.audit_trail.disclosures(client_id)
        assert len(lines) == before + 1, document.title
        assert (lines[-1].entry.noun, lines[-1].client_code) == (document.noun, "C-02")


def test_a_handout_that_was_given_stands_in_the_account_once_and_not_once_it_was_taken_back(session):
    client_id, handouts = session.clients.by_code("C-02").id, session.handouts
    before = len(session.audit_trail.disclosures(client_id))
    page = handouts.get(handouts.every()[0].id)
    session.exports.printed(handouts.document(page, client_id=client_id))
    given = handouts.give(client_id, page, Giving.PRINTED)
    lines = session.audit_trail.disclosures(client_id)[before:]
    assert [line.words for line in lines] == ["Copy given: handout given, printed"]
    handouts.take_back(given.entry_id)
    assert len(session.audit_trail.disclosures(client_id)) == before


def test_a_de_identified_copy_of_several_stands_in_the_account_of_each_client(session, tmp_path):
    exports = session.incident_exports
    copies = exports.prepare(exports.in_period(None, None))
    assert len(copies.clients) > 1
    session.exports.printed(exports.copy_document(copies, ()))
    exports.save(tmp_path / "a.txt", b"x", "de-identified, text", about=copies.clients, about_detail=COPY_FOR_EACH)
    for client_id in copies.clients:
        words = [line.words for line in session.audit_trail.disclosures(client_id)[-2:]]
        assert words == [f"{how}: client, de-identified copy of incidents" for how in ("Printed", "Saved as a file")]


def test_the_name_of_a_format_keeps_its_capitals():
    moment = Moment(dt.datetime(2026, 3, 2, tzinfo=dt.UTC), "UTC")
    entry = AuditEntry(1, moment, AuditAction.EXPORTED, Noun.SCREENING, "s", "answers, FHIR R4", "", "", "")
    assert AuditLine(entry).words == "Saved as a file: screening, answers, FHIR R4"
