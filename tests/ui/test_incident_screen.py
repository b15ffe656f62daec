"""The incident log by keyboard: begin, fill, sign, correct, mark as entered in error; filters, follow-ups, checklists."""

import datetime as dt
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from support.incidents import fill_log, sign_incident
from support.vaults import PASSPHRASE, START, HeldClock, fresh_vault, session_on, sign_scores
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.incidents import AddendumKind, FollowUp, IncidentCategory, PhysicalHarm
from safeplan_desktop.services import incident_exports
from safeplan_desktop.services.exports import Document
from safeplan_desktop.storage import incidents as stored
from safeplan_desktop.ui.jobs import Jobs
from safeplan_desktop.ui.theme import Scheme, apply_theme


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def window(qtbot, tmp_path, clock):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.vault.database.close()
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.workspace.choose_client(window.workspace.session.clients.by_code("M-07").id)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window


@pytest.fixture
def session(window):
    return window.workspace.session


def _focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _tab_to(name: str) -> None:
    """Goes on with the tab key until the cursor is there."""
    passed = []
    for _ in range(120):
        if _focus().objectName() == name:
            return
        passed.append(_focus().objectName())
        QTest.keyClick(_focus(), Qt.Key.Key_Tab)
        QApplication.processEvents()
    raise AssertionError(f"the tab key doesn't lead to {name}: {passed}")


def _press(key: Qt.Key) -> None:
    QTest.keyClick(_focus(), key)
    QApplication.processEvents()


def _type(words: str) -> None:
    QTest.keyClicks(_focus(), words)


def _waiting(name: str) -> bool:
    return any(top.objectName() == name and top.isVisible() for top in QApplication.topLevelWidgets())


def _on_log(window) -> None:
    window.workspace.open_screen("incidents")
    window.workspace.incidents_presenter.show_log()
    QApplication.processEvents()


def test_an_incident_is_begun_filled_signed_corrected_and_voided_by_keyboard_alone(qtbot, window, session):
    _on_log(window)
    find("incidents.empty.action").setFocus()
    _press(Qt.Key.Key_Return)
    assert _focus().objectName() == "incident.category"
    _press(Qt.Key.Key_Down)
    _tab_to("incident.happened_at.day.line")
    _type("2026-03-01")
    _tab_to("incident.happened_at.time")
    _type("16:20")
    _tab_to("incident.place")
    for _ in range(3):
        _press(Qt.Key.Key_Down)
    assert find("incident.entered-later").text().startswith("This is entered the day after")
    _tab_to("incident.account")
    _type("Client called, crying.")
    _tab_to("incident.follow-up.add")
    _press(Qt.Key.Key_Space)
    _type("Call in the morning")
    find("incident.physical_harm.0").setFocus()
    _press(Qt.Key.Key_Space)
    _tab_to("incident.psychological_harm.0")
    _press(Qt.Key.Key_Space)
    _tab_to("incidents.sign")
    _press(Qt.Key.Key_Return)
    (row,) = session.incidents.list()
    assert (row.category, row.physical_harm, row.signed is not None) == (
        IncidentCategory.CLIENT_CRISIS,
        PhysicalHarm.NONE,
        True,
    )
    assert session.incidents.get(row.id).form.account == "Client called, crying."
    find("incidents.signed.back").setFocus()
    _tab_to("incidents.add")
    _press(Qt.Key.Key_Return)
    assert _focus().objectName() == "addendum.text"
    _type("She called at five.")
    _tab_to("addendum.reason")
    _type("The time was wrong")
    find("addendum.kind").setFocus()
    for _ in range(2):
        _press(Qt.Key.Key_Down)
    _tab_to("addendum.sign")
    _press(Qt.Key.Key_Return)
    find("incidents.signed.back").setFocus()
    _tab_to("incidents.void")
    _press(Qt.Key.Key_Return)
    _tab_to("void.sign")
    _press(Qt.Key.Key_Return)
    assert find("void.reason.error").text() == "Please write why the record should not be there."
    _tab_to("void.reason")
    _type("The wrong client")
    _tab_to("void.sign")
    _press(Qt.Key.Key_Return)
    assert _focus().objectName() == "incidents.signed.back"
    kinds = [one.kind for one in session.addenda.of_record(row.id)]
    assert kinds == [AddendumKind.CORRECTION, AddendumKind.ENTERED_IN_ERROR]
    assert find("incidents.in-error")
    find("incidents.signed.back").setFocus()
    _press(Qt.Key.Key_Return)
    assert find("incidents.count").text() == "0 of 1 shown"
    find("incidents.filter.state").setFocus()
    for _ in range(3):
        _press(Qt.Key.Key_Down)
    assert find("incidents.count").text() == "1 of 1 shown"
    assert window.workspace.screen_of("incidents").table.model().index(0, 5).data() == "Entered in error"


def _gone(name: str) -> bool:
    QApplication.processEvents()
    return not any(
        widget.isVisible() for top in QApplication.topLevelWidgets() for widget in top.findChildren(QWidget, name)
    )


def test_a_sentence_beside_a_field_goes_as_soon_as_the_field_is_right_and_no_other_comes(window):
    _on_log(window)
    window.workspace.incidents_presenter.begin()
    find("incidents.sign").click()
    assert find("incident.category.error").text().startswith("Still needed before signing")
    find("incident.category").setFocus()
    _press(Qt.Key.Key_Down)
    assert _gone("incident.category.error")
    assert _gone("incident.happened_at.error")
    find("incidents.sign").click()
    find("incident.happened_at.day.line").setFocus()
    _type("2099-03-01")
    find("incident.happened_at.time").setFocus()
    _type("16:20")
    assert "isn't in the future" in find("incident.happened_at.error").text()
    find("incident.happened_at.day.line").clear()
    find("incident.happened_at.day.line").setFocus()
    _type("2026-03-01")
    assert _gone("incident.happened_at.error")
    assert find("incident.happened_at.day.line").property("wrong") != "true"


def test_the_sentences_of_the_dialogs_go_as_soon_as_their_field_is_right(window, session):
    signed = sign_incident(session, follow_ups=(FollowUp("Call"),))
    _on_log(window)
    window.workspace.incidents_presenter.open(signed.id)
    find("incidents.add").click()
    find("addendum.sign").click()
    for field in ("text", "reason"):
        assert find(f"addendum.{field}.error").text()
        find(f"addendum.{field}").setFocus()
        _type(" ")
        assert find(f"addendum.{field}.error").text()
        _type("x")
        assert _gone(f"addendum.{field}.error")
        find("addendum.signer").clear()
        assert _gone("addendum.signer.error")
        find("addendum.sign").click()
    assert find("addendum.signer.error").text()
    _type("A")
    assert _gone("addendum.signer.error")
    find("addendum.cancel").click()
    find("incidents.void").click()
    find("void.sign").click()
    assert find("void.reason.error").text()
    _type("The wrong client")
    assert _gone("void.reason.error")
    find("void.cancel").click()
    find("incidents.follow-up-1.done").click()
    find("follow-up.done_on.line").setFocus()
    find("follow-up.done_on.line").selectAll()
    _type("2099-01-01")
    find("follow-up.keep").click()
    assert "lies ahead" in find("follow-up.done_on.error").text()
    find("follow-up.done_on.line").selectAll()
    _type("2026-03-01")
    assert _gone("follow-up.done_on.error")
    find("follow-up.cancel").click()


def test_a_long_log_is_read_in_parts_with_a_calm_line_and_takes_filters_meanwhile(qtbot, window, session):
    fill_log(session, 1200)
    view = window.workspace.screen_of("incidents")
    assert view.log.is_reading
    QApplication.processEvents()
    assert view.log.is_reading, "what nobody sees isn't read on"
    window.workspace.open_screen("incidents")
    assert view.log.is_reading
    assert not view.log.export_button.isVisible()
    assert view.log.count.text() == ""
    view.log.open_only.setChecked(True)
    assert view.log.is_reading
    qtbot.waitUntil(lambda: not view.log.is_reading)
    assert find("incidents.count").text() == "400 of 1,200 shown"
    view.log.clear()
    assert find("incidents.count").text() == "1,200 of 1,200 shown"
    assert view.table.rows() == session.incidents.list()


def test_locking_while_the_log_is_read_reads_nothing_more(qtbot, window, session):
    fill_log(session, 1200)
    window.workspace.open_screen("incidents")
    assert window.workspace.screen_of("incidents").log.is_reading
    window.lock()
    QApplication.processEvents()
    unlock(qtbot, window, PASSPHRASE)
    _on_log(window)
    qtbot.waitUntil(lambda: not window.workspace.screen_of("incidents").log.is_reading)
    assert len(window.workspace.screen_of("incidents").table.rows()) == 1200


def test_filters_narrow_the_log_and_one_key_clears_them(window, session):
    client_id = window.workspace.client_id
    sign_incident(session, client_id, account="At the café")
    sign_incident(session, client_id, physical_harm=PhysicalHarm.SEVERE)
    sign_incident(session)
    _on_log(window)
    table = window.workspace.screen_of("incidents").table
    assert find("incidents.count").text() == "3 of 3 shown"
    find("incidents.filter.text").setFocus()
    _type("cafe")
    assert [row.number for row in table.rows()] == ["2026-001"]
    _tab_to("incidents.filter.harm")
    for _ in range(3):
        _press(Qt.Key.Key_Down)
    assert find("incidents.none-fits").isVisible()
    find("incidents.clear").setFocus()
    _press(Qt.Key.Key_Return)
    assert find("incidents.count").text() == "3 of 3 shown"
    assert not find("incidents.clear").isEnabled()


def test_days_in_the_wrong_order_are_spoken_of_and_what_is_shown_stays(window, session):
    sign_incident(session, happened_at=START - dt.timedelta(days=1))
    _on_log(window)
    for name, day in (("since", "2026-03-05"), ("until", "2026-03-04")):
        find(f"incidents.filter.{name}.line").setFocus()
        shown = find("incidents.count").text()
        _type(day)
    _press(Qt.Key.Key_Tab)
    said = find("incidents.filter.days.error")
    assert said.isVisible()
    assert said.text() == "The last day lies before the first."
    assert find("incidents.count").text() == shown
    find("incidents.filter.until.line").setFocus()
    find("incidents.filter.until.line").selectAll()
    _type("2026-03-06")
    assert said.isHidden()


def test_the_log_follows_the_current_client_where_that_is_chosen(window, session):
    workspace = window.workspace
    other = session.clients.add(ClientForm(code="Z-99", name="Zora Quinn"))
    sign_incident(session, workspace.client_id)
    sign_incident(session, other.id)
    _on_log(window)
    find("incidents.filter.client").setFocus()
    _press(Qt.Key.Key_Down)
    table = workspace.screen_of("incidents").table
    assert [row.number for row in table.rows()] == ["2026-001"]
    workspace.choose_client(other.id)
    assert [row.number for row in table.rows()] == ["2026-002"]


def test_the_page_and_the_bar_never_name_two_clients(window, session):
    workspace, maren = window.workspace, window.workspace.client_id
    other = session.clients.add(ClientForm(code="Z-99", name="Zora Quinn"))
    signed = sign_incident(session, other.id)
    _on_log(window)
    find("incidents.new").click()
    find("incident.account").setPlainText("Half a sentence")
    workspace.choose_client(other.id)
    assert find("incidents.table").isVisible()  # the draft is saved, and gone from the screen
    (draft,) = session.incidents.unsigned()
    assert session.incidents.resume(draft.id)[1].account == "Half a sentence"
    workspace.choose_client(maren)
    workspace.screen_of("incidents")._presenter.open(signed.id)
    assert find("bar.client").text() == "Zora Quinn (Z-99)"
    workspace.choose_client(maren)
    assert find("incidents.table").isVisible()


def test_a_change_elsewhere_is_seen_in_the_log(window, session):
    _on_log(window)
    sign_incident(session)
    assert find("incidents.count").text() == "1 of 1 shown"


def test_a_follow_up_is_marked_as_done_and_the_toast_takes_it_back(window, session):
    signed = sign_incident(session, follow_ups=(FollowUp("Call", dt.date(2026, 3, 1)),))
    _on_log(window)
    window.workspace.incidents_presenter.open(signed.id)
    find("incidents.follow-up-1.done").setFocus()
    _press(Qt.Key.Key_Return)
    _type("Reached her")
    _tab_to("follow-up.keep")
    _press(Qt.Key.Key_Return)
    assert find("incidents.follow-up-1").text() == "Call, due 01 Mar 2026, done 02 Mar 2026, Reached her"
    find("toast.undo").click()
    assert find("incidents.follow-up-1").text() == "Call, due 01 Mar 2026, open"
    assert session.incidents.follow_ups(signed.id)[0].done_on is None


def test_a_checklist_fills_who_was_told_and_its_note_stays_with_the_practice(window, session):
    _on_log(window)
    window.workspace.incidents_presenter.begin()
    find("incident.checklist.duty-to-warn").click()
    assert not any(field.value() for field in find("checklist").fields.values())
    find("checklist.person.0").setFocus()
    _press(Qt.Key.Key_Space)
    find("checklist.police-at.now").click()
    find("checklist.police-who").setFocus()
    _type("Officer Lane")
    find("checklist.note").setFocus()
    _type("Call the county desk")
    before = find("checklist").letters_typed()
    find("checklist.save-note").click()
    assert before - find("checklist").letters_typed() == len(
        "Call the county desk"
    )  # nobody is asked about what is kept
    find("checklist.keep").click()
    assert find("incident.notification-1.who").text() == "Officer Lane"
    form = window.workspace.screen_of("incidents").form()
    (told,) = form.notifications
    assert (told.party.value, told.at, told.checklist) == ("police", START, "duty-to-warn")
    assert [answer.answer for answer in form.checklists[0].answers] == ["Yes", "", "Officer Lane"]
    find("incident.checklist.duty-to-warn").click()
    assert find("checklist.person.0").isChecked()
    find("checklist.police-who").setPlainText("")
    find("checklist.police-at.day.line").setText("")
    find("checklist.keep").click()
    assert window.workspace.screen_of("incidents").form().notifications == ()
    assert session.practice.checklist_note("duty-to-warn") == "Call the county desk"


def test_the_consultation_checklist_fills_the_note(window):
    _on_log(window)
    window.workspace.incidents_presenter.begin()
    find("incident.checklist.consultation").click()
    find("checklist.who").setFocus()
    _type("Dr. Okafor")
    find("checklist.keep").click()
    assert window.workspace.screen_of("incidents").form().consultation.who == "Dr. Okafor"
    assert find("incident.consultation-who").text() == "Dr. Okafor"


def test_an_incident_that_is_begun_from_a_screening_goes_with_it_and_leads_back(qtbot, window, session, monkeypatch):
    workspace = window.workspace
    screening = sign_scores(session, workspace.client_id, {"phq-2": (1, 1)})
    workspace.open_screen("screening")
    workspace.screening_presenter.show_client(workspace.client_id)
    find("screening.1.incident").click()
    form = workspace.screen_of("incidents").form()
    assert form.screening.id == screening
    assert find("incident.screening").currentText() == "Screening 1, 02 Mar 2026"
    seen: list[Document] = []
    monkeypatch.setattr(workspace._previewer, "preview", lambda *documents: seen.extend(documents))
    signed = sign_incident(session, workspace.client_id, screening=form.screening)
    workspace.incidents_presenter.open(signed.id)
    find("incidents.link.screening").click()
    assert [document.record_id for document in seen] == [screening]


def test_a_period_is_made_in_the_background_and_can_be_cancelled(qtbot, window, session, monkeypatch):
    sign_incident(session)
    _on_log(window)
    find("incidents.export").click()
    gate = threading.Event()
    window.workspace._run(lambda _control: gate.wait(10), lambda _: None, pytest.fail)
    words = [one for one in find("period").findChildren(QLabel) if one.isVisible()]
    find("period.pdf").click()
    QApplication.processEvents()
    assert find("period.doing").isVisible()
    assert all(one.height() >= one.heightForWidth(one.width()) for one in words)
    find("period.close").click()
    gate.set()
    qtbot.waitUntil(lambda: not window.workspace._jobs.busy)
    assert not _waiting("preview")
    assert not _waiting("period")
    find("incidents.export").click()
    find("period.pdf").click()
    qtbot.waitUntil(lambda: _waiting("preview"), timeout=10_000)
    assert find("preview").parts[0].title == "Incidents of a period"


def test_what_is_in_doubt_is_shown_before_the_copy_is_made(qtbot, window, session, monkeypatch):
    signed = sign_incident(session, window.workspace.client_id, account="Maren told Kevin at Northside.")
    _on_log(window)
    window.workspace.incidents_presenter.open(signed.id)
    find("incidents.copy").click()
    qtbot.waitUntil(lambda: _waiting("copy"), timeout=10_000)
    dialog = find("copy")
    assert [text for text, _ in dialog.boxes] == ["Kevin", "Northside"]
    assert not dialog.kept()
    find("copy.keep-2").setChecked(True)
    seen: list[Document] = []
    monkeypatch.setattr(window.workspace._previewer, "preview", lambda *documents: seen.extend(documents))
    find("copy.preview").click()
    qtbot.waitUntil(lambda: bool(seen), timeout=10_000)
    assert not _waiting("copy")
    assert [document.detail for document in seen] == ["de-identified, pdf"]
    assert seen[0].make().startswith(b"%PDF-")


def test_a_copy_of_many_is_read_in_the_background_and_can_be_cancelled(qtbot, window, session, monkeypatch):
    for account in ("Kevin came.", "Northside called."):
        sign_incident(session, account=account)
    _on_log(window)
    find("incidents.export").click()
    threads, cancelled, read = [], threading.Event(), stored.find

    def reads_once_cancelled(*given):
        threads.append(threading.current_thread())
        assert cancelled.wait(10)
        return read(*given)

    monkeypatch.setattr(stored, "find", reads_once_cancelled)
    find("period.copy").click()
    assert find("reading.cancel").hasFocus()
    _press(Qt.Key.Key_Escape)
    cancelled.set()
    qtbot.waitUntil(lambda: not window.workspace._jobs.busy)
    assert not _waiting("copy")
    find("incidents.export").click()
    find("period.copy").click()
    qtbot.waitUntil(lambda: _waiting("copy"), timeout=10_000)
    assert [text for text, _ in find("copy").boxes] == ["Kevin", "Northside"]
    assert threads
    assert threading.main_thread() not in threads

    copied, closed, make = [], threading.Event(), incident_exports.copy_of

    def copies_once_closed(*given, **named):
        copied.append(threading.current_thread())
        assert closed.wait(10)
        return make(*given, **named)

    monkeypatch.setattr(incident_exports, "copy_of", copies_once_closed)
    find("copy.preview").click()
    assert find("copy.cancel").hasFocus()
    qtbot.waitUntil(lambda: bool(copied), timeout=10_000)
    _press(Qt.Key.Key_Escape)
    closed.set()
    qtbot.waitUntil(lambda: not window.workspace._jobs.busy)
    assert len(copied) == 1
    assert threading.main_thread() not in copied
    assert not _waiting("preview")


def test_counts_stand_in_a_plot_and_in_a_table(qtbot, window, session):
    for category in (IncidentCategory.VIOLENCE, IncidentCategory.VIOLENCE, IncidentCategory.DEATH):
        sign_incident(session, category=category)
    _on_log(window)
    find("incidents.counts").click()
    table, plot = find("counts.table"), find("counts.plot")
    assert table.rows() == (("Violence or assault", 2), ("Death of a client", 1))
    qtbot.waitUntil(lambda: plot.drawn, timeout=10_000)
    find("counts.by").setFocus()
    _press(Qt.Key.Key_Down)
    assert table.rows() == (("Mar 2026", 3),)
    find("counts.close").click()


def test_counts_of_a_single_kind_have_a_plot_too(qtbot, window, session):
    sign_incident(session, category=IncidentCategory.DEATH)
    _on_log(window)
    find("incidents.counts").click()
    plot = find("counts.plot")
    qtbot.waitUntil(lambda: plot.drawn, timeout=10_000)
    drawn = plot.grab().toImage()
    middle = drawn.height() // 2
    assert len({drawn.pixel(x, middle) for x in range(drawn.width())}) > 3
    find("counts.close").click()


def test_counts_that_are_closed_while_they_are_drawn_are_gone_without_a_trace(qtbot, window, session):
    sign_incident(session)
    _on_log(window)
    find("incidents.counts").click()
    dialog = find("counts")
    with qtbot.waitSignal(dialog.destroyed):
        find("counts.close").click()
    jobs = window.findChild(Jobs) or QApplication.instance().findChild(Jobs)
    qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)
    assert find("incidents.table").rows()


def test_a_sentence_in_large_type_covers_no_field_of_its_dialog(window, session):
    signed = sign_incident(session)
    app = QApplication.instance()
    apply_theme(app, Scheme.LIGHT, 2.0)
    try:
        _on_log(window)
        window.workspace.incidents_presenter.open(signed.id)
        for opener, dialog, field in (("incidents.add", "addendum", "text"), ("incidents.void", "void", "reason")):
            find(opener).click()
            find(f"{dialog}.sign").click()
            QApplication.processEvents()
            words, typed = find(f"{dialog}.{field}.error"), find(f"{dialog}.{field}")
            below = typed.mapTo(typed.window(), typed.rect().bottomLeft()).y()
            assert words.mapTo(words.window(), words.rect().topLeft()).y() > below
            find(f"{dialog}.cancel").click()
    finally:
        apply_theme(app, Scheme.LIGHT, 1.0)


def test_a_voided_incident_says_so_once(window, session):
    signed = sign_incident(session)
    session.addenda.void(Noun.INCIDENT, signed.id, "", reason="Twice", signer="Dr. R")
    _on_log(window)
    window.workspace.incidents_presenter.open(signed.id)
    said = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert [words for words in said if "Twice" in words] == ["Reason: Twice"]


def test_new_entries_stand_in_the_tab_order_where_they_are_read(window):
    _on_log(window)
    window.workspace.incidents_presenter.begin()
    for name in ("action", "person", "follow-up", "person"):
        find(f"incident.{name}.add").click()
    find("incident.de_escalation").setFocus()
    passed = []
    while _focus().objectName() != "incidents.sign":
        _press(Qt.Key.Key_Tab)
        passed.append(_focus().objectName())
        assert len(passed) < 90, passed
    first = [f"incident.person-{number}.{name}" for number in (1, 2) for name in ("name", "role", "contact", "remove")]
    assert passed[: len(first) + 1] == [*first, "incident.person.add"]
    steps = [name for name in passed if name.startswith("incident.action")]
    assert (steps[0], steps[-1]) == ("incident.action-1.text", "incident.action.add")
    after = passed.index("incident.follow-up.add")
    assert passed.index("incident.action.add") < passed.index("incident.follow-up-1.text") < after


@pytest.mark.parametrize("minutes", [3, 30])
def test_a_lock_in_the_middle_of_an_incident_leads_back_into_the_form(qtbot, window, clock, minutes):
    _on_log(window)
    window.workspace.incidents_presenter.begin()
    QTest.keyClicks(find("incident.account"), "Half a sent")
    window.lock()
    clock.forward(minutes=minutes)
    unlock(qtbot, window, PASSPHRASE)
    if minutes > 10:
        assert _gone("incident.account")
        find("workspace.banner.action").click()
    qtbot.waitUntil(lambda: not _gone("incident.account"))
    assert window.workspace.screen_of("incidents").form().account == "Half a sent"


def test_a_lock_over_the_log_leads_back_to_the_log(qtbot, window, clock):
    _on_log(window)
    window.workspace.incidents_presenter.begin()
    find("incidents.back").click()
    window.lock()
    unlock(qtbot, window, PASSPHRASE)
    qtbot.waitUntil(lambda: not _gone("incidents.table"))
    assert _gone("incident.account")
