from __future__ import annotations

import random
import secrets
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zxcvbn_rs_py import Warning as Pattern

from safeplan_desktop.errors import WeakPassphraseError
from safeplan_desktop.security.passphrase import (
    _REASONS,
    FAIR_LOG10,
    Verdict,
    ensure_strong,
    generate_passphrase,
    strength_of,
)
from safeplan_desktop.security.recovery_words import word_list

FEW = settings(max_examples=30)


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("password", "very first"),
        ("monkey", "first hundred"),
        ("qwertyuiop", "first hundred"),
        ("aaaaaaaaaaaaaaaaaaaa", "one character many times"),
        ("hunter2hunter2", "repeating a part"),
        ("Summer2024!", "much like one that many people use"),
        ("abcdefghijklmnop", "sequences"),
        ("Tr0ub4dor&3", "Too easy to guess. Add"),
        ("correct horse", "Too easy to guess. Add"),
        ("1", "Too easy"),
        ("😀", "Too easy"),
        ("a" * 5_000, "one character many times"),
    ],
)
def test_a_passphrase_that_could_be_guessed_is_refused_with_the_reason(passphrase, reason):
    strength = strength_of(passphrase)
    assert strength.verdict is Verdict.TOO_WEAK
    assert not strength.acceptable
    assert strength.guesses_log10 < FAIR_LOG10
    assert reason in strength.sentence
    assert "suggested passphrase of six words" in strength.sentence
    with pytest.raises(WeakPassphraseError) as caught:
        ensure_strong(passphrase)
    assert caught.value.what == strength.sentence


@pytest.mark.parametrize("passphrase", ["", " ", "\t\n", "\u00a0" * 30])
def test_a_blank_passphrase_is_asked_for_not_judged(passphrase):
    strength = strength_of(passphrase)
    assert strength.verdict is Verdict.TOO_WEAK
    assert strength.guesses_log10 == 0
    assert strength.sentence.startswith("Type a passphrase")
    with pytest.raises(WeakPassphraseError):
        ensure_strong(passphrase)


@pytest.mark.parametrize(
    ("passphrase", "verdict"),
    [
        ("gardenias in the rain", Verdict.FAIR),
        ("x7Rq2mVb9KtLw4", Verdict.FAIR),
        ("correct horse battery staple", Verdict.STRONG),
        ("Ünïcödé pässwörd läng", Verdict.STRONG),
    ],
)
def test_a_passphrase_that_stands_is_accepted(passphrase, verdict):
    strength = strength_of(passphrase)
    assert strength.verdict is verdict
    assert strength.acceptable
    ensure_strong(passphrase)


def test_what_a_thief_may_know_counts_for_nothing():
    passphrase = "Guadalupe Szymborska-Oyelaran"
    assert strength_of(passphrase).acceptable
    known = ["Dr. Guadalupe Szymborska-Oyelaran", "Quiet Harbour Practice", ""]
    assert not strength_of(passphrase, known).acceptable
    with pytest.raises(WeakPassphraseError):
        ensure_strong(passphrase, known)


def test_a_name_of_several_words_counts_for_nothing_as_a_whole():
    passphrase = "quiet harbour practice 7"
    alone = strength_of(passphrase).guesses_log10
    assert strength_of(passphrase, [" Quiet Harbour Practice "]).guesses_log10 < alone - 4


def test_only_the_beginning_of_a_very_long_passphrase_is_judged():
    assert not strength_of("a" * 64 + "correct horse battery staple").acceptable
    assert strength_of("correct horse battery staple" + "a" * 500).acceptable


def test_half_a_character_does_no_harm():
    assert strength_of("correct horse\ud83d battery staple", ["\udc00 Lee"]).acceptable


def test_short_and_countless_personal_texts_do_no_harm():
    assert strength_of("correct horse battery staple", ["a", "of", *(str(n) * 5 for n in range(1000))]).acceptable


@FEW
@given(
    st.text(alphabet=st.characters(exclude_categories=[]), max_size=80),
    st.lists(st.text(max_size=12), max_size=3),
)
def test_any_text_gets_a_verdict(passphrase, personal):
    strength = strength_of(passphrase, personal)
    assert 0 <= strength.guesses_log10 < 20
    assert strength.sentence.endswith(".")


def test_every_pattern_the_library_finds_has_words_of_ours():
    patterns = [pattern for name in dir(Pattern) if isinstance(pattern := getattr(Pattern, name), Pattern)]
    ours = [pattern for pattern, _ in _REASONS]
    assert len(patterns) == len(ours) == 14
    assert all(pattern in ours for pattern in patterns)


def test_the_verdict_is_ready_before_the_next_key():
    long = generate_passphrase(random.Random(1), words=200)
    times = []
    for _ in range(5):
        began = time.thread_time()
        strength_of(long, ["Guadalupe Szymborska-Oyelaran"])
        times.append(time.thread_time() - began)
    assert min(times) < 0.02


def test_a_generated_passphrase_is_six_words_of_the_list_and_strong():
    for _ in range(20):
        passphrase = generate_passphrase(secrets)
        words = passphrase.split(" ")
        assert len(words) == 6
        assert set(words) <= set(word_list())
        assert strength_of(passphrase).verdict is Verdict.STRONG


def test_chance_decides_every_word():
    rng = random.Random(11)
    assert generate_passphrase(rng) != generate_passphrase(rng)
    assert len(generate_passphrase(rng, words=9).split()) == 9
    assert generate_passphrase(random.Random(2)) == generate_passphrase(random.Random(2))
