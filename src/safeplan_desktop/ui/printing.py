"""Preview, print and save one PDF, all from memory: nothing is ever put in a temporary file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSettings, QSize, QSizeF, Qt
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
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.inputs import Choice
from safeplan_desktop.ui.widgets.layout import button, row

JOB_TITLE = "SafePlan document"
_POINTS_PER_INCH = 72.0
_PRINT_DPI = 300
_FINEST_DPI = 600
"""A printer may ask for 1200: half a gigabyte a page, and no eye sees it."""
_SMALLEST, _LARGEST, _STEP = 0.25, 5.0, 1.2
_BOTH_SIDES = "both sides"
"""How the title of a document ends that is to be printed on both sides, turned over the long edge."""

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


def print_pages(documents: Sequence[QPdfDocument], printer: QPrinter) -> None:
    """Draws every page of all documents at the printer's resolution, in one go, each on a page of its own size.

    Raises:
        StorageUnavailableError: when the printer doesn't begin.
    """
    printer.setDocName(JOB_TITLE)
    printer.setFullPage(True)
    painter = QPainter()
    options = QPdfDocumentRenderOptions()
    options.setRenderFlags(QPdfDocumentRenderOptions.RenderFlag.Annotations)
    for document in documents:
        for page in range(document.pageCount()):
            _set_page(printer, document.pagePointSize(page))
            if painter.isActive():
                printer.newPage()
            elif not painter.begin(printer):
                raise StorageUnavailableError(
                    "The printer didn't begin.",
                    safe="The document is as it was.",
                    next_step="Check that the printer is on, or save the document and print it later.",
                )
            target = printer.pageLayout().fullRectPixels(printer.resolution())
            finest = min(1.0, _FINEST_DPI / printer.resolution())
            image = document.render(page, (target.size().toSizeF() * finest).toSize(), options)
            painter.drawImage(QRect(QPoint(0, 0), target.size()), image)
    painter.end()


def _set_page(printer: QPrinter, size: QSizeF) -> None:
    wide = size.width() > size.height()
    printer.setPageSize(QPageSize(size.transposed() if wide else size, QPageSize.Unit.Point))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """One document of a preview.

    Attributes:
        save: Writes it to a file.
        printed: Notes that it went to a printer.
        for_screen: Whether its pages have the size of a screen; it is left out when all are printed.
        title: What it is; it stands in the window's bar, so it names nobody.
        holder: Whose copy it is; empty for the client's own.
    """

    pdf: bytes
    title: str
    suggested_name: str
    save: Callable[[Path], None]
    printed: Callable[[], None]
    for_screen: bool = False
    holder: str = ""

    @property
    def shown(self) -> str:
        """What it is and for whom, inside the window."""
        return f"{self.title}, for {self.holder}" if self.holder else self.title


class PdfPreview(Dialog):
    """One document or several, ready to print or save."""

    def __init__(
        self,
        parent: QWidget,
        parts: Sequence[PreviewPart],
        *,
        spool_note_seen: bool,
        saw_spool_note: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.parts = tuple(parts)
        self._note_seen, self._saw_note = spool_note_seen, saw_spool_note
        self._documents = [self._load(part.pdf) for part in self.parts]
        self._shown = 0
        self.view = QPdfView(self)
        self.view.setObjectName("preview.pages")
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self._pages = QLabel()
        self._pages.setObjectName("preview.count")
        self.view.pageNavigator().currentPageChanged.connect(lambda _page: self._pages.setText(self._page_words()))
        self.banner = Banner("preview.banner")
        self.part = Choice([(index, part.shown) for index, part in enumerate(self.parts)], empty="")
        self.part.setObjectName("preview.part")
        self.part.setAccessibleName("Which document is shown")
        self.part.changed.connect(lambda: self.show_part(self.part.value()))
        self.print_button = button("Print...", "preview.print", self.ask_print, kind="primary")
        self.save_button = button("Save as...", "preview.save", self.ask_save)
        self.save_all_button = button("Save all...", "preview.save-all", self.ask_save_all)
        self.print_all_button = button("Print all...", "preview.print-all", self.ask_print_all, kind="primary")
        several = len(self.parts) > 1
        if several:
            self.print_button.setProperty("kind", "")
        else:
            for widget in (self.part, self.save_all_button, self.print_all_button):
                widget.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        layout.addWidget(self.banner)
        layout.addLayout(row(self.part, None))
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
                self.save_all_button,
                self.print_all_button,
            )
        )
        for keys, action in (("Ctrl+P", self.ask_print_all if several else self.ask_print), ("Ctrl+S", self.ask_save)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(action)
        self.show_part(0)
        self.resize(within_screen(self, QSize(980 if several else 820, 940)))
        (self.print_all_button if several else self.print_button).setFocus()

    def _load(self, pdf: bytes) -> QPdfDocument:
        document = QPdfDocument(self)
        buffer = QBuffer(document)
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        return document

    @property
    def document(self) -> QPdfDocument:
        """The document that is shown."""
        return self._documents[self._shown]

    def show_part(self, index: int) -> None:
        """Shows one of the documents."""
        self._shown = index
        part = self.parts[index]
        self.setWindowTitle(f"{part.title} - SafePlan")
        self.view.setDocument(self.document)
        self.view.setAccessibleName(f"{part.shown}, {self.document.pageCount()} pages")
        self.view.setZoomMode(
            QPdfView.ZoomMode.FitInView if self.document.pageCount() == 1 else QPdfView.ZoomMode.FitToWidth
        )
        self._pages.setText(self._page_words())

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
        """Saves the document that is shown; says so, or says why not."""
        return self._save_parts({path: self.parts[self._shown]})

    def save_all_to(self, folder: Path) -> bool:
        """Saves every document in a folder, under the name suggested for it."""
        return self._save_parts({folder / part.suggested_name: part for part in self.parts})

    def _save_parts(self, files: dict[Path, PreviewPart]) -> bool:
        try:
            for path, part in files.items():
                part.save(path)
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return False
        names = ", ".join(path.name for path in files)
        pronoun = ("It isn't", "it") if len(files) == 1 else ("They aren't", "them")
        self.banner.say(
            "success",
            f"Saved as {names}. {pronoun[0]} encrypted: keep {pronoun[1]} where only you can see {pronoun[1]}.",
        )
        return True

    def ask_save(self) -> None:
        """Asks where to save."""
        path = choose_save_path(self, self.parts[self._shown].suggested_name)
        if path is not None:
            self.save_to(path if path.suffix else path.with_suffix(".pdf"))

    def ask_save_all(self) -> None:
        """Asks for the folder in which all are saved; a file that is there already is asked about."""
        folder = choose_folder(self, "Save all in", str(documents_folder()))
        if folder is None:
            return
        there = [part.suggested_name for part in self.parts if (folder / part.suggested_name).exists()]
        if not there:
            self.save_all_to(folder)
            return
        decide(
            self,
            "replace-files",
            "Some of these files are there already. Replace them?",
            details=", ".join(there),
            yes="Replace them",
            no="Don't save",
            on_yes=partial(self._save_all_anyway, folder),
        )

    def _save_all_anyway(self, folder: Path) -> None:
        self.save_all_to(folder)

    def ask_print(self) -> None:
        """Opens the system's print dialog; the first time, after a note about print queues."""
        self._after_note(lambda: self._print_dialog([self._shown]))

    def ask_print_all(self) -> None:
        """The same for all documents that are meant for paper."""
        self._after_note(lambda: self._print_dialog(self._for_paper()))

    def _for_paper(self) -> list[int]:
        paper = [index for index, part in enumerate(self.parts) if not part.for_screen]
        return paper or list(range(len(self.parts)))

    def _after_note(self, go_on: Callable[[], None]) -> None:
        if self._note_seen:
            go_on()
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
            on_yes=go_on,
        )

    def _print_dialog(self, chosen: Sequence[int]) -> None:
        # Only now: making a printer may already talk to the print service of this computer.
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        _set_page(printer, self._documents[chosen[0]].pagePointSize(0))
        if any(self.parts[index].title.endswith(_BOTH_SIDES) for index in chosen):
            printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
        dialog = QPrintDialog(printer, self)
        dialog.setObjectName("print")
        if dialog.exec():
            self.print_on(printer, chosen)

    def print_on(self, printer: QPrinter, chosen: Sequence[int] | None = None) -> bool:
        """Prints on a printer that was chosen; notes it in the audit when it went well.

        Args:
            printer: Where it is printed.
            chosen: The places of the documents; by default all that are meant for paper.
        """
        places = self._for_paper() if chosen is None else list(chosen)
        try:
            print_pages([self._documents[place] for place in places], printer)
            for place in places:
                self.parts[place].printed()
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return False
        left_out = len(self.parts) - len(places) if chosen is None or len(places) > 1 else 0
        more = " The copies for a screen are to be saved instead." if left_out else ""
        self.banner.say("success", f"Sent to the printer.{more}")
        return True


def file_printer(path: Path) -> QPrinter:
    """A printer that writes a PDF file: the same path through the program as paper, for trying it out."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(_PRINT_DPI)
    return printer
