"""Which published considerations fit a screening's own results: facts beside the decision, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeplan_desktop.domain.instruments import Instrument
from safeplan_desktop.domain.reference_lists import Consideration, Fit
from safeplan_desktop.domain.scoring import Score, Values


@dataclass(frozen=True, slots=True)
class Result:
    """What one instrument said in this screening."""

    instrument: Instrument
    values: Values
    score: Score


@dataclass(frozen=True, slots=True)
class Weighed:
    """A consideration, and what it fits.

    Attributes:
        because: The tools' own results that it fits, each as a sentence; empty where it fits none.
        fits: Whether it fits; what remains when nothing else fits has no result to name.
        highest: Whether it is the most intensive of several that fit.
    """

    consideration: Consideration
    because: tuple[str, ...] = ()
    fits: bool = False
    highest: bool = False


def weigh(
    considerations: Sequence[Consideration], results: Sequence[Result], *, with_tiers: bool
) -> tuple[Weighed, ...]:
    """All considerations: first those that fit, the most intensive first, then the others in their order.

    Where tools differ, each stands with its own result; nothing is averaged.

    Args:
        considerations: From the most to the least intensive.
        results: What the instruments said, in the order in which they were asked.
        with_tiers: Whether screen results may be named; without, only answers and totals are.
    """
    weighed: list[Weighed] = []
    for one in considerations:
        earlier = any(other.fits for other in weighed)
        because = tuple(
            said for result in results if (said := _said(one.fits, result, with_tiers=with_tiers)) is not None
        )
        if one.without_thoughts and earlier:
            because = ()
        fits = bool(because) or (one.otherwise and not earlier and _asked_in_full(considerations, results))
        weighed.append(Weighed(one, because, fits))
    fitting = [one for one in weighed if one.fits]
    if len(fitting) > 1:
        first = fitting[0]
        fitting[0] = Weighed(first.consideration, first.because, fits=True, highest=True)
    return (*fitting, *(one for one in weighed if not one.fits))


def _said(fits: Sequence[Fit], result: Result, *, with_tiers: bool) -> str | None:
    """The instrument's own result that is met, in words; None where none is."""
    parts = []
    for fit in fits:
        if fit.instrument == result.instrument.id:
            said = _met(fit, result, with_tiers=with_tiers)
            if said is not None and said not in parts:
                parts.append(said)
    return f"{result.instrument.title}: {'; '.join(parts)}" if parts else None


def _met(fit: Fit, result: Result, *, with_tiers: bool) -> str | None:
    instrument, score = result.instrument, result.score
    if fit.tier:
        tier = next((one for one in instrument.tiers if one.label == score.tier), None)
        if tier is None or tier.id != fit.tier:
            return None
        return f"screen result {tier.label}" if with_tiers else "its answers"
    if fit.total is not None:
        return f"{score.total} points" if score.total is not None and score.total >= fit.total else None
    return _answer(fit, result, with_tiers=with_tiers)


def _answer(fit: Fit, result: Result, *, with_tiers: bool) -> str | None:
    value = result.values.get(fit.item)
    item = next((one for one in result.instrument.items if one.id == fit.item), None)
    if fit.unfinished and result.score.complete:
        return None
    if item is None or value is None or value < fit.at_least or (fit.at_most is not None and value > fit.at_most):
        return None
    if fit.names_level and not with_tiers:
        return "its answers"
    options = result.instrument.options_of(item)
    answer = next((option.label for option in options if option.value == value), str(value))
    return f"{item.label.rstrip('?.')}: {answer.lower()}"


def _asked_in_full(considerations: Sequence[Consideration], results: Sequence[Result]) -> bool:
    """Whether the instruments that considerations look at were answered in full, and no critical answer stands anywhere."""
    looked_at = {fit.instrument for one in considerations for fit in one.fits}
    begun = [
        result
        for result in results
        if result.instrument.id in looked_at and any(value is not None for value in result.values.values())
    ]
    if not begun or any(result.score.flags for result in results):
        return False
    return all(result.score.complete for result in begun)
