"""The words and simple choices in the fields of a dialog, read and put back by the fields' object names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from safeplan_desktop.ui.widgets.inputs import Choice, OptionRow, PassphraseField

Field = QLineEdit | QPlainTextEdit | Choice | OptionRow | QCheckBox
_KINDS = (QLineEdit, QPlainTextEdit, Choice, OptionRow, QCheckBox)
_OF_QT = "qt_"
_SET, _NOT_SET = "yes", ""


def is_text(field: QWidget) -> bool:
    """Whether words are typed in it; else something is chosen."""
    return isinstance(field, QLineEdit | QPlainTextEdit)


def fields_of(dialog: QDialog) -> dict[str, Field]:
    """The fields by object name, in their order. A passphrase is never one of them, shown or not."""
    return {field.objectName(): field for field in _fields(dialog)}


def _fields(dialog: QDialog) -> Iterator[Field]:
    for widget in dialog.findChildren(QWidget):
        name = widget.objectName()
        if not isinstance(widget, _KINDS) or not name or name.startswith(_OF_QT) or widget.window() is not dialog:
            continue
        if isinstance(widget.parentWidget(), PassphraseField):
            continue
        if isinstance(widget, QLineEdit | QPlainTextEdit) and widget.isReadOnly():
            continue
        yield widget


def words_in(field: Field) -> str:
    """What stands in a field, as text."""
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, OptionRow):
        return next((made.objectName() for made in field.buttons if made.isChecked()), "")
    return _SET if field.isChecked() else _NOT_SET


def put_back(fields: Mapping[str, Field], words: Mapping[str, str]) -> None:
    """Fills the fields as if it had been typed just now, with the cursor behind the first text.

    What was chosen comes first, since other fields may follow from it.
    """
    every = [(fields[name], text) for name, text in words.items() if name in fields]
    for field, text in sorted(every, key=lambda one: is_text(one[0])):
        _fill(field, text)
    first = next((field for field, _ in every if is_text(field)), None)
    if first is not None:
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _fill(field: Field, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
        field.setModified(True)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
        field.moveCursor(QTextCursor.MoveOperation.End)
        field.document().setModified(True)
    elif isinstance(field, Choice):
        place = field.findText(text)
        if place >= 0:
            field.setCurrentIndex(place)
            field.changed.emit()
    elif isinstance(field, OptionRow):
        field.set_value(None)
        for made in field.buttons:
            if made.objectName() == text:
                made.setChecked(True)
        field.changed.emit()
    else:
        field.setChecked(text == _SET)


def watch(field: Field, changed: Callable[[], None]) -> None:
    """Calls back whenever something else stands in a field."""
    if isinstance(field, QLineEdit | QPlainTextEdit):
        field.textChanged.connect(lambda *_: changed())
    elif isinstance(field, QAbstractButton):
        field.toggled.connect(lambda *_: changed())
    else:
        field.changed.connect(changed)
