"""Verbs about the vault as a whole: create, recovery-words, sample, verify, backup, restore."""

from __future__ import annotations

import argparse
import time
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

from safeplan_desktop.cli.answer import Answer
from safeplan_desktop.cli.passphrases import read_passphrase
from safeplan_desktop.domain.backups import Verification
from safeplan_desktop.domain.chain_heads import FINGERPRINT
from safeplan_desktop.errors import OtherPracticeError, SafePlanError, VaultMissingError
from safeplan_desktop.security.kdf import calibrate
from safeplan_desktop.security.recovery_words import words_of
from safeplan_desktop.services import backups
from safeplan_desktop.services.sample import fill_with_sample, refuse_real_records
from safeplan_desktop.services.session import Session, open_session
from safeplan_desktop.services.vault import (
    close_vault,
    create_vault,
    derive_data_key,
    open_vault,
    prepare_keys,
    vault_is_there,
)
from safeplan_desktop.storage.vault_folder import VaultFolder


def path_of(text: str) -> Path:
    """A path from the command line, with `~` expanded; `.` and `..` get the names that they stand for."""
    if not text.strip():
        raise argparse.ArgumentTypeError("is empty")
    path = Path(text).expanduser()
    return path if path.name not in ("", "..") else path.resolve()


_MOST_CLIENTS = 5000


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _MOST_CLIENTS:
        raise argparse.ArgumentTypeError(f"choose between 0 and {_MOST_CLIENTS}")
    return number


class OpenSession:
    """Opens the vault that a verb names, and closes it again whatever happens."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments
        self._session: Session | None = None

    def __enter__(self) -> Session:
        folder = VaultFolder(self._arguments.vault)
        if not vault_is_there(folder.path):
            raise VaultMissingError(
                "There are no records in this folder.", next_step="The verb create makes a new one."
            )
        passphrase = read_passphrase(self._arguments.passphrase_fd)
        data_key = derive_data_key(folder, passphrase)
        clock = self._arguments.clock
        vault = open_vault(folder.path, data_key, clock, before_migration=backups.snapshot_before_migration)
        self._session = open_session(vault, clock, lambda _change: None)
        return self._session

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._session is None:
            return
        # A verb that failed says why; that closing failed after it for the same reason mustn't hide that sentence.
        with suppress(SafePlanError) if kind is not None else nullcontext():
            close_vault(self._session.vault, self._arguments.clock)


def add_verbs(verbs: Any, keyed: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse keeps this type private
    """Adds this module's verbs."""
    create = verbs.add_parser("create", parents=[keyed], help="make new, empty records")
    create.add_argument("vault", type=path_of, metavar="VAULT", help="a folder that is empty or not there yet")
    create.set_defaults(run=_create)

    words = verbs.add_parser("recovery-words", parents=[keyed], help="show the 24 recovery words")
    words.add_argument("vault", type=path_of, metavar="VAULT")
    words.set_defaults(run=_recovery_words)

    sample = verbs.add_parser(
        "sample", parents=[keyed], help="fill records that have no client yet with an invented practice"
    )
    sample.add_argument("vault", type=path_of, metavar="VAULT", help="is made when it isn't there or is empty")
    sample.add_argument("--clients", type=_count, default=12, metavar="N", help=f"0 to {_MOST_CLIENTS}")
    sample.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same practice")
    sample.set_defaults(run=_sample)

    verify = verbs.add_parser("verify", parents=[keyed], help="check records or a backup")
    verify.add_argument("path", type=path_of, metavar="PATH", help="a folder with records, or a backup file")
    verify.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="BACKUP_OR_FINGERPRINT",
        help="compare the history with an earlier backup, or with a fingerprint from paper; may be given several times",
    )
    verify.set_defaults(run=_verify)

    backup = verbs.add_parser("backup", parents=[keyed], help="make an encrypted backup")
    backup.add_argument("vault", type=path_of, metavar="VAULT")
    backup.add_argument(
        "folder", type=path_of, metavar="FOLDER", help="where the backup goes; it has to be there already"
    )
    backup.set_defaults(run=_backup)

    restore = verbs.add_parser("restore", parents=[keyed], help="restore a backup")
    restore.add_argument("backup", type=path_of, metavar="BACKUP")
    restore.add_argument("vault", type=path_of, metavar="VAULT", help="records that are there already are kept, dated")
    restore.add_argument(
        "--replace-other-practice",
        action="store_true",
        help="also where the records in VAULT aren't those that were backed up; they are kept, dated",
    )
    restore.set_defaults(run=_restore)


def _create(arguments: argparse.Namespace) -> Answer:
    folder = VaultFolder(arguments.vault)
    folder.check_new()
    passphrase = read_passphrase(arguments.passphrase_fd, twice=True)
    keys = prepare_keys(passphrase, calibrate(time.perf_counter), arguments.clock.now())
    new = create_vault(arguments.vault, keys, arguments.clock)
    close_vault(new.vault, arguments.clock)
    numbered = [f"{number:2d}. {word}" for number, word in enumerate(new.words, start=1)]
    return Answer(
        (
            "New records were made. Write these 24 words down; they open the records if the passphrase is lost.",
            *numbered,
        ),
        {"vault": str(arguments.vault), "vault_id": new.vault.vault_id, "recovery_words": list(new.words)},
    )


def _recovery_words(arguments: argparse.Namespace) -> Answer:
    with OpenSession(arguments) as session:
        words = words_of(session.vault.data_key.key)
    numbered = [f"{number:2d}. {word}" for number, word in enumerate(words, start=1)]
    return Answer(tuple(numbered), {"recovery_words": list(words)})


def _sample(arguments: argparse.Namespace) -> Answer:
    folder = VaultFolder(arguments.vault)
    clock = arguments.clock
    facts: dict[str, Any] = {"vault": str(arguments.vault)}
    there = vault_is_there(folder.path)
    if not there:
        folder.check_new()
    passphrase = read_passphrase(arguments.passphrase_fd, twice=not there)
    if there:
        vault = open_vault(
            folder.path,
            derive_data_key(folder, passphrase),
            clock,
            before_migration=backups.snapshot_before_migration,
        )
    else:
        new = create_vault(folder.path, prepare_keys(passphrase, calibrate(time.perf_counter), clock.now()), clock)
        vault = new.vault
        facts["recovery_words"] = list(new.words)
    try:
        refuse_real_records(vault)
        totals = fill_with_sample(vault, clock, clients=arguments.clients, seed=arguments.seed)
    finally:
        close_vault(vault, clock)
    facts["totals"] = totals
    words = ", ".join(f"{count} {noun if count != 1 else noun[:-1]}" for noun, count in totals.items())
    return Answer((f"An invented practice was written: {words}.",), facts)


def _verification(verification: Verification) -> Answer:
    lines = [f"{'good' if check.ok else 'PROBLEM'}: {check.sentence}" for check in verification.checks]
    lines += [f"  compared: {one.sentence}" for one in verification.heads]
    failed = verification.first_failed
    facts = {
        "ok": verification.ok,
        "checks": [{"id": check.id, "ok": check.ok, "sentence": check.sentence} for check in verification.checks],
        "first_problem": None
        if failed is None
        else {
            "check": failed.id,
            "noun": failed.noun,
            "record_id": failed.record_id,
            "seq": failed.seq,
            "sentence": failed.sentence,
        },
        "compared_with_earlier": bool(verification.compared),
        "heads": [
            {
                "source": one.head.source.value,
                "name": one.head.name,
                "entry": one.head.seq,
                "fingerprint": one.head.hash[:FINGERPRINT],
                "made_at": one.head.made_at.isoformat() if one.head.made_at else None,
                "verdict": one.verdict.value,
                "sentence": one.sentence,
            }
            for one in verification.heads
        ],
    }
    return Answer(tuple(lines), facts, ok=verification.ok)


def _verify(arguments: argparse.Namespace) -> Answer:
    if not arguments.path.exists():
        raise VaultMissingError("There is nothing at this path.")
    passphrase = read_passphrase(arguments.passphrase_fd)
    return _verification(backups.verify_path(arguments.path, passphrase, arguments.clock, arguments.against))


def _backup(arguments: argparse.Namespace) -> Answer:
    with OpenSession(arguments) as session:
        report = session.backups.back_up(arguments.folder, backups.no_report, backups.never_cancelled)
    return Answer(
        (f"Backed up and verified: {report.path}",),
        {"path": str(report.path), "seconds": round(report.seconds, 3), "totals": report.manifest.totals},
    )


def _restore(arguments: argparse.Namespace) -> Answer:
    data_key = backups.unlock_backup(arguments.backup, read_passphrase(arguments.passphrase_fd))
    try:
        report = backups.restore(
            arguments.backup,
            data_key,
            arguments.vault,
            arguments.clock,
            backups.no_report,
            backups.never_cancelled,
            replace_other=arguments.replace_other_practice,
        )
    except OtherPracticeError as problem:
        raise OtherPracticeError(
            problem.what,
            safe=problem.safe,
            next_step=f"{problem.next_step} If you mean it, add --replace-other-practice: the records that are there are kept,"
            " dated.",
        ) from None
    lines = [f"Verified and restored into {arguments.vault}.", report.history_words]
    if report.replaced is not None:
        lines.append(f"The records that were there are kept in {report.replaced}.")
    facts = {
        "vault": str(arguments.vault),
        "replaced": None if report.replaced is None else str(report.replaced),
        "totals": report.totals,
        "entry": report.entry,
        "replaced_entry": None if report.replaced_end is None else report.replaced_end.seq,
        "history": report.history_words,
    }
    if report.verification.first_problem:
        lines.append(f"PROBLEM: {report.verification.first_problem}")
    return Answer(tuple(lines), facts, ok=report.verification.ok)
