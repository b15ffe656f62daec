"""From the first start to a practice that is set up: by keyboard, through the real window, in under ten minutes."""

import pypdf
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.first_start import start_for_the_first_time
from support.keystroke_model import Timed
from support.vaults import PASSPHRASE, START, HeldClock
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.policy import AdoptedPolicy, Practised
from safeplan_desktop.domain.set_up import SetUpStep, StepState
from safeplan_desktop.services.due import DueKind

CTRL = Qt.KeyboardModifier.ControlModifier
TEN_MINUTES = 600
_SAVE_DIALOG_KEYS = 25  # a name typed into the system's own file dialog


def _focus() -> str:
    QApplication.processEvents()
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def _save(qtbot, timed, path) -> None:
    """Ctrl+S in the preview; the system's own file dialog is counted as a name and a click."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
    preview = find("preview")
    timed.read(preview)
    assert preview.save_to(path)
    timed.keys.presses += 1 + _SAVE_DIALOG_KEYS
    timed.clicks += 1
    timed.keys.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=5000)


def _on_today(window) -> list[str]:
    return [row.sentence for row in window.workspace.session.due.rows() if row.kind is DueKind.SET_UP]


def test_a_practice_is_set_up_by_keyboard_in_under_ten_minutes(qtbot, tmp_path, record_property):
    (tmp_path / "stick").mkdir()
    timed, clock = Timed(), HeldClock()
    with open_window(qtbot, tmp_path / "vault", clock) as window:
        words = start_for_the_first_time(qtbot, window)
        keys, session = timed.keys, window.workspace.session
        timed.read(window.workspace)
        assert _on_today(window) == ["Set up the practice: 0 of 7 done"]
        assert _focus() == "today.table"
        keys.enter()
        assert _focus() == "set-up.profile.do"
        timed.read(window.workspace)

        keys.enter()
        timed.read(find("set-up-profile"))
        keys.type("12 Juniper Street, Denver")
        keys.press(Qt.Key.Key_Tab)
        keys.type("Back door, second floor")
        keys.tab_to("set-up-profile.save")
        keys.enter()
        assert session.practice.profile().address == "12 Juniper Street, Denver"

        assert _focus() == "set-up.contacts.do"
        keys.enter()
        timed.read(find("set-up.numbers"))
        keys.type("0010")  # the third line isn't for this practice
        keys.enter()
        assert [one.number for one in session.practice.contacts()] == ["911", "988", "741741"]
        assert {one.checked_on for one in session.practice.contacts()} == {START.date()}

        assert _focus() == "set-up.protocol.do"
        keys.enter()
        timed.read(find("set-up.protocol"))
        keys.enter()

        assert _focus() == "set-up.policy.do"
        keys.enter()
        timed.read(find("set-up.policy"))
        qtbot.waitUntil(lambda: _focus() == "set-up.policy.1.0", timeout=2000)
        keys.type("0" * 7 + "1" + "0" * 12 + "2")
        assert _focus() == "set-up.policy.adopt"
        keys.enter()
        timed.read(find("policy-adopt"))
        keys.tab_to("policy-adopt.undecided")
        keys.press(Qt.Key.Key_Space)
        keys.tab_to("policy-adopt.change")
        if not find("policy-adopt.change").value():
            keys.type("First version")
        keys.tab_to("policy-adopt.sign")
        keys.enter()
        adopted = session.policy.newest().form_as(AdoptedPolicy)
        assert adopted.undecided == 3

        assert _focus() == "set-up.settings.do"
        keys.enter()
        timed.read(find("set-up-settings"))
        keys.tab_to("set-up-settings.show_names")
        keys.press(Qt.Key.Key_Space)
        keys.tab_to("set-up-settings.save")
        keys.enter()
        assert not session.practice.settings().show_names

        assert _focus() == "set-up.backup.do"
        keys.enter()
        timed.read(find("set-up-backup"))
        keys.type(str(tmp_path / "stick"))
        keys.tab_to("set-up-backup.make")
        keys.enter()
        qtbot.waitUntil(lambda: session.backups.latest() is not None, timeout=10_000)
        qtbot.waitUntil(lambda: _focus() == "set-up.prints.do", timeout=5000)
        timed.read(window.workspace)

        keys.enter()
        _save(qtbot, timed, tmp_path / "card.pdf")
        assert _focus() == "set-up.prints.sheet"
        keys.enter()
        timed.read(find("set-up-recovery"))
        keys.type(PASSPHRASE)
        keys.enter()
        _save(qtbot, timed, tmp_path / "sheet.pdf")
        timed.read(window.workspace)

        assert find("set-up.count").text() == "7 of 7 done. The practice is set up."
        assert _on_today(window) == []
        decisions = {one.id: {c.practised for c in one.clauses} for one in adopted.sections}
        assert decisions["own-safety"] == {Practised.NOT_HERE}
        assert decisions["communication"] == {None}
        assert list(decisions["screening"]) == [Practised.WE_DO]

    said = pypdf.PdfReader(tmp_path / "card.pdf").pages[0].extract_text()
    for printed in ("12 Juniper Street", "Back door", "911", "741741"):
        assert printed in said
    assert all(word in pypdf.PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text() for word in words)
    for name, value in (("keys", keys.presses), ("clicks", timed.clicks), ("words", timed.words)):
        record_property(name, value)
    record_property("minutes", round(timed.seconds / 60, 1))
    print(f"{keys.presses} keys, {timed.clicks} clicks, {timed.words} words, {timed.seconds / 60:.1f} minutes")
    assert timed.seconds < TEN_MINUTES


def test_it_goes_on_after_a_lock_where_it_stopped_and_what_was_put_off_comes_back(qtbot, tmp_path):
    with open_window(qtbot, tmp_path / "vault") as window:
        start_for_the_first_time(qtbot, window)
        window.workspace.open_practice("set-up")
        find("set-up.profile.later").click()
        assert _focus() == "set-up.contacts.do"
        find("set-up.contacts.not-needed").click()
        find("set-up.policy.do").click()
        qtbot.waitUntil(lambda: _focus() == "set-up.policy.1.0", timeout=2000)
        find("set-up.policy.1.1").click()
        window.lock()
        unlock(qtbot, window, PASSPHRASE)
        workspace = window.workspace
        assert workspace.session.policy.unfinished()[1].section("purpose").clauses[0].practised is Practised.NOT_HERE
        workspace.open_practice("set-up")
        assert [find(f"set-up.{name}.state").text() for name in ("profile", "contacts", "policy")] == [
            "Later",
            "Not needed",
            "To do",
        ]
        assert _focus() == "set-up.protocol.do"
        find("set-up.contacts.again").click()
        assert workspace.session.set_up.now().state(SetUpStep.CONTACTS) is StepState.OPEN
        assert _focus() == "set-up.contacts.do"
        find("set-up.on-today").click()
        assert _on_today(window) == []
        window.findChild(object, "action.set-up-the-practice").trigger()
        assert find("set-up.count").text() == "0 of 7 done"


def test_what_was_set_up_stands_in_the_full_screens_and_a_draft_is_open_in_one_place_only(qtbot, tmp_path):
    with open_window(qtbot, tmp_path / "vault") as window:
        start_for_the_first_time(qtbot, window)
        workspace = window.workspace
        workspace.open_practice("profile")
        workspace.open_practice("policy")
        find("practice.policy.write").click()
        find("practice.policy.clause-1.answer.0").click()
        workspace.open_practice("set-up")
        find("set-up.profile.do").click()
        find("set-up-profile.address").set_value("12 Juniper Street")
        find("set-up-profile.save").click()
        find("set-up.policy.do").click()
        find("set-up.policy.2.0").click()
        workspace.open_practice("profile")
        assert find("practice.address").value() == "12 Juniper Street"
        workspace.open_practice("policy")
        find("practice.policy.write").click()
        form = workspace.session.policy.unfinished()[1]
        assert form.section("purpose").clauses[0].practised is Practised.WE_DO
        assert {one.practised for one in form.section("scope").clauses} == {Practised.WE_DO}
        assert not find("practice.policy.count").text().startswith("74")


def test_a_wrong_passphrase_prints_no_recovery_sheet(qtbot, tmp_path):
    with open_window(qtbot, tmp_path / "vault") as window:
        start_for_the_first_time(qtbot, window)
        window.workspace.open_practice("set-up")
        find("set-up.prints.sheet").click()
        find("set-up-recovery.passphrase").set_value("somebody else")
        find("set-up-recovery.show").click()
        qtbot.waitUntil(lambda: find("workspace.banner").isVisible(), timeout=10_000)
        assert "doesn't open these records" in find("workspace.banner").text
        assert QApplication.activeModalWidget() is None
