"""Sets the program up and starts it, or runs its tests. Needs Python 3.11 or newer and nothing else.

    python3 installer/bootstrap.py run [-- ARGUMENTS]     set up what is missing, then open the window
    python3 installer/bootstrap.py test [-- ARGUMENTS]    set up what is missing, then run all checks and tests
    python3 installer/bootstrap.py setup                  set up only
    python3 installer/bootstrap.py lock                   write the locks anew (for developers)

Everything goes into `.venv` beside pyproject.toml; packages come from a lock with hashes.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "safeplan-setup.txt")
LOCKS = {name: os.path.join(ROOT, "installer", "locks", name + ".txt") for name in ("runtime", "test")}
OLDEST = (3, 11)

# What Qt's parts need of a Linux system: library -> Debian package.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libcups.so.2": "libcups2",
}
# What the tests need besides: command -> Debian package.
TEST_TOOLS = {"pdftoppm": "poppler-utils", "Xvfb": "xvfb", "xdotool": "xdotool"}

NO_DISPLAY = (
    "There is no display, so no window can open here.\n"
    "The tour works without one: python3 installer/bootstrap.py run -- --tour FOLDER"
)


def old_python(version):
    """The sentence for a Python that is too old; empty for one that will do."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return "SafePlan needs Python 3.11 or newer; this is Python %d.%d." % (version[0], version[1])


def say(text):
    """One line of progress."""
    print("safeplan: " + text, flush=True)


def stop(text):
    """Ends with a sentence."""
    print("safeplan: " + text, file=sys.stderr, flush=True)
    sys.exit(1)


def venv_python():
    """The Python of `.venv`."""
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(VENV, *parts)


def fingerprint(level):
    """What a finished set-up depends on: the Python, the locks, and what of pyproject.toml an install reads."""
    digest = hashlib.sha256()
    digest.update(repr((sys.version_info[:3], os.path.realpath(sys.base_prefix), ROOT)).encode())
    names = ["runtime"] if level == "runtime" else ["runtime", "test"]
    for path in [LOCKS[name] for name in names] + [os.path.join(ROOT, "pyproject.toml")]:
        with open(path, "rb") as file:
            digest.update(hashlib.sha256(file.read()).digest())
    return level + " " + digest.hexdigest()


def stamped():
    """The lines that finished set-ups left."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read().splitlines()
    except OSError:
        return []


def is_ready(level):
    """Whether nothing has to be done for `level`; a finished test set-up serves running, too."""
    lines = stamped()
    return os.path.exists(venv_python()) and any(fingerprint(name) in lines for name in {level, "test"})


def child_environment():
    """The environment without what would make Python read packages from elsewhere."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def quietly(command, failing):
    """Runs a command; its own words are shown only when it fails."""
    done = subprocess.run(
        command, cwd=ROOT, env=child_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode != 0:
        sys.stderr.write(done.stdout.decode("utf-8", "replace")[-6000:])
        stop(failing)


def make_venv():
    """A fresh `.venv`; half a one from an interrupted set-up is taken away first."""
    if os.path.exists(VENV) and not stamped():
        shutil.rmtree(VENV, ignore_errors=True)
    if os.path.exists(venv_python()):
        return
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian ships Python without it
        import venv  # noqa: PLC0415 - the same

        venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(VENV)
    except ImportError:
        stop("this Python has no venv module. On Debian or Ubuntu type: sudo apt-get install -y python3-venv")
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        stop("the folder .venv can't be made here (%s). Is the folder writable?" % type(error).__name__)


def install(level):
    """Installs the packages of a level into `.venv` from its lock, then the program itself from this folder."""
    pip = [venv_python(), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-input"]
    failing = "a package couldn't be installed. Is there a connection to the package index? Try again later."
    say("installing packages (a minute or two the first time)")
    quietly([*pip, "--require-hashes", "--requirement", LOCKS[level]], failing)
    quietly([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], "the program couldn't be installed.")


def missing_libraries():
    """The Debian packages whose libraries this Linux system lacks."""
    missing = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def missing_tools():
    """The Debian packages of the tests' tools that aren't there."""
    return [package for tool, package in TEST_TOOLS.items() if shutil.which(tool) is None]


def install_line(packages):
    """The one line to type for packages, in the words of this system's own package manager."""
    if shutil.which("apt-get"):
        return "sudo apt-get install -y " + " ".join(packages)
    for manager, words in (("dnf", "sudo dnf install -y"), ("zypper", "sudo zypper install -y"), ("pacman", "sudo pacman -S")):
        if shutil.which(manager):
            return words + " (the packages that hold: " + ", ".join(packages) + ")"
    return "install the libraries of: " + ", ".join(packages)


def ensure_system(packages, needed):
    """Installs system packages where this may be done, else prints the one line to type."""
    if not packages or not sys.platform.startswith("linux"):
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say("installing system packages: " + " ".join(packages))
        environment = dict(child_environment(), DEBIAN_FRONTEND="noninteractive")
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]):
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode == 0:
            return
        sys.stderr.write(done.stdout.decode("utf-8", "replace")[-3000:])
    line = "system packages are missing. Type: " + install_line(packages)
    if needed:
        stop(line)
    say(line)


def setup(level):
    """Sets up what is missing for a level ("runtime" or "test")."""
    if is_ready(level):
        return
    began = time.time()
    say("setting up in .venv")
    make_venv()
    install(level)
    if sys.platform.startswith("linux"):
        ensure_system(missing_libraries(), needed=True)
        if level == "test":
            ensure_system(missing_tools(), needed=False)
    partial = STAMP + ".new"
    with open(partial, "w", encoding="utf-8") as file:
        file.write(fingerprint(level) + "\n")
    os.replace(partial, STAMP)
    say("ready after %d s" % (time.time() - began))


def has_display(environment):
    """Whether a window can open: always on Windows and macOS; on Linux with a display or a chosen Qt platform."""
    if not sys.platform.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run(arguments):
    """Opens the window."""
    environment = child_environment()
    if not has_display(environment):
        if "--tour" not in arguments and not {"--help", "-h", "--version"}.intersection(arguments):
            stop(NO_DISPLAY)
        environment["QT_QPA_PLATFORM"] = "offscreen"
    setup("runtime")
    command = [venv_python(), "-m", "safeplan_desktop", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, environment)
    sys.exit(subprocess.call(command, env=environment))


def test(arguments):
    """Runs the checks of style and types, then all tests; the tests' own summary is the last line."""
    setup("test")
    environment = dict(child_environment())
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
    code = subprocess.call([python, "-m", "pytest", *arguments], cwd=ROOT, env=environment)
    if failed:
        stop("these checks failed: " + ", ".join(failed))
    sys.exit(code)


def lock():
    """Resolves pyproject.toml anew for all supported systems and Pythons, with hashes."""
    setup("runtime")
    quietly([venv_python(), "-m", "pip", "install", "--quiet", "uv"], "uv couldn't be installed.")
    for name in LOCKS:
        extra = ["--extra", "build"] + (["--extra", "test"] if name == "test" else [])
        command = [venv_python(), "-m", "uv", "pip", "compile", "pyproject.toml", *extra, "--universal", "--generate-hashes"]
        command += ["--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links", "--quiet", "--upgrade", "--no-annotate"]
        command += ["--custom-compile-command", "python3 installer/bootstrap.py lock", "--output-file", LOCKS[name]]
        quietly(command, "the lock couldn't be written.")
    say("the locks are written")


def main(arguments):
    """Carries out one verb."""
    sentence = old_python(sys.version_info)
    if sentence:
        stop(sentence)
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
        sys.exit(2)
    verbs[verb]()


if __name__ == "__main__":
    main(sys.argv[1:])
