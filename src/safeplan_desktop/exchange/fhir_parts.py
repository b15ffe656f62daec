"""Reading small parts of FHIR: extensions, codings, typed values, and what was found on the way.

Published files bend nearly every rule, so a part that isn't of the expected form is noted and left out, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from safeplan_desktop.domain.questionnaires import AnswerValue, Code, Kept
from safeplan_desktop.exchange.fhir_json import Plain

CORE = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
LOINC = "http://loinc.org"

# LOINC under its object identifier and with slips of the pen: https://hl7.org/fhir/R4/terminologies-systems.html
_SAME_SYSTEM = dict.fromkeys(
    ("urn:oid:2.16.840.1.113883.6.1", "http://loinc.org/", "https://loinc.org", "https://loinc.org/"), LOINC
)

_MOST_NOTES = 300
_UNSEEN = {"script", "style"}
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&apos;": "'", "&amp;": "&"}


@dataclass(slots=True)
class Notes:
    """What was noticed while a file was read."""

    warnings: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    _seen: set[Kept] = field(default_factory=set)

    def warn(self, sentence: str) -> None:
        """Adds a sentence, once. After very many, one says that there is more."""
        if sentence not in self.warnings and len(self.warnings) <= _MOST_NOTES:
            full = len(self.warnings) == _MOST_NOTES
            self.warnings.append("There is more to say of this file than fits here." if full else sentence)

    def insist(self, sentence: str) -> None:
        """Adds a sentence on the score, however many there are."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def keep(self, where: str, name: str) -> None:
        """Notes a part that isn't used."""
        part = Kept(where, name)
        if part not in self._seen:
            self._seen.add(part)
            self.kept.append(part)


def words(plain: Plain, name: str, notes: Notes, where: str = "") -> str:
    """The text of that name; empty where there is none."""
    value = plain.get(name)
    if isinstance(value, str):
        return value.strip()
    if value is not None:
        notes.warn(f"“{name}”{of(where)} isn't text and is left out.")
    return ""


def flag(plain: Plain, name: str, notes: Notes, where: str = "") -> bool:
    """The yes or no of that name; no where there is none."""
    value = plain.get(name)
    if isinstance(value, bool):
        return value
    if value is not None:
        notes.warn(f"“{name}”{of(where)} is neither true nor false and is left out.")
    return False


def parts(plain: Plain, name: str, notes: Notes, where: str = "") -> list[Plain]:
    """The objects of that name; what isn't an object is noted and left out."""
    value = plain.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        notes.warn(f"“{name}”{of(where)} isn't a list and is left out.")
        return []
    found = [one for one in value if isinstance(one, dict)]
    if len(found) != len(value):
        notes.warn(f"“{name}”{of(where)} holds something that isn't of its form; that is left out.")
    return found


def of(where: str) -> str:
    """Names the place that something belongs to; nothing for the file itself."""
    return f" of {where}" if where else ""


def number(value: object) -> float | None:
    """A finite number as such; None for everything else, also for a yes or no."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def plain_words(text: str) -> str:
    """Text without any markup; scripts and styles go with their content."""
    begun, *pieces = text.split("<")
    kept, unseen = [begun], ""
    for piece in pieces:
        tag, closed, after = piece.partition(">")
        name = (tag.split() or [""])[0].lower()
        if unseen:
            unseen = "" if name == f"/{unseen}" else unseen
            kept.append("" if unseen else after)
        elif name in _UNSEEN:
            unseen = name
        else:
            kept.append(f" {after}" if closed else f"<{piece}")
    text = "".join(kept)
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return " ".join(text.split())


def extensions(plain: Plain, *urls: str) -> Iterator[Plain]:
    """The extensions of one of these addresses."""
    found = plain.get("extension")
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, dict) and one.get("url") in urls)


def translation(beside: object, language: str) -> str:
    """The words that stand beside a text in this language, else in another one; empty where there are none."""
    found: dict[str, str] = {}
    for one in extensions(beside, CORE + "translation") if isinstance(beside, dict) else ():
        said = {name: extension_value(one, name) for name in ("lang", "content")}
        if isinstance(said["content"], str) and said["content"].strip():
            found[str(said["lang"]).partition("-")[0]] = said["content"].strip()
    return found.get(language.partition("-")[0]) or next(iter(found.values()), "")


def label_of_coding(coding: Plain, language: str) -> str:
    """How an answer is called: as it stands there, else as it is translated; empty where it has a code alone."""
    display = coding.get("display")
    if isinstance(display, str) and display.strip():
        return display.strip()
    translated = translation(coding.get("_display"), language)
    if translated:
        return translated
    written = coding.get("designation")
    designations = [one for one in written if isinstance(one, dict)] if isinstance(written, list) else []
    named = [(str(one.get("language", "")), one.get("value")) for one in designations]
    worded = [(told, value.strip()) for told, value in named if isinstance(value, str) and value.strip()]
    same = [value for told, value in worded if told.partition("-")[0] == language.partition("-")[0]]
    return (same or [value for _, value in worded] or [""])[0]


def url_of(extension: Plain) -> str:
    """The address of an extension; empty for one without."""
    url = extension.get("url")
    return url if isinstance(url, str) else ""


def short_name(extension: Plain) -> str:
    """The last part of an extension's address, as people call it."""
    return url_of(extension).rstrip("/").rpartition("/")[2] or "extension"


def extension_value(plain: Plain, url: str) -> Any:  # noqa: ANN401 - whatever the file says
    """The value of the first extension of this address; None where there is none."""
    for found in extensions(plain, url):
        return value_of(found)
    return None


def value_of(plain: Plain, name: str = "value") -> Any:  # noqa: ANN401 - whatever the file says
    """The one `value[x]` of an element; None where there is none, or more than one."""
    found = [key for key in plain if key.startswith(name) and key[len(name) : len(name) + 1].isupper()]
    return plain[found[0]] if len(found) == 1 else None


def answer_in(plain: Plain, name: str = "value") -> AnswerValue | None:
    """The one typed answer of an element, as questions take it; None where there is none that is understood."""
    found = value_of(plain, name)
    if isinstance(found, bool):
        return found
    if isinstance(found, dict):
        amount = number(found.get("value"))
        if amount is not None:
            return amount
        code = code_of(found)
        if code is not None:
            return code
        label = found.get("display") or found.get("reference")
        return label if isinstance(label, str) and label else None
    if isinstance(found, str):
        return found or None
    return number(found)


def code_of(coding: Plain) -> Code | None:
    """The code of a coding; None where it has none, which happens in published files."""
    code, system = coding.get("code"), coding.get("system")
    if not isinstance(code, str) or not code.strip():
        return None
    return Code(code.strip(), system_named(system))


def system_named(system: object) -> str:
    """The one name of a code system that has several; empty for none."""
    named = system.strip() if isinstance(system, str) else ""
    return _SAME_SYSTEM.get(named, named)


def codes_of(plain: Plain, notes: Notes, where: str = "") -> tuple[Code, ...]:
    """The codes of an item or a questionnaire."""
    found = (code_of(coding) for coding in parts(plain, "code", notes, where))
    return tuple(code for code in found if code is not None)


def concept_codes(value: object) -> set[str]:
    """The codes inside a CodeableConcept."""
    if not isinstance(value, dict) or not isinstance(value.get("coding"), list):
        return set()
    codes = (code_of(coding) for coding in value["coding"] if isinstance(coding, dict))
    return {code.code for code in codes if code is not None}
