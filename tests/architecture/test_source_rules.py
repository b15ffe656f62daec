"""Rules of the house that neither Ruff nor import-linter can hold: read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "safeplan_desktop"
Rule = Callable[[str, ast.Module, str], Iterator[str]]

_NAMES_FOR_ANYTHING = {"utils", "helpers", "common", "misc", "manager"}
_MAY_ASK_THE_TIME = {"main.py", "cli/main.py", "logs.py", "clock.py"}
# "Saved 14:03" beside a form: shown and forgotten, never stored.
_MAY_SHOW_THE_TIME = {("ui/drafting.py", "QTime.currentTime")}
_NETWORK = {
    *("socket", "ssl", "http", "asyncio", "requests", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib"),
    *("urllib.request", "urllib3", "httpx", "aiohttp", "xmlrpc", "socketserver", "webbrowser"),
    *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore"),
}
_TOUCHES_A_FILE = {
    *("open", "read_bytes", "read_text", "write_bytes", "write_text", "touch", "copy", "copy2", "copyfile", "move"),
    *("is_zipfile", "ZipFile"),
}
# Where a file that is called like the live one is opened, and why it isn't the live one, or not live.
_MAY_OPEN_RECORDS = {
    ("services/vault.py", "_known_salt"),  # before the database is opened, so that no lock can be released by it
    ("storage/backup_container.py", "_pack"),  # the snapshot in its staging folder
    ("storage/connection.py", "create"),  # makes the empty file with its owner's rights only
}
_MARKS = ("TODO", "FIXME", "XXX", "NotImplementedError")


def name_of(node: ast.AST) -> str:
    """`a.b.c` for what is written as `a.b.c`, else the last part of it, else nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = name_of(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every module that is imported, and every `module.name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def module_named_for_anything(path: str, tree: ast.Module, text: str) -> Iterator[str]:
    parts = set(Path(path).with_suffix("").parts)
    if parts & _NAMES_FOR_ANYTHING:
        yield "a module is named after what is in it, not after that it is handy"


def package_without_a_word(path: str, tree: ast.Module, text: str) -> Iterator[str]:
    if path.endswith("__init__.py") and not ast.get_docstring(tree):
        yield "an __init__.py says what lives here and what it may import"


def asks_for_the_time(path: str, tree: ast.Module, text: str) -> Iterator[str]:
    if path in _MAY_ASK_THE_TIME:
        return
    for call in calls(tree):
        owner, _, method = name_of(call.func).rpartition(".")
        asks = method in {"now", "utcnow", "today", "fromtimestamp"} and owner.split(".")[-1] in {"datetime", "date"}
        local = method in {"localtime", "gmtime", "time", "time_ns"} and owner == "time"
        qt = method.startswith("current") and owner in {"QDateTime", "QDate", "QTime"}
        if (path, name_of(call.func)) in _MAY_SHOW_THE_TIME:
            continue
        if asks and method == "fromtimestamp" and len(call.args) > 1:
            continue  # turns a given instant into a zone that is given, too
        if asks or local or qt:
            yield f"{call.lineno}: the time is passed in; nothing below main asks for it ({owner}.{method})"
    for line, name in imported(tree):
        if name in {"time.time", "time.time_ns", "time.localtime"}:
            yield f"{line}: the time is passed in; nothing below main asks for it ({name})"


def opens_the_live_records(path: str, tree: ast.Module, text: str) -> Iterator[str]:
    def about_records(node: ast.AST) -> bool:
        return any(
            (isinstance(part, ast.Attribute) and part.attr == "records")
            or (isinstance(part, ast.Constant) and part.value == "records.db")
            for part in ast.walk(node)
        )

    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            owner, _, method = name_of(call.func).rpartition(".")
            if method not in _TOUCHES_A_FILE or owner == "Database" or (path, function.name) in _MAY_OPEN_RECORDS:
                continue
            if about_records(call.func) or any(about_records(argument) for argument in call.args):
                yield f"{call.lineno}: only the database driver opens records.db; closing it here would drop its locks"


def sleeps(path: str, tree: ast.Module, text: str) -> Iterator[str]:
    for call in calls(tree):
        if name_of(call.func) in {"time.sleep", "sleep", "QThread.sleep", "QThread.msleep", "QTest.qSleep"}:
            yield f"{call.lineno}: nothing sleeps; wait for the event itself"


def reaches_for_the_network(path: str, tree: ast.Module, text: str) -> Iterator[str]:
    for line, name in imported(tree):
        if any(name == module or name.startswith(module + ".") for module in _NETWORK):
            yield f"{line}: this program can't phone home ({name})"


def unfinished(path: str, tree: ast.Module, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if any(mark in line for mark in _MARKS):
            yield f"{number}: nothing is left for later in the source: {line.strip()}"


def makes_paragraphs_by_itself(path: str, tree: ast.Module, text: str) -> Iterator[str]:
    if path == "documents/text.py":
        return
    for call in calls(tree):
        if name_of(call.func).rpartition(".")[2] == "Paragraph":
            yield f"{call.lineno}: text reaches paper through documents/text.py only, which knows every script"


def presenter_that_knows_qt(path: str, tree: ast.Module, text: str) -> Iterator[str]:
    if not path.endswith("presenter.py"):
        return
    for line, name in imported(tree):
        if name.split(".")[0] in {"PySide6", "shiboken6"}:
            yield f"{line}: a presenter is plain Python ({name})"


# Each rule with a file name and a piece of source that breaks it.
RULES: dict[Rule, tuple[str, str]] = {
    module_named_for_anything: ("domain/utils.py", '"""Doc."""'),
    package_without_a_word: ("domain/__init__.py", "import ast"),
    asks_for_the_time: ("domain/plans.py", "import datetime as dt\nat = dt.datetime.now(dt.UTC)"),
    opens_the_live_records: ("services/backups.py", "def f(folder):\n    return folder.records.read_bytes()"),
    sleeps: ("ui/jobs.py", "import time\ntime.sleep(1)"),
    reaches_for_the_network: ("services/find.py", "from urllib import request"),
    unfinished: ("domain/plans.py", "x = 1  # TODO: later"),
    makes_paragraphs_by_itself: ("documents/safety_plan.py", "from reportlab import platypus\nplatypus.Paragraph('x')"),
    presenter_that_knows_qt: ("ui/plan/presenter.py", "def f():\n    from PySide6.QtCore import QObject"),
}


@cache
def _sources() -> dict[str, tuple[str, ast.Module]]:
    """The text and the tree of every file of the program, read and parsed once for all rules."""
    texts = {file.relative_to(SOURCE).as_posix(): file.read_text("utf-8") for file in sorted(SOURCE.rglob("*.py"))}
    return {path: (text, ast.parse(text)) for path, text in texts.items()}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_source_file_breaks_the_rule(rule):
    broken = [f"{path}:{finding}" for path, (text, tree) in _sources().items() for finding in rule(path, tree, text)]

    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_sees_what_it_forbids(rule):
    path, text = RULES[rule]

    assert list(rule(path, ast.parse(text), text))


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\nx = datetime.datetime.utcnow()",
        "from datetime import datetime\nx = datetime.now()",
        "from datetime import date\nx = date.today()",
        "from time import time\nx = time()",
        "import time\nx = time.time()",
        "from PySide6.QtCore import QDate\nx = QDate.currentDate()",
    ],
)
def test_every_way_to_ask_for_the_time_is_seen(source):
    assert list(asks_for_the_time("ui/plan/view.py", ast.parse(source), source))


@pytest.mark.parametrize("source", ["at = clock.now()", "day = today(clock)", "import time\nx = time.perf_counter()"])
def test_a_clock_that_was_passed_in_may_be_asked(source):
    assert not list(asks_for_the_time("services/plans.py", ast.parse(source), source))


def test_every_exception_for_the_records_file_is_still_used():
    used = {
        (path, node.name)
        for path, (_, tree) in _sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }

    assert used >= _MAY_OPEN_RECORDS
