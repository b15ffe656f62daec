"""An invented practice for trying the program out: the same seed gives the same practice.

The words are in `resources/sample/practice.toml`. Everything is written through the services, in the order of time, so
a sample is as real as what a therapist writes.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from safeplan_desktop.assets import read_text
from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.canonical import from_plain
from safeplan_desktop.domain.clients import ClientContact, ClientForm, ContactSafety
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.incidents import (
    Action,
    FollowUp,
    IncidentCategory,
    IncidentForm,
    Notification,
    Party,
    PhysicalHarm,
    Place,
    PsychologicalHarm,
)
from safeplan_desktop.domain.moments import Clock, Moment
from safeplan_desktop.domain.plans import PlanForm, PlanItem, PlanSection, SectionKey
from safeplan_desktop.domain.practice import ContactType, EmergencyContact, PracticeProfile
from safeplan_desktop.domain.screenings import (
    Care,
    Factor,
    FactorKind,
    Formulation,
    InstrumentAnswers,
    ItemAnswer,
    Judgement,
    LevelOfCare,
    MeansAccess,
    ScreeningForm,
    ScreeningReason,
    Setting,
)
from safeplan_desktop.errors import VaultExistsError
from safeplan_desktop.services import reference
from safeplan_desktop.services.sample_handouts import give_sample_handouts, write_sample_handout
from safeplan_desktop.services.sample_policy import adopt_sample_policy
from safeplan_desktop.services.sample_record import add_to_records
from safeplan_desktop.services.sample_sessions import written_story
from safeplan_desktop.services.sample_support import DAYS_AGO, care_for_sample_therapist
from safeplan_desktop.services.sample_training import (
    gather_sample_feedback,
    log_sample_trainings,
    write_sample_rules,
)
from safeplan_desktop.services.session import Session, open_session
from safeplan_desktop.services.vault import OpenVault
from safeplan_desktop.storage import clients as stored_clients

MONTHS = 8
_DAYS = MONTHS * 30
_FLAGGED_SEVERITY = 1.2
_POLICY_DAYS = 30
"""So long ago the safety policy was adopted, after the numbers were checked."""


@dataclass(slots=True)
class SampleClock:
    """A clock that the sample sets from event to event."""

    moment: dt.datetime
    zone_name: str

    def now(self) -> dt.datetime:
        """The set instant."""
        return self.moment

    def zone(self) -> str:
        """The therapist's zone."""
        return self.zone_name


@dataclass(frozen=True, slots=True)
class _Contact:
    type: ContactType
    name: str
    number: str
    hours: str
    on_plans: bool


@dataclass(frozen=True, slots=True)
class _Story:
    """What happened; `{at}` and `{later}` stand for clock times, `{contact}` for the client's contact."""

    category: IncidentCategory
    place: Place
    antecedent: str
    account: str
    outcome: str
    physical: PhysicalHarm = PhysicalHarm.NONE


@dataclass(frozen=True, slots=True)
class _Texts:
    profile: PracticeProfile
    contacts: tuple[_Contact, ...]
    words: dict[str, tuple[str, ...]]
    stories: tuple[_Story, ...]


def refuse_real_records(vault: OpenVault) -> None:
    """Refuses records that have clients: signed invented records among real ones could never be taken out again.

    Raises:
        VaultExistsError: in that case; nothing was changed.
    """
    if stored_clients.codes(vault.database):
        raise VaultExistsError(
            "These records have clients already, so no invented ones are mixed in.",
            safe="Nothing was changed.",
            next_step="Name a folder that isn't there yet.",
        )


def fill_with_sample(vault: OpenVault, clock: Clock, *, clients: int, seed: int) -> dict[str, int]:
    """Writes an invented practice into an open vault; the totals that were written, by kind.

    Args:
        vault: An open vault; what is in it stays.
        clock: The present time; the sample ends there and begins eight months earlier.
        clients: How many clients, 0 or more.
        seed: The same seed gives the same words and numbers (ids differ).
    """
    return _Sample(vault, clock, seed).fill(clients)


class _Sample:
    def __init__(self, vault: OpenVault, clock: Clock, seed: int) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - invented data, not a secret
        self._texts = from_plain(tomllib.loads(read_text("sample/practice.toml")), _Texts)
        # Each story once, in an order of the seed's own, before any comes again.
        stories = self._texts.stories
        self._stories = random.Random(f"stories {seed}").sample(stories, len(stories))  # noqa: S311 - see above
        self._end = clock.now()
        self._clock = SampleClock(self._end - dt.timedelta(days=_DAYS), clock.zone())
        self._session: Session = open_session(vault, self._clock, lambda _change: None)
        self._totals = {"clients": 0, "screenings": 0, "plans": 0, "incidents": 0}

    def fill(self, clients: int) -> dict[str, int]:
        self._practice()
        write_sample_handout(self._session)
        write_sample_rules(self._session)
        events: list[tuple[dt.datetime, int, Callable[[], None]]] = []
        ids = []
        for number in range(clients):
            client_id = self._client(number)
            ids.append(client_id)
            events += [
                (at, len(events) + index, event) for index, (at, event) in enumerate(self._story(client_id, number))
            ]
        adopt = partial(adopt_sample_policy, self._session, self._texts.profile.therapist_name)
        events.append((self._end - dt.timedelta(days=_POLICY_DAYS), len(events), adopt))
        care = partial(care_for_sample_therapist, self._session, self._texts.profile.therapist_name)
        events += [(self._end - dt.timedelta(days=ago), -1, partial(care, part)) for part, ago in enumerate(DAYS_AGO)]
        for at, _, event in sorted(events, key=lambda entry: entry[:2]):
            self._clock.moment = at
            event()
        self._clock.moment = self._end
        add_to_records(self._session, ids)
        log_sample_trainings(self._session)
        gather_sample_feedback(self._session, tuple(ids))
        return self._totals

    def _pick(self, key: str) -> str:
        return self._rng.choice(self._texts.words[key])

    def _some(self, key: str, fewest: int, most: int) -> list[str]:
        words = self._texts.words[key]
        return self._rng.sample(words, min(len(words), self._rng.randint(fewest, most)))

    def _practice(self) -> None:
        practice = self._session.practice
        if practice.profile() == PracticeProfile():
            practice.save_profile(self._texts.profile)
        if not practice.contacts():
            checked = self._end.date() - dt.timedelta(days=40)
            practice.save_contacts(
                tuple(
                    EmergencyContact(
                        new_id(),
                        line.type,
                        line.name,
                        line.number,
                        line.hours,
                        checked_on=checked,
                        on_plans=line.on_plans,
                    )
                    for line in self._texts.contacts
                )
            )

    def _phone(self) -> str:
        return f"+1 303 555 {self._rng.randint(100, 199):04d}"

    def _client(self, number: int) -> str:
        names = self._texts.words["names"]
        name = names[number % len(names)] + (f" {number // len(names) + 1}" if number >= len(names) else "")
        contact = ClientContact(
            id=new_id(),
            name=self._pick("contact_names"),
            relation=self._pick("relations"),
            phone=self._phone(),
            emergency=True,
            consent=Answer.YES,
            consent_on=self._clock.moment.date(),
            safety=ContactSafety(call=Answer.YES, leave_message=self._rng.choice((Answer.YES, Answer.NO))),
        )
        born = dt.date(self._rng.randint(1955, 2004), self._rng.randint(1, 12), self._rng.randint(1, 28))
        client = self._session.clients.add(
            ClientForm(
                code=self._session.clients.suggest_code(),
                name=name,
                pronouns=self._pick("pronouns"),
                birth_date=born,
                phone=self._phone(),
                safety=ContactSafety(call=Answer.YES, leave_message=Answer.NO, write=Answer.NOT_ASKED),
                contacts=(contact,),
            )
        )
        self._totals["clients"] += 1
        return client.id

    def _story(self, client_id: str, number: int) -> list[tuple[dt.datetime, Callable[[], None]]]:
        """A client's months: screenings from intake on, one or two plan versions, sometimes an incident."""
        first_day = self._rng.randint(0, _DAYS // 2)
        severity = self._rng.uniform(0.6, 2.4)
        days = list(range(first_day, _DAYS - 2, self._rng.choice((28, 35, 42))))
        story: list[tuple[dt.datetime, Callable[[], None]]] = []
        for index, day in enumerate(days):
            level = max(0.1, severity * (1.0 - 0.5 * index / len(days)) + self._rng.uniform(-0.3, 0.3))
            story.append((self._at(day), partial(self._screening, client_id, index, level)))
        if number % 5 != 4:  # noqa: PLR2004 - one client in five has no plan yet
            planned = self._at(first_day)
            story.append((planned, partial(self._plan, client_id, "")))
            # With the plan, they take home what it is.
            story.append((planned, partial(give_sample_handouts, self._session, client_id, number)))
            if len(days) > 2 and number % 2 == 0:  # noqa: PLR2004 - every other client has a second version
                story.append((self._at(days[2]), partial(self._plan, client_id, "Reviewed together")))
        if number % 4 == 1:
            story.append((self._at(self._rng.randint(first_day, _DAYS - 2)), partial(self._incident, client_id)))
        story += written_story(self._session, client_id, number, [at for at, _ in story])
        return story

    def _at(self, day: int) -> dt.datetime:
        start = self._end - dt.timedelta(days=_DAYS - day)
        return start.replace(hour=self._rng.randint(14, 22), minute=self._rng.choice((5, 20, 40)), second=0)

    def _answers(self, instrument_id: str, level: float) -> InstrumentAnswers:
        instrument = reference.instrument(instrument_id)
        answers = []
        for item in instrument.items:
            highest = max(option.value for option in instrument.options_of(item))
            value = round(max(0.0, min(float(highest), self._rng.gauss(level, 0.7))))
            if any(flag.item == item.id for flag in instrument.flags) and level < _FLAGGED_SEVERITY:
                value = 0
            answers.append(ItemAnswer(item.id, value))
        return InstrumentAnswers(instrument_id, tuple(answers))

    def _screening(self, client_id: str, index: int, level: float) -> None:
        draft, _ = self._session.screenings.begin(client_id)
        judgement = Judgement.MODERATE if level > _FLAGGED_SEVERITY else Judgement.LOW
        next_day = self._clock.moment.date() + dt.timedelta(days=28)
        form = ScreeningForm(
            client_id,
            reason=ScreeningReason.INTAKE if index == 0 else ScreeningReason.ROUTINE,
            setting=Setting.OFFICE,
            instruments=(self._answers("phq-9", level), self._answers("gad-7", level)),
            factors=(
                *(Factor(FactorKind.RISK, label) for label in self._some("risk", 1, 2)),
                *(Factor(FactorKind.PROTECTIVE, label) for label in self._some("protective", 1, 3)),
            ),
            means=(MeansAccess("Medicines", "Handed to a trusted person", "sister"),) if index == 0 else (),
            warning_signs="; ".join(self._some("warning_signs", 1, 2)),
            formulation=Formulation(
                status="Higher than in the general population, usual for this practice.",
                state="As in the last weeks." if index else "First contact; no baseline yet.",
                judgement=judgement,
                reasons=self._pick("reasons_for_judgement"),
            ),
            care=Care(
                level=LevelOfCare.OUTPATIENT_MORE_OFTEN if judgement is Judgement.MODERATE else LevelOfCare.OUTPATIENT,
                actions=self._pick("actions"),
                next_reassessment=next_day,
            ),
        )
        self._session.screenings.sign(draft, form, self._texts.profile.therapist_name)
        self._totals["screenings"] += 1

    def _plan(self, client_id: str, reason: str) -> None:
        draft, started = self._session.plans.begin(client_id)
        client = self._session.clients.get(client_id)
        helper = client.form.contacts[0]

        def items(key: str, fewest: int, most: int) -> tuple[PlanItem, ...]:
            return tuple(PlanItem(new_id(), text) for text in self._some(key, fewest, most))

        sections = (
            PlanSection(SectionKey.WARNING_SIGNS, items("warning_signs", 2, 4)),
            PlanSection(SectionKey.COPING, items("coping", 2, 4)),
            PlanSection(SectionKey.DISTRACTION, items("distraction", 2, 3)),
            PlanSection(
                SectionKey.HELPERS,
                (PlanItem(new_id(), helper.name, helper.relation, helper.phone, "any time", call=Answer.YES),),
            ),
            PlanSection(
                SectionKey.PROFESSIONALS,
                (
                    PlanItem(
                        new_id(),
                        self._texts.profile.therapist_name,
                        "therapist",
                        self._texts.profile.phone,
                        "9 to 18",
                    ),
                ),
            ),
            PlanSection(SectionKey.SURROUNDINGS, items("surroundings", 1, 2)),
            PlanSection(SectionKey.REASONS, items("reasons", 1, 3)),
        )
        form = PlanForm(
            client_id,
            sections,
            tuple(replace(number, confirmed=True) for number in started.crisis_numbers),
            language=started.language,
            review_on=started.review_on,
            reason=reason,
        )
        self._session.plans.finish(draft, form, self._texts.profile.therapist_name)
        self._totals["plans"] += 1

    def _incident(self, client_id: str) -> None:
        draft, started = self._session.incidents.begin(client_id)
        story = self._stories[self._totals["incidents"] % len(self._stories)]
        happened = self._clock.moment - dt.timedelta(hours=1)
        later = happened + dt.timedelta(minutes=self._rng.randint(9, 35))
        contact = self._session.clients.get(client_id).form.contacts[0]

        def told(text: str) -> str:
            clocks = [f"{Moment(at, started.zone).local:%H:%M}" for at in (happened, later)]
            return text.format(at=clocks[0], later=clocks[1], contact=contact.name)

        account, outcome = told(story.account), told(story.outcome)
        steps = self._some("steps", 2, 3)
        by_contact = Notification(Party.EMERGENCY_CONTACT, later, contact.name, "phone", basis="consent")
        form = IncidentForm(
            client_id=client_id,
            category=story.category,
            happened_at=happened,
            zone=started.zone,
            place=story.place,
            antecedent=story.antecedent,
            account=account,
            de_escalation=self._pick("de_escalation"),
            actions=tuple(
                Action(happened + dt.timedelta(minutes=4 * place), step) for place, step in enumerate(steps, start=1)
            ),
            notifications=(by_contact,) if contact.name in account + outcome else (),
            physical_harm=story.physical,
            psychological_harm=self._rng.choice((PsychologicalHarm.LOW, PsychologicalHarm.MODERATE)),
            outcome=outcome,
            follow_ups=tuple(
                FollowUp(words, happened.date() + dt.timedelta(days=days))
                for days, words in enumerate(self._some("follow_ups", 1, 2), start=1)
            ),
        )
        self._session.incidents.sign(draft, form, self._texts.profile.therapist_name)
        self._totals["incidents"] += 1
