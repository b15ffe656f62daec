"""The safety policy as documents: an adopted version, the draft, two versions compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from safeplan_desktop.domain.canonical import to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.policy import AdoptedPolicy, LogLine, PolicyForm
from safeplan_desktop.domain.policy_comparison import PolicyComparison
from safeplan_desktop.domain.policy_paper import PolicyPaper
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.services.addenda import Addenda
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.policy import TITLE, Policy
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.practice_checks import PracticeChecks
from safeplan_desktop.storage import audit

# ReportLab loads when a document is first made, in the job that makes it: the window doesn't wait for it.


@dataclass(frozen=True, slots=True)
class PolicyDocuments:
    """Documents of the policy."""

    desk: Desk
    practice: Practice
    policy: Policy
    checks: PracticeChecks
    addenda: Addenda

    def version(self, record: SignedRecord, *, paper: Paper | None = None) -> Document:
        """An adopted version, with who read it and the checks as of today."""
        adopted = record.form_as(AdoptedPolicy)
        read = {one.person.name: one.person for one in self.policy.people()}
        covered = tuple(read.pop(one.name, one) for one in adopted.people)
        printed = PolicyPaper(
            form=adopted.form,
            facts=adopted.facts,
            made=self.desk.now(),
            number=record.number,
            adopted=record.signed,
            signer=record.signer,
            review_on=adopted.review_on,
            undecided=adopted.undecided,
            # Who came later has to read it, too.
            people=(*covered, *read.values()),
            log=self.policy.log(until=record.number),
            last_done=self.checks.last_done(),
            addenda=self.addenda.of_record(record.id),
        )
        return self._document(record.id, printed, record.content, paper)

    def draft(self, record_id: str, form: PolicyForm, *, paper: Paper | None = None) -> Document:
        """The policy as it stands now, plainly marked as a draft on every page."""
        printed = PolicyPaper(
            form=form,
            facts=self.policy.facts(),
            made=self.desk.now(),
            review_on=form.review_on,
            undecided=len(form.undecided),
            people=tuple(one.person for one in self.policy.people()),
            log=self.policy.log(),
            last_done=self.checks.last_done(),
        )
        return self._document(record_id, printed, to_json(form), paper)

    def _document(self, record_id: str, printed: PolicyPaper, words: str, paper: Paper | None) -> Document:
        paper = paper or self.practice.settings().paper
        head = audit.head(self.desk.database).stamp
        which = "draft" if printed.number is None else f"version {printed.number}"
        return Document(
            make=partial(_make, printed, self.practice.profile(), paper, head),
            title=f"{TITLE}, {which}",
            suggested_name=file_name(f"safety-policy-{which.replace(' ', '-')}", "", printed.made.local_date),
            noun=Noun.POLICY,
            record_id=record_id,
            client_id="",
            detail=f"{'draft' if printed.number is None else 'version'}, {paper.value}",
            words="\n".join((words, *(f"{one.name} {one.role}" for one in printed.people))),
        )

    def comparison(self, older: SignedRecord, newer: SignedRecord, *, paper: Paper | None = None) -> Document:
        """Two versions compared."""
        paper = paper or self.practice.settings().paper
        made = self.desk.now()
        lines = tuple(
            LogLine(one.number, one.day, one.form_as(AdoptedPolicy).change, one.signer) for one in (older, newer)
        )
        return Document(
            make=partial(
                _make_comparison,
                lines,
                self.policy.compare(older, newer),
                self.practice.profile(),
                paper,
                made,
                audit.head(self.desk.database).stamp,
            ),
            title=f"{TITLE}: versions {older.number} and {newer.number}",
            suggested_name=file_name("safety-policy-comparison", "", made.local_date),
            noun=Noun.POLICY,
            record_id=newer.id,
            client_id="",
            detail=f"comparison, {paper.value}",
            words=older.content + newer.content,
        )


def _make(printed: PolicyPaper, practice: PracticeProfile, paper: Paper, chain_head: str) -> bytes:
    from safeplan_desktop.documents.policy import policy_pdf  # noqa: PLC0415 - see above

    return policy_pdf(printed, practice, paper, chain_head)


def _make_comparison(
    lines: tuple[LogLine, ...],
    comparison: PolicyComparison,
    practice: PracticeProfile,
    paper: Paper,
    made: Moment,
    chain_head: str,
) -> bytes:
    from safeplan_desktop.documents.policy_comparison import policy_comparison_pdf  # noqa: PLC0415 - see above

    return policy_comparison_pdf(lines, comparison, practice, paper, made, chain_head)
