"""ProQOL 5: sub-scales, reverse items and raw bands as published; nothing is scored that isn't whole."""

import datetime as dt

import pytest

from safeplan_desktop.domain.proqol import (
    BANDS,
    ITEMS_OF,
    REVERSED,
    ProqolEntry,
    ProqolForm,
    SubScale,
    band,
    check_proqol,
    score,
    series_of,
)
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services import reference

SATISFACTION, BURNOUT, STRESS = SubScale.SATISFACTION, SubScale.BURNOUT, SubScale.SECONDARY_STRESS


def _scores(answers):
    return [score(answers, scale) for scale in (SATISFACTION, BURNOUT, STRESS)]


@pytest.mark.parametrize(
    ("answer", "expected"), [(3, [30, 30, 30]), (5, [50, 30, 50]), (1, [10, 30, 10])], ids=["threes", "fives", "ones"]
)
def test_the_published_vectors(answer, expected):
    assert _scores([answer] * 30) == expected


def test_threes_are_moderate_on_all_three():
    assert {band(raw) for raw in _scores([3] * 30)} == {"Moderate"}


def test_burnout_reaches_its_ends_only_with_the_reverse_items_the_other_way():
    highest = [1 if number in REVERSED else 5 for number in range(1, 31)]
    lowest = [5 if number in REVERSED else 1 for number in range(1, 31)]
    assert score(highest, BURNOUT) == 50
    assert score(lowest, BURNOUT) == 10


def test_every_item_belongs_to_one_sub_scale_and_all_reverse_items_to_burnout():
    assert sorted(item for items in ITEMS_OF.values() for item in items) == list(range(1, 31))
    assert {len(items) for items in ITEMS_OF.values()} == {10}
    assert {1, 4, 15, 17, 29} == REVERSED
    assert set(ITEMS_OF[BURNOUT]) >= REVERSED


@pytest.mark.parametrize("number", range(1, 31))
def test_each_item_moves_just_its_own_sub_scale_and_reverse_items_the_other_way(number):
    answers = [3] * 30
    answers[number - 1] = 4
    (scale,) = [one for one, items in ITEMS_OF.items() if number in items]
    moved = {one: score(answers, one) - 30 for one in SubScale}
    assert moved == dict.fromkeys(SubScale, 0) | {scale: -1 if number in REVERSED else 1}


@pytest.mark.parametrize(
    ("raw", "words"), [(10, "Low"), (22, "Low"), (23, "Moderate"), (41, "Moderate"), (42, "High"), (50, "High")]
)
def test_the_raw_bands(raw, words):
    assert band(raw) == words


def test_the_bands_leave_no_gap():
    assert [(one.lowest, one.highest) for one in BANDS] == [(10, 22), (23, 41), (42, 50)]


@pytest.mark.parametrize("answers", [(), (3,) * 29, (*(3,) * 29, None), (3,) * 31, (0, *(3,) * 29), (6, *(3,) * 29)])
def test_what_is_incomplete_or_out_of_range_gives_no_score(answers):
    assert _scores(answers) == [None, None, None]


def test_what_is_incomplete_isnt_kept_and_the_missing_items_are_named():
    answers = [3] * 30
    answers[6] = answers[20] = None
    with pytest.raises(InvalidInputError, match="items 7, 21 have no answer") as caught:
        check_proqol(ProqolForm(tuple(answers)))
    assert caught.value.field == "answers"
    with pytest.raises(InvalidInputError, match="1 to 5"):
        check_proqol(ProqolForm((9, *(3,) * 29)))


def test_over_time_the_oldest_comes_first_and_only_for_satisfaction_more_is_better():
    days = [dt.date(2026, 3, 2), dt.date(2025, 9, 1)]
    entries = [ProqolEntry(str(n), day, ProqolForm((3 + n,) * 30)) for n, day in enumerate(days)]
    series = series_of(entries, SATISFACTION, "Satisfaction", "s")
    assert [(one.day, one.value, one.band) for one in series.occasions] == [
        (days[1], 40, "Moderate"),
        (days[0], 30, "Moderate"),
    ]
    assert series.higher_is_better
    assert not series_of(entries, BURNOUT, "Burnout", "s").higher_is_better


def test_our_labels_are_thirty_short_ones_and_the_author_is_credited():
    texts = reference.proqol_texts()
    assert len(texts.items) == len(set(texts.items)) == 30
    assert all(len(label.split()) <= 8 and not label.startswith("I ") for label in texts.items)
    assert "Stamm" in texts.credit
    assert "22" in texts.source
    assert "42" in texts.source
