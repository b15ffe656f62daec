import datetime as dt
import statistics
import time

import pytest
from support.incidents import fill_log, sign_incident

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incident_log import NO_CLIENT, HarmLevel, LogFilter, LogState, counts_of
from safeplan_desktop.domain.incidents import (
    AddendumKind,
    FollowUp,
    IncidentCategory,
    IncidentForm,
    PhysicalHarm,
    PsychologicalHarm,
)
from safeplan_desktop.domain.retention import PurgeReason
from safeplan_desktop.services.incident_log import IncidentLog
from safeplan_desktop.services.session import open_session
from safeplan_desktop.services.vault import open_vault


@pytest.fixture
def told():
    """Who hears of changes."""
    return []


@pytest.fixture
def session(folder, keys, clock, told):
    vault = open_vault(folder, keys.data_key, clock)
    yield open_session(vault, clock, lambda change: [hear(change) for hear in told])
    vault.database.close()


@pytest.fixture
def log(session, told):
    made = IncidentLog(session.incidents)
    told.append(made.hear)
    return made


def _numbers(log, **wanted):
    return [row.number for row in log.narrowed(LogFilter(**wanted))]


def test_filters_combine(session, client, log, clock):
    sign_incident(session, client.id, category=IncidentCategory.VIOLENCE, physical_harm=PhysicalHarm.SEVERE)
    sign_incident(session, client.id, psychological_harm=PsychologicalHarm.SEVERE)
    sign_incident(session, "", category=IncidentCategory.VIOLENCE)
    assert len(log.narrowed(LogFilter())) == 3
    assert _numbers(log, harm=HarmLevel.SEVERE) == ["2026-002", "2026-001"]
    assert _numbers(log, harm=HarmLevel.FATAL) == []
    assert _numbers(log, category=IncidentCategory.VIOLENCE) == ["2026-003", "2026-001"]
    assert _numbers(log, category=IncidentCategory.VIOLENCE, client_id=client.id) == ["2026-001"]
    assert _numbers(log, client_id=NO_CLIENT) == ["2026-003"]


def test_a_period_goes_by_the_day_where_the_therapist_was(session, log, clock):
    late = dt.datetime(2026, 3, 2, 6, 30, tzinfo=dt.UTC)  # 23:30 on the first of March in Denver
    sign_incident(session, happened_at=late)
    day = dt.date(2026, 3, 1)
    assert _numbers(log, since=day, until=day) == ["2026-001"]
    assert _numbers(log, since=day + dt.timedelta(days=1)) == []
    assert _numbers(log, until=day - dt.timedelta(days=1)) == []


def test_words_are_found_by_their_beginnings_without_accents_in_records_addenda_and_drafts(session, client, log):
    signed = sign_incident(session, client.id, account="At the Café on Juniper Street")
    other = sign_incident(session, client.id)
    assert _numbers(log, text="cafe juni") == [signed.number]
    assert _numbers(log, text="uniper") == []
    session.addenda.add(
        Noun.INCIDENT, other.id, client.id, kind=AddendumKind.ADDENDUM, reason="New", text="Zoë rang", signer="Dr. R"
    )
    assert _numbers(log, text="zoe") == [other.number]
    session.incidents.begin(client.id, IncidentForm(account="The café was closed"))
    assert _numbers(log, text="CAFÉ") == ["", signed.number]
    assert _numbers(log, text='"(*') == _numbers(log)


def test_words_of_an_incident_signed_after_a_record_was_removed_for_good_are_found(session, client, log):
    sign_incident(session, client.id, account="orchard")
    assert _numbers(log, text="orchard") == ["2026-001"]
    session.purges.purge(client.id, PurgeReason.REQUEST, note="Asked for", confirm=client.code, signer="R")
    sign_incident(session, "", account="heron")  # the index gives it the number of the row that went
    assert (_numbers(log, text="heron"), _numbers(log, text="orchard")) == (["2026-002"], [])


def test_what_was_entered_in_error_is_hidden_until_it_is_asked_for(session, client, log):
    kept, wrong = sign_incident(session, client.id), sign_incident(session, client.id)
    session.incidents.begin(client.id)
    assert len(log.narrowed(LogFilter())) == 3
    session.addenda.void(Noun.INCIDENT, wrong.id, client.id, reason="Twice", signer="Dr. R")
    assert _numbers(log) == ["", kept.number]
    assert _numbers(log, state=LogState.IN_ERROR) == [wrong.number]
    assert _numbers(log, state=LogState.SIGNED) == [kept.number]
    assert _numbers(log, state=LogState.DRAFTS) == [""]
    assert len(_numbers(log, state=LogState.EVERYTHING)) == 3
    assert counts_of(log.rows()).total == 1


def test_an_open_follow_up_is_one_that_nobody_did(session, client, log):
    waits = sign_incident(session, client.id, follow_ups=(FollowUp("Call"),))
    sign_incident(session, client.id, follow_ups=(FollowUp("Call", None, dt.date(2026, 3, 2)),))
    sign_incident(session, client.id)
    assert _numbers(log, open_follow_up=True) == [waits.number]
    session.incidents.follow_up_done(waits.id, 0, dt.date(2026, 3, 2))
    assert _numbers(log, open_follow_up=True) == []


def test_a_draft_becomes_one_signed_row_and_a_discarded_one_goes(session, client, log):
    draft, _ = session.incidents.begin(client.id)
    assert len(log.rows()) == 1
    session.incidents.discard(draft.record_id)
    assert log.rows() == ()
    sign_incident(session, client.id)
    assert [row.signed is not None for row in log.rows()] == [True]
    assert log.rows() == session.incidents.list()


def test_counts_follow_kind_month_and_the_higher_axis(session, client, log, clock):
    sign_incident(session, happened_at=dt.datetime(2026, 1, 5, 18, tzinfo=dt.UTC), physical_harm=PhysicalHarm.FATAL)
    sign_incident(session)
    sign_incident(session)
    counts = counts_of(log.rows())
    assert counts.kinds == ((IncidentCategory.CLIENT_CRISIS, 3),)
    assert counts.months == ((dt.date(2026, 1, 1), 1), (dt.date(2026, 2, 1), 0), (dt.date(2026, 3, 1), 2))
    assert counts.harm == ((HarmLevel.LOW, 2), (HarmLevel.FATAL, 1))


FILTERS = (
    *(LogFilter(text=text) for text in ("r", "riv", "river lan", "cafe42", "nothinglikeit")),
    LogFilter(category=IncidentCategory.VIOLENCE),
    LogFilter(harm=HarmLevel.SEVERE),
    LogFilter(since=dt.date(2025, 1, 1), until=dt.date(2025, 6, 30)),
    LogFilter(open_follow_up=True),
    LogFilter(state=LogState.EVERYTHING),
    LogFilter(text="phone", harm=HarmLevel.LOW, since=dt.date(2024, 1, 1), open_follow_up=True),
)


def test_ten_thousand_incidents_filter_at_once(session, log):
    fill_log(session, 10_000)
    for wanted in FILTERS:
        log.narrowed(wanted)
    times = []
    for wanted in FILTERS * 3:
        began = time.thread_time()
        log.narrowed(wanted)
        times.append(time.thread_time() - began)
    # 16 ms are meant; the bound leaves room for a machine that does other things as well.
    assert statistics.quantiles(times, n=20)[-1] < 0.08
    assert len(log.narrowed(LogFilter(text="cafe42"))) == 100


def test_a_long_log_is_read_in_parts_and_hears_of_what_is_signed_meanwhile(session, client, log):
    fill_log(session, 1200)
    assert not log.read_some()
    signed = sign_incident(session, client.id)
    session.incidents.begin(client.id)
    parts = 1
    while not log.read_some():
        parts += 1
    assert parts == 2
    assert log.rows() == session.incidents.list()
    assert signed.id in {row.id for row in log.rows()}
