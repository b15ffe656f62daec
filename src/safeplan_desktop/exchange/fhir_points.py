"""What an answer counts: the extensions and code-system properties that say it."""

from __future__ import annotations

from safeplan_desktop.exchange.fhir_json import Plain
from safeplan_desktop.exchange.fhir_parts import CORE, Notes, extensions, number, parts, url_of, value_of

ORDINAL = CORE + "ordinalValue"
WEIGHT = CORE + "itemWeight"
POINTS = (
    ORDINAL,
    WEIGHT,
    CORE + "questionnaire-ordinalValue",
    CORE + "codesystem-ordinalValue",
    CORE + "valueset-ordinalValue",
)
MOST_POINTS = 1e6
_PROPERTIES = {"itemWeight", "ordinalValue"}


def points_in(label: str, where: str, notes: Notes, *places: Plain) -> tuple[float | None, str]:
    """What the extensions in these places say, and which said it; None where they say nothing that can be used."""
    found = []
    for place in places:
        for one in extensions(place, *POINTS):
            points = _usable(value_of(one))
            if points is None:
                notes.warn(
                    f"The points of “{label[:60]}” in question {where} aren't a usable number; it counts nothing known."
                )
                return None, ""
            found.append((points, url_of(one).rpartition("/")[2]))
    if len({points for points, _ in found}) > 1:
        notes.warn(f"“{label[:60]}” in question {where} has two different points in the file; it counts nothing known.")
        return None, ""
    return found[0] if found else (None, "")


def points_of_property(concept: Plain, system: Plain, notes: Notes) -> float | None:
    """What the properties of a code say; None where they say nothing. Other numbers among them are named as not used."""
    declared = {one.get("code"): one.get("uri") for one in parts(system, "property", notes)}
    for one in parts(concept, "property", notes):
        code, value = one.get("code"), _usable(value_of(one))
        uri = declared.get(code)
        names = {code, uri.rpartition("#")[2].rpartition("/")[2] if isinstance(uri, str) else code}
        if names & _PROPERTIES and value is not None:
            return value
        if value is not None or names & _PROPERTIES:
            notes.keep("", f"property {str(code)[:40]} of the code list")
    return None


def _usable(value: object) -> float | None:
    found = number(value)
    return found if found is not None and abs(found) <= MOST_POINTS else None
