"""What is typed into a short dialog or a form of the practice outlasts a lock, and goes when it is done or thrown away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from support.incidents import sign_incident
from support.keyboard import Keyboard
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on
from support.windows import find, open_window, unlock
from support.written import sign_consent

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.incidents import FollowUp
from safeplan_desktop.services import reference

SENTENCE = "It was written down for the wrong client"


@pytest.fixture
def window(qtbot, tmp_path):
    """M-07 with a signed incident that has a follow-up."""
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    sign_incident(session, client.id, follow_ups=(FollowUp("Call"),))
    session.vault.database.close()
    with open_window(qtbot, folder, HeldClock()) as window:
        _unlock(qtbot, window)
        yield window


def _unlock(qtbot, window):
    unlock(qtbot, window, PASSPHRASE)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def _client(window):
    return window.workspace.session.clients.by_code("M-07").id


def _kept(window):
    return [one for one in window.workspace.session.drafts.every() if one.kind is DraftKind.DIALOG]


def _open_incident(window):
    window.workspace.open_screen("incidents")
    window.workspace.incidents_presenter.open(window.workspace.session.incidents.list()[0].id)


def _said(dialog: str) -> str:
    return " ".join(one.text() for one in find(f"{dialog}.banner").findChildren(QLabel) if one.isVisible())


def _close(dialog: str) -> None:
    """As a lock closes it."""
    found = find(dialog)
    assert isinstance(found, QDialog)
    found.close()
    QApplication.processEvents()


def test_words_in_a_dialog_stand_there_again_after_a_lock_and_are_gone_once_it_is_signed(qtbot, window):
    keys = Keyboard()
    _open_incident(window)
    find("incidents.signed.back").setFocus()
    keys.tab_to("incidents.void")
    keys.enter()
    keys.tab_to("void.reason")
    keys.type(SENTENCE)
    rows = window.workspace.session.due.rows()
    window.lock()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    _unlock(qtbot, window)
    assert [one.client_id for one in _kept(window)] == [_client(window)]
    assert window.workspace.session.due.rows() == rows, "Today lists no words of a dialog"
    _open_incident(window)
    find("incidents.signed.back").setFocus()
    keys.tab_to("incidents.void")
    keys.enter()
    keys.type(", see the other one.")
    assert find("void.reason").value() == f"{SENTENCE}, see the other one."
    assert "What you typed before is still here." in _said("void")
    find("void.signer").set_value("Dr. Reyes")
    keys.tab_to("void.sign")
    keys.enter()
    assert find("incidents.in-error")
    assert not _kept(window)


def _ask(window, name: str) -> tuple[Callable[[], None], str]:
    """How a dialog is opened, and a field in which words are typed; no field where it has its own way of naming them."""
    workspace = window.workspace
    if name in ("void", "follow-up"):
        _open_incident(window)
    elif name in _PARTS:
        workspace.open_screen("practice")
        workspace.screen_of("practice").open_part(_PARTS[name])
    elif name == "snooze":
        workspace.open_screen("today")
    elif name == "withdraw":
        signed = sign_consent(workspace.session, _client(window))
        workspace.open_record(Noun.CONSENT, signed.id, workspace.client_id)
    else:
        workspace.open_screen("clients")
        workspace.clients_presenter.open(_client(window))
    opener, field = _DIALOGS[name]
    if name == "policy-adopt":
        workspace.screen_of("practice").parts.built["policy"]._presenter.begin()
    if opener.startswith("_"):  # its button is there only once the client's work has ended
        return getattr(workspace.screen_of("clients")._record, opener), field
    return lambda: find(opener).click(), field


_PARTS = {"reviewed": "reviews", "room-list": "room", "policy-adopt": "policy", "set-up-profile": "set-up"}
_DIALOGS = {
    "void": ("incidents.void", "void.reason"),
    "follow-up": ("incidents.follow-up-1.done", "follow-up.note"),
    "snooze": ("today.put-off", "snooze.reason"),
    "reviewed": ("practice.reviews.reviewed", "reviewed.note"),
    "room-list": ("practice.room.list", "room-list.items"),
    "policy-adopt": ("practice.policy.adopt", "policy-adopt.change"),
    "set-up-profile": ("set-up.profile.do", "set-up-profile.address"),
    "status": ("clients.status", "status.reason"),
    "closing": ("_open_checklist", ""),
    "checklist": ("_open_after_death", "checklist.note"),
    "link": ("clients.link", "link.basis"),
    "withdraw": ("consent.withdraw", "withdraw.note"),
}


def _typed_in(name: str, field: str) -> QWidget:
    if field:
        return find(field)
    return next(iter(find(name).fields.values()))


def test_every_dialog_with_words_keeps_them_until_cancel_throws_them_away(window):
    for name in _DIALOGS:
        ask, field = _ask(window, name)
        ask()
        before = _typed_in(name, field).value()
        QTest.keyClicks(_typed_in(name, field), SENTENCE)
        typed = _typed_in(name, field).value()
        assert SENTENCE in typed
        _close(name)
        ask()
        assert _typed_in(name, field).value() == typed, name
        assert "still here" in _said(name)
        QTest.keyClicks(find(name).focusWidget(), ".")
        assert _typed_in(name, field).value() == f"{typed}.", name
        QTest.keyClick(_typed_in(name, field), Qt.Key.Key_Escape)
        find(f"{name}.ask-leave.yes").click()
        QApplication.processEvents()
        assert not _kept(window), name
        ask()
        assert _typed_in(name, field).value() == before, name
        _close(name)
        assert not _kept(window), name


def test_choices_come_back_with_the_words_but_never_another_client_or_a_choice_alone(window):
    window.workspace.session.clients.add(ClientForm(code="Z-99", name="Zora Quinn"))
    ask, field = _ask(window, "link")
    ask()
    find("link.other").setCurrentIndex(1)
    find("link.kind").setCurrentIndex(2)
    find("link.kind").changed.emit()
    _close("link")
    assert not _kept(window)
    ask()
    find("link.other").setCurrentIndex(1)
    find("link.kind").setCurrentIndex(2)
    kind = find("link.kind").value()
    QTest.keyClicks(find(field), SENTENCE)
    _close("link")
    assert "Z-99" not in _kept(window)[0].form_json
    ask()
    assert find("link.kind").value() is kind
    assert find("link.other").value() is None
    _close("link")


def test_a_rule_for_renewals_comes_back_with_every_line_of_its_subjects(window):
    window.workspace.open_practice("training")

    def ask() -> QWidget:
        find("practice.trainings.add-rule").click()
        return find("training-rule")

    rule = ask()
    rule.example.setCurrentIndex(1)
    rule.example.changed.emit()
    rule.topics.lines[-1].remove.click()
    QTest.keyClicks(find("training-rule.name"), ", mine")
    find("training-rule.topics.add").click()
    QTest.keyClicks(find("training-rule.first_day.line"), "2026-01-01")
    number = len(rule.topics.lines)
    QTest.keyClicks(find(f"training-rule.topics.{number}.subject"), "Lone working")
    QTest.keyClicks(find(f"training-rule.topics.{number}.hours"), "1:30")
    typed = (rule.name.value(), rule.months.value(), rule.total.value(), rule.topics.value())
    _close("training-rule")
    again = ask()
    assert again is not rule
    assert (again.name.value(), again.months.value(), again.total.value(), again.topics.value()) == typed
    assert ", mine" in typed[0]
    find("training-rule.save").click()
    assert not _kept(window)
    assert window.workspace.session.training_rules.every()[0].topics == typed[3]


def test_a_checklist_of_an_unsigned_incident_waits_with_it_and_ends_with_it(window):
    workspace = window.workspace
    workspace.choose_client(_client(window))
    workspace.open_screen("incidents")
    workspace.incidents_presenter.begin()
    view, checklist = workspace.screen_of("incidents"), reference.checklists()[0]
    view._open_checklist(checklist)
    QTest.keyClicks(find("checklist.note"), SENTENCE)
    _close("checklist")
    assert [one.client_id for one in _kept(window)] == [_client(window)]
    view._open_checklist(checklist)
    assert find("checklist.note").value() == SENTENCE
    _close("checklist")
    find("incidents.discard").click()
    find("incidents.ask-discard.yes").click()
    assert not _kept(window)
