from __future__ import annotations

import random
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeplan_desktop.errors import WrongRecoveryWordsError
from safeplan_desktop.security.recovery_words import challenge, check_challenge, key_of, word_list, words_of

FEW = settings(max_examples=30)

KEYS = st.binary(min_size=32, max_size=32)

# The published test vectors of BIP-39 that have 256 bits.
VECTORS = [
    ("00" * 32, "abandon " * 23 + "art"),
    (
        "7f" * 32,
        "legal winner thank year wave sausage worth useful " * 2 + "legal winner thank year wave sausage worth title",
    ),
    (
        "80" * 32,
        "letter advice cage absurd amount doctor acoustic avoid " * 2
        + "letter advice cage absurd amount doctor acoustic bless",
    ),
    ("ff" * 32, "zoo " * 23 + "vote"),
    (
        "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c",
        """hamster diagram private dutch cause delay private meat slide toddler razor book
        happy fancy gospel tennis maple dilemma loan word shrug inflict delay length""",
    ),
    (
        "9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863",
        """panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich
        alcohol speed nation flash devote level hobby quick inner drive ghost inside""",
    ),
    (
        "066dca1a2bb7e8a1db2832148ce9933eea0f3ac9548d793112d9a95c9407efad",
        """all hour make first leader extend hole alien behind guard gospel lava
        path output census museum junior mass reopen famous sing advance salt reform""",
    ),
    (
        "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f",
        """void come effort suffer camp survey warrior heavy shoot primary clutch crush
        open amazing screen patrol group space point ten exist slush involve unfold""",
    ),
]
HAMSTER = VECTORS[4]


@pytest.mark.parametrize(("key", "words"), VECTORS)
def test_the_published_vectors_hold_in_both_directions(key, words):
    assert list(words_of(bytes.fromhex(key))) == words.split()
    assert key_of(words).hex() == key


@FEW
@given(KEYS)
def test_words_lead_back_to_their_key(key):
    words = words_of(key)
    assert len(words) == 24
    assert key_of(" ".join(words)) == key


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_words_stand_for_thirty_two_bytes(size):
    with pytest.raises(ValueError, match="32 bytes"):
        words_of(bytes(size))


def numbered(words: list[str], pattern: str, joint: str) -> str:
    return joint.join(pattern.format(number, word) for number, word in enumerate(words, start=1))


@pytest.mark.parametrize(
    ("pattern", "joint"),
    [
        ("{0}. {1}", "\n"),
        ("{0}.{1}", "  "),
        ("{0}) {1}", "\r\n"),
        ("({0}) {1}", ", "),
        ("{0}: {1};", "\t"),
        ("{0}{1}", "\u00a0"),
        ("{1}{0}", " "),
        ("{1}", ","),
        ("{1}", "-"),
        ("“{1}”", "…"),
        ("  {1}\u200b", "\n\n\n"),
    ],
)
def test_numbers_and_punctuation_are_forgiven(pattern, joint):
    key, words = HAMSTER
    assert key_of(numbered(words.split(), pattern, joint)).hex() == key


@pytest.mark.parametrize(
    "alter",
    [
        str.upper,
        str.title,
        lambda words: " ".join(word[:4] for word in words.split()),
        lambda words: words.replace("o", "ö").replace("e", "é"),
        lambda words: words.replace("a", "\uff41"),  # A full-width letter, as some keyboards send it.
        lambda words: f"\ufeff {words}\n",
    ],
)
def test_capitals_accents_and_short_forms_are_forgiven(alter):
    key, words = HAMSTER
    assert key_of(alter(words)).hex() == key


def test_a_word_of_the_list_is_never_taken_for_the_beginning_of_a_longer_one():
    assert "add" in word_list()
    assert "addict" in word_list()
    assert all(check_challenge([word], {1: word}) == () for word in word_list())


def test_every_beginning_of_four_letters_is_enough():
    assert all(check_challenge([word], {1: word[:4]}) == () for word in word_list())


def test_three_letters_are_not_enough():
    words = HAMSTER[1].split()
    words[6] = "pri"
    with pytest.raises(WrongRecoveryWordsError, match="Word 7 isn't on the list"):
        key_of(" ".join(words))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ([7], "Word 7 isn't on the list of recovery words."),
        ([3, 24], "Words 3 and 24 aren't on the list of recovery words."),
        ([1, 2, 9], "Words 1, 2 and 9 aren't on the list of recovery words."),
        ([1, 2, 3, 4, 5, 6, 8], "Words 1, 2, 3, 4, 5 and 2 more aren't on the list of recovery words."),
    ],
)
def test_unknown_words_are_named_by_their_number_and_not_repeated(wrong, sentence):
    words = HAMSTER[1].split()
    for number in wrong:
        words[number - 1] = f"secretive{number}x"
    with pytest.raises(WrongRecoveryWordsError) as caught:
        key_of(" ".join(words))
    assert caught.value.what == sentence
    assert "secretive" not in caught.value.sentences


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("", 0),
        ("1. 2. 3.", 0),
        ("zoo", 1),
        ("zoo " * 23, 23),
        ("zoo " * 25, 25),
        ("abandon " * 11 + "about", 12),
    ],
)
def test_another_number_of_words_is_told(typed, count):
    with pytest.raises(WrongRecoveryWordsError) as caught:
        key_of(typed)
    assert caught.value.what == f"There are 24 recovery words, and you typed {count}."


def test_words_in_another_order_do_not_fit_together():
    words = HAMSTER[1].split()
    words[0], words[1] = words[1], words[0]
    with pytest.raises(WrongRecoveryWordsError) as caught:
        key_of(" ".join(words))
    assert "changed places" in caught.value.what
    assert "hamster" not in caught.value.sentences


@FEW
@given(KEYS, st.integers(0, 23), st.integers(1, 2047))
def test_a_word_exchanged_for_another_is_never_taken_silently_for_the_same_key(key, place, step):
    words = list(words_of(key))
    listed = word_list()
    words[place] = listed[(listed.index(words[place]) + step) % 2048]
    try:
        other = key_of(" ".join(words))
    except WrongRecoveryWordsError:
        return  # As 255 of 256 are.
    assert other != key


@FEW
@given(st.text(max_size=200))
def test_any_text_gives_a_key_or_a_sentence(text):
    with pytest.raises(WrongRecoveryWordsError):
        key_of(text)


@FEW
@given(st.randoms(use_true_random=False))
def test_three_different_words_are_asked_back(rng):
    words = words_of(bytes(32))
    asked = challenge(words, rng)
    assert len(set(asked)) == 3
    assert list(asked) == sorted(asked)
    assert set(asked) <= set(range(1, 25))


def test_every_word_can_be_asked_and_true_chance_will_do():
    words = words_of(bytes(32))
    rng = random.Random(5)
    asked = {position for _ in range(200) for position in challenge(words, rng)}
    assert asked == set(range(1, 25))
    assert len(challenge(words, secrets)) == 3


def test_right_answers_pass_and_wrong_ones_are_named():
    words = HAMSTER[1].split()
    assert check_challenge(words, {1: "hamster", 7: " Private ", 24: "24. LENG"}) == ()
    assert check_challenge(words, {24: "lenght", 7: "private", 1: "hamsters"}) == (1, 24)
    assert check_challenge(words, {3: "", 4: "dutch cause", 5: "delay"}) == (3, 4, 5)
    assert check_challenge(words, {0: "hamster", 25: "length", -1: "length"}) == (-1, 0, 25)
