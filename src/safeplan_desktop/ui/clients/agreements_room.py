"""The page "Agreements and consents" of a client's record."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from safeplan_desktop.domain.agreements import AgreementForm
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.clients.written.agreement import AgreementEditor, AgreementPage
from safeplan_desktop.ui.clients.written.consent import ConsentEditor, ConsentPage
from safeplan_desktop.ui.clients.written.consent_presenter import ConsentsPresenter
from safeplan_desktop.ui.ports import RunJob, Shell
from safeplan_desktop.ui.widgets.layout import Page
from safeplan_desktop.ui.written.look import AGREEMENT, CONSENT
from safeplan_desktop.ui.written.pages import WrittenPages
from safeplan_desktop.ui.written.presenter import AgreementsPresenter


class AgreementsRoom(QStackedWidget):
    """Working agreements by version, and consents."""

    def __init__(self, session: Session, shell: Shell, run: RunJob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clients.agreements")
        self.agreements_presenter = AgreementsPresenter(session, shell, run, session.agreements)
        self.consents_presenter = ConsentsPresenter(session, shell, run, session.consents)
        home = self._home = Page("agreements", parent=self)
        self.addWidget(home)

        def our_words(language: str) -> AgreementForm:
            return session.agreements.in_our_words(self.agreements_presenter.client_id, language)

        self.agreements = WrittenPages(
            self, home, self.agreements_presenter, AGREEMENT, partial(AgreementEditor, our_words), AgreementPage
        )
        self.consents = WrittenPages(
            self,
            home,
            self.consents_presenter,
            CONSENT,
            partial(ConsentEditor, self.consents_presenter),
            lambda words, _presenter, back: ConsentPage(words, self.consents_presenter, back),
        )
        for pages in (self.agreements, self.consents):
            home.add(pages.list_card)
        home.body.addStretch(1)

    def show_client(self, client_id: str) -> None:
        """Shows a client's agreements and consents; what is being written or read of the same client stays."""
        if client_id == self.agreements_presenter.client_id and self.currentWidget() is not self._home:
            return
        for pages in (self.agreements, self.consents):
            pages.show_client(client_id)

    def open_record(self, noun: Noun, record_id: str) -> None:
        """Opens an agreement or a consent."""
        self.agreements.leave()
        self.consents.leave()
        (self.agreements if noun is Noun.AGREEMENT else self.consents).open(record_id)
