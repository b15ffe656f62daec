"""A whole session with a client, played in the real window: draft, lock in the middle, session view, finish, copies, a week later."""

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from support.vaults import PASSPHRASE, HeldClock
from support.windows import begin_plan, find, open_at_plan, plan_editor, unlock

from safeplan_desktop.domain.clients import ClientContact
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.ui.printing import file_printer

PLAN = {
    "warning-signs": ("I stop answering messages", "I lie awake past two", "I think nobody would notice"),
    "coping": ("Walk to the river and back", "Cold water on my face"),
    "distraction": ("The library, upper floor",),
    "surroundings": ("Ana keeps my medicines",),
    "reasons": ("My daughter's laugh",),
}


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def window(qtbot, tmp_path, clock):
    ana = ClientContact("a", "Ana Holt", "sister", "+13035550151")
    with open_at_plan(qtbot, tmp_path / "vault", clock, ana) as window:
        yield window


def _type(section: str) -> None:
    lines = PLAN[section]
    for number, line in enumerate(lines, start=1):
        entry = find(f"plan.{section}.{number}.text")
        QTest.keyClicks(entry, line)
        if number < len(lines):
            QTest.keyClick(entry, Qt.Key.Key_Return)


def _preview(qtbot, window):
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is not None, timeout=10_000)
    return window.findChild(QDialog, "preview")


def _text(path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_a_whole_session_and_the_next_one(qtbot, window, clock, tmp_path):
    begin_plan(window)
    for section in ("warning-signs", "coping"):
        _type(section)

    # The computer locks in the middle of the session; not a word is lost.
    window.lock()
    unlock(qtbot, window, PASSPHRASE)
    editor = plan_editor(qtbot, window)
    assert find("plan.warning-signs.3.text").value() == "I think nobody would notice"
    for section in ("distraction", "surroundings", "reasons"):
        _type(section)
    presenter = window.workspace.plan_presenter
    editor.cards[SectionKey.HELPERS].pick(presenter.people()[0])
    editor.cards[SectionKey.PROFESSIONALS].pick(presenter._offers(SectionKey.PROFESSIONALS)[0])

    # The screen is turned to the client.
    find("plan.session-view").click()
    QTest.keyClick(window._session_view, Qt.Key.Key_A)
    QApplication.processEvents()
    QTest.keyClick(window._session_view, Qt.Key.Key_Escape)

    # They go through it together.
    find("plan.together").click()
    find("close.read-back").click()
    find("close.next").click()
    QTest.keyClicks(find("close.kept_at"), "In my wallet")
    find("close.next").click()
    find("close.pocket-card").click()
    window.workspace.screen_of("plan")._close._recipients._add(presenter.people()[0])
    find("close.person-1.agreed-today").click()
    find("close.next").click()
    find("plan.confirm-numbers").click()
    find("plan.finish").click()

    # Three formats and the own file are printed, here into files.
    find("close.print-all").click()
    preview = _preview(qtbot, window)
    titles = [part.shown for part in preview.parts]
    assert titles == [
        "Safety plan: Full sheet",
        "Safety plan: Therapist's copy",
        "Safety plan: Pocket card, both sides",
        "Safety plan: Support person's copy, for Ana Holt",
    ]
    for place in range(len(titles)):
        preview.show_part(place)
        assert "Ana" not in preview.windowTitle()
    for place, title in enumerate(titles):
        path = tmp_path / f"printed-{place}.pdf"
        assert preview.print_on(file_printer(path), [place]), title
        assert path.stat().st_size > 10_000
    assert preview.save_all_to(tmp_path)
    preview.close()
    full = _text(next(tmp_path.glob("safety-plan_M-07_*.pdf")))
    for lines in PLAN.values():
        assert all(line in full for line in lines)
    assert "988" in full
    support = _text(next(tmp_path.glob("safety-plan-support-person*.pdf")))
    assert "My daughter's laugh" not in support
    assert "Zora" not in full + support
    find("close.next").click()
    find("close.copies.give-all").click()
    find("close.leave").click()

    # A week later: a new version from the last, and the copies to swap.
    clock.forward(days=7)
    find("plan.new-version").click()
    plan_editor(qtbot, window)
    QTest.keyClick(find("plan.coping.2.text"), Qt.Key.Key_Return)
    QTest.keyClicks(find("plan.coping.3.text"), "Call the choir")
    find("plan.together").click()
    find("plan.steps.step-4").click()
    QTest.keyClicks(find("plan.reason"), "Reviewed together")
    find("plan.confirm-numbers").click()
    # The release covers the words of the version before: for these it is asked for again.
    find("plan.finish").click()
    assert "agreed to share" in find("close.person-1.release_on.error").text()
    find("close.person-1.agreed-today").click()
    find("plan.steps.step-4").click()
    find("plan.finish").click()
    find("plan.steps.step-5").click()
    state = presenter.copies_state()
    assert len(state.to_swap) == 4
    assert state.agreed == ()
    find("close.copies.print-swaps").click()
    preview = _preview(qtbot, window)
    assert len(preview.parts) == 4
    preview.close()
    find("close.copies.swap-all").click()
    state = presenter.copies_state()
    assert state.to_swap == ()
    assert {copy.version_number for copy in state.out} == {2}
    assert {copy.version_number for copy in state.ended} == {1}
