"""The recovery sheet: 24 words on paper, and how to open the records with them, with or without this program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Table, TableStyle

from safeplan_desktop.documents import theme
from safeplan_desktop.documents.text import Span
from safeplan_desktop.documents.theme import INK, RULE, Look, Margins
from safeplan_desktop.domain.practice import Paper

_TITLE = "Recovery sheet"
_COLUMNS = 3


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
    look = theme.look(paper, base_size=10.5)
    story: list[Flowable] = []
    story += look.text(practice_name, look.small) if practice_name else []
    story += look.text(Span("Recovery sheet for SafePlan", bold=True), look.title)
    story += look.text(
        "These 24 words open your encrypted records and every backup of them if the passphrase is lost. "
        "Whoever has this sheet and a copy of the records can read them: keep it locked up, away from the computer."
    )
    story.append(theme.gap(6))
    story.append(_grid(look, words))
    story.append(theme.gap(8))
    story.append(
        theme.facts(
            look,
            [
                ("Key number", key_id),
                ("Records", vault_id),
                ("Made on", theme.day_words(made_on, "en")),
                ("Copies are kept at", "_" * 58),
            ],
        )
    )
    story += look.text(Span("With SafePlan", bold=True), look.heading)
    story += look.text("On the unlock page choose “Use my recovery words”, type them in order, then choose a new passphrase.")
    story += look.text(Span("Without SafePlan (for somebody who knows computers)", bold=True), look.heading)
    story += look.text(
        "The words are a BIP-39 mnemonic. Turn them back into their 32 bytes of entropy (64 hex digits, not the BIP-39 "
        "seed). These are the raw key of records.db, a SQLCipher 4 database. In a SQLCipher 4 shell, in DB Browser for "
        "SQLite with SQLCipher, or in SQLite3 Multiple Ciphers (Python: apsw-sqlite3mc):"
    )
    code = ParagraphStyle("code", parent=look.cell, leftIndent=18, spaceAfter=1)
    for line in (
        "python: from mnemonic import Mnemonic; Mnemonic('english').to_entropy(words).hex()",
        "SQLCipher 4:  PRAGMA key = \"x'64 HEX DIGITS'\";",
        "SQLite3 Multiple Ciphers:  PRAGMA cipher='sqlcipher';  PRAGMA legacy=4;  PRAGMA key=\"x'64 HEX DIGITS'\";",
    ):
        story += look.text(line, code)
    story += look.text(
        "A backup is a plain ZIP file; records.db is inside. Older shells (SQLCipher 3) can't open it.", look.small
    )
    pdf, _ = theme.build(
        story,
        paper,
        title=_TITLE,
        language="en",
        margins=Margins(foot="Keep this sheet secret", page="Page {page} of {pages}"),
        look_=look,
    )
    return pdf


def _grid(look: Look, words: Sequence[str]) -> Table:
    rows = -(-len(words) // _COLUMNS)
    big = ParagraphStyle("word", parent=look.body, fontSize=13, leading=17, leftIndent=0)
    cells = []
    for row in range(rows):
        line: list[list[Flowable]] = []
        for column in range(_COLUMNS):
            index = column * rows + row
            line.append(
                look.text([Span(f"{index + 1}.  ", grey=True), Span(words[index], bold=True)], big)
                if index < len(words)
                else []
            )
        cells.append(line)
    table = Table(cells, colWidths=[look.width / _COLUMNS] * _COLUMNS)
    table.setStyle(
        TableStyle(
            [
                ("BOX", (0, 0), (-1, -1), 1.2, INK),
                ("INNERGRID", (0, 0), (-1, -1), 0.4, RULE),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
                ("LEFTPADDING", (0, 0), (-1, -1), 10),
            ]
        )
    )
    return table
