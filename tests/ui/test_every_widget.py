"""Promise: every interactive widget has an object name, an accessible name, and a place in the tab order."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTableView,
    QTextEdit,
    QWidget,
)
from support.incidents import sign_incident
from support.policies import adopt
from support.questionnaires import as_bytes, every_kind, grouped_sum, question, questionnaire, several_entries, yes_no
from support.therapist import fill_support
from support.trainings import CERTIFICATE, ETHICS, LICENCE, noted
from support.vaults import PASSPHRASE, START, finish_two_versions, fresh_vault, session_on, sign_scores
from support.whole_records import fill_record
from support.windows import find, open_window, plan_editor, unlock
from support.written import sign_agreement, sign_consent, sign_note

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.feedback import FeedbackFrom, FeedbackWay, Rating
from safeplan_desktop.domain.incidents import FollowUp, RecordLink
from safeplan_desktop.domain.reviews import ReviewSubject
from safeplan_desktop.domain.snoozes import PutOff
from safeplan_desktop.services import questionnaires
from safeplan_desktop.services.answer_files import TakenAnswers
from safeplan_desktop.ui.incidents.reading import ReadingDialog
from safeplan_desktop.ui.screening.instruments import InstrumentsStep
from safeplan_desktop.ui.theme import Scheme, apply_theme, tokens
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.tab_order import stops_as_read

INTERACTIVE = (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QTableView)
STATES = (
    "first-run",
    "unlock",
    *("today", "clients", "client-form", "screening", "wizard-begin", "wizard-questions", "wizard-factors"),
    *("wizard-formulation", "wizard-care", "wizard-sign", "plan", "plan-editor", "incidents", "incident-form"),
    *("incident-signed", "incident-counts", "incident-period", "incident-copy", "incident-checklist", "incident-void"),
    "incident-reading",
    *("incident-done", "session-view", "close-1", "close-2", "close-3", "close-4", "close-5", "plan-versions"),
    *("plan-void", "plan-in-error", "plan-none-counts"),
    *(
        "practice-profile",
        "practice-contacts",
        "practice-settings",
        "practice-questionnaires",
        "practice-protocol",
        "practice-exercises",
        "practice-checklists",
        "exercise",
        "exercise-summary",
        "crisis-telehealth",
        "questionnaire",
        "backups",
        "check",
        "check-results",
        "activity",
        "crisis",
        "find",
        "restore",
        "over-time",
        "quick-check",
        "period",
        "wizard-means",
        "wizard-typed",
        "wizard-entries",
        "wizard-open",
        "answers-out",
        "answers-in",
        "practice-handouts",
        "handout-editor",
        "handouts",
        "handout-note",
        "practice-training",
        "training-log",
        "training-editor",
        "training-rule",
        "practice-reviews",
        "reviews-filled",
        "reviewed",
        "review-interval",
        "taken-up",
        "no-change",
        "feedback-paper",
        "feedback-own",
        "feedback-screen",
        "support",
        "self-care",
        "proqol",
        "proqol-over-time",
        "check-in",
        "check-in-read",
        "consultation",
        "consultation-signed",
        "consultation-period",
        "snooze",
        "week",
        "put-off",
    ),
    *("sessions", "session-note", "session-signed", "private-gate", "private-note", "agreements", "agreement"),
    *("consent", "consent-signed", "consent-withdraw", "consent-picture"),
    *("record", "record-status", "record-link", "record-export", "record-closing", "record-reading"),
    *("practice-retention", "purge"),
    *("policy-overview", "policy-editor", "policy-adopt", "policy-person", "policy-read", "policy-compare"),
    *("policy-section", "practice-room", "room-list"),
    *("set-up", "set-up-profile", "set-up-contacts", "set-up-protocol", "set-up-policy", "set-up-settings"),
    *("set-up-backup", "set-up-sheet"),
)

SUPPORT = {
    "support": (),
    "self-care": ("practice.support.write",),
    "proqol": ("practice.support.enter",),
    "proqol-over-time": ("practice.support.over-time",),
    "check-in": ("practice.support.check-in",),
    "check-in-read": ("practice.support.read",),
    "consultation": ("consultation.new",),
    "consultation-signed": (),
    "consultation-period": ("consultation.period",),
}


def _ours(widget: QWidget) -> bool:
    """Not a part inside one of Qt's own widgets, such as a table's corner or a calendar's buttons."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QTableView | QComboBox | QCalendarWidget | QMenu | QPlainTextEdit | QTextEdit):
            return False
        parent = parent.parentWidget()
    return not widget.objectName().startswith("qt_")


def _interactive() -> list[QWidget]:
    QApplication.processEvents()
    found = {
        id(widget): widget
        for top in QApplication.topLevelWidgets()
        if top.isVisible()
        for widget in top.findChildren(QWidget)
        if isinstance(widget, INTERACTIVE) and widget.isVisible() and _ours(widget)
    }
    return list(found.values())


def _go(qtbot, window, state: str) -> None:
    if state in ("first-run", "unlock"):
        return
    unlock(qtbot, window, PASSPHRASE)
    workspace = window.workspace
    workspace.choose_client(workspace.session.clients.by_code("M-07").id)
    if state in ("quick-check", "period"):
        sign_scores(workspace.session, workspace.client_id, {"phq-2": (1, 1)})
        if state == "period":
            workspace.open_period(workspace.client_id)
            return
        workspace.begin_quick_check(workspace.client_id)
        for place, answer in enumerate((2, 1, 1, 1, 1, 1)):
            item = ("thoughts", "plan", "intent", "means", "changed", "plan-used")[place]
            find(f"quick.{item}").buttons[answer].click()
        find("quick.setting").buttons[1].click()
    elif state in {"wizard-typed", "wizard-open", "answers-in"}:
        taken = workspace.session.questionnaires.take_in(as_bytes(every_kind()), "Mine")
        workspace.open_screen("screening")
        workspace.screening_presenter.begin()
        find("screening.steps.step-2").click()
        screen = workspace.screen_of("screening")
        page = screen.findChild(InstrumentsStep)
        page.add_instrument(taken.asked.instrument.id)
        QTest.keyClicks(find(f"screening.{taken.asked.instrument.id}.number.line"), "99")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if state == "wizard-open":
            find("screening.steps.step-6").click()
            assert find("screening.open-questions")
        if state == "answers-in":
            given = page.cards[0].value()
            screen.show_answers(given.instrument, TakenAnswers(given, 1, 3, ("A sentence.",)))
    elif state == "answers-out":
        sign_scores(workspace.session, workspace.client_id, {"phq-2": (1, 1), "gad-2": (1, 1)})
        workspace.open_screen("screening")
        find("screening.1.answers").click()
    elif state == "wizard-entries":
        taken = workspace.session.questionnaires.take_in(as_bytes(several_entries()), "Mine")
        workspace.open_screen("screening")
        workspace.screening_presenter.begin()
        find("screening.steps.step-2").click()
        workspace.screen_of("screening").findChild(InstrumentsStep).add_instrument(taken.asked.instrument.id)
        for words in ("3", "99999"):
            QTest.keyClicks(QApplication.focusWidget(), words)
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    elif state.startswith("wizard-"):
        workspace.open_screen("screening")
        workspace.screening_presenter.begin()
        steps = ("begin", "questions", "factors", "formulation", "care", "sign")
        step = state.removeprefix("wizard-").replace("means", "factors")
        find(f"screening.steps.step-{steps.index(step) + 1}").click()
        if state == "wizard-means":
            find("screening.means-1").click()
        if state == "wizard-questions":
            for instrument in ("structured-risk-interview", "phq-9", "gad-7"):
                find(f"screening.add-{instrument}").click()
    elif state.startswith(("session-n", "session-si", "sessions", "private-", "agreement", "consent")):
        _go_to_written(qtbot, workspace, state)
    elif state == "client-form":
        workspace.new_client()
        find("client.add-contact").click()
    elif state in ("plan-editor", "session-view") or state.startswith("close-"):
        workspace.open_screen("plan")
        workspace.plan_presenter.begin()
        plan_editor(qtbot, window)
        if state == "session-view":
            QTest.keyClicks(find("plan.coping.1.text"), "Walk to the river")
            find("plan.session-view").click()
        elif state != "plan-editor":
            QTest.keyClicks(find("plan.coping.1.text"), "Walk to the river")
            find("plan.coping.ideas").click()
            find("plan.together").click()
            find(f"plan.steps.step-{state[-1]}").click()
            if state == "close-3":
                find("close.add-person").click()
    elif state == "plan-versions":
        finish_two_versions(workspace.session, workspace.client_id)
        workspace.open_screen("plan")
    elif state in ("plan-void", "plan-in-error", "plan-none-counts"):
        _go_to_voided_plan(workspace, state)
    elif state == "incident-form":
        workspace.open_screen("incidents")
        workspace.incidents_presenter.begin()
        for name in ("person", "action", "notification", "follow-up"):
            find(f"incident.{name}.add").click()
    elif state.startswith("incident-"):
        _go_to_incident(qtbot, workspace, state.removeprefix("incident-"))
    elif state == "questionnaire":
        workspace.session.questionnaires.take_in(as_bytes(grouped_sum(2)), "Mine")
        workspace.open_screen("practice")
        screen = workspace.screen_of("practice")
        screen.open_part("questionnaires")
        rows = [question(f"q{place}", answerOption=yes_no()) for place in range(3)]
        data = as_bytes(questionnaire(*rows))
        screen.show_preview(data, questionnaires.read(data), ("A sentence.",))
    elif state.startswith("policy-"):
        _go_to_policy(workspace, state.removeprefix("policy-"))
    elif state == "room-list":
        workspace.open_practice("room")
        find("practice.room.list").click()
    elif state.startswith("practice-"):
        workspace.open_screen("practice")
        workspace.open_practice(state.removeprefix("practice-"))
    elif state.startswith("training-"):
        _go_to_training(workspace, state)
    elif state in _REVIEWS:
        _go_to_reviews(workspace, state)
    elif state in ("snooze", "week", "put-off"):
        if state == "put-off":
            session = workspace.session
            session.snoozes.put_off(session.due.rows()[0], START.date() + dt.timedelta(days=1), "Away")
            find("today.later").click()
            find("today.table").choose(lambda line: isinstance(line, PutOff))
        else:
            find("today.put-off" if state == "snooze" else "today.week").click()
    elif state in SUPPORT:
        fill_support(workspace.session)
        workspace.open_practice("support")
        for name in SUPPORT[state]:
            find(name).click()
        if state == "consultation-signed":
            signed = workspace.session.consultations.of_client("")[0]
            workspace.open_record(Noun.CONSULTATION, signed.id, "")
        if state == "proqol-over-time":
            dialog = next(top for top in QApplication.topLevelWidgets() if top.objectName() == state)
            qtbot.waitUntil(lambda: dialog.plot.drawn, timeout=10_000)
    elif state == "handout-editor":
        workspace.open_practice("handouts")
        find("practice.handouts.new").click()
    elif state in {"handouts", "handout-note"}:
        workspace.open_screen("clients")
        workspace.clients_presenter.open(workspace.client_id)
        workspace.screen_of("clients").record_tabs.open_room("handouts")
        find("clients.handouts.choice-helping").click()
        find("clients.handouts.hand-over").click()
        if state == "handout-note":
            find("clients.handouts.edit-note").click()
    elif state == "purge":
        workspace.open_practice("retention")
        find("retention.other.client").set_value(workspace.client_id)
        find("retention.purge-other").click()
    elif state.startswith("record"):
        _go_to_record(workspace, state.removeprefix("record").removeprefix("-"))
    elif state.startswith("set-up"):
        _go_to_set_up(workspace, state.removeprefix("set-up").removeprefix("-"))
    elif state == "over-time":
        for values in ((1, 1), (2, 2)):
            sign_scores(workspace.session, workspace.client_id, {"phq-2": values, "gad-2": values})
        workspace.open_screen("clients")
        workspace.clients_presenter.open(workspace.client_id)
        find("clients.over-time").click()
    elif state in ("check", "check-results", "activity"):
        workspace.open_screen("backups")
        screen = workspace.screen_of("backups")
        screen.open_part(state.removesuffix("-results"))
        if state == "check-results":
            workspace.session.vault.database.execute("DELETE FROM search WHERE noun = 'client'")
            find("check.start").click()
            qtbot.waitUntil(lambda: find("check.report").isVisible(), timeout=10_000)
            assert find("check.mend-find").isVisible()
    elif state.startswith("crisis"):
        window.open_crisis()
        if state == "crisis-telehealth":
            window.crisis.tabs.setCurrentIndex(1)
            QTest.keyClicks(window.crisis, "1")
    elif state.startswith("exercise"):
        workspace.begin_exercise(window.crisis.variant)
        if state == "exercise-summary":
            find("exercise.end").click()
    elif state == "find":
        workspace.open_find()
    elif state == "restore":
        window.restore()
    else:
        workspace.open_screen(state)


def _go_to_voided_plan(workspace, state: str) -> None:
    """The question, the newest version marked, or all of them with copies to take back."""
    session, client_id = workspace.session, workspace.client_id
    finish_two_versions(session, client_id)
    newest, first = session.plans.of_client(client_id)
    workspace.open_screen("plan")
    if state == "plan-void":
        find("plan.version-2.void").click()
        return
    for one in (newest,) if state == "plan-in-error" else (newest, first):
        session.addenda.void(Noun.PLAN, one.id, client_id, reason="The wrong client", signer="R")


def _go_to_written(qtbot, workspace, state: str) -> None:
    session, client_id = workspace.session, workspace.client_id
    note, _, consent = (sign(session, client_id) for sign in (sign_note, sign_agreement, sign_consent))
    if state.startswith("consent-"):
        workspace.open_record(Noun.CONSENT, consent.id, client_id)
        image = QImage(30, 30, QImage.Format.Format_RGB32)
        image.save(buffer := QBuffer(), "PNG")
        session.attachments.take_in(Noun.CONSENT, consent.id, bytes(buffer.data().data()), title="Signed consent")
        find("consent.files").reload()
        name = {"consent-withdraw": "consent.withdraw", "consent-picture": "consent.files.open"}.get(state)
        if name:
            find(name).click()
            qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
        return
    room = Noun.SESSION_NOTE if state.startswith(("session", "private")) else Noun.AGREEMENT
    workspace.open_record(room, note.id if state == "session-signed" else "", client_id)
    if state in ("session-note", "agreement", "consent"):
        find(f"{state}.new").click()
    elif state.startswith("private"):
        find("private-note.open").click()
        if state == "private-note":
            find("private-note.show").click()
            find("private-note.new").click()


def _go_to_record(workspace, state: str) -> None:
    session = workspace.session
    other = session.clients.by_code("M-07").id
    client_id = fill_record(session, "M-08", other)
    workspace.open_screen("clients")
    workspace.clients_presenter.open(client_id)
    names = {"status": "clients.status", "link": "clients.link", "export": "clients.export"}
    names |= {"closing": "clients.standing.checklist"}
    if state == "reading":
        given = next(one for one in session.register.of_client(client_id) if one.noun is Noun.HANDOUT_GIVEN)
        workspace.clients_presenter.read(given.noun, given.id)
    elif state:
        find(names[state]).click()


_REVIEWS = {
    "reviews-filled": "",
    "reviewed": "practice.reviews.reviewed",
    "review-interval": "practice.reviews.interval",
    "taken-up": "practice.reviews.taken-up",
    "no-change": "practice.reviews.no-change",
    "feedback-paper": "practice.reviews.from-paper",
    "feedback-own": "practice.reviews.own",
    "feedback-screen": "practice.reviews.on-screen",
}


def _go_to_training(workspace, state: str) -> None:
    workspace.session.training_rules.save(LICENCE)
    kept = noted(workspace.session, "Safer homes", START.date(), (ETHICS, 2))
    workspace.session.attachments.take_in(Noun.TRAINING, kept.id, CERTIFICATE, title="Certificate")
    workspace.open_practice("training")
    name = {"training-editor": "practice.trainings.change", "training-rule": "practice.trainings.change-rule"}.get(
        state
    )
    if name:
        find(name).click()


def _go_to_reviews(workspace, state: str) -> None:
    feedback = workspace.session.feedback
    draft, form = feedback.begin(FeedbackFrom.CLIENT, way=FeedbackWay.PAPER)
    feedback.keep(draft, replace(form, ratings=(Rating("heard", 7),), words="Too loud"))
    draft, form = feedback.begin(FeedbackFrom.THERAPIST)
    feedback.keep(draft, replace(form, ratings=(Rating("workload", 7),), lacked="A second phone"))
    workspace.session.review_schedule.note(ReviewSubject.RESTORE, "All there.")
    workspace.open_practice("reviews")
    if _REVIEWS[state]:
        find(_REVIEWS[state]).click()


def _go_to_incident(qtbot, workspace, state: str) -> None:
    screening = sign_scores(workspace.session, workspace.client_id, {"phq-2": (1, 1)})
    signed = sign_incident(
        workspace.session,
        workspace.client_id,
        account="Kevin came.",
        follow_ups=(FollowUp("Call"), FollowUp("Write")),
        screening=RecordLink(screening, "Screening 1"),
    )
    workspace.session.incidents.follow_up_done(signed.id, 1, START.date())
    workspace.open_screen("incidents")
    if state in ("counts", "period"):
        find("incidents.counts" if state == "counts" else "incidents.export").click()
        return
    if state == "reading":
        ReadingDialog(workspace.screen_of("incidents"), 1000, lambda *_, **__: None, list, list).open()
        return
    if state == "checklist":
        workspace.incidents_presenter.begin()
        find("incident.checklist.duty-to-warn").click()
        return
    workspace.incidents_presenter.open(signed.id)
    name = {"copy": "incidents.copy", "void": "incidents.void", "done": "incidents.follow-up-1.done"}.get(state)
    if name:
        find(name).click()
    if state == "copy":
        qtbot.waitUntil(lambda: any(top.objectName() == "copy" for top in QApplication.topLevelWidgets()))


def _go_to_set_up(workspace, step: str) -> None:
    workspace.open_practice("set-up")
    if step == "":
        find("set-up.backup.later").click()
        find("set-up.settings.not-needed").click()
    else:
        find("set-up.prints.sheet" if step == "sheet" else f"set-up.{step}.do").click()


def _go_to_policy(workspace, state: str) -> None:
    workspace.session.policy.add_person("Jonas Vale", "Front desk")
    if state in ("overview", "read", "compare"):
        adopt(workspace.session)
        adopt(workspace.session, "plan.who", change="Nobody is asked.")
    workspace.open_practice("policy")
    if state in ("editor", "adopt", "section"):
        find("practice.policy.write").click()
        find("practice.policy.add-clause").click()
    name = {"section": "add-section"}.get(state, state)
    if state not in ("overview", "editor"):
        find(f"practice.policy.{name}").click()


@pytest.fixture
def window(qtbot, tmp_path, request):
    folder = tmp_path / "vault"
    if request.param != "first-run":
        session = session_on(fresh_vault(folder))
        session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
        session.vault.database.close()
    with open_window(qtbot, folder) as window:
        _go(qtbot, window, request.param)
        yield window
    apply_theme(QApplication.instance(), Scheme.LIGHT, 1.0)  # now that there is no window to be styled again


LARGE = frozenset(
    {
        "plan-editor",
        "wizard-questions",
        "incident-form",
        "incidents",
        "incident-signed",
        "incident-checklist",
        "incident-period",
        "incident-reading",
        "client-form",
        "session-view",
        "close-3",
        "close-4",
        "plan-versions",
        "quick-check",
        "period",
        "wizard-means",
        "crisis-telehealth",
        "exercise",
        "practice-contacts",
        "practice-protocol",
        "check-results",
        "activity",
        "practice-handouts",
        "handout-editor",
        "handouts",
        "session-note",
        "session-signed",
        "private-gate",
        "agreement",
        "consent",
        "consent-signed",
        "record",
        "record-closing",
        "record-export",
        "practice-retention",
        "policy-overview",
        "policy-editor",
        "policy-adopt",
        "practice-room",
        "training-log",
        "training-editor",
        "training-rule",
        "reviews-filled",
        "feedback-paper",
        "feedback-screen",
        "set-up",
        "set-up-contacts",
        "set-up-policy",
        "support",
        "proqol",
        "check-in",
        "consultation",
        "consultation-signed",
        "snooze",
        "put-off",
    }
)
"""Where the letters grow to twice their size in the dark while the page is open, and none of a button's words may be cut."""

LOW_DIALOGS = frozenset(
    {"policy-adopt", "record-link", "record-status", "consent-withdraw", "purge", "training-rule", "snooze"}
)
"""Dialogs that are measured in large letters against the lowest screen."""

LOW = (1366, 768)


@pytest.mark.parametrize(("window", "state"), [(state, state) for state in STATES], indirect=["window"], ids=STATES)
def test_every_widget_has_its_names_can_be_reached_and_keeps_its_words_in_large_letters_in_the_dark(window, state):
    _all_have_names_and_a_place_in_the_tab_order()
    _the_tab_key_goes_as_one_reads()
    if state not in LARGE | LOW_DIALOGS:
        return
    apply_theme(QApplication.instance(), Scheme.DARK, 2.0)
    QApplication.processEvents()
    if state in LOW_DIALOGS:
        dialog = QApplication.activeModalWidget() or next(iter(window.findChildren(FormDialog)))
        needed = dialog.minimumSizeHint()
        assert needed.width() <= LOW[0]
        assert needed.height() <= LOW[1] * 0.9
    if state in LARGE:
        window.resize(1280, 900)
        QApplication.processEvents()
        for widget in _interactive():
            if isinstance(widget, QAbstractButton) and widget.isVisible():
                if widget.sizePolicy().hasHeightForWidth():  # its words go on in the next line
                    room = widget.heightForWidth(widget.width())
                    assert widget.height() >= room, (widget.objectName(), widget.height(), room)
                    continue
                room = widget.fontMetrics().horizontalAdvance(widget.text())
                assert widget.width() >= room, (widget.objectName(), widget.width(), room)


def test_every_page_that_is_looked_at_in_large_letters_is_one_that_is_opened():
    assert set(STATES) >= LARGE | LOW_DIALOGS


def _the_tab_key_goes_as_one_reads() -> None:
    """From one stop to the next it goes down or to the right; upwards only into the next column."""
    found = [widget for widget in _interactive() if widget.isVisible()]
    for root in {widget.window() for widget in found}:
        stops = [stop for stop in stops_as_read(root) if stop in found]
        assert set(stops) == {one for one in found if one.window() is root and _is_stop(one)}
        for stop, following in pairwise(stops):
            if _scrolled_with(stop) is _scrolled_with(following):  # a footer may stand above what is out of sight
                place, next_place = (one.mapTo(root, one.rect().topLeft()) for one in (stop, following))
                below = next_place.y() + following.height() > place.y()
                assert below or next_place.x() > place.x(), (stop.objectName(), following.objectName())


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _scrolled_with(stop: QWidget) -> QScrollArea | None:
    parent = stop.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _all_have_names_and_a_place_in_the_tab_order() -> None:
    found = _interactive()
    assert len(found) >= 2
    for widget in found:
        assert widget.objectName(), type(widget)
        assert widget.accessibleName().strip() or widget.text().strip(), widget.objectName()
        # In a row of answers the tab key stops once, and arrows and digits go on from there.
        row = widget.group().buttons() if isinstance(widget, QRadioButton) and widget.group() else [widget]
        assert any(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in row), widget.objectName()
    names = [widget.objectName() for widget in found]
    assert sorted(names) == sorted(set(names))


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *(("ink", ground) for ground in ("window", "surface", "field", "stripe", "accent-soft", "accent-softer")),
        *(("ink", ground) for ground in ("caution-soft", "success-soft", "problem-soft", "crisis-soft")),
        *(("quiet", ground) for ground in ("window", "surface", "field", "stripe")),
        *(("problem-ink", ground) for ground in ("window", "surface")),
        *(("accent-text", ground) for ground in ("window", "surface", "accent-soft")),
        ("accent-ink", "accent"),
        ("accent-ink", "accent-strong"),
        ("window", "ink"),
    ],
)
def test_text_stands_out_from_its_ground(name, text, ground):
    values = tokens(name)
    light, dark = sorted((_luminance(values[text]), _luminance(values[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
