import time

import pytest

from safeplan_desktop.exchange.fhir_patterns import has, is_quick, units


@pytest.mark.parametrize(
    ("pattern", "held", "not_held"),
    [
        ("^phq9-q0[1-9]$", "phq9-q03", "phq9-q10"),
        ("^phq-.*-q0[1-9]$", "phq-phq9-q01", "phq9-q01"),
        ("-q(0[1-9]|1[01])-", "x-q11-y", "x-q12-y"),
        (r"^\\d+\\.\\d{2}$", "7.25", "7.2"),
        (r"^q\.[1-9]$", "q.1", "qx1"),
        ("^(a|b)?c$", "bc", "dc"),
    ],
)
def test_patterns_that_pick_link_ids_are_run(pattern, held, not_held):
    assert is_quick(pattern)
    written = pattern.replace("\\\\", "\\")
    assert has(held, written)
    assert not has(not_held, written)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*b",
        "(a{2,}){3}",
        "a*a*a*b",
        "a?" * 30 + "a" * 30,
        "(a|aa)" * 30,
        "(a)\\1",
        "(",
        "a" * 1001,
        r"\p{L}",
    ],
)
def test_patterns_that_could_try_many_ways_are_not_run(pattern):
    assert not is_quick(pattern)
    with pytest.raises(ValueError, match="long"):
        has("a" * 40, pattern)


def test_the_slowest_pattern_that_is_run_is_charged_what_it_takes():
    pattern, word = "^.*(?:aa|aa)(?:aa|aa)(?:aa|aa)(?:aa|aa)(?:aa|aa)(?:aa|aa).*b$", "a" * 200
    begun = time.thread_time()
    assert not has(word, pattern)
    assert time.thread_time() - begun < units(pattern, [word]) * 20e-6
    with pytest.raises(ValueError, match="long"):
        has("a" * 301, pattern)
