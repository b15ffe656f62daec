import os
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from shiboken6 import delete, isValid

from safeplan_desktop.errors import StorageFullError
from safeplan_desktop.ui import printing
from safeplan_desktop.ui.printing import PdfPreview, PreviewPart, choose_save_path, file_printer, print_pages
from safeplan_desktop.ui.widgets.confirm import Decision

FIT_WIDTH, FIT_PAGE = QPdfView.ZoomMode.FitToWidth, QPdfView.ZoomMode.FitInView


def _pdf(pages: int, size=QPageSize.PageSizeId.A4) -> bytes:
    """Pages with a black quarter at the lower right, so that what is cut or moved shows."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(size))
    writer.setPageMargins(writer.pageLayout().margins() * 0)
    painter = QPainter(writer)
    for page in range(pages):
        if page:
            writer.newPage()
        width, height = writer.width(), writer.height()
        painter.fillRect(width // 2, height // 2, width // 2, height // 2, QColor("black"))
    painter.end()
    return bytes(buffer.data())


class Desk:
    """What a preview is given: where to save, and what it tells."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf, self.printed, self.notes, self.full = pdf, 0, 0, False

    def save(self, path: Path) -> None:
        if self.full:
            raise StorageFullError("The disk is full.", safe="Nothing was changed.")
        path.write_bytes(self.pdf)

    def was_printed(self) -> None:
        self.printed += 1

    def saw_note(self) -> None:
        self.notes += 1


@pytest.fixture
def desk():
    return Desk(_pdf(3))


@pytest.fixture
def preview(show, desk):
    return _preview(show, desk)


def _preview(show, desk, *, note_seen=True):
    preview = PdfPreview(
        show(QWidget()),
        [PreviewPart(desk.pdf, "Safety plan", "safety-plan-M-07.pdf", desk.save, desk.was_printed)],
        spool_note_seen=note_seen,
        saw_spool_note=desk.saw_note,
    )
    preview.open()
    QApplication.sendPostedEvents()
    return preview


def _inked(image, x, y):
    colour = image.pixelColor(x, y)
    return colour.alpha() > 0 and colour.lightness() < 128


def test_the_preview_says_how_many_pages_there_are_and_which_one_is_seen(preview):
    assert preview._pages.text() == "Page 1 of 3"
    preview.view.pageNavigator().jump(2, preview.view.pageNavigator().currentLocation())
    assert preview._pages.text() == "Page 3 of 3"


def test_one_page_is_seen_whole(show):
    preview = _preview(show, Desk(_pdf(1)))
    assert preview._pages.text() == "1 page"
    assert preview.view.zoomMode() is FIT_PAGE


@pytest.mark.parametrize("mode", [FIT_WIDTH, FIT_PAGE])
def test_larger_is_larger_and_smaller_is_smaller_than_what_was_seen(preview, mode):
    preview.view.setZoomMode(mode)
    seen = preview._present_zoom()
    assert 0.1 < seen < 3
    preview._zoom(1.2)
    assert preview.view.zoomFactor() == pytest.approx(seen * 1.2)
    preview._zoom(1 / 1.2)
    assert preview.view.zoomFactor() == pytest.approx(seen)


def test_zooming_has_its_ends_and_the_whole_page_is_one_click_away(preview):
    for _ in range(30):
        preview._zoom(1.2)
    assert preview.view.zoomFactor() == 5.0
    for _ in range(40):
        preview._zoom(1 / 1.2)
    assert preview.view.zoomFactor() == 0.25
    preview._fit()
    assert preview.view.zoomMode() is FIT_PAGE


def test_saving_writes_the_same_bytes_and_says_that_they_arent_encrypted(preview, desk, tmp_path):
    path = tmp_path / "plan.pdf"
    assert preview.save_to(path)
    assert path.read_bytes() == desk.pdf
    assert "plan.pdf" in preview.banner.text
    assert "isn't encrypted" in preview.banner.text


def test_a_full_disk_is_a_sentence_in_the_preview(preview, desk, tmp_path):
    desk.full = True
    assert not preview.save_to(tmp_path / "plan.pdf")
    assert "The disk is full." in preview.banner.text
    assert preview.banner.kind == "problem"


@pytest.mark.parametrize("size", [QPageSize.PageSizeId.A4, QPageSize.PageSizeId.Letter, QPageSize.PageSizeId.A6])
def test_paper_shows_what_the_screen_showed_page_by_page(show, tmp_path, size):
    desk = Desk(_pdf(2, size))
    preview = _preview(show, desk)
    assert preview.print_on(file_printer(tmp_path / "out.pdf"))
    assert desk.printed == 1
    assert "printer" in preview.banner.text
    out = QPdfDocument()
    assert out.load(str(tmp_path / "out.pdf")) is QPdfDocument.Error.None_
    assert out.pageCount() == 2
    for page in range(2):
        assert out.pagePointSize(page).width() == pytest.approx(preview.document.pagePointSize(page).width(), abs=1)
        image = out.render(page, QSize(200, 200))
        inked = [_inked(image, x, y) for x, y in ((50, 50), (150, 50), (50, 150), (150, 150))]
        assert inked == [False, False, False, True]
        assert _inked(image, 197, 197)  # to the very edge
    delete(out)


def test_a_printer_of_1200_dots_an_inch_doesnt_take_half_a_gigabyte(app, tmp_path, monkeypatch):
    sizes = []
    real = QPdfDocument.render

    def render(self, page, size, options):
        sizes.append(size)
        return real(self, page, QSize(60, 80), options)

    monkeypatch.setattr(QPdfDocument, "render", render)
    buffer = QBuffer()
    buffer.setData(_pdf(1))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    for dots in (300, 1200):
        printer = file_printer(tmp_path / f"{dots}.pdf")
        printer.setResolution(dots)
        print_pages([document], printer)
    delete(document)
    assert sizes[0].width() == pytest.approx(8.27 * 300, abs=5)
    assert sizes[1].width() == pytest.approx(8.27 * 600, abs=5)
    assert b"SafePlan document" in (tmp_path / "1200.pdf").read_bytes().replace(b"\0", b"")


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false", extend=True)
def test_a_printer_that_doesnt_begin_is_a_sentence_and_isnt_noted_as_printed(preview, desk, tmp_path):
    printer = file_printer(tmp_path / "no such folder" / "out.pdf")
    assert not preview.print_on(printer)
    assert "The printer didn't begin." in preview.banner.text
    assert desk.printed == 0


def test_the_note_on_print_queues_comes_once_and_before_the_first_print(show, desk, monkeypatch):
    preview, asked = _preview(show, desk, note_seen=False), []
    monkeypatch.setattr(PdfPreview, "_print_dialog", lambda _self, _chosen: asked.append(1))
    preview.print_button.click()
    (note,) = preview.findChildren(Decision)
    assert asked == []
    assert desk.notes == 1
    note.yes.click()
    assert asked == [1]
    preview.print_button.click()
    assert (asked, desk.notes) == ([1, 1], 1)


def test_no_printer_is_made_before_somebody_prints(show, desk, tmp_path, monkeypatch):
    def made(*_arguments):
        raise AssertionError("making a printer may talk to the print service")

    monkeypatch.setattr(printing, "QPrinter", made)
    preview = _preview(show, desk, note_seen=False)
    assert preview.save_to(tmp_path / "plan.pdf")
    preview.print_button.click()
    assert desk.notes == 1


def test_the_keyboard_prints_and_saves_and_a_name_gets_its_ending(qtbot, preview, monkeypatch, tmp_path):
    prints = []
    monkeypatch.setattr(PdfPreview, "_print_dialog", lambda _self, _chosen: prints.append(1))
    monkeypatch.setattr(printing, "choose_save_path", lambda _parent, suggested: tmp_path / Path(suggested).stem)
    preview.activateWindow()
    qtbot.waitUntil(preview.isActiveWindow)
    QTest.keyClick(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(preview, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert prints == [1]
    assert (tmp_path / "safety-plan-M-07.pdf").exists()


def _traces() -> str:
    return "".join(
        file.read_text(errors="replace") for file in Path(os.environ["XDG_CONFIG_HOME"]).rglob("*") if file.is_file()
    )


def _with_dialog(act):
    """Does something in the file dialog that is about to open."""

    def look():
        dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]
        act(dialogs[0]) if dialogs else QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)


def _choose_in(folder):
    def act(dialog):
        dialog.setDirectory(str(folder))
        dialog.selectFile("plan.pdf")
        dialog.done(QFileDialog.DialogCode.Accepted)

    return act


def test_no_folder_that_was_saved_in_is_remembered(show, tmp_path):
    window, folder = show(QWidget()), tmp_path / "Maren Holt"
    folder.mkdir()
    _with_dialog(_choose_in(folder))
    assert choose_save_path(window, "plan.pdf") == folder / "plan.pdf"
    assert window.findChildren(QFileDialog) == []
    delete(window)
    assert "Maren" not in _traces()


def test_no_folder_that_was_opened_from_is_remembered(show, tmp_path):
    window, folder = show(QWidget()), tmp_path / "Maren Holt"
    folder.mkdir()
    _with_dialog(lambda dialog: (dialog.setDirectory(str(folder)), dialog.reject()))
    assert printing.choose_file(window, "Backup", "Backups (*.safeplan-backup)", str(folder)) is None
    assert "Maren" not in _traces()


def test_a_lock_while_a_place_is_being_chosen_ends_the_choice(show):
    window = show(QWidget())

    def lock(dialog):
        dialog.close()
        delete(window)

    _with_dialog(lock)
    assert choose_save_path(window, "plan.pdf") is None
    assert not isValid(window)


def test_nothing_of_the_document_is_written_while_it_is_seen(preview, tmp_path):
    preview._zoom(1.5)
    assert list(tmp_path.iterdir()) == []
    assert "%PDF" not in _traces()
