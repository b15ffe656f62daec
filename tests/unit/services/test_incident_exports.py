import csv
import datetime as dt
import io
import re
from dataclasses import replace

import pypdf
import pytest
from support.incidents import sign_incident
from support.vaults import finish_two_versions

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.checklists import ChecklistAnswers, StepAnswer
from safeplan_desktop.domain.clients import ClientContact
from safeplan_desktop.domain.incidents import AddendumKind, FollowUp, IncidentCategory, Person
from safeplan_desktop.errors import CancelledError, NotFoundError, StorageUnavailableError
from safeplan_desktop.exchange.csv_out import COLUMNS, safe_cell
from safeplan_desktop.services.incident_exports import period_csv, period_pdf
from safeplan_desktop.storage import audit


def _no_report(_fraction):
    pass


@pytest.fixture
def gathered(session, client, clock):
    first = sign_incident(session, client.id, account="=HYPERLINK(1)", outcome="@home", follow_ups=(FollowUp("Call"),))
    session.incidents.follow_up_done(first.id, 0, dt.date(2026, 3, 2), "Reached her")
    session.addenda.add(
        Noun.INCIDENT, first.id, client.id, kind=AddendumKind.CORRECTION, reason="Wrong", text="At noon", signer="Dr. R"
    )
    sign_incident(session, category=IncidentCategory.PREMISES, happened_at=clock.now() - dt.timedelta(days=70))
    wrong = sign_incident(session, client.id, account="Never happened")
    session.addenda.void(Noun.INCIDENT, wrong.id, client.id, reason="Twice", signer="Dr. R")
    return session.incident_exports.gather(session.incident_exports.in_period(None, None))


def _rows(table):
    assert table.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_a_period_as_csv_has_one_safe_row_an_incident_oldest_first(gathered):
    rows = _rows(period_csv(gathered, _no_report))
    assert [row["number"] for row in rows] == ["2026-002", "2026-001"]
    assert tuple(rows[0]) == COLUMNS
    assert (rows[1]["account"], rows[1]["outcome"]) == ("'=HYPERLINK(1)", "'@home")
    assert rows[1]["happened"] == "2026-03-02T09:00:00-07:00"
    assert rows[1]["zone"] == "America/Denver"
    assert rows[1]["follow_ups"] == "Call; done 2026-03-02; Reached her"
    assert "Correction" in rows[1]["addenda"]
    assert rows[0]["client_code"] == ""


@pytest.mark.parametrize(
    "beginning",
    [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "\uff1d",
        "\uff0b",
        "\uff0d",
        "\uff20",
        "\u2212",
        " =",
        "\u200b=",
        "\ufeff@",
        "\x00=",
    ],
)
def test_no_cell_begins_like_a_formula(beginning):
    assert safe_cell(f"{beginning}1+1") == f"'{beginning}1+1"
    assert safe_cell(f"a{beginning}") == f"a{beginning}"
    assert safe_cell("") == ""


def _pages(pdf):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_a_period_as_pdf_lists_its_incidents_with_their_pages(gathered):
    pdf = period_pdf(gathered, _no_report)
    pages = _pages(pdf)
    assert not any("Never happened" in page for page in pages)
    for number in ("2026-001", "2026-002"):
        page = next(place for place, text in enumerate(pages[1:], 2) if f"Incident {number}" in text)
        assert re.search(rf"^{number} .* {page}$", pages[0], re.MULTILINE)
    assert f"Fingerprint {gathered.chain_head[:12]}" in pages[1]
    assert "Page 1 of 3" in pages[0]
    assert pypdf.PdfReader(io.BytesIO(pdf)).metadata.title == "Incidents of a period"


def test_making_a_period_can_be_cancelled(gathered):
    def cancel(fraction):
        if fraction > 0.2:
            raise CancelledError("Cancelled.")

    for make in (period_pdf, period_csv):
        with pytest.raises(CancelledError):
            make(gathered, cancel)


def test_an_empty_period_is_said_to_be_empty(session):
    with pytest.raises(NotFoundError):
        session.incident_exports.gather(session.incident_exports.in_period(dt.date(2030, 1, 1), None))


def test_a_table_is_noted_in_the_audit_and_replaces_nothing_of_another_kind(session, gathered, tmp_path):
    table = period_csv(gathered, _no_report)
    session.incident_exports.save(tmp_path / "a.csv", table, "period, csv")
    (line,) = audit.latest(session.desk.database, limit=1)
    assert (line.action, line.noun, line.detail) == (AuditAction.EXPORTED, Noun.INCIDENT, "period, csv")
    session.incident_exports.save(tmp_path / "a.csv", table, "period, csv")
    (tmp_path / "b.csv").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.doc").write_bytes(b"words")
    for name in ("b.csv", "c.doc"):
        with pytest.raises(StorageUnavailableError):
            session.incident_exports.save(tmp_path / name, table, "period, csv")
    assert (tmp_path / "c.doc").read_bytes() == b"words"


def test_a_de_identified_copy_knows_the_client_their_contacts_the_plan_and_the_practice(session, client):
    contact = ClientContact("1", "Ottilie Brandt", "sister", "+1 303 555 0199", emergency=True)
    session.clients.change(client.id, replace(client.form, contacts=(contact,), phone="303 555 0177"))
    finish_two_versions(session, client.id)
    account = (
        "Maren rang from 3035550177. Ottilie's car was gone. Dr. Okafor advised; Juniper Street asked Zebulon to write to "
        "x@y.org on 2026-03-01."
    )
    signed = sign_incident(session, client.id, account=account, people=(Person("Rosa Lind", "neighbour"),))
    preparation = session.incident_exports.prepare([session.incidents.summary(signed.id)])
    assert [one.text for one in preparation.doubtful()] == ["Zebulon"]
    text = preparation.text().decode()
    assert (
        "the client rang from [number]. the emergency contact’s car was gone. the consultant advised; the practice asked "
        "[name] to write to [e-mail] on day -1." in text
    )
    assert "Zebulon" in preparation.text({"Zebulon"}).decode()
    assert "De-identified on 02 March 2026" in text
    printed = "\n".join(_pages(preparation.pdf()))
    assert "The therapist has to read this copy" in " ".join(printed.split())
    for known in ("Maren", "Holt", "M-07", "Reyes", "Juniper", "Okafor", "Ottilie", "2026-001", "0177"):
        assert known not in printed
        assert known not in text


def test_an_export_of_several_stands_in_the_account_of_each_client_in_it(session, client, tmp_path):
    sign_incident(session, client.id)
    sign_incident(session)
    exports = session.incident_exports
    gathered = exports.gather(exports.in_period(None, None))
    exports.save(
        tmp_path / "incidents.csv", period_csv(gathered, lambda _fraction: None), "period, csv", about=gathered.clients
    )
    document = exports.period_document(gathered, b"%PDF-")
    session.exports.printed(document)
    session.exports.printed(replace(document, about_detail="something else"))
    told = [(line.entry.action, line.entry.detail) for line in session.audit_trail.disclosures(client.id)]
    assert sorted(told, key=str) == [
        (AuditAction.EXPORTED, "incidents of a period"),
        (AuditAction.PRINTED, "incidents of a period"),
        (AuditAction.PRINTED, "something else"),
    ]


def test_what_was_noted_when_a_follow_up_was_done_and_the_practices_note_leave_in_the_text_and_the_table(
    session, client
):
    own = ChecklistAnswers(
        "duty-to-warn", "Warn or protect", (StepAnswer("who", "Who is meant?", "A brother"),), "Call first"
    )
    signed = sign_incident(session, client.id, follow_ups=(FollowUp("Call"),), checklists=(own,))
    session.incidents.follow_up_done(signed.id, 0, dt.date(2026, 3, 2), "Reached her")
    text = session.record_texts.for_clipboard(Noun.INCIDENT, signed.id)
    (row,) = _rows(
        period_csv(session.incident_exports.gather(session.incident_exports.in_period(None, None)), _no_report)
    )
    assert "Call, done 02 Mar 2026, Reached her" in text
    assert "The practice's own note: Call first" in text
    assert "Warn or protect; Call first" in row["checklists"]
