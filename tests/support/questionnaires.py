"""FHIR questionnaires in our own words: the codes and points of published instruments, no published wording."""

from __future__ import annotations

import json

LOINC = "http://loinc.org"
CORE = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"

PHQ9 = ("44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8")
GAD7 = ("69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7")
DAST10 = ("68525-5", "68526-3", "68527-1", "68528-9", "68529-7", "68530-5", "68531-3", "68532-1", "68533-9", "68534-7")
DRINKS = (
    (("LA6270-8", 0), ("LA18926-8", 1), ("LA18927-6", 2), ("LA18928-4", 3), ("LA18929-2", 4)),
    (("LA15694-5", 0), ("LA15695-2", 1), ("LA18930-0", 2), ("LA18931-8", 3), ("LA18932-6", 4)),
    (("LA6270-8", 0), ("LA18933-4", 1), ("LA18876-5", 2), ("LA18891-4", 3), ("LA18934-2", 4)),
)
FREQUENCY = (("LA6568-5", "Never"), ("LA6569-3", "Some days"), ("LA6570-1", "Most days"), ("LA6571-9", "All days"))


def points(value, name="ordinalValue"):
    return {"url": CORE + name, "valueDecimal": value}


def option(code, label, worth=None, *, system="http://example.org/answers", name="ordinalValue"):
    made = {"valueCoding": {"system": system, "code": code, "display": label}}
    if worth is not None:
        made["extension"] = [points(worth, name)]
    return made


def frequency(*, weighed=True):
    return [
        option(code, label, worth if weighed else None, system=LOINC) for worth, (code, label) in enumerate(FREQUENCY)
    ]


def yes_no(yes=1, no=0):
    return [option("y", "Yes", yes), option("n", "No", no)]


def question(link_id, kind="choice", **more):
    return {"linkId": link_id, "type": kind, "text": f"Question {link_id}", **more}


def coded(link_id, loinc, **more):
    return question(link_id, code=[{"system": LOINC, "code": loinc}], **more)


def calculated(expression):
    url = SDC + "sdc-questionnaire-calculatedExpression"
    return [{"url": url, "valueExpression": {"language": "text/fhirpath", "expression": expression}}]


def variable(name, expression):
    value = {"name": name, "language": "text/fhirpath", "expression": expression}
    return {"url": CORE + "variable", "valueExpression": value}


ADDED_UP = (
    "%resource.item.descendants().where(linkId.startsWith('{}')).answer.valueCoding.extension"
    ".where(url='http://hl7.org/fhir/StructureDefinition/ordinalValue').valueDecimal.sum()"
)


def questionnaire(*items, **more):
    return {
        "resourceType": "Questionnaire", "url": "http://example.org/Questionnaire/made-up", "status": "active",
        "title": "Made up", "copyright": "Ours", "item": list(items), **more,
    }  # fmt: skip


def phq9(*, weighed=True, **more):
    items = [coded(f"p{place}", code, answerOption=frequency(weighed=weighed)) for place, code in enumerate(PHQ9, 1)]
    total = coded("total", "44261-6", type="decimal", readOnly=True)
    return questionnaire(*items, total, code=[{"system": LOINC, "code": "44249-1"}], title="Nine questions", **more)


def grouped_sum(count=4, expression=ADDED_UP):
    rows = [question(f"g.{place}", answerOption=frequency()) for place in range(1, count + 1)]
    total = question("sum", "integer", readOnly=True, extension=calculated(expression.format("g.")))
    total["text"] = f"Sum of all (0–{3 * count})"
    return questionnaire({**question("g", "group"), "item": rows}, total)


def loinc(code):
    return [{"system": LOINC, "code": code}]


def dast10(third=None, **more):
    items = [coded(f"d{place}", code, answerOption=yes_no()) for place, code in enumerate(DAST10, 1)]
    items[2] = third or coded("d3", DAST10[2], answerOption=yes_no(0, 1), text="Can you always stop?")
    return questionnaire(*items, code=loinc("82666-9"), **more)


def audit_c(*extra, first="68518-0"):
    rows = [
        coded(
            f"a{place}", code, answerOption=[option(answer, answer, worth, system=LOINC) for answer, worth in answers]
        )
        for place, (code, answers) in enumerate(zip((first, "68519-8", "68520-6"), DRINKS, strict=True), 1)
    ]
    return questionnaire(*rows, *extra, code=loinc("72109-2"))


def as_bytes(plain):
    return json.dumps(plain, ensure_ascii=False).encode()


def every_kind():
    """A questionnaire with every kind of answer that the wizard knows, a sum, and conditions on several of them."""
    limits = [
        {"url": CORE + "minValue", "valueInteger": 0},
        {"url": CORE + "maxValue", "valueInteger": 10},
        {"url": CORE + "questionnaire-unit", "valueCoding": {"code": "d", "display": "days"}},
    ]
    added = calculated("%resource.item.where(linkId = 'signs' or linkId = 'step').answer.value.weight().sum()")
    return questionnaire(
        question(
            "signs", repeats=True, answerOption=[option(c, f"Sign {c}", worth) for worth, c in enumerate("abc", 1)]
        ),
        question("step", answerOption=frequency()),
        question("number", "integer", extension=limits),
        question("weight", "decimal"),
        question("day", "date", extension=[{"url": CORE + "minValue", "valueDate": "2000-01-01"}]),
        question("moment", "dateTime"),
        question("hour", "time"),
        question("other", "open-choice", answerOption=[option("x", "X"), option("y", "Y")]),
        question("words", "text"),
        question("many", "text", enableWhen=[{"question": "number", "operator": ">", "answerInteger": 5}]),
        question("total", "integer", readOnly=True, extension=added),
        title="Every kind",
    )


def several_entries(expression="%resource.item.where(linkId = 'ages').answer.value.sum()", **more):
    """A questionnaire whose questions each take several typed answers; by default the sum of one of them is its result."""
    ages = [{"url": CORE + "minValue", "valueInteger": 0}, {"url": CORE + "maxValue", "valueInteger": 120}]
    return questionnaire(
        question("ages", "integer", repeats=True, extension=ages),
        question("weights", "decimal", repeats=True),
        question("amounts", "quantity", repeats=True),
        question("days", "date", repeats=True),
        question("moments", "dateTime", repeats=True),
        question("hours", "time", repeats=True),
        question("pets", "string", repeats=True),
        question("stories", "text", repeats=True, maxLength=20),
        question("after", "text"),
        question("sum", "integer", readOnly=True, extension=calculated(expression)),
        title="Several entries",
        **more,
    )
