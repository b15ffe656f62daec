"""Questionnaires that the therapist brought in, as instruments that the wizard asks.

A recognised one gives its own wording to our instrument: the score, its bands and flags, and the scores over time stay the
same. Any other one becomes an instrument of its own, with a total only where its rule is known or was confirmed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from safeplan_desktop.domain.file_sums import sum_in_words
from safeplan_desktop.domain.instruments import (
    Instrument,
    InstrumentKind,
    Item,
    LicenceClass,
    Option,
)
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.questionnaires import (
    NOT_ASKED,
    Question,
    Questionnaire,
    QuestionType,
    RuleKind,
    ScoreRule,
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
        file=stored.file,
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
            kept = replace(worded, file=replace(found, warnings=(), kept=()))
            return Asked(_with_licence(kept, permission, found), _asked_otherwise(found, own))
        limits.append(
            f"Its answers differ from the published ones, so it gives no score here; {own.title} as shipped does."
        )
    counts = found.scoring.kind is RuleKind.FILE_SUM or (found.scoring.kind is RuleKind.UNCONFIRMED and sum_confirmed)
    scored = found.scoring.items if counts else ()
    if scored and not all(_whole_points(question) for question in found.scored()):
        limits.append("Its points aren't whole numbers, so no total is worked out.")
        scored = ()
    rule = found.scoring if scored else ScoreRule(RuleKind.NONE, "")
    why = found.scoring.why
    multiple = rule.divided_by == 1 and not rule.plus
    if not multiple:
        added = sum_in_words(len(scored))
        limits.append(f"Its result is on another scale; here the total is {added}, in whole numbers.")
        why += f" Here the total is {added}."
    asked = [question for question in found.questions if question.is_asked]
    parts = _parts_of(found)
    for question in asked:
        limits += _limits_of(question)
    rule = ScoreRule(
        RuleKind.FILE_SUM if scored else RuleKind.NONE,
        why,
        tuple(scored),
        total_item=found.scoring.total_item,
        times=rule.times,
        divided_by=rule.divided_by,
        plus=rule.plus,
    )
    instrument = Instrument(
        id=ID_PREFIX + record_id,
        title=found.title,
        about=found.description or "Brought in by you.",
        kind=InstrumentKind.SCORE_ENTRY,
        window="",
        licence="",
        credit="",
        option_sets={one.link_id: _options(one, counts=one.link_id in scored) for one in asked},
        items=tuple(_item(one, parts[one.link_id], counts=one.link_id in scored) for one in asked),
        total=bool(scored),
        scoring_source=why,
        scaled_by=rule.times if multiple else 1,
        file=replace(found, scoring=rule, warnings=(), kept=()),
    )
    return Asked(_with_licence(instrument, permission, found), tuple(dict.fromkeys(limits)))


def _asked_otherwise(found: Questionnaire, own: Instrument) -> tuple[str, ...]:
    """Where our own instrument asks otherwise than the file, which changes no score."""
    items = {link_id: own.item(item_id) for item_id, link_id in found.scoring.places}
    sentences = []
    for question in found.questions:
        if not question.is_asked:
            continue
        item = items.get(question.link_id)
        if item is None:
            sentences.append(f"“{shortened(question.text)}” isn't asked here: {own.title} has no such question.")
            continue
        if _waits(question, found) and not (item.ask_when or item.ask_when_any):
            sentences.append(f"“{shortened(question.text)}” is always asked here, as {own.title} has it.")
        if question.repeats:
            sentences.append(f"“{shortened(question.text)}” takes several answers; here one is chosen.")
    return tuple(sentences)


def _waits(question: Question, found: Questionnaire) -> bool:
    above: Question | None = question
    while above is not None:
        if above.show_when:
            return True
        above = found.question(above.parent)
    return False


def _limits_of(question: Question) -> Iterator[str]:
    """What the wizard asks otherwise than the file has it."""
    named = f"“{shortened(question.text)}”"
    if question.type in {QuestionType.ATTACHMENT, QuestionType.REFERENCE}:
        yield f"{named} asks for a file or a record; here it takes words."
    if question.initial:
        yield f"{named} comes answered in the file; here it begins without an answer."


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
        credit=" ".join(part for part in (_ended(found.licence), f"Used here because: {permission}") if part),
    )


def _ended(sentence: str) -> str:
    return f"{sentence}." if sentence and sentence[-1].isalnum() else sentence


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
    if question.counts_itself:
        return question.type is QuestionType.INTEGER
    return bool(question.options) and all(
        option.points is not None and float(option.points).is_integer() for option in question.options
    )


def _options(question: Question, *, counts: bool) -> tuple[Option, ...]:
    points = [option.points for option in question.options]
    if counts and len(set(points)) == len(points):
        return tuple(Option(int(option.points or 0), option.label) for option in question.options)
    return tuple(Option(place, option.label) for place, option in enumerate(question.options))


def _item(question: Question, part: str, *, counts: bool) -> Item:
    prompt = "" if question.options else "Answer"
    if question.type is QuestionType.OPEN_CHOICE and question.options:
        prompt = "Another answer"
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
