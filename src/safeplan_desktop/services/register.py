"""The register: note, put right, take out; the services of the single kinds check their own forms first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import content_hash, to_json, to_plain
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services.desk import Desk, Entry
from safeplan_desktop.storage import register as stored
from safeplan_desktop.storage import search


@dataclass(frozen=True, slots=True)
class Register:
    """Entries of all kinds."""

    desk: Desk

    def add(
        self,
        noun: Noun,
        form: object,
        *,
        day: dt.date,
        client_id: str = "",
        title: str = "",
        words: str = "",
        entry_id: str = "",
    ) -> RegisterEntry:
        """A new entry.

        Args:
            noun: The kind.
            form: The kind's own form.
            day: The day that it is about.
            client_id: Whose it is; empty for the practice's own.
            title: What the search shows, where the kind is searched.
            words: What the search finds it by, besides the title.
            entry_id: Its id; empty for a new one.
        """
        with self.desk.entry() as entry:
            return self.add_within(
                entry, noun, form, day=day, client_id=client_id, title=title, words=words, entry_id=entry_id
            )

    def add_within(
        self,
        entry: Entry,
        noun: Noun,
        form: object,
        *,
        day: dt.date,
        client_id: str = "",
        title: str = "",
        words: str = "",
        entry_id: str = "",
    ) -> RegisterEntry:
        """The same, as part of a use case that is under way."""
        at = entry.moment.at
        made = RegisterEntry(entry_id or new_id(), noun, client_id, day, to_plain(form), at, at)
        stored.insert(self.desk.database, made)
        if noun in search.REGISTERED_KINDS:
            search.add(self.desk.database, noun, made.id, client_id, title, words)
        self._wrote(entry, made, AuditAction.CREATED)
        return made

    def change(
        self, entry_id: str, form: object, *, day: dt.date | None = None, title: str = "", words: str = ""
    ) -> RegisterEntry:
        """Puts an entry right.

        Raises:
            NotFoundError: when it isn't there.
        """
        with self.desk.entry() as entry:
            return self.change_within(entry, entry_id, form, day=day, title=title, words=words)

    def change_within(
        self,
        entry: Entry,
        entry_id: str,
        form: object,
        *,
        day: dt.date | None = None,
        title: str = "",
        words: str = "",
    ) -> RegisterEntry:
        """The same, as part of a use case that is under way."""
        former = self.get(entry_id)
        made = replace(former, form=to_plain(form), day=day or former.day, updated_at=entry.moment.at)
        stored.update(self.desk.database, made)
        if made.noun in search.REGISTERED_KINDS:
            search.replace(self.desk.database, made.noun, made.id, made.client_id, title, words)
        self._wrote(entry, made, AuditAction.CHANGED)
        return made

    def remove(self, entry_id: str) -> RegisterEntry:
        """Takes an entry out, on the therapist's word; the audit keeps that it was there. Gives what `add` brings back.

        Raises:
            NotFoundError: when it isn't there.
        """
        with self.desk.entry() as entry:
            return self.remove_within(entry, entry_id)

    def remove_within(self, entry: Entry, entry_id: str) -> RegisterEntry:
        """The same, as part of a use case that is under way."""
        former = self.get(entry_id)
        stored.delete(self.desk.database, entry_id)
        if former.noun in search.REGISTERED_KINDS:
            search.remove(self.desk.database, former.noun, former.id)
        entry.audit(AuditAction.REMOVED, former.noun, former.id)
        entry.changed(former.noun, former.id, former.client_id)
        return former

    def get(self, entry_id: str) -> RegisterEntry:
        """One entry.

        Raises:
            NotFoundError: when it isn't there.
        """
        found = stored.find(self.desk.database, entry_id)
        if found is None:
            raise NotFoundError("This entry isn't in the records any more.")
        return found

    def of_kind(self, noun: Noun, client_id: str | None = None) -> tuple[RegisterEntry, ...]:
        """Entries of a kind, the newest first: of everybody, or of a client, or (empty) of the practice."""
        return stored.of_kind(self.desk.database, noun, client_id)

    def of_client(self, client_id: str) -> tuple[RegisterEntry, ...]:
        """A client's entries of all kinds, the newest first."""
        return stored.of_client(self.desk.database, client_id)

    def _wrote(self, entry: Entry, made: RegisterEntry, action: AuditAction) -> None:
        entry.audit(action, made.noun, made.id, content_hash=content_hash(to_json(made.sealed)))
        entry.changed(made.noun, made.id, made.client_id)
