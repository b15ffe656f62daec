"""Working agreements, consents and their scanned sheets in the window."""

import datetime as dt
import zlib

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from support.keyboard import Keyboard
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on
from support.windows import find, open_window, unlock
from support.written import sign_agreement, sign_consent

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.attachments import LARGEST, MediaType
from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientContact, ClientForm, ContactSafety
from safeplan_desktop.domain.consents import ConsentKind, Given
from safeplan_desktop.storage import audit


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def window(qtbot, tmp_path, clock):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder, clock)
    contacts = (
        ClientContact("k1", "Ana Holt", "sister", emergency=True),
        ClientContact("k2", "Tom Holt", "brother", safety=ContactSafety(never_contact=True)),
    )
    session.clients.add(ClientForm(code="M-07", name="Maren Holt", contacts=contacts))
    session.vault.database.close()
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        workspace = window.workspace
        workspace.open_record(Noun.CONSENT, "", workspace.session.clients.by_code("M-07").id)
        window.activateWindow()
        QApplication.processEvents()
        yield window


def picture(side: int = 40) -> bytes:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def a_pdf(session, client_id) -> bytes:
    draft, form = session.agreements.begin(client_id)
    pdf = session.agreements.working_copy(form).make()
    session.agreements.discard(draft.record_id)
    return pdf


def take_in(qtbot, path, kind="consent"):
    files = find(f"{kind}.files")
    files.take_in(path)
    qtbot.waitUntil(files.take_in_button.isEnabled, timeout=10_000)
    return files


def signed_consent(window, kind=ConsentKind.TELEHEALTH):
    workspace = window.workspace
    record = sign_consent(workspace.session, workspace.client_id, kind)
    workspace.open_record(Noun.CONSENT, record.id, workspace.client_id)
    return record


def test_a_consent_by_keyboard_with_its_scanned_sheet(qtbot, window, tmp_path):
    workspace = window.workspace
    keys = Keyboard()
    find("consent.new").setFocus()
    keys.enter()
    assert keys.focus().objectName() == "consent.kind"
    keys.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    editor = find("consent.form")
    assert editor.kind.value() is ConsentKind.TELEHEALTH
    assert "on which number I can be called back" in editor.text.value()
    assert find("consent.version").text() == "Wording: ours-2026-1."
    keys.tab_to("consent.given.0")
    keys.type("2")
    keys.tab_to("consent.valid_until.line")
    keys.type("2027-03-02")
    keys.tab_to("consent.sign")
    keys.enter()

    (summary,) = workspace.session.consents.of_client(workspace.client_id)
    assert summary.title == "Consent: telehealth"
    assert "still to be taken in" in find("consent.signed").banner.text
    find("consent.signed.back").click()
    assert [row.state for row in find("consent.table").rows()] == [
        "Valid until 02 Mar 2027, the scan still to be taken in"
    ]
    workspace.open_record(Noun.CONSENT, summary.id, workspace.client_id)
    scan = tmp_path / "Maren Holt signed.pdf"
    data = a_pdf(workspace.session, workspace.client_id)
    scan.write_bytes(data)
    files = take_in(qtbot, scan)
    (kept,) = workspace.session.attachments.of_record(summary.id)
    assert (kept.title, kept.media_type, kept.client_id) == ("Signed consent", MediaType.PDF, workspace.client_id)
    assert workspace.session.attachments.content(kept.id) == data
    assert [one.id for one in files.table.rows()] == [kept.id]
    assert "in the records now" in files.banner.text
    assert not find("consent.signed").banner.isVisible()

    find("consent.files.open").click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
    preview = QApplication.activeModalWidget()
    assert preview.document.pageCount() == 1
    copy = tmp_path / "copy.pdf"
    assert preview.save_to(copy)
    assert copy.read_bytes() == data
    entry = audit.of_record(workspace.session.vault.database, kept.id)[-1]
    assert (entry.action, entry.noun, entry.detail) == (AuditAction.EXPORTED, Noun.ATTACHMENT, "copy")
    assert preview.parts[0].suggested_name == "consent_M-07_2026-03-02.pdf"
    preview.close()
    find("consent.signed.back").click()
    assert [row.state for row in find("consent.table").rows()] == ["Valid until 02 Mar 2027"]


def test_a_picture_is_shown_in_a_window_of_its_own_and_a_copy_is_saved(qtbot, window, tmp_path):
    record = signed_consent(window)
    scan = tmp_path / "scan.jpeg"  # the name says nothing
    scan.write_bytes(picture())
    files = take_in(qtbot, scan)

    find("consent.files.open").click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
    dialog = QApplication.activeModalWidget()
    assert dialog.objectName() == "picture"
    (kept,) = window.workspace.session.attachments.of_record(record.id)
    copy = tmp_path / "copy.png"
    files.save_to(kept, copy, dialog)
    qtbot.waitUntil(lambda: "isn't encrypted" in dialog.banner.text, timeout=10_000)
    assert copy.read_bytes() == picture()
    dialog.close()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("scan.pdf", b"MZ\x90\x00" + bytes(4000), "this is none, whatever its name says"),
        ("scan.pdf", b"%PDF-1.4\n" + bytes(LARGEST + 1024 * 1024), "larger than 20 MB"),
        ("scan.png", picture(200)[:-20], "damaged or cut off"),
    ],
    ids=["exe", "21-mb", "png-cut"],
)
def test_a_wrong_file_gets_a_sentence_and_nothing_is_kept(qtbot, window, tmp_path, name, data, sentence):
    record = signed_consent(window)
    path = tmp_path / name
    path.write_bytes(data)

    files = take_in(qtbot, path)

    assert sentence in files.banner.text
    assert not files.progress.isVisible()
    assert not window.workspace.session.attachments.of_record(record.id)


def test_a_file_that_is_gone_and_one_without_a_title_get_a_sentence(qtbot, window, tmp_path):
    record = signed_consent(window)
    files = take_in(qtbot, tmp_path / "gone.pdf")
    assert "can't be read" in files.banner.text

    (tmp_path / "scan.png").write_bytes(picture())
    files.title.set_value(" ")
    take_in(qtbot, tmp_path / "scan.png")

    assert files.title.property("wrong") == "true"
    assert not window.workspace.session.attachments.of_record(record.id)


def test_a_pdf_that_cannot_be_shown_is_said_so_and_a_copy_can_still_be_saved(qtbot, window, tmp_path):
    signed_consent(window)
    path = tmp_path / "scan"
    path.write_bytes(b"%PDF-1.4\nnothing\n%%EOF")
    files = take_in(qtbot, path)

    find("consent.files.open").click()

    qtbot.waitUntil(lambda: "This PDF is damaged" in files.banner.text, timeout=10_000)
    assert find("consent.files.save").isEnabled()


def test_a_picture_that_claims_more_points_than_memory_has_is_not_decoded(qtbot, window, tmp_path):
    signed_consent(window)
    header = (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"

    def piece(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    path = tmp_path / "bomb.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", header) + piece(b"IDAT", zlib.compress(b"")) + piece(b"IEND", b"")
    )
    files = take_in(qtbot, path)

    find("consent.files.open").click()

    qtbot.waitUntil(lambda: "too many points" in files.banner.text, timeout=10_000)


def test_other_words_are_brought_by_another_kind_but_typed_ones_stay(window):
    find("consent.new").click()
    editor = find("consent.form")

    def choose(kind):
        editor.kind.set_value(kind)
        editor.kind.changed.emit()

    choose(ConsentKind.CONFIDENTIALITY)
    first = editor.text.value()
    choose(ConsentKind.TELEHEALTH)
    assert editor.text.value() != first
    editor.language.set_value("es")
    editor.language.changed.emit()
    assert "Sesiones" not in editor.text.value()
    assert "vídeo" in editor.text.value()
    assert "not yet reviewed" in find("consent.version").text()

    editor.text.setPlainText("Solo por teléfono.")
    choose(ConsentKind.CONFIDENTIALITY)

    assert editor.text.value() == "Solo por teléfono."
    assert "changed for this client" in find("consent.version").text()


def test_the_practices_own_words_are_kept_and_ours_come_back(window):
    find("consent.new").click()
    editor = find("consent.form")
    editor.kind.set_value(ConsentKind.TELEHEALTH)
    editor.kind.changed.emit()
    editor.text.setPlainText("Our own words.")
    find("consent.keep-text").click()
    assert find("consent.version").text() == "Wording: practice-2026-03-02."

    find("consent.ours").click()

    assert find("consent.version").text() == "Wording: ours-2026-1."
    assert "call me by phone" not in editor.text.value()


@pytest.mark.parametrize("ticked", [True, False])
def test_the_contacts_answer_is_set_only_on_a_tick(window, ticked):
    workspace = window.workspace
    find("consent.new").click()
    editor = find("consent.form")
    editor.kind.set_value(ConsentKind.EMERGENCY_CONTACT)
    editor.kind.changed.emit()
    assert [editor.contact.itemText(row) for row in range(editor.contact.count())] == ["Please choose", "Ana Holt"]
    assert not editor.set_contact.isEnabled()
    editor.contact.set_value("k1")
    editor.contact.changed.emit()
    editor.given.set_value(Given.SPOKEN)
    if ticked:
        editor.set_contact.click()

    find("consent.sign").click()

    contact = workspace.session.clients.get(workspace.client_id).form.contacts[0]
    assert contact.consent is (Answer.YES if ticked else Answer.NOT_ASKED)
    assert find("consent.part-3").text() == "Ana Holt"


def test_a_consent_is_withdrawn_as_a_record_of_its_own_and_given_anew(window):
    record = signed_consent(window)
    find("consent.withdraw").click()
    dialog = QApplication.activeModalWidget()
    find("withdraw.sign").click()
    assert "Please choose how it was said" in dialog.form._errors["given"].text()
    dialog.given.set_value(Given.SPOKEN)
    find("withdraw.sign").click()

    assert not find("consent.signed").withdraw_button.isVisible()
    assert find("consent.part-3").text() == "02 Mar 2026"
    find("consent.signed.back").click()
    states = {row.title: row.state for row in find("consent.table").rows()}
    assert states == {"Consent withdrawn: telehealth": "Signed", "Consent: telehealth": "Withdrawn on 02 Mar 2026"}

    window.workspace.open_record(Noun.CONSENT, record.id, window.workspace.client_id)
    find("consent.anew").click()
    form = find("consent.form").value()
    assert (form.kind, form.given, form.day) == (ConsentKind.TELEHEALTH, None, dt.date(2026, 3, 2))


def test_an_agreement_is_changed_together_and_signed_as_the_next_version(qtbot, window, tmp_path):
    workspace = window.workspace
    sign_agreement(workspace.session, workspace.client_id)
    find("agreement.new").click()
    editor = find("agreement.form")
    count = len(editor.rows)
    find("agreement.part-2.remove").click()
    find("agreement.add-part").click()
    Keyboard().type("Pets")
    assert window.focusWidget().objectName() == f"agreement.part-{count}.heading"
    find(f"agreement.part-{count}.text").setPlainText("The dog may come.")
    find("agreement.sign").click()

    newest, first = workspace.session.agreements.of_client(workspace.client_id)
    assert (newest.title, first.title) == ("Working agreement, version 2", "Working agreement, version 1")
    _, form = workspace.session.agreements.get(newest.id)
    assert form.parts[-1].heading == "Pets"
    assert len(form.parts) == count
    assert "What my therapist does" not in [part.heading for part in form.parts]
    (tmp_path / "scan.png").write_bytes(picture())
    take_in(qtbot, tmp_path / "scan.png", "agreement")
    assert [one.title for one in workspace.session.attachments.of_record(newest.id)] == ["Signed agreement"]


def test_the_sheet_can_be_printed_before_it_is_signed(qtbot, window):
    find("agreement.new").click()
    find("agreement.print").click()

    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
    preview = QApplication.activeModalWidget()
    assert preview.parts[0].suggested_name == "working-agreement_M-07_2026-03-02.pdf"
    preview.close()


def test_a_consent_without_words_is_not_printed_and_says_why(window):
    find("consent.new").click()

    find("consent.print").click()

    assert window.focusWidget().objectName() == "consent.kind"
    assert QApplication.activeModalWidget() is None


def test_what_is_written_of_one_kind_waits_while_the_other_is_open(window):
    workspace = window.workspace
    find("agreement.new").click()
    editor = find("agreement.form")
    editor.opening.setPlainText("We begin anew.")
    record = sign_consent(workspace.session, workspace.client_id)

    workspace.open_record(Noun.CONSENT, record.id, workspace.client_id)
    ((draft, form),) = workspace.session.agreements.waiting(workspace.client_id)
    assert form.opening == "We begin anew."
    workspace.open_record(Noun.AGREEMENT, draft.record_id, workspace.client_id)

    assert find("agreement.form").opening.value() == "We begin anew."
