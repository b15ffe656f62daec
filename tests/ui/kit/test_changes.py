import pytest
from PySide6.QtWidgets import QWidget
from shiboken6 import delete, isValid

from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.ui.changes import Changes, RefreshWhenShown


@pytest.fixture
def world(app):
    changes, screen, reloads = Changes(), QWidget(), []
    RefreshWhenShown(screen, changes, frozenset({Noun.CLIENT}), lambda: reloads.append(screen.isVisible()))
    yield changes, screen, reloads
    if isValid(screen):
        screen.close()


def test_every_change_is_told_as_it_is(app, heard):
    changes = Changes()
    told, change = heard(changes.changed), Change(Noun.PLAN)
    changes.tell(change)
    assert told.said == [change]


def test_a_screen_that_is_shown_reloads_at_once(world):
    changes, screen, reloads = world
    screen.show()
    changes.tell(Change(Noun.CLIENT))
    assert len(reloads) == 1


def test_a_hidden_screen_reloads_once_when_it_is_shown(world):
    changes, screen, reloads = world
    for _ in range(3):
        changes.tell(Change(Noun.CLIENT))
    assert reloads == []
    screen.show()
    assert len(reloads) == 1
    screen.hide()
    screen.show()
    assert len(reloads) == 1


def test_changes_of_other_nouns_reload_nothing(world):
    changes, screen, reloads = world
    screen.show()
    changes.tell(Change(Noun.INCIDENT))
    screen.hide()
    changes.tell(Change(Noun.INCIDENT))
    screen.show()
    assert reloads == []


def test_a_screen_that_is_gone_is_told_nothing(world):
    changes, screen, reloads = world
    delete(screen)
    changes.tell(Change(Noun.CLIENT))
    assert reloads == []
