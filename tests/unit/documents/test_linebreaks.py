"""Where lines may end."""

import pytest

from safeplan_desktop.documents.linebreaks import may_break


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("one ", "two", True),
        ("one", " ", False),
        ("one", "two", False),
        ("1\u00a0", "pm", False),
        ("散", "歩", True),
        ("散", "。", False),
        ("「", "散", False),
        ("303-", "555", False),
    ],
)
def test_lines_end_only_where_a_reader_expects_it(before, after, allowed):
    assert may_break(before, after) is allowed
