"""Safety policies for tests."""

from __future__ import annotations

from dataclasses import replace

from safeplan_desktop.domain.policy import PolicyForm, Practised
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.services.session import Session

SIGNER = "Dr. Alma Reyes"


def decided(form: PolicyForm, *not_here: str) -> PolicyForm:
    """The form with every clause practised, but for these."""
    for section in form.sections:
        clauses = tuple(
            replace(one, practised=Practised.NOT_HERE if one.id in not_here else Practised.WE_DO)
            for one in section.clauses
        )
        form = form.with_section(replace(section, clauses=clauses))
    return form


def adopt(session: Session, *not_here: str, change: str = "First version.") -> SignedRecord:
    """Adopts the next version, as our text stands."""
    policy = session.policy
    draft, form = policy.begin()
    return policy.adopt(draft, decided(form, *not_here), SIGNER, review_on=policy.usual_review(), change=change)
