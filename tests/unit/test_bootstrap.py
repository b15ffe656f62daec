"""The two commands: what set-up decides, and what it says. Nothing is installed here and nothing is fetched."""

from __future__ import annotations

import ast
import errno
import importlib.util
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

INSTALLER = Path(__file__).parents[2] / "installer"


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """The module, loaded from its file as a checkout in an empty folder of its own."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    for name in ("terminal", "system_packages"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", INSTALLER / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    root = tmp_path / "checkout"
    locks = root / "installer" / "locks"
    locks.mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.ruff]\nline-length = 99\n', encoding="utf-8")
    for name in module.LOCKS:
        (locks / f"{name}.txt").write_text(f"{name}==1\n", encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", str(root))
    monkeypatch.setattr(module, "VENV", str(root / ".venv"))
    monkeypatch.setattr(module, "STAMP", str(root / ".venv" / "safeplan-setup.txt"))
    monkeypatch.setattr(module, "BUSY", str(root / ".venv" / "safeplan-setup.busy"))
    monkeypatch.setattr(module, "LOCKS", {name: str(locks / f"{name}.txt") for name in module.LOCKS})
    yield module
    for name in ("terminal", "system_packages"):
        sys.modules.pop(name, None)


@pytest.fixture
def packages(bootstrap, monkeypatch):
    """The module of the system packages, as the one above has it."""
    monkeypatch.setattr(sys, "platform", "linux")
    return sys.modules["system_packages"]


@pytest.fixture
def finished(bootstrap):
    """A `.venv` as a finished set-up for running leaves it."""
    python = Path(bootstrap.venv_python())
    python.parent.mkdir(parents=True)
    python.touch()
    bootstrap.stamp([bootstrap.place(), bootstrap.fingerprint("runtime"), bootstrap.LIBRARIES_FOUND])
    return bootstrap


def on_path(monkeypatch, packages, *programs):
    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}" if name in programs else None)


def as_user(monkeypatch, packages, number):
    monkeypatch.setattr(packages.os, "geteuid", lambda: number, raising=False)


# -- when there is nothing to do ---------------------------------------------------------------------------------------


def test_a_finished_set_up_is_not_done_again(finished, monkeypatch):
    monkeypatch.setattr(finished, "outcome", lambda *_: pytest.fail("a program was started"))

    finished.setup("runtime")

    assert finished.is_ready("runtime")


def test_a_set_up_for_running_is_not_enough_for_the_tests(finished):
    assert not finished.is_ready("test")


def test_a_set_up_for_the_tests_serves_running_too(finished):
    lines = [finished.place(), *(finished.fingerprint(name) for name in finished.LEVELS["test"])]
    finished.stamp([*lines, finished.LIBRARIES_FOUND])

    assert finished.is_ready("test")
    assert finished.is_ready("runtime")


def test_a_changed_lock_asks_for_a_new_install(finished):
    Path(finished.LOCKS["runtime"]).write_text("runtime==2\n", encoding="utf-8")

    assert not finished.is_ready("runtime")


def test_a_changed_test_lock_does_not_hold_up_running(finished):
    Path(finished.LOCKS["test"]).write_text("test==2\n", encoding="utf-8")

    assert finished.is_ready("runtime")


def test_a_changed_project_asks_for_a_new_install(finished):
    Path(finished.ROOT, "pyproject.toml").write_text('[project]\nname = "y"\n', encoding="utf-8")

    assert not finished.is_ready("runtime")


def test_a_changed_line_length_does_not(finished):
    Path(finished.ROOT, "pyproject.toml").write_text(
        '[project]\nname = "x"\n[tool.ruff]\nline-length = 100\n', encoding="utf-8"
    )

    assert finished.is_ready("runtime")


def test_another_python_asks_for_a_new_venv(finished, monkeypatch):
    monkeypatch.setattr(finished.sys.implementation, "cache_tag", "cpython-399")

    assert not finished.is_installed("runtime")


def test_a_moved_folder_asks_for_a_new_venv(finished, monkeypatch):
    monkeypatch.setattr(finished, "ROOT", finished.ROOT + "-moved")
    Path(finished.ROOT).mkdir()
    Path(finished.ROOT, "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")

    assert not finished.is_installed("runtime")


def test_a_python_that_was_taken_off_the_computer_asks_for_a_new_venv(finished):
    python = Path(finished.venv_python())
    python.unlink()
    python.symlink_to(python.parent / "gone")

    assert not finished.is_installed("runtime")


def test_libraries_are_looked_for_again_until_they_were_found(finished, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    finished.stamp([finished.place(), finished.fingerprint("runtime")])

    assert finished.is_installed("runtime")
    assert not finished.is_ready("runtime")


# -- interrupted, foreign, unwritable ----------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["make_venv", "install"])
def test_an_interrupted_set_up_is_never_taken_as_whole(finished, monkeypatch, step):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(finished, "make_venv", lambda: None)
    monkeypatch.setattr(finished, step, interrupted)
    Path(finished.venv_python()).unlink()
    with pytest.raises(KeyboardInterrupt):
        finished.setup("runtime")
    Path(finished.venv_python()).touch()

    assert not finished.is_installed("runtime")
    assert not finished.is_foreign()


def test_the_next_call_builds_an_interrupted_venv_anew(finished, monkeypatch):
    finished.stamp(["unfinished"])
    Path(finished.VENV, "half-a-package").mkdir()
    commands = []

    def outcome(command, *_):
        commands.append(command)
        return True, ""

    monkeypatch.setattr(finished, "outcome", outcome)
    finished.make_venv()

    assert [entry.name for entry in Path(finished.VENV).iterdir()] == ["safeplan-setup.txt"]
    assert commands[0][1:] == ["-I", "-m", "venv", finished.VENV]


def test_a_venv_that_somebody_else_made_is_left_alone(bootstrap, capsys):
    Path(bootstrap.VENV).mkdir()
    Path(bootstrap.VENV, "pyvenv.cfg").touch()

    with pytest.raises(SystemExit) as stopped:
        bootstrap.setup("runtime")

    assert stopped.value.code == 1
    assert "didn't make it" in capsys.readouterr().err
    assert [entry.name for entry in Path(bootstrap.VENV).iterdir()] == ["pyvenv.cfg"]


def test_a_folder_that_may_not_be_written_gives_a_sentence(bootstrap, monkeypatch, capsys):
    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(bootstrap.os, "makedirs", refuse)
    with pytest.raises(SystemExit):
        bootstrap.setup("runtime")

    assert "can't be written to" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("WARNING: Retrying (Retry(total=0)\nERROR: No matching distribution found for attrs==26.1.0", "Go online"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "nothing was installed"),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: No matching distribution found for attrs==26.1.0", "ready-made"),
        ("ERROR: something new", "what pip said"),
    ],
)
def test_what_pip_said_becomes_one_sentence(bootstrap, output, words):
    assert words in bootstrap.why_pip_failed(output)


# -- old Pythons, no display ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (2, 7)])
def test_an_old_python_is_told_what_is_missing(bootstrap, version):
    assert f"Python 3.11 or newer; this is Python {version[0]}.{version[1]}." in bootstrap.old_python(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 14), (4, 0)])
def test_a_new_enough_python_is_told_nothing(bootstrap, version):
    assert bootstrap.old_python(version) == ""


def test_an_old_python_can_read_the_file_far_enough_to_say_so():
    tree = ast.parse((INSTALLER / "bootstrap.py").read_text("utf-8"), feature_version=(3, 7))
    before = tree.body[: next(i for i, node in enumerate(tree.body) if isinstance(node, ast.If))]

    assert {alias.name for node in before if isinstance(node, ast.Import) for alias in node.names} == {"os", "sys"}
    assert not any(isinstance(node, ast.ImportFrom) for node in before)


def test_run_without_a_display_points_to_the_tour(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.main(["run"])

    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert "There is no display" in said
    assert "python3 installer/bootstrap.py run -- --tour FOLDER" in said
    assert not Path(bootstrap.VENV).exists()


@pytest.mark.parametrize("arguments", [["run", "--", "--tour", "out"], ["run", "--tour=out"]])
@pytest.mark.skipif(os.name != "posix", reason="elsewhere the program doesn't take this process's place")
def test_the_tour_needs_no_display(finished, monkeypatch, arguments):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    started = []
    monkeypatch.setattr(finished.os, "execve", lambda *given: started.append(given))
    monkeypatch.setattr(finished.subprocess, "call", lambda *_, **__: 0)
    with pytest.raises(SystemExit):
        finished.main(arguments)

    (program, words, environment) = started[0]
    assert program == finished.venv_python()
    assert words[1:4] == ["-I", "-m", "safeplan_desktop"]
    assert words[4].startswith("--tour")
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert not {"PYTHONPATH", "PYTHONHOME"} & environment.keys()


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_an_unknown_verb_shows_the_known_ones(bootstrap, capsys, arguments):
    with pytest.raises(SystemExit) as stopped:
        bootstrap.main(arguments)

    assert stopped.value.code == 2
    assert "bootstrap.py run" in capsys.readouterr().out


# -- the checks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("failing", "code"), [(None, 0), ("ruff", 1), ("mypy", 1), ("pytest", 3)])
def test_test_fails_when_any_check_fails(finished, monkeypatch, failing, code):
    monkeypatch.setattr(finished, "setup", lambda _level: None)
    monkeypatch.setattr(finished, "missing_tools", list)
    asked = []

    def call(command, **_):
        asked.append(command[2])
        return 3 if command[2] == failing else 0

    monkeypatch.setattr(finished.subprocess, "call", call)
    with pytest.raises(SystemExit) as stopped:
        finished.main(["test"])

    assert stopped.value.code == code
    assert asked == ["ruff", "ruff", "mypy", "pytest"]


# -- system packages ----------------------------------------------------------------------------------------------------


def test_the_loaders_answer_is_read(packages, monkeypatch):
    answer = (
        "/x/libqxcb.so:\n\tlinux-vdso.so.1 (0x1)\n\tlibxcb-icccm.so.4 => not found\n"
        "\tlibc.so.6 => /lib/libc.so.6 (0x2)\n/x/libqwayland.so:\n\tlibxcb-icccm.so.4 => not found\n"
        "/x/y.so: /lib/libc.so.6: version `GLIBC_2.99' not found (required by /x/y.so)\n"
    )
    monkeypatch.setattr(packages, "outcome", lambda *_: (True, answer))
    on_path(monkeypatch, packages, "ldd")

    assert packages.missing_libraries([Path("/x/libqxcb.so")]) == ["libxcb-icccm.so.4"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has system libraries under Qt")
def test_the_libraries_of_this_very_pyside_are_found(packages):
    import PySide6

    files = packages.qt_files(Path(PySide6.__file__).parent)

    assert {"libqxcb.so", "libqoffscreen.so", "QtPdf.abi3.so", "libcupsprintersupport.so"} <= {f.name for f in files}
    assert set(packages.missing_libraries(files)) <= packages.LIBRARIES.keys()


@pytest.mark.parametrize(
    "package",
    [
        *(
            "libegl1",
            "libgl1",
            "libxkbcommon0",
            "libxkbcommon-x11-0",
            "libxcb-cursor0",
            "libxcb-icccm4",
            "libxcb-image0",
        ),
        *(
            "libxcb-keysyms1",
            "libxcb-randr0",
            "libxcb-render-util0",
            "libxcb-shape0",
            "libxcb-xinerama0",
            "libxcb-xkb1",
        ),
        *("libdbus-1-3", "libfontconfig1", "libglib2.0-0", "libwayland-cursor0", "libcups2", "libgssapi-krb5-2"),
    ],
)
def test_every_library_under_qt_has_its_debian_package(packages, package):
    assert package in {part.apt for part in packages.parts_for(packages.LIBRARIES)}


@pytest.mark.parametrize(
    ("program", "user", "line"),
    [
        ("apt-get", 1000, "sudo apt-get install -y libegl1 libxcb-icccm4"),
        ("apt-get", 0, "apt-get install -y libegl1 libxcb-icccm4"),
        ("dnf", 1000, "sudo dnf install -y 'libEGL.so.1()(64bit)' 'libxcb-icccm.so.4()(64bit)'"),
        ("pacman", 1000, "sudo pacman -S --needed libglvnd xcb-util-wm"),
    ],
)
def test_one_line_says_what_to_type(packages, monkeypatch, program, user, line):
    on_path(monkeypatch, packages, program)
    parts = packages.parts_for(["libEGL.so.1", "libxcb-icccm.so.4"])

    assert packages.install_line(parts, root=user == 0) == line


def test_without_roots_rights_nothing_is_started(packages, monkeypatch, capsys):
    on_path(monkeypatch, packages, "apt-get", "sudo")
    as_user(monkeypatch, packages, 1000)
    monkeypatch.setattr(packages, "outcome", lambda *_: pytest.fail("a program was started"))
    with pytest.raises(SystemExit):
        packages.ensure_system([packages.VENV_MODULE], needed=True)

    assert f"sudo apt-get install -y python3.{sys.version_info[1]}-venv" in capsys.readouterr().err


def test_root_on_debian_gets_them_installed(packages, monkeypatch):
    on_path(monkeypatch, packages, "apt-get")
    as_user(monkeypatch, packages, 0)
    commands = []

    def outcome(command, *_):
        commands.append(command)
        return True, ""

    monkeypatch.setattr(packages, "outcome", outcome)
    packages.ensure_system(list(packages.TEST_TOOLS.values()), needed=False)

    assert commands[0][-1] == "update"
    assert commands[1][-5:] == ["poppler-utils", "qpdf", "xauth", "xdotool", "xvfb"]


def test_tools_that_only_the_tests_need_are_asked_for_but_do_not_stop(packages, monkeypatch, capsys):
    on_path(monkeypatch, packages, "apt-get", "Xvfb", "xauth", "qpdf")
    as_user(monkeypatch, packages, 1000)
    packages.ensure_system(packages.missing_tools(), needed=False)

    assert capsys.readouterr().out.rstrip().endswith("sudo apt-get install -y poppler-utils xdotool")


def test_a_library_that_stays_missing_is_named(packages, monkeypatch, capsys):
    monkeypatch.setattr(packages, "missing_libraries", lambda _files: ["libnew.so.9"])
    with pytest.raises(SystemExit):
        packages.ensure_libraries(Path("/nowhere"))

    assert "libnew.so.9" in capsys.readouterr().err


# -- the locks ----------------------------------------------------------------------------------------------------------


def _locked(name: str) -> dict[str, list[str]]:
    lines = (INSTALLER / "locks" / f"{name}.txt").read_text("utf-8").splitlines()
    found: dict[str, list[str]] = {}
    for line in lines:
        if line[:1].isalnum():
            requirement = Requirement(line.rstrip(" \\"))
            found.setdefault(canonicalize_name(requirement.name), []).append(str(requirement.specifier)[2:])
    return found


@pytest.mark.parametrize(("name", "extras"), [("runtime", ["build"]), ("test", ["build", "test"])])
def test_the_lock_holds_a_fitting_version_of_all_that_the_project_asks_for(name, extras):
    project = tomllib.loads((INSTALLER.parent / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    locked = _locked(name)
    unfit = [
        line
        for line in asked
        if not any(
            Requirement(line).specifier.contains(version)
            for version in locked.get(canonicalize_name(Requirement(line).name), [])
        )
    ]

    assert not unfit, "type: python3 installer/bootstrap.py lock"


def test_running_and_testing_stand_on_the_same_versions():
    runtime, test = _locked("runtime"), _locked("test")

    assert {name: test[name] for name in runtime} == runtime


@pytest.mark.parametrize("name", ["runtime", "test"])
def test_every_package_in_the_lock_has_a_hash_and_no_address(name):
    text = (INSTALLER / "locks" / f"{name}.txt").read_text("utf-8")
    entries = [line for line in text.splitlines() if line and not line.startswith("#")]
    starts = [number for number, line in enumerate(entries) if line[:1].isalnum()]

    assert all(entries[number + 1].strip().startswith("--hash=sha256:") for number in starts)
    assert {line.strip().split(":")[0].split("=")[0] for line in entries if line.startswith(" ")} == {"--hash"}
    assert not any(word in text for word in ("://", "--index", "--extra-index", "--find-links"))


# -- the file that the checks of every change run ------------------------------------------------------------------------


def test_the_check_of_every_change_is_the_test_command():
    script = INSTALLER.parent / ".ci" / "run"

    assert "exec python3 installer/bootstrap.py test" in script.read_text("utf-8")
    assert "set -euo pipefail" in script.read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="a shell script")
def test_the_check_of_every_change_can_be_started():
    script = INSTALLER.parent / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
