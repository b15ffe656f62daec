"""Instruments as data: items as short construct labels, options with values, scoring facts with their sources.

One file of `resources/instruments/` is one instrument. Adding one needs no code.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.canonical import UnreadableRecordError, from_plain
from safeplan_desktop.domain.questionnaires import Questionnaire
from safeplan_desktop.errors import SafePlanError


class UnusableInstrumentError(SafePlanError):
    """An instrument file contradicts itself."""


class InstrumentKind(Enum):
    """How an instrument is used."""

    SCORE_ENTRY = "score-entry"  # labels for typing in the answers of a published instrument
    INTERVIEW = "interview"  # our own questions, no score
    JUDGEMENT = "judgement"  # structured professional judgement: headings to judge by, no score


class LicenceClass(Enum):
    """What may be done with an instrument's official wording; our labels are never it."""

    OWN = "own"
    FREE = "free"
    CONDITIONS = "conditions"
    RESTRICTED = "restricted"


class Sex(Enum):
    """Sex as a published cut-off asks for it."""

    FEMALE = "female"
    MALE = "male"


class Region(Enum):
    """Whose published cut-offs apply."""

    US = "us"
    UK = "uk"


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer: its points, a short label, its LOINC answer code."""

    value: int
    label: str
    loinc: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """True when the item's answer lies between two values; an unanswered item makes it false.

    Attributes:
        at_most: The highest value; None for no upper end.
        age_below: Holds only for somebody known to be younger, in years; None for everybody.
    """

    item: str
    at_least: int = 1
    at_most: int | None = None
    age_below: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    Attributes:
        label: A short construct label in our own words (score entry), or our own question (interview).
        scored: Whether its value counts towards the total.
        ask_when: All of these must hold for the question to be asked.
        ask_when_any: One of these must hold for the question to be asked; empty for no such rule.
        reverse: Whether its values count the other way round.
        times: What its value is multiplied with in the total.
        part: The heading it stands under; empty where there are none.
        note_prompt: What to write beside the answer; empty for the plain "Note".
    """

    id: str
    label: str
    options: str
    scored: bool = True
    loinc: str = ""
    part: str = ""
    help: str = ""
    note_prompt: str = ""
    ask_when: tuple[Condition, ...] = ()
    ask_when_any: tuple[Condition, ...] = ()
    reverse: bool = False
    times: int = 1


@dataclass(frozen=True, slots=True)
class Band:
    """A published range of totals and its name; with a region, it applies there only."""

    lowest: int
    highest: int
    label: str
    source: str
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """A published screen result; the first one that holds wins, so the highest stands first.

    Attributes:
        all: All of these must hold.
        any: One of these must hold; with neither, the tier is what remains.
    """

    id: str
    label: str
    source: str
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Subscale:
    """A part with a total of its own."""

    id: str
    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A published cut-off: from this total on, the screen is positive.

    Attributes:
        label: What being at or above it means.
        of: The subscale that it is about; empty for the total.
        sex, region, age_from, age_to: For whom it holds; None for everybody.
    """

    id: str
    label: str
    at_least: int
    source: str
    of: str = ""
    sex: Sex | None = None
    region: Region | None = None
    age_from: int | None = None
    age_to: int | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A published remark on certain answers; only for complete sets."""

    id: str
    sentence: str
    source: str
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagRule:
    """A critical answer: it is named at once, even when the rest is missing."""

    id: str
    item: str
    at_least: int
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class FindingRule:
    """A published symptom-count rule beside the total.

    Attributes:
        at_least: The value from which an item counts as a symptom.
        exceptions: Items that count from another value.
        core: At least one of these items must count.
        fewest, most: How many items must count.
        with_all: What must hold besides, on any items.
    """

    id: str
    sentence: str
    source: str
    at_least: int
    core: tuple[str, ...]
    fewest: int
    most: int
    exceptions: tuple[Condition, ...] = ()
    with_all: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class MeaningfulChange:
    """A published size of change that matters, in points of the published scale."""

    points: int
    source: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A screening instrument.

    Attributes:
        id: The file's stem, such as "phq-9".
        read_aloud: Whether the labels may be read to the client (only our own interview's).
        window: The time that the answers are about.
        option_sets: The answers that items refer to by name.
        total: Whether there is a total although there are no bands.
        scaled_by: What the total is multiplied with for the published scale; 1 for none.
        higher_is_better: Whether a higher total is the better one.
        meaningful_change: A published size of change that matters; None where no figure is known.
        gates: Items that are not scored, but needed: without an answer there is no total.
        file: The questionnaire that was brought in for it, as it was read; None for none.
    """

    id: str
    title: str
    about: str
    kind: InstrumentKind
    window: str
    licence: str
    credit: str
    option_sets: dict[str, tuple[Option, ...]]
    items: tuple[Item, ...]
    read_aloud: bool = False
    loinc: str = ""
    loinc_total: str = ""
    scoring_source: str = ""
    bands: tuple[Band, ...] = ()
    flags: tuple[FlagRule, ...] = ()
    findings: tuple[FindingRule, ...] = ()
    tiers: tuple[Tier, ...] = ()
    cutoffs: tuple[Cutoff, ...] = ()
    subscales: tuple[Subscale, ...] = ()
    remarks: tuple[Remark, ...] = ()
    licence_class: LicenceClass = LicenceClass.OWN
    total: bool = False
    scaled_by: int = 1
    higher_is_better: bool = False
    gates: tuple[str, ...] = ()
    meaningful_change: MeaningfulChange | None = None
    file: Questionnaire | None = None

    @property
    def follows_file(self) -> bool:
        """Whether a file says what is asked and what counts; else our own rule does."""
        return self.file is not None and not self.file.scoring.places

    def options_of(self, item: Item) -> tuple[Option, ...]:
        """The possible answers of an item."""
        return self.option_sets[item.options]

    def item(self, item_id: str) -> Item:
        """The item of that id.

        Raises:
            KeyError: when there is none, which is a bug in the caller.
        """
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    @property
    def has_total(self) -> bool:
        """Whether a total is a thing for this instrument."""
        return bool(self.bands) or self.total

    @property
    def scored_items(self) -> tuple[Item, ...]:
        """The items that count towards the total."""
        return tuple(item for item in self.items if item.scored)

    @property
    def lowest_total(self) -> int:
        """The lowest total that the options allow."""
        return sum(item.times * min(o.value for o in self.options_of(item)) for item in self.scored_items)

    @property
    def highest_total(self) -> int:
        """The highest total that the options allow."""
        return sum(item.times * max(o.value for o in self.options_of(item)) for item in self.scored_items)

    def points(self, item: Item, value: int) -> int:
        """What an answer counts in the total."""
        values = [option.value for option in self.options_of(item)]
        return item.times * (min(values) + max(values) - value if item.reverse else value)

    def numbered(self, item: Item) -> dict[int, Option]:
        """An item's answers by the number that chooses them, on the keyboard and on the command line.

        Where there is a total it is the answer's points, as they stand on the paper form; else it is the answer's place.
        """
        options = self.options_of(item)
        return {option.value if self.has_total else place: option for place, option in enumerate(options)}

    @property
    def needed(self) -> tuple[Item, ...]:
        """The items that a result needs: the scored ones and the gates; all of them where there is no total."""
        if not self.has_total:
            # What is answered in words may stay open.
            return tuple(item for item in self.items if self.options_of(item))
        return tuple(item for item in self.items if item.scored or item.id in self.gates)


def parse_instrument(text: str) -> Instrument:
    """An instrument from its TOML text, checked against itself.

    Raises:
        UnusableInstrumentError: when the text isn't TOML of this form, a name it refers to is missing, a rule could
            never hold, or the bands leave a gap or don't cover every total.
    """
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnusableInstrumentError("An instrument file isn't valid TOML.") from error
    try:
        instrument = from_plain(plain, Instrument)
    except UnreadableRecordError as error:
        raise UnusableInstrumentError("An instrument file isn't of the form that this program reads.") from error
    problem = _problem_of_names(instrument) or _problem_of_rules(instrument) or _problem_of_bands(instrument)
    if problem:
        raise UnusableInstrumentError(f"The instrument {instrument.id} can't be used: {problem}.")
    return instrument


def _problem_of_names(instrument: Instrument) -> str:
    ids = [item.id for item in instrument.items]
    if len(set(ids)) != len(ids) or not ids:
        return "it has no items, or two of the same id"
    if any(item.options not in instrument.option_sets for item in instrument.items):
        return "an item refers to options that aren't there"
    for options in instrument.option_sets.values():
        if not options or len({option.value for option in options}) != len(options):
            return "two of its options have the same value, or a set of options is empty"
    named = {flag.item for flag in instrument.flags} | set(instrument.gates)
    rules: tuple[Tier | Remark, ...] = (*instrument.tiers, *instrument.remarks)
    for rule in rules:
        named.update(condition.item for condition in (*rule.all, *rule.any))
    for subscale in instrument.subscales:
        named.update(subscale.items)
    if {cutoff.of for cutoff in instrument.cutoffs} - {"", *(subscale.id for subscale in instrument.subscales)}:
        return "a cut-off refers to a part that isn't there"
    for finding in instrument.findings:
        named.update(finding.core, (condition.item for condition in (*finding.exceptions, *finding.with_all)))
    if not named.issubset(ids):
        return "a rule refers to an item that isn't there"
    return ""


def _problem_of_rules(instrument: Instrument) -> str:
    def can_hold(condition: Condition) -> bool:
        options = instrument.options_of(instrument.item(condition.item))
        highest = condition.at_most if condition.at_most is not None else max(option.value for option in options)
        return any(condition.at_least <= option.value <= highest for option in options)

    # A flag that can never be raised would look like a watch that nobody keeps.
    if not all(can_hold(Condition(flag.item, flag.at_least)) for flag in instrument.flags):
        return "a flag could never be raised"
    before: set[str] = set()
    for item in instrument.items:
        asked = (*item.ask_when, *item.ask_when_any)
        if not before.issuperset(condition.item for condition in asked):
            return "a rule refers to an item that isn't there, or that comes later"
        if not all(can_hold(condition) for condition in asked):
            return "a question could never be asked"
        before.add(item.id)
    rules: tuple[Tier | Remark, ...] = (*instrument.tiers, *instrument.remarks)
    besides = (condition for finding in instrument.findings for condition in finding.with_all)
    if not all(can_hold(condition) for rule in rules for condition in (*rule.all, *rule.any)) or not all(
        map(can_hold, besides)
    ):
        return "a result could never hold"
    if instrument.tiers and (instrument.tiers[-1].all or instrument.tiers[-1].any):
        return "its last tier has to be what remains"
    return ""


def _problem_of_bands(instrument: Instrument) -> str:
    for region in {band.region for band in instrument.bands}:
        expected = instrument.lowest_total
        for band in (band for band in instrument.bands if band.region is region):
            if band.lowest != expected or band.highest < band.lowest:
                return "its bands leave a gap or overlap"
            expected = band.highest + 1
        if expected - 1 != instrument.highest_total:
            return "its bands don't end at the highest possible total"
    return ""
