"""Handouts of one's own: written as a draft, saved, changed, given, taken out and brought back."""

from dataclasses import replace

import pytest
from support.pdf_reading import read
from support.vaults import HeldClock, fresh_vault, session_on

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.handouts import Giving, HandoutSection
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services.due import DueKind
from safeplan_desktop.services.sample import fill_with_sample
from safeplan_desktop.storage.connection import driver


@pytest.fixture
def session(tmp_path):
    made = session_on(fresh_vault(tmp_path / "vault"))
    yield made
    made.vault.database.close()


def _write(session, **words):
    draft, form = session.own_handouts.begin()
    return session.own_handouts.save(draft, replace(form, **{"title": "Our door", "lead": "Ring bell 3.", **words}))


def test_a_draft_waits_on_today_and_becomes_a_handout_that_is_found_and_given(session):
    draft, form = session.own_handouts.begin()
    session.own_handouts.autosave(draft, replace(form, title="Our door"))
    assert session.own_handouts.resume(draft.record_id)[1].title == "Our door"
    assert [row.kind for row in session.due.rows() if row.record_id == draft.record_id] == [DueKind.DRAFT_HANDOUT]
    made = session.own_handouts.save(draft, replace(form, title="Our door", lead="Ring bell 3."))
    assert session.own_handouts.waiting() == ()
    assert (made.id, made.version, made.own) == (draft.record_id, 1, True)
    assert [found.record_id for found in session.find.find("bell", show_names=True)] == [made.id]
    client = session.clients.add(ClientForm(code="A", name="Anna Roth"))
    session.handouts.give(client.id, session.handouts.get(made.id), Giving.PRINTED)
    assert [one.form.title for one in session.handouts.given_to(client.id)] == ["Our door"]


def test_a_change_makes_the_next_version_and_leaves_the_old_one_until_it_is_saved(session):
    made = _write(session)
    draft, form = session.own_handouts.begin_change(made)
    session.own_handouts.autosave(draft, replace(form, lead="Ring bell 4."))
    assert session.handouts.get(made.id).lead == "Ring bell 3."
    assert session.own_handouts.begin_change(made)[1].lead == "Ring bell 4."
    changed = session.own_handouts.save(draft, replace(form, lead="Ring bell 4."))
    assert (changed.version, session.handouts.get(made.id).lead) == (2, "Ring bell 4.")
    assert len(session.handouts.own()) == 1


def test_a_change_and_the_end_of_its_draft_are_one_step(session):
    made = _write(session)
    draft, form = session.own_handouts.begin_change(made)
    session.vault.database.execute(
        "CREATE TEMP TRIGGER falls BEFORE DELETE ON draft BEGIN SELECT raise(ABORT, 'the power fails'); END"
    )
    with pytest.raises(driver.IntegrityError):
        session.own_handouts.save(draft, replace(form, lead="Ring bell 4."))
    assert (session.handouts.get(made.id), len(session.own_handouts.waiting())) == (made, 1)


def test_what_was_given_keeps_title_and_version_when_the_handout_is_changed_or_taken_out(session):
    client = session.clients.add(ClientForm(code="A", name="Anna Roth"))
    made = _write(session)
    session.handouts.give(client.id, made, Giving.HANDED_OVER)
    draft, form = session.own_handouts.begin_change(made)
    session.own_handouts.save(draft, replace(form, title="The way in"))
    former = session.own_handouts.remove(made.id)
    given = session.handouts.given_to(client.id)[0].form
    assert (given.title, given.version) == ("Our door", 1)
    with pytest.raises(NotFoundError):
        session.handouts.get(made.id)
    session.own_handouts.bring_back(former)
    assert session.handouts.get(made.id).title == "The way in"


def test_one_of_ours_is_a_beginning_and_stays_as_it_is(session):
    ours = session.handouts.get("grounding", "es")
    draft, form = session.own_handouts.begin(ours)
    assert (form.sections, form.language, form.own, form.id) == (ours.sections, "es", True, draft.record_id)
    session.own_handouts.save(draft, replace(form, title="Calma"))
    assert session.handouts.get("grounding", "es") == ours
    assert [one.title for one in session.handouts.every() if one.own] == ["Calma"]


def test_an_empty_one_is_refused_and_the_draft_stays(session):
    draft, form = session.own_handouts.begin()
    with pytest.raises(InvalidInputError) as refused:
        session.own_handouts.save(draft, form)
    assert refused.value.field == "title"
    assert session.drafts.get(DraftKind.HANDOUT, draft.record_id)


def test_neither_title_of_the_pdf_nor_file_name_holds_what_the_therapist_wrote(session):
    made = _write(session, title="For Anna Roth")
    document = session.handouts.document(made)
    assert (document.title, document.suggested_name) == ("Handout", "handout_2026-03-02.pdf")
    assert b"/Title (Handout)" in document.make()
    assert "For Anna Roth" in read(document.make()).text


def test_the_length_is_told_before_anything_is_printed(session):
    _, form = session.own_handouts.begin()
    assert not session.handouts.length_check(form).is_longer()
    long = replace(form, sections=tuple(HandoutSection("Part", "Words " * 150) for _ in range(6)))
    assert session.handouts.length_check(long).is_longer()


def test_taking_out_and_bringing_back_leaves_records_that_check_out(session):
    client = session.clients.add(ClientForm(code="A", name="Anna Roth"))
    made = _write(session)
    given = session.handouts.give(client.id, made, Giving.PRINTED)
    session.own_handouts.bring_back(session.own_handouts.remove(made.id))
    session.handouts.bring_back(session.handouts.take_back(given.entry_id))
    session.handouts.note(given.entry_id, "For her sister")
    found = session.backups.verify_records(lambda *_: None, lambda: None)
    assert found.ok, found
    assert session.handouts.given_to(client.id)[0].form.note == "For her sister"


def test_the_sample_practice_gave_handouts_and_wrote_one(session):
    fill_with_sample(session.vault, HeldClock(), clients=3, seed=5)
    assert [one.title for one in session.handouts.own()] == ["Finding our door"]
    given = [session.handouts.given_to(client.id) for client in session.clients.list()]
    assert [len(lines) for lines in given] == [1, 2, 3]
    assert not session.handouts.length_check(session.handouts.own()[0]).is_longer()
