"""One look for every window: tokens, palette, style sheet, Atkinson Hyperlegible; light, dark, 100 to 200 %."""

from __future__ import annotations

import re
import tomllib
from enum import Enum
from functools import cache
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from safeplan_desktop import assets

BASE_POINTS = 11.0
_LINE, _TICK, _ARROW = 20, 17, 12
"""Pixels at 100 %: a line inside a control, a box to tick, the arrow of a list."""

_LARGE_TICK = 1.5
_TARGET = 30
"""Pixels inside the padding of what a trembling hand has to hit: 44 in all, or more."""

_SCHEME, _SCALE, _LOOK = "look-scheme", "look-scale", "look-now"
GAP = 8
"""Pixels of the grid that all distances are multiples of."""


class Scheme(Enum):
    """Which colours the window has."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@cache
def tokens(name: str) -> dict[str, str]:
    """The colours of "light" or "dark"."""
    return dict(tomllib.loads(assets.read_text("style/tokens.toml"))[name])


def current_tokens(app: QApplication) -> dict[str, str]:
    """The colours that the window has just now."""
    return tokens("dark" if is_dark(Scheme(app.property(_SCHEME) or Scheme.LIGHT.value)) else "light")


@cache
def _family() -> str:
    family = ""
    for file in resources.files("fontpkg_atkinson_hyperlegible").joinpath("files").iterdir():
        if file.name.endswith(".ttf"):
            number = QFontDatabase.addApplicationFontFromData(QByteArray(file.read_bytes()))
            families = QFontDatabase.applicationFontFamilies(number)
            family = families[0] if families else family
    return family


def is_dark(scheme: Scheme) -> bool:
    """Whether a scheme means dark colours on this computer just now."""
    if scheme is Scheme.SYSTEM:
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return scheme is Scheme.DARK


def style_sheet(name: str, points: float) -> str:
    """The style sheet with a theme's tokens filled in."""
    scale = points / BASE_POINTS
    tick = round(_TICK * scale)
    values = tokens(name) | {
        "line-room": str(round(_LINE * scale)),
        "tick": str(tick),
        "large-tick": str(round(tick * _LARGE_TICK)),
        "target": str(max(_TARGET, round(_TARGET * scale * 0.8))),
        "tick-round": str((tick + 4) // 2),
        "arrow": str(round(_ARROW * scale)),
        "arrow-room": str(round(_ARROW * scale) + 14),
        "title": f"{points * 1.55:.1f}",
        "heading": f"{points * 1.15:.1f}",
        "large-heading": f"{points * 2.2:.1f}",
        "large": f"{points * 1.9:.1f}",
        "large-quiet": f"{points * 1.45:.1f}",
        "dot": _icon_path(f"dot-{name}.svg"),
        "check": _icon_path(f"check-{name}.svg"),
        "down": _icon_path(f"down-{name}.svg"),
        "back": _icon_path(f"back-{name}.svg"),
        "on": _icon_path(f"on-{name}.svg"),
    }
    return re.sub(r"@([a-z-]+)@", lambda match: values[match[1]], assets.read_text("style/app.qss"))


def _icon_path(name: str) -> str:
    """A file's path for the style sheet; the installer unpacks resources, so there always is one."""
    packaged = resources.files("safeplan_desktop").joinpath("resources", "icons", name)
    checkout = Path(__file__).resolve().parents[3] / "resources" / "icons" / name
    return Path(str(packaged) if packaged.is_file() else str(checkout)).as_posix()


def apply_theme(app: QApplication, scheme: Scheme = Scheme.SYSTEM, text_scale: float = 1.0) -> None:
    """Gives the whole program its look; may be called again at any time.

    Args:
        app: The application.
        scheme: Which colours.
        text_scale: 1.0 to 2.0.
    """
    _follow_system(app)
    app.setProperty(_SCHEME, scheme.value)
    app.setProperty(_SCALE, text_scale)
    name = "dark" if is_dark(scheme) else "light"
    points = BASE_POINTS * min(max(text_scale, 1.0), 2.0)
    look = f"{name} {points}"
    if app.property(_LOOK) == look:
        return  # Every widget of every window would be styled anew, which is long, and look as before.
    app.setProperty(_LOOK, look)
    app.setStyle("Fusion")
    font = QFont(_family() or app.font().family())
    font.setPointSizeF(points)
    app.setFont(font)
    app.setPalette(_palette(tokens(name)))
    app.setStyleSheet(style_sheet(name, points))


def _follow_system(app: QApplication) -> None:
    """Has the look changed at once when the system goes from light to dark or back."""
    if app.property(_SCHEME) is None:
        app.styleHints().colorSchemeChanged.connect(lambda _new: _system_changed(app))


def _system_changed(app: QApplication) -> None:
    if app.property(_SCHEME) == Scheme.SYSTEM.value:
        apply_theme(app, Scheme.SYSTEM, float(app.property(_SCALE)))


def _palette(values: dict[str, str]) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, token in (
        (role.Window, "window"),
        (role.Base, "field"),
        (role.AlternateBase, "stripe"),
        (role.WindowText, "ink"),
        (role.Text, "ink"),
        (role.ButtonText, "ink"),
        (role.Button, "surface"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "accent-ink"),
        (role.PlaceholderText, "quiet"),
        (role.Link, "accent-text"),
        (role.ToolTipBase, "ink"),
        (role.ToolTipText, "window"),
    ):
        palette.setColor(which, QColor(values[token]))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(values["faint"]))
    return palette


def app_icon() -> QIcon:
    """The program's icon."""
    pixmap = QPixmap()
    pixmap.loadFromData(QByteArray(assets.read_bytes("icons/safeplan.svg")), "SVG")
    return QIcon(pixmap)
