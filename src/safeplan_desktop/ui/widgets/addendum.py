"""The dialog that adds to a signed record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.incidents import wrong_in_addendum
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import Choice, TextArea, TextLine


class AddendumDialog(FormDialog):
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
        about = "The original stays readable as it was; what you add is dated now."
        super().__init__(parent, "addendum", "Add to a signed record", "Add to what was signed", about)
        self.kind = Choice(kinds, empty="")
        self.text, self.reason, self.signer = TextArea(fewest_lines=4), TextLine(), TextLine()
        self.signer.set_value(signer)
        self.form.add("kind", "Kind", self.kind)
        self.form.add("text", "What you add", self.text)
        self.form.add("reason", "Why it is added now", self.reason)
        self.form.add("signer", "Your name, as your signature", self.signer)
        self.finish(
            "Sign and add",
            "sign",
            self._add_to,
            lambda: wrong_in_addendum(self.reason.value(), self.text.value(), self.signer.value()),
        )
        self._sign = sign
        self.text.setFocus()

    def _add_to(self) -> None:
        self._sign(self.kind.value(), self.reason.value(), self.text.value(), self.signer.value())
