"""The wall card as a document: gathered here, made in a job."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.crisis import Protocol
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import EmergencyContact, Paper, PracticeProfile
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.practice import Practice


def _make(
    profile: PracticeProfile, contacts: tuple[EmergencyContact, ...], protocol: Protocol, paper: Paper, made: Moment
) -> bytes:
    from safeplan_desktop.documents.wall_card import wall_card_pdf  # noqa: PLC0415 - ReportLab loads in the job

    return wall_card_pdf(profile, contacts, protocol, paper, made)


@dataclass(frozen=True, slots=True)
class WallCards:
    """The practice's card for the day the computer is dead."""

    desk: Desk
    practice: Practice

    def card(self, *, paper: Paper | None = None) -> Document:
        """The card as the practice stands now, on the practice's paper by default."""
        profile, contacts, protocol = self.practice.profile(), self.practice.contacts(), self.practice.protocol()
        paper = paper or self.practice.settings().paper
        made = self.desk.now()
        words = [profile.address, profile.entrance, *(contact.name for contact in contacts)]
        words += [step.text for step in (*protocol.office, *protocol.telehealth)]
        return Document(
            make=partial(_make, profile, contacts, protocol, paper, made),
            title="Wall card",
            suggested_name=file_name("wall-card", "", made.local_date),
            noun=Noun.PRACTICE,
            record_id="",
            client_id="",
            detail=f"wall card, {paper.value}",
            words="\n".join(words),
        )
