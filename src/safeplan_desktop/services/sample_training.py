"""The sample's trainings, rules, reviews and feedback; all of it invented."""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import replace

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.feedback import Feedback, FeedbackFrom, FeedbackWay, Rating
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.domain.reviews import ReviewSubject
from safeplan_desktop.domain.training import DE_ESCALATION, SUICIDE, TopicHours, TrainingFormat
from safeplan_desktop.domain.training_rules import RenewalRule
from safeplan_desktop.services.session import Session

_HOUR = 60
_ETHICS, _TELEHEALTH = "Ethics and law", "Telehealth"
_TRAININGS = (
    (
        150,
        "Two days on safety planning with families",
        "Harbor Institute",
        ((SUICIDE, 8), (DE_ESCALATION, 4)),
        "480 USD",
    ),
    (90, "Records and confidentiality: an update", "State Board Academy", ((_ETHICS, 3),), "90 USD"),
    (30, "Working by video with people in crisis", "Harbor Institute", ((_TELEHEALTH, 2), (_ETHICS, 1)), "0 USD"),
)
_REFLECTION = "I now ask who else is in the house before we talk about means."


def write_sample_rules(session: Session) -> None:
    """Writes the rules for renewals, unless there are some."""
    if session.training_rules.every():
        return
    day = today(session.desk.clock)
    ethics, suicide = TopicHours(_ETHICS, 6 * _HOUR), TopicHours(SUICIDE, 6 * _HOUR)
    begun = dt.date(day.year - 1, 7, 1)
    licence = RenewalRule("", "Licence", 24, begun, 40 * _HOUR, (ethics,), 10 * _HOUR, source="My board's letter")
    session.training_rules.save(licence)
    session.training_rules.save(
        RenewalRule("", "Suicide training", 72, begun, 0, (suicide,), source="My board's letter")
    )


def log_sample_trainings(session: Session) -> None:
    """Writes trainings, two with a certificate, and a note on a review; does nothing if there is any training."""
    if session.register.of_kind(Noun.TRAINING):
        return
    day = today(session.desk.clock)
    for place, (ago, title, provider, hours, cost) in enumerate(_TRAININGS):
        draft, form = session.trainings.begin()
        form = replace(
            form,
            title=title,
            provider=provider,
            accreditor="National Board of Counselors",
            number=f"NB-{2000 + place}",
            last_day=day - dt.timedelta(days=ago),
            hours=tuple(TopicHours(topic, length * _HOUR) for topic, length in hours),
            format=TrainingFormat.IN_PERSON if place != len(_TRAININGS) - 1 else TrainingFormat.LIVE_ONLINE,
            reflection=_REFLECTION if not place else "",
            cost=cost,
        )
        kept = session.trainings.save(draft, form)
        if place != 1:
            session.attachments.take_in(Noun.TRAINING, kept.id, _picture(place), title="Certificate")
    session.review_schedule.note(ReviewSubject.RESTORE, "Restored into a folder of its own: everything was there.")


def gather_sample_feedback(session: Session, client_ids: tuple[str, ...]) -> None:
    """Keeps feedback of the first client, of somebody without a name, and of the therapist; once."""
    if session.feedback.every():
        return
    told = (
        ("", (8, 7, 9, 8, 6), "The waiting room is loud. I would like a second way in."),
        *((client_id, (9, 9, 8, 9, 9), "") for client_id in client_ids[:1]),
    )
    for client_id, values, words in told:
        draft, form = session.feedback.begin(FeedbackFrom.CLIENT, client_id=client_id, way=FeedbackWay.PAPER)
        questions = ("heard", "goals", "way", "overall", "plan")
        ratings = tuple(Rating(question, value) for question, value in zip(questions, values, strict=True))
        session.feedback.keep(
            draft, replace(form, ratings=ratings, plan_used=True, helped=(SectionKey.COPING,), words=words)
        )
    draft, own = session.feedback.begin(FeedbackFrom.THERAPIST)
    session.feedback.keep(draft, _own(own))


def _own(form: Feedback) -> Feedback:
    quality = tuple(replace(item, fine=place != 4) for place, item in enumerate(form.quality))  # noqa: PLR2004 - which
    lacked = "The protocol doesn't say what to do when the line is busy."
    return replace(form, ratings=(Rating("confidence", 7), Rating("workload", 6)), quality=quality, lacked=lacked)


def _picture(shade: int) -> bytes:
    """A small picture that stands for a scanned certificate."""

    def piece(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    side = 64
    head = side.to_bytes(4) + side.to_bytes(4) + b"\x08\x00\x00\x00\x00"
    rows = b"".join(b"\x00" + bytes([200 + shade] * side) for _ in range(side))
    pieces = piece(b"IHDR", head) + piece(b"IDAT", zlib.compress(rows)) + piece(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + pieces
