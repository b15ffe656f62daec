"""The whole main job, through the real window: the program's own tour, and what it leaves."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdf
import pytest


@pytest.fixture(scope="module")
def tour(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tour") / "out"
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(
        [sys.executable, "-m", "safeplan_desktop", "--tour", str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def _text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_every_step_came_out_right_and_no_wait_was_long(tour):
    report = json.loads((tour / "tour.json").read_text())
    assert report["ok"]
    assert report["bugs"] == []
    assert len(report["steps"]) == 20
    assert all(step["ok"] for step in report["steps"])
    # 50 ms is the promise on a quiet machine; a busy test machine gets some room. What others do meanwhile makes a gap
    # longer, but not the work of the window's own thread.
    assert report["worst_busy_ms"] < 200, report
    assert report["worst_gap_ms"] < 1500, report


def test_every_screen_was_pictured(tour):
    pictures = sorted(tour.glob("*.png"))
    assert len(pictures) >= 60
    assert all(path.stat().st_size > 5_000 for path in pictures)


def test_the_plan_says_what_the_client_said_and_nothing_clinical(tour):
    said = _text(tour / "safety-plan.pdf")
    for words in ("Maren Holt", "I stop answering messages", "Walk to the river", "+1 303-555-0151", "988", "911"):
        assert words in said
    for words in ("PHQ", "Moderate", "moderate", "M-07", "Version"):
        assert words not in said


def test_the_reports_carry_the_facts_and_the_fingerprint(tour):
    screening, incident = _text(tour / "screening-report.pdf"), _text(tour / "incident-report.pdf")
    assert "11 of 27" in screening
    assert "Moderate" in screening
    assert "Late entry" in incident
    assert "The sister stayed overnight." in incident
    assert "Fingerprint" in incident


def test_what_was_set_up_stands_on_the_wall_card_and_in_the_policy(tour):
    card, policy = _text(tour / "wall-card.pdf"), _text(tour / "safety-policy.pdf")
    assert "12 Juniper Street" in card
    assert "Back door" in card
    for words in ("Version 2", "12 Juniper Street", "Not practised here", "741741", "Self-care"):
        assert words in policy


def test_the_record_holds_what_was_written_in_each_room(tour):
    record = _text(tour / "full-record.pdf")
    for words in ("Session note 1", "Consent 1", "Working agreement 1", "Handout given", "Tired, but slept twice"):
        assert words in record
    assert "landlord" not in record  # incidents are left out unless they are ticked
    assert "Maren" not in _text(tour / "handout.pdf")
    assert "video or phone" in _text(tour / "consent.pdf")


def test_no_document_names_a_client_in_its_metadata(tour):
    for path in tour.glob("*.pdf"):
        metadata = str(pypdf.PdfReader(path).metadata or {})
        assert "Maren" not in metadata
        assert "Holt" not in metadata


def test_only_exports_hold_client_text_in_the_clear(tour):
    words = (b"Maren", b"daughter's laugh", b"landlord", "Maren".encode("utf-16-le"))
    for path in [*(tour / "vault").rglob("*"), *(tour / "restored").rglob("*"), *(tour / "backup").rglob("*")]:
        if path.is_file():
            data = path.read_bytes()
            assert not [word for word in words if word in data], path.name


def test_the_backup_is_a_plain_zip_of_four_files(tour):
    (backup,) = (tour / "backup").glob("*.safeplan-backup")
    assert len(zipfile.ZipFile(backup).namelist()) == 4
