"""A plan that was entered in error by the command line: only by its number, and marked."""

import os
from contextlib import suppress

import pypdf
import pytest
from support.vaults import PASSPHRASE, finish_two_versions, fresh_vault, session_on

from safeplan_desktop.cli.main import main
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm


def vault(tmp_path, *voided):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    client_id = session.clients.add(ClientForm(code="M-07", name="Maren Holt")).id
    finish_two_versions(session, client_id)
    for one in session.plans.of_client(client_id):
        if one.number in voided:
            session.addenda.void(Noun.PLAN, one.id, client_id, reason="The wrong client", signer="R")
    session.vault.database.close()
    return folder


def run(folder, *words):
    read, write = os.pipe()
    os.write(write, PASSPHRASE.encode())
    os.close(write)
    try:
        return main(["export", str(folder), "plan", "--client", "M-07", *map(str, words), "--passphrase-fd", str(read)])
    finally:
        with suppress(OSError):
            os.close(read)


def text(path):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


@pytest.mark.parametrize(
    ("words", "line", "marked"),
    [
        ((), "Walk to the river", False),
        (("--number", "2"), "Swim in the lake", True),
        (("--number", "2", "--therapist"), "The wrong client", True),
        (("--number", "1"), "Walk to the river", False),
    ],
)
def test_the_newest_that_counts_is_taken_and_another_by_its_number_marked(tmp_path, words, line, marked):
    folder, out = vault(tmp_path, 2), tmp_path / "plan.pdf"
    assert run(folder, *words, "--out", out) == 0
    assert line in text(out)
    assert ("Entered in error" in text(out)) is marked


def test_where_none_counts_the_numbers_are_named(tmp_path, capsys):
    folder, out = vault(tmp_path, 1, 2), tmp_path / "plan.pdf"
    assert run(folder, "--out", out) == 1
    assert "--number" in capsys.readouterr().err
    assert not out.exists()
    assert run(folder, "--number", "2", "--out", out) == 0


def test_a_comparison_goes_to_the_newest_that_counts_and_marks_the_other(tmp_path):
    folder, out = vault(tmp_path, 2), tmp_path / "plan.pdf"
    assert run(folder, "--compare", "2", "--out", out) == 0
    assert "2 (entered in error)" in text(out)
    assert "1 (entered in error)" not in text(out)
