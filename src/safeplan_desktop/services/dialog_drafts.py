"""The words in a short dialog, kept until they are signed or thrown away: a lock or a crash in the middle loses none."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.drafts import DialogWords, Draft, DraftKind
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.storage import drafts as stored

_FORM_VERSION = 1


@dataclass(frozen=True, slots=True)
class DialogDrafts:
    """One for each dialog and what it is about. No change is told of them: only the dialog itself shows them."""

    desk: Desk
    drafts: Drafts

    def waiting(self, dialog: str, about: str) -> DialogWords:
        """What was typed before; without a field where there is nothing.

        Args:
            dialog: The dialog's object name.
            about: The id of what it is about; empty where there is only one such thing.
        """
        draft = stored.find(self.desk.database, DraftKind.DIALOG, _key(dialog, about))
        return DialogWords() if draft is None else from_json(draft.form_json, DialogWords)

    def keep(self, dialog: str, about: str, client_id: str, words: DialogWords) -> None:
        """Keeps the words as they stand; without a field, nothing is kept.

        Args:
            dialog: The dialog's object name.
            about: The id of what it is about.
            client_id: Whose record that belongs to, with which they go for good; empty for none.
            words: What was typed.

        Raises:
            NotFoundError: when the client's record was removed for good.
        """
        if not words.fields:
            self.forget(dialog, about)
            return
        form_json, moment = to_json(words), self.desk.now()
        draft = Draft(
            DraftKind.DIALOG,
            _key(dialog, about),
            client_id,
            form_json,
            _FORM_VERSION,
            place="",
            started_at=moment.at,
            started_zone=moment.zone,
            saved_at=moment.at,
        )
        self.drafts.save(draft, form_json)

    def forget(self, dialog: str, about: str) -> None:
        """Forgets them: what they were typed for is done, or they were thrown away."""
        key = _key(dialog, about)
        if stored.find(self.desk.database, DraftKind.DIALOG, key) is not None:
            with self.desk.database.transaction():
                stored.delete(self.desk.database, DraftKind.DIALOG, key)


def _key(dialog: str, about: str) -> str:
    return f"{dialog}:{about}"
