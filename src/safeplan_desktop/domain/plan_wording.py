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
        questions: For the prompt panel: asked aloud, never part of a plan.
        ideas: For the prompt panel, in the client's voice; one enters the plan when it is chosen.
    """

    key: SectionKey
    heading: str
    hint: str
    questions: tuple[str, ...] = ()
    ideas: tuple[str, ...] = ()


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
        in_error: On every page of a version that was entered in error: that it isn't to be used.
        pocket_title: The pocket card's title: it must not tell a stranger what the card is.
        cut, fold, flip: How the pocket card is made from the sheet.
        support_title, support_opening, support_for, support_from, support_danger, support_danger_without_number:
            On a support person's copy; `support_for` and `support_from` take {name}, `support_danger` takes {number}.
        shared_on: Takes {date}: the day of the client's release.
        my_therapist: What the therapist is to the client, beside the name; fits whoever it is.
        kept_at: Takes {place}.
        obstacle, instead: Labels before what could get in the way, and what the client does then.
        likelihood: Takes {number}, 0 to 10.
        checked_on: Takes {date}.
        number_unchecked: Beside a crisis number that the therapist never checked.
        last_reviewed: Takes {date}: when client and therapist last looked at the plan together.
        qr: Beside a square code that dials a number.
        name_label, relation: On the blank form.
        section_of: Takes {number} and {count}, in the session view.
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
    in_error: str
    version: str
    replaces: str
    phone: str
    when_to_call: str
    who: str
    when: str
    may_leave_message: str
    no_message: str
    pocket_title: str
    cut: str
    fold: str
    flip: str
    support_title: str
    support_opening: str
    support_for: str
    support_from: str
    support_danger: str
    support_danger_without_number: str
    shared_on: str
    my_therapist: str
    kept_at: str
    obstacle: str
    instead: str
    likelihood: str
    checked_on: str
    number_unchecked: str
    last_reviewed: str
    qr: str
    name_label: str
    relation: str
    section_of: str
    right_to_left: bool = False

    @property
    def is_reviewed(self) -> bool:
        """Whether a native-speaking clinician has read these words; false as long as the file names nobody."""
        return bool(self.reviewed_by)

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
