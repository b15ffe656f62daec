import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QCheckBox, QLabel

from safeplan_desktop.ui.theme import BASE_POINTS, Scheme, app_icon, apply_theme, is_dark, style_sheet, tokens
from safeplan_desktop.ui.widgets.inputs import Choice, TextLine
from safeplan_desktop.ui.widgets.layout import button

ROLE = QPalette.ColorRole


def test_the_letters_are_atkinson_hyperlegible_in_four_styles(app):
    from PySide6.QtGui import QFontDatabase

    assert app.font().family() == "Atkinson Hyperlegible"
    assert app.font().pointSizeF() >= 11
    assert set(QFontDatabase.styles(app.font().family())) == {"Regular", "Bold", "Italic", "Bold Italic"}


@pytest.mark.parametrize(("scheme", "name"), [(Scheme.LIGHT, "light"), (Scheme.DARK, "dark")])
def test_a_scheme_colours_palette_and_style_sheet(app, scheme, name):
    apply_theme(app, scheme)
    assert is_dark(scheme) == (name == "dark")
    assert app.palette().color(ROLE.Window) == QColor(tokens(name)["window"])
    assert tokens(name)["ink"] in app.styleSheet()


def test_the_look_changes_at_once_in_a_window_that_is_shown(app, show):
    label = QLabel("words")
    window = show(label)
    apply_theme(app, Scheme.DARK, 1.5)
    assert label.font().pointSizeF() == BASE_POINTS * 1.5
    assert window.grab().toImage().pixelColor(3, 3) == QColor(tokens("dark")["window"])


def test_a_look_that_is_there_already_styles_no_widget_anew(app, show):
    class Label(QLabel):
        styled = 0

        def changeEvent(self, event):
            self.styled += event.type() == event.Type.StyleChange
            super().changeEvent(event)

    label = Label("words")
    show(label)
    before = label.styled
    apply_theme(app, Scheme.LIGHT, 1.0)
    assert label.styled == before
    apply_theme(app, Scheme.LIGHT, 1.25)
    assert label.styled > before


@pytest.mark.parametrize(("asked", "given"), [(0.2, 1.0), (1.0, 1.0), (2.0, 2.0), (9.0, 2.0)])
def test_text_is_between_its_own_size_and_twice_that(app, asked, given):
    apply_theme(app, Scheme.LIGHT, asked)
    assert app.font().pointSizeF() == BASE_POINTS * given


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_no_layout_can_make_a_control_lower_than_its_words(app, show, scale):
    apply_theme(app, Scheme.LIGHT, scale)
    controls = [TextLine(), Choice([(1, "One")]), button("Words", "b", lambda: None)]
    controls.append(button("Words", "s", lambda: None, kind="small"))
    show(*controls, height=40)
    for control in controls:
        line = QFontMetricsF(control.font()).height()
        assert control.minimumHeight() >= line
        assert control.sizeHint().height() >= line + 8


def test_controls_of_one_line_are_equally_high_and_large_enough_to_hit(app, show):
    controls = [TextLine(), Choice([(1, "One")]), button("Words", "b", lambda: None)]
    show(*controls)
    heights = [control.sizeHint().height() for control in controls]
    assert min(heights) >= 36
    assert max(heights) - min(heights) <= 1


def test_boxes_to_tick_grow_with_the_text(app, show):
    box = QCheckBox("Tick")
    show(box)
    small = box.sizeHint().height()
    apply_theme(app, Scheme.LIGHT, 2.0)
    style = box.style()
    assert style.pixelMetric(style.PixelMetric.PM_IndicatorWidth, None, box) >= 34
    assert box.sizeHint().height() > small


def test_every_token_in_the_style_sheet_is_filled_in_and_no_gradient_is_used():
    for name in ("light", "dark"):
        sheet = style_sheet(name, 11.0)
        assert "@" not in sheet.split("*/", 1)[1]
        assert "gradient" not in sheet


def test_both_themes_have_the_same_colours_by_name():
    assert tokens("light").keys() == tokens("dark").keys()


@pytest.mark.parametrize(("scheme", "follows"), [(Scheme.SYSTEM, True), (Scheme.LIGHT, False)])
def test_the_window_follows_the_system_only_when_asked_to(app, monkeypatch, scheme, follows):
    apply_theme(app, scheme, 1.25)
    monkeypatch.setattr("safeplan_desktop.ui.theme.is_dark", lambda chosen: chosen is Scheme.SYSTEM)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    expected = tokens("dark" if follows else "light")["window"]
    assert app.palette().color(ROLE.Window) == QColor(expected)
    assert app.font().pointSizeF() == BASE_POINTS * 1.25


def test_the_icon_can_be_drawn(app):
    assert not app_icon().isNull()
