"""A field for rich text of the small kind: bold, headings, two kinds of lists; whatever is pasted is reduced to that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextListFormat,
)
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from safeplan_desktop.domain.rich_text import Block, BlockKind, Run, blocks_of, markdown_of, numbered
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.layout import button

_STYLES = {
    BlockKind.BULLET: QTextListFormat.Style.ListDisc,
    BlockKind.NUMBER: QTextListFormat.Style.ListDecimal,
}
_NUMBERS = frozenset(
    {
        QTextListFormat.Style.ListDecimal,
        QTextListFormat.Style.ListLowerAlpha,
        QTextListFormat.Style.ListUpperAlpha,
        QTextListFormat.Style.ListLowerRoman,
        QTextListFormat.Style.ListUpperRoman,
    }
)
_HEADING_LEVEL = 2
_LONGEST = 20_000
_LINES, _AROUND = 7, 24


class _Text(QTextEdit):
    """The text itself. Tab leaves it; what is copied out and pasted in is of the subset."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAcceptRichText(True)
        self.setAutoFormatting(QTextEdit.AutoFormattingFlag.AutoNone)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhMultiLine)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasHtml():
            pasted = QTextDocument()
            pasted.setHtml(source.html()[: 20 * _LONGEST])
            insert_blocks(self.textCursor(), read_blocks(pasted))
        else:
            self.insertPlainText(source.text()[:_LONGEST])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.textCursor().blockFormat().headingLevel():
            # Behind a heading comes its text.
            set_kind(self.textCursor(), BlockKind.PARAGRAPH)


def read_blocks(document: QTextDocument) -> tuple[Block, ...]:
    """What stands in a document, reduced to the subset."""
    found = []
    block = document.begin()
    while block.isValid():
        kind = kind_of(block)
        runs = tuple(_runs(block, heading=kind is BlockKind.HEADING))
        if "".join(run.text for run in runs).strip():
            found.append(Block(kind, runs))
        block = block.next()
    return numbered(found)


def kind_of(block: QTextBlock) -> BlockKind:
    """What a block of a document is."""
    if block.blockFormat().headingLevel():
        return BlockKind.HEADING
    listed = _list_of(block)
    if listed is None:
        return BlockKind.PARAGRAPH
    return BlockKind.NUMBER if listed.format().style() in _NUMBERS else BlockKind.BULLET


def _list_of(block: QTextBlock) -> QTextList | None:
    """The list that a block belongs to; Qt's types don't say that there may be none."""
    return cast("QTextList | None", block.textList())


def _runs(block: QTextBlock, *, heading: bool) -> Iterator[Run]:
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        text = fragment.text().replace("\u2028", " ").replace("\ufffc", "")
        yield Run(text, bold=not heading and fragment.charFormat().fontWeight() > QFont.Weight.Medium)
        place += 1


def insert_blocks(cursor: QTextCursor, blocks: Sequence[Block]) -> None:
    """Puts blocks where the cursor is, as one step that can be undone; the first goes on in the present line."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    plain = QTextCharFormat()
    for place, block in enumerate(blocks):
        if place:
            cursor.insertBlock(QTextBlockFormat(), plain)
        if place or not cursor.block().text():
            set_kind(cursor, block.kind)
        for run in block.runs:
            look = QTextCharFormat()
            if run.bold or block.kind is BlockKind.HEADING:
                look.setFontWeight(QFont.Weight.Bold)
            cursor.insertText(run.text, look)
    cursor.endEditBlock()


def set_kind(cursor: QTextCursor, kind: BlockKind) -> None:
    """Makes the block of the cursor, or all chosen ones, one kind."""
    cursor.beginEditBlock()
    document = cursor.document()
    block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    while block.isValid():
        _make(QTextCursor(block), kind)
        if block == last:
            break
        block = block.next()
    cursor.endEditBlock()


def _make(cursor: QTextCursor, kind: BlockKind) -> None:
    was_heading = bool(cursor.blockFormat().headingLevel())
    listed = _list_of(cursor.block())
    if listed is not None:
        listed.remove(cursor.block())
    shape = QTextBlockFormat()
    shape.setHeadingLevel(_HEADING_LEVEL if kind is BlockKind.HEADING else 0)
    cursor.setBlockFormat(shape)
    if was_heading or kind is BlockKind.HEADING:
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold if kind is BlockKind.HEADING else QFont.Weight.Normal)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.mergeCharFormat(look)
        cursor.clearSelection()
        cursor.setBlockCharFormat(look)
    if kind in _STYLES:
        before = _list_of(cursor.block().previous())
        if before is not None and before.format().style() is _STYLES[kind]:
            before.add(cursor.block())
        else:
            cursor.createList(_STYLES[kind])


class RichTextField(QWidget):
    """Four buttons with words, and the text below them; `changed` after each edit by hand."""

    changed = Signal()

    def __init__(self, name: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.text = _Text()
        self.text.setObjectName(f"{name}.text")
        self.text.setAccessibleName(accessible_name)
        self._silent = False
        line = FlowLayout(spacing=6)
        tools: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            ("Bold", "bold", "Ctrl+B", self._bold),
            ("Heading", "heading", "Ctrl+Shift+H", lambda: self._turn(BlockKind.HEADING)),
            ("Bulleted list", "bullets", "Ctrl+Shift+U", lambda: self._turn(BlockKind.BULLET)),
            ("Numbered list", "numbers", "Ctrl+Shift+O", lambda: self._turn(BlockKind.NUMBER)),
        )
        self.tools = []
        for words, suffix, keys, act in tools:
            made = button(words, f"{name}.{suffix}", act, kind="small")
            made.setToolTip(f"{words} ({keys})")
            made.setAccessibleDescription(keys)
            shortcut = QShortcut(QKeySequence(keys), self.text, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            line.addWidget(made)
            self.tools.append(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addWidget(self.text)
        self.text.textChanged.connect(self._edited)
        self._fit()

    def value(self) -> str:
        """The text as Markdown of the subset."""
        return markdown_of(read_blocks(self.text.document()))

    def set_value(self, markdown: str) -> None:
        """Replaces the text and forgets what could be undone."""
        self._silent = True
        self.text.clear()
        insert_blocks(self.text.textCursor(), blocks_of(markdown))
        self.text.document().clearUndoRedoStacks()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self._silent = False

    def insert_words(self, words: str) -> None:
        """Puts words where the cursor is."""
        self.text.textCursor().insertText(words)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.text.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing() + _AROUND)

    def _edited(self) -> None:
        if not self._silent:
            self.changed.emit()

    def _bold(self) -> None:
        look = QTextCharFormat()
        bold = self.text.fontWeight() > QFont.Weight.Medium
        look.setFontWeight(QFont.Weight.Normal if bold else QFont.Weight.Bold)
        self.text.mergeCurrentCharFormat(look)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, kind: BlockKind) -> None:
        """Makes it that kind, or a plain paragraph again where it is one already."""
        cursor = self.text.textCursor()
        present = kind_of(cursor.block())
        set_kind(cursor, BlockKind.PARAGRAPH if present is kind else kind)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
