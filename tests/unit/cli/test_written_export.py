"""Session notes, agreements and consents by the command line; psychotherapy notes by no verb."""

import os
from contextlib import suppress

import pypdf
import pytest
from support.vaults import PASSPHRASE, fresh_vault, session_on
from support.written import sign_agreement, sign_consent, sign_note

from safeplan_desktop.cli.main import main
from safeplan_desktop.domain.clients import ClientForm


@pytest.fixture
def folder(tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    for sign in (sign_note, sign_agreement, sign_agreement, sign_consent):
        sign(session, client.id)
    session.vault.database.close()
    return folder


def run(folder, *words):
    read, write = os.pipe()
    os.write(write, PASSPHRASE.encode())
    os.close(write)
    try:
        return main(["export", str(folder), *map(str, words), "--passphrase-fd", str(read)])
    finally:
        with suppress(OSError):
            os.close(read)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("session-note",), "Session note"),
        (("agreement",), "Version 2"),
        (("agreement", "--number", "1"), "Version 1"),
        (("consent", "--paper", "letter"), "Consent: telehealth"),
    ],
)
def test_the_newest_or_a_numbered_one_becomes_a_pdf(folder, tmp_path, words, said):
    out = tmp_path / "out.pdf"

    assert run(folder, *words, "--client", "M-07", "--out", out) == 0

    assert said in pypdf.PdfReader(out).pages[0].extract_text()


def test_a_number_that_is_not_there_and_a_kind_that_leaves_by_no_verb(folder, tmp_path):
    out = tmp_path / "out.pdf"

    assert run(folder, "consent", "--number", "9", "--client", "M-07", "--out", out) == 1
    with pytest.raises(SystemExit):
        run(folder, "private-note", "--client", "M-07", "--out", out)

    assert not out.exists()
