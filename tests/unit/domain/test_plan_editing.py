"""Undo and redo across the whole plan."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan_desktop.domain.plan_editing import MOST_STEPS, PlanEditing, entries_of
from safeplan_desktop.domain.plans import PlanForm, PlanItem, PlanSection, SectionKey

COPING, HELPERS = SectionKey.COPING, SectionKey.HELPERS


def editing(*texts: str) -> PlanEditing:
    ids = count(1)
    items = tuple(PlanItem(f"i{number}", text) for number, text in enumerate(texts, start=1))
    form = PlanForm("c").with_section(PlanSection(COPING, items))
    return PlanEditing(form, lambda: f"n{next(ids)}")


def texts(plan: PlanEditing, key: SectionKey = COPING) -> list[str]:
    return [item.text for item in plan.form.section(key).items]


def test_every_section_has_a_blank_entry_to_type_in():
    plan = editing()
    assert all(len(plan.form.section(key).items) == 1 for key in SectionKey)
    assert not plan.can_undo
    assert plan.form.without_blanks().is_empty


def test_typing_on_in_one_field_is_one_step_until_a_pause():
    plan = editing("")
    for text in ("W", "Wa", "Walk"):
        plan.set_item(COPING, "i1", text=text)
    plan.pause()
    plan.set_item(COPING, "i1", text="Walk home")
    assert plan.undo()
    assert texts(plan) == ["Walk"]
    assert plan.undo()
    assert texts(plan) == [""]
    assert not plan.undo()


def test_steps_in_different_sections_come_back_in_order_and_go_again():
    plan = editing("Walk", "Swim")
    plan.move(COPING, "i2", 0)
    plan.set_item(HELPERS, plan.form.section(HELPERS).items[0].id, text="Ana")
    plan.remove(COPING, "i1")
    plan.set_not_for_me(SectionKey.REASONS, value=True)
    last = plan.form
    for _ in range(4):
        assert plan.undo()
    assert texts(plan) == ["Walk", "Swim"]
    assert texts(plan, HELPERS) == [""]
    for _ in range(4):
        assert plan.redo()
    assert plan.form == last
    assert not plan.redo()


def test_a_new_step_forgets_what_was_taken_back():
    plan = editing("Walk")
    plan.set_item(COPING, "i1", text="Swim")
    plan.undo()
    plan.set_item(COPING, "i1", text="Sing")
    assert not plan.can_redo


def test_several_pasted_lines_fill_the_blank_entry_first():
    plan = editing("Walk", "")
    plan.insert(COPING, 2, ["Swim", "Sing"])
    assert texts(plan) == ["Walk", "Swim", "Sing"]


def test_removing_the_last_entry_leaves_a_blank_one():
    plan = editing("Walk")
    plan.remove(COPING, "i1")
    assert texts(plan) == [""]


def test_a_whole_drag_is_one_step():
    plan = editing("a", "b", "c", "d")
    for target in (2, 1, 0):
        plan.move(COPING, "i4", target, merge="drag.i4")
    assert texts(plan) == ["d", "a", "b", "c"]
    plan.undo()
    assert texts(plan) == ["a", "b", "c", "d"]


def test_moving_past_the_end_is_no_step():
    plan = editing("a", "b")
    assert not plan.move(COPING, "i2", 5)
    assert not plan.can_undo


def test_a_section_of_the_last_version_adds_only_what_isnt_there():
    plan = editing("Walk")
    plan.take_section(PlanSection(COPING, (PlanItem("i1", "Swim"), PlanItem("o2", "walk "), PlanItem("o3", " "))))
    assert texts(plan) == ["Walk", "Swim"]
    ids = [item.id for item in plan.form.section(COPING).items]
    assert len(set(ids)) == 2
    plan.undo()
    assert texts(plan) == ["Walk"]


def test_the_oldest_steps_are_forgotten_first():
    plan = editing("")
    for number in range(MOST_STEPS + 5):
        plan.set_item(COPING, "i1", text=str(number))
        plan.pause()
    taken = 0
    while plan.undo():
        taken += 1
    assert taken == MOST_STEPS
    assert texts(plan) == ["4"]


STEP = st.one_of(
    st.tuples(st.just("type"), st.integers(0, 5), st.text(max_size=5)),
    st.tuples(st.just("insert"), st.integers(0, 5), st.text(max_size=5)),
    st.tuples(st.just("remove"), st.integers(0, 5), st.just("")),
    st.tuples(st.just("move"), st.integers(0, 5), st.sampled_from(["0", "3"])),
    st.tuples(st.just("aside"), st.integers(0, 1), st.just("")),
    st.tuples(st.just("undo"), st.just(0), st.just("")),
    st.tuples(st.just("redo"), st.just(0), st.just("")),
)


@given(st.lists(STEP, max_size=30))
def test_undoing_everything_gives_the_beginning_and_redoing_everything_the_end(steps):
    plan = editing("a", "b")
    beginning = plan.form
    for kind, number, text in steps:
        items = plan.form.section(COPING).items
        item = items[number % len(items)]
        if kind == "type":
            plan.set_item(COPING, item.id, text=text)
        elif kind == "insert":
            plan.insert(COPING, number, [text])
        elif kind == "remove":
            plan.remove(COPING, item.id)
        elif kind == "move":
            plan.move(COPING, item.id, int(text))
        elif kind == "aside":
            plan.set_not_for_me(COPING, value=bool(number))
        elif kind == "undo":
            plan.undo()
        else:
            plan.redo()
    while plan.redo():
        pass
    end = plan.form
    while plan.undo():
        pass
    assert plan.form == beginning
    while plan.redo():
        pass
    assert plan.form == end


def test_entries_of_no_section_are_an_error_of_the_caller():
    with pytest.raises(StopIteration):
        editing("a").move(COPING, "nobody", 0)


def test_the_marks_of_a_pasted_list_dont_become_words_of_the_plan():
    assert entries_of("- Walk\n\u2022 Music\n\n  \u2013 Tea") == ["Walk", "Music", "Tea"]
    assert entries_of("1. Walk\n2) Music") == ["Walk", "Music"]
    assert entries_of("1. Walk\n10 minutes of music") == ["1. Walk", "10 minutes of music"]
    assert entries_of("1. Walk\n- Music\n2) Tea") == ["Walk", "Music", "Tea"]
    assert entries_of("- not a list") == ["- not a list"]
    assert entries_of("-5 degrees outside\nTea") == ["-5 degrees outside", "Tea"]
