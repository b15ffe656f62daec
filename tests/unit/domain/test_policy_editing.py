"""Writing the policy: steps that can be undone, our text again, the next clause that isn't decided."""

import itertools
from dataclasses import replace

import pytest

from safeplan_desktop.domain.policy import PolicyClause, PolicyForm, PolicyPart, PolicySection, Practised
from safeplan_desktop.domain.policy_editing import PolicyEditing

OURS = PolicyForm(
    (
        PolicySection(
            "a", PolicyPart.PURPOSE, "Aims", "We aim.", (PolicyClause("a1", "One"), PolicyClause("a2", "Two"))
        ),
        PolicySection("b", PolicyPart.SUPPORT, "Care", "", (PolicyClause("b1", "Three"),)),
    )
)


@pytest.fixture
def editing():
    numbers = itertools.count(1)
    return PolicyEditing(OURS, OURS, lambda: f"own-{next(numbers)}")


def test_typing_in_one_place_is_one_step_and_another_place_begins_a_new_one(editing):
    for text in ("M", "Mi", "Mine"):
        editing.set_text("a", "Aims", text)
    editing.set_clause("a", "a1", "Uno")

    editing.undo()
    assert (editing.form.section("a").text, editing.form.section("a").clauses[0].text) == ("Mine", "One")
    editing.undo()
    assert editing.form == OURS
    assert not editing.can_undo
    editing.undo()
    assert editing.form == OURS


def test_what_changes_nothing_is_no_step(editing):
    editing.set_text("a", "Aims", "We aim.")
    editing.decide("a", "a1", None)
    assert not editing.can_undo


def test_our_text_comes_back_and_decisions_and_own_clauses_stay(editing):
    editing.decide("a", "a2", Practised.NOT_HERE)
    own = editing.add_clause("a")
    editing.set_clause("a", own, "Mine")
    editing.set_text("a", "Ziele", "Wir zielen.")
    editing.set_clause("a", "a1", "Eins")
    assert editing.differs_from_ours("a")

    editing.back_to_ours("a")

    section = editing.form.section("a")
    assert not editing.differs_from_ours("a")
    assert (section.title, section.text) == ("Aims", "We aim.")
    assert section.clauses == (
        PolicyClause("a1", "One"),
        PolicyClause("a2", "Two", Practised.NOT_HERE),
        PolicyClause("own-1", "Mine", Practised.WE_DO, own=True),
    )


def test_own_clauses_and_sections_can_go_and_ours_can_not(editing):
    section = editing.add_section(PolicyPart.PLAN, " Pets ")
    clause = editing.add_clause(section)
    assert [one.title for one in editing.form.of_part(PolicyPart.PLAN)] == ["Pets"]
    editing.remove_clause(section, clause)
    editing.remove_section(section)
    editing.remove_clause("a", "a1")
    editing.remove_section("a")
    assert editing.form == OURS


def test_the_next_open_clause_is_found_from_a_place_on_and_around_the_end(editing):
    assert editing.next_undecided("a") == ("a", "a1")
    assert editing.next_undecided("a", "a1") == ("a", "a2")
    assert editing.next_undecided("b", "b1") == ("a", "a1")
    for section, clause in (("a", "a1"), ("a", "a2")):
        editing.decide(section, clause, Practised.WE_DO)
    assert editing.next_undecided("a", "a2") == ("b", "b1")
    editing.decide("b", "b1", Practised.NOT_HERE)
    assert editing.next_undecided("a") is None


def test_an_empty_clause_is_nothing_to_decide(editing):
    editing.set_clause("b", "b1", "  ")
    assert [clause.id for _, clause in editing.form.undecided] == ["a1", "a2"]


def test_listing_what_is_not_practised_is_a_step(editing):
    editing.list_not_here(on=True)
    assert editing.form == replace(OURS, list_not_here=True)
    editing.undo()
    assert editing.form == OURS
