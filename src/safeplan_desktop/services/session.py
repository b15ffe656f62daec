"""All services of an unlocked vault, wired once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from safeplan_desktop.domain.changes import Change
from safeplan_desktop.domain.moments import Clock
from safeplan_desktop.services.addenda import Addenda
from safeplan_desktop.services.addendum_drafts import AddendumDrafts
from safeplan_desktop.services.agreements import Agreements
from safeplan_desktop.services.answer_files import AnswerFiles
from safeplan_desktop.services.attachments import Attachments
from safeplan_desktop.services.audit_trail import AuditTrail
from safeplan_desktop.services.backups import Backups
from safeplan_desktop.services.check_ins import CheckIns
from safeplan_desktop.services.client_links import ClientLinks
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.closings import Closings
from safeplan_desktop.services.consents import Consents
from safeplan_desktop.services.consultations import Consultations
from safeplan_desktop.services.crisis import Crisis
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.dialog_drafts import DialogDrafts
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.drills import Drills
from safeplan_desktop.services.due import Due
from safeplan_desktop.services.exports import Exports
from safeplan_desktop.services.feedback import Feedbacks
from safeplan_desktop.services.find import Find
from safeplan_desktop.services.handouts import Handouts
from safeplan_desktop.services.histories import Histories
from safeplan_desktop.services.incident_exports import IncidentExports
from safeplan_desktop.services.incidents import Incidents
from safeplan_desktop.services.known_names import KnownNames
from safeplan_desktop.services.own_handouts import OwnHandouts
from safeplan_desktop.services.places import Places
from safeplan_desktop.services.plan_copies import PlanCopies
from safeplan_desktop.services.plans import Plans
from safeplan_desktop.services.policy import Policy
from safeplan_desktop.services.policy_documents import PolicyDocuments
from safeplan_desktop.services.policy_due import PolicyDue
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.practice_checks import PracticeChecks
from safeplan_desktop.services.practice_drafts import PracticeDrafts
from safeplan_desktop.services.practice_due import PracticeDue
from safeplan_desktop.services.private_notes import PrivateNotes
from safeplan_desktop.services.proqol import Proqol
from safeplan_desktop.services.purges import Purges
from safeplan_desktop.services.questionnaires import Questionnaires
from safeplan_desktop.services.record_exports import RecordExports
from safeplan_desktop.services.record_readings import RecordReadings
from safeplan_desktop.services.record_texts import RecordTexts
from safeplan_desktop.services.register import Register
from safeplan_desktop.services.retention import Retention
from safeplan_desktop.services.review_schedule import Schedule
from safeplan_desktop.services.reviews import Reviews
from safeplan_desktop.services.screening_reports import ScreeningReports
from safeplan_desktop.services.screenings import Screenings
from safeplan_desktop.services.search_index import SearchIndex
from safeplan_desktop.services.self_care import SelfCare
from safeplan_desktop.services.session_notes import SessionNotes
from safeplan_desktop.services.set_up import SettingUp
from safeplan_desktop.services.signed_records import SignedRecords
from safeplan_desktop.services.snoozes import Snoozes
from safeplan_desktop.services.statuses import Statuses
from safeplan_desktop.services.support_due import SupportDue
from safeplan_desktop.services.timelines import Timelines
from safeplan_desktop.services.training_documents import TrainingDocuments
from safeplan_desktop.services.training_rules import Rules
from safeplan_desktop.services.trainings import Trainings
from safeplan_desktop.services.vault import OpenVault
from safeplan_desktop.services.wall_cards import WallCards
from safeplan_desktop.services.weeks import Weeks


@dataclass(frozen=True, slots=True)
class Session:
    """What the therapist can do while the vault is open. It only joins the services; it has no rules of its own."""

    vault: OpenVault
    desk: Desk
    clients: Clients
    drafts: Drafts
    screenings: Screenings
    plans: Plans
    plan_copies: PlanCopies
    incidents: Incidents
    addenda: Addenda
    addendum_drafts: AddendumDrafts
    dialog_drafts: DialogDrafts
    practice: Practice
    practice_drafts: PracticeDrafts
    exports: Exports
    screening_reports: ScreeningReports
    backups: Backups
    find: Find
    search_index: SearchIndex
    due: Due
    places: Places
    histories: Histories
    questionnaires: Questionnaires
    audit_trail: AuditTrail
    incident_exports: IncidentExports
    crisis: Crisis
    drills: Drills
    wall_cards: WallCards
    answer_files: AnswerFiles
    signed_records: SignedRecords
    register: Register
    attachments: Attachments
    statuses: Statuses
    timelines: Timelines
    client_links: ClientLinks
    closings: Closings
    retention: Retention
    purges: Purges
    record_exports: RecordExports
    record_texts: RecordTexts
    handouts: Handouts
    own_handouts: OwnHandouts
    session_notes: SessionNotes
    private_notes: PrivateNotes
    agreements: Agreements
    consents: Consents
    policy: Policy
    practice_checks: PracticeChecks
    policy_documents: PolicyDocuments
    training_rules: Rules
    trainings: Trainings
    training_documents: TrainingDocuments
    review_schedule: Schedule
    reviews: Reviews
    feedback: Feedbacks
    set_up: SettingUp
    self_care: SelfCare
    proqol: Proqol
    consultations: Consultations
    check_ins: CheckIns
    snoozes: Snoozes
    weeks: Weeks


def open_session(vault: OpenVault, clock: Clock, on_change: Callable[[Change], None]) -> Session:
    """The services of an open vault."""
    desk = Desk(vault.database, clock, on_change)
    clients, drafts = Clients(desk), Drafts(desk)
    practice = Practice(desk, vault.folder)
    practice.renew_crisis_card()
    questionnaires = Questionnaires(desk)
    screenings = Screenings(desk, clients, drafts, practice, questionnaires)
    plans = Plans(desk, clients, drafts, practice)
    incidents = Incidents(desk, clients, drafts, practice)
    addenda = Addenda(desk)
    addendum_drafts = AddendumDrafts(desk, drafts)
    backups = Backups(vault.database, vault.folder, vault.data_key, clock, on_change)
    drills = Drills(desk, practice)
    register, signed_records, attachments = Register(desk), SignedRecords(desk, clients), Attachments(desk)
    policy = Policy(desk, drafts, practice, signed_records, register)
    practice_checks = PracticeChecks(desk, register, drills, practice)
    training_rules = Rules(desk, practice)
    trainings = Trainings(desk, drafts, register, drills, training_rules)
    schedule = Schedule(desk, practice, register)
    reviews = Reviews(desk, schedule, practice, policy, practice_checks, drills, backups)
    set_up = SettingUp(desk, vault, practice, policy, backups)
    histories = Histories(desk, screenings, plans, incidents, practice)
    plan_copies, timelines = PlanCopies(desk, plans), Timelines(desk)
    statuses, retention = Statuses(desk, clients, register), Retention(desk, clients, practice)
    client_links = ClientLinks(desk, clients, register, practice)
    readings = RecordReadings(desk, screenings, plans, incidents, signed_records, addenda)
    session_notes = SessionNotes(desk, clients, drafts, signed_records, practice, addenda)
    consents = Consents(desk, clients, drafts, signed_records, practice, addenda)
    known = KnownNames(desk, clients)
    consultations = Consultations(desk, clients, drafts, signed_records, practice, addenda, known)
    private_notes = PrivateNotes(desk, clients, drafts, signed_records)
    agreements = Agreements(desk, clients, drafts, signed_records, practice)
    written = (session_notes, private_notes, agreements, consents, consultations)
    check_ins, snoozes = CheckIns(desk, drafts, practice, register), Snoozes(desk, register)
    due = Due(
        *(desk, clients, drafts, incidents, practice, backups, drills, statuses, retention, consents),
        PolicyDue(desk, policy, practice_checks, reviews),
        PracticeDue(desk, trainings, reviews),
        set_up,
        SupportDue(consultations, check_ins),
        snoozes,
    )
    return Session(
        vault=vault,
        desk=desk,
        clients=clients,
        drafts=drafts,
        screenings=screenings,
        plans=plans,
        plan_copies=plan_copies,
        incidents=incidents,
        addenda=addenda,
        addendum_drafts=addendum_drafts,
        dialog_drafts=DialogDrafts(desk, drafts),
        practice=practice,
        practice_drafts=PracticeDrafts(desk, drafts, practice, retention),
        exports=Exports(desk, clients, screenings, plans, incidents, addenda, practice, register),
        screening_reports=ScreeningReports(desk, clients, screenings, addenda, practice, histories),
        backups=backups,
        find=Find(desk, clients),
        search_index=SearchIndex(desk),
        due=due,
        places=Places(desk),
        histories=histories,
        questionnaires=questionnaires,
        audit_trail=AuditTrail(desk, clients, practice),
        incident_exports=IncidentExports(desk, clients, plans, incidents, addenda, practice),
        crisis=Crisis(desk, drafts, screenings, session_notes),
        drills=drills,
        wall_cards=WallCards(desk, practice),
        answer_files=AnswerFiles(desk, screenings, questionnaires),
        signed_records=signed_records,
        register=register,
        attachments=attachments,
        statuses=statuses,
        timelines=timelines,
        client_links=client_links,
        closings=Closings(desk, screenings, plans, plan_copies, incidents, consents, timelines, addendum_drafts),
        retention=retention,
        purges=Purges(desk, clients, retention, signed_records, practice),
        record_exports=RecordExports(desk, clients, practice, timelines, client_links, readings),
        record_texts=RecordTexts(desk, readings, {one.noun: one for one in written}),
        handouts=Handouts(desk, clients, practice, register),
        own_handouts=OwnHandouts(desk, drafts, register),
        session_notes=session_notes,
        private_notes=private_notes,
        agreements=agreements,
        consents=consents,
        policy=policy,
        practice_checks=practice_checks,
        policy_documents=PolicyDocuments(desk, practice, policy, practice_checks, addenda),
        training_rules=training_rules,
        trainings=trainings,
        training_documents=TrainingDocuments(desk, practice, trainings, attachments),
        review_schedule=schedule,
        reviews=reviews,
        feedback=Feedbacks(desk, clients, drafts, register, practice, policy),
        set_up=set_up,
        self_care=SelfCare(desk, drafts, practice, register),
        proqol=Proqol(desk, drafts, register),
        consultations=consultations,
        check_ins=check_ins,
        snoozes=snoozes,
        weeks=Weeks(desk, due, practice),
    )
