"""The composition root: reads the command line, closes leaks, wires the window, starts it."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from safeplan_desktop import __version__
from safeplan_desktop.clock import SystemClock
from safeplan_desktop.logs import configure_logging, log_event
from safeplan_desktop.paths import default_vault_folder, log_folder, settings_file
from safeplan_desktop.security.kdf import KdfParameters, calibrate

_KEPT_QT = frozenset({"QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_IM_MODULE", "QT_ACCESSIBILITY"})


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="safeplan", description="Screening, safety plans and incidents, offline and encrypted."
    )
    parser.add_argument("--version", action="version", version=f"SafePlan Desktop {__version__}")
    parser.add_argument(
        "--vault", type=Path, metavar="FOLDER", help="where the records are (default: your own data folder)"
    )
    parser.add_argument(
        "--tour",
        type=Path,
        metavar="FOLDER",
        help="go through the whole job on an invented practice and leave the results in FOLDER",
    )
    return parser.parse_args(arguments)


def close_leaks() -> None:
    """New files are for their owner only, no core dump holds a key, and Qt loads no plugin that the environment names."""
    os.umask(0o077)
    for name in list(os.environ):
        if name.startswith(("QT_", "QML")) and name not in _KEPT_QT:
            del os.environ[name]
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows hasn't got it

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        import ctypes  # noqa: PLC0415 - only here

        pr_set_dumpable = 4
        ctypes.CDLL(None).prctl(pr_set_dumpable, 0, 0, 0, 0)


def measured_parameters() -> KdfParameters:
    """What one guess at a passphrase shall cost on this computer; takes about as long as one guess."""
    return calibrate(time.perf_counter)


def main(arguments: Sequence[str] | None = None) -> int:
    """Opens the window, or takes the tour; gives the exit code."""
    close_leaks()
    chosen = _parse(arguments)
    if chosen.tour is not None:
        from safeplan_desktop.ui.tour.take import take_tour  # noqa: PLC0415 - only when asked for

        return take_tour(chosen.tour, SystemClock(), measured_parameters)
    return _run_window(chosen.vault.resolve() if chosen.vault else default_vault_folder())


def _run_window(folder: Path) -> int:
    from PySide6.QtCore import QSettings  # noqa: PLC0415 - after the environment was cleaned

    from safeplan_desktop.ui.app import make_app  # noqa: PLC0415 - the same
    from safeplan_desktop.ui.jobs import Jobs  # noqa: PLC0415 - the same
    from safeplan_desktop.ui.main_window import MainWindow, Surroundings, read_look  # noqa: PLC0415 - the same
    from safeplan_desktop.ui.problems import ProblemReporter, install_problem_handlers  # noqa: PLC0415 - the same

    configure_logging(log_folder())
    settings = QSettings(str(settings_file()), QSettings.Format.IniFormat)
    app = make_app(*read_look(settings))
    reporter = ProblemReporter()
    install_problem_handlers(reporter)

    def relaunch() -> None:
        log_event("lock: the process is replaced")
        settings.sync()
        isolated = ["-I"] if sys.flags.isolated else []
        try:
            os.execv(sys.executable, [sys.executable, *isolated, "-m", "safeplan_desktop", "--vault", str(folder)])  # noqa: S606 - ourselves
        except OSError:
            log_event("lock: the process couldn't be replaced")

    window = MainWindow(
        Surroundings(
            folder=folder,
            clock=SystemClock(),
            jobs=Jobs(reporter.bug, app),
            parameters=measured_parameters,
            relaunch=relaunch if os.name == "posix" else None,
            settings=settings,
        )
    )
    window.show()
    window.activateWindow()  # without a window manager nobody else gives it the keyboard
    gc.freeze()  # what stands now stays; walking through it again and again would hold the window up for 50 ms
    return int(app.exec())


if __name__ == "__main__":
    sys.exit(main())
