"""The wheel holds every file of `src` and `resources` that git knows, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> set[str]:
    """The names in a wheel that was built just now, without its metadata."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def _known_to_git() -> set[str]:
    """Files that are committed, or would be by `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "src", "resources"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}


def _place_in_the_wheel(name: str) -> str:
    if name.startswith("src/"):
        return name.removeprefix("src/")
    return "safeplan_desktop/" + name


def test_the_wheel_holds_what_git_knows_and_nothing_else(packed):
    expected = {_place_in_the_wheel(name) for name in _known_to_git()}

    assert sorted(packed - expected) == []
    assert sorted(expected - packed) == []


@pytest.mark.parametrize(
    "name",
    [
        "safeplan_desktop/__main__.py",
        "safeplan_desktop/storage/migrations/0001_first.sql",
        "safeplan_desktop/resources/instruments/phq-9.toml",
        "safeplan_desktop/resources/style/app.qss",
    ],
)
def test_the_wheel_can_start_alone(packed, name):
    assert name in packed
