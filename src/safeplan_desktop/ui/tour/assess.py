"""The tour's second room: a screening, the safety plan, the guided close."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from safeplan_desktop.ui.printing import file_printer
from safeplan_desktop.ui.tour.driver import Steps, TourProblemError
from safeplan_desktop.ui.tour.hands import Tour


def screen(tour: Tour) -> Steps:
    """A whole screening, signed."""
    yield from tour.click("clients.go-screening")
    yield from tour.click("screening.none.action")
    yield from tour.click("screening.reason.2")
    yield from tour.click("screening.setting.0")
    yield from tour.shot("screening-begin")
    yield from tour.click("screening.next")
    for instrument, answers in (("phq-9", "2121112011"), ("gad-7", "2110110")):
        yield from tour.click(f"screening.add-{instrument}")
        yield tour.there(f"screening.{instrument}.1.0")
        tour.find(f"screening.{instrument}.1.0").setFocus()
        for answer in answers:
            QTest.keyClicks(tour.focused(), answer)
            yield None
    for instrument, said in (("phq-9", "11 of 27"), ("gad-7", "6 of 21")):
        if said not in tour.find(f"screening.{instrument}.result").text():
            raise TourProblemError(f"the total of {instrument} isn't {said}")
    yield from tour.shot("screening-questions")
    yield from tour.click("screening.next")
    yield from tour.click("screening.risk-7")
    yield from tour.click("screening.protective-1")
    yield from tour.click("screening.means-1")
    yield from tour.choose("screening.means-1.action", "Handed to a trusted person")
    yield from tour.write("screening.warning_signs", "Stops answering messages, lies awake.")
    yield from tour.shot("screening-factors")
    yield from tour.click("screening.next")
    yield from tour.write("screening.state", "Somewhat worse than in the spring.")
    yield from tour.click("screening.judgement.1")
    yield from tour.write("screening.reasons", "Thoughts of death without plan or intent; the sister knows.")
    yield from tour.shot("screening-formulation")
    yield from tour.click("screening.next")
    level = tour.find("screening.level")
    level.setCurrentIndex(2)
    level.activated.emit(2)
    yield from tour.write(
        "screening.next_reassessment.line", (tour.clock.now().date() + dt.timedelta(days=7)).isoformat()
    )
    yield from tour.write("screening.actions", "Wrote the safety plan together.")
    yield from tour.shot("screening-care")
    yield from tour.click("screening.next")
    yield from tour.shot("screening-sign")
    yield from tour.click("screening.sign")
    yield tour.there("screening.new")
    yield from tour.click("screening.1.open")
    yield from tour.shot("screening-report")
    yield from tour.keep_pdf("screening-report.pdf")


def plan(tour: Tour) -> Steps:
    """The safety plan, in the client's words."""
    yield from tour.click("bar.find")
    yield from tour.write("find.line", "maren")
    yield tour.filled("find.results")
    yield from tour.shot("find")
    yield from tour.press(Qt.Key.Key_Return)
    tour.workspace.open_screen("plan")
    yield from tour.click("plan.none.action")
    yield tour.there("plan.warning-signs.1.text")
    for section, lines in (
        ("warning-signs", ("I stop answering messages", "I lie awake past two")),
        ("coping", ("Walk to the river and back", "Cold water on my face")),
        ("distraction", ("The library, upper floor",)),
        ("surroundings", ("Ana keeps my medicines",)),
        ("reasons", ("My daughter's laugh", "To see the sea again")),
    ):
        for number, line in enumerate(lines, start=1):
            if number > 1:
                yield from tour.press(Qt.Key.Key_Return)
            yield from tour.write(f"plan.{section}.{number}.text", line)
    yield from tour.write("plan.helpers.1.text", "Ana Holt")
    yield from tour.write("plan.helpers.1.relation", "sister")
    yield from tour.write("plan.helpers.1.phone", "+1 303 555 0151")
    yield from tour.write("plan.professionals.1.text", "Dr. Alma Reyes")
    yield from tour.write("plan.professionals.1.phone", "+1 303 555 0142")
    yield from tour.click("plan.number-1")
    yield from tour.shot("plan-editor")
    yield from tour.click("plan.print-now")
    yield from tour.keep_pdf("safety-plan-working-copy.pdf")
    yield from tour.click("plan.session-view")
    yield from tour.shot("session-view")
    yield from tour.press(Qt.Key.Key_Space)
    yield from tour.press(Qt.Key.Key_A)
    yield from tour.shot("session-view-all")
    yield from tour.press(Qt.Key.Key_Escape)


def go_through_it_together(tour: Tour) -> Steps:
    """The guided close, printed and handed over."""
    yield from tour.click("plan.together")
    yield from tour.click("close.read-back")
    yield from tour.shot("close-1-read-it-back")
    yield from tour.click("close.next")
    yield from tour.write("close.kept_at", "In my wallet, and a photo on my phone")
    yield from tour.click("close.safe.0")
    yield from tour.click("close.likelihood.6")
    yield from tour.write("close.obstacles", "I may not want to look at it at night")
    yield from tour.write("close.instead", "I call Ana and she reads it to me")
    yield from tour.shot("close-2-keep-it")
    yield from tour.click("close.next")
    yield from tour.click("close.pocket-card")
    yield from tour.click("close.photo")
    yield from tour.shot("close-3-who-gets-a-copy")
    yield from tour.click("close.next")
    yield from tour.shot("close-4-finish")
    yield from tour.click("plan.finish")
    yield from tour.click("close.print-all")
    yield tour.there("preview")
    yield from tour.shot("plan-preview")
    printed = tour.folder / "safety-plan-printed.pdf"
    if not tour.preview().print_on(file_printer(printed)) or not printed.exists():
        raise TourProblemError("the plan wasn't printed")
    tour.driver.note_file(printed.name)
    tour.driver.unmeasured()
    for part, name in ((2, "pocket-card.pdf"), (3, "one-screen.pdf"), (0, "safety-plan.pdf")):
        tour.preview().show_part(part)
        if name != "safety-plan.pdf" and not tour.preview().save_to(tour.folder / name):
            raise TourProblemError("the document wasn't saved")
    yield from tour.keep_pdf("safety-plan.pdf")
    yield from tour.click("close.next")
    yield from tour.click("close.copies.give-all")
    yield from tour.shot("close-5-who-has-a-copy")
    yield from tour.click("close.leave")
    yield from tour.shot("plan-versions")
