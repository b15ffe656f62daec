"""Every SQL statement is made of literals alone, so that no value can ever become part of one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "safeplan_desktop"

_DRIVER = {"execute", "executemany", "executescript"}
# Database's own methods that hand a statement on; their callers are looked at in the same way.
_HANDS_ON = {"execute", "row", "value", "run_script", "_check_lines"}
# The migrations are whole SQL files of this package; test_released_migrations pins them.
_WHOLE_FILES = {("storage/migrate.py", "script")}


class Statements:
    """Looks through one module for statements that aren't made of literals."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.tree = ast.parse(text)
        self.constants = {
            target.id: node.value
            for node in self.tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        self.functions = [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]

    def findings(self) -> Iterator[str]:
        methods = _HANDS_ON | _DRIVER if self.path.startswith("storage/") else _DRIVER
        for call in self.calls():
            if isinstance(call.func, ast.Attribute) and call.func.attr in methods and call.args:
                statement = call.args[0]
                if not self.handed_on(call) and not self.literal(statement, call):
                    yield f"{self.path}:{call.lineno}: {ast.unparse(statement)}"

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def around(self, node: ast.AST) -> ast.FunctionDef | None:
        """The innermost function that `node` stands in."""
        return next((found for found in reversed(self.functions) if node in ast.walk(found)), None)

    def handed_on(self, call: ast.Call) -> bool:
        """Whether this is the one connection handing on what its own caller gave."""
        if isinstance(call.args[0], ast.Name) and (self.path, call.args[0].id) in _WHOLE_FILES:
            return True
        function = self.around(call)
        return (
            self.path == "storage/connection.py"
            and isinstance(call.args[0], ast.Name)
            and function is not None
            and function.name in _HANDS_ON
        )

    def literal(self, node: ast.AST, place: ast.AST) -> bool:
        """Whether `node` can only ever hold what is written in this module."""
        match node:
            case ast.Constant() | ast.Call(func=ast.Name(id="int")):
                parts = []  # int() too: a number is no SQL, and a PRAGMA takes no parameters
            case ast.JoinedStr(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Dict(values=parts):
                pass
            case ast.FormattedValue(value=part):
                parts = [part]
            case ast.BinOp(left=one, op=ast.Add(), right=other) | ast.IfExp(body=one, orelse=other):
                parts = [one, other]
            case ast.Subscript(value=ast.Name(id=name)) if name in self.constants:
                parts = [self.constants[name]]
            case ast.Name(id=name):
                return self.name_is_literal(name, place)
            case _:
                return False
        return all(self.literal(part, place) for part in parts)

    def name_is_literal(self, name: str, place: ast.AST) -> bool:
        function = self.around(place)
        if function is not None:
            if name in (arguments := [argument.arg for argument in function.args.args]):
                return function.name.startswith("_") and self.callers_give_literals(function, arguments.index(name))
            if any(name in _names(loop.target) for loop in _loops(function)):
                loops = [loop for loop in _loops(function) if name in _names(loop.target)]
                return all(self.literal(_collection(loop.iter), place) for loop in loops)
            if any(
                isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
                for node in ast.walk(function)
            ):
                return False
        return name in self.constants and self.literal(self.constants[name], place)

    def callers_give_literals(self, function: ast.FunctionDef, position: int) -> bool:
        """A private function's parameter is literal when every call of the function in this module gives a literal."""
        name = function.args.args[position].arg
        found = [call for call in self.calls() if isinstance(call.func, ast.Name) and call.func.id == function.name]
        given = [
            next((word.value for word in call.keywords if word.arg == name), None)
            or (call.args[position] if len(call.args) > position else None)
            for call in found
        ]
        return bool(found) and all(
            node is not None and self.literal(node, call) for node, call in zip(given, found, strict=True)
        )


def _loops(function: ast.FunctionDef) -> list[ast.For | ast.comprehension]:
    return [node for node in ast.walk(function) if isinstance(node, ast.For | ast.comprehension)]


def _names(target: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def _collection(iterated: ast.AST) -> ast.AST:
    """`NAME` in `NAME.items()` and `NAME.values()`."""
    match iterated:
        case ast.Call(func=ast.Attribute(value=ast.Name() as name, attr="items" | "values"), args=[]):
            return name
    return iterated


def test_no_value_becomes_part_of_a_statement():
    broken = [
        finding
        for file in sorted(SOURCE.rglob("*.py"))
        for finding in Statements(file.relative_to(SOURCE).as_posix(), file.read_text("utf-8")).findings()
    ]

    assert not broken, "\n" + "\n".join(broken)


def test_the_rule_looks_at_the_statements_of_the_storage():
    seen = sum(
        isinstance(call.func, ast.Attribute) and call.func.attr in _DRIVER
        for file in (SOURCE / "storage").glob("*.py")
        for call in Statements(f"storage/{file.name}", file.read_text("utf-8")).calls()
    )

    assert seen > 20


@pytest.mark.parametrize(
    "source",
    [
        "def f(d, name):\n    d.execute(f'SELECT * FROM client WHERE code = \"{name}\"')",
        "def f(d, name):\n    d.execute('SELECT * FROM client WHERE code = \"%s\"' % name)",
        "def f(d, name):\n    d.execute('SELECT ' + name)",
        "def f(d, name):\n    d.execute('SELECT {}'.format(name))",
        "def f(d, name):\n    sql = 'SELECT ' + name\n    d.execute(sql)",
        "def f(d, sql):\n    d.execute(sql)",
        "def f(d, name):\n    d.row(f'SELECT {name}')",
        "def _f(d, part):\n    d.execute(f'SELECT {part}')\ndef g(d, name):\n    _f(d, name)",
        "def _f(d, part):\n    d.execute(f'SELECT {part}')\ndef g(d, name):\n    _f(d, part=name)",
        "def f(d, names):\n    for name in names:\n        d.execute(f'DROP TABLE {name}')",
        "def f(d, SQL):\n    d.execute(SQL)\nSQL = 'SELECT 1'",
    ],
)
def test_a_value_in_a_statement_is_seen(source):
    assert list(Statements("storage/clients.py", source).findings())


@pytest.mark.parametrize(
    "source",
    [
        "def f(d, name):\n    d.execute('SELECT * FROM client WHERE code = ?', (name,))",
        "COLUMNS = 'id, ' 'json'\ndef f(d):\n    d.execute(f'SELECT {COLUMNS} FROM client')",
        "NUMBER = 7\ndef f(d):\n    d.execute(f'PRAGMA application_id = {NUMBER}')",
        "def f(d, version):\n    d.execute(f'PRAGMA user_version = {int(version)}')",
        "def _f(d, part):\n    d.execute('SELECT 1 ' + part)\ndef g(d):\n    _f(d, 'WHERE 1')\n    _f(d, part='ORDER BY 1')",
        "ALL = {'a': 'SELECT 1'}\ndef f(d):\n    return [d.value(sql) for name, sql in ALL.items()]",
        "ALL = {'a': 'SELECT 1'}\ndef f(d, name):\n    return d.value(ALL[name])",
    ],
)
def test_a_statement_of_literals_may_pass(source):
    assert not list(Statements("storage/clients.py", source).findings())
