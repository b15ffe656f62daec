"""The one place where text becomes a paragraph: escaped, split, with a font for every script, in its reading direction.

ReportLab reads markup in what it is given, and one long paragraph costs quadratic time; so nothing else in the program
makes a paragraph.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from bidi.algorithm import get_display
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from safeplan_desktop.documents.fonts import Run, runs

LONGEST_PIECE = 2000
"""Characters in one paragraph object; longer text goes on in the next one."""

_RTL = frozenset({"R", "AL"})
# One stand-in a word, of the word's own direction, so that the bidi algorithm orders whole words.
_RTL_STANDIN, _LTR_STANDIN, _NUMBER_STANDIN = 0x10A00, 0x4E00, 0x1D7CE
_MOST_NUMBERS = 50
_RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text with one look.

    Attributes:
        link: A `tel:` link, made here from a phone number; empty for none.
    """

    text: str
    bold: bool = False
    link: str = ""
    grey: bool = False


Words = str | Span | Sequence[Span]


def tel_link(number: str) -> str:
    """A `tel:` link of a phone number; empty when there are no digits in it."""
    digits = "".join(character for character in number if character.isdigit() or character in "*#")
    return f"tel:{'+' if number.strip().startswith('+') else ''}{digits}" if digits else ""


def _cleaned(text: str) -> str:
    """Without control characters; line ends as `\\n`, tabs as spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").replace("\u2028", "\n")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in _RTL:
            return True
        if direction == "L":
            return False
    return False


def _has_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in _RTL for character in text)


def _in_visual_order(line: str) -> str:
    """A line's words in the order in which they stand on paper; the letters of each word stay as they are."""
    words = line.split(" ")
    standins: dict[str, str] = {}
    stood: list[str] = []
    numbers = 0
    for index, word in enumerate(words):
        if _has_right_to_left(word):
            mark = chr(_RTL_STANDIN + index)
            mark = mark if unicodedata.bidirectional(mark) == "R" else chr(0x10800 + index)
        elif word[:1].isdigit() and numbers < _MOST_NUMBERS:
            mark, numbers = chr(_NUMBER_STANDIN + numbers), numbers + 1
        else:
            mark = chr(_LTR_STANDIN + index)
        standins[mark] = word
        stood.append(mark)
    shown = get_display(" ".join(stood), base_dir="R" if is_right_to_left(line) else "L")
    return "".join(standins.get(character, character) for character in shown)


def _font_markup(text: str, *, bold: bool, language: str) -> str:
    parts = []
    last: Run | None = None
    for run in runs(text, bold=bold, language=language):
        # ReportLab shapes a whole word with its first font, so two fonts never share a word with a shaped one.
        if last is not None and (last.shaped or run.shaped) and not (last.text[-1:] + run.text[:1]).count(" "):
            parts.append(" ")
        last = run
        content = escape(run.text)
        parts.append(f"<font name={quoteattr(run.font)}>{content}</font>" if run.text.strip() else content)
    return "".join(parts)


def _width(text: str, style: ParagraphStyle, language: str) -> float:
    return sum(float(stringWidth(run.text, run.font, style.fontSize)) for run in runs(text, language=language))


def _broken(text: str, style: ParagraphStyle, width: float, language: str) -> list[str]:
    """Lines of a text with right-to-left words, broken before they are put in visual order."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and _width(longer, style, language) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def _pieces(text: str) -> Iterable[str]:
    for line in _cleaned(text).split("\n"):
        rest = line
        while len(rest) > LONGEST_PIECE:
            at = rest.rfind(" ", 0, LONGEST_PIECE)
            at = at if at > LONGEST_PIECE // 2 else LONGEST_PIECE
            yield rest[:at]
            rest = rest[at:].lstrip(" ")
        yield rest


def paragraphs(
    words: Words, style: ParagraphStyle, *, language: str = "en", width: float = 400.0, bullet: str = ""
) -> list[Paragraph]:
    """The paragraphs that a text makes: one a line, more where a line is very long. Any text will do.

    Args:
        words: Plain text, or spans of it; nothing in it is read as markup.
        style: Its base style.
        language: BCP 47 code; it picks between East Asian fonts.
        width: The room in points, for lines that have to be broken here (right-to-left ones).
        bullet: Stands before the first line.
    """
    spans = [Span(words)] if isinstance(words, str) else [words] if isinstance(words, Span) else list(words)
    if len(spans) == 1 and not spans[0].link:
        pieces = [(replace(spans[0], text=piece),) for piece in _pieces(spans[0].text)]
    else:
        pieces = [tuple(replace(span, text=" ".join(_cleaned(span.text).split("\n"))) for span in spans)]
    made = []
    for index, piece in enumerate(pieces):
        own = style
        if language[:2] in _RTL_LANGUAGES and style.alignment == TA_LEFT:
            own = ParagraphStyle(f"{style.name}-rtl", parent=style, alignment=TA_RIGHT)
        markup = "".join(_span_markup(span, own, width, language) for span in piece)
        made.append(Paragraph(markup or " ", own, bulletText=bullet if bullet and index == 0 else None))
    return made


def _span_markup(span: Span, style: ParagraphStyle, width: float, language: str) -> str:
    if _has_right_to_left(span.text):
        lines = [_in_visual_order(line) for line in _broken(span.text, style, width * 0.95, language)]
        markup = "<br/>".join(_font_markup(line, bold=span.bold, language=language) for line in lines)
    else:
        markup = _font_markup(span.text, bold=span.bold, language=language)
    if span.grey:
        markup = f'<font color="#4A4A4A">{markup}</font>'
    if span.link:
        markup = f"<a href={quoteattr(span.link)}>{markup}</a>"
    return markup
