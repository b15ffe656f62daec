import json

import pytest
from support.questionnaires import FREQUENCY, as_bytes, grouped_sum, phq9, question, questionnaire, several_entries

from safeplan_desktop.cli.main import main


@pytest.fixture
def file(tmp_path):
    def write(plain, name="questionnaire.json"):
        path = tmp_path / name
        path.write_bytes(plain if isinstance(plain, bytes) else as_bytes(plain))
        return str(path)

    return write


def run(capsys, *arguments):
    code = main(["questionnaire", *arguments, "--json"])
    printed = capsys.readouterr()
    return code, json.loads(printed.out)


def test_the_preview_says_what_would_be_asked_and_how_it_is_scored(file, capsys):
    code, facts = run(capsys, file(phq9(language="en", version="2")))
    assert code == 0
    assert (facts["title"], facts["version"], facts["licence"], facts["refused"]) == (
        "Nine questions",
        "2",
        "Ours",
        None,
    )
    first = facts["items"][0]
    assert (first["link_id"], first["type"], first["text"], first["scored"]) == ("p1", "choice", "Question p1", True)
    assert [(one["label"], one["value"], one["points"]) for one in first["options"]] == [
        (label, code, worth) for worth, (code, label) in enumerate(FREQUENCY)
    ]
    scoring = facts["scoring"]
    assert (scoring["rule"], scoring["instrument"], scoring["lowest"], scoring["highest"]) == (
        "own-rule",
        "phq-9",
        0,
        27,
    )
    assert scoring["confirmed"] is True
    assert [band["lowest"] for band in scoring["bands"]] == [0, 5, 10, 15, 20]
    assert facts["warnings"] == []


def test_branching_and_what_is_not_used_stand_in_the_preview(file, capsys):
    when = {"question": "a", "operator": ">=", "answerInteger": 2}
    plain = questionnaire(question("a", "integer"), question("b", "string", enableWhen=[when], surprise=True))
    _, facts = run(capsys, file(plain))
    assert facts["items"][1]["enable_when"] == [
        {"question": "a", "sum_of": [], "operator": ">=", "value": 2, "system": None}
    ]
    assert facts["items"][1]["enable_behavior"] == "all"
    assert facts["unknown"] == [{"link_id": "b", "part": "surprise"}]
    assert facts["scoring"]["rule"] == "none"


def test_a_refused_file_says_why_and_ends_with_one(file, capsys):
    code, facts = run(capsys, file(b"<Questionnaire/>"))
    assert code == 1
    assert facts["items"] == []
    assert "XML" in facts["refused"]
    assert main(["questionnaire", file(b"<Questionnaire/>")]) == 1


def test_a_file_that_is_not_there_is_said(capsys, tmp_path):
    assert main(["questionnaire", str(tmp_path / "nowhere.json")]) == 1
    assert "nowhere.json can't be read" in capsys.readouterr().err


def test_answers_are_scored_and_compared_with_their_own_total(file, capsys):
    items = [
        {"linkId": f"p{place}", "answer": [{"valueCoding": {"code": FREQUENCY[place % 4][0]}}]}
        for place in range(1, 10)
    ]
    stated = {"linkId": "total", "answer": [{"valueInteger": 13}]}
    response = file(
        {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [*items, stated]}, "r.json"
    )
    code, facts = run(capsys, file(phq9()), "--response", response)
    assert code == 0
    assert (facts["response"]["total"], facts["response"]["stated_total"], facts["response"]["agrees"]) == (
        13,
        13,
        True,
    )
    assert (facts["response"]["band"], facts["response"]["flags"]) == ("moderate", ["ITEM9"])
    stated["answer"] = [{"valueInteger": 27}]
    response = file(
        {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [*items, stated]}, "r.json"
    )
    _, facts = run(capsys, file(phq9()), "--response", response)
    assert facts["response"]["agrees"] is False
    assert facts["response"]["warnings"] == ["The file states a total of 27; here the answers give 13."]
    code, facts = run(capsys, file(phq9()), "--response", file({"resourceType": "Patient"}, "p.json"))
    assert code == 1
    assert "no answers" in facts["response"]["refused"]


def test_the_preview_can_be_read_by_people(file, capsys):
    plain = grouped_sum(2)
    plain["item"][0]["item"][1]["enableWhen"] = [
        {"question": "g.1", "operator": "!=", "answerCoding": {"code": "LA6568-5"}}
    ]
    assert main(["questionnaire", file(plain)]) == 0
    printed = capsys.readouterr().out
    assert "Licence: Ours" in printed
    assert "All days (3)" in printed
    assert "Asked only when “Question g.1” is not Never." in printed
    assert "Scoring: The file says so" in printed


def test_what_each_question_takes_and_what_is_asked_otherwise_stand_in_the_preview(file, capsys):
    plain = several_entries()
    plain["item"].append(question("letter", "attachment", required=True))
    otherwise = "“Question letter” asks for a file or a record; here it takes words."
    assert main(["questionnaire", file(plain)]) == 0
    printed = capsys.readouterr().out
    assert "A whole number from 0 to 120; several entries" in printed
    assert "Words of at most 20 characters; several entries" in printed
    assert "A file; has to be answered" in printed
    assert f"Note: {otherwise}" in printed
    assert "one field" not in printed
    _, facts = run(capsys, file(plain))
    assert facts["asked_otherwise"] == [otherwise]
    assert facts["items"][0]["takes"] == "A whole number from 0 to 120; several entries"
    assert (facts["items"][0]["min"], facts["items"][0]["max"], facts["items"][7]["max_length"]) == (0, 120, 20)


def test_a_folder_is_named_as_a_folder(capsys, tmp_path, monkeypatch):
    (tmp_path / "forms").mkdir()
    monkeypatch.chdir(tmp_path / "forms")
    for named in (".", str(tmp_path / "forms")):
        assert main(["questionnaire", named]) == 1
        assert "forms is a folder, not a file. Name one of the files in it." in capsys.readouterr().err
