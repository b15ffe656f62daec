"""The crisis protocol to look through: as it stands, or on to where its steps are changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.crisis import Protocol, Variant
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.widgets.layout import Card, Page, button, clear_layout, label, row


class ProtocolReading(Page):
    """Both variants, to read."""

    def __init__(
        self,
        take: Callable[[], None],
        back: Callable[[], None],
        full: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "set-up.protocol",
            "Crisis protocol",
            "Read the steps once in peace. Take them as they are, or change them.",
            parent=parent,
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.add(self._list)
        self.body.addStretch(1)
        self.take = button("They fit: take them", "set-up.protocol.take", take, kind="primary")
        self.set_footer(
            row(
                button("Back to the steps", "set-up.protocol.back", back),
                button("Change the steps", "set-up.protocol.full", full),
                None,
                self.take,
            )
        )

    def show_protocol(self, protocol: Protocol) -> None:
        """Shows the steps."""
        clear_layout(self._list)
        for variant in Variant:
            card = Card(label_of(variant))
            lines = (f"{number}.  {step.text}" for number, step in enumerate(protocol.steps(variant), start=1))
            card.add(label("\n".join(lines), name=f"set-up.protocol.{variant.value}"))
            self._list.addWidget(card)
        self.to_top()
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)
