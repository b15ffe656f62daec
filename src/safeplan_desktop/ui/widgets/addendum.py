"""The dialog that adds to a signed record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dialog import Dialog
from safeplan_desktop.ui.widgets.inputs import Choice, TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import Form, button, label, row


class AddendumDialog(Dialog):
    """Kind, text, reason, signature. The original isn't touched.

    Args:
        parent: The window it belongs to.
        kinds: The kinds of addendum with their words.
        signer: A beginning for the signature.
        sign: Takes kind, reason, text, signer; raises `InvalidInputError` with the field that isn't right.
    """

    def __init__(
        self,
        parent: QWidget,
        kinds: list[tuple[object, str]],
        signer: str,
        sign: Callable[[object, str, str, str], None],
    ) -> None:
        super().__init__(parent.window())
        self.setObjectName("addendum")
        self.setWindowTitle("Add to a signed record - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sign = sign
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.banner = Banner("addendum.banner")
        layout.addWidget(label("Add to what was signed", "heading"))
        layout.addWidget(label("The original stays readable as it was; what you add is dated now.", "quiet"))
        layout.addWidget(self.banner)
        self.form = Form("addendum")
        self.kind = Choice(kinds, empty="")
        self.text, self.reason, self.signer = TextArea(fewest_lines=4), TextLine(), TextLine()
        self.signer.set_value(signer)
        self.form.add("kind", "Kind", self.kind)
        self.form.add("text", "What you add", self.text)
        self.form.add("reason", "Why it is added now", self.reason)
        self.form.add("signer", "Your name, as your signature", self.signer)
        layout.addWidget(self.form)
        layout.addLayout(
            row(
                None,
                button("Cancel", "addendum.cancel", self.reject),
                button("Sign and add", "addendum.sign", self._submit, kind="primary"),
            )
        )
        self.setMinimumWidth(640)
        self.text.setFocus()

    def _submit(self) -> None:
        self.form.clear_errors()
        try:
            self._sign(self.kind.value(), self.reason.value(), self.text.value(), self.signer.value())
        except InvalidInputError as problem:
            if not self.form.show_error(problem.field, problem.sentences):
                self.banner.show_problem(problem)
            return
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return
        self.accept()
