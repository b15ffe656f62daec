"""The limits of answers: read where they can be held to, and named where they can't."""

import pytest
from support.questionnaires import CORE, as_bytes, question, questionnaire

from safeplan_desktop.services import questionnaires


def limited(kind, **limits):
    name = {"integer": "Integer", "decimal": "Decimal", "date": "Date", "dateTime": "DateTime", "time": "Time"}
    value = f"value{name.get(kind, 'Integer')}"
    return [{"url": CORE + url, value: limit} for url, limit in limits.items()]


def read(kind, more=None, **limits):
    found = questionnaires.read(
        as_bytes(questionnaire(question("q", kind, extension=limited(kind, **limits), **(more or {}))))
    )
    return found.questions[0], [one for one in found.warnings if "“" in one or "limit" in one], found.kept


@pytest.mark.parametrize(
    ("kind", "low", "high", "kept"),
    [
        ("integer", 0, 10, (0, 10, "", "")),
        ("decimal", -1.5, 2.5, (-1.5, 2.5, "", "")),
        ("date", "2025-01-01", "2025-12-31", (None, None, "2025-01-01", "2025-12-31")),
        ("date", "2025-03-01", "2025", (None, None, "2025-03-01", "2025")),
        ("dateTime", "2025-01-01T08:00:00Z", "2025-12", (None, None, "2025-01-01T08:00:00", "2025-12")),
        ("time", "08:00:00", "20:00:00", (None, None, "08:00:00", "20:00:00")),
        ("integer", 5, 5, (5, 5, "", "")),
    ],
)
def test_limits_that_can_be_held_to_are_kept(kind, low, high, kept):
    found, warnings, _ = read(kind, minValue=low, maxValue=high)
    assert (found.lowest, found.highest, found.earliest, found.latest) == kept
    assert warnings == []


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        ("integer", 10, 0),
        ("date", "2025-12-31", "2025-01-01"),
        ("date", "2026-03-01", "2025"),
        ("time", "20:00:00", "08:00:00"),
    ],
)
def test_limits_that_contradict_each_other_are_named(kind, low, high):
    found, warnings, _ = read(kind, minValue=low, maxValue=high)
    assert (found.lowest, found.highest, found.earliest, found.latest) == (None, None, "", "")
    assert warnings == [f"The limits of question q contradict each other (“{low}” to “{high}”) and are left out."]


@pytest.mark.parametrize(
    ("kind", "limit", "why"),
    [
        ("date", "2025-02-30", "is to be “2025-02-30”, which is no date"),
        ("dateTime", "soon", "is to be “soon”, which is no date"),
        ("time", "25:00:00", "is to be “25:00:00”, which is no time of day"),
        ("integer", "ten", "is to be “ten”, which is no number"),
        ("date", 7, "is to be “7”, which is no date"),
    ],
)
def test_a_limit_that_is_impossible_is_named_and_the_other_one_stays(kind, limit, why):
    other = {"integer": 3, "time": "20:00:00"}.get(kind, "2026-01-01")
    found, warnings, _ = read(kind, minValue=limit, maxValue=other)
    assert warnings == [f"The lowest answer to question q {why}; this limit is left out."]
    assert (found.highest or found.latest) == other
    found, warnings, _ = read(kind, maxValue=limit)
    assert warnings == [f"The highest answer to question q {why}; this limit is left out."]


def test_a_limit_that_is_worked_out_elsewhere_is_named():
    extension = [{"url": CORE + "maxValue", "_valueDate": {"extension": [{"url": "x", "valueString": "today()"}]}}]
    found = questionnaires.read(as_bytes(questionnaire(question("q", "date", extension=extension))))
    assert (
        "The highest answer to question q is given in a way that isn't understood; this limit is left out."
        in found.warnings
    )


def test_a_limit_of_words_is_named_as_not_used():
    _, _, kept = read("string", minValue=3)
    assert [(part.where, part.what) for part in kept] == [("q", "minValue")]


@pytest.mark.parametrize("longest", [0, -1, 2.5, "ten", True])
def test_a_length_that_is_impossible_is_named(longest):
    found, warnings, _ = read("string", {"maxLength": longest})
    assert found.longest is None
    assert warnings == [f"The greatest length of an answer to question q is to be “{longest}”; this limit is left out."]
    assert read("string", {"maxLength": 1})[0].longest == 1


def test_decimal_places_are_a_limit_too():
    found, warnings, _ = read("decimal", maxDecimalPlaces=1)
    assert (found.decimals, warnings) == (1, [])
    found, warnings, _ = read("decimal", maxDecimalPlaces=-1)
    assert found.decimals is None
    assert warnings == ["The decimal places of an answer to question q are to be “-1”; this limit is left out."]


@pytest.mark.parametrize("limit", ["2025", "2025-03", "2025-03-31"])
def test_a_day_inside_a_limit_that_is_written_shorter_is_allowed(limit):
    found, _, _ = read("date", maxValue=limit)
    assert found.allows(("2025-03-31",))
    assert not found.allows(("2026-01-01",))
