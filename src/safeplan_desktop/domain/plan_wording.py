"""The fixed words of a printed plan in one language, and the prompts of the editor: `resources/plans/<language>.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from safeplan_desktop.domain.canonical import from_plain
from safeplan_desktop.domain.plans import SectionKey


@dataclass(frozen=True, slots=True)
class SectionWording:
    """The words of one section.

    Attributes:
        heading: As printed, in the first person.
        hint: One line under the heading in the editor and on the blank form.
        prompts: Questions and ideas for the prompt panel; nothing of it enters a plan unless chosen.
    """

    key: SectionKey
    heading: str
    hint: str
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanWording:
    """The fixed words of a plan; `{...}` are filled in.

    Attributes:
        language: BCP 47 code.
        name: The language's own name.
        reviewed_by: The native-speaking clinician who reviewed the file; empty = not yet reviewed.
        written_on: Takes {date}; asks to throw away older copies.
        danger: Takes {number}: what to do in immediate danger.
        review_by: Takes {date}.
        page: Takes {page} and {pages}.
    """

    language: str
    name: str
    reviewed_by: str
    title: str
    opening: str
    sections: tuple[SectionWording, ...]
    crisis_heading: str
    danger: str
    danger_without_number: str
    written_on: str
    review_by: str
    for_client: str
    page: str
    not_for_me: str
    working_copy: str
    version: str
    replaces: str
    phone: str
    when_to_call: str
    who: str
    when: str
    may_leave_message: str
    no_message: str
    right_to_left: bool = False

    def section(self, key: SectionKey) -> SectionWording:
        """The words of one section.

        Raises:
            KeyError: when the file lacks it (a test holds every file against `SectionKey`).
        """
        for section in self.sections:
            if section.key is key:
                return section
        raise KeyError(key)


def parse_wording(text: str) -> PlanWording:
    """The wording in a TOML text.

    Raises:
        UnreadableRecordError: when the file isn't of this form.
        tomllib.TOMLDecodeError: when it isn't TOML; both are bugs in our own files, held by a test.
    """
    return from_plain(tomllib.loads(text), PlanWording)
