"""Which font draws what: text cut into grapheme clusters, and each cluster given to one font of the document.

A cluster (a letter with its marks, a joined emoji, a syllable held by a virama) never comes apart.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from safeplan_desktop.documents import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from safeplan_desktop.documents.faces import Face
    from safeplan_desktop.documents.fonts import Source

_FIRST_MARK = "\u0300"
_JOINER = "\u200d"
_VIRAMA = 9  # its canonical combining class
_MARKS = frozenset({"Mn", "Mc", "Me"})
_MODIFIERS = range(0x1F3FB, 0x1F400)
_REGIONAL = range(0x1F1E6, 0x1F200)
_FIRST_EMOJI = 0x1F000
_TAGS = range(0xE0000, 0xE0080)
_HANGUL_TAILS = range(0x1160, 0x1200)
_AFTER_VOWELS = "\u0e33\u0eb3"  # Thai and Lao "am" are drawn partly over the letter before


def clusters(text: str) -> Iterator[str]:
    """The text in its smallest pieces that a reader takes for one letter."""
    cluster = ""
    for character in text:
        if cluster and _continues(cluster, character):
            cluster += character
        else:
            if cluster:
                yield cluster
            cluster = character
    if cluster:
        yield cluster


def _continues(cluster: str, character: str) -> bool:
    code = ord(character)
    if character < _FIRST_MARK:
        return False
    last = cluster[-1]
    if last.isspace():
        return False
    if unicodedata.category(character) in _MARKS or fonts.is_silent(character):
        return True
    if last == _JOINER or code in _MODIFIERS or code in _TAGS or code in _HANGUL_TAILS or character in _AFTER_VOWELS:
        return True
    if code in _REGIONAL:
        return len(cluster) == 1 and ord(last) in _REGIONAL
    return unicodedata.combining(last) == _VIRAMA and unicodedata.category(character) == "Lo"


class FontBook:
    """The fonts of one document: each fallback is cut once, for all letters that the document needs of it.

    Texts are announced with `add` before anything is measured; a later one only costs another cut.

    Attributes:
        language: BCP 47 code of the document; it helps to choose between East Asian fonts.
        units: Kept here by text blocks for another try at another size; its lengths are shares of the size.
    """

    def __init__(self, language: str = "en") -> None:
        fonts.base_fonts()
        self.language = language
        self._texts: dict[tuple[str, bool], None] = {}
        self._needed: dict[tuple[Source, bool], set[str]] = {}
        self._east_asian = ""
        self.units: dict[Any, Any] = {}

    def base_face(self, *, bold: bool = False) -> Face:
        """What draws plain Latin text."""
        return fonts.base_face(bold=bold)

    def is_plain(self, text: str) -> bool:
        """Whether the base font draws a cleaned text, letter by letter, from left to right."""
        return text.isascii() or all(
            character < _FIRST_MARK and ord(character) in fonts.base_coverage() for character in text
        )

    def add(self, text: str, *, bold: bool) -> None:
        """Announces a text of the document."""
        if text.isascii():
            return
        base = fonts.base_coverage()
        if any(ord(character) not in base for character in text):
            self._texts[text, bold] = None

    def cleaned(self, text: str) -> str:
        """The text as it can be drawn: without control characters, with strange ones spelled out.

        Every kind of line end becomes the plain one, tabs become spaces.
        """
        if text.isascii() and text.isprintable():
            return text
        for end in ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"):
            text = text.replace(end, "\n")
        text = text.replace("\t", "    ")
        east_asian = fonts.east_asian_language(text, self.language)
        parts = []
        for character in text:
            if character == "\n":
                parts.append(character)
            elif unicodedata.category(character) == "Cc":
                continue
            elif fonts.is_printable(character, east_asian):
                parts.append(character)
            else:
                parts.append(fonts.spelled_out(character))
        return "".join(parts)

    def faces(self, text: str, *, bold: bool) -> list[tuple[str, Face]]:
        """The clusters of a cleaned text, each with the face that draws it."""
        base = fonts.base_face(bold=bold)
        assigned = list(self._assigned(text))
        missing = {
            (source, character)
            for cluster, source in assigned
            if source is not None
            for character in cluster
            if character not in self._needed.get((source, bold), ())
        }
        if missing:
            self._plan()
            for source, character in missing:
                self._needed.setdefault((source, bold), set()).add(character)
        return [(cluster, base if source is None else self._face(source, bold=bold)) for cluster, source in assigned]

    def _plan(self) -> None:
        """Gathers what all announced texts need, so that one cut serves them all."""
        texts, self._texts = self._texts, {}
        whole = "".join(text for text, _ in texts)
        self._east_asian = self._east_asian or fonts.east_asian_language(whole, self.language)
        for text, bold in texts:
            for cluster, source in self._assigned(self.cleaned(text)):
                if source is not None:
                    self._needed.setdefault((source, bold), set()).update(cluster)

    def _face(self, source: Source, *, bold: bool) -> Face:
        characters = frozenset(character for character in self._needed[source, bold] if not character.isspace())
        return fonts.cut(source, characters | _related(characters), bold=bold)

    def _assigned(self, text: str) -> Iterable[tuple[str, Source | None]]:
        base = fonts.base_coverage()
        if all(ord(character) in base for character in text):
            return [(cluster, None) for cluster in clusters(text)]
        east_asian = self._east_asian or fonts.east_asian_language(
            text + "".join(other for other, _ in self._texts), self.language
        )
        result: list[tuple[str, Source | None]] = []
        last: Source | None = None
        for cluster in clusters(text):
            for part in _drawn_by(cluster, last, east_asian):
                result.append(part)
                last = part[1]
        latin = next((s for c, s in result if s is not None and s.name == fonts.NOTO_SANS and c[0].isalpha()), None)
        if latin is None:
            return result
        # One line in two Latin typefaces looks torn: where one letter needs Noto Sans, all are set in it.
        covered = fonts.coverage(latin)
        return [
            (cluster, latin if source is None and all(ord(c) in covered for c in cluster) else source)
            for cluster, source in result
        ]


def _related(characters: Iterable[str]) -> frozenset[str]:
    """What shaping may put in place of a character: its mirror image, the parts that it is made of."""
    pairs = "()[]{}<>«»‹›"
    mirrored = {pairs[pairs.index(character) ^ 1] for character in characters if character in pairs}
    return frozenset(mirrored.union(*(unicodedata.normalize("NFKD", character) for character in characters)))


def _drawn_by(cluster: str, last: Source | None, east_asian: str) -> list[tuple[str, Source | None]]:
    """A cluster as it is drawn, and by which source; None is the base font."""
    visible = [character for character in cluster if not fonts.is_silent(character)]
    if not visible:
        return []
    composed = unicodedata.normalize("NFC", "".join(visible)) if len(visible) > 1 else visible[0]
    if all(ord(character) in fonts.base_coverage() for character in composed):
        return [(composed, None)]
    for source in _asked(cluster, visible[0], last, east_asian):
        covered = fonts.coverage(source)
        for form in (cluster, composed):
            if all(ord(character) in covered or fonts.is_silent(character) for character in form):
                return [("".join(c for c in form if ord(c) in covered or _is_kept(c)), source)]
    if cluster.isspace():
        return [(" " * len(cluster), None)]
    # No font holds the letter together with its marks: each part is drawn by its own.
    return [part for character in visible for part in _drawn_by(character, None, east_asian)]


def _asked(cluster: str, letter: str, last: Source | None, east_asian: str) -> Iterator[Source]:
    """The sources to ask for a cluster: the one of the cluster before it, the letter's own, then all."""
    emoji = fonts.emoji_source()
    if emoji is not None and ("\ufe0f" in cluster or ord(letter) >= _FIRST_EMOJI):
        yield emoji
    if last is not None:
        yield last
    first = fonts.source_of(letter, east_asian)
    if first is not None:
        yield first
    if len(cluster) > 1:
        yield from fonts.candidates(east_asian)


def _is_kept(character: str) -> bool:
    """Joiners and variation selectors: silent, but they change what is drawn."""
    return character in "\u200c\u200d" or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
