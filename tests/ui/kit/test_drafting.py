import pytest
from support.vaults import HeldClock

from safeplan_desktop.domain.moments import moment_now
from safeplan_desktop.errors import StorageFullError
from safeplan_desktop.ui.drafting import DELAY_MS, Autosave, SavedLabel


class Disk:
    def __init__(self) -> None:
        self.saves, self.full, self.problems = 0, False, []

    def save(self):
        if self.full:
            raise StorageFullError("The disk is full.", safe="What was saved before is safe.")
        self.saves += 1


@pytest.fixture
def disk():
    return Disk()


@pytest.fixture
def autosave(app, disk):
    autosave = Autosave(disk.save, disk.problems.append, HeldClock())
    yield autosave
    autosave.forget()


def test_an_edit_is_saved_within_a_second_of_the_first_of_them(qtbot, autosave, disk):
    assert DELAY_MS <= 1000
    autosave.touch()
    left = autosave._timer.remainingTime()
    autosave.touch()
    assert autosave._timer.remainingTime() <= left  # a later edit doesn't put it off
    qtbot.waitUntil(lambda: disk.saves == 1, timeout=2000)
    assert not autosave.dirty


def test_leaving_saves_at_once_and_only_what_was_edited(autosave, disk, heard):
    told = heard(autosave.saved)
    autosave.flush()
    assert (disk.saves, len(told)) == (0, 0)
    autosave.touch()
    autosave.flush()
    assert (disk.saves, len(told)) == (1, 1)
    autosave.flush()
    assert disk.saves == 1


def test_a_failure_is_shown_nothing_is_forgotten_and_it_is_tried_again_by_itself(qtbot, autosave, disk, heard):
    told = heard(autosave.saved)
    disk.full = True
    autosave.touch()
    autosave.flush()
    assert [type(problem) for problem in disk.problems] == [StorageFullError]
    assert autosave.dirty
    assert len(told) == 0
    disk.full = False
    qtbot.waitUntil(lambda: disk.saves == 1, timeout=2000)
    assert not autosave.dirty


def test_a_discarded_form_isnt_saved_any_more(qtbot, autosave, disk):
    autosave.touch()
    autosave.forget()
    autosave.flush()
    assert not autosave.dirty
    assert not autosave._timer.isActive()
    assert disk.saves == 0


def test_the_label_says_when_it_was_saved(qtbot, autosave):
    label = SavedLabel("notes.saved")
    qtbot.addWidget(label)
    assert label.text() == ""
    autosave.saved.connect(label.say)
    autosave.touch()
    autosave.flush()
    assert label.text() == f"Saved {moment_now(HeldClock()).local:%H:%M}"
