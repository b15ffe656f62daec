"""Scores over time in the real window."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on, sign_scores
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.ui.theme import Scheme, apply_theme
from safeplan_desktop.ui.widgets.plot import POINTS_A_LINE


@pytest.fixture
def window(qtbot, tmp_path):
    folder, clock = fresh_vault(tmp_path / "vault"), HeldClock()
    session = session_on(folder, clock)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.clients.add(ClientForm(code="T-02", name="Tomasz New"))
    for values in ((2,) * 8 + (1,), (1,) * 8 + (0,)):
        sign_scores(session, client.id, {"phq-9": values, "gad-2": values[:2]})
        clock.forward(days=28)
    session.vault.database.close()
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        yield window


def _open(window, code):
    workspace = window.workspace
    workspace.open_screen("clients")
    workspace.clients_presenter.open(workspace.session.clients.by_code(code).id)
    find("clients.over-time").click()


def _cells(table):
    model = table.model()
    return [
        [model.data(model.index(line, column)) for column in range(model.columnCount())]
        for line in range(model.rowCount())
    ]


def test_plot_and_table_follow_the_chosen_instrument(qtbot, window):
    _open(window, "M-07")
    assert _cells(find("over-time.table")) == [
        ["30 Mar 2026", "Screening 2", "8", "-9", "mild"],
        ["02 Mar 2026", "Screening 1, critical answer", "17", "", "moderately severe"],
    ]
    plot = find("over-time.plot")
    qtbot.waitUntil(lambda: plot.drawn, timeout=5000)
    before = plot.grab().toImage()
    QTest.keyClick(find("over-time.instrument"), Qt.Key.Key_Down)
    assert [line[2] for line in _cells(find("over-time.table"))] == ["2", "4"]
    qtbot.waitUntil(lambda: plot.drawn and plot.grab().toImage() != before, timeout=5000)


def test_until_the_plot_is_drawn_its_place_says_so(qtbot, window):
    gate = threading.Event()
    window.workspace._run(lambda _control: gate.wait(10), lambda _: None, pytest.fail)
    _open(window, "M-07")
    said, place = find("over-time.plot.drawing"), find("over-time").plot
    assert said.isVisible()
    assert find("over-time.plot.progress").isVisible()
    assert said.text() == place.accessibleName() == "Drawing the plot ..."
    assert _cells(find("over-time.table"))
    gate.set()
    qtbot.waitUntil(lambda: place.drawn, timeout=5000)
    assert not said.isVisible()
    assert place.accessibleName().startswith("Plot of the scores")


def test_a_plot_that_cant_be_drawn_leaves_the_table_and_says_so(qtbot, window, monkeypatch):
    def fail(*_anything):
        raise SafePlanError("The fonts are missing.")

    monkeypatch.setattr("safeplan_desktop.ui.clients.over_time.plot_svg", fail)
    _open(window, "M-07")
    qtbot.waitUntil(lambda: "couldn't be drawn" in find("over-time.plot.drawing").text(), timeout=5000)
    assert find("over-time").plot._busy.isHidden()
    assert "fonts are missing" in find("over-time.banner").text


def test_the_report_opens_for_one_instrument_or_all(qtbot, window):
    _open(window, "M-07")
    QTest.keyClick(find("over-time.print"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
    assert QApplication.activeModalWidget().objectName() != "over-time"


def test_escape_leaves_and_a_client_without_scores_is_told_so(window):
    _open(window, "M-07")
    QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None
    _open(window, "T-02")
    assert QApplication.activeModalWidget() is None
    assert "no signed score" in window.workspace.toast.text


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_letters_of_the_plot_are_as_large_as_those_around_it(qtbot, window, scale):
    app = QApplication.instance()
    apply_theme(app, Scheme.LIGHT, scale)
    _open(window, "M-07")
    dialog = find("over-time")
    qtbot.waitUntil(lambda: dialog.plot.drawn, timeout=5000)
    drawn, shown = dialog.plot.svg.renderer().defaultSize(), dialog.plot.svg.size()
    line = dialog.fontMetrics().lineSpacing()
    pixels_a_point = min(shown.width() / drawn.width(), shown.height() / drawn.height())
    assert 0.8 < POINTS_A_LINE * pixels_a_point / line < 1.3
    apply_theme(app, Scheme.LIGHT, 1.0)
