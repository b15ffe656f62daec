"""The tour's third room: what else belongs into a client's record, and how it is found again."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.consents import ConsentKind
from safeplan_desktop.domain.incidents import Party, Place
from safeplan_desktop.ui.tour.driver import Steps
from safeplan_desktop.ui.tour.hands import Tour


def session_note(tour: Tour) -> Steps:
    """A session note, signed and printed."""
    tour.workspace.open_record(Noun.SESSION_NOTE, "", tour.workspace.client_id)
    yield from tour.shot("sessions-empty")
    yield from tour.click("session-note.new")
    yield from tour.choose("session-note.place", Place.OFFICE)
    began = tour.find("session-note.started_at")
    now = tour.workspace.session.desk.now().local
    began.set_value((now - dt.timedelta(minutes=min(50, now.hour * 60 + now.minute))).time())
    began.changed.emit()
    yield from tour.click("session-note.ended_at.now")
    yield from tour.write("session-note.interventions", "Went through the plan; a first walk to the river together.")
    yield from tour.write("session-note.response", "Tired, but slept twice.")
    yield from tour.write("session-note.homework", "Show Ana where the plan is.")
    yield from tour.shot("session-note")
    yield from tour.click("session-note.sign")
    yield tour.there("session-note.add")
    yield from tour.shot("session-note-signed")
    yield from tour.click("session-note.report")
    yield from tour.keep_pdf("session-note.pdf")


def consent(tour: Tour) -> Steps:
    """A consent with its words, and the working agreement."""
    tour.workspace.open_record(Noun.CONSENT, "", tour.workspace.client_id)
    yield from tour.click("consent.new")
    yield from tour.choose("consent.kind", ConsentKind.TELEHEALTH)
    yield from tour.click("consent.given.0")
    yield from tour.shot("consent")
    yield from tour.click("consent.sign")
    yield tour.there("consent.report")
    yield from tour.shot("consent-signed")
    yield from tour.click("consent.report")
    yield from tour.keep_pdf("consent.pdf")
    tour.workspace.open_record(Noun.AGREEMENT, "", tour.workspace.client_id)
    yield from tour.click("agreement.new")
    yield from tour.shot("agreement")
    yield from tour.click("agreement.sign")
    yield from tour.click("agreement.report")
    yield from tour.keep_pdf("working-agreement.pdf")


def handout(tour: Tour) -> Steps:
    """A page to give away, noted as given."""
    tour.workspace.open_record(Noun.CLIENT, "", tour.workspace.client_id)
    tour.workspace.screen_of("clients").record_tabs.open_room("handouts")
    yield from tour.click("clients.handouts.choice-grounding")
    yield from tour.write("clients.handouts.note", "Read together")
    yield from tour.shot("handouts")
    yield from tour.click("clients.handouts.preview")
    yield from tour.keep_pdf("handout.pdf")
    yield from tour.shot("handouts-given")


def log_an_incident(tour: Tour) -> Steps:
    """An incident, signed, and an addition to it."""
    tour.workspace.open_screen("incidents")
    yield from tour.shot("incident-log")
    yield from tour.click("incidents.new")
    yield tour.there("incident.account")
    for name, index in (("incident.category", 1), ("incident.place", 3)):
        field_ = tour.find(name)
        field_.setCurrentIndex(index)
        field_.activated.emit(index)
        yield None
    yield from tour.click("incident.happened_at.now")
    yield from tour.write("incident.antecedent", "A letter from the landlord.")
    yield from tour.write("incident.account", "Client called, crying, and could not see how to get through the night.")
    yield from tour.click("incident.action.add")
    yield from tour.write("incident.action-1.text", "Went through the safety plan together.")
    yield from tour.click("incident.notification.add")
    yield from tour.choose("incident.notification-1.party", Party.EMERGENCY_CONTACT)
    yield from tour.write("incident.notification-1.who", "Ana Holt")
    yield from tour.click("incident.physical_harm.0")
    yield from tour.click("incident.psychological_harm.2")
    yield from tour.click("incident.follow-up.add")
    yield from tour.write("incident.follow-up-1.text", "Call in the morning")
    yield from tour.write("incident.follow-up-1.due.line", (tour.clock.now().date() + dt.timedelta(days=1)).isoformat())
    yield from tour.shot("incident-form")
    yield from tour.click("incidents.sign")
    yield from tour.click("incidents.add")
    yield from tour.write("addendum.text", "The sister stayed overnight.")
    yield from tour.write("addendum.reason", "Learned the next morning")
    yield from tour.shot("incident-addendum")
    yield from tour.click("addendum.sign")
    yield from tour.shot("incident-signed")
    yield from tour.click("incidents.report")
    yield from tour.keep_pdf("incident-report.pdf")


def client_record(tour: Tour) -> Steps:
    """The timeline of everything, where the client stands, and the whole record as one PDF."""
    workspace = tour.workspace
    workspace.open_record(Noun.CLIENT, "", workspace.client_id)
    yield tour.there("clients.timeline")
    yield from tour.shot("client-timeline")
    yield from tour.click("clients.over-time")
    yield from tour.shot("client-over-time")
    yield from tour.press(Qt.Key.Key_Escape)
    yield from tour.click("clients.export")
    yield from tour.shot("client-full-record")
    yield from tour.write("record.to_whom", "Maren Holt")
    yield from tour.write("record.why", "Asked for by the client")
    yield from tour.click("record.make")
    yield from tour.keep_pdf("full-record.pdf")


def find_again(tour: Tour) -> Steps:
    """One search over everything, also over what was just written."""
    yield from tour.click("bar.find")
    yield from tour.write("find.line", "river")
    yield tour.filled("find.results")
    yield from tour.shot("find-words")
    yield from tour.press(Qt.Key.Key_Escape)
