"""The sample's own support: two versions of a self-care plan, ProQOL over half a year, consultations, a check-in."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

from safeplan_desktop.assets import read_text
from safeplan_desktop.domain.canonical import from_plain
from safeplan_desktop.domain.check_ins import CheckInForm
from safeplan_desktop.domain.consultations import ConsultationForm, ConsultationKind
from safeplan_desktop.domain.proqol import ITEMS_OF, REVERSED, ProqolForm, SubScale
from safeplan_desktop.domain.self_care import SelfCareForm
from safeplan_desktop.services.session import Session

DAYS_AGO = (200, 90, 6)
"""When the three times were, counted back from the sample's end."""
_FILE = "sample/support.toml"


def care_for_sample_therapist(session: Session, signer: str, part: int) -> None:
    """Writes what belongs to one of three times; does nothing where it was written before.

    Args:
        session: The sample's.
        signer: Who signs.
        part: 0, 1 or 2, from the earliest to the latest.
    """
    if len(session.proqol.every()) != part:
        return
    words: dict[str, Any] = tomllib.loads(read_text(_FILE))
    _answer(session, words["proqol"][part])
    if part < len(words["plans"]):
        draft, _ = session.self_care.begin()
        session.self_care.keep(draft, from_plain({"texts": words["plans"][part]["texts"]}, SelfCareForm))
    for told in words["consultations"]:
        if told.pop("part") == part:
            _consult(session, signer, told)
    if part == len(words["proqol"]) - 1:
        draft, _ = session.check_ins.begin()
        session.check_ins.keep(draft, CheckInForm(**words["check_in"]))


def _answer(session: Session, words: dict[str, Any]) -> None:
    answers = [0] * sum(map(len, ITEMS_OF.values()))
    for scale in SubScale:
        for item in ITEMS_OF[scale]:
            level: int = words[scale.value]
            answers[item - 1] = 6 - level if item in REVERSED else level
    draft, _ = session.proqol.begin()
    session.proqol.keep(draft, ProqolForm(tuple(answers), words.get("note", "")))


def _consult(session: Session, signer: str, words: dict[str, Any]) -> None:
    draft, begun = session.consultations.begin("")
    days: int | None = words.pop("follow_up_in", None)
    kind = ConsultationKind(words.pop("kind"))
    day = begun.day or session.consultations.today()
    due = day + dt.timedelta(days=days) if days is not None else None
    form = ConsultationForm(day=day, at=begun.at, zone=begun.zone, kind=kind, follow_up_on=due, **words)
    session.consultations.sign(draft, form, signer)
