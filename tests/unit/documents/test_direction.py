"""Reading directions, held against another implementation of the same algorithm (python-bidi's, in Rust)."""

import unicodedata

from bidi import get_display
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safeplan_desktop.documents import direction

_LETTERS = st.text(alphabet="abc אבג عمر 12 ٣ ,.()[]+-:", max_size=20)


def displayed(text: str, *, right_to_left: bool) -> str:
    levels = direction.levels([text], right_to_left=right_to_left)
    end = len(text)
    while end and unicodedata.bidirectional(text[end - 1]) == "WS":
        end -= 1
        levels[end] = int(right_to_left)
    return "".join(text[index] for index in direction.visual_order(levels))


@settings(max_examples=150, deadline=None)
@given(text=_LETTERS, right_to_left=st.booleans())
def test_any_mixture_of_directions_stands_as_another_implementation_orders_it(text, right_to_left):
    assume(not direction._PHONE.search(text))

    assert displayed(text, right_to_left=right_to_left) == get_display(text, base_dir="R" if right_to_left else "L")


def test_a_phone_number_between_hebrew_words_keeps_its_order():
    shown = displayed("דנה 303-555 0117 בערב", right_to_left=True)

    assert "303-555 0117" in shown


def test_a_leading_plus_stays_before_its_number():
    assert "+1 303 555 0117" in displayed("مريم +1 303 555 0117", right_to_left=True)


def test_each_span_keeps_its_own_direction():
    name, phone = "مريم العلي", "303 555 0117"

    levels = direction.levels([name, "  ", phone], right_to_left=False)

    assert all(level % 2 for level in levels[: len(name)])
    assert not any(level % 2 for level in levels[-len(phone) :])


def test_the_first_letter_with_a_direction_decides():
    assert direction.is_right_to_left("12 (שרה) and Ana")
    assert not direction.is_right_to_left("12 Ana (שרה)")
    assert not direction.is_right_to_left("123")


def test_languages_written_from_right_to_left_are_known():
    assert direction.is_right_to_left_language("ar-EG")
    assert not direction.is_right_to_left_language("es")


def test_isolates_and_overrides_in_typed_text_do_no_harm():
    text = "a\u2067ב\u2069 \u202eabc\u202c \u200f!"

    assert len(direction.levels([text], right_to_left=False)) == len(text)
