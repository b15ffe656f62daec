"""How much work a file's expressions may make: counted beforehand, so that the same file always ends the same way.

One unit takes about ten microseconds. The count rather says too much than too little: an expression inside a file may be
written so that running it once takes minutes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r"%`?[A-Za-z_][\w-]*`?|[A-Za-z_]\w*|[()]")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'")
_WHOLE = frozenset({"%resource", "%context", "%questionnaire", "%qitem"})
_FOR_EACH = frozenset({"where", "select", "all", "any", "exists", "aggregate"})
_ANSWERS_OF_ONE = 5
_NODES = 10  # below each question of a response
_INSIDE = 10
_READ_WORD = 20
_READ_STEP = 70


@dataclass(slots=True)
class Effort:
    """How much work may still be done for one file."""

    left: int = 140_000
    read: set[str] = field(default_factory=set)

    def spend_on_reading(self, text: str) -> bool:
        """Takes off what reading an expression takes, once for each; whether that was still there."""
        if text in self.read:
            return True
        self.read.add(text)
        bare = _QUOTED.sub("''", text)
        return self.spend(_READ_WORD * len(_TOKEN.findall(bare)) + _READ_STEP * (bare.count(".") + bare.count("(")))

    def spend(self, units: int) -> bool:
        """Takes some work off; whether that was still there."""
        self.left -= units
        return self.left >= 0

    def has(self, units: int) -> bool:
        """Whether so much is left."""
        return self.left >= units


def cost_of(text: str, questions: int) -> int:
    """What running an expression once takes, in units, on a response to so many questions."""
    total, before, options = questions, "", False
    # For each bracket that is open: how often its content runs, where that begins at the whole response, and where not.
    times = [(1, 1)]
    for word in _TOKEN.findall(_QUOTED.sub("''", text)):
        whole, part = times[-1]
        if word == "(":
            each = before in _FOR_EACH
            many = (_ANSWERS_OF_ONE if options else questions) if each else 1
            times.append((whole * many, part * (min(many, _INSIDE))))
            options = False
        elif word == ")":
            if len(times) > 1:
                times.pop()
        elif word.replace("`", "") in _WHOLE:
            total += whole * questions
        elif word in {"descendants", "children", "repeat", "answers"}:
            total += (whole if len(times) > 1 and before not in {"(", "$this"} else part) * questions * _NODES
        else:
            total += part
        if word != "(":
            options = word in {"answerOption", "where"} and (options or word == "answerOption")
        before = word
    return total
