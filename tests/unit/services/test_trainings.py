"""The training log on real vaults: kept, put right, found, counted towards rules, due, told to the policy, printed."""

import csv
import datetime as dt
import io
from dataclasses import replace

import pypdf
import pytest
from support.pdf_reading import read
from support.policies import adopt
from support.trainings import CERTIFICATE, ETHICS, LICENCE, noted

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.drills import Drill
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.domain.training import TOPICS, TopicHours
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services import reference
from safeplan_desktop.services.due import DueKind
from safeplan_desktop.services.training_rules import begin_with
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.checks import check_content
from safeplan_desktop.storage.connection import driver

DAY = dt.date(2026, 3, 2)


def held_drill(session, minutes=12):
    now = session.desk.now()
    session.drills.keep(Drill("d1", Variant.OFFICE, now, now.at + dt.timedelta(minutes=minutes), ()), "Speak slowly")


def due(session, *kinds):
    return [(row.due, row.overdue, row.sentence) for row in session.due.rows() if row.kind in kinds]


def test_a_training_is_kept_found_and_put_right_without_a_second_entry(session):
    kept = noted(session, "Safer homes", DAY, ("Telehealth", 3), provider="Coalition")
    draft, form = session.trainings.begin_change(kept.id)
    session.trainings.save(draft, replace(form, hours=(TopicHours("Telehealth", 240),)))

    (only,) = session.trainings.log()
    assert (only.id, only.training.minutes, session.trainings.waiting()) == (kept.id, 240, ())
    assert [one.title for one in session.find.find("coalition", show_names=True)] == ["Safer homes"]
    assert all(check.ok for check in check_content(session.vault.database))


def test_a_change_and_the_end_of_its_draft_are_one_step(session):
    kept = noted(session, "Safer homes", DAY, ("Telehealth", 3))
    draft, form = session.trainings.begin_change(kept.id)
    last = audit.head(session.vault.database).seq
    session.vault.database.execute(
        "CREATE TEMP TRIGGER falls BEFORE DELETE ON draft BEGIN SELECT raise(ABORT, 'the power fails'); END"
    )
    with pytest.raises(driver.IntegrityError):
        session.trainings.save(draft, replace(form, title="Other"))
    assert ([one.training.title for one in session.trainings.log()], audit.head(session.vault.database).seq) == (
        ["Safer homes"],
        last,
    )
    assert session.trainings.waiting()


def test_a_draft_waits_on_today_until_it_is_saved_or_thrown_away(session):
    draft, form = session.trainings.begin()
    session.trainings.autosave(draft, replace(form, title="Half typed"))
    assert [words for _, _, words in due(session, DueKind.DRAFT_TRAINING)] == ["Training to finish and save"]
    assert session.trainings.waiting()[0][1].title == "Half typed"
    session.trainings.discard(draft)
    assert due(session, DueKind.DRAFT_TRAINING) == []


def test_what_was_taken_out_comes_back_with_its_certificate(session):
    kept = noted(session, "Safer homes", DAY, ("Telehealth", 3))
    session.attachments.take_in(Noun.TRAINING, kept.id, CERTIFICATE, title="Certificate")
    former = session.trainings.remove(kept.id)
    assert session.trainings.log() == ()
    session.trainings.bring_back(former)
    assert session.attachments.of_record(session.trainings.log()[0].id)[0].title == "Certificate"


def test_an_exercise_stands_in_the_log_by_itself_and_is_stored_once(session):
    held_drill(session)
    (row,) = session.trainings.log()
    assert (row.of_drill, row.training.minutes) == (True, 12)
    assert session.register.of_kind(Noun.TRAINING) == ()


def test_subjects_to_choose_from_are_ours_those_of_rules_and_those_used_before(session):
    noted(session, "A day", DAY, ("Sandplay", 1))
    session.training_rules.save(replace(LICENCE, topics=(TopicHours("Health equity", 60),)))
    topics = session.trainings.topics()
    assert topics[: len(TOPICS)] == TOPICS
    assert set(topics[len(TOPICS) :]) == {"Health equity", "Sandplay"}


# Rules


def test_examples_are_no_rules_before_the_therapist_gave_them_a_first_day(session):
    assert session.training_rules.every() == ()
    example = reference.rule_examples()[0]
    rule = begin_with(example)
    with pytest.raises(InvalidInputError) as refused:
        session.training_rules.save(rule)
    assert refused.value.field == "first_day"
    kept = session.training_rules.save(replace(rule, first_day=DAY))
    assert "checked with my board" in kept.source
    assert kept.minutes == 60 * 60


def test_a_rule_is_put_right_taken_out_and_brought_back_and_a_name_stands_once(session):
    kept = session.training_rules.save(LICENCE)
    session.training_rules.save(replace(kept, minutes=3000))
    with pytest.raises(InvalidInputError):
        session.training_rules.save(replace(LICENCE, name="licence"))
    former = session.training_rules.remove(kept.id)
    with pytest.raises(NotFoundError):
        session.training_rules.by_name("Licence")
    session.training_rules.bring_back(former)
    assert session.training_rules.by_name("LICENCE").minutes == 3000
    assert all(check.ok for check in check_content(session.vault.database))


def test_a_renewal_stands_on_today_60_days_ahead_then_overdue_until_it_is_marked(session, clock):
    rule = session.training_rules.save(replace(LICENCE, first_day=dt.date(2024, 5, 2)))
    clock.forward(days=-1)  # 1 March: 61 days before 1 May
    assert due(session, DueKind.TRAINING) == []
    clock.forward(days=1)
    missing = "Renewal of “Licence”, missing: 40 h, 6 h of Ethics and law"
    assert due(session, DueKind.TRAINING) == [(dt.date(2026, 5, 1), False, missing)]
    noted(session, "A year's course", DAY, (ETHICS, 45))
    assert due(session, DueKind.TRAINING)[0][2] == "Renewal of “Licence”, all hours are there"
    clock.forward(days=61)
    assert due(session, DueKind.TRAINING)[0][:2] == (dt.date(2026, 5, 1), True)
    session.training_rules.renewed(rule.id, dt.date(2024, 5, 2))
    assert due(session, DueKind.TRAINING) == []


def test_the_policy_says_what_the_rules_say_and_a_changed_rule_puts_it_out_of_date(session):
    rule = session.training_rules.save(LICENCE)
    facts = {fact.name: fact.text for fact in session.policy.facts()}
    assert facts["training topics"] == ETHICS
    assert facts["training cycle"] == f"by the rules that apply here: {LICENCE.sentence} (Licence)"
    adopt(session)
    assert session.policy.outdated() == ()
    session.training_rules.save(replace(rule, minutes=3000))
    (change,) = session.policy.outdated()
    assert "50 h" in change.after
    session.training_rules.renewed(rule.id, DAY)
    assert len(session.policy.outdated()) == 1


# Documents


@pytest.mark.parametrize("paper", list(Paper))
def test_the_summary_of_a_cycle_holds_rule_progress_entries_and_fingerprints(session, paper):
    rule = session.training_rules.save(LICENCE)
    kept = noted(session, "Safer homes", DAY, (ETHICS, 2), ("Telehealth", 1), accreditor="APA", number="77-1")
    file = session.attachments.take_in(Noun.TRAINING, kept.id, CERTIFICATE, title="Certificate")
    noted(session, "Too early", dt.date(2024, 3, 2), (ETHICS, 50))
    held_drill(session)

    document = session.training_documents.document(session.training_documents.of_cycle(rule), paper=paper)
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document.make())).pages)

    for words in ("40 h, at least 6 h of Ethics and law", "Safer homes", "APA, 77-1", "13 of 40 h", "2 of 6 h"):
        assert words in text, words
    assert file.sha256[:32] in text
    assert file.sha256[32:] in text
    assert "10 h carried" in text
    assert "Too early" not in text
    assert "Exercise" not in text


def test_the_summary_of_days_has_the_exercises_and_says_where_they_are_kept(session):
    held_drill(session)
    text = read(session.training_documents.document(session.training_documents.of_days(DAY, DAY)).make()).text
    assert "Exercise of the crisis protocol (in the office)" in text
    assert "With the crisis protocol, as it was timed there" in text


def test_a_summary_whose_last_day_lies_before_its_first_is_refused_rather_than_empty(session):
    with pytest.raises(InvalidInputError, match="The last day lies before the first") as refused:
        session.training_documents.of_days(DAY, DAY - dt.timedelta(days=1))
    assert refused.value.field == "until"


def test_the_table_has_a_row_for_each_subject_and_no_formula(session, tmp_path):
    kept = noted(session, "=HYPERLINK(1)", DAY, (ETHICS, 1.5), ("Telehealth", 2), provider="+1 Academy")
    session.attachments.take_in(Noun.TRAINING, kept.id, CERTIFICATE, title="Certificate")
    made = session.training_documents.save_table(session.training_documents.of_days(None, None), tmp_path / "t.csv")
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    assert [(row["topic"], row["hours"]) for row in rows] == [(ETHICS, "1.5"), ("Telehealth", "2")]
    assert (rows[0]["title"], rows[0]["provider"]) == ("'=HYPERLINK(1)", "'+1 Academy")
    assert len(rows[0]["fingerprints"]) == 64
