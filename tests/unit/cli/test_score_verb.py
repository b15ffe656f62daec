"""Numbers on the command line choose the same answers as the digits of the window."""

import json
import os
import subprocess
import sys

import pytest

from safeplan_desktop.cli.main import main
from safeplan_desktop.services import reference


def _scored(capsys, *words):
    code = main(["score", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        (["asq", "1", "0", "0", "0", "0"], "non-acute positive"),
        (["asq", "0", "0", "0", "1", "1"], "acute positive"),
        (["asq", "2", "0", "0", "0", "0", "--age", "30"], "negative"),
        (["asq", "2", "0", "0", "0", "0", "--age", "15"], "non-acute positive"),
        (["pss-3", "0", "0", "1", "0"], "positive"),
        (["pss-3", "0", "0", "1", "2"], "positive"),
        (["pss-3", "0", "0", "1", "3"], "negative"),
    ],
)
def test_where_there_is_no_total_a_number_is_the_answers_place(capsys, words, tier):
    code, facts = _scored(capsys, *words)
    assert (code, facts["tier"]) == (0, tier)


def test_a_critical_answer_of_the_interview_is_flagged_by_its_digit(capsys):
    items = [item.id for item in reference.instrument("structured-risk-interview").items]
    answers = ["1" if item in {"suicide", "now", "intent"} else "-" for item in items]
    assert set(_scored(capsys, "structured-risk-interview", *answers)[1]["flags"]) >= {"INTENT"}


def test_a_number_that_chooses_no_answer_is_refused(capsys):
    code, facts = _scored(capsys, "pss-3", "0", "0", "1", "4")
    assert (code, facts["result"], facts["error"]) == (1, "error", "Item 3b takes 0 to 3, not 4.")


def test_the_list_of_instruments_says_what_each_number_chooses(capsys):
    assert main(["instruments", "--json"]) == 0
    listed = {row["id"]: row["answers"] for row in json.loads(capsys.readouterr().out)["instruments"]}
    assert listed["asq"]["1"] == {"0": "No", "1": "Yes", "2": "Declines to answer"}
    assert listed["who-5"]["1"]["5"] == "All of the time"
    assert all(
        set(answers) == {item.id for item in reference.instrument(name).items} for name, answers in listed.items()
    )


@pytest.mark.parametrize("age", ["-1", "121", "12.5", "x"])
def test_an_age_that_nobody_has_is_wrong_usage(capsys, age):
    with pytest.raises(SystemExit) as stopped:
        main(["score", "asq", "0", "--age", age])
    assert stopped.value.code == 2
    assert "an age is a whole number" in capsys.readouterr().err


def test_a_reader_who_has_enough_leaves_no_traceback():
    reading, writing = os.pipe()
    os.close(reading)
    words = [sys.executable, "-m", "safeplan_desktop.cli.main", "instruments", "--json"]
    done = subprocess.run(words, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
