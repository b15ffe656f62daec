import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from safeplan_desktop.ui.theme import Scheme, apply_theme
from safeplan_desktop.ui.widgets import layout
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import (
    READABLE_WIDTH,
    Card,
    EmptyState,
    Form,
    Page,
    StepHeader,
    button,
    clear_layout,
    label,
    row,
)
from safeplan_desktop.ui.widgets.wrapping import RoundButton, TickBox


def _seen(widget):
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


@pytest.fixture
def page(show):
    """A page with thirty fields: far more than can be seen at once."""
    page, form = Page("notes", "Notes", "One a day is enough."), Form("notes")
    for number in range(30):
        form.add(f"line{number}", f"Line {number}", TextLine(), "Help.")
    page.add(form)
    page.set_footer(row(None, button("Save", "notes.save", lambda: None, kind="primary")))
    page.form = form
    show(page)
    return page


def test_a_field_has_its_names_from_its_form(page):
    field = page.form._fields["line3"]
    assert field.objectName() == "notes.line3"
    assert field.accessibleName() == "Line 3"
    assert field.accessibleDescription() == "Help."
    captions = [caption for caption in page.findChildren(QLabel) if caption.buddy() is field]
    assert [caption.text() for caption in captions] == ["Line 3"]


@pytest.mark.parametrize(("name", "from_end"), [("line28", False), ("line0", True)])
def test_an_error_is_beside_its_field_which_comes_into_sight_and_gets_the_cursor(page, name, from_end):
    if from_end:
        page.show_widget(page.form._fields["line29"])
    assert not _seen(page.form._fields[name])
    assert page.form.show_error(name, "Please type it.")
    QApplication.sendPostedEvents()
    assert _seen(page.form._fields[name])
    assert _seen(page.form._errors[name])
    assert page.form._errors[name].text() == "Please type it."
    assert page.form._fields[name].hasFocus()
    assert page.form._fields[name].property("wrong") == "true"


def test_errors_can_be_taken_away(page):
    page.form.show_error("line1", "Please type it.")
    page.form.clear_errors()
    assert not page.form._errors["line1"].isVisible()
    assert page.form._fields["line1"].property("wrong") == "false"


def test_a_refusals_sentence_goes_once_its_own_field_is_changed_and_no_other(page):
    page.form.show_error("line1", "Please type it.")
    QTest.keyClicks(page.form._fields["line2"], "x")
    assert page.form._errors["line1"].text() == "Please type it."
    QTest.keyClicks(page.form._fields["line1"], "x")
    assert not page.form._errors["line1"].isVisible()
    assert page.form._fields["line1"].property("wrong") == "false"


def test_a_field_that_isnt_there_is_told_so_that_the_banner_can_say_it(page):
    assert not page.form.show_error("elsewhere", "Please type it.")


def test_a_message_is_in_sight_wherever_the_page_was_scrolled_to(page):
    page.show_widget(page.form._fields["line29"])
    page.banner.say("problem", "The disk is full.")
    QApplication.sendPostedEvents()
    assert _seen(page.banner)
    assert page.banner.visibleRegion().boundingRect().height() == page.banner.height()


def test_a_page_without_a_message_leaves_no_gap_for_it(show):
    bare = Page("bare", "Bare")
    show(bare)
    assert bare._scroll.y() == 0


def test_the_row_of_buttons_is_in_sight_wherever_the_page_was_scrolled_to(page):
    save = page.findChild(QPushButton, "notes.save")
    assert _seen(save)
    page.show_widget(page.form._fields["line29"])
    assert _seen(save)
    page.to_top()
    assert _seen(page.title)


def test_a_page_that_went_to_its_top_stays_there(qtbot, page):
    page.show_widget(page.form._fields["line29"])
    page.to_top()
    over = []
    QTimer.singleShot(layout._LAID_OUT_MS, lambda: over.append(1))  # begun later, so it ends after the page's own
    qtbot.waitUntil(lambda: bool(over))
    assert _seen(page.title)


def test_what_was_just_added_at_the_end_comes_into_sight_and_the_page_never_jumps_to_its_top(qtbot, page):
    """Before its first layout a new part stands at no place, as if it were the first line."""
    page.show_widget(page.form._fields["line29"])
    scrolled = page._scroll.verticalScrollBar().value()
    added = Card("Added")
    added.add(TextArea())
    page.add(added)
    page.show_widget(added)
    assert page._scroll.verticalScrollBar().value() == scrolled
    qtbot.waitUntil(lambda: _seen(added) and added.visibleRegion().boundingRect().height() == added.height())


def test_a_wide_window_keeps_lines_readable(show):
    page, card = Page("wide", "Wide"), Card("A card", "A line of help")
    card.add(label("text"))
    page.add(card)
    show(page, width=1900)
    assert card.width() <= READABLE_WIDTH
    middle = card.mapTo(page, card.rect().center()).x()
    assert abs(middle - page.width() / 2) <= 10


def test_a_label_shows_markup_as_typed(app):
    made = label("<b>A & B</b>")
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert made.text() == "<b>A & B</b>"


def test_a_button_is_named_by_its_words_and_acts_once_for_mouse_and_space(show):
    clicks = []
    made = button("&Save", "x.save", lambda: clicks.append(1))
    show(made)
    assert (made.objectName(), made.accessibleName()) == ("x.save", "Save")
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    QTest.keyClick(made, Qt.Key.Key_Space)
    assert clicks == [1, 1]


def test_an_empty_state_says_what_to_do_first(show):
    begun = []
    empty = EmptyState("plan.none", "There is no plan yet.", "Begin a plan", lambda: begun.append(1))
    show(empty)
    assert empty.action.objectName() == "plan.none.action"
    empty.action.click()
    assert begun == [1]


@pytest.fixture
def header(show):
    header = StepHeader("s", ["Begin", "Questions", "Sign"])
    header.set_current(1)
    show(header)
    return header


def test_the_present_step_is_said_in_words(header):
    assert [made.accessibleName() for made in header._buttons] == [
        "Step 1 of 3: Begin",
        "Step 2 of 3: Questions, current",
        "Step 3 of 3: Sign",
    ]
    header.set_current(2)
    assert header._buttons[1].accessibleName() == "Step 2 of 3: Questions"


def test_a_step_is_chosen_by_click_and_by_keyboard(header, heard):
    chosen = heard(header.chosen)
    header._buttons[2].click()
    header._buttons[0].setFocus()
    QTest.keyClick(header._buttons[0], Qt.Key.Key_Tab)
    assert header._buttons[1].hasFocus()
    QTest.keyClick(header._buttons[1], Qt.Key.Key_Space)
    assert chosen.said == [2, 1]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_steps_that_dont_fit_go_on_in_the_next_line_uncut(app, show, scale):
    apply_theme(app, Scheme.LIGHT, scale)
    header = StepHeader("s", ["Begin", "Questions", "Factors", "Formulation", "Care", "Sign"])
    show(header, width=480)
    for made in header._buttons:
        assert made.geometry().right() <= header.width()
        assert made.width() >= made.fontMetrics().horizontalAdvance(made.text())
    assert header._buttons[-1].y() > header._buttons[0].y()


def _flow(*widgets):
    holder = QWidget()
    line = FlowLayout(holder, spacing=10)
    for widget in widgets:
        line.addWidget(widget)
    return holder, line


def test_hidden_things_leave_no_gap_in_a_line(show):
    first, hidden, last = (QPushButton(text) for text in ("One", "Two", "Three"))
    holder, line = _flow(first, hidden, last)
    hidden.hide()
    show(holder)
    assert last.x() == first.x() + first.width() + 10
    assert line.sizeHint().width() < sum(one.sizeHint().width() for one in (first, hidden, last))


def test_a_line_takes_back_its_room_when_it_is_wide_enough(show):
    buttons = [QPushButton(f"Button {number}") for number in range(6)]
    holder, line = _flow(*buttons)
    show(holder)
    assert line.hasHeightForWidth()
    assert line.heightForWidth(150) > line.heightForWidth(2000)
    assert line.heightForWidth(2000) == buttons[0].sizeHint().height()


def test_a_layout_can_be_emptied_with_what_is_nested_in_it(show):
    card = Card("Title")
    inner = row(label("a"), label("b"))
    card.add(inner)
    card.add(TextArea())
    show(card)
    clear_layout(card.body)
    assert card.body.count() == 0
    assert not any(child.isVisible() for child in card.findChildren(QWidget))


@pytest.mark.parametrize("make", [TickBox, RoundButton])
def test_a_long_answer_goes_on_in_the_next_line_and_can_be_pressed_anywhere(show, app, make):
    holder = QWidget()
    line = FlowLayout(holder)
    long = make("An answer that is much longer than the narrow place in which it has to be read")
    for one in (make("No"), long):
        line.addWidget(one)
    show(holder)
    holder.resize(260, 400)
    app.processEvents()
    assert long.width() <= 260
    assert long.height() > 3 * long.fontMetrics().lineSpacing()
    QTest.mouseClick(long, Qt.MouseButton.LeftButton, pos=QPoint(long.width() - 12, long.height() - 8))
    assert long.isChecked()
