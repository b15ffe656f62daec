"""What is said of a questionnaire's scoring, word for word, and what it goes with."""

import pytest
from support.questionnaires import (
    CORE,
    DAST10,
    GAD7,
    PHQ9,
    as_bytes,
    audit_c,
    coded,
    dast10,
    frequency,
    grouped_sum,
    loinc,
    option,
    phq9,
    question,
    questionnaire,
    several_entries,
    yes_no,
)

from safeplan_desktop.domain.panels import loinc_of
from safeplan_desktop.domain.questionnaires import Code, Question, QuestionType, RuleKind
from safeplan_desktop.services import questionnaires

LOINC = "http://loinc.org"
C_SSRS = ("93246-7", "93247-5", "93248-3", "93249-1", "93250-9", "93267-3", "93269-9")
PHQ = tuple(f"p{place}" for place in range(1, 10))
RECOGNISED = (
    "Recognised as {}: every question that counts was found by its code or its place, with the published points. "
)
OPEN = "Nothing in the file says how it is scored. It could be the sum of the points of {} questions; please confirm."
NOT_UNDERSTOOD = (
    "The file's own calculation isn't understood. It could be the sum of the points of {} questions; please confirm."
)
DIFFERS = "The published rule of {} isn't applied, because the file differs from it."
APPETITE = "PHQ-9, “Appetite change” (question p5): "


def changed(plain, change):
    change(plain)
    return plain


def points_of(item, *worths):
    for one, worth in zip(item["answerOption"], worths, strict=True):
        one["extension"][0]["valueDecimal"] = worth


def items_gone(plain, place):
    del plain["item"][place]


def gad7():
    return questionnaire(
        *(coded(f"g{place}", code, answerOption=frequency()) for place, code in enumerate(GAD7)), code=loinc("69737-5")
    )


def summed(plain, expression):
    plain["item"][9]["extension"] = grouped_sum(4, expression)["item"][1]["extension"]
    return plain


def hidden(item):
    item["extension"] = [{"url": CORE + "questionnaire-hidden", "valueBoolean": True}]


CASES = {
    "recognised": (phq9, RuleKind.OWN_RULE, "phq-9", PHQ, "total", RECOGNISED.format("PHQ-9") + "The published bands and flags apply.", ()),
    "without a total": (audit_c, RuleKind.OWN_RULE, "audit-c", ("a1", "a2", "a3"), "", RECOGNISED.format("AUDIT-C") + "The published bands and flags apply.", ()),
    "a rule without bands": (
        lambda: questionnaire(*(coded(one, one, type="boolean") for one in C_SSRS), code=loinc("93373-9")),
        RuleKind.OWN_RULE, "c-ssrs-screener", (), "", RECOGNISED.format("C-SSRS screener") + "The published rules apply.", (),
    ),
    "more questions": (
        lambda: audit_c(*(question(f"x{place}", answerOption=frequency()) for place in range(14))),
        RuleKind.UNCONFIRMED, "", ("a1", "a2", "a3", *(f"x{place}" for place in range(14))), "", OPEN.format(17),
        (
            "AUDIT-C has 3 questions that count; here x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11 would count, too.",
            DIFFERS.format("AUDIT-C"),
        ),
    ),
    "other points": (
        lambda: changed(phq9(), lambda plain: points_of(plain["item"][4], 0, 1, 2, 4)),
        RuleKind.UNCONFIRMED, "", PHQ, "total", OPEN.format(9),
        (
            APPETITE + "the answers count 0, 1, 2, 4 in the file, 0, 1, 2, 3 in the published rule.",
            DIFFERS.format("PHQ-9"),
            ("Question p5: the same answers count otherwise than in the others (Never = 0, Some days = 1, Most days = 2, "
            "All days = 4). Check that this fits its wording."),
        ),
    ),
    "exchanged points": (
        lambda: changed(phq9(), lambda plain: points_of(plain["item"][4], 3, 1, 2, 0)),
        RuleKind.UNCONFIRMED, "", PHQ, "total", OPEN.format(9),
        (
            APPETITE + "“Never” counts 3, not as published.",
            DIFFERS.format("PHQ-9"),
            "Question p5: the points of its answers neither rise nor fall in their order.",
            ("Question p5: the same answers count otherwise than in the others (Never = 3, Some days = 1, Most days = 2, "
            "All days = 0). Check that this fits its wording."),
        ),
    ),
    "several answers": (
        lambda: changed(phq9(), lambda plain: plain["item"][4].update(repeats=True)),
        RuleKind.UNCONFIRMED, "", PHQ, "total", OPEN.format(9),
        (APPETITE + "several answers could be chosen, the published question takes one.", DIFFERS.format("PHQ-9")),
    ),
    "a number": (
        lambda: changed(phq9(), lambda plain: plain["item"].__setitem__(4, coded("p5", PHQ9[4], type="integer"))),
        RuleKind.UNCONFIRMED, "", (*PHQ[:4], *PHQ[5:]), "total", OPEN.format(8),
        (
            APPETITE + "it asks for a number, the published question has answers of 0 to 3 points.",
            DIFFERS.format("PHQ-9"),
        ),
    ),
    "no answers": (
        lambda: changed(phq9(), lambda plain: plain["item"].__setitem__(4, coded("p5", PHQ9[4], type="text"))),
        RuleKind.UNCONFIRMED, "", (*PHQ[:4], *PHQ[5:]), "total", OPEN.format(8),
        (
            APPETITE + "the answers count nothing in the file, 0, 1, 2, 3 in the published rule.",
            DIFFERS.format("PHQ-9"),
        ),
    ),
    "a missing question": (
        lambda: changed(phq9(), lambda plain: items_gone(plain, 4)),
        RuleKind.UNCONFIRMED, "", (*PHQ[:4], *PHQ[5:]), "total", OPEN.format(8),
        ("PHQ-9: the question on “Appetite change” (44251-7) isn't in the file.", DIFFERS.format("PHQ-9")),
    ),
    "a doubled question": (
        lambda: changed(phq9(), lambda plain: plain["item"].append(coded("again", PHQ9[4], answerOption=frequency()))),
        RuleKind.UNCONFIRMED, "", (*PHQ, "again"), "total", OPEN.format(10),
        ("PHQ-9: the question on “Appetite change” (44251-7) stands there twice.", DIFFERS.format("PHQ-9")),
    ),
    "a branch": (
        lambda: changed(phq9(), lambda plain: plain["item"][8].update(
            enableWhen=[{"question": "p1", "operator": "=", "answerCoding": {"code": "LA6571-9"}}]
        )),
        RuleKind.UNCONFIRMED, "", PHQ, "total", OPEN.format(9),
        (
            ("PHQ-9, “Thoughts of death or self-harm” (question p9): the file asks it only after certain answers, the published "
            "form asks it always."),
            DIFFERS.format("PHQ-9"),
        ),
    ),
    "a split answer": (
        lambda: changed(audit_c(), lambda plain: plain["item"][1]["answerOption"].insert(0, option("none", "None", 0))),
        RuleKind.OWN_RULE, "audit-c", ("a1", "a2", "a3"), "", RECOGNISED.format("AUDIT-C") + "The published bands and flags apply.",
        ("Question a2 has more answers than the published one; some of them count the same.",),
    ),
    "a turned question": (
        lambda: dast10(coded("d3", DAST10[2], answerOption=yes_no(0, 1), text="Are you unable to stop?")),
        RuleKind.UNCONFIRMED, "", tuple(f"d{place}" for place in range(1, 11)), "", OPEN.format(10),
        (
            ("DAST-10, “Always able to stop” (question d3): “No” counts here, but the question is worded the other way round "
            "(“unable”)."),
            DIFFERS.format("DAST-10"),
            "Question d3: the same answers count otherwise than in the others (Yes = 0, No = 1). Check that this fits its wording.",
        ),
    ),
    "one gap": (
        lambda: changed(gad7(), lambda plain: plain["item"][5].pop("code")),
        RuleKind.OWN_RULE, "gad-7", tuple(f"g{place}" for place in range(7)), "",
        RECOGNISED.format("GAD-7") + "The published bands and flags apply.",
        (
            ("Question g5 carries no code; it was taken for “Irritable” of GAD-7, because all others were found by their codes "
            "and it stands in that place. Please compare."),
        ),
    ),
    "two gaps": (
        lambda: changed(gad7(), lambda plain: [plain["item"][place].pop("code") for place in (1, 5)]),
        RuleKind.UNCONFIRMED, "", tuple(f"g{place}" for place in range(7)), "", OPEN.format(7),
        (
            f"GAD-7: the question on “Worry out of control” ({GAD7[1]}) isn't in the file.",
            f"GAD-7: the question on “Irritable” ({GAD7[5]}) isn't in the file.",
            DIFFERS.format("GAD-7"),
        ),
    ),
    "by order alone": (
        lambda: questionnaire(*(question(one, answerOption=frequency()) for one in PHQ), code=loinc("44249-1")),
        RuleKind.UNCONFIRMED, "phq-9", PHQ, "",
        ("Recognised as PHQ-9: every question that counts was found by its place, with the published points. The published bands "
        "and flags apply."),
        ("The questions carry no codes of their own; they were taken for PHQ-9 in their order. Please compare them.",),
    ),
    "hidden and locked": (
        lambda: changed(phq9(), lambda plain: (hidden(plain["item"][1]), plain["item"][2].update(readOnly=True))),
        RuleKind.OWN_RULE, "phq-9", PHQ, "total", RECOGNISED.format("PHQ-9") + "The published bands and flags apply.",
        (
            "Question p2 counts for PHQ-9, but the file hides it or locks it.",
            "Question p3 counts for PHQ-9, but the file hides it or locks it.",
        ),
    ),
    "a total that leaves out": (
        lambda: summed(phq9(), "%resource.item.where(linkId in ('p1'|'p2')).answer.value.weight().sum()"),
        RuleKind.OWN_RULE, "phq-9", PHQ, "total", RECOGNISED.format("PHQ-9") + "The published bands and flags apply.",
        ("The file's own total leaves out p3, p4, p5, p6, p7, p8, p9; the published rule counts it.",),
    ),
    "a total that isn't understood": (
        lambda: summed(phq9(), "%resource.item.answer.value.weight().sum() * -2"),
        RuleKind.OWN_RULE, "phq-9", PHQ, "total", RECOGNISED.format("PHQ-9") + "The published bands and flags apply.",
        (
            "The calculation of question total isn't used: it is no plain sum of points, and no multiple or mean of one.",
            "The file's own calculation wasn't understood; the published rule of PHQ-9 is used instead.",
        ),
    ),
    "a name alone": (
        lambda: {**grouped_sum(8), "title": "My own PHQ-9 copy"},
        RuleKind.FILE_SUM, "", tuple(f"g.{place}" for place in range(1, 9)), "sum",
        "The file says so: its total is the sum of the points of 8 questions.",
        (
            ("The title names PHQ-9, but the questions aren't coded as its questions are. The published rule isn't applied; "
            "please compare the questions."),
            "PHQ-9 has 9 questions that count; here 8 do.",
        ),
    ),
    "uneven answers": (
        lambda: changed(grouped_sum(), lambda plain: points_of(plain["item"][0]["item"][1], 0, 1, 2, 5)),
        RuleKind.UNCONFIRMED, "", ("g.1", "g.2", "g.3", "g.4"), "sum",
        ("The file says so: its total is the sum of the points of 4 questions. Some answers count otherwise than one would "
        "expect; please confirm."),
        (
            ("Question g.2: the same answers count otherwise than in the others (Never = 0, Some days = 1, Most days = 2, "
            "All days = 5). Check that this fits its wording."),
            "The result is said to go from 0 to 12, but the points here give 0 to 14.",
        ),
    ),
    "answers that count the same": (
        lambda: changed(grouped_sum(1), lambda plain: points_of(plain["item"][0]["item"][0], 0, 1, 3, 3)),
        RuleKind.UNCONFIRMED, "", ("g.1",), "sum",
        ("The file says so: its total is the sum of the points of 1 question. Some answers count otherwise than one would "
        "expect; please confirm."),
        ("Question g.1: two of its answers count the same.",),
    ),
    "a total that isn't a sum": (
        lambda: grouped_sum(3, "%resource.item.item.answer.value.weight().sum() * %resource.item.item.answer.count() "
        "* %resource.item.item.answer.value.weight().sum()"),
        RuleKind.UNCONFIRMED, "", ("g.1", "g.2", "g.3"), "sum", NOT_UNDERSTOOD.format(3),
        (
            "The calculation of question sum isn't used: it is no plain sum of points, and no multiple or mean of one.",
            "The file's own calculation wasn't understood, so its total isn't worked out.",
        ),
    ),
    "a total that is a multiple": (
        lambda: changed(grouped_sum(3, "%resource.item.item.answer.value.weight().sum() * 2"), lambda plain: (
            plain["item"][1].update(text="Result (0-18)"),
        )),
        RuleKind.FILE_SUM, "", ("g.1", "g.2", "g.3"), "sum",
        "The file says so: its total is the sum of the points of 3 questions, times 2.", (),
    ),
    "a total that is a share": (
        lambda: changed(grouped_sum(3, "%resource.item.item.answer.value.weight().sum() * 5 / 9"), lambda plain: (
            plain["item"][1].update(text="Result (0-5)"),
        )),
        RuleKind.FILE_SUM, "", ("g.1", "g.2", "g.3"), "sum",
        "The file says so: its total is the sum of the points of 3 questions, times 5 and divided by 9.", (),
    ),
    "a total that is a mean": (
        lambda: grouped_sum(3, "%resource.item.item.answer.value.weight().avg()"),
        RuleKind.UNCONFIRMED, "", ("g.1", "g.2", "g.3"), "sum",
        ("The file says so: its total is the mean of the points of 3 questions. Some answers count otherwise than one would "
        "expect; please confirm."),
        ("The result is said to go from 0 to 9, but the points here give 0 to 3.",),
    ),
    "left out by the sum": (
        lambda: changed(grouped_sum(3), lambda plain: plain["item"].append(question("more", answerOption=frequency()))),
        RuleKind.FILE_SUM, "", ("g.1", "g.2", "g.3"), "sum",
        "The file says so: its total is the sum of the points of 3 questions.",
        ("Question more has answers with points, but the file's total leaves it out.",),
    ),
    "a sum of what nobody is asked for": (
        lambda: changed(grouped_sum(3), lambda plain: plain["item"][0]["item"][2].update(readOnly=True)),
        RuleKind.UNCONFIRMED, "", ("g.1", "g.2"), "sum",
        ("The file's total is the sum of the points of 3 questions, of which 2 are asked. It could be the sum of these; "
        "please confirm."),
        ("Question g.3 counts in the file's total, but nobody is asked for it; the sum here leaves it out.",),
    ),
    "a sum of nothing that is asked": (
        lambda: changed(grouped_sum(1), lambda plain: (
            plain["item"][0]["item"][0].update(readOnly=True), plain["item"].append(question("more", "text")),
        )),
        RuleKind.NONE, "", (), "sum", "There is no result: nobody is asked for what the file's total counts.",
        ("Question g.1 counts in the file's total, but nobody is asked for it; the sum here leaves it out.",),
    ),
    "points that nobody is asked for": (
        lambda: questionnaire(
            *(question(one, answerOption=frequency()) for one in ("a", "b")),
            question("c", answerOption=frequency(), readOnly=True),
        ),
        RuleKind.UNCONFIRMED, "", ("a", "b"), "", OPEN.format(2),
        ("Question c has answers with points, but nobody is asked for it, so it counts nothing.",),
    ),
    "several entries": (
        several_entries, RuleKind.FILE_SUM, "", ("ages",), "sum",
        "The file says so: its total is the sum of the points of 1 question.", (),
    ),
    "two questions with points": (
        lambda: questionnaire(*(question(one, answerOption=frequency()) for one in ("a", "b"))),
        RuleKind.UNCONFIRMED, "", ("a", "b"), "", OPEN.format(2), (),
    ),
    "one question with points": (
        lambda: questionnaire(question("a", answerOption=frequency())),
        RuleKind.NONE, "", (), "", "There is no result: only one of its questions has answers with points.", (),
    ),
    "no points": (
        lambda: questionnaire(question("a", "text"), question("sum", "integer", text="Total score")),
        RuleKind.NONE, "", (), "sum", "There is no result: its answers have no points.",
        ("Question sum reads as the questionnaire's result, so nobody is asked for it. Please check that.",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_how_it_is_scored_is_said_in_full(case):
    make, kind, instrument, items, total, why, warnings = CASES[case]
    found = questionnaires.read(as_bytes(make()))
    rule = found.scoring
    assert (rule.kind, rule.instrument, rule.items, rule.total_item) == (kind, instrument, items, total)
    assert rule.why == why
    assert found.warnings == warnings
    assert bool(rule.places) is bool(instrument)


@pytest.mark.parametrize(
    ("codes", "link_id", "code"),
    [
        ((Code("44250-9", LOINC),), "x", "44250-9"),
        ((Code("44250-9"),), "x", "44250-9"),
        ((Code("44250-9", "http://snomed.info/sct"),), "44250-9", ""),
        ((Code("own"), Code("44250-9", LOINC)), "x", "44250-9"),
        ((Code("A44250-9", LOINC),), "x", ""),
        ((), "/44250-9", "44250-9"),
        ((), "g1.44250-9.a", "44250-9"),
        ((), "44250-9/44255-8", ""),
        ((), "12-3", ""),
        ((), "1-44250-9", ""),
    ],
)
def test_a_code_is_found_beside_the_question_else_in_its_link_id(codes, link_id, code):
    assert loinc_of(Question(link_id, QuestionType.CHOICE, "Q", codes=codes)) == code


def test_yes_and_no_in_words_count_as_published_and_say_where_their_points_come_from():
    plain = dast10()
    for item in plain["item"]:
        item["answerOption"] = [{"valueString": "Yes."}, {"valueString": "NO"}, {"valueString": "Perhaps"}]
    found = questionnaires.read(as_bytes(plain)).question("d1")
    assert [one.points for one in found.options] == [None, None, None]
    for item in plain["item"]:
        del item["answerOption"][2]
    found = questionnaires.read(as_bytes(plain))
    assert found.scoring.instrument == "dast-10"
    assert [(one.points, one.points_from) for one in found.question("d1").options] == [(1, "DAST-10"), (0, "DAST-10")]


def test_a_branch_above_the_question_is_a_branch_too():
    plain = phq9()
    when = [{"question": "p1", "operator": "=", "answerCoding": {"code": "LA6571-9"}}]
    last = plain["item"].pop(8)
    plain["item"].append({**question("more", "group"), "enableWhen": when, "item": [last]})
    found = questionnaires.read(as_bytes(plain))
    assert found.scoring.kind is not RuleKind.OWN_RULE
    assert any("the file asks it only after certain answers" in one for one in found.warnings)
