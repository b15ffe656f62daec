"""Records and retention: the rule, what is past it, a purge, and its certificates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from safeplan_desktop.domain.retention import KnownBackup, PurgeReason, RetentionRule
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services.practice_drafts import TypedRule
from safeplan_desktop.services.purges import PurgeOutlook
from safeplan_desktop.ui.practice.retention_presenter import CertificateRow, KeptRow, RetentionPresenter
from safeplan_desktop.ui.practice.typed import TypedForm
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.dialog import Dialog
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import Choice, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Form, Page, button, label, row

_NO_ADVICE = (
    "Your own numbers: what applies where you practise, and for whom, this program doesn't know. Where several are set, "
    "the latest day counts."
)
_LINES, _LETTERS, _FULL = 7, 52, 1000
_MOST_NAMED = 5


class PurgeDialog(FormDialog):
    """The last question before a record goes for good.

    Args:
        parent: The page that it belongs to.
        label_: The client as they are called on the screen.
        outlook: What would go.
        signer: A beginning for the signature.
        purge: Takes reason, note, the typed code and the signature; raises `InvalidInputError`.
    """

    def __init__(
        self,
        parent: QWidget,
        label_: str,
        outlook: PurgeOutlook,
        signer: str,
        purge: Callable[[PurgeReason, str, str, str], None],
    ) -> None:
        counts = ", ".join(f"{label_of(noun).lower()} {count}" for noun, count in outlook.counts.items())
        until = f" By your rule it is kept until {outlook.until:%d %b %Y}." if outlook.until else ""
        about = f"Everything goes, also links to other clients, and nothing brings it back. It holds: {counts or 'no entry'}.{until}"
        heading = f"Remove the record of {label_} for good"
        super().__init__(parent, "purge", "Remove a record", heading, about)
        self._purge = purge
        told = _backups_words(outlook.backups)
        if told:
            self.form.add_widget(label(told, "quiet", name="purge.backups"))
        self.reason = Choice(enum_options(PurgeReason, label_of))
        self.note, self.confirm, self.signer = TextLine(), TextLine(longest=20), TextLine()
        self.reason.set_value(PurgeReason.RETENTION if outlook.past else None)
        self.signer.set_value(signer)
        self.form.add("reason", "Why it goes", self.reason)
        self.form.add("note", "On what that rests", self.note, "Stays on the certificate: no names")
        self.form.add(
            "confirm", f"Type the code {outlook.client.code}", self.confirm, "So that it is this record and no other"
        )
        self.form.add("signer", "Your name, as your signature", self.signer)
        self.finish("Remove for good", "remove", self._remove)
        self.reason.setFocus()

    def _remove(self) -> None:
        reason = self.reason.value()
        if reason is None:
            raise InvalidInputError("reason", "Please choose why the record goes.")
        self._purge(reason, self.note.value(), self.confirm.value(), self.signer.value())


def _backups_words(backups: Sequence[KnownBackup]) -> str:
    """Which backups hold the record still; of many only the newest, as the certificate lists all."""
    named = [f"{one.made_on:%d %b %Y}{f' ({one.name})' if one.name else ''}" for one in backups[-_MOST_NAMED:]]
    earlier = len(backups) - len(named)
    more = f", and {earlier} earlier {'one' if earlier == 1 else 'ones'}; the certificate lists all" if earlier else ""
    return f"Backups still hold it until you delete them: {', '.join(named)}{more}." if named else ""


class RemovingDialog(Dialog):
    """While a record is removed: how far it is. Nothing of the record can be opened or written meanwhile."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setObjectName("removing")
        self.setWindowTitle("Remove a record - SafePlan")
        # It goes when the work is done, or when the records are locked; there is nothing to cancel.
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        layout.addWidget(label("Removing the record for good", "heading"))
        self._doing = label("One moment...", "quiet", name="removing.doing")
        self._doing.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        self._doing.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._doing.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._doing)
        self._progress = QProgressBar()
        self._progress.setObjectName("removing.progress")
        self._progress.setAccessibleName("How far the removal is")
        self._progress.setRange(0, _FULL)
        self._progress.setTextVisible(False)
        layout.addWidget(self._progress)

    def show_progress(self, fraction: float | None, sentence: str) -> None:
        """Shows how far it is."""
        self._progress.setValue(round((fraction or 0.0) * _FULL))
        self._doing.setText(f"{sentence}...")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)


class RetentionPage(Page):
    """The part of the practice."""

    def __init__(self, presenter: RetentionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(
            "practice.retention",
            "Records and retention",
            "How long records are kept, and how one goes for good.",
            parent=parent,
        )
        self._presenter = presenter
        self._removing: RemovingDialog | None = None
        self._build_rule()
        self._build_past()
        self._build_certificates()
        self.body.addStretch(1)
        presenter.attach(self)
        drafts = presenter.session.practice_drafts
        self._typed = TypedForm("retention", self, self._typed_rule, self._show_typed, drafts, self)
        self._typed.take_up()
        for field in (*self.years.values(), self.source):
            field.changed.connect(self._typed.autosave.touch)

    def _build_rule(self) -> None:
        card = self.card("Your rule", _NO_ADVICE)
        self.form = Form("retention")
        self.years = {name: TextLine(longest=3) for name in ("after_last_entry", "after_ending", "after_adulthood")}
        self.source = TextLine()
        self.form.add_row(
            ("after_last_entry", "Years after the last entry", self.years["after_last_entry"], ""),
            ("after_ending", "Years after discharge or death", self.years["after_ending"], ""),
            ("after_adulthood", "Years after the 18th birthday", self.years["after_adulthood"], ""),
        )
        self.form.add(
            "source",
            "Where these numbers come from",
            self.source,
            "Your own note, such as a law or your board's advice",
        )
        card.add(self.form)
        card.add(row(None, button("Save the rule", "retention.save", self._save, kind="primary")))

    def _build_past(self) -> None:
        card = self.card("Past their retention")
        self.nothing = label("", "quiet", name="retention.nothing")
        self.past = DataTable(
            "retention.past",
            "Records past their retention",
            (
                Column("Client", lambda one: one.label, stretch=True),
                Column("Status", lambda one: one.status, width=120),
                Column("Last entry", lambda one: one.last, width=120),
                Column("Kept until", lambda one: one.until, width=120),
            ),
        )
        self.past.opened.connect(lambda one: self._ask(one.client_id))
        self.past.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
        self.purge_button = button("Remove this record...", "retention.purge", self._ask_chosen)
        self.other = other = Form("retention.other")
        self.client = Choice([])
        other.add(
            "client", "A lawful request about another record", self.client, "Also one that isn't past its retention"
        )
        self.other_button = button("Remove it...", "retention.purge-other", self._ask_other, kind="quiet")
        for content in (
            self.nothing,
            self.past,
            row(None, self.purge_button),
            other,
            row(None, self.other_button),
        ):
            card.add(content)

    def _build_certificates(self) -> None:
        card = self.card("Certificates", "What is left of records that went: dates, numbers, hashes; no name.")
        self.none = label("No record was removed for good.", "quiet", name="retention.none")
        self.certificates = DataTable(
            "retention.certificates",
            "Certificates",
            (Column("Day", lambda one: one.day, width=140), Column("Record of", lambda one: one.code, stretch=True)),
        )
        self.certificates.opened.connect(lambda one: self._presenter.open_certificate(one.id))
        self.certificates.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
        card.add(self.none)
        card.add(self.certificates)

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_rule(self, rule: RetentionRule) -> None:
        """Fills the rule's fields."""
        self._show_typed(TypedRule.of(rule))

    def _show_typed(self, typed: TypedRule) -> None:
        for name, field in self.years.items():
            field.set_value(getattr(typed, name))
        self.source.set_value(typed.source)
        self.form.clear_errors()

    def _typed_rule(self) -> TypedRule:
        return TypedRule(source=self.source.value(), **{name: field.value() for name, field in self.years.items()})

    def show_rows(self, past: tuple[KeptRow, ...], certificates: tuple[CertificateRow, ...], *, has_rule: bool) -> None:
        """Shows what is past its retention, and the certificates."""
        self.past.set_rows(past)
        self.past.setVisible(bool(past))
        self.purge_button.setVisible(bool(past))
        if past and self.past.current() is None:
            self.past.choose(lambda _one: True)
        self.nothing.setVisible(not past)
        self.nothing.setText(
            "No record is past its retention."
            if has_rule
            else "Type your numbers above; then this list says what is past them."
        )
        self.client.set_options(self._presenter.clients(), empty="Please choose")
        self.certificates.set_rows(certificates)
        self.certificates.setVisible(bool(certificates))
        self.none.setVisible(not certificates)

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence on top."""
        self.banner.show_problem(problem)
        self.to_top()

    def show_removing(self, *, busy: bool) -> None:
        """Lets nothing else be done while a record is removed."""
        former, self._removing = self._removing, None
        if former is not None and isValid(former):
            former.accept()
        if busy:
            self._removing = RemovingDialog(self)
            self._removing.open()

    def show_progress(self, fraction: float | None, sentence: str) -> None:
        """Shows how far the removal is."""
        if self._removing is not None and isValid(self._removing):
            self._removing.show_progress(fraction, sentence)

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _save(self) -> None:
        self.form.clear_errors()
        self._typed.autosave.flush()
        try:
            years = {name: self._years(name, field) for name, field in self.years.items()}
            self._presenter.save_rule(RetentionRule(**years, source=self.source.value().strip()))
        except InvalidInputError as problem:
            self.form.show_error(problem.field, problem.sentences)
            return
        self.banner.dismiss()

    @staticmethod
    def _years(name: str, field: TextLine) -> int | None:
        text = field.value().strip()
        if text and not (text.isascii() and text.isdecimal()):
            raise InvalidInputError(name, "Please type a number of years, or leave it empty.")
        return int(text) if text else None

    def _ask_chosen(self) -> None:
        chosen = self.past.current()
        if chosen is not None:
            self._ask(chosen.client_id)

    def _ask_other(self) -> None:
        self.other.clear_errors()
        chosen = self.client.value()
        if chosen is None:
            self.other.show_error("client", "Please choose whose record it is about.")
            return
        self._ask(chosen)

    def _ask(self, client_id: str) -> None:
        outlook = self._presenter.outlook(client_id)
        called = dict(self._presenter.clients())[client_id]

        def purge(reason: PurgeReason, note: str, confirm: str, signer: str) -> None:
            self._presenter.purge(client_id, reason, note, confirm, signer)

        PurgeDialog(self, called, outlook, self._presenter.signer(), purge).open()
