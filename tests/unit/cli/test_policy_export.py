"""`safeplan-cli export VAULT policy`."""

import json
import os

import pypdf
import pytest
from support.policies import adopt
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on

from safeplan_desktop.cli.main import main
from safeplan_desktop.services.sample import fill_with_sample


@pytest.fixture
def export(capsys, tmp_path):
    def run(vault, *words):
        read, write = os.pipe()
        os.write(write, f"{PASSPHRASE}\n".encode())
        os.close(write)
        out = tmp_path / "policy.pdf"
        options = ["--out", str(out), "--passphrase-fd", str(read)]
        code = main(["export", str(vault), "policy", *words, *options])
        os.close(read)
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(out).pages) if out.exists() else ""
        return code, capsys.readouterr(), text

    return run


@pytest.fixture
def vault(tmp_path):
    return fresh_vault(tmp_path / "vault")


def test_the_sample_has_an_adopted_policy_that_people_read(export, vault):
    session = session_on(vault)
    fill_with_sample(session.vault, HeldClock(), clients=0, seed=3)
    assert len(session.policy.not_read()) == 1
    session.vault.database.close()

    code, said, text = export(vault, "--json")

    assert (code, json.loads(said.out)["title"]) == (0, "Safety policy, version 1")
    assert "Adopted and signed by" in text
    assert "DRAFT" not in text


def test_a_number_names_a_version_and_compare_puts_two_beside_each_other(export, vault):
    session = session_on(vault)
    adopt(session)
    adopt(session, "plan.who", change="Nobody is asked.")
    session.vault.database.close()

    assert "Version 1" in export(vault, "--number", "1", "--paper", "letter")[2]
    assert "Version 2" in export(vault)[2]
    assert "Removed, The client's own safety plan" in " ".join(export(vault, "--compare", "1")[2].split())
    code, said, _ = export(vault, "--number", "7")
    assert code == 1
    assert "There are: 1, 2." in said.err
    assert export(vault, "--number", "one")[0] == 1
    assert "one and the same" in export(vault, "--number", "2", "--compare", "2")[1].err


def test_without_a_version_the_draft_comes_marked_as_one(export, vault):
    session = session_on(vault)
    session.policy.begin()
    session.vault.database.close()

    code, said, text = export(vault)

    assert code == 0
    assert "Safety policy, draft" in said.out
    assert "DRAFT: not adopted" in text


def test_before_anything_was_written_the_proposed_text_comes_marked_as_a_draft(export, vault):
    code, said, text = export(vault)

    assert (code, said.err) == (0, "")
    assert text.count("DRAFT: not adopted") == text.count("Page ")
    assert "Nothing of this part is decided yet." in text
    assert "practised at present" not in text
    session = session_on(vault)
    assert session.policy.unfinished() is None
    session.vault.database.close()


@pytest.mark.parametrize("option", [("--client", "M-07"), ("--format", "full"), ("--since", "2026-01-01")])
def test_options_of_other_records_are_refused(export, vault, option):
    code, said, _ = export(vault, *option)
    assert code == 1
    assert "about no client" in said.err
