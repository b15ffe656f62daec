"""Shapes that hold text blocks: columns, tables, boxes; all of them can go on on the next page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

if TYPE_CHECKING:
    from reportlab.lib.colors import Color
    from reportlab.pdfgen.canvas import Canvas

INK = HexColor("#1A1A1A")
QUIET = HexColor("#474747")
RULE = HexColor("#9A9A9A")

_FUZZ = 1e-7


def height_of(items: Sequence[Flowable], width: float) -> float:
    """How high the items are, one below the other, with the space between them but not around them."""
    total = after = 0.0
    for index, item in enumerate(items):
        _, height = item.wrap(width, 1e6)
        total += height + (max(after, item.getSpaceBefore()) if index else 0.0)
        after = item.getSpaceAfter()
    return total


def split_at(items: Sequence[Flowable], width: float, height: float) -> tuple[list[Flowable], list[Flowable]]:
    """The items that fit into a height, and the others; an item between them is split where it can be."""
    used = after = 0.0
    for index, item in enumerate(items):
        gap = max(after, item.getSpaceBefore()) if index else 0.0
        _, tall = item.wrap(width, 1e6)
        if used + gap + tall > height + _FUZZ:
            parts = item.split(width, max(height - used - gap, 0.0))
            if len(parts) > 1:
                return [*items[:index], parts[0]], [*parts[1:], *items[index + 1 :]]
            return list(items[:index]), list(items[index:])
        used += gap + tall
        after = item.getSpaceAfter()
    return list(items), []


def fits_into(items: Sequence[Flowable], width: float, height: float, frames: int) -> bool:
    """Whether the items fit into so many frames of one size, flowing from each to the next."""
    rest = items
    for _ in range(frames):
        fitting, rest = split_at(rest, width, height)
        if not rest or not fitting:
            break
    return not rest


def _draw(canvas: Canvas, items: Sequence[Flowable], x: float, top: float, width: float) -> None:
    after = 0.0
    for index, item in enumerate(items):
        top -= max(after, item.getSpaceBefore()) if index else 0.0
        _, height = item.wrap(width, 1e6)
        item.drawOn(canvas, x, top - height)
        top -= height
        after = item.getSpaceAfter()


def _baseline_of(items: Sequence[Flowable], width: float) -> float:
    measure = getattr(items[0], "baseline", None) if items else None
    return float(measure(width)) if measure is not None else 0.0


class Columns(Flowable):
    """Stacks side by side, with a thin line above or below where wanted.

    Args:
        columns: Each column's width in points, and what stands in it.
        mirrored: Whether the first column stands on the right.
        gap: Between two columns.
        over, under: The thickness of a line above and below; 0 for none.
        padding: Between those lines and the text.
        again: What stands in the first column where the row goes on on the next page.
    """

    def __init__(
        self,
        columns: Sequence[tuple[float, Sequence[Flowable]]],
        *,
        gap: float = 0.0,
        over: float = 0.0,
        under: float = 0.0,
        padding: float = 0.0,
        space_before: float = 0.0,
        space_after: float = 0.0,
        mirrored: bool = False,
        again: Sequence[Flowable] = (),
    ) -> None:
        super().__init__()
        self.columns = columns
        self.again = again
        self.gap = gap
        self.over = over
        self.under = under
        self.padding = padding
        self.spaceBefore = space_before
        self.spaceAfter = space_after
        self.mirrored = mirrored

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        tall = (
            drop + height_of(items, width) for drop, (width, items) in zip(self._drops(), self.columns, strict=True)
        )
        self.height = max(tall, default=0.0) + 2 * self.padding
        return self.width, self.height

    def baseline(self, width: float) -> float:  # noqa: ARG002 - columns have their own widths
        """How far below the top its first letters stand."""
        return self.padding + max((_baseline_of(items, share) for share, items in self.columns), default=0.0)

    def _drops(self) -> list[float]:
        """How far each column is moved down, so that the first letters of all stand on one line."""
        baselines = [_baseline_of(items, width) for width, items in self.columns]
        return [max(baselines) - baseline if baseline else 0.0 for baseline in baselines]

    def split(self, _width: float, height: float) -> list[Flowable]:
        room = height - 2 * self.padding
        cut = [
            (width, *split_at(items, width, room - drop))
            for drop, (width, items) in zip(self._drops(), self.columns, strict=True)
        ]
        # Where a column can't begin, the row begins on the next page.
        if any(rest and not fitting for _, fitting, rest in cut):
            return []
        if not any(rest for _, _, rest in cut):
            return [self]
        return [
            self._part([(width, fitting) for width, fitting, _ in cut], first=True),
            self._part(
                [(width, rest or (self.again if not index else ())) for index, (width, _, rest) in enumerate(cut)],
                first=False,
            ),
        ]

    def _part(self, columns: Sequence[tuple[float, Sequence[Flowable]]], *, first: bool) -> Columns:
        return Columns(
            columns,
            gap=self.gap,
            over=self.over if first or self.again else 0.0,
            under=0.0 if first else self.under,
            padding=self.padding,
            space_before=self.spaceBefore if first else 0.0,
            space_after=0.0 if first else self.spaceAfter,
            mirrored=self.mirrored,
            again=self.again,
        )

    def draw(self) -> None:
        canvas = self.canv
        x = self.width if self.mirrored else 0.0
        for drop, (width, items) in zip(self._drops(), self.columns, strict=True):
            x -= width if self.mirrored else 0.0
            _draw(canvas, items, x, self.height - self.padding - drop, width)
            x += -self.gap if self.mirrored else width + self.gap
        for thickness, y in ((self.over, self.height), (self.under, 0.0)):
            if thickness:
                canvas.setStrokeColor(INK if thickness >= 1 else RULE)
                canvas.setLineWidth(thickness)
                canvas.line(0, y, self.width, y)


class Together(Flowable):
    """Items that stay on one page; only what is longer than a page is split, and never right behind the head.

    Args:
        items: What stands together.
        head: How many of them are headings.
        room: The height of a whole page; with 0, the items may be split anywhere behind the head.
    """

    def __init__(self, items: Sequence[Flowable], *, head: int = 0, room: float = 0.0) -> None:
        super().__init__()
        self.items = items
        self.head = head
        self.room = room
        self.spaceBefore = items[0].getSpaceBefore() if items else 0.0
        self.spaceAfter = items[-1].getSpaceAfter() if items else 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, height_of(self.items, width)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        if height < self.room - 1:
            return []
        fitting, rest = split_at(self.items, width, height)
        if not rest:
            return [self]
        whole = all(one is other for one, other in zip(fitting, self.items, strict=False))
        if not fitting or (whole and len(fitting) <= self.head):
            return []
        return [Together(fitting, head=self.head), *rest]

    def draw(self) -> None:
        _draw(self.canv, self.items, 0, self.height, self.width)


class Box(Flowable):
    """Items in a frame with a strong line, for what has to be found at once."""

    def __init__(
        self,
        items: Sequence[Flowable],
        *,
        room: float,
        line: float = 1.5,
        padding: float = 9.0,
        space_before: float = 0.0,
    ) -> None:
        super().__init__()
        self.items = items
        self.room = room
        self.line = line
        self.padding = padding
        self.spaceBefore = space_before

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        self.height = height_of(self.items, width - 2 * self.padding) + 2 * self.padding
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        if height < self.room - 1:
            return []
        fitting, rest = split_at(self.items, width - 2 * self.padding, height - 2 * self.padding)
        if not fitting or not rest:
            return [] if rest else [self]
        return [
            Box(part, room=self.room, line=self.line, padding=self.padding, space_before=self.spaceBefore)
            for part in (fitting, rest)
        ]

    def draw(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(self.line)
        inset = self.line / 2
        canvas.rect(inset, inset, self.width - self.line, self.height - self.line, stroke=1, fill=0)
        _draw(canvas, self.items, self.padding, self.height - self.padding, self.width - 2 * self.padding)


class Rule(Flowable):
    """A line across the page."""

    def __init__(
        self,
        thickness: float = 0.6,
        *,
        colour: Color = RULE,
        space_before: float = 0.0,
        space_after: float = 0.0,
    ) -> None:
        super().__init__()
        self.thickness = thickness
        self.colour = colour
        self.spaceBefore = space_before
        self.spaceAfter = space_after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self.thickness
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(self.colour)
        canvas.setLineWidth(self.thickness)
        canvas.line(0, self.thickness / 2, self.width, self.thickness / 2)


class Gap(Flowable):
    """Empty room."""

    def __init__(self, points: float) -> None:
        super().__init__()
        self.points = points

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self.points
        return self.width, self.height

    def draw(self) -> None:
        """Draws nothing."""


class TickBox(Flowable):
    """A square to tick by hand."""

    def __init__(self, side: float) -> None:
        super().__init__()
        self.side = side

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = self.side, self.side
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.8)
        self.canv.rect(0.4, 0.4, self.side - 0.8, self.side - 0.8, stroke=1, fill=0)


class PageNote(Flowable):
    """Takes no room; tells on which page it stands, for a list of contents."""

    def __init__(self, note: Callable[[int], None]) -> None:
        super().__init__()
        self._note = note

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        self._note(self.canv.getPageNumber())


class Leader(Flowable):
    """A line of a list of contents: words on the left, a number on the right, dots between them.

    Args:
        left, right: One block each.
        room: For the number, in points.
    """

    def __init__(
        self, left: Sequence[Flowable], right: Sequence[Flowable], *, room: float = 28.0, space_before: float = 0.0
    ) -> None:
        super().__init__()
        self.left, self.right, self.room = left, right, room
        self.spaceBefore = space_before

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        self.height = max(height_of(self.left, width - self.room), height_of(self.right, self.room))
        return self.width, self.height

    def draw(self) -> None:
        _draw(self.canv, self.left, 0, self.height, self.width - self.room)
        number = _natural_width(self.right)
        _draw(self.canv, self.right, self.width - number - _FUZZ, self.height, number + 1)
        begin, end = _natural_width(self.left) + 4, self.width - number - 4
        # Under words of several lines the dots would run through them.
        if end > begin and self.height < 2 * height_of(self.right, self.room):
            canvas = self.canv
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.8)
            canvas.setDash(0.8, 3.2)
            baseline = self.height - _baseline_of(self.right, self.room)
            canvas.line(begin, baseline, end, baseline)
            canvas.setDash()


def _natural_width(items: Sequence[Flowable]) -> float:
    measure = getattr(items[0], "natural_width", None) if items else None
    return float(measure()) if measure is not None else 0.0


class Grid(Flowable):
    """A table of text: thin lines between its rows, and its head again on every page.

    Args:
        widths: Of the columns, in points.
        head: The cells of the first row; empty for none.
        rows: The cells of the others.
        padding: Above and below each row's text, and between two columns.
    """

    def __init__(
        self,
        widths: Sequence[float],
        head: Sequence[Sequence[Flowable]],
        rows: Sequence[Sequence[Sequence[Flowable]]],
        *,
        padding: float = 3.0,
        space_before: float = 2.0,
        space_after: float = 4.0,
    ) -> None:
        super().__init__()
        self.widths = widths
        self.head = head
        self.rows = [self._row(cells, padding) for cells in rows]
        self.padding = padding
        self.spaceBefore = space_before
        self.spaceAfter = space_after

    def _row(self, cells: Sequence[Sequence[Flowable]], padding: float, *, under: float = 0.5) -> Columns:
        gap = 8.0
        columns = [(width - gap, cell) for width, cell in zip(self.widths, cells, strict=True)]
        return Columns(columns, gap=gap, under=under, padding=padding)

    @property
    def _items(self) -> list[Flowable]:
        head = [self._row(self.head, self.padding, under=1.0)] if self.head else []
        return [*head, *self.rows]

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, height_of(self._items, width)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        fitting, rest = split_at(self._items, width, height)
        if not rest:
            return [self]
        if len(fitting) <= (1 if self.head else 0):
            return []
        return [self._part(fitting[1:] if self.head else fitting), self._part(rest)]

    def _part(self, rows: Sequence[Flowable]) -> Grid:
        part = Grid(self.widths, self.head, (), padding=self.padding, space_before=self.spaceBefore)
        part.spaceAfter = self.spaceAfter
        part.rows = [cast("Columns", row) for row in rows]
        return part

    def draw(self) -> None:
        _draw(self.canv, self._items, 0, self.height, self.width)
