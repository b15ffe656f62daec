"""A migration that was released never changes: somebody's records were already brought to it."""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "src" / "safeplan_desktop" / "storage" / "migrations"

# File name and the SHA-256 of its content. Before the first release a line may change with its file; after it, only
# new lines are added.
RELEASED = {
    "0001_first.sql": "35cbc10667a099b4cbfd47e05774980cba183b5f993523ae655fb97bcd10b866",
    "0002_plan_copies.sql": "56127ceb67e9b471124e29ae6372654a493ad0b008d5c49324e3383e8bb754bc",
    "0003_questionnaires.sql": "518308ae304a541cede98ae7ee441133875f5061a03e167f8abb2ffbc91fe29b",
    "0004_incident_log.sql": "85b7dfa2f95754c5e480f58c64ce2b3b10c91aa7f6f24d05ce759e1567bcfe12",
    "0005_practice.sql": "a72d55f8b2c83a14d87477ca90e261f2c4d335aa0b444dec2a51b9e4620ff2bb",
}


def _content(file: Path) -> bytes:
    """As git stores it: a checkout on Windows may have other line ends."""
    return file.read_bytes().replace(b"\r\n", b"\n")


def test_every_migration_is_what_was_released():
    digests = {file.name: hashlib.sha256(_content(file)).hexdigest() for file in sorted(FOLDER.glob("*.sql"))}
    wrong = [f'    "{name}": "{digest}",' for name, digest in digests.items() if RELEASED.get(name) != digest]

    assert not wrong, (
        "These migrations aren't what the table says. If a file is new (or none was released yet), put these lines into "
        "RELEASED; if a released one changed, take the change back and write a new file:\n" + "\n".join(wrong)
    )
    assert not RELEASED.keys() - digests.keys(), "a released migration is gone; records of that version need it"


def test_migrations_are_numbered_without_a_gap():
    numbers = [int(file.name[:4]) for file in sorted(FOLDER.glob("*.sql"))]

    assert numbers == list(range(1, len(numbers) + 1))
