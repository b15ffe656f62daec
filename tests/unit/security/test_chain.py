from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeplan_desktop.security.chain import GENESIS, ChainProblem, content_hash, is_hash, link, verify

FEW = settings(max_examples=30)

CONTENTS = st.lists(st.binary(max_size=20), min_size=1, max_size=12)


def chain_of(contents):
    links, before = [], GENESIS
    for canonical in contents:
        own = link(before, canonical)
        links.append((before, own, canonical))
        before = own
    return links


def test_genesis_is_sixty_four_zeros():
    assert GENESIS == "0" * 64


def test_a_link_covers_the_hash_before_it_and_its_own_bytes():
    assert link(GENESIS, b"row") == hashlib.sha256(b"0" * 64 + b"row").hexdigest()


def test_a_content_hash_is_sha_256():
    assert content_hash(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "A" * 64, "g" * 64, "0" * 63 + "\n", "٣" * 64])
def test_only_a_hash_can_stand_before_a_link(text):
    assert not is_hash(text)
    with pytest.raises(ValueError, match="64 hex digits"):
        link(text, b"row")


@FEW
@given(CONTENTS)
def test_a_chain_as_written_holds(contents):
    assert verify(chain_of(contents)) is None


def test_an_empty_chain_holds():
    assert verify([]) is None


@FEW
@given(CONTENTS, st.data())
def test_a_changed_content_is_found_where_it_is(contents, data):
    links = chain_of(contents)
    at = data.draw(st.integers(0, len(links) - 1))
    before, own, canonical = links[at]
    links[at] = (before, own, canonical + b"!")
    assert verify(links) == ChainProblem(at, "isn't what was written")


@FEW
@given(CONTENTS, st.data())
def test_a_recomputed_link_is_found_at_the_next_one(contents, data):
    links = chain_of([*contents, b"last"])
    at = data.draw(st.integers(0, len(links) - 2))
    before, _, canonical = links[at]
    links[at] = (before, link(before, canonical + b"!"), canonical + b"!")
    assert verify(links) == ChainProblem(at + 1, "doesn't follow the one before it")


@FEW
@given(CONTENTS, st.data())
def test_a_removed_link_is_found(contents, data):
    links = chain_of([*contents, b"last"])
    at = data.draw(st.integers(0, len(links) - 2))
    del links[at]
    assert verify(links) == ChainProblem(at, "doesn't follow the one before it")


def test_two_links_that_changed_places_are_found():
    links = chain_of([b"one", b"two", b"three"])
    links[1], links[2] = links[2], links[1]
    assert verify(links) == ChainProblem(1, "doesn't follow the one before it")


def test_a_chain_that_does_not_begin_at_the_beginning_is_found():
    assert verify(chain_of([b"one", b"two"])[1:]) == ChainProblem(0, "doesn't follow the one before it")


def test_links_are_taken_one_by_one():
    links = iter([*chain_of([b"one"]), ("wrong", "wrong", b""), ("never", "reached", b"")])
    assert verify(links) is not None
    assert next(links) == ("never", "reached", b"")
