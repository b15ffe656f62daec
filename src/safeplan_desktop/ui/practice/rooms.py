"""Further parts of the practice, each with a presenter of its own, in the order of the list."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import RunJob, Shell
from safeplan_desktop.ui.practice.checks import ChecksPage
from safeplan_desktop.ui.practice.checks_presenter import ChecksPresenter
from safeplan_desktop.ui.practice.handouts import HandoutsPart
from safeplan_desktop.ui.practice.handouts_presenter import HandoutsPresenter
from safeplan_desktop.ui.practice.policy import PolicyScreen
from safeplan_desktop.ui.practice.policy_presenter import PolicyPresenter
from safeplan_desktop.ui.practice.retention import RetentionPage
from safeplan_desktop.ui.practice.retention_presenter import RetentionPresenter
from safeplan_desktop.ui.practice.reviews import ReviewsPart
from safeplan_desktop.ui.practice.reviews_presenter import ReviewsPresenter
from safeplan_desktop.ui.practice.support import SupportScreen
from safeplan_desktop.ui.practice.support_presenter import SupportPresenter
from safeplan_desktop.ui.practice.training import TrainingPart
from safeplan_desktop.ui.practice.training_presenter import TrainingPresenter
from safeplan_desktop.ui.set_up.presenter import SetUpPresenter
from safeplan_desktop.ui.set_up.view import SetUpRoom
from safeplan_desktop.ui.widgets.parts import Part


def rooms(session: Session, shell: Shell, run: RunJob) -> tuple[Part, ...]:
    """The parts between the checklists and the questionnaires."""
    policy, checks = PolicyPresenter(session, shell), ChecksPresenter(session, shell)
    handouts, retention = HandoutsPresenter(session, shell, run), RetentionPresenter(session, shell, run)
    training = TrainingPresenter(session, shell, run)
    reviews = ReviewsPresenter(session, shell)
    set_up = SetUpPresenter(session, shell, run, policy.set_aside)
    support = SupportRoom(session, shell, run)
    return (
        Part("policy", "Safety policy", partial(PolicyScreen, policy), policy.show),
        Part("room", "Room and lone working", partial(ChecksPage, checks), checks.show),
        Part("training", "Training", partial(TrainingPart, training), training.reload),
        Part("reviews", "Reviews and feedback", partial(ReviewsPart, reviews), reviews.reload),
        Part("handouts", "Handouts", partial(HandoutsPart, handouts), handouts.reload),
        Part("support", "Self-care and consultation", support.build, support.show),
        Part("retention", "Records and retention", partial(RetentionPage, retention), retention.reload),
        Part("set-up", "Set-up", partial(SetUpRoom, set_up, PolicyPresenter(session, shell)), set_up.show),
    )


class SupportRoom:
    """The therapist's own support, built when it is first shown."""

    def __init__(self, session: Session, shell: Shell, run: RunJob) -> None:
        self._presenter = SupportPresenter(session, shell, run)

    def build(self, parent: QWidget) -> SupportScreen:
        """The part's widget."""
        self._screen = SupportScreen(self._presenter, parent)
        return self._screen

    def show(self) -> None:
        """Shows it, as it was left."""
        self._screen.show_part()
