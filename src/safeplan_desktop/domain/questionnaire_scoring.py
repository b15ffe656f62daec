"""The result of answers to an imported questionnaire: by our own rule where it was recognised, else by its sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from safeplan_desktop.domain.instruments import FlagRule, Instrument, Item
from safeplan_desktop.domain.questionnaire_answers import points_of, shown, sum_up
from safeplan_desktop.domain.questionnaires import Answers, AnswerValue, Question, Questionnaire, RuleKind, decimals_of
from safeplan_desktop.domain.scoring import NOBODY_KNOWN, Person, Score, score

_UNEVEN = 1e-9  # what the machine's fractions may lack


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known about a set of answers.

    Attributes:
        total: The result; None while something is missing, or where no rule is known.
        unconfirmed: The sum that the therapist has yet to confirm as the result; None where there is none.
        score: What our own rule says, for a recognised questionnaire.
        missing, hidden, unknown: Link ids of questions without an answer, with one although they aren't shown, and with one
            that has no points.
    """

    total: float | None = None
    unconfirmed: float | None = None
    score: Score | None = None
    missing: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def flags(self) -> tuple[FlagRule, ...]:
        """Critical answers; only a recognised questionnaire has them."""
        return self.score.flags if self.score is not None else ()


def agrees(stated: float, found: float) -> bool:
    """Whether a stated result is the one that was found; a mean is stated with as many decimals as somebody chose."""
    places = decimals_of(stated)
    return abs(stated - found) <= (0.5 * 10**-places if places else 0.0) + _UNEVEN


def outcome(
    questionnaire: Questionnaire, answers: Answers, instruments: Mapping[str, Instrument], person: Person = NOBODY_KNOWN
) -> Outcome:
    """The result of these answers."""
    if questionnaire.scoring.kind is not RuleKind.OWN_RULE:
        added = sum_up(questionnaire, answers)
        whole = added.complete and questionnaire.scoring.kind is not RuleKind.NONE
        known = questionnaire.scoring.kind is RuleKind.FILE_SUM
        total = questionnaire.scoring.result(added.total) if added.total is not None else None
        return Outcome(
            total if whole and known else None,
            total if whole and not known else None,
            None,
            added.missing,
            added.hidden,
            added.unknown,
        )
    instrument = instruments[questionnaire.scoring.instrument]
    values, unknown, hidden = _values(questionnaire, instrument, answers)
    result = score(instrument, values, person)
    link = dict(questionnaire.scoring.places)
    if unknown or hidden:
        result = replace(result, total=None, band=None, tier=None, cutoffs=(), complete=False)
    return Outcome(
        result.total,
        None,
        result,
        tuple(link.get(item_id, item_id) for item_id in result.missing if link.get(item_id) not in unknown),
        tuple(dict.fromkeys((*hidden, *(link.get(item_id, item_id) for item_id in result.hidden)))),
        unknown,
    )


def _values(
    questionnaire: Questionnaire, instrument: Instrument, answers: Answers
) -> tuple[dict[str, int | None], tuple[str, ...], tuple[str, ...]]:
    visible = shown(questionnaire, answers)
    values: dict[str, int | None] = {}
    unknown, hidden = [], []
    places = dict(questionnaire.scoring.places)
    for item_id, link_id in places.items():
        question = questionnaire.question(link_id)
        if question is None:
            continue
        item = instrument.item(item_id)
        given = answers.get(link_id, ())
        value = _value(instrument, item, question, given)
        if given and value is None:
            unknown.append(link_id)
        if given and link_id not in visible:
            hidden.append(link_id)
        values[item_id] = value
    return values, tuple(unknown), tuple(hidden)


def _value(instrument: Instrument, item: Item, question: Question, given: tuple[AnswerValue, ...]) -> int | None:
    """Our own value for the points of an answer."""
    if len(given) != 1:
        return None
    points = points_of(question, given)
    fitting = [
        option.value for option in instrument.options_of(item) if instrument.points(item, option.value) == points
    ]
    return fitting[0] if len(fitting) == 1 else None
