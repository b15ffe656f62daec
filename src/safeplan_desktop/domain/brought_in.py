"""Questionnaires that the therapist brought in, as instruments that the wizard asks.

A recognised one gives its own wording to our instrument: the score, its bands and flags, and the scores over time stay the
same. Any other one becomes an instrument of its own, with a total only where its rule is known or was confirmed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.instruments import (
    Condition,
    Instrument,
    InstrumentKind,
    Item,
    LicenceClass,
    Option,
)
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.questionnaires import (
    NOT_ASKED,
    Operator,
    Question,
    Questionnaire,
    QuestionType,
    RuleKind,
    ShowWhen,
)
from safeplan_desktop.domain.vocabulary import shortened
from safeplan_desktop.errors import InvalidInputError

ID_PREFIX = "own-"


@dataclass(frozen=True, slots=True)
class Asked:
    """A questionnaire as the wizard asks it, and what it asks otherwise than the file says."""

    instrument: Instrument
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A questionnaire in the records.

    Attributes:
        asked: What the wizard asks, as it was agreed on that day.
        permission: Why the therapist may use it, in their words.
        sum_confirmed: Whether they confirmed that the sum of its points is its result.
        source: The file as it came.
        source_hash: Its SHA-256, in hex.
        retired_at: Since when it is no longer offered; None while it is.
    """

    id: str
    title: str
    permission: str
    sum_confirmed: bool
    taken_in: Moment
    asked: Asked
    source: str = ""
    source_hash: str = ""
    retired_at: dt.datetime | None = None


def worded_like(own: Instrument, stored: Instrument) -> Instrument:
    """Our instrument as it is now, with the words that were brought in for it."""
    return replace(
        own,
        items=stored.items,
        option_sets=stored.option_sets,
        read_aloud=True,
        licence=stored.licence,
        licence_class=stored.licence_class,
        credit=stored.credit,
    )


def check_permission(permission: str) -> None:
    """Refuses a questionnaire without a word on why it may be used.

    Raises:
        InvalidInputError: naming the field.
    """
    if not permission.strip():
        raise InvalidInputError(
            "permission", "Please write why you may use this questionnaire, such as “free for clinical use”."
        )


def as_instrument(
    record_id: str, permission: str, found: Questionnaire, own: Instrument | None, *, sum_confirmed: bool
) -> Asked:
    """What the wizard asks.

    Args:
        record_id: Of the record that it becomes.
        permission: Why it may be used.
        found: The file, read.
        own: Our instrument, where the questionnaire was recognised as it.
        sum_confirmed: Whether the therapist confirmed that the sum of its points is its result.
    """
    limits: list[str] = []
    if own is not None and found.scoring.kind is RuleKind.OWN_RULE:
        worded = _worded(found, own)
        if worded is not None:
            placed = {link_id for _, link_id in found.scoring.places}
            others = (one for one in found.questions if one.is_asked and one.link_id not in placed)
            left_out = tuple(
                f"“{shortened(one.text)}” isn't asked here: {own.title} has no such question." for one in others
            )
            return Asked(_with_licence(worded, permission, found), left_out)
        limits.append(
            f"Its answers differ from the published ones, so it gives no score here; {own.title} as shipped does."
        )
    counts = found.scoring.kind is RuleKind.FILE_SUM or (found.scoring.kind is RuleKind.UNCONFIRMED and sum_confirmed)
    scored = set(found.scoring.items) if counts else set()
    if scored and not all(_whole_points(question) for question in found.scored()):
        limits.append("Its points aren't whole numbers that differ from each other, so no total is worked out.")
        scored = set()
    sets: dict[str, tuple[Option, ...]] = {}
    items = []
    parts = _parts_of(found)
    for question in found.questions:
        if not question.is_asked:
            continue
        sets[question.link_id] = _options(question, counts=question.link_id in scored)
        items.append(_item(question, parts[question.link_id], limits, counts=question.link_id in scored))
        if question.repeats and question.options:
            limits.append(
                f"“{shortened(question.text)}” takes several answers; here one is chosen, the others go into the note."
            )
    instrument = Instrument(
        id=ID_PREFIX + record_id,
        title=found.title,
        about=found.description or "Brought in by you.",
        kind=InstrumentKind.SCORE_ENTRY,
        window="",
        licence="",
        credit="",
        option_sets=sets,
        items=tuple(_with_conditions(item, found, sets, limits) for item in items),
        total=bool(scored),
        scoring_source=found.scoring.why,
    )
    return Asked(_with_licence(instrument, permission, found), tuple(dict.fromkeys(limits)))


def _parts_of(found: Questionnaire) -> dict[str, str]:
    """What stands above each question: the instructions and headings since the question before, else the same as there."""
    parts: dict[str, str] = {}
    part, waiting = "", []
    for question in found.questions:
        if question.type in NOT_ASKED:
            waiting += [question.text] if question.text and not question.is_help else []
            continue
        if waiting:
            part, waiting = "\n".join(waiting), []
        parts[question.link_id] = part
    return parts


def _with_licence(instrument: Instrument, permission: str, found: Questionnaire) -> Instrument:
    return replace(
        instrument,
        read_aloud=True,
        licence=permission,
        licence_class=LicenceClass.CONDITIONS,
        credit=" ".join(part for part in (found.licence, f"Used here because: {permission}") if part),
    )


def _worded(found: Questionnaire, own: Instrument) -> Instrument | None:
    """Our instrument with the file's words; None where an answer has no place in it."""
    sets: dict[str, tuple[Option, ...]] = {}
    items = []
    places, parts = dict(found.scoring.places), _parts_of(found)
    for item in own.items:
        question = found.question(places.get(item.id, ""))
        if question is None:
            items.append(item)
            sets[item.options] = own.options_of(item)
            continue
        options = _same_values(own, item, question)
        if options is None:
            return None
        sets[f"of-{item.id}"] = options
        items.append(replace(item, label=question.text, options=f"of-{item.id}", part=parts[question.link_id]))
    return replace(own, items=tuple(items), option_sets=sets)


def _same_values(own: Instrument, item: Item, question: Question) -> tuple[Option, ...] | None:
    """Our values with the file's names for them, in the file's order."""
    if not question.options:
        return own.options_of(item)
    ours = {own.points(item, option.value): option for option in own.options_of(item)}
    named = [(ours.get(int(option.points)), option) for option in question.options if option.points is not None]
    made = [replace(option, label=worded.label) for option, worded in named if option is not None]
    different = len({option.value for option in made}) == len(made)
    return tuple(made) if different and len(made) == len(question.options) == len(ours) else None


def _whole_points(question: Question) -> bool:
    points = [option.points for option in question.options]
    whole = all(one is not None and float(one).is_integer() for one in points)
    return bool(points) and whole and len(set(points)) == len(points) and not question.repeats


def _options(question: Question, *, counts: bool) -> tuple[Option, ...]:
    if counts:
        return tuple(Option(int(option.points or 0), option.label) for option in question.options)
    return tuple(Option(place, option.label) for place, option in enumerate(question.options))


def _item(question: Question, part: str, limits: list[str], *, counts: bool) -> Item:
    prompt = "" if question.options else "Answer"
    if question.unit and prompt:
        prompt = f"Answer, in {question.unit}"
    if question.type in {QuestionType.ATTACHMENT, QuestionType.REFERENCE}:
        limits.append(f"“{shortened(question.text)}” asks for a file or a record; here it takes words.")
    label = " ".join(words for words in (question.prefix, question.text) if words)
    return Item(
        question.link_id,
        label,
        question.link_id,
        scored=counts,
        part=part,
        note_prompt=prompt,
        help=" ".join(question.help),
    )


def _with_conditions(item: Item, found: Questionnaire, sets: dict[str, tuple[Option, ...]], limits: list[str]) -> Item:
    question = found.question(item.id)
    if question is None:
        return item
    wanted: list[Condition] = []
    for condition in _conditions_of(question, found):
        made = _condition(condition, found, sets)
        if made is None:
            limits.append(f"“{shortened(question.text)}” is always asked here; its condition can't be followed.")
            return item
        wanted.append(made)
    if not wanted:
        return item
    if question.show_any and len(wanted) > 1:
        return replace(item, ask_when_any=tuple(wanted))
    return replace(item, ask_when=tuple(wanted))


def _conditions_of(question: Question, found: Questionnaire) -> tuple[ShowWhen, ...]:
    """A question's own conditions, and those of the groups that it stands in."""
    conditions = list(question.show_when)
    parent = found.question(question.parent)
    while parent is not None:
        conditions += parent.show_when
        parent = found.question(parent.parent)
    return tuple(conditions)


def _condition(condition: ShowWhen, found: Questionnaire, sets: dict[str, tuple[Option, ...]]) -> Condition | None:
    asked = found.question(condition.question)
    if asked is None or not sets.get(asked.link_id):
        return None
    values = [option.value for option in sets[asked.link_id]]
    if condition.operator is Operator.EXISTS and condition.value is True:
        return Condition(asked.link_id, min(values), max(values))
    chosen = asked.option_for(condition.value)
    if condition.operator is not Operator.EQUAL or chosen is None:
        return None
    value = values[asked.options.index(chosen)]
    return Condition(asked.link_id, value, value)
