"""The Crisis panel's records: ticked steps as a draft, where the client is, the practice's protocol, exercises, numbers."""

import datetime as dt
from dataclasses import replace

import pytest
from support.vaults import START, HeldClock, fresh_vault, session_on

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm, ForEmergency
from safeplan_desktop.domain.crisis import CrisisRun, Protocol, ProtocolStep, Variant
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.drills import drill_of
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import check_warning, check_words
from safeplan_desktop.domain.screenings import Care, Formulation, Judgement, LevelOfCare, ScreeningReason, Setting
from safeplan_desktop.domain.vocabulary import kind_of
from safeplan_desktop.services import reference
from safeplan_desktop.services.due import DueKind
from safeplan_desktop.services.practice import contacts_of_country, read_crisis_card

LOOK = ProtocolStep("Look")


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def session(tmp_path, clock):
    session = session_on(fresh_vault(tmp_path / "vault"), clock)
    yield session
    session.vault.database.close()


def _kinds(session) -> list[DueKind]:
    return [row.kind for row in session.due.rows()]


def test_ticked_steps_wait_in_the_records_and_on_today_until_they_are_an_incident(session, clock):
    run = CrisisRun().ticked(Variant.OFFICE, LOOK, clock.now())
    session.crisis.save(DraftKind.CRISIS, run)
    session.crisis.save(DraftKind.CRISIS, run.ticked(Variant.OFFICE, ProtocolStep("Call"), clock.now()))
    _, waiting = session.crisis.waiting(DraftKind.CRISIS)
    assert [stamp.step for stamp in waiting.stamps] == ["Look", "Call"]
    assert _kinds(session).count(DueKind.CRISIS) == 1
    session.crisis.forget(DraftKind.CRISIS)
    assert session.crisis.waiting(DraftKind.CRISIS) is None
    assert DueKind.CRISIS not in _kinds(session)


def test_an_exercises_steps_never_mix_with_those_of_a_crisis(session, clock):
    session.crisis.save(DraftKind.DRILL, CrisisRun().ticked(Variant.OFFICE, LOOK, clock.now()))
    assert session.crisis.waiting(DraftKind.CRISIS) is None
    session.crisis.discard(DraftKind.CRISIS)
    assert session.crisis.waiting(DraftKind.DRILL) is not None


@pytest.fixture
def client_elsewhere(session, clock):
    """A client with two signed telehealth screenings at different places; their id, and that of the later one."""
    client = session.clients.add(ClientForm(code="M-08", name="Ida Holm"))
    signed = ""
    for place in ("4 Birch Lane", "9 Elm Court"):
        draft, form = session.screenings.begin(client.id)
        form = replace(
            form,
            reason=ScreeningReason.ROUTINE,
            setting=Setting.TELEHEALTH,
            client_location=place,
            formulation=Formulation(judgement=Judgement.LOW, reasons="Calm"),
            care=Care(level=LevelOfCare.OUTPATIENT),
        )
        signed = session.screenings.sign(draft, form, "Dr. Alma Reyes").id
        clock.forward(days=7)
    return client.id, signed


def test_where_the_client_is_comes_from_the_newest_screening_with_the_time_it_was_asked(session, clock):
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    assert session.crisis.whereabouts(client.id).setting is None
    draft, form = session.screenings.begin(client.id)
    form = replace(form, setting=Setting.TELEHEALTH, client_location=" 4 Birch Lane ", callback="303 555 0118")
    session.screenings.autosave(draft, form, "begin")
    found = session.crisis.whereabouts(client.id)
    assert found.elsewhere
    assert (found.place, found.callback) == ("4 Birch Lane", "303 555 0118")
    assert found.asked == Moment(START, "America/Denver")


def test_where_the_client_is_never_comes_from_a_screening_that_was_entered_in_error(session, client_elsewhere):
    client_id, mistaken = client_elsewhere
    assert session.crisis.whereabouts(client_id).place == "9 Elm Court"
    session.addenda.void(Noun.SCREENING, mistaken, client_id, reason="The wrong client", signer="Dr. Alma Reyes")
    assert session.crisis.whereabouts(client_id).place == "4 Birch Lane"


def test_the_practices_own_steps_are_shown_while_locked_and_ours_come_back(session):
    own = Protocol((ProtocolStep("Press the bell", call=True), LOOK), (ProtocolStep("Ask"),))
    session.practice.save_protocol(own)
    assert session.practice.protocol() == own
    assert read_crisis_card(session.practice.folder).protocol == own
    session.practice.reset_protocol()
    assert session.practice.protocol() == reference.protocol()
    assert read_crisis_card(session.practice.folder).protocol == reference.protocol()


def test_a_card_that_was_written_before_there_were_protocols_still_opens(session):
    session.practice.folder.crisis_card.write_text('{"practice_name":"Juniper Street"}', encoding="utf-8")
    card = read_crisis_card(session.practice.folder)
    assert (card.practice_name, card.protocol) == ("Juniper Street", None)


def _hold(session, clock):
    now = clock.now()
    draft = session.crisis.save(DraftKind.DRILL, CrisisRun(began_at=now))
    drill = drill_of(
        CrisisRun(began_at=now),
        session.practice.protocol(),
        Variant.OFFICE,
        drill_id=draft.record_id,
        began=Moment(now, "America/Denver"),
        ended_at=now + dt.timedelta(minutes=4),
    )
    return session.drills.keep(drill, " Find the phone first. ")


def test_an_exercise_is_kept_and_its_draft_goes_with_it(session, clock):
    kept = _hold(session, clock)
    assert session.drills.every() == (kept,)
    assert session.drills.get(kept.id).improve == "Find the phone first."
    assert session.crisis.waiting(DraftKind.DRILL) is None
    assert session.incidents.list() == ()


def test_today_reminds_of_the_next_exercise_as_often_as_the_practice_wants(session, clock):
    assert DueKind.DRILL in _kinds(session)  # none was ever held
    _hold(session, clock)
    assert DueKind.DRILL not in _kinds(session)
    clock.forward(days=180)
    row = next(row for row in session.due.rows() if row.kind is DueKind.DRILL)
    assert (row.due, row.overdue) == (dt.date(2026, 9, 2), False)
    session.practice.save_settings(replace(session.practice.settings(), drill_months=0))
    assert DueKind.DRILL not in _kinds(session)


def test_a_number_says_when_and_by_whom_it_was_checked_and_when_that_is_too_long_ago(session, clock):
    emergency, line, never = session.practice.contacts()
    line = replace(line, checked_by="Dr. Alma Reyes")
    assert check_words(line) == "Number checked on 02 Mar 2026 by Dr. Alma Reyes"
    assert check_warning(line, dt.date(2027, 3, 2)) == ""
    assert check_warning(line, dt.date(2027, 3, 3)).endswith("more than a year ago")
    assert check_warning(never, dt.date(2026, 3, 2)) == "Number never checked"
    assert check_warning(emergency, dt.date(2026, 3, 2)) == ""


def test_the_rows_of_a_country_are_unchecked_and_say_how_they_are_dialled_from_abroad():
    rows = contacts_of_country("BE")
    assert rows[0].number == "112"
    assert all(row.checked_on is None and not row.checked_by for row in rows)
    by_number = {row.number: row for row in rows}
    assert by_number["02 648 40 14"].abroad == "+32 2 648 40 14"
    assert by_number["0800 32 123"].abroad == ""  # free numbers mostly answer at home only
    assert by_number["1813"].free
    assert by_number["02 648 40 14"].free is None
    assert contacts_of_country("AQ") == ()


def test_a_line_for_some_people_only_keeps_for_whom_it_is_in_the_practices_rows():
    kinds = [kind_of(row) for row in contacts_of_country("US")]
    assert kinds == [
        "Emergency number",
        "Crisis line",
        "Crisis line, for veterans",
        "Crisis line, by text message",
    ]


def test_what_is_for_an_emergency_is_kept_with_the_client_and_found(session):
    form = ClientForm(code="M-07", name="Maren Holt", emergency=ForEmergency(hazards=" Two dogs ", dispatch="303 1"))
    client = session.clients.add(form)
    assert session.clients.get(client.id).form.emergency == ForEmergency(hazards="Two dogs", dispatch="303 1")
    assert session.find.find("dogs", show_names=True)


def test_ticked_steps_survive_a_crash_and_are_on_disk_only_encrypted(tmp_path, clock, monkeypatch):
    import tempfile

    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder, clock)
    clock.forward(seconds=7)
    run = CrisisRun().ticked(Variant.TELEHEALTH, ProtocolStep("Zebra step"), clock.now())
    session.crisis.save(DraftKind.CRISIS, replace(run, where="Quagga Lane 4", where_at=clock.now()))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [word for word in (b"Zebra", b"Quagga", b"16:00:07") if word in data], path.name
    session.vault.database.close()  # nothing but the handle: what a killed process leaves is the same file
    again = session_on(folder, clock)
    _, waiting = again.crisis.waiting(DraftKind.CRISIS)
    assert (waiting.stamps[0].step, waiting.where) == ("Zebra step", "Quagga Lane 4")
    again.vault.database.close()
