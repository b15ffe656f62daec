"""Sets the program up and starts it, or runs its tests. Needs Python 3.11 or newer and nothing else.

    python3 installer/bootstrap.py run [-- ARGUMENTS]     set up what is missing, then open the window
    python3 installer/bootstrap.py test [-- ARGUMENTS]    set up what is missing, then run all checks and tests
    python3 installer/bootstrap.py setup                  set up only
    python3 installer/bootstrap.py lock                   write the locks anew (for developers)

Everything goes into `.venv` beside pyproject.toml; packages come from a lock with hashes.
"""

# ruff: noqa: E402 - the version is looked at before anything is imported that an older Python may not have

import os
import sys

OLDEST = (3, 11)


def old_python(version: "tuple[int, ...]") -> str:
    """The sentence for a Python that is too old; empty for one that will do."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        "SafePlan needs Python 3.11 or newer; this is Python %d.%d. Install a newer one from "
        "https://www.python.org/downloads/ and use it, as in: python3.13 installer/bootstrap.py run"
        % tuple(version[:2])
    )


# Down to here every Python 3 can read and run this file; what follows may be newer, but has to be readable since 3.6.
if old_python(sys.version_info[:2]):
    sys.exit("safeplan: " + old_python(sys.version_info[:2]))

import contextlib
import errno
import hashlib
import importlib.util
import json
import platform
import shutil
import subprocess
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "installer"))  # `python3 -I` and `-P` leave it out

from system_packages import VENV_MODULE, ensure_libraries, ensure_system, missing_tools
from terminal import child_environment, outcome, say, show_failure, stop

VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "safeplan-setup.txt")
BUSY = os.path.join(VENV, "safeplan-setup.busy")
LOCKS = {name: os.path.join(ROOT, "installer", "locks", name + ".txt") for name in ("runtime", "test")}
LEVELS = {"runtime": ("runtime",), "test": ("runtime", "test")}
MOST_WORKERS = 4
LIBRARIES_FOUND = "libraries found"

NO_DISPLAY = (
    "There is no display, so no window can open here.\n"
    "The tour works without one: python3 installer/bootstrap.py run -- --tour FOLDER"
)
NO_ROOM = "the disk is full: set-up needs about 900 MB. Free some, then type the same command again."
NO_NETWORK = "the packages couldn't be fetched: no connection. Go online, then type the same command again."
FOREIGN = (
    f"{VENV} is there already, and this set-up didn't make it. Delete it or give it another name, "
    "then type the same command again."
)
_SIGNS_OF_NO_NETWORK = (
    "Retry(total=",
    "NewConnectionError",
    "TimeoutError",
    "ProxyError",
    "SSLError",
    "name resolution",
)


def venv_python() -> str:
    """The Python of `.venv`."""
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(VENV, *parts)


def place() -> str:
    """What a `.venv` doesn't survive a change of: its folder, the Python's version, the kind of computer."""
    return f"place {sys.implementation.cache_tag} {sys.platform} {platform.machine()} {ROOT}"


def fingerprint(level: str) -> str:
    """What a finished set-up depends on: the locks, and what of pyproject.toml an install reads."""
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        table = tomllib.load(file)
    read = [table.get("build-system"), table.get("project"), table.get("tool", {}).get("hatch")]
    digest = hashlib.sha256(json.dumps(read, sort_keys=True).encode())
    for name in LEVELS[level]:
        with open(LOCKS[name], "rb") as file:
            digest.update(hashlib.sha256(file.read()).digest())
    return level + " " + digest.hexdigest()


def stamped() -> list[str]:
    """The lines that the last set-up left; of one that was interrupted a single line that matches nothing."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read().splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def stamp(lines: Sequence[str]) -> None:
    """Writes the stamp in one step: it's the old one or the new one, whenever the power goes."""
    with open(STAMP + ".new", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    os.replace(STAMP + ".new", STAMP)


def is_installed(level: str) -> bool:
    """Whether `.venv` holds all that `level` needs, whole."""
    return {place(), fingerprint(level)} <= set(stamped()) and os.path.exists(venv_python())


def is_ready(level: str) -> bool:
    """Whether nothing has to be done for `level`."""
    return is_installed(level) and (LIBRARIES_FOUND in stamped() or not sys.platform.startswith("linux"))


def is_foreign() -> bool:
    """Whether somebody else made `.venv`: then it isn't ours to empty."""
    if os.path.islink(VENV) or os.path.isfile(VENV):
        return True
    ours = os.path.exists(BUSY) or os.path.exists(STAMP)
    return os.path.isdir(VENV) and not ours and bool(os.listdir(VENV))


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Holds off a second set-up of the same folder. Its file also marks `.venv` as ours from the first moment on."""
    with open(BUSY, "a+b") as busy:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only Windows has it

            msvcrt.locking(busy.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - Windows hasn't got it

            try:
                fcntl.flock(busy, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("another set-up is at work in this folder; waiting for it")
                fcntl.flock(busy, fcntl.LOCK_EX)
        yield


def quietly(command: Sequence[str], failing: str) -> None:
    """Runs a command; its own words are shown only when it fails."""
    good, output = outcome(command, ROOT)
    if not good:
        show_failure(output)
        stop(failing)


def make_venv() -> None:
    """A fresh `.venv`; what is there from another Python or an interrupted set-up is taken away first."""
    for entry in os.scandir(VENV):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        elif entry.path not in (BUSY, STAMP):
            os.unlink(entry.path)
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        ensure_system([VENV_MODULE], needed=True)  # Debian ships Python without them
    base = getattr(sys, "_base_executable", None) or sys.executable
    quietly([base, "-I", "-m", "venv", VENV], "the Python in .venv couldn't be made; what it said stands above.")


def install(level: str) -> None:
    """Installs the packages of a level into `.venv` from its lock, then the program itself from this folder."""
    pip = [
        venv_python(),
        "-I",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--no-input",
        "--progress-bar",
        "off",
    ]
    with open(LOCKS[level], encoding="utf-8") as file:
        total = sum(line[:1].isalnum() for line in file)
    say(f"installing {total} packages, each checked against its known hash")
    # Ready-made wheels only: nothing that was fetched runs while it is installed.
    output = _watched([*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", LOCKS[level]], total)
    if output:
        show_failure(output)
        stop(why_pip_failed(output))
    quietly(
        [*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT],
        "SafePlan itself couldn't be installed; what pip said stands above.",
    )


def _watched(command: Sequence[str], total: int) -> str:
    """Runs pip and counts along for whoever watches; gives what it printed if it failed, else nothing."""
    lines, seen = [], 0
    watching = sys.stdout.isatty()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=child_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            seen += line.startswith(("Collecting ", "Processing ", "Requirement already"))
            if watching:
                print(f"\r  {min(seen, total)} of {total} ", end="", flush=True)
    if watching:
        print("\r" + " " * 20 + "\r", end="", flush=True)
    return "".join(lines) if process.returncode else ""


def why_pip_failed(output: str) -> str:
    """One sentence for what pip printed."""
    if "DO NOT MATCH THE HASHES" in output:
        return "a package isn't the one that SafePlan was tested with, so nothing was installed. Try another network."
    if "No space left on device" in output:
        return NO_ROOM
    if any(sign in output for sign in _SIGNS_OF_NO_NETWORK):
        return NO_NETWORK
    if "No matching distribution found" in output:
        return (
            "a package doesn't exist ready-made for this computer "
            f"(Python {platform.python_version()}, {platform.system()} {platform.machine()}). Try Python 3.13."
        )
    return "a package couldn't be installed; what pip said stands above."


def why_not_written(error: OSError) -> str:
    """One sentence for a `.venv` that couldn't be written."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"the folder {ROOT} can't be written to. Close SafePlan if it is open; else copy the whole folder to a "
            "place of your own and type the same command there."
        )
    if error.errno == errno.ENOSPC:
        return NO_ROOM
    return f"set-up failed ({error}). Type the same command again; it starts anew."


def setup(level: str) -> None:
    """Sets up what is missing for a level ("runtime" or "test")."""
    if is_ready(level):
        return
    if is_foreign():
        stop(FOREIGN)
    began = time.monotonic()
    try:
        os.makedirs(VENV, exist_ok=True)
        with alone():
            if not is_installed(level):
                _fill_venv(level)
            if sys.platform.startswith("linux"):
                ensure_libraries(next(Path(VENV, "lib").glob("python3.*")) / "site-packages" / "PySide6")
                stamp([*stamped(), LIBRARIES_FOUND])
    except OSError as error:
        stop(why_not_written(error))
    say(f"ready after {time.monotonic() - began:.0f} s")


def _fill_venv(level: str) -> None:
    fresh = place() not in stamped() or not os.path.exists(venv_python())
    stamp(["unfinished"])
    if fresh:
        say("setting up in .venv: about 150 MB from the internet, one to three minutes, only this once")
        make_venv()
    install(level)
    stamp([place(), *(fingerprint(name) for name in LEVELS[level])])


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a window can open: always on Windows and macOS; on Linux with a display or a chosen Qt platform."""
    if not sys.platform.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def needs_no_window(arguments: Sequence[str]) -> bool:
    """Whether the program can do what it is asked without a display."""
    return any(word.split("=")[0] in ("--tour", "--help", "-h", "--version") for word in arguments)


def run(arguments: Sequence[str]) -> None:
    """Opens the window."""
    environment = child_environment()
    if not has_display(environment):
        if not needs_no_window(arguments):
            stop(NO_DISPLAY)
        environment["QT_QPA_PLATFORM"] = "offscreen"
    setup("runtime")
    command = [venv_python(), "-I", "-m", "safeplan_desktop", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, environment)
    sys.exit(subprocess.call(command, env=environment))


def test(arguments: Sequence[str]) -> None:
    """Runs the checks of style and types, then all tests; the tests' own summary is the last line.

    With arguments for pytest it runs only the tests that these choose.
    """
    setup("test")
    ensure_system(missing_tools(), needed=False)
    environment = child_environment()
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    python = venv_python()
    checks = [
        ("style", [python, "-m", "ruff", "check", "--quiet"]),
        ("layout", [python, "-m", "ruff", "format", "--check", "--quiet"]),
        ("types", [python, "-m", "mypy", "--no-error-summary"]),
    ]
    failed = []
    for name, command in [] if arguments else checks:
        say("checking " + name)
        if subprocess.call(command, cwd=ROOT, env=environment) != 0:
            failed.append(name)
    say("running the tests")
    code = subprocess.call([python, "-m", "pytest", *(arguments or at_once())], cwd=ROOT, env=environment)
    if failed:
        stop("these checks failed: " + ", ".join(failed))
    sys.exit(code)


def at_once() -> list[str]:
    """How all tests are run: on every processor, file by file, as some files share what is dear to make."""
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    # In the order of the folders: the windows, which take longest, come before the many quick ones.
    return ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"] if workers > 1 else []


def lock() -> None:
    """Resolves pyproject.toml anew for all supported systems and Pythons, with hashes."""
    uv = shutil.which("uv")
    if uv is None:
        stop("writing the locks needs uv on the search path: https://docs.astral.sh/uv/")
    command = [uv, "pip", "compile", "pyproject.toml", "--extra", "build", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--only-binary", ":all:", "--upgrade", "--no-annotate", "--quiet"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--constraint", "installer/locks/limits.in"]
    command += ["--custom-compile-command", "python3 installer/bootstrap.py lock"]
    for name, path in LOCKS.items():
        extra = ["--extra", "test", "--constraint", LOCKS["runtime"]] if name == "test" else []
        quietly([*command, *extra, "--output-file", path], "the lock couldn't be written.")
    say("the locks are written")


def main(arguments: Sequence[str]) -> None:
    """Carries out one verb."""
    verb = arguments[0] if arguments else ""
    rest = [word for index, word in enumerate(arguments[1:]) if not (index == 0 and word == "--")]
    verbs = {
        "run": lambda: run(rest),
        "test": lambda: test(rest),
        "setup": lambda: setup("runtime"),
        "lock": lock,
    }
    if verb not in verbs:
        print(__doc__)
        sys.exit(0 if verb in ("-h", "--help") else 2)
    try:
        verbs[verb]()
    except KeyboardInterrupt:
        stop("stopped. The same command goes on from here.")


if __name__ == "__main__":
    main(sys.argv[1:])
