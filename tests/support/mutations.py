"""Broken copies of JSON files: what happens to files on their way, and what somebody could do to them on purpose."""

from __future__ import annotations

import copy
import random

ODD = (
    None, True, False, 0, -1, 7, 1e30, 0.5, "", " ", "x" * 5000, "\u202e", "<script>alert(1)</script>", [], {}, [[]], [None],
    {"a": {}}, "LA6571-9", "http://example.org/elsewhere", "-", "%x", "\x00",
)  # fmt: skip


def _places(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _places(inner, (*path, place))


def _at(value, path):
    for key in path:
        value = value[key]
    return value


def _delete(holder, key, _chance):
    del holder[key]


def _odd(holder, key, chance):
    holder[key] = copy.deepcopy(chance.choice(ODD))


def _number(holder, key, chance):
    if isinstance(holder[key], int | float) and not isinstance(holder[key], bool):
        holder[key] = holder[key] + chance.choice((-3, -1, 1, 2, 10, 0.5))
    elif isinstance(holder[key], bool):
        holder[key] = not holder[key]
    elif isinstance(holder[key], str) and holder[key]:
        spot = chance.randrange(len(holder[key]))
        holder[key] = holder[key][:spot] + chance.choice("aZ9-. (%'") + holder[key][spot + 1 :]
    else:
        _odd(holder, key, chance)


def _twice(holder, key, _chance):
    if isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    else:
        holder[f"{key}2"] = copy.deepcopy(holder[key])


def _swap(holder, key, chance):
    other = chance.randrange(len(holder)) if isinstance(holder, list) else chance.choice(list(holder))
    holder[key], holder[other] = holder[other], holder[key]


def _wrap(holder, key, _chance):
    holder[key] = [holder[key]]


def _rename(holder, key, chance):
    if isinstance(holder, dict):
        holder[
            chance.choice(("valueInteger", "valueString", "extension", "modifierExtension", "option", "item", "zzz"))
        ] = holder.pop(key)


MUTATIONS = (_delete, _odd, _number, _twice, _swap, _wrap, _rename)


def mutated(original, seed):
    """A copy with one to three changes, the same for the same seed."""
    chance = random.Random(seed)
    changed = copy.deepcopy(original)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        paths = [path for path in _places(changed) if path]
        if not paths:
            break
        # Half of the changes hit what scores depend on.
        scores = [path for path in paths if path[-1] in ("valueDecimal", "code", "linkId", "url", "expression")]
        path = chance.choice(scores if scores and chance.random() < 0.5 else paths)
        chance.choice(MUTATIONS)(_at(changed, path[:-1]), path[-1], chance)
    return changed
