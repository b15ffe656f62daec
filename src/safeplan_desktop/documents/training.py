"""A summary of trainings: the rule, how far its cycle is, the entries by subject, and the certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.graphics.shapes import Drawing, Group, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from safeplan_desktop.documents import fonts, layout, pages, record_parts, theme
from safeplan_desktop.documents.charts import PAPER, Inks
from safeplan_desktop.documents.text import Span
from safeplan_desktop.domain.attachments import size_words
from safeplan_desktop.domain.training import hours_number, hours_words, minutes_of
from safeplan_desktop.domain.training_rules import BAR_MARGIN, BAR_ROW
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.practice import Paper, PracticeProfile
    from safeplan_desktop.domain.training import LoggedTraining
    from safeplan_desktop.domain.training_paper import TrainingPaper
    from safeplan_desktop.domain.training_rules import Needed

TITLE = "Summary of trainings"
_SIZE = 9.0
_NUMBERS = 92.0
"""Points on the right of a bar for its numbers."""

_NAMES = 0.42
_RISE = 2.6
_PIECE = 32
"""Letters of a fingerprint on one line."""


@pages.one_at_a_time
def training_pdf(summary: TrainingPaper, practice: PracticeProfile, paper: Paper, chain_head: str) -> bytes:
    """The summary as a PDF.

    Args:
        summary: What it shows.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        chain_head: The end of the audit's chain.
    """
    look = record_parts.look_of(paper, practice)
    story = [*record_parts.head(look, TITLE, practice), *_facts(look, summary)]
    if summary.progress is not None:
        story += _progress(look, summary)
    story += _by_topic(look, summary)
    story += _entries(look, summary)
    story += _certificates(look, summary)
    return record_parts.report_pdf(look, story, paper, title=TITLE, code="", made=summary.made, chain_head=chain_head)


def _facts(look: Look, summary: TrainingPaper) -> list[Flowable]:
    language = look.book.language
    progress = summary.progress
    rows = [("Period", record_parts.period_words(look, summary.since, summary.until) or "All trainings")]
    if progress is not None:
        rows = [
            ("Rule", progress.rule.name),
            ("It asks for", progress.rule.sentence),
            ("Written in", progress.rule.source),
            *rows,
            ("Due on", theme.day_words(progress.cycle.due, language)),
            ("State", progress.missing_words[0].upper() + progress.missing_words[1:]),
        ]
    number = len(summary.entries)
    rows += [
        ("Trainings", f"{number}, {hours_words(summary.minutes)} together" if number else "None"),
        ("As of", theme.moment_words(summary.made, language)),
    ]
    return theme.facts(look, rows)


def _progress(look: Look, summary: TrainingPaper) -> list[Flowable]:
    progress = summary.progress
    if progress is None:
        return []
    plot: list[Flowable] = [progress_plot(progress.lines, look.width)]
    rows = [
        (
            line.title,
            hours_words(line.done) + (f", of these {hours_words(line.carried)} carried over" if line.carried else ""),
            hours_words(line.wanted),
            hours_words(line.missing) if line.missing else "nothing",
        )
        for line in progress.lines
    ]
    return [
        *theme.section(look, "How far this cycle is", [layout.Together(plot, room=look.height)]),
        *record_parts.table(look, "", ("Hours of", "Done", "Asked for", "Missing"), rows, (0.4, 0.28, 0.16, 0.16)),
    ]


def _by_topic(look: Look, summary: TrainingPaper) -> list[Flowable]:
    rows = [
        (
            topic,
            "\n".join(f"{one.training.title}, {one.training.days_words}" for one in entries),
            hours_number(minutes_of((one.training for one in entries), topic)),
        )
        for topic, entries in summary.by_topic
    ]
    return record_parts.table(look, "By subject", ("Subject", "Trainings", "Hours"), rows, (0.3, 0.58, 0.12))


def _entries(look: Look, summary: TrainingPaper) -> list[Flowable]:
    if not summary.entries:
        return theme.section(look, "Trainings", look.text("None was noted for these days."))
    story: list[Flowable] = []
    for entry in summary.entries:
        above = [layout.Rule(space_before=6, space_after=5)] if story else []
        story.append(layout.Together([*above, *_entry(look, entry, summary)], head=len(above) + 1, room=look.height))
    return theme.section(look, "Trainings", story)


def _entry(look: Look, entry: LoggedTraining, summary: TrainingPaper) -> list[Flowable]:
    training = entry.training
    accredited = ", ".join(part for part in (training.accreditor, training.number) if part)
    hours = "; ".join(f"{one.topic}: {_unbroken(hours_words(one.minutes))}" for one in training.hours)
    facts = [
        ("Day", training.days_words),
        ("With", training.provider),
        ("Recognised by", accredited),
        ("How", label_of(training.format) if training.format else ""),
        ("Hours", hours),
        ("Cost", training.cost),
        ("Certificate", ", ".join(one.title for one in summary.files_of(entry.id))),
        ("Kept", "With the crisis protocol, as it was timed there" if entry.of_drill else ""),
    ]
    return [
        *look.text(Span(training.title, bold=True)),
        *theme.facts(look, facts),
        *look.text(training.reflection),
    ]


def _certificates(look: Look, summary: TrainingPaper) -> list[Flowable]:
    rows = [
        (
            entry.training.title,
            f"{file.title}, {label_of(file.media_type)}, {_unbroken(size_words(file.size))}",
            f"{file.sha256[:_PIECE]}\n{file.sha256[_PIECE:]}",
        )
        for entry in summary.entries
        for file in summary.files_of(entry.id)
    ]
    head = ("Training", "File", "Fingerprint (SHA-256)")
    return record_parts.table(look, "Certificates", head, rows, (0.3, 0.28, 0.42))


def progress_plot(lines: Sequence[Needed], width: float, inks: Inks = PAPER) -> Drawing:
    """One bar a line: what is done of what is asked for, with both numbers behind it. On paper and on the screen.

    Args:
        lines: Of a progress.
        width: In points.
        inks: The colours.
    """
    regular, bold = fonts.base_fonts()
    height = BAR_ROW * max(len(lines), 1) + BAR_MARGIN
    drawing = Drawing(width, height, initialFontName=regular)
    ground = Rect(0, 0, width, height)
    ground.fillColor, ground.strokeColor = HexColor(inks.ground), None
    drawing.add(ground)
    left = width * _NAMES
    room = width - left - _NUMBERS
    ink, group = HexColor(inks.ink), Group()
    for place, line in enumerate(lines):
        foot = height - BAR_MARGIN / 2 - (place + 1) * BAR_ROW
        baseline = foot + BAR_ROW / 2 - _SIZE / _RISE
        name = _fitting(line.title, regular, left - 8)
        group.add(String(left - 8, baseline, name, fontName=regular, fontSize=_SIZE, fillColor=ink, textAnchor="end"))
        whole = Rect(left, foot + 5, room, BAR_ROW - 10)
        whole.fillColor, whole.strokeColor, whole.strokeWidth = HexColor(inks.ground), HexColor(inks.quiet), 0.8
        group.add(whole)
        share = min(line.done / line.wanted, 1.0) if line.wanted else 1.0
        if share:
            done = Rect(left, foot + 5, room * share, BAR_ROW - 10)
            done.fillColor, done.strokeColor, done.strokeWidth = HexColor(inks.edge), HexColor(inks.quiet), 0.8
            group.add(done)
            group.add(
                Line(
                    left + room * share,
                    foot + 3,
                    left + room * share,
                    foot + BAR_ROW - 3,
                    strokeColor=ink,
                    strokeWidth=1.2,
                )
            )
        words = f"{hours_number(line.done)} of {hours_words(line.wanted)}"
        group.add(String(left + room + 8, baseline, words, fontName=bold, fontSize=_SIZE, fillColor=ink))
    drawing.add(group)
    return drawing


def _unbroken(words: str) -> str:
    """A number that stays with its unit on one line."""
    return words.replace(" ", "\u00a0")


def _fitting(name: str, font: str, room: float) -> str:
    """A name shortened to its place; the table says it in full."""
    if stringWidth(name, font, _SIZE) <= room:
        return name
    while name and stringWidth(f"{name}...", font, _SIZE) > room:
        name = name[:-1]
    return f"{name.rstrip(' ,')}..."
