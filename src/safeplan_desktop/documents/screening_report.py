"""The report of a signed screening."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether

from safeplan_desktop.documents import record_parts, theme
from safeplan_desktop.documents.text import Span
from safeplan_desktop.documents.theme import Look
from safeplan_desktop.domain.incidents import Addendum
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.screenings import (
    Care,
    FactorKind,
    Formulation,
    InstrumentFact,
    MeansAccess,
    ScreeningForm,
    SignedScreening,
)
from safeplan_desktop.domain.vocabulary import label_of

_TITLE = "Screening report"


def screening_report_pdf(
    screening: SignedScreening,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
) -> bytes:
    """A signed screening with its addenda, as a PDF. Facts come first, then the therapist's own judgement."""
    look = theme.look(paper, base_size=10.5)
    form = screening.form
    story = record_parts.head(look, f"{_TITLE} {screening.number}", practice)
    story.append(theme.facts(look, _opening(screening)))
    for fact in screening.facts:
        story += _instrument(look, fact)
    story += _factors(look, form)
    story += _formulation(look, form.formulation)
    story += _care(look, form.care)
    story += record_parts.signature(look, screening.signer, screening.signed)
    story += record_parts.addenda_story(look, addenda)
    pdf, _ = theme.build(
        story,
        paper,
        title=_TITLE,
        language="en",
        margins=record_parts.margins(_TITLE, screening.client.code, chain_head),
        look_=look,
    )
    return pdf


def _opening(screening: SignedScreening) -> list[tuple[str, str]]:
    form = screening.form
    rows = [("Client", record_parts.client_words(screening.client)), ("Begun", theme.moment_words(screening.started))]
    if form.reason is not None:
        rows.append(("Reason", ": ".join(p for p in (label_of(form.reason), form.reason_note) if p)))
    if form.setting is not None:
        rows.append(("Setting", label_of(form.setting)))
    if form.client_location:
        rows.append(("Client's location", form.client_location))
    if form.callback:
        rows.append(("Call-back number", form.callback))
    return rows


def _result(fact: InstrumentFact) -> str:
    if fact.total is not None:
        return f"{fact.total} of {fact.highest_total}: {fact.band} ({fact.band_source})"
    if not fact.complete:
        questions = "question has" if fact.missing == 1 else "questions have"
        return f"Incomplete: {fact.missing} {questions} no answer. No result."
    return "No total; what stands out is named below."


def _instrument(look: Look, fact: InstrumentFact) -> list[Flowable]:
    story: list[Flowable] = [
        KeepTogether(
            [
                *look.text(Span(f"{fact.title}, {fact.window}", bold=True), look.heading),
                *look.text(Span(_result(fact), bold=fact.total is not None)),
            ]
        )
    ]
    for flag in fact.flags:
        story += look.text([Span("To note: ", bold=True), Span(flag)])
    for finding in fact.findings:
        story += look.text(finding)
    rows = [[look.text(Span(words, bold=True), look.cell) for words in ("Question", "Answer", "Note")]]
    for answer in fact.answers:
        given = answer.answer if answer.value is not None else "no answer"
        points = f" ({answer.value})" if fact.highest_total is not None and answer.value is not None else ""
        rows.append(
            [
                look.text(answer.label, look.cell),
                look.text(f"{given}{points}", look.cell),
                look.text(answer.note, look.cell),
            ]
        )
    if len(rows) > 1:
        story.append(theme.grid(rows, (look.width * 0.46, look.width * 0.24, look.width * 0.30)))
    if fact.credit:
        story += look.text(fact.credit, look.small)
    return story


def _factors(look: Look, form: ScreeningForm) -> list[Flowable]:
    story: list[Flowable] = []
    for kind in FactorKind:
        chosen = [factor for factor in form.factors if factor.kind is kind]
        if not chosen:
            continue
        lines: list[Flowable] = []
        for factor in chosen:
            lines += look.text(": ".join(part for part in (factor.label, factor.note) if part), bullet="•")
        story += [KeepTogether([*look.text(Span(label_of(kind), bold=True), look.heading), lines[0]]), *lines[1:]]
    story += record_parts.titled(look, "Warning signs in the client's words", form.warning_signs)
    if form.means:
        story += look.text(Span("Access to means", bold=True), look.heading)
        for means in form.means:
            story += look.text(_means(means), bullet="•")
    return story


def _means(means: MeansAccess) -> str:
    parts = [means.action]
    parts += [f"by whom: {means.who}"] if means.who else []
    parts += [f"until {theme.day_words(means.by, 'en')}"] if means.by else []
    parts += [f"checked on {theme.day_words(means.checked_on, 'en')}"] if means.checked_on else []
    parts += [means.note]
    said = ", ".join(part for part in parts if part)
    return f"{means.means}: {said}" if said else means.means


def _formulation(look: Look, formulation: Formulation) -> list[Flowable]:
    story: list[Flowable] = [*look.text(Span("Formulation by the therapist", bold=True), look.heading)]
    rows = [
        ("Risk status", formulation.status),
        ("Risk state", formulation.state),
        ("Resources", formulation.resources),
        ("Foreseeable changes", formulation.foreseeable),
        ("Judgement", label_of(formulation.judgement) if formulation.judgement else ""),
        ("Reasons", formulation.reasons),
        ("Facts and judgement", formulation.difference),
    ]
    story.append(theme.facts(look, [row for row in rows if row[1]]))
    return story


def _care(look: Look, care: Care) -> list[Flowable]:
    rows = [
        ("Level of care", label_of(care.level) if care.level else ""),
        ("Reasons", care.reasons),
        ("Actions taken", care.actions),
        ("Who was told", care.told),
        ("Next reassessment", theme.day_words(care.next_reassessment, "en") if care.next_reassessment else ""),
    ]
    return [
        *look.text(Span("Level of care, decided by the therapist", bold=True), look.heading),
        theme.facts(look, [row for row in rows if row[1]]),
    ]
