"""Rich text of the small kind: what is typed comes back as it was, and nothing beyond the subset is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeplan_desktop.domain.rich_text import Block, BlockKind, Run, blocks_of, markdown_of, numbered, plain_of


def test_headings_lists_and_bold_are_read():
    text = "## Exits\n\nKeep the **door** free.\n\n- one\n- two **loud**\n\n1. first\n2. second"

    blocks = blocks_of(text)

    assert [(block.kind, block.text, block.number) for block in blocks] == [
        (BlockKind.HEADING, "Exits", 0),
        (BlockKind.PARAGRAPH, "Keep the door free.", 0),
        (BlockKind.BULLET, "one", 0),
        (BlockKind.BULLET, "two loud", 0),
        (BlockKind.NUMBER, "first", 1),
        (BlockKind.NUMBER, "second", 2),
    ]
    assert blocks[1].runs == (Run("Keep the "), Run("door", bold=True), Run(" free."))
    assert markdown_of(blocks) == text


@pytest.mark.parametrize(
    "typed", ["<b>x</b>", "[a](http://b)", "![a](b)", "`x`", "    indented", "| a | b |", "> said"]
)
def test_whatever_else_markdown_has_stays_the_letters_that_were_typed(typed):
    assert plain_of(typed) == typed.strip()


@pytest.mark.parametrize("typed", ["1. a", "- x", "# h", "a*b*c", "1) q", "+ s", "__x__", "\\n", "3.", "*", "a_b_c"])
def test_typed_marks_never_become_a_list_or_a_heading(typed):
    blocks = (Block(BlockKind.PARAGRAPH, (Run(typed),)),)

    assert blocks_of(markdown_of(blocks)) == blocks


_RUNS = st.lists(
    st.builds(Run, st.text(st.sampled_from("ab*_#-1.) \\[]("), min_size=1, max_size=6), st.booleans()), max_size=4
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.builds(Block, st.sampled_from(BlockKind), _RUNS.map(tuple)), max_size=5))
def test_any_words_in_any_look_come_back_as_they_were(blocks):
    kept = [block for block in blocks if block.text.strip()]

    again = blocks_of(markdown_of(numbered(kept)))

    assert [(block.kind, block.text) for block in again] == [(block.kind, block.text.strip()) for block in kept]
