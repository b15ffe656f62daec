"""The bytes of a FHIR file as plain data, or a sentence why they aren't taken.

Python's reader takes what JSON doesn't know (NaN, a key twice) and falls over deep nesting: both are refused here.
"""

from __future__ import annotations

import json
import re
from typing import Any

from safeplan_desktop.errors import SafePlanError

MOST_BYTES = 2 * 1024 * 1024
"""The largest file that is read; the largest published questionnaire that was seen has 0.3 MiB."""

DEEPEST = 60
"""The deepest nesting of brackets; questions stand at most 12 deep, and each level takes some brackets."""

_LONGEST_NUMBER = 40
_INSIDE_WORDS = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)

Plain = dict[str, Any]
"""A JSON object."""


class RefusedFileError(SafePlanError):
    """A file of another program that can't be read; nothing of it was taken."""

    def __init__(self, what: str, *, next_step: str = "") -> None:
        super().__init__(what, safe="Nothing was taken from it.", next_step=next_step)


def read_json(data: bytes) -> Plain:
    """The JSON object in these bytes.

    Raises:
        RefusedFileError: when the file is empty, too large, in another encoding or format, broken (with line and
            column), nested too deeply, or holds what JSON doesn't allow.
    """
    if len(data) > MOST_BYTES:
        raise RefusedFileError(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MiB, which no questionnaire needs."
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        raise RefusedFileError("The file is written in UTF-16; FHIR files are UTF-8.", next_step=_SAVE_AGAIN)
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise RefusedFileError("The file is empty.")
    if start.startswith(b"<"):
        raise RefusedFileError(
            "The file is XML or a web page; this program reads questionnaires as JSON.",
            next_step="Save the questionnaire as FHIR JSON, and choose that file.",
        )
    if _nesting(start) > DEEPEST:
        raise RefusedFileError(f"The file is nested more than {DEEPEST} levels deep, which no questionnaire needs.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedFileError(
            f"Byte {error.start + 1} of the file isn't UTF-8 text.", next_step=_SAVE_AGAIN
        ) from error
    try:
        found = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_int=_whole,
            parse_float=_fraction,
        )
    except json.JSONDecodeError as error:
        raise RefusedFileError(
            f"The file is broken at line {error.lineno}, column {error.colno}: it isn't valid JSON there.",
            next_step="Get the file again from where it came from.",
        ) from error
    except RecursionError as error:
        raise RefusedFileError("The file is nested too deeply.") from error
    _refuse_half_signs(text, found)
    if not isinstance(found, dict):
        raise RefusedFileError("The file is JSON, but no FHIR resource: it doesn't begin with one object.")
    return found


def changes_meaning(plain: Plain) -> bool:
    """Whether rules or an extension that change a meaning stand anywhere in a resource."""
    waiting: list[object] = [plain]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if "modifierExtension" in one:
                return True
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return "implicitRules" in plain


_HALF_A_SIGN = re.compile(r"\\u[dD][89a-fA-F]")
_SAVE_AGAIN = "Save it as UTF-8, and choose it again."


def _refuse_half_signs(text: str, found: object) -> None:
    if not _HALF_A_SIGN.search(text):
        return
    # Escapes may come in pairs, which are whole signs; only a lone half can't be written down again.
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise RefusedFileError(
            "The file holds half a character (a lone surrogate), so its words can't be trusted.",
            next_step="Get the file again from where it came from.",
        ) from error


def _nesting(data: bytes) -> int:
    depth = deepest = 0
    for byte in _INSIDE_WORDS.sub(b"", data):
        if byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> Plain:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RefusedFileError(f"The file says “{twice[:40]}” twice in one place, so it can't be told which one holds.")
    return found


def _no_number(name: str) -> float:
    raise RefusedFileError(f"The file holds {name}, which is no number.")


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise RefusedFileError("The file holds a number of more than 40 digits.")
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits) if len(digits) <= _LONGEST_NUMBER else float("inf")
    if number in (float("inf"), float("-inf")):
        raise RefusedFileError("The file holds a number that is too large or too long.")
    return number
