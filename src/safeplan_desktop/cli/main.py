"""`safeplan-cli`: the same services as the window, without a screen.

Exit codes: 0 done, 1 an expected failure (one sentence on standard error), 2 wrong words on the command line.
A passphrase comes from the prompt or from a file descriptor, never from the command line itself.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence

from safeplan_desktop import __version__
from safeplan_desktop.cli import audits, due_export, handouts, questionnaires, records, scores, vaults
from safeplan_desktop.cli.answer import Answer, WrongUseError
from safeplan_desktop.clock import SystemClock
from safeplan_desktop.errors import SafePlanError

Verb = Callable[[argparse.Namespace], Answer]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="safeplan-cli",
        description="SafePlan's records from the command line. Nothing is ever sent anywhere.",
        epilog="A passphrase is asked for, or read from a file descriptor with --passphrase-fd N.",
    )
    parser.add_argument("--version", action="version", version=f"SafePlan Desktop {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print one JSON object")
    keyed = argparse.ArgumentParser(add_help=False, parents=[common])
    keyed.add_argument("--passphrase-fd", type=int, metavar="N", help="read the passphrase from file descriptor N")
    vaults.add_verbs(verbs, keyed)
    records.add_verbs(verbs, keyed)
    audits.add_verbs(verbs, keyed)
    handouts.add_verbs(verbs, keyed)
    due_export.add_verbs(verbs, keyed)
    scores.add_verbs(verbs, common)
    questionnaires.add_verbs(verbs, common)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb and gives the exit code."""
    os.umask(0o077)
    parser = _parser()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if "--json" in words:
        # Between answers of `score` the parser would take it for the end of them.
        words = [*(word for word in words if word != "--json"), "--json"]
    chosen = parser.parse_args(words)
    chosen.clock = SystemClock()
    run: Verb = chosen.run
    try:
        answer = run(chosen)
    except SafePlanError as error:
        if chosen.json:
            failed = {"ok": False, "error": error.what, "next_step": error.next_step}
            print(json.dumps(failed, ensure_ascii=False, indent=2))
        print(error.sentences, file=sys.stderr)
        return 2 if isinstance(error, WrongUseError) else 1
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed after that.", file=sys.stderr)
        return 1
    said = [json.dumps(answer.facts, ensure_ascii=False, indent=2)] if chosen.json else answer.lines
    try:
        for line in said:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read along, such as `head`, has enough; the rest must not be written at the very end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0 if answer.ok else 1


if __name__ == "__main__":
    sys.exit(main())
