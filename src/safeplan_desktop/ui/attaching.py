"""What the list of a record's files does, without Qt: take in, show, save a copy; for every kind of record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from safeplan_desktop.domain.attachments import Attachment
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.services.attachments import read_file
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob, Shell

_READING = 0.5
"""Of the time that taking a file in takes, the share of reading it."""


@dataclass(frozen=True, slots=True)
class AttachmentActions:
    """What the list calls.

    Attributes:
        listed: The record's files, the oldest first.
        take_in: Reads a file and keeps it under a title; runs in a job.
        told: Called in the window's thread with what was taken in.
        content: A file's bytes; runs in a job.
        show_pdf: Shows a PDF in the program's own preview.
        save: Writes a copy where the therapist chose, and notes it in the audit; runs in a job.
        name_of: What a copy may be called.
    """

    run: RunJob
    listed: Callable[[], tuple[Attachment, ...]]
    take_in: Callable[[Control, Path, str], Attachment]
    told: Callable[[Attachment], None]
    content: Callable[[Attachment], bytes]
    show_pdf: Callable[[Attachment, bytes], None]
    save: Callable[[Attachment, Path], None]
    name_of: Callable[[Attachment], str]


def actions_of(
    session: Session, shell: Shell, run: RunJob, noun: Noun, record_id: str, client_id: str = ""
) -> AttachmentActions:
    """The actions for one record's files."""
    attachments = session.attachments

    def take_in(control: Control, path: Path, title: str) -> Attachment:
        data = read_file(path, lambda fraction: control.report(fraction * _READING, "Reading the file"))
        control.check_cancelled()
        control.report(_READING, "Putting it into the records")
        return attachments.store(noun, record_id, data, title=title, client_id=client_id)

    def show_pdf(attachment: Attachment, data: bytes) -> None:
        shell.preview(document_of(session, attachment, data))

    def save(attachment: Attachment, path: Path) -> None:
        data = attachments.content(attachment.id)
        session.exports.save(document_of(session, attachment, data), path, data)

    return AttachmentActions(
        run,
        partial(attachments.of_record, record_id),
        take_in,
        attachments.tell,
        lambda attachment: attachments.content(attachment.id),
        show_pdf,
        save,
        partial(name_of, session),
    )


def document_of(session: Session, attachment: Attachment, data: bytes) -> Document:
    """A file that was taken in, as a document that can be shown, printed and saved."""
    return Document(
        make=lambda: data,
        title="Attachment",  # what was typed may name somebody, and a title stands in the window's bar
        suggested_name=name_of(session, attachment),
        noun=Noun.ATTACHMENT,
        record_id=attachment.id,
        client_id=attachment.client_id,
        detail="copy",
    )


def name_of(session: Session, attachment: Attachment) -> str:
    """What a copy may be called: its kind, the client's code and the day, never what was typed."""
    code = session.clients.get(attachment.client_id).code if attachment.client_id else ""
    return file_name(attachment.noun.value, code, attachment.entered.local_date, kind=attachment.ending[1:])
