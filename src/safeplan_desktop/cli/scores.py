"""Verbs about instruments: score."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from safeplan_desktop.cli.answer import Answer, WrongUseError
from safeplan_desktop.domain.instrument_names import instrument_named
from safeplan_desktop.domain.instruments import Instrument, Item, Option, Region, Sex
from safeplan_desktop.domain.scoring import Person, Score, score
from safeplan_desktop.services import reference

_OLDEST = 120
_YES_NO = {"y": "yes", "yes": "yes", "n": "no", "no": "no"}


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse keeps this type private
    """Adds this module's verbs."""
    parser = verbs.add_parser(
        "score",
        parents=[common],
        help="score answers by an instrument's published rules",
        description="An answer is a number, y, n, or - for missing; the number is the one that stands before the answer in "
        "the window, and `instruments --json` lists them. What is left out at the end is missing as well. "
        "Where an answer that the score needs is missing, the result is incomplete: exit code 1. More answers than "
        "items: exit code 2.",
    )
    parser.add_argument("instrument", metavar="INSTRUMENT", help="such as phq-9; PHQ9 or c-ssrs will do")
    parser.add_argument("answers", nargs="*", metavar="ANSWER", help="in the instrument's order")
    parser.add_argument("--age", type=_age, metavar="N", help="completed years, for cut-offs that ask for it")
    parser.add_argument("--sex", choices=[sex.value for sex in Sex], help="for cut-offs that ask for it")
    parser.add_argument("--region", choices=[region.value for region in Region], help="whose cut-offs apply")
    parser.set_defaults(run=_score)
    listed = verbs.add_parser("instruments", parents=[common], help="list the instruments that are shipped")
    listed.set_defaults(run=_instruments)


def _age(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _OLDEST:
        raise argparse.ArgumentTypeError(f"an age is a whole number from 0 to {_OLDEST}")
    return int(text)


def _instruments(_arguments: argparse.Namespace) -> Answer:
    shipped = reference.instruments().values()
    rows = [
        {
            "id": instrument.id,
            "title": instrument.title,
            "kind": instrument.kind.value,
            "items": [item.id for item in instrument.items],
            "answers": {
                item.id: {str(number): option.label for number, option in instrument.numbered(item).items()}
                for item in instrument.items
            },
            "lowest_total": instrument.lowest_total if instrument.has_total else None,
            "highest_total": instrument.highest_total if instrument.has_total else None,
            "tiers": [tier.label for tier in instrument.tiers],
            "loinc": instrument.loinc or None,
            "licence_class": instrument.licence_class.value,
            "licence": instrument.licence,
        }
        for instrument in shipped
    ]
    lines = tuple(f"{instrument.id}  {instrument.title}, {len(instrument.items)} items" for instrument in shipped)
    return Answer(lines, {"instruments": rows})


def _score(arguments: argparse.Namespace) -> Answer:
    shipped = reference.instruments()
    titles = {name: one.title for name, one in shipped.items()}
    instrument = shipped[instrument_named(arguments.instrument, titles)]
    values, problem = _values(instrument, arguments.answers)
    result = (
        Score(error=problem)
        if problem
        else score(
            instrument,
            values,
            Person(
                arguments.age,
                Sex(arguments.sex) if arguments.sex else None,
                Region(arguments.region) if arguments.region else None,
            ),
        )
    )
    without = result.error or _no_result(instrument, result)
    facts = {
        "instrument": instrument.id,
        "result": "error" if result.error else "complete" if result.complete else "incomplete",
        "total": result.total,
        "band": result.band.label if result.band else None,
        "tier": result.tier,
        "flags": [flag.id for flag in result.flags],
        "findings": [finding.id for finding in result.findings],
        "complete": result.complete,
        "missing": list(result.missing),
        "hidden": list(result.hidden),
        "scaled": result.scaled,
        "parts": {part.subscale.id: part.total for part in result.subtotals},
        "cutoffs": [
            {
                "id": fact.cutoff.id,
                "at_least": fact.cutoff.at_least,
                "positive": fact.positive,
                "assumed": fact.assumed,
                "label": fact.cutoff.label,
                "source": fact.cutoff.source,
            }
            for fact in result.cutoffs
        ],
        "error": without or None,
    }
    return Answer(_lines(instrument, result), facts, ok=not without)


def _no_result(instrument: Instrument, result: Score) -> str:
    """Why there is no result of answers that can be taken, as a sentence; empty where there is one."""
    if result.hidden:
        return f"{instrument.title}: incomplete; {', '.join(result.hidden)} has an answer although it isn't asked."
    if result.missing:
        return f"{instrument.title}: incomplete; no answer to {', '.join(result.missing)}."
    return ""


def _lines(instrument: Instrument, result: Score) -> tuple[str, ...]:
    if result.error:
        return (result.error,)
    lines = []
    if result.total is not None:
        band = f", {result.band.label}" if result.band else ""
        scaled = f" ({result.scaled} of 100)" if result.scaled is not None else ""
        lines.append(f"{instrument.title}: {result.total} of {instrument.highest_total}{scaled}{band}.")
        lines += [f"{part.subscale.label}: {part.total}." for part in result.subtotals]
        lines += [fact.sentence for fact in result.cutoffs]
    elif result.tier is not None:
        lines.append(f"{instrument.title}: screen result {result.tier} ({result.tier_source}).")
    elif without := _no_result(instrument, result):
        lines.append(without)
    lines += [f"Note: {flag.sentence}" for flag in result.flags]
    lines += [finding.sentence for finding in result.findings]
    return tuple(lines) or (f"{instrument.title}: complete. It has no total.",)


def _value_of(instrument: Instrument, item: Item, word: str) -> int | None:
    """The value of the option that is called Yes or No ("yes" isn't 1 everywhere).

    Without such an option "no" is the zero of a graded answer ("never", "not at all"); a "yes" to it says too little.
    """
    labelled = (option.value for option in instrument.options_of(item) if option.label.lower() == word)
    return next(labelled, 0 if word == "no" else None)


def _values(instrument: Instrument, answers: list[str]) -> tuple[dict[str, int | None], str]:
    if len(answers) > len(instrument.items):
        # Which of them is one too many can't be told: every answer could stand in the wrong place.
        raise WrongUseError(
            f"{instrument.title} has {len(instrument.items)} items; {len(answers)} answers were given.",
            next_step=f"In order: {', '.join(item.id for item in instrument.items)}.",
        )
    values: dict[str, int | None] = {}
    for item, text in zip(instrument.items, answers, strict=False):
        word = text.lower()
        if word == "-":
            values[item.id] = None
            continue
        if word in _YES_NO:
            value = _value_of(instrument, item, _YES_NO[word])
            if value is None:
                return {}, f"Item {item.id} takes a number: none of its answers is called yes."
            values[item.id] = value
            continue
        numbered = instrument.numbered(item)
        try:
            option = numbered.get(int(text))
        except ValueError:
            return {}, f"The answer to item {item.id} has to be a number, y, n or -."
        if option is None:
            return {}, _not_taken(item, text, numbered)
        values[item.id] = option.value
    return values, ""


def _not_taken(item: Item, text: str, numbered: Mapping[int, Option]) -> str:
    if not numbered:
        return f"Item {item.id} is answered in words."
    return f"Item {item.id} takes {min(numbered)} to {max(numbered)}, not {int(text)}."
