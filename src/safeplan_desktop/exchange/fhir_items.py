"""The items of a FHIR questionnaire as questions, in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from safeplan_desktop.domain.questionnaires import (
    CHOICES,
    NOT_ASKED,
    AnswerOption,
    AnswerValue,
    Question,
    QuestionType,
)
from safeplan_desktop.exchange.fhir_conditions import possible, unit_names, with_conditions, written
from safeplan_desktop.exchange.fhir_json import Plain, RefusedFileError
from safeplan_desktop.exchange.fhir_limits import DECIMALS, HIGHEST, LOWEST, with_limits
from safeplan_desktop.exchange.fhir_options import initially_chosen, options_of
from safeplan_desktop.exchange.fhir_parts import (
    CORE,
    SDC,
    Notes,
    answer_in,
    codes_of,
    concept_codes,
    extension_value,
    extensions,
    flag,
    of,
    parts,
    plain_words,
    short_name,
    translation,
    url_of,
    words,
)
from safeplan_desktop.exchange.fhir_value_sets import ValueSets

DEEPEST = 12
MOST_QUESTIONS = 1000
MOST_OPTIONS = 5000
_LONGEST_TEXT = 10_000

CALCULATED = (SDC + "sdc-questionnaire-calculatedExpression", CORE + "questionnaire-calculatedExpression")
SHOWN_WHEN = (SDC + "sdc-questionnaire-enableWhenExpression", CORE + "questionnaire-enableWhenExpression")
VARIABLE = CORE + "variable"

# How an item looks: nothing is lost when it looks otherwise here.
_LOOKS = {
    CORE + name
    for name in (
        "questionnaire-choiceOrientation", "questionnaire-columnCount", "questionnaire-displayCategory", "rendering-style",
        "rendering-styleSensitive", "rendering-xhtml", "rendering-markdown", "entryFormat", "designNote",
        "questionnaire-sliderStepValue", "translation", "preferredTerminologyServer",
    )
} | {SDC + name for name in ("sdc-questionnaire-shortText", "sdc-questionnaire-width", "sdc-questionnaire-openLabel")}  # fmt: skip
_UNDERSTOOD = {
    *CALCULATED, *SHOWN_WHEN, VARIABLE, CORE + "questionnaire-hidden", CORE + "questionnaire-unit", LOWEST,
    HIGHEST, DECIMALS, CORE + "questionnaire-itemControl",
}  # fmt: skip
_FIELDS = {
    "id", "linkId", "type", "text", "_text", "prefix", "_prefix", "code", "required", "repeats", "readOnly", "maxLength",
    "item", "answerOption", "answerValueSet", "enableWhen", "enableBehavior", "initial", "extension", "definition",
}  # fmt: skip
_CONTROL = CORE + "questionnaire-itemControl"
_HELP = {"help", "flyover", "more-info"}
_R5 = frozenset({"coding", "question"})


@dataclass(slots=True)
class ReadItems:
    """The questions of a file, and the expressions that stand beside them.

    Attributes:
        calculated: The expression that a question's answer is calculated by.
        shown_by: The expression that decides whether a question is shown.
        unread: The questions whose calculation is written in a way that isn't read.
        variables: Expressions with names, by the link id of where they stand; those of the whole file under an empty one.
        units: The names and codes of a question's unit.
        written: The questions as they stand in the file.
    """

    questions: list[Question] = field(default_factory=list)
    calculated: dict[str, str] = field(default_factory=dict)
    shown_by: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    variables: dict[str, dict[str, str]] = field(default_factory=dict)
    units: dict[str, set[str]] = field(default_factory=dict)
    written: dict[str, Plain] = field(default_factory=dict)

    def variables_for(self, link_id: str) -> dict[str, str]:
        """The variables that an expression at this question may name: its own before those of what it stands in.

        Files also name what stands beside it; that is taken where it can mean one thing only.
        """
        everywhere: dict[str, set[str]] = {}
        for beside in self.variables.values():
            for name, text in beside.items():
                everywhere.setdefault(name, set()).add(text)
        found = {name: next(iter(texts)) for name, texts in everywhere.items() if len(texts) == 1}
        parents = {question.link_id: question.parent for question in self.questions}
        places = [link_id]
        while places[-1]:
            places.append(parents[places[-1]])
        for place in reversed(places):
            found |= self.variables.get(place, {})
        return found

    def define(self, place: str, name: str, text: str, notes: Notes) -> None:
        """Takes a variable; of two with one name in one place, the first."""
        if self.variables.setdefault(place, {}).setdefault(name, text) != text:
            notes.warn(f"The variable “{name[:40]}”{of(place)} is given twice; the first one is taken.")


def read_items(questionnaire: Plain, sets: ValueSets, language: str, notes: Notes) -> ReadItems:
    """All items of a questionnaire.

    Raises:
        RefusedFileError: when the items can't be told apart, are of another release of FHIR, or are too many or deep.
    """
    if not isinstance(questionnaire.get("item"), list) or not questionnaire["item"]:
        raise RefusedFileError("The questionnaire has no questions.")
    read = ReadItems()
    taken: set[str] = set()
    hidden: set[str] = set()
    answered: set[str] = set()
    for item, parent, depth in _walk(questionnaire, "", 0):
        _check_release(item)
        link_id = _link_id(item, taken, parent)
        taken.add(link_id)
        if len(read.questions) >= MOST_QUESTIONS:
            raise RefusedFileError(f"The questionnaire has more than {MOST_QUESTIONS} items.")
        question = _question(item, link_id, parent, depth, sets, language, notes)
        if parent in answered and question.type is QuestionType.DISPLAY:
            # What stands under a question is about this question, whatever it is called.
            question = replace(question, is_help=True)
        if question.type not in NOT_ASKED:
            answered.add(link_id)
        if parent in hidden:
            question = replace(question, hidden=True)
        if question.hidden:
            hidden.add(link_id)
            if question.required and not question.initial:
                notes.warn(f"Question {link_id} has to be answered, but the file hides it.")
        read.questions.append(question)
        read.written[link_id] = item
        read.units[link_id] = unit_names(extension_value(item, CORE + "questionnaire-unit"))
        _expressions(item, link_id, read, notes)
    if sum(len(question.options) for question in read.questions) > MOST_OPTIONS:
        raise RefusedFileError(f"The questionnaire has more than {MOST_OPTIONS} possible answers.")
    read.questions[:] = _with_help(read.questions)
    items = (item for item, _, _ in _walk(questionnaire, "", 0))
    read.questions[:] = with_conditions(items, read.questions, read.units, notes)
    return read


def _walk(holder: Plain, parent: str, depth: int) -> Iterator[tuple[Plain, str, int]]:
    items = holder.get("item")
    if items is None:
        return
    if not isinstance(items, list):
        raise RefusedFileError("“item” isn't a list, so the questions can't be read.")
    if depth >= DEEPEST:
        raise RefusedFileError(f"The questions are nested more than {DEEPEST} levels deep.")
    for item in items:
        if not isinstance(item, dict):
            raise RefusedFileError("One of the questions isn't of the form that FHIR asks for.")
        yield item, parent, depth
        link_id = item.get("linkId")
        yield from _walk(item, link_id.strip() if isinstance(link_id, str) else "", depth + 1)


def _check_release(item: Plain) -> None:
    kind = item.get("type")
    if (isinstance(kind, str) and kind in _R5) or "answerConstraint" in item or "disabledDisplay" in item:
        raise RefusedFileError(
            "The questionnaire is written for FHIR R5; this program reads R4.",
            next_step="Save it as R4, and choose that file.",
        )
    conditions = item.get("enableWhen")
    asks = (
        any(isinstance(one, dict) and "hasAnswer" in one for one in conditions)
        if isinstance(conditions, list)
        else False
    )
    if "option" in item or "options" in item or asks:
        raise RefusedFileError(
            "The questionnaire is written for FHIR STU3; this program reads R4.",
            next_step="Save it as R4, and choose that file.",
        )


def _link_id(item: Plain, taken: set[str], parent: str) -> str:
    link_id = item.get("linkId")
    if not isinstance(link_id, str) or not link_id.strip():
        under = f" under {parent}" if parent else f" (number {len(taken) + 1})"
        raise RefusedFileError(f"A question{under} has no link id, so its answers couldn't be told from others.")
    link_id = link_id.strip()
    if link_id in taken:
        raise RefusedFileError(
            f"Two questions have the link id “{link_id[:60]}”, so their answers couldn't be told apart."
        )
    return link_id


def _question(
    item: Plain, link_id: str, parent: str, depth: int, sets: ValueSets, language: str, notes: Notes
) -> Question:
    kind = _type(item, link_id)
    unit = extension_value(item, CORE + "questionnaire-unit")
    options = options_of(item, sets, link_id, notes) if kind not in NOT_ASKED else ()
    if kind is QuestionType.BOOLEAN and not options:
        options = (AnswerOption("Yes", value=True), AnswerOption("No", value=False))
    for name in item.keys() - _FIELDS:
        notes.keep(link_id, name)
    _note_worked_out(item, link_id, notes)
    for one in parts(item, "extension", notes, link_id):
        if url_of(one) not in _UNDERSTOOD and url_of(one) not in _LOOKS:
            notes.keep(link_id, short_name(one))
    question = Question(
        link_id,
        kind,
        _text(item, link_id, language, notes),
        parent,
        depth,
        prefix=words(item, "prefix", notes, link_id),
        codes=codes_of(item, notes, link_id),
        options=options,
        required=flag(item, "required", notes, link_id),
        repeats=flag(item, "repeats", notes, link_id),
        read_only=flag(item, "readOnly", notes, link_id),
        hidden=extension_value(item, CORE + "questionnaire-hidden") is True,
        unit=_unit(unit),
        is_help=bool(parent)
        and kind is QuestionType.DISPLAY
        and bool(_HELP & concept_codes(extension_value(item, _CONTROL))),
    )
    question = with_limits(item, question, notes)
    if kind in CHOICES and not options and not item.get("answerValueSet"):
        notes.warn(f"Question {link_id} is a choice without any answers; the answer is typed in as words.")
    if question.repeats and kind is QuestionType.GROUP:
        notes.warn(f"The group {link_id} can be filled in several times; it is asked once.")
    return replace(question, initial=_initial(item, question, notes))


def _note_worked_out(item: Plain, link_id: str, notes: Notes) -> None:
    """Names what stands beside the words of a question and isn't followed: most of all words that the file works out."""
    for name in ("_text", "_prefix"):
        more = item.get(name)
        for one in parts(more, "extension", notes, link_id) if isinstance(more, dict) else ():
            if short_name(one) == "cqf-expression":
                notes.warn(
                    f"The words of {link_id} are worked out by the file; that isn't done here, so they stay as they are."
                )
            elif url_of(one) not in _LOOKS:
                notes.keep(link_id, short_name(one))


def _unit(unit: object) -> str:
    found = (unit.get("display") or unit.get("code")) if isinstance(unit, dict) else None
    return found if isinstance(found, str) else ""


def _type(item: Plain, link_id: str) -> QuestionType:
    kind = item.get("type")
    try:
        return QuestionType(kind)
    except ValueError:
        named = f"the type “{kind[:40]}”, which FHIR R4 doesn't know" if isinstance(kind, str) else "no type"
        raise RefusedFileError(f"Question {link_id[:60]} has {named}.") from None


def _text(item: Plain, link_id: str, language: str, notes: Notes) -> str:
    text = words(item, "text", notes, link_id)
    more = item.get("_text")
    if not text and isinstance(more, dict):
        text = translation(more, language)
        if not text:
            xhtml = extension_value(more, CORE + "rendering-xhtml") or extension_value(
                more, CORE + "rendering-markdown"
            )
            text = plain_words(xhtml) if isinstance(xhtml, str) else ""
    if not text:
        displays = (one.get("display") for one in parts(item, "code", notes, link_id))
        text = next((one.strip() for one in displays if isinstance(one, str) and one.strip()), "")
        if text:
            notes.warn(f"Question {link_id} has no text; the name of its code is shown instead.")
    if len(text) > _LONGEST_TEXT:
        notes.warn(f"The text of question {link_id} is longer than {_LONGEST_TEXT:,} characters and is cut there.")
        text = text[:_LONGEST_TEXT]
    # A group often has no text of its own: it only holds its questions together.
    if not text and item.get("type") != "group":
        notes.warn(f"Question {link_id} has no text; its link id is shown instead.")
        text = link_id
    return text


def _initial(item: Plain, question: Question, notes: Notes) -> tuple[AnswerValue, ...]:
    if question.type in NOT_ASKED:
        return ()
    found = []
    for one in (*parts(item, "initial", notes, question.link_id), *initially_chosen(item, notes)):
        value = answer_in(one)
        if value is None or not possible(value, question) or not question.allows((value,)):
            named = "nothing that is understood" if value is None else f"“{written(value)}”, which it can never be"
            notes.warn(f"Question {question.link_id} comes answered with {named}; that is left out.")
            continue
        listed = question.option_for(value)
        found.append(listed.value if listed is not None else value)
    if found and not question.allows(tuple(found)):
        notes.warn(f"Question {question.link_id} comes with several answers, but takes one; they are left out.")
        return ()
    return tuple(found)


def _expressions(item: Plain, link_id: str, read: ReadItems, notes: Notes) -> None:
    for urls, kept in ((CALCULATED, read.calculated), (SHOWN_WHEN, read.shown_by)):
        for one in extensions(item, *urls):
            text = expression_in(one)
            if not text:
                notes.warn(f"Question {link_id} has an expression {_in_what(one)}; it isn't used.")
                if urls is CALCULATED:
                    read.unread.add(link_id)
            elif kept.setdefault(link_id, text) != text:
                notes.warn(f"Question {link_id} has two different expressions of one kind; the first one is taken.")
    for one in extensions(item, VARIABLE):
        name, text = variable_in(one)
        if name:
            read.define(link_id, name, text, notes)
        else:
            notes.warn(f"A variable of question {link_id} can't be read; it isn't used.")


def _in_what(extension: Plain) -> str:
    """Why an expression can't be read: most often for its language."""
    found = extension.get("valueExpression")
    language = found.get("language") if isinstance(found, dict) else None
    if isinstance(language, str) and language != "text/fhirpath":
        return f"in {language[:40]}, which this program doesn't run"
    return "that can't be read"


def expression_in(extension: Plain) -> str:
    """The FHIRPath of an extension; empty for another language."""
    found = extension.get("valueExpression")
    if not isinstance(found, dict):
        text = extension.get("valueString")
        return text.strip() if isinstance(text, str) else ""
    text = found.get("expression")
    return text.strip() if isinstance(text, str) and found.get("language", "text/fhirpath") == "text/fhirpath" else ""


def variable_in(extension: Plain) -> tuple[str, str]:
    """The name and the FHIRPath of a variable; empty where it has none."""
    found = extension.get("valueExpression")
    name = found.get("name") if isinstance(found, dict) else None
    text = expression_in(extension)
    return (name, text) if isinstance(name, str) and name and text else ("", "")


def _with_help(questions: list[Question]) -> list[Question]:
    """Puts help that stands as an item of its own beside its question as well."""
    helps: dict[str, list[str]] = {}
    for question in questions:
        if question.is_help:
            helps.setdefault(question.parent, []).append(question.text)
    return [replace(question, help=tuple(helps.get(question.link_id, ()))) for question in questions]
