"""Screenings: answers, factors, the therapist's formulation and level of care, and what a signature keeps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import Enum

from safeplan_desktop.domain.clients import ClientSnapshot
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.questionnaires import AnswerValue
from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
QUICK_CHECK = "quick-check"
"""The id of the short questions of a quick check."""


class ScreeningReason(Enum):
    """Why this screening is done."""

    INTAKE = "intake"
    ROUTINE = "routine"
    CONCERN = "concern"
    AFTER_INCIDENT = "after-incident"
    FOLLOW_UP = "follow-up"  # the quick check's only reason


class Setting(Enum):
    """Where the session is."""

    OFFICE = "office"
    TELEHEALTH = "telehealth"
    HOME_VISIT = "home-visit"
    PHONE = "phone"


class Step(Enum):
    """The wizard's steps, in order."""

    BEGIN = "begin"
    INSTRUMENTS = "instruments"
    FACTORS = "factors"
    FORMULATION = "formulation"
    CARE = "care"
    SIGN = "sign"


class Judgement(Enum):
    """The therapist's own judgement of risk; the program never sets it."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    NO_LEVEL = "no-level"  # formulation in words only


class LevelOfCare(Enum):
    """Levels of care, from the lightest to the most intensive (vocabulary: ASAM and common outpatient use)."""

    OUTPATIENT = "outpatient"
    OUTPATIENT_MORE_OFTEN = "outpatient-more-often"
    INTENSIVE_OUTPATIENT = "intensive-outpatient"
    PARTIAL_HOSPITALISATION = "partial-hospitalisation"
    CRISIS_TEAM = "crisis-team"
    RESPITE = "respite"
    CRISIS_STABILISATION = "crisis-stabilisation"
    RESIDENTIAL = "residential"
    INPATIENT = "inpatient"
    EMERGENCY = "emergency"


class FactorKind(Enum):
    """What a ticked factor is."""

    RISK = "risk"
    PROTECTIVE = "protective"
    WARNING_SIGN = "warning-sign"


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """The answer to one item.

    Attributes:
        value: The chosen answer, by its value among the instrument's options; None for none.
        note: What was written beside it, or instead of it; also what was typed and can't be read.
        given: Several chosen answers, a number, a day or a time, as a questionnaire takes them; empty for none.
    """

    item: str
    value: int | None = None
    note: str = ""
    given: tuple[AnswerValue, ...] = ()


@dataclass(frozen=True, slots=True)
class InstrumentAnswers:
    """The answers to one instrument, in the order in which the instruments were chosen."""

    instrument: str
    answers: tuple[ItemAnswer, ...] = ()

    def values(self) -> dict[str, int | None]:
        """The answers by item id, as the scoring takes them."""
        return {answer.item: answer.value for answer in self.answers}


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor that the therapist ticked, and what they wrote beside it.

    Attributes:
        label: The factor's words as they stood on the screen.
    """

    kind: FactorKind
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeansAccess:
    """Access to one kind of means, and what is done about it.

    Attributes:
        means: Such as "medicines" or "firearm", as it stood on the screen.
        action: Such as "locked away", as it stood on the screen or as typed.
        who: Who does it.
        by: Until when.
        checked_on: When it was seen or confirmed.
    """

    means: str
    action: str = ""
    who: str = ""
    by: dt.date | None = None
    checked_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Formulation:
    """The therapist's formulation (risk status, risk state, resources, foreseeable changes: Pisani and others, 2016).

    Attributes:
        status: Risk compared with a stated population.
        state: Risk compared with the client's own baseline.
        difference: An optional sentence where facts and judgement seem apart.
    """

    status: str = ""
    state: str = ""
    resources: str = ""
    foreseeable: str = ""
    judgement: Judgement | None = None
    reasons: str = ""
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Care:
    """The level of care that the therapist decided, and what follows from it."""

    level: LevelOfCare | None = None
    reasons: str = ""
    actions: str = ""
    told: str = ""
    next_reassessment: dt.date | None = None


@dataclass(frozen=True, slots=True)
class QuickCheck:
    """What makes a screening a quick check: the last screening, as it stood beside the questions."""

    last_number: int
    last_day: dt.date
    last_judgement: Judgement
    last_level: LevelOfCare


@dataclass(frozen=True, slots=True)
class ScreeningForm:
    """Everything that the wizard asks.

    Attributes:
        client_location: Where the client is now, when the session isn't in the office.
        callback: The number on which the client can be called back if the line drops.
        quick: Set for a quick check, which asks only part of this; None for a whole screening.
    """

    client_id: str
    reason: ScreeningReason | None = None
    reason_note: str = ""
    setting: Setting | None = None
    client_location: str = ""
    callback: str = ""
    instruments: tuple[InstrumentAnswers, ...] = ()
    factors: tuple[Factor, ...] = ()
    means: tuple[MeansAccess, ...] = ()
    warning_signs: str = ""
    formulation: Formulation = Formulation()
    care: Care = Care()
    quick: QuickCheck | None = None

    def answer(self, instrument: str, item: str) -> int | None:
        """One answer; None where it isn't there."""
        given = next((one for one in self.instruments if one.instrument == instrument), None)
        return None if given is None else given.values().get(item)


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """One answer as it stood on the screen: label and answer in the words of that day's instrument."""

    item: str
    label: str
    value: int | None
    answer: str
    note: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class InstrumentFact:
    """What one instrument said: kept with the signature, so that a later edition changes nothing.

    Attributes:
        tier, tier_source: A published screen result, and where its rule stands.
        cutoffs: Published cut-offs that apply, as sentences.
        parts: The totals of parts, in words.
        scaled: The total on the published scale of 0 to 100, where there is one.
        hidden: How many questions have an answer although they are no longer asked; then there is no result.
        uncounted: How many answers should count, but are none that the question takes; then there is no result.
        not_counted: A sentence on each answer that counts nothing, whether there is a result or not.
        unanswered: The questions that were asked and have no answer.
    """

    instrument: str
    title: str
    window: str
    complete: bool
    total: int | None
    highest_total: int | None
    band: str
    band_source: str
    flags: tuple[str, ...]
    findings: tuple[str, ...]
    missing: int
    answers: tuple[AnswerFact, ...]
    credit: str = ""
    tier: str = ""
    tier_source: str = ""
    cutoffs: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    scaled: int | None = None
    hidden: int = 0
    uncounted: int = 0
    not_counted: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedScreening:
    """A signed screening: never changes; an addendum may follow.

    Attributes:
        number: 1, 2, 3, ... for each client.
        started: When the wizard was begun.
        content: The canonical JSON that was signed.
        content_hash: Its SHA-256, in hex.
    """

    id: str
    number: int
    client: ClientSnapshot
    form: ScreeningForm
    facts: tuple[InstrumentFact, ...]
    started: Moment
    signer: str
    signed: Moment
    content: str = ""
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class ScreeningSummary:
    """One row of a client's screenings.

    Attributes:
        voided: Whether it was entered in error; the record stays, readable and marked.
    """

    id: str
    number: int
    client_id: str
    signed: Moment
    reason: ScreeningReason
    judgement: Judgement
    level: LevelOfCare
    next_reassessment: dt.date | None
    flagged: bool
    voided: bool = False


def missing_for_signing(form: ScreeningForm) -> tuple[tuple[Step, str], ...]:
    """What the wizard still needs before it can be signed: the step, and a sentence. Empty when nothing is missing."""
    needs: list[tuple[Step, str]] = []
    if form.reason is None:
        needs.append((Step.BEGIN, "Why this screening is done."))
    if form.setting is None:
        needs.append((Step.BEGIN, "Where the session is."))
    if form.setting not in (None, Setting.OFFICE) and not form.client_location.strip():
        needs.append((Step.BEGIN, "Where the client is now."))
    if form.formulation.judgement is None:
        needs.append((Step.FORMULATION, "Your own judgement."))
    if not form.formulation.reasons.strip():
        needs.append((Step.FORMULATION, "Your reasons for that judgement."))
    if form.care.level is None:
        needs.append((Step.CARE, "The level of care you decided on."))
    return tuple(needs)


def begin_quick_check(client_id: str, last: ScreeningSummary) -> ScreeningForm:
    """A quick check after a screening: the level of care stays as decided there, unless it is changed."""
    return ScreeningForm(
        client_id,
        reason=ScreeningReason.FOLLOW_UP,
        instruments=(InstrumentAnswers(QUICK_CHECK),),
        care=Care(level=last.level),
        quick=QuickCheck(last.number, last.signed.local_date, last.judgement, last.level),
    )


def as_whole_screening(form: ScreeningForm) -> ScreeningForm:
    """A quick check that goes on as a whole screening, with every word and answer of it.

    The reason is asked anew, and so is the level of care, unless it was changed: what only stayed wasn't decided today.
    """
    level = None if form.quick is not None and form.care.level is form.quick.last_level else form.care.level
    return replace(form, reason=None, care=replace(form.care, level=level), quick=None)


def missing_in_quick_check(form: ScreeningForm) -> tuple[tuple[str, str], ...]:
    """What a quick check still needs before it can be signed: the field, and a sentence."""
    needs: list[tuple[str, str]] = []
    if form.answer(QUICK_CHECK, "thoughts") is None:
        needs.append(("thoughts", "Whether there are thoughts of being dead or of ending their life."))
    if form.formulation.judgement is None:
        needs.append(("judgement", "Your own judgement."))
    if form.care.level is None:
        needs.append(("level", "The level of care."))
    if form.setting not in (None, Setting.OFFICE) and not form.client_location.strip():
        needs.append(("location", "Where the client is now."))
    return tuple(needs)


def check_for_signing(form: ScreeningForm, signer: str) -> None:
    """Refuses a form that isn't ready.

    Raises:
        InvalidInputError: naming the step (of a quick check, the field), or "signer", with what is missing.
    """
    steps = ((step.value, sentence) for step, sentence in missing_for_signing(form))
    needs = missing_in_quick_check(form) if form.quick is not None else tuple(steps)
    if needs:
        field, sentence = needs[0]
        raise InvalidInputError(field, f"Still needed before signing: {sentence[0].lower()}{sentence[1:]}")
    if not signer.strip():
        raise InvalidInputError("signer", "Please type your name as your signature.")


def facts_and_judgement_apart(facts: tuple[InstrumentFact, ...], judgement: Judgement | None) -> bool:
    """Whether a gentle question fits: a critical answer stands beside the judgement "low"."""
    return judgement is Judgement.LOW and any(fact.flags for fact in facts)
