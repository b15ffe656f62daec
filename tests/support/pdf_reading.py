"""What stands on a PDF's pages, read back from its operators: texts with their places, fonts, and what is copied."""

import io
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream

from safeplan_desktop.documents.fonts import is_silent

NOTHING = "\u200b"


@dataclass
class Run:
    """Letters that were written from one point on, and where each glyph stands from there."""

    x: float
    y: float
    size: float = 0.0
    font: str = ""
    end: float = 0.0
    clusters: list[str] = field(default_factory=list)
    glyphs: list[int] = field(default_factory=list)
    places: list[tuple[float, float]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The letters in reading order."""
        whole = "".join(self.clusters)
        backwards = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in whole)
        return "".join(reversed(self.clusters) if backwards else self.clusters)


@dataclass
class Page:
    """One page: its size, its lines of runs in the order of the text, and its boxes: left, foot, width, height."""

    width: float
    height: float
    lines: list[list[Run]]
    links: list[tuple[str, list[float]]]
    colours: set[tuple[float, ...]] = field(default_factory=set)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def runs(self) -> list[Run]:
        return [run for line in self.lines for run in line]

    @property
    def texts(self) -> list[str]:
        return ["".join(run.text for run in line) for line in self.lines]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


@dataclass
class Reading:
    """A whole PDF."""

    pages: list[Page]
    metadata: dict[str, str]
    language: str
    outline: list[str]
    outline_pages: list[int]
    fonts: dict[str, bool]

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)

    @property
    def colours(self) -> set[tuple[float, ...]]:
        """All colours of letters and lines, as shares of red, green and blue."""
        return set().union(*(page.colours for page in self.pages))

    @property
    def missing_glyphs(self) -> int:
        """How often the box that stands for a missing letter was drawn."""
        return sum(glyph == 0 for page in self.pages for run in page.runs for glyph in run.glyphs)


class _Font:
    def __init__(self, entry) -> None:
        self.name = str(entry["/BaseFont"])
        self.first = int(entry["/FirstChar"])
        self.widths = [float(width) for width in entry["/Widths"]]
        self.meanings = dict(_rows(entry["/ToUnicode"].get_data().decode()))
        self.embedded = "/FontFile2" in entry["/FontDescriptor"]
        file = TTFont(io.BytesIO(entry["/FontDescriptor"]["/FontFile2"].get_data()))
        order = {name: number for number, name in enumerate(file.getGlyphOrder())}
        self.glyphs = {code: order[name] for table in file["cmap"].tables for code, name in table.cmap.items()}


def _rows(table: str):
    for row in table.splitlines():
        parts = row.split()
        if len(parts) == 2 and all(part.startswith("<") and part.endswith(">") for part in parts):
            code, meaning = (bytes.fromhex(part[1:-1]) for part in parts)
            if len(code) == 1 and not row.startswith("<00> <FF>"):
                yield code[0], meaning.decode("utf-16-be")


def read(pdf: bytes) -> Reading:
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    known: dict[int, _Font] = {}
    pages = [_page(page, reader, known) for page in reader.pages]
    outline = [entry for entry in reader.outline if not isinstance(entry, list)]
    return Reading(
        pages=pages,
        metadata={str(key): str(value) for key, value in (reader.metadata or {}).items()},
        language=str(reader.trailer["/Root"].get("/Lang", "")),
        outline=[str(entry.title) for entry in outline],
        outline_pages=[reader.get_destination_page_number(entry) for entry in outline],
        fonts={font.name: font.embedded for font in known.values()},
    )


def _page(page, reader: PdfReader, known: dict[int, _Font]) -> Page:
    entries = page["/Resources"].get("/Font", {})
    fonts = {}
    for name, entry in entries.items():
        number = entries.raw_get(name).idnum
        if number not in known:
            known[number] = _Font(entry.get_object())
        fonts[str(name)] = known[number]
    lines: list[list[Run]] = []
    colours: set[tuple[float, ...]] = set()
    stack: list[tuple[float, float]] = []
    boxes: list[tuple[float, float, float, float]] = []
    left = top = 0.0
    font, size, actual, x, rise = None, 0.0, None, 0.0, 0.0
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        match operator:
            case b"q":
                stack.append((left, top))
            case b"Q":
                left, top = stack.pop()
            case b"cm":
                assert [float(n) for n in operands[:4]] == [1, 0, 0, 1]
                left, top = left + float(operands[4]), top + float(operands[5])
            case b"re":
                x0, y0, wide, tall = (float(n) for n in operands)
                boxes.append((left + x0, top + y0, wide, tall))
            case b"BT":
                lines.append([])
            case b"Tm":
                x = left + float(operands[4])
                lines[-1].append(Run(x, top + float(operands[5]), end=x))
            case b"rg" | b"RG":
                colours.add(tuple(float(share) for share in operands))
            case b"Tf":
                font, size = fonts[str(operands[0])], float(operands[1])
            case b"Ts":
                rise = float(operands[0])
            case b"BDC":
                actual = operands[1]["/ActualText"]
                lines[-1][-1].clusters.append(str(actual))
            case b"EMC":
                actual = None
            case b"TJ":
                run = lines[-1][-1]
                run.font, run.size = font.name, size
                for part in operands[0]:
                    if isinstance(part, (int, float)):
                        x -= float(part) * size / 1000
                        continue
                    data = part.original_bytes
                    for code in data:
                        meaning = font.meanings[code]
                        if actual is None and meaning != NOTHING:
                            run.clusters.append(meaning)
                        if meaning not in {" ", "\u00a0"}:
                            run.glyphs.append(font.glyphs.get(code, 0))
                            run.places.append((x - run.x, rise))
                        x += font.widths[code - font.first] * size / 1000
                run.end = max(run.end, x)
            case b"Tj" | b"'" | b'"':
                raise AssertionError(f"unexpected operator {operator}")
    links = [
        (str(note.get_object()["/A"]["/URI"]), [float(n) for n in note.get_object()["/Rect"]])
        for note in page.get("/Annots", [])
    ]
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    # Each text object begins with a place at which nothing is written.
    written = [[run for run in line if run.clusters or run.glyphs] for line in lines]
    return Page(width, height, [line for line in written if line], links, colours, boxes)


def letters(text: str) -> Counter[str]:
    """How often each letter of a text is drawn; what draws nothing isn't counted."""
    whole = unicodedata.normalize("NFC", text)
    return Counter(c for c in whole if not c.isspace() and unicodedata.category(c) != "Cc" and not is_silent(c))


def squeezed(text: str) -> str:
    """A text without its spaces, for comparing across line ends."""
    return "".join(unicodedata.normalize("NFC", text).split())


def outside(reading: Reading, *, left: float, right: float, bottom: float, top: float) -> list[str]:
    """Texts that leave a frame given by the widths of its margins, in points."""
    return [
        run.text
        for page in reading.pages
        for run in page.runs
        if run.glyphs
        and not (
            run.x >= left - 0.5
            and run.end <= page.width - right + 0.5
            and run.y - run.size * 0.25 >= bottom
            and run.y + run.size * 0.75 <= page.height - top
        )
    ]


def overlapping(reading: Reading) -> list[tuple[str, str]]:
    """Pairs of texts that are printed over each other."""
    found = []
    for page in reading.pages:
        boxes = [
            (run.x + 0.3, run.end - 0.3, run.y, run.y + run.size * 0.6, run.text) for run in page.runs if run.glyphs
        ]
        boxes.sort(key=lambda box: box[2])
        for index, one in enumerate(boxes):
            for other in boxes[index + 1 :]:
                if other[2] >= one[3]:
                    break
                if one[0] < other[1] and other[0] < one[1]:
                    found.append((one[4], other[4]))
    return found


def words_of(pdf: bytes) -> str:
    """All words of a PDF with single spaces between them."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
