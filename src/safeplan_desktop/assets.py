"""Packaged files: instruments, wording, styles, icons; from the wheel, else from the checkout's `resources/`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def _root() -> Traversable:
    packaged = resources.files("safeplan_desktop").joinpath("resources")
    if packaged.is_dir():
        return packaged
    return Path(__file__).resolve().parents[2] / "resources"


def read_bytes(name: str) -> bytes:
    """The content of one file, such as "icons/safeplan.svg".

    Raises:
        FileNotFoundError: when it isn't packaged, which is a bug.
    """
    return _root().joinpath(*name.split("/")).read_bytes()


def read_text(name: str) -> str:
    """The content of one UTF-8 file.

    Raises:
        FileNotFoundError: when it isn't packaged, which is a bug.
    """
    return read_bytes(name).decode()


def iter_names(folder: str) -> tuple[str, ...]:
    """The files of one folder, by name, such as ("gad-7.toml", "phq-9.toml")."""
    return tuple(sorted(entry.name for entry in _root().joinpath(*folder.split("/")).iterdir() if entry.is_file()))
