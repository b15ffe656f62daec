"""Rich text of a small kind: paragraphs, headings, two kinds of lists, bold. It is stored as Markdown of that subset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token


class BlockKind(Enum):
    """What a stretch of text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one look."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or entry of a list.

    Attributes:
        number: The place within its numbered list, from 1; 0 for anything else.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    number: int = 0

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


_SPECIAL = re.compile(r"([\\*_])")
_OPENING = re.compile(r"^(\s*)(#{1,6}|[-+]|\d{1,9}(?=[.)]))(?=[.)\s]|$)")


@cache
def _reader() -> MarkdownIt:
    """Knows the subset only: what else Markdown has (links, pictures, HTML, code) stays the letters that were typed."""
    return MarkdownIt("zero").enable(["heading", "list", "emphasis", "escape", "newline"])


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The blocks of a text; a list within a list becomes part of the outer one."""
    found: list[Block] = []
    lists: list[BlockKind] = []
    heading = False
    for token in _reader().parse(markdown):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(BlockKind.BULLET if token.type == "bullet_list_open" else BlockKind.NUMBER)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "inline":
            kind = BlockKind.HEADING if heading else lists[-1] if lists else BlockKind.PARAGRAPH
            runs = _joined(_runs(token.children or ()))
            if runs:
                found.append(Block(kind, runs))
    return numbered(found)


def numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, with the entries of each numbered list counted from 1."""
    made: list[Block] = []
    for block in blocks:
        before = made[-1].number if made else 0
        made.append(Block(block.kind, block.runs, before + 1 if block.kind is BlockKind.NUMBER else 0))
    return tuple(made)


def markdown_of(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown; `blocks_of` reads it back as they are."""
    parts: list[str] = []
    for kind, group in groupby((block for block in blocks if block.text.strip()), key=lambda block: block.kind):
        lines = [_marked(block.runs) for block in group]
        if kind is BlockKind.BULLET:
            parts.append("\n".join(f"- {line}" for line in lines))
        elif kind is BlockKind.NUMBER:
            parts.append("\n".join(f"{place}. {line}" for place, line in enumerate(lines, start=1)))
        else:
            parts += [f"## {line}" if kind is BlockKind.HEADING else line for line in lines]
    return "\n\n".join(parts)


def plain_of(markdown: str) -> str:
    """The words alone, a line for each block."""
    return "\n".join(block.text for block in blocks_of(markdown))


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    bold = 0
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold += 1 if token.type == "strong_open" else -1
        elif token.type in ("softbreak", "hardbreak"):
            yield Run(" ", bold > 0)
        elif token.content:
            yield Run(token.content, bold > 0)


def _joined(runs: Iterator[Run]) -> tuple[Run, ...]:
    made = [Run("".join(run.text for run in group), bold) for bold, group in groupby(runs, key=lambda run: run.bold)]
    return tuple(run for run in made if run.text)


def _marked(runs: Sequence[Run]) -> str:
    """One line of Markdown: what was typed never becomes a mark, and no mark ever becomes a word."""
    line = _line(runs)
    wanted = "".join(run.text for run in runs).replace("\n", " ").strip()
    # Markdown has no bold between a letter and a bracket, for one; then the words matter more than their look.
    return line if "".join(block.text for block in blocks_of(line)) == wanted else _line([Run(wanted)])


def _line(runs: Sequence[Run]) -> str:
    words = ""
    for run in _joined(iter(runs)):
        text = _SPECIAL.sub(r"\\\1", " ".join(run.text.split("\n")))
        inner = text.strip()
        if not run.bold or not inner:
            words += text
            continue
        # The marks of bold must touch its words.
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        words += f"{before}**{inner}**{after}"
    words = words.strip()
    return _OPENING.sub(_escaped, words)


def _escaped(found: re.Match[str]) -> str:
    mark = found[2]
    return f"{found[1]}{mark}\\" if mark.isdigit() else f"{found[1]}\\{mark}"
