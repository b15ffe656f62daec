"""The Crisis panel while the records are open: ticked steps as a draft, and where the client is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.crisis import FORM_VERSION, CrisisRun, Whereabouts, incident_form_of
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.incidents import FORM_VERSION as INCIDENT_FORM_VERSION
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.screenings import Screenings
from safeplan_desktop.services.session_notes import SessionNotes


@dataclass(frozen=True, slots=True)
class Crisis:
    """What the panel asks of the records."""

    desk: Desk
    drafts: Drafts
    screenings: Screenings
    session_notes: SessionNotes

    def waiting(self, kind: DraftKind) -> tuple[Draft, CrisisRun] | None:
        """The ticked steps that wait: for an incident (CRISIS), or of an exercise that wasn't ended (DRILL)."""
        draft = next((draft for draft in self.drafts.every() if draft.kind is kind), None)
        return None if draft is None else (draft, from_json(draft.form_json, CrisisRun))

    def save(self, kind: DraftKind, run: CrisisRun, *, place: str = "") -> Draft:
        """Saves the ticked steps as they stand; one commit of about a millisecond."""
        found = self.waiting(kind)
        text = to_json(run)
        if found is None:
            return self.drafts.begin(kind, run.client_id, text, FORM_VERSION)
        return self.drafts.save(found[0], text, client_id=run.client_id, place=place or found[0].place)

    def forget(self, kind: DraftKind) -> None:
        """Removes the ticked steps, once they have become an incident."""
        found = self.waiting(kind)
        if found is not None:
            self.drafts.forget(kind, found[0].record_id)

    def discard(self, kind: DraftKind) -> None:
        """Throws the ticked steps away, on the therapist's word."""
        found = self.waiting(kind)
        if found is not None:
            self.drafts.discard(kind, found[0].record_id)

    def keep_apart(self, runs: tuple[CrisisRun, ...]) -> None:
        """Earlier crises become incident drafts of their own; then the draft that the panel works on is free."""
        zone = self.desk.clock.zone()
        for run in runs:
            form = replace(incident_form_of(run, zone), client_id=run.client_id, zone=zone)
            self.drafts.begin(DraftKind.INCIDENT, run.client_id, to_json(form), INCIDENT_FORM_VERSION)
        self.forget(DraftKind.CRISIS)

    def whereabouts(self, client_id: str) -> Whereabouts:
        """Where the client is, as last asked: in the newest screening or session that names a setting, signed or not."""
        found = list(self.session_notes.whereabouts(client_id))
        draft = self.screenings.draft_of(client_id)
        if draft is not None:
            _, form = self.screenings.resume(draft.record_id)
            asked = Moment(draft.started_at, draft.started_zone)
            found.append(Whereabouts(form.setting, form.client_location.strip(), asked, form.callback.strip()))
        last = self.screenings.last_of_client(client_id)
        if last is not None:
            newest = self.screenings.get(last.id)
            form = newest.form
            found.append(Whereabouts(form.setting, form.client_location.strip(), newest.started, form.callback.strip()))
        named = [one for one in found if one.setting is not None]
        return max(named, key=lambda one: one.asked.at if one.asked else self.desk.now().at, default=Whereabouts())
