"""A plan version that was entered in error: it stays, readable and marked, keeps its number, and counts nowhere."""

import datetime as dt
from dataclasses import replace

import pytest
from support.pdf_reading import read, words_of
from support.vaults import sign_scores

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.audit_view import AuditFilter
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.closing import Evidence
from safeplan_desktop.domain.due import DueKind
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.domain.plan_copies import CopyEnd
from safeplan_desktop.domain.plans import HolderKind, PlanFormat, PlanItem, PlanSection, Recipient, SectionKey
from safeplan_desktop.domain.retention import PurgeReason
from safeplan_desktop.domain.reviews import ReviewSubject
from safeplan_desktop.domain.timeline import Standing
from safeplan_desktop.errors import NotFoundError, SignedRecordError
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.client_record import last_entry

CLIENT = Recipient("r1", "", HolderKind.CLIENT, PlanFormat.FULL)
CARD = Recipient("r2", "", HolderKind.CLIENT, PlanFormat.POCKET_CARD)
REASON = "Finished for the wrong client"


def finish(session, client, text, review_on=None):
    draft, form = session.plans.begin(client.id)
    form = form.with_section(PlanSection(SectionKey.COPING, (PlanItem("i", text),)))
    form = replace(form, review_on=review_on or form.review_on)
    return session.plans.finish(draft, form, "Dr. Reyes")


def void(session, version):
    return session.addenda.void(Noun.PLAN, version.id, version.client.client_id, reason=REASON, signer="Dr. Reyes")


@pytest.fixture
def first(session, client):
    return finish(session, client, "Riverwalk", dt.date(2026, 3, 4))


@pytest.fixture
def second(session, client, clock, first):
    clock.forward(hours=1)
    return finish(session, client, "Lakeswim", dt.date(2026, 3, 5))


def rows(session, kind):
    return [row for row in session.due.rows() if row.kind is kind]


def test_it_stays_as_it_was_signed_and_one_line_of_the_audit_marks_it(session, client, second):
    before = audit.head(session.desk.database).seq
    addendum = void(session, second)
    assert audit.head(session.desk.database).seq == before + 1
    (line,) = audit.latest(session.desk.database, limit=1)
    assert (line.action, line.noun, line.record_id) == (AuditAction.ADDENDUM, Noun.PLAN, addendum.id)
    assert session.plans.get(second.id) == second
    assert [(one.number, one.voided) for one in session.plans.of_client(client.id)] == [(2, True), (1, False)]
    report = session.backups.verify_records(no_report, never_cancelled)
    assert report.ok, [check.sentence for check in report.checks if not check.ok]


def test_it_happens_once_and_a_plan_gets_no_other_addendum(session, client, second):
    void(session, second)
    with pytest.raises(SignedRecordError):
        void(session, second)
    with pytest.raises(NotFoundError):
        session.addenda.void(Noun.PLAN, "no-such-plan", client.id, reason="r", signer="s")
    with pytest.raises(ValueError, match="next version"):
        session.addenda.add(
            Noun.PLAN, second.id, client.id, kind=AddendumKind.CORRECTION, reason="r", text="t", signer="s"
        )
    assert len(session.addenda.of_record(second.id)) == 1


def test_the_version_before_is_the_newest_again_and_the_next_one_begins_from_it(session, client, first, second):
    void(session, second)
    assert session.plans.newest(client.id) == first
    draft, form = session.plans.begin(client.id)
    assert [item.text for item in form.section(SectionKey.COPING).items] == ["Riverwalk"]
    third = session.plans.finish(draft, form, "Dr. Reyes")
    # The number stays taken; what is replaced is what counted.
    assert (third.number, third.replaces) == (3, 1)


def test_without_a_version_that_counts_the_next_one_is_blank_and_replaces_nothing(session, client, first):
    void(session, first)
    assert session.plans.newest(client.id) is None
    draft, form = session.plans.begin(client.id)
    assert form.section(SectionKey.COPING).items == ()
    written = form.with_section(PlanSection(SectionKey.COPING, (PlanItem("i", "Sing"),)))
    version = session.plans.finish(draft, written, "Dr. Reyes")
    assert (version.number, version.replaces) == (2, None)


def test_the_review_on_today_is_the_one_of_the_version_that_counts(session, first, second):
    assert [(row.record_id, row.due.day) for row in rows(session, DueKind.PLAN_REVIEW)] == [(second.id, 5)]
    void(session, second)
    assert [(row.record_id, row.due.day) for row in rows(session, DueKind.PLAN_REVIEW)] == [(first.id, 4)]
    assert session.reviews.state(ReviewSubject.PLANS).due == dt.date(2026, 3, 4)
    void(session, first)
    assert rows(session, DueKind.PLAN_REVIEW) == []


def test_it_is_neither_reviewed_nor_given_out_any_more(session, client, second):
    void(session, second)
    with pytest.raises(SignedRecordError):
        session.plans.reviewed(second.id, dt.date(2026, 6, 1))
    with pytest.raises(SignedRecordError):
        session.plan_copies.give(second.id, CLIENT)
    assert session.plan_copies.of_client(client.id) == ()


def test_its_copies_are_to_be_taken_back_and_today_says_so_in_one_row(session, client, first, second):
    session.plan_copies.give(second.id, CLIENT)
    card = session.plan_copies.give(second.id, CARD)
    void(session, second)
    assert session.plan_copies.to_swap(client.id) == ()
    assert len(session.plan_copies.to_take_back(client.id)) == 2
    (row,) = rows(session, DueKind.COPIES)
    assert row.sentence == "Safety plan: 2 copies of a version entered in error to take back"
    session.plan_copies.end(card.id, CopyEnd.RETURNED)
    (row,) = rows(session, DueKind.COPIES)
    assert row.sentence == "Safety plan: one copy of a version entered in error to take back"


def test_copies_to_swap_and_copies_to_take_back_share_one_row(session, client, clock, first, second):
    session.plan_copies.give(first.id, CARD)
    session.plan_copies.give(second.id, CLIENT)
    clock.forward(hours=1)
    third = finish(session, client, "Choir")
    assert rows(session, DueKind.COPIES)[0].sentence == "Safety plan: 2 copies to swap for the new version"
    void(session, second)
    (row,) = rows(session, DueKind.COPIES)
    assert row.sentence == (
        "Safety plan: one copy to swap for the new version; one copy of a version entered in error to take back"
    )
    # A new copy doesn't bring the wrong one back: that is noted by itself.
    session.plan_copies.give(third.id, CLIENT)
    assert [copy.version_id for copy in session.plan_copies.to_take_back(client.id)] == [second.id]


def test_a_wrong_copy_is_taken_back_even_when_the_work_is_over(session, client, first, second):
    session.plan_copies.give(first.id, CARD)
    session.plan_copies.give(second.id, CLIENT)
    void(session, second)
    session.statuses.change(client.id, ClientStatus.DISCHARGED, reason="Moved away")
    (row,) = rows(session, DueKind.COPIES)
    assert row.sentence == "Safety plan: one copy of a version entered in error to take back"


def test_it_leaves_the_events_over_time(session, client, first, second):
    sign_scores(session, client.id, {"phq-2": (1, 1)})

    def plans():
        return [one.words for one in session.histories.of_client(client.id).events if "plan" in one.words]

    assert plans() == ["Safety plan, version 1", "Safety plan, version 2"]
    void(session, second)
    assert plans() == ["Safety plan, version 1"]


def test_an_incident_neither_links_to_it_nor_is_followed_by_it(session, client, clock, first, second):
    between = first.finished.at + dt.timedelta(minutes=30)
    assert session.incidents.revised_after(client.id, between).id == second.id
    void(session, second)
    assert [link.id for link in session.incidents.linkable(client.id)[1]] == [first.id]
    assert session.incidents.revised_after(client.id, between) is None


def test_the_closing_list_asks_for_a_copy_of_the_version_that_counts(session, client, first, second):
    session.plan_copies.give(second.id, CLIENT)

    def said():
        items = session.closings.of_client(client.id)
        return next(one for one in items if one.step.evidence is Evidence.PLAN_COPY)

    assert said().says == "The client has a copy of version 2."
    void(session, second)
    assert (said().says, said().open) == ("No copy for the client is noted of version 1.", True)
    void(session, first)
    assert said().says == "There is no finished safety plan."


def test_the_timeline_marks_it_its_reviews_and_its_copies(session, client, second):
    session.plan_copies.give(second.id, CLIENT)
    session.plans.reviewed(second.id, dt.date(2026, 6, 1))
    void(session, second)
    by_noun = {one.noun: one for one in session.timelines.of_client(client.id) if "version 2" in one.title}
    assert by_noun[Noun.PLAN].standing is by_noun[Noun.REVIEW].standing is Standing.IN_ERROR
    assert by_noun[Noun.PLAN].words == "entered in error"
    assert by_noun[Noun.PLAN_COPY].words.startswith("of a version entered in error, ")


def test_find_marks_it_and_its_reason_leads_to_it(session, second):
    void(session, second)
    (hit,) = session.find.find("lakeswim", show_names=False)
    assert (hit.record_id, hit.voided) == (second.id, True)
    (reason,) = session.find.find("finished wrong", show_names=False)
    assert (reason.noun, reason.record_id, reason.voided) == (Noun.PLAN, second.id, True)


def test_the_account_of_the_client_tells_of_it(session, client, second):
    addendum = void(session, second)
    numbers = session.audit_trail.choose(AuditFilter(client_id=client.id))
    line = next(one for one in session.audit_trail.page(numbers) if one.entry.record_id == addendum.id)
    assert "version 2" in line.words
    assert (line.target, line.target_id) == (Noun.PLAN, second.id)


@pytest.mark.parametrize("plan_format", [one for one in PlanFormat if one is not PlanFormat.BLANK])
def test_every_page_of_every_format_is_marked(session, client, plan_format):
    draft, form = session.plans.begin(client.id)
    many = tuple(PlanItem(f"i{number}", f"Step {number}, " + "walk by the water " * 3) for number in range(200))
    version = session.plans.finish(draft, form.with_section(PlanSection(SectionKey.COPING, many)), "Dr. Reyes")
    exports = session.exports
    counts = exports.plan(version.id, exports.usual_print(plan_format))
    assert "Entered in error" not in words_of(counts.make())
    void(session, version)
    document = exports.plan(version.id, exports.usual_print(plan_format))
    assert "-entered-in-error_" in document.suggested_name
    pages = read(document.make()).pages
    assert all("Entered in error: not to be used" in page.text for page in pages)
    assert len(pages) > 1
    # The reason may tell of somebody else, so it is for the therapist alone.
    assert (REASON in words_of(document.make())) is (plan_format is PlanFormat.THERAPIST)


def test_the_mark_is_in_the_language_of_the_plan(session, client, second):
    void(session, second)
    exports = session.exports
    spanish = exports.plan(second.id, replace(exports.usual_print(PlanFormat.THERAPIST), language="es"))
    words = words_of(spanish.make())
    assert "Registrado por error: no utilizar" in words
    assert "not to be used" not in words
    assert f"Reason: {REASON}" in words


def test_a_comparison_says_which_version_was_entered_in_error(session, first, second):
    void(session, second)
    words = words_of(session.exports.plan_comparison(first.id, second.id).make())
    assert "Versions 1 and 2 (entered in error)" in words
    assert words.count("Entered in error, it counts nowhere") == 1


def test_the_whole_record_and_the_text_show_it_marked_with_the_reason(session, client, first, second):
    void(session, second)
    words = words_of(session.record_exports.whole(client.id, to_whom="Ana", why="Asked for").make())
    assert words.count(f"Reason: {REASON}") == 1
    assert "Lakeswim" in words
    text = session.record_texts.for_clipboard(Noun.PLAN, second.id)
    assert f"ENTERED IN ERROR: {REASON}" in text
    assert "ENTERED IN ERROR" not in session.record_texts.for_clipboard(Noun.PLAN, first.id)


def test_the_mark_is_an_entry_of_the_record_for_its_retention(session, client, clock, second):
    clock.forward(days=40)
    void(session, second)
    assert last_entry(session.desk.database, client.id, clock.zone()) == clock.now().date()


def test_a_purge_takes_version_mark_and_reason_and_the_checks_stay_green(session, client, clock, second):
    other = session.clients.add(ClientForm(code="Z-99", name="Zora Quinn"))
    kept = finish(session, other, "Garden")
    void(session, kept)
    session.plan_copies.give(session.plans.newest(client.id).id, CLIENT)
    void(session, second)
    session.purges.purge(client.id, PurgeReason.REQUEST, note="Asked for", confirm="M-07", signer="Dr. Reyes")
    database = session.desk.database
    left = database.execute("SELECT record_id FROM voided UNION ALL SELECT record_id FROM addendum")
    assert {row[0] for row in left} == {kept.id}
    assert session.find.find("lakeswim", show_names=False) == ()
    report = session.backups.verify_records(no_report, never_cancelled)
    assert report.ok, [check.sentence for check in report.checks if not check.ok]
