"""Verbs about records: clients, export."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypedDict

from safeplan_desktop.cli import due_export, record_export, training_export
from safeplan_desktop.cli.answer import Answer
from safeplan_desktop.cli.endings import ANSWERS, PDF, require_ending
from safeplan_desktop.cli.handouts import export_handout
from safeplan_desktop.cli.incidents import FITTING, FORMATS, export_incidents
from safeplan_desktop.cli.policy_export import policy_document
from safeplan_desktop.cli.training_export import export_training
from safeplan_desktop.cli.vaults import OpenSession, path_of
from safeplan_desktop.cli.written_export import NOUNS, numbers_of, written_document
from safeplan_desktop.domain.instrument_names import instrument_named
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.domain.plans import PlanFormat, SectionKey
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services import reference
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.session import Session


class _Asked(TypedDict):
    instruments: tuple[str, ...]
    since: dt.date | None
    until: dt.date | None


def add_verbs(verbs: Any, keyed: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse keeps this type private
    """Adds this module's verbs."""
    clients = verbs.add_parser("clients", parents=[keyed], help="list the clients' codes")
    clients.add_argument("vault", type=path_of, metavar="VAULT")
    clients.add_argument("--names", action="store_true", help="show names beside the codes")
    clients.add_argument("--archived", action="store_true", help="archived clients too")
    clients.set_defaults(run=_clients)

    export = verbs.add_parser(
        "export", parents=[keyed], help="make a PDF, or a file of answers (FHIR R4 QuestionnaireResponse)"
    )
    export.add_argument("vault", type=path_of, metavar="VAULT")
    export.add_argument(
        "what",
        choices=(
            *("plan", "screening", "scores", "incident", "incidents", "record", "response"),
            *("handout", "policy", "training", "wall-card", *due_export.KINDS),
            *NOUNS,
        ),
    )
    export.add_argument("--client", metavar="CODE", help="whose; incidents and what is the practice's own do without")
    export.add_argument(
        "--number", metavar="N", help="the version or number, of an incident 1 or 2026-001; the newest when left out"
    )
    export.add_argument("--paper", choices=[paper.value for paper in Paper], help="the practice's own when left out")
    formats = ", ".join(plan_format.value for plan_format in PlanFormat)
    export.add_argument(
        "--format",
        choices=[*(f.value for f in PlanFormat), *FORMATS],
        metavar="FORMAT",
        help=f"of a plan: {formats}; of incidents: {', '.join(FORMATS)}",
    )
    export.add_argument("--therapist", action="store_true", help="a plan as the therapist's copy")
    languages = [code for code, _ in reference.plan_languages()]
    export.add_argument(
        "--language",
        choices=languages,
        metavar="CODE",
        help=f"of a plan's fixed words or of a handout, the plan's or the client's own when left out: {', '.join(languages)}",
    )
    export.add_argument(
        "--sections",
        metavar="KEYS",
        help="what a plan's copy shows, with commas between: " + ", ".join(key.value for key in SectionKey),
    )
    export.add_argument("--recipient", default="", metavar="NAME", help="whose a support person's copy is")
    export.add_argument("--released", metavar="DAY", help="when the client agreed to share it, such as 2026-03-05")
    export.add_argument("--qr", action="store_true", help="a square code that dials the first crisis number")
    export.add_argument(
        "--compare",
        metavar="N",
        help="version N of a plan or of the policy, compared with the newest or with that of --number",
    )
    export.add_argument(
        "--instruments", default="", metavar="IDS", help="of scores and screenings: which, with commas between"
    )
    export.add_argument("--instrument", default="", metavar="ID", help="of a response: which instrument's answers")
    export.add_argument(
        "--since", metavar="DAY", help="of scores, screenings, incidents, trainings: the first day, such as 2026-03-05"
    )
    export.add_argument("--until", metavar="DAY", help="of scores, screenings, incidents and trainings: the last day")
    export.add_argument(
        "--keep",
        default="",
        metavar="WORDS",
        help="of a de-identified copy: doubtful words that stay, with commas between",
    )
    record_export.add_options(export)
    training_export.add_options(export)
    export.add_argument("--handout", default="", metavar="ID", help="which handout; the verb handouts lists them")
    export.add_argument("--out", required=True, type=path_of, metavar="FILE")
    export.set_defaults(run=_export)


def _clients(arguments: argparse.Namespace) -> Answer:
    with OpenSession(arguments) as session:
        found = session.clients.list(include_archived=arguments.archived)
    rows = []
    for client in found:
        row: dict[str, Any] = {
            "code": client.code,
            "archived": client.archived_at is not None,
            "language": client.form.language,
        }
        if arguments.names:
            row["name"] = client.name
        rows.append(row)
    lines = tuple(
        f"{client.code}{f'  {client.name}' if arguments.names else ''}{'  (archived)' if client.archived_at else ''}"
        for client in found
    )
    return Answer(lines or ("There is no client yet.",), {"clients": rows})


def _export(arguments: argparse.Namespace) -> Answer:
    for what, (names, why) in _ALONE.items():
        if arguments.what != what:
            _refuse(arguments, names, why)
    own = _BY_THEMSELVES.get(arguments.what)
    if own is not None:
        return own(arguments)
    if not arguments.client and arguments.what not in _OF_THE_PRACTICE:
        raise InvalidInputError("client", "Please name the client by their code: --client CODE.")
    if arguments.format in FORMATS:
        raise InvalidInputError("format", f"Only incidents are exported as {arguments.format}.")
    _refuse(arguments, ("keep",), "only a de-identified copy of incidents takes words to keep")
    if arguments.what == "response":
        return _response(arguments)
    require_ending(arguments.out, PDF, _NAMES[arguments.what])
    if arguments.what == "record":
        _refuse(arguments, ("number", *_OF_PLANS, *_OF_A_PERIOD), "a record is exported whole")
        with OpenSession(arguments) as session:
            return record_export.export_record(session, arguments)
    with OpenSession(arguments) as session:
        document = _document(session, arguments)
        pdf = document.make()
        session.exports.save(document, arguments.out, pdf)
    by_hand = [
        words
        for words, missing in (("whose copy it is", not arguments.recipient), ("the release", not arguments.released))
        if missing and document.title.endswith(label_of(PlanFormat.SUPPORT_PERSON))
    ]
    note = (f"To be filled in by hand before it is given: {' and '.join(by_hand)}.",) if by_hand else ()
    return Answer(
        (f"{document.title} saved: {arguments.out}", *note),
        {"path": str(arguments.out), "bytes": len(pdf), "title": document.title},
    )


def _incidents(arguments: argparse.Namespace) -> Answer:
    _refuse(arguments, tuple(name for name in _OF_PLANS if name != "format"), "only a plan can be exported that way")
    _refuse(arguments, ("instruments", "number"), "incidents of a period are exported together")
    if arguments.format not in (None, *FORMATS):
        raise InvalidInputError("format", f"Incidents are exported as {', '.join(FORMATS)}.")
    require_ending(arguments.out, *FITTING[arguments.format or "pdf"])
    period = period_of(arguments)
    with OpenSession(arguments) as session:
        client_id = session.clients.by_code(arguments.client).id if arguments.client else ""
        return export_incidents(session, arguments, period, client_id)


def _handout(arguments: argparse.Namespace) -> Answer:
    others = tuple(name for name in _OF_PLANS if name != "language")
    _refuse(arguments, (*others, *_OF_A_PERIOD, "number", "keep"), "a handout has one form only")
    return export_handout(arguments)


def _trainings(arguments: argparse.Namespace) -> Answer:
    others = ("client", "number", *_OF_PLANS, "instruments", "keep")
    _refuse(arguments, others, "trainings are about no client")
    return export_training(arguments, period_of(arguments))


def _due(arguments: argparse.Namespace) -> Answer:
    others = ("client", "number", *_OF_PLANS, *_OF_A_PERIOD, "keep", "handout")
    _refuse(arguments, others, "what is due is about no one client")
    if arguments.what == "calendar":
        _refuse(arguments, ("paper",), "a calendar isn't printed")
    return due_export.export_due(arguments)


_BY_THEMSELVES: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "training": _trainings,
    "handout": _handout,
    "incidents": _incidents,
    **dict.fromkeys(due_export.KINDS, _due),
}
"""Exports that take options of their own, or are about nobody in particular."""


def _response(arguments: argparse.Namespace) -> Answer:
    others = (*_OF_PLANS, "paper", "instruments", "since", "until")
    _refuse(arguments, others, "a response has one form only")
    require_ending(arguments.out, ANSWERS, "A response")
    with OpenSession(arguments) as session:
        client = session.clients.by_code(arguments.client)
        chosen = _pick(_signed_screenings(session, client.id), arguments.number, "signed screening")
        named = _named(session, arguments.instrument, client.id)
        file = session.answer_files.one(chosen, named[0] if named else "")
        session.answer_files.save(file, arguments.out)
    return Answer(
        (f"Answers to {file.title} saved: {arguments.out}", *file.left_out),
        {
            "path": str(arguments.out),
            "bytes": len(file.data),
            "instrument": file.instrument,
            "left_out": list(file.left_out),
        },
    )


def _document(session: Session, arguments: argparse.Namespace) -> Document:
    paper = Paper(arguments.paper) if arguments.paper else None
    if arguments.what in _OF_THE_PRACTICE:
        return _of_the_practice(session, arguments, paper)
    client = session.clients.by_code(arguments.client)
    if arguments.what not in ("scores", "screening"):
        _refuse(arguments, _OF_A_PERIOD, "only scores and screenings can be exported that way")
    if arguments.what == "plan":
        return _plan(session, arguments, client.id, paper)
    _refuse(arguments, _OF_PLANS, "only a plan can be exported that way")
    if arguments.what == "screening":
        return _screening(session, arguments, client.id, paper)
    if arguments.what == "scores":
        _refuse(arguments, ("number",), "scores over time are of all screenings; --since and --until choose the days")
        return session.screening_reports.scores(client.id, **_asked(session, arguments, client.id), paper=paper)
    return _one_signed(session, arguments, client.id, paper)


def _of_the_practice(session: Session, arguments: argparse.Namespace, paper: Paper | None) -> Document:
    """What is about no client."""
    if arguments.what == "wall-card":
        _refuse(arguments, ("client", "number", *_OF_PLANS, *_OF_A_PERIOD), "the wall card is about no client")
        return session.wall_cards.card(paper=paper)
    others = tuple(name for name in _OF_PLANS if name != "compare")
    _refuse(arguments, ("client", *others, *_OF_A_PERIOD), "the safety policy is about no client")
    return policy_document(session, arguments.number, arguments.compare, paper)


def _one_signed(session: Session, arguments: argparse.Namespace, client_id: str, paper: Paper | None) -> Document:
    """One incident, session note, agreement or consent of a client."""
    if arguments.what in NOUNS:
        numbers = numbers_of(session, arguments.what, client_id)
        chosen = _pick(numbers, arguments.number, f"signed {arguments.what.replace('-', ' ')}")
        return written_document(session, arguments.what, chosen, paper)
    incidents = {
        summary.number: summary.id
        for summary in sorted(session.incidents.of_client(client_id), key=lambda summary: summary.voided)
    }
    number = _incident_number(arguments.number, incidents)
    return session.exports.incident(_pick(incidents, number, "signed incident"), paper=paper)


def _incident_number(typed: str | None, known: Iterable[str]) -> str | None:
    """The number as it is printed, such as 2026-001, for one that was typed as 1.

    Raises:
        InvalidInputError: when the client has incidents of that number in several years.
    """
    if typed is None or not typed.isascii() or not typed.isdigit():
        return typed
    fitting = [number for number in known if int(number.rpartition("-")[2]) == int(typed)]
    if len(fitting) > 1:
        raise InvalidInputError(
            "number", f"This client has several: {', '.join(fitting)}.", next_step="Please name it as it is printed."
        )
    return fitting[0] if fitting else typed


def _screening(session: Session, arguments: argparse.Namespace, client_id: str, paper: Paper | None) -> Document:
    """One screening, or all of a period or with an instrument; `--number` names one of them."""
    if arguments.number is None and any(getattr(arguments, name) for name in _OF_A_PERIOD):
        return session.screening_reports.period(client_id, **_asked(session, arguments, client_id), paper=paper)
    _refuse(arguments, ("since", "until"), "one screening has no period; leave --number out")
    chosen = _pick(_signed_screenings(session, client_id), arguments.number, "signed screening")
    return session.screening_reports.one(
        chosen, instruments=_named(session, arguments.instruments, client_id), paper=paper
    )


def _signed_screenings(session: Session, client_id: str) -> dict[str, str]:
    """Ids by number, the newest one that stands first: it is taken when no number is named."""
    found = sorted(session.screenings.of_client(client_id), key=lambda summary: summary.voided)
    return {str(summary.number): summary.id for summary in found}


def _asked(session: Session, arguments: argparse.Namespace, client_id: str) -> _Asked:
    period = period_of(arguments)
    named = _named(session, arguments.instruments, client_id)
    return {"instruments": named, "since": period.since, "until": period.until}


def _named(session: Session, words: str, client_id: str) -> tuple[str, ...]:
    """The ids of the instruments that were named with commas between, each once."""
    typed = [word.strip() for word in words.split(",") if word.strip()]
    if not typed:
        return ()
    titles = {name: one.title for name, one in session.questionnaires.instruments().items()}
    titles |= session.screening_reports.used(client_id)
    return tuple(dict.fromkeys(instrument_named(word, titles) for word in typed))


def _plan(session: Session, arguments: argparse.Namespace, client_id: str, paper: Paper | None) -> Document:
    chosen = PlanFormat(arguments.format) if arguments.format else PlanFormat.FULL
    language = arguments.language or ""
    if arguments.therapist:
        chosen = PlanFormat.THERAPIST
    if chosen is not PlanFormat.SUPPORT_PERSON:
        _refuse(arguments, ("recipient", "released"), "only a support person's copy is made out to somebody")
    if arguments.compare:
        others = tuple(name for name in _OF_PLANS if name != "compare")
        _refuse(arguments, others, "a comparison has one form only")
    released = day_of(arguments.released, "released")
    if released is not None and released > today(session.desk.clock):
        raise InvalidInputError("released", "The day of the release lies in the future.")
    if chosen is PlanFormat.BLANK:
        return session.exports.blank_plan(client_id, paper=paper, language=language)
    counting = {str(version.number): version.id for version in session.plans.counting(client_id)}
    # One that was entered in error is exported, marked, where its number is named.
    versions = {str(version.number): version.id for version in session.plans.of_client(client_id)}
    if versions and not counting and arguments.number is None:
        raise NotFoundError(
            "Every safety plan of this client was entered in error.",
            next_step=f"Name one with --number to export it, marked. There are: {', '.join(versions)}.",
        )
    version_id = _pick(counting if arguments.number is None else versions, arguments.number, "finished safety plan")
    if arguments.compare:
        older = _pick(versions, arguments.compare, "finished safety plan")
        if older == version_id:
            raise InvalidInputError("compare", "This is one and the same version. Please name an earlier one.")
        return session.exports.plan_comparison(older, version_id, paper=paper)
    usual = session.exports.usual_print(chosen)
    print_ = replace(
        usual,
        paper=paper or usual.paper,
        language=language,
        sections=_sections(arguments.sections) or usual.sections,
        recipient=arguments.recipient,
        shared_on=released,
        qr=arguments.qr or usual.qr,
    )
    return session.exports.plan(version_id, print_)


def _sections(words: str | None) -> tuple[SectionKey, ...]:
    known = {key.value: key for key in SectionKey}
    named = [word.strip() for word in (words or "").split(",") if word.strip()]
    if words is not None and not named:
        raise InvalidInputError(
            "sections", "Please name at least one section.", next_step=f"There are: {', '.join(known)}."
        )
    for name in named:
        if name not in known:
            raise InvalidInputError(
                "sections", f"There is no section {name}.", next_step=f"There are: {', '.join(known)}."
            )
    return tuple(key for key in SectionKey if key.value in named)


def period_of(arguments: argparse.Namespace) -> Period:
    """The days of `--since` and `--until`.

    Raises:
        InvalidInputError: naming the field, when one isn't a day or the last lies before the first.
    """
    return Period(day_of(arguments.since, "since"), day_of(arguments.until, "until"))


def day_of(words: str | None, field: str) -> dt.date | None:
    """A day from the command line; None where none was given.

    Raises:
        InvalidInputError: naming the field, when it isn't one.
    """
    try:
        return dt.date.fromisoformat(words) if words else None
    except ValueError:
        raise InvalidInputError(field, "Please type the day like 2026-03-05.") from None


_NAMES = {
    "plan": "A safety plan",
    "screening": "A screening",
    "scores": "A report of scores",
    "incident": "An incident",
    "wall-card": "The wall card",
    "policy": "The safety policy",
    "record": "A record",
    "session-note": "A session note",
    "agreement": "A working agreement",
    "consent": "A consent",
}
_OF_THE_PRACTICE = ("wall-card", "policy")
_ALONE: dict[str, tuple[tuple[str, ...], str]] = {
    "response": (("instrument",), "only a response is about one instrument"),
    "record": (record_export.OPTIONS, "only a record is exported that way"),
    "training": (("rule",), "only trainings are exported by a rule"),
    "handout": (("handout",), "only a handout is exported by its name"),
}
"""Options that one kind alone takes."""

_OF_A_PERIOD = ("instruments", "since", "until")
_OF_PLANS = ("format", "therapist", "language", "sections", "recipient", "released", "qr", "compare")


def _refuse(arguments: argparse.Namespace, names: tuple[str, ...], why: str) -> None:
    """Options of one record beside another would be passed over in silence."""
    given = [f"--{name}" for name in names if getattr(arguments, name)]
    if given:
        raise InvalidInputError(given[0], f"{', '.join(given)}: {why}.")


def _pick(by_number: dict[str, str], number: str | None, what: str) -> str:
    if not by_number:
        raise NotFoundError(f"This client has no {what} yet.")
    if number is None:
        return next(iter(by_number.values()))
    if number not in by_number:
        known = ", ".join(by_number)
        raise NotFoundError(f"This client has no {what} of number {number}.", next_step=f"There are: {known}.")
    return by_number[number]
