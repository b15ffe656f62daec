import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from safeplan_desktop.ui.theme import Scheme, apply_theme
from safeplan_desktop.ui.widgets.inputs import Choice, OptionRow, PassphraseField, TextArea, TextLine

PLAIN = ["text/plain"]


@pytest.mark.parametrize("make", [TextLine, TextArea])
def test_typing_is_told_and_setting_isnt(show, heard, make):
    field = make()
    show(field)
    told = heard(field.changed)
    field.set_value("one")
    assert (field.value(), len(told)) == ("one", 0)
    field.setFocus()
    QTest.keyClicks(field, "ab")
    assert len(told) == 2


@pytest.mark.parametrize("make", [TextLine, TextArea])
def test_what_clients_said_isnt_learned_by_the_keyboard(app, make):
    assert make().inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData


def test_a_text_area_grows_with_its_text_up_to_a_limit_and_needs_no_scroll_bar_before(show):
    area = TextArea(fewest_lines=2, most_lines=5)
    show(area)
    heights = []
    for lines in range(1, 9):
        area.set_value("\n".join("x" * lines))
        QApplication.sendPostedEvents()
        heights.append(area.height())
        assert area.verticalScrollBar().maximum() == max(lines - 5, 0)
    assert heights[0] == heights[1] < heights[2] < heights[3] < heights[4] == heights[5] == heights[7]


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_a_text_area_shows_its_lines_whole_at_every_size(app, show, scale):
    apply_theme(app, Scheme.LIGHT, scale)
    area = TextArea(fewest_lines=3)
    show(area)
    area.set_value("one\ntwo\nthree")
    QApplication.sendPostedEvents()
    assert area.verticalScrollBar().maximum() == 0


def test_tab_goes_on_to_the_next_field(show):
    area, after = TextArea(), QLineEdit()
    show(area, after)
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert area.value() == ""


def test_only_plain_text_is_copied_and_pasted(show):
    area = TextArea()
    show(area)
    area.set_value("first\nsecond")
    area.selectAll()
    area.copy()
    assert [form.split(";")[0] for form in QApplication.clipboard().mimeData().formats()] == PLAIN
    assert QApplication.clipboard().text() == "first\nsecond"
    rich = QMimeData()
    rich.setHtml("<b>bold</b><img src='http://example.org/x.png'>")
    rich.setText("bold")
    area.set_value("")
    area.insertFromMimeData(rich)
    assert area.value() == "bold"


def test_another_record_cant_be_undone_back_into_the_former_one(show):
    area = TextArea()
    show(area)
    area.setFocus()
    QTest.keyClicks(area, "Maren")
    area.set_value("Tomasz")
    area.undo()
    assert area.value() == "Tomasz"


@pytest.fixture
def choice(show):
    choice = Choice([("a", "First"), ("b", "Second")])
    show(choice, QLineEdit())
    return choice


def test_nothing_is_chosen_until_somebody_chooses(choice, heard):
    told = heard(choice.changed)
    assert choice.value() is None
    assert choice.currentText() == "Please choose"
    choice.set_value("b")
    assert (choice.value(), len(told)) == ("b", 0)
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Up)
    assert (choice.value(), len(told)) == ("a", 1)


def test_a_value_that_isnt_in_the_list_shows_the_first_entry(choice):
    choice.set_value("b")
    choice.set_value("no longer there")
    assert choice.value() is None


def test_new_options_keep_what_was_chosen(choice, heard):
    told = heard(choice.changed)
    choice.set_value("b")
    choice.set_options([("b", "Second"), ("c", "Third")])
    assert (choice.value(), len(told)) == ("b", 0)


@pytest.mark.parametrize("focused", [False, True])
def test_the_wheel_changes_a_choice_only_while_it_has_the_focus(choice, focused):
    choice.set_value("a")
    choice.window().findChild(QLineEdit).setFocus()
    if focused:
        choice.setFocus()
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, event)
    assert choice.value() == ("b" if focused else "a")


@pytest.fixture
def row(show):
    row = OptionRow([(0, "Never"), (1, "Seldom"), (2, "Often")])
    row.setObjectName("q")
    row.setAccessibleName("How often")
    show(row)
    row.focus_row()
    return row


def test_a_digit_answers_and_says_so(row, heard):
    told, chosen = heard(row.changed), heard(row.chosen)
    QTest.keyClick(row.buttons[0], Qt.Key.Key_2)
    assert (row.value(), len(told), len(chosen)) == (2, 1, 1)
    QTest.keyClick(row.buttons[2], Qt.Key.Key_3)
    assert (row.value(), len(told)) == (2, 1)  # there is no fourth answer


def test_arrows_move_the_answer(row, heard):
    row.set_value(0)
    row.focus_row()
    told = heard(row.changed)
    QTest.keyClick(row.buttons[0], Qt.Key.Key_Right)
    assert (row.value(), len(told)) == (1, 1)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_an_answer_can_be_taken_back(row, heard, key):
    row.set_value(1)
    told = heard(row.changed)
    QTest.keyClick(row.buttons[1], key)
    assert (row.value(), len(told)) == (None, 1)


def test_an_answer_that_must_be_given_cant_be_taken_back(show):
    row = OptionRow([("y", "Yes"), ("n", "No")], clearable=False, digits=False)
    show(row)
    row.set_value("y")
    QTest.keyClick(row.buttons[0], Qt.Key.Key_Delete)
    QTest.keyClick(row.buttons[0], Qt.Key.Key_1)
    assert row.value() == "y"


def test_setting_an_answer_is_silent_and_none_clears(row, heard):
    told = heard(row.changed)
    row.set_value(2)
    row.set_value(None)
    assert (row.value(), len(told)) == (None, 0)
    row.set_value(0)
    assert row.value() == 0


def test_shortcuts_of_the_window_pass_through(row):
    QTest.keyClick(row.buttons[0], Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert row.value() is None


def test_each_answer_says_its_question_to_a_screen_reader(row):
    assert [button.accessibleName() for button in row.buttons] == [
        "How often: Never",
        "How often: Seldom",
        "How often: Often",
    ]
    assert [button.objectName() for button in row.buttons] == ["q.0", "q.1", "q.2"]


@pytest.fixture
def passphrase(show):
    field = PassphraseField()
    field.setObjectName("pass")
    field.setAccessibleName("Passphrase")
    show(field)
    field.line.setFocus()
    return field


def test_a_passphrase_is_hidden_until_shown(passphrase):
    assert passphrase.line.echoMode() is QLineEdit.EchoMode.Password
    passphrase._show.click()
    assert passphrase.line.echoMode() is QLineEdit.EchoMode.Normal
    assert passphrase._show.text() == "Hide"
    passphrase._show.click()
    assert passphrase.line.echoMode() is QLineEdit.EchoMode.Password


def test_return_submits_a_passphrase_and_typing_is_told(passphrase, heard):
    told, sent = heard(passphrase.changed), heard(passphrase.submitted)
    QTest.keyClicks(passphrase.line, "abc")
    QTest.keyClick(passphrase.line, Qt.Key.Key_Return)
    assert (passphrase.value(), len(told), len(sent)) == ("abc", 3, 1)
    passphrase.set_value("")
    assert (passphrase.value(), len(told)) == ("", 3)


def test_a_passphrase_isnt_offered_to_input_methods(passphrase):
    hints = passphrase.line.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhHiddenText
    assert hints & Qt.InputMethodHint.ImhNoPredictiveText


def _press(field, letter, *, shift):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(field.line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, letter))


@pytest.mark.parametrize(
    ("letter", "shift", "hint"),
    [("a", False, False), ("A", True, False), ("A", False, True), ("a", True, True)],
)
def test_a_capital_without_shift_gives_caps_lock_away(passphrase, letter, shift, hint):
    _press(passphrase, letter, shift=shift)
    assert passphrase._caps.isVisible() == hint


def test_digits_and_spaces_say_nothing_about_caps_lock(passphrase):
    _press(passphrase, "A", shift=False)
    _press(passphrase, "7", shift=False)
    _press(passphrase, " ", shift=False)
    assert passphrase._caps.isVisible()
    _press(passphrase, "a", shift=False)
    assert not passphrase._caps.isVisible()
