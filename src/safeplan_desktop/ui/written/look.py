"""How the pages of one kind of written record are called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words of a kind.

    Attributes:
        name: Begins the object names.
        what: Such as "session note".
        heading, about: Over the list.
        new: On the button that begins one.
        none: Where there is none yet.
        editor: Under the title of the form.
        report: On the button that shows the document; empty where there is none.
        working: On the button that prints the draft; empty where it can't be.
        copies: Whether it can be copied as text.
    """

    name: str
    what: str
    heading: str
    about: str
    new: str
    none: str
    editor: str
    report: str = ""
    working: str = ""
    copies: bool = True


SESSION = KindWords(
    name="session-note",
    what="session note",
    heading="Session notes",
    about="One for each session. Enter opens it.",
    new="New session note",
    none="There is no session note yet. Begin one at the start of a session or after it.",
    editor="Everything is saved as you type.",
    report="Open the report",
)
PRIVATE = KindWords(
    name="private-note",
    what="psychotherapy note",
    heading="Psychotherapy notes",
    about="Kept apart: in no export, not on paper, and not in Find.",
    new="New psychotherapy note",
    none="There is no psychotherapy note.",
    editor="Your own thoughts about a session. Everything is saved as you type.",
    copies=False,
)
AGREEMENT = KindWords(
    name="agreement",
    what="working agreement",
    heading="Working agreement",
    about="Boundaries, structure, expectations: a sheet of its own, which is no part of the safety plan.",
    new="Write it together",
    none="There is no working agreement yet. Begin with our words and change them with the client.",
    editor="Change the words together. Parts without words are left out. Everything is saved as you type.",
    report="Open the sheet",
    working="Print to sign",
)
CONSENT = KindWords(
    name="consent",
    what="consent",
    heading="Consents",
    about="What the client agreed to, in which words, how, and until when.",
    new="New consent",
    none="There is no consent yet. Begin with the limits of confidentiality.",
    editor="The words are kept with the record. Everything is saved as you type.",
    report="Open the report",
    working="Print to sign",
)
CONSULTATION = KindWords(
    name="consultation",
    what="consultation",
    heading="Consultations",
    about="Whom you asked, what they advised, what you decided and why. Enter opens one.",
    new="New consultation",
    none="There is no consultation yet. Write one on the day of the talk, while you remember.",
    editor="Tell of the client without what tells who they are. Everything is saved as you type.",
    report="Open the report",
)

ABOUT_PRIVATE = (
    "Psychotherapy notes are your own thoughts about what was said in a session: guesses, feelings, what you want to "
    "think through. They are kept apart from the record: they leave in no export, on no paper and not by copying, and "
    "Find doesn't know them. Times, kind of session, medicines, test results, diagnosis, plan, symptoms and progress "
    "don't belong here; write them in the session note."
)
