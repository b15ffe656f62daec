"""Handouts from the command line: listed, saved for the waiting room, saved and noted for a client."""

import json
import os
from dataclasses import replace

import pypdf
import pytest
from support.vaults import PASSPHRASE, fresh_vault, session_on

from safeplan_desktop.cli.main import main
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.handouts import Giving
from safeplan_desktop.services import reference


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
    client = session.clients.add(ClientForm(code="C-7", name="José Peña", language="es-MX"))
    session.vault.database.close()
    return folder, client


def _text(path):
    return " ".join("\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def test_every_handout_is_listed_with_its_languages_and_no_vault(capsys):
    assert main(["handouts", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["handouts"]
    assert [row["id"] for row in rows] == list(reference.handouts())
    assert all(row["languages"] == ["en", "es"] and not row["own"] for row in rows)


def test_a_clients_handout_is_in_their_language_and_is_noted_as_given(capsys, vault, tmp_path):
    folder, client = vault
    out = tmp_path / "page.pdf"
    code, said = _run(
        capsys, "export", folder, "handout", "--handout", "grounding", "--client", client.code, "--out", out, "--json"
    )
    facts = json.loads(said.out)
    assert (code, facts["language"], facts["given"]) == (0, "es", True)
    assert reference.handouts()["grounding"]["es"].title in _text(out)
    assert client.name not in _text(out)
    session = session_on(folder)
    given = session.handouts.given_to(client.id)
    session.vault.database.close()
    assert [(one.form.handout_id, one.form.language, one.form.how) for one in given] == [
        ("grounding", "es", Giving.SAVED)
    ]


def test_without_a_client_it_is_english_on_the_named_paper_and_nothing_is_noted(capsys, vault, tmp_path):
    folder, client = vault
    out = tmp_path / "page.pdf"
    code, said = _run(
        capsys, "export", folder, "handout", "--handout", "helping", "--paper", "letter", "--out", out, "--json"
    )
    assert (code, json.loads(said.out)["given"]) == (0, False)
    assert pypdf.PdfReader(out).pages[0].mediabox.height == 792
    assert "988" in _text(out)
    session = session_on(folder)
    assert not session.handouts.given_to(client.id)
    session.vault.database.close()


def test_an_unknown_handout_names_the_known_ones_and_writes_nothing(capsys, vault, tmp_path):
    folder, _ = vault
    out = tmp_path / "page.pdf"
    for name in (("--handout", "sleeep"), ()):
        code, said = _run(capsys, "export", folder, "handout", *name, "--out", out)
        assert code == 1
        assert all(handout_id in said.err for handout_id in reference.handouts())
        assert not out.exists()


def test_a_language_that_it_isnt_written_in_is_refused_and_a_clients_is_told(capsys, vault, tmp_path):
    folder, client = vault
    out = tmp_path / "page.pdf"
    code, said = _run(capsys, "export", folder, "handout", "--handout", "grounding", "--language", "fr", "--out", out)
    assert code == 1
    assert "en, es" in said.err
    session = session_on(folder)
    session.clients.change(client.id, replace(session.clients.get(client.id).form, language="fr"))
    session.vault.database.close()
    code, said = _run(
        capsys, "export", folder, "handout", "--handout", "grounding", "--client", client.code, "--out", out
    )
    assert code == 0
    assert "isn't written in the client's language (fr)" in said.out


def test_options_of_other_documents_are_refused(capsys, vault, tmp_path):
    folder, client = vault
    code, said = _run(
        capsys, "export", folder, "handout", "--handout", "helping", "--qr", "--out", tmp_path / "page.pdf"
    )
    assert (code, "--qr" in said.err) == (1, True)
    code, said = _run(
        capsys, "export", folder, "plan", "--client", client.code, "--handout", "helping", "--out", tmp_path / "p.pdf"
    )
    assert (code, "--handout" in said.err) == (1, True)


def test_an_own_handout_is_listed_with_its_vault_and_exported_in_its_language_without_a_word_about_a_client(
    capsys, vault, tmp_path
):
    folder, _ = vault
    session = session_on(folder)
    draft, form = session.own_handouts.begin()
    made = session.own_handouts.save(draft, replace(form, title="Unsere Tür", lead="Klingel 3.", language="de"))
    session.vault.database.close()
    _, said = _run(capsys, "handouts", folder, "--json")
    assert json.loads(said.out)["handouts"][-1] == {
        "id": made.id,
        "title": "Unsere Tür",
        "languages": ["de"],
        "own": True,
    }
    out = tmp_path / "own.pdf"
    code, said = _run(capsys, "export", folder, "handout", "--handout", made.id, "--out", out)
    assert (code, "client" in said.out) == (0, False)
    assert "Unsere Tür" in _text(out)
