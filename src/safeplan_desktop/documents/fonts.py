"""Fonts: Atkinson Hyperlegible, and a fallback for every script that the font packages hold.

A fallback font is cut down in memory to the characters at hand and frozen at one weight, then registered with ReportLab;
nothing is written to a disk. A character that no font holds is spelled out ("[U+1F9FF]"), never drawn as a box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from itertools import groupby

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont as FontFile
from fontTools.varLib.instancer import instantiateVariableFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_WEIGHTS = {False: 400, True: 700}
_MOST_CUTS = 256

# Scripts whose letters change with their neighbours; the others are drawn letter by letter.
_SHAPED = frozenset(
    {"Arabic", "Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar"}
    | {"Oriya", "Sinhala", "Tamil", "Telugu", "Thai", "Hebrew"}
)

_NOTO = (
    *("NotoSans", "NotoSansArabic", "NotoSansArmenian", "NotoSansBengali", "NotoSansDevanagari", "NotoSansEthiopic"),
    *("NotoSansGeorgian", "NotoSansGujarati", "NotoSansGurmukhi", "NotoSansHebrew", "NotoSansKannada", "NotoSansKhmer"),
    *("NotoSansLao", "NotoSansMalayalam", "NotoSansMyanmar", "NotoSansOriya", "NotoSansSinhala", "NotoSansTamil"),
    *("NotoSansTelugu", "NotoSansThai", "NotoSansSymbols", "NotoEmoji"),
)

_EAST_ASIAN = {
    "ja": "notosansjp/NotoSansJP[wght].ttf",
    "ko": "notosanskr/NotoSansKR[wght].ttf",
    "zh-Hant": "notosanstc/NotoSansTC[wght].ttf",
    "zh": "notosanssc/NotoSansSC[wght].ttf",
}


@dataclass(frozen=True, slots=True)
class _Source:
    """One variable font of a package."""

    name: str
    file: Traversable
    shaped: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that one font draws.

    Attributes:
        font: The name under which ReportLab knows it.
        shaped: Whether its letters have to be joined or moved by a shaping engine.
    """

    text: str
    font: str
    shaped: bool


@cache
def _sources() -> tuple[_Source, ...]:
    noto = resources.files("manimgx_fonts")
    found = [
        _Source(name, noto.joinpath(f"{name}[wght].ttf"), name.removeprefix("NotoSans") in _SHAPED) for name in _NOTO
    ]
    return tuple(source for source in found if source.file.is_file())


@cache
def _east_asian(language: str) -> _Source:
    folder = resources.files("justmytype_intl_cjk").joinpath("fonts", "ofl")
    return _Source(f"EastAsian-{language}", folder.joinpath(*_EAST_ASIAN[language].split("/")), shaped=False)


@cache
def _coverage(source: _Source) -> frozenset[int]:
    with source.file.open("rb") as file:
        return frozenset(FontFile(file, lazy=True).getBestCmap())


@cache
def base_fonts() -> tuple[str, str]:
    """Registers Atkinson Hyperlegible; the names of its regular and bold faces."""
    folder = resources.files("fontpkg_atkinson_hyperlegible").joinpath("files")
    for face in ("Regular", "Bold"):
        data = folder.joinpath(f"AtkinsonHyperlegible-{face}.ttf").read_bytes()
        pdfmetrics.registerFont(TTFont(f"Atkinson-{face}", BytesIO(data)))
    pdfmetrics.registerFontFamily("Atkinson-Regular", normal="Atkinson-Regular", bold="Atkinson-Bold")
    return "Atkinson-Regular", "Atkinson-Bold"


@cache
def _base_coverage() -> frozenset[int]:
    base_fonts()
    return frozenset(pdfmetrics.getFont("Atkinson-Regular").face.charToGlyph)


@lru_cache(maxsize=_MOST_CUTS)
def _cut(source: _Source, characters: frozenset[str], *, bold: bool) -> str:
    """Registers the part of a font that draws these characters; its name."""
    options = Options()
    options.layout_features = ["*"]
    options.notdef_outline = True
    options.name_IDs = [1, 2, 4, 6]
    options.hinting = False
    with source.file.open("rb") as file:
        font = FontFile(file, lazy=True)
        cutter = Subsetter(options)
        cutter.populate(unicodes=sorted({ord(character) for character in characters} | {0x20}))
        cutter.subset(font)
        buffer = BytesIO()
        font.save(buffer)
    buffer.seek(0)
    font = FontFile(buffer)
    if "fvar" in font:
        font = instantiateVariableFont(font, {axis.axisTag: None for axis in font["fvar"].axes} | {"wght": _WEIGHTS[bold]})
    final = BytesIO()
    font.save(final)
    final.seek(0)
    name = f"{source.name}-{_WEIGHTS[bold]}-{_serial()}"
    pdfmetrics.registerFont(TTFont(name, final, shapable=source.shaped))
    return name


def _counter() -> Callable[[], int]:
    numbers = iter(range(1, 1_000_000_000))
    return lambda: next(numbers)


_serial = _counter()


def _east_asian_language(text: str, language: str) -> str:
    if any("\u3040" <= character <= "\u30ff" for character in text):
        return "ja"
    if any("\uac00" <= character <= "\ud7a3" or "\u1100" <= character <= "\u11ff" for character in text):
        return "ko"
    if language in _EAST_ASIAN:
        return language
    return "zh"


def _source_of(character: str, east_asian: str) -> _Source | None:
    code = ord(character)
    for source in _sources():
        if code in _coverage(source):
            return source
    if code >= 0x1100:  # noqa: PLR2004 - below the first Hangul letter no East Asian font is needed
        for language in dict.fromkeys((east_asian, *_EAST_ASIAN)):
            source = _east_asian(language)
            if code in _coverage(source):
                return source
    return None


def _is_silent(character: str) -> bool:
    """Characters that draw nothing themselves: joiners, direction marks, variation selectors."""
    return unicodedata.category(character) in {"Cf", "Cc", "Cs"} or "\ufe00" <= character <= "\ufe0f"


def spelled_out(character: str) -> str:
    """What stands for a character that no font holds."""
    return f"[U+{ord(character):04X}]"


def unprintable(text: str, language: str = "en") -> tuple[str, ...]:
    """The characters of a text that no font holds, each once; they are spelled out when printed."""
    base, east_asian = _base_coverage(), _east_asian_language(text, language)
    found = dict.fromkeys(
        character
        for character in text
        if ord(character) not in base and not _is_silent(character) and _source_of(character, east_asian) is None
    )
    return tuple(found)


def runs(text: str, *, bold: bool = False, language: str = "en") -> tuple[Run, ...]:
    """The text as runs of one font each, in the order of the text.

    Combining marks, joiners and spaces stay with the letters they follow, so that no word is torn apart.
    """
    regular, heavy = base_fonts()
    base, base_name = _base_coverage(), heavy if bold else regular
    if all(ord(character) in base for character in text):
        return (Run(text, base_name, shaped=False),) if text else ()
    east_asian = _east_asian_language(text, language)
    needed: dict[_Source, set[str]] = {}
    pieces: list[tuple[_Source | None, str]] = []
    for character, source in _assigned(text, base, east_asian):
        if source is not None:
            needed.setdefault(source, set()).add(character)
        pieces.append((source, character))
    result = []
    for source, group in groupby(pieces, key=lambda piece: piece[0]):
        part = "".join(character for _, character in group)
        if source is None:
            result.append(Run(part, base_name, shaped=False))
        else:
            result.append(Run(part, _cut(source, frozenset(needed[source]), bold=bold), source.shaped))
    return tuple(result)


def _assigned(text: str, base: frozenset[int], east_asian: str) -> Iterator[tuple[str, _Source | None]]:
    """Each character with its source; None is the base font.

    A word that needs a fallback for one letter is drawn in that fallback as a whole, where it holds all its letters.
    """
    last: _Source | None = None
    for word, letters in groupby(text, key=lambda character: not character.isspace()):
        part = "".join(letters)
        if not word:
            for character in part:
                covered = last is not None and ord(character) in _coverage(last)
                yield " " if character.isspace() else character, last if covered else None
            continue
        foreign = next((c for c in part if ord(c) not in base and not _is_silent(c)), "")
        whole = _source_of(foreign, east_asian) if foreign else None
        if whole is not None and all(ord(c) in _coverage(whole) for c in part if not _is_silent(c)):
            last = whole
            for character in part:
                if not _is_silent(character) or ord(character) in _coverage(whole):
                    yield character, whole
            continue
        for character in part:
            last = yield from _letter(character, last, base, east_asian)


def _letter(
    character: str, last: _Source | None, base: frozenset[int], east_asian: str
) -> Generator[tuple[str, _Source | None], None, _Source | None]:
    """One letter of a word that several fonts have to share; gives the source that the next mark may follow."""
    if _is_silent(character):
        if last is not None and ord(character) in _coverage(last):
            yield character, last
        return last
    if last is not None and unicodedata.combining(character) and ord(character) in _coverage(last):
        yield character, last
        return last
    if ord(character) in base:
        yield character, None
        return None
    source = _source_of(character, east_asian)
    if source is None:
        for letter in spelled_out(character):
            yield letter, None
        return None
    yield character, source
    return source
