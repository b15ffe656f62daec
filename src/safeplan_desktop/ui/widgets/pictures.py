"""Pictures that were taken in: decoded with a limit, shown in a window of the program's own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.layout import button, label, row

MOST_PIXELS = 100_000_000
"""A picture that claims more isn't decoded: a small file can ask for more memory than there is."""

_LONGEST_SIDE = 3000
_SMALLEST, _LARGEST, _STEP = 0.1, 4.0, 1.25


def decode(data: bytes) -> QImage:
    """A picture, made smaller where it is larger than a screen can show; for a job.

    Raises:
        InvalidInputError: naming "file", when it can't be read or is too large.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > MOST_PIXELS:
        raise InvalidInputError(
            "file",
            "This picture has too many points to be shown here.",
            next_step="Scan it with a lower resolution. A copy can be saved all the same.",
        )
    if max(size.width(), size.height()) > _LONGEST_SIDE:
        reader.setScaledSize(size.scaled(_LONGEST_SIDE, _LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise InvalidInputError(
            "file", "This picture is damaged: it can't be shown.", next_step="Copy or scan it again."
        )
    return image


def check_pdf(data: bytes) -> None:
    """Refuses a PDF that can't be shown; for a job.

    Raises:
        InvalidInputError: naming "file", when it asks for a password or is damaged.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    error, pages = document.error(), document.pageCount()
    document.close()
    if error is QPdfDocument.Error.IncorrectPassword:
        raise InvalidInputError(
            "file",
            "This PDF asks for a password, so it can't be shown here.",
            next_step="Save or scan it without a password.",
        )
    if error is not QPdfDocument.Error.None_ or not pages:
        raise InvalidInputError("file", "This PDF is damaged: it can't be shown.", next_step="Copy or scan it again.")


class PictureDialog(Dialog):
    """One picture, larger or smaller as wanted."""

    def __init__(self, parent: QWidget, title: str, image: QImage, ask_save: Callable[[QWidget], None]) -> None:
        super().__init__(parent.window())
        self.setObjectName("picture")
        self.setWindowTitle("Attachment - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._whole = QPixmap.fromImage(image)
        self._shown = QLabel()
        self._shown.setObjectName("picture.shown")
        self._shown.setAccessibleName(f"{title}, picture")
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("picture.scroll")
        self._scroll.setAccessibleName(f"{title}, picture")
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._shown)
        self.banner = Banner("picture.banner")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        layout.addWidget(label(title, "heading"))
        layout.addWidget(self.banner)
        layout.addWidget(self._scroll, 1)
        self.close_button = button("Close", "picture.close", self.reject)
        layout.addLayout(
            row(
                button("Smaller", "picture.smaller", lambda: self._zoom(self._factor / _STEP), kind="quiet"),
                button("Larger", "picture.larger", lambda: self._zoom(self._factor * _STEP), kind="quiet"),
                button("Whole picture", "picture.fit", self.fit, kind="quiet"),
                None,
                self.close_button,
                button("Save a copy...", "picture.save", lambda: ask_save(self), kind="primary"),
            )
        )
        self.resize(within_screen(self, QSize(820, 900)))
        self._factor, self._fitted = 1.0, True
        self.close_button.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            QTimer.singleShot(0, self, self.fit)

    def fit(self) -> None:
        """Shows all of it at once, also when the window changes its size."""
        self._fitted = True
        room = self._scroll.viewport().size()
        self._show(min(room.width() / self._whole.width(), room.height() / self._whole.height(), 1.0))

    def _zoom(self, factor: float) -> None:
        self._fitted = False
        self._show(min(max(factor, _SMALLEST), _LARGEST))

    def _show(self, factor: float) -> None:
        self._factor = factor
        self._shown.setPixmap(
            self._whole.scaled(
                self._whole.size() * factor,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
