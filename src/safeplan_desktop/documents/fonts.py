"""Fonts: Atkinson Hyperlegible, and a fallback for every script that the font packages hold.

A fallback font is cut down in memory to the characters at hand and frozen at one weight (HarfBuzz does
both, in about a millisecond), then registered with ReportLab; nothing is written to a disk. A character
that no font holds is spelled out ("[U+1F9FF]"), never drawn as a box.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import uharfbuzz

from safeplan_desktop.documents.faces import Face

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_MOST_CUTS = 64
_FIRST_EAST_ASIAN = 0x1100
_SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})

_NOTO = (
    "NotoSans",
    "NotoSansArabic",
    "NotoSansArmenian",
    "NotoSansBengali",
    "NotoSansDevanagari",
    "NotoSansEthiopic",
    "NotoSansGeorgian",
    "NotoSansGujarati",
    "NotoSansGurmukhi",
    "NotoSansHebrew",
    "NotoSansKannada",
    "NotoSansKhmer",
    "NotoSansLao",
    "NotoSansMalayalam",
    "NotoSansMyanmar",
    "NotoSansOriya",
    "NotoSansSinhala",
    "NotoSansTamil",
    "NotoSansTelugu",
    "NotoSansThai",
    "NotoSansSymbols",
    "NotoEmoji",
)

_EAST_ASIAN = {
    "zh": "notosanssc/NotoSansSC[wght].ttf",
    "ja": "notosansjp/NotoSansJP[wght].ttf",
    "ko": "notosanskr/NotoSansKR[wght].ttf",
    "zh-Hant": "notosanstc/NotoSansTC[wght].ttf",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One variable font of a package."""

    name: str
    file: Traversable


NOTO_SANS = "NotoSans"
"""The source that draws Latin, Greek and Cyrillic letters which Atkinson Hyperlegible lacks."""


_serial = count(1)
_cuts: OrderedDict[tuple[Source, frozenset[str], bool], Face] = OrderedDict()


def base_face(*, bold: bool = False) -> Face:
    """Atkinson Hyperlegible."""
    return _base_face("Bold" if bold else "Regular")


@cache
def _base_face(weight: str) -> Face:
    folder = resources.files("fontpkg_atkinson_hyperlegible").joinpath("files")
    return Face(f"AtkinsonHyperlegible-{weight}", folder.joinpath(f"AtkinsonHyperlegible-{weight}.ttf").read_bytes())


def base_fonts() -> tuple[str, str]:
    """Registers Atkinson Hyperlegible; the names of its regular and bold faces."""
    return base_face().name, base_face(bold=True).name


@cache
def base_coverage() -> frozenset[int]:
    """The code points that both faces of Atkinson Hyperlegible draw."""
    return base_face().characters() & base_face(bold=True).characters()


@cache
def noto_sources() -> tuple[Source, ...]:
    """The Noto fonts, in the order in which they are asked for a character."""
    folder = resources.files("manimgx_fonts")
    found = (Source(name, folder.joinpath(f"{name}[wght].ttf")) for name in _NOTO)
    return tuple(source for source in found if source.file.is_file())


@cache
def _east_asian(language: str) -> Source:
    folder = resources.files("justmytype_intl_cjk").joinpath("fonts", "ofl")
    return Source(f"NotoSansEastAsian-{language}", folder.joinpath(*_EAST_ASIAN[language].split("/")))


@cache
def _opened(source: Source) -> uharfbuzz.Face:
    file = source.file
    blob = uharfbuzz.Blob.from_file_path(str(file)) if isinstance(file, Path) else uharfbuzz.Blob(file.read_bytes())
    return uharfbuzz.Face(blob)


@cache
def coverage(source: Source) -> frozenset[int]:
    """The code points that a source draws."""
    return frozenset(_opened(source).unicodes)


def cut(source: Source, characters: frozenset[str], *, bold: bool) -> Face:
    """The part of a source that draws these characters, at one weight."""
    key = (source, characters, bold)
    face = _cuts.get(key)
    if face is None:
        opened = _opened(source)
        wanted = uharfbuzz.SubsetInput()
        for character in characters:
            wanted.unicode_set.add(ord(character))
        wanted.unicode_set.add(0x20)
        wanted.pin_axis_location(opened, "wght", 700 if bold else 400)
        data = uharfbuzz.subset(opened, wanted).blob.data
        face = Face(f"{source.name}-{'Bold' if bold else 'Regular'}-{next(_serial)}", data)
        _cuts[key] = face
    _cuts.move_to_end(key)
    return face


def trim_cuts() -> None:
    """Forgets the cut fonts that were not used for longest; only called between two documents."""
    while len(_cuts) > _MOST_CUTS:
        _, face = _cuts.popitem(last=False)
        face.forget()


def east_asian_language(text: str, language: str) -> str:
    """Which East Asian font draws Han: Japanese beside kana, Korean beside Hangul, else the language's."""
    if any("\u3040" <= character <= "\u30ff" for character in text):
        return "ja"
    if any("\uac00" <= character <= "\ud7a3" or "\u1100" <= character <= "\u11ff" for character in text):
        return "ko"
    if language in _EAST_ASIAN:
        return language
    return "zh-Hant" if language.lower().startswith(("zh-tw", "zh-hk", "zh-hant")) else language[:2]


def candidates(east_asian: str) -> tuple[Source, ...]:
    """All sources in the order in which they are asked."""
    first = east_asian if east_asian in _EAST_ASIAN else "zh"
    return (*noto_sources(), *(_east_asian(language) for language in dict.fromkeys((first, *_EAST_ASIAN))))


@cache
def source_of(character: str, east_asian: str) -> Source | None:
    """The first source that draws a character; None where there is none."""
    code = ord(character)
    found = next((source for source in noto_sources() if code in coverage(source)), None)
    if found is None and code >= _FIRST_EAST_ASIAN:
        found = next((source for source in candidates(east_asian) if code in coverage(source)), None)
    return found


@cache
def emoji_source() -> Source | None:
    """The font of emoji."""
    return next((source for source in noto_sources() if source.name == "NotoEmoji"), None)


def is_silent(character: str) -> bool:
    """Whether a character draws nothing by itself: joiners, direction marks, variation selectors, tags."""
    code = ord(character)
    return (
        (unicodedata.category(character) == "Cf" and unicodedata.bidirectional(character) != "AN")
        or code in _SELECTORS
        or character in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
    )


def spelled_out(character: str) -> str:
    """What stands for a character that no font holds."""
    return f"[U+{ord(character):04X}]"


def is_printable(character: str, east_asian: str) -> bool:
    """Whether a character draws something, or rightly nothing; one that isn't printable is spelled out."""
    return (
        ord(character) in base_coverage()
        or character.isspace()
        or is_silent(character)
        or source_of(character, east_asian) is not None
    )


def unprintable(text: str, language: str = "en") -> tuple[str, ...]:
    """The characters of a text that no font holds, each once; they are spelled out when printed.

    Control characters aren't among them: they are left out in silence.
    """
    east_asian = east_asian_language(text, language)
    return tuple(
        character
        for character in dict.fromkeys(text)
        if unicodedata.category(character) != "Cc" and not is_printable(character, east_asian)
    )
