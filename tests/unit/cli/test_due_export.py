"""The week and the calendar from the command line."""

import json
import os

import pytest
from icalendar import Calendar
from support.pdf_reading import words_of
from support.vaults import PASSPHRASE, START, fresh_vault, session_on, sign_scores

from safeplan_desktop.cli.main import main
from safeplan_desktop.domain.clients import ClientForm


def _run(capsys, *words):
    read, write = os.pipe()
    os.write(write, f"{PASSPHRASE}\n".encode())
    os.close(write)
    code = main([*map(str, words), "--passphrase-fd", str(read)])
    os.close(read)
    return code, capsys.readouterr()


@pytest.fixture
def vault(tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    sign_scores(session, client.id, {"phq-2": (1, 1)}, again_on=START.date())
    session.vault.database.close()
    return folder


def test_what_is_due_is_listed_with_codes_and_with_names_only_when_asked(capsys, vault):
    code, said = _run(capsys, "due", vault)
    assert (code, "M-07" in said.out, "Maren" in said.out) == (0, True, False)
    _, said = _run(capsys, "due", vault, "--names", "--json")
    (row,) = [row for row in json.loads(said.out)["due"] if row["kind"] == "reassessment"]
    assert (row["client"], row["day"], row["put_off_until"]) == ("Maren Holt (M-07)", "2026-03-02", None)


def test_the_week_is_a_pdf_with_codes(capsys, vault, tmp_path):
    out = tmp_path / "week.pdf"
    code, said = _run(capsys, "export", vault, "week", "--out", out, "--paper", "letter", "--json")
    assert code == 0, said.err
    assert json.loads(said.out)["bytes"] == out.stat().st_size
    text = words_of(out.read_bytes())
    assert "M-07" in text
    assert "Maren" not in text


def test_the_calendar_names_nobody(capsys, vault, tmp_path):
    out = tmp_path / "due.ics"
    code, said = _run(capsys, "export", vault, "calendar", "--out", out, "--json")
    assert code == 0, said.err
    events = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    assert json.loads(said.out)["entries"] == len(events)
    assert "Reassessment" in [str(event["summary"]) for event in events]
    assert not [word for word in (b"M-07", b"Maren", b"Holt") if word in out.read_bytes()]


@pytest.mark.parametrize(
    "words",
    [
        ("week", "--client", "M-07", "--out", "w.pdf"),
        ("week", "--out", "w.txt"),
        ("calendar", "--out", "c.pdf"),
        ("calendar", "--paper", "a4", "--out", "c.ics"),
        ("calendar", "--qr", "--out", "c.ics"),
        ("week", "--handout", "helping", "--out", "w.pdf"),
    ],
)
def test_what_doesnt_fit_is_refused_and_nothing_is_written(capsys, vault, tmp_path, words):
    *others, out = words
    code, said = _run(capsys, "export", vault, *others, tmp_path / out)
    assert code == 1
    assert said.err.strip()
    assert not (tmp_path / out).exists()
