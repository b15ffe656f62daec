"""Brings a database to this program's schema: one SQL file is one version is one transaction."""

from __future__ import annotations

from importlib import resources

from safeplan_desktop.errors import DamagedVaultError, NewerSchemaError
from safeplan_desktop.storage.connection import Database


def _scripts() -> dict[int, str]:
    folder = resources.files("safeplan_desktop.storage.migrations")
    return {
        int(entry.name[:4]): entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".sql")
    }


def newest_schema() -> int:
    """The schema version that this program writes."""
    return max(_scripts())


def refuse_newer(version: int) -> None:
    """Refuses a schema from the future.

    Raises:
        NewerSchemaError: when `version` is above this program's.
    """
    if version > newest_schema():
        raise NewerSchemaError(
            "These records were written by a newer version of SafePlan.",
            safe="Nothing was changed.",
            next_step="Install the newer version, then open them again.",
        )


def needs_migration(database: Database) -> bool:
    """Whether the database is older than this program.

    Raises:
        NewerSchemaError: when it is newer.
    """
    version = database.schema_version
    refuse_newer(version)
    return version < newest_schema()


def migrate(database: Database, *, up_to: int | None = None) -> tuple[int, ...]:
    """Runs the missing scripts in order, each in its own transaction; the versions that were run.

    With `up_to` it stops at that version, to see what a database of an earlier program looks like.

    Foreign keys can't be switched inside a transaction, so they are off around each and checked before its commit.

    Raises:
        NewerSchemaError: when the database is newer.
        DamagedVaultError: when a script leaves a reference that leads nowhere; that script is rolled back.
    """
    refuse_newer(database.schema_version)
    done: list[int] = []
    for version, script in sorted(_scripts().items()):
        if version <= database.schema_version or (up_to is not None and version > up_to):
            continue
        database.execute("PRAGMA foreign_keys = OFF")
        try:
            with database.transaction():
                database.run_script(script)
                if database.execute("PRAGMA foreign_key_check"):
                    raise DamagedVaultError(
                        "The records can't be brought to this version: a reference leads nowhere.",
                        safe="Nothing was changed.",
                        next_step="Restore the newest backup into an empty folder and compare.",
                    )
                database.execute(f"PRAGMA user_version = {int(version)}")
        finally:
            database.execute("PRAGMA foreign_keys = ON")
        done.append(version)
    return tuple(done)
