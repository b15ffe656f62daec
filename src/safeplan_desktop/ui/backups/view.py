"""The backups screen, in three parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QProgressBar, QTabWidget, QVBoxLayout, QWidget

from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.ui.backups.activity_page import ActivityPage
from safeplan_desktop.ui.backups.activity_presenter import ActivityPresenter
from safeplan_desktop.ui.backups.check_page import CheckPage
from safeplan_desktop.ui.backups.check_presenter import CheckPresenter
from safeplan_desktop.ui.backups.presenter import BackupsPresenter
from safeplan_desktop.ui.printing import choose_folder
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import Form, Page, button, label, row


class BackupsPage(Page):
    """Make a backup, restore one; the way to the check."""

    def __init__(
        self,
        presenter: BackupsPresenter,
        check: Callable[[], None],
        check_backup: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "backups",
            "Backups",
            "A backup is one encrypted file. It opens with your passphrase or your recovery words.",
            parent=parent,
        )
        self._presenter = presenter
        self._last = label("", "heading", name="backups.last")
        self.folder = TextLine("A folder on a USB stick or another drive")
        self.form = Form("backups")
        self.form.add("folder", "Where it goes", self.folder)
        self.make_button = button("Back up now", "backups.make", self._make, kind="primary")
        make = self.card("Make a backup")
        make.add(self._last)
        make.add(self.form)
        make.add(row(button("Choose a folder...", "backups.choose", self._choose), None, self.make_button))
        self.progress = QProgressBar()
        self.progress.setObjectName("backups.progress")
        self.progress.setAccessibleName("Progress")
        self.progress.setTextVisible(False)
        self._doing = label("", "quiet", name="backups.doing")
        self.progress.setVisible(False)
        self._doing.setVisible(False)
        self.add(self._doing)
        self.add(self.progress)
        checks = self.card(
            "Check",
            "Looks at every page, every signature and the whole history, and says plainly what it found.",
        )
        checks.add(
            row(
                button("Check my records", "backups.check-records", check),
                button("Check a backup...", "backups.check-backup", check_backup),
                None,
            )
        )
        restore = self.card(
            "Restore",
            "Everything in the backup is verified before anything is replaced. Your present records are kept under a dated name.",
        )
        restore.add(row(button("Restore a backup...", "backups.restore", presenter.restore), None))
        self.body.addStretch(1)
        presenter.attach(self)
        presenter.reload()

    def show_last(self, sentence: str, folder: str) -> None:
        """Says when the last backup was made, and offers its folder again."""
        self._last.setText(sentence)
        if not self.folder.value():
            self.folder.set_value(folder)

    def show_progress(self, fraction: float | None, sentence: str) -> None:
        """Shows how far it is."""
        self.make_button.setEnabled(False)
        self._doing.setText(sentence)
        self._doing.setVisible(True)
        self.progress.setVisible(True)
        self.progress.setRange(0, 0 if fraction is None else 100)
        if fraction is not None:
            self.progress.setValue(int(fraction * 100))

    def _idle(self) -> None:
        self.make_button.setEnabled(True)
        self._doing.setVisible(False)
        self.progress.setVisible(False)

    def show_done(self, sentence: str) -> None:
        """Says that it went well."""
        self._idle()
        self.banner.say("success", sentence)
        self.to_top()

    def show_problem(self, problem: SafePlanError) -> None:
        """Says why it didn't work."""
        self._idle()
        self.banner.show_problem(problem)
        self.to_top()

    def _choose(self) -> None:
        folder = choose_folder(self, "Folder for the backup", self.folder.value())
        if folder is not None:
            self.folder.set_value(str(folder))

    def _make(self) -> None:
        self.form.clear_errors()
        self.banner.dismiss()
        text = self.folder.value().strip()
        if not text or not Path(text).expanduser().is_dir():
            self.form.show_error("folder", "Please choose a folder that is there just now.")
            return
        self.show_progress(0.0, "Copying the records")
        self._presenter.back_up(Path(text).expanduser())


class BackupsScreen(QWidget):
    """The backups tab: backups, the check of the records, and the activity log."""

    def __init__(
        self,
        presenter: BackupsPresenter,
        check: CheckPresenter,
        activity: ActivityPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("backups.tabs")
        self.tabs.setAccessibleName("Backups, checks and the activity log")
        self.tabs.setDocumentMode(True)
        self.check_page = CheckPage(check)
        self.backups_page = BackupsPage(presenter, self.check_records, self.check_backup)
        self.activity_page = ActivityPage(activity)
        for page, title in (
            (self.backups_page, "Backups and restore"),
            (self.check_page, "Check my records"),
            (self.activity_page, "Activity log"),
        ):
            self.tabs.addTab(page, title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)

    def open_part(self, part: str) -> None:
        """Shows a part: backups, check or activity."""
        pages = {"backups": self.backups_page, "check": self.check_page, "activity": self.activity_page}
        self.tabs.setCurrentWidget(pages[part])

    def check_records(self) -> None:
        """Goes to the check and begins it."""
        self.open_part("check")
        self.check_page.start()

    def check_backup(self) -> None:
        """Goes to the check and asks for a backup."""
        self.open_part("check")
        self.check_page.choose_backup()
