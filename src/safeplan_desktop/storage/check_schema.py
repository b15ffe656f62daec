"""Whether tables, indexes and guards are the ones that this program makes: a guard may be replaced by a harmless one."""

from __future__ import annotations

from functools import lru_cache

from safeplan_desktop.domain.backups import Check
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.migrate import migrate

_GOOD_GUARDS = "The guards of signed records are in place, word for word."
_GOOD_SCHEMA = "Tables and indexes are the ones that this program makes."

Part = tuple[str, str, str]


def _parts(database: Database) -> dict[Part, str | None]:
    rows = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    return {(kind, name, table): sql for kind, name, table, sql in rows}


@lru_cache(maxsize=8)
def _made_afresh(version: int) -> dict[Part, str | None]:
    with Database.in_memory() as database:
        migrate(database, up_to=version)
        return _parts(database)


def check_schema(database: Database) -> list[Check]:
    """Compares every trigger, table and index with a database that was just made."""
    found, wanted = _parts(database), _made_afresh(database.schema_version)
    guards = _difference(found, wanted, "trigger", guards=True)
    others = _difference(found, wanted, "trigger", guards=False)
    return [
        Check("guards", ok=guards is None, sentence=_GOOD_GUARDS if guards is None else _guard_words(*guards)),
        Check("schema", ok=others is None, sentence=_GOOD_SCHEMA if others is None else _schema_words(*others)),
    ]


def _difference(
    found: dict[Part, str | None], wanted: dict[Part, str | None], kind: str, *, guards: bool
) -> tuple[str, Part] | None:
    for part in sorted(found.keys() | wanted.keys()):
        if (part[0] == kind) is not guards:
            continue
        if part not in found:
            return "missing", part
        if part not in wanted:
            return "strange", part
        if found[part] != wanted[part]:
            return "changed", part
    return None


def _guard_words(what: str, part: Part) -> str:
    _, name, table = part
    if what == "missing":
        return f"A guard of signed records is missing: {name}, of the table {table}."
    if what == "strange":
        return f"There is a trigger that this program doesn't make: {name}, of the table {table}."
    return f"A guard of signed records was replaced by another: {name}, of the table {table}."


def _schema_words(what: str, part: Part) -> str:
    kind, name, _ = part
    if what == "missing":
        return f"The {kind} {name} is missing."
    if what == "strange":
        return f"There is a {kind} that this program doesn't make: {name}."
    return f"The {kind} {name} was made otherwise than this program makes it."
