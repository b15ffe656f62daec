"""What differs between two versions of a plan, in sentences: the same ones on the screen and on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.plan_comparison import Difference, EntryDifference, NumberDifference
from safeplan_desktop.domain.plans import PlanItem
from safeplan_desktop.domain.vocabulary import label_of

_FIELDS = {
    "text": "words",
    "relation": "relation",
    "phone": "phone",
    "when_to_call": "when to call",
    "call": "safe to call",
    "leave_message": "safe to leave a message",
    "write": "safe to write",
    "who": "who does it",
    "when": "by when",
    "checked_on": "checked on",
    "likelihood": "how likely (0-10)",
    "obstacle": "what could get in the way",
}


def words_of(entry: EntryDifference) -> tuple[str, ...]:
    """An entry's difference: what it is about, then one line for each thing that changed."""
    if entry.kind is Difference.SET_ASIDE:
        return ("the whole section is not for the client at the moment",)
    if entry.kind is Difference.TAKEN_UP:
        return ("the whole section",)
    item = entry.after or entry.before
    head = _entry_words(item) if item is not None else ""
    if entry.kind is Difference.MOVED:
        where = f"from “{label_of(entry.moved_from)}”" if entry.moved_from else "to another place in this section"
        return (f"{head} ({where})",)
    if entry.kind is Difference.CHANGED and entry.before is not None and entry.after is not None:
        return (
            head,
            *(
                f"{_FIELDS[field]}: {_value(entry.before, field)} → {_value(entry.after, field)}"
                for field in entry.fields
            ),
        )
    return (head,)


def words_of_languages(languages: tuple[str, str], names: Mapping[str, str]) -> str:
    """The printed languages of two versions, by their own names."""
    older, newer = (names.get(code, code) for code in languages)
    return f"{older} → {newer}"


def words_of_number(difference: NumberDifference) -> str:
    """A crisis number's difference."""
    return f"{difference.label}, {difference.number}"


def _entry_words(item: PlanItem) -> str:
    return ", ".join(part.strip() for part in (item.text, item.relation, item.phone) if part.strip())


def _value(item: PlanItem, field: str) -> str:
    value: object = getattr(item, field)
    if isinstance(value, Answer):
        return label_of(value).lower()
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value).strip() if value not in (None, "") else "nothing"
