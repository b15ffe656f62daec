"""The room of the set-up: its steps, and the pages on which three of them are done."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from safeplan_desktop.domain.set_up import SetUp, SetUpStep
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.practice.policy_presenter import PolicyPresenter
from safeplan_desktop.ui.set_up.dialogs import BackupDialog, ProfileDialog, RecoveryDialog, SettingsDialog
from safeplan_desktop.ui.set_up.numbers import NumbersPage
from safeplan_desktop.ui.set_up.policy import PolicyInBulk
from safeplan_desktop.ui.set_up.presenter import PAGES, SetUpPresenter
from safeplan_desktop.ui.set_up.protocol import ProtocolReading
from safeplan_desktop.ui.set_up.steps import StepActions, StepsPage
from safeplan_desktop.ui.widgets.layout import Page

P = TypeVar("P", bound=Page)


class SetUpRoom(QStackedWidget):
    """The part "Set-up" of the practice."""

    def __init__(self, presenter: SetUpPresenter, policy: PolicyPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter, self._policy = presenter, policy
        self.steps = StepsPage(
            StepActions(
                do={
                    SetUpStep.PROFILE: self._ask_profile,
                    SetUpStep.CONTACTS: self._open_numbers,
                    SetUpStep.PROTOCOL: self._open_protocol,
                    SetUpStep.POLICY: self._open_policy,
                    SetUpStep.SETTINGS: self._ask_settings,
                    SetUpStep.BACKUP: self._ask_backup,
                    SetUpStep.PRINTS: presenter.print_wall_card,
                },
                sheet=lambda: RecoveryDialog(self, presenter.print_recovery_sheet).open(),
                put=presenter.put,
                on_today=lambda on: presenter.show_on_today(on=on),
            ),
            self,
        )
        self.addWidget(self.steps)
        presenter.attach(self)

    def _full(self, step: SetUpStep) -> None:
        self._presenter.open_full(PAGES[step])

    @cached_property
    def numbers(self) -> NumbersPage:
        """Built when it is first opened."""
        presenter = self._presenter
        return self._add(
            NumbersPage(presenter.take_numbers, presenter.back, partial(self._full, SetUpStep.CONTACTS), self)
        )

    @cached_property
    def protocol(self) -> ProtocolReading:
        """Built when it is first opened."""
        presenter = self._presenter
        return self._add(
            ProtocolReading(presenter.take_protocol, presenter.back, partial(self._full, SetUpStep.PROTOCOL), self)
        )

    @cached_property
    def policy(self) -> PolicyInBulk:
        """Built when it is first opened."""
        full = partial(self._full, SetUpStep.POLICY)
        return self._add(PolicyInBulk(self._policy, reference.policy_in_short(), self._presenter.back, full, self))

    def _add(self, page: P) -> P:
        self.addWidget(page)
        return page

    def hideEvent(self, event: QHideEvent) -> None:
        # The practice may show another part now, where the same draft may be opened.
        if self._policy.editing is not None:
            self.policy.flush()
            self._policy.editing = None
            self.setCurrentWidget(self.steps)
        super().hideEvent(event)

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_steps(self, state: SetUp) -> None:
        """Shows the steps, with the cursor on the one to go on with."""
        self.steps.banner.dismiss()
        self.steps.show_state(state)
        self.setCurrentWidget(self.steps)
        self.steps.go_on(state)

    def refill(self, state: SetUp) -> None:
        """Shows where the steps stand; the page that is open stays."""
        self.steps.show_state(state)

    def focus_first(self) -> None:
        """Puts the cursor on the step to go on with."""
        self._presenter.back()

    def say(self, sentence: str) -> None:
        """Says something above the steps."""
        self.steps.banner.say("information", sentence)

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows an expected failure on the page that is shown."""
        page = self.currentWidget()
        if isinstance(page, Page):
            page.banner.show_problem(problem)

    # -- the steps ------------------------------------------------------------------------------------------------

    def _ask_profile(self) -> None:
        dialog = ProfileDialog(self, self._presenter.profile(), self._presenter.save_profile)
        dialog.keeping(KeptWords(self._presenter.session)).open()

    def _ask_settings(self) -> None:
        SettingsDialog(self, self._presenter.settings(), self._presenter.save_settings).open()

    def _ask_backup(self) -> None:
        BackupDialog(self, self._presenter.settings().backup_folder, self._presenter.back_up).open()

    def _open_numbers(self) -> None:
        waiting, checked = self._presenter.numbers()
        self.setCurrentWidget(self.numbers)
        self.numbers.show_numbers(waiting, checked)

    def _open_protocol(self) -> None:
        self.setCurrentWidget(self.protocol)
        self.protocol.show_protocol(self._presenter.protocol())

    def _open_policy(self) -> None:
        self._presenter.set_aside()
        self.setCurrentWidget(self.policy)
        self._policy.begin()
