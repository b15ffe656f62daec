"""Plays what a desktop says on its bus to the program's ear for it, and prints what was heard. Run as a process of its own:

the bus' thread of Qt and Python's lock can wait for each other for ever when a server on a bus is taken down, so this process
never takes one down: it ends at once.
"""

import json
import os
import sys

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusServer

from safeplan_desktop.ui.screen_lock import ScreenLock

LOGIN = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
SCREEN = ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged")
_PATIENCE = 20_000  # milliseconds


def main(socket, interface, path, name):
    app = QCoreApplication([])
    heard, ends = [], []
    server = QDBusServer(f"unix:path={socket}")
    lock = ScreenLock()
    lock.locked.connect(lambda: heard.append("locked"))
    lock.sleeping.connect(lambda: heard.append("sleeping"))

    def send(end, path, interface, name, on):
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments([on])
        end.send(message)

    def say():
        end = QDBusConnection(ends[0])
        send(end, path, interface, name, False)
        send(end, path, interface, name, True)
        # Messages keep their order: when the other kind arrives, the two were heard or will never be.
        send(end, *last, True)

    def came(end):
        ends.append(end)
        QTimer.singleShot(0, say)

    def finish():
        print(json.dumps(heard), flush=True)
        os._exit(0)

    server.newConnection.connect(came)
    asleep = name == "PrepareForSleep"
    last = SCREEN if asleep else LOGIN
    (lock.locked if asleep else lock.sleeping).connect(finish)
    ours = QDBusConnection.connectToPeer(server.address(), "screen-lock-test")
    lock.listen(ours, ours)
    QTimer.singleShot(_PATIENCE, finish)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
