"""What differs between two versions of a plan."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.plan_comparison import Difference, compare_plans
from safeplan_desktop.domain.plan_comparison_words import words_of, words_of_languages, words_of_number
from safeplan_desktop.domain.plans import CrisisNumber, PlanForm, PlanItem, PlanSection, SectionKey

COPING, HELPERS = SectionKey.COPING, SectionKey.HELPERS


def form(*items: PlanItem, key: SectionKey = COPING, **changes) -> PlanForm:
    return replace(PlanForm("c").with_section(PlanSection(key, items)), **changes)


def kinds(older: PlanForm, newer: PlanForm) -> list[tuple[Difference, str]]:
    return [(e.kind, (e.after or e.before).text) for e in compare_plans(older, newer).entries]


A, B, C, D = (PlanItem(letter, f"entry {letter}") for letter in "abcd")


def test_two_versions_that_say_the_same_differ_in_nothing():
    assert compare_plans(form(A, B), form(A, B)).is_none


def test_what_is_only_in_one_of_them_was_added_or_removed():
    assert kinds(form(A, B), form(B, C)) == [(Difference.ADDED, "entry c"), (Difference.REMOVED, "entry a")]


def test_a_changed_entry_names_its_fields_before_and_after():
    newer = replace(A, text="entry A, at night", phone="988", leave_message=Answer.NO)
    (found,) = compare_plans(form(A), form(newer)).entries
    assert found.fields == ("text", "phone", "leave_message")
    head, *more = words_of(found)
    assert head == "entry A, at night, 988"
    assert more == [
        "words: entry a → entry A, at night",
        "phone: nothing → 988",
        "safe to leave a message: not asked → no",
    ]


def test_the_fewest_entries_are_called_moved():
    assert kinds(form(A, B, C, D), form(B, C, D, A)) == [(Difference.MOVED, "entry a")]


def test_an_entry_that_went_to_another_section_was_moved_from_there():
    (found,) = compare_plans(form(A), form(A, key=SectionKey.DISTRACTION)).entries
    assert (found.kind, found.section, found.moved_from) == (Difference.MOVED, SectionKey.DISTRACTION, COPING)
    assert "from “What I can do by myself”" in words_of(found)[0]


def test_the_same_words_are_the_same_entry_after_a_beginning_from_blank():
    again = PlanItem("new", " Entry A ")
    assert [kind for kind, _ in kinds(form(A), form(again))] == [Difference.CHANGED]
    assert compare_plans(form(A), form(replace(again, text="entry a"))).is_none


def test_a_section_that_was_set_aside_says_so_and_back():
    aside = form(A).with_section(PlanSection(COPING, (A,), not_for_me=True))
    (found,) = compare_plans(form(A), aside).entries
    assert found.kind is Difference.SET_ASIDE
    assert "not for the client" in words_of(found)[0]
    assert compare_plans(aside, form(A)).entries[0].kind is Difference.TAKEN_UP


def test_only_confirmed_numbers_are_compared():
    older = form(A, crisis_numbers=(CrisisNumber("Lifeline", "988", confirmed=True),))
    newer = form(A, crisis_numbers=(CrisisNumber("Lifeline", "988"), CrisisNumber("Team", "555", confirmed=True)))
    found = compare_plans(older, newer).numbers
    assert [(n.kind, words_of_number(n)) for n in found] == [
        (Difference.ADDED, "Team, 555"),
        (Difference.REMOVED, "Lifeline, 988"),
    ]


ITEMS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@given(ITEMS, ITEMS)
def test_the_differences_explain_the_newer_version_whole(before, after):
    older, newer = (form(*(PlanItem(letter, letter) for letter in letters)) for letters in (before, after))
    found = compare_plans(older, newer).entries
    by_kind = {kind: {(e.after or e.before).text for e in found if e.kind is kind} for kind in Difference}
    assert by_kind[Difference.ADDED] == set(after) - set(before)
    assert by_kind[Difference.REMOVED] == set(before) - set(after)
    moved = by_kind[Difference.MOVED]
    kept = [letter for letter in before if letter in after and letter not in moved]
    assert kept == [letter for letter in after if letter in before and letter not in moved]


def test_another_printed_language_is_a_difference():
    found = compare_plans(form(A), form(A, language="vi"))
    assert found.language == ("en", "vi")
    assert not found.is_none
    assert words_of_languages(found.language, {"en": "English"}) == "English \u2192 vi"
