"""The packaged reference data: instruments, wording, lists. Read once, then kept."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TypeVar

from safeplan_desktop import assets
from safeplan_desktop.domain.answer_lists import AnswerLists
from safeplan_desktop.domain.canonical import from_plain
from safeplan_desktop.domain.check_ins import CheckInTexts
from safeplan_desktop.domain.checklists import Checklist
from safeplan_desktop.domain.closing import ClosingList
from safeplan_desktop.domain.consents import ConsentKind
from safeplan_desktop.domain.crisis import Protocol
from safeplan_desktop.domain.feedback import FeedbackWords
from safeplan_desktop.domain.handouts import Handout, HandoutWords, WordsOfLanguages, hours_in
from safeplan_desktop.domain.instruments import Instrument, parse_instrument
from safeplan_desktop.domain.plan_wording import PlanWording, parse_wording
from safeplan_desktop.domain.policy import PolicyForm
from safeplan_desktop.domain.proqol import ProqolTexts
from safeplan_desktop.domain.reference_lists import Card, Cards, Countries, Country, ScreeningLists
from safeplan_desktop.domain.self_care import SelfCareSection, SelfCareSections
from safeplan_desktop.domain.session_notes import UsualAgenda
from safeplan_desktop.domain.signing_sheets import SheetText, SheetWords, language_of
from safeplan_desktop.domain.training_rules import RuleExample, RuleExamples
from safeplan_desktop.errors import NotFoundError

T = TypeVar("T")

_FIRST = ("structured-risk-interview", "phq-9", "gad-7")
_FALLBACK_LANGUAGE = "en"
_NAME = re.compile(r'^name = "([^"]+)"$', re.MULTILINE)


@cache
def instruments() -> dict[str, Instrument]:
    """All shipped instruments by id: our own interview, PHQ-9 and GAD-7 first, then the others by title."""
    found = [parse_instrument(assets.read_text(f"instruments/{name}")) for name in assets.iter_names("instruments")]
    places = {instrument_id: place for place, instrument_id in enumerate(_FIRST)}
    found.sort(key=lambda instrument: (places.get(instrument.id, len(places)), instrument.title))
    return {instrument.id: instrument for instrument in found}


def instrument(instrument_id: str) -> Instrument:
    """One instrument.

    Raises:
        NotFoundError: when it isn't shipped; the sentence names those that are.
    """
    found = instruments().get(instrument_id)
    if found is None:
        known = ", ".join(instruments())
        raise NotFoundError(f"There is no instrument of this name. There are: {known}.")
    return found


@cache
def _wording(language: str) -> PlanWording:
    return parse_wording(assets.read_text(f"plans/{language}.toml"))


@cache
def _languages() -> dict[str, str]:
    """Every language's own name by its code. Only the names are read: parsing all files would take 30 ms."""
    found = {}
    for file in assets.iter_names("plans"):
        name = _NAME.search(assets.read_text(f"plans/{file}"))
        if name is not None:
            found[file.removesuffix(".toml")] = name[1]
    return found


def plan_wording(language: str) -> PlanWording:
    """The plan's fixed words in a language, such as "es" or "es-MX"; in English where there is no file for it."""
    known = _languages()
    base = language.partition("-")[0]
    return _wording(next((code for code in (language, base) if code in known), _FALLBACK_LANGUAGE))


def plan_languages() -> tuple[tuple[str, str], ...]:
    """The languages that plans can be printed in: code and own name, English first."""
    return tuple(sorted(_languages().items(), key=lambda row: (row[0] != _FALLBACK_LANGUAGE, row[1])))


def language_note(language: str) -> str:
    """What is to be known about a plan's language before it is printed."""
    wording = plan_wording(language)
    if wording.language == "en":
        return ""
    note = f"Printed in {wording.name}: headings, fixed sentences and dates. The entries stay in the language they were typed in."
    if not wording.is_reviewed:
        note += f" The words in {wording.name} were not yet reviewed by a native-speaking clinician."
    return note


def _read(name: str, kind: type[T]) -> T:
    return from_plain(tomllib.loads(assets.read_text(name)), kind)


@cache
def countries() -> tuple[Country, ...]:
    """Countries with emergency numbers and crisis lines, by name."""
    return tuple(sorted(_read("crisis_lines.toml", Countries).countries, key=lambda country: country.name))


def country(code: str) -> Country | None:
    """One country, or None where the file has none of that code."""
    return next((found for found in countries() if found.code == code), None)


@cache
def answer_lists() -> AnswerLists:
    """Published answer lists that questionnaires refer to by address."""
    return _read("answer_lists/questionnaires.toml", AnswerLists)


@cache
def screening_lists() -> ScreeningLists:
    """What the wizard offers to tick."""
    return _read("screening/factors.toml", ScreeningLists)


_CHECKLISTS = ("duty-to-warn", "mandated-report", "welfare-check", "consultation")


@cache
def checklists() -> tuple[Checklist, ...]:
    """The checklists for hard moments, in the order they are offered."""
    return tuple(_read(f"checklists/{name}.toml", Checklist) for name in _CHECKLISTS)


@cache
def after_death() -> Checklist:
    """The checklist for the days after a client's death."""
    return _read("checklists/after-death.toml", Checklist)


@cache
def closing_list() -> ClosingList:
    """What is looked at before the work with a client ends."""
    return _read("closing.toml", ClosingList)


@cache
def protocol() -> Protocol:
    """The emergency protocol's steps."""
    return _read("crisis/protocol.toml", Protocol)


@cache
def cards() -> tuple[Card, ...]:
    """The de-escalation cards, in order."""
    return _read("crisis/cards.toml", Cards).cards


_HANDOUTS = (
    "safety-plan",
    "warning-signs",
    "grounding",
    "safer-home",
    "helping",
    "crisis-line",
    "sleep-stress",
    "after-crisis",
    "confidentiality",
    "telehealth",
    "children",
    "medicine-alcohol",
)
_HANDOUT_FILE = re.compile(r"([a-z-]+)\.([A-Za-z-]+)\.toml")


@cache
def handouts() -> dict[str, dict[str, Handout]]:
    """Our handouts by id, in the order they are offered; of each, its languages by code, English first."""
    found: dict[str, dict[str, Handout]] = {}
    for file in sorted(assets.iter_names("handouts"), key=lambda name: f".{_FALLBACK_LANGUAGE}." not in name):
        named = _HANDOUT_FILE.fullmatch(file)
        if named is not None:
            handout_id, language = named.groups()
            plain = tomllib.loads(assets.read_text(f"handouts/{file}"))
            made = from_plain({"id": handout_id, "language": language, **plain}, Handout)
            found.setdefault(handout_id, {})[language] = made
    return {handout_id: found[handout_id] for handout_id in _HANDOUTS}


@cache
def _words_of_languages() -> WordsOfLanguages:
    return _read("handouts/words.toml", WordsOfLanguages)


@cache
def _handout_words() -> dict[str, HandoutWords]:
    return {one.language: one for one in _words_of_languages().languages}


def handout_words(language: str) -> HandoutWords:
    """What stands on a language's handouts besides their own words; of other languages, what plans have."""
    known = _handout_words()
    found = known.get(language) or known.get(language.partition("-")[0])
    if found is not None:
        return found
    wording = plan_wording(language)
    return HandoutWords(language, wording.crisis_heading, phone=wording.phone)


def handout_hours(language: str, typed: str) -> str:
    """When a line answers, as the practice typed it, or in a handout's language where all of it is known."""
    return hours_in(language.partition("-")[0], typed, _words_of_languages().hours)


def handout_note(handout: Handout) -> str:
    """What is to be known before one of ours is given; nothing about the therapist's own."""
    words = handout_words(handout.language)
    if handout.own or handout.language == _FALLBACK_LANGUAGE or words.reviewed_by:
        return ""
    name = plan_wording(handout.language).name
    return f"Our handouts in {name} were not yet reviewed by a native-speaking clinician. Please read it before you give it."


@cache
def session_agenda() -> tuple[str, ...]:
    """The structure that a session has until the practice writes its own."""
    return _read("sessions/agenda.toml", UsualAgenda).points


@cache
def sheet_words(language: str) -> SheetWords:
    """The fixed words of a sheet to sign, in a language among ours; else in English."""
    return _read(f"sheets/{language_of(language)}.toml", SheetWords)


@cache
def agreement_text(language: str) -> SheetText:
    """Our text to begin a working agreement with."""
    return _read(f"agreements/{language_of(language)}.toml", SheetText)


@cache
def consent_text(kind: ConsentKind, language: str) -> SheetText | None:
    """Our text of a consent; None for a kind of the practice's own."""
    if kind is ConsentKind.OWN:
        return None
    return _read(f"consents/{kind.value}.{language_of(language)}.toml", SheetText)


@cache
def policy() -> PolicyForm:
    """Our text of the safety policy; none of its clauses is decided."""
    return _read("policy/policy.toml", PolicyForm)


@cache
def rule_examples() -> tuple[RuleExample, ...]:
    """Published rules for renewals to begin with; none is the practice's own before the therapist saved it."""
    return _read("training/examples.toml", RuleExamples).examples


@cache
def feedback_words(language: str) -> FeedbackWords:
    """The words of the feedback form in a language among ours; else in English."""
    base = language.partition("-")[0]
    known = feedback_languages()
    return _read(f"feedback/{base if base in known else _FALLBACK_LANGUAGE}.toml", FeedbackWords)


def feedback_note(words: FeedbackWords) -> str:
    """What is to be known before the form is given; nothing in English."""
    if words.language == _FALLBACK_LANGUAGE or words.reviewed_by:
        return ""
    return (
        f"The words in {words.name} were not yet reviewed by a native-speaking clinician. Please read the form first."
    )


@cache
def feedback_languages() -> dict[str, str]:
    """The languages of the feedback form: own names by code, English first."""
    codes = sorted(
        (name.removesuffix(".toml") for name in assets.iter_names("feedback")), key=lambda code: code != "en"
    )
    return {code: _languages().get(code, code) for code in codes}


@cache
def policy_in_short() -> dict[str, str]:
    """Each of our clauses in a few words, by its id: for deciding a whole section at a glance."""
    return {str(name): str(words) for name, words in tomllib.loads(assets.read_text("policy/short.toml")).items()}


@cache
def self_care_sections() -> tuple[SelfCareSection, ...]:
    """The fields of the self-care plan, in their order."""
    return _read("support/self_care.toml", SelfCareSections).sections


@cache
def proqol_texts() -> ProqolTexts:
    """Our short labels of ProQOL's items, its credit, and where its bands stand."""
    return _read("support/proqol.toml", ProqolTexts)


@cache
def check_in_texts() -> CheckInTexts:
    """What the check-in after an incident says and asks."""
    return _read("support/check_in.toml", CheckInTexts)
