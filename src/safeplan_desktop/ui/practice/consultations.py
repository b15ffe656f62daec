"""The pages of the log of consultations: the form, a signed one for reading, and the days of a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from safeplan_desktop.domain.consultations import TEXTS, ConsultationForm, ConsultationKind, at_local
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.practice.consultation_presenter import ConsultationsPresenter
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.dates import DateField, period_of
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import Choice, OptionRow, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Card, button, clear_layout, label
from safeplan_desktop.ui.widgets.times import TimeField
from safeplan_desktop.ui.written.editor import RecordEditor
from safeplan_desktop.ui.written.look import CONSULTATION, KindWords
from safeplan_desktop.ui.written.pages import ReadingPage, WrittenPages
from safeplan_desktop.ui.written.presenter import SignedShown

_MOST_NAMED = 12


class ConsultationEditor(RecordEditor):
    """When, with whom, what was asked and told, what was decided, what is to be done."""

    def __init__(self, presenter: ConsultationsPresenter, parent: QWidget | None = None) -> None:
        super().__init__("consultation", parent=parent)
        self._presenter, self._base = presenter, ConsultationForm()
        self.day, self.follow_up_on = DateField(), DateField()
        self.time = TimeField(self._now)
        self.who, self.credentials = TextLine(longest=300), TextLine("Such as psychologist, PhD; lawyer", longest=300)
        self.kind = OptionRow(enum_options(ConsultationKind, label_of), digits=False)
        self.texts = {name: TextArea(fewest_lines=2) for name in TEXTS}
        self.client = Choice([], empty="No client")
        self._build()
        self.listen(self.day, self.time, self.who, self.credentials, self.kind, self.follow_up_on, self.client)
        self.listen(*self.texts.values())

    def _now(self) -> dt.time:
        return self._presenter.session.desk.now().local.time()

    def _build(self) -> None:
        texts = self.texts
        _, form = self.add_card()
        self.add_row(form, ("day", "Day", self.day, ""), ("at", "Time", self.time, ""))
        self.add_row(
            form,
            ("who", "With whom", self.who, ""),
            ("credentials", "Their profession and credentials", self.credentials, ""),
        )
        form.add("kind", "What kind of consultation", self.kind)
        form.add("why_now", "Why just then", texts["why_now"])
        _, form = self.add_card("What was asked and told")
        form.add("question", "Your question", texts["question"])
        form.add(
            "summary",
            "What you told, de-identified",
            texts["summary"],
            "No names, places, dates; age as a decade. Names from your records are pointed out before you sign",
        )
        form.add("options", "Options that were weighed", texts["options"])
        _, form = self.add_card("What came of it")
        form.add("advice", "What they advised", texts["advice"])
        form.add("decision", "What you decided", texts["decision"])
        form.add("reasons", "Why", texts["reasons"])
        form.add("follow_up", "What is to be done", texts["follow_up"])
        form.add("follow_up_on", "By which day", self.follow_up_on, "It stands on Today from a week before")
        _, form = self.add_card("For yourself")
        form.add(
            "about_client",
            "Which client it was about",
            self.client,
            "Only here, in the encrypted records: not printed, not copied, not in the client's record",
        )
        self.add_signature("consultation")

    def fill(self, form: ConsultationForm) -> None:
        """Fills the fields."""
        self._base = form
        self.client.set_options(self._presenter.clients(), empty="No client")
        local = form.local
        self.day.set_value(form.day)
        self.time.set_value(None if local is None else local.time())
        self.who.set_value(form.who)
        self.credentials.set_value(form.credentials)
        self.kind.set_value(form.kind)
        for name, text in self.texts.items():
            text.set_value(getattr(form, name))
        self.follow_up_on.set_value(form.follow_up_on)
        self.client.set_value(form.about_client or None)

    def first_field(self, _form: ConsultationForm) -> QWidget:
        """With whom."""
        return self.who

    def value(self) -> ConsultationForm:
        """The consultation as typed."""
        day, time = self.day.value(), self.time.value()
        on = day or self._base.day or self._presenter.session.desk.now().local_date
        return replace(
            self._base,
            day=day,
            at=None if time is None else at_local(on, time, self._base.zone),
            who=self.who.value(),
            credentials=self.credentials.value(),
            kind=self.kind.value(),
            follow_up_on=self.follow_up_on.value(),
            about_client=self.client.value() or "",
            **{name: text.value() for name, text in self.texts.items()},
        )


class ConsultationPage(ReadingPage):
    """A signed consultation, with what stands behind it on the screen alone."""

    def __init__(self, words: KindWords, presenter: ConsultationsPresenter, back: Callable[[], None]) -> None:
        super().__init__(words, presenter, back)
        self.log = presenter

    def show_record(self, shown: SignedShown) -> None:
        """Shows one."""
        super().show_record(shown)
        clear_layout(self.extra)
        behind = self.log.behind()
        if behind.follow_up:
            card = Card("To be done", behind.follow_up)
            card.add(
                label("It is marked as done." if behind.done else "It is open, and stands on Today when it is due.")
            )
            words = "Open again" if behind.done else "Mark as done"
            line = FlowLayout(spacing=GAP)
            line.addWidget(button(words, "consultation.done", lambda: self.log.set_done(done=not behind.done)))
            card.add(line)
            self.extra.addWidget(card)
        if behind.client:
            card = Card(
                "Which client it was about", "It stands here alone: on no paper, in no copy, in no client's record."
            )
            card.add(label(behind.client, name="consultation.client"))
            self.extra.addWidget(card)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.presenter.copied())
        self.presenter.shell.say("Copied as text, without the client. The clipboard is emptied in half a minute.")


class ConsultationPages(WrittenPages):
    """The log's pages; names are looked for before one is signed."""

    def __init__(self, stack: QStackedWidget, home: QWidget, presenter: ConsultationsPresenter) -> None:
        self.log = presenter
        super().__init__(
            stack,
            home,
            presenter,
            CONSULTATION,
            partial(ConsultationEditor, presenter),
            lambda words, _presenter, back: ConsultationPage(words, presenter, back),
        )
        self.period_button = button("Print those of a time...", "consultation.period", self._ask_period, kind="quiet")
        self.list_card.line.insertWidget(0, self.period_button)

    def _sign(self) -> None:
        self.autosave.touch()
        self.autosave.flush()
        self.editor.clear_errors()
        self.log.look_and_sign(self.editor.signer.value(), self._ask_names)

    def _ask_names(self, words: tuple[str, ...]) -> None:
        def sign() -> None:
            self.log.sign(self.editor.signer.value())

        named = "\n".join(f"•  {word}" for word in words[:_MOST_NAMED])
        more = f"\nand {len(words) - _MOST_NAMED} more" if len(words) > _MOST_NAMED else ""
        decide(
            self._stack,
            "consultation.names",
            "Names or numbers of your clients?",
            details=f"These words stand in your records as somebody's name, code, number or birth date:\n{named}{more}\n"
            "They may mean something else here. You decide.",
            yes="Sign as it is",
            no="Go back and change it",
            on_yes=sign,
        )

    def _ask_period(self) -> None:
        PeriodDialog(self._stack, self.log).open()


class PeriodDialog(FormDialog):
    """From which day to which."""

    def __init__(self, parent: QWidget, presenter: ConsultationsPresenter) -> None:
        super().__init__(
            parent,
            "consultation-period",
            "Consultations",
            "Print consultations",
            "Signed ones, the oldest first. What was entered in error is left out, and so is which client one was about.",
            letters=60,
        )
        self.since, self.until = DateField(), DateField()
        self.form.add_row(("since", "From", self.since, ""), ("until", "To", self.until, "Empty for no limit"))

        def show() -> None:
            period = period_of(self.since, self.until)
            presenter.preview_period(period.since, period.until)

        self.finish("Show", "show", show)
        self.since.setFocus()
