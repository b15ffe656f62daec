"""What the set-up asks in a short form: profile, paper and names, the folder of the backup, the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.practice import Paper, PracticeProfile, PracticeSettings
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.printing import choose_folder
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import Choice, PassphraseField, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import button, row
from safeplan_desktop.ui.widgets.wrapping import TickBox


class ProfileDialog(FormDialog):
    """Name, address, entrance, call-back number."""

    def __init__(self, parent: QWidget, profile: PracticeProfile, save: Callable[[PracticeProfile], None]) -> None:
        super().__init__(
            parent,
            "set-up-profile",
            "Profile",
            "Profile",
            "It stands on documents, in the Crisis panel and on the wall card. E-mail and credentials are under "
            "Practice > Profile.",
        )
        self._profile = profile
        self.fields: dict[str, TextLine | TextArea] = {
            name: TextLine() for name in ("therapist_name", "practice_name", "phone", "callback")
        }
        self.fields["address"] = TextArea("What you read to the dispatcher", fewest_lines=1, most_lines=3)
        self.fields["entrance"] = TextLine("Such as: back door, second floor")
        for name, made in self.fields.items():
            made.set_value(getattr(profile, name))
        form, fields = self.form, self.fields
        form.add_row(
            ("therapist_name", "Your name", fields["therapist_name"], ""),
            ("practice_name", "Name of the practice", fields["practice_name"], ""),
        )
        form.add("address", "Address", fields["address"])
        form.add("entrance", "How to find the entrance", fields["entrance"])
        form.add_row(
            ("phone", "Phone", fields["phone"], ""),
            ("callback", "Call-back number", fields["callback"], "If it isn't the phone"),
        )
        self.finish("Save and go on", "save", lambda: save(self._typed()))
        first = next((made for made in (fields["therapist_name"], fields["practice_name"]) if not made.value()), None)
        (first or fields["address"]).setFocus()

    def _typed(self) -> PracticeProfile:
        return replace(self._profile, **{name: made.value().strip() for name, made in self.fields.items()})


class SettingsDialog(FormDialog):
    """Paper and names."""

    def __init__(self, parent: QWidget, settings: PracticeSettings, save: Callable[[PracticeSettings], None]) -> None:
        super().__init__(
            parent,
            "set-up-settings",
            "Paper and names",
            "Paper and names",
            "Codes alone keep names from whoever sees your screen; documents hold the name either way.",
            letters=60,
        )
        self.paper = Choice(enum_options(Paper, label_of), empty="")
        self.show_names = TickBox("Show clients' names on screens (else only codes)")
        self.paper.set_value(settings.paper)
        self.show_names.setChecked(settings.show_names)
        self.form.add("paper", "Paper in your printer", self.paper)
        self.form.add("show_names", "Names", self.show_names)
        self.finish(
            "Save and go on",
            "save",
            lambda: save(replace(settings, paper=self.paper.value(), show_names=self.show_names.isChecked())),
        )
        self.paper.setFocus()


class BackupDialog(FormDialog):
    """Where the backup goes."""

    def __init__(self, parent: QWidget, folder: str, back_up: Callable[[str], None]) -> None:
        super().__init__(
            parent,
            "set-up-backup",
            "First backup",
            "First backup",
            "One encrypted file, read back and verified. It opens with your passphrase or your recovery words.",
            letters=70,
        )
        self.folder = TextLine("A folder on a USB stick or another drive")
        self.folder.set_value(folder)
        self.form.add("folder", "Where it goes", self.folder)
        self.form.add_widget(choose := QWidget())
        line = row(button("Choose a folder...", "set-up-backup.choose", self._choose), None)
        choose.setLayout(line)
        self.finish("Back up now", "make", lambda: back_up(self.folder.value()))
        self.folder.setFocus()

    def _choose(self) -> None:
        found = choose_folder(self, "Folder for the backup", self.folder.value())
        if found is not None:
            self.folder.set_value(str(found))


class RecoveryDialog(FormDialog):
    """The passphrase, before the recovery words are printed again."""

    def __init__(self, parent: QWidget, print_: Callable[[str], None]) -> None:
        super().__init__(
            parent,
            "set-up-recovery",
            "Recovery sheet",
            "Print the recovery sheet",
            "The 24 words open your records without the passphrase. Keep the sheet locked up, away from the computer. Your "
            "passphrase is asked first, so that nobody prints it behind your back.",
            letters=70,
        )
        self.passphrase = PassphraseField()
        self.form.add("passphrase", "Passphrase", self.passphrase)
        self.finish("Show the sheet", "show", lambda: print_(self.passphrase.value()))
        self.passphrase.submitted.connect(self._submit)
        self.passphrase.setFocus()
