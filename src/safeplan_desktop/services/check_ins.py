"""The check-in after an incident: offered once, gently; written or turned down; never exported."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.check_ins import (
    FORM_VERSION,
    OFFERED_AFTER,
    OFFERED_UNTIL,
    CheckIn,
    CheckInForm,
    Offer,
    OfferSettings,
    check_check_in,
)
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.moments import today
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.register import Register
from safeplan_desktop.storage import drafts as stored_drafts
from safeplan_desktop.storage import incidents as stored_incidents

_OFFERS = "check-in offers"


@dataclass(frozen=True, slots=True)
class CheckIns:
    """A moment for oneself."""

    desk: Desk
    drafts: Drafts
    practice: Practice
    register: Register

    def offers(self) -> tuple[Offer, ...]:
        """Incidents signed one to three days ago without an answer to the offer; none where offers were turned off."""
        if not self.are_offered:
            return ()
        now = self.desk.now()
        signed = stored_incidents.signed_between(self.desk.database, now.at - OFFERED_UNTIL, now.at - OFFERED_AFTER)
        if not signed:
            return ()
        answered = {form.incident_id for form in self._forms()}
        return tuple(
            Offer(one.id, one.number, one.signed.local_date)
            for one in signed
            if one.signed is not None and not one.voided and one.id not in answered
        )

    @property
    def are_offered(self) -> bool:
        """Whether Today makes the offer."""
        return (self.practice.kept(_OFFERS, OfferSettings) or OfferSettings()).offered

    def set_offered(self, *, offered: bool) -> None:
        """Turns the offer on or off, for good."""
        self.practice.keep(_OFFERS, OfferSettings(offered))

    def begin(self, incident_id: str = "") -> tuple[Draft, CheckInForm]:
        """What was begun after an incident, or of one's own accord; else a new draft."""
        for draft, form in self.waiting():
            if form.incident_id == incident_id:
                return draft, form
        form = CheckInForm(incident_id)
        return self.drafts.begin(DraftKind.CHECK_IN, "", to_json(form), FORM_VERSION), form

    def waiting(self) -> tuple[tuple[Draft, CheckInForm], ...]:
        """What was begun and isn't kept yet, the latest first. It waits in this part alone, not on Today."""
        return tuple(
            (draft, from_json(draft.form_json, CheckInForm))
            for draft in self.drafts.every()
            if draft.kind is DraftKind.CHECK_IN
        )

    def autosave(self, draft: Draft, form: CheckInForm) -> Draft:
        """Saves what was written as it stands."""
        return self.drafts.save(draft, to_json(form))

    def discard(self, record_id: str) -> None:
        """Throws away what was begun, on the therapist's word."""
        self.drafts.discard(DraftKind.CHECK_IN, record_id)

    def keep(self, draft: Draft, form: CheckInForm) -> CheckIn:
        """Keeps what was written.

        Raises:
            InvalidInputError: naming the field.
        """
        checked = check_check_in(form)
        with self.desk.entry() as entry:
            made = self.register.add_within(
                entry, Noun.CHECK_IN, checked, day=today(self.desk.clock), entry_id=draft.record_id
            )
            stored_drafts.delete(self.desk.database, DraftKind.CHECK_IN, draft.record_id)
            entry.changed(Noun.DRAFT, draft.record_id)
        return CheckIn(made.id, made.day, checked)

    def dismiss(self, incident_id: str) -> str:
        """Turns the offer down for an incident, for good; gives the id that `remove` takes."""
        form = CheckInForm(incident_id, dismissed=True)
        return self.register.add(Noun.CHECK_IN, form, day=today(self.desk.clock)).id

    def every(self) -> tuple[CheckIn, ...]:
        """What was written, the newest first."""
        found = [
            CheckIn(entry.id, entry.day, entry.form_as(CheckInForm))
            for entry in self.register.of_kind(Noun.CHECK_IN, "")
        ]
        return tuple(one for one in found if not one.form.dismissed)

    def remove(self, entry_id: str) -> None:
        """Takes out what was written, or that the offer was turned down.

        Raises:
            NotFoundError: when it isn't there any more.
        """
        self.register.remove(entry_id)

    def _forms(self) -> tuple[CheckInForm, ...]:
        return tuple(entry.form_as(CheckInForm) for entry in self.register.of_kind(Noun.CHECK_IN, ""))
