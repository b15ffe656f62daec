"""A crisis as it runs: the protocol's steps, the times at which they were ticked, and where the client is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from safeplan_desktop.domain.incidents import Action, IncidentForm, Place
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.screenings import Setting
from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
STEP_KEYS = "1234567890ABCDEFGHIJ"
"""The key that ticks each step: one key without Shift, on every keyboard. The 0 stands where the ten would be."""

MOST_STEPS = len(STEP_KEYS)
LONGEST_STEP = 200
SLIP_SECONDS = 10
"""A step that is ticked again so soon after it was unticked keeps its first time: it was a slip of the hand."""


APART_MINUTES = 60
"""So long after the last tick, the next one belongs to another crisis, unless the therapist says otherwise."""


class Variant(Enum):
    """Which protocol: the client is in the room, or somewhere else."""

    OFFICE = "office"
    TELEHEALTH = "telehealth"


@dataclass(frozen=True, slots=True)
class ProtocolStep:
    """One step of the emergency protocol.

    Attributes:
        call: Whether it is a call for help; an exercise measures the time to the first of them.
        short: Fewer words for the wall card; empty = the step itself.
    """

    text: str
    call: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True)
class Protocol:
    """The emergency protocol's steps, for the office and for telehealth."""

    office: tuple[ProtocolStep, ...] = ()
    telehealth: tuple[ProtocolStep, ...] = ()

    def steps(self, variant: Variant) -> tuple[ProtocolStep, ...]:
        """The steps of one variant."""
        return self.office if variant is Variant.OFFICE else self.telehealth


def check_protocol(protocol: Protocol) -> Protocol:
    """The protocol with outer spaces removed.

    Raises:
        InvalidInputError: naming the variant that has no step, too many, a long one, or the same one twice.
    """
    cleaned = Protocol(
        *(tuple(replace(step, text=step.text.strip()) for step in protocol.steps(variant)) for variant in Variant)
    )
    for variant in Variant:
        texts = [step.text for step in cleaned.steps(variant)]
        if not texts:
            raise InvalidInputError(variant.value, "Please keep at least one step.")
        if len(texts) > MOST_STEPS:
            raise InvalidInputError(variant.value, f"There are more than {MOST_STEPS} steps. Please join some of them.")
        if not all(texts):
            raise InvalidInputError(variant.value, "One of the steps has no words yet.")
        if any(len(text) > LONGEST_STEP for text in texts):
            raise InvalidInputError(variant.value, f"One of the steps is longer than {LONGEST_STEP} characters.")
        if len({text.casefold() for text in texts}) < len(texts):
            raise InvalidInputError(variant.value, "Two of the steps have the same words.")
    return cleaned


@dataclass(frozen=True, slots=True)
class Stamp:
    """A step that was ticked, in its words of that moment.

    Attributes:
        at: UTC, to the second.
    """

    variant: Variant
    step: str
    at: dt.datetime
    call: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A stamp that was unticked, and when."""

    stamp: Stamp
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class CrisisRun:
    """What was ticked since the panel was last cleared.

    Attributes:
        began_at: When an exercise was begun; None in earnest, where the first stamp is the beginning.
        ended_at: When an exercise was ended; its summary may still wait for a word on what to improve: `improve`.
        client_id: Whose crisis it is, as soon as a client was chosen.
        where: Where the client is, as typed in the panel; `where_at` says when.
    """

    stamps: tuple[Stamp, ...] = ()
    taken_back: tuple[TakenBack, ...] = ()
    client_id: str = ""
    where: str = ""
    where_at: dt.datetime | None = None
    began_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    improve: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ticked or typed."""
        return not self.stamps and not self.where.strip()

    @property
    def first_at(self) -> dt.datetime | None:
        """When it was begun; None where nothing has a time."""
        return min(self._times(), default=None)

    @property
    def last_at(self) -> dt.datetime | None:
        """The newest tick or word; None where nothing has a time."""
        return max(self._times(), default=None)

    def _times(self) -> tuple[dt.datetime, ...]:
        return (*(stamp.at for stamp in self.stamps), *((self.where_at,) if self.where_at is not None else ()))

    def is_over(self, now: dt.datetime) -> bool:
        """Whether what is ticked now would belong to another crisis."""
        return self.last_at is not None and now - self.last_at > dt.timedelta(minutes=APART_MINUTES)

    def stamp_of(self, variant: Variant, step: str) -> Stamp | None:
        """The stamp of a step, or None."""
        return next((stamp for stamp in self.stamps if (stamp.variant, stamp.step) == (variant, step)), None)

    def in_order(self) -> tuple[Stamp, ...]:
        """The stamps by time; of one second, in the order in which they were ticked."""
        return tuple(sorted(self.stamps, key=lambda stamp: stamp.at))

    def ticked(self, variant: Variant, step: ProtocolStep, at: dt.datetime) -> CrisisRun:
        """The run with a step ticked; one that is ticked already keeps its time, and so does a slip of the hand."""
        if self.stamp_of(variant, step.text) is not None:
            return self
        stamp = Stamp(variant, step.text, at.replace(microsecond=0), step.call)
        rest = []
        for entry in self.taken_back:
            if (entry.stamp.variant, entry.stamp.step) != (variant, step.text):
                rest.append(entry)
            elif (at - entry.at).total_seconds() <= SLIP_SECONDS:
                stamp = entry.stamp
        return replace(self, stamps=(*self.stamps, stamp), taken_back=tuple(rest))

    def unticked(self, variant: Variant, step: str, at: dt.datetime) -> CrisisRun:
        """The run with a step's tick taken away."""
        stamp = self.stamp_of(variant, step)
        if stamp is None:
            return self
        kept = tuple(other for other in self.stamps if other is not stamp)
        return replace(self, stamps=kept, taken_back=(*self.taken_back, TakenBack(stamp, at)))

    def joined(self, other: CrisisRun) -> CrisisRun:
        """This run with what was ticked since, elsewhere.

        Of one step the earlier time counts, of where the client is the newer word; what was unticked since stays so.
        """
        gone = {entry.stamp for entry in other.taken_back}
        stamps = {(stamp.variant, stamp.step): stamp for stamp in self.stamps if stamp not in gone}
        for stamp in other.stamps:
            same = stamps.get((stamp.variant, stamp.step))
            if same is None or stamp.at < same.at:
                stamps[stamp.variant, stamp.step] = stamp
        newer = other if self.where_at is None or (other.where_at or self.where_at) > self.where_at else self
        return replace(
            self,
            stamps=tuple(stamps.values()),
            taken_back=tuple(dict.fromkeys((*self.taken_back, *other.taken_back))),
            client_id=self.client_id or other.client_id,
            where=newer.where,
            where_at=newer.where_at,
            began_at=self.began_at or other.began_at,
        )


def apart(runs: Iterable[CrisisRun]) -> tuple[CrisisRun, ...]:
    """Runs of several crises, the oldest first; those that lie close together, or overlap, are joined into one."""
    timed = [(run.first_at, run) for run in runs if not run.is_empty]
    found: list[CrisisRun] = []
    for first, run in sorted(timed, key=lambda one: (one[0] is not None, one[0] or _NO_TIME)):
        if not found or (first is not None and found[-1].is_over(first)):
            found.append(run)
        else:
            found[-1] = found[-1].joined(run)
    return tuple(found)


_NO_TIME = dt.datetime.min.replace(tzinfo=dt.UTC)


def incident_form_of(run: CrisisRun, zone: str) -> IncidentForm:
    """An incident form with the ticked steps as its timeline, and where the client was."""
    ordered = run.in_order()
    actions = tuple(Action(stamp.at.replace(second=0, microsecond=0), stamp.step) for stamp in ordered)
    elsewhere = any(stamp.variant is Variant.TELEHEALTH for stamp in ordered) or bool(run.where.strip())
    first = ordered[0].at if ordered else run.where_at
    place = None if first is None else Place.TELEHEALTH if elsewhere else Place.OFFICE
    note = ""
    if run.where.strip():
        asked = f", asked at {Moment(run.where_at, zone).local:%H:%M}" if run.where_at is not None else ""
        note = f"Where the client was{asked}: {run.where.strip()}"
    return IncidentForm(
        client_id=run.client_id,
        happened_at=None if first is None else first.replace(second=0, microsecond=0),
        crisis_started_at=first,
        place=place,
        place_note=note,
        actions=actions,
        zone=zone,
    )


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the client is, as last asked.

    Attributes:
        setting: Of the newest screening or session that says one; None where there is none.
        place: The client's words; empty where they weren't asked.
        asked: When; None where they weren't asked.
        callback: The number on which the client can be called back.
    """

    setting: Setting | None = None
    place: str = ""
    asked: Moment | None = None
    callback: str = ""

    @property
    def elsewhere(self) -> bool:
        """Whether the therapist and the client aren't in the same place."""
        return self.setting in (Setting.TELEHEALTH, Setting.PHONE)
