import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton

from safeplan_desktop.ui.theme import Scheme, apply_theme
from safeplan_desktop.ui.widgets.confirm import Decision, ask_discard, decide
from safeplan_desktop.ui.widgets.dialog_fields import fields_of
from safeplan_desktop.ui.widgets.inputs import PassphraseField
from safeplan_desktop.ui.widgets.void import VoidDialog


@pytest.fixture
def window(show):
    return show(QLineEdit())


def _ask(window, done, **more):
    return decide(
        window,
        "finish",
        "Finish this version?",
        yes="Finish the plan",
        no="Keep editing",
        on_yes=lambda: done.append(1),
        **more,
    )


def test_it_doesnt_block_and_yes_calls_back(window):
    done = []
    dialog = _ask(window, done)
    assert dialog.isVisible()
    assert done == []
    dialog.yes.click()
    assert done == [1]


@pytest.mark.parametrize(
    "leave", [lambda d: d.no.click(), lambda d: d.close(), lambda d: QTest.keyClick(d, Qt.Key.Key_Escape)]
)
def test_every_other_way_out_is_the_careful_answer(window, leave):
    done = []
    dialog = _ask(window, done)
    leave(dialog)
    QApplication.sendPostedEvents()
    assert done == []


def test_return_right_away_is_the_careful_answer(qtbot, window):
    done = []
    dialog = _ask(window, done)
    qtbot.waitUntil(dialog.no.hasFocus)
    QTest.keyClick(dialog.no, Qt.Key.Key_Space)
    assert done == []
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_buttons_are_full_words_and_the_title_is_the_programs(window):
    dialog = _ask(window, [])
    assert (dialog.yes.text(), dialog.no.text()) == ("Finish the plan", "Keep editing")
    assert (dialog.yes.objectName(), dialog.no.objectName()) == ("finish.yes", "finish.no")
    assert dialog.windowTitle() == "SafePlan"


def test_the_keyboard_goes_back_to_the_window(qtbot, window):
    dialog = _ask(window, [])
    dialog.no.click()
    qtbot.waitUntil(window.isActiveWindow)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_at_any_size(app, window, scale):
    apply_theme(app, Scheme.LIGHT, scale)
    dialog = _ask(window, [], details="A finished version never changes; you can always begin the next one. " * 2)
    QApplication.sendPostedEvents()
    for button in (dialog.yes, dialog.no):
        assert button.height() >= button.sizeHint().height()
        assert button.width() >= button.sizeHint().width()


def test_throwing_a_draft_away_says_what_stays(window):
    done = []
    dialog = ask_discard(window, "discard", "unfinished plan", "Finished versions", lambda: done.append(1))
    texts = [child.text() for child in dialog.findChildren(QLineEdit.__mro__[1]) if hasattr(child, "text")]
    assert "Throw this unfinished plan away?" in texts
    assert "Finished versions stay as they are." in texts
    dialog.yes.click()
    assert done == [1]


@pytest.mark.parametrize("leave", ["escape", "cancel"])
def test_words_typed_in_a_dialog_are_thrown_away_only_after_a_question(app, window, leave):
    signed = []
    dialog = VoidDialog(window, "Dr. Reyes", lambda *given: signed.append(given))
    dialog.open()
    QTest.keyClicks(dialog.reason, "Her sister called at nine")

    def go() -> None:
        if leave == "escape":
            QTest.keyClick(dialog.reason, Qt.Key.Key_Escape)
        else:
            dialog.findChild(QPushButton, "void.cancel").click()

    go()
    question = dialog.findChild(Decision, "void.ask-leave")
    assert dialog.isVisible()
    question.no.click()
    assert dialog.reason.value() == "Her sister called at nine"
    go()
    dialog.findChildren(Decision)[-1].yes.click()
    assert not dialog.isVisible()
    assert not signed


def test_an_untouched_dialog_and_a_lock_ask_nothing(window):
    for words in ("", "Her sister called at nine"):
        dialog = VoidDialog(window, "Dr. Reyes", lambda *_: None)
        dialog.open()
        QTest.keyClicks(dialog.reason, words)
        if words:
            dialog.close()
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


def test_a_passphrase_is_never_among_the_words_that_a_dialog_keeps_not_even_when_it_is_shown(window):
    dialog = VoidDialog(window, "Dr. Reyes", lambda *_: None)
    secret = PassphraseField()
    dialog.form.add("secret", "Passphrase", secret)
    secret.set_value("moss lantern")
    for _ in range(2):
        fields = fields_of(dialog)
        assert list(fields) == ["void.reason", "void.signer"]
        secret.reveal()
    dialog.close()
