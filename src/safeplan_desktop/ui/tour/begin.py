"""The tour's first room: the first start, the set-up, an invented practice, a client."""

from __future__ import annotations

from PySide6.QtCore import Qt

from safeplan_desktop.services.sample import fill_with_sample
from safeplan_desktop.ui.tour.driver import Steps, TourProblemError
from safeplan_desktop.ui.tour.hands import PASSPHRASE, Tour

_SAMPLE_CLIENTS = 8


def first_start(tour: Tour) -> Steps:
    """From the welcome to the open records."""
    yield from tour.shot("welcome")
    yield from tour.click("first-run.begin")
    yield from tour.write("first-run.therapist_name", "Dr. Alma Reyes")
    yield from tour.write("first-run.practice_name", "Juniper Street Counseling")
    yield from tour.write("first-run.phone", "+1 303 555 0142")
    yield from tour.shot("practice")
    yield from tour.click("first-run.practice.next")
    yield from tour.write("first-run-pass.passphrase.line", PASSPHRASE)
    yield from tour.write("first-run-pass.again.line", PASSPHRASE)
    yield from tour.shot("passphrase")
    yield from tour.click("first-run.make")
    yield tour.there("first-run.word-24")
    tour.words = tuple(tour.find(f"first-run.word-{n}").text().split()[-1] for n in range(1, 25))
    yield from tour.shot("recovery-words")
    yield from tour.click("first-run.print")
    yield from tour.keep_pdf("recovery-sheet.pdf")
    yield from tour.click("first-run.have-words")
    page = tour.window.first_run
    if page is None:
        raise TourProblemError("the first start ended too early")
    for position in list(page.check_lines):
        yield from tour.write(f"first-run-check.word-{position}", tour.words[position - 1])
    yield from tour.shot("check-three-words")
    yield from tour.click("first-run.finish")
    yield lambda: tour.window.workspace is not None


def set_up(tour: Tour) -> Steps:
    """The guided set-up, but for the backup, which has a step of its own."""
    yield from tour.shot("today-of-a-new-practice")
    tour.workspace.open_practice("set-up")
    yield from tour.shot("set-up")
    yield from tour.click("set-up.profile.do")
    yield from tour.write("set-up-profile.address", "12 Juniper Street, Denver, CO 80202")
    yield from tour.write("set-up-profile.entrance", "Back door, second floor; the bell says Reyes")
    yield from tour.shot("set-up-profile")
    yield from tour.click("set-up-profile.save")
    yield from tour.click("set-up.contacts.do")
    yield tour.there("set-up.numbers.1.0")
    for answer in "0000":
        yield from tour.type(answer)
    yield from tour.shot("set-up-numbers")
    yield from tour.click("set-up.numbers.save")
    yield from tour.click("set-up.protocol.do")
    yield from tour.shot("set-up-protocol")
    yield from tour.click("set-up.protocol.take")
    yield from tour.click("set-up.policy.do")
    yield tour.there("set-up.policy.1.0")
    yield None
    for answer in "000000010000000000000":
        yield from tour.type(answer)
    yield from tour.shot("set-up-policy")
    yield from tour.click("set-up.policy.adopt")
    yield tour.there("policy-adopt.change")
    yield from tour.shot("set-up-policy-adopt")
    yield from tour.click("policy-adopt.sign")
    yield from tour.click("set-up.settings.do")
    yield from tour.shot("set-up-paper-and-names")
    yield from tour.click("set-up-settings.save")
    yield from tour.click("set-up.backup.later")
    yield from tour.click("set-up.prints.do")
    yield from tour.keep_pdf("wall-card.pdf")
    yield from tour.shot("set-up-almost-done")
    if not tour.find("set-up.count").text().startswith("6 of 7"):
        raise TourProblemError("the set-up doesn't say 6 of 7")


def sample_practice(tour: Tour) -> Steps:
    """An invented practice, as if it had worked here for a while."""
    fill_with_sample(tour.workspace.session.vault, tour.clock, clients=_SAMPLE_CLIENTS, seed=7)
    tour.driver.unmeasured()
    yield None


def add_a_client(tour: Tour) -> Steps:
    """A new client with an emergency contact."""
    yield from tour.click("bar.new")
    yield from tour.write("client.name", "Maren Holt")
    yield from tour.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    tour.find("client.code").selectAll()
    yield from tour.write("client.code", "M-07")
    yield from tour.write("client.birth_date.line", "1990-05-04")
    yield from tour.write("client.phone", "+1 303 555 0150")
    yield from tour.click("client.add-contact")
    yield from tour.write("client.contact-1.name", "Ana Holt")
    yield from tour.write("client.contact-1.relation", "sister")
    yield from tour.write("client.contact-1.phone", "+1 303 555 0151")
    yield from tour.click("client.contact-1.consent.1")
    yield from tour.click("client.contact-1.message.2")
    yield from tour.shot("client-form")
    yield from tour.click("client.save")
    yield lambda: bool(tour.workspace.client_id)
    yield from tour.shot("client-record")
