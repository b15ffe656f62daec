"""The recovery sheet: 24 words on paper, and how they open the records, with or without this program."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from safeplan_desktop.documents import layout, pages, theme
from safeplan_desktop.documents.layout import INK
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.text import Span
from safeplan_desktop.documents.theme import Look
from safeplan_desktop.domain.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.domain.practice import Paper

_TITLE = "Recovery sheet"
_COLUMNS = 4

_WHAT = (
    "These 24 words open your records, and every backup of them, when the passphrase is lost. Whoever "
    "has this sheet and a copy of the records can read them. Keep it where you keep what matters most, "
    "and away from the computer: not in its bag, not beside the backups, not as a photograph."
)
_WITH = (
    "On the page that asks for your passphrase, choose “Use my recovery words”, type the 24 words in "
    "their order, and choose a new passphrase. Capitals and numbering don't matter."
)
_WITHOUT = (
    "Somebody who knows computers can open the records without SafePlan, also years from now. A backup "
    "is a ZIP file; the records inside it are one file, records.db: a SQLite database that SQLCipher 4 "
    "encrypted. The words are its key."
)
_FROM_WORDS = (
    "The words are a BIP-39 mnemonic in English. Turn them into the 32 bytes that they stand for (the "
    "entropy, not the seed), written as 64 hexadecimal digits. With Python and its package mnemonic:"
)
_SHELL = "Open a copy of records.db with those digits as a raw key. With the sqlcipher shell, version 4:"
_OTHERS = (
    "Or with DB Browser for SQLite (the build with SQLCipher): choose “Raw key”, type 0x and the 64 "
    "digits, and take the defaults of SQLCipher 4. Or with Python and its package apsw-sqlite3mc "
    "(SQLite3 Multiple Ciphers):"
)
_STEPS = (
    (
        _FROM_WORDS,
        ("from mnemonic import Mnemonic", 'print(Mnemonic("english").to_entropy("WORD WORD ...").hex())'),
    ),
    (_SHELL, ("PRAGMA key = \"x'64 DIGITS'\";",)),
    (_OTHERS, ("PRAGMA cipher = 'sqlcipher'; PRAGMA legacy = 4; PRAGMA key = \"x'64 DIGITS'\";",)),
)


@pages.one_at_a_time
def recovery_sheet_pdf(
    words: Sequence[str], key_id: str, vault_id: str, made_on: dt.date, paper: Paper, practice_name: str
) -> bytes:
    """The sheet as a PDF.

    Args:
        words: The 24 recovery words, in order.
        key_id: The key number that stands on the sheet and in every backup of it.
        vault_id: Which records they belong to.
        made_on: The day of the sheet.
        paper: Its size.
        practice_name: Printed at the top where there is one.
    """
    look = theme.look(paper, size=10.5)
    story: list[Flowable] = [*look.text(practice_name, look.quiet)]
    story += look.text("Recovery sheet for my SafePlan records", look.title, outline=True)
    story += look.text(_WHAT, theme.restyled(look.body, spaceAfter=8))
    story.append(_grid(look, words))
    story.append(layout.Gap(10))
    story += theme.facts(
        look,
        [("Made on", theme.day_words(made_on)), ("Key number", key_id), ("Records", vault_id)],
    )
    story += _places(look)
    story += theme.section(look, "With SafePlan", look.text(_WITH))
    story += theme.section(look, "Without SafePlan", look.text(_WITHOUT))
    numbered = theme.restyled(look.item, leftIndent=18, bulletIndent=2, spaceBefore=2)
    code = theme.restyled(look.body, leftIndent=18, fontSize=look.size * 0.95)
    for number, (step, commands) in enumerate(_STEPS, start=1):
        story += look.text(step, numbered, bullet=f"{number}.")
        for command in commands:
            story += look.text(Span(command, bold=True), code)
    noon = dt.datetime.combine(made_on, dt.time(12), tzinfo=dt.UTC)
    pdf, _ = pages.build(
        story,
        paper,
        title=_TITLE,
        language="en",
        made=Moment(noon, "UTC"),
        margins=Margins(foot="Secret. Keep it locked up, away from the computer.", page="Page {page} of {pages}"),
        look_=look,
    )
    return pdf


def _grid(look: Look, words: Sequence[str]) -> Flowable:
    """The words in columns that are read downwards, numbered."""
    rows = -(-len(words) // _COLUMNS)
    big = theme.restyled(look.body, fontSize=13.5, spaceAfter=4)
    number_width = 24.0
    padding = 12.0
    width = (look.width - 2 * padding) / _COLUMNS
    columns: list[tuple[float, Sequence[Flowable]]] = []
    for first in range(0, len(words), rows):
        numbered = enumerate(words[first : first + rows], start=first + 1)
        columns.append(
            (
                width,
                [
                    layout.Columns(
                        [
                            (
                                number_width,
                                look.text(str(number), theme.restyled(big, textColor=layout.QUIET)),
                            ),
                            (width - number_width, look.text(Span(word, bold=True), big)),
                        ],
                        space_after=3,
                    )
                    for number, word in numbered
                ],
            )
        )
    return layout.Box([layout.Columns(columns)], room=look.height, padding=padding)


def _places(look: Look) -> list[Flowable]:
    """Two lines to write on."""
    label = look.text("Where copies of this sheet and of the backups are kept (write by hand)", look.quiet)
    lines: list[Flowable] = []
    for _ in range(2):
        lines += [layout.Gap(20), layout.Rule(0.6, colour=INK)]
    return [layout.Gap(4), *label, *lines]
