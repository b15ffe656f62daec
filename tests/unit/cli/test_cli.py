import json
import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import pypdf
import pytest
from support.vaults import PASSPHRASE, START, HeldClock, fresh_vault, session_on

from safeplan_desktop.cli.main import main
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.services.sample import fill_with_sample
from safeplan_desktop.services.vault import close_vault, create_vault, derive_data_key, prepare_keys
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.vault_folder import VaultFolder


@contextmanager
def _passphrase(text=PASSPHRASE):
    read, write = os.pipe()
    os.write(write, f"{text}\n".encode())
    os.close(write)
    yield ["--passphrase-fd", str(read)]
    os.close(read)


def _run(capsys, *words, passphrase=PASSPHRASE):
    with _passphrase(passphrase) as option:
        code = main([*map(str, words), *(option if words[0] != "score" else ())])
    return code, capsys.readouterr()


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = fresh_vault(tmp_path_factory.mktemp("cli") / "vault")
    session = session_on(folder)
    fill_with_sample(session.vault, HeldClock(), clients=6, seed=3)
    session.vault.database.close()
    return folder


def test_create_gives_the_words_once_and_they_can_be_shown_again(capsys, tmp_path):
    code, said = _run(capsys, "create", tmp_path / "new", "--json")
    words = json.loads(said.out)["recovery_words"]
    assert (code, len(words)) == (0, 24)
    code, said = _run(capsys, "recovery-words", tmp_path / "new", "--json")
    assert json.loads(said.out)["recovery_words"] == words


def test_create_refuses_a_weak_passphrase_and_leaves_nothing(capsys, tmp_path):
    code, said = _run(capsys, "create", tmp_path / "new", passphrase="secret1")
    assert code == 1
    assert said.err.strip()
    assert not (tmp_path / "new").exists()


def test_a_wrong_passphrase_is_one_sentence_and_exit_code_1(capsys, sample):
    code, said = _run(capsys, "clients", sample, "--json", passphrase="wrong passphrase")
    assert code == 1
    assert json.loads(said.out)["ok"] is False
    assert json.loads(said.out)["error"].endswith(".")
    assert "Traceback" not in said.err


def test_clients_are_listed_by_code_and_by_name_only_when_asked(capsys, sample):
    _, said = _run(capsys, "clients", sample, "--json")
    rows = json.loads(said.out)["clients"]
    assert [row["code"] for row in rows] == [f"C-{n:02d}" for n in range(1, 7)]
    assert "name" not in rows[0]
    _, said = _run(capsys, "clients", sample, "--names")
    assert "Maren Holt" in said.out


def test_records_are_found_from_inside_their_folder_and_beside_it(capsys, sample, monkeypatch):
    monkeypatch.chdir(sample)
    assert _run(capsys, "clients", ".")[0] == 0
    (sample / "inside").mkdir()
    monkeypatch.chdir(sample / "inside")
    code, said = _run(capsys, "clients", "..")
    (sample / "inside").rmdir()
    assert (code, said.err) == (0, "")


def test_backup_verify_and_restore_go_round(capsys, sample, tmp_path):
    (tmp_path / "stick").mkdir()
    code, said = _run(capsys, "backup", sample, tmp_path / "stick", "--json")
    made = json.loads(said.out)
    assert code == 0
    code, said = _run(capsys, "verify", made["path"], "--json")
    assert (code, json.loads(said.out)["ok"]) == (0, True)
    code, said = _run(capsys, "restore", made["path"], tmp_path / "again", "--json")
    assert (code, json.loads(said.out)["totals"]) == (0, made["totals"])
    code, said = _run(capsys, "verify", tmp_path / "again", "--json")
    assert (code, json.loads(said.out)["first_problem"]) == (0, None)


def test_verify_of_a_damaged_backup_is_exit_code_1_with_the_first_problem(capsys, sample, tmp_path):
    _, said = _run(capsys, "backup", sample, tmp_path, "--json")
    path = json.loads(said.out)["path"]
    with Path(path).open("r+b") as file:
        file.seek(50_000)
        byte = file.read(1)
        file.seek(50_000)
        file.write(bytes([byte[0] ^ 1]))
    code, said = _run(capsys, "verify", path, "--json")
    assert code == 1
    assert json.loads(said.out)["first_problem"]


def test_verify_names_the_first_row_that_isnt_what_was_signed(capsys, sample, tmp_path):
    folder = VaultFolder(Path(shutil.copytree(sample, tmp_path / "vault")))
    with Database.open(folder.records, derive_data_key(folder, PASSPHRASE)) as database:
        incident_id, number = database.row("SELECT id, number FROM incident ORDER BY number")
        guard = database.value("SELECT sql FROM sqlite_master WHERE name = 'incident_stays'")
        database.execute("DROP TRIGGER incident_stays")
        database.execute("UPDATE incident SET entered_at = '2020-01-01T00:00:00+00:00' WHERE id = ?", (incident_id,))
        database.execute(guard)
    code, said = _run(capsys, "verify", folder.path, "--json")
    first = json.loads(said.out)["first_problem"]
    assert code == 1
    assert (first["check"], first["noun"], first["record_id"]) == ("columns", "incident", incident_id)
    assert first["sentence"].startswith(f"Incident {number} of C-")
    assert "the time of entry" in first["sentence"]


def test_verify_compares_with_a_backup_and_with_a_fingerprint_from_paper(capsys, sample, tmp_path):
    folder = Path(shutil.copytree(sample, tmp_path / "vault"))
    _, said = _run(capsys, "backup", folder, tmp_path, "--json")
    backup = json.loads(said.out)["path"]
    code, said = _run(capsys, "verify", folder, "--against", backup, "--json")
    facts = json.loads(said.out)
    assert (code, facts["compared_with_earlier"]) == (0, True)
    mine = next(head for head in facts["heads"] if head["source"] == "backup")
    assert mine["verdict"] == "same"
    paper = f"Fingerprint {mine['fingerprint']}, entry {mine['entry']}"
    assert _run(capsys, "verify", folder, "--against", paper)[0] == 0
    # An older copy of the folder doesn't know what the backup knows.
    code, said = _run(capsys, "verify", sample, "--against", backup, "--json")
    facts = json.loads(said.out)
    assert code == 1
    assert facts["first_problem"]["check"] == "heads"
    code, said = _run(capsys, "verify", folder, "--against", "nonsense")
    assert code == 1
    assert "12 characters" in said.err


def test_a_restore_says_which_entries_it_leaves_behind(capsys, sample, tmp_path):
    folder = Path(shutil.copytree(sample, tmp_path / "vault"))
    _, said = _run(capsys, "backup", folder, tmp_path, "--json")
    backup = json.loads(said.out)["path"]
    _run(capsys, "clients", folder)
    code, said = _run(capsys, "restore", backup, folder, "--json")
    facts = json.loads(said.out)
    assert code == 0
    assert facts["replaced_entry"] > facts["entry"] > 0
    first, last = facts["entry"] + 1, facts["replaced_entry"]
    assert f"entries {first} to {last} are only in the folder that was kept" in facts["history"]
    # What was restored ends where the backup says, so the backup agrees; a later end is explained by the restore.
    assert _run(capsys, "verify", folder, "--against", backup)[0] == 0


def test_the_audit_in_words_and_an_account_of_disclosures_for_one_client(capsys, sample, tmp_path):
    folder = Path(shutil.copytree(sample, tmp_path / "vault"))
    _run(capsys, "export", folder, "plan", "--client", "C-02", "--out", tmp_path / "plan.pdf")
    _, said = _run(capsys, "audit", folder, "--client", "C-02", "--disclosures", "--json")
    entries = json.loads(said.out)["entries"]
    assert {entry["client"] for entry in entries} == {"C-02"}
    given = [entry["words"] for entry in entries if entry["action"] == "given"]
    assert [words.rpartition(",")[0] for words in given] == ["Copy given: handout given"] * 2
    (saved,) = [entry["words"] for entry in entries if entry["action"] == "exported"]
    assert saved.startswith("Saved as a file: safety plan, version ")
    out = tmp_path / "account.pdf"
    code, said = _run(capsys, "audit", folder, "--client", "C-02", "--disclosures", "--out", out)
    assert code == 0, said.err
    assert out.read_bytes().startswith(b"%PDF")
    # That it was made and saved is in the audit, too.
    _, said = _run(capsys, "audit", folder, "--client", "C-02", "--json")
    details = [entry["detail"] for entry in json.loads(said.out)["entries"]]
    assert details[-2:] == ["accounting of disclosures", "accounting of disclosures, a4"]
    code, said = _run(capsys, "audit", folder, "--disclosures", "--out", out)
    assert code == 1
    assert "--client" in said.err
    assert _run(capsys, "audit", folder, "--until", "2020-01-01")[1].out.strip() == "There is no such entry."


@pytest.mark.parametrize("what", ["plan", "screening", "scores", "incident"])
def test_export_makes_each_document(capsys, sample, tmp_path, what):
    out = tmp_path / "out.pdf"
    code, said = _run(capsys, "export", sample, what, "--client", "C-02", "--out", out, "--paper", "letter")
    assert code == 0, said.err
    page = pypdf.PdfReader(out).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (612, 792)


def test_scores_are_exported_for_a_choice_and_a_period(capsys, sample, tmp_path):
    out = tmp_path / "out.pdf"
    asked = ("export", sample, "scores", "--client", "C-02", "--out", out)
    assert _run(capsys, *asked, "--instruments", "GAD-7", "--since", "2000-01-01")[0] == 0
    text = pypdf.PdfReader(out).pages[0].extract_text()
    assert "GAD-7" in text
    assert "PHQ-9" not in text
    code, said = _run(capsys, *asked, "--until", "2000-01-01")
    assert code == 1
    assert "no signed score" in said.err
    code, said = _run(capsys, *asked, "--since", "yesterday")
    assert code == 1
    assert "2026-03-05" in said.err
    code, said = _run(capsys, "export", sample, "plan", "--client", "C-02", "--out", out, "--since", "2000-01-01")
    assert code == 1
    assert "--since: only scores and screenings" in said.err


def test_screenings_of_a_period_and_of_an_instrument_are_one_report(capsys, sample, tmp_path):
    out = tmp_path / "out.pdf"
    asked = ("export", sample, "screening", "--client", "C-02", "--out", out)
    code, said = _run(capsys, *asked, "--since", "2000-01-01", "--json")
    assert (code, json.loads(said.out)["title"]) == (0, "Screenings of a period")
    whole = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert _run(capsys, *asked, "--instruments", "gad-7")[0] == 0
    text = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert "Low mood" in whole
    assert "Low mood" not in text
    assert whole.count("Signed by") == text.count("Signed by") > 1
    assert _run(capsys, *asked, "--instruments", "gad-7", "--number", "1")[0] == 0
    text = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert "Screening report 1" in text
    assert "Low mood" not in text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--since", "soon"), "Please type the day like 2026-03-05."),
        (("--since", "2026-03-05", "--until", "2026-03-04"), "The last day lies before the first."),
        (("--until", "2000-01-01"), "There is no signed screening to show here."),
        (("--instruments", "who-5"), "to show here. The signed screenings of this client hold: phq-9, gad-7."),
        (("--instruments", "gad-7,mood-99"), "There is no instrument “mood-99”. There are: "),
        (("--number", "1", "--since", "2000-01-01"), "leave --number out"),
        (("--number", "1", "--instruments", "who-5"), "There are: phq-9, gad-7."),
    ],
)
def test_a_report_that_cant_be_made_gets_a_sentence(capsys, sample, tmp_path, options, sentence):
    out = tmp_path / "out.pdf"
    code, said = _run(capsys, "export", sample, "screening", "--client", "C-02", "--out", out, *options)
    assert code == 1
    assert sentence in said.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--number", "1"), "--number: scores over time are of all screenings"),
        (("--instruments", "mood-99"), "There is no instrument “mood-99”. There are: structured-risk-interview, phq-9"),
        (("--instruments", "who-5"), "The signed screenings of this client hold: phq-9, gad-7."),
    ],
)
def test_scores_that_cant_be_exported_as_asked_get_a_sentence(capsys, sample, tmp_path, options, sentence):
    out = tmp_path / "out.pdf"
    code, said = _run(capsys, "export", sample, "scores", "--client", "C-02", "--out", out, *options)
    assert (code, sentence in said.err, out.exists()) == (1, True, False), said.err


@pytest.mark.parametrize(
    "words",
    [
        ("export", "scores", "--client", "C-02"),
        ("export", "screening", "--client", "C-02"),
        ("export", "incidents"),
        ("export", "incidents", "--format", "de-identified"),
        ("audit",),
    ],
    ids=lambda words: "-".join(words[:2]),
)
def test_every_verb_with_a_period_refuses_a_last_day_before_the_first(capsys, sample, tmp_path, words):
    out = tmp_path / "out.pdf"
    days = ("--since", "2026-03-05", "--until", "2026-03-04", "--out", out)
    code, said = _run(capsys, words[0], sample, *words[1:], *days)
    assert (code, said.err.strip(), out.exists()) == (1, "The last day lies before the first.", False)


@pytest.mark.parametrize(
    ("words", "said_of"),
    [
        (("--format", "support-person", "--recipient", "Ana", "--released", "2999-01-01"), "lies in the future"),
        (("--format", "full", "--recipient", "Somebody"), "--recipient: only a support person"),
        (("--format", "full", "--released", "2026-03-02"), "--released: only a support person"),
        (("--compare", "1", "--language", "ar"), "--language: a comparison"),
        (("--compare", "1", "--number", "1"), "one and the same version"),
        (("--sections", ","), "at least one section"),
    ],
)
def test_an_option_that_would_be_passed_over_in_silence_is_refused(capsys, sample, tmp_path, words, said_of):
    code, said = _run(capsys, "export", sample, "plan", "--client", "C-01", "--out", tmp_path / "out.pdf", *words)
    assert code == 1
    assert said_of in said.err
    assert not (tmp_path / "out.pdf").exists()


def test_export_of_what_isnt_there_says_so(capsys, sample, tmp_path):
    code, said = _run(capsys, "export", sample, "plan", "--client", "C-05", "--out", tmp_path / "out.pdf")
    assert code == 1
    assert "no finished safety plan" in said.err
    assert not (tmp_path / "out.pdf").exists()


def test_score_gives_total_band_flags_and_error(capsys):
    code, said = _run(capsys, "score", "phq-9", *"200222001"[:9], "--json")
    facts = json.loads(said.out)
    assert (code, facts["total"], facts["band"], facts["flags"], facts["complete"]) == (0, 9, "mild", ["ITEM9"], True)
    code, said = _run(capsys, "score", "phq-9", "-", "-", "2", "--json")
    facts = json.loads(said.out)
    assert (code, facts["total"], facts["band"], facts["complete"]) == (1, None, None, False)
    code, said = _run(capsys, "score", "gad-7", "9", "--json")
    assert code == 1
    assert (json.loads(said.out)["result"], bool(json.loads(said.out)["error"])) == ("error", True)


def test_a_score_with_missing_answers_is_incomplete_and_still_tells_of_a_critical_one(capsys):
    words = ("score", "phq-9", *"1-11111-1")
    code, said = _run(capsys, *words, "--json")
    facts = json.loads(said.out)
    assert (code, facts["result"], facts["missing"], facts["band"]) == (1, "incomplete", ["2", "8"], None)
    assert facts["error"] == "PHQ-9: incomplete; no answer to 2, 8."
    assert facts["flags"] == ["ITEM9"]
    code, said = _run(capsys, *words)
    assert (code, said.out.splitlines()[0]) == (1, "PHQ-9: incomplete; no answer to 2, 8.")
    assert "Note: " in said.out


def test_more_answers_than_questions_is_wrong_use(capsys):
    code, said = _run(capsys, "score", "gad-2", "1", "1", "1", "--json")
    assert code == 2
    assert json.loads(said.out)["error"] == "GAD-2 has 2 items; 3 answers were given."


@pytest.mark.parametrize("word", ["GAD-7", "gad7", "Gad 7"])
def test_an_instrument_is_known_by_its_short_name_in_any_case(capsys, word):
    code, said = _run(capsys, "score", word, *"1111000", "--json")
    assert (code, json.loads(said.out)["instrument"]) == (0, "gad-7")


def test_the_beginning_of_one_instrument_is_enough_and_of_several_is_not(capsys):
    assert json.loads(_run(capsys, "score", "C-SSRS", *"nnnnnn", "--json")[1].out)["instrument"] == "c-ssrs-screener"
    code, said = _run(capsys, "score", "phq", "1", "--json")
    assert (code, json.loads(said.out)["next_step"]) == (1, "Please name one of: phq-9, phq-2, phq-4, phq-a.")
    code, said = _run(capsys, "score", "phq-99", "1")
    assert (code, said.err.startswith("There is no instrument “phq-99”. There are: ")) == (1, True)


@pytest.mark.parametrize("words", [["frobnicate"], [], ["sample", "v", "--clients", "-3"], ["export", "v", "poem"]])
def test_wrong_words_are_exit_code_2(words):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_yes_and_no_mean_what_the_question_calls_them(capsys):
    from safeplan_desktop.services import reference

    items = [item.id for item in reference.instrument("structured-risk-interview").items]
    answers = ["n"] * len(items)
    for item in ("suicide", "now", "intent"):
        answers[items.index(item)] = "3" if item == "suicide" else "y"
    answers[items.index("home")] = "y"  # safe at home
    answers[items.index("next")] = "n"  # can't see how to get to the next contact
    _, said = _run(capsys, "score", "structured-risk-interview", *answers, "--json")
    flags = json.loads(said.out)["flags"]
    assert {"THOUGHTS-TODAY", "INTENT", "NEXT-CONTACT"} <= set(flags)
    assert "HOME" not in flags


def test_json_may_stand_anywhere(capsys):
    code, said = _run(capsys, "score", "gad-7", "--json", *"1111000")
    assert (code, json.loads(said.out)["band"]) == (0, "minimal")


@pytest.mark.parametrize("name", ["records.db", "keys.json", "new.pdf"])
def test_an_export_never_touches_a_folder_with_records(capsys, sample, name):
    code, said = _run(capsys, "export", sample, "plan", "--client", "C-01", "--out", sample / name)
    assert code == 1
    assert ("holds records" if name.endswith(".pdf") else "is saved as .pdf") in said.err
    assert not (sample / "new.pdf").exists()
    assert _run(capsys, "verify", sample)[0] == 0


def test_an_export_replaces_a_pdf_and_nothing_else(capsys, sample, tmp_path):
    for name, content in (
        ("old.safeplan-backup", b"PK backup"),
        ("letter.txt", b"Dear"),
        ("empty", b""),
        ("letter.pdf", b"Dear"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        assert _run(capsys, "export", sample, "plan", "--client", "C-01", "--out", path)[0] == 1
        assert path.read_bytes() == content
    old = tmp_path / "plan.pdf"
    old.write_bytes(b"%PDF-1.4 old")
    assert _run(capsys, "export", sample, "plan", "--client", "C-01", "--out", old)[0] == 0
    assert old.stat().st_size > 1000
    assert _run(capsys, "export", sample, "plan", "--client", "C-01", "--out", tmp_path)[0] == 1


def test_an_export_through_another_name_of_the_records_is_refused(capsys, sample, tmp_path):
    for make, name in ((os.symlink, "soft.pdf"), (os.link, "hard.pdf")):
        make(sample / "records.db", tmp_path / name)
        assert _run(capsys, "export", sample, "plan", "--client", "C-01", "--out", tmp_path / name)[0] == 1
    assert _run(capsys, "verify", sample)[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("backup", "VAULT", "FILE"), "not a folder"),
        (("backup", "VAULT", "VAULT"), "lost together"),
        (("backup", "VAULT", "NEW"), "make the folder first"),
        (("restore", "BACKUP", "FILE"), "not a folder"),
        (("restore", "NOTHING", "NEW"), "no such backup file"),
        (("sample", "VAULT"), "have clients already"),
        (("sample", "STICK"), "other files in this folder"),
        (("create", "STICK"), "other files in this folder"),
        (("create", "FILE"), "not a folder"),
        (("clients", "/"), "no records in this folder"),
        (("export", "VAULT", "handout", "--handout", "grounding", "--out", "NEW"), "saved as .pdf"),
    ],
)
def test_an_unsuitable_place_is_one_sentence_and_nothing_is_made(capsys, sample, tmp_path, words, said):
    (tmp_path / "f").write_text("x")
    (tmp_path / "stick").mkdir()
    places = {"VAULT": sample, "FILE": tmp_path / "f", "NOTHING": tmp_path / "no.b", "NEW": tmp_path / "new"}
    places["STICK"] = tmp_path
    if "BACKUP" in words:
        _, made = _run(capsys, "backup", sample, tmp_path / "stick", "--json")
        places["BACKUP"] = json.loads(made.out)["path"]
    code, answer = _run(capsys, words[0], *(places.get(word, word) for word in words[1:]))
    assert code == 1
    assert said in answer.err
    assert (tmp_path / "f").read_text() == "x"
    assert not (tmp_path / "new").exists()


def test_a_backup_of_damaged_records_says_that_they_are_damaged(capsys, sample, tmp_path):
    shutil.copytree(sample, tmp_path / "bad")
    (tmp_path / "stick").mkdir()
    with (tmp_path / "bad" / "records.db").open("r+b") as file:
        file.seek(200_000)
        file.write(b"XXXXXXXX")
    code, said = _run(capsys, "backup", tmp_path / "bad", tmp_path / "stick")
    assert code == 1
    assert "damaged" in said.err
    assert list((tmp_path / "stick").iterdir()) == []


@pytest.mark.parametrize(
    "words", [["create", ""], ["clients", " "], ["export", "v", "plan", "--client", "C", "--out", ""]]
)
def test_an_empty_path_is_wrong_usage(words):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_yes_is_refused_where_no_answer_is_called_so(capsys):
    assert _run(capsys, "score", "PHQ-9", "y", "--json")[0] == 1


FORMATS = ("full", "large-print", "pocket-card", "pocket-card-one-sided", "phone", "photo", "support-person", "blank")


@pytest.mark.parametrize("plan_format", FORMATS)
def test_every_format_of_a_plan_is_made_without_the_window(capsys, sample, tmp_path, plan_format):
    out = tmp_path / "plan.pdf"
    words = ("export", sample, "plan", "--client", "C-01", "--format", plan_format, "--paper", "letter")
    code, said = _run(capsys, *words, "--language", "es", "--out", out, "--json")
    assert code == 0, said.err
    reader = pypdf.PdfReader(out)
    assert reader.trailer["/Root"]["/Lang"] == "es"
    text = "".join(page.extract_text() for page in reader.pages)
    assert "peligro" in text
    name = reader.metadata["/Title"]
    assert name in ("Mi plan de seguridad", "Mi plan")


@pytest.mark.parametrize("language", ["en", "fr", "de", "pt", "it", "pl", "uk", "ar", "zh-Hans", "hi", "vi"])
def test_a_plan_is_made_in_every_language(capsys, sample, tmp_path, language):
    out = tmp_path / "plan.pdf"
    words = ("export", sample, "plan", "--client", "C-01", "--format", "full", "--language", language)
    code, said = _run(capsys, *words, "--out", out)
    assert code == 0, said.err
    assert pypdf.PdfReader(out).trailer["/Root"]["/Lang"] == language


@pytest.mark.parametrize("option", [("--format", "poster"), ("--language", "tlh"), ("--paper", "a3")])
def test_a_format_language_or_paper_that_isnt_there_is_refused_with_those_that_are(capsys, sample, tmp_path, option):
    with pytest.raises(SystemExit) as stopped:
        _run(capsys, "export", sample, "plan", "--client", "C-01", *option, "--out", tmp_path / "plan.pdf")
    assert stopped.value.code == 2
    assert "choose from" in capsys.readouterr().err
    assert not (tmp_path / "plan.pdf").exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--format", "support-person", "--sections", "coping,nothing"), "no section nothing"),
        (("--format", "support-person", "--released", "yesterday"), "like 2026-03-05"),
    ],
)
def test_a_section_or_day_that_cant_be_read_is_one_sentence(capsys, sample, tmp_path, options, sentence):
    code, said = _run(capsys, "export", sample, "plan", "--client", "C-01", *options, "--out", tmp_path / "plan.pdf")
    assert code == 1
    assert sentence in said.err
    assert not (tmp_path / "plan.pdf").exists()


def test_a_support_persons_copy_shows_the_sections_that_were_named(capsys, sample, tmp_path):
    out = tmp_path / "plan.pdf"
    words = ("--format", "support-person", "--sections", "reasons", "--recipient", "Ana", "--released", "2026-03-01")
    code, said = _run(capsys, "export", sample, "plan", "--client", "C-01", *words, "--out", out)
    assert code == 0, said.err
    text = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert "Copy for Ana" in text
    assert "reasons" in text
    assert "What I can" not in text


def test_a_support_persons_copy_without_name_and_release_has_lines_to_fill_them_in(capsys, sample, tmp_path):
    out = tmp_path / "plan.pdf"
    code, said = _run(capsys, "export", sample, "plan", "--client", "C-01", "--format", "support-person", "--out", out)
    assert code == 0, said.err
    assert "filled in by hand before it is given: whose copy it is and the release" in said.out
    text = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert "Copy for ____" in text
    assert "I agreed on ____" in text


def test_two_versions_are_compared_without_the_window(capsys, sample, tmp_path):
    out = tmp_path / "compared.pdf"
    code, said = _run(capsys, "export", sample, "plan", "--client", "C-01", "--compare", "1", "--out", out)
    assert code == 0, said.err
    assert "two versions compared" in pypdf.PdfReader(out).pages[0].extract_text()


def test_options_of_plans_are_refused_beside_other_records(capsys, sample, tmp_path):
    out = tmp_path / "report.pdf"
    code, said = _run(capsys, "export", sample, "screening", "--client", "C-01", "--format", "full", "--out", out)
    assert code == 1
    assert "only a plan" in said.err
    assert not out.exists()


def test_the_shipped_instruments_are_listed(capsys):
    assert main(["instruments", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["instruments"]
    assert {row["id"] for row in listed} >= {"phq-9", "c-ssrs-screener", "asq", "dast-10", "safe-t"}
    assert all(row["licence"] for row in listed)


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        (["c-ssrs-screener", "y", "y", "n", "n", "y", "n"], "tier", "high"),
        (["asq", "n", "n", "n", "n"], "tier", "negative"),
        (["dast-10", "n", "n", "y", "n", "n", "n", "n", "n", "n", "n"], "total", 0),
        (["dast-10", "n", "n", "n", "n", "n", "n", "n", "n", "n", "n"], "total", 1),
        (["who-5", "3", "3", "2", "2", "2"], "scaled", 48),
        (["phq-4", "2", "1", "0", "0"], "parts", {"anxiety": 3, "depression": 0}),
    ],
)
def test_scores_of_every_kind_come_from_the_command_line(capsys, words, key, value):
    assert main(["score", *words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[key] == value


def test_an_answer_that_isnt_asked_leaves_a_score_incomplete(capsys):
    assert main(["score", "c-ssrs-screener", "n", "n", "-", "y", "--json"]) == 1
    facts = json.loads(capsys.readouterr().out)
    assert (facts["result"], facts["hidden"], facts["tier"]) == ("incomplete", ["4"], None)
    assert "4 has an answer although it isn't asked" in facts["error"]


@pytest.mark.parametrize(
    ("options", "cutoff", "positive"),
    [(["--sex", "female"], "WOMEN", True), (["--sex", "male"], "MEN", False), (["--region", "uk"], "UK", False)],
)
def test_cut_offs_take_sex_and_region_from_the_command_line(capsys, options, cutoff, positive):
    assert main(["score", "audit-c", "2", "1", "0", *options, "--json"]) == 0
    (fact,) = json.loads(capsys.readouterr().out)["cutoffs"]
    assert (fact["id"], fact["positive"]) == (cutoff, positive)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_wall_card_comes_from_the_command_line_and_names_no_client(capsys, sample, tmp_path, paper):
    out = tmp_path / "card.pdf"
    code, said = _run(capsys, "export", sample, "wall-card", "--paper", paper, "--out", out, "--json")
    assert (code, json.loads(said.out)["title"]) == (0, "Wall card")
    pages = pypdf.PdfReader(out).pages
    assert len(pages) == 1
    assert "911" in pages[0].extract_text()
    assert "Maren" not in pages[0].extract_text()


def test_only_the_wall_card_needs_no_client_and_takes_none(capsys, sample, tmp_path):
    code, said = _run(capsys, "export", sample, "plan", "--out", tmp_path / "plan.pdf")
    assert (code, "--client" in said.err) == (1, True)
    code, said = _run(capsys, "export", sample, "wall-card", "--client", "C-01", "--out", tmp_path / "card.pdf")
    assert (code, "about no client" in said.err) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_incidents_of_a_period_are_exported_as_pdf_csv_and_de_identified(capsys, sample, tmp_path):
    words = ("export", sample, "incidents", "--since", "2020-01-01", "--until", "2027-01-01", "--json")
    code, said = _run(capsys, *words, "--out", tmp_path / "a.pdf")
    facts = json.loads(said.out)
    assert (code, facts["format"]) == (0, "pdf")
    assert facts["incidents"] > 0
    assert len(pypdf.PdfReader(tmp_path / "a.pdf").pages) > facts["incidents"]
    code, _ = _run(capsys, *words, "--format", "csv", "--out", tmp_path / "a.csv")
    table = (tmp_path / "a.csv").read_bytes()
    assert code == 0
    assert table.startswith(b"\xef\xbb\xbfnumber,client_code,kind,happened")
    for out in (tmp_path / "b.pdf", tmp_path / "b.txt"):
        code, said = _run(capsys, *words, "--format", "de-identified", "--out", out)
        assert code == 0
        assert "taken_out_in_doubt" in json.loads(said.out)
    assert "Incident 1" in (tmp_path / "b.txt").read_text("utf-8")
    assert not any(f"C-0{n}" in (tmp_path / "b.txt").read_text("utf-8") for n in range(1, 7))


def test_an_export_of_incidents_refuses_what_doesnt_belong_to_it(capsys, sample, tmp_path):
    out = ("--out", tmp_path / "x.pdf")
    for words in (
        ("incidents", "--format", "full"),
        ("incidents", "--qr"),
        ("incidents", "--since", "yesterday"),
        ("incidents", "--since", "2031-01-01"),
        ("plan", "--client", "C-01", "--format", "csv"),
        ("plan",),
    ):
        code, said = _run(capsys, "export", sample, *words, *out)
        assert code == 1, words
        assert said.err.strip().endswith(".")
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("words", "name", "fitting"),
    [
        (("incidents", "--format", "de-identified"), "x.csv", ".pdf or .txt"),
        (("incidents", "--format", "csv"), "x.pdf", ".csv"),
        (("incidents", "--format", "pdf"), "x.txt", ".pdf"),
        (("incidents",), "x", ".pdf"),
        (("plan", "--client", "C-01", "--format", "pocket-card"), "x.txt", ".pdf"),
        (("incident", "--client", "C-02"), "x.csv", ".pdf"),
        (("wall-card",), "x.png", ".pdf"),
        (("response", "--client", "C-02"), "x.pdf", ".json"),
    ],
)
def test_an_ending_that_says_something_else_is_refused_and_those_that_fit_are_named(
    capsys, sample, tmp_path, words, name, fitting
):
    code, said = _run(capsys, "export", sample, *words, "--out", tmp_path / name)
    assert code == 1
    assert f"is saved as {fitting}" in said.err
    assert not list(tmp_path.iterdir())


def test_an_incident_is_found_by_its_number_as_printed_and_by_the_last_part_of_it(capsys, sample, tmp_path):
    code, said = _run(
        capsys, "export", sample, "incident", "--client", "C-02", "--number", "777", "--out", tmp_path / "a.pdf"
    )
    assert code == 1
    printed = said.err.split("There are: ")[1].strip().rstrip(".")
    assert re.fullmatch(r"\d{4}-\d{3}", printed)
    for number in (printed, str(int(printed[5:])), printed[5:]):
        out = tmp_path / f"{number}.pdf"
        asked = ("export", sample, "incident", "--client", "C-02", "--number", number, "--out", out)
        assert _run(capsys, *asked)[0] == 0
        assert f"Incident report {printed}" in pypdf.PdfReader(out).pages[0].extract_text()


def test_the_answers_of_a_signed_screening_are_exported_as_a_response(capsys, sample, tmp_path):
    out = tmp_path / "answers.json"
    asked = ("export", sample, "response", "--client", "C-02", "--instrument", "phq-9", "--out", out)
    code, said = _run(capsys, *asked, "--json")
    assert code == 0, said.err
    assert json.loads(said.out)["instrument"] == "phq-9"
    plain = json.loads(out.read_text())
    assert (plain["resourceType"], plain["status"]) == ("QuestionnaireResponse", "completed")
    assert plain["contained"][0]["code"] == [{"system": "http://loinc.org", "code": "44249-1"}]
    code, said = _run(capsys, *asked, "--paper", "letter")
    assert code != 0
    assert "one form only" in said.err
    code, said = _run(capsys, "export", sample, "plan", "--client", "C-02", "--out", out, "--instrument", "phq-9")
    assert "only a response" in said.err


def test_another_practices_backup_takes_the_place_of_records_only_when_it_is_meant(capsys, sample, tmp_path):
    _, made = _run(capsys, "backup", sample, tmp_path, "--json")
    backup = json.loads(made.out)["path"]
    theirs = tmp_path / "theirs"
    other = create_vault(theirs, prepare_keys(PASSPHRASE, KdfParameters.FLOOR, START), HeldClock()).vault
    close_vault(other, HeldClock())
    before = {path.name: path.read_bytes() for path in theirs.iterdir()}
    code, said = _run(capsys, "restore", backup, theirs)
    assert code == 1
    ours = VaultFolder(sample).read_keys()
    for words in (ours.vault_id[-8:], ours.key_id, other.vault_id[-8:], "02 Mar 2026", "--replace-other-practice"):
        assert words in said.err
    assert "Maren" not in said.err
    assert {path.name: path.read_bytes() for path in theirs.iterdir()} == before
    code, said = _run(capsys, "restore", backup, theirs, "--replace-other-practice", "--json")
    assert code == 0
    assert VaultFolder(theirs).read_keys().vault_id == ours.vault_id
    assert VaultFolder(Path(json.loads(said.out)["replaced"])).read_keys().vault_id == other.vault_id


def test_a_key_file_that_is_damaged_never_stands_in_the_way_of_a_restore(capsys, sample, tmp_path):
    _, made = _run(capsys, "backup", sample, tmp_path, "--json")
    folder = Path(shutil.copytree(sample, tmp_path / "vault"))
    for path in folder.glob("keys.json*"):
        path.write_bytes(b"{}")
    assert _run(capsys, "restore", json.loads(made.out)["path"], folder)[0] == 0


def test_the_whole_record_leaves_out_what_is_not_named_and_says_so(capsys, sample, tmp_path):
    out = tmp_path / "record.pdf"
    code, said = _run(capsys, "export", sample, "record", "--client", "C-02", "--out", out, "--json")
    assert code == 0
    assert json.loads(said.out)["left_out"] == ["incidents", "consultations", "violence", "psychotherapy-notes"]
    words = (
        *(
            "export",
            sample,
            "record",
            "--client",
            "C-02",
            "--out",
            out,
            "--with",
            "incidents,violence",
            "--paper",
            "letter",
        ),
        *("--for", "Dr. Okafor", "--why", "Transfer"),
    )
    code, said = _run(capsys, *words)
    assert code == 0
    assert "Left out: consultations, psychotherapy-notes." in said.out
    reader = pypdf.PdfReader(out)
    assert round(float(reader.pages[0].mediabox.width)) == 612
    assert "Dr. Okafor" in reader.pages[0].extract_text()
    code, said = _run(capsys, "audit", sample, "--client", "C-02", "--disclosures")
    assert "full record, with incidents, with violence" in said.out
    assert "Dr. Okafor (Transfer)" in said.out


@pytest.mark.parametrize(
    "words", [("--with", "secrets"), ("--number", "2"), ("--format", "phone"), ("--since", "2026-01-01")]
)
def test_words_that_a_whole_record_does_not_know_are_refused(capsys, sample, tmp_path, words):
    code, said = _run(capsys, "export", sample, "record", "--client", "C-02", "--out", tmp_path / "r.pdf", *words)
    assert code == 1
    assert said.err.strip()
    assert not (tmp_path / "r.pdf").exists()


def test_only_a_record_says_what_is_in_it(capsys, sample, tmp_path):
    code, said = _run(
        capsys, "export", sample, "plan", "--client", "C-02", "--out", tmp_path / "p.pdf", "--with", "incidents"
    )
    assert code == 1
    assert "only a record" in said.err
