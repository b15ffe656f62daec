import datetime as dt

import pytest
from support.vaults import finish_two_versions, sign_scores

from safeplan_desktop.domain.history import EventKind
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.domain.screenings import LevelOfCare
from safeplan_desktop.errors import NotFoundError

MODERATE = (2, 2, 2, 2, 2, 0, 0, 0, 1, 0)
MILD = (1, 1, 1, 1, 1, 0, 0, 0, 0, 0)


@pytest.fixture
def months(session, client, clock):
    sign_scores(session, client.id, {"phq-9": MODERATE, "who-5": (1, 1, 1, 1, 1)})
    clock.forward(days=30)
    sign_scores(session, client.id, {"phq-9": (1, None)}, LevelOfCare.INTENSIVE_OUTPATIENT)
    clock.forward(days=30)
    sign_scores(session, client.id, {"phq-9": MILD, "who-5": (4, 4, 4, 4, 4)}, LevelOfCare.INTENSIVE_OUTPATIENT)
    return session.histories.of_client(client.id)


def test_scores_stand_oldest_first_with_the_bands_and_flags_of_their_day(months):
    phq = months.of("phq-9")
    assert [(one.screening, one.value, one.band, one.flagged) for one in phq.occasions] == [
        (1, 11, "moderate", True),
        (3, 5, "mild", False),
    ]
    assert phq.incomplete == (2,)
    assert [phq.change(place) for place in (0, 1)] == [None, -6]
    assert [band.lowest for band in phq.bands] == [0, 5, 10, 15, 20]


def test_scores_stand_on_the_published_scale(months):
    who = months.of("who-5")
    assert [one.value for one in who.occasions] == [20, 80]
    assert (who.lowest, who.highest, who.higher_is_better) == (0, 100, True)
    assert [(band.lowest, band.highest) for band in who.bands] == [(0, 28), (32, 48), (52, 100)]


def test_the_size_of_a_change_is_compared_only_with_a_published_figure(months, session, client, clock):
    assert "-6 points, at least the 5 points" in months.of("phq-9").note
    assert "+60 points, at least the 10 points" in months.of("who-5").note
    assert "Löwe" in months.of("phq-9").note
    for values in ((1, 0, 1, 1), (1, 1, 1, 1)):
        clock.forward(days=1)
        sign_scores(session, client.id, {"hark": values, "phq-9": MODERATE})
    again = session.histories.of_client(client.id)
    assert again.of("hark").note == ""
    assert "0 points, less than the 5 points" in again.of("phq-9").note


def test_plans_incidents_and_changes_of_care_are_events(months, session, client):
    assert [(event.kind, event.words) for event in months.events] == [
        (EventKind.CARE, "Level of care: intensive outpatient")
    ]
    finish_two_versions(session, client.id)
    events = session.histories.of_client(client.id).events
    assert [event.words for event in events if event.kind is EventKind.PLAN] == [
        "Safety plan, version 1",
        "Safety plan, version 2",
    ]
    assert list(events) == sorted(events, key=lambda event: event.day)


def test_a_client_without_scores_has_none(session, client):
    assert session.histories.of_client(client.id).series == ()
    with pytest.raises(NotFoundError, match="no signed score"):
        session.screening_reports.scores(client.id)


def test_a_period_and_a_choice_leave_out_the_rest(months, session, client, clock):
    day = clock.now().date()
    assert [one.screening for one in months.within(Period(day)).of("phq-9").occasions] == [3]
    assert months.within(Period(day)).events == ()
    assert months.within(Period(None, day - dt.timedelta(days=1))).of("phq-9").occasions[-1].screening == 1
    assert [one.instrument for one in months.only(["who-5"]).series] == ["who-5"]
    with pytest.raises(NotFoundError, match="no signed score"):
        session.screening_reports.scores(client.id, since=day + dt.timedelta(days=1))
    with pytest.raises(NotFoundError, match="no signed score"):
        session.screening_reports.scores(client.id, instruments=["gad-7"])


def test_the_report_names_no_client_in_its_file_name(months, session, client):
    document = session.screening_reports.scores(client.id)
    assert document.suggested_name == f"scores_{client.code}_2026-05-01.pdf"
    assert document.make().startswith(b"%PDF")
