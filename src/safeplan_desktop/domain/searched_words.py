"""What the search finds each record by: the title and the words that the index holds of it, from the record as it is stored.

Records of which there may be tens of thousands are read as plain data, so that "Check my records" compares the words of a
large practice in seconds; of the others there are few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from safeplan_desktop.domain import agreements, consents
from safeplan_desktop.domain.canonical import from_plain
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.consultations import ConsultationForm
from safeplan_desktop.domain.feedback import TITLES, Feedback
from safeplan_desktop.domain.handouts import Handout
from safeplan_desktop.domain.policy import AdoptedPolicy, PolicyPart
from safeplan_desktop.domain.policy_layout import laid_out, plain_text
from safeplan_desktop.domain.training import Training
from safeplan_desktop.domain.vocabulary import label_of

Plain = Mapping[str, Any]
Searched = tuple[str, str]
"""The title and the words."""

_WORD = re.compile(r"[^\W_]+")


def searched(noun: Noun, record: Plain) -> Searched:
    """What the index holds of a record.

    Args:
        noun: Its kind.
        record: What was signed, as plain data; of a client and of an entry of the register, its form.

    Raises:
        UnreadableRecordError: when it isn't of that kind.
        KeyError: for a kind that the search doesn't know.
    """
    return _RECIPES[noun](record)


def words_in(*texts: str) -> frozenset[str]:
    """The words of texts, in small letters."""
    return frozenset(word for text in texts for word in _WORD.findall(text.casefold()))


def all_words_in(plain: object) -> frozenset[str]:
    """The words of everything that a record holds."""
    return words_in(*_texts(plain))


def _texts(plain: object) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping):
        for value in plain.values():
            yield from _texts(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from _texts(value)


# -- kinds of which there may be tens of thousands: plain data; a field that an earlier version didn't have is empty --------


def _of(record: Plain, *names: str) -> list[str]:
    return [record.get(name) or "" for name in names]


def _rows(record: Plain, name: str, *names: str) -> Iterator[str]:
    return (" ".join(_of(one, *names)) for one in record.get(name) or ())


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part.strip())


def of_client(form: Plain) -> str:
    """Everything in a client's form that is looked for, besides the code."""
    parts = _of(form, "name", "pronouns", "phone", "email", "address", "note")
    parts += _rows(form, "contacts", "name", "relation", "phone")
    parts += _of(form.get("emergency") or {}, "hazards", "medicines", "department", "police")
    return "\n".join(parts)


def of_screening(form: Plain) -> str:
    """Everything that was typed in a screening."""
    judged, care = form.get("formulation") or {}, form.get("care") or {}
    parts = _of(form, "reason_note", "warning_signs")
    parts += _of(judged, "status", "state", "resources", "foreseeable", "reasons", "difference")
    parts += _of(care, "reasons", "actions", "told")
    parts += _rows(form, "factors", "label", "note")
    parts += _rows(form, "means", "means", "action", "note")
    answers = [answer for given in form.get("instruments") or () for answer in given["answers"]]
    parts += [answer.get("note") or "" for answer in answers]
    parts += [value for answer in answers for value in answer.get("given") or () if isinstance(value, str)]
    return _joined(parts)


def of_plan(form: Plain) -> str:
    """The lines of a safety plan."""
    return "\n".join(
        row for section in form.get("sections") or () for row in _rows(section, "items", "text", "relation", "phone")
    )


def of_incident(form: Plain) -> str:
    """Everything that was typed in an incident."""
    parts = _of(form, "place_note", "antecedent", "account", "de_escalation", "injury_note")
    parts += _of(form, "outcome", "debrief", "client_location", "reporter", "assessment", "property_damage")
    parts += _of(form, "injured", "medical_care", "transport", "care_change", "factors", "lessons", "protocol_change")
    parts += _of(form.get("consultation") or {}, "why_now", "who", "advice", "decision")
    parts += _rows(form, "people", "name", "role", "contact")
    parts += _rows(form, "actions", "text")
    parts += _rows(form, "notifications", "who", "how", "reference", "basis", "outcome")
    parts += _rows(form, "follow_ups", "text")
    parts += [row for one in form.get("checklists") or () for row in _rows(one, "answers", "answer")]
    return _joined(parts)


def of_session(form: Plain) -> str:
    """Everything that was typed in a session note."""
    parts = _of(form, "place_note") + _of(form.get("whereabout") or {}, "location", "present")
    parts += [*_of(form, "modality", "participants"), *(form.get("agenda") or ())]
    return _joined([*parts, *_of(form, "risk", "interventions", "response", "homework", "text")])


def of_addendum(addendum: Plain) -> str:
    """Reason and text of an addendum."""
    return f"{addendum['reason']}\n{addendum['text']}"


# -- kinds of which there are few: read as what they are ---------------------------------------------------------------


def of_policy(adopted: AdoptedPolicy) -> str:
    """A version of the policy as plain text."""
    return plain_text(laid_out(adopted.form, adopted.facts), [label_of(part) for part in PolicyPart])


def of_training(training: Training) -> str:
    """What a training is found by, besides its title."""
    topics = (one.topic for one in training.hours)
    return "\n".join((training.provider, training.accreditor, training.number, *topics, training.reflection))


def _screening(record: Plain) -> Searched:
    quick = ", quick check" if record["form"].get("quick") is not None else ""
    return f"Screening {record['number']}{quick}", of_screening(record["form"])


def _training(form: Plain) -> Searched:
    training = from_plain(form, Training)
    return training.title, of_training(training)


def _handout(form: Plain) -> Searched:
    handout = from_plain(form, Handout)
    return handout.title, handout.words


def _feedback(form: Plain) -> Searched:
    feedback = from_plain(form, Feedback)
    return TITLES[feedback.source], feedback.point


_RECIPES: Mapping[Noun, Callable[[Plain], Searched]] = {
    Noun.CLIENT: lambda form: (form["code"], of_client(form)),
    Noun.SCREENING: _screening,
    Noun.PLAN: lambda record: (f"Safety plan, version {record['number']}", of_plan(record["form"])),
    Noun.INCIDENT: lambda record: (f"Incident {record['number']}", of_incident(record["form"])),
    Noun.ADDENDUM: lambda record: ("Addendum", of_addendum(record)),
    Noun.SESSION_NOTE: lambda record: (record["title"], of_session(record["form"])),
    Noun.CONSENT: lambda record: (
        record["title"],
        consents.words_of(from_plain(record["form"], consents.ConsentForm)),
    ),
    Noun.AGREEMENT: lambda record: (
        record["title"],
        agreements.words_of(from_plain(record["form"], agreements.AgreementForm)),
    ),
    Noun.CONSULTATION: lambda record: (record["title"], from_plain(record["form"], ConsultationForm).words),
    Noun.POLICY: lambda record: (record["title"], of_policy(from_plain(record["form"], AdoptedPolicy))),
    Noun.TRAINING: _training,
    Noun.HANDOUT: _handout,
    Noun.FEEDBACK: _feedback,
}

KINDS = frozenset(_RECIPES)
"""Every kind of record that the search knows."""
