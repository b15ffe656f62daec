"""The dialog that marks a signed record as entered in error."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.incidents import wrong_in_voiding
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import TextArea, TextLine

_ABOUT = (
    "It stays in the records, readable and marked, and counts nowhere any more: not in plots, on Today or in the exports "
    "of a period. The mark can't be taken back."
)
INSTEAD = "For a wrong word, add a correction instead."


class VoidDialog(FormDialog):
    """Reason and signature. Nothing is deleted, and the mark can't be taken back.

    Args:
        parent: The window it belongs to.
        signer: A beginning for the signature.
        sign: Takes reason and signer; raises `InvalidInputError` with the field that isn't right.
        instead: What else can be done, and what is to be known about this kind of record.
    """

    def __init__(
        self, parent: QWidget, signer: str, sign: Callable[[str, str], None], *, instead: str = INSTEAD
    ) -> None:
        about = f"{_ABOUT} {instead}"
        super().__init__(parent, "void", "Entered in error", "Mark this record as entered in error", about)
        self.reason, self.signer = TextArea(fewest_lines=3), TextLine()
        self.signer.set_value(signer)
        self.form.add("reason", "Why it should not be there", self.reason, "Such as: the wrong client, entered twice")
        self.form.add("signer", "Your name, as your signature", self.signer)
        self.finish(
            "Sign and mark",
            "sign",
            lambda: sign(self.reason.value(), self.signer.value()),
            lambda: wrong_in_voiding(self.reason.value(), self.signer.value()),
        )
        self.reason.setFocus()
