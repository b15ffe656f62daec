"""What SafePlan needs from a Linux system: the libraries under Qt, and the programs that the tests use.

They are looked for where they have to be (the loader's own answer, the search path), never guessed from a
distribution's name. As root on Debian or Ubuntu they are installed; elsewhere one line says what to type.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from terminal import child_environment, outcome, say, show_failure, stop


class Part(NamedTuple):
    """One thing that is missing, by what each package manager calls it."""

    apt: str
    rpm: str
    pacman: str


VENV_MODULE = Part(f"python3.{sys.version_info[1]}-venv", "python3-libs", "python")

# The libraries that the used parts of PySide6 6.12 ask for (DT_NEEDED) and don't bring along, with the packages of
# Debian and Arch that hold them. An RPM system finds a package by the library's own name.
LIBRARIES = {
    "libEGL.so.1": ("libegl1", "libglvnd"),
    "libGL.so.1": ("libgl1", "libglvnd"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libx11"),
    "libX11.so.6": ("libx11-6", "libx11"),
    "libbrotlicommon.so.1": ("libbrotli1", "brotli"),
    "libbrotlidec.so.1": ("libbrotli1", "brotli"),
    "libcups.so.2": ("libcups2", "libcups"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype2"),
    "libgcc_s.so.1": ("libgcc-s1", "gcc-libs"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libstdc++.so.6": ("libstdc++6", "gcc-libs"),
    "libwayland-client.so.0": ("libwayland-client0", "wayland"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "wayland"),
    "libwayland-egl.so.1": ("libwayland-egl1", "wayland"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-glx.so.0": ("libxcb-glx0", "libxcb"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xinerama.so.0": ("libxcb-xinerama0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libz.so.1": ("zlib1g", "zlib"),
    "libzstd.so.1": ("libzstd1", "zstd"),
}

# What the program loads, by import or as a plugin: windows under X11 and Wayland, pictures, printing, PDF preview.
_QT_FILES = (
    *(f"Qt{name}.abi3.so" for name in ("Core", "DBus", "Gui", "Pdf", "PdfWidgets", "PrintSupport", "Test", "Widgets")),
    *(f"Qt/plugins/platforms/libq{name}.so" for name in ("offscreen", "wayland", "xcb")),
    "Qt/plugins/wayland-shell-integration/libxdg-shell.so",
    "Qt/plugins/wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
    "Qt/plugins/xcbglintegrations/*.so",
    "Qt/plugins/iconengines/*.so",
    "Qt/plugins/imageformats/*.so",
    "Qt/plugins/printsupport/*.so",
    "Qt/plugins/platforminputcontexts/libcompose*.so",
    "Qt/plugins/platforminputcontexts/libibus*.so",
)

TEST_TOOLS = {
    "Xvfb": Part("xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    "pdftoppm": Part("poppler-utils", "poppler-utils", "poppler"),
    "qpdf": Part("qpdf", "qpdf", "qpdf"),
    "xauth": Part("xauth", "xorg-x11-xauth", "xorg-xauth"),
    "xdotool": Part("xdotool", "xdotool", "xdotool"),
}

_NOT_FOUND = re.compile(r"^\s+(\S+) => not found", re.MULTILINE)
_MANAGERS = (
    ("apt-get", "apt", "apt-get install -y"),
    ("dnf", "rpm", "dnf install -y"),
    ("zypper", "rpm", "zypper install -y"),
    ("pacman", "pacman", "pacman -S --needed"),
)


def qt_files(pyside: Path) -> list[Path]:
    """The files of an installed PySide6 that the program loads."""
    return sorted(file for pattern in _QT_FILES for file in pyside.glob(pattern))


def missing_libraries(files: Sequence[Path]) -> list[str]:
    """The libraries that the loader doesn't find for `files`, or for what these need; nothing without `ldd` to ask."""
    ldd = shutil.which("ldd")
    if ldd is None or not files:
        return []
    _, answer = outcome([ldd, *map(str, files)], os.curdir, child_environment() | {"LC_ALL": "C"})
    return sorted(set(_NOT_FOUND.findall(answer)))


def parts_for(libraries: Iterable[str]) -> list[Part]:
    """What to install for `libraries`; those that aren't in the table are left out."""
    known = [library for library in libraries if library in LIBRARIES]
    return [Part(LIBRARIES[library][0], f"'{library}()(64bit)'", LIBRARIES[library][1]) for library in known]


def missing_tools() -> list[Part]:
    """What to install for the tests' programs that aren't there."""
    return [part for tool, part in TEST_TOOLS.items() if shutil.which(tool) is None]


def install_line(parts: Iterable[Part], *, root: bool) -> str:
    """The one line to type, in the words of this system's own package manager."""
    parts = list(parts)
    for program, field, words in _MANAGERS:
        if shutil.which(program):
            names = sorted({getattr(part, field) for part in parts})
            return ("" if root else "sudo ") + words + " " + " ".join(names)
    return "(install what Debian calls) " + " ".join(sorted({part.apt for part in parts}))


def ensure_libraries(pyside: Path) -> None:
    """Makes sure that the loader finds every library under Qt, or stops with what to type."""
    files = qt_files(pyside)
    missing = missing_libraries(files)
    if missing:
        ensure_system(parts_for(missing), needed=True)
        missing = missing_libraries(files)
    if missing:
        stop("these system libraries are missing: " + ", ".join(missing) + ". Install them, then try again.")


def ensure_system(parts: Sequence[Part], *, needed: bool) -> None:
    """Installs system packages where this may be done, else prints the one line to type.

    Never asks for another user's rights by itself: it runs as whoever started it, or not at all. Without what is
    `needed` it stops.
    """
    if not parts or not sys.platform.startswith("linux"):
        return
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    line = install_line(parts, root=root)
    if root and shutil.which("apt-get") and _apt_installs(sorted({part.apt for part in parts})):
        return
    text = "system packages are missing. Type this once, then the same command again: " + line
    if needed:
        stop(text)
    say(text)


def _apt_installs(packages: Sequence[str]) -> bool:
    say("installing system packages, about a minute: " + " ".join(packages))
    environment = child_environment() | {"DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    _, updating = outcome([*apt, "update"], os.sep, environment)
    installed, installing = outcome([*apt, "install", "-y", "--no-install-recommends", *packages], os.sep, environment)
    if not installed:
        show_failure(updating + installing)
    return installed
