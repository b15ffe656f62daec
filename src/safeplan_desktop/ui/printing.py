"""Preview, print and save one PDF, all from memory: nothing is ever put in a temporary file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSettings, QSizeF, Qt
from PySide6.QtGui import QKeySequence, QPageLayout, QPageSize, QPainter, QShortcut
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget
from shiboken6 import delete, isValid

from safeplan_desktop.errors import SafePlanError, StorageUnavailableError
from safeplan_desktop.paths import documents_folder
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.dialog import Dialog
from safeplan_desktop.ui.widgets.layout import button, row

JOB_TITLE = "SafePlan document"
_POINTS_PER_INCH = 72.0
_PRINT_DPI = 300
_FINEST_DPI = 600
"""A printer may ask for 1200: half a gigabyte a page, and no eye sees it."""
_SMALLEST, _LARGEST, _STEP = 0.25, 5.0, 1.2
_SPOOL_NOTE = (
    "Windows and other systems keep printed pages for a while in a print queue, and some printers keep a copy. "
    "On a shared printer, stay beside it. This note is shown once."
)


def choose_save_path(parent: QWidget, suggested: str, kind: str = "PDF (*.pdf)") -> Path | None:
    """Asks where to save; Qt's own memory of visited folders and files is emptied again.

    None as well when the window was locked in the meantime: whoever asked is gone then. So do the two below.
    """
    dialog = QFileDialog(parent, "Save as", str(documents_folder()), kind)
    dialog.setObjectName("save-as")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(suggested)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    # It writes its memory when it is destroyed, so that has to be before the memory is emptied.
    if isValid(dialog):
        delete(dialog)
    forget_file_dialog_history()
    return Path(chosen[0]) if chosen and isValid(parent) else None


def choose_folder(parent: QWidget, title: str, start: str = "") -> Path | None:
    """Asks for a folder."""
    chosen = QFileDialog.getExistingDirectory(parent, title, start or str(Path.home()))
    forget_file_dialog_history()
    return Path(chosen) if chosen and isValid(parent) else None


def choose_file(parent: QWidget, title: str, kind: str, start: str = "") -> Path | None:
    """Asks for an existing file."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, start or str(Path.home()), kind)
    forget_file_dialog_history()
    return Path(chosen) if chosen and isValid(parent) else None


def forget_file_dialog_history() -> None:
    """Qt's own file dialog remembers folders and files in a settings file of Qt's; this empties it."""
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.beginGroup("FileDialog")
    for key in ("history", "lastVisited", "shortcuts"):
        settings.remove(key)
    settings.endGroup()


def print_pages(document: QPdfDocument, printer: QPrinter) -> None:
    """Draws every page at the printer's resolution onto pages of the document's own size.

    Raises:
        StorageUnavailableError: when the printer doesn't begin.
    """
    size = document.pagePointSize(0)
    printer.setDocName(JOB_TITLE)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QSizeF(size), QPageSize.Unit.Point))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter()
    if not painter.begin(printer):
        raise StorageUnavailableError(
            "The printer didn't begin.",
            safe="The document is as it was.",
            next_step="Check that the printer is on, or save the document and print it later.",
        )
    try:
        options = QPdfDocumentRenderOptions()
        options.setRenderFlags(QPdfDocumentRenderOptions.RenderFlag.Annotations)
        for page in range(document.pageCount()):
            if page:
                printer.newPage()
            target = printer.pageLayout().fullRectPixels(printer.resolution())
            finest = min(1.0, _FINEST_DPI / printer.resolution())
            image = document.render(page, (target.size().toSizeF() * finest).toSize(), options)
            painter.drawImage(QRect(QPoint(0, 0), target.size()), image)
    finally:
        painter.end()


class PdfPreview(Dialog):
    """One document, ready to print or save."""

    def __init__(
        self,
        parent: QWidget,
        pdf: bytes,
        *,
        title: str,
        suggested_name: str,
        save: Callable[[Path], None],
        printed: Callable[[], None],
        spool_note_seen: bool,
        saw_spool_note: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setWindowTitle(f"{title} - SafePlan")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._suggested, self._save, self._printed = suggested_name, save, printed
        self._note_seen, self._saw_note = spool_note_seen, saw_spool_note
        self._bytes = QByteArray(pdf)
        self._buffer = QBuffer(self)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._buffer)
        self.view = QPdfView(self)
        self.view.setObjectName("preview.pages")
        self.view.setAccessibleName(f"{title}, {self.document.pageCount()} pages")
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(
            QPdfView.ZoomMode.FitInView if self.document.pageCount() == 1 else QPdfView.ZoomMode.FitToWidth
        )
        self._pages = QLabel(self._page_words())
        self._pages.setObjectName("preview.count")
        self.view.pageNavigator().currentPageChanged.connect(lambda _page: self._pages.setText(self._page_words()))
        self.banner = Banner("preview.banner")
        self.print_button = button("Print...", "preview.print", self.ask_print, kind="primary")
        self.save_button = button("Save as...", "preview.save", self.ask_save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        layout.addWidget(self.banner)
        layout.addWidget(self.view, 1)
        layout.addLayout(
            row(
                button("Smaller", "preview.smaller", lambda: self._zoom(1 / _STEP), kind="quiet"),
                button("Larger", "preview.larger", lambda: self._zoom(_STEP), kind="quiet"),
                button("Whole page", "preview.fit", self._fit, kind="quiet"),
                self._pages,
                None,
                button("Close", "preview.close", self.reject),
                self.save_button,
                self.print_button,
            )
        )
        for keys, action in (("Ctrl+P", self.ask_print), ("Ctrl+S", self.ask_save)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(action)
        self.resize(820, 940)
        self.print_button.setFocus()

    def _page_words(self) -> str:
        count = self.document.pageCount()
        return "1 page" if count == 1 else f"Page {self.view.pageNavigator().currentPage() + 1} of {count}"

    def _zoom(self, factor: float) -> None:
        present = self._present_zoom()
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(present * factor, _SMALLEST), _LARGEST))

    def _present_zoom(self) -> float:
        """How large the pages are shown just now; while they are fitted, the view itself doesn't tell."""
        if self.view.zoomMode() == QPdfView.ZoomMode.Custom:
            return self.view.zoomFactor()
        page = self.document.pagePointSize(self.view.pageNavigator().currentPage())
        room, margins = self.view.viewport().size(), self.view.documentMargins()
        inch = self.view.logicalDpiX() / _POINTS_PER_INCH
        across = (room.width() - margins.left() - margins.right()) / (page.width() * inch)
        if self.view.zoomMode() == QPdfView.ZoomMode.FitToWidth:
            return across
        return min(across, (room.height() - self.view.pageSpacing()) / (page.height() * inch))

    def _fit(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def save_to(self, path: Path) -> bool:
        """Saves the document; says so, or says why not."""
        try:
            self._save(path)
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return False
        self.banner.say("success", f"Saved as {path.name}. It isn't encrypted: keep it where only you can see it.")
        return True

    def ask_save(self) -> None:
        """Asks where to save."""
        path = choose_save_path(self, self._suggested)
        if path is not None:
            self.save_to(path if path.suffix else path.with_suffix(".pdf"))

    def ask_print(self) -> None:
        """Opens the system's print dialog; the first time, after a note about print queues."""
        if self._note_seen:
            self._print_dialog()
            return
        self._note_seen = True
        self._saw_note()
        decide(
            self,
            "spool-note",
            "Before you print for the first time",
            yes="Go on to print",
            no="Not now",
            details=_SPOOL_NOTE,
            on_yes=self._print_dialog,
        )

    def _print_dialog(self) -> None:
        # Only now: making a printer may already talk to the print service of this computer.
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QSizeF(self.document.pagePointSize(0)), QPageSize.Unit.Point))
        dialog = QPrintDialog(printer, self)
        dialog.setObjectName("print")
        if dialog.exec():
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> bool:
        """Prints on a printer that was chosen; notes it in the audit when it went well."""
        try:
            print_pages(self.document, printer)
            self._printed()
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return False
        self.banner.say("success", "Sent to the printer.")
        return True


def file_printer(path: Path) -> QPrinter:
    """A printer that writes a PDF file: the same path through the program as paper, for trying it out."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(_PRINT_DPI)
    return printer
