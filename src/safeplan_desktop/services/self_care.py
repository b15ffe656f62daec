"""The self-care plan: write it, keep it as a dated version, print it for oneself. No export takes it along."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.moments import Moment, today
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.self_care import FORM_VERSION, SelfCareForm, SelfCareSection, check_self_care
from safeplan_desktop.services import reference
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.register import Register
from safeplan_desktop.storage import drafts as stored_drafts


@dataclass(frozen=True, slots=True)
class SelfCareVersion:
    """A plan as it was kept."""

    id: str
    day: dt.date
    form: SelfCareForm


def _make(
    form: SelfCareForm,
    day: dt.date,
    sections: tuple[SelfCareSection, ...],
    practice: PracticeProfile,
    paper: Paper,
    made: Moment,
) -> bytes:
    from safeplan_desktop.documents.self_care import self_care_pdf  # noqa: PLC0415 - ReportLab loads in the job

    return self_care_pdf(form, day, sections, practice, paper, made)


@dataclass(frozen=True, slots=True)
class SelfCare:
    """The therapist's own plan."""

    desk: Desk
    drafts: Drafts
    practice: Practice
    register: Register

    def begin(self) -> tuple[Draft, SelfCareForm]:
        """The draft that waits; else a new one that begins with the newest version's words."""
        waiting = self.waiting()
        if waiting is not None:
            return waiting
        versions = self.versions()
        form = versions[0].form if versions else SelfCareForm()
        return self.drafts.begin(DraftKind.SELF_CARE, "", to_json(form), FORM_VERSION), form

    def waiting(self) -> tuple[Draft, SelfCareForm] | None:
        """The draft that isn't kept as a version yet."""
        draft = next((one for one in self.drafts.every() if one.kind is DraftKind.SELF_CARE), None)
        return None if draft is None else (draft, from_json(draft.form_json, SelfCareForm))

    def autosave(self, draft: Draft, form: SelfCareForm, place: str = "") -> Draft:
        """Saves the form as it stands."""
        return self.drafts.save(draft, to_json(form), place=place)

    def discard(self, record_id: str) -> None:
        """Throws the draft away, on the therapist's word; versions stay."""
        self.drafts.discard(DraftKind.SELF_CARE, record_id)

    def keep(self, draft: Draft, form: SelfCareForm) -> SelfCareVersion:
        """Keeps the draft as today's version.

        Raises:
            InvalidInputError: naming the section.
        """
        checked = check_self_care(form)
        numbered = replace(checked, version=max((one.form.version for one in self.versions()), default=0) + 1)
        day = today(self.desk.clock)
        with self.desk.entry() as entry:
            made = self.register.add_within(entry, Noun.SELF_CARE, numbered, day=day, entry_id=draft.record_id)
            stored_drafts.delete(self.desk.database, DraftKind.SELF_CARE, draft.record_id)
            entry.changed(Noun.DRAFT, draft.record_id)
        return SelfCareVersion(made.id, made.day, numbered)

    def versions(self) -> tuple[SelfCareVersion, ...]:
        """All versions, the newest first."""
        found = [
            SelfCareVersion(entry.id, entry.day, entry.form_as(SelfCareForm))
            for entry in self.register.of_kind(Noun.SELF_CARE, "")
        ]
        return tuple(sorted(found, key=lambda one: one.form.version, reverse=True))

    def document(self, version: SelfCareVersion, *, paper: Paper | None = None) -> Document:
        """A version on paper, for oneself."""
        paper = paper or self.practice.settings().paper
        made = self.desk.now()
        sections, profile = reference.self_care_sections(), self.practice.profile()
        return Document(
            make=partial(_make, version.form, version.day, sections, profile, paper, made),
            title="Self-care plan",
            suggested_name=file_name("self-care-plan", "", version.day),
            noun=Noun.SELF_CARE,
            record_id=version.id,
            client_id="",
            detail=f"self-care plan, {paper.value}",
            words="\n".join(one.text for one in version.form.texts),
        )
