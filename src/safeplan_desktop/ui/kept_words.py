"""Where a short dialog keeps its words until what they were typed for is done, without Qt."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.drafts import DialogWords
from safeplan_desktop.domain.moments import Clock
from safeplan_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class KeptWords:
    """For one dialog on one thing.

    Attributes:
        about: The id of what the dialog is about; empty where there is only one such thing.
        client_id: Whose record that belongs to; empty for none.
    """

    session: Session
    about: str = ""
    client_id: str = ""

    @property
    def clock(self) -> Clock:
        """The program's clock."""
        return self.session.desk.clock

    def waiting(self, dialog: str) -> DialogWords:
        """What was typed before; without a field where there is nothing."""
        return self.session.dialog_drafts.waiting(dialog, self.about)

    def keep(self, dialog: str, words: DialogWords) -> None:
        """Keeps the words as they stand; see `DialogDrafts.keep`."""
        self.session.dialog_drafts.keep(dialog, self.about, self.client_id, words)

    def forget(self, dialog: str) -> None:
        """Forgets them."""
        self.session.dialog_drafts.forget(dialog, self.about)
