"""The page that checks records and backups, and says plainly what was found."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from safeplan_desktop.domain.backups import SEARCH, Verification
from safeplan_desktop.domain.chain_heads import HeadVerdict
from safeplan_desktop.domain.check_words import next_steps, verdict_words
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import CancelledError, InvalidInputError, SafePlanError
from safeplan_desktop.ui.backups.check_presenter import CheckPresenter
from safeplan_desktop.ui.printing import choose_file
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import Card, Form, Page, button, clear_layout, label, row

_LONGEST_FINGERPRINT = 120
_LAID_OUT_MS = 50


class CheckPage(Page):
    """Starts a check, shows how far it is, then what is good and what isn't."""

    def __init__(self, presenter: CheckPresenter, parent: QWidget | None = None) -> None:
        super().__init__(
            "check",
            "Check my records",
            "Looks at every page, every signed record and the whole history, and compares its end with what was recorded "
            "earlier. You can go on working meanwhile.",
            parent=parent,
        )
        self._presenter = presenter
        start = self.card("What to check")
        self._sources = label("", "quiet", name="check.sources")
        self.fingerprint = TextLine("3fa94c0b77d1, entry 1234", longest=_LONGEST_FINGERPRINT)
        self.form = Form("check")
        self.form.add(
            "fingerprint",
            "A fingerprint from paper",
            self.fingerprint,
            "May be left empty. It stands at the foot of every printed report.",
        )
        self.start_button = button("Check my records", "check.start", self.start, kind="primary")
        self.backup_button = button("Check a backup...", "check.backup", self.choose_backup)
        start.add(self._sources)
        start.add(self.form)
        start.add(row(None, self.backup_button, self.start_button))
        self._running = self.card("The check is under way")
        self._doing = label("", "quiet", name="check.doing")
        self.progress = QProgressBar()
        self.progress.setObjectName("check.progress")
        self.progress.setAccessibleName("Progress of the check")
        self.progress.setTextVisible(False)
        self.cancel_button = button("Cancel the check", "check.cancel", presenter.cancel)
        self._running.add(self._doing)
        self._running.add(self.progress)
        self._running.add(row(None, self.cancel_button))
        self._running.setVisible(False)
        self._results = QVBoxLayout()
        self._results.setSpacing(self.body.spacing())
        self.add(self._results)
        self.body.addStretch(1)
        presenter.attach(self)
        presenter.reload()

    def start(self) -> None:
        """Checks the open records."""
        self._begin()
        self._presenter.check_records(self.fingerprint.value())

    def choose_backup(self) -> None:
        """Asks for a backup and checks it."""
        path = choose_file(
            self,
            "Backup to check",
            "SafePlan backups (*.safeplan-backup)",
            self._presenter.session.practice.settings().backup_folder,
        )
        if path is not None:
            self._begin()
            self._presenter.check_backup(path, self.fingerprint.value())

    def _begin(self) -> None:
        self.form.clear_errors()
        self.banner.dismiss()
        clear_layout(self._results)

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_sources(self, sentence: str) -> None:
        """Says what the history would be compared with."""
        self._sources.setText(sentence)

    def show_progress(self, fraction: float | None, sentence: str) -> None:
        """Shows how far it is."""
        begins = self._running.isHidden()
        self._running.setVisible(True)
        self._doing.setText(f"{sentence} ...")
        self.progress.setRange(0, 0 if fraction is None else 1000)
        if fraction is not None:
            self.progress.setValue(int(fraction * 1000))
        if begins:
            self.cancel_button.setFocus()
            self.start_button.setEnabled(False)
            self.backup_button.setEnabled(False)

    def _idle(self) -> None:
        had_focus = self.cancel_button.hasFocus()
        self.start_button.setEnabled(True)
        self.backup_button.setEnabled(True)
        if had_focus:
            self.start_button.setFocus()
        self._running.setVisible(False)

    def mend_find(self) -> None:
        """Makes what Find looks in anew from the records, then checks again."""
        self._begin()
        self._presenter.mend_find()

    def show_checks(self, title: str, verification: Verification, *, own: bool) -> None:
        """Shows every check in words, what isn't in order first; what can be mended here, it offers once."""
        self._idle()
        clear_layout(self._results)
        self._results.addWidget(self._verdict(title, verification))
        offered = not own
        for check in verification.checks:
            if not check.ok:
                card = Card("To look at")
                card.add(label(check.sentence, "error"))
                card.add(label(next_steps(check)))
                if check.id in SEARCH and not offered:
                    card.add(row(button("Mend Find", "check.mend-find", self.mend_find), None))
                    offered = True
                self._results.addWidget(card)
        good = Card("Good")
        for check in verification.checks:
            if check.ok:
                good.add(label(check.sentence, "quiet"))
        self._results.addWidget(good)
        if verification.heads:
            self._results.addWidget(_heads(verification, self._presenter.zone))

    def _verdict(self, title: str, verification: Verification) -> QWidget:
        card = Card()
        verdict = label(f"{title}: {verdict_words(verification)}.", "heading", name="backups.verdict")
        card.add(verdict)
        # It gets its place a little later; then what was found is scrolled into sight.
        QTimer.singleShot(_LAID_OUT_MS, verdict, lambda: self.show_widget(verdict))
        card.add(row(button("Open the report", "check.report", self._presenter.open_report), None))
        return card

    def show_problem(self, problem: SafePlanError) -> None:
        """Says why it didn't work, or that it was cancelled."""
        self._idle()
        if isinstance(problem, CancelledError):
            self.banner.say("information", problem.sentences)
        else:
            self.banner.show_problem(problem)
        self.to_top()

    def show_field_problem(self, problem: InvalidInputError) -> None:
        """Says beside the field what is wrong with the fingerprint."""
        self.form.show_error("fingerprint", f"{problem.what} {problem.next_step}".strip())


def _heads(verification: Verification, zone: str) -> Card:
    card = Card(
        "Compared with earlier ends of the history",
        "Somebody who has your key could write the whole history anew; only what was recorded elsewhere shows that.",
    )
    for one in verification.heads:
        made = one.day(zone)
        day = f", {made:%d %b %Y}" if made is not None else ""
        role = "error" if one.verdict is HeadVerdict.DIFFERENT else ""
        card.add(label(f"{label_of(one.verdict)}: {one.head.words[0].lower()}{one.head.words[1:]}{day}", role))
        if one.verdict is not HeadVerdict.SAME:
            card.add(label(one.sentence, "quiet"))
    return card
