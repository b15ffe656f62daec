"""The pages of one client's record as tabs; each is built when it is first shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.ui.clients.rooms import ClientRoom
from safeplan_desktop.ui.widgets.layout import Place


class RecordTabs(QTabWidget):
    """The record itself, and the rooms behind it."""

    def __init__(self, record: QWidget, rooms: tuple[ClientRoom, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clients.record-tabs")
        self.setAccessibleName("Pages of the record")
        self.setDocumentMode(True)
        self._rooms = rooms
        self._client_id = ""
        self._places: list[Place] = []
        self.built: dict[str, QWidget] = {}
        self.addTab(record, "Record")
        for room in rooms:
            self._places.append(Place())
            self.addTab(self._places[-1], room.title)
        self.tabBar().setVisible(bool(rooms))
        if not rooms:
            # The tab key would stay before tabs that aren't there.
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.currentChanged.connect(self._show)

    def show_client(self, client_id: str) -> None:
        """Shows a client on the page that is open; another client begins with the record itself."""
        if client_id != self._client_id:
            self._client_id = client_id
            self.setCurrentIndex(0)
        self._show(self.currentIndex())

    def open_room(self, name: str) -> None:
        """Shows a page by its name; the record itself for an empty one."""
        names = ["", *(room.name for room in self._rooms)]
        self.setCurrentIndex(names.index(name))

    def open_record(self, noun: Noun, record_id: str) -> bool:
        """Shows a record on the page of its kind; False where no page is of that kind, and the record itself shows."""
        room = next((room for room in self._rooms if noun in room.nouns), None)
        self.open_room(room.name if room else "")
        if room is not None:
            room.open(noun, record_id)
        return room is not None

    def _show(self, index: int) -> None:
        if index <= 0 or not self._client_id:
            return
        room = self._rooms[index - 1]
        if room.name not in self.built:
            self.built[room.name] = self._places[index - 1].build(room.build)
        room.show(self._client_id)
