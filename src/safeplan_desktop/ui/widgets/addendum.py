"""The dialog that adds to a signed record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from safeplan_desktop.domain.incidents import AddendumForm, AddendumKind, wrong_in_addendum
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.ui.adding import AddendumKeeping
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import Choice, TextArea, TextLine


class AddendumDialog(FormDialog):
    """Kind, text, reason, signature. The original isn't touched.

    Args:
        parent: The window it belongs to.
        kinds: The kinds of addendum with their words.
        signer: A beginning for the signature.
        sign: Takes kind, reason, text, signer; raises `InvalidInputError` with the field that isn't right.
        keeping: Of the words until they are signed: only Cancel throws them away.
    """

    def __init__(
        self,
        parent: QWidget,
        kinds: list[tuple[object, str]],
        signer: str,
        sign: Callable[[object, str, str, str], None],
        keeping: AddendumKeeping,
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
        self._sign, self._keeping = sign, keeping
        self._take_up(keeping.waiting())
        self._autosave = Autosave(self._keep, self.banner.show_problem, keeping.clock, self)
        for field in (self.kind, self.text, self.reason):
            field.changed.connect(self._autosave.touch)
        self.text.setFocus()

    def _take_up(self, form: AddendumForm | None) -> None:
        if form is None:
            return
        self.kind.set_value(form.kind)
        self.text.set_value(form.text)
        self.reason.set_value(form.reason)
        self.banner.say("information", "What you typed before is still here. Cancel throws it away.")

    def _keep(self) -> None:
        self._keeping.keep(AddendumForm(AddendumKind(self.kind.value()), self.reason.value(), self.text.value()))

    def letters_typed(self) -> int:
        """None that leaving would lose: a lock, Esc and the window's own way of closing keep them."""
        return 0

    def _cancel(self) -> None:
        written = f"{self.text.value()}{self.reason.value()}".strip()
        self.ask_to_throw_away(len(written), self._throw_away)

    def _throw_away(self) -> None:
        self._autosave.forget()
        try:
            self._keeping.forget()
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return
        self.reject()

    def done(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._autosave.forget()
        self._autosave.flush()
        super().done(result)

    def _add_to(self) -> None:
        self._sign(self.kind.value(), self.reason.value(), self.text.value(), self.signer.value())
