"""Two thousand broken copies: no bug, no long wait, and no other score without a word."""

import time

import pytest
from support.mutations import mutated
from support.questionnaires import (
    GAD7,
    LOINC,
    as_bytes,
    coded,
    frequency,
    grouped_sum,
    option,
    phq9,
    question,
    questionnaire,
    yes_no,
)

from safeplan_desktop.exchange.fhir_json import RefusedFileError
from safeplan_desktop.services import questionnaires


def _gad7():
    items = [coded(f"/{code}", code, answerValueSet="#list") for code in GAD7]
    listed = {
        "resourceType": "ValueSet",
        "id": "list",
        "compose": {"include": [{"system": LOINC, "concept": [
            {"code": one["valueCoding"]["code"], "display": one["valueCoding"]["display"], "extension": one["extension"]}
            for one in frequency()
        ]}]},
    }  # fmt: skip
    total = coded("total", "70274-6", type="integer")
    return questionnaire(*items, total, contained=[listed], code=[{"system": LOINC, "code": "69737-5"}])


def _branching():
    rows = [question(f"g.{place}", answerOption=yes_no()) for place in range(1, 4)]
    when = {"question": "g.1", "operator": "=", "answerCoding": {"system": "http://example.org/answers", "code": "y"}}
    rows[2].update(enableWhen=[when, {**when, "question": "g.2"}], enableBehavior="any")
    odd = question("odd", "open-choice", repeats=True, answerOption=[option("a", "A"), {"valueInteger": 3}])
    return {**grouped_sum(), "item": [{**question("g", "group"), "item": rows}, odd, grouped_sum()["item"][1]]}


FILES = {
    "by code": phq9(),
    "by a value set": _gad7(),
    "by its own sum": grouped_sum(),
    "with branches": _branching(),
}


def _points(found):
    return {(one.link_id, str(option.value)): option.points for one in found.scored() for option in one.options}


def _scores_otherwise(before, after):
    shared = before.keys() & after.keys()
    return any(before[key] != after[key] for key in shared) or len({link for link, _ in before}) != len(
        {link for link, _ in after}
    )


@pytest.mark.parametrize("name", FILES)
def test_five_hundred_broken_copies_give_no_bug_no_wait_and_no_silent_other_score(name):
    original = questionnaires.read(as_bytes(FILES[name]))
    refused = []
    for seed in range(500):
        data = as_bytes(mutated(FILES[name], seed))
        begun = time.thread_time()
        try:
            found = questionnaires.read(data)
        except RefusedFileError as error:
            refused.append(error.what)
            continue
        finally:
            assert time.thread_time() - begun < 2, seed
        if found.scoring.is_known and _scores_otherwise(_points(original), _points(found)):
            told = set(found.warnings) - set(original.warnings) or set(found.kept) - set(original.kept)
            assert told, f"copy {seed} of {name} scores otherwise and says nothing"
    assert 0 < len(refused) < 500
    assert all(sentence.endswith(".") for sentence in refused)
