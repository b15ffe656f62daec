"""Fonts for the languages of clients' plans on the screen: many computers have none for Devanagari or Chinese.

They are the same fonts that the documents are printed with.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from PySide6.QtGui import QFontDatabase

_FONTS = (
    ("manimgx_fonts", ("NotoSans[wght].ttf",)),
    ("manimgx_fonts", ("NotoSansArabic[wght].ttf",)),
    ("manimgx_fonts", ("NotoSansDevanagari[wght].ttf",)),
    ("justmytype_intl_cjk", ("fonts", "ofl", "notosanssc", "NotoSansSC[wght].ttf")),
)


_loaded: set[str] = set()


def language_fonts() -> Iterator[None]:
    """Makes the fonts known to Qt, one at each step (the largest takes some 15 ms); nothing is left to do later on."""
    for package, path in _FONTS:
        if path[-1] not in _loaded:
            _loaded.add(path[-1])
            QFontDatabase.addApplicationFont(str(resources.files(package).joinpath(*path)))
            yield
