"""The self-care plan: the therapist's own words in sections, kept as dated versions."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
LONGEST_TEXT = 10_000


@dataclass(frozen=True, slots=True)
class SelfCareSection:
    """A field of the plan.

    Attributes:
        key: What its words are kept under.
        ask: What stands beside it, to begin with.
    """

    key: str
    title: str
    ask: str


@dataclass(frozen=True, slots=True)
class SelfCareSections:
    """The fields in their order, as the packaged file has them."""

    sections: tuple[SelfCareSection, ...]


@dataclass(frozen=True, slots=True)
class SelfCareText:
    """The words of one section."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class SelfCareForm:
    """A plan as typed.

    Attributes:
        texts: In the order of the sections; of those without words there may be none.
        version: 1, 2, 3, ...; 0 for one that isn't saved as a version yet.
    """

    texts: tuple[SelfCareText, ...] = ()
    version: int = 0

    def text(self, key: str) -> str:
        """The words of a section; empty where there are none."""
        return next((one.text for one in self.texts if one.key == key), "")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not any(one.text.strip() for one in self.texts)


def check_self_care(form: SelfCareForm) -> SelfCareForm:
    """The plan as it is saved: without sections that have no words.

    Raises:
        InvalidInputError: naming the section; of an empty plan the first one, "physical".
    """
    kept = tuple(SelfCareText(one.key, one.text.strip()) for one in form.texts if one.text.strip())
    if not kept:
        raise InvalidInputError("physical", "Please write something in one section at least; the others can wait.")
    for one in kept:
        if len(one.text) > LONGEST_TEXT:
            raise InvalidInputError(one.key, f"This is longer than {LONGEST_TEXT:,} characters.")
    return SelfCareForm(kept, form.version)
