"""A signed record as plain text; and plain forms as headings and lines."""

import datetime as dt

import pytest

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientSnapshot
from safeplan_desktop.domain.disclosures import RecordPart
from safeplan_desktop.domain.incidents import Addendum, AddendumKind
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.plain_values import fields_of
from safeplan_desktop.domain.record_text import text_of
from safeplan_desktop.domain.signed_items import SignedItem, without_withheld
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.services.reference import plan_wording

NOW = Moment(dt.datetime(2026, 3, 2, 16, tzinfo=dt.UTC), "America/Denver")


def item(noun=Noun.SESSION_NOTE, form=None, addenda=()):
    client = ClientSnapshot("c", "M-07", "Maren Holt", birth_date=dt.date(1990, 5, 4))
    record = SignedRecord("r", noun, 3, client, "Individual", NOW.local_date, NOW, "Dr. Reyes", NOW, form or {})
    return SignedItem(noun, record, addenda)


def test_it_says_what_whose_and_who_signed_it():
    text = text_of(item(form={"plan": "Walk"}), plan_wording("en"))
    assert text == (
        "Session note 3\nClient: Maren Holt (M-07), born 04 May 1990\n\nPlan\nWalk\n\n"
        "Signed by Dr. Reyes, 02 Mar 2026, 09:00 (America/Denver)\n"
    )


def test_what_was_entered_in_error_says_so_on_top_and_keeps_its_addenda_below():
    void = Addendum("a", "r", 1, AddendumKind.ENTERED_IN_ERROR, "Another client", "In error.", "R", NOW)
    text = text_of(item(addenda=(void,)), plan_wording("en"))
    assert text.index("ENTERED IN ERROR: Another client") < text.index("Signed by Dr. Reyes")
    assert text.rstrip().endswith("Signed by R, 02 Mar 2026, 09:00 (America/Denver)")


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("", None),
        (None, None),
        ([], None),
        (True, ("Yes",)),
        (7, ("7",)),
        ("no-level", ("No level",)),
        ("well-known and liked", ("well-known and liked",)),
        ("2026-04-02", ("02 Apr 2026",)),
        ("2026-04-02T10:00:00+00:00", ("02 Apr 2026, 10:00 UTC",)),
        (["Sleep", "Walk"], ("Sleep", "Walk")),
        ([{"who": "Ana", "id": "x", "phone": ""}], ("Who: Ana",)),
    ],
)
def test_every_kind_of_value_is_readable_and_empty_ones_are_left_out(value, lines):
    assert dict(fields_of({"what_it_is": value})) == ({} if lines is None else {"What it is": lines})


@pytest.mark.parametrize(
    ("noun", "part"),
    [(Noun.CONSULTATION, RecordPart.CONSULTATIONS), (Noun.PRIVATE_NOTE, RecordPart.PSYCHOTHERAPY_NOTES)],
)
def test_consultations_and_psychotherapy_notes_are_withheld_whole(noun, part):
    others = [one for one in RecordPart if one is not part]
    assert without_withheld(item(noun), others) is None
    assert without_withheld(item(noun), [part]) == item(noun)
    assert without_withheld(item(Noun.CONSENT), ()) == item(Noun.CONSENT)
