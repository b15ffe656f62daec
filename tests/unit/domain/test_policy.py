"""The safety policy: our text, its decisions, what is filled in, what changed from version to version."""

from dataclasses import replace

from support.policies import decided

from safeplan_desktop.domain.plan_comparison import Difference
from safeplan_desktop.domain.policy import (
    PolicyClause,
    PolicyForm,
    PolicyPart,
    PolicySection,
    Practised,
    merged_with_ours,
)
from safeplan_desktop.domain.policy_comparison import compare_policies, suggested_change
from safeplan_desktop.domain.policy_facts import PLACEHOLDERS, Fact, fact_changes, filled, named, placeholders
from safeplan_desktop.domain.policy_layout import laid_out, not_said_yet, plain_text
from safeplan_desktop.domain.rich_text import BlockKind, blocks_of, markdown_of
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services import reference

OURS = reference.policy()
CONTACTS = Fact(
    "emergency contacts",
    "Emergency contacts",
    head=("Type", "Contact", "Number", "Hours", "Checked on"),
    rows=(("Crisis line", "Lifeline", "988", "24 hours", "02 Mar 2026"),),
    key=(0, 1),
    noted=(4,),
)


# Our text


def test_the_eight_parts_stand_in_their_order_and_each_has_clauses():
    parts = laid_out(decided(OURS), ())

    assert [part.part for part in parts] == list(PolicyPart)
    assert [part.number for part in parts] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    assert all(any(section.clauses for section in part.sections) for part in parts)
    assert list(dict.fromkeys(section.part for section in OURS.sections)) == list(PolicyPart)


def test_every_id_is_unique_and_no_text_is_empty():
    sections = [section.id for section in OURS.sections]
    clauses = [clause.id for section in OURS.sections for clause in section.clauses]

    assert len(set(sections)) == len(sections)
    assert len(set(clauses)) == len(clauses)
    assert all(section.title.strip() for section in OURS.sections)
    assert all(clause.text.strip() for section in OURS.sections for clause in section.clauses)


def test_nothing_of_our_text_is_promised_before_it_is_decided():
    assert len(OURS.undecided) == sum(len(section.clauses) for section in OURS.sections)
    assert not any(section.clauses for part in laid_out(OURS, ()) for section in part.sections)


def test_every_name_in_brackets_is_known_and_each_is_used():
    texts = [section.text for section in OURS.sections]
    texts += [clause.text for section in OURS.sections for clause in section.clauses]
    used = {name for text in texts for name, _ in placeholders(text)}

    assert used <= set(PLACEHOLDERS)
    assert set(PLACEHOLDERS) - used == {"phone"}


def test_our_texts_are_of_the_subset_and_survive_the_editor():
    for section in OURS.sections:
        blocks = blocks_of(section.text)
        assert blocks_of(markdown_of(blocks)) == blocks


# Decisions


def test_what_is_not_practised_is_left_out_or_listed_as_such():
    section = PolicySection(
        "s",
        PolicyPart.TRAINING,
        "Training",
        clauses=(
            PolicyClause("a", "We train.", Practised.WE_DO),
            PolicyClause("b", "We juggle.", Practised.NOT_HERE),
            PolicyClause("c", "We wait."),
        ),
    )
    form = PolicyForm((section,))

    quiet, listed = (laid_out(replace(form, list_not_here=there), ())[5].sections[0] for there in (False, True))

    assert [(clause.number, clause.text) for clause in quiet.clauses] == [("6.1.1", "We train.")]
    assert quiet.not_here == ()
    assert listed.not_here == ("We juggle.",)
    assert [clause.id for _, clause in form.undecided] == ["c"]


def test_a_section_of_which_nothing_is_printed_takes_no_number():
    empty = PolicySection("e", PolicyPart.REVIEW, "Empty", clauses=(PolicyClause("x", "No.", Practised.NOT_HERE),))
    full = PolicySection("f", PolicyPart.REVIEW, "Full", "Words.")

    sections = laid_out(PolicyForm((empty, full)), ())[6].sections

    assert [(section.number, section.title) for section in sections] == [("7.1", "Full")]


def test_clauses_of_a_newer_program_come_in_undecided_and_own_words_stay():
    own = PolicyForm(
        (PolicySection("s", PolicyPart.PLAN, "Mine", "My words", (PolicyClause("a", "Mine", Practised.WE_DO),)),)
    )
    ours = PolicyForm(
        (PolicySection("s", PolicyPart.PLAN, "Ours", "Ours", (PolicyClause("a", "Ours"), PolicyClause("b", "New"))),)
    )

    merged = merged_with_ours(own, ours).section("s")

    assert (merged.title, merged.text) == ("Mine", "My words")
    assert merged.clauses == (PolicyClause("a", "Mine", Practised.WE_DO), PolicyClause("b", "New"))


# Filling in


def test_brackets_are_filled_in_and_unknown_ones_stay():
    facts = named(
        (Fact("address", "Address", "3 Elm"), Fact("entrance", "Entrance"), Fact("training cycle", "Training"))
    )

    assert filled("At [address] [sic].", facts) == "At 3 Elm [sic]."
    assert filled("[entrance: ask us] [training cycle: yearly]", facts) == "ask us yearly"
    assert filled("By [entrance].", facts) == "By (entrance: not said yet)."


def test_a_table_takes_the_place_of_its_name_alone_on_a_line():
    section = PolicySection("c", PolicyPart.CONTACTS, "Whom", "[emergency contacts]\n\nAlso: [emergency contacts].")

    body = laid_out(PolicyForm((section,)), (CONTACTS,))[2].sections[0].body

    assert body[0] is CONTACTS
    assert body[1].text == "Also: Crisis line, Lifeline, 988, 24 hours."


def test_what_the_practice_has_not_said_is_named_once():
    form = decided(PolicyForm((OURS.section("scope"), OURS.section("contacts"))))

    assert not_said_yet(form, (Fact("address", "Address"), Fact("entrance", "Entrance"))) == ("address",)


# Comparison


def test_a_changed_number_is_a_change_and_a_check_of_it_is_none():
    checked = replace(CONTACTS, rows=(("Crisis line", "Lifeline", "988", "24 hours", "09 Mar 2026"),))
    changed = replace(
        CONTACTS, rows=(("Crisis line", "Lifeline", "989", "24 hours", "never"), ("Police", "Station", "5", "", ""))
    )

    assert fact_changes((CONTACTS,), (checked,)) == ()
    first, second = fact_changes((CONTACTS,), (changed,))
    assert first.sentence == "Emergency contacts (Crisis line, Lifeline): 988 became 989"
    assert second.sentence == "Emergency contacts: added: Police, Station, 5"
    assert fact_changes((changed,), (CONTACTS,))[-1].sentence == "Emergency contacts: removed: Police, Station, 5"


def test_another_order_of_steps_is_a_change():
    steps = Fact("protocol in the office", "Protocol", rows=(("Look",), ("Call",)), numbered=True)

    (change,) = fact_changes((steps,), (replace(steps, rows=(("Call",), ("Look",))),))

    assert "order" in change.sentence


def test_added_removed_and_changed_clauses_are_told_apart():
    older = decided(OURS, "care.least")
    newer = decided(OURS, "records.facts").with_clause(
        "plan", "plan.who", lambda clause: replace(clause, text="Everybody is offered one.")
    )

    found = {(one.kind, one.where): (one.before, one.after) for one in compare_policies(older, newer, (), ()).words}

    assert set(found) == {
        (Difference.ADDED, "Level of care"),
        (Difference.REMOVED, "Client records"),
        (Difference.CHANGED, "The client's own safety plan"),
    }
    assert found[Difference.CHANGED, "The client's own safety plan"][1] == "Everybody is offered one."


def test_a_change_of_what_is_not_printed_is_no_difference():
    older = decided(OURS, "plan.who")
    newer = older.with_clause("plan", "plan.who", lambda clause: replace(clause, text="Other words"))

    assert compare_policies(older, newer, (), ()).is_none


def test_a_new_section_is_told_by_what_stands_in_it_and_a_new_title_by_both():
    older = decided(OURS)
    own = PolicySection("own", PolicyPart.SUPPORT, "Pets", "No **dogs**.", own=True)
    newer = older.with_section(own).with_section(replace(older.section("care"), title="How much care"))

    found = [(one.kind, one.where, one.before, one.after) for one in compare_policies(older, newer, (), ()).words]

    assert found == [
        (Difference.CHANGED, "How much care", "Level of care", "How much care"),
        (Difference.ADDED, "Pets", "", "No dogs."),
    ]


def test_the_line_of_the_change_log_is_suggested_from_the_comparison():
    older, newer = decided(OURS, "care.least"), decided(OURS)
    changed = replace(CONTACTS, rows=())

    assert suggested_change(None) == "First version."
    assert suggested_change(compare_policies(older, newer, (CONTACTS,), (changed,))) == (
        "Emergency contacts: removed: Crisis line, Lifeline, 988, 24 hours. Added in Level of care."
    )
    assert suggested_change(compare_policies(older, older, (), ())) == "Reviewed; nothing had to change."


def test_the_plain_text_holds_titles_tables_and_clauses_in_their_order():
    text = plain_text(laid_out(decided(OURS), (CONTACTS,)), [label_of(part) for part in PolicyPart])

    places = [text.index(words) for words in ("I. Purpose", "II. Safety", "- Crisis line, Lifeline, 988", "8.3.1")]
    assert places == sorted(places)
    assert BlockKind.BULLET.value not in text
