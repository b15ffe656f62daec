"""A signed record as plain text, for another record system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.plans import PlanVersion
from safeplan_desktop.domain.record_text import text_of
from safeplan_desktop.services import reference
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.record_readings import RecordReadings
from safeplan_desktop.services.written import Written


@dataclass(frozen=True, slots=True)
class RecordTexts:
    """Texts of signed records.

    Attributes:
        written: The services of kinds that have a text of their own, by their noun.
    """

    desk: Desk
    readings: RecordReadings
    written: Mapping[Noun, Written[Any]]

    def for_clipboard(self, noun: Noun, record_id: str) -> str:
        """A record's text; the audit notes that it left the records.

        Raises:
            NotFoundError: when there is none of that kind and id.
        """
        if noun in self.written:
            return self.written[noun].copied(record_id)
        item = self.readings.read(noun, record_id)
        language = item.record.form.language if isinstance(item.record, PlanVersion) else "en"
        text = text_of(item, reference.plan_wording(language))
        with self.desk.entry() as entry:
            entry.audit(AuditAction.EXPORTED, noun, record_id, detail="copied as text")
        return text
