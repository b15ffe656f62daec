"""The dialogs of the safety policy: adopt it, a person, a reading, a new section, two versions compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.policy import CoveredPerson, PolicyPart, undecided_words
from safeplan_desktop.domain.policy_comparison import PolicyComparison
from safeplan_desktop.domain.signed_records import SignedSummary
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.practice.policy_presenter import Adoption
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.dialog import Dialog
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import Choice, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Page, button, clear_layout, label, row
from safeplan_desktop.ui.widgets.wrapping import TickBox

Adopt = Callable[[str, dt.date | None, str, bool], None]
"""Takes signer, review day, change, and whether undecided clauses stay out."""


class AdoptDialog(FormDialog):
    """Signs the policy as the next version."""

    def __init__(self, parent: QWidget, begin: Adoption, adopt: Adopt, one_by_one: Callable[[], None]) -> None:
        super().__init__(
            parent,
            "policy-adopt",
            "Adopt the safety policy",
            "Adopt the safety policy",
            "It becomes a version that never changes, with the contacts and the protocol as they stand today.",
        )
        if begin.missing:
            missing = label(
                f"Not said yet in the profile: {', '.join(begin.missing)}. The policy says so in those places.",
                name="policy-adopt.missing",
            )
            self._column.insertWidget(2, missing)
        self.change, self.signer, self.review_on = TextArea(fewest_lines=3), TextLine(), DateField()
        self.change.set_value(begin.change)
        self.signer.set_value(begin.signer)
        self.review_on.set_value(begin.review_on)
        self.leave = TickBox("Leave them out of this version")
        if begin.undecided:
            self.form.add("undecided", undecided_words(begin.undecided), self.leave, "Neither printed nor promised")
            self.decide = button(
                "Decide them one by one", "policy-adopt.one-by-one", lambda: self._decide(one_by_one), kind="small"
            )
            self._column.addLayout(row(self.decide, None))
        self.form.add("change", "What changed and why", self.change, "It stands in the change log")
        self.form.add("review_on", "Next review", self.review_on)
        self.form.add("signer", "Your name, as your signature", self.signer)
        self.finish(
            "Sign and adopt",
            "sign",
            lambda: adopt(self.signer.value(), self.review_on.value(), self.change.value(), self.leave.isChecked()),
        )
        self.change.setFocus()

    def _decide(self, one_by_one: Callable[[], None]) -> None:
        self.reject()
        one_by_one()


class PersonDialog(FormDialog):
    """Name and role of somebody whom the policy covers."""

    def __init__(self, parent: QWidget, person: CoveredPerson | None, save: Callable[[str, str], None]) -> None:
        heading = "Add a person" if person is None else "Change name or role"
        super().__init__(
            parent,
            "policy-person",
            heading,
            heading,
            "No log-in comes with it: the list says who has to read.",
            letters=60,
        )
        self.name, self.role = TextLine(), TextLine("Such as: front desk, trainee, covering therapist")
        self.name.set_value(person.name if person is not None else "")
        self.role.set_value(person.role if person is not None else "")
        self.form.add("name", "Name", self.name)
        self.form.add("role", "Role", self.role)
        self.finish("Save", "save", lambda: save(self.name.value(), self.role.value()))
        self.name.setFocus()


class ReadingDialog(FormDialog):
    """The day on which somebody read and signed a version; an empty day takes it back."""

    def __init__(
        self,
        parent: QWidget,
        name: str,
        version: int,
        on: dt.date | None,
        save: Callable[[dt.date | None], None],
    ) -> None:
        super().__init__(
            parent,
            "policy-reading",
            "Read and signed",
            f"{name}: version {version}",
            "The day that stands beside the signature on paper. Empty: not read yet.",
            letters=60,
        )
        self.on = DateField()
        self.on.set_value(on)
        self.form.add("on", "Read and signed on", self.on)
        self.finish("Save", "save", lambda: save(self.on.value()))
        self.on.setFocus()


class SectionDialog(FormDialog):
    """A section of the practice's own."""

    def __init__(self, parent: QWidget, part: PolicyPart, add: Callable[[PolicyPart, str], None]) -> None:
        super().__init__(
            parent, "policy-section", "Add a section", "Add a section", "It comes at the end of its part.", letters=60
        )
        self.part, self.title = Choice(enum_options(PolicyPart, label_of), empty=""), TextLine()
        self.part.set_value(part)
        self.form.add("part", "Part", self.part)
        self.form.add("title", "Title", self.title)
        self.finish("Add it", "add", lambda: add(self.part.value(), self.title.value()))
        self.title.setFocus()


class ComparisonDialog(Dialog):
    """Any two versions: what was added, removed, changed."""

    def __init__(
        self,
        parent: QWidget,
        versions: Sequence[SignedSummary],
        compare: Callable[[str, str], PolicyComparison],
        print_: Callable[[str, str], None],
    ) -> None:
        super().__init__(parent.window())
        self.setObjectName("policy-comparison")
        self.setWindowTitle("Two versions compared - SafePlan")
        self.setModal(True)
        self._compare = compare
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * GAP, 0, GAP)
        options = [(one.id, f"Version {one.number}, {one.day:%d %b %Y}") for one in versions]
        self.older, self.newer = Choice(options, empty=""), Choice(options, empty="")
        for choice, name, words in ((self.older, "older", "From"), (self.newer, "newer", "To")):
            choice.setObjectName(f"policy-comparison.{name}")
            choice.setAccessibleName(words)
            choice.changed.connect(self._show)
        self.newer.setCurrentIndex(0)
        self.older.setCurrentIndex(min(1, len(options) - 1))
        top = row(label("From"), self.older, label("to"), self.newer, None)
        top.setContentsMargins(3 * GAP, 0, 3 * GAP, 0)
        layout.addLayout(top)
        self._page = Page("policy-comparison.page")
        self._body = QVBoxLayout()
        self._page.add(self._body)
        self._page.body.addStretch(1)
        layout.addWidget(self._page, 1)
        foot = row(
            None,
            button("Close", "policy-comparison.close", self.reject),
            button(
                "Print it",
                "policy-comparison.print",
                lambda: print_(self.older.value(), self.newer.value()),
                kind="primary",
            ),
        )
        foot.setContentsMargins(3 * GAP, 0, 3 * GAP, 0)
        layout.addLayout(foot)
        letters = self.fontMetrics()
        self.resize(letters.averageCharWidth() * 110, letters.lineSpacing() * 34)
        self._show()

    def _show(self) -> None:
        clear_layout(self._body)
        found = self._compare(self.older.value(), self.newer.value())
        if found.is_none:
            self._body.addWidget(label("The two versions say the same.", name="policy-comparison.same"))
        for part in PolicyPart:
            for place, one in enumerate(found.of_part(part)):
                if not place:
                    self._body.addWidget(label(label_of(part), "heading"))
                words = f"{label_of(one.kind)}, {one.where}: {one.after or one.before}"
                self._body.addWidget(label(words, name="policy-comparison.line"))
                if one.before and one.after:
                    self._body.addWidget(label(f"Before: {one.before}", "quiet"))
        if found.facts:
            self._body.addWidget(label("Filled in from the practice", "heading"))
        for change in found.facts:
            self._body.addWidget(label(change.sentence, name="policy-comparison.line"))
