import time
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from safeplan_desktop.ui.theme import Scheme, apply_theme
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.short_table import ShortTable


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    name: str
    age: int


ROWS = (Row("1", "bea", 30), Row("2", "Ada", 9), Row("3", "Cy", 100))
COLUMNS = (
    Column("Name", lambda row: row.name, stretch=True),
    Column("Age", lambda row: str(row.age), sort_key=lambda row: row.age, width=80),
)


@pytest.fixture
def table(show):
    table = DataTable("people", "People", COLUMNS)
    table.allow_sorting()
    table.set_rows(ROWS)
    show(table)
    return table


def _names(table):
    return [row.name for row in table.rows()]


def _sort(table, column, order=Qt.SortOrder.AscendingOrder):
    table.sortByColumn(column, order)


def test_rows_stay_in_the_order_given_until_a_title_is_clicked(table):
    assert _names(table) == ["bea", "Ada", "Cy"]


def test_words_are_sorted_without_regard_to_capitals_and_numbers_by_size(table):
    _sort(table, 0)
    assert _names(table) == ["Ada", "bea", "Cy"]
    _sort(table, 1)
    assert _names(table) == ["Ada", "bea", "Cy"]
    _sort(table, 1, Qt.SortOrder.DescendingOrder)
    assert _names(table) == ["Cy", "bea", "Ada"]


def test_sorting_keeps_the_same_person_chosen(table, heard):
    picked = heard(table.picked)
    table.choose(lambda row: row.name == "Cy")
    for column in (0, 1):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            _sort(table, column, order)
            assert table.current().name == "Cy"
            (chosen,) = {index.row() for index in table.selectedIndexes()}
            assert table.rows()[chosen].name == "Cy"
    assert {row.name for row in picked.said} == {"Cy"}


def test_new_rows_come_in_the_order_that_the_title_says(table):
    _sort(table, 1)
    table.set_rows((*ROWS, Row("4", "Dot", 50)))
    assert _names(table) == ["Ada", "bea", "Dot", "Cy"]


def test_new_rows_keep_the_chosen_one_or_none(table):
    table.choose(lambda row: row.id == "3")
    table.set_rows((Row("9", "New", 1), Row("3", "Cyrus", 101)))
    assert table.current().name == "Cyrus"
    table.set_rows(ROWS[:2])
    assert table.current() is None


def test_enter_opens_the_chosen_row_and_arrows_move(table, heard):
    opened, picked = heard(table.opened), heard(table.picked)
    table.setFocus()
    table.choose(lambda row: row.name == "bea")
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert picked.said[-1].name == "Ada"
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert [row.name for row in opened.said] == ["Ada"]


def test_enter_in_an_empty_table_opens_nothing(table, heard):
    opened = heard(table.opened)
    table.set_rows(())
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert len(opened) == 0


def test_a_double_click_opens_what_was_clicked(table, heard):
    opened = heard(table.opened)
    spot = table.visualRect(table.model().index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert [row.name for row in opened.said] == ["Ada"]


def test_tab_leaves_the_table(table):
    assert not table.tabKeyNavigation()


def test_rows_and_columns_grow_with_the_text(app, table):
    height, width = table.rowHeight(0), table.columnWidth(1)
    apply_theme(app, Scheme.LIGHT, 2.0)
    assert table.rowHeight(0) > height * 1.4
    assert table.columnWidth(1) > width * 1.6


def test_what_is_shown_is_plain_text_with_a_name_for_screen_readers(table):
    table.set_rows((Row("1", "<b>x</b>", 1),))
    index = table.model().index(0, 0)
    assert index.data() == "<b>x</b>"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "<b>x</b>"
    assert table.accessibleName() == "People"


def test_ten_thousand_rows_are_shown_sorted_and_chosen_at_once(table):
    rows = tuple(Row(str(number), f"Name {number * 7919 % 10_000:05}", number % 97) for number in range(10_000))
    began = time.thread_time()
    table.set_rows(rows)
    _sort(table, 0)
    table.choose(lambda row: row.id == "9999")
    table.repaint()
    assert time.thread_time() - began < 1.0
    assert table.rows()[0].name == "Name 00000"


def test_a_short_table_is_as_tall_as_its_rows_and_no_taller_than_was_asked(show, app):
    table = ShortTable("people", "People", COLUMNS, most=2, may_go=(1,), letters=10)
    show(table)
    seen = []
    for count in (1, 2, 3):
        table.set_rows(ROWS[:count])
        app.processEvents()
        assert table.viewport().height() >= min(count, 2) * table.rowHeight(0)
        seen.append(table.height())
    assert seen[0] < seen[1] == seen[2]


def test_long_words_go_on_in_the_next_line_and_all_columns_stay_in_sight(show, app):
    table = DataTable("people", "People", (COLUMNS[0], Column("Where", lambda row: row.name, width=300)))
    table.allow_sorting()
    show(table)
    table.resize(420, 300)
    apply_theme(app, Scheme.LIGHT, 2.0)
    long = "A sentence that is much too long for one line"
    table.set_rows((Row("1", "Zoe", 1), Row("2", long, 2)))
    assert table.columnWidth(0) + table.columnWidth(1) <= table.viewport().width()
    assert table.columnWidth(0) > 100
    assert table.rowHeight(1) > 3 * table.fontMetrics().lineSpacing()
    assert table.rowHeight(0) < 2 * table.fontMetrics().lineSpacing()
    _sort(table, 0)
    assert table.rowHeight(0) > table.rowHeight(1)
    table.set_rows((Row("1", "Zoe", 1),))
    assert table.rowHeight(0) < 2 * table.fontMetrics().lineSpacing()


def test_a_text_that_nearly_fits_stays_on_one_line_where_the_table_has_room(show, app):
    columns = (Column("Name", lambda row: row.name, stretch=True), Column("Due", lambda _row: "Wed 05 Nov", width=90))
    table = DataTable("people", "People", columns)
    table.resize(900, 200)
    show(table)
    needed = table.fontMetrics().horizontalAdvance("Wed 05 Nov")
    assert table.columnWidth(1) < needed + 24, "the text must be a little too long, or this shows nothing"
    table.set_rows(ROWS)
    app.processEvents()
    assert table.columnWidth(1) >= needed
    assert table.rowHeight(0) == table.verticalHeader().defaultSectionSize()
