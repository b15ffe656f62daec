"""Rows that are read page by page as they come into sight; plain Python."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, overload

PAGE = 50
_KEPT = 50


class PagedRows(Sequence[Any]):
    """As many rows as there are numbers; only the pages that were looked at last are held.

    Args:
        numbers: What each row is read by, such as a range or an array of integers.
        read: The rows of up to fifty numbers, in their order.
    """

    def __init__(self, numbers: Sequence[int], read: Callable[[Sequence[int]], Sequence[Any]]) -> None:
        self.numbers, self._read = numbers, read
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Any: ...  # noqa: ANN401 - a row of whatever kind is read

    @overload
    def __getitem__(self, place: slice) -> Sequence[Any]: ...

    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        number, within = divmod(place if place >= 0 else len(self) + place, PAGE)
        return self._page(number)[within]

    def _page(self, number: int) -> Sequence[Any]:
        page = self._pages.get(number)
        if page is None:
            page = self._read(self.numbers[number * PAGE : (number + 1) * PAGE])
            self._pages[number] = page
            if len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page
