"""Help and keyboard shortcuts: short, in plain words, true today."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from safeplan_desktop import __version__
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.dialog import Dialog
from safeplan_desktop.ui.widgets.layout import Card, button, label, row

_SHORTCUTS = (
    ("F9 or Ctrl+Shift+E", "Crisis panel, from everywhere, also while locked"),
    ("Ctrl+L", "Lock"),
    ("Ctrl+F", "Find"),
    ("Ctrl+1 to Ctrl+7", "Today, Clients, Screening, Safety plan, Incidents, Practice, Backups"),
    ("0, 1, 2", "In the set-up: answer for a number or a section of the policy, and go on to the next"),
    ("0 to 9", "Choose an answer in a screening; tick a step in the Crisis panel (0 is step 10, A step 11)"),
    ("Delete", "Clear an answer"),
    ("Enter", "Next entry in the plan; open a row in a list"),
    ("Shift+Enter", "A new line within an entry of the plan"),
    ("Alt+Up, Alt+Down", "Move an entry of the plan"),
    ("Ctrl+Up, Ctrl+Down", "To the entry above or below"),
    ("Ctrl+Z, Ctrl+Shift+Z", "Undo and redo, across the whole plan"),
    ("Ctrl+Enter", "Go through the plan together: on to the next step, and finish"),
    ("Ctrl+Enter", "In a screening: on to the next step, and sign"),
    ("F11", "Session view: the client's plan alone, in large letters; Escape comes back"),
    ("Space, Left", "In the session view: next section, back; A shows all on one page"),
    ("Ctrl+B, Ctrl+Shift+H", "In the safety policy: bold, heading"),
    ("Ctrl+Shift+U, Ctrl+Shift+O", "In the safety policy: bulleted list, numbered list"),
    ("Ctrl+P, Ctrl+S", "Print or save in a preview"),
    ("F1", "Help"),
    ("Ctrl+/", "This list"),
    ("Ctrl+Q", "Quit"),
)

_HELP = (
    (
        "Setting up the practice",
        (
            "Help > Set up the practice leads through seven steps: profile, emergency contacts, crisis protocol, safety policy, "
            "paper and names, the first backup, wall card and recovery sheet. A step is done when the thing itself is there, "
            "wherever you made it. Later puts a step off, Not needed leaves it out, Take it up again brings it back."
        ),
    ),
    (
        "What is protected",
        (
            "Your records are one encrypted file on this computer. A lost or stolen computer that is off or locked, a lost "
            "USB stick with backups, somebody else's account on the same computer: without your passphrase or your recovery "
            "words nobody can read them. Nothing is ever sent anywhere."
        ),
    ),
    (
        "What isn't",
        (
            "While the records are open, a harmful program on this computer, or somebody who makes you open them, can read "
            "them. A PDF that you save or print isn't encrypted any more. The emergency contacts that you mark “show "
            "while locked” are kept outside the encrypted file."
        ),
    ),
    (
        "What you must keep",
        (
            "Your passphrase, or the sheet with the 24 recovery words; and at least one backup somewhere else than this "
            "computer. Without passphrase and words nobody can open the records, not even the makers of this program."
        ),
    ),
    (
        "Saving",
        (
            "What you type in a screening, a plan or an incident is saved within a second, also if the computer dies. "
            "Signing makes a record final; later you add to it, and the original stays readable."
        ),
    ),
    (
        "Copies of a plan",
        (
            "Everybody but the client needs the client's dated agreement before their copy is printed. The list “Who has a "
            "copy” remembers what was given; at the next version it says which copies to swap. Crisis numbers follow where "
            "the client lives, never the language, and only the ones that you ticked are printed."
        ),
    ),
    (
        "In a crisis",
        (
            "F9 opens the Crisis panel, also over a dialog and while locked. What you tick is stamped with its time. Unlocked it is "
            "saved at once, in the encrypted file; while locked it waits in memory until you unlock. Practice > Crisis protocol "
            "holds your own steps, Practice > Exercises lets you try them, and the wall card is for the day the computer is dead."
        ),
    ),
    (
        "When a record goes",
        (
            "Practice > Records and retention has your own rule and says which records are past it. A record that you remove "
            "there is gone from the file, word for word; a certificate without a name stays. Backups that were made before "
            "still hold it until you delete them, and so does every copy that was printed or saved."
        ),
    ),
    (
        "The facts and you",
        "Scores and bands are facts from published rules. They never decide. Your judgement and your reasons are the record.",
    ),
    (
        "After a lock",
        "Within ten minutes you come back to the same screen and client. Later the program asks first.",
    ),
)


class _Reading(Dialog):
    def __init__(self, parent: QWidget, name: str, title: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(f"{title} - SafePlan")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        content = QWidget()
        content.setObjectName("page-body")
        self.body = QVBoxLayout(content)
        self.body.setSpacing(GAP)
        self.body.addWidget(label(title, "title"))
        scroll = QScrollArea()
        scroll.setObjectName(f"{name}.scroll")
        scroll.setAccessibleName(title)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        layout.addWidget(scroll, 1)
        layout.addLayout(row(None, button("Close", f"{name}.close", self.reject, kind="primary")))
        self.resize(700, 640)


class HelpDialog(_Reading):
    """What the program protects, what it can't, what to keep."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "help", "Help")
        for title, text in _HELP:
            card = Card(title)
            card.add(label(text))
            self.body.addWidget(card)
        self.body.addWidget(
            label(f"SafePlan Desktop {__version__}. Free software under the GPL, version 3 or later.", "quiet")
        )
        self.body.addStretch(1)


class ShortcutsDialog(_Reading):
    """All keyboard shortcuts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "shortcuts", "Keyboard shortcuts")
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GAP)
        grid.setColumnStretch(1, 1)
        for line, (keys, words) in enumerate(_SHORTCUTS):
            caption = label(keys, "heading")
            caption.setWordWrap(False)
            grid.addWidget(caption, line, 0)
            grid.addWidget(label(words), line, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)
