"""Setting up: what is done is read from the records; numbers are gone through; the sheet asks for the passphrase."""

import io
from dataclasses import replace

import pypdf
import pytest
from support.policies import adopt
from support.vaults import PASSPHRASE, START, fresh_vault, session_on, shared_keys

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.practice import ContactType
from safeplan_desktop.domain.set_up import SetUpStep, StepState
from safeplan_desktop.errors import WrongPassphraseError
from safeplan_desktop.security.recovery_words import words_of
from safeplan_desktop.services import reference
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.services.due import DueKind
from safeplan_desktop.storage import audit


@pytest.fixture
def session(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    yield session
    session.vault.database.close()


def _done(session) -> list[SetUpStep]:
    found = session.set_up.now()
    return [step for step in SetUpStep if found.is_done(step)]


def _on_today(session) -> list[str]:
    return [row.sentence for row in session.due.rows() if row.kind is DueKind.SET_UP]


def test_each_step_is_done_by_the_thing_itself_wherever_it_was_made(session, tmp_path):
    session.set_up.begin()
    assert (_done(session), _on_today(session)) == ([], ["Set up the practice: 0 of 7 done"])
    practice = session.practice
    practice.save_profile(replace(practice.profile(), address="12 Juniper Street", entrance="Back door"))
    practice.save_contacts(tuple(replace(one, checked_on=START.date()) for one in practice.contacts()))
    practice.save_protocol(practice.protocol())
    adopt(session)
    session.set_up.take_settings(practice.settings())
    (tmp_path / "backups").mkdir()
    session.backups.back_up(tmp_path / "backups", no_report, never_cancelled)
    assert _done(session) == [step for step in SetUpStep if step is not SetUpStep.PRINTS]
    card, sheet = session.wall_cards.card(), session.set_up.recovery_sheet(PASSPHRASE)
    session.exports.printed(card)
    assert SetUpStep.PRINTS not in _done(session)
    assert _on_today(session) == ["Set up the practice: 6 of 7 done"]
    session.exports.save(sheet, tmp_path / "sheet.pdf", sheet.make())
    assert session.set_up.now().finished
    assert _on_today(session) == []


def test_what_is_undone_is_open_again(session):
    practice = session.practice
    practice.save_contacts(tuple(replace(one, checked_on=START.date()) for one in practice.contacts()))
    assert SetUpStep.CONTACTS in _done(session)
    practice.save_contacts((*practice.contacts(), replace(practice.contacts()[0], id="e9", checked_on=None)))
    assert SetUpStep.CONTACTS not in _done(session)
    version = adopt(session)
    assert SetUpStep.POLICY in _done(session)
    session.addenda.void(Noun.POLICY, version.id, "", reason="Wrong", signer="Dr. Alma Reyes")
    assert SetUpStep.POLICY not in _done(session)


def test_practices_that_began_without_it_are_left_alone_until_they_ask(session):
    assert _on_today(session) == []
    session.set_up.put(SetUpStep.POLICY, StepState.LATER)
    assert len(_on_today(session)) == 1
    session.set_up.show_on_today(on=False)
    assert _on_today(session) == []
    assert session.set_up.now().state(SetUpStep.POLICY) is StepState.LATER
    session.set_up.show_on_today(on=True)
    assert len(_on_today(session)) == 1


def test_going_through_the_numbers_checks_drops_and_leaves(session):
    practice, set_up = session.practice, session.set_up
    numbers = {one.name: one for one in set_up.numbers()}
    text_line, consultant = numbers["Crisis Text Line"], numbers["Dr. Okafor"]
    assert text_line.id not in {one.id for one in practice.contacts()}
    lifeline = next(one for one in practice.contacts() if one.type is ContactType.CRISIS_LINE)
    set_up.take_numbers([(consultant, True), (lifeline, False), (text_line, None)])
    after = practice.contacts()
    assert [(one.number, one.checked_on) for one in after] == [("911", START.date()), ("+1 303 555 0155", START.date())]
    assert after[1].checked_by == "Dr. Alma Reyes"


def test_a_number_of_the_countrys_list_comes_in_with_its_day(session):
    waiting = [one for one in session.set_up.numbers() if session.set_up.is_unchecked(one)]
    text_line = next(one for one in waiting if one.number == "741741")
    session.set_up.take_numbers([(text_line, True)])
    stored = next((one for one in session.practice.contacts() if one.number == "741741"), None)
    assert stored is not None
    assert stored.checked_on == START.date()


def test_the_recovery_sheet_asks_the_passphrase_and_holds_the_words(session):
    with pytest.raises(WrongPassphraseError):
        session.set_up.recovery_sheet("not the passphrase").make()
    pdf = session.set_up.recovery_sheet(PASSPHRASE).make()
    said = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert all(word in said for word in words_of(shared_keys().data_key.key))
    assert not audit.left_the_records(session.desk.database, "recovery sheet")
    session.set_up.note_recovery_sheet(AuditAction.PRINTED)
    assert audit.left_the_records(session.desk.database, "recovery sheet")


def test_another_document_whose_name_only_begins_alike_is_not_the_wall_card(session):
    card = session.wall_cards.card()
    session.exports.printed(replace(card, detail="wall cardboard"))
    assert not session.set_up.now().facts.wall_card
    session.exports.printed(card)
    assert session.set_up.now().facts.wall_card


def test_the_records_check_knows_what_the_set_up_keeps(session):
    session.set_up.begin()
    session.set_up.put(SetUpStep.BACKUP, StepState.NOT_NEEDED)
    assert session.backups.verify_records(no_report, never_cancelled).whole


def test_every_clause_of_ours_has_a_short_form_that_is_shorter():
    short = reference.policy_in_short()
    clauses = {clause.id: clause.text for section in reference.policy().sections for clause in section.clauses}
    assert short.keys() == clauses.keys()
    assert all(0 < len(short[one]) < len(text) for one, text in clauses.items())
