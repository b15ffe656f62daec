"""`safeplan-cli export VAULT training`."""

import csv
import datetime as dt
import json
import os

import pypdf
import pytest
from support.trainings import ETHICS, LICENCE, noted
from support.vaults import PASSPHRASE, fresh_vault, session_on

from safeplan_desktop.cli.main import main


@pytest.fixture
def export(capsys, tmp_path):
    vault = fresh_vault(tmp_path / "vault")
    session = session_on(vault)
    session.training_rules.save(LICENCE)
    noted(session, "Safer homes", dt.date(2026, 3, 2), (ETHICS, 2))
    noted(session, "Long ago", dt.date(2020, 3, 2), (ETHICS, 3))
    session.vault.database.close()

    def run(out, *words):
        read, write = os.pipe()
        os.write(write, f"{PASSPHRASE}\n".encode())
        os.close(write)
        options = ["--out", str(tmp_path / out), "--passphrase-fd", str(read), "--json"]
        code = main(["export", str(vault), "training", *words, *options])
        os.close(read)
        said = capsys.readouterr()
        return code, json.loads(said.out) if code == 0 else said.err, tmp_path / out

    return run


def test_a_rule_gives_its_present_cycle_as_pdf(export):
    # The command line takes the computer's clock; the rule's cycles go on for ever.
    code, said, path = export("t.pdf", "--rule", "licence", "--paper", "letter")
    page = pypdf.PdfReader(path).pages[0]
    assert (code, said["rule"], said["complete"]) == (0, "Licence", False)
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (612.0, 792.0)
    assert "40 h, at least 6 h of Ethics and law" in page.extract_text()


def test_days_narrow_a_table(export):
    code, said, path = export("t.csv", "--since", "2026-01-01", "--until", "2026-12-31")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert (code, said["trainings"], said["hours"]) == (0, 1, 2.0)
    assert [row["title"] for row in rows] == ["Safer homes"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rule", "Other"), "There are: Licence."),
        (("--rule", "Licence", "--since", "2026-01-01"), "either --rule, or --since and --until"),
        (("--client", "M-07"), "trainings are about no client"),
    ],
)
def test_what_doesnt_fit_is_refused_with_a_sentence_and_nothing_is_written(export, words, said):
    code, error, path = export("t.pdf", *words)
    assert code == 1
    assert said in error
    assert not path.exists()


def test_another_ending_is_refused(export):
    code, error, path = export("t.txt")
    assert (code, path.exists()) == (1, False)
    assert ".pdf or .csv" in error
