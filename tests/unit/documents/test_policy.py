"""The safety policy on paper, read back."""

import datetime as dt
from dataclasses import replace

import pytest
from document_samples import CHAIN_HEAD, PROFILE, incident_addenda
from pdf_reading import read
from support.policies import decided

from safeplan_desktop.documents.policy import policy_pdf
from safeplan_desktop.documents.policy_comparison import policy_comparison_pdf
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.policy import CoveredPerson, LogLine, Reading
from safeplan_desktop.domain.policy_comparison import compare_policies
from safeplan_desktop.domain.policy_facts import Fact
from safeplan_desktop.domain.policy_paper import PolicyPaper
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.domain.practice_checks import CheckKind
from safeplan_desktop.services import reference

DAY = dt.date(2026, 3, 2)
MADE = Moment(dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC), "America/Denver")
FACTS = (
    Fact("practice name", "Name of the practice", "Juniper Street"),
    Fact("therapist", "Therapist", "Dr. Alma Reyes, PsyD"),
    Fact("address", "Address", "214 Juniper Street"),
    Fact(
        "emergency contacts",
        "Emergency contacts",
        head=("Type", "Contact", "Number", "Hours", "Checked on"),
        rows=(("Crisis line", "Lifeline", "988", "24 hours", "02 Mar 2026"),),
    ),
    Fact("protocol in the office", "Protocol", rows=(("Look around",), ("Call for help",)), numbered=True),
)
POLICY = PolicyPaper(
    decided(reference.policy(), "plan.who"),
    FACTS,
    MADE,
    number=2,
    adopted=MADE,
    signer="Dr. Alma Reyes",
    review_on=dt.date(2027, 3, 2),
    people=(
        CoveredPerson("Jonas Vale", "Front desk", (Reading(2, DAY),)),
        CoveredPerson("Imke", "Trainee", (Reading(1, DAY),)),
    ),
    log=(
        LogLine(1, dt.date(2025, 3, 3), "First version.", "Dr. Alma Reyes"),
        LogLine(2, DAY, "A new number.", "Dr. Alma Reyes"),
    ),
    last_done=((CheckKind.ROOM, DAY), (CheckKind.LONE_WORKING, None)),
)
PARTS = (
    "I.  Purpose and scope",
    "II.  Safety measures",
    "III.  Emergency contacts",
    "IV.  Client safety plan",
    "V.  Documentation",
    "VI.  Training and education",
    "VII.  Review and updates",
    "VIII.  Encouragement and support",
)


@pytest.fixture(scope="module", params=Paper, ids=lambda paper: paper.value)
def policy(request):
    return read(policy_pdf(POLICY, PROFILE, request.param, CHAIN_HEAD))


def test_the_title_page_says_practice_version_days_and_signature(policy):
    page = policy.pages[0]
    for words in ("Juniper Street", "Safety policy", "2", "March 2, 2026", "March 2, 2027", "Dr. Alma Reyes, PsyD"):
        assert words in page.texts
    assert "Adopted and signed by Dr. Alma Reyes on March 2, 2026" in page.text


def test_the_contents_name_the_page_of_every_part_and_section(policy):
    contents = policy.pages[1].texts
    for number, title in [
        (n, t)
        for n, t in zip(policy.outline_pages, policy.outline, strict=True)
        if t not in ("Safety policy", "Contents")
    ]:
        place = contents.index(title)
        assert contents[place + 1] == str(number + 1), title


def test_the_eight_parts_stand_in_their_order_in_the_outline(policy):
    assert [title for title in policy.outline if title in PARTS] == list(PARTS)
    assert policy.outline[-3:] == [
        "Appendix A.  People covered, read and signed",
        "Appendix B.  Checks and rehearsals",
        "Appendix C.  Change log",
    ]


def test_table_steps_and_clauses_stand_there_and_what_is_not_practised_does_not(policy):
    text = policy.text
    for words in ("Lifeline", "988", "24 hours", "02 Mar 2026", "Look around", "We rehearse the steps once a year"):
        assert words in text
    assert "now or in the past year" not in " ".join(text.split())
    assert "8.3.3" in text


def test_people_have_a_line_to_sign_and_say_when_they_read_this_version(policy):
    texts = policy.pages[-1].texts
    jonas, imke = texts.index("Jonas Vale"), texts.index("Imke")
    assert texts[jonas + 2] == "Mar 2, 2026"
    assert "Mar 2, 2026" not in texts[imke : imke + 3]
    assert {"Signature", "Room check", "not yet", "A new number."} <= set(texts)


def test_every_page_has_its_number_and_the_fingerprint(policy):
    for number, page in enumerate(policy.pages, start=1):
        assert f"Page {number} of {len(policy.pages)}" in page.text
        assert "Fingerprint " in page.text
    assert "Juniper Street  ·  Safety policy  ·  Version 2" in policy.pages[2].text
    assert "Version 2" not in policy.pages[0].texts
    assert policy.missing_glyphs == 0


def test_a_draft_says_so_on_every_page():
    draft = replace(POLICY, number=None, adopted=None, signer="", undecided=3)
    read_ = read(policy_pdf(draft, PROFILE, Paper.A4, CHAIN_HEAD))

    assert all("DRAFT: not adopted" in page.texts for page in read_.pages)
    first = read_.pages[0].text
    assert "Not signed." in first
    assert "3 clauses aren't decided yet" in first
    assert "Adopted" not in first


def test_what_is_not_practised_is_listed_on_request():
    listed = replace(POLICY, form=replace(POLICY.form, list_not_here=True))
    text = " ".join(read(policy_pdf(listed, PROFILE, Paper.A4, CHAIN_HEAD)).text.split())

    assert "Not practised here:" in text
    assert "now or in the past year, is offered a safety plan" in text


def test_a_version_entered_in_error_says_so_on_its_title_page():
    wrong = replace(incident_addenda()[0], kind=AddendumKind.ENTERED_IN_ERROR, reason="Wrong day.")
    first = read(policy_pdf(replace(POLICY, addenda=(wrong,)), PROFILE, Paper.A4, CHAIN_HEAD)).pages[0].text

    assert "Entered in error. Reason: Wrong day." in first


def test_the_comparison_says_what_was_added_removed_and_filled_in_anew():
    newer = decided(reference.policy(), "care.least").with_clause(
        "incidents", "incidents.when", lambda clause: replace(clause, text="Written at once.")
    )
    changed = (*FACTS[:3], replace(FACTS[3], rows=(("Crisis line", "Lifeline", "989", "24 hours", ""),)), FACTS[4])
    comparison = compare_policies(POLICY.form, newer, FACTS, changed)

    text = " ".join(
        read(policy_comparison_pdf(POLICY.log, comparison, PROFILE, Paper.LETTER, MADE, CHAIN_HEAD)).text.split()
    )

    for words in (
        "Version 1 adopted on March 3, 2025",
        "Added, The client's own safety plan: Every client with thoughts",
        "Removed, Level of care: We choose the least",
        "Changed, Incidents: Written at once. Before: The record is written on the same day",
        "Emergency contacts (Crisis line): 988, 02 Mar 2026 became 989, nothing",
    ):
        assert words in text


def test_two_versions_that_say_the_same_say_so():
    same = compare_policies(POLICY.form, POLICY.form, FACTS, FACTS)
    text = read(policy_comparison_pdf(POLICY.log, same, PROFILE, Paper.A4, MADE, CHAIN_HEAD)).text
    assert "The two versions say the same." in text
