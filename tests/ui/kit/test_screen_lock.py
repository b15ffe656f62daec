import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusServer

from safeplan_desktop.ui.screen_lock import ScreenLock


@pytest.fixture
def bus(qtbot, app, tmp_path):
    """A bus between this test and the program's end of it, on a real socket of this computer."""
    server, ends = QDBusServer(f"unix:path={tmp_path}/bus"), []
    server.newConnection.connect(lambda end: ends.append(QDBusConnection(end)))
    ours = QDBusConnection.connectToPeer(server.address(), "screen-lock-test")
    qtbot.waitUntil(lambda: bool(ends))
    yield ends[0], ours
    QDBusConnection.disconnectFromPeer("screen-lock-test")


@pytest.fixture
def said(bus):
    lock, said = ScreenLock(), []
    lock.listen(bus[1], bus[1])
    lock.locked.connect(lambda: said.append("locked"))
    lock.sleeping.connect(lambda: said.append("sleeping"))
    yield said
    lock.deleteLater()


def _send(bus, path, interface, name, *, on):
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments([on])
    assert bus[0].send(message)


@pytest.mark.parametrize("interface", ["org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver", "org.xfce.ScreenSaver"])
def test_a_locked_screen_is_heard_of_and_an_unlocked_one_isnt(qtbot, bus, said, interface):
    _send(bus, "/ScreenSaver", interface, "ActiveChanged", on=False)
    _send(bus, "/ScreenSaver", interface, "ActiveChanged", on=True)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["locked"]


def test_going_to_sleep_is_heard_of_and_waking_isnt(qtbot, bus, said):
    _send(bus, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", on=False)
    _send(bus, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", on=True)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["sleeping"]


def test_without_a_bus_nothing_is_said_and_nothing_fails(app):
    nothing = QDBusConnection("no such connection")
    lock = ScreenLock()
    lock.listen(nothing, nothing)
    assert not nothing.isConnected()
