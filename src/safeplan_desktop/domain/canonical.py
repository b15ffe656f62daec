"""Records as JSON and back: one stable form, for drafts and for what is signed.

The field order is alphabetical, the text is UTF-8 and unescaped, dates and instants are ISO 8601. What was signed is
hashed over exactly these bytes, so the form may gain fields with defaults but never changes the meaning of one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

import cattrs
from cattrs.gen import make_dict_structure_fn

from safeplan_desktop.errors import SafePlanError

T = TypeVar("T")


class UnreadableRecordError(SafePlanError):
    """Stored JSON isn't of the form that this program reads."""


def _is_list(kind: Any) -> bool:  # noqa: ANN401 - any annotation at all
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _is_one_of(kind: Any) -> bool:  # noqa: ANN401 - any annotation at all
    """Whether it is one of several plain kinds or a record, which JSON tells apart by itself."""
    return get_origin(kind) is UnionType and type(None) not in get_args(kind)


def _one_of(kind: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:  # noqa: ANN401 - a union's annotation
    kinds = get_args(kind)
    record: Any = next((one for one in kinds if is_dataclass(one)), None)

    def take(value: object, _: object) -> Any:  # noqa: ANN401 - one of the kinds
        if isinstance(value, Mapping) and record is not None:
            return converter.structure(value, record)
        if isinstance(value, int) and not isinstance(value, bool) and float in kinds:
            return float(value)
        if type(value) not in kinds:
            raise TypeError(str(kind))
        return value

    return take


def _exactly(kind: type[T]) -> Callable[[object, type[T]], T]:
    def take(value: object, _: type[T]) -> T:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise TypeError(kind.__name__)
        return value

    return take


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=False, forbid_extra_keys=False)

    def record_hook(kind: type[Any]) -> Callable[[Any, Any], Any]:
        structure = make_dict_structure_fn(kind, converter, _cattrs_detailed_validation=False)

        def take(value: object, _: type[Any]) -> Any:  # noqa: ANN401 - a record of `kind`
            if not isinstance(value, Mapping):
                raise TypeError(kind.__name__)
            return structure(value, kind)

        return take

    def list_hook(kind: Any) -> Callable[[Any, Any], Any]:  # noqa: ANN401 - a tuple's annotation
        inner = get_args(kind)[0]

        def take(value: object, _: object) -> tuple[Any, ...]:
            if not isinstance(value, list | tuple):
                raise TypeError(str(kind))
            return tuple(converter.structure(entry, inner) for entry in value)

        return take

    converter.register_structure_hook_factory(_is_one_of, lambda kind: _one_of(kind, converter))
    # Left to itself, cattrs makes an empty record of a text, letters of a text where a list belongs, and "None" of null.
    converter.register_structure_hook_factory(is_dataclass, record_hook)
    converter.register_structure_hook_factory(_is_list, list_hook)
    for simple in (str, int, bool):
        converter.register_structure_hook(simple, _exactly(simple))
    converter.register_unstructure_hook(dt.datetime, lambda value: value.astimezone(dt.UTC).isoformat())
    converter.register_structure_hook(dt.datetime, lambda text, _: dt.datetime.fromisoformat(text).astimezone(dt.UTC))
    converter.register_unstructure_hook(dt.date, lambda value: value.isoformat())
    converter.register_structure_hook(dt.date, lambda text, _: dt.date.fromisoformat(text))
    return converter


_CONVERTER = _converter()


def to_plain(record: object) -> Any:  # noqa: ANN401 - JSON is Any by nature
    """A record as dicts, lists, strings, numbers and None."""
    return _CONVERTER.unstructure(record)


def from_plain(plain: object, kind: type[T]) -> T:
    """A record of `kind` from plain data.

    Raises:
        UnreadableRecordError: when the data isn't of that form. Its text never holds the data.
    """
    try:
        return _CONVERTER.structure(plain, kind)
    except (cattrs.BaseValidationError, KeyError, TypeError, ValueError, AttributeError):
        # The cause may quote what the therapist typed, so it isn't kept.
        raise UnreadableRecordError(
            "This entry was stored in a form that this version of the program can't read.",
            safe="Nothing was changed.",
            next_step="Update the program, or restore the newest backup into an empty folder and compare.",
        ) from None


def prepare(kind: type[Any]) -> None:
    """Works out how records of `kind` are written and read; else the first one of them waits some milliseconds for it."""
    _CONVERTER.get_structure_hook(kind)
    _CONVERTER.get_unstructure_hook(kind)


def to_json(record: object) -> str:
    """The canonical JSON of a record.

    Raises:
        ValueError: when a number in it is none, which is a bug in whoever read it.
    """
    return json.dumps(to_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_json(text: str, kind: type[T]) -> T:
    """A record of `kind` from JSON.

    Raises:
        UnreadableRecordError: when the text isn't JSON of that form.
    """
    try:
        plain = json.loads(text)
    except ValueError:
        plain = None
    return from_plain(plain, kind)


def content_hash(text: str) -> str:
    """SHA-256 of a canonical JSON text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
