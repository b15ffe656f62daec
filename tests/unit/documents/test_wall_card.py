"""The wall card: one page in large letters, in the order of a call, of the practice alone."""

import datetime as dt
from dataclasses import replace

import pytest
from document_samples import PROFILE
from pdf_reading import outside, overlapping, read

from safeplan_desktop.documents.wall_card import wall_card_pdf
from safeplan_desktop.domain.crisis import Protocol, ProtocolStep
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import ContactType, EmergencyContact, Paper
from safeplan_desktop.services import reference

MADE = Moment(dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC), "America/Denver")
HERE = replace(PROFILE, address="14 Juniper Street\nDenver", entrance="Courtyard door", callback="303 555 0100")
CONTACTS = (
    EmergencyContact("e1", ContactType.EMERGENCY_NUMBER, "Emergency number", "911", checked_on=dt.date(2026, 2, 1)),
    EmergencyContact(
        "e2", ContactType.CRISIS_LINE, "Lifeline", "988", checked_on=dt.date(2024, 2, 1), checked_by="Dr. Reyes"
    ),
    EmergencyContact("e3", ContactType.CONSULTANT, "Dr. Okafor", "303 555 0155", while_locked=False),
)


def _card(paper=Paper.A4, contacts=CONTACTS, protocol=None, profile=HERE):
    return read(wall_card_pdf(profile, contacts, protocol or reference.protocol(), paper, MADE))


@pytest.mark.parametrize("paper", Paper)
def test_the_card_is_one_page_with_nothing_outside_or_over_each_other(paper):
    many = CONTACTS + tuple(
        EmergencyContact(f"m{n}", ContactType.OTHER, f"Service number {n}", f"303 555 02{n:02}", "24 hours")
        for n in range(8)
    )
    for contacts in (CONTACTS, many):
        card = _card(paper, contacts)
        assert len(card.pages) == 1
        assert not overlapping(card)
        assert not outside(card, left=40, right=40, bottom=20, top=30)
        assert max(run.size for run in card.pages[0].runs) >= 20


def test_it_is_read_in_the_order_of_a_call():
    text = _card().text
    parts = ("call 911", "14 Juniper Street, Denver", "Courtyard door", "303 555 0100", "Lifeline", "Dr. Okafor")
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert "Printed on March 2, 2026" in text


def test_every_number_says_when_it_was_checked_and_by_whom_or_that_it_never_was():
    text = " ".join(_card().text.split())
    assert "Number checked on 01 Feb 2024 by Dr. Reyes, more than a year ago" in text
    assert "Number never checked" in text


def test_the_practices_own_steps_stand_on_it_in_full_where_they_have_no_short_form():
    own = Protocol((ProtocolStep("Press the bell under the desk"),), (ProtocolStep("Ask", short="Ask now"),))
    text = " ".join(_card(protocol=own).text.split())
    assert "Press the bell under the desk" in text
    assert "Ask now" in text
    assert "Look" not in text


def test_what_isnt_known_has_a_line_to_write_on():
    text = _card(profile=replace(HERE, address="", entrance="", callback="", phone=""), contacts=()).text
    assert " ".join(text.split()).count("______") >= 3
    assert "call ____" in text
