"""Files that look sound and would change a score, a question, or what is asked: each is said, refused, or read right."""

import json
import time

import pytest
from support.questionnaires import (
    ADDED_UP,
    CORE,
    FREQUENCY,
    LOINC,
    PHQ9,
    SDC,
    as_bytes,
    calculated,
    frequency,
    grouped_sum,
    option,
    phq9,
    points,
    question,
    questionnaire,
    variable,
    yes_no,
)

from safeplan_desktop.domain.questionnaires import RuleKind
from safeplan_desktop.exchange.fhir_json import RefusedFileError
from safeplan_desktop.services import questionnaires

SNOMED = "http://snomed.info/sct"


def read(plain):
    return questionnaires.read(as_bytes(plain))


def judged(plain):
    """The rule, and everything that the preview says."""
    found = read(plain)
    limits = questionnaires.limits_of(found)
    return found, "\n".join((*found.warnings, *(f"{one.where} {one.what}" for one in found.kept), *limits))


def changed(plain, **places):
    """PHQ-9 with one question changed, by its number."""
    for place, more in places.items():
        plain["item"][int(place.removeprefix("q")) - 1].update(more)
    return plain


def five(*, reverse=False):
    rows = [*frequency(), option("LA99-9", "Beyond", 4, system=LOINC)]
    return rows[::-1] if reverse else rows


def when(about, operator="=", **answer):
    return [{"question": about, "operator": operator, **answer}]


NOT_OURS = {
    "a scale that goes on to four": (changed(phq9(), q1={"answerOption": five()}), "0, 1, 2, 3, 4 in the file"),
    "points of 1 to 4": (
        changed(phq9(), q2={"answerOption": [option(c, w, i + 1, system=LOINC) for i, (c, w) in enumerate(FREQUENCY)]}),
        "1, 2, 3, 4 in the file",
    ),
    "points turned round": (
        changed(phq9(), q3={"answerOption": [option(c, w, 3 - i, system=LOINC) for i, (c, w) in enumerate(FREQUENCY)]}),
        "counts 3, not as published",
    ),
    "half points": (
        changed(phq9(), q4={"answerOption": [option(c, w, i / 2, system=LOINC) for i, (c, w) in enumerate(FREQUENCY)]}),
        "0, 0.5, 1, 1.5 in the file",
    ),
    "negative points": (
        changed(phq9(), q4={"answerOption": [option(c, w, -i, system=LOINC) for i, (c, w) in enumerate(FREQUENCY)]}),
        "-",
    ),
    "several answers to one question": (changed(phq9(), q5={"repeats": True}), "several answers"),
    "a tenth question that counts": (
        {**phq9(), "item": [*phq9()["item"], question("extra", answerOption=frequency())]},
        "extra would count",
    ),
    "the last question only after another": (
        changed(phq9(), q9={"enableWhen": when("p1", answerCoding={"system": LOINC, "code": "LA6571-9"})}),
        "asks it only after certain answers",
    ),
    "the last question in a group that waits": (
        {
            **phq9(),
            "item": [
                *phq9()["item"][:8],
                {
                    **question("late", "group", enableWhen=when("p1", answerCoding={"system": LOINC, "code": "LA6571-9"})),
                    "item": [phq9()["item"][8]],
                },
            ],
        },
        "asks it only after certain answers",
    ),
    "one code twice": (changed(phq9(), q2={"code": [{"system": LOINC, "code": PHQ9[0]}]}), "stands there twice"),
    "yes or no instead of four steps": (
        changed(phq9(), q6={"type": "boolean", "answerOption": None}), "in the published rule"
    ),
    "numbers without limits": (changed(phq9(), q6={"type": "integer", "answerOption": None}), "asks for a number"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_OURS)
def test_what_differs_from_the_published_form_is_never_scored_as_it_and_says_why(name):
    plain, words = NOT_OURS[name]
    for item in plain["item"]:
        if item.get("answerOption", 0) is None:
            del item["answerOption"]
    found, said = judged(plain)
    assert found.scoring.kind is not RuleKind.OWN_RULE
    assert words in said, said


def test_questions_in_another_order_keep_their_own_places():
    found, _ = judged({**phq9(), "item": [*phq9()["item"][8::-1], phq9()["item"][9]]})
    assert found.scoring.kind is RuleKind.OWN_RULE
    assert dict(found.scoring.places)["9"] == "p9"


def test_answers_in_falling_order_keep_their_points():
    plain = phq9()
    for item in plain["item"][:9]:
        item["answerOption"].reverse()
    found, _ = judged(plain)
    assert found.scoring.kind is RuleKind.OWN_RULE
    assert [one.points for one in found.questions[0].options] == [3, 2, 1, 0]


SAID = {
    "a total coded elsewhere": (
        {**grouped_sum(), "item": [grouped_sum()["item"][0], question(
            "sum", "integer", code=[{"system": SNOMED, "code": "720433000"}], readOnly=True, text="Score")]},
        "",
        RuleKind.UNCONFIRMED,
    ),
    "points as a printed number alone": (
        questionnaire(*[question(f"q{place}", answerOption=[
            {**option("a", "A"), "extension": [{"url": CORE + "questionnaire-optionPrefix", "valueString": "3"}]},
            option("b", "B")]) for place in range(3)]),
        "",
        RuleKind.NONE,
    ),
    "several answers that count": (
        questionnaire(
            question("q", repeats=True, answerOption=yes_no()), question("r", answerOption=yes_no())),
        "",
        RuleKind.UNCONFIRMED,
    ),
    "empty codes": (phq9() | {"code": [{}]}, "", RuleKind.OWN_RULE),
    "derived from another": (phq9() | {"derivedFrom": ["http://example.org/PHQ-8"]}, "derived from", RuleKind.OWN_RULE),
    "a starting answer that is none of the answers": (
        questionnaire(question("q", answerOption=yes_no(), initial=[{"valueCoding": {"code": "maybe"}}])),
        "Question q comes answered with “maybe”, which it can never be", RuleKind.NONE,
    ),
    "a starting answer beyond its limits": (
        questionnaire(question("q", "integer", initial=[{"valueInteger": 11}], extension=[
            {"url": CORE + "maxValue", "valueInteger": 10}])), "“11”", RuleKind.NONE,
    ),
    "a starting answer of another kind": (
        questionnaire(question("q", "boolean", initial=[{"valueString": "yes"}])), "“yes”", RuleKind.NONE,
    ),
    "two starting answers": (
        questionnaire(question("q", answerOption=yes_no(), initial=[
            {"valueCoding": {"code": "y"}}, {"valueCoding": {"code": "n"}}])), "several answers", RuleKind.NONE,
    ),
    "a condition on an answer that isn't there": (
        questionnaire(question("a", answerOption=yes_no()), question("b", "string", enableWhen=when(
            "a", answerCoding={"code": "maybe"}))), "“maybe”; a never has such an answer, so this can never hold",
        RuleKind.NONE,
    ),
    "a condition beyond a number's limits": (
        questionnaire(question("a", "integer", extension=[{"url": CORE + "maxValue", "valueInteger": 10}]), question(
            "b", "string", enableWhen=when("a", ">", answerInteger=10))), "more than “10”", RuleKind.NONE,
    ),
    "a condition with another kind of answer": (
        questionnaire(question("a", "string"), question("b", "string", enableWhen=when(
            "a", answerCoding={"code": "y"}))), "can never hold", RuleKind.NONE,
    ),
    "a condition in another unit": (
        questionnaire(question("a", "quantity", extension=[{"url": CORE + "questionnaire-unit", "valueCoding": {
            "code": "kg", "display": "kilograms"}}]), question("b", "string", enableWhen=when(
            "a", ">", answerQuantity={"value": 100, "unit": "lb", "code": "[lb_av]"}))), "another unit", RuleKind.NONE,
    ),
    "two conditions without a word on how they go together": (
        questionnaire(question("a", "boolean"), question("b", "string", enableWhen=[
            *when("a", answerBoolean=True), *when("a", "exists", answerBoolean=True)])), "one or all", RuleKind.NONE,
    ),
    "a condition on what nobody is asked": (
        questionnaire(question("a", "boolean", readOnly=True), question("b", "string", enableWhen=when(
            "a", answerBoolean=True))), "nobody is asked", RuleKind.NONE,
    ),
    "points by a calculation on yes or no": (
        questionnaire(question("a", "boolean"), question("b", "boolean"), question("t", "integer", readOnly=True,
            extension=calculated("iif(%resource.item.where(linkId='a').answer.value, 1, 0)"))),
        "calculation of question t isn't used", RuleKind.NONE,
    ),
    "a product": (
        grouped_sum(expression="2 * (" + ADDED_UP + ")"), "go from 0 to 12, but the points here give 0 to 24", RuleKind.UNCONFIRMED,
    ),
    "a quotient": (
        grouped_sum(expression="(" + ADDED_UP + ") / 4"), "go from 0 to 12, but the points here give 0 to 3", RuleKind.UNCONFIRMED,
    ),
    "a quotient of what may be nought": (
        grouped_sum(expression="12 / (" + ADDED_UP + ")"), "for some answers", RuleKind.UNCONFIRMED,
    ),
    "weights that the file doesn't hold": (
        questionnaire(
            *[question(f"q{place}", answerOption=yes_no()) for place in range(2)],
            question("open", answerOption=[option("x", "X"), option("z", "Z")]),
            question("t", "integer", readOnly=True,
                extension=calculated("%resource.item.answer.value.weight().sum()"))),
        "it also counts what “X” of question open weighs", RuleKind.UNCONFIRMED,
    ),
    "an answer by a rule": (
        questionnaire(question("q", answerValueSet="#v"), contained=[{"resourceType": "ValueSet", "id": "v", "compose": {
            "include": [{"system": "s", "concept": [{"code": "a"}, {"code": "b"}]}],
            "exclude": [{"system": "s", "filter": [{"property": "p", "op": "=", "value": "x"}]}]}}]),
        "takes answers away by a rule", RuleKind.NONE,
    ),
    "answers picked by a rule": (
        questionnaire(question("q", answerValueSet="#v"), contained=[
            {"resourceType": "CodeSystem", "url": "s", "concept": [{"code": "a"}]},
            {"resourceType": "ValueSet", "id": "v", "compose": {
                "include": [{"system": "s", "filter": [{"property": "p", "op": "=", "value": "x"}]}]}}]),
        "picks its answers by a rule", RuleKind.NONE,
    ),
    "an occurrence that isn't followed": (
        questionnaire(question("q", repeats=True, answerOption=yes_no(), extension=[
            {"url": CORE + "questionnaire-maxOccurs", "valueInteger": 2}])), "questionnaire-maxOccurs", RuleKind.NONE,
    ),
    "a rule of exclusive answers": (
        questionnaire(question("q", repeats=True, answerOption=[
            {**option("none", "None"), "extension": [
                {"url": CORE + "questionnaire-optionExclusive", "valueBoolean": True}]}, option("x", "X")])),
        "questionnaire-optionExclusive", RuleKind.NONE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_what_a_careful_reader_would_stumble_over_is_said(name):
    plain, words, kind = SAID[name]
    found, said = judged(plain)
    assert found.scoring.kind is kind, found.scoring
    assert words in said, said


REFUSED = {
    "one link id twice, deep inside": questionnaire(
        {**question("g", "group"), "item": [question("a")]}, {**question("h", "group"), "item": [question("a")]}
    ),
    "R5 inside a group": questionnaire(
        {**question("g", "group"), "item": [question("a", answerConstraint="optionsOnly")]}
    ),
    "STU3 inside a group": questionnaire({**question("g", "group"), "item": [question("a", option=[{}])]}),
    "a meaning that is changed, deep inside": questionnaire(
        {**question("g", "group"), "item": [question("a", modifierExtension=[{"url": "x"}])]}
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_told_apart_or_is_changed_in_its_meaning_is_refused(name):
    with pytest.raises(RefusedFileError):
        read(REFUSED[name])


@pytest.mark.parametrize("place", ["answerOption", "valueCoding", "enableWhen", "contained"])
def test_a_changed_meaning_is_refused_wherever_it_stands(place):
    plain = questionnaire(
        question("a", answerOption=yes_no()), question("b", enableWhen=when("a", "exists", answerBoolean=True))
    )
    changed_by = [{"url": "http://example.org/not", "valueBoolean": True}]
    if place == "contained":
        plain["contained"] = [{"resourceType": "ValueSet", "id": "v", "modifierExtension": changed_by}]
    elif place == "valueCoding":
        plain["item"][0]["answerOption"][0]["valueCoding"]["modifierExtension"] = changed_by
    else:
        plain["item"][0 if place == "answerOption" else 1][place][0]["modifierExtension"] = changed_by
    with pytest.raises(RefusedFileError, match="change"):
        read(plain)


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "Infinity", "1" * 50])
def test_numbers_that_are_none_are_refused(number):
    data = as_bytes(phq9()).replace(b'"valueDecimal": 3', b'"valueDecimal": ' + number.encode(), 1)
    with pytest.raises(RefusedFileError):
        questionnaires.read(data)


def test_a_mark_before_the_file_changes_nothing():
    assert questionnaires.read(b"\xef\xbb\xbf" + as_bytes(phq9())) == read(phq9())


def test_a_text_in_several_languages_is_taken_in_the_files_own():
    def translated(lang, content):
        return {"url": CORE + "translation", "extension": [
            {"url": "lang", "valueCode": lang}, {"url": "content", "valueString": content}]}  # fmt: skip

    plain = questionnaire(question("q", "string"), language="de")
    del plain["item"][0]["text"]
    plain["item"][0]["_text"] = {"extension": [translated("fr", "Bonjour"), translated("de", "Guten Tag")]}
    assert read(plain).questions[0].text == "Guten Tag"


def test_markup_is_taken_out_of_texts_and_scripts_with_it():
    plain = questionnaire(question("q", "string"))
    del plain["item"][0]["text"]
    markup = "<div>How <b>often</b>?<script>alert(1)</script> &lt; 3</div>"
    plain["item"][0]["_text"] = {"extension": [{"url": CORE + "rendering-xhtml", "valueString": markup}]}
    assert read(plain).questions[0].text == "How often ? < 3"


def test_a_later_question_may_decide_over_an_earlier_one():
    plain = questionnaire(
        question("first", "string", enableWhen=when("second", answerBoolean=True)), question("second", "boolean")
    )
    found = read(plain)
    assert found.warnings == ()
    assert found.question("first").show_when[0].question == "second"


def test_exclusion_goes_by_system_and_code():
    listed = {"resourceType": "ValueSet", "id": "v", "compose": {
        "include": [{"system": name, "concept": [{"code": "a"}, {"code": "b"}]} for name in ("s", "t")],
        "exclude": [{"system": "t", "concept": [{"code": "a"}]}]}}  # fmt: skip
    found = read(questionnaire(question("q", answerValueSet="#v"), contained=[listed]))
    assert [(one.value.system, one.value.code) for one in found.questions[0].options] == [
        ("s", "a"),
        ("s", "b"),
        ("t", "b"),
    ]


def _expanded(*, beside=2, within=None, system_says=None):
    contains = {"system": "s", "code": "a", "display": "A"}
    if within is not None:
        contains["extension"] = [points(within)]
    made = {"resourceType": "ValueSet", "id": "v", "expansion": {"contains": [contains]}, "compose": {
        "include": [{"system": "s", "concept": [{"code": "a", **({} if beside is None else {"extension": [points(beside)]})}]}]}}  # fmt: skip
    systems = []
    if system_says is not None:
        name, value = system_says
        concept = {"code": "a", "property": [{"code": name, "valueDecimal": value}]}
        systems = [{"resourceType": "CodeSystem", "url": "s", "concept": [concept]}]
    return questionnaire(question("q", answerValueSet="#v"), contained=[*systems, made])


def test_points_beside_an_expansion_are_taken_and_contradictions_said():
    assert read(_expanded()).questions[0].options[0].points == 2
    found, said = judged(_expanded(within=1))
    assert found.questions[0].options[0].points is None
    assert "two different points" in said


def test_points_of_a_code_system_are_taken_and_other_numbers_in_it_named():
    assert read(_expanded(beside=None, system_says=("itemWeight", 5))).questions[0].options[0].points == 5
    found, said = judged(_expanded(beside=None, system_says=("severity", 5)))
    assert found.questions[0].options[0].points is None
    assert "property severity" in said
    found, said = judged(_expanded(beside=2, system_says=("ordinalValue", 5)))
    assert found.questions[0].options[0].points in {None, 2}
    assert "“A” in question q" in said


def test_a_weight_from_the_code_list_counts_in_the_files_own_sum():
    system = {"resourceType": "CodeSystem", "url": "s", "concept": [
        {"code": code, "property": [{"code": "itemWeight", "valueDecimal": worth}]} for worth, code in enumerate("abc")]}  # fmt: skip
    rows = [question(f"q{n}", answerOption=[option(c, c.upper(), system="s") for c in "abc"]) for n in range(3)]
    total = question("t", "integer", readOnly=True, extension=calculated("%resource.item.answer.value.weight().sum()"))
    found, said = judged(questionnaire(*rows, total, contained=[system]))
    assert found.scoring.kind is RuleKind.FILE_SUM
    assert found.scoring.items == ("q0", "q1", "q2")
    assert "leaves" not in said


def test_what_is_said_of_the_score_is_never_lost_behind_other_sentences():
    many = [question(f"x{n}", answerOption=[{"valueCoding": {}}]) for n in range(400)]
    _, said = judged({**phq9(), "item": [*many, *phq9()["item"][:8]]})
    assert "isn't in the file" in said
    assert "more to say" in said


def test_json_may_name_points_in_whole_numbers_or_fractions():
    data = json.dumps(phq9()).replace('"valueDecimal": 3', '"valueDecimal": 3.00').encode()
    assert questionnaires.read(data).scoring.kind is RuleKind.OWN_RULE


@pytest.mark.parametrize("place", ["totals", "conditions", "variables", "inside each other"])
def test_many_and_long_expressions_end_in_time(place):
    rows = [question(f"g.{n}", answerOption=frequency()) for n in range(60)]
    three = " + ".join([f"({ADDED_UP.replace('.item.', '.').format('g.')})"] * 3)
    more = {}
    if place == "totals":
        rows += [question(f"t{n}", "integer", readOnly=True, extension=calculated(three)) for n in range(20)]
    elif place == "conditions":
        url = SDC + "sdc-questionnaire-enableWhenExpression"
        for n, row in enumerate(rows):
            text = f"{ADDED_UP.replace('.item.', '.').format('g.')} > {n}"
            row["extension"] = [{"url": url, "valueExpression": {"language": "text/fhirpath", "expression": text}}]
    elif place == "variables":
        more["extension"] = [variable(f"v{n}", three) for n in range(40)]
        added = "+".join(f"%v{n}" for n in range(40))
        rows.append(question("t", "integer", readOnly=True, extension=calculated(added)))
    else:
        inside = "%resource.descendants().select(%resource.descendants()).select(%resource.descendants()).count()"
        rows.append(question("t", "integer", readOnly=True, extension=calculated(inside)))
    begun = time.thread_time()
    _, said = judged(questionnaire(*rows, **more))
    # It takes about one second at most; a slow machine may take three times as long.
    assert time.thread_time() - begun < 4
    assert "too much to try out" in said


def test_value_sets_that_multiply_each_other_end_and_are_said():
    sets = [
        {"resourceType": "ValueSet", "id": f"v{n}", "compose": {"include": [{"valueSet": [f"#v{n + 1}"]}] * 8}}
        for n in range(10)
    ]
    sets.append(
        {"resourceType": "ValueSet", "id": "v10", "compose": {"include": [{"system": "s", "concept": [{"code": "c"}]}]}}
    )
    begun = time.thread_time()
    _, said = judged(questionnaire(question("q", answerValueSet="#v0"), contained=sets))
    assert time.thread_time() - begun < 4
    assert "more answers than can be read" in said


@pytest.mark.parametrize("words", ["<" * 500_000, "<script>" * 60_000, "<div " * 90_000])
def test_markup_that_never_ends_is_read_in_time(words):
    plain = questionnaire(question("q", "string"))
    del plain["item"][0]["text"]
    plain["item"][0]["_text"] = {"extension": [{"url": CORE + "rendering-xhtml", "valueString": words}]}
    begun = time.thread_time()
    read(plain)
    assert time.thread_time() - begun < 4


CONDITIONS = {
    "codes have no order": ({"operator": ">", "answerCoding": {"code": "y"}}, "a is more than “y”; answers to choose from are in no order"),
    "a code of another system": (
        {"operator": "=", "answerCoding": {"code": "y", "system": "http://other"}},
        "a is “y” of http://other; a has that code in another system, so this can never hold",
    ),
    "no such code": ({"operator": "=", "answerCoding": {"code": "z"}}, "a is “z”; a never has such an answer"),
}  # fmt: skip


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_that_can_not_be_followed_says_exactly_why(name):
    condition, words = CONDITIONS[name]
    plain = questionnaire(
        question("a", answerOption=yes_no()), question("b", enableWhen=[{"question": "a", **condition}])
    )
    found, said = judged(plain)
    assert found.question("b").show_when == ()
    assert words in said


def test_a_code_that_two_answers_have_in_two_systems_is_not_guessed():
    options = [option("y", "Yes", 1, system="http://one"), option("y", "Ja", 1, system="http://two")]
    plain = questionnaire(
        question("a", answerOption=options), question("b", "text", enableWhen=when("a", answerCoding={"code": "y"}))
    )
    assert "a has several answers of that code, so it can't be told which is meant" in judged(plain)[1]


def test_not_being_what_is_no_answer_always_holds_beside_other_conditions():
    both = [*when("a", "!=", answerCoding={"code": "z"}), *when("a", "=", answerCoding={"code": "y"})]
    plain = questionnaire(
        question("a", answerOption=yes_no()), question("b", "text", enableWhen=both, enableBehavior="all")
    )
    found, said = judged(plain)
    assert [one.value.code for one in found.question("b").show_when] == ["z", "y"]
    assert "can never hold" not in said


def test_variables_of_one_name_belong_to_where_they_stand():
    def group(name):
        rows = [question(f"{name}{n}", answerOption=yes_no()) for n in (1, 2)]
        summed = variable("s", f"%resource.item.where(linkId='{name}').item.answer.value.weight().sum()")
        total = question(f"total-{name}", "integer", readOnly=True, extension=calculated("%s"))
        return {**question(name, "group"), "item": [*rows, total], "extension": [summed]}

    found, said = judged(questionnaire(group("a"), group("b")))
    assert found.scoring.items == ("a1", "a2")
    assert (
        "Question total-b holds a further sum, which isn't worked out: the sum of the points of 2 questions (b1, b2)."
        in said
    )
    twice = questionnaire(group("a"))
    twice["item"][0]["extension"].append(variable("s", "1 + 1"))
    assert "The variable “s” of a is given twice; the first one is taken." in judged(twice)[1]
    beside = questionnaire(group("a"), question("again", "integer", readOnly=True, extension=calculated("%s * 2")))
    assert "Question again holds a further sum" in judged(beside)[1]


def test_a_calculation_in_another_language_is_named_and_is_one():
    plain = grouped_sum()
    plain["item"][1]["extension"][0]["valueExpression"] = {"language": "text/cql-identifier", "expression": "Total"}
    found, said = judged(plain)
    assert (
        "Question sum has an expression in text/cql-identifier, which this program doesn't run; it isn't used." in said
    )
    assert found.scoring.why.startswith("The file's own calculation isn't understood.")


def test_words_that_the_file_works_out_are_named():
    told = {"url": CORE + "cqf-expression", "valueExpression": {"language": "text/fhirpath", "expression": "'x'"}}
    plain = questionnaire(question("a"), question("d", "display", _text={"extension": [told, {"url": "http://x/new"}]}))
    said = judged(plain)[1]
    assert "The words of d are worked out by the file; that isn't done here, so they stay as they are." in said
    assert "d new" in said


def test_two_calculations_of_one_question_are_named():
    plain = grouped_sum()
    plain["item"][1]["extension"] += calculated("1 + 1")
    found, said = judged(plain)
    assert "Question sum has two different expressions of one kind; the first one is taken." in said
    assert found.scoring.items == ("g.1", "g.2", "g.3", "g.4")


def test_the_first_release_of_questionnaires_is_refused_by_name():
    with pytest.raises(RefusedFileError, match="DSTU2"):
        read({"resourceType": "Questionnaire", "status": "draft", "group": {"linkId": "g"}})
