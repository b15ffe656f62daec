"""Tables for a spreadsheet: UTF-8 with a mark, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Iterable, Sequence

from safeplan_desktop.domain.incidents import Addendum, FollowUpState, IncidentForm, SignedIncident
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.vocabulary import label_of

_FORMULA = frozenset("=+-@\u2212")
_CONTROL = ("\t", "\r", "\n")
COLUMNS = (
    *("number", "client_code", "kind", "happened", "ended", "entered", "signed", "zone", "place", "place_note"),
    *("client_location", "reporter", "people", "antecedent", "account", "assessment", "de_escalation", "actions"),
    *("notifications", "physical_harm", "psychological_harm", "near_miss", "injured", "injury", "medical_care"),
    *("property_damage", "outcome", "transport", "care_change", "factors", "lessons", "protocol_change"),
    *("consultation", "checklists", "follow_ups", "debrief", "screening", "plan", "signer", "addenda"),
)


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: such a beginning gets an apostrophe before it.

    Wide signs count as the plain ones (a spreadsheet set to Japanese takes "＝" for "="), and so does a sign behind spaces
    or letters that can't be seen.
    """
    seen = next((c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc")), "")
    return f"'{text}" if text.startswith(_CONTROL) or unicodedata.normalize("NFKC", seen) in _FORMULA else text


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file: a byte-order mark, commas, CRLF, every cell safe."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return target.getvalue().encode("utf-8-sig")


def instant(moment: Moment | None) -> str:
    """A time in ISO 8601 with its offset; the zone stands in a column of its own."""
    return moment.local.isoformat(timespec="seconds") if moment else ""


Gathered = tuple[SignedIncident, Sequence[Addendum], Sequence[FollowUpState]]


def incidents_csv(incidents: Iterable[Gathered]) -> bytes:
    """Signed incidents, one row each, with what was added and done since."""
    return table(COLUMNS, (_row(*one) for one in incidents))


def _row(incident: SignedIncident, addenda: Sequence[Addendum], follow_ups: Sequence[FollowUpState]) -> list[str]:
    form = incident.form
    asked = form.consultation
    consultation = (_clock(form, asked.at), asked.why_now, asked.who, asked.advice, asked.decision)
    values = {
        "number": incident.number,
        "client_code": incident.client.code if incident.client else "",
        "kind": label_of(form.category) if form.category else "",
        "happened": instant(Moment(form.happened_at, form.zone)) if form.happened_at else "",
        "ended": instant(Moment(form.ended_at, form.zone)) if form.ended_at else "",
        "entered": instant(incident.entered),
        "signed": instant(incident.signed),
        "zone": form.zone,
        "place": label_of(form.place) if form.place else "",
        "people": _lines(_joined(one.name, one.role, one.contact) for one in form.people),
        "actions": _lines(_joined(_clock(form, one.at), one.text) for one in form.actions),
        "notifications": _lines(
            _joined(_clock(form, n.at), label_of(n.party), n.who, n.how, n.reference, n.basis, n.outcome)
            for n in form.notifications
        ),
        "physical_harm": label_of(form.physical_harm) if form.physical_harm else "",
        "psychological_harm": label_of(form.psychological_harm) if form.psychological_harm else "",
        "near_miss": "yes" if form.near_miss else "no",
        "injury": form.injury_note,
        "consultation": _joined(*consultation),
        "checklists": _lines(
            line
            for one in form.checklists
            for line in (
                *(_joined(one.title, f"{a.ask} {a.answer}".strip(), _clock(form, a.at)) for a in one.answers),
                _joined(one.title, one.note) if one.note.strip() else "",
            )
        ),
        "follow_ups": _lines(_follow_up(one) for one in follow_ups),
        "screening": form.screening.title,
        "plan": form.plan.title,
        "signer": _joined(incident.signer, incident.credentials),
        "addenda": _lines(
            _joined(f"{a.number}. {label_of(a.kind)}", instant(a.signed), a.reason, a.text, a.signer) for a in addenda
        ),
    }
    return [values[name] if name in values else str(getattr(form, name)) for name in COLUMNS]


def _clock(form: IncidentForm, at: dt.datetime | None) -> str:
    return instant(Moment(at, form.zone)) if at else ""


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line)


def _follow_up(one: FollowUpState) -> str:
    due = f"due {one.due.isoformat()}" if one.due else ""
    done = f"done {one.done_on.isoformat()}" if one.done_on else "open"
    return _joined(one.text, due, done, one.note)
