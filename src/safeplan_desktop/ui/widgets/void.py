"""The dialog that marks a signed record as entered in error."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dialog import Dialog
from safeplan_desktop.ui.widgets.inputs import TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import Form, button, label, row


class VoidDialog(Dialog):
    """Reason and signature. Nothing is deleted, and the mark can't be taken back.

    Args:
        parent: The window it belongs to.
        signer: A beginning for the signature.
        sign: Takes reason and signer; raises `InvalidInputError` with the field that isn't right.
    """

    def __init__(self, parent: QWidget, signer: str, sign: Callable[[str, str], None]) -> None:
        super().__init__(parent.window())
        self.setObjectName("void")
        self.setWindowTitle("Entered in error - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sign = sign
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.banner = Banner("void.banner")
        layout.addWidget(label("Mark this record as entered in error", "heading"))
        about = (
            "It stays in the records, readable and marked, and counts nowhere any more: not in plots, on Today or in the "
            "exports of a period. The mark can't be taken back. For a wrong word, add a correction instead."
        )
        layout.addWidget(label(about, "quiet"))
        layout.addWidget(self.banner)
        self.form = Form("void")
        self.reason, self.signer = TextArea(fewest_lines=3), TextLine()
        self.signer.set_value(signer)
        self.form.add("reason", "Why it should not be there", self.reason, "Such as: the wrong client, entered twice")
        self.form.add("signer", "Your name, as your signature", self.signer)
        layout.addWidget(self.form)
        layout.addLayout(
            row(
                None,
                button("Cancel", "void.cancel", self.reject),
                button("Sign and mark", "void.sign", self._submit, kind="primary"),
            )
        )
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 80)
        self.reason.setFocus()

    def _submit(self) -> None:
        self.form.clear_errors()
        try:
            self._sign(self.reason.value(), self.signer.value())
        except InvalidInputError as problem:
            if not self.form.show_error(problem.field, problem.sentences):
                self.banner.show_problem(problem)
            return
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return
        self.accept()
