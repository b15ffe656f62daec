"""The report of a signed screening: facts first, then the therapist's own judgement."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from safeplan_desktop.documents import pages, record_parts, theme
from safeplan_desktop.documents.text import Span
from safeplan_desktop.domain.screenings import FactorKind, Judgement
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.incidents import Addendum
    from safeplan_desktop.domain.practice import Paper, PracticeProfile
    from safeplan_desktop.domain.screenings import (
        AnswerFact,
        Formulation,
        InstrumentFact,
        MeansAccess,
        QuickCheck,
        ScreeningForm,
        SignedScreening,
    )

_TITLE = "Screening report"
_QUICK_TITLE = "Quick check"


@pages.one_at_a_time
def screening_report_pdf(
    screening: SignedScreening,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
    only: Sequence[str] = (),
) -> bytes:
    """A signed screening with its addenda, as a PDF.

    Args:
        screening: What was signed.
        addenda: What was added since, in order.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
        only: The ids of the instruments that are shown; empty for all of it.
    """
    look = record_parts.look_of(paper, practice)
    title = _TITLE if screening.form.quick is None else _QUICK_TITLE
    story = record_parts.head(look, f"{title} {screening.number}", practice)
    story += record_parts.voided_story(look, addenda)
    story += theme.facts(look, [("Client", record_parts.client_words(look, screening.client))])
    story += screening_story(look, screening, addenda, only)
    return record_parts.report_pdf(
        look, story, paper, title=title, code=screening.client.code, made=screening.signed, chain_head=chain_head
    )


def screening_story(
    look: Look, screening: SignedScreening, addenda: Sequence[Addendum], only: Sequence[str] = ()
) -> list[Flowable]:
    """A signed screening below its heading: facts, judgement, level of care, signature, addenda."""
    form = screening.form
    story = theme.facts(look, _opening(look, screening))
    if form.quick is not None:
        story += theme.facts(look, _last_time(look, form.quick))
    shown = [fact for fact in screening.facts if not only or fact.instrument in only]
    if only:
        titles = ", ".join(fact.title for fact in shown)
        left_out = len(screening.facts) - len(shown)
        others = f"; {left_out} more in this screening" if left_out else ""
        story += theme.facts(look, [("Shown", f"Of the questions, only {titles}{others}")])
    for fact in shown:
        story += _instrument(look, fact, quick=form.quick is not None)
    story += _factors(look, form)
    heading = "Formulation by the therapist" if form.quick is None else "Judgement by the therapist"
    story += theme.section(look, heading, theme.facts(look, _formulation(form.formulation)))
    story += theme.section(look, "Level of care, decided by the therapist", theme.facts(look, _care(look, form)))
    story = record_parts.signed_story(look, story, screening.signer, screening.signed)
    return [*story, *record_parts.addenda_story(look, addenda)]


def _opening(look: Look, screening: SignedScreening) -> list[tuple[str, str]]:
    form = screening.form
    reason = ": ".join(part for part in (label_of(form.reason) if form.reason else "", form.reason_note) if part)
    return [
        ("Begun", theme.moment_words(screening.started, look.book.language)),
        ("Reason", reason),
        ("Setting", label_of(form.setting) if form.setting else ""),
        ("Client's location", form.client_location),
        ("Call-back number", form.callback),
    ]


def _last_time(look: Look, quick: QuickCheck) -> list[tuple[str, str]]:
    day = theme.day_words(quick.last_day, look.book.language)
    judgement = (
        "" if quick.last_judgement is Judgement.NO_LEVEL else f"; judgement {label_of(quick.last_judgement).lower()}"
    )
    return [("Last time", f"Screening {quick.last_number} on {day}{judgement}; {label_of(quick.last_level).lower()}")]


def _result(fact: InstrumentFact) -> list[Span]:
    if fact.hidden:
        return [Span("No result", bold=True), Span(": a question has an answer although it was no longer asked.")]
    if fact.uncounted and not fact.missing:
        return [Span("No result", bold=True), Span(": an answer that should count is none that its question takes.")]
    if not fact.complete:
        questions = "question has" if fact.missing == 1 else "questions have"
        why = ", so there is no result." if fact.highest_total is not None else "."
        return [Span("Incomplete", bold=True), Span(f": {fact.missing} {questions} no answer{why}")]
    if fact.tier:
        return [Span(f"Screen result: {fact.tier}", bold=True), Span(f"  ({fact.tier_source})")]
    if fact.total is None:
        return []
    highest = f" of {fact.highest_total}" if fact.highest_total is not None else ""
    band = f": {fact.band}" if fact.band else ""
    source = f"  ({fact.band_source})" if fact.band_source else ""
    scaled = f" ({fact.scaled} of 100)" if fact.scaled is not None else ""
    return [Span(f"{fact.total}{highest}{scaled}{band}", bold=True), Span(source)]


def _instrument(look: Look, fact: InstrumentFact, *, quick: bool = False) -> list[Flowable]:
    """One instrument's result, what stands out in it, and its answers; of a quick check, only what was asked."""
    asked = [answer for answer in fact.answers if not quick or answer.value is not None or answer.note]
    items = look.text(_result(fact)) if not quick or fact.hidden else []
    for flag in fact.flags:
        items += look.text([Span("To note: ", bold=True), Span(flag)])
    for line in fact.not_counted:
        items += look.text([Span("Counts nothing: ", bold=True), Span(line)])
    for line in (*fact.parts, *fact.cutoffs, *fact.findings):
        items += look.text(line)
    with_notes = any(answer.note for answer in asked)
    shares = (0.5, 0.22, 0.28) if with_notes else (0.62, 0.38)
    for part, answers in groupby(asked, key=lambda answer: answer.part):
        rows = [_answer(answer, with_points=fact.highest_total is not None)[: len(shares)] for answer in answers]
        items += record_parts.table(look, "", (part or "Question", "Answer", "Note")[: len(shares)], rows, shares)
    if fact.credit:
        items += look.text(fact.credit, look.small)
    heading = ", ".join(words for words in (fact.title, fact.window) if words)
    return theme.section(look, heading, items)


def _answer(answer: AnswerFact, *, with_points: bool) -> tuple[str, ...]:
    if answer.value is None:
        return answer.label, answer.answer or "no answer", answer.note
    points = f" ({answer.value})" if with_points else ""
    return answer.label, f"{answer.answer}{points}", answer.note


def _factors(look: Look, form: ScreeningForm) -> list[Flowable]:
    story: list[Flowable] = []
    for kind in FactorKind:
        lines = [
            ": ".join(part for part in (factor.label, factor.note) if part)
            for factor in form.factors
            if factor.kind is kind
        ]
        story += record_parts.listed(look, label_of(kind), lines)
    story += record_parts.titled(look, "Warning signs in the client's words", form.warning_signs)
    story += record_parts.listed(look, "Access to means", [_means(look, means) for means in form.means])
    return story


def _means(look: Look, means: MeansAccess) -> str:
    language = look.book.language
    parts = [
        means.action,
        f"by whom: {means.who}" if means.who else "",
        f"until {theme.day_words(means.by, language)}" if means.by else "",
        f"checked on {theme.day_words(means.checked_on, language)}" if means.checked_on else "",
        means.note,
    ]
    said = "; ".join(part for part in parts if part)
    return f"{means.means}: {said}" if said else means.means


def _formulation(formulation: Formulation) -> list[tuple[str, str | Span]]:
    judgement = label_of(formulation.judgement) if formulation.judgement else ""
    return [
        ("Risk status", formulation.status),
        ("Risk state", formulation.state),
        ("Resources", formulation.resources),
        ("Foreseeable changes", formulation.foreseeable),
        ("Judgement", Span(judgement, bold=True) if judgement else ""),
        ("Reasons", formulation.reasons),
        ("Facts and judgement", formulation.difference),
    ]


def _care(look: Look, form: ScreeningForm) -> list[tuple[str, str | Span]]:
    care, quick = form.care, form.quick
    due = theme.day_words(care.next_reassessment, look.book.language) if care.next_reassessment else ""
    before = ""
    if quick is not None:
        day = theme.day_words(quick.last_day, look.book.language)
        same = care.level is quick.last_level
        before = f"As decided on {day}" if same else f"Changed; until now {label_of(quick.last_level).lower()}"
    return [
        ("Level of care", Span(label_of(care.level), bold=True) if care.level else ""),
        ("Since when", before),
        ("Reasons", care.reasons),
        ("Actions taken", care.actions),
        ("Who was told", care.told),
        ("Next reassessment", due),
    ]
